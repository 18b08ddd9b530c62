"""Deals come into the meeting: read in sight, looked at, taken or not (import.md; meeting.md, `deal`)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui import locale
from retrotui.domain.minutes import Discretion, change
from retrotui.errors import RetroError
from retrotui.interchange.crm import ReadingStopped
from retrotui.locale import tr
from retrotui.store.settings import Settings
from retrotui.tui import imported_deals
from retrotui.tui.import_page import NARROWEST, page
from retrotui.tui.run_options import RunOptions
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.import_preview import ImportPreview
from retrotui.tui.screens.dialogs.reading import ReadingDialog
from retrotui.tui.view import DealSource, Pipeline
from tests.tui.driver import SETTLES_IN, Room, home, meeting, place_in

HEAD = "Deal-Nr;Kunde;Verkäufer;Wert;Währung;Phase;Verlustgrund;Abschluss\n"
CLEAN = (
    f"{HEAD}1;Müller GmbH;Selma Owner;1.250,50;EUR;Gewonnen;;01.10.2026\n"
    "2;Nord AG;Selma Owner;900,00;USD;Verloren;Preis;13.10.2026\n"
)
UNSURE = f"{CLEAN}3;Ost AG;Selma Owner;7,00;EUR;Schwebend;;02.10.2026\nSumme;;;2.157,50;;;;\n"
NO_DEALS = "Von;Bis;Was\n1;2;3\n4;5;6\n"


def file_of(folder: Path, text: str = CLEAN, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def bringing(file: Path, **more: Any) -> RunOptions:
    return RunOptions(deals=file, **more)


async def until(m: Room, happened: Callable[[], bool]) -> None:
    """Reading goes on beside the screen: wait for what comes of it."""
    ends = time.monotonic() + 4 * SETTLES_IN
    while not happened():
        assert time.monotonic() < ends, m.text()
        await m.pilot.pause(0.01)
    await m.settle()


async def shown(m: Room) -> ImportPreview:
    await until(m, lambda: isinstance(m.screen, ImportPreview))
    assert isinstance(m.screen, ImportPreview)
    return m.screen


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
    assert "3,040 rows = 1 deals + 3,039 left out" in told
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


# -- a column by hand ------------------------------------------------------------------------------------------

ODD = "Deal-Nr;Kunde;Summe netto;Auftragswert neu;Phase;Abschluss\n1;Nord;1,00;48.000,00;Verloren;01.10.2026\nx;;;;;\n"
OWN = '# ours\nteam = "Süd"  # the south\n\n[columns]\n# by Anna\nstage = "Phase"\n'


def kept(m: Room) -> str:
    path = m.place.workspace.settings_file
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def name_the_amount(m: Room) -> None:
    """5 is the amount; its column is searched for."""
    await m.press("5")
    assert m.sees("Which column is “Amount”?")
    await m.press("slash", *"auftrag", "enter", "enter")
    await shown(m)


async def test_a_digit_names_a_column_and_the_team_remembers_it_with_its_comments(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    place.workspace.folder.mkdir(parents=True)
    place.workspace.settings_file.write_text(OWN, encoding="utf-8")
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure)), place=place) as m:
        await shown(m)
        await name_the_amount(m)
        await m.press("end")
        assert m.sees("Auftragswert neu (by hand)")
        assert kept(m) == OWN  # not before the deals are taken
        await m.press("enter")
        assert m.session.pipeline is not None
        assert m.session.pipeline.index.deals[0].amount == "48000.00"
        await until(m, lambda: "amount" in kept(m))
        assert kept(m) == OWN + 'amount = "Auftragswert neu"\n'
        await until(m, lambda: place.settings.columns.get("amount") == "Auftragswert neu")


async def test_m_lists_all_fields_and_none_lets_a_column_be_found_by_itself(tmp_path: Path) -> None:
    place = place_in(tmp_path, columns={"amount": "Auftragswert neu"})
    place.workspace.folder.mkdir(parents=True)
    place.workspace.settings_file.write_text('[columns]\namount = "Auftragswert neu"\n', encoding="utf-8")
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure)), place=place) as m:
        preview = await shown(m)
        assert preview.source is not None and preview.source.account.columns["amount"] == "Auftragswert neu"
        await m.press("m")
        assert isinstance(m.screen, ChooseDialog) and m.sees("Which field?", "Customer")
        assert len(m.screen.found.rows) == 16
        await m.press("slash", *"amount", "enter", "enter")
        await m.press("end", "enter")  # none of these
        await until(m, lambda: isinstance(m.screen, ImportPreview))
        assert preview.source.account.columns.get("amount") != "Auftragswert neu"
        await m.press("enter")
        await until(m, lambda: "Auftragswert" not in kept(m))


async def test_a_rehearsal_keeps_no_column(tmp_path: Path) -> None:
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure), rehearse=1)) as m:
        await shown(m)
        await name_the_amount(m)
        await m.press("enter")
        assert m.session.pipeline is not None
        assert kept(m) == "" and not any(one.group == "columns" for one in m.app.workers)


async def test_a_file_that_is_refused_can_be_helped_by_naming_a_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imported_deals, "QUICK_BYTES", 0)
    text = "Kunde;Betrag;Schluss;Wie\nNord AG;900,00;01.10.2026;verloren\nSüd KG;5,00;02.10.2026;gewonnen\n"
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, text))) as m:
        await until(m, lambda: isinstance(m.screen, ReadingDialog) and m.screen.wrong is not None)
        await until(m, lambda: m.sees("m: name a column by hand"))
        await m.press("m", "3")
        assert m.sees("Which column is “Outcome”?")
        await m.press("4")
        await shown(m)
        await m.press("enter")
        assert m.session.pipeline is not None
        assert [one.outcome for one in m.session.pipeline.index.deals] == ["lost", "won"]


async def test_settings_that_cannot_be_written_do_not_hinder_the_meeting(tmp_path: Path) -> None:
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure))) as m:
        await shown(m)
        await name_the_amount(m)
        m.place.workspace.folder.mkdir(parents=True, exist_ok=True)
        m.place.workspace.settings_file.write_text("team = [broken", encoding="utf-8")
        await m.press("enter")
        await until(m, lambda: not any(one.group == "columns" and one.is_running for one in m.app.workers))
        assert m.session.pipeline is not None and kept(m) == "team = [broken"
        assert "retrotui.toml" in m.notice or "TOML" in m.notice or "line 1" in m.notice


# -- long reads ------------------------------------------------------------------------------------------------


class Slow:
    """Reading that takes as long as the test wants, and hears when nobody wants it any more."""

    def __init__(self, found: Pipeline | None = None) -> None:
        self.go_on = Event()
        self.stopped = Event()
        self.found = found

    def read(self, path: Path, _: Settings, *, progress: Callable[[float], bool], **__: object) -> Pipeline:
        while not self.go_on.wait(0.01):
            if not progress(0.4):
                self.stopped.set()
                raise ReadingStopped(path.name)
        assert self.found is not None
        return self.found


def slow_file(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = CLEAN) -> tuple[Path, Slow]:
    file = file_of(folder, text)
    slow = Slow(imported_deals.read_deals(file, Settings()))
    monkeypatch.setattr(imported_deals, "QUICK_BYTES", 0)
    monkeypatch.setattr(imported_deals, "read_deals", slow.read)
    return file, slow


async def test_a_long_read_shows_how_far_it_is_and_then_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: m.sees("Reading export.csv", "40 %"))
        await m.later(seconds=3)
        assert m.clock_text != "05:00"  # the meeting goes on below
        slow.go_on.set()
        await shown(m)
        await m.press("enter")
        assert m.session.pipeline is slow.found


async def test_esc_stops_a_long_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: m.sees("Reading export.csv"))
        await m.press("escape")
        await until(m, slow.stopped.is_set)
        assert m.screen is m.wall and m.session.pipeline is None
        assert "No deals were taken from export.csv" in m.notice


async def test_moving_on_in_the_meeting_does_not_stop_a_long_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: m.sees("Reading export.csv"))
        await m.press("f4", "f5")
        assert m.meeting.step.id == m.minutes.step[1].id and isinstance(m.screen, ReadingDialog)
        assert not slow.stopped.is_set()
        slow.go_on.set()
        await shown(m)


async def test_a_list_that_lies_over_the_reading_is_not_closed_by_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retrotui.tui.screens.dialogs.reader import Reader

    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: isinstance(m.screen, ReadingDialog))
        reading = m.screen
        await m.app.push_screen(Reader("x", "y"))
        slow.go_on.set()
        await until(m, lambda: isinstance(reading, ReadingDialog) and reading.found is not None)
        assert isinstance(m.screen, Reader)
        await m.press("escape")
        await shown(m)


@pytest.mark.parametrize("stop", [0.0, 0.5, 0.9, 0.97, 1.0])
def test_whoever_asked_can_stop_the_reading_at_any_point(tmp_path: Path, stop: float) -> None:
    told: list[float] = []

    def progress(done: float) -> bool:
        told.append(done)
        return done < stop

    with pytest.raises(RetroError, match="was stopped"):
        imported_deals.read_deals(file_of(tmp_path), Settings(), progress=progress)
    assert told == sorted(told) and all(0 <= done <= 1 for done in told)


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
        assert isinstance(m.screen, ChooseDialog) and m.sees("Nord AG", "Report on the import")


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
