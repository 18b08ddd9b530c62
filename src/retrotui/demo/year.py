"""A year of meetings of one team: the scenes of the story in the order of their dates, each knowing those before it.

Owns `make_year`, the hours of the day, and the figures that the numbers steps show. Pure: nothing is written. The same
language, day and seed give the same year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime, time, timedelta, tzinfo
from random import Random
from typing import Final

from retrotui.demo.calendar import Calendar
from retrotui.demo.pipeline import Pipeline, make_pipeline
from retrotui.demo.played import Known, Played
from retrotui.demo.story import Raw, Scene, Story, read_story
from retrotui.domain.agenda import Agenda
from retrotui.domain.experiments import open_items
from retrotui.domain.meeting import draft_meeting
from retrotui.domain.minutes import Metric, Minutes, Participant
from retrotui.domain.minutes import Period as PeriodTable
from retrotui.domain.period import Period, last_complete
from retrotui.domain.pipeline import PipelineFigure, figures
from retrotui.domain.text import person_id

SEED: Final = 2026
HOURS: Final[Mapping[str, time]] = {
    "monthly-reflection": time(9, 0),
    "weekly-call": time(8, 30),
    "loss-autopsy": time(14, 0),
    "win-review": time(13, 30),
    "case-consulting": time(16, 0),
    "quarterly-learning": time(9, 30),
}


@dataclass(frozen=True)
class Year:
    """What the demo's folder will hold. `people` are those who may come, by their keys in the story."""

    story: Story
    pipeline: Pipeline
    people: Mapping[str, Participant]
    meetings: tuple[Minutes, ...]
    """Oldest first."""


def make_year(
    language: str,
    today: Date,
    agendas: Mapping[str, Agenda],
    *,
    seed: int = SEED,
    zone: tzinfo | None = None,
) -> Year:
    """The year that ends with the last complete week before `today`, told in "de" or "en".

    `agendas` are the bundled ones by id; `zone` is where the team lives, None for the system's own.
    """
    random = Random(f"{seed} {language} {today.isoformat()}")
    story, calendar = read_story(language), Calendar.ending_before(today)
    people = _people(story)
    pipeline = make_pipeline(story, calendar, random)
    regulars = tuple(each["key"] for each in story.team["person"] if not each.get("guest"))
    known = Known(calendar, pipeline, people, regulars)
    held: list[Minutes] = []
    for scene in sorted(story.scenes, key=lambda one: calendar.at(one.at)):
        held.append(_held(scene, agendas[scene.agenda], story, known, held, random, zone))
    return Year(story, pipeline, people, tuple(held))


def _held(
    scene: Scene,
    agenda: Agenda,
    story: Story,
    known: Known,
    before: list[Minutes],
    random: Random,
    zone: tzinfo | None,
) -> Minutes:
    day = known.calendar.at(scene.at)
    period = last_complete(agenda.period, day)
    meeting = draft_meeting(
        agenda,
        meeting_id=f"{day.isoformat()}-{agenda.id}",
        day=day,
        language=story.language,
        team=story.pick(story.team["name"]),
        currency=story.pick(story.team["currency"]),
        period=PeriodTable(since=period.since, until=period.until),
    )
    meeting = replace(meeting, open_items=open_items(before, day))
    metrics = _metrics(scene, period, story, known, random)
    began = _instant(day, HOURS[agenda.id], zone) + timedelta(seconds=random.randint(8, 170))
    return Played(scene, known, metrics, random, _next_date(scene, day, known.calendar)).minutes(
        meeting, began
    )


def _people(story: Story) -> dict[str, Participant]:
    people: dict[str, Participant] = {}
    for raw in story.team["person"]:
        name = story.pick(raw["name"])
        an_id = person_id(name, {one.id for one in people.values()})
        people[raw["key"]] = Participant(id=an_id, name=name, function=raw["function"])
    return people


def _instant(day: Date, hour: time, zone: tzinfo | None) -> datetime:
    """That hour on that day with the offset that holds there."""
    moment = datetime.combine(day, hour, zone)
    return moment.astimezone() if zone is None else moment


def _next_date(scene: Scene, day: Date, calendar: Calendar) -> Date | None:
    if scene.agenda == "monthly-reflection":
        return next(one for one in calendar.monthly if one > day)
    if scene.agenda == "weekly-call":
        return day + timedelta(days=7)
    return day + timedelta(days=91) if scene.agenda == "quarterly-learning" else None


# -- figures ---------------------------------------------------------------------------------------------


def _metrics(scene: Scene, period: Period, story: Story, known: Known, random: Random) -> tuple[Metric, ...]:
    """The figures of the pipeline for what the meeting looks back on; the weekly call has one of its own."""
    if scene.agenda == "weekly-call":
        return (_calls(story, random),)
    if scene.agenda not in ("monthly-reflection", "quarterly-learning"):
        return ()
    calendar = known.calendar
    months = sum(one <= calendar.at(scene.at) for one in calendar.monthly[1:])
    times = 3 if scene.agenda == "quarterly-learning" else 1
    found = {figure.id: figure for figure in figures(known.pipeline.deals, period)}
    metrics = [
        _metric(raw, found[raw["id"]], story, months, times)
        for raw in story.team["metric"]
        if raw["id"] in found
    ]
    return (*metrics, _roadmap(story, months))


def _metric(raw: Raw, figure: PipelineFigure, story: Story, months: int, times: int) -> Metric:
    """`times`: a quarter's target is three months' worth, where it is an amount or a number."""
    target = raw["target"][0 if months <= 6 else 1]
    if times > 1 and figure.unit == "currency":
        target = f"{times * float(target):.2f}"
    elif times > 1 and figure.unit == "count":
        target = str(times * int(target))
    return Metric(
        id=figure.id,
        label=story.pick(raw["label"]),
        unit=figure.unit,
        currency=figure.currency,
        actual=figure.now.value,
        target=target,
        previous=figure.before.value if figure.before else "",
        n=figure.now.n if figure.unit in ("percent", "days") else None,
        better=figure.better,
    )


def _roadmap(story: Story, months: int) -> Metric:
    """What the team counts by itself, since its experiment with the roadmap."""
    raw = story.team["roadmap"]
    values = [0, *raw["values"]]
    return Metric(
        id=raw["id"],
        label=story.pick(raw["label"]),
        unit="percent",
        actual=str(values[months]),
        target=raw["target"],
        previous=str(values[months - 1]),
    )


def _calls(story: Story, random: Random) -> Metric:
    raw = story.team["calls"]
    return Metric(
        id=raw["id"],
        label=story.pick(raw["label"]),
        unit="count",
        actual=str(random.randint(5, 11)),
        target=raw["target"],
        previous=str(random.randint(5, 10)),
    )
