"""The demo's year is what real meetings would have left behind: whole, consistent, and fresh on any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from retrotui.demo.story import read_story
from retrotui.demo.year import Year
from retrotui.domain import timebox
from retrotui.domain.experiments import open_items
from retrotui.domain.factors import FactorList
from retrotui.domain.minutes import Minutes, Table
from retrotui.domain.roundtable import votes_in
from retrotui.store.toml_codec import decode, encode
from tests.unit.demo.demo_samples import DAYS, TODAY, bundled, year
from tests.unit.domain.room import holes

LANGUAGES = ("de", "en")
every = pytest.mark.parametrize(
    ("language", "today"), [("de", day) for day in DAYS] + [("en", day) for day in DAYS[:2]]
)
TEAM_FACTORS = {"it_security"}


def texts(table: Table) -> Iterator[str]:
    """Every text in a table and the tables in it."""
    for name in type(table).model_fields:
        value = getattr(table, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Table):
                yield from texts(one)
            elif isinstance(one, str):
                yield one


@every
def test_there_are_twelve_monthly_meetings_and_others_beside_them(language: str, today: date) -> None:
    kinds = Counter(minutes.agenda.id for minutes in year(language, today).meetings)
    assert kinds["monthly-reflection"] == 12
    assert kinds["weekly-call"] >= 6
    assert set(kinds) == set(bundled())


@every
def test_spans_tile_the_meeting_and_sum_to_its_length(language: str, today: date) -> None:
    for minutes in year(language, today).meetings:
        assert minutes.started is not None and minutes.ended is not None
        assert holes(minutes, minutes.ended) == []
        assert minutes.share.total == timebox.seconds(minutes.started, minutes.ended)
        assert all(step.spent_s == timebox.spent(step, minutes.ended) for step in minutes.step)


@every
def test_every_meeting_is_closed_with_all_its_steps_held(language: str, today: date) -> None:
    for minutes in year(language, today).meetings:
        assert minutes.status == "closed" and minutes.now is None
        assert [step.state for step in minutes.step] == ["done"] * len(minutes.step)


@every
def test_meetings_overrun_by_a_few_minutes_as_real_ones_do(language: str, today: date) -> None:
    monthly = [one for one in year(language, today).meetings if one.agenda.id == "monthly-reflection"]
    lengths = [one.share.total / 60 for one in monthly]
    assert all(80 <= length <= 105 for length in lengths)
    assert sum(length > 90 for length in lengths) >= 3


@every
def test_figures_keep_their_cap_and_reflecting_takes_half(language: str, today: date) -> None:
    for minutes in year(language, today).meetings:
        assert minutes.share.report <= 0.15 * minutes.share.total
        assert minutes.share.reflect >= 0.5 * minutes.share.total
        for step in minutes.step:
            if step.kind == "numbers":
                assert step.planned_s is not None and step.spent_s <= step.planned_s and not step.extended_s


@every
def test_every_entry_was_said_while_its_step_had_the_floor(language: str, today: date) -> None:
    for minutes in year(language, today).meetings:
        steps = {step.id: step for step in minutes.step}
        for entry in minutes.entries():
            spans = steps[entry.step].spans
            assert any(span[0] <= entry.at <= span[-1] for span in spans), (minutes.id, entry)


@every
def test_every_reference_resolves(language: str, today: date) -> None:
    told = year(language, today)
    factors = {factor.id for factor in FactorList.of_team()} | TEAM_FACTORS
    items: set[str] = set()
    for minutes in told.meetings:
        people = {person.id for person in minutes.participant}
        deals = {deal.id for deal in minutes.deal}
        lessons = {lesson.id for lesson in minutes.lesson}
        assert minutes.facilitator in people
        assert {use.factor for use in minutes.factor} <= factors
        assert {use.deal for use in minutes.factor} | {quote.deal for quote in minutes.quote} <= deals
        assert {note.deal for note in minutes.note} <= deals | {""}
        assert {metric.deal for metric in minutes.metric} <= deals | {""}
        for lesson in minutes.lesson:
            assert set(lesson.deals) <= deals and set(lesson.factors) <= factors
            assert lesson.experiment in items | {""}
        for step in minutes.step:
            assert set(step.deals) <= deals and {turn.deal for turn in step.floor} <= deals
        owners = {one.owner for one in minutes.action} | {one.owner for one in minutes.experiment}
        assert owners <= {person.id for person in told.people.values()} | {""}
        own = {experiment.id for experiment in minutes.experiment}
        for experiment in minutes.experiment:
            assert set(experiment.lessons) <= lessons
            assert experiment.parent in items | {""}
        for verdict in minutes.verdict:
            assert verdict.item in items and verdict.child in own | {""}
        assert {note.experiment for note in minutes.note} <= items | {""}
        assert {carried.item for carried in minutes.carried} <= items
        new = [item.id for item in (*minutes.action, *minutes.experiment)]
        assert len(set(new)) == len(new) and not set(new) & items
        items |= set(new)


@every
def test_the_agendas_rules_are_kept(language: str, today: date) -> None:
    for minutes in year(language, today).meetings:
        agenda = bundled()[minutes.agenda.id]
        begun = [one for one in minutes.experiment if one.state == "running"]
        assert len(begun) <= agenda.max_experiments
        for one in begun:
            assert all(getattr(one, need) for need in agenda.experiment_needs), one
        assert len(minutes.metric) <= 5
        kinds = {step.id: step for step in agenda.steps}
        assert not [note for note in minutes.note if kinds[note.step].confidential]


@every
def test_tallies_fit_the_number_of_people(language: str, today: date) -> None:
    tallied = 0
    for minutes in year(language, today).meetings:
        here = sum(person.present for person in minutes.participant)
        for tally in (minutes.safety, minutes.worth):
            assert votes_in(tally) <= here
            tallied += bool(votes_in(tally))
    assert tallied >= 24


@every
def test_minutes_come_back_from_their_file_as_they_were(language: str, today: date) -> None:
    for minutes in year(language, today).meetings:
        assert decode(encode(minutes)).minutes == minutes


@every
def test_on_the_day_it_is_made_something_is_overdue_due_running_and_an_idea_waits(
    language: str, today: date
) -> None:
    items = open_items(year(language, today).meetings, today)
    assert any(item.overdue(today) for item in items)
    assert any(item.due == today and item.kind == "experiment" for item in items)
    assert any(item.due is not None and item.due > today for item in items)
    assert any(item.idea for item in items)
    assert max(item.carried for item in items) >= 3
    assert 5 <= len(items) <= 14
    assert all(item.owner for item in items if not item.idea)


@every
def test_nothing_lies_in_the_future_and_the_last_meeting_was_last_week(language: str, today: date) -> None:
    meetings = year(language, today).meetings
    assert all(minutes.date < today for minutes in meetings)
    assert 1 <= (today - meetings[-1].date).days <= 10
    for minutes in meetings:
        for deal in minutes.deal:
            assert deal.decided is None or deal.decided < minutes.date
            assert deal.created is not None and deal.created < minutes.date


def test_an_experiment_is_adapted_twice_and_kept_in_the_end() -> None:
    verdicts = {one.item: one for minutes in year().meetings for one in minutes.verdict}
    lines = []
    for item in verdicts:
        line, at = [], item
        while at in verdicts:
            line.append(verdicts[at].decision)
            at = verdicts[at].child or ""
        lines.append(line)
    assert ["adapt", "adapt", "keep"] in lines
    assert {decision for line in lines for decision in line} == {"keep", "adapt", "drop", "extend", "done"}


def test_verdicts_say_what_happened_and_many_what_was_learned() -> None:
    verdicts = [one for minutes in year().meetings for one in minutes.verdict if one.kind == "experiment"]
    assert all(one.happened for one in verdicts)
    assert sum(bool(one.learned) for one in verdicts) >= len(verdicts) // 2


def test_some_factors_recur_and_both_help_and_hurt() -> None:
    meetings: Counter[str] = Counter()
    effects: dict[str, set[str]] = {}
    for minutes in year().meetings:
        meetings.update({use.factor for use in minutes.factor})
        for use in minutes.factor:
            effects.setdefault(use.factor, set()).add(use.effect)
    assert sum(count >= 4 for count in meetings.values()) >= 5
    assert {"helped", "hurt"} <= effects["procurement"]
    assert {use.source for minutes in year().meetings for use in minutes.factor} == {
        "buyer",
        "document",
        "team",
    }


def test_some_customers_are_looked_at_more_than_once() -> None:
    seen = Counter(deal.account for minutes in year().meetings for deal in minutes.deal)
    assert sum(count > 1 for count in seen.values()) >= 6


def test_metrics_have_enough_values_for_a_line() -> None:
    values: dict[str, list[str]] = {}
    for minutes in year().meetings:
        if minutes.agenda.id == "monthly-reflection":
            for metric in minutes.metric:
                assert metric.target and metric.actual
                values.setdefault(metric.id, []).append(metric.actual)
    assert set(values) == {"won_amount", "win_rate", "days_to_close", "won", "offers-with-roadmap"}
    assert all(len(line) == 12 and len(set(line)) > 2 for line in values.values())


def test_all_that_an_agenda_can_show_is_shown_somewhere() -> None:
    meetings = year().meetings
    assert any(minutes.parked for minutes in meetings)
    assert any(minutes.pause for minutes in meetings)
    assert any(minutes.field for minutes in meetings)
    assert any(minutes.discretion.amounts for minutes in meetings)
    assert any(step.extended_s for minutes in meetings for step in minutes.step)
    assert any(step.replanned_s for minutes in meetings for step in minutes.step)
    assert any(not person.present for minutes in meetings for person in minutes.participant)
    functions = {person.function for minutes in meetings for person in minutes.participant}
    assert functions == {"sales", "delivery", "service", "product", "finance"}


def test_the_same_day_and_seed_tell_the_same_year_and_another_seed_another() -> None:
    first = year()
    again = year.__wrapped__("de", TODAY)
    assert again.meetings == first.meetings and again.pipeline.deals == first.pipeline.deals
    assert year(seed=7).pipeline.deals != first.pipeline.deals


def test_both_languages_tell_the_same_story_in_their_own_words() -> None:
    def shape(told: Year) -> list[tuple[str, int, int, int, int]]:
        return [
            (one.id, len(one.factor), len(one.lesson), len(one.verdict), len(one.experiment))
            for one in told.meetings
        ]

    german, english = year("de"), year("en")
    assert shape(german) == shape(english)
    for one, other in zip(german.meetings, english.meetings, strict=True):
        pairs = zip(one.lesson, other.lesson, strict=True)
        assert all(left.text != right.text for left, right in pairs)
        assert (one.currency, other.currency) == ("EUR", "GBP")
        assert (one.language, other.language) == ("de", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_one_clean_line(language: str) -> None:
    for minutes in year(language).meetings:
        for text in texts(minutes):
            assert text == " ".join(text.split()) and text.isprintable()


def test_no_english_text_has_german_letters() -> None:
    for minutes in year("en").meetings:
        for text in texts(minutes):
            assert not set("äöüßÄÖÜ„") & set(text), text


def test_nobody_is_named_as_an_author_of_a_vote_or_a_factor() -> None:
    names = {person.name for person in year().people.values()}
    for minutes in year().meetings:
        for use in minutes.factor:
            assert not any(name in use.text for name in names)


def test_the_story_has_no_line_left_over() -> None:
    """Every line of every chapter is said in the meeting it was written for."""
    for language in LANGUAGES:
        said: dict[str, Minutes] = {}
        for minutes in year(language).meetings:
            for text in texts(minutes):
                said[text] = minutes
        for scene in read_story(language).scenes:
            lines = (*scene.notes, *scene.lessons, *scene.actions, *scene.fields, *scene.verdicts)
            for line in (*lines, *(line for talk in scene.talks for line in talk.said)):
                assert line.text in said, line
                assert not line.more or line.more in said
            for words in (*scene.remarks, *scene.parked, *(trial.title for trial in scene.trials)):
                assert words in said, words
