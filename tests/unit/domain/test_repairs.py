"""meeting.md, "The clock": repair, sleep. The ledger after somebody says how it really was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain import course, lifecycle, pacing, repairs, timebox
from retrotui.errors import Refused
from tests.unit.domain.room import MINUTE, Room, sound


def two_steps() -> Room:
    """Ten minutes of arrive, two of check."""
    return Room().after(10).on().after(2)


def test_this_step_really_began_earlier() -> None:
    room = two_steps().do(pacing.began_earlier, 5)
    assert (room.spent("arrive"), room.spent("check")) == (7 * MINUTE, 5 * MINUTE)


def test_this_step_really_began_later() -> None:
    room = two_steps().do(pacing.began_earlier, 1)
    assert (room.spent("arrive"), room.spent("check")) == (11 * MINUTE, MINUTE)


def test_began_when_the_key_was_pressed_changes_nothing() -> None:
    room = two_steps()
    before = room.minutes
    assert room.do(pacing.began_earlier, 2).minutes == before


def test_give_minutes_of_this_step_to_the_one_before() -> None:
    room = two_steps().do(pacing.give_back, 2)
    assert (room.spent("arrive"), room.spent("check")) == (12 * MINUTE, 0)
    assert room.after(1).spent("check") == MINUTE


def test_a_step_cannot_begin_before_the_one_before_it() -> None:
    with pytest.raises(Refused, match=r"What came before took only 10 min\."):
        two_steps().do(pacing.began_earlier, 13)


def test_a_step_gives_no_more_than_it_took() -> None:
    with pytest.raises(Refused, match=r"This step has taken only 2 min\."):
        two_steps().do(pacing.give_back, 3)


def test_the_first_step_has_none_before_it() -> None:
    room = Room().after(4)
    with pytest.raises(Refused, match="Nothing came before"):
        room.do(pacing.give_back, 1)
    with pytest.raises(Refused, match="What came before took only 0 min"):
        room.do(pacing.began_earlier, 9)


def test_a_step_without_time_has_nothing_to_repair() -> None:
    room = Room().after(4).do(pacing.pause).on()
    with pytest.raises(Refused, match="no time yet"):
        room.do(pacing.began_earlier, 1)


def test_a_step_that_had_the_floor_before_is_repaired_where_it_is_now() -> None:
    """Back in a pause: the minutes of its first visit are not the ones that are meant."""
    room = Room().after(4).on().after(3).do(pacing.pause).do(course.back)
    with pytest.raises(Refused, match="no time yet"):
        room.do(pacing.began_earlier, 2)


def test_a_step_that_began_while_the_pause_was_forgotten() -> None:
    room = Room().after(10).do(pacing.pause).after(6).on().do(pacing.go_on).after(1)
    room.do(pacing.began_earlier, 3)
    assert room.spent("check") == 3 * MINUTE
    assert timebox.pause_seconds(room.minutes, room.now) == 4 * MINUTE


def test_a_pause_that_was_none_disappears() -> None:
    room = Room().after(10).do(pacing.pause).after(6).on().do(pacing.go_on).after(1)
    room.do(pacing.began_earlier, 7)
    assert room.spent("check") == 7 * MINUTE
    assert room.minutes.pause == ()


def test_a_beginning_before_the_pause_leaves_the_pause_alone() -> None:
    room = Room().after(10).do(pacing.pause).after(6).on().do(pacing.go_on).after(1)
    room.do(pacing.began_earlier, 9)
    assert (room.spent("arrive"), room.spent("check")) == (8 * MINUTE, 3 * MINUTE)
    assert timebox.pause_seconds(room.minutes, room.now) == 6 * MINUTE


def test_giving_across_a_pause_goes_to_the_step_before_and_not_to_the_pause() -> None:
    room = Room().after(10).do(pacing.pause).after(6).do(pacing.go_on).on().after(4)
    room.do(pacing.give_back, 3)
    assert (room.spent("arrive"), room.spent("check")) == (13 * MINUTE, MINUTE)
    assert timebox.pause_seconds(room.minutes, room.now) == 6 * MINUTE


def test_giving_more_than_what_came_before_a_pause_within_the_step() -> None:
    room = Room().after(10).on().after(5).do(pacing.pause).after(6).do(pacing.go_on).after(4)
    room.do(pacing.give_back, 7)
    assert (room.spent("arrive"), room.spent("check")) == (17 * MINUTE, 2 * MINUTE)
    assert timebox.pause_seconds(room.minutes, room.now) == 6 * MINUTE


def test_a_repair_can_be_repaired() -> None:
    room = two_steps()
    before = room.minutes
    room.do(pacing.began_earlier, 9).do(pacing.began_earlier, 2)
    assert room.minutes == before


def test_a_repair_is_time_and_undo_does_not_touch_it() -> None:
    room = two_steps().do(pacing.began_earlier, 5)
    room.undo()  # the move: it is older than a minute, and the ledger has changed since
    assert (room.floor, room.spent("arrive"), room.spent("check")) == ("arrive", 7 * MINUTE, 5 * MINUTE)


def test_a_move_whose_time_was_repaired_is_not_undone_as_if_it_had_not_happened() -> None:
    room = Room().after(10).on().after(seconds=30).do(pacing.began_earlier, 2).undo()
    assert (room.spent("arrive"), room.spent("check")) == (8 * MINUTE + 30, 2 * MINUTE)


def test_nothing_is_repaired_once_the_meeting_is_over() -> None:
    room = two_steps().do(lifecycle.close)
    for rule in (pacing.began_earlier, pacing.give_back):
        with pytest.raises(Refused, match="over"):
            room.do(rule, 1)


# -- gaps --------------------------------------------------------------------------------------------------------


def test_a_gap_is_cut_out_of_a_closed_span() -> None:
    room = Room().after(2)
    lid = room.now
    room.after(8)
    up = room.now
    room.after(1).on().after(1).do(pacing.take_out_gap, lid, up)
    assert (room.spent("arrive"), room.spent("check")) == (3 * MINUTE, MINUTE)
    assert [pause.why for pause in room.minutes.pause] == ["gap"]


def test_a_gap_that_is_all_of_a_span_takes_the_span() -> None:
    room = Room().after(2).on()
    lid = room.now
    room.after(8).on().do(pacing.take_out_gap, lid, room.now)
    assert room.step("check").spans == ()


def test_a_gap_is_taken_out_once() -> None:
    room = Room().after(2)
    lid = room.now
    room.after(8).do(pacing.take_out_gap, lid, room.now)
    with pytest.raises(Refused, match="does not lie within one step"):
        room.do(pacing.take_out_gap, lid, room.now)


def test_a_gap_over_the_border_of_two_steps_or_in_a_pause_is_refused() -> None:
    room = Room().after(2)
    lid = room.now
    room.after(2).on().after(2)
    with pytest.raises(Refused):
        room.do(pacing.take_out_gap, lid, room.now)
    room.do(pacing.pause)
    lid = room.now
    room.after(8)
    with pytest.raises(Refused):
        room.do(pacing.take_out_gap, lid, room.now)
    with pytest.raises(Refused):
        room.do(pacing.take_out_gap, room.now, lid)


def test_gaps_stand_in_order_of_time() -> None:
    room = Room().after(2)
    lid = room.now
    room.after(8)
    up = room.now
    room.do(pacing.pause).after(1).do(pacing.go_on).after(1).do(pacing.take_out_gap, lid, up)
    assert [pause.why for pause in room.minutes.pause] == ["gap", "pause"]


# -- any course --------------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["on", "back", "pause", "go on", "began", "give", "gap"]), st.integers(0, 700)
        ),
        max_size=30,
    )
)
def test_no_repair_breaks_the_ledger_or_changes_the_meetings_length(commands: list[tuple[str, int]]) -> None:
    room = Room()
    for command, seconds in commands:
        room.after(seconds=seconds)
        total = timebox.share_spent(room.minutes, room.now).total
        paused = timebox.pause_seconds(room.minutes, room.now)
        try:
            if command == "on":
                room.on()
            elif command == "back":
                room.do(course.back)
            elif command == "pause":
                room.do(pacing.pause)
            elif command == "go on":
                room.do(pacing.go_on)
            elif command == "gap":
                room.do(pacing.take_out_gap, room.now - timedelta(seconds=seconds), room.now)
                total -= seconds
            elif command == "began":
                room.do(pacing.began_earlier, seconds // 60)
            else:
                room.do(pacing.give_back, seconds // 60)
                assert timebox.pause_seconds(room.minutes, room.now) == paused
        except Refused:
            continue
        assert timebox.share_spent(room.minutes, room.now).total == total


def test_a_repair_to_the_second() -> None:
    room = two_steps()
    at = room.now - timedelta(seconds=121)
    repaired = repairs.begin_at(room.minutes, "check", at, room.now)
    assert timebox.spent(room.step("check"), room.now) == 120
    assert sum(timebox.spent(one, room.now) for one in repaired.step) == 720
    sound(room.meeting, room.now)
