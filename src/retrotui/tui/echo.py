"""What an entry did that has no row of its own in the step: it is said instead.

Owns the sentences about who came or left, what was parked, how many slips or votes there are. Pure: two meetings in,
sentences out.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrotui.domain import fields, floor, roundtable
from retrotui.domain.agenda import StepKind
from retrotui.domain.capture_own import metric
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Tally
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats


def echoed(before: Meeting, after: Meeting) -> Iterator[Message]:
    """What there is to say; the last one is what stays on the line."""
    old, new = before.minutes, after.minutes
    if len(new.parked) > len(old.parked):
        yield msg("Parked: {topic}", topic=new.parked[-1])
    if len(new.note) > len(old.note) and len(old.metric) >= floor.MAX_METRICS:
        sixth = after.step.kind == StepKind.NUMBERS and metric(new.note[-1].text, new.language) is not None
        if sixth:
            yield msg("{n} figures are enough for one meeting: kept as a note.", n=floor.MAX_METRICS)
    now_here = roundtable.present(after)
    yield from _came_and_went(before, after)
    if len(after.whispers) > len(before.whispers) and fields.growing_field(after):
        yield msg("A note that is not saved; + in front adds to the answer.")
    yield from _voted(before, after)
    for mine, theirs in ((new.safety, old.safety), (new.worth, old.worth)):
        yield from _counted(mine, theirs, len(now_here))


def _came_and_went(before: Meeting, after: Meeting) -> Iterator[Message]:
    """Who arrived and who left, in one sentence."""

    def names(mine: Meeting, theirs: Meeting) -> list[str]:
        known = {one.id for one in roundtable.present(theirs)}
        return [
            roundtable.said_name(after.minutes, one)
            for one in roundtable.present(mine)
            if one.id not in known
        ]

    came, gone = names(after, before), names(before, after)
    here = plural("{name} is here", "{name} are here", len(came), name=", ".join(came))
    left = plural("{name} has left", "{name} have left", len(gone), name=", ".join(gone))
    if came and gone:
        yield msg("{first} · {second}", first=here, second=left)
    elif came or gone:
        yield here if came else left


def _voted(before: Meeting, after: Meeting) -> Iterator[Message]:
    """A counted vote to go on, and what it brought."""
    if len(after.step.vote) <= len(before.step.vote):
        return
    vote, more = after.step.vote[-1], after.step.extended_s - before.step.extended_s
    if more:
        time = formats.length(more)
        yield msg(
            "{ayes} for, {noes} against: {time} more. F9 takes it back.",
            ayes=vote.ayes, noes=vote.noes, time=time,
        )  # fmt: skip
    else:
        yield msg(
            "{ayes} for, {noes} against: no more time. F9 takes it back.", ayes=vote.ayes, noes=vote.noes
        )


def _counted(mine: Tally | None, theirs: Tally | None, people: int) -> Iterator[Message]:
    count, before = roundtable.votes_in(mine), roundtable.votes_in(theirs)
    if mine == theirs or count == before:
        return
    total = max(count, people)
    if before:
        yield msg("Counted anew: {n} of {total}. F9 brings the count before back.", n=count, total=total)
    else:
        yield msg("{n} of {total}", n=count, total=total)
