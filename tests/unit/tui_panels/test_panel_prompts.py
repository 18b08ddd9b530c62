"""The question on the wall: the agenda's, and what takes its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from retrotui.domain.agenda import StepKind
from retrotui.domain.course import add_step, show_prompt
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Discretion, FloorTurn, Now, Tally, change
from retrotui.domain.timebox import replace_step
from retrotui.tui.prompts import DEAL_PROMPTS, current_prompt, prompts
from retrotui.tui.turns import turns
from retrotui.tui.view import View
from tests.unit.tui_panels.staging import PEOPLE, PROMPTS, START, agenda, at, begun, having, look

BOTH = pytest.mark.parametrize("language", ["de", "en"])


def one_step(language: str = "en", **step: Any) -> Meeting:
    values = {"id": "s", "kind": "notes", "title": "Step", "minutes": 10} | step
    return begun(language, agenda(steps=[values]))


@BOTH
def test_prompts_are_the_agenda_s_in_the_meeting_s_language(language: str) -> None:
    assert prompts(look(at(begun(language), "lessons"))) == tuple(PROMPTS[language])


@BOTH
def test_a_deal_step_without_prompts_gets_our_five(language: str) -> None:
    found = prompts(look(one_step(language, kind="deal")))
    assert found == DEAL_PROMPTS.lines(language) and len(found) == 5


def test_a_deal_step_added_on_the_spot_gets_our_five() -> None:
    meeting = add_step(begun(), "One more", StepKind.DEAL, 5, START)
    added = next(step for step in meeting.minutes.step if step.added)
    assert len(prompts(look(at(meeting, added.id)))) == 5


def test_a_step_without_prompts_has_none() -> None:
    assert current_prompt(look(one_step())) == ("", 0, 0)


@pytest.mark.parametrize(("shown", "expected"), [(1, 1), (2, 2), (3, 2), (0, 1), (-4, 1)])
def test_the_number_of_the_prompt_stays_within_what_there_is(shown: int, expected: int) -> None:
    view = look(show_prompt(at(begun(), "lessons"), shown))
    assert current_prompt(view) == (PROMPTS["en"][expected - 1], expected, 2)


def test_at_the_end_of_capped_figures_the_prompt_asks_for_the_deal() -> None:
    meeting = at(begun(), "numbers", 0)
    assert prompts(look(meeting, 9.9)) == tuple(PROMPTS["en"])
    assert current_prompt(look(meeting, 10)) == (
        "Time for Numbers is up. Which deal does it lead us to?",
        1,
        1,
    )


def test_at_the_end_of_another_capped_step_the_prompt_says_what_to_do_with_the_rest() -> None:
    assert "parking lot" in prompts(look(one_step(cap=True), 11))[0]


def test_a_step_without_cap_keeps_its_prompts_in_overtime() -> None:
    assert prompts(look(at(begun(), "lessons", 0), 15)) == tuple(PROMPTS["en"])


def test_two_low_votes_change_the_next_prompt_and_nothing_else() -> None:
    low = having(begun(), safety=Tally(counts=(1, 1, 0, 1, 1)))
    first, second, third = prompts(look(low))
    assert (first, third) == tuple(PROMPTS["en"])
    assert second == "Today in pairs first, then in the round; whoever leads speaks last."
    assert len(prompts(look(having(begun(), safety=Tally(counts=(1, 0, 0, 1, 2)))))) == 2
    assert len(prompts(look(at(low, "lessons")))) == 2


def test_the_prompts_of_a_part_take_the_place_of_the_step_s() -> None:
    meeting = one_step(prompts=["Of the step"], parts=[{"title": "A", "prompts": ["Of A"]}, {"title": "B"}])
    assert prompts(look(meeting)) == ("Of A",)
    meeting = having(meeting, now=Now(step="s", part=2))
    assert prompts(look(meeting)) == ("Of the step",)
    assert prompts(look(having(meeting, now=Now(step="s", part=9)))) == ("Of the step",)


def test_a_silent_step_says_that_nobody_speaks() -> None:
    assert prompts(look(one_step(silent=True, prompts=["What went well?"]))) == (
        "What went well? Everybody writes, nobody speaks.",
    )
    assert prompts(look(one_step(silent=True))) == ("Everybody writes, nobody speaks.",)


def test_a_step_that_goes_round_names_whose_turn_it_is() -> None:
    meeting = having(one_step(go_round=True, prompts=["In one word?"]), participant=PEOPLE)
    assert prompts(look(meeting)) == ("Anna Berg: In one word?",)
    assert [turn.name for turn in turns(look(meeting))] == ["Anna Berg", "Ben Kurz", "Carla Weiß"]
    hidden = having(meeting, discretion=Discretion(people=True))
    assert prompts(look(hidden)) == ("Sales: In one word?",)


@dataclass(frozen=True, slots=True)
class Turned(View):
    """A view that counts turns."""

    turn: int = 0


@pytest.mark.parametrize(
    ("turn", "name"), [(0, "Anna Berg"), (1, "Ben Kurz"), (2, "Carla Weiß"), (3, "Anna Berg")]
)
def test_the_turn_goes_round(turn: int, name: str) -> None:
    view = look(having(one_step(go_round=True), participant=PEOPLE))
    assert prompts(Turned(view.meeting, view.now, view.settings, view.factors, turn=turn)) == (name,)


def test_a_round_without_people_keeps_its_prompts() -> None:
    assert prompts(look(one_step(go_round=True, prompts=["In one word?"]))) == ("In one word?",)


def test_a_round_by_function_lets_the_others_speak_before_sales() -> None:
    meeting = having(at(begun(), "perspectives"), participant=PEOPLE)
    assert [turn.name for turn in turns(look(meeting))] == ["Service", "Sales"]
    assert prompts(look(meeting))[0] == "Service: First question?"


def test_before_the_beginning_a_capped_step_is_not_over() -> None:
    meeting = one_step(cap=True, minutes=0, prompts=["Read this"])
    step = change(meeting.step, floor=(FloorTurn(at=START),))
    waiting = replace(meeting, minutes=change(replace_step(meeting.minutes, step), started=None))
    assert prompts(look(waiting)) == ("Read this",)
