"""The end of a meeting: what is missing before it closes, and the summary of what it was.

Owns the list of gaps and the figures of the summary. Pure functions; nothing here changes a meeting.
Source: meeting.md, "Beginning and end".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from retrotui.domain import timebox
from retrotui.domain.agenda import StepKind
from retrotui.domain.followup import lacks, waiting
from retrotui.domain.meeting import Meeting
from retrotui.domain.roundtable import only_sales
from retrotui.errors import Message, msg, plural

GapKind = Literal[
    "source",
    "unsorted",
    "owner",
    "due",
    "idea",
    "verdict",
    "no_factors",
    "parked",
    "next_date",
    "only_sales",
]


@dataclass(frozen=True, slots=True)
class Gap:
    """One line before closing: what is missing, and the entries (or items, or deals) that it is about."""

    kind: GapKind
    what: Message
    about: tuple[str, ...] = ()


def experiment_gaps(meeting: Meeting) -> Iterator[Gap]:
    """What is shown when `experiments` is left: the new ones that lack what they need."""
    for one in meeting.minutes.experiment:
        if missing := lacks(meeting.agenda, one):
            what = plural(
                "{title}: {n} detail is missing, it stays an idea",
                "{title}: {n} details are missing, it stays an idea",
                len(missing),
                title=one.title,
            )
            yield Gap("idea", what, (one.id,))


def gaps(meeting: Meeting) -> tuple[Gap, ...]:
    """Everything else that a meeting leaves open, a line each; nobody has to mend any of it."""
    return tuple(_gaps(meeting))


def open_ends(meeting: Meeting) -> tuple[Gap, ...]:
    """All that is shown before closing, in its order: the wall counts the same lines as the question lists."""
    return (*experiment_gaps(meeting), *gaps(meeting))


def _gaps(meeting: Meeting) -> Iterator[Gap]:
    minutes = meeting.minutes
    had_followup = any(step.kind == StepKind.FOLLOWUP and step.spans for step in minutes.step)
    if had_followup and (late := waiting(meeting)):
        what = plural("{n} without a verdict: carried", "{n} without a verdict: carried", len(late))
        yield Gap("verdict", what, tuple(one.id for one in late))
    if unsorted := [one.id for one in minutes.factor if not one.factor]:
        yield Gap(
            "unsorted",
            plural("{n} factor is unsorted", "{n} factors are unsorted", len(unsorted)),
            tuple(unsorted),
        )
    if unsourced := [one.id for one in minutes.factor if not one.source]:
        what = plural("{n} factor without a source", "{n} factors without a source", len(unsourced))
        yield Gap("source", what, tuple(unsourced))
    touched = {deal for step in minutes.step for deal in step.deals}
    spoken = {one.deal for one in minutes.factor}
    if bare := [one.id for one in minutes.deal if one.id in touched and one.id not in spoken]:
        what = plural("{n} deal without a factor", "{n} deals without a factor", len(bare))
        yield Gap("no_factors", what, tuple(bare))
    if unowned := [one.id for one in minutes.action if not (one.owner or one.owner_text)]:
        what = plural("{n} action without an owner", "{n} actions without an owner", len(unowned))
        yield Gap("owner", what, tuple(unowned))
    if undated := [one.id for one in minutes.action if one.due is None]:
        yield Gap(
            "due",
            plural("{n} action without a date", "{n} actions without a date", len(undated)),
            tuple(undated),
        )
    if minutes.parked:
        what = plural("{n} topic is parked", "{n} topics are parked", len(minutes.parked))
        yield Gap("parked", what, minutes.parked)
    if (
        minutes.next_date is None
        and meeting.agenda.loop
        and any(step.kind == "close" for step in minutes.step)
    ):
        yield Gap("next_date", msg("There is no next date yet."))
    if only_sales(meeting):
        yield Gap("only_sales", msg("Nobody from outside sales was here. Whom do we invite next time?"))


@dataclass(frozen=True, slots=True)
class StepLine:
    """Planned and spent seconds of one step, for the summary."""

    title: str
    planned_s: int | None
    spent_s: int
    skipped: bool


def step_lines(meeting: Meeting, now: datetime) -> tuple[StepLine, ...]:
    end = meeting.minutes.ended or now
    return tuple(
        StepLine(step.title, step.planned_s, timebox.spent(step, end), step.state == "skipped")
        for step in meeting.minutes.step
        if step.planned_s != 0 or step.spans
    )
