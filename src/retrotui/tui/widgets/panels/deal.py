"""`deal`: the card of the deal under the lens, and those that wait.

Must never show the owner: the deal is under the lens, not the seller. Amounts and customers only as discretion lets
it. Source: meeting.md, `deal`.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from retrotui.domain.capture_words import outcome_of
from retrotui.domain.loss_reasons import proposed_factors
from retrotui.domain.memory import deal_question
from retrotui.domain.minutes import DealRecord
from retrotui.domain.pacing import deal_box
from retrotui.domain.text import fold
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui import recall_words
from retrotui.tui.naming import amount, deal_name, deal_name_of, key_of, outcome_name
from retrotui.tui.view import View
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
    step = view.meeting.agenda_step
    wins = step is not None and "won" in step.outcomes and "lost" not in step.outcomes
    how = (
        tr("{key} chooses one, or type it: Miller Ltd won 48,000", key=key)
        if wins
        else tr("{key} chooses one, or type it: Miller Ltd lost 48,000", key=key)
    )
    lines += said(how, "$muted", width=view.width)
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
        # a CRM's last stage is often the outcome once more
        Cell("" if outcome_of(deal.stage) == deal.outcome else deal.stage),
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
    yield from _before(view, deal)
    uses = (use for use in view.meeting.minutes.factor if use.deal == deal.id)
    yield tr("Comes back"), " · ".join(recall_words.recurring(view, uses)), "$warn"
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


def _before(view: View, deal: DealRecord) -> Iterable[tuple[str, str, str]]:
    """What earlier meetings knew of this customer: the last talk in one line, the days of others; other spellings."""
    known = view.memory.of(deal_question(deal.id, deal.account))
    key, discussed, meant = key_of(view, "before"), tr("Discussed"), tr("Do you mean")
    if known.talked:
        last, *older = known.talked
        days = list(dict.fromkeys(formats.date(one.day) for one in older if one.day != last.day))
        more = ", ".join(days[:MOST_DATES]) + (" …" if len(days) > MOST_DATES else "")
        words = recall_words.talk(view, last)
        yield f"{discussed} · {key}", " · ".join(part for part in (words, more) if part), "$lesson"
    if like := recall_words.likely(view, known.like):
        yield meant if known.talked else f"{meant} · {key}", like, "$lesson"


def _waiting(view: View) -> str:
    """The deals of the step that come after this one."""
    deals, now = view.meeting.step.deals, view.meeting.minutes.now
    on_floor = now.deal if now else ""
    later = deals[deals.index(on_floor) + 1 :] if on_floor in deals else ()
    return ", ".join(deal_name_of(view, one) for one in later)
