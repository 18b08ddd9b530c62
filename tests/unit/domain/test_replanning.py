"""meeting.md, "The clock": re-plan. Whose time an overrun takes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain import course, pacing, timebox
from retrotui.domain.minutes import StepRun, change
from retrotui.domain.timebox import Replan
from tests.unit.domain.room import MINUTE, Room, step


def offers(room: Room) -> list[Replan]:
    return list(pacing.replans(room.meeting, room.now))


def takes(offer: Replan) -> dict[str, int]:
    return dict(offer.takes)


@pytest.mark.parametrize(("seconds", "offered"), [(120, False), (121, True)])
def test_once_the_end_is_more_than_two_minutes_late_it_is_offered(seconds: int, offered: bool) -> None:
    assert bool(offers(Room().after(5, seconds=seconds))) is offered


def test_the_end_may_be_later() -> None:
    room = Room().after(9)
    assert offers(room)[0].kind == "later"
    planned = [one.replanned_s for one in room.do(pacing.replan, offers(room)[0]).minutes.step]
    assert planned == [0] * 8


def test_with_a_hard_end_it_may_not() -> None:
    room = Room(hard_end=True).after(9)
    assert [one.kind for one in offers(room)] == ["take"]


def test_declined_it_stays_quiet_until_two_more_minutes_are_lost() -> None:
    room = Room().after(9).do(pacing.accept_late)
    assert offers(room) == []
    assert offers(room.after(2)) == []
    assert offers(room.after(seconds=1)) != []


def test_time_won_back_is_no_longer_accepted_as_lost() -> None:
    """Ten minutes were accepted; once a step is skipped, two new ones are worth a word again."""
    room = Room().after(15).do(pacing.accept_late).do(course.skip, "lessons")
    room.do(pacing.replan, Replan("skip", (("check", 600),)))
    assert timebox.lateness(room.minutes, room.now) < 0
    room.after(18)
    assert offers(room) != []


def test_it_takes_from_later_steps_in_proportion() -> None:
    """Ten minutes of check and numbers, five of close: what unprotected steps can give is 5, 5 and 2½ minutes."""
    room = Room().after(10)
    take = next(one for one in offers(room) if one.kind == "take")
    assert takes(take) == {"check": 120, "numbers": 120, "close": 60}
    room.do(pacing.replan, take)
    assert timebox.lateness(room.minutes, room.now) == 0
    assert timebox.allotted(room.step("check")) == 8 * MINUTE


def test_never_below_half_of_any() -> None:
    room = Room().after(60)
    take = next(one for one in offers(room) if one.kind == "take")
    assert takes(take) == {"check": 300, "numbers": 300, "close": 150}
    room.do(pacing.replan, take)
    assert all(one.kind != "take" for one in offers(room))


def test_an_offer_that_has_grown_old_takes_no_more_than_there_is() -> None:
    room = Room().after(60)
    take = next(one for one in offers(room) if one.kind == "take")
    room.do(pacing.replan, take).do(pacing.replan, take)
    assert timebox.allotted(room.step("check")) == 5 * MINUTE
    room.on().do(pacing.replan, take)  # by now check has the floor
    assert timebox.allotted(room.step("check")) == 5 * MINUTE


def test_the_new_plan_can_be_taken_back() -> None:
    room = Room().after(10)
    room.do(pacing.replan, next(one for one in offers(room) if one.kind == "take")).undo()
    assert {one.replanned_s for one in room.minutes.step} == {0}


PROTECTED = ("lost", "won", "lessons", "new")


@given(st.integers(0, 7), st.integers(0, 5000))
def test_time_lost_by_reporting_or_framing_never_comes_from_a_protected_step(at: int, lost: int) -> None:
    room = Room()
    if at:
        room.do(course.jump, room.minutes.step[at].id)
    room.after(seconds=lost)
    for offer in offers(room):
        if offer.kind == "take" and not offer.reflecting:
            assert not set(takes(offer)) & set(PROTECTED)
        if offer.reflecting:
            assert room.floor in ("lost", "won", "lessons")
            assert offer.total <= timebox.lost_by_reflecting(room.minutes, room.now)


def test_what_a_reflecting_step_used_may_by_choice_come_from_a_later_reflecting_one() -> None:
    room = Room().do(course.jump, "lost").after(31)  # jumped early, and eleven over
    plain, chosen = (one for one in offers(room) if one.kind == "take")
    assert not plain.reflecting
    assert chosen.reflecting
    assert takes(chosen) == {"won": 180, "lessons": 180}
    assert "new" not in takes(chosen)  # deciding, and protected


def test_an_extension_of_a_reflecting_step_counts_as_its_own_loss() -> None:
    room = Room().do(course.jump, "lost").do(pacing.extend, 4)
    assert timebox.lost_by_reflecting(room.minutes, room.now) == 4 * MINUTE
    room.after(20).on()  # and was not needed after all
    assert timebox.lost_by_reflecting(room.minutes, room.now) == 0


def test_a_reflecting_step_put_in_on_the_spot_is_time_that_reflecting_takes() -> None:
    room = Room().do(course.repeat, "lost")
    assert timebox.lost_by_reflecting(room.minutes, room.now) == 20 * MINUTE
    assert any(one.reflecting for one in offers(room))


def test_a_step_put_in_on_the_spot_is_protected_as_its_kind_is() -> None:
    room = Room().do(course.add_step, "Extra", "notes", 20).after(30)
    assert all("extra" not in takes(one) for one in offers(room) if not one.reflecting)


def test_a_repeated_protected_step_is_protected() -> None:
    room = Room().do(course.repeat, "won").after(30)
    assert all("won-2" not in takes(one) for one in offers(room) if not one.reflecting)


def test_an_optional_step_may_be_skipped() -> None:
    steps = (step("a", "checkin", 5), step("b", minutes=10, optional=True), step("c", minutes=10))
    room = Room(*steps).after(9)
    skip = next(one for one in offers(room) if one.kind == "skip")
    assert skip.takes == (("b", 600),)
    assert room.do(pacing.replan, skip).step("b").state == "skipped"
    assert room.undo().step("b").state == "pending"


def test_a_step_that_gave_time_and_comes_back_gives_no_more() -> None:
    room = Room().on().after(9).do(course.back).after(30)
    take = next(one for one in offers(room) if one.kind == "take")
    assert takes(take).get("check", 0) <= MINUTE


def run(planned: int) -> StepRun:
    return StepRun(id=f"s{planned}", kind="notes", planned_s=planned)


@given(st.lists(st.integers(0, 7200), min_size=1, max_size=9, unique=True), st.integers(-50, 40_000))
def test_what_is_taken_is_what_is_needed_in_minutes_or_all_that_can_be_given(
    plans: list[int], need: int
) -> None:
    room = Room()
    steps = [run(planned) for planned in plans]
    capacity = {one.id: timebox.can_give(one, room.now) for one in steps}
    taken = dict(timebox.take_in_proportion(steps, need, room.now))
    total = sum(taken.values())
    assert min(max(0, need), sum(capacity.values())) <= total < max(0, need) + 60
    if sum(can // 60 for can in capacity.values()) * 60 >= need:
        assert all(given_ % 60 == 0 for given_ in taken.values()), "the wall shows minutes, and they add up"
    for step_id, given_ in taken.items():
        assert 0 < given_ <= capacity[step_id]


@given(st.integers(0, 7200), st.integers(0, 3600), st.integers(0, 3600), st.integers(0, 3600))
def test_what_is_given_leaves_half_and_what_was_spent(
    planned: int, extended: int, gave: int, spent: int
) -> None:
    room = Room().after(seconds=spent)
    gave = min(gave, planned // 2)
    one: Any = change(run(planned), extended_s=extended, replanned_s=-gave)
    one = change(one, spans=((room.minutes.started, room.now),))
    left = planned + extended - gave - timebox.can_give(one, room.now)
    assert left >= (planned + 1) // 2 or timebox.can_give(one, room.now) == 0
    assert left >= min(spent, planned + extended - gave)


def test_a_share_of_time_is_never_below_half_with_many_overruns() -> None:
    room = Room()
    for _ in range(7):
        room.after(40)
        for offer in offers(room):
            if offer.kind == "take":
                room.do(pacing.replan, offer)
        room.on()
    assert room.floor == "close"
