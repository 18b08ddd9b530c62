"""What lies on the table: the deals of the meeting, and the metrics of its numbers step.

Owns choosing deals for a step and noting figures. Deals come in as `Deal` (an import's row) and are kept as
`DealRecord` (the minutes' table). Must not read files nor know the picker.
Source: meeting.md, `deal`, `numbers`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from retrotui.domain.agenda import StepKind
from retrotui.domain.meeting import Meeting, amend, commit, deal_words
from retrotui.domain.minutes import DealRecord, FloorTurn, Metric, Minutes, Now, Origin, Outcome, change
from retrotui.domain.rounds import deals_of_rounds, first_round, is_round_per_deal, round_of, with_round_for
from retrotui.domain.text import slug
from retrotui.domain.timebox import replace_step
from retrotui.errors import Refused, msg

if TYPE_CHECKING:
    from retrotui.domain.deals import Deal

MAX_METRICS = 5
"""Figures are kept short (meeting.md, `numbers`)."""


def deals_on_the_floor(minutes: Minutes) -> list[DealRecord]:
    """The deals of a meeting that were chosen for one of its `deal` steps."""
    chosen = {deal for step in minutes.step if step.kind == StepKind.DEAL for deal in step.deals}
    return [deal for deal in minutes.deal if deal.id in chosen]


def record_of(deal: Deal, file: str = "") -> DealRecord:
    """What the minutes keep of an imported deal."""
    return DealRecord(
        id=deal.key,
        account=deal.account or "",
        title=deal.title or "",
        outcome=deal.outcome,
        amount=deal.amount,
        currency=deal.currency or "",
        stage=deal.stage or "",
        owner=deal.owner or "",
        contributors=deal.contributors,
        competitors=deal.competitors,
        created=deal.created,
        decided=deal.decided,
        reason_raw=deal.reason_raw or "",
        origin=Origin(file=file, record=deal.record) if file else None,
    )


def choose(meeting: Meeting, deal: DealRecord, now: datetime) -> Meeting:
    """A deal is chosen for the step on the floor; the first one takes the floor at once, others wait for F4.

    In a step with a round per deal each has a round, with the step's minutes.
    """
    step = meeting.step
    if deal.id in deals_of_rounds(meeting):
        raise Refused(msg("This deal has been chosen already."))
    minutes = meeting.minutes
    if minutes.find_deal(deal.id) is None:
        minutes = change(minutes, deal=(*minutes.deal, deal))
    if step.deals and is_round_per_deal(meeting.agenda_step):
        minutes = change(with_round_for(meeting, deal.id), deal=minutes.deal)
        return commit(meeting, minutes, msg("{title} chosen", title=deal_words(minutes, deal.id)), now)
    step = first_round(meeting) if is_round_per_deal(meeting.agenda_step) else step
    step = change(step, deals=(*step.deals, deal.id))
    if minutes.now is not None and not minutes.now.deal:
        turn = FloorTurn(deal=deal.id, part=minutes.now.part, at=now)
        step = change(step, floor=(*step.floor, turn))
        minutes = change(minutes, now=Now(step=step.id, deal=deal.id, part=turn.part))
    label = msg("{title} chosen", title=deal_words(minutes, deal.id))
    return commit(meeting, replace_step(minutes, step), label, now)


def put_aside(meeting: Meeting, deal_id: str, now: datetime) -> Meeting:
    """A chosen deal is not for this step after all. What was said of it stays."""
    step, minutes = meeting.step, meeting.minutes
    if deal_id not in deals_of_rounds(meeting):
        raise Refused(msg("This deal has not been chosen for this step: F7 chooses it."))
    if deal_id not in step.deals:
        return _without_round(meeting, deal_id, now)
    position = step.deals.index(deal_id)
    left = tuple(one for one in step.deals if one != deal_id)
    label = msg("{title} put aside", title=deal_words(minutes, deal_id))
    step = change(step, deals=left)
    if minutes.now is not None and minutes.now.deal == deal_id:
        following = left[min(position, len(left) - 1)] if left else ""
        minutes = change(minutes, now=Now(step=step.id, deal=following))
        if following:
            step = change(step, floor=(*step.floor, FloorTurn(deal=following, at=now)))
    minutes = replace_step(minutes, step)
    used = any(deal_id in one.deals for one in minutes.step) or _spoken_of(minutes, deal_id)
    if not used:
        minutes = change(minutes, deal=tuple(one for one in minutes.deal if one.id != deal_id))
    return commit(meeting, minutes, label, now)


def _without_round(meeting: Meeting, deal_id: str, now: datetime) -> Meeting:
    """The round of a deal that is put aside: gone where it never had time, else it stays as it was."""
    label = msg("{title} put aside", title=deal_words(meeting.minutes, deal_id))
    own = round_of(meeting, deal_id)
    if own is None or own.spans or own.round == 1:
        raise Refused(msg("This deal has had its round."), msg("F6 leaves steps out."))
    minutes = change(meeting.minutes, step=tuple(one for one in meeting.minutes.step if one.id != own.id))
    if not _spoken_of(minutes, deal_id) and not any(deal_id in one.deals for one in minutes.step):
        minutes = change(minutes, deal=tuple(one for one in minutes.deal if one.id != deal_id))
    return commit(meeting, minutes, label, now)


def _spoken_of(minutes: Minutes, deal_id: str) -> bool:
    used = {entry.deal for table in (minutes.factor, minutes.quote, minutes.note) for entry in table}
    return deal_id in used or any(deal_id in one.deals for one in minutes.lesson)


def typed_deal(
    meeting: Meeting, account: str, outcome: Outcome | None, amount: str | None, currency: str, now: datetime
) -> Meeting:
    """A deal that was typed (`Müller GmbH verloren 48.000`): it gets an id of its own and takes the floor."""
    taken = {deal.id for deal in meeting.minutes.deal}
    wish = slug(account) or "deal"
    number, deal_id = 1, wish
    while deal_id in taken:
        number += 1
        deal_id = f"{wish}-{number}"
    currency = currency or (meeting.minutes.currency if amount else "")
    return choose(
        meeting,
        DealRecord(id=deal_id, account=account, outcome=outcome, amount=amount, currency=currency),
        now,
    )


# -- metrics ---------------------------------------------------------------------------------------------


def put_metric(meeting: Meeting, metric: Metric, now: datetime) -> Meeting:
    """A figure is noted; one with the same id takes its place and keeps its mark. Raises Refused after the fifth."""
    metrics = meeting.minutes.metric
    old = next((one for one in metrics if one.id == metric.id), None)
    if old is None and len(metrics) >= MAX_METRICS:
        raise Refused(
            msg("{n} figures are enough for one meeting.", n=MAX_METRICS),
            msg("Take one away first: Esc, then d."),
        )
    if old is not None:
        metric = change(metric, surprise=old.surprise, deal=old.deal, target=metric.target or old.target)
        metrics = tuple(metric if one.id == metric.id else one for one in metrics)
    else:
        metrics = (*metrics, metric)
    label = msg("the figure {label}", label=metric.label)
    return commit(meeting, change(meeting.minutes, metric=metrics), label, now)


def drop_metric(meeting: Meeting, metric_id: str, now: datetime) -> Meeting:
    metrics = tuple(one for one in meeting.minutes.metric if one.id != metric_id)
    if len(metrics) == len(meeting.minutes.metric):
        raise Refused(msg("There is no such figure."))
    return commit(meeting, change(meeting.minutes, metric=metrics), msg("the figure taken away"), now)


def mark_surprise(meeting: Meeting, metric_id: str, now: datetime) -> Meeting:
    """The one figure that surprises us; marking it again takes the mark away."""
    if all(one.id != metric_id for one in meeting.minutes.metric):
        raise Refused(msg("There is no such figure."))
    metrics = tuple(
        change(one, surprise=one.id == metric_id and not one.surprise) for one in meeting.minutes.metric
    )
    return commit(meeting, change(meeting.minutes, metric=metrics), msg("the surprise"), now)


def sends_us_to(meeting: Meeting, metric_id: str, deal: str, now: datetime) -> Meeting:
    """To which deal of the meeting, by its id, a figure sends us; "" for none."""
    if all(one.id != metric_id for one in meeting.minutes.metric):
        raise Refused(msg("There is no such figure."))
    metrics = tuple(change(one, deal=deal) if one.id == metric_id else one for one in meeting.minutes.metric)
    return commit(meeting, change(meeting.minutes, metric=metrics), msg("the deal of a figure"), now)


def leads_to(meeting: Meeting, metric_id: str, deal: DealRecord, now: datetime) -> Meeting:
    """A figure sends us to this deal, which the minutes keep: without it, its id would say nothing to a reader."""
    sent = sends_us_to(meeting, metric_id, deal.id, now)
    if sent.minutes.find_deal(deal.id) is not None:
        return sent
    return amend(sent, change(sent.minutes, deal=(*sent.minutes.deal, deal)))


def metric_id(label: str) -> str:
    """The id of a typed figure is its folded label."""
    return slug(label) or "metric"
