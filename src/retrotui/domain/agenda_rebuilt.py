"""The agenda that a meeting's own minutes still tell, where its file is gone.

Owns the way back from steps that were run to steps that can be run. What the minutes do not hold (prompts, columns,
choices) is lost; where a rule protects people or time, the strict one is taken. Must not read files.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ValidationError

from retrotui.domain.agenda import Agenda, CountsAs, Field, Step, StepKind
from retrotui.domain.minutes import Minutes, StepRun
from retrotui.domain.words import Words

WEEK_DAYS, MONTH_DAYS = 10, 45
"""A period of at most so many days is a week, or a month; a longer one is a quarter."""


def agenda_from(minutes: Minutes) -> Agenda:
    """An agenda with the steps of these minutes, rounds and steps added on the spot left out."""
    planned = [run for run in minutes.step if not run.of and not run.added]
    steps = [step for run in planned if (step := _step(minutes, run)) is not None]
    found = Agenda(
        id="rebuilt",
        title=Words.of(minutes.title or minutes.agenda.id),
        version=max(1, minutes.agenda.version),
        period=_period(minutes),
        loop=any(step.kind is StepKind.FOLLOWUP for step in steps),
        steps=tuple(steps),
    )
    # the minutes' word for it stays, whatever it is
    return found.model_copy(update={"id": minutes.agenda.id})


def _step(minutes: Minutes, run: StepRun) -> Step | None:
    """None for an id that no agenda could have: the step is run like one that was added on the spot."""
    kind = StepKind(run.kind) if run.kind in set(StepKind) else StepKind.NOTES
    try:
        return Step(
            id=run.id,
            kind=kind,
            title=Words.of(run.title or run.id),
            minutes=None if run.planned_s is None else run.planned_s / 60,
            counts_as=CountsAs(run.counts_as),
            cap=kind is StepKind.NUMBERS,
            # the file may have said so; what was not to be written must not be written now
            confidential=kind is StepKind.CASE,
            fields=_fields(minutes, run.id),
        )
    except ValidationError:
        return None


def _fields(minutes: Minutes, step_id: str) -> tuple[Field, ...]:
    """What was taken down beyond notes can be changed, as text."""
    labels = {one.id: one.label or one.id for one in minutes.field if one.step == step_id}
    return tuple(Field(id=an_id, label=Words.of(label)) for an_id, label in labels.items())


def _period(minutes: Minutes) -> Literal["week", "month", "quarter"]:
    if minutes.period is None:
        return "month"
    days = (minutes.period.until - minutes.period.since).days + 1
    return "week" if days <= WEEK_DAYS else "month" if days <= MONTH_DAYS else "quarter"
