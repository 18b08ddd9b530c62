"""The deals worth looking at: looked for beside the screen where there are many.

Owns when that is done and what is remembered of it. Which deals are proposed is `domain.proposals`'.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from retrotui.domain.deals import DealIndex
from retrotui.domain.floor import deals_on_the_floor
from retrotui.domain.minutes import Minutes
from retrotui.domain.period import Period
from retrotui.domain.proposals import Proposal, proposals
from retrotui.errors import msg
from retrotui.locale import formats, tr
from retrotui.tui.choosers.asking import refresh
from retrotui.tui.choosers.deal_list import period_of
from retrotui.tui.choosers.pages import dotted

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

AT_ONCE = 10_000
"""Deals that are looked through while the list opens; more would be felt."""

_Asked = tuple[DealIndex, Period, frozenset[str]]
_kept: list[tuple[_Asked, tuple[Proposal, ...]]] = []
"""The last proposals, by what they were asked for: F7 is opened again and again."""


class Proposed:
    """What is proposed for this meeting; None while it is being looked for."""

    def __init__(self, screen: MeetingScreen) -> None:
        self.screen = screen
        self._looking: _Asked | None = None

    def found(self) -> tuple[Proposal, ...] | None:
        """The proposals; none without a pipeline."""
        session = self.screen.session
        if session.pipeline is None:
            return ()
        asked = (session.pipeline.index, period_of(session.meeting), discussed(session.past))
        if _kept and _is_same(_kept[0][0], asked):
            return _kept[0][1]
        if len(asked[0].deals) <= AT_ONCE:
            return _keep(asked, _look(asked))
        if self._looking is None or not _is_same(self._looking, asked):
            self._looking = asked
            self.screen.run_worker(self._look_beside(asked), group="proposals")
        return None

    async def _look_beside(self, asked: _Asked) -> None:
        _keep(asked, await asyncio.to_thread(_look, asked))
        refresh(self.screen)


def _is_same(one: _Asked, other: _Asked) -> bool:
    return one[0] is other[0] and one[1:] == other[1:]


def _look(asked: _Asked) -> tuple[Proposal, ...]:
    return tuple(proposals(asked[0].deals, asked[1], asked[2]))


def _keep(asked: _Asked, found: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    _kept[:] = [(asked, found)]
    return found


def discussed(past: tuple[Minutes, ...]) -> frozenset[str]:
    """The deals of earlier meetings: they are not proposed again."""
    return frozenset(
        deal.id for minutes in past if minutes.status != "aborted" for deal in deals_on_the_floor(minutes)
    )


def reason(proposal: Proposal, *, amounts_hidden: bool, customers_hidden: bool) -> str:
    """Why it is proposed, all that speaks for it, without what discretion leaves out."""
    reasons = (
        _reason(one, amounts_hidden=amounts_hidden, customers_hidden=customers_hidden)
        for one in (proposal, *proposal.also)
    )
    return dotted(*reasons)


def _reason(proposal: Proposal, *, amounts_hidden: bool, customers_hidden: bool) -> str:
    if amounts_hidden and proposal.kind == "biggest_loss":
        return tr("biggest loss")
    if proposal.kind == "biggest_loss" and proposal.deal.amount is not None:
        return tr(
            "biggest loss: {amount}", amount=formats.money(proposal.deal.amount, proposal.deal.currency)
        )
    if customers_hidden and proposal.kind == "pair":
        return tr("beside a similar win")
    if customers_hidden and proposal.kind in ("surprise_loss", "surprise_win"):
        words = {"surprise_loss": msg("an unexpected loss"), "surprise_win": msg("an unexpected win")}
        return tr(words[proposal.kind])
    return tr(proposal.reason)
