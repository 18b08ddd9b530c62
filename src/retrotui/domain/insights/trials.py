"""What was tried: verdicts by their date, what they were, how long they took, and what was carried over.

Owns the walk over all meetings, the oldest first: an item begins, is extended, carried, and judged. By its date means:
the last word came in a meeting on that day or before it; an extension moves the date. Source: product.md, point 3;
files.md, last paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from retrotui.domain.insights.facts import DayNumber, Facts
from retrotui.domain.insights.figures import Figure, Spread, spread
from retrotui.domain.period import Period

EXTEND: Final = "extend"
DECISIONS: Final = {"x": ("keep", "adapt", "drop"), "a": ("done", "drop")}
"""The last words, of experiments and of actions, in the order of `Trials.verdicts`."""
DAYS: Final = (14, 30, 60, 90)
"""The last days of the brackets of `Trials.days`."""
AGES: Final = (30, 60, 90)
"""The last days of the brackets of `Trials.carried`."""

Kind = Literal["x", "a"]


@dataclass(frozen=True, slots=True)
class Trials:
    """Experiments, or actions, over the meetings of a period."""

    by_date: Figure
    """Those judged by their date, of those judged or past their date at the period's end."""
    late: Figure
    unjudged: Figure
    """Past their date, without a verdict."""
    verdicts: tuple[Figure, ...]
    """By `DECISIONS`, of all last words."""
    extended: Figure
    """Those that were extended before their last word, of all that had one."""
    days: Spread
    """From the meeting in which an item began to that of its last word."""
    carried: Spread
    """The ages, in days, of those that were carried over, when they were last."""
    often: Figure
    """Of those, carried twice and more."""


@dataclass(slots=True)
class _Item:
    kind: Kind
    born: DayNumber
    meeting: str
    due: DayNumber | None
    extended: bool = False
    carried: list[tuple[DayNumber, str]] = field(default_factory=list)
    """Days and meetings, within the period alone."""
    decision: str = ""
    judged: DayNumber = 0
    judged_in: str = ""


def trials(facts: Iterable[Facts], period: Period | None, end: date) -> tuple[Trials, Trials]:
    """Experiments and actions. `facts` are those of all meetings up to `end`, the oldest first: an item may be older
    than the period in which it is judged."""
    since = period.since.toordinal() if period is not None else 0
    items = _walked(facts, since)
    return _figures(items, "x", since, end.toordinal()), _figures(items, "a", since, end.toordinal())


def _walked(facts: Iterable[Facts], since: DayNumber) -> list[_Item]:
    items: dict[str, _Item] = {}
    known = items.get
    for one in facts:
        day = one.day.toordinal()
        for an_id, kind, due in one.begun:
            item = known(an_id)
            if item is None or item.decision:
                items[an_id] = _Item(kind, day, one.meeting, due)
            else:
                item.due = due
        for an_id, decision, due in one.judged:
            item = known(an_id)
            if item is None:
                continue
            if decision == EXTEND:
                item.extended = True
                item.due = due or item.due
            else:
                item.decision, item.judged, item.judged_in = decision, day, one.meeting
        if day >= since:
            for an_id in one.carried:
                item = known(an_id)
                if item is not None:
                    item.carried.append((day, one.meeting))
    return list(items.values())


def _figures(items: Iterable[_Item], kind: Kind, since: DayNumber, end: DayNumber) -> Trials:
    own = [item for item in items if item.kind == kind]
    judged = [item for item in own if item.decision and item.judged >= since]
    dated = [item for item in judged if item.due is not None]
    timely = [item for item in dated if item.judged <= (item.due or 0)]
    late = [item for item in dated if item.judged > (item.due or 0)]
    past = [item for item in own if not item.decision and item.due is not None and item.due < end]
    due = len(dated) + len(past)
    carried = [item for item in own if item.carried]
    often = [item for item in carried if len(item.carried) > 1]
    return Trials(
        by_date=Figure(len(timely), due, _judged_in(timely)),
        late=Figure(len(late), due, _judged_in(late)),
        unjudged=Figure(len(past), due, _in_order((item.born, item.meeting) for item in past)),
        verdicts=tuple(
            Figure(len(some), len(judged), _judged_in(some))
            for some in ([item for item in judged if item.decision == one] for one in DECISIONS[kind])
        ),
        extended=Figure(
            sum(item.extended for item in judged),
            len(judged),
            _judged_in([item for item in judged if item.extended]),
        ),
        days=spread(((item.judged - item.born, item.judged_in) for item in judged), DAYS),
        carried=spread(
            ((item.carried[-1][0] - item.born, item.carried[-1][1]) for item in carried),
            AGES,
        ),
        often=Figure(len(often), len(carried), _in_order(when for item in often for when in item.carried)),
    )


def _judged_in(items: Sequence[_Item]) -> tuple[str, ...]:
    return _in_order((item.judged, item.judged_in) for item in items)


def _in_order(cases: Iterable[tuple[DayNumber, str]]) -> tuple[str, ...]:
    """The meetings, each once, the oldest first."""
    return tuple([meeting for _, meeting in sorted({*cases})])
