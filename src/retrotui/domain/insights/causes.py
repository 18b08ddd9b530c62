"""What decided the deals: which factors helped or hurt, how often deals with one were won, and who says so.

Owns the counting by deals: a deal that two meetings look at counts once, with everything that was said on it; a use on
no deal counts as one for its meeting, as in `recurring`. Source: issue 4, point 5; agendas.md, "Factors".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import compress
from typing import Final

from retrotui.domain.insights.columns import Columns, Number, Place
from retrotui.domain.insights.facts import (
    BOTH,
    HELPED,
    HURT,
    SOURCES,
    NameWord,
    UseWord,
    joined,
    name_words,
    use_of,
)
from retrotui.domain.insights.figures import Behind, Figure

WON: Final = "won"
LOST: Final = "lost"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a factor was named: `helped` and `hurt` count deals, `buyer` the uses that rest on the buyer's word."""

    factor: str
    helped: Figure
    hurt: Figure
    buyer: Figure


@dataclass(frozen=True, slots=True)
class WinRate:
    """Deals won, of those won or lost: with this factor named, in whatever direction, and without it."""

    factor: str
    having: Figure
    without: Figure


@dataclass(frozen=True, slots=True)
class Causes:
    """`sources` are the uses by where they come from (`facts.SOURCES`), of all uses, sorted or not."""

    factors: tuple[Frequency, ...]
    sources: tuple[Figure, ...]
    won: Figure
    """Of the deals we looked at that were won or lost, those that were won."""
    rates: tuple[WinRate, ...]


@dataclass(frozen=True, slots=True)
class Deals:
    """All deals, each once: `outcomes` and `named` stand beside one another. `merged` are those that more than one
    meeting looked at, by their ids, as they came out."""

    outcomes: tuple[str, ...]
    named: tuple[str, ...]
    merged: dict[Number, tuple[str, str]]


def deals_of(facts: Columns) -> Deals:
    """Of several outcomes of a deal the newest counts: facts come oldest first."""
    ids, outcomes, named = facts.deals.values, facts.outcomes.values, facts.named.values
    merged: dict[Number, tuple[str, str]] = {}
    if len(set(ids)) < len(ids):
        several = {an_id for an_id, count in Counter(ids).items() if count > 1}
        again = [an_id in several for an_id in ids]
        for an_id, outcome, names in compress(zip(ids, outcomes, named, strict=True), again):
            before = merged.get(an_id, ("", ""))
            merged[an_id] = outcome or before[0], joined(name_words(f"{before[1]} {names}"))
        alone = [not one for one in again]
        outcomes = [*compress(outcomes, alone), *(outcome for outcome, _ in merged.values())]
        named = [*compress(named, alone), *(names for _, names in merged.values())]
    return Deals(tuple(outcomes), tuple(named), merged)


def decided(facts: Columns, deals: Deals) -> Iterator[tuple[Place, str, str]]:
    """Of each deal of each meeting: the meeting, and the deal's outcome and factors as they came out in the end."""
    merged, asked = deals.merged, facts.deals
    for place, an_id, outcome, named in zip(
        asked.places, asked.values, facts.outcomes.values, facts.named.values, strict=True
    ):
        yield place, *merged.get(an_id, (outcome, named))


def causes(facts: Columns, deals: Deals) -> Causes:
    """All figures of this room. `deals` are `deals_of(facts)`."""
    used = _counted(facts.uses)
    by_outcome: dict[str, list[str]] = {}
    for outcome, named in zip(deals.outcomes, deals.named, strict=True):
        by_outcome.setdefault(outcome, []).append(named)
    counted = {outcome: _counted(several) for outcome, several in by_outcome.items()}
    everywhere = _counted(facts.loose)
    for of_outcome in counted.values():
        everywhere.update(of_outcome)
    won, lost = (counted.get(outcome, Counter()) for outcome in (WON, LOST))
    return Causes(
        _frequencies(facts, everywhere, used),
        _sources(facts, used),
        *_rates(facts, deals, won, lost),
    )


def _counted(named: Iterable[str]) -> Counter[str]:
    """`NameWord`s, or `UseWord`s."""
    return Counter(" ".join(named).split())


# -- how often -------------------------------------------------------------------------------------------


def _frequencies(facts: Columns, counted: Counter[NameWord], used: Counter[UseWord]) -> tuple[Frequency, ...]:
    """The most deals first. `counted` is what was named on deals, and on none."""
    times: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for word, count in used.items():
        use = use_of(word)
        times[use.factor] += count
        told[use.factor] += count if use.source == "buyer" else 0

    def figure(effect: str, factor: str) -> Figure:
        n = counted[effect + factor] + counted[BOTH + factor]
        return Figure(n, n, lambda: _naming(facts, {effect + factor, BOTH + factor}))

    def buyer(factor: str) -> Figure:
        words = {effect + factor for effect in (HELPED, HURT, BOTH)}
        return Figure(told[factor], times[factor], lambda: _naming(facts, words))

    found = [Frequency(one, figure(HELPED, one), figure(HURT, one), buyer(one)) for one in times if one]
    found.sort(key=lambda one: (-one.helped.n - one.hurt.n, -one.hurt.n, one.factor))
    return tuple(found)


def _naming(facts: Columns, words: set[NameWord]) -> list[str]:
    """The meetings that named one of these, on a deal or on none."""
    found = {place for place, loose in enumerate(facts.loose) if not words.isdisjoint(loose.split())}
    found.update(
        place
        for place, named in zip(facts.named.places, facts.named.values, strict=True)
        if not words.isdisjoint(named.split())
    )
    return [facts.meetings[place] for place in sorted(found)]


def _sources(facts: Columns, used: Counter[UseWord]) -> tuple[Figure, ...]:
    counts: Counter[str] = Counter()
    for word, count in used.items():
        counts[use_of(word).source] += count
    total = counts.total()

    def figure(source: str) -> Figure:
        return Figure(
            counts[source],
            total,
            lambda: [
                meeting
                for meeting, uses in zip(facts.meetings, facts.uses, strict=True)
                if any(use_of(word).source == source for word in uses.split())
            ],
        )

    return tuple(figure(source) for source in SOURCES)


# -- won with it and without -----------------------------------------------------------------------------


def _rates(
    facts: Columns, deals: Deals, named_won: Counter[NameWord], named_lost: Counter[NameWord]
) -> tuple[Figure, tuple[WinRate, ...]]:
    """Overall, and for each factor that was named on a deal won or lost; the most deals with it first."""
    won, lost = _by_factor(named_won), _by_factor(named_lost)
    all_won, all_lost = deals.outcomes.count(WON), deals.outcomes.count(LOST)

    def behind(wanted: Callable[[str], bool]) -> Behind:
        return lambda: [
            facts.meetings[place]
            for place, outcome, named in decided(facts, deals)
            if outcome in (WON, LOST) and wanted(named)
        ]

    def rate(factor: str) -> WinRate:
        words, n = {effect + factor for effect in (HELPED, HURT, BOTH)}, won[factor] + lost[factor]
        return WinRate(
            factor,
            Figure(won[factor], n, behind(lambda named: not words.isdisjoint(named.split()))),
            Figure(
                all_won - won[factor],
                all_won + all_lost - n,
                behind(lambda named: words.isdisjoint(named.split())),
            ),
        )

    factors = sorted({*won, *lost}, key=lambda one: (-won[one] - lost[one], one))
    overall = Figure(all_won, all_won + all_lost, behind(lambda _: True))
    return overall, tuple(rate(factor) for factor in factors)


def _by_factor(counted: Counter[NameWord]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, count in counted.items():
        found[name[1:]] += count
    return found
