"""meeting.md, `checkin`, `close`; promises.md, "People": who is here, roles, safety and worth."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain import roundtable
from retrotui.domain.minutes import Participant, Tally
from retrotui.errors import Refused
from tests.unit.domain.room import Room

KNOWN = (
    Participant(id="anna-berg", name="Anna Berg", function="sales", roles=("facilitator",)),
    Participant(id="ben-kurz", name="Ben Kurz", function="delivery"),
)


def room_of(*people: tuple[str, str]) -> Room:
    room = Room()
    room.meeting = replace(room.meeting, known_people=KNOWN)
    for name, function in people:
        room.do(roundtable.arrive, name, function)
    return room


# -- tallies -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["3445235", "3445 235", " 5 ", "1"])
def test_slips_are_digits_from_one_to_five(text: str) -> None:
    assert roundtable.is_tally(text)


@pytest.mark.parametrize("text", ["", " ", "3445236", "0", "34a", "3,4", "-3", "٣", "1" * 121])
def test_anything_else_is_text(text: str) -> None:
    assert not roundtable.is_tally(text)


@given(st.lists(st.integers(1, 5), min_size=4, max_size=60))
def test_a_tally_knows_how_many_said_what_and_not_who(votes: list[int]) -> None:
    tally = roundtable.counted("".join(map(str, votes)))
    assert tally == Tally(counts=tuple(votes.count(value) for value in range(1, 6)))
    assert tally == roundtable.counted("".join(map(str, sorted(votes))))
    assert roundtable.votes_in(tally) == len(votes)


@given(st.lists(st.integers(1, 5), max_size=3))
def test_under_four_votes_only_their_number_is_kept(votes: list[int]) -> None:
    tally = roundtable.counted("".join(map(str, votes)))
    assert tally == Tally(votes=len(votes))
    assert not roundtable.is_low(tally)
    assert roundtable.votes_in(tally) == len(votes)


@pytest.mark.parametrize(
    ("digits", "low"), [("2345", False), ("1245", True), ("2255", True), ("5555", False), ("11", False)]
)
def test_two_or_more_low_votes_change_the_next_prompt(digits: str, low: bool) -> None:
    assert roundtable.is_low(roundtable.counted(digits)) is low


def test_before_the_count_there_are_no_votes() -> None:
    assert roundtable.votes_in(None) == 0
    assert not roundtable.is_low(None)


def test_a_second_count_takes_the_place_of_the_first_and_remarks_stay() -> None:
    room = (
        Room()
        .do(roundtable.remark, "short")
        .do(roundtable.tally, "worth", "5555")
        .do(roundtable.remark, "good")
    )
    room.do(roundtable.tally, "worth", "11111")
    assert room.minutes.worth == Tally(counts=(5, 0, 0, 0, 0), remarks=("short", "good"))
    room.do(roundtable.tally, "safety", "123")
    assert room.minutes.safety == Tally(votes=3)


# -- people ------------------------------------------------------------------------------------------------------


def test_somebody_known_keeps_id_and_function() -> None:
    room = room_of(("Anna Berg", ""), ("Carla Weiß", "service"))
    assert [(one.id, one.function, one.roles) for one in room.minutes.participant] == [
        ("anna-berg", "sales", ()),
        ("carla-weiss", "service", ()),
    ]


def test_another_name_that_folds_alike_is_another_person() -> None:
    room = room_of(("anna berg", "finance"), ("Anna Berg", ""))
    assert [one.id for one in room.minutes.participant] == ["anna-berg-2", "anna-berg"]


def test_several_may_be_without_a_name() -> None:
    room = room_of(("", "sales"), ("", "service"))
    assert [(one.id, one.name) for one in room.minutes.participant] == [("person", ""), ("person-2", "")]


def test_who_arrives_twice_is_here_once() -> None:
    room = room_of(("Anna Berg", "")).do(roundtable.set_present, "anna-berg", False)
    assert roundtable.present(room.meeting) == ()
    room.do(roundtable.arrive, "Anna Berg", "management")
    assert [(one.present, one.function) for one in room.minutes.participant] == [(True, "management")]


def test_somebody_known_is_taken_in_with_the_tick() -> None:
    room = room_of().do(roundtable.set_present, "ben-kurz", True)
    assert roundtable.present(room.meeting) == (KNOWN[1],)
    with pytest.raises(Refused, match="Nobody of that name"):
        room.do(roundtable.set_present, "carla", True)


def test_another_function_today_is_part_of_the_arrival() -> None:
    room = room_of(("Anna Berg", ""))
    room.meeting = roundtable.with_function(room.meeting, "anna-berg", "finance")
    assert room.minutes.participant[0].function == "finance"
    assert roundtable.with_function(room.meeting, "anna-berg", "") is room.meeting
    assert room.undo().minutes.participant == ()
    assert room.redo().minutes.participant[0].function == "finance"


def test_who_is_noted_and_who_is_known_are_listed_and_nobody_twice() -> None:
    room = room_of(("Carla", "service"), ("Ben Kurz", ""))
    assert [(one.id, one.present) for one in roundtable.candidates(room.meeting)] == [
        ("carla", True),
        ("ben-kurz", True),
        ("anna-berg", False),
    ]


def test_whose_function_is_missing_today() -> None:
    expected = ("sales", "delivery", "service")
    assert roundtable.missing_functions(room_of().meeting, expected) == ()
    room = room_of(("Anna Berg", ""), ("Ben Kurz", ""))
    assert roundtable.missing_functions(room.meeting, expected) == ("service",)
    room.do(roundtable.set_present, "ben-kurz", False)
    assert roundtable.missing_functions(room.meeting, expected) == ("delivery", "service")


def test_whether_anybody_from_outside_sales_was_here() -> None:
    assert not roundtable.only_sales(room_of().meeting)
    assert roundtable.only_sales(room_of(("A", "sales"), ("B", "presales")).meeting)
    assert not roundtable.only_sales(room_of(("A", "sales"), ("B", "finance")).meeting)


# -- roles -------------------------------------------------------------------------------------------------------


def test_a_role_has_one_holder_and_giving_it_again_takes_it_away() -> None:
    room = room_of(("A", "sales"), ("B", "sales")).do(roundtable.give_role, "a", "moderator")
    room.do(roundtable.give_role, "b", "moderator").do(roundtable.give_role, "b", "case_giver")
    assert [one.roles for one in room.minutes.participant] == [(), ("moderator", "case_giver")]
    room.do(roundtable.give_role, "b", "moderator")
    assert [one.roles for one in room.minutes.participant] == [(), ("case_giver",)]


def test_the_facilitator_is_kept_in_the_head_as_well() -> None:
    room = room_of(("A", ""), ("B", "")).do(roundtable.give_role, "a", "facilitator")
    assert room.minutes.facilitator == "a"
    assert room.do(roundtable.give_role, "b", "facilitator").minutes.facilitator == "b"
    assert room.do(roundtable.give_role, "b", "facilitator").minutes.facilitator == ""
    with pytest.raises(Refused):
        room.do(roundtable.give_role, "nobody", "facilitator")


def test_in_a_round_by_function_sales_speaks_last() -> None:
    room = Room()
    for name, function in (("Anna", "sales"), ("Ben", "finance"), ("Cem", "presales"), ("Dan", "delivery")):
        room.do(roundtable.arrive, name, function)
    room.do(roundtable.arrive, "Eve", "").do(roundtable.set_present, "ben", False)
    assert roundtable.functions_here(room.meeting) == ("delivery", "sales", "presales")
