"""meeting.md, "Keys": undo and redo. What was said comes and goes; time does not, but for a fresh move."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrotui.domain import course, floor, followup, lifecycle, pacing, roundtable
from retrotui.domain import meeting as meetings
from retrotui.domain.agenda import StepKind
from retrotui.domain.meeting import MOVE_UNDO_SECONDS, UNDO_DEPTH, Meeting, commit, take_up
from retrotui.domain.minutes import Metric, Minutes, Note
from retrotui.errors import Refused, msg
from tests.unit.domain.items import experiment_item
from tests.unit.domain.room import MINUTE, Room, blame, deal, say, step

Rule = Callable[..., Meeting]


def timeless(minutes: Minutes) -> dict[str, Any]:
    """The document without what time it was."""
    raw = minutes.model_dump(
        exclude={"started", "ended", "status", "pause", "share", "reopened", "now", "date"}
    )
    for one in raw["step"]:
        del one["spans"], one["spent_s"]
    return raw


CONTENT: list[tuple[str, Rule, tuple[Any, ...]]] = [
    ("a note", say, ("hello",)),
    ("a factor", blame, ("late",)),
    ("a deal chosen", floor.choose, (deal("cid"),)),
    ("a deal put aside", floor.put_aside, ("ada",)),
    ("the next deal", course.on, ()),
    ("a deal typed", floor.typed_deal, ("Nord AG", "lost", "48000", "")),
    ("a figure", floor.put_metric, (Metric(id="revenue", label="Revenue"),)),
    ("somebody arrives", roundtable.arrive, ("Anna", "sales")),
    ("the safety check", roundtable.tally, ("safety", "3445235")),
    ("what it was worth", roundtable.tally, ("worth", "3445235")),
    ("a remark", roundtable.remark, ("good",)),
    ("a verdict", followup.judge, ("x1", "adapt")),
    ("a step skipped", course.skip, ("lessons",)),
    ("a skipped step taken in", course.unskip, ("new",)),
    ("a step repeated", course.repeat, ("arrive",)),
    ("a step added", course.add_step, ("Extra", StepKind.NOTES, 5)),
    ("a minute more", pacing.extend, (1,)),
]


def lively(rest: float = 2) -> Room:
    """A meeting in its deal step, with two deals and a step skipped."""
    room = Room(items=(experiment_item("x1"),)).after(5).do(course.skip, "new").do(course.jump, "lost")
    room.do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    return room.after(rest)


@pytest.mark.parametrize(("rule", "args"), [one[1:] for one in CONTENT], ids=[one[0] for one in CONTENT])
def test_undo_restores_content_and_keeps_time(rule: Rule, args: tuple[Any, ...]) -> None:
    room = lively()
    before, deal_before = timeless(room.minutes), room.deal
    room.do(rule, *args)
    after, deal_after = timeless(room.minutes), room.deal
    assert after != before
    room.after(9).undo()
    assert (timeless(room.minutes), room.deal) == (before, deal_before)
    assert room.spent("lost") == 11 * MINUTE
    room.after(1).redo()
    assert (timeless(room.minutes), room.deal) == (after, deal_after)
    assert room.spent("lost") == 12 * MINUTE


@pytest.mark.parametrize(("rule", "args"), [one[1:] for one in CONTENT], ids=[one[0] for one in CONTENT])
def test_undo_does_not_bring_back_pauses_or_the_end(rule: Rule, args: tuple[Any, ...]) -> None:
    """What was said before the end is taken back after it: the meeting stays over."""
    room = lively()
    before = timeless(room.minutes)
    room.do(rule, *args).do(pacing.pause).after(3).do(pacing.go_on).after(1).do(lifecycle.close)
    ended = room.minutes.ended
    room.after(60).undo()
    assert (room.minutes.ended, len(room.minutes.pause)) == (ended, 1)
    over = timeless(room.minutes)
    assert [one["state"] for one in over["step"]] == [
        "done" if one["state"] == "running" else one["state"] for one in before["step"]
    ]
    assert {key: value for key, value in over.items() if key != "step"} == {
        key: value for key, value in before.items() if key != "step"
    }


def test_undo_says_what_was_taken_back() -> None:
    room = Room().do(say, "hello")
    _, label = meetings.undo(room.meeting, room.now)
    assert str(label) == "the note"


def test_there_is_nothing_to_take_back_or_bring_back_at_first() -> None:
    room = Room()
    with pytest.raises(Refused, match="nothing to take back"):
        room.undo()
    with pytest.raises(Refused, match="nothing to bring back"):
        room.redo()


def test_a_new_change_ends_what_could_be_brought_back() -> None:
    room = Room().do(say, "one").undo().do(say, "two")
    with pytest.raises(Refused):
        room.redo()


def test_at_least_two_hundred_changes_deep() -> None:
    room = Room()
    for number in range(260):
        room.after(seconds=5).do(say, f"note {number}")
    for left in reversed(range(260)):
        assert len(room.undo().minutes.note) == left
    for _ in range(260):
        room.redo()
    assert [one.text for one in room.minutes.note] == [f"note {number}" for number in range(260)]
    assert UNDO_DEPTH >= 200


def test_history_does_not_grow_without_end() -> None:
    room = Room()
    for number in range(UNDO_DEPTH + 20):
        room.meeting = say(room.meeting, str(number), room.now)
    assert len(room.meeting.past) == UNDO_DEPTH


def test_ids_are_never_used_again() -> None:
    room = Room().do(say, "one").undo().do(say, "two").undo().do(say, "three")
    assert [one.id for one in room.minutes.note] == ["n3"]


def test_ids_go_on_from_the_highest_when_a_meeting_is_taken_up() -> None:
    room = Room(items=(experiment_item("x1"),)).do(say, "one").do(say, "two")
    room.do(followup.judge, "x1", "adapt")
    again = take_up(room.agenda, room.minutes)
    again, note = meetings.next_id(again, "note")
    _, experiment = meetings.next_id(again, "experiment")
    assert (note, experiment) == ("n3", f"{room.minutes.id}-x2")


def test_an_id_that_somebody_made_up_stops_nothing() -> None:
    room = Room()
    notes = tuple(Note(id=made_up, at=room.now) for made_up in ("n²", "n", "x", "", "n07"))
    room.meeting = commit(room.meeting, room.minutes.model_copy(update={"note": notes}), msg("x"), room.now)
    assert meetings.highest_ids(room.minutes) == {"note": 7}


def test_notes_that_are_never_written_come_and_go_as_well() -> None:
    room = Room()
    whisper = Note(id="w1", at=room.now, text="secret")
    room.meeting = commit(room.meeting, room.minutes, msg("the note"), room.now, whispers=(whisper,))
    assert room.undo().meeting.whispers == ()
    assert room.redo().meeting.whispers == (whisper,)


# -- moves -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", [0, 1, 59, MOVE_UNDO_SECONDS])
def test_a_move_undone_within_a_minute_never_happened(seconds: int) -> None:
    room = Room().after(5)
    before = room.minutes
    room.on().after(seconds=seconds).undo()
    assert room.minutes == before
    assert (room.spent("arrive"), room.spent("check")) == (5 * MINUTE + seconds, 0)


def test_a_later_one_sends_the_floor_back_and_its_time_stays() -> None:
    room = Room().after(5).on().after(seconds=61).undo().after(2)
    assert (room.floor, room.spent("arrive"), room.spent("check")) == ("arrive", 7 * MINUTE, 61)
    assert [one.state for one in room.minutes.step[:2]] == ["running", "pending"]
    assert course.ahead(room.meeting).id == "check"


def test_a_move_with_a_pause_since_keeps_its_time() -> None:
    room = Room().after(5).on().after(seconds=20).do(pacing.pause).after(seconds=20).undo()
    assert (room.floor, room.spent("check"), len(room.minutes.pause)) == ("arrive", 20, 1)
    room.do(pacing.go_on).after(1)
    assert room.spent("arrive") == 6 * MINUTE


def test_a_move_during_a_pause_is_undone_during_the_pause() -> None:
    room = Room().after(5).do(pacing.pause)
    before = room.minutes
    assert room.on().after(seconds=30).undo().minutes == before


def test_an_entry_said_since_is_taken_back_first() -> None:
    room = Room().after(5).on().after(seconds=10).do(say, "hello").after(seconds=10)
    assert room.undo().floor == "check"
    room.undo()
    assert (room.floor, room.spent("check")) == ("arrive", 0)


def test_a_move_that_is_brought_back_takes_place_now() -> None:
    room = Room().after(5).on().after(seconds=30).undo().after(seconds=30).redo().after(1)
    assert (room.spent("arrive"), room.spent("check")) == (6 * MINUTE, MINUTE)
    assert [one.state for one in room.minutes.step[:2]] == ["done", "running"]
    room.undo()  # once more, within a minute
    assert room.spent("check") == 0


def test_a_skip_of_the_step_on_the_floor_is_undone_late_and_brought_back() -> None:
    room = Room().after(1).do(course.skip, "arrive").after(5).undo()
    assert [one.state for one in room.minutes.step[:2]] == ["running", "pending"]
    room.after(1).redo()
    assert [one.state for one in room.minutes.step[:2]] == ["skipped", "running"]
    assert room.spent("check") == 5 * MINUTE


def test_moving_back_is_a_move_too() -> None:
    room = Room().after(5).on().after(5).do(course.back).after(seconds=40).undo()
    assert (room.floor, room.spent("check")) == ("check", 5 * MINUTE + 40)
    assert room.step("arrive").state == "done"


def test_a_step_that_spent_time_stays_when_its_adding_is_taken_back() -> None:
    room = Room().do(course.add_step, "Extra", StepKind.NOTES, 5).after(1).on().after(2).on().after(2)
    room.undo().undo().undo()
    assert (room.floor, room.spent("extra")) == ("arrive", 2 * MINUTE)
    assert room.step("extra").state == "done"  # it does not come again
    assert course.ahead(room.meeting).id == "check"
    room.redo().redo().redo()
    assert (room.floor, room.spent("extra")) == ("check", 2 * MINUTE)


def test_a_step_on_the_floor_stays_when_its_adding_is_taken_back() -> None:
    room = Room().do(course.add_step, "Extra", StepKind.NOTES, 5).do(pacing.pause).on().after(2)
    room.undo().undo()
    assert room.floor == "arrive"
    assert room.minutes.find_step("extra") is None


def test_no_step_is_taken_back_once_the_meeting_is_over() -> None:
    room = Room().after(5).on().after(seconds=5).do(lifecycle.close)
    before = room.meeting
    with pytest.raises(Refused, match="over"):
        room.undo()
    assert room.meeting is before


def test_a_meeting_that_was_reopened_takes_a_move_back_and_keeps_its_time() -> None:
    room = Room().after(5).on().after(seconds=5).do(lifecycle.close).do(lifecycle.reopen)
    assert len(room.minutes.reopened) == 1
    room.undo()
    assert (room.floor, room.spent("check"), len(room.minutes.reopened)) == ("arrive", 5, 1)


def test_what_was_chosen_before_the_beginning_is_taken_back_after_it() -> None:
    room = Room(step("lens", "deal", 10), step("end", "close", 5), hold=True)
    room.do(floor.choose, deal("ada")).after(1440).do(lifecycle.begin).after(2)
    begun = room.minutes.date
    room.undo()
    assert (room.deal, room.minutes.deal, room.step("lens").floor) == ("", (), ())
    assert (room.spent("lens"), room.minutes.date) == (2 * MINUTE, begun)


def test_a_move_before_the_beginning_is_taken_back_after_it() -> None:
    room = Room(hold=True).on().after(seconds=5).do(lifecycle.begin).after(seconds=5).undo().after(1)
    assert (room.floor, room.spent("check"), room.spent("arrive")) == ("arrive", 5, MINUTE)


def test_a_held_meeting_takes_its_moves_back_without_any_time() -> None:
    room = Room().on().after(2).on().after(2).do(lifecycle.hold).undo().undo()
    assert (room.floor, {one.state for one in room.minutes.step}) == ("arrive", {"pending"})
    assert room.minutes.started is None


def test_arriving_is_part_of_the_move() -> None:
    room = Room(step("aim", "deal", 5), step("why", "deal", 5, deal="same"), step("end", "close", 5))
    room.do(floor.choose, deal("ada")).after(5).on()
    assert len(room.meeting.past) == 2
    room.after(2).undo()
    assert room.step("why").deals == ()
