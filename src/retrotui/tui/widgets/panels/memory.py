"""What earlier meetings knew: customers, lessons and figures, ready to be looked up at every drawing.

Owns the look-up over `View.past`, made once for each list of meetings, since an archive holds thousands. Must not read
files. Source: product.md, "Memory".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from retrotui.domain.agenda import StepKind
from retrotui.domain.minutes import DealRecord, Metric, Minutes
from retrotui.domain.text import fold
from retrotui.tui.view import View


@dataclass(frozen=True, slots=True)
class Memory:
    """By key, the meetings that had it, newest first: their id and what they knew of it."""

    customers: dict[str, list[tuple[str, date]]] = field(default_factory=dict)
    """By folded account, and by `=id` of the deal: the days on which it was discussed."""
    lessons: dict[str, list[str]] = field(default_factory=dict)
    """By folded words: the meetings."""
    metrics: dict[str, list[tuple[str, Metric]]] = field(default_factory=dict)
    """By the figure's id."""


def remembered(past: Iterable[Minutes]) -> Memory:
    """The look-up over these meetings; aborted ones say nothing."""
    memory = Memory()
    for minutes in past:
        if minutes.status == "aborted":
            continue
        discussed = {key for deal in _on_the_floor(minutes) for key in customer_keys(deal)}
        for key in sorted(discussed):
            memory.customers.setdefault(key, []).append((minutes.id, minutes.date))
        for words in sorted({fold(one.text) for one in minutes.lesson}):
            memory.lessons.setdefault(words, []).append(minutes.id)
        for metric in minutes.metric:
            memory.metrics.setdefault(metric.id, []).append((minutes.id, metric))
    return memory


def customer_keys(deal: DealRecord) -> tuple[str, ...]:
    """Under which a deal is remembered: the customer however it is spelt, and the deal itself."""
    account = fold(deal.account)
    return (f"={deal.id}", account) if account else (f"={deal.id}",)


def _on_the_floor(minutes: Minutes) -> list[DealRecord]:
    chosen = {deal for step in minutes.step if step.kind == StepKind.DEAL for deal in step.deals}
    return [deal for deal in minutes.deal if deal.id in chosen]


_kept: list[tuple[tuple[Minutes, ...], Memory]] = []
"""The last list of meetings and its look-up. By identity: comparing thousands of minutes would cost too much."""


def memory_of(view: View) -> Memory:
    """The look-up over the meetings of the view."""
    if not _kept or _kept[0][0] is not view.past:
        _kept[:] = [(view.past, remembered(view.past))]
    return _kept[0][1]
