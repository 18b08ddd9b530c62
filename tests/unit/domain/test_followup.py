"""meeting.md, `followup` and `experiments`; files.md, the loop: verdicts, what is carried, ideas and experiments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from retrotui.domain import course, followup
from retrotui.domain.experiments import OpenItem
from retrotui.domain.meeting import commit, next_id
from retrotui.domain.minutes import Experiment, Lesson, Note, change
from retrotui.errors import Refused, msg
from tests.unit.domain.items import BORN, TODAY, action_item, experiment_item
from tests.unit.domain.room import Room


def room_with(*items: OpenItem, **keys: Any) -> Room:
    return Room(items=items, **keys).on()


def learn(room: Room, item_id: str, happened: str, learned: str) -> None:
    """A note and a lesson for an item, as the capture line files them."""
    room.meeting, note = next_id(room.meeting, "note")
    room.meeting, lesson = next_id(room.meeting, "lesson")
    minutes = change(
        room.minutes,
        note=(*room.minutes.note, Note(id=note, at=room.now, experiment=item_id, text=happened)),
        lesson=(*room.minutes.lesson, Lesson(id=lesson, at=room.now, experiment=item_id, text=learned)),
    )
    room.meeting = commit(room.meeting, followup.refreshed(minutes), msg("both"), room.now)


# -- verdicts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", ["keep", "adapt", "drop", "extend"])
def test_an_experiment_is_kept_adapted_dropped_or_extended(decision: str) -> None:
    due = date(2026, 12, 21) if decision == "extend" else None
    room = room_with(experiment_item("x1")).do(followup.judge, "x1", decision, due=due)
    verdict = followup.verdict_on(room.minutes, "x1")
    assert verdict is not None
    assert (verdict.decision, verdict.due, verdict.at) == (decision, due, room.now)
    assert followup.waiting(room.meeting) == ()


@pytest.mark.parametrize("decision", ["done", "extend", "drop"])
def test_an_action_is_done_extended_or_dropped(decision: str) -> None:
    due = date(2026, 12, 21) if decision == "extend" else None
    room = room_with(action_item("a1")).do(followup.judge, "a1", decision, due=due)
    assert [one.decision for one in room.minutes.verdict] == [decision]


@pytest.mark.parametrize("decision", ["keep", "adapt"])
def test_an_action_is_neither_kept_nor_adapted(decision: str) -> None:
    with pytest.raises(Refused, match="done, extended or dropped"):
        room_with(action_item("a1")).do(followup.judge, "a1", decision)


def test_an_experiment_is_not_done() -> None:
    with pytest.raises(Refused, match="not done"):
        room_with(experiment_item("x1")).do(followup.judge, "x1", "done")


def test_what_is_not_open_has_no_verdict() -> None:
    with pytest.raises(Refused, match="not open"):
        room_with().do(followup.judge, "x9", "keep")


def test_an_extension_asks_until_when_and_a_second_one_why() -> None:
    room = room_with(experiment_item("x1"), experiment_item("x2", extensions=1))
    with pytest.raises(Refused, match="Until when"):
        room.do(followup.judge, "x1", "extend")
    room.do(followup.judge, "x1", "extend", due=date(2026, 12, 21))
    with pytest.raises(Refused, match="why"):
        room.do(followup.judge, "x2", "extend", due=date(2026, 12, 21))
    room.do(followup.judge, "x2", "extend", due=date(2026, 12, 21), reason="the fair was late")
    assert [one.reason for one in room.minutes.verdict] == ["", "the fair was late"]


def test_adapt_files_a_copy_as_an_idea_with_its_parent() -> None:
    room = room_with(experiment_item("x1")).do(followup.judge, "x1", "adapt")
    (copy,) = room.minutes.experiment
    assert (copy.id, copy.parent, copy.state) == (f"{room.minutes.id}-x1", "x1", "idea")
    assert (copy.title, copy.hypothesis, copy.due, copy.lessons) == ("Try x1", "early is better", None, ())
    assert room.minutes.verdict[0].child == copy.id


def test_a_second_verdict_takes_the_place_of_the_first_and_its_idea_goes() -> None:
    room = room_with(experiment_item("x1")).do(followup.judge, "x1", "adapt").do(followup.judge, "x1", "keep")
    assert [one.decision for one in room.minutes.verdict] == ["keep"]
    assert room.minutes.experiment == ()


def test_an_idea_that_became_an_experiment_stays() -> None:
    room = room_with(experiment_item("x1")).do(followup.judge, "x1", "adapt")
    running = change(room.minutes.experiment[0], state="running")
    room.meeting = commit(room.meeting, change(room.minutes, experiment=(running,)), msg("x"), room.now)
    assert room.do(followup.withdraw, "x1").minutes.experiment == (running,)


def test_a_verdict_is_withdrawn() -> None:
    room = room_with(experiment_item("x1")).do(followup.judge, "x1", "keep").do(followup.withdraw, "x1")
    assert room.minutes.verdict == ()
    with pytest.raises(Refused, match="no verdict"):
        room.do(followup.withdraw, "x1")


def test_an_idea_filed_anew_never_gets_an_old_id() -> None:
    room = (
        room_with(experiment_item("x1")).do(followup.judge, "x1", "adapt").do(followup.judge, "x1", "adapt")
    )
    assert [one.id for one in room.minutes.experiment] == [f"{room.minutes.id}-x2"]


# -- what happened, what was learned -----------------------------------------------------------------------------


def test_a_verdict_says_what_happened_and_what_was_learned_before_and_after_it() -> None:
    room = room_with(experiment_item("x1"))
    learn(room, "x1", "one left", "say it early")
    room.do(followup.judge, "x1", "keep")
    learn(room, "x1", "of eight", "and loud")
    (verdict,) = room.minutes.verdict
    assert (verdict.happened, verdict.learned) == ("one left of eight", "say it early and loud")


def test_words_that_were_deleted_leave_the_verdict_too() -> None:
    room = room_with(experiment_item("x1"))
    learn(room, "x1", "one left", "say it early")
    room.do(followup.judge, "x1", "keep")
    emptied = change(room.minutes, note=(), lesson=())
    (verdict,) = followup.refreshed(emptied, room.minutes).verdict
    assert (verdict.happened, verdict.learned) == ("", "")


def test_what_somebody_wrote_into_the_file_stays() -> None:
    room = room_with(experiment_item("x1")).do(followup.judge, "x1", "keep")
    by_hand = change(room.minutes.verdict[0], happened="by hand", learned="as well")
    minutes = change(room.minutes, verdict=(by_hand,))
    assert followup.refreshed(minutes, minutes).verdict == (by_hand,)
    assert followup.refreshed(minutes).verdict == (by_hand,)


# -- who asks, what is carried -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "asks", "overdue"),
    [
        (date(2026, 11, 22), True, True),
        (TODAY, True, False),
        (date(2026, 11, 24), False, False),
        (None, True, False),
    ],
)
def test_before_its_date_an_experiment_asks_nothing(due: date | None, asks: bool, overdue: bool) -> None:
    item = experiment_item("x1", due)
    assert (item.asks(TODAY), item.overdue(TODAY)) == (asks, overdue)
    assert [one.id for one in followup.waiting(room_with(item).meeting)] == (["x1"] if asks else [])


def test_an_idea_asks_nothing() -> None:
    assert followup.waiting(room_with(experiment_item("x1", idea=True)).meeting) == ()


def test_carried_is_what_is_past_its_date_without_a_verdict() -> None:
    room = room_with(
        experiment_item("late"), experiment_item("judged"), experiment_item("today", TODAY),
        action_item("undated", None), action_item("soon", date(2026, 12, 1)),
    ).do(followup.judge, "judged", "drop")  # fmt: skip
    assert [one.item for one in followup.with_carried(room.meeting).carried] == ["late"]


def test_carried_is_told_anew_once_a_verdict_comes_after_all() -> None:
    room = room_with(experiment_item("late"))
    carried = followup.with_carried(room.meeting)
    room.meeting = commit(room.meeting, carried, msg("x"), room.now)
    assert followup.with_carried(room.do(followup.judge, "late", "keep").meeting).carried == ()


# -- ideas and experiments ---------------------------------------------------------------------------------------


def experiment(room: Room, **keys: Any) -> Experiment:
    full: dict[str, Any] = {
        "hypothesis": "h", "change": "c", "owner": "anna", "measure": "m", "expected": "e", "due": TODAY,
    }  # fmt: skip
    return Experiment(id="x", at=room.now, title="t", **{**full, **keys})


def test_an_experiment_needs_everything_by_default() -> None:
    room = Room()
    assert followup.lacks(room.agenda, experiment(room)) == ()
    bare = Experiment(id="x", at=room.now, title="t")
    assert set(followup.lacks(room.agenda, bare)) == {
        "hypothesis", "change", "owner", "measure", "expected", "due",
    }  # fmt: skip


def test_an_agenda_names_what_an_experiment_needs() -> None:
    room = Room(experiment_needs=["owner", "due"])
    bare = experiment(
        room, hypothesis="", change="", measure="", expected="", owner="", owner_text="the boss"
    )
    assert followup.lacks(room.agenda, bare) == ()
    assert followup.lacks(room.agenda, change(bare, due=None)) == ("due",)


def test_what_lacks_something_is_an_idea_and_else_it_runs() -> None:
    room = Room()
    running = followup.settled(room.meeting, experiment(room))
    assert (running.state, running.start) == ("running", room.minutes.date)
    idea = followup.settled(room.meeting, change(running, measure=""))
    assert (idea.state, idea.start) == ("idea", None)


def test_at_most_so_many_run() -> None:
    room = Room(max_experiments=1)
    assert followup.room_for_more(room.meeting) == 1
    first = followup.settled(room.meeting, experiment(room))
    room.meeting = commit(room.meeting, change(room.minutes, experiment=(first,)), msg("x"), room.now)
    assert followup.room_for_more(room.meeting) == 0
    assert followup.settled(room.meeting, experiment(room)).state == "idea"
    assert followup.settled(room.meeting, first).state == "running"  # it has its place


def test_an_idea_of_an_earlier_meeting_is_taken_up_under_its_own_id() -> None:
    item = experiment_item("m1-x1", date(2026, 12, 21), idea=True)
    room = Room(items=(item,)).do(course.jump, "new").do(followup.take_up_idea, "m1-x1")
    (taken,) = room.minutes.experiment
    assert (taken.id, taken.state, taken.step, taken.at) == ("m1-x1", "running", "new", room.now)
    assert taken.lessons == ()  # l2 is another lesson here
    with pytest.raises(Refused, match="already"):
        room.do(followup.take_up_idea, "m1-x1")
    assert room.undo().minutes.experiment == ()


def test_a_date_that_has_gone_by_has_to_be_set_anew() -> None:
    room = Room(items=(experiment_item("m1-x1", BORN, idea=True),)).do(followup.take_up_idea, "m1-x1")
    (taken,) = room.minutes.experiment
    assert (taken.due, taken.state) == (None, "idea")


def test_an_action_is_no_idea() -> None:
    with pytest.raises(Refused, match="Only ideas"):
        Room(items=(action_item("a1"),)).do(followup.take_up_idea, "a1")


def test_an_experiment_runs_once_the_form_is_filled_in_and_waits_again_where_something_is_emptied() -> None:
    room = Room(experiment_needs=["owner", "due"])
    bare = Experiment(id="x9", at=room.now, title="t", owner="anna")
    room.meeting = commit(room.meeting, change(room.minutes, experiment=(bare,)), msg("x"), room.now)
    room.do(followup.filled_in, "x9", {"due": TODAY})
    assert [(one.state, one.start) for one in room.minutes.experiment] == [("running", room.minutes.date)]
    room.do(followup.filled_in, "x9", {"owner": ""})
    assert [(one.state, one.start) for one in room.minutes.experiment] == [("idea", None)]
    assert room.undo().undo().minutes.experiment == (bare,)


def test_a_form_that_changes_nothing_is_nothing_to_take_back() -> None:
    room = Room()
    bare = Experiment(id="x9", at=room.now, title="t", owner="anna")
    room.meeting = commit(room.meeting, change(room.minutes, experiment=(bare,)), msg("x"), room.now)
    same = room.meeting
    assert room.do(followup.filled_in, "x9", {"owner": "anna"}).meeting is same
    with pytest.raises(Refused, match="not there"):
        room.do(followup.filled_in, "x8", {})
