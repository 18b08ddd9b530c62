"""What went on in the room: the time by what it counted as, caps that were hit, functions, safety and worth.

Owns the sums over meetings. Only closed meetings have a time; safety and worth are votes, which nobody cast.
Source: product.md, points 1 and 5; promises.md, "People".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from retrotui.domain.insights.facts import KINDS_OF_TIME, Facts
from retrotui.domain.insights.figures import FEW, Figure, Votes, votes


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """Seconds of one meeting, by `KINDS_OF_TIME`."""

    meeting: str
    day: date
    planned: tuple[int, ...]
    spent: tuple[int, ...]
    capped: tuple[int, int]
    """Steps with figures that used their whole box, of those that were held."""


@dataclass(frozen=True, slots=True)
class TimeOf:
    """Seconds of several meetings together. A share is of all that was planned, or spent, in them; None of nothing."""

    planned: tuple[int, ...]
    spent: tuple[int, ...]
    n: int
    meetings: tuple[str, ...]

    @property
    def few(self) -> bool:
        return self.n < FEW

    def planned_share(self, place: int) -> float | None:
        total = sum(self.planned)
        return self.planned[place] / total if total else None

    def spent_share(self, place: int) -> float | None:
        total = sum(self.spent)
        return self.spent[place] / total if total else None


@dataclass(frozen=True, slots=True)
class Month:
    """The time of the meetings of one month. `first` is its first day."""

    first: date
    time: TimeOf


@dataclass(frozen=True, slots=True)
class Room:
    """All figures of this room."""

    time: TimeOf
    months: tuple[Month, ...]
    """The oldest first; a month without a meeting is left out."""
    meetings: tuple[MeetingTime, ...]
    over: Figure
    """Meetings that took longer than planned, of those with a plan."""
    caps: Figure
    """Steps with figures that used their whole box, of those that were held."""
    functions: tuple[tuple[str, Figure], ...]
    """In how many meetings a function was in the room, of those that say who was there; the most first."""
    safety: Votes
    worth: Votes


def room(facts: Sequence[Facts]) -> Room:
    """All figures of this room, over these meetings, the oldest first."""
    held = tuple(
        MeetingTime(
            one.meeting, one.day, tuple(one.planned), tuple(one.spent), (one.capped[0], one.capped[1])
        )
        for one in facts
        if one.closed and any(one.spent)
    )
    by_month: dict[date, list[MeetingTime]] = {}
    for meeting in held:
        by_month.setdefault(meeting.day.replace(day=1), []).append(meeting)
    planned = [one for one in held if any(one.planned)]
    over = [one.meeting for one in planned if sum(one.spent) > sum(one.planned)]
    hit = [one for one in held if one.capped[0]]
    return Room(
        time=_time(held),
        months=tuple(Month(first, _time(some)) for first, some in sorted(by_month.items())),
        meetings=held,
        over=Figure(len(over), len(planned), tuple(over)),
        caps=Figure(
            sum(one.capped[0] for one in hit),
            sum(one.capped[1] for one in held),
            tuple(one.meeting for one in hit),
        ),
        functions=_functions(facts),
        safety=votes({one.meeting: one.safety for one in facts if any(one.safety)}),
        worth=votes({one.meeting: one.worth for one in facts if any(one.worth)}),
    )


def _time(meetings: Sequence[MeetingTime]) -> TimeOf:
    kinds = range(len(KINDS_OF_TIME))
    return TimeOf(
        tuple(sum(one.planned[kind] for one in meetings) for kind in kinds),
        tuple(sum(one.spent[kind] for one in meetings) for kind in kinds),
        len(meetings),
        tuple(one.meeting for one in meetings),
    )


def _functions(facts: Sequence[Facts]) -> tuple[tuple[str, Figure], ...]:
    there: dict[str, list[str]] = {}
    known = 0
    for one in facts:
        known += bool(one.functions)
        for function in one.functions:
            there.setdefault(function, []).append(one.meeting)
    return tuple(
        (function, Figure(len(some), known, tuple(some)))
        for function, some in sorted(there.items(), key=lambda each: (-len(each[1]), each[0]))
    )
