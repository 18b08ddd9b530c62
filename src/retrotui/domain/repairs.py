"""Repairs of the ledger: a step that really began earlier or later, and time that the machine slept.

Owns which stretch gives and which takes; spans and pauses stay without holes and overlaps. Must not ask what time it
is, nor change anything but spans and pauses. Source: meeting.md, "The clock" (repair, sleep, invariant).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from retrotui.domain.minutes import Minutes, Pause, Span, StepRun, change
from retrotui.domain.timebox import Segment, replace_step, seconds, segments
from retrotui.errors import Message, Refused, msg, plural


def begin_at(minutes: Minutes, step_id: str, at: datetime, now: datetime) -> Minutes:
    """The step really began at this instant: what came before it gives, or takes, the difference.

    An instant within the pause before the step ends that pause there; one within the step before leaves pauses
    alone. Raises Refused when there is no time to move, or not so much.
    """
    mine, before = _visit(segments(minutes, now), step_id)
    if at >= mine[0].begin:
        early = sum(seconds(one.begin, min(one.end, at)) for one in mine if one.begin < at)
        return give_to_before(minutes, step_id, early, now)
    pauses = _last_pauses(before)
    if pauses and pauses[0].begin <= at:
        return _end_pauses(minutes, step_id, at, mine[0].begin)
    if not (given := before[: len(before) - len(pauses)]):
        raise Refused(_only_so_much(sum(seconds(one.begin, one.end) for one in pauses)))
    giver = given[-1].step
    theirs, _ = _visit(given, giver)
    if at < theirs[0].begin:
        raise Refused(_only_so_much(sum(seconds(one.begin, one.end) for one in theirs)))
    return _relabel(minutes, giver, step_id, at, mine[0].begin)


def give_to_before(minutes: Minutes, step_id: str, amount: int, now: datetime) -> Minutes:
    """The first `amount` seconds of the step belong to the step before it; pauses stay where they are.

    Raises Refused when no step came before, or the step has not taken so much.
    """
    mine, before = _visit(segments(minutes, now), step_id)
    if amount <= 0:
        return minutes
    taker = next((one.step for one in reversed(before) if one.step), "")
    if not taker:
        raise Refused(msg("Nothing came before this step: there is no time to move."))
    left = amount
    for one in mine:
        took = seconds(one.begin, one.end)
        if left <= took:
            return _relabel(minutes, step_id, taker, mine[0].begin, one.begin + timedelta(seconds=left))
        left -= took
    have = (amount - left) // 60
    raise Refused(plural("This step has taken only {n} min.", "This step has taken only {n} min.", have))


def take_out_gap(minutes: Minutes, begin: datetime, end: datetime) -> Minutes:
    """Time that the machine slept is taken out of the step in which it fell.

    Raises Refused when the gap does not lie within one span of a step.
    """
    for step in minutes.step:
        for index, span in enumerate(step.spans):
            closed = span[1] if len(span) == 2 else None
            if span[0] <= begin < end and (closed is None or end <= closed):
                before: tuple[Span, ...] = ((span[0], begin),) if span[0] < begin else ()
                after: tuple[Span, ...] = (
                    ((end,),) if closed is None else ((end, closed),) if end < closed else ()
                )
                spans = (*step.spans[:index], *before, *after, *step.spans[index + 1 :])
                minutes = replace_step(minutes, change(step, spans=spans))
                gap = Pause(since=begin, until=end, why="gap")
                pauses = sorted((*minutes.pause, gap), key=lambda pause: pause.since)
                return change(minutes, pause=tuple(pauses))
    raise Refused(msg("That gap cannot be taken out: it does not lie within one step."))


def _only_so_much(took: int) -> Message:
    return plural("What came before took only {n} min.", "What came before took only {n} min.", took // 60)


def _visit(ledger: list[Segment], step_id: str) -> tuple[list[Segment], list[Segment]]:
    """The stretches that the step has had since it last took the floor, and all that came before the first of them.

    Raises Refused where it has had none: it took the floor during the pause that is on.
    """
    first = len(ledger)
    for index in range(len(ledger) - 1, -1, -1):
        if ledger[index].step == step_id:
            first = index
        elif ledger[index].step:
            break
    if first == len(ledger):
        raise Refused(msg("This step has no time yet."))
    return [one for one in ledger[first:] if one.step], ledger[:first]


def _last_pauses(before: list[Segment]) -> list[Segment]:
    """The pauses at the end of these stretches."""
    first = len(before)
    while first and not before[first - 1].step:
        first -= 1
    return before[first:]


def _end_pauses(minutes: Minutes, step_id: str, at: datetime, until: datetime) -> Minutes:
    """What was paused between these instants was the step's."""
    pauses = []
    for pause in minutes.pause:
        end = pause.until or until
        if pause.since >= until or end <= at:
            pauses.append(pause)
        elif pause.since < at:
            pauses.append(change(pause, until=at))
    step = minutes.find_step(step_id)
    assert step is not None
    minutes = change(minutes, pause=tuple(pauses))
    return replace_step(minutes, _with_spans(step, (*step.spans, (at, until))))


def _relabel(minutes: Minutes, source_id: str, target_id: str, begin: datetime, end: datetime) -> Minutes:
    """What the source had between these instants was the target's. An open span stays open, and the source's."""
    source, target = minutes.find_step(source_id), minutes.find_step(target_id)
    assert source is not None
    assert target is not None
    kept: list[Span] = []
    moved: list[Span] = []
    for span in source.spans:
        closed = span[1] if len(span) == 2 else None
        first, last = max(span[0], begin), end if closed is None else min(closed, end)
        if first >= last:
            kept.append(span)
            continue
        moved.append((first, last))
        if span[0] < first:
            kept.append((span[0], first))
        if closed is None:
            kept.append((last,))
        elif last < closed:
            kept.append((last, closed))
    minutes = replace_step(minutes, change(source, spans=tuple(kept)))
    return replace_step(minutes, _with_spans(target, (*target.spans, *moved)))


def _with_spans(step: StepRun, spans: Iterable[Span]) -> StepRun:
    """The step with these spans in order of time; those that touch are one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one[0]):
        last = joined[-1] if joined else None
        if last is not None and len(last) == 2 and last[1] == span[0]:
            joined[-1] = (last[0], span[1]) if len(span) == 2 else (last[0],)
        else:
            joined.append(span)
    return change(step, spans=tuple(joined))
