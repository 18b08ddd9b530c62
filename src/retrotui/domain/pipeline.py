"""The figures of a pipeline: won, lost, win rates, won amount, days to close, for a period and the one before.

Owns how these are counted. Must not read files, and must not write a rate in words: every figure brings the cases it
stands on, and the screens say so where they are few.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Literal

from retrotui.domain.deals import CLOSED, Deal, Outcome, currencies, decided_in
from retrotui.domain.period import Period
from retrotui.errors import Message, RetroError, msg

FEW = 5
"""Under so many cases a rate is not shown without its counts (product.md, "What it will not do")."""

WON = msg("Deals won")
LOST = msg("Deals lost")
WIN_RATE = msg("Win rate: won of won and lost")
WIN_RATE_BROAD = msg("Win rate: won of all decided, standstill and withdrawn among them")
WON_AMOUNT = msg("Won amount")
DAYS_TO_CLOSE = msg("Days to close, median")


@dataclass(frozen=True, slots=True)
class Counted:
    """A value with what it stands on. `value` is a decimal string, "" where there are no cases.

    `n` counts the cases; `part` of them are meant by a rate (won of decided), None for what is no rate. `left_out`
    counts deals that belong there but do not say the figure (a won deal without an amount).
    """

    value: str
    n: int
    part: int | None = None
    left_out: int = 0

    @property
    def few(self) -> bool:
        """True for a rate on fewer than five cases: then show `counts` in its place."""
        return self.part is not None and self.n < FEW

    @property
    def counts(self) -> Message:
        """ "3 of 4", or for what is no rate how many deals it stands on."""
        if self.part is not None:
            return msg("{part} of {n}", part=self.part, n=self.n)
        return msg("n = {n}", n=self.n)


@dataclass(frozen=True, slots=True)
class PipelineFigure:
    """One figure for a period, and for the one before (None where the calendar has none)."""

    id: str
    label: Message
    unit: Literal["count", "percent", "currency", "days"]
    better: Literal["higher", "lower"]
    now: Counted
    before: Counted | None
    currency: str = ""


def figures(deals: Sequence[Deal], period: Period) -> tuple[PipelineFigure, ...]:
    """Won, lost, win rate, won amount (one for each currency), median days to close, and the broad win rate.

    The narrow win rate is won of won and lost; the broad one counts as decided too what nobody decided and what was
    withdrawn, and is left out where there is nothing of the kind. A deal belongs to the period in which it was decided.
    """
    now = decided_in(deals, period)
    before = _before(deals, period)

    def of(count: Callable[[Sequence[Deal]], Counted]) -> tuple[Counted, Counted | None]:
        return count(now), None if before is None else count(before)

    found = [
        PipelineFigure("won", WON, "count", "higher", *of(lambda some: _number(some, "won"))),
        PipelineFigure("lost", LOST, "count", "lower", *of(lambda some: _number(some, "lost"))),
        PipelineFigure("win_rate", WIN_RATE, "percent", "higher", *of(lambda some: _rate(some, NARROW))),
    ]
    codes = currencies(deal for deal in (*now, *(before or ())) if deal.outcome == "won")
    for code in codes or currencies(deals)[:1] or ("",):
        name = f"won_amount_{code.lower() or 'unknown'}" if len(codes) > 1 else "won_amount"
        both = of(lambda some, code=code: _amount(some, code))  # type: ignore[misc]
        found.append(PipelineFigure(name, WON_AMOUNT, "currency", "higher", *both, currency=code))
    found.append(PipelineFigure("days_to_close", DAYS_TO_CLOSE, "days", "lower", *of(_days)))
    if any(deal.outcome in CLOSED - NARROW for deal in (*now, *(before or ()))):
        broad = of(lambda some: _rate(some, CLOSED))
        found.append(PipelineFigure("win_rate_broad", WIN_RATE_BROAD, "percent", "higher", *broad))
    return tuple(found)


NARROW: frozenset[Outcome] = frozenset({"won", "lost"})


def _before(deals: Sequence[Deal], period: Period) -> list[Deal] | None:
    """The deals of the period before; None where the export does not reach back so far: that would be no zero."""
    try:
        earlier = period.before()
    except RetroError:
        return None
    found = decided_in(deals, earlier)
    reaches = found or any(
        deal.outcome in CLOSED and deal.decided and deal.decided < period.since for deal in deals
    )
    return found if reaches else None


def _number(deals: Iterable[Deal], outcome: Outcome) -> Counted:
    count = sum(deal.outcome == outcome for deal in deals)
    return Counted(str(count), count)


def _rate(deals: Iterable[Deal], decided: Collection[Outcome]) -> Counted:
    """Won of these outcomes, in per cent with one decimal."""
    among = [deal for deal in deals if deal.outcome in decided]
    won = sum(deal.outcome == "won" for deal in among)
    if not among:
        return Counted("", 0, 0)
    share = (Decimal(100 * won) / len(among)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Counted(str(share), len(among), won)


def _amount(deals: Iterable[Deal], currency: str) -> Counted:
    won = [deal for deal in deals if deal.outcome == "won"]
    known = [Decimal(deal.amount) for deal in won if deal.amount is not None and deal.currency == currency]
    unknown = sum(deal.amount is None for deal in won)
    return Counted(f"{sum(known, Decimal('0.00')):f}", len(known), left_out=unknown)


def _days(deals: Iterable[Deal]) -> Counted:
    """The median over all deals that were decided, won or not."""
    closed = list(deals)
    known = [days for deal in closed if (days := deal.cycle_days) is not None]
    if not known:
        return Counted("", 0, left_out=len(closed))
    return Counted(f"{median(known):g}", len(known), left_out=len(closed) - len(known))
