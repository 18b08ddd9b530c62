"""`factors`: the factors at hand, each to be opened for the entries behind it.

Owns what is open. What counts, and over which meetings, is the panel's. Source: meeting.md, `factors`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retrotui.domain.minutes import DealRecord, FactorUse, Minutes
from retrotui.errors import msg, plural
from retrotui.locale import formats, tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page, dotted, heading
from retrotui.tui.naming import control_name, deal_name, source_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.factors import counted, meetings_of_period, uses_at_hand

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

SIDES = (("helped", msg("What helped"), "+"), ("hurt", msg("What hurt"), "−"))


class FactorUsesPage(Page):
    """Enter or Space opens and shuts a factor."""

    name = msg("Factors")

    def __init__(self, screen: MeetingScreen) -> None:
        super().__init__(screen)
        self.open: frozenset[str] = frozenset()

    def rows(self) -> tuple[Row, ...]:
        view = self.view
        uses = uses_at_hand(view)
        found: list[Row] = []
        for effect, words, sign in SIDES:
            side = counted(uses, effect)
            if side:
                n = sum(one.uses for one in side)
                found.append(heading(tr(plural("{side}: {n} use", "{side}: {n} uses", n, side=words))))
            for one in side:
                key = f"{effect}:{one.factor}"
                label = view.factors.label(one.factor, view.language) if one.factor else tr("unsorted")
                control = view.factors.control(one.factor)
                detail = dotted(
                    tr(plural("{n} use", "{n} uses", one.uses)), control_name(control) if control else ""
                )
                found.append(Row(key, f"{sign} {label}", detail, "▾" if key in self.open else "▸"))
                if key in self.open:
                    behind = (use for use in uses if (use.effect, use.factor) == (effect, one.factor))
                    found += self._behind(view, key, behind)
        return tuple(found)

    def _behind(self, view: View, key: str, uses: Iterable[FactorUse]) -> list[Row]:
        """The entries themselves, with deal, weight, source and, from an earlier meeting, its day."""
        found = []
        today = view.meeting.minutes
        for number, use in enumerate(uses):
            minutes = _meeting_of(view, use)
            deal = minutes.find_deal(use.deal)
            name = _deal_name(view, minutes, deal) if deal else ""
            day = "" if minutes is today else formats.date(minutes.date)
            detail = dotted(name, "●" * use.weight, source_name(use.source), day)
            found.append(Row(f"{key}:{number}", f"   {use.text or '–'}", detail, muted=True))
        return found

    def legend(self) -> str:
        return tr("Enter: open and shut a factor")

    def empty(self) -> str:
        return tr("No factors yet.")

    def tick(self, key: str) -> bool:
        if key.count(":") == 1:
            self.open ^= {key}
        return False


def _meeting_of(view: View, use: FactorUse) -> Minutes:
    """The minutes in which it was said: ids are given anew in every meeting, so the entry itself is looked for."""
    for minutes in meetings_of_period(view):
        if any(one is use for one in minutes.factor):
            return minutes
    return view.meeting.minutes


def _deal_name(view: View, minutes: Minutes, deal: DealRecord) -> str:
    if view.meeting.minutes.discretion.customers or minutes.discretion.customers:
        return tr("a customer")
    return deal_name(view, deal)
