"""The six bundled agendas keep the rules of agendas.md."""

from __future__ import annotations

import pytest

from retrotui.domain.agenda import TITLE_CELLS, Agenda, CountsAs, StepKind
from retrotui.store.agendas import LoadedAgenda, all_agendas, bundled_folder

LOADED: dict[str, LoadedAgenda] = {each.agenda.id: each for each in all_agendas(None)[0]}
AGENDAS: list[Agenda] = [each.agenda for each in LOADED.values()]

HEADINGS = {  # minutes; per cent of reporting, reflecting, deciding, as agendas.md's headings say
    "monthly-reflection": (90, 11, 56, 22),
    "weekly-call": (30, 10, 53, 27),
    "loss-autopsy": (45, 0, 71, 18),
    "win-review": (45, 0, 78, 11),
    "quarterly-learning": (120, 8, 52, 25),
    "case-consulting": (60, 0, 80, 8),
}

every = pytest.mark.parametrize("agenda", AGENDAS, ids=lambda agenda: agenda.id)


def test_there_are_six_and_none_is_broken() -> None:
    good, broken = all_agendas(None)
    assert {each.agenda.id for each in good} == set(HEADINGS)
    assert broken == []
    assert all(each.bundled for each in good)


def test_each_lies_in_a_file_named_after_its_id() -> None:
    assert {path.stem for path in bundled_folder().glob("*.toml")} == set(LOADED)
    assert all(each.path.stem == an_id for an_id, each in LOADED.items())


@every
def test_nothing_is_found_in_it(agenda: Agenda) -> None:
    assert LOADED[agenda.id].findings == ()


@every
def test_minutes_and_shares_are_those_of_the_heading(agenda: Agenda) -> None:
    minutes, *percent = HEADINGS[agenda.id]
    assert agenda.minutes == minutes
    assert sum(seconds or 0 for seconds in agenda.planned_seconds().values()) == minutes * 60
    shares = agenda.shares()
    told = [round(shares[counts] * 100) for counts in (CountsAs.REPORT, CountsAs.REFLECT, CountsAs.DECIDE)]
    assert told == percent


@every
def test_figures_take_little_and_are_capped_and_reflecting_takes_half(agenda: Agenda) -> None:
    assert agenda.shares()[CountsAs.REPORT] <= 0.15
    assert agenda.shares()[CountsAs.REFLECT] >= 0.5
    assert all(step.cap for step in agenda.steps if step.kind is StepKind.NUMBERS)


@every
def test_a_followup_comes_before_new_experiments(agenda: Agenda) -> None:
    kinds = [step.kind for step in agenda.steps]
    assert (StepKind.FOLLOWUP in kinds) is agenda.loop
    if agenda.loop:
        assert kinds.index(StepKind.FOLLOWUP) < kinds.index(StepKind.EXPERIMENTS)


@every
def test_at_most_two_new_experiments_and_three_in_a_quarter(agenda: Agenda) -> None:
    assert agenda.max_experiments == (3 if agenda.period == "quarter" else 2)


@every
def test_it_ends_with_a_round(agenda: Agenda) -> None:
    assert agenda.steps[-1].kind is StepKind.CLOSE


@every
def test_every_text_is_there_in_both_languages(agenda: Agenda) -> None:
    both = {"de", "en"}
    assert agenda.title.languages == agenda.purpose.languages == both
    for step in agenda.steps:
        assert step.title.languages == both
        if step.kind is not StepKind.BREAK:
            assert step.prompts.languages == both
            assert len(step.prompts.lines("de")) == len(step.prompts.lines("en")) >= 1
        for field in step.fields:
            assert field.label.languages == both
            assert field.type != "choice" or field.choices.languages == both


@every
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_title_fits_the_rail_and_a_prompt_can_be_read_aloud(agenda: Agenda, lang: str) -> None:
    for step in agenda.steps:
        assert 0 < len(step.title.text(lang)) <= TITLE_CELLS
        assert all(0 < len(prompt) <= 120 for prompt in step.prompts.lines(lang))


@every
def test_the_file_explains_itself(agenda: Agenda) -> None:
    lines = LOADED[agenda.id].source_text.splitlines()
    assert lines[0].startswith("# ")
    assert next(line for line in lines if line and not line.startswith("#")) == "schema = 1"
    assert all(len(line) <= 180 for line in lines)


def test_deals_are_preset_and_followed() -> None:
    lost = LOADED["loss-autopsy"].agenda
    assert lost.steps[1].outcomes == ("lost", "no_decision")
    assert [step.deal for step in lost.steps[2:4]] == ["same", "same"]
    pair = LOADED["quarterly-learning"].agenda.step("pair")
    assert pair is not None and pair.outcomes == ("won", "lost")


def test_the_case_is_confidential_and_the_case_giver_listens_to_the_advice() -> None:
    agenda = LOADED["case-consulting"].agenda
    cases = [step for step in agenda.steps if step.kind is StepKind.CASE]
    assert cases and all(step.confidential for step in cases)
    assert [step.id for step in cases if step.listens == "case_giver"] == ["advice"]
    assert [field.id for step in cases for field in step.fields] == ["key_question", "method", "take_aways"]


def test_the_safety_check_is_left_out_where_the_design_says_so() -> None:
    without = {a.id for a in AGENDAS for step in a.steps if step.kind is StepKind.CHECKIN and not step.safety}
    assert without == {"weekly-call", "case-consulting"}


def test_a_weekly_experiment_needs_only_an_owner_and_a_date() -> None:
    assert LOADED["weekly-call"].agenda.experiment_needs == ("owner", "due")
    assert LOADED["case-consulting"].agenda.experiment_needs == ("owner", "due")


@every
@pytest.mark.parametrize("total", [15, 45, 60, 75, 180])
def test_it_serves_other_lengths(agenda: Agenda, total: int) -> None:
    plan = [seconds or 0 for seconds in agenda.planned_seconds(total).values()]
    assert sum(plan) == total * 60
    assert min(plan) >= 60
