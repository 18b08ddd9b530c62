"""What went on in the room: the time by what it counted as, caps that were hit, functions, safety and worth.

Owns the sums over meetings. Only closed meetings have a time; safety and worth are votes, of which nobody knows whose.
Source: product.md, points 1 and 5; promises.md, "People".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby

from retrotui.domain.insights.columns import Columns, Place, TimeOfOne
from retrotui.domain.insights.facts import KINDS_OF_TIME, DayNumber
from retrotui.domain.insights.figures import FEW, Figure, Votes, votes


@dataclass(frozen=True, slots=True)
class TimeOf:
    """The time of several meetings together, in seconds. A share is of all that was planned, or spent; None of none."""

    planned: tuple[int, ...]
    spent: tuple[int, ...]
    n: int
    """How many meetings."""
    behind: Callable[[], list[TimeOfOne]] = field(compare=False, repr=False)

    @property
    def held(self) -> list[TimeOfOne]:
        """The time of each of them, the oldest first."""
        return self.behind()

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


def room(facts: Columns) -> Room:
    """All figures of this room, over these meetings, the oldest first."""
    kinds = range(len(KINDS_OF_TIME))
    planned, spent = [facts.planned(kind) for kind in kinds], [facts.spent(kind) for kind in kinds]
    plans, whole = list(map(sum, zip(*planned, strict=True))), list(map(sum, zip(*spent, strict=True)))
    closed = facts.counted("closed")
    held = [place for place, took in enumerate(whole) if took and closed[place]]
    over = [place for place in held if 0 < plans[place] < whole[place]]
    hit, capped = facts.counted("caps hit"), facts.counted("caps")

    def total(column: Sequence[int], places: list[Place]) -> int:
        return sum([column[place] for place in places])

    def time_of(places: list[Place]) -> TimeOf:
        return TimeOf(
            tuple([total(column, places) for column in planned]),
            tuple([total(column, places) for column in spent]),
            len(places),
            lambda: [facts.time_of(place) for place in places],
        )

    return Room(
        time=time_of(held),
        months=tuple(
            Month(month, time_of(list(some)))
            for month, some in groupby(held, lambda place: _month(facts.days[place]))
        ),
        over=Figure(
            len(over),
            sum([bool(plans[place]) for place in held]),
            lambda: [facts.meetings[place] for place in over],
        ),
        caps=Figure(
            total(hit, held),
            total(capped, held),
            lambda: [facts.meetings[place] for place in held if hit[place]],
        ),
        functions=_functions(facts),
        safety=votes(facts.tally("safety"), facts.meetings),
        worth=votes(facts.tally("worth"), facts.meetings),
    )


@lru_cache(maxsize=8192)
def _month(day: DayNumber) -> date:
    """The first day of its month."""
    return date.fromordinal(day).replace(day=1)


def _functions(facts: Columns) -> tuple[tuple[str, Figure], ...]:
    known = sum(map(bool, facts.functions.sizes))

    def figure(function: str, count: int) -> Figure:
        def behind() -> list[str]:
            present = zip(facts.functions.places, facts.functions.values, strict=True)
            return [facts.meetings[place] for place, one in present if one == function]

        return Figure(count, known, behind)

    counted = Counter(facts.functions.values)
    return tuple(
        (function, figure(function, count))
        for function, count in sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    )
