"""The imported deals as rows: searched, filtered, cut to what a person can look through.

Owns the filter that is set and the order of digits that set it. Must never show, nor search for, a deal's owner.
Source: meeting.md, `deal`; promises: a keystroke over 100,000 deals stays under 50 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from retrotui.domain.deals import OUTCOMES, Deal, DealFilter, DealIndex, Outcome, currencies
from retrotui.domain.meeting import Meeting
from retrotui.domain.period import Period, last_complete
from retrotui.domain.spoken_numbers import read_quantity
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask
from retrotui.tui.choosers.pages import dotted
from retrotui.tui.naming import amount, outcome_name
from retrotui.tui.view import Pipeline, View
from retrotui.tui.widgets.panels.memory import memory_of

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

MOST_ROWS = 200
"""Deals that are listed; how many more there are is said below them."""


def period_of(meeting: Meeting) -> Period:
    """The days that the meeting looks at."""
    table = meeting.minutes.period
    if table is None or table.until < table.since:
        return last_complete(meeting.agenda.period, meeting.minutes.date)
    return Period(table.since, table.until)


class DealList:
    """What of the pipeline is listed now. Digits: 1 outcome, 2 period, 3 amount."""

    def __init__(self, screen: MeetingScreen) -> None:
        self.screen = screen
        self.session = screen.session
        step = self.session.meeting.agenda_step
        self.preset: frozenset[Outcome] = frozenset(step.outcomes) if step else frozenset()
        """The outcomes that the step is about; empty: any."""
        preset = self.preset
        self._outcomes = [preset, frozenset(), *(frozenset({one}) for one in OUTCOMES if {one} != preset)]
        if not preset:
            del self._outcomes[0]
        self.wanted = DealFilter(outcomes=self._outcomes[0], period=period_of(self.session.meeting))
        self.total = 0
        """How many fit besides those listed."""
        self._narrowed: tuple[DealIndex, DealFilter, DealIndex] | None = None
        self._presets_tried: DealIndex | None = None
        self._filtered, self._unfiltered = _Typed(), _Typed()

    @property
    def pipeline(self) -> Pipeline | None:
        return self.session.pipeline

    def _fitting(self, search: str) -> Sequence[int]:
        """The positions of the deals that fit what is searched, newest first, among those that pass the filters."""
        if self.pipeline is None:
            return ()
        return self._filtered.among(self._narrow(self.pipeline.index), search)

    def rows(self, search: str, prefix: str, marks: dict[str, str]) -> list[Row]:
        """The first of them as rows; `marks` by the deal's key."""
        fit = self._fitting(search)
        self.total = max(0, len(fit) - MOST_ROWS)
        view = self.session.view()
        deals = self._narrowed[2].deals if self._narrowed is not None else ()
        shown = [deals[at] for at in fit[:MOST_ROWS]]
        return [deal_row(view, one, prefix, marks.get(one.key, "")) for one in shown]

    def find(self, key: str) -> Deal | None:
        """The imported deal with this key."""
        deals: Iterable[Deal] = self.pipeline.index.deals if self.pipeline else ()
        return next((one for one in deals if one.key == key), None)

    def _narrow(self, index: DealIndex) -> DealIndex:
        """The deals that pass the filters, with their folded texts: so that a keystroke looks through these alone."""
        if self._presets_tried is not index:
            self._presets_tried = index
            self._let_go_of_an_empty_period(index)
        if self._narrowed is None or self._narrowed[0] is not index or self._narrowed[1] != self.wanted:
            self._narrowed = (index, self.wanted, _narrowed(index, self.wanted))
        return self._narrowed[2]

    def _let_go_of_an_empty_period(self, index: DealIndex) -> None:
        """An export of another year: a preset that leaves nothing would look like a broken file."""
        if self.wanted.period is not None and not index.select(self.wanted):
            self.wanted = replace(self.wanted, period=None)

    # -- what is set -----------------------------------------------------------------------------------------

    def legend(self) -> str:
        """The digits with what is set."""
        outcomes = ", ".join(outcome_name(one) for one in OUTCOMES if one in self.wanted.outcomes)
        outcomes = outcomes or tr("any outcome")
        period = self.wanted.period
        days = formats.period(period.since, period.until) if period else tr("any time")
        least = self._least() or tr("any amount")
        return dotted(f"1 {outcomes}", f"2 {days}", f"3 {least}")

    def _least(self) -> str:
        least = self.wanted.amount_from
        if least is None:
            return ""
        shown = amount(self.session.view(), str(least), self.wanted.currency) or "•••"
        return tr("from {amount}", amount=shown)

    def digit(self, number: int) -> None:
        """1 goes to the next outcome, 2 switches the period, 3 asks for an amount."""
        if number == 1:
            place = self._outcomes.index(self.wanted.outcomes) + 1
            self.wanted = replace(self.wanted, outcomes=self._outcomes[place % len(self._outcomes)])
        elif number == 2:
            period = None if self.wanted.period else period_of(self.session.meeting)
            self.wanted = replace(self.wanted, period=period)
        elif number == 3 and self.pipeline is not None:
            self._ask_amount()

    def _ask_amount(self) -> None:
        if self.session.meeting.minutes.discretion.amounts:
            self.session.say(msg("Amounts are hidden; F6 shows them again."))
            return
        how = msg("48,000 or 48k; an empty line shows all.")
        ask(self.screen, msg("From which amount on?"), self._set_amount, explained=how, check=self._is_amount)

    def _is_amount(self, line: str) -> Message | None:
        language = self.session.meeting.minutes.language
        if not line.strip() or read_quantity(line.strip(), language, money=True) is not None:
            return None
        return msg("This is no amount: try 48,000 or 48k.")

    def _set_amount(self, line: str) -> None:
        """Amounts compare within one currency: the one typed, else the team's, else the most frequent."""
        read = read_quantity(line.strip(), self.session.meeting.minutes.language, money=True)
        least, currency = (Decimal(read.value), read.currency) if read is not None else (None, "")
        codes = currencies(self.pipeline.index.deals) if self.pipeline else ()
        if least is not None and not currency and len(codes) > 1:
            own = self.session.meeting.minutes.currency
            currency = own if own in codes else codes[0]
        self.wanted = replace(self.wanted, amount_from=least, currency=currency)

    def without_filters(self, search: str) -> int:
        """How many would fit if nothing were set but the search."""
        if self.pipeline is None:
            return 0
        index = self.pipeline.index
        typed = self._filtered if self._narrow(index) is index else self._unfiltered
        return len(typed.among(index, search))


class _Typed:
    """What a search found last: as somebody types on, only those deals are looked at again."""

    def __init__(self) -> None:
        self._last: tuple[DealIndex, str, Sequence[int]] | None = None

    def among(self, index: DealIndex, search: str) -> Sequence[int]:
        """The positions of the deals of the index that fit."""
        found: Sequence[int] = range(len(index.deals))
        if self._last is not None and self._last[0] is index and search.startswith(self._last[1]):
            if search == self._last[1]:
                return self._last[2]
            found = index.search(search, self._last[2])
        elif search.strip():
            found = index.search(search)
        self._last = (index, search, found)
        return found


def _narrowed(index: DealIndex, wanted: DealFilter) -> DealIndex:
    chosen = index.select(wanted)
    if len(chosen) == len(index.deals):
        return index
    left = iter(chosen)
    following = next(left, None)
    hay = []
    for deal, straw in zip(index.deals, index.hay, strict=True):
        if deal is following:  # both stand in one order
            hay.append(straw)
            following = next(left, None)
    return DealIndex(tuple(chosen), tuple(hay))


def deal_row(view: View, deal: Deal, prefix: str, mark: str = "") -> Row:
    """Account, title, outcome, amount, day; when it was discussed. Never the owner."""
    hidden = view.meeting.minutes.discretion.customers
    label = tr("Deal {id}", id=deal.key) if hidden else dotted(deal.name, deal.title if deal.account else "")
    days = discussed_on(view, deal.key)
    detail = dotted(
        tr("discussed {day}", day=formats.day_month(days[0])) if days else "",
        outcome_name(deal.outcome) or deal.stage,
        amount(view, deal.amount, deal.currency),
        formats.date(deal.day) if deal.day else "",
    )
    return Row(f"{prefix}{deal.key}", label, detail, mark)


def discussed_on(view: View, key: str) -> list[date]:
    """The days of earlier meetings that had this very deal on the floor, newest first."""
    found = memory_of(view).deals.get(key, [])
    return [day for meeting, day in found if meeting != view.meeting.minutes.id]
