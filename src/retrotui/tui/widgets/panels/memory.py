"""What the newest meetings knew of figures and deals, ready to be looked up at every drawing.

Owns the look-up over `View.past`, made once for each list of meetings. What all meetings knew of a customer or a lesson
is `View.memory`'s. Must not read files. Source: product.md, "Memory".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from retrotui.domain.floor import deals_on_the_floor
from retrotui.domain.minutes import Metric, Minutes
from retrotui.tui.view import View


@dataclass(frozen=True, slots=True)
class Memory:
    """By key, the meetings that had it, newest first: their id and what they knew of it."""

    deals: dict[str, list[tuple[str, date]]] = field(default_factory=dict)
    """By the deal's id: the days on which it was discussed."""
    metrics: dict[str, list[tuple[str, Metric]]] = field(default_factory=dict)
    """By the figure's id."""


def remembered(past: Iterable[Minutes]) -> Memory:
    """The look-up over these meetings; aborted ones say nothing."""
    memory = Memory()
    for minutes in past:
        if minutes.status == "aborted":
            continue
        for deal in deals_on_the_floor(minutes):
            memory.deals.setdefault(deal.id, []).append((minutes.id, minutes.date))
        for metric in minutes.metric:
            memory.metrics.setdefault(metric.id, []).append((minutes.id, metric))
    return memory


_kept: list[tuple[tuple[Minutes, ...], Memory]] = []
"""The last list of meetings and its look-up. By identity: comparing thousands of minutes would cost too much."""


def memory_of(view: View) -> Memory:
    """The look-up over the meetings of the view."""
    if not _kept or _kept[0][0] is not view.past:
        _kept[:] = [(view.past, remembered(view.past))]
    return _kept[0][1]
