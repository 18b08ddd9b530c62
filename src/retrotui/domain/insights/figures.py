"""The shape of a figure: a count, a share or a spread, its n, and the meetings behind it.

Owns when a figure rests on few cases, medians and brackets. Must not know what is counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

FEW: Final = 5
"""Under so many cases a figure is shown as resting on few (product.md, "What it will not do")."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` of `n` cases, and the ids of the meetings behind it, the oldest first."""

    value: int
    n: int
    meetings: tuple[str, ...] = ()

    @property
    def few(self) -> bool:
        return self.n < FEW

    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.value / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Bracket:
    """The cases from `low` to `high`, both included; `high` None: and more."""

    low: int
    high: int | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class Spread:
    """How whole numbers are spread: their median, and how many lie in each bracket."""

    median: float | None
    brackets: tuple[Bracket, ...]
    n: int
    meetings: tuple[str, ...]

    @property
    def few(self) -> bool:
        return self.n < FEW


def spread(cases: Iterable[tuple[int, str]], bounds: Sequence[int]) -> Spread:
    """The spread of values, each with its meeting. `bounds` are the last values of all brackets but the open one."""
    known = list(cases)
    brackets: list[list[tuple[int, str]]] = [[] for _ in range(len(bounds) + 1)]
    for case in known:
        brackets[bisect_left(bounds, case[0])].append(case)
    lows = [0, *(bound + 1 for bound in bounds)]
    highs: list[int | None] = [*bounds, None]
    return Spread(
        median([value for value, _ in known]) if known else None,
        tuple(
            Bracket(low, high, Figure(len(some), len(known), once(meeting for _, meeting in some)))
            for low, high, some in zip(lows, highs, brackets, strict=True)
        ),
        len(known),
        once(meeting for _, meeting in known),
    )


def once(meetings: Iterable[str]) -> tuple[str, ...]:
    """Each meeting once, in their order."""
    return tuple(dict.fromkeys(meetings))


@dataclass(frozen=True, slots=True)
class Votes:
    """How many said each value from 1 to 5, over several meetings; never who."""

    counts: tuple[Figure, ...]
    mean: float | None
    n: int
    meetings: tuple[str, ...]

    @property
    def few(self) -> bool:
        return self.n < FEW


def votes(tallies: Mapping[str, Sequence[int]]) -> Votes:
    """The votes of these meetings together."""
    totals = [0] * 5
    behind: list[list[str]] = [[] for _ in totals]
    for meeting, counts in tallies.items():
        for place, count in enumerate(counts[:5]):
            if count > 0:
                totals[place] += count
                behind[place].append(meeting)
    n = sum(totals)
    mean = sum(value * count for value, count in enumerate(totals, 1)) / n if n else None
    counted = tuple(Figure(total, n, tuple(some)) for total, some in zip(totals, behind, strict=True))
    return Votes(counted, mean, n, tuple(tallies))
