"""The shape of a figure: a count, a share or a spread, its n, and the meetings behind it.

Owns when a figure rests on few cases, medians and brackets. The meetings behind a figure are found when somebody asks
for them: there are many figures, and one is opened. Must not know what is counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress
from typing import Final, TypeAlias

FEW: Final = 5
"""Under so many cases a figure is shown as resting on few (product.md, "What it will not do")."""

Behind: TypeAlias = Callable[[], Iterable[str]]
"""Finds the ids of the meetings behind a figure, the oldest first; one may come twice."""


def nobody() -> tuple[str, ...]:
    """No meeting."""
    return ()


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` of `n` cases."""

    value: int
    n: int
    behind: Behind = field(default=nobody, compare=False, repr=False)

    @property
    def meetings(self) -> tuple[str, ...]:
        """The ids of the meetings behind it, the oldest first."""
        return tuple(dict.fromkeys(self.behind()))

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
    whole: Figure
    """All cases together."""

    @property
    def n(self) -> int:
        return self.whole.n


def spread(
    values: Iterable[int], bounds: Sequence[int], behind: Callable[[], Iterable[tuple[int, str]]]
) -> Spread:
    """The spread of values from 0. `bounds` are the last values of all brackets but the open one.

    `behind` finds the values again, each with its meeting, the oldest first.
    """
    counts = Counter(values)
    n = counts.total()
    lows = [0, *(bound + 1 for bound in bounds)]
    highs: list[int | None] = [*bounds, None]
    sizes = [0] * len(lows)
    for value, count in counts.items():
        sizes[bisect_left(bounds, value)] += count

    def within(place: int) -> Behind:
        return lambda: [meeting for value, meeting in behind() if bisect_left(bounds, value) == place]

    return Spread(
        _median(counts, n),
        tuple(
            Bracket(low, high, Figure(size, n, within(place)))
            for place, (low, high, size) in enumerate(zip(lows, highs, sizes, strict=True))
        ),
        Figure(n, n, lambda: [meeting for _, meeting in behind()]),
    )


def _median(counts: Counter[int], n: int) -> float | None:
    if not n:
        return None
    middle = [(n - 1) // 2, n // 2]
    found: list[int] = []
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        while middle and middle[0] < passed:
            found.append(value)
            middle.pop(0)
    return sum(found) / 2


@dataclass(frozen=True, slots=True)
class Votes:
    """How many said each value from 1 to 5, over several meetings; never who."""

    counts: tuple[Figure, ...]
    mean: float | None
    whole: Figure
    """All votes together."""


def votes(tallies: Sequence[Sequence[int]], meetings: Sequence[str]) -> Votes:
    """The votes of these meetings together: of each vote, 1 … 5, how many gave it in each meeting."""
    totals = list(map(sum, tallies))
    n = sum(totals)
    return Votes(
        tuple(
            Figure(total, n, partial(_where, column, meetings))
            for total, column in zip(totals, tallies, strict=True)
        ),
        sum(value * count for value, count in enumerate(totals, 1)) / n if n else None,
        Figure(n, n, lambda: _where(list(map(sum, zip(*tallies, strict=True))), meetings)),
    )


def _where(counts: Sequence[int], meetings: Sequence[str]) -> list[str]:
    return list(compress(meetings, counts))
