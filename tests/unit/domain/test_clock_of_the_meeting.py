"""meeting.md, "The clock": time runs, remains, ends, is shared, paused and extended; daylight saving, sleep, a clock
that somebody sets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.clock import FakeClock, Timeline
from retrotui.domain import course, entries, floor, lifecycle, pacing, timebox
from retrotui.domain.factors import FactorList
from retrotui.domain.minutes import StepRun
from retrotui.errors import Refused
from tests.unit.domain.room import MINUTE, Room, deal, length, say, step

# -- a step's time ---------------------------------------------------------------------------------------------


def test_a_steps_time_runs_from_the_moment_it_takes_the_floor() -> None:
    room = Room().after(5).on().after(seconds=7)
    assert (room.spent("arrive"), room.spent("check")) == (5 * MINUTE, 7)


def test_it_never_advances_by_itself_and_counts_on_into_overtime() -> None:
    room = Room().after(7, seconds=10)
    assert room.floor == "arrive"
    assert timebox.remaining(room.step("arrive"), room.now) == -130


@pytest.mark.parametrize(
    ("seconds", "phase"),
    [(0, "normal"), (239, "normal"), (240, "soon"), (299, "soon"), (300, "over"), (900, "over")],
)
def test_words_and_colour_change_at_80_and_100_per_cent(seconds: int, phase: str) -> None:
    room = Room().after(seconds=seconds)
    assert timebox.phase(room.step("arrive"), room.now) == phase


def test_an_open_end_has_no_remaining_time_and_counts_up() -> None:
    room = Room(step("talk"), step("close", "close", 5)).after(4)
    talk = room.step("talk")
    assert (timebox.remaining(talk, room.now), timebox.phase(talk, room.now)) == (None, "open")
    assert room.spent("talk") == 4 * MINUTE
    with pytest.raises(Refused, match="open end"):
        room.do(pacing.extend, 1)


def test_an_open_end_takes_the_meetings_free_time() -> None:
    room = Room(step("talk"), step("close", "close", 5), minutes=30)
    assert room.step("talk").planned_s == 25 * MINUTE


def test_a_pre_read_is_listed_but_never_on_the_clock() -> None:
    room = Room(step("arrive", "checkin", 5), step("paper", minutes=0), step("talk", minutes=10))
    assert room.after(5).on().floor == "talk"
    assert course.behind(room.meeting) == course.Target("step", "arrive", "Arrive")
    with pytest.raises(Refused, match="read beforehand"):
        room.do(course.jump, "paper")


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=12), st.integers(0, 60))
def test_remaining_time_is_computed_never_counted_down(steps: list[int], extended: int) -> None:
    """However often somebody looks, what remains is the box less what was spent."""
    room = Room()
    if extended:
        room.do(pacing.extend, extended)
    for seconds in steps:
        room.after(seconds=seconds)
        assert timebox.remaining(room.step("arrive"), room.now) == 300 + extended * 60 - room.spent("arrive")
    assert room.spent("arrive") == sum(steps)


def test_seconds_are_never_negative() -> None:
    early, late = datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert timebox.seconds(late, early) == 0
    assert timebox.spent(StepRun(id="a", kind="notes", spans=((late,),)), early) == 0


# -- the end ---------------------------------------------------------------------------------------------------


def test_the_projected_end_is_now_plus_what_every_step_still_takes() -> None:
    room = Room()
    plan = room.now + timedelta(minutes=90)
    assert (
        timebox.projected_end(room.minutes, room.now) == timebox.planned_end(room.minutes, room.now) == plan
    )
    room.after(8)  # three minutes over
    assert timebox.lateness(room.minutes, room.now) == 3 * MINUTE
    room.on().after(2).on()  # eight minutes early
    assert timebox.lateness(room.minutes, room.now) == -5 * MINUTE


def test_before_the_beginning_the_end_is_told_from_now() -> None:
    room = Room(hold=True).after(30)
    assert timebox.projected_end(room.minutes, room.now) == room.now + timedelta(minutes=90)
    assert timebox.lateness(room.minutes, room.now) == 0


def test_at_the_close_what_was_left_out_is_no_longer_expected() -> None:
    room = Room().after(5).do(course.jump, "close").after(1)
    assert timebox.projected_end(room.minutes, room.now) == room.now + timedelta(minutes=4)
    assert timebox.share_expected(room.minutes, room.now).reflect == 0
    assert course.ahead(room.meeting).kind == "close"


def test_steps_passed_over_stay_expected_until_the_close() -> None:
    room = Room().after(5).do(course.jump, "lessons")
    assert timebox.lateness(room.minutes, room.now) == 0


def test_a_step_added_or_repeated_makes_the_meeting_late_by_its_minutes() -> None:
    room = Room().do(course.repeat, "arrive").do(course.add_step, "Extra", "notes", 7)
    assert timebox.lateness(room.minutes, room.now) == 12 * MINUTE


def test_the_plan_keeps_what_is_skipped() -> None:
    room = Room().do(course.skip, "won")
    assert timebox.lateness(room.minutes, room.now) == -15 * MINUTE


# -- shares ----------------------------------------------------------------------------------------------------


def test_on_the_wall_stands_what_the_meeting_will_come_to_beside_the_plan() -> None:
    room = Room()
    planned = timebox.share_planned(room.minutes)
    assert (planned.report, planned.reflect, planned.decide, planned.frame) == (600, 3000, 1200, 600)
    room.after(5).on().after(10).on().after(5)
    assert timebox.share_spent(room.minutes, room.now).reflect == 0
    expected = timebox.share_expected(room.minutes, room.now)
    assert expected == planned
    assert timebox.per_cent(expected.reflect, expected.total) == 56


def test_a_share_of_nothing_is_nothing() -> None:
    assert timebox.per_cent(0, 0) == 0


def test_pauses_count_as_framing_and_gaps_and_time_away_as_nothing() -> None:
    room = Room().after(3).do(pacing.pause).after(4).do(pacing.go_on).after(1)
    room.do(lifecycle.leave).after(20).do(lifecycle.come_back, room.now).after(10)
    room.do(pacing.take_out_gap, room.now - timedelta(minutes=8), room.now)
    share = timebox.share_spent(room.minutes, room.now)
    assert share.frame == (3 + 4 + 1 + 2) * MINUTE == share.total == length(room.minutes, room.now)


def test_what_is_derived_is_written_with_each_save() -> None:
    room = Room().after(5).on().after(2)
    written = timebox.derived(room.minutes, room.now)
    assert [one.spent_s for one in written.step[:3]] == [300, 120, 0]
    assert (written.share.frame, written.share.decide) == (300, 120)


# -- pause and extension -----------------------------------------------------------------------------------------


def test_pause_stops_the_step_not_the_day() -> None:
    room = Room().after(2)
    end = timebox.projected_end(room.minutes, room.now)
    room.do(pacing.pause).after(6)
    assert room.spent("arrive") == 2 * MINUTE
    assert timebox.projected_end(room.minutes, room.now) == end + timedelta(minutes=6)
    room.do(pacing.go_on).after(1)
    assert room.spent("arrive") == 3 * MINUTE


def test_a_pause_without_length_leaves_no_trace() -> None:
    room = Room().after(2).do(pacing.pause).do(pacing.go_on).after(1)
    assert room.minutes.pause == ()
    assert len(room.step("arrive").spans) == 1


def test_pausing_twice_and_going_on_twice_change_nothing() -> None:
    room = Room().after(1).do(pacing.pause)
    paused = room.meeting
    assert room.after(1).do(pacing.pause).meeting is paused
    going = room.do(pacing.go_on).meeting
    assert room.after(1).do(pacing.go_on).meeting is going


def test_before_the_beginning_there_is_nothing_to_pause() -> None:
    room = Room(hold=True).after(1).do(pacing.pause)
    assert room.minutes.pause == ()


def test_a_step_that_takes_the_floor_during_a_pause_begins_with_its_end() -> None:
    room = Room().after(5).do(pacing.pause).after(1).on().after(9)
    assert (room.floor, room.spent("check")) == ("check", 0)
    room.do(pacing.go_on).after(2)
    assert (room.spent("arrive"), room.spent("check")) == (5 * MINUTE, 2 * MINUTE)


def test_extend_adds_a_minute_and_undo_takes_it_back() -> None:
    room = Room().do(pacing.extend, pacing.extension(Room().meeting))
    assert timebox.allotted(room.step("arrive")) == 6 * MINUTE
    assert timebox.allotted(room.undo().step("arrive")) == 5 * MINUTE


def test_a_renewable_box_is_extended_by_what_the_agenda_says() -> None:
    room = Room(step("talk", minutes=10, extend_by=5))
    assert pacing.extension(room.meeting) == 5


def renewable(**keys: Any) -> Room:
    return Room(step("talk", minutes=10, extend_by=2.5, **keys), step("end", "close", 5))


def counted(room: Room) -> list[tuple[int, int]]:
    return [(one.ayes, one.noes) for one in room.step("talk").vote]


def test_a_majority_renews_the_box_and_the_counts_are_kept_as_one_change() -> None:
    room = renewable().after(10).do(pacing.vote_to_go_on, 5, 2)
    assert (counted(room), room.step("talk").extended_s) == ([(5, 2)], 150)
    room.after(3).do(pacing.vote_to_go_on, 4, 3)
    assert (counted(room), room.step("talk").extended_s) == ([(5, 2), (4, 3)], 300)
    assert (counted(room.undo()), room.step("talk").extended_s) == ([(5, 2)], 150)
    assert counted(room.redo().on()) == [(5, 2), (4, 3)], "what was voted stays with its step"


@pytest.mark.parametrize("noes", [3, 4])
def test_without_a_majority_the_counts_are_kept_and_no_time_is_added(noes: int) -> None:
    room = renewable().after(10).do(pacing.vote_to_go_on, 3, noes)
    assert (counted(room), room.step("talk").extended_s) == ([(3, noes)], 0)
    assert room.floor == "talk", "a step never advances by itself"


def test_a_vote_is_asked_for_once_the_renewable_box_is_over() -> None:
    room = renewable().after(9)
    for _ in range(2):
        assert not pacing.asks_to_go_on(room.meeting, room.now)
        with pytest.raises(Refused, match="voted on"):
            room.do(pacing.vote_to_go_on, 5, 2)
        room = renewable(cap=True).after(11)
    assert pacing.asks_to_go_on(renewable().after(10).meeting, renewable().after(10).now)
    with pytest.raises(Refused, match="Nobody"):
        renewable().after(10).do(pacing.vote_to_go_on, 0, 0)
    assert not pacing.asks_to_go_on(Room().after(6).meeting, Room().after(6).now)


@pytest.mark.parametrize("line", ["5:2", "5 : 2", "5/2", "5-2", "5 -2", "+5 -2"])
def test_what_is_typed_then_are_the_votes_and_before_it_a_note(line: str) -> None:
    room = renewable().after(9).do(entries.say, line, factors=FactorList.of_team())
    assert (counted(room), len(room.minutes.note)) == ([], 1)
    room.after(2).do(entries.say, line, factors=FactorList.of_team())
    assert (counted(room), len(room.minutes.note)) == ([(5, 2)], 1)


@pytest.mark.parametrize("line", ["0:0", "5", "52", "5:2 Stimmen", "-5 %", "2,5", "2026-11-23", "5.2"])
def test_any_other_line_is_a_note_while_a_vote_is_asked_for(line: str) -> None:
    room = renewable().after(11).do(entries.say, line, factors=FactorList.of_team())
    assert counted(room) == [] and [one.text for one in room.minutes.note] == [line]


@pytest.mark.parametrize("minutes", [0, -3])
def test_an_extension_adds_time(minutes: float) -> None:
    with pytest.raises(Refused, match="adds time"):
        Room().do(pacing.extend, minutes)


def test_a_capped_step_refuses_to_be_extended_and_says_what_parks_the_topic() -> None:
    room = Room().on().on()
    assert pacing.is_capped(room.meeting)
    with pytest.raises(Refused) as refused:
        room.do(pacing.extend, 1)
    assert str(refused.value.what) == "Numbers is not extended."
    assert str(refused.value.hint) == "& parks the topic."


def test_a_capped_step_stays_capped_when_it_is_repeated() -> None:
    room = Room().on().on().do(course.repeat, "numbers").on()
    assert room.floor == "numbers-2"
    assert pacing.is_capped(room.meeting)


# -- the box of a deal -------------------------------------------------------------------------------------------


def test_each_deal_has_its_own_box_of_the_steps_minutes() -> None:
    room = Room().do(course.jump, "lost").do(floor.choose, deal("ada"))
    assert pacing.deal_box(room.meeting, room.now) is None
    room.do(floor.choose, deal("bob")).after(3)
    assert pacing.deal_box(room.meeting, room.now) == (3 * MINUTE, 10 * MINUTE)
    room.on().do(pacing.pause).after(5).do(pacing.go_on).after(1)
    assert (room.deal, pacing.deal_box(room.meeting, room.now)) == ("bob", (MINUTE, 10 * MINUTE))
    room.do(course.back).after(2)
    assert (room.deal, pacing.deal_box(room.meeting, room.now)) == ("ada", (5 * MINUTE, 10 * MINUTE))


def test_each_part_has_its_own_box_of_its_minutes() -> None:
    parts = [{"title": "Tell", "minutes": 3}, {"title": "Ask", "minutes": 2}]
    room = Room(step("lens", "deal", 10, parts=parts), step("end", "close", 5)).after(1)
    assert pacing.part_box(room.meeting, room.now) == (MINUTE, 3 * MINUTE)
    room.do(course.on).after(4)
    assert pacing.part_box(room.meeting, room.now) == (4 * MINUTE, 2 * MINUTE)
    room.do(course.back).do(pacing.pause).after(9).do(pacing.go_on).after(1)
    assert pacing.part_box(room.meeting, room.now) == (2 * MINUTE, 3 * MINUTE)
    room.do(floor.choose, deal("ada")).do(floor.choose, deal("bob")).after(5).on().on().after(1)
    assert (room.deal, pacing.part_box(room.meeting, room.now)) == ("bob", (MINUTE, 3 * MINUTE))


def test_parts_without_minutes_have_no_box() -> None:
    room = Room(step("case", "case", 10, parts=[{"title": "Tell"}, {"title": "Ask"}]))
    assert pacing.part_box(room.meeting, room.now) is None
    assert pacing.part_box(Room().meeting, room.now) is None


# -- honest clocks -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_wall_clock_that_is_set_changes_nothing(hours: int) -> None:
    room = Room().after(3)
    began = room.minutes.started
    assert began is not None
    room.clock.set_wall(room.clock.wall() + timedelta(hours=hours))
    room.after(2).on().after(4)
    assert (room.spent("arrive"), room.spent("check")) == (5 * MINUTE, 4 * MINUTE)
    assert room.now == began + timedelta(minutes=9)


@pytest.mark.parametrize(
    "wall",
    [
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")),  # at 03:00 it is 02:00 again
        datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin")),  # at 02:00 it is 03:00
    ],
)
def test_a_change_of_daylight_saving_changes_nothing(wall: datetime) -> None:
    room = Room(zone=ZoneInfo("Europe/Berlin"), wall=wall)
    before = room.now.utcoffset()
    room.after(20).on().after(40).on()
    assert (room.spent("arrive"), room.spent("check")) == (20 * MINUTE, 40 * MINUTE)
    assert room.now.utcoffset() != before  # instants carry the offset that holds
    assert length(room.minutes, room.now) == 60 * MINUTE


def test_a_sleep_of_eight_minutes_counts_and_can_be_taken_out() -> None:
    room = Room().after(2)
    lid = room.now
    room.after(8)
    assert room.spent("arrive") == 10 * MINUTE  # the clock runs while the machine sleeps
    room.do(pacing.take_out_gap, lid, room.now).after(1)
    assert room.spent("arrive") == 3 * MINUTE
    assert length(room.minutes, room.now) == 3 * MINUTE


def test_a_stalled_loop_loses_no_second() -> None:
    """The interval only repaints: whoever comes late reads the right time."""
    clock = FakeClock()
    timeline = Timeline(clock)
    began = timeline.now()
    for _ in range(10):
        clock.advance(0.35)  # ticks that come too often
        timeline.now()
    clock.advance(56.5)  # and one that comes too late
    assert timeline.now() - began == timedelta(seconds=60)


def test_a_meeting_of_eight_hours_adds_up() -> None:
    room = Room()
    for hour in range(8):
        room.after(59, seconds=41).do(say, f"hour {hour}")
        if hour % 2:
            room.do(pacing.pause).after(seconds=19).do(pacing.go_on)
        else:
            room.after(seconds=19)
    assert length(room.minutes, room.now) == 8 * 60 * MINUTE
