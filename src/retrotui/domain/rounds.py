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
    planned = _shared(_seconds_of_all(agenda_step, step, len(subjects)), len(subjects))
    replanned = _shared(step.replanned_s, len(subjects))
    taken = {one.id for one in minutes.step}
    rounds = []
    for number, subject in enumerate(subjects, start=1):
        values: dict[str, object] = {"round": number, **subject}
        values |= {"planned_s": planned[number - 1], "replanned_s": replanned[number - 1]}
        if number > 1:
            values |= {"id": _fresh_id(step.id, number, taken), "of": step.id, **UNSPENT}
        rounds.append(change(step, **values))
        taken.add(rounds[-1].id)
    position = [one.id for one in minutes.step].index(step.id)
    return change(minutes, step=(*minutes.step[:position], *rounds, *minutes.step[position + 1 :]))


UNSPENT: Mapping[str, object] = {"spans": (), "spent_s": 0, "extended_s": 0, "state": "pending", "floor": ()}
"""What a round that has not begun does not take over from the first."""


def _fresh_id(step_id: str, number: int, taken: set[str]) -> str:
    """`case-2` for the second round, or the next number that nobody has."""
    while f"{step_id}-{number}" in taken:
        number += 1
    return f"{step_id}-{number}"


def _subjects(meeting: Meeting, step: Step) -> Sequence[Mapping[str, object]]:
    """What each round is about: a person, a deal, a note, or nothing but its number."""
    minutes = meeting.minutes
    if isinstance(step.repeat, int):
        return [{} for _ in range(step.repeat)]
    if step.repeat == "person":
        return [{"person": person.id} for person in minutes.participant if person.present][:MAX_ROUNDS]
    if step.repeat == "deal":
        return [{"deals": (deal.id,)} for deal in minutes.deal][:MAX_ROUNDS]
    sources = {one.id for one in minutes.step if step.of in (one.id, one.of)}
    notes = [note for note in minutes.note if note.step in sources and not note.group]
    return [{"note": note.id} for note in sorted(notes, key=lambda note: -note.votes)][:MAX_ROUNDS]


def _seconds_of_all(agenda_step: Step, step: StepRun, rounds: int) -> int | None:
    """Planned seconds of all rounds together: `minutes` (or the parts') each, capped by `total_minutes`.

    Where the plan has the whole already (a number of rounds, `total_minutes` alone, a `share`, free time), it stays.
    A meeting that was scaled to another length scales its rounds.
    """
    own = agenda_step.own_minutes
    each = agenda_step.minutes
    if each is None and agenda_step.parts and all(part.minutes is not None for part in agenda_step.parts):
        each = sum(part.minutes or 0 for part in agenda_step.parts)
    if isinstance(agenda_step.repeat, int) or each is None or not own or step.planned_s is None:
        return step.planned_s
    whole = each * rounds
    if agenda_step.total_minutes is not None:
        whole = min(whole, agenda_step.total_minutes)
    return round(whole * step.planned_s / own)


def _shared(whole: int | None, rounds: int) -> list[int | None]:
    """Seconds shared evenly, the first rounds taking the odd ones; None stays None."""
    if whole is None:
        return [None] * rounds
    each, odd = divmod(whole, rounds)
    return [each + (1 if index < odd else 0) for index in range(rounds)]
