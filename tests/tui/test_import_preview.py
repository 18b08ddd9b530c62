"""Deals come into the meeting: read in sight, looked at, taken or not (import.md; meeting.md, `deal`)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui import locale
from retrotui.domain.minutes import Discretion, change
from retrotui.locale import tr
from retrotui.store.settings import Settings
from retrotui.tui import imported_deals
from retrotui.tui.import_page import NARROWEST, page
from retrotui.tui.run_options import RunOptions
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.import_preview import ImportPreview
from retrotui.tui.view import DealSource
from tests.tui.driver import Room, home, meeting, place_in
from tests.tui.exports import (
    CLEAN,
    HEAD,
    NO_DEALS,
    ODD,
    UNSURE,
    bringing,
    file_of,
    kept,
    name_the_amount,
    shown,
    until,
)

# -- a small, clean file: nothing is asked ---------------------------------------------------------------------


def test_before_the_first_frame_a_clean_file_is_taken_and_one_line_says_so(tmp_path: Path) -> None:
    from retrotui.tui import opening

    place = place_in(tmp_path)
    session = opening.new_session(place, RunOptions())
    imported_deals.begin_with(session, imported_deals.read_deals(file_of(tmp_path), place.settings))
    assert session.pipeline is not None
    assert str(session.opening) == "2 deals read. F7 at the deals: the report"
    assert session.meeting.begun and not session.meeting.past


def test_a_file_with_something_to_decide_waits_for_a_look(tmp_path: Path) -> None:
    from retrotui.tui import opening

    place = place_in(tmp_path)
    session = opening.new_session(place, RunOptions())
    imported_deals.begin_with(session, imported_deals.read_deals(file_of(tmp_path, UNSURE), place.settings))
    assert session.pipeline is None and session.opening is None


async def test_a_clean_file_goes_in_beside_the_screen(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path))) as m:
        await until(m, lambda: m.session.pipeline is not None)
        assert m.screen is m.wall
        assert "2 deals read" in m.notice and "F7" in m.notice


async def test_an_export_of_another_year_moves_the_period_unless_it_was_chosen(tmp_path: Path) -> None:
    from retrotui.domain.period import parse_period

    old = file_of(tmp_path, CLEAN.replace("2026", "2024"))
    async with meeting(tmp_path, options=bringing(old)) as m:
        await until(m, lambda: m.session.pipeline is not None)
        assert m.minutes.period is not None and m.minutes.period.since.year == 2024  # the last complete one
        assert "shown is September 2024" in m.notice
    chosen = bringing(old, period=parse_period("2026-09"))
    async with meeting(tmp_path / "2", options=chosen) as m:
        await until(m, lambda: m.session.pipeline is not None)
        assert m.minutes.period is not None and m.minutes.period.since.year == 2026


async def test_a_period_that_moves_in_mid_meeting_can_be_taken_back(tmp_path: Path) -> None:
    old = file_of(tmp_path, CLEAN.replace("2026", "2024"))
    async with meeting(tmp_path) as m:
        await m.say(". a note")
        before = m.minutes.period
        pipeline = imported_deals.read_deals(old, m.place.settings)
        imported_deals.take_deals(m.session, pipeline)
        assert m.minutes.period != before
        await m.press("f9")
        assert m.minutes.period == before and len(m.minutes.note) == 1


async def test_a_refused_file_is_said_and_the_meeting_goes_on(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, NO_DEALS))) as m:
        await until(m, lambda: "is no table of deals" in m.notice)
        assert m.screen is m.wall and m.session.pipeline is None


# -- the preview -----------------------------------------------------------------------------------------------


async def test_every_row_is_accounted_for_before_the_deals_are_taken(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, UNSURE)), size=(110, 60)) as m:
        await shown(m)
        assert m.session.pipeline is None
        assert m.sees(
            "encoding UTF-8 · separator semicolon · decimal mark “,” · dates: day first",
            "4 rows = 3 deals + 1 left out", "won: 1 €1,250.50", "lost: 1 $900", "unknown: 1",
            "line 5: A row of totals.", "“Schwebend” is not known",
            "Several currencies (EUR, USD): they stay apart and are never added up.",
            "1 Customer", "without a column: 2 Title", "Nord AG · “Verloren” → lost · $900",
        )  # fmt: skip
        assert "Selma" not in m.text()
        assert "2,150" not in m.text() and "2,157" not in m.text()
        await m.press("enter")
        assert m.screen is m.wall and m.session.pipeline is not None
        assert "3 deals read, 1 row left out. F7 at the deals: the report" in m.notice


async def test_esc_takes_nothing_and_says_where_a_file_is_read(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, UNSURE))) as m:
        await shown(m)
        await m.press("escape")
        assert m.session.pipeline is None and m.screen is m.wall
        assert "No deals were taken from export.csv. F7" in m.notice
        await m.type("x")
        assert m.line == "x"


async def test_the_account_scrolls_by_keys_alone(tmp_path: Path) -> None:
    many = "".join(f"{n};Kunde {n};;1,00;EUR;Phase {n};;01.10.2026\n" for n in range(40))
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, HEAD + many)), size=(80, 24)) as m:
        await shown(m)
        assert not m.sees("For example")
        await m.press("end")
        assert m.sees("For example")
        await m.press("home", "down", "j", "pagedown", "space", "pageup", "b", "k", "up")
        assert m.sees("40 rows = 40 deals + 0 left out")
        assert m.sees("Enter takes the deals", "Esc: not these")


async def test_the_clock_and_the_keys_of_the_meeting_go_on_below(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, UNSURE))) as m:
        await shown(m)
        await m.press("f5")
        assert m.minutes.step[0].extended_s == 60
        assert isinstance(m.screen, ImportPreview)


async def test_in_german(tmp_path: Path) -> None:
    async with meeting(
        tmp_path, options=bringing(file_of(tmp_path, UNSURE)), size=(110, 60), language="de"
    ) as m:
        await shown(m)
        assert m.sees(
            "Zeichensatz UTF-8 · Trennzeichen Semikolon", "4 Zeilen = 3 Deals + 1 ausgelassen",
            "verloren: 1 900 $", "1 Kunde", "ohne Spalte: 2 Titel", "„Verloren“ → verloren", "Enter nimmt die Deals",
        )  # fmt: skip
        await m.press("enter")
        assert "3 Deals gelesen, 1 Zeile ausgelassen. F7 bei den Deals: Bericht" in m.notice


HOSTILE = (
    "\x1b[2J[red]x[/]", "[@click=app.quit]y[/] \u202ez", "{name} %s {0}", "=cmd|' /C calc'!A0", "漢字 😀 " + "w" * 300,
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
async def test_no_word_of_a_file_breaks_out(tmp_path: Path, words: str) -> None:
    cell = words.replace(";", ",")
    text = f"{HEAD.strip()};{cell}\n1;{cell};{cell};{cell};{cell};{cell};{cell};{cell};{cell}\n;;;;;;;;x\n{cell}\n"
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, text)), size=(80, 24)) as m:
        await shown(m)
        for keys in (("end",), ("m", "end", "enter"), ("end",), ("escape",)):
            await m.press(*keys)
            seen = m.text()
            assert not any(sign in seen for sign in ("\x1b", "\u202e", "\x07"))
            assert all(len(line) <= 80 for line in m.lines())


# -- what the meeting hides ------------------------------------------------------------------------------------


def source_of(folder: Path, text: str = UNSURE, **by_hand: str) -> DealSource:
    found = imported_deals.read_deals(file_of(folder, text), Settings(), by_hand=by_hand)
    assert found.source is not None
    return found.source


def words_of(source: DealSource, hidden: Discretion | None = None, width: int = 90) -> str:
    return "\n".join(line.plain for line in page(source, hidden or Discretion(), width))


def test_hidden_amounts_and_customers_are_hidden_here_too(tmp_path: Path) -> None:
    source = source_of(tmp_path, f"{UNSURE}4;West SE;Selma Owner;abc;EUR;Verloren;;01.10.2026\n")
    told = words_of(source)
    assert "€1,250.50" in told and "abc" in told and "Nord AG" in told
    hidden = words_of(source, Discretion(amounts=True, customers=True))
    assert not any(word in hidden for word in ("1,250", "900", "abc", "Nord AG", "Müller"))
    assert "5 rows = 4 deals + 1 left out" in hidden
    assert "Selma" not in told + hidden


def test_a_crowd_of_rows_left_out_stays_readable_and_is_counted(tmp_path: Path) -> None:
    row = "1;Nord;;1,00;EUR;Verloren;;01.10.2026\n"
    told = words_of(source_of(tmp_path, HEAD + 3000 * row + 40 * ";;;;;;;\n"))
    told = " ".join(told.split())
    assert "3,040 rows = 1 deal + 3,039 left out" in told
    assert "lines 3002, 3003, 3004, 3005, 3006, 3007, 3008, 3009 and 32 more: A blank row." in told
    assert "lines 3, 4, 5, 6, 7, 8, 9, 10 and 2,991 more: The same as line 2" in told
    assert len(told) < 2000


@given(st.integers(1, 200))
@settings(max_examples=25, deadline=None)
def test_no_line_of_the_account_is_wider_than_its_box(width: int) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        source = source_of(Path(folder), UNSURE.replace("Ost AG", "漢字 " * 60))
    lines = page(source, Discretion(), width)
    assert all(line.cell_length <= max(width, NARROWEST) for line in lines)


# -- F7: the report, and another file --------------------------------------------------------------------------


async def at_the_deals(m: Room) -> None:
    await m.go_to("deal-lost")
    await m.press("f7")


async def test_the_report_is_opened_from_the_list_of_deals(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path)), size=(110, 50)) as m:
        await until(m, lambda: m.session.pipeline is not None)
        await at_the_deals(m)
        await m.press("slash", *"nord", "enter")
        assert not m.sees("Report on the import")  # a search looks for deals alone
        await m.press("slash", "escape")
        assert m.sees("Report on the import", "2 deals read")
        before = m.session.pipeline
        await m.press(*_down_to(m, "do:report"), "enter")
        assert isinstance(m.screen, ImportPreview) and m.sees("2 rows = 2 deals + 0 left out", "Esc: back")
        assert "Selma" not in m.text()
        await m.press("enter")
        assert isinstance(m.screen, ChooseDialog) and m.session.pipeline is before


def _down_to(m: Room, key: str) -> list[str]:
    assert isinstance(m.screen, ChooseDialog)
    keys = [row.key for row in m.screen.found.rows if row.key]
    return ["home", *["down"] * keys.index(key)]


async def test_a_column_named_in_the_report_takes_the_deals_anew(tmp_path: Path) -> None:
    clean = ODD.replace("x;;;;;\n", "")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, clean))) as m:
        await until(m, lambda: m.session.pipeline is not None)
        await at_the_deals(m)
        await m.press(*_down_to(m, "do:report"), "enter")
        await shown(m)
        await name_the_amount(m)
        await m.press("enter")
        assert m.session.pipeline is not None
        assert m.session.pipeline.index.deals[0].amount == "48000.00"
        await until(m, lambda: "Auftragswert" in kept(m))


async def test_a_file_read_from_the_list_is_always_shown_first(tmp_path: Path) -> None:
    file = file_of(tmp_path)
    async with meeting(tmp_path) as m:
        await at_the_deals(m)
        await m.press("enter", *str(file), "enter")
        await shown(m)
        assert m.session.pipeline is None
        await m.press("enter")
        assert m.session.pipeline is not None
        await until(
            m, lambda: isinstance(m.screen, ChooseDialog) and m.sees("Nord AG", "Report on the import")
        )


async def test_hidden_amounts_are_hidden_in_the_report(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=bringing(file_of(tmp_path)), size=(110, 50)) as m:
        await until(m, lambda: m.session.pipeline is not None)
        hidden = change(m.minutes, discretion=Discretion(amounts=True))
        m.session.become(replace(m.meeting, minutes=hidden))
        await at_the_deals(m)
        await m.press(*_down_to(m, "do:report"), "enter")
        await shown(m)
        assert "1,250" not in m.text() and "900" not in m.text()


# -- from home -------------------------------------------------------------------------------------------------


async def test_a_meeting_that_begins_from_home_gets_the_deals_of_the_command_line(tmp_path: Path) -> None:
    async with home(tmp_path) as m:
        m.app.options = bringing(file_of(tmp_path, UNSURE))
        await m.press("1")
        await shown(m)
        assert m.meeting.begun
        await m.press("enter")
        assert m.session.pipeline is not None


def test_the_words_of_both_languages_differ() -> None:
    """The German of this part is there: none of its sentences is shown in English."""
    locale.use("de")
    for sentence in ("Report on the import", "Which field?", "For example", "the CRM's reason"):
        assert tr(sentence) != sentence
