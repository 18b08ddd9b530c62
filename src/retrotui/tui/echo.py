"""What an entry did that has no row of its own in the step: it is said instead.

Owns the sentences about who came or left, what was parked, how many slips there are. Pure: two meetings in, sentences
out.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrotui.domain import fields, floor, roundtable
from retrotui.domain.agenda import StepKind
from retrotui.domain.capture_own import metric
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Tally
from retrotui.errors import Message, msg


def echoed(before: Meeting, after: Meeting) -> Iterator[Message]:
    """What there is to say; the last one is what stays on the line."""
    old, new = before.minutes, after.minutes
    if len(new.parked) > len(old.parked):
        yield msg("Parked: {topic}", topic=new.parked[-1])
    if len(new.note) > len(old.note) and len(old.metric) >= floor.MAX_METRICS:
        sixth = after.step.kind == StepKind.NUMBERS and metric(new.note[-1].text, new.language) is not None
        if sixth:
            yield msg("{n} figures are enough for one meeting: kept as a note.", n=floor.MAX_METRICS)
    here, now_here = set(roundtable.present(before)), set(roundtable.present(after))
    came = [roundtable.said_name(new, one) for one in now_here - here]
    gone = [roundtable.said_name(new, one) for one in here - now_here]
    if came and len(now_here) > len(here):
        yield msg("{name} is here", name=", ".join(came))
    elif gone:
        yield msg("{name} has left", name=", ".join(gone))
    if len(after.whispers) > len(before.whispers) and fields.growing_field(after):
        yield msg("A note that is not saved; + in front adds to the answer.")
    for mine, theirs in ((new.safety, old.safety), (new.worth, old.worth)):
        yield from _counted(mine, theirs, len(now_here))


def _counted(mine: Tally | None, theirs: Tally | None, people: int) -> Iterator[Message]:
    count, before = roundtable.votes_in(mine), roundtable.votes_in(theirs)
    if mine == theirs or count == before:
        return
    total = max(count, people)
    if before:
        yield msg("Counted anew: {n} of {total}. F9 brings the count before back.", n=count, total=total)
    else:
        yield msg("{n} of {total}", n=count, total=total)
