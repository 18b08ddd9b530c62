"""The capture line: what Enter will make, completing, pasting, editing the last entry (meeting.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.domain.minutes import FactorUse
from retrotui.tui.widgets.capture import LONGEST_LINE
from tests.tui.driver import Room, meeting
from tests.tui.stage import PEOPLE


async def at_the_deal(m: Room) -> None:
    await m.go_to("deal-lost")
    await m.say("Müller GmbH lost 48.000")


def last_factor(m: Room) -> FactorUse:
    return m.minutes.factor[-1]


# -- the edge --------------------------------------------------------------------------------------------------


async def test_the_edge_says_what_enter_will_make_and_for_which_deal(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        assert m.edge == "· note │"
        await at_the_deal(m)
        for typed, edge in (
            ("-", "− Müller GmbH"),
            ("+", "+ Müller GmbH"),
            ('"', "Müller GmbH"),
            ("!", "! lesson"),
            ("?", "? experiment"),
            (">", "> action"),
            ("&", "& "),
            (".", "· "),
        ):
            await m.type(f"{typed} x")
            assert edge.strip() in m.edge, typed
            await m.press("backspace", "backspace", "backspace")
            assert m.line == ""


async def test_the_edge_of_a_number_in_front_is_no_factor(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("-20 % Rabatt")
        assert "−" not in m.edge
        await m.press("enter")
        assert not m.minutes.factor and m.minutes.note[-1].text == "-20 % Rabatt"


# -- completing ------------------------------------------------------------------------------------------------


async def test_tab_completes_what_is_first_in_the_list(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("- came late #pri")
        assert m.sees("▸ Price")
        await m.press("tab")
        assert m.line == "- came late #price " and not m.wall.options.is_open
        await m.press("enter")
        assert last_factor(m).factor == "price" and last_factor(m).text == "came late"


async def test_down_and_enter_pick_another_option(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("- late #p")
        options = [option.insert for option in m.wall.options.found.options] if m.wall.options.found else []
        assert len(options) > 2
        await m.press("down", "down", "enter")
        assert m.line == f"- late {options[1]} "
        assert not m.minutes.factor, "Enter picked; it did not take the line"


async def test_enter_alone_always_submits(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("- late #pri")
        assert m.wall.options.is_open
        await m.press("enter")
        assert m.line == "" and last_factor(m).factor == "price", "a unique beginning resolves"
        assert not m.wall.options.is_open


async def test_esc_closes_the_list_first_and_then_leaves_the_line(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("- late #p")
        await m.press("escape")
        assert not m.wall.options.is_open and not m.wall.line.commanding and m.line == "- late #p"
        await m.press("escape")
        assert m.wall.line.commanding and m.line == "- late #p"


async def test_tab_takes_a_proposal_for_an_unsorted_factor_and_nothing_sets_it_silently(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("- the price came late")
        await m.press("tab")
        assert m.line == "- the price came late #price "
        await m.press("enter")
        await m.say("- the price came late again")
        first, second = m.minutes.factor
        assert (first.factor, second.factor) == ("price", "")
        assert m.sees("unsorted")


async def test_what_is_completed_goes_to_the_cursor_not_to_the_end(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.type("- #pri came late")
        await m.press(*["left"] * len(" came late"))
        await m.press("backspace", "i", "tab")
        assert m.line == "- #price came late"


async def test_people_dates_weights_and_sources_complete(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await at_the_deal(m)
        await m.type("> call them @be")
        assert m.sees("Ben Kurz")
        await m.press("tab")
        await m.type("=+2")
        assert m.wall.options.is_open
        await m.press("escape", "enter")
        action = m.minutes.action[-1]
        assert action.owner == "ben-kurz" and m.line == ""
        await m.type("- late /bu")
        await m.press("tab")
        await m.type("*3")
        await m.press("enter")
        assert (last_factor(m).source, last_factor(m).weight) == ("buyer", 3)


# -- editing the last entry ------------------------------------------------------------------------------------


async def test_up_on_an_empty_line_edits_the_last_entry_as_it_could_be_typed(tmp_path: Path) -> None:
    async with meeting(tmp_path, language="de") as m:
        await at_the_deal(m)
        await m.say("- Preis spät #preis *2 /kunde")
        await m.press("up")
        assert m.line == "- Preis spät #preis *2 /kunde" and "ändert" in m.edge
        await m.press(*["backspace"] * len(" *2 /kunde"))
        await m.type(" genannt")
        await m.press("enter")
        assert len(m.minutes.factor) == 1
        assert last_factor(m).weight == 1 and last_factor(m).source == ""
        await m.press("f9")
        assert last_factor(m).weight == 2


async def test_esc_gives_an_edit_up_and_the_entry_stays(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". as it was")
        await m.press("up")
        await m.type(" not any more")
        await m.press("escape")
        assert m.line == "" and not m.session.editing and m.minutes.note[-1].text == "as it was"
        assert not m.wall.line.commanding, "Esc gave the edit up; it did not leave the line"
        await m.say(". new")
        assert [one.text for one in m.minutes.note] == ["as it was", "new"]


async def test_up_with_text_in_the_line_edits_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.type("half")
        await m.press("up")
        assert m.line == "half" and not m.session.editing


async def test_an_edit_that_is_emptied_changes_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". stays")
        await m.press("up", *["backspace"] * 20, "enter")
        assert [one.text for one in m.minutes.note] == ["stays"] and not m.session.editing


async def test_an_edit_goes_on_over_a_step_change_and_the_entry_keeps_its_step(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". stays")
        await m.press("up", "f4")
        assert m.line == "stays" and "changes" in m.edge
        await m.say(" where it was")
        assert [(one.text, one.step) for one in m.minutes.note] == [
            ("stays where it was", m.minutes.step[0].id)
        ]


# -- pasting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
async def test_pasting_several_lines_makes_several_entries(tmp_path: Path, ends: str) -> None:
    async with meeting(tmp_path) as m:
        await m.paste(ends.join([". one", ". two", "", ". three", ""]))
        assert [one.text for one in m.minutes.note] == ["one", "two", "three"]
        assert m.notice == "3 entries taken down. F9 takes them back, one by one."
        await m.press("f9")
        assert [one.text for one in m.minutes.note] == ["one", "two"]


async def test_pasting_one_line_goes_into_the_line(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.type("before ")
        await m.paste("in between")
        assert m.line == "before in between" and not m.minutes.note


async def test_a_paste_brings_the_line_back(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("escape")
        await m.paste("text")
        assert m.line == "text" and not m.wall.line.commanding


async def test_a_paste_of_a_megabyte_is_survived_cut_and_said(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.paste("x" * 1_000_000)
        assert len(m.line) == LONGEST_LINE
        assert "980,000 characters were left out" in m.notice
        await m.press("enter")
        assert len(m.minutes.note[-1].text.encode()) <= 20 * 1024


async def test_a_paste_of_a_megabyte_in_lines_is_survived(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.paste("\n".join(["y" * 99] * 10_000))
        assert len(m.meeting.past) > 1 and m.notice
        await m.say(". still here")
        assert m.minutes.note[-1].text == "still here"


async def test_a_long_entry_shows_three_lines_while_it_is_the_newest_and_one_after(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        words = ". " + " ".join(f"word{number:03}" for number in range(60))
        await m.say(words)
        assert sum("word" in line for line in m.part("#entries").splitlines()) == 3
        assert m.part("#entries").rstrip().endswith("…")
        await m.say(". short")
        assert sum("word" in line for line in m.part("#entries").splitlines()) == 1


async def test_half_typed_text_goes_into_the_draft_with_the_next_tick(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.type("half typed")
        await m.later(seconds=1)
        await m.saved()
        draft = next((m.place.workspace.drafts_folder).glob("*.toml")).read_text(encoding="utf-8")
        assert "half typed" in draft


async def test_text_that_is_no_entry_is_not_lost(tmp_path: Path) -> None:
    """What cannot be read stays text and is marked; nothing is refused."""
    async with meeting(tmp_path) as m:
        await at_the_deal(m)
        await m.say("- late #nosuchfactor *7 /nobody")
        assert "nosuchfactor" in last_factor(m).text
        await m.say("#", "@", "=", "/", "*", "!", "?", ">", "&", "-", "+", '"', ".")
        assert m.screen is m.wall
