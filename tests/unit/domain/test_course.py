"""meeting.md, "The clock" and "Keys": on and back, jump, skip, repeat, add; deals and parts on the floor."""

from __future__ import annotations

import pytest

from retrotui.domain import course, floor, lifecycle, pacing, timebox
from retrotui.domain.agenda import StepKind
from retrotui.domain.course import Target
from retrotui.errors import Refused
from tests.unit.domain.room import MINUTE, Room, blame, deal, say, step


def states(room: Room) -> str:
    """One letter a step: pending, running, done, skipped."""
    return "".join(one.state[0] for one in room.minutes.step)


# -- on and back -------------------------------------------------------------------------------------------------


def test_on_leads_to_the_next_step_and_says_where() -> None:
    room = Room()
    assert course.ahead(room.meeting) == Target("step", "check", "Check")
    assert states(room.on()) == "drpppppp"


def test_on_at_the_last_step_leads_to_the_close_and_nowhere_by_itself() -> None:
    room = Room().do(course.jump, "close")
    assert course.ahead(room.meeting) == Target("close")
    with pytest.raises(Refused, match="last step"):
        room.on()


def test_there_is_nothing_before_the_first_step() -> None:
    room = Room()
    assert course.behind(room.meeting) is None
    with pytest.raises(Refused, match="first step"):
        room.do(course.back)


def test_going_back_reopens_a_step_and_adds_to_its_time() -> None:
    room = Room().after(5).on().after(2).do(course.back).after(3)
    assert states(room) == "rppppppp"
    assert (room.spent("arrive"), room.spent("check")) == (8 * MINUTE, 2 * MINUTE)
    assert room.on().after(1).spent("check") == 3 * MINUTE


def test_going_back_and_forth_within_a_second_leaves_one_span() -> None:
    room = Room().after(5).on().do(course.back).after(1)
    assert len(room.step("arrive").spans) == 1
    assert room.step("check").spans == ()


def test_back_passes_over_what_was_skipped() -> None:
    room = Room().do(course.skip, "check").on()
    assert room.floor == "numbers"
    assert course.behind(room.meeting) == Target("step", "arrive", "Arrive")


# -- jump, skip, repeat, add -------------------------------------------------------------------------------------


def test_steps_can_be_taken_out_of_order_and_the_ones_passed_over_come_later() -> None:
    room = Room(step("a", minutes=5), step("b", minutes=5), step("c", minutes=5), step("d", minutes=5))
    room.do(course.jump, "c").on()
    assert (room.floor, states(room)) == ("d", "dpdr")
    assert room.on().floor == "b"
    assert course.ahead(room.meeting) == Target("close")


def test_what_was_passed_over_does_not_come_back_after_the_close() -> None:
    room = Room(step("a", minutes=5), step("b", minutes=5), step("end", "close", 5)).do(course.jump, "end")
    assert course.ahead(room.meeting) == Target("close")
    assert room.do(course.jump, "b").floor == "b"


def test_one_cannot_jump_to_where_one_is_nor_nowhere() -> None:
    for step_id in ("arrive", "nowhere"):
        with pytest.raises(Refused):
            Room().do(course.jump, step_id)


def test_a_step_that_is_over_can_take_the_floor_again() -> None:
    room = Room().after(5).on().after(1).do(course.jump, "arrive").after(1)
    assert (states(room), room.spent("arrive")) == ("rdpppppp", 6 * MINUTE)


def test_a_later_step_is_skipped_and_taken_in_again() -> None:
    room = Room().do(course.skip, "check")
    assert course.ahead(room.meeting).id == "numbers"
    with pytest.raises(Refused, match="over already"):
        room.do(course.skip, "check")
    assert course.ahead(room.do(course.unskip, "check").meeting).id == "check"
    with pytest.raises(Refused, match="not been skipped"):
        room.do(course.unskip, "check")


def test_skipping_the_step_on_the_floor_gives_it_to_the_next() -> None:
    room = Room().after(1).do(course.skip, "arrive")
    assert (room.floor, states(room), room.spent("arrive")) == ("check", "srpppppp", MINUTE)


def test_the_last_step_is_not_skipped() -> None:
    room = Room().do(course.jump, "close")
    with pytest.raises(Refused, match="end the meeting"):
        room.do(course.skip, "close")


def test_a_skipped_step_can_be_jumped_to() -> None:
    room = Room().do(course.skip, "check").do(course.jump, "check")
    assert states(room) == "drpppppp"


def test_everything_can_be_chosen_before_the_beginning() -> None:
    room = Room(hold=True).do(course.skip, "arrive").do(course.skip, "numbers")
    assert (room.floor, states(room)) == ("check", "spsppppp")
    room.after(10).do(lifecycle.begin).after(3).on()
    assert (room.floor, room.spent("check"), states(room)) == ("lost", 3 * MINUTE, "sdsrpppp")


def test_a_step_is_repeated_right_after_the_one_on_the_floor() -> None:
    room = Room().on().do(course.repeat, "arrive")
    assert [one.id for one in room.minutes.step[:4]] == ["arrive", "check", "arrive-2", "numbers"]
    again = room.on().step("arrive-2")
    assert (again.of, again.planned_s, again.round) == ("arrive", 5 * MINUTE, None)
    assert room.meeting.agenda_step is room.agenda.steps[0]


def test_a_repetition_is_repeated_under_the_first_ones_name() -> None:
    room = Room().do(course.repeat, "arrive").do(course.repeat, "arrive-2")
    assert [(one.id, one.of) for one in room.minutes.step[1:3]] == [
        ("arrive-3", "arrive"),
        ("arrive-2", "arrive"),
    ]


def test_there_is_nothing_to_repeat_of_a_step_that_is_not_there() -> None:
    with pytest.raises(Refused, match="no such step"):
        Room().do(course.repeat, "nowhere")


def test_a_step_is_added_on_the_spot() -> None:
    room = Room().do(course.add_step, "Lärm im Flur", StepKind.NOTES, 2.5).on()
    added = room.step("laerm-im-flur")
    assert (added.added, added.planned_s, added.counts_as, added.state) == (True, 150, "reflect", "running")
    assert room.meeting.agenda_step is None
    assert not timebox.in_plan(added)


def test_two_steps_of_one_title_get_two_ids() -> None:
    room = Room().do(course.add_step, "Check", StepKind.NOTES, None).do(course.add_step, "???", "notes", 1)
    assert [one.id for one in room.minutes.step[:3]] == ["arrive", "notes", "check-2"]
    assert room.step("check-2").planned_s is None


@pytest.mark.parametrize(
    ("rule", "args"),
    [
        (course.on, ()),
        (course.back, ()),
        (course.jump, ("check",)),
        (course.skip, ("check",)),
        (course.repeat, ("check",)),
        (course.add_step, ("Extra", StepKind.NOTES, 5)),
        (course.take_floor, ("ada",)),
        (pacing.pause, ()),
        (pacing.go_on, ()),
        (pacing.extend, (1,)),
    ],
)
def test_once_the_meeting_is_over_nothing_moves(rule: object, args: tuple[object, ...]) -> None:
    room = Room().after(5).on().do(lifecycle.close)
    with pytest.raises(Refused):
        room.do(rule, *args)  # type: ignore[arg-type]


# -- deals -------------------------------------------------------------------------------------------------------


def at_lost(*deals: str) -> Room:
    room = Room().do(course.jump, "lost")
    for deal_id in deals:
        room.do(floor.choose, deal(deal_id))
    return room


def test_on_leads_to_the_next_deal_while_one_waits() -> None:
    room = at_lost("ada", "bob")
    assert room.deal == "ada"
    assert course.ahead(room.meeting) == Target("deal", "bob", "Bob GmbH")
    room.on()
    assert (room.floor, room.deal) == ("lost", "bob")
    assert course.ahead(room.meeting) == Target("step", "won", "Won")
    assert course.behind(room.meeting) == Target("deal", "ada", "Ada GmbH")
    assert room.do(course.back).deal == "ada"


def test_a_deal_without_account_is_called_by_its_title() -> None:
    room = Room().do(course.jump, "lost").do(floor.choose, deal("ada"))
    room.do(floor.choose, deal("bob", account="", title="Telematik"))
    assert course.ahead(room.meeting).label == "Telematik"


def test_only_a_deal_that_was_chosen_takes_the_floor() -> None:
    with pytest.raises(Refused, match="F7 chooses it"):
        at_lost("ada").do(course.take_floor, "bob")


def test_a_step_goes_on_with_the_deal_that_had_the_floor_last() -> None:
    room = at_lost("ada", "bob").on().after(1).on().do(course.jump, "lost")
    assert room.deal == "bob"


def test_a_step_does_not_go_on_with_a_deal_that_was_put_aside() -> None:
    room = at_lost("ada", "bob").after(1).on().do(floor.put_aside, "ada").on().do(course.jump, "lost")
    assert room.deal == "bob"


def test_with_deal_same_the_step_stays_on_the_deal_of_the_step_before() -> None:
    room = Room(step("aim", "deal", 5), step("why", "deal", 5, deal="same"), step("end", "close", 1))
    room.do(floor.choose, deal("ada")).after(5).on()
    assert (room.floor, room.deal, room.step("why").deals) == ("why", "ada", ("ada",))
    room.undo().redo()
    assert (room.floor, room.deal) == ("why", "ada")


def test_with_deal_same_and_none_before_there_is_none() -> None:
    room = Room(step("aim", "deal", 5), step("why", "deal", 5, deal="same")).on()
    assert room.deal == ""


def test_factors_go_to_the_deal_last_on_the_floor() -> None:
    room = at_lost("ada", "bob").on().after(1).do(course.jump, "lessons").do(blame, "late")
    assert room.minutes.factor[0].deal == "bob"
    assert room.meeting.deal is None


def test_before_any_deal_there_is_none_at_hand() -> None:
    assert Room().meeting.deal_at_hand is None


def test_a_deal_whose_choice_was_taken_back_is_not_at_hand() -> None:
    room = at_lost("ada").after(1).do(course.jump, "won").do(floor.choose, deal("bob")).undo()
    assert room.meeting.deal_at_hand is not None
    assert room.meeting.deal_at_hand.id == "ada"


# -- parts and prompts -------------------------------------------------------------------------------------------

PARTS = [{"title": "Tell"}, {"title": "Ask"}, {"title": "Advise"}]


def test_on_and_back_go_through_the_parts_of_a_step() -> None:
    room = Room(step("case", "case", 30, parts=PARTS), step("end", "close", 5))
    assert course.ahead(room.meeting) == Target("part", "case", "Ask", 2)
    room.on().on()
    assert room.minutes.now is not None
    assert room.minutes.now.part == 3
    assert course.ahead(room.meeting).id == "end"
    assert course.behind(room.meeting) == Target("part", "case", "Ask", 2)
    assert room.do(course.back).undo().on().floor == "end"


def test_a_step_goes_on_with_the_part_where_it_stood() -> None:
    room = Room(step("case", "case", 30, parts=PARTS), step("end", "close", 5)).on().on().on()
    room.do(course.back)
    assert room.minutes.now is not None
    assert room.minutes.now.part == 3


def test_each_deal_has_all_the_parts() -> None:
    room = Room(step("lens", "deal", 30, parts=PARTS[:2]), step("end", "close", 5))
    room.do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    walked = []
    while room.floor == "lens":
        assert room.minutes.now is not None
        walked.append((room.deal, room.minutes.now.part))
        room.after(1).on()
    assert walked == [("ada", 1), ("ada", 2), ("bob", 1), ("bob", 2)]


def test_choosing_a_deal_keeps_the_part() -> None:
    room = Room(step("lens", "deal", 30, parts=PARTS)).on().do(floor.choose, deal("ada"))
    assert room.minutes.now is not None
    assert (room.minutes.now.part, room.deal) == (2, "ada")


def test_another_prompt_is_nothing_to_take_back() -> None:
    room = Room().do(say, "hello").do(course.show_prompt, 2)
    assert room.minutes.now is not None
    assert room.minutes.now.prompt == 2
    assert room.undo().minutes.note == ()
    assert room.minutes.now is not None
    assert room.minutes.now.prompt == 2


def test_a_step_begins_with_its_first_prompt() -> None:
    room = Room().do(course.show_prompt, 2).on()
    assert room.minutes.now is not None
    assert room.minutes.now.prompt == 1
