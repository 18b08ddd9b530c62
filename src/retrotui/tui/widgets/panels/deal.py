"""`deal`: the card of the deal under the lens, and those that wait.

Must never show the owner: the deal is under the lens, not the seller. Amounts and customers only as discretion lets
it. Source: meeting.md, `deal`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from retrotui.domain.loss_reasons import proposed_factors
from retrotui.domain.minutes import DealRecord
from retrotui.domain.pacing import deal_box
from retrotui.domain.text import fold
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.memory import customer_keys, memory_of
from retrotui.tui.widgets.panels.naming import amount, deal_name, deal_name_of, key_of, outcome_name
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, ends, flow, labelled, said

MOST_DATES = 3
OUTCOME_STYLES = {"won": "bold $helped", "lost": "bold $hurt"}


def sheet(view: View) -> Sheet:
    """The card of the deal on the floor, and which deals wait; how to choose one where there is none."""
    deal = view.meeting.deal
    if deal is None:
        return _none_chosen(view)
    lines = [
        _name(view, deal),
        *flow(_facts(view, deal), view.width),
        *labelled(_told(view, deal), view.width),
    ]
    return Sheet(tuple(lines))


def _none_chosen(view: View) -> Sheet:
    key = key_of(view, "choose")
    lines = said(tr("No deal is under the lens yet."), width=view.width)
    lines += said(
        tr("{key} chooses one, or type it: Miller Ltd lost 48,000", key=key), "$muted", width=view.width
    )
    for metric in view.meeting.minutes.metric:
        if leads := deal_name_of(view, metric.deal):
            words = tr("{figure} leads to {deal}", figure=metric.label or metric.id, deal=leads)
            lines += said(f"→ {words}", width=view.width)
    return Sheet(tuple(lines))


def _name(view: View, deal: DealRecord) -> Content:
    cells = [Cell(deal_name(view, deal), "bold")]
    if deal.account and deal.title and not view.meeting.minutes.discretion.customers:
        cells.append(Cell(f" · {deal.title}"))
    return ends(cells, _box(view), view.width)


def _box(view: View) -> tuple[Cell, ...]:
    box = deal_box(view.meeting, view.now)
    if box is None:
        return ()
    spent, planned = box
    words = tr("{spent} of {planned} min", spent=spent // 60, planned=planned // 60)
    if spent >= planned:
        return (Cell(tr("time is up: {words}", words=words), "bold $over"),)
    return (Cell(words, "$muted"),)


def _facts(view: View, deal: DealRecord) -> list[Cell]:
    return [
        Cell(outcome_name(deal.outcome), OUTCOME_STYLES.get(deal.outcome or "", "bold")),
        Cell(amount(view, deal.amount, deal.currency), "bold"),
        Cell(deal.stage),
        Cell(open_for(view, deal)),
    ]


def open_for(view: View, deal: DealRecord) -> str:
    """How long it has been open, or took to be decided."""
    if deal.created is None:
        return tr("decided on {day}", day=formats.date(deal.decided)) if deal.decided else ""
    days = ((deal.decided or view.today) - deal.created).days
    if days < 0:
        return ""
    if deal.decided is None:
        return tr(plural("open for {n} day", "open for {n} days", days))
    return tr(
        plural("{n} day open, decided on {day}", "{n} days open, decided on {day}", days, day=deal.decided)
    )


def _told(view: View, deal: DealRecord) -> Iterable[tuple[str, str, str]]:
    hidden = view.meeting.minutes.discretion
    yield tr("Competitors"), ", ".join(deal.competitors), ""
    if not hidden.people:
        yield tr("Contributors"), ", ".join(contributors(deal)), ""
    if deal.reason_raw:
        yield tr("Reason in the CRM"), _reason(view, deal), "italic"
    if days := discussed(view, deal):
        words = ", ".join(formats.date(day) for day in days[:MOST_DATES])
        yield tr("Discussed on"), words + (" …" if len(days) > MOST_DATES else ""), "$lesson"
    yield tr("Waiting"), _waiting(view), ""


def _reason(view: View, deal: DealRecord) -> str:
    """The CRM's own words, and as a question what they may mean, until somebody has said it."""
    said = {use.factor for use in view.meeting.minutes.factor if use.deal == deal.id}
    meant = [view.factors.get(one) for one in proposed_factors(deal.reason_raw) if one not in said]
    tags = ", ".join(f"#{one.tag(view.language)}" for one in meant if one is not None)
    words = tr("“{words}”", words=deal.reason_raw)
    return f"{words} → {tags}?" if tags else words


def contributors(deal: DealRecord) -> tuple[str, ...]:
    """Who took part, without whoever owns the deal: the owner is never on the wall."""
    owner = fold(deal.owner)
    return tuple(one for one in deal.contributors if not owner or owner not in fold(one))


def discussed(view: View, deal: DealRecord) -> tuple[date, ...]:
    """The days of earlier meetings that had this customer, or this deal, on the floor; newest first."""
    memory = memory_of(view)
    days = {
        day
        for key in customer_keys(deal)
        for meeting_id, day in memory.customers.get(key, ())
        if meeting_id != view.meeting.minutes.id
    }
    return tuple(sorted(days, reverse=True))


def _waiting(view: View) -> str:
    """The deals of the step that come after this one."""
    deals, now = view.meeting.step.deals, view.meeting.minutes.now
    on_floor = now.deal if now else ""
    later = deals[deals.index(on_floor) + 1 :] if on_floor in deals else ()
    return ", ".join(deal_name_of(view, one) for one in later)
