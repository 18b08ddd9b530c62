"""An agenda as a run sheet: what the facilitator holds in hand on the day the projector fails.

Owns the clock times, and the words for all that a step asks of the room: who speaks, what is taken down, how often it
comes round. Must not lay out a page: `agenda_pages` does. Texts are in the agenda's language; `say` translates ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import TypeAlias

from retrotui.domain.agenda import Agenda, CountsAs, Field, Part, Step
from retrotui.errors import Message, msg, plural

Say: TypeAlias = Callable[[Message], str]

BEGIN = time(9, 0)
"""When a meeting begins where nobody says it."""
COUNTS_LABELS = {
    CountsAs.REPORT: msg("Reporting"),
    CountsAs.REFLECT: msg("Reflecting"),
    CountsAs.DECIDE: msg("Deciding"),
    CountsAs.FRAME: msg("Framing"),
}
ROLES = {
    "moderator": msg("the moderator"),
    "case_giver": msg("the case giver"),
    "adviser": msg("the advisers"),
    "minute_keeper": msg("the minute keeper"),
}
"""The roles that the program has words for, as they stand in a sentence."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A phase of a step: its title with minutes and who speaks, and its questions."""

    title: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One step. `clock` is `09:00-09:05`; "" where it takes no time or nobody can tell when it begins."""

    clock: str
    title: str
    facts: tuple[str, ...]
    prompts: tuple[str, ...]
    parts: tuple[SheetPart, ...]
    remarks: tuple[str, ...]
    """Roles, columns and what is taken down."""


def rows(
    agenda: Agenda, lang: str, say: Say, *, begin: time = BEGIN, minutes: int | None = None
) -> tuple[SheetRow, ...]:
    """The steps with clock times from `begin`, for a meeting of `minutes`, else of the agenda's own length.

    Behind a step whose time only the meeting can tell, no clock times are given.
    """
    planned = agenda.planned_seconds(minutes)
    now: float | None = (begin.hour * 60 + begin.minute) * 60
    found: list[SheetRow] = []
    for step in agenda.steps:
        seconds = planned[step.id]
        until = None if now is None or seconds is None else now + seconds
        clock = _span(now, until, open_end=seconds is None) if seconds != 0 else ""
        nominal = _nominal(step)
        scale = seconds / 60 / nominal if seconds and nominal else 1.0
        facts = tuple(_facts(agenda, step, minutes, lang, say, scale))
        parts = tuple(_part(part, lang, say, scale) for part in step.parts)
        found.append(
            SheetRow(
                clock,
                step.title.text(lang),
                facts,
                step.prompts.lines(lang),
                parts,
                tuple(_remarks(step, lang, say)),
            )
        )
        now = until
    return tuple(found)


def overview(
    agenda: Agenda, say: Say, *, begin: time | None = None, minutes: int | None = None
) -> Iterator[str]:
    """Clock times and length of the whole, and what its minutes count as."""
    length = agenda.length if minutes is None else float(minutes)
    if begin is not None and length is not None:
        start = begin.hour * 60 + begin.minute
        yield _span(start * 60, (start + length) * 60)
    yield say(msg("any length") if length is None else msg("{minutes} min", minutes=tenths(length)))
    if agenda.hard_end:
        yield say(msg("the end is fixed"))
    for counts, share in agenda.shares().items():
        if share:
            percent = say(msg("{percent}%", percent=f"{share * 100:.0f}"))
            yield f"{say(COUNTS_LABELS[counts])} {percent}"


def minutes_label(agenda: Agenda, step: Step, minutes: int | None = None) -> Message:
    """How long the step is planned to take, in words."""
    seconds = agenda.planned_seconds(minutes)[step.id]
    if step.is_preread:
        return msg("to read beforehand")
    if seconds is None and step.share is not None:
        return msg("{percent}% of the time", percent=tenths(step.share))
    if seconds is None or step.is_open_end:
        return msg("open end")
    return msg("{minutes} min", minutes=tenths(seconds / 60))


def tenths(minutes: float) -> Decimal:
    """To a tenth; a decimal, since each language writes it its way."""
    return Decimal(f"{minutes:.1f}".removesuffix(".0"))


# ----------------------------------------------------------------------------------------------------------


def _span(start: float | None, end: float | None, *, open_end: bool = False) -> str:
    if start is None:
        return ""
    if end is None:
        return f"{_clock(start)}–" if open_end else _clock(start)
    return f"{_clock(start)}–{_clock(end)}"


def _clock(seconds: float) -> str:
    minutes = round(seconds / 60) % _DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _facts(
    agenda: Agenda, step: Step, minutes: int | None, lang: str, say: Say, scale: float
) -> Iterator[str]:
    yield say(minutes_label(agenda, step, minutes))
    yield say(COUNTS_LABELS[step.counts])
    if (rounds := _rounds(agenda, step, lang)) is not None:
        yield say(rounds)
        if step.minutes and not (step.total_minutes and isinstance(step.repeat, int)):
            yield say(msg("{minutes} min each", minutes=tenths(step.minutes * scale)))
    marks = (
        (step.cap, msg("cannot be extended")),
        (step.optional, msg("can be skipped")),
        (step.silent, msg("in silence")),
        (step.go_round, msg("one turn each")),
        (step.confidential, msg("confidential")),
    )
    yield from (say(words) for holds, words in marks if holds)
    if step.extend_by is not None:
        yield say(msg("{minutes} min more by vote", minutes=tenths(step.extend_by)))
    if step.votes:
        yield say(plural("{n} vote each", "{n} votes each", step.votes))


def _nominal(step: Step) -> float | None:
    """Minutes that the agenda gives to all rounds of a step; of one in per cent what its parts add up to."""
    if step.share is None:
        return step.own_minutes
    each = [part.minutes for part in step.parts]
    return None if None in each else sum(minutes or 0 for minutes in each)


def _rounds(agenda: Agenda, step: Step, lang: str) -> Message | None:
    match step.repeat:
        case None:
            return None
        case "deal":
            return msg("once for each deal")
        case "person":
            return msg("once for each person")
        case "note":
            source = agenda.step(step.of or "")
            return msg("once for each note of “{step}”", step=source.title.text(lang) if source else "")
        case rounds:
            return plural("{n} round", "{n} rounds", int(rounds))


def role_words(role: str, say: Say) -> str:
    """What a role is called; one of the agenda's own by its name there."""
    return say(ROLES[role]) if role in ROLES else role.replace("_", " ")


def _part(part: Part, lang: str, say: Say, scale: float) -> SheetPart:
    """`scale`: how much longer or shorter the step is than its agenda says."""
    said = [part.title.text(lang)] if part.title else []
    if part.minutes is not None:
        said.append(say(msg("{minutes} min", minutes=tenths(part.minutes * scale))))
    if part.speaks:
        said.append(say(msg("{role} speaks", role=role_words(part.speaks, say))))
    if part.listens:
        said.append(say(msg("{role} only listens", role=role_words(part.listens, say))))
    return SheetPart(" · ".join(said), part.prompts.lines(lang))


def _remarks(step: Step, lang: str, say: Say) -> Iterator[str]:
    if step.roles:
        yield say(msg("Roles: {names}", names=", ".join(role_words(role, say) for role in step.roles)))
    if step.columns:
        names = ", ".join(column.title.text(lang) or column.id for column in step.columns)
        yield say(msg("Columns: {names}", names=names))
    if step.fields:
        yield say(msg("To take down: {names}", names=", ".join(_field(field, lang) for field in step.fields)))


def _field(field: Field, lang: str) -> str:
    label = field.label.text(lang) or field.id
    if field.type == "scale":
        return f"{label} ({field.min:g}–{field.max:g})"
    if field.type == "choice":
        return f"{label} ({' / '.join(field.choices.lines(lang))})"
    return label
