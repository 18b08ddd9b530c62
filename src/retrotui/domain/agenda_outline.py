"""An agenda as a list on the desk: when each step begins, how long it takes, and what all of it comes to.

Pure: a parsed document and, where it can be read, its agenda come in. Works on broken documents too: what is no
number has no time. Must not judge (`agenda_checks` does) and must not put anything into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from retrotui.domain.agenda import Agenda, CountsAs
from retrotui.domain.agenda_changes import Raw, any_words, number, steps

Box: TypeAlias = Literal["minutes", "share", "open", "before", "each", "unknown"]
"""What kind of time a step has: a box, a share of the meeting, the free time, none (read before), a box a round."""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One step. `start` and `minutes` are minutes; None where only the meeting can tell."""

    at: int
    id: str
    kind: str
    title: str
    box: Box
    minutes: float | None
    start: float | None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """All steps, what they come to, and the meeting's length; minutes. `shares` is empty for a broken agenda."""

    title: str
    rows: tuple[OutlineRow, ...]
    total: float
    length: float | None
    shares: Mapping[CountsAs, float]

    @property
    def free(self) -> float | None:
        """What no step takes; negative where they take more than there is; None without a length."""
        return None if self.length is None else self.length - self.total


def outline(raw: Raw, agenda: Agenda | None, language: str) -> Outline:
    """The list in `language`. Rounds that only the meeting can count are taken as one."""
    if agenda is not None and len(agenda.steps) != len(steps(raw)):
        agenda = None  # written as [[step]] here and as [[steps]] there
    length = agenda.length if agenda is not None else number(raw.get("minutes"))
    planned = _planned(raw, agenda, length)
    rows: list[OutlineRow] = []
    start: float | None = 0.0
    for at, (step, minutes) in enumerate(zip(steps(raw), planned, strict=True)):
        share = number(step.get("share"))
        row = OutlineRow(
            at,
            str(step.get("id", "")),
            str(step.get("kind", "")),
            any_words(step.get("title"), language),
            _box(step, agenda, at, share),
            minutes,
            start,
            share,
        )
        rows.append(row)
        start = None if start is None or minutes is None else start + minutes
    total = sum(minutes or 0.0 for minutes in planned)
    shares = agenda.shares() if agenda is not None else {}
    return Outline(any_words(raw.get("title"), language), tuple(rows), total, length, shares)


def _planned(raw: Raw, agenda: Agenda | None, length: float | None) -> list[float | None]:
    if agenda is not None and len({step.id for step in agenda.steps}) == len(agenda.steps):
        seconds = agenda.planned_seconds()
        found = [seconds[step.id] for step in agenda.steps]
        return [None if each is None else each / 60 for each in found]
    return [_as_it_stands(step, length) for step in steps(raw)]


def _as_it_stands(step: Raw, length: float | None) -> float | None:
    minutes, share, rounds = (number(step.get(key)) for key in ("minutes", "share", "repeat"))
    if minutes is None and share is not None and length is not None:
        return share * length / 100
    return minutes * rounds if minutes is not None and rounds is not None else minutes


def _box(step: Raw, agenda: Agenda | None, at: int, share: float | None) -> Box:
    minutes, repeat = number(step.get("minutes")), step.get("repeat")
    if minutes == 0:
        return "before"
    if share is not None and minutes is None:
        return "share"
    if isinstance(repeat, str) and "total_minutes" not in step and minutes is not None:
        return "each"
    if agenda is not None:
        return "open" if agenda.steps[at].is_open_end else "minutes"
    if "minutes" in step:
        return "unknown" if minutes is None else "minutes"
    return "minutes" if "total_minutes" in step or "part" in step else "open"
