"""`numbers`: to which deal the surprising figure sends us.

Owns the page of deals that a figure may lead to. The list itself is `deal_list`'s. Source: meeting.md, `numbers`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.domain import floor
from retrotui.domain.minutes import Metric
from retrotui.errors import msg
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.deal_list import DealList
from retrotui.tui.choosers.pages import Page, dotted, fitting, heading
from retrotui.tui.naming import amount, deal_name, outcome_name

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

OURS, IMPORTED = "ours:", "deal:"


class LeadsToPage(Page):
    """Enter or Space ties a deal to the figure, or unties it; Enter closes."""

    name = msg("Leads to")

    def __init__(self, screen: MeetingScreen) -> None:
        super().__init__(screen)
        self.list = DealList(screen)

    def metric(self) -> Metric | None:
        """The figure that surprises us, else the one that is selected, else the first."""
        metrics = self.meeting.minutes.metric
        surprise = next((one for one in metrics if one.surprise), None)
        selected = next((one for one in metrics if one.id == self.session.selected), None)
        return surprise or selected or next(iter(metrics), None)

    def found(self, search: str) -> tuple[Row, ...]:
        metric = self.metric()
        if metric is None:
            return ()
        view = self.view
        marks = {metric.deal: "→"} if metric.deal else {}
        ours = [
            Row(f"{OURS}{one.id}", deal_name(view, one),
                dotted(outcome_name(one.outcome), amount(view, one.amount, one.currency)), marks.get(one.id, ""))
            for one in self.meeting.minutes.deal
        ]  # fmt: skip
        imported = self.list.rows(search, IMPORTED, marks)
        self.total = self.list.total
        head = heading(tr("{figure} leads to", figure=metric.label or metric.id))
        return (head, *(fitting(ours, search) if search.strip() else ours), *imported)

    def legend(self) -> str:
        return dotted(tr("Enter: it leads here"), self.list.legend() if self.list.pipeline else "")

    def empty(self) -> str:
        return tr("No figures yet.")

    def take(self, key: str) -> bool:
        return self._tie(key)

    def tick(self, key: str) -> bool:
        self._tie(key)
        return False

    def digit(self, number: int, _key: str) -> bool:
        self.list.digit(number)
        return False

    def _tie(self, key: str) -> bool:
        metric, deal_id = self.metric(), key.partition(":")[2]
        if metric is None:
            return False
        if metric.deal == deal_id:
            return self.session.apply(floor.sends_us_to, metric.id, "")
        record = self.meeting.minutes.find_deal(deal_id)
        if (
            record is None
            and (deal := self.list.find(deal_id)) is not None
            and self.list.pipeline is not None
        ):
            record = floor.record_of(deal, self.list.pipeline.file)
        return record is not None and self.session.apply(floor.leads_to, metric.id, record)
