"""Deals as the meeting sees them: what a CRM said about an opportunity, and the picker's search and filters.

Owns `Deal` (a slotted dataclass: a file may hold 100,000), folding for search, and `DealIndex`, which answers
each keystroke. Must not read files, know a CRM, or make documents: the minutes keep a `DealRecord` of the few
deals that had the floor.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date as Date
from decimal import Decimal
from functools import cache
from itertools import repeat
from typing import Literal

from retrotui.domain.period import Period
from retrotui.domain.text import fold, plain_letters

Outcome = Literal["won", "lost", "no_decision", "withdrawn", "open"]
OUTCOMES: tuple[Outcome, ...] = ("won", "lost", "no_decision", "withdrawn", "open")
CLOSED: frozenset[Outcome] = frozenset({"won", "lost", "no_decision", "withdrawn"})
NOT_WON: frozenset[Outcome] = frozenset({"lost", "no_decision", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Deal:
    """One opportunity of an import. An empty text and None both mean: unknown.

    `record` counts data rows after the header from 1; `line` is the physical line on which the row begins.
    `amount` is a decimal string with two to four places, never a float. `decided` is for closed deals,
    `expected` for open ones. `probability` is the CRM's own, in per cent. `twin` is 0, or counts from 1 the
    deals before it in the file that bear the same id with different content.
    """

    record: int = 0
    line: int = 0
    id: str = ""
    title: str = ""
    account: str = ""
    owner: str = ""
    amount: str | None = None
    currency: str = ""
    stage: str = ""
    outcome: Outcome | None = None
    created: Date | None = None
    decided: Date | None = None
    expected: Date | None = None
    reason_raw: str = ""
    competitors: tuple[str, ...] = ()
    note: str = ""
    contributors: tuple[str, ...] = ()
    probability: int | None = None
    twin: int = 0

    @property
    def key(self) -> str:
        """What tells this deal from all others of its file: the CRM's id, or one made up from the row."""
        if not self.id:
            return f"row-{self.record}"
        return f"{self.id}-{self.twin + 1}" if self.twin else self.id

    @property
    def name(self) -> str:
        """What to call it where there is room for one word: the account, else the title, else the key."""
        return self.account or self.title or self.key

    @property
    def day(self) -> Date | None:
        """The day that places the deal in a period: decided, else expected."""
        return self.decided or self.expected

    @property
    def cycle_days(self) -> int | None:
        """Days from created to decided; None where either is unknown or they stand the wrong way round."""
        if self.created is None or self.decided is None or self.decided < self.created:
            return None
        return (self.decided - self.created).days


def deals_of(columns: Mapping[str, Sequence[object]], count: int) -> list[Deal]:
    """`count` deals from whole columns, one for each field of `Deal` (KeyError where one is missing).

    Fills the slots column by column, some thousand deals at a time (what the processor's cache holds): with 100,000
    deals that takes a third of the time of calling the constructor for each.
    """
    filling = [(getattr(Deal, about.name).__set__, columns[about.name]) for about in fields(Deal)]
    deals: list[Deal] = []
    for start in range(0, count, _AT_A_TIME):
        end = min(count, start + _AT_A_TIME)
        some = list(map(Deal.__new__, repeat(Deal, end - start)))
        for fill, values in filling:
            deque(map(fill, some, values[start:end]), maxlen=0)
        deals += some
    return deals


_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class DealFilter:
    """What the picker shows. Everything that is set must hold; an empty filter takes all.

    A period holds the deals decided in it, and open deals expected in it. With a bound of the amount set,
    deals without an amount are left out; amounts compare within one currency: give `currency` where there are
    several.
    """

    text: str = ""
    outcomes: frozenset[Outcome] = frozenset()
    period: Period | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str = ""


def _searched(deal: Deal) -> str:
    """What the search looks into. Never the owner: the deal is looked for, not the seller."""
    return " ".join((deal.account, deal.title, deal.id, deal.stage, deal.reason_raw, *deal.competitors))


def haystacks(deals: Iterable[Deal]) -> tuple[str, ...]:
    """What the search looks into, deal by deal, folded as `text.fold` folds, but all at once: that is much faster."""
    texts = list(map(_searched, deals))
    if not texts:
        return ()
    bare = _LATIN.sub(lambda letter: _plain(letter[0]), "\x00".join(texts)).split("\x00")
    folded = fold("\x00".join(text if text.isascii() else "" for text in bare)).split("\x00")
    return tuple(quick if text.isascii() else fold(text) for text, quick in zip(bare, folded, strict=True))


_LATIN = re.compile("[\u00c0-\u024f]")


@cache
def _plain(letter: str) -> str:
    """Letter by letter; what two of them mean together (`ae`) `fold` sees in the whole."""
    return plain_letters(letter, spell_out=False)


@dataclass(frozen=True)
class DealIndex:
    """Deals with what searching needs, computed once, so that a keystroke over 100,000 stays under 50 ms.

    Make it with `DealIndex.of(deals)`, off the screen's thread where the file is large. The deals stand newest day
    first, those without a day last, otherwise in the order of the file.
    """

    deals: tuple[Deal, ...]
    hay: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, deals: Iterable[Deal]) -> DealIndex:
        newest_first = sorted(deals, key=_day_number, reverse=True)
        return cls(tuple(newest_first), haystacks(newest_first))

    def search(self, text: str, among: Sequence[int] | None = None) -> list[int]:
        """Positions in `deals` of those that hold every word of `text`.

        `among` are the positions that a beginning of this text found: as somebody types on, only these are looked at.
        """
        first, *others = sorted(fold(text).split(), key=len, reverse=True) or [""]
        hay = self.hay
        if among is None:
            found = [at for at, straw in enumerate(hay) if first in straw]
        else:
            found = [at for at in among if first in hay[at]]
        for word in others:
            found = [at for at in found if word in hay[at]]
        return found

    def select(self, wanted: DealFilter) -> list[Deal]:
        """The deals that pass, in the order of `deals`."""
        deals = self.deals
        chosen = [deals[at] for at in self.search(wanted.text)] if wanted.text.strip() else list(deals)
        for test in _tests(wanted):
            chosen = list(filter(test, chosen))
        return chosen


def _day_number(deal: Deal) -> int:
    day = deal.decided or deal.expected
    return day.toordinal() if day else 0


def _tests(wanted: DealFilter) -> list[Callable[[Deal], bool]]:
    """One test for each part of the filter that is set, the cheap ones first."""
    tests: list[Callable[[Deal], bool]] = []
    if wanted.outcomes:
        outcomes: frozenset[Outcome | None] = frozenset(wanted.outcomes)
        tests.append(lambda deal: deal.outcome in outcomes)
    if wanted.currency:
        tests.append(lambda deal: deal.currency == wanted.currency)
    if wanted.period is not None:
        since, until = wanted.period.since, wanted.period.until
        tests.append(lambda deal: (day := deal.day) is not None and since <= day <= until)
    if wanted.amount_from is not None or wanted.amount_to is not None:
        low = wanted.amount_from if wanted.amount_from is not None else Decimal("-Infinity")
        high = wanted.amount_to if wanted.amount_to is not None else Decimal("Infinity")
        tests.append(lambda deal: deal.amount is not None and low <= Decimal(deal.amount) <= high)
    return tests


def by_outcome(deals: Iterable[Deal], outcomes: Collection[Outcome]) -> list[Deal]:
    """The deals with one of these outcomes, in their order."""
    return [deal for deal in deals if deal.outcome in outcomes]


def decided_in(deals: Iterable[Deal], period: Period) -> list[Deal]:
    """The closed deals that were decided in the period, in their order."""
    return [deal for deal in deals if deal.outcome in CLOSED and deal.decided and deal.decided in period]


def currencies(deals: Iterable[Deal]) -> tuple[str, ...]:
    """The currencies of the deals that have an amount, most frequent first; "" stands for: not said."""
    counts: dict[str, int] = {}
    for deal in deals:
        if deal.amount is not None:
            counts[deal.currency] = counts.get(deal.currency, 0) + 1
    return tuple(sorted(counts, key=lambda currency: (-counts[currency], currency)))


def sums(deals: Iterable[Deal]) -> dict[str, Decimal]:
    """The sum of the known amounts, one for each currency: several are never added up."""
    totals: dict[str, Decimal] = {}
    for deal in deals:
        if deal.amount is not None:
            totals[deal.currency] = totals.get(deal.currency, Decimal(0)) + Decimal(deal.amount)
    return totals
