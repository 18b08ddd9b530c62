"""files.md, "A step may also say": `repeat`, `total_minutes`."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain import course, floor, lifecycle, pacing, roundtable, timebox
from retrotui.domain.meeting import commit, take_up
from retrotui.domain.minutes import StepRun, change
from retrotui.domain.timebox import Replan
from retrotui.errors import Refused, msg
from retrotui.store.toml_codec import decode, encode
from tests.unit.domain.room import MINUTE, Room, deal, say, step

ARRIVE, CLOSE = step("arrive", "checkin", 5), step("end", "close", 5)


def rounds(room: Room, of: str = "case") -> list[StepRun]:
    return [one for one in room.minutes.step if of in (one.id, one.of)]


def with_people(*names: str, **keys: Any) -> Room:
    room = Room(ARRIVE, step("case", "case", **keys), CLOSE)
    for name in names:
        room.do(roundtable.arrive, name, "sales")
    return room


def test_a_number_of_rounds_is_made_when_the_step_takes_the_floor() -> None:
    room = Room(ARRIVE, step("case", "case", 4, repeat=3), CLOSE)
    assert len(rounds(room)) == 1
    assert timebox.planned_end(room.minutes, room.now) - room.now == timedelta(minutes=22)
    room.after(5).on()
    assert [(one.id, one.of, one.round, one.planned_s, one.state) for one in rounds(room)] == [
        ("case", "", 1, 240, "running"),
        ("case-2", "case", 2, 240, "pending"),
        ("case-3", "case", 3, 240, "pending"),
    ]
    assert timebox.lateness(room.minutes, room.now) == 0
    assert [room.after(4).on().floor for _ in range(3)] == ["case-2", "case-3", "end"]


def test_the_first_step_has_its_rounds_from_the_beginning() -> None:
    assert len(rounds(Room(step("case", "case", 4, repeat=2), CLOSE))) == 2


def test_rounds_follow_what_the_agenda_says_of_the_step() -> None:
    room = Room(ARRIVE, step("case", "case", 4, repeat=2, cap=True), CLOSE).on().on()
    assert pacing.is_capped(room.meeting)


def test_a_round_for_each_person_who_is_here() -> None:
    room = with_people("Anna", "Ben", "Carla", minutes=3, repeat="person")
    room.do(roundtable.set_present, "ben", False).on()
    assert [(one.person, one.planned_s) for one in rounds(room)] == [("anna", 180), ("carla", 180)]


def test_with_nobody_noted_the_step_stays_one() -> None:
    room = with_people(minutes=3, repeat="person").on()
    assert [one.round for one in rounds(room)] == [None]
    room.after(1).do(roundtable.arrive, "Anna", "").do(roundtable.arrive, "Ben", "")
    assert [one.round for one in rounds(room.do(course.back).on())] == [1, 2]
    assert room.spent("case") == MINUTE


def test_a_round_for_each_deal() -> None:
    lens, case = step("lens", "deal", 5), step("case", "deal", 4, repeat="deal")
    room = Room(lens, case, CLOSE).do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    room.do(course.jump, "case")
    assert [one.deals for one in rounds(room)] == [("ada",), ("bob",)]
    assert room.deal == "ada"
    assert room.on().deal == "bob"


def test_a_round_for_each_note_most_votes_first() -> None:
    room = Room(step("collect", minutes=5), step("case", minutes=4, repeat="note", of="collect"), CLOSE)
    for text in ("few", "many", "none", "under many"):
        room.do(say, text)
    few, many, none, under = room.minutes.note
    notes = (change(few, votes=1), change(many, votes=5), none, change(under, votes=9, group=many.id))
    room.meeting = commit(room.meeting, change(room.minutes, note=notes), msg("the votes"), room.now)
    room.on()
    assert [one.note for one in rounds(room)] == ["n2", "n1", "n3"]


def test_notes_of_all_rounds_of_the_step_count() -> None:
    room = Room(step("collect", minutes=5, repeat=2), step("case", minutes=4, repeat="note", of="collect"))
    room.do(say, "first").on().do(say, "second").on()
    assert [one.note for one in rounds(room)] == ["n1", "n2"]


def test_total_minutes_cap_the_whole_and_alone_are_shared_evenly() -> None:
    capped = with_people("A", "B", "C", "D", minutes=3, repeat="person", total_minutes=8).on()
    assert [one.planned_s for one in rounds(capped)] == [120] * 4
    loose = with_people("A", "B", minutes=3, repeat="person", total_minutes=8).on()
    assert [one.planned_s for one in rounds(loose)] == [180] * 2
    alone = with_people("A", "B", "C", repeat="person", total_minutes=10).on()
    assert [one.planned_s for one in rounds(alone)] == [200] * 3


def test_a_share_and_free_time_are_shared_evenly() -> None:
    share = Room(step("case", "case", share=50, repeat=3), CLOSE, minutes=60)
    assert [one.planned_s for one in rounds(share)] == [600] * 3
    free = Room(step("case", "case", repeat=3), CLOSE, minutes=20)
    assert [one.planned_s for one in rounds(free)] == [300] * 3
    open_end = Room(step("case", "case", repeat=3))
    assert [one.planned_s for one in rounds(open_end)] == [None] * 3


def test_each_round_has_the_minutes_of_its_parts() -> None:
    parts = [{"title": "Tell", "minutes": 3}, {"title": "Ask", "minutes": 2}]
    room = Room(step("case", "case", repeat=2, parts=parts), CLOSE)
    assert [one.planned_s for one in rounds(room)] == [300, 300]
    assert room.minutes.now is not None
    walked = []
    while room.floor != "end":
        walked.append((room.floor, room.minutes.now.part))
        room.after(1).on()
    assert walked == [("case", 1), ("case", 2), ("case-2", 1), ("case-2", 2)]


def test_a_meeting_of_another_length_scales_its_rounds() -> None:
    steps = (step("case", "case", 10, repeat=3), step("talk", minutes=30))
    room = Room(*steps, total_minutes=30)
    assert [one.planned_s for one in rounds(room)] == [300] * 3
    each = (ARRIVE, step("case", "case", 10, repeat="person"), CLOSE)
    room = Room(*each, total_minutes=40).do(roundtable.arrive, "A", "").do(roundtable.arrive, "B", "").on()
    assert [one.planned_s for one in rounds(room)] == [1200] * 2


def test_a_round_takes_no_id_that_is_taken() -> None:
    room = Room(ARRIVE, step("case", "case", 4, repeat=3), step("case-3", minutes=1), CLOSE)
    room.do(course.repeat, "case")
    assert [one.id for one in room.minutes.step] == ["arrive", "case-2", "case", "case-3", "end"]
    room.do(course.jump, "case")
    assert [one.id for one in rounds(room)] == ["case-2", "case", "case-4", "case-5"]


def test_what_the_step_gave_to_the_plan_its_rounds_share() -> None:
    room = Room(ARRIVE, step("case", "case", 4, repeat=3, protected=False), CLOSE)
    room.do(pacing.replan, Replan("take", (("case", 301),))).on()
    assert [one.replanned_s for one in rounds(room)] == [-100, -100, -101]


def test_rounds_go_with_the_move_that_made_them() -> None:
    room = Room(ARRIVE, step("case", "case", 4, repeat=3), CLOSE).after(5).on()
    room.after(seconds=5).undo()
    assert len(rounds(room)) == 1
    assert len(rounds(room.redo())) == 3


def test_a_round_that_was_spent_stays_when_the_move_is_taken_back() -> None:
    room = Room(ARRIVE, step("case", "case", 4, repeat=3), CLOSE).after(5).on().after(4).on().after(4)
    room.undo().undo()
    assert room.floor == "arrive"
    assert [one.id for one in rounds(room)] == ["case", "case-2"]
    assert (room.spent("case"), room.spent("case-2")) == (4 * MINUTE, 4 * MINUTE)


def test_a_meeting_held_before_its_people_came_has_their_rounds_once_it_begins() -> None:
    room = Room(step("case", "case", 3, repeat="person"), CLOSE, hold=True)
    room.do(roundtable.arrive, "A", "").do(roundtable.arrive, "B", "").do(lifecycle.begin)
    assert len(rounds(room)) == 2


@given(st.integers(1, 20), st.integers(1, 240), st.sampled_from([None, 7, 45]))
def test_rounds_add_up_to_the_plan(number: int, minutes: int, total: int | None) -> None:
    keys = {} if total is None else {"total_minutes": total}
    room = Room(ARRIVE, step("case", "case", minutes, repeat=number, **keys), CLOSE)
    plan = room.step("case").planned_s
    room.on()
    assert (
        sum(one.planned_s or 0 for one in rounds(room)) == plan == 60 * min(minutes * number, total or 10**6)
    )


@pytest.mark.parametrize("repeat", [1, 100])
def test_one_round_or_a_hundred(repeat: int) -> None:
    assert len(rounds(Room(step("case", "case", 1, repeat=repeat)))) == repeat


# -- a round for each deal that is chosen ----------------------------------------------------------------------


def open_deals(**keys: Any) -> Room:
    return Room(step("round", "deal", 15, repeat="deal", outcomes=["open"], **keys), CLOSE)


def test_each_deal_that_is_chosen_has_a_round_of_the_steps_minutes() -> None:
    room = open_deals().do(floor.choose, deal("ada")).after(2).do(floor.choose, deal("bob"))
    room.do(floor.choose, deal("cleo"))
    assert [(one.deals, one.round, one.planned_s) for one in rounds(room, "round")] == [
        (("ada",), 1, 900),
        (("bob",), 2, 900),
        (("cleo",), 3, 900),
    ]
    assert timebox.lateness(room.minutes, room.now) == 0, "the plan grows with the deals"
    assert room.deal == "ada"
    assert [room.after(15).on().deal for _ in range(2)] == ["bob", "cleo"]


def test_a_deal_is_chosen_once_whichever_round_has_the_floor() -> None:
    room = open_deals().do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    with pytest.raises(Refused):
        floor.choose(room.meeting, deal("bob"), room.now)
    assert room.do(course.take_floor, "bob").deal == "bob"


def test_a_deal_that_is_put_aside_takes_its_round_with_it_unless_that_was_held() -> None:
    room = open_deals().do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    room.do(floor.put_aside, "bob")
    assert [one.deals for one in rounds(room, "round")] == [("ada",)]
    assert room.minutes.find_deal("bob") is None
    room.do(floor.choose, deal("cleo")).after(3).on()
    with pytest.raises(Refused):
        floor.put_aside(room.meeting, "ada", room.now)


def test_total_minutes_are_shared_by_the_deals_once_they_do_not_suffice() -> None:
    room = open_deals(total_minutes=40).do(floor.choose, deal("ada"))
    assert [one.planned_s for one in rounds(room, "round")] == [900]
    room.do(floor.choose, deal("bob"))
    assert [one.planned_s for one in rounds(room, "round")] == [900, 900]
    room.after(15).on().do(floor.choose, deal("cleo"))
    assert [one.planned_s for one in rounds(room, "round")] == [900, 750, 750]
    alone = Room(step("round", "deal", repeat="deal", total_minutes=30), CLOSE)
    alone.do(floor.choose, deal("ada")).do(floor.choose, deal("bob")).do(floor.choose, deal("cleo"))
    assert [one.planned_s for one in rounds(alone, "round")] == [600] * 3


def test_a_round_per_deal_takes_up_those_of_the_outcomes_that_are_here_already() -> None:
    room = Room(step("lens", "deal", 5), step("round", "deal", 15, repeat="deal", outcomes=["open"]), CLOSE)
    room.do(floor.choose, deal("ada", outcome="lost")).do(floor.choose, deal("bob", outcome="open"))
    room.do(course.jump, "round")
    assert [one.deals for one in rounds(room, "round")] == [("bob",)]


# -- topics ------------------------------------------------------------------------------------------------------


def test_topics_keep_their_minutes_and_those_without_time_are_left_out_but_can_be_taken_in() -> None:
    topic = step("topic", minutes=5, repeat="note", of="collect", total_minutes=12)
    room = Room(step("collect", minutes=5), topic, CLOSE)
    for text in ("a", "b", "c", "d"):
        room.do(say, text)
    end = timebox.planned_end(room.minutes, room.now)
    room.on()
    assert [(one.planned_s, one.state) for one in rounds(room, "topic")] == [
        (300, "running"),
        (300, "pending"),
        (300, "skipped"),
        (300, "skipped"),
    ]
    assert end - timebox.planned_end(room.minutes, room.now) == timedelta(minutes=2)
    third = rounds(room, "topic")[2].id
    room.do(course.unskip, third).on()
    assert room.after(5).on().floor == third


def test_votes_of_what_was_put_together_count_for_the_topic() -> None:
    room = Room(step("collect", minutes=5), step("topic", minutes=4, repeat="note", of="collect"), CLOSE)
    for text in ("alone", "head", "member"):
        room.do(say, text)
    alone, head, member = room.minutes.note
    notes = (change(alone, votes=3), change(head, votes=2), change(member, votes=2, group=head.id))
    room.meeting = commit(room.meeting, change(room.minutes, note=notes), msg("the votes"), room.now)
    assert [one.note for one in rounds(room.on(), "topic")] == ["n2", "n1"]


# -- roles --------------------------------------------------------------------------------------------------------


def test_each_round_knows_who_had_its_roles() -> None:
    room = with_people("Anna", "Ben", minutes=4, repeat=3, roles=["teller"]).on()
    room.do(roundtable.give_role, "anna", "teller").do(roundtable.give_role, "anna", "moderator")
    room.after(4).on().do(roundtable.give_role, "ben", "teller").after(4).on()
    held = [[(who.role, who.person) for who in one.held] for one in rounds(room)]
    assert held == [[("teller", "anna")], [("teller", "ben")], [("teller", "ben")]]


def test_what_is_read_beforehand_does_not_begin_the_meeting() -> None:
    room = Room(step("paper", minutes=0), ARRIVE, CLOSE)
    assert room.floor == "arrive"
    assert room.minutes.step[0].spans == ()


# -- what was promised -------------------------------------------------------------------------------------------


def late(room: Room) -> int:
    """Whole minutes by which the meeting is late."""
    return timebox.lateness(room.minutes, room.now) // MINUTE


def speakers(count: int, **keys: Any) -> Room:
    """Arrive 5, a round of 3 for each of so many people, close 5; in the second step."""
    room = Room(ARRIVE, step("case", "case", 3, repeat="person"), CLOSE, **keys)
    for number in range(count):
        room.do(roundtable.arrive, f"Person {number}", "sales")
    return room.after(5).on()


def test_more_rounds_than_the_agendas_minutes_have_room_for_make_the_meeting_late() -> None:
    assert late(speakers(1, minutes=13)) == 0
    room = speakers(8, minutes=13)
    assert late(room) == 21
    assert timebox.planned_end(room.minutes, room.now) - room.now == timedelta(minutes=8)
    assert pacing.replans(room.meeting, room.now), "F6 offers what to do about it"


def test_free_time_of_the_agenda_is_there_for_the_rounds_first() -> None:
    assert late(speakers(4, minutes=30)) == 0
    assert late(speakers(8, minutes=30)) == 4


def test_the_length_that_was_asked_for_is_the_promise_too() -> None:
    room = Room(ARRIVE, step("case", "case", 5, repeat="person"), CLOSE, total_minutes=30)
    assert room.minutes.agenda.planned_s == 30 * MINUTE
    for name in ("Anna", "Ben", "Carla"):
        room.do(roundtable.arrive, name, "")
    room.after(10).on()
    assert late(room) == 20


def test_without_a_promised_length_the_rounds_known_when_the_step_begins_are_the_plan() -> None:
    room = speakers(8)
    assert room.minutes.agenda.planned_s is None
    assert late(room) == 0


def test_with_a_hard_end_the_steps_as_written_are_the_promise_and_too_many_rounds_are_said() -> None:
    room = speakers(8, hard_end=True)
    assert late(room) == 21
    offered = pacing.replans(room.meeting, room.now)
    assert offered and all(one.kind != "later" for one in offered)
    assert any(one.reflecting for one in offered), (
        "rounds that reflect may give their time by explicit choice"
    )


def test_a_deal_that_is_chosen_when_the_first_round_is_over_comes_on_top_of_the_plan() -> None:
    room = open_deals().do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    assert late(room.after(15).on()) == 0
    room.do(floor.choose, deal("cleo"))
    assert late(room) == 15
    assert [one.round for one in rounds(room, "round")] == [1, 2, 3]
    assert late(room.do(floor.put_aside, "cleo")) == 0
    assert [one.round for one in rounds(room.do(floor.choose, deal("dora")), "round")] == [1, 2, 3]


def test_deals_beyond_the_promised_length_make_the_meeting_late_whenever_they_are_chosen() -> None:
    room = Room(step("round", "deal", 15, repeat="deal"), CLOSE, minutes=40, hard_end=True)
    room.do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    assert late(room) == 0
    room.do(floor.choose, deal("cleo"))
    assert late(room) == 10


def test_what_was_promised_outlives_the_file() -> None:
    room = speakers(8, hard_end=True)
    taken_up = take_up(room.agenda, decode(encode(room.minutes)).minutes)
    assert timebox.lateness(taken_up.minutes, room.now) == timebox.lateness(room.minutes, room.now) > 0


@given(st.integers(0, 12), st.integers(1, 9), st.integers(0, 60))
def test_the_planned_end_never_lies_beyond_what_was_promised(people: int, each: int, free: int) -> None:
    length = 10 + each + free
    room = Room(ARRIVE, step("case", "case", each, repeat="person"), CLOSE, minutes=length)
    for number in range(people):
        room.do(roundtable.arrive, f"Person {number}", "")
    begun = room.now
    room.on()
    assert timebox.planned_end(room.minutes, room.now) - begun <= timedelta(minutes=length)
    grown = max(0, max(1, people) * each - each - free)
    assert timebox.beyond_promise(room.minutes) == grown * MINUTE


@pytest.mark.parametrize(
    "more",
    [
        {"minutes": 4},
        {"total_minutes": 12},
        {"minutes": 5, "total_minutes": 12},
        {"share": 20},
        {"total_minutes": 60, "parts": [{"title": "A", "minutes": 1}, {"title": "B", "minutes": 3}]},
    ],
)
def test_whoever_comes_while_everybody_has_a_round_gets_one(more: dict[str, Any]) -> None:
    turn = {"id": "case", "kind": "notes", "title": "Turn", "repeat": "person", **more}
    room = Room(turn, CLOSE, minutes=60)
    for name in ("Anna", "Ben", "Anna", "Carla"):
        room.do(roundtable.arrive, name, "sales")
    assert [(one.person, one.planned_s, one.state) for one in rounds(room)] == [
        ("anna", 240, "running"),
        ("ben", 240, "pending"),
        ("carla", 240, "pending"),
    ]
    room.undo()
    assert [one.person for one in rounds(room)] == ["anna", "ben"]
    room.do(roundtable.set_present, "ben", False).do(roundtable.set_present, "anna", False)
    assert [one.state for one in rounds(room)] == ["running", "skipped"], "whoever has the floor keeps it"
    room.do(roundtable.set_present, "ben", True)
    assert [one.state for one in rounds(room)] == ["running", "pending"]
