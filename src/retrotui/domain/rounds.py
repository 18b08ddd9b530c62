"""Repeated steps: one table a round, made when the step takes the floor and it is known how many there are.

Owns how `repeat` (a number, "person", "deal", "note") becomes rounds and how their time is shared.
Must not move the floor. Source: files.md, "A step may also say".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrotui.domain.agenda import Step
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Minutes, StepRun, change

MAX_ROUNDS = 60
"""More rounds than a meeting can hold are a slip of the keyboard."""


def with_rounds(meeting: Meeting, step: StepRun) -> Minutes:
    """The minutes in which `step`, a repeated one, is the first of its rounds and the others follow it.

    Nothing changes where the step is not repeated, or has its rounds already.
    """
    minutes, agenda_step = meeting.minutes, meeting.agenda_step_of(step)
    if agenda_step is None or not agenda_step.repeat or step.of or step.round is not None:
        return minutes
    subjects = _subjects(meeting, agenda_step)
    if not subjects:
        return minutes
    planned = _seconds_each(agenda_step, step, len(subjects))
    rounds = [
        change(
            step,
            id=step.id if number == 1 else f"{step.id}-{number}",
            of="" if number == 1 else step.id,
            round=number,
            planned_s=planned,
            **({"spans": (), "state": "pending", "floor": (), "deals": ()} if number > 1 else {}),
            **subject,
        )
        for number, subject in enumerate(subjects, start=1)
    ]
    position = minutes.step.index(next(one for one in minutes.step if one.id == step.id))
    return change(minutes, step=(*minutes.step[:position], *rounds, *minutes.step[position + 1 :]))


def _subjects(meeting: Meeting, step: Step) -> Sequence[Mapping[str, object]]:
    """What each round is about: a person, a deal, a note, or nothing but its number."""
    minutes = meeting.minutes
    if isinstance(step.repeat, int):
        return [{} for _ in range(min(step.repeat, MAX_ROUNDS))]
    if step.repeat == "person":
        return [{"person": person.id} for person in minutes.participant if person.present][:MAX_ROUNDS]
    if step.repeat == "deal":
        return [{"deals": (deal.id,)} for deal in minutes.deal][:MAX_ROUNDS]
    notes = [note for note in minutes.note if note.step == step.of and not note.group]
    return [{"note": note.id} for note in sorted(notes, key=lambda note: -note.votes)][:MAX_ROUNDS]


def _seconds_each(agenda_step: Step, step: StepRun, rounds: int) -> int | None:
    """`minutes` each, capped by `total_minutes`; that alone is shared evenly."""
    total = agenda_step.total_minutes
    each = agenda_step.minutes
    if each is None:
        return round(total * 60 / rounds) if total is not None else step.planned_s
    if total is not None:
        each = min(each, total / rounds)
    return round(each * 60)
