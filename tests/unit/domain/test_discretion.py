"""meeting.md, "Keys" (F6, discretion): no sentence of ours names what is hidden."""

from __future__ import annotations

from retrotui.domain import course, discretion, experiments, floor, meeting, roundtable
from retrotui.domain.minutes import Action, Discretion, Participant, change
from tests.unit.domain.room import Room, deal, step


def discreet(room: Room, **hidden: bool) -> Room:
    room.meeting = meeting.keep_time(room.meeting, change(room.minutes, discretion=Discretion(**hidden)))
    return room


def labels(room: Room) -> str:
    return " ".join(str(one.label) for one in room.meeting.past)


def test_a_hidden_customer_is_not_named_where_on_leads_to_nor_by_undo() -> None:
    room = discreet(Room(step("lost", "deal", 20)), customers=True)
    room.do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    assert str(course.ahead(room.meeting).label) == "Customer 2"
    room.on()
    before = course.behind(room.meeting)
    assert before is not None and str(before.label) == "Customer 1"
    room.do(floor.put_aside, "bob")
    assert "Ada" not in labels(room) and "Bob" not in labels(room)


def test_a_shown_customer_is_named() -> None:
    room = Room(step("lost", "deal", 20)).do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    assert course.ahead(room.meeting).label == "Bob GmbH" and "Ada GmbH chosen" in labels(room)


def test_hidden_people_are_not_named_by_undo() -> None:
    room = discreet(Room(), people=True).do(roundtable.arrive, "Anna Berg", "sales")
    room.do(roundtable.give_role, "anna-berg", "facilitator").do(roundtable.set_present, "anna-berg", False)
    assert "Anna" not in labels(room)


def test_what_a_meeting_with_hidden_people_left_open_names_no_owner() -> None:
    room = Room()
    action = Action(id="m-a1", at=room.now, text="Call", owner="ben")
    minutes = change(room.minutes, action=(action,), participant=(Participant(id="ben", name="Ben Kurz"),))
    today = minutes.date
    assert [one.owner for one in experiments.open_items([minutes], today)] == ["Ben Kurz"]
    hidden = change(minutes, discretion=Discretion(people=True))
    assert [one.owner for one in experiments.open_items([hidden], today)] == [""]


def test_one_thing_is_left_out_and_once_more_brings_it_back() -> None:
    room = Room().do(discretion.switch, "amounts").do(discretion.switch, "people")
    assert room.minutes.discretion == Discretion(amounts=True, people=True)
    assert room.do(discretion.switch, "amounts").minutes.discretion == Discretion(people=True)
