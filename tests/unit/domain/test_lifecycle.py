"""meeting.md, "Beginning and end": begin, hold, leave, come back, end, reopen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from retrotui.domain import course, floor, lifecycle, pacing, roundtable, timebox
from retrotui.domain.minutes import Metric
from retrotui.errors import Refused
from tests.unit.domain.room import MINUTE, Room, deal, length, say, step

# -- beginning ---------------------------------------------------------------------------------------------------


def test_the_first_step_runs_from_the_first_moment() -> None:
    room = Room()
    assert (room.floor, room.step("arrive").state, room.minutes.started) == ("arrive", "running", room.now)


def test_a_held_meeting_keeps_no_time_until_it_begins() -> None:
    room = Room(hold=True).after(20)
    assert timebox.share_spent(room.minutes, room.now).total == 0
    assert not room.meeting.begun
    room.do(lifecycle.begin).after(2)
    assert room.spent("arrive") == 2 * MINUTE


def test_a_meeting_begins_once() -> None:
    room = Room()
    begun = room.meeting
    assert room.after(3).do(lifecycle.begin).meeting is begun


def test_a_meeting_held_over_midnight_is_of_the_day_on_which_it_begins() -> None:
    room = Room(hold=True).after(24 * 60).do(lifecycle.begin)
    assert room.minutes.date == date(2026, 11, 24)


def test_a_deal_that_was_chosen_before_has_the_floor_from_the_beginning() -> None:
    room = (
        Room(step("lens", "deal", 10), hold=True).do(floor.choose, deal("ada")).after(9).do(lifecycle.begin)
    )
    assert (room.deal, room.step("lens").floor[-1].at) == ("ada", room.now)


def test_before_the_first_entry_the_meeting_can_be_held_back() -> None:
    room = Room().do(course.skip, "numbers").after(2).on().after(1).do(pacing.pause).do(lifecycle.hold)
    assert (room.minutes.started, room.minutes.pause, room.step("arrive").spans) == (None, (), ())
    assert room.step("numbers").state == "skipped"  # what was chosen stays
    room.after(30).do(lifecycle.begin).after(1)
    assert length(room.minutes, room.now) == MINUTE
    assert (room.floor, room.spent("check")) == ("check", MINUTE)


@pytest.mark.parametrize(
    ("rule", "args"),
    [
        (say, ("hello",)),
        (roundtable.arrive, ("Anna", "sales")),
        (roundtable.tally, ("safety", "34452")),
        (floor.put_metric, (Metric(id="revenue", label="Revenue"),)),
    ],
)
def test_once_something_was_said_it_cannot(rule: object, args: tuple[object, ...]) -> None:
    room = Room().do(rule, *args)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="paused, but not held back"):
        room.do(lifecycle.hold)


# -- leaving and coming back -------------------------------------------------------------------------------------


def test_the_time_away_is_not_the_meetings() -> None:
    room = Room().after(3).do(lifecycle.leave).after(50).do(lifecycle.come_back, room_now()).after(2)
    assert (room.spent("arrive"), length(room.minutes, room.now)) == (5 * MINUTE, 5 * MINUTE)
    assert [pause.why for pause in room.minutes.pause] == ["away"]


def room_now() -> object:
    """What a resume is told where the meeting was left in good order: it does not matter."""
    return Room().now


def test_leaving_twice_or_before_the_beginning_changes_nothing() -> None:
    room = Room(hold=True)
    held = room.meeting
    assert room.do(lifecycle.leave).meeting is held
    left = Room().after(3).do(lifecycle.leave)
    away = left.meeting
    assert left.after(3).do(lifecycle.leave).meeting is away


def test_leaving_in_a_pause_ends_the_pause() -> None:
    room = Room().after(3).do(pacing.pause).after(4).do(lifecycle.leave).after(60)
    room.do(lifecycle.come_back, room.now).after(1)
    assert [pause.why for pause in room.minutes.pause] == ["pause", "away"]
    assert length(room.minutes, room.now) == 8 * MINUTE


def test_what_follows_the_last_sign_of_life_was_time_away() -> None:
    room = Room().after(3)
    alive = room.now
    room.after(25).do(lifecycle.come_back, alive).after(1)
    assert (room.spent("arrive"), length(room.minutes, room.now)) == (4 * MINUTE, 4 * MINUTE)


def test_after_a_crash_with_people_still_in_the_room_the_time_is_the_steps() -> None:
    room = Room().after(3).after(4)
    room.do(lifecycle.come_back, room.now).after(1)
    assert (room.spent("arrive"), room.minutes.pause) == (8 * MINUTE, ())


def test_a_crash_in_a_pause_makes_no_pause_of_the_time_away() -> None:
    room = Room().after(3).do(pacing.pause).after(4)
    alive = room.now
    room.after(60).do(lifecycle.come_back, alive).after(1)
    assert [(pause.why, timebox.seconds(pause.since, room.now)) for pause in room.minutes.pause] == [
        ("pause", 65 * MINUTE),
        ("away", 61 * MINUTE),
    ]
    assert timebox.pause_seconds(room.minutes, room.now) == 4 * MINUTE
    assert room.spent("arrive") == 4 * MINUTE


def test_a_pause_in_which_nothing_was_lost_goes_on() -> None:
    room = Room().after(3).do(pacing.pause).after(4)
    paused = room.meeting
    assert room.do(lifecycle.come_back, room.now).meeting is paused


@pytest.mark.parametrize("minutes", [-500, 0, 5, 500])
def test_a_sign_of_life_that_cannot_be_is_brought_into_the_meeting(minutes: int) -> None:
    """A draft's time stamp may lie before the last move, or in the future."""
    room = Room().after(3).on().after(5)
    room.do(lifecycle.come_back, room.now + timedelta(minutes=minutes)).after(1)
    assert room.spent("arrive") == 3 * MINUTE
    assert room.spent("check") <= 6 * MINUTE


def test_the_last_word_is_the_latest_instant_in_the_minutes() -> None:
    room = Room().after(3).do(say, "hello").after(2).do(pacing.pause).after(4)
    assert lifecycle.last_word(room.meeting) == room.now - timedelta(minutes=4)
    room.do(pacing.go_on)
    assert lifecycle.last_word(room.meeting) == room.now
    assert lifecycle.last_word(Room(hold=True).meeting) is None


def test_the_last_entry_is_what_was_last_said_or_moved() -> None:
    room = Room()
    assert lifecycle.last_entry_at(room.meeting) == room.minutes.started
    moved = room.after(3).on().now
    assert lifecycle.last_entry_at(room.meeting) == moved
    said = room.after(3).do(say, "hello").now
    room.after(7).do(lifecycle.leave).after(200).do(lifecycle.come_back, said).after(1)
    assert lifecycle.last_entry_at(room.meeting) == said


def test_it_ended_at_the_last_entry() -> None:
    """Left open, and found three hours later."""
    room = Room().after(5).on().after(4).do(say, "hello")
    said = room.now
    room.after(7).on().after(180).do(lifecycle.come_back, room.now).do(lifecycle.end_at, said)
    assert (room.minutes.ended, room.minutes.status) == (said, "closed")
    assert (room.spent("check"), room.spent("numbers")) == (4 * MINUTE, 0)
    assert [one.state for one in room.minutes.step[:4]] == ["done", "done", "pending", "pending"]


def test_an_end_within_a_pause_or_time_away_is_cut_there() -> None:
    room = Room().after(5).do(pacing.pause).after(4).do(lifecycle.end_at, room_after(7))
    assert length(room.minutes, room.now) == 7 * MINUTE
    away = Room().after(5).do(lifecycle.leave).after(60)
    away.do(lifecycle.come_back, away.now).after(2).do(lifecycle.end_at, room_after(30))
    assert (length(away.minutes, away.now), away.minutes.pause) == (5 * MINUTE, ())
    assert away.minutes.ended == room_after(5)


def room_after(minutes: float) -> object:
    """An instant so many minutes after the beginning of any room."""
    return Room().after(minutes).now


def test_a_meeting_does_not_end_before_it_began() -> None:
    room = Room().after(5).do(lifecycle.end_at, room_after(-30))
    assert room.minutes.ended == room.minutes.started


# -- the end -----------------------------------------------------------------------------------------------------


def test_closing_ends_what_is_open() -> None:
    room = Room().after(5).on().after(3).do(lifecycle.close)
    assert (room.minutes.status, room.minutes.ended, room.minutes.now) == ("closed", room.now, None)
    assert [one.state for one in room.minutes.step[:3]] == ["done", "done", "pending"]
    assert [one.spent_s for one in room.minutes.step[:3]] == [300, 180, 0]
    assert room.after(500).spent("check") == 3 * MINUTE


def test_a_meeting_closed_in_a_pause_ends_with_it() -> None:
    room = Room().after(5).do(pacing.pause).after(2).do(lifecycle.close)
    assert length(room.minutes, room.now) == 7 * MINUTE
    assert timebox.paused(room.minutes) is None


def test_a_meeting_closed_while_away_ended_when_it_was_left() -> None:
    room = Room().after(5).do(lifecycle.leave)
    left = room.now
    room.after(100).do(lifecycle.close)
    assert (room.minutes.ended, room.minutes.pause) == (left, ())


def test_a_meeting_that_never_began_can_be_closed_or_aborted() -> None:
    room = Room(hold=True).after(3).do(lifecycle.close, aborted=True)
    assert (room.minutes.status, room.minutes.started) == ("aborted", room.minutes.ended)


def test_a_meeting_ends_once() -> None:
    room = Room().after(5).do(lifecycle.close)
    over = room.meeting
    assert room.after(5).do(lifecycle.close, aborted=True).meeting is over
    assert room.do(lifecycle.end_at, room.now).meeting is over
    assert room.do(lifecycle.leave).do(lifecycle.come_back, room.now).meeting is over


def test_after_the_end_the_last_step_is_meant() -> None:
    assert Room().after(5).do(lifecycle.close).meeting.step.id == "close"


def test_a_closed_meeting_can_be_reopened_and_says_so() -> None:
    room = Room().after(5).on().after(3).do(lifecycle.close).after(60).do(lifecycle.reopen).after(2)
    assert (room.minutes.status, len(room.minutes.reopened)) == ("running", 1)
    assert (room.floor, room.spent("check")) == ("check", 5 * MINUTE)
    assert length(room.minutes, room.now) == 10 * MINUTE
    room.do(lifecycle.close).do(lifecycle.reopen)
    assert len(room.minutes.reopened) == 2


def test_a_meeting_reopened_at_once_was_never_away() -> None:
    room = Room().after(5).do(lifecycle.close).do(lifecycle.reopen).after(1)
    assert (room.minutes.pause, len(room.step("arrive").spans)) == ((), 1)


def test_reopened_the_deal_has_the_floor_that_had_it_last() -> None:
    room = Room(step("lens", "deal", 10)).do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    room.after(2).on().after(1).do(lifecycle.close).after(9).do(lifecycle.reopen)
    assert room.deal == "bob"


def test_a_running_meeting_is_not_reopened() -> None:
    with pytest.raises(Refused, match="still running"):
        Room().do(lifecycle.reopen)
