"""What was tried: verdicts by their date, what they were, how long they took, and what was carried over.

Owns the walk over all meetings, the oldest first: an item begins, is extended, carried, and judged. By its date means:
the last word came in a meeting on that day or before it; an extension moves the date. Source: product.md, point 3;
files.md, last paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypedDict

from retrotui.domain.insights.facts import DayNumber, Facts
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
    """The experiments, or the actions, of all meetings, by their ids. Meetings are places in the list of facts."""

    first: Mapping[str, int]
    """Where each began."""
    last: Mapping[str, int]
    """Where it began last: taken up once more, it has no last word yet."""
    due: Mapping[str, DayNumber | None]


def trials(facts: Sequence[Facts], period: Period | None, end: date) -> tuple[Trials, Trials]:
    """Experiments and actions. `facts` are those of all meetings up to `end`, the oldest first: an item may be older
    than the period in which it is judged."""
    days = [one.day.toordinal() for one in facts]
    since = period.since.toordinal() if period is not None else 0
    first = next((place for place, day in enumerate(days) if day >= since), len(days))
    judged = {an_id: place for place, one in enumerate(facts) for an_id in one.judged}
    experiments, actions = (
        _Counting(facts, days, kind, _begun(facts, kind), judged, first, end.toordinal()).trials()
        for kind in KINDS
    )
    return experiments, actions


def _items(one: Facts, kind: Kind) -> Mapping[str, DayNumber | None]:
    return one.experiments if kind == "x" else one.actions


def _begun(facts: Sequence[Facts], kind: Kind) -> _Begun:
    own = [_items(one, kind) for one in facts]
    last = {an_id: place for place, items in enumerate(own) for an_id in items}
    due = {an_id: until for items in own for an_id, until in items.items()}
    for place, one in enumerate(facts):
        for an_id, until in one.extended.items():
            if until is not None and last.get(an_id, place + 1) <= place:
                due[an_id] = until
    if sum(map(len, own)) == len(last):
        return _Begun(last, last, due)
    backwards = range(len(own) - 1, -1, -1)
    return _Begun({an_id: place for place in backwards for an_id in own[place]}, last, due)


@dataclass(frozen=True, slots=True)
class _Counting:
    """One kind of item being counted. `first` is the first meeting of the period, `end` its last day."""

    facts: Sequence[Facts]
    days: Sequence[DayNumber]
    kind: Kind
    begun: _Begun
    judged: Mapping[str, int]
    """The meeting of each item's newest last word."""
    first: int
    end: DayNumber

    def trials(self) -> Trials:
        days, due = self.days, self.begun.due
        judged: dict[str, int] = {}
        open_: list[str] = []
        said = self.judged.get
        for an_id, last in self.begun.last.items():
            place = said(an_id, -1)
            if place < last:
                open_.append(an_id)
            elif place >= self.first:
                judged[an_id] = place
        late: list[str] = []
        timely: list[str] = []
        for an_id, place in judged.items():
            if (until := due[an_id]) is not None:
                (late if days[place] > until else timely).append(an_id)
        past = [an_id for an_id in open_ if (until := due[an_id]) is not None and until < self.end]
        dated = len(late) + len(timely) + len(past)
        begun = self.begun.first
        waits = [days[place] - days[begun[an_id]] for an_id, place in judged.items()]
        decisions = Counter([self.facts[place].judged[an_id] for an_id, place in judged.items()])
        more = {an_id for one in self.facts if one.extended for an_id in one.extended}
        extended = [an_id for an_id in judged if an_id in more] if more else []
        return Trials(
            by_date=Figure(len(timely), dated, self._at(lambda: [judged[an_id] for an_id in timely])),
            late=Figure(len(late), dated, self._at(lambda: [judged[an_id] for an_id in late])),
            unjudged=Figure(len(past), dated, self._at(lambda: [begun[an_id] for an_id in past])),
            verdicts=tuple(
                Figure(decisions[one], len(judged), self._at(self._with(judged, one)))
                for one in DECISIONS[self.kind]
            ),
            extended=Figure(
                len(extended), len(judged), self._at(lambda: [judged[an_id] for an_id in extended])
            ),
            days=spread(
                waits,
                DAYS,
                lambda: [
                    (wait, self.facts[place].meeting)
                    for place, wait in sorted(zip(judged.values(), waits, strict=True))
                ],
            ),
            **self._carried(begun),
        )

    def _with(self, judged: Mapping[str, int], decision: str) -> Callable[[], list[int]]:
        return lambda: [
            place for an_id, place in judged.items() if self.facts[place].judged[an_id] == decision
        ]

    def _at(self, places: Callable[[], Iterable[int]]) -> Behind:
        return lambda: [self.facts[place].meeting for place in sorted(places())]

    def _carried(self, begun: Mapping[str, int]) -> _Carried:
        """Their age when they were carried last, and how many were more than once; within the period."""
        carried: dict[str, list[int]] = {}
        for place in range(self.first, len(self.facts)):
            for an_id in self.facts[place].carried:
                if an_id in begun:
                    carried.setdefault(an_id, []).append(place)
        ages = [self.days[places[-1]] - self.days[begun[an_id]] for an_id, places in carried.items()]
        often = [places for places in carried.values() if len(places) > 1]
        return {
            "carried": spread(
                ages,
                AGES,
                lambda: [
                    (age, self.facts[place].meeting)
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
