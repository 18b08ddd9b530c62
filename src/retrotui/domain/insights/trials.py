"""What was tried: verdicts by their date, what they were, how long they took, and what was carried over.

Owns the walk over all meetings, the oldest first: an item begins, is extended, carried, and judged. By its date means:
the last word came in a meeting on that day or before it; an extension moves the date. Source: product.md, point 3;
files.md, last paragraphs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Final, Literal, TypedDict

from retrotui.domain.insights.columns import NO_DAY, Column, Columns, Number, Place
from retrotui.domain.insights.facts import DayNumber
from retrotui.domain.insights.figures import Behind, Figure, Spread, spread
from retrotui.domain.period import Period

DECISIONS: Final = {"x": ("keep", "adapt", "drop"), "a": ("done", "drop")}
"""The last words, of experiments and of actions, in the order of `Trials.verdicts`."""
DAYS: Final = (14, 30, 60, 90)
"""The last days of the brackets of `Trials.days`."""
AGES: Final = (30, 60, 90)
"""The last days of the brackets of `Trials.carried`."""

Kind = Literal["x", "a"]
KINDS: Final[tuple[Kind, ...]] = ("x", "a")


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


@dataclass(frozen=True, slots=True)
class _Begun:
    """The experiments, or the actions, of all meetings, each once, side by side."""

    row: Mapping[Number, int]
    """Where an item stands in the others."""
    first: Sequence[Place]
    """Where each began."""
    last: Sequence[Place]
    """Where it began last: taken up once more, it has no last word yet."""
    due: Sequence[DayNumber]


@dataclass(frozen=True, slots=True)
class _Said:
    """Last words: the newest of each item, and for all of them the meeting and the word."""

    newest: Mapping[Number, int]
    places: Sequence[Place]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Judged:
    """The items that had their last word in the period, side by side."""

    ids: Sequence[Number]
    began: Sequence[Place]
    places: Sequence[Place]
    due: Sequence[DayNumber]
    words: Sequence[str]


def trials(facts: Columns, period: Period | None, end: date) -> tuple[Trials, Trials]:
    """Experiments and actions. `facts` are those of all meetings up to `end`, the oldest first: an item may be older
    than the period in which it is judged."""
    first = bisect_left(facts.days, period.since.toordinal()) if period is not None else 0
    ids = facts.judged.values
    newest = dict(zip(ids, range(len(ids)), strict=True))
    said = _Said(newest, facts.judged.places, facts.decisions.values)
    experiments, actions = (
        _Counting(facts, kind, _begun(facts, kind), said, first, end.toordinal()).trials() for kind in KINDS
    )
    return experiments, actions


def _items(facts: Columns, kind: Kind) -> tuple[Column[Number], Column[DayNumber]]:
    if kind == "x":
        return facts.experiments, facts.experiments_due
    return facts.actions, facts.actions_due


def _begun(facts: Columns, kind: Kind) -> _Begun:
    items, until = _items(facts, kind)
    ids, first, due = items.values, items.places, list(until.values)
    row = dict(zip(ids, range(len(ids)), strict=True))
    last = first
    if len(row) < len(ids):  # some were taken up once more
        again = list(zip(ids, first, due, strict=True))
        began, ended = {an_id: place for an_id, place, _ in reversed(again)}, {one[0]: one for one in again}
        first = [began[an_id] for an_id in ended]
        last, due = [one[1] for one in ended.values()], [one[2] for one in ended.values()]
        row = dict(zip(ended, range(len(ended)), strict=True))
    more = facts.extended
    for an_id, place, day in zip(more.values, more.places, facts.extended_due.values, strict=True):
        at = row.get(an_id)
        if at is not None and day != NO_DAY and last[at] <= place:
            due[at] = day
    return _Begun(row, first, last, due)


@dataclass(frozen=True, slots=True)
class _Counting:
    """One kind of item being counted. `first` is the first meeting of the period, `end` its last day."""

    facts: Columns
    kind: Kind
    begun: _Begun
    said: _Said
    first: Place
    end: DayNumber

    def trials(self) -> Trials:
        judged, past = self._judged()
        days, n = self.facts.days, len(judged.ids)
        dated = [one for one in zip(judged.places, judged.due, strict=True) if one[1] != NO_DAY]
        late = [place for place, until in dated if days[place] > until]
        timely = [place for place, until in dated if days[place] <= until]
        cases = len(dated) + len(past)
        waits = [days[place] - days[began] for place, began in zip(judged.places, judged.began, strict=True)]
        decisions = Counter(judged.words)
        more = frozenset(self.facts.extended.values)
        extended = [place for an_id, place in zip(judged.ids, judged.places, strict=True) if an_id in more]
        return Trials(
            by_date=Figure(len(timely), cases, self._at(lambda: timely)),
            late=Figure(len(late), cases, self._at(lambda: late)),
            unjudged=Figure(len(past), cases, self._at(lambda: past)),
            verdicts=tuple(
                Figure(decisions[one], n, self._at(self._with(judged, one))) for one in DECISIONS[self.kind]
            ),
            extended=Figure(len(extended), n, self._at(lambda: extended)),
            days=spread(
                waits,
                DAYS,
                lambda: [
                    (wait, self.facts.meetings[place])
                    for place, wait in sorted(zip(judged.places, waits, strict=True))
                ],
            ),
            **self._carried(),
        )

    def _judged(self) -> tuple[_Judged, list[Place]]:
        """What had its last word in the period; and where those began that are past their date without one."""
        begun, said, first = self.begun, self.said, self.first
        words_at = list(map(said.newest.get, begun.row))
        places = [-1 if at is None else said.places[at] for at in words_at]
        past = [
            began
            for place, last, until, began in zip(places, begun.last, begun.due, begun.first, strict=True)
            if place < last and NO_DAY != until < self.end
        ]
        chosen = [last <= place >= first for place, last in zip(places, begun.last, strict=True)]
        words = [said.words[at] for at in compress(words_at, chosen) if at is not None]
        ids, began, said_in, due = (
            list(compress(one, chosen)) for one in (begun.row, begun.first, places, begun.due)
        )
        return _Judged(ids, began, said_in, due, words), past

    @staticmethod
    def _with(judged: _Judged, decision: str) -> Callable[[], list[Place]]:
        return lambda: [
            place for place, word in zip(judged.places, judged.words, strict=True) if word == decision
        ]

    def _at(self, places: Callable[[], Iterable[Place]]) -> Behind:
        return lambda: [self.facts.meetings[place] for place in sorted(places())]

    def _carried(self) -> _Carried:
        """Their age when they were carried last, and how many were more than once; within the period."""
        days, first, row = self.facts.days, self.first, self.begun.row
        carried: dict[Number, list[Place]] = {}
        for an_id, place in zip(self.facts.carried.values, self.facts.carried.places, strict=True):
            if place >= first and an_id in row:
                carried.setdefault(an_id, []).append(place)
        began = self.begun.first
        ages = [days[places[-1]] - days[began[row[an_id]]] for an_id, places in carried.items()]
        often = [places for places in carried.values() if len(places) > 1]
        return {
            "carried": spread(
                ages,
                AGES,
                lambda: [
                    (age, self.facts.meetings[place])
                    for place, age in sorted(
                        (places[-1], age) for places, age in zip(carried.values(), ages, strict=True)
                    )
                ],
            ),
            "often": Figure(
                len(often), len(carried), self._at(lambda: [place for places in often for place in places])
            ),
        }


class _Carried(TypedDict):
    carried: Spread
    often: Figure
