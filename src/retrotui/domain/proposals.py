"""Which deals to put under the lens, each with its reason in words, and hints when a team's choice leans to one side.

Owns the proposals of the picker (biggest loss, surprise, longest cycle, lost late, a win beside a similar loss) and the
balance hints. Must not name a person or count one: the deal is under the lens, not the seller. No amount is compared
with one of another currency.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from decimal import Decimal
from functools import cache
from itertools import accumulate
from statistics import median
from typing import Literal, NamedTuple, Protocol

from retrotui.domain.deals import CLOSED, NOT_WON, Deal, Outcome, currencies, decided_in
from retrotui.domain.floor import deals_on_the_floor
from retrotui.domain.minutes import DealRecord, Minutes
from retrotui.domain.period import Period
from retrotui.domain.text import fold
from retrotui.errors import Message, msg

Kind = Literal["biggest_loss", "surprise_loss", "surprise_win", "longest_cycle", "lost_late", "pair"]

HISTORY = 5
"""Decided deals of one customer from which its history says something."""
USUAL = Decimal("0.8")
"""The share of them that makes an outcome usual."""
LIKELY, UNLIKELY = 70, 30
"""The CRM's probability, in per cent, from which a loss or a win is a surprise."""
LATE_STAGES = (
    "negotiat", "contract", "commit", "verbal", "final", "proposal", "quote", "offer",
    "verhandlung", "vertrag", "mundliche zusage", "angebot",
)  # fmt: skip
"""Parts of a stage's name (folded) that stand near the end of every pipeline."""
ALIKE = Decimal("0.5")
"""A similar deal's amount is at least this share of the other's."""

NEIGHBOURS = 8
"""So many wins before and after a loss are compared with it."""
LATELY = 6
"""The discussed deals that a balance hint looks at."""
ENOUGH = 4
"""The fewest of them from which a leaning shows."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A deal worth looking at, and why. `beside` is the other deal of a pair, `also` are its further reasons."""

    kind: Kind
    deal: Deal
    reason: Message
    beside: Deal | None = None
    also: tuple[Proposal, ...] = ()


def proposals(
    deals: Sequence[Deal], period: Period, discussed: Collection[str] = frozenset()
) -> list[Proposal]:
    """At most one proposal of each kind (of losses one for each currency), the ones that teach most first.

    Only deals decided in `period` and not yet `discussed` (their `key`s) are proposed; the customers' histories and
    the usual length are taken from all `deals`. A deal is proposed once, with all that speaks for it.
    """
    fresh = [deal for deal in decided_in(deals, period) if deal.key not in discussed]
    found = [
        *_biggest_losses(fresh),
        *_surprises(fresh, deals),
        *_lost_late(fresh, deals),
        *_longest_cycle(fresh),
    ]
    once: dict[str, list[Proposal]] = {}
    for each in found:
        once.setdefault(each.deal.key, []).append(each)
    return [replace(first, also=tuple(others)) for first, *others in once.values()] + _pair(fresh)


def _lost(deals: Iterable[Deal]) -> list[Deal]:
    return [deal for deal in deals if deal.outcome in ("lost", "no_decision")]


def _worth(deal: Deal) -> Decimal:
    return Decimal(deal.amount) if deal.amount is not None else Decimal(-1)


def _biggest_losses(fresh: Sequence[Deal]) -> list[Proposal]:
    """The lost deal with the largest amount, one for each currency, most frequent currency first."""
    lost = [deal for deal in _lost(fresh) if _worth(deal) > 0]
    found = []
    for code in currencies(lost):
        deal = max((deal for deal in lost if deal.currency == code), key=_worth)
        worth = f"{_worth(deal)} {code}".rstrip()
        found.append(Proposal("biggest_loss", deal, msg("biggest loss: {amount}", amount=worth)))
    return found


def _surprises(fresh: Sequence[Deal], deals: Sequence[Deal]) -> list[Proposal]:
    """A loss and a win that nobody expected: by the CRM's probability, else by the customer's history.

    Closed deals at 0 or 100 per cent say nothing: many systems set that themselves when a deal is closed.
    """
    found = []
    history = _History(deals)
    likely = [
        deal for deal in _lost(fresh) if deal.probability is not None and LIKELY <= deal.probability < 100
    ]
    if likely:
        deal = max(likely, key=lambda deal: (deal.probability or 0, _worth(deal)))
        reason = msg("lost, although the CRM said {probability}%", probability=deal.probability)
        found.append(Proposal("surprise_loss", deal, reason))
    elif unusual := history.strangest(_lost(fresh), won=False):
        deal, won, count = unusual
        reason = msg("lost, although {won} of {n} deals before with this customer were won", won=won, n=count)
        found.append(Proposal("surprise_loss", deal, reason))
    wins = [deal for deal in fresh if deal.outcome == "won"]
    doubtful = [deal for deal in wins if deal.probability is not None and 0 < deal.probability <= UNLIKELY]
    if doubtful:
        deal = max(doubtful, key=lambda deal: (-(deal.probability or 0), _worth(deal)))
        reason = msg("won, although the CRM said {probability}%", probability=deal.probability)
        found.append(Proposal("surprise_win", deal, reason))
    elif unusual := history.strangest(wins, won=True):
        deal, won, count = unusual
        reason = msg(
            "won, although only {won} of {n} deals before with this customer were won", won=won, n=count
        )
        found.append(Proposal("surprise_win", deal, reason))
    return found


class _History:
    """How the deals with each customer came out, day by day."""

    def __init__(self, deals: Iterable[Deal]) -> None:
        by_account: dict[str, list[tuple[Date, bool]]] = {}
        self._folded = cache(fold)
        for deal in deals:
            if deal.account and deal.decided and deal.outcome in CLOSED:
                account = self._folded(deal.account)
                by_account.setdefault(account, []).append((deal.decided, deal.outcome == "won"))
        self._days: dict[str, list[Date]] = {}
        self._won: dict[str, list[int]] = {}
        for account, decided in by_account.items():
            decided.sort()
            self._days[account] = [day for day, _ in decided]
            self._won[account] = list(accumulate((won for _, won in decided), initial=0))

    def before(self, deal: Deal) -> tuple[int, int]:
        """How many deals with this customer were won, of how many decided on earlier days."""
        account = self._folded(deal.account)
        days = self._days.get(account)
        if not days or deal.decided is None:
            return 0, 0
        count = bisect_left(days, deal.decided)
        return self._won[account][count], count

    def strangest(self, deals: Iterable[Deal], *, won: bool) -> tuple[Deal, int, int] | None:
        """The deal that came out most against its customer's history, with won and decided before."""
        found: list[tuple[Decimal, int, Deal, int]] = []
        for deal in deals:
            before, count = self.before(deal)
            if count < HISTORY:
                continue
            usual = Decimal(count - before if won else before) / count
            if usual >= USUAL:
                found.append((usual, count, deal, before))
        if not found:
            return None
        _, count, deal, before = max(found, key=lambda each: (each[0], each[1], _worth(each[2])))
        return deal, before, count


def _lost_late(fresh: Sequence[Deal], deals: Sequence[Deal]) -> list[Proposal]:
    """Lost near the end: in a late stage, where the CRM keeps it, else after nine of ten wins would have been made."""
    lost = _lost(fresh)
    late = [deal for deal in lost if any(part in fold(deal.stage) for part in LATE_STAGES)]
    if late:
        deal = max(late, key=lambda deal: (_worth(deal), deal.cycle_days or 0))
        return [Proposal("lost_late", deal, msg("lost late, in the stage “{stage}”", stage=deal.stage))]
    wins = sorted(days for deal in deals if deal.outcome == "won" and (days := deal.cycle_days) is not None)
    if len(wins) < 2 * HISTORY:
        return []
    usual = wins[len(wins) * 9 // 10]
    slow = [deal for deal in lost if (deal.cycle_days or 0) > usual]
    if not slow:
        return []
    deal = max(slow, key=lambda deal: (_worth(deal), deal.cycle_days or 0))
    reason = msg(
        "lost late: after {days} days; nine of ten wins took at most {usual}",
        days=deal.cycle_days,
        usual=usual,
    )
    return [Proposal("lost_late", deal, reason)]


def _longest_cycle(fresh: Sequence[Deal]) -> list[Proposal]:
    lengths = [(days, deal) for deal in fresh if (days := deal.cycle_days) is not None]
    if len(lengths) < HISTORY:
        return []
    usual = median(days for days, _ in lengths)
    days, deal = max(lengths, key=lambda each: (each[0], _worth(each[1])))
    if days <= usual:
        return []
    reason = msg(
        "the longest way: {days} days, the median is {usual}", days=days, usual=Decimal(f"{usual:g}")
    )
    return [Proposal("longest_cycle", deal, reason)]


class _Traits(NamedTuple):
    """What a deal is compared by, folded once."""

    deal: Deal
    day: int
    account: str
    title: str
    competitors: frozenset[str]
    worth: Decimal

    @classmethod
    def of(cls, deal: Deal) -> _Traits:
        day = deal.decided.toordinal() if deal.decided else 0
        rivals = frozenset(map(fold, deal.competitors))
        return cls(deal, day, fold(deal.account), fold(deal.title), rivals, _worth(deal))

    @property
    def groups(self) -> list[tuple[str, str]]:
        return [(kind, text) for kind, text in (("account", self.account), ("title", self.title)) if text]


class _Likeness(NamedTuple):
    """How much a loss is like a win; the larger the better."""

    points: int
    days_apart: int
    worth: Decimal


def _pair(fresh: Sequence[Deal]) -> list[Proposal]:
    """The loss and the win that are most alike: the same customer or the same title, a similar amount.

    Each loss is compared with the wins around its day only, so that a large pipeline stays fast.
    """
    wins: dict[tuple[str, str], list[_Traits]] = {}
    for traits in map(_Traits.of, (deal for deal in fresh if deal.outcome == "won")):
        for name in traits.groups:
            wins.setdefault(name, []).append(traits)
    for group in wins.values():
        group.sort(key=lambda traits: traits.day)
    days = {name: [traits.day for traits in group] for name, group in wins.items()}
    best: tuple[_Likeness, _Traits, _Traits] | None = None
    for loss in map(_Traits.of, _lost(fresh)):
        for name in loss.groups:
            at = bisect_left(days.get(name, []), loss.day)
            for win in wins.get(name, [])[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]:
                likeness = _likeness(loss, win)
                if likeness and (best is None or likeness > best[0]):
                    best = (likeness, loss, win)
    if best is None:
        return []
    _, loss, win = best
    return [Proposal("pair", loss.deal, _pair_reason(loss, win), win.deal)]


def _likeness(loss: _Traits, win: _Traits) -> _Likeness | None:
    """None where the amounts are known and far apart."""
    points = 2 * (loss.account == win.account != "") + 2 * (loss.title == win.title != "")
    points += not loss.competitors.isdisjoint(win.competitors)
    if loss.deal.amount is not None and win.deal.amount is not None:
        small, large = sorted((loss.worth, win.worth))
        if loss.deal.currency != win.deal.currency or small <= 0 or small < ALIKE * large:
            return None
        points += 1
    return _Likeness(points, -abs(loss.day - win.day), loss.worth)


def _pair_reason(loss: _Traits, win: _Traits) -> Message:
    if loss.account == win.account != "":
        if loss.title == win.title != "":
            return msg("beside a win: the same customer, the same title")
        return msg("beside a win with the same customer: “{title}”", title=win.deal.title or win.deal.name)
    return msg("beside a win of the same title, with {account}", account=win.deal.name)


class Discussed(Protocol):
    """What a balance hint looks at: a deal of earlier minutes."""

    @property
    def outcome(self) -> Outcome | None: ...

    @property
    def owner(self) -> str: ...


def balance_hints(newest_first: Sequence[Discussed], *, sellers: int | None = None) -> list[Message]:
    """What a team's choice of deals leans to, of the last few that had the floor; naming and counting nobody.

    `sellers` is the number of people who own deals, where it is known: with one alone, all deals are of one hand.
    """
    lately = list(newest_first)[:LATELY]
    hints: list[Message] = []
    outcomes = [deal.outcome for deal in lately if deal.outcome in CLOSED]
    if len(outcomes) >= ENOUGH:
        if all(outcome in NOT_WON for outcome in outcomes):
            hints.append(msg("lately only lost deals"))
        elif all(outcome == "won" for outcome in outcomes):
            hints.append(msg("lately only won deals"))
    hands = Counter(fold(deal.owner) for deal in lately if deal.owner)
    if (
        (sellers is None or sellers > 1)
        and hands.total() >= ENOUGH
        and max(hands.values()) * 4 >= hands.total() * 3
    ):
        hints.append(msg("lately often deals from one hand"))
    return hints


def leaning(newest_first: Iterable[Minutes], *, sellers: int | None = None) -> list[Message]:
    """What the choice of the last meetings leans to; aborted ones say nothing. `sellers` as in `balance_hints`."""
    deals: list[DealRecord] = []
    for minutes in newest_first:
        if len(deals) >= LATELY:
            break
        if minutes.status != "aborted":
            deals += reversed(deals_on_the_floor(minutes))
    return balance_hints(deals, sellers=sellers)
