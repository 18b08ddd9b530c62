"""What decided the deals: which factors helped or hurt, how often deals with one were won, and who says so.

Owns the counting by deals: a deal that two meetings look at counts once, with everything that was said on it; a use on
no deal counts as one for its meeting, as in `recurring`. Source: issue 4, point 5; agendas.md, "Factors".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from retrotui.domain.insights.facts import HELPED, HURT, SOURCES, Facts, use_of
from retrotui.domain.insights.figures import Figure

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


@dataclass(slots=True)
class Deal:
    """A deal over all meetings that looked at it."""

    outcome: str = ""
    factors: set[str] = field(default_factory=set)
    """Effect and factor, as in "-price"."""
    meetings: list[int] = field(default_factory=list)
    """Places in the list of facts."""


def deals_of(facts: Sequence[Facts]) -> dict[str, Deal]:
    """Every deal by its id. Of several outcomes the newest counts: facts come oldest first."""
    deals: dict[str, Deal] = {}
    known = deals.get
    for place, one in enumerate(facts):
        for an_id, outcome, _, uses in one.looked:
            deal = known(an_id)
            if deal is None:
                deal = deals[an_id] = Deal()
            if outcome:
                deal.outcome = outcome
            deal.meetings.append(place)
            for word in uses:
                if len(word) > 2:
                    deal.factors.add(word[0] + word[2:])
    return deals


def causes(facts: Sequence[Facts], deals: dict[str, Deal]) -> Causes:
    """All figures of this room. `deals` are `deals_of(facts)`."""
    words: Counter[str] = Counter()
    by_source: list[list[int]] = [[] for _ in SOURCES]
    named: dict[str, list[int]] = {}
    counted: Counter[str] = Counter()
    for deal in deals.values():
        counted.update(deal.factors)
    for place, one in enumerate(facts):
        uses = [word for looked in one.looked for word in looked[3]]
        if one.loose:
            uses += one.loose
            counted.update({word[0] + word[2:] for word in one.loose if len(word) > 2})
        words.update(uses)
        different = set(uses)
        for name in {word[0] + word[2:] for word in different}:
            if (there := named.get(name)) is None:
                there = named[name] = []
            there.append(place)
        for source in {word[1] for word in different}:
            by_source[int(source)].append(place)
    return Causes(
        _frequencies(facts, words, counted, named),
        _sources(facts, words, by_source),
        *_rates(facts, deals),
    )


def _meetings(facts: Sequence[Facts], places: Iterable[int]) -> tuple[str, ...]:
    return tuple([facts[place].meeting for place in places])


def _frequencies(
    facts: Sequence[Facts], words: Counter[str], counted: Counter[str], named: dict[str, list[int]]
) -> tuple[Frequency, ...]:
    """The most deals first."""
    used: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for word, count in words.items():
        use = use_of(word)
        used[use.factor] += count
        told[use.factor] += count if use.source == "buyer" else 0
    found = []
    for factor in used:
        if not factor:
            continue
        both = [
            Figure(counted[name], counted[name], _meetings(facts, named.get(name, ())))
            for name in (HELPED + factor, HURT + factor)
        ]
        places = sorted({*named.get(HELPED + factor, ()), *named.get(HURT + factor, ())})
        found.append(Frequency(factor, *both, Figure(told[factor], used[factor], _meetings(facts, places))))
    found.sort(key=lambda one: (-one.helped.n - one.hurt.n, -one.hurt.n, one.factor))
    return tuple(found)


def _sources(facts: Sequence[Facts], words: Counter[str], places: Sequence[list[int]]) -> tuple[Figure, ...]:
    counts: Counter[str] = Counter()
    for word, count in words.items():
        counts[use_of(word).source] += count
    total = counts.total()
    return tuple(
        Figure(counts[source], total, _meetings(facts, there))
        for source, there in zip(SOURCES, places, strict=True)
    )


def _rates(facts: Sequence[Facts], deals: dict[str, Deal]) -> tuple[Figure, tuple[WinRate, ...]]:
    """Overall, and for each factor that was named on a deal won or lost; the most deals with it first."""
    decided = [deal for deal in deals.values() if deal.outcome in (WON, LOST)]
    won: Counter[str] = Counter()
    of: Counter[str] = Counter()
    looked = [0] * len(facts)
    having: dict[str, Counter[int]] = {}
    for deal in decided:
        factors = {name[1:] for name in deal.factors}
        of.update(factors)
        if deal.outcome == WON:
            won.update(factors)
        for place in deal.meetings:
            looked[place] += 1
            for factor in factors:
                if (there := having.get(factor)) is None:
                    there = having[factor] = Counter()
                there[place] += 1
    all_won = sum(deal.outcome == WON for deal in decided)
    everywhere = [place for place, count in enumerate(looked) if count]
    rates = []
    for factor in sorted(of, key=lambda one: (-of[one], one)):
        there = having[factor]
        rates.append(
            WinRate(
                factor,
                Figure(won[factor], of[factor], _meetings(facts, sorted(there))),
                Figure(
                    all_won - won[factor],
                    len(decided) - of[factor],
                    _meetings(facts, [place for place in everywhere if there.get(place, 0) < looked[place]]),
                ),
            )
        )
    return Figure(all_won, len(decided), _meetings(facts, everywhere)), tuple(rates)
