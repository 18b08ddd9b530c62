"""What went on in the room: the time by what it counted as, caps that were hit, functions, safety and worth.

Owns the sums over meetings. Only closed meetings have a time; safety and worth are votes, of which nobody knows whose.
Source: product.md, points 1 and 5; promises.md, "People".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from retrotui.domain.insights.facts import KINDS_OF_TIME, Facts
from retrotui.domain.insights.figures import FEW, Figure, Votes, votes


@dataclass(frozen=True, slots=True)
class TimeOf:
    """The time of several meetings together, in seconds. A share is of all that was planned, or spent; None of none."""

    planned: tuple[int, ...]
    spent: tuple[int, ...]
    held: tuple[Facts, ...]

    @property
    def n(self) -> int:
        return len(self.held)

    @property
    def few(self) -> bool:
        return self.n < FEW

    @property
    def meetings(self) -> tuple[str, ...]:
        return tuple([one.meeting for one in self.held])

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
    held = tuple([one for one in facts if one.closed and any(one.spent)])
    by_month: dict[tuple[int, int], list[Facts]] = {}
    for one in held:
        by_month.setdefault((one.day.year, one.day.month), []).append(one)
    planned = [one for one in held if any(one.planned)]
    over = [one for one in planned if sum(one.spent) > sum(one.planned)]
    meetings = [one.meeting for one in facts]
    return Room(
        time=_time(held),
        months=tuple(
            Month(date(year, month, 1), _time(some)) for (year, month), some in sorted(by_month.items())
        ),
        over=Figure(len(over), len(planned), lambda: [one.meeting for one in over]),
        caps=Figure(
            sum([one.capped[0] for one in held]),
            sum([one.capped[1] for one in held]),
            lambda: [one.meeting for one in held if one.capped[0]],
        ),
        functions=_functions(facts),
        safety=votes([one.safety for one in facts], meetings),
        worth=votes([one.worth for one in facts], meetings),
    )


def _time(meetings: Iterable[Facts]) -> TimeOf:
    held = tuple(meetings)
    none = (0,) * len(KINDS_OF_TIME)
    return TimeOf(
        tuple(map(sum, zip(*[one.planned for one in held], strict=True))) or none,
        tuple(map(sum, zip(*[one.spent for one in held], strict=True))) or none,
        held,
    )


def _functions(facts: Sequence[Facts]) -> tuple[tuple[str, Figure], ...]:
    known = sum([bool(one.functions) for one in facts])

    def figure(function: str, count: int) -> Figure:
        return Figure(count, known, lambda: [one.meeting for one in facts if function in one.functions])

    counted = Counter(chain.from_iterable(one.functions for one in facts))
    return tuple(
        (function, figure(function, count))
        for function, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    )
