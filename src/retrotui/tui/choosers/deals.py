"""`deal`: the picker: what is chosen, what is worth looking at, what was parked, and all deals of the export.

Owns the page of deals and what its keys do; tips and factors are pages of their own. Must never show an owner.
Source: meeting.md, `deal`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.domain import course, floor, parking, rounds
from retrotui.domain.deals import Deal
from retrotui.domain.minutes import DealRecord
from retrotui.domain.proposals import Proposal, leaning
from retrotui.errors import Message, msg, plural
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.before import before_pages
from retrotui.tui.choosers.deal_file import FILE, REPORT, file_row, open_row, report_rows
from retrotui.tui.choosers.deal_list import DealList
from retrotui.tui.choosers.factor_pages import FactorsPage, TipsPage
from retrotui.tui.choosers.pages import Page, dotted, fitting, heading
from retrotui.tui.choosers.proposed import Proposed, reason
from retrotui.tui.naming import amount, deal_name, outcome_name

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

OURS, PROPOSAL, IMPORTED, PARKED = "ours:", "proposal:", "deal:", "parked:"


def pages(screen: MeetingScreen) -> tuple[Page, ...]:
    """Deals, tips, factors, what was said before."""
    return DealsPage(screen), TipsPage(screen), FactorsPage(screen), *before_pages(screen)


class DealsPage(Page):
    """Space chooses a deal or puts it aside, Enter puts it under the lens; digits filter, / searches."""

    name = msg("Deals")

    def __init__(self, screen: MeetingScreen) -> None:
        super().__init__(screen)
        self.list = DealList(screen)
        self.proposed = Proposed(screen)

    # -- rows ------------------------------------------------------------------------------------------------

    def found(self, search: str) -> tuple[Row, ...]:
        ours, of_other_steps = self._ours()
        before = [*ours, *self._parked(), *self._proposals()]
        if search.strip():
            before, of_other_steps = list(fitting(before, search)), list(fitting(of_other_steps, search))
        if self.list.pipeline is None:
            return (*before, *of_other_steps, file_row())
        return (*before, *self._imported(search), *of_other_steps)

    def _ours(self) -> tuple[list[Row], list[Row]]:
        """The deals of the meeting: those chosen for this step, in the order of the floor, and others that fit it; then
        those whose outcome belongs to another step: they must not lie under the cursor."""
        view, chosen = self.view, rounds.deals_of_rounds(self.meeting)
        known = {one.id: one for one in self.meeting.minutes.deal}
        first = [known[one] for one in chosen if one in known]
        rest = [one for one in self.meeting.minutes.deal if one.id not in chosen]
        wanted = self.list.preset
        fit = [one for one in rest if not wanted or one.outcome in wanted]
        leads = {one.deal for one in self.meeting.minutes.metric if one.deal}
        marks = self._marks()
        other = [one for one in rest if one not in fit]
        ours: list[Row] = []
        of_other_steps: list[Row] = []
        groups = (
            (ours, tr("Chosen for this step"), first),
            (ours, tr("In this meeting"), fit),
            (of_other_steps, tr("In this meeting"), other),
        )
        for found, words, group in groups:
            if group:
                found.append(heading(words))
            for one in group:
                detail = dotted(
                    tr("a figure leads here") if one.id in leads else "",
                    outcome_name(one.outcome),
                    amount(view, one.amount, one.currency),
                )
                hidden = view.meeting.minutes.discretion.customers
                label = dotted(deal_name(view, one), one.title if one.account and not hidden else "")
                found.append(Row(f"{OURS}{one.id}", label, detail, marks.get(one.id, "")))
        return ours, of_other_steps

    def _marks(self) -> dict[str, str]:
        """✓ is chosen for this step, ▶ has the floor."""
        now = self.meeting.deal
        return {
            one: "▶" if now is not None and one == now.id else "✓"
            for one in rounds.deals_of_rounds(self.meeting)
        }

    def _parked(self) -> list[Row]:
        topics = self.meeting.minutes.parked
        rows = [Row(f"{PARKED}{at}", words, tr("parked"), "&") for at, words in enumerate(topics)]
        return [heading(tr("Parked topics")), *rows] if rows else []

    def _proposals(self) -> list[Row]:
        found = self.proposed.found()
        if found is None:
            return [heading(tr("Worth a look: still looking …"))]
        hidden, marks = self.meeting.minutes.discretion, self._marks()
        rows = []
        for one in (each for each in found if self._is_wanted(each)):
            name = tr("Deal {id}", id=one.deal.key) if hidden.customers else one.deal.name
            if one.beside is not None:
                other = tr("Deal {id}", id=one.beside.key) if hidden.customers else one.beside.name
                name = f"{name} × {other}"
            why = reason(one, amounts_hidden=hidden.amounts, customers_hidden=hidden.customers)
            rows.append(Row(f"{PROPOSAL}{one.kind}:{one.deal.key}", name, why, marks.get(one.deal.key, "")))
        leaning = dotted(*(tr(one) for one in self._leaning()))
        if not rows and not leaning:
            return []
        return [heading(dotted(tr("Worth a look"), leaning)), *rows]

    def _leaning(self) -> list[Message]:
        return leaning(self.session.past, sellers=self.session.settings.sellers)

    def _imported(self, search: str) -> list[Row]:
        """The deals of the file; while nothing is searched, the report on it and the way to another."""
        assert self.list.pipeline is not None
        rows = self.list.rows(search, IMPORTED, self._marks())
        self.total = self.list.total
        file, searching = self.list.pipeline.file, bool(search.strip())
        report = () if searching else report_rows(self.list.pipeline)
        another = () if searching else (file_row(),)
        if not rows:
            more = self.list.without_filters(search)
            words = tr("{file}: nothing fits", file=file)
            if more:
                words = tr("{file}: nothing fits; {n} without the filters 1 2 3", file=file, n=more)
            return [heading(words), *report, *another]
        head = tr(plural("{file}: {n} deal", "{file}: {n} deals", len(rows) + self.total, file=file))
        last = [heading(tr("… and {n} more: / or 1 2 3 narrow them", n=self.total))] if self.total else []
        return [heading(head), *report, *rows, *last, *another]

    def legend(self) -> str:
        if self.list.pipeline is None:
            return tr("--deals FILE brings deals along. Or Esc and type: Miller Ltd lost 48,000")
        return dotted(tr("Space: choose"), self.list.legend(), tr("/ searches"))

    # -- keys ------------------------------------------------------------------------------------------------

    def digit(self, number: int, _key: str) -> bool:
        self.list.digit(number)
        return False

    def tick(self, key: str) -> bool:
        """Choose, or put aside what was chosen; the list stays."""
        if open_row(self.screen, key):
            return False
        if key.startswith(PARKED):
            self._take_parked(key)
        else:
            records = self._records(key)
            fresh = [one for one in records if one.id not in rounds.deals_of_rounds(self.meeting)]
            for one in fresh:
                self.session.apply(floor.choose, one)
            for one in () if fresh else records:
                self.session.apply(floor.put_aside, one.id)
        return False

    def take(self, key: str) -> bool:
        """Onto the floor: chosen where it was not; the list closes."""
        if key in (FILE, REPORT):
            return self.tick(key)
        if key.startswith(PARKED):
            return self._take_parked(key)
        records = self._records(key)
        for one in records:
            if one.id not in rounds.deals_of_rounds(self.meeting) and not self.session.apply(
                floor.choose, one
            ):
                return False
        if not records:
            return False
        if (now := self.meeting.deal) is not None and now.id == records[0].id:
            return True
        return self.session.apply(course.take_floor, records[0].id)

    def _take_parked(self, key: str) -> bool:
        place = key.removeprefix(PARKED)
        return place.isdecimal() and self.session.apply(parking.onto_the_floor, int(place))

    def _is_wanted(self, proposal: Proposal) -> bool:
        """Whether it has the outcome that the step, or the filter, looks for: a pair needs both of its."""
        wanted = self.list.wanted.outcomes
        both = (proposal.deal, proposal.beside or proposal.deal)
        return not wanted or all(deal.outcome in wanted for deal in both)

    def _records(self, key: str) -> list[DealRecord]:
        """The deals behind a row: two for a pair."""
        kind, _, an_id = key.partition(":")
        if kind == PROPOSAL[:-1]:
            found = [one for one in self.proposed.found() or () if f"{one.kind}:{one.deal.key}" == an_id]
            return [
                self._record(deal) for one in found for deal in (one.deal, one.beside) if deal is not None
            ]
        known = self.meeting.minutes.find_deal(an_id)
        if known is not None:
            return [known]
        deal = self.list.find(an_id) if kind == IMPORTED[:-1] else None
        return [self._record(deal)] if deal is not None else []

    def _record(self, deal: Deal) -> DealRecord:
        """As the minutes know it already, else as the export has it."""
        file = self.list.pipeline.file if self.list.pipeline else ""
        return self.meeting.minutes.find_deal(deal.key) or floor.record_of(deal, file)
