"""Second thoughts: editing, deleting, voting, putting together, and making one kind of entry out of another.

Owns changes to what was said. All of it can be taken back. Must not read a line by itself: `capture` does.
Source: meeting.md, "Keys" (after Esc).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from retrotui.domain import capture, entries, floor, followup
from retrotui.domain.agenda import StepKind
from retrotui.domain.capture_reading import Context, Reading
from retrotui.domain.capture_writing import write
from retrotui.domain.factors import FactorList
from retrotui.domain.meeting import Meeting, commit
from retrotui.domain.minutes import (
    ENTRY_KINDS,
    ENTRY_TABLES,
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
from retrotui.errors import Message, Refused, msg

PARKED, REMARK, METRIC = "parked:", "remark:", "metric:"
"""How the screen names what has no id of its own: `parked:0`, `remark:2`, `metric:revenue`."""


def found(meeting: Meeting, entry_id: str) -> Entry:
    """The entry, a whisper included. Raises Refused when it is gone."""
    entry = _here(meeting, entry_id)
    if entry is None:
        raise Refused(msg("This entry is not there any more."))
    return entry


def _here(meeting: Meeting, entry_id: str) -> Entry | None:
    return meeting.minutes.find_entry(entry_id) or next(
        (one for one in meeting.whispers if one.id == entry_id), None
    )


def line_of(meeting: Meeting, entry_id: str, factors: FactorList, selected: str = "") -> str:
    """The entry as it could be typed: `- Preis spät #preis *2 /kunde`."""
    minutes = meeting.minutes
    if entry_id.startswith(PARKED):
        return f"& {minutes.parked[int(entry_id[len(PARKED) :])]}"
    if entry_id.startswith(REMARK):
        return minutes.worth.remarks[int(entry_id[len(REMARK) :])] if minutes.worth else ""
    if (metric := _metric(meeting, entry_id)) is not None:
        figures = Reading(
            kind="metric",
            label=metric.label,
            actual=metric.actual,
            target=metric.target,
            unit=metric.unit,
            currency=metric.currency,
            better=metric.better,
        )
        return write(figures, entries.context(meeting, factors, selected))
    entry = found(meeting, entry_id)
    return write(_reading_of(entry), _as_written(entries.context(meeting, factors, selected), entry))


def _reading_of(entry: Entry) -> Reading:
    """The entry as the reading that it could have come from."""
    match entry:
        case FactorUse():
            return Reading(
                kind="factor",
                text=entry.text,
                effect=entry.effect,
                factor=entry.factor,
                weight=entry.weight,
                source=entry.source,
            )
        case Quote():
            return Reading(kind="quote", text=entry.text)
        case Note():
            return Reading(kind="happened" if entry.experiment else "note", text=entry.text, ask=entry.ask)
        case Lesson():
            return Reading(
                kind="learned" if entry.experiment else "lesson", text=entry.text, factors=entry.factors
            )
        case Action():
            return Reading(
                kind="action", text=entry.text, owner=entry.owner, owner_text=entry.owner_text, due=entry.due
            )
        case Experiment():
            return Reading(
                kind="experiment",
                text=entry.title,
                owner=entry.owner,
                owner_text=entry.owner_text,
                due=entry.due,
            )
    raise Refused(msg("This entry cannot be edited here."))


def _metric(meeting: Meeting, entry_id: str) -> Metric | None:
    """The figure that the screen calls `metric:ID`; None where it is none, or gone."""
    return next((one for one in meeting.minutes.metric if f"{METRIC}{one.id}" == entry_id), None)


def last_entry(meeting: Meeting) -> str:
    """The id of the entry said last in this step; empty for none. `↑` on an empty line edits it.

    Where a step has none, its last figure or remark, which know no time.
    """
    here = [one for one in entries.in_order(meeting) if one.step == meeting.step.id]
    if here:
        return here[-1].id
    kind, minutes = meeting.step.kind, meeting.minutes
    if kind == StepKind.NUMBERS and minutes.metric:
        return f"{METRIC}{minutes.metric[-1].id}"
    if kind == StepKind.CLOSE and minutes.worth and minutes.worth.remarks:
        return f"{REMARK}{len(minutes.worth.remarks) - 1}"
    return ""


def _without(meeting: Meeting, entry_id: str) -> Minutes:
    """The minutes without the entry; what was put together with it stands alone again."""
    minutes = meeting.minutes
    if entry_id.startswith(PARKED):
        position = int(entry_id[len(PARKED) :])
        return change(minutes, parked=_drop(minutes.parked, position))
    if entry_id.startswith(REMARK) and minutes.worth:
        position = int(entry_id[len(REMARK) :])
        return change(minutes, worth=change(minutes.worth, remarks=_drop(minutes.worth.remarks, position)))
    tables: dict[str, tuple[Any, ...]] = {}
    for kind in ENTRY_KINDS:
        kept = []
        for entry in getattr(minutes, kind):
            if entry.id == entry_id:
                continue
            if getattr(entry, "group", "") == entry_id:
                entry = change(entry, group="")
            if isinstance(entry, Experiment) and entry_id in entry.lessons:
                entry = change(entry, lessons=tuple(one for one in entry.lessons if one != entry_id))
            kept.append(entry)
        tables[kind] = tuple(kept)
    return followup.refreshed(change(minutes, **tables), before=minutes)


def _drop(items: tuple[str, ...], position: int) -> tuple[str, ...]:
    return items[:position] + items[position + 1 :]


def delete(meeting: Meeting, entry_id: str, now: datetime) -> Meeting:
    """The entry goes; its id is never given again."""
    if entry_id.startswith(METRIC):
        return floor.drop_metric(meeting, entry_id[len(METRIC) :], now)
    whispers = _whispers_without(meeting, entry_id)
    if not entry_id.startswith((PARKED, REMARK)):
        found(meeting, entry_id)
    return commit(meeting, _without(meeting, entry_id), msg("the deletion"), now, whispers=whispers)


def _whispers_without(meeting: Meeting, entry_id: str) -> tuple[Note, ...]:
    left = (one for one in meeting.whispers if one.id != entry_id)
    return tuple(change(one, group="") if one.group == entry_id else one for one in left)


def _is_whisper(meeting: Meeting, entry_id: str) -> bool:
    return any(one.id == entry_id for one in meeting.whispers)


def _changed(meeting: Meeting, new: Entry, label: Message, now: datetime) -> Meeting:
    """This entry in the place of the one with its id, a whisper among the whispers."""
    if not _is_whisper(meeting, new.id):
        return commit(meeting, replaced(meeting, new), label, now)
    whispers = tuple(new if one.id == new.id else one for one in meeting.whispers)
    return commit(meeting, meeting.minutes, label, now, whispers=whispers)


def replaced(meeting: Meeting, new: Entry) -> Minutes:
    """The minutes with this entry in the place of the one with its id."""
    kind = ENTRY_TABLES[type(new)]
    table = tuple(new if old.id == new.id else old for old in getattr(meeting.minutes, kind))
    return followup.refreshed(change(meeting.minutes, **{kind: table}), before=meeting.minutes)


def rewrite(
    meeting: Meeting, entry_id: str, text: str, *, factors: FactorList, selected: str = "", now: datetime
) -> Meeting:
    """The entry as it reads now. Where it reads as another kind it becomes that; an empty line changes nothing.

    One that is gone meanwhile (an undo) is said anew: what was typed is not lost.
    """
    context = entries.context(meeting, factors, selected)
    if entry_id.startswith((PARKED, REMARK)):
        return _said_anew(meeting, entry_id, text, factors, selected, now)
    if (metric := _metric(meeting, entry_id)) is not None:
        read = capture.read(text, context)
        if [(one.kind, floor.metric_id(one.label)) for one in read] != [("metric", metric.id)]:
            return _said_anew(meeting, entry_id, text, factors, selected, now)
    elif _is_whisper(meeting, entry_id) or meeting.minutes.find_entry(entry_id) is not None:
        return _rewritten(meeting, entry_id, text, factors, selected, now)
    return entries.say(meeting, text, factors=factors, selected=selected, now=now)


def _rewritten(
    meeting: Meeting, entry_id: str, text: str, factors: FactorList, selected: str, now: datetime
) -> Meeting:
    """The first line is the entry; the others, of a paste, are said as if they had been typed after it."""
    old = found(meeting, entry_id)
    context = _as_written(entries.context(meeting, factors, selected), old)
    lines = text.splitlines()
    readings = [capture.read(line, context) for line in lines]
    first = next((at for at, reading in enumerate(readings) if reading), None)
    if first is None:
        return meeting
    new = _same_kind(old, readings[first][0])
    if new is None:
        return _said_anew(meeting, entry_id, text, factors, selected, now)
    if isinstance(new, Experiment):
        new = followup.settled(meeting, new)
    meeting = _changed(meeting, new, msg("the change"), now)
    later = "\n".join(lines[first + 1 :])
    return entries.say(meeting, later, factors=factors, selected=selected, now=now) if later else meeting


def _as_written(context: Context, old: Entry) -> Context:
    """`capture.write` writes an entry for the step in which it is edited: it is read there as well."""
    return replace(context, deal_at_hand=True) if isinstance(old, FactorUse | Quote) else context


def _said_anew(
    meeting: Meeting, entry_id: str, text: str, factors: FactorList, selected: str, now: datetime
) -> Meeting:
    """The old entry goes, and the text is taken down in its place: one change, one undo."""
    past = meeting.past
    cleared = delete(meeting, entry_id, now)
    said = entries.say(cleared, text, factors=factors, selected=selected, now=now)
    if said is cleared:
        return meeting
    last = replace(
        said.past[-1], before=meeting.minutes, label=msg("the change"), whispers_before=meeting.whispers
    )
    return replace(said, past=(*past, last))


def _same_kind(old: Entry, reading: Reading) -> Entry | None:
    """The old entry with what the line says now; None where the line reads as something else."""
    kind = reading.kind
    owner = {"owner": reading.owner, "owner_text": "" if reading.owner else reading.owner_text}
    if isinstance(old, FactorUse) and kind == "factor":
        return change(
            old,
            text=reading.text,
            effect=reading.effect or old.effect,
            factor=reading.factor,
            weight=reading.weight,
            source=reading.source,
        )
    if isinstance(old, Quote) and kind == "quote":
        return change(old, text=reading.text)
    if isinstance(old, Note) and kind in ("note", "happened"):
        return change(old, text=reading.text, ask=reading.ask)
    if isinstance(old, Lesson) and kind in ("lesson", "learned"):
        return change(old, text=reading.text, factors=reading.factors)
    if isinstance(old, Action) and kind == "action":
        return change(old, text=reading.text, due=reading.due, **owner)
    if isinstance(old, Experiment) and kind == "experiment":
        return change(old, title=reading.text, due=reading.due, **owner)
    return None


def set_values(meeting: Meeting, entry_id: str, now: datetime, **values: Any) -> Meeting:
    """One part of an entry said later: a source, a factor, an owner, a date."""
    entry = change(found(meeting, entry_id), **values)
    if isinstance(entry, Experiment):
        entry = followup.settled(meeting, entry)
    return _changed(meeting, entry, msg("the change"), now)


# -- votes and groups --------------------------------------------------------------------------------------


def votes_of(meeting: Meeting, entry_id: str) -> int:
    """Its dots; 0 for what takes none."""
    return int(getattr(_here(meeting, entry_id), "votes", 0))


def votes_given(meeting: Meeting, entry_ids: Iterable[str]) -> int:
    """All dots of these entries together."""
    return sum(votes_of(meeting, one) for one in entry_ids)


def takes_votes(meeting: Meeting, entry_id: str) -> bool:
    """Whether there can be dots on it: an experiment or an action has none."""
    return hasattr(_here(meeting, entry_id), "votes")


def check_votes(meeting: Meeting, entry_id: str) -> None:
    """Raises Refused where the agenda says that the step on the floor is held without votes, or the kind takes none."""
    step = meeting.agenda_step
    if step is not None and step.votes == 0:
        raise Refused(msg("This step is held without votes."), msg("Its agenda says so (votes = 0)."))
    if not takes_votes(meeting, entry_id):
        raise Refused(msg("Votes go to notes, factors, lessons and quotes."))


def set_votes(meeting: Meeting, entry_id: str, votes: int, now: datetime) -> Meeting:
    """So many dots. Raises Refused where the step has no votes, or the kind takes none."""
    entry = found(meeting, entry_id)
    check_votes(meeting, entry_id)
    return _changed(meeting, change(entry, votes=votes), msg("the votes"), now)


def clear_votes(meeting: Meeting, entry_ids: Iterable[str], now: datetime) -> Meeting:
    """No votes for any of these."""
    wanted = set(entry_ids)
    tables = {
        kind: tuple(
            change(entry, votes=0) if entry.id in wanted and getattr(entry, "votes", None) else entry
            for entry in getattr(meeting.minutes, kind)
        )
        for kind in ENTRY_KINDS
    }
    whispers = tuple(change(one, votes=0) if one.id in wanted else one for one in meeting.whispers)
    return commit(meeting, change(meeting.minutes, **tables), msg("the votes"), now, whispers=whispers)


def _group(entry: Entry) -> str:
    return str(getattr(entry, "group", ""))


def put_together(meeting: Meeting, entry_id: str, head_id: str, now: datetime) -> Meeting:
    """The first goes under the second; what lay under the first goes with it. The same again parts them."""
    entry, head = found(meeting, entry_id), found(meeting, head_id)
    if entry.id == head.id:
        raise Refused(msg("An entry cannot be put together with itself."))
    saved_alike = _is_whisper(meeting, entry_id) == _is_whisper(meeting, head_id)
    if type(entry) is not type(head) or not hasattr(entry, "group") or not saved_alike:
        raise Refused(msg("Only entries of one kind can be put together."))
    if _group(entry) == head.id:
        return _changed(meeting, change(entry, group=""), msg("the grouping"), now)
    top = _group(head) or head.id
    if top == entry.id:
        raise Refused(msg("These two are together already."))

    def grouped(table: Iterable[Any]) -> tuple[Any, ...]:
        below = (one.id == entry.id or _group(one) == entry.id for one in table)
        return tuple(
            change(one, group=top) if moves else one for one, moves in zip(table, below, strict=True)
        )

    kind = ENTRY_TABLES[type(entry)]
    minutes = change(meeting.minutes, **{kind: grouped(getattr(meeting.minutes, kind))})
    return commit(meeting, minutes, msg("the grouping"), now, whispers=grouped(meeting.whispers))


# -- making something else of it ---------------------------------------------------------------------------


def turn_into(
    meeting: Meeting, entry_id: str, kind: Literal["experiment", "lesson", "action"], now: datetime
) -> Meeting:
    """`x` `!` `>`: a note, action or experiment is used up by it; a factor, quote or lesson stays, and an
    experiment names its lesson. What was said of an earlier meeting's item stays tied to it."""
    entry = found(meeting, entry_id)
    if ENTRY_TABLES[type(entry)] == kind:
        raise Refused(msg("It is one already."))
    text = getattr(entry, "text", "") or getattr(entry, "title", "")
    factors = (
        (entry.factor,) if isinstance(entry, FactorUse) and entry.factor else getattr(entry, "factors", ())
    )
    before, past = meeting, meeting.past
    keeps = isinstance(entry, Lesson | Quote | FactorUse)
    if not keeps:
        meeting = replace(meeting, minutes=_without(meeting, entry_id))
        meeting = replace(meeting, whispers=_whispers_without(meeting, entry_id))
    reading = Reading(kind=kind, text=text, factors=tuple(factors) if kind == "lesson" else ())
    made = entries.record(meeting, reading, selected=getattr(entry, "experiment", ""), now=now)
    if kind == "experiment" and isinstance(entry, Lesson):
        new = change(made.minutes.experiment[-1], lessons=(entry.id,))
        made = replace(made, minutes=change(made.minutes, experiment=(*made.minutes.experiment[:-1], new)))
    last = replace(made.past[-1], before=before.minutes, after=made.minutes, whispers_before=before.whispers)
    return replace(made, past=(*past, last))
