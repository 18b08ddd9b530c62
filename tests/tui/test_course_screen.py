"""F6, course and time: every entry of the menu, and planning anew when the meeting is late."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from retrotui.domain import timebox
from retrotui.tui.meeting_picture import BESIDE_EVERY_S
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.summary import SummaryScreen
from tests.tui.driver import Room, meeting, place_in


async def choose(m: Room, *words: str) -> None:
    """F6, then in each menu the answer with these words, by its digit or letter."""
    await m.press("f6")
    for each in words:
        await m.press(m.digit(each))


def states(m: Room) -> list[str]:
    return [step.state for step in m.minutes.step]


async def test_jump_takes_a_step_out_of_its_order(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await choose(m, "Jump to a step", "Lessons")
        assert m.meeting.step.id == "lessons" and states(m)[1:5] == ["pending"] * 4
        await m.go_to("experiments")
        assert "pending" in states(m), "what was passed over is still to come"


async def test_skip_and_take_in_again(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await choose(m, "Skip a step", "Numbers")
        assert m.notice == "Skipped. F9 takes it back." and states(m)[2] == "skipped"
        assert m.sees("End 10:20 (−10 min)")
        await choose(m, "Skip a step", "Numbers")
        assert states(m)[2] == "pending"


async def test_repeat_puts_the_step_in_next_and_offers_what_was_held(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=4)
        await choose(m, "Repeat a step")
        assert m.sees("Arrive · took 4 min of 5 min") and not m.sees("Close-up: lost · ")
        await m.press("1")
        repeated = m.minutes.step[1]
        assert repeated.of == "arrive" and repeated.title.startswith("Arrive")
        await m.press("f9")
        assert len(m.minutes.step) == 8


async def test_add_asks_for_kind_title_and_minutes(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await choose(m, "Add a step", "Notes")
        await m.press(*["backspace"] * 5)
        await m.type("Hot potato")
        await m.press("enter", *["backspace"] * 2)
        await m.type("7")
        await m.press("enter")
        added = m.minutes.step[1]
        assert (added.title, added.kind, added.planned_s, added.added) == ("Hot potato", "notes", 420, True)
        assert m.sees("F4 → Hot potato")


@pytest.mark.parametrize("typed", ["0", "241", "x", "", "1.5"])
async def test_minutes_that_are_none_are_asked_again(tmp_path: Path, typed: str) -> None:
    async with meeting(tmp_path) as m:
        await choose(m, "Extend this step by")
        await m.press("backspace")
        await m.type(typed)
        await m.press("enter")
        assert m.sees("A whole number from 1 to 240, please.") and m.meeting.step.extended_s == 0
        await m.press("escape")
        assert m.uncovered


async def test_extend_by_any_amount(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await choose(m, "Extend this step by")
        await m.press("enter")
        assert m.meeting.step.extended_s == 300 and m.clock_text == "10:00"


async def test_repair_this_step_began_earlier(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=10)
        await m.press("f4")
        await m.later(minutes=2)
        await choose(m, "really began")
        await m.press("backspace")
        await m.type("5")
        await m.press("enter")
        assert m.notice == "Repaired." and m.clock_text == "05:00", "it began five minutes ago, of ten"
        first = m.minutes.step[0]
        assert timebox.spent(first, m.session.now()) == 7 * 60


async def test_repair_minutes_go_to_the_step_before(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=4)
        await m.press("f4")
        await m.later(minutes=6)
        await choose(m, "give minutes of this step")
        await m.press("backspace")
        await m.type("2")
        await m.press("enter")
        assert m.clock_text == "06:00" and timebox.spent(m.minutes.step[0], m.session.now()) == 6 * 60


async def test_discretion_is_switched_and_the_wall_obeys_at_once(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("deal-lost")
        await m.say("Müller GmbH lost 48.000")
        assert m.sees("Müller GmbH", "€48,000")
        await choose(m, "Discretion", "amounts: shown", "customers: shown")
        await m.press("escape")
        assert m.minutes.discretion.amounts and m.minutes.discretion.customers
        for width in (110, 80):
            await m.resize(width, 30)
            assert not m.sees("Müller GmbH") and not m.sees("48,000")
            await m.press("f8")
            assert not m.sees("Müller GmbH") and not m.sees("48,000")
            await m.press("f8")
        await m.press("f9")
        assert m.sees("Müller GmbH")


async def test_start_afresh_asks_and_begins_a_new_meeting(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". old")
        old = m.session
        await choose(m, "Start afresh")
        await m.press("enter")
        assert m.session is old, "the default goes on"
        await choose(m, "Start afresh", "Abort it and begin a new one")
        assert m.session is not old and not m.minutes.note and m.minutes.id.endswith("-2")
        assert old.meeting.minutes.status == "aborted" and old.meeting.minutes.note
        await m.say(". new")
        assert m.minutes.note[0].text == "new"
        await m.saved()
        assert {path.name for path in m.place.workspace.minutes_folder.glob("*.toml")} == {
            "2026-11-23-monthly-reflection.toml", "2026-11-23-monthly-reflection-2.toml",
        }  # fmt: skip


async def test_abort_keeps_the_minutes_and_marks_them(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". kept")
        await choose(m, "Abort")
        await m.press("2")
        assert m.shows(SummaryScreen) and m.minutes.status == "aborted"
        await m.saved()
        assert m.file().status == "aborted" and m.file().note[0].text == "kept"


async def test_esc_and_f6_again_leave_everything_as_it_was(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        before = m.meeting
        await m.press("f6", "escape", "f6", "f6")
        assert m.meeting is before and m.uncovered


# -- being late ------------------------------------------------------------------------------------------------


async def test_a_line_says_so_from_more_than_two_minutes_on(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=7)
        assert m.notice == ""
        await m.later(seconds=BESIDE_EVERY_S)
        assert m.notice == "F6: the end is 2 minutes late, re-plan"


async def test_f6_offers_by_number_to_end_later_to_take_time_or_to_skip(tmp_path: Path) -> None:
    optional = """\
schema = 1
id = "late"
title = "Late"
minutes = 40
[[step]]
id = "a"
kind = "notes"
minutes = 10
counts_as = "report"
title = "Report"
[[step]]
id = "b"
kind = "notes"
minutes = 10
counts_as = "report"
title = "Figures"
[[step]]
id = "c"
kind = "notes"
minutes = 10
title = "Reflect"
[[step]]
id = "d"
kind = "notes"
minutes = 10
counts_as = "frame"
optional = true
title = "Extras"
"""
    async with meeting(tmp_path, "late", agendas=[optional]) as m:
        await m.later(minutes=14)
        await m.press("f6")
        assert m.sees("1 End later", "2 Take it from", "3 Skip Extras", "At this pace")
        assert "Reflect" not in next(line for line in m.lines() if "Take it from" in line), "it is protected"
        await m.press("2")
        assert m.notice == "Planned anew, end 09:40. F9 takes it back."
        assert m.minutes.step[1].replanned_s < 0 and timebox.lateness(m.minutes, m.session.now()) == 0
        await m.later(seconds=15)
        await m.press("f9")
        assert m.minutes.step[1].replanned_s == 0
        await m.press("f6", "3")
        assert m.minutes.step[3].state == "skipped" and m.notice.startswith("Extras skipped, end 09:34.")


async def test_what_is_always_there_keeps_its_letter_also_when_the_meeting_is_late(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f6")
        always = {answer.key: sign for answer, sign in zip(m.menu.answers, m.menu.signs, strict=True)}
        assert "".join(always.values()) == "abcdefghil"
        await m.press("escape")
        await m.later(minutes=20)
        await m.press("f6")
        late = {answer.key: sign for answer, sign in zip(m.menu.answers, m.menu.signs, strict=True)}
        assert {key: late[key] for key in always} == always and late["replan-0"] == "1"
        await m.press("1")
        assert m.notice == "The end is later: 10:45. The steps keep their time."
        assert all(step.replanned_s == 0 for step in m.minutes.step)


async def test_a_menu_of_more_than_ten_answers_goes_on_with_letters(tmp_path: Path) -> None:
    async with meeting(tmp_path, size=(80, 24)) as m:
        await choose(m, "Add a step")
        assert m.menu.signs == tuple("1234567890ab")
        await m.press("b")
        assert m.sees("What is it called?") and m.sees("Break")


async def test_minutes_after_planning_anew_add_up(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=8, seconds=47)
        await choose(m, "Take it from: ")
        shown = [
            line.split()[-1].partition("/")[2] or line.split()[-1]
            for line in m.part("#rail").splitlines()[:8]
        ]
        assert shown[0] == "5" and all(word.isdigit() for word in shown)
        assert sum(map(int, shown)) == 90 - 4


async def test_declined_it_stays_quiet_until_two_more_minutes_are_lost(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=9)
        assert "late" in m.notice
        await choose(m, "Leave it")
        await m.later(minutes=1, seconds=50)
        assert "late" not in m.notice
        await m.later(seconds=30)
        assert "6 minutes late" in m.notice


async def test_with_a_hard_end_ending_later_is_not_offered(tmp_path: Path) -> None:
    hard = """\
schema = 1
id = "hard"
title = "Hard"
minutes = 20
hard_end = true
[[step]]
id = "a"
kind = "notes"
minutes = 10
counts_as = "report"
title = "One"
[[step]]
id = "b"
kind = "notes"
minutes = 10
counts_as = "report"
title = "Two"
"""
    async with meeting(tmp_path, "hard", agendas=[hard]) as m:
        await m.later(minutes=13)
        await m.press("f6")
        assert m.shows(Menu) and m.sees("1 Take it from: Two") and not m.sees("End later")


async def test_spans_and_pauses_stay_contiguous_whatever_was_done(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". begun")
        for minutes, keys in (
            (3, ("f4",)), (2, ("f2",)), (4, ("f2",)), (1, ("f3",)), (2, ("f4",)), (1, ("f9",)), (5, ("f4",)),
        ):  # fmt: skip
            await m.later(minutes=minutes)
            await m.press(*keys)
        await m.later(minutes=1)
        assert m.minutes.started is not None
        parts = timebox.segments(m.minutes, m.session.now())
        for before, after in pairwise(parts):
            assert before.end == after.begin
        assert parts[0].begin == m.minutes.started and parts[-1].end == m.session.now()
        total = sum((part.end - part.begin for part in parts), timedelta())
        assert total == m.session.now() - m.minutes.started


async def test_the_agenda_s_file_may_change_meanwhile(tmp_path: Path) -> None:
    source = """\
schema = 1
id = "mine"
title = "Mine"
[[step]]
id = "a"
kind = "notes"
minutes = 10
title = "First"
[[step]]
id = "b"
kind = "notes"
minutes = 10
title = "Second"
"""
    place = place_in(tmp_path, agendas=[source])
    async with meeting(tmp_path, "mine", place=place) as m:
        await m.say(". one")
        await m.saved()
        (place.workspace.agendas_folder / "mine.toml").write_text(source.replace("Second", "Other"))
        await m.press("f4")
        assert m.meeting.step.title == "Second"
        await m.press("ctrl+q", "enter")
    async with meeting(tmp_path, place=place, resume="") as m:
        assert m.meeting.step.title == "Second" and m.meeting.agenda.steps[1].title.text("en") == "Second"
