"""The clock on the wall: phases, pause, hold, sleep, extending and the cap (meeting.md, "The clock")."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.domain import timebox
from retrotui.tui.keeping import KeptMeeting
from retrotui.tui.run_options import RunOptions
from retrotui.tui.screens.meeting import SAVER_FIRST_SECONDS
from retrotui.tui.widgets.clock import TimeBar
from tests.tui.driver import Room, home, meeting, place_in


def bar(m: Room) -> str:
    return m.part("#bar").strip()


def phase(m: Room) -> str:
    return m.wall.query_one("#bar", TimeBar)._phase


async def test_words_and_glyphs_change_at_80_and_at_100_per_cent(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        assert m.clock_text == "05:00" and bar(m).endswith("5 min left") and "─" in bar(m)
        await m.later(seconds=239)
        assert m.clock_text == "01:01" and phase(m) == "normal" and "━" in bar(m)
        await m.later(seconds=1)
        assert m.clock_text == "01:00" and phase(m) == "soon"
        assert "╍" in bar(m) and bar(m).endswith("only 1 min left")
        await m.later(seconds=1)
        assert bar(m).endswith("under a minute")
        await m.later(seconds=59)
        assert m.clock_text == "00:00" and phase(m) == "over"
        assert "═" in bar(m) and bar(m).endswith("time is up")
        await m.later(seconds=130)
        assert m.clock_text == "+02:10" and bar(m).endswith("over by 2 min")
        assert m.meeting.step.id == m.minutes.step[0].id, "it never advances by itself"


async def test_the_large_digits_say_what_the_clock_says(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:

        def digits() -> list[str]:
            return m.lines()[m.wall.query_one("#clock").region.y : m.wall.query_one("#clock").region.bottom]

        before = digits()
        await m.later(seconds=7)
        assert digits() != before and any("█" in line for line in before)
        for width, height in ((80, 24), (110, 30), (160, 45)):
            await m.resize(width, height)
            await m.press("f8")
            assert m.wall.query_one("#clock").size.height >= height / 3
            await m.press("f8")
            assert m.wall.query_one("#clock").size.height == 3


async def test_a_capped_step_refuses_to_be_extended(tmp_path: Path) -> None:
    async with meeting(tmp_path, language="de") as m:
        await m.go_to("numbers")
        assert not m.sees("F5"), "the footer lists what works now"
        await m.press("f5")
        assert "Zahlen" in m.notice and "nicht verlängert. & parkt das Thema." in m.notice
        assert m.meeting.step.extended_s == 0
        await m.press("f6")
        assert not m.sees("verlängern um")


async def test_at_the_end_of_a_capped_box_the_prompt_itself_changes(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("numbers")
        await m.later(minutes=9)
        assert "Where are we against target?" in m.part("#prompt")
        await m.later(minutes=1)
        assert "Time for Numbers is up. Which deal does it lead us to?" in " ".join(m.part("#prompt").split())
        assert m.sees("F4 → Close-up: lost")


async def test_the_projected_end_and_its_difference_are_always_shown(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        assert m.sees("End 10:30")
        await m.later(minutes=8)
        assert m.sees("End 10:33 (+3 min)")
        await m.press("f8")
        assert m.sees("End 10:33 +3 min")


async def test_a_pause_stops_the_step_but_not_the_day(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("Anna Berg, Sales")
        await m.later(minutes=1)
        await m.press("f2")
        await m.later(minutes=10)
        assert m.clock_text == "04:00" and bar(m).endswith("paused") and "┅" in bar(m)
        assert m.sees("Pause since 09:01", "End 10:40", "F2 Go on")
        await m.press("f2")
        await m.later(seconds=30)
        assert m.clock_text == "03:30" and m.sees("F2 Pause")
        pause = m.minutes.pause[0]
        assert pause.why == "pause" and pause.until is not None
        assert pause.until - pause.since == timedelta(minutes=10)


async def test_f2_before_the_first_entry_holds_the_meeting(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=3)
        await m.press("f2")
        assert not m.meeting.begun and m.sees("We are about to begin", "Close-up: lost", "F2 Begin")
        await m.later(minutes=10)
        assert m.clock_text == "05:00"
        await m.press("f2")
        await m.later(minutes=1)
        assert (
            m.meeting.begun
            and m.clock_text == "04:00"
            and m.minutes.started == m.session.now() - timedelta(minutes=1)
        )


async def test_hold_waits_and_everything_can_be_chosen(tmp_path: Path) -> None:
    async with meeting(tmp_path, options=RunOptions(hold=True)) as m:
        assert not m.meeting.begun and m.sees("We are about to begin")
        await m.say("Anna Berg, Sales")
        assert m.minutes.participant[0].name == "Anna Berg" and not m.meeting.begun
        await m.press("f4")
        assert m.meeting.begun and m.meeting.step.id == m.minutes.step[0].id, "on begins it"


async def test_sleep_is_noticed_and_f6_takes_the_gap_out(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=1)
        await m.sleep(minutes=8)
        assert "stood still for 8 minutes" in m.notice and m.notice.startswith("F6")
        assert m.clock_text == "+04:00"
        await m.press("f6", "1")
        assert m.clock_text == "04:00" and m.notice == "The gap is taken out."
        gap = m.minutes.pause[0]
        assert gap.why == "gap" and gap.until is not None and gap.until - gap.since == timedelta(minutes=8)
        await m.later(seconds=20)
        assert "stood still" not in m.notice


async def test_a_sleep_of_less_than_a_minute_and_one_in_a_pause_say_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("Anna Berg, Sales")
        await m.later(seconds=1)
        await m.sleep(minutes=0.9)
        assert "stood still" not in m.notice
        await m.press("f2")
        await m.sleep(minutes=30)
        assert "stood still" not in m.notice and m.session.gap is None


async def test_a_wall_clock_that_is_set_changes_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=1)
        for hours in (-3, 5):
            m.clock.set_wall(m.clock.wall() + timedelta(hours=hours))
            await m.later(seconds=30)
        assert m.clock_text == "03:00" and m.session.gap is None
        assert m.minutes.started is not None
        assert timebox.spent(m.meeting.step, m.session.now()) == 120


async def test_the_share_of_reflecting_is_what_the_meeting_will_come_to(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        assert m.sees("Reflecting 56% ", "Plan 56%")
        await m.later(minutes=20)
        assert m.sees("Reflecting 48%", "Plan 56%")
        await m.resize(80, 24)
        assert m.sees("1/8 · Reflecting 48% (Plan 56%)")
        await m.press("f8")
        assert m.sees("Reflecting", "48% Plan 56%")


async def test_an_open_end_counts_up(tmp_path: Path) -> None:
    open_end = """\
schema = 1
id = "open"
title = "Open"
[[step]]
id = "talk"
kind = "notes"
title = "Talk"
prompts = ["What is on your mind?"]
"""
    async with meeting(tmp_path, "open", agendas=[open_end]) as m:
        assert m.clock_text == "00:00" and bar(m).endswith("open end")
        await m.later(minutes=75)
        assert m.clock_text == "75:00"
        await m.later(minutes=50)
        assert m.clock_text == "2:05:00"
        await m.press("f5")
        assert "open end" in m.notice and not m.sees("F5")


async def test_a_rehearsal_says_that_nothing_is_saved(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place, options=RunOptions(rehearse=20)) as m:
        await m.say(". one")
        assert m.sees("rehearsal: nothing is saved")
        await m.press("ctrl+q")
    assert not place.workspace.folder.exists() and not place.workspace.state.exists()


async def test_the_summary_s_date_is_the_clock_s(tmp_path: Path) -> None:
    clock = FakeClock()
    async with home(tmp_path, clock=clock) as m:
        assert m.sees("Mon 23 Nov 2026")


async def test_a_wider_clock_moves_the_prompt_and_breaks_nothing(tmp_path: Path) -> None:
    """`+10:00` is wider than `00:00`: the number of the prompt stays at the right end of its line."""
    async with meeting(tmp_path) as m:
        await m.go_to("numbers")
        await m.later(minutes=25, seconds=1)
        await m.press("f4")
        for seconds in (0, 1200, 1):
            await m.later(seconds=seconds)
            marks = [line for line in m.part("#prompt").splitlines() if "1/5" in line]
            assert len(marks) == 1 and marks[0].rstrip().endswith("1/5") and "What did we want?" in marks[0]


# -- the saver goes first, and the seconds are kept in step with -------------------------------------------------


async def test_an_entry_is_drawn_also_while_the_saver_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with meeting(tmp_path) as m:
        saver = m.session.saver
        assert saver is not None
        saver.announce = lambda _: None
        monkeypatch.setattr(KeptMeeting, "is_saving", property(lambda _: True))
        await m.say("seen all the same")
        await m.pilot.pause(2 * SAVER_FIRST_SECONDS)
        assert m.sees("seen all the same") and not m.app._batch_count


async def test_a_meeting_that_is_left_at_once_leaves_a_screen_that_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(tmp_path) as m:
        await m.press("1")
        monkeypatch.setattr(KeptMeeting, "is_saving", property(lambda _: True))
        wall = m.wall
        wall.session.record("the last word")
        assert m.app._batch_count
        m.app.leave_meeting(None)
        await m.pilot.pause(2 * SAVER_FIRST_SECONDS)
        assert not m.app._batch_count and m.app.screen is not wall and m.app.return_code is None


async def test_ticks_out_of_step_with_the_seconds_begin_anew(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        m.wall._in_step()
        ticking = m.wall._ticking
        m.clock.advance(1)
        m.wall._tick_in_step()
        assert m.wall._ticking is ticking
        m.clock.advance(100.4)
        m.wall._tick_in_step()
        assert m.wall._ticking is not ticking
