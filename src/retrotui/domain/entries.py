"""What is said becomes an entry: from the reading of a line to the tables of the minutes.

Owns which table a reading goes to, and to which deal, item, column or field of the step. How a line is read is
`capture`'s; changing entries is `corrections`'. Must not refuse words: what has no better place is a note.
Source: meeting.md, "The capture line", "The kinds of step".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime

from retrotui.domain import capture, floor, followup, pacing, roundtable
from retrotui.domain.agenda import Step, StepKind
from retrotui.domain.capture_reading import Context, Reading
from retrotui.domain.factors import FactorList
from retrotui.domain.fields import answer, field_value, growing_field, typed_field
from retrotui.domain.loss_reasons import proposed_factors
from retrotui.domain.meeting import Meeting, commit, next_id
from retrotui.domain.minutes import (
    Action,
    Entry,
    Experiment,
    FactorUse,
    Lesson,
    Metric,
    Minutes,
    Note,
    Quote,
    change,
)
from retrotui.domain.text import NOTE_LIMIT, clean
from retrotui.errors import Message, Refused, msg


def context(
    meeting: Meeting, factors: FactorList, selected: str = "", now: datetime | None = None
) -> Context:
    """What the capture line needs to know to read what is typed in this step now.

    Without `now` nothing is known of time: no vote is asked for.
    """
    minutes = meeting.minutes
    here = {person.id for person in minutes.participant}
    known = tuple(change(person, present=False) for person in meeting.known_people if person.id not in here)
    empty = typed_field(meeting)
    deal = meeting.deal_at_hand
    return Context(
        today=minutes.date,
        kind=meeting.step.kind,
        people=(*minutes.participant, *known),
        factors=factors,
        deal_on_floor=meeting.deal is not None,
        deal_at_hand=deal is not None,
        item_selected=bool(selected),
        field=empty.id if empty else "",
        adds_to=growing_field(meeting),
        next_date=minutes.next_date,
        voting=now is not None and pacing.asks_to_go_on(meeting, now),
        language=minutes.language,
        proposed=proposed_factors(deal.reason_raw) if deal is not None else (),
    )


WHISPERED = ("note", "factor", "quote", "remark", "happened")
"""What a confidential step never writes; its lessons, actions, experiments and answers are written."""


@dataclass(frozen=True, slots=True)
class Said:
    """One reading, what was selected when it was said, and when that was."""

    reading: Reading
    selected: str
    now: datetime


# -- saying ------------------------------------------------------------------------------------------------


def say(meeting: Meeting, text: str, *, factors: FactorList, selected: str = "", now: datetime) -> Meeting:
    """Enter: everything that the text reads as is taken down. An empty text changes nothing."""
    if (which := tallied(meeting)) and roundtable.is_tally(text):
        return roundtable.tally(meeting, which, text, now)
    for line in text.split("\n") if "\n" in text else [text]:
        for reading in capture.read(line, context(meeting, factors, selected, now)):
            meeting = _taken_down(meeting, line, reading, selected, now)
    return meeting


def _taken_down(meeting: Meeting, line: str, reading: Reading, selected: str, now: datetime) -> Meeting:
    """One reading as an entry; words that a rule has no place for (a sixth figure) are kept as a note."""
    try:
        return record(meeting, reading, selected=selected, now=now)
    except Refused:
        return record(meeting, Reading(kind="note", text=clean(line.strip(), limit=NOTE_LIMIT).text), now=now)


def tallied(meeting: Meeting) -> roundtable.TallyOf | None:
    """What digits alone mean in this step."""
    step = meeting.agenda_step
    if meeting.step.kind == StepKind.CLOSE:
        return "worth"
    if meeting.step.kind == StepKind.CHECKIN and (step is None or step.safety):
        return "safety"
    return None


def record(meeting: Meeting, reading: Reading, *, selected: str = "", now: datetime) -> Meeting:
    """One reading becomes one entry, in the table that its kind names."""
    if meeting.is_confidential and reading.kind in WHISPERED:
        return whisper(meeting, reading, selected, now)
    return RECORDERS[reading.kind](meeting, Said(reading, selected, now))


def whisper(meeting: Meeting, reading: Reading, selected: str, now: datetime) -> Meeting:
    """A note of a confidential step: on the wall and in memory, never in a file."""
    meeting, entry_id = next_id(meeting, "whisper")
    column = _column(meeting.agenda_step, selected)
    note = Note(id=entry_id, at=now, step=meeting.step.id, column=column, text=reading.text)
    return commit(meeting, meeting.minutes, msg("the note"), now, whispers=(*meeting.whispers, note))


def _add(meeting: Meeting, table: str, entry: object, label: Message, now: datetime) -> Meeting:
    minutes: Minutes = change(meeting.minutes, **{table: (*getattr(meeting.minutes, table), entry)})
    return commit(meeting, followup.refreshed(minutes), label, now)


def _deal_id(meeting: Meeting) -> str:
    deal = meeting.deal_at_hand
    return deal.id if deal else ""


def _factor(meeting: Meeting, said: Said) -> Meeting:
    if meeting.deal_at_hand is None:
        return _note(meeting, said)
    meeting, entry_id = next_id(meeting, "factor")
    entry = FactorUse(
        id=entry_id,
        at=said.now,
        step=meeting.step.id,
        deal=_deal_id(meeting),
        factor=said.reading.factor,
        effect=said.reading.effect or "hurt",
        weight=said.reading.weight,
        source=said.reading.source,
        text=said.reading.text,
    )
    return _add(meeting, "factor", entry, msg("the factor"), said.now)


def _quote(meeting: Meeting, said: Said) -> Meeting:
    meeting, entry_id = next_id(meeting, "quote")
    entry = Quote(
        id=entry_id, at=said.now, step=meeting.step.id, deal=_deal_id(meeting), text=said.reading.text
    )
    return _add(meeting, "quote", entry, msg("the buyer's words"), said.now)


def _note(meeting: Meeting, said: Said) -> Meeting:
    meeting, entry_id = next_id(meeting, "note")
    step = meeting.agenda_step
    entry = Note(
        id=entry_id,
        at=said.now,
        step=meeting.step.id,
        deal=meeting.deal.id if meeting.deal else "",
        part=_part_number(meeting, step),
        column=_column(step, said.selected),
        experiment=said.selected if said.reading.kind == "happened" else "",
        ask=said.reading.ask,
        text=said.reading.text,
    )
    return _add(meeting, "note", entry, msg("the note"), said.now)


def _part_number(meeting: Meeting, step: Step | None) -> str:
    now = meeting.minutes.now
    if step is None or now is None or not step.parts:
        return ""
    return str(min(now.part, len(step.parts)))


def _column(step: Step | None, selected: str) -> str:
    """The column that text goes to: the one chosen, else the first."""
    if step is None or not step.columns:
        return ""
    ids = [column.id for column in step.columns]
    return selected if selected in ids else ids[0]


def _lesson(meeting: Meeting, said: Said) -> Meeting:
    meeting, entry_id = next_id(meeting, "lesson")
    entry = Lesson(
        id=entry_id,
        at=said.now,
        step=meeting.step.id,
        text=said.reading.text,
        deals=_deals_of_lesson(meeting, said.reading.factors),
        factors=said.reading.factors,
        experiment=said.selected if meeting.step.kind == StepKind.FOLLOWUP else "",
    )
    return _add(meeting, "lesson", entry, msg("the lesson"), said.now)


def _deals_of_lesson(meeting: Meeting, factors: tuple[str, ...]) -> tuple[str, ...]:
    """Where a lesson comes from: the deal on the floor; elsewhere the deals on which its factors were used."""
    if meeting.step.kind == StepKind.FOLLOWUP:
        return ()
    if meeting.deal is not None:
        return (meeting.deal.id,)
    used = [one.deal for one in meeting.minutes.factor if one.factor in factors and one.deal]
    return tuple(dict.fromkeys(used))


def _experiment(meeting: Meeting, said: Said) -> Meeting:
    meeting, entry_id = next_id(meeting, "experiment")
    entry = Experiment(
        id=entry_id,
        at=said.now,
        step=meeting.step.id,
        title=said.reading.text,
        owner=said.reading.owner,
        owner_text="" if said.reading.owner else said.reading.owner_text,
        due=said.reading.due or _usual_due(meeting),
    )
    if meeting.step.kind == StepKind.EXPERIMENTS:
        entry = followup.settled(meeting, entry)
    return _add(meeting, "experiment", entry, msg("the experiment"), said.now)


def _usual_due(meeting: Meeting) -> Date | None:
    """Until when, where nobody says: the next meeting, once its date is known."""
    return meeting.minutes.next_date if meeting.step.kind == StepKind.EXPERIMENTS else None


def _action(meeting: Meeting, said: Said) -> Meeting:
    meeting, entry_id = next_id(meeting, "action")
    entry = Action(
        id=entry_id,
        at=said.now,
        step=meeting.step.id,
        text=said.reading.text,
        owner=said.reading.owner,
        owner_text="" if said.reading.owner else said.reading.owner_text,
        due=said.reading.due,
    )
    return _add(meeting, "action", entry, msg("the action"), said.now)


def _parked(meeting: Meeting, said: Said) -> Meeting:
    minutes = change(meeting.minutes, parked=(*meeting.minutes.parked, said.reading.text))
    return commit(meeting, minutes, msg("the parked topic"), said.now)


def _arrival(meeting: Meeting, said: Said) -> Meeting:
    if said.reading.person:
        meeting = roundtable.set_present(meeting, said.reading.person, True, said.now)
        return roundtable.with_function(meeting, said.reading.person, said.reading.function)
    return roundtable.arrive(meeting, said.reading.name, said.reading.function, said.now)


def _departure(meeting: Meeting, said: Said) -> Meeting:
    return roundtable.set_present(meeting, said.reading.person, False, said.now)


def _metric(meeting: Meeting, said: Said) -> Meeting:
    metric = Metric(
        id=floor.metric_id(said.reading.label),
        label=said.reading.label,
        unit=said.reading.unit,
        currency=(said.reading.currency or meeting.minutes.currency)
        if said.reading.unit == "currency"
        else "",
        actual=said.reading.actual,
        target=said.reading.target,
        better=said.reading.better,
    )
    return floor.put_metric(meeting, metric, said.now)


def _new_deal(meeting: Meeting, said: Said) -> Meeting:
    return floor.typed_deal(
        meeting,
        said.reading.account,
        said.reading.outcome,
        said.reading.amount or None,
        said.reading.currency,
        said.now,
    )


ADDED = " · "
"""Between what a field has and what is added to it."""


def _field(meeting: Meeting, said: Said) -> Meeting:
    field, words = said.reading.field, said.reading.text
    if said.reading.mark == "+":
        words = clean(f"{field_value(meeting, field)}{ADDED}{words}", limit=NOTE_LIMIT).text
    return answer(meeting, field, words, said.now)


def _next_date(meeting: Meeting, said: Said) -> Meeting:
    return commit(
        meeting, change(meeting.minutes, next_date=said.reading.due), msg("the next date"), said.now
    )


def _remark(meeting: Meeting, said: Said) -> Meeting:
    return roundtable.remark(meeting, said.reading.text, said.now)


def _vote(meeting: Meeting, said: Said) -> Meeting:
    return pacing.vote_to_go_on(meeting, said.reading.ayes, said.reading.noes, said.now)


RECORDERS: dict[str, Callable[[Meeting, Said], Meeting]] = {
    "factor": _factor,
    "quote": _quote,
    "lesson": _lesson,
    "learned": _lesson,
    "experiment": _experiment,
    "action": _action,
    "note": _note,
    "happened": _note,
    "parked": _parked,
    "arrival": _arrival,
    "participant": _arrival,
    "departure": _departure,
    "metric": _metric,
    "new_deal": _new_deal,
    "field": _field,
    "next_date": _next_date,
    "remark": _remark,
    "vote": _vote,
}


def in_order(meeting: Meeting) -> list[Entry]:
    """All entries, whispers too, as they were said; of one second, in the order in which they came.

    Entries of an earlier run of the program that share a second stand in the order of their kinds.
    """
    return sorted(
        (*meeting.minutes.entries(), *meeting.whispers),
        key=lambda entry: (entry.at, meeting.said.get(entry.id, -1)),
    )
