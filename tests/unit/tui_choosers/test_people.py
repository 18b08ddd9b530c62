"""`checkin`: who is here, roles, and the blind round; `perspectives`: turns and questions."""

from __future__ import annotations

from dataclasses import replace

from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Discretion, Participant
from retrotui.domain.roundtable import present
from retrotui.tui.screens.dialogs.blind import BlindRound
from tests.unit.tui_choosers.opened import Opened, open_list
from tests.unit.tui_panels.staging import PEOPLE, agenda, at, begun, having

KNOWN = (Participant(id="dora-klein", name="Dora Klein", function="finance"),)


def arriving(**more: object) -> Opened:
    meeting = replace(having(begun(), participant=PEOPLE), known_people=KNOWN)
    return open_list(meeting, **more)


def names(meeting: Meeting) -> list[str]:
    return [one.name for one in present(meeting)]


def test_people_are_listed_by_function_with_who_is_here_ticked() -> None:
    opened = arriving()
    assert opened.labels()[:5] == ["Anna Berg", "Ben Kurz", "Carla Weiß", "Dora Klein", "Otto Weg"]
    assert opened.row("Anna").mark == "✓"
    assert opened.row("Dora").mark == ""
    assert opened.headings()[:3] == ["Sales", "Service", "Finance"]
    assert "Missing: Delivery, Product" in opened.headings()


def test_space_and_enter_tick_on_and_off_and_leave_the_order_alone() -> None:
    opened = arriving()
    before = opened.labels()
    assert not opened.space("Dora")
    assert "Dora Klein" in names(opened.meeting)
    assert not opened.enter("Anna")
    assert "Anna Berg" not in names(opened.meeting)
    assert opened.labels() == before


def test_somebody_is_added_by_name_and_function() -> None:
    opened = arriving()
    opened.enter("Add a person")
    assert opened.refuses("  ") and opened.refuses("?")
    opened.answer("Emil Rot, Technik")
    assert present(opened.meeting)[-1] == Participant(id="emil-rot", name="Emil Rot", function="delivery")


def test_a_known_name_spelt_plainly_is_the_same_person() -> None:
    opened = arriving()
    opened.enter("Add a person")
    opened.answer("dora KLEIN, finance")
    assert [one.id for one in opened.meeting.minutes.participant].count("dora-klein") == 1
    assert present(opened.meeting)[-1].name == "Dora Klein"


def test_one_may_be_without_a_name() -> None:
    opened = arriving()
    opened.enter("Add a person")
    opened.answer("?, Vertrieb")
    assert present(opened.meeting)[-1].name == ""
    assert present(opened.meeting)[-1].function == "sales"


def test_hidden_people_are_numbered() -> None:
    meeting = having(begun(), participant=PEOPLE, discretion=Discretion(people=True))
    told = open_list(meeting).labels()
    assert "Person 1" in told
    assert not any("Anna" in one for one in told)


def test_a_digit_opens_the_blind_round_and_its_slips_become_the_tally() -> None:
    opened = arriving()
    opened.press(1)
    opened.answer("3445")
    assert opened.meeting.minutes.safety is not None
    assert opened.meeting.minutes.safety.counts == (0, 0, 1, 2, 1)


def test_a_check_in_without_safety_check_has_no_blind_round() -> None:
    steps = [{"id": "c", "kind": "checkin", "minutes": 5, "title": "C", "safety": False}]
    opened = open_list(begun(of=agenda(steps=steps)))
    opened.press(1)
    assert opened.screen.app.dialogs == []
    assert "Blind round" not in opened.labels()


# -- roles -------------------------------------------------------------------------------------------------


def test_a_digit_gives_a_role_and_takes_it_away_again() -> None:
    opened = arriving()
    opened.page("Roles")
    assert opened.shown().legend.startswith("1 Facilitation  2 Case giver")
    opened.press(1, "Anna")
    assert opened.meeting.minutes.facilitator == "anna-berg"
    assert opened.row("Anna").detail == "Facilitation"
    opened.press(1, "Anna")
    assert opened.meeting.minutes.facilitator == ""


def test_space_gives_the_first_free_role() -> None:
    opened = arriving()
    opened.page("Roles")
    opened.space("Carla")
    assert opened.meeting.minutes.facilitator == "carla-weiss"
    opened.space("Carla")  # the case giver is Ben: nothing is left
    assert "All roles are given" in opened.said()


def test_advisers_are_everybody_else_and_cannot_be_given() -> None:
    opened = arriving()
    opened.page("Roles")
    assert "Advisers" not in opened.shown().legend


# -- the blind round ---------------------------------------------------------------------------------------


def shown(dialog: BlindRound) -> str:
    return "\n".join(line.plain for line in dialog.picture())


def round_of(people: int) -> BlindRound:
    from retrotui.errors import msg

    return BlindRound(msg("How openly can I speak today?"), people)


def test_a_blind_round_shows_dots_and_a_count_never_a_slip() -> None:
    dialog = round_of(7)
    one, other = round_of(7), round_of(7)
    for digit in "15235":
        dialog.press(digit, digit)
    assert "5 of 7" in shown(dialog)
    assert "● ● ● ● ● ○ ○" in shown(dialog)
    one.press("1", "1")
    other.press("5", "5")
    assert shown(one) == shown(other)


def test_backspace_takes_the_last_slip_back_and_nothing_else_counts() -> None:
    dialog = round_of(2)
    for key in ("4", "0", "6", "a", "x"):
        dialog.press(key, key)
    assert dialog.count == 1
    dialog.press("backspace", None)
    dialog.press("backspace", None)
    assert dialog.count == 0


def test_more_slips_than_people_are_counted_too() -> None:
    dialog = round_of(1)
    dialog.press("4", "4")
    dialog.press("4", "4")
    assert "2 of 2" in shown(dialog)


# -- perspectives ------------------------------------------------------------------------------------------


def round_by_function() -> Opened:
    return open_list(at(having(begun(), participant=PEOPLE), "perspectives"))


def test_a_function_that_is_here_gets_the_floor() -> None:
    opened = round_by_function()
    assert [row.mark for row in opened.shown().rows if row.key.startswith("here:")] == ["▶", ""]
    assert opened.enter("Sales")
    assert opened.session.turn == 1
    assert opened.row("Service").mark == "✓"


def test_an_absent_function_becomes_a_question_with_an_owner() -> None:
    opened = round_by_function()
    opened.enter("Delivery")
    opened.answer("Could we have kept the date? @ben =fr")
    action = opened.meeting.minutes.action[-1]
    assert (action.text, action.owner) == ("Delivery: Could we have kept the date?", "ben-kurz")
    assert action.due is not None


def test_a_question_without_an_owner_asks_who_asks() -> None:
    opened = round_by_function()
    opened.enter("Product")
    opened.answer("What is planned?")
    opened.answer("carla-weiss")
    assert opened.meeting.minutes.action[-1].owner == "carla-weiss"
    opened.enter("Product")
    opened.answer("And when?")
    opened.answer("nobody")
    assert opened.meeting.minutes.action[-1].owner == ""
