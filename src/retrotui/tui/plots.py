"""Plots as lines of text: how shares of time went, month by month.

Owns how `plotext` is asked, and is the only room that loads it: no other screen waits for it. Series differ by their
marks, not by colours. Must not know figures of anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from retrotui.locale import formats

MARKS: Final = ("●", "○", "▲", "△")
"""Of the series, in their order; where two meet, the first is seen."""
FEWEST: Final = 3
"""Of fewer points a line says nothing."""
TICKS: Final = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Series:
    """Values in per cent, one for each point; None where there is none."""

    label: str
    values: tuple[float | None, ...]


def plot(series: Sequence[Series], points: Sequence[str], width: int, height: int) -> list[str]:
    """The lines of the plot, `width` cells wide; empty where there are too few points to draw."""
    if len(points) < FEWEST or width < 30 or height < 6:
        return []
    import plotext  # a library, and the time to load it, for this one screen

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)  # our part of the screen is known; it would measure the whole terminal
    plotext.plotsize(width, height)
    plotext.frame(False)
    plotext.ylim(0, 100)
    plotext.xlim(0.5, len(points) + 0.5)
    plotext.yticks(TICKS, [formats.percent(tick).rjust(len(formats.percent(TICKS[-1]))) for tick in TICKS])
    shown = _some(len(points), max(2, (width - 6) // (max(len(point) for point in points) + 2)))
    plotext.xticks([place + 1 for place in shown], [points[place] for place in shown])
    for mark, one in reversed(list(zip(MARKS, series, strict=False))):
        known = [(place + 1, value) for place, value in enumerate(one.values) if value is not None]
        if known:
            plotext.scatter([x for x, _ in known], [y for _, y in known], marker=mark)
    drawn = plotext.uncolorize(plotext.build())
    plotext.clear_figure()
    return [line.rstrip() for line in str(drawn).rstrip().split("\n")]


def legend(series: Sequence[Series]) -> str:
    """Which mark is which."""
    return "   ".join(f"{mark} {one.label}" for mark, one in zip(MARKS, series, strict=False))


def _some(count: int, most: int) -> list[int]:
    """At most so many places of a row, evenly apart, the last among them."""
    step = -(-count // most)
    return list(range((count - 1) % step, count, step))
