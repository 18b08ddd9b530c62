"""`followup` on the wall: open items of earlier meetings, and a verdict by one digit (meeting.md, "The kinds")."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from tests.tui.driver import Room, meeting
from tests.tui.stage import PEOPLE, past

ACTION, PRICE = "2026-10-26-monthly-reflection-a1", "2026-09-28-monthly-reflection-x1"


async def at_followup(m: Room) -> None:
    await m.next_step()
    assert m.meeting.step.kind == "followup"


def decided(m: Room) -> dict[str, str]:
    return {one.item: one.decision for one in m.minutes.verdict}


async def test_overdue_ones_come_first_and_those_that_run_ask_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past(), person=PEOPLE) as m:
        await at_followup(m)
        panel = m.part("#panel")
        assert (
            panel.index("Call purchasing") < panel.index("Name the price range") < panel.index("A technician")
        )
        assert m.sees("2 ask for a verdict", "runs until 21 Dec") and m.session.selected == ACTION
        assert "A checklist for handovers" not in panel, "ideas wait for `experiments`"


async def test_a_digit_after_esc_gives_the_verdict_and_selects_the_next(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past(), person=PEOPLE) as m:
        await at_followup(m)
        await m.press("escape", "5")
        assert decided(m) == {ACTION: "done"} and m.session.selected == PRICE
        assert m.notice == "Done: Call purchasing at Nord AG"
        await m.press("1")
        assert decided(m) == {ACTION: "done", PRICE: "keep"}
        await m.press("f9", "f9")
        assert decided(m) == {}


async def test_an_action_is_done_extended_or_dropped(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        for digit in "12":
            await m.press("escape", digit)
            assert decided(m) == {} and m.notice == "An action is done, extended or dropped."
            await m.press("i")
        await m.press("escape", "3")
        assert decided(m) == {ACTION: "drop"}


async def test_a_line_of_one_digit_is_a_verdict_too_and_any_other_is_text(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.say("5 calls", "55", ". 5")
        assert decided(m) == {} and [one.text for one in m.minutes.note] == ["5 calls", "55", "5"]
        await m.say("5")
        assert decided(m) == {ACTION: "done"}


async def test_extending_asks_until_when_and_the_second_time_why(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("escape", "4")
        assert m.shows(Ask) and m.sees("Until when? Call purchasing")
        await m.press("enter")
        assert m.uncovered and m.minutes.verdict[0].due == date(2026, 12, 21)
        await m.press("4")
        await m.press("enter")
        assert m.sees("Why once more? Name the price range early")
        await m.press("enter")
        assert m.sees("A few words, please"), "a reason is wanted"
        await m.type("too few offers")
        await m.press("enter")
        assert (m.minutes.verdict[1].decision, m.minutes.verdict[1].reason) == ("extend", "too few offers")


async def test_esc_in_a_question_gives_no_verdict(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("escape", "4", "escape")
        assert decided(m) == {} and m.uncovered
        await m.press("escape", "5")
        assert decided(m) == {ACTION: "done"}


async def test_adapting_files_a_copy_as_an_idea_and_opens_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("escape", "5", "2")
        child = m.minutes.experiment[0]
        assert (child.parent, child.state, child.title) == (PRICE, "idea", "Name the price range early")
        assert m.uncovered


async def test_what_is_said_belongs_to_the_selected_item(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.say("They never called back", "! Ask for a name")
        assert m.minutes.note[-1].experiment == ACTION and m.minutes.lesson[-1].experiment == ACTION
        await m.press("escape", "5")
        verdict = m.minutes.verdict[0]
        assert "never called back" in verdict.happened and "Ask for a name" in verdict.learned


async def test_the_wall_names_what_a_verdict_is_asked_for(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("f8")
        assert m.sees("Check experiments · Call purchasing at Nord AG")


async def test_moving_on_with_open_ones_says_that_they_are_carried(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("escape", "5")
        await m.press("f4")
        assert m.notice == "1 without a verdict: carried"
        assert [one.item for one in m.minutes.carried] == [PRICE]
        await m.press("f3", "escape", "1", "f4")
        assert not m.minutes.carried


async def test_a_paste_into_the_list_searches_for_its_first_line(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("f7")
        await m.paste(" purchasing\nand more")
        assert m.sees("Call purchasing at Nord AG") and not m.sees("Name the price range early")
        await m.press("escape")
        assert m.shows(ChooseDialog) and m.sees("Name the price range early")


async def test_f7_lists_them_and_takes_the_same_digits(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await at_followup(m)
        await m.press("f7")
        assert m.shows(ChooseDialog) and m.sees("Call purchasing at Nord AG", "Name the price range early")
        await m.press("5")
        assert decided(m) == {ACTION: "done"}


async def test_without_earlier_meetings_there_is_nothing_to_check(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_followup(m)
        await m.press("escape", "1")
        assert m.line == "1" and not m.minutes.verdict, "a digit without a meaning is typed"
