"""The pace: pausing, extending, re-planning, repairing, and the box of the deal on the floor.

Owns what the facilitator may do to time. The arithmetic lives in `timebox`, moves in `course`.
Must not know keys or widgets. Source: meeting.md, "The clock".
"""

from __future__ import annotations

from datetime import datetime

from retrotui.domain import timebox
from retrotui.domain.course import skip
from retrotui.domain.meeting import Meeting, commit, edit_step, keep_time
from retrotui.domain.minutes import change
from retrotui.errors import Refused, msg, plural


def pause(meeting: Meeting, now: datetime) -> Meeting:
    """F2: stops the step, not the day."""
    if timebox.paused(meeting.minutes) is not None:
        return meeting
    return keep_time(meeting, timebox.begin_pause(meeting.minutes, now))


def go_on(meeting: Meeting, now: datetime) -> Meeting:
    """F2 again: the step's time runs on."""
    if timebox.paused(meeting.minutes) is None:
        return meeting
    minutes = timebox.end_pause(meeting.minutes, now)
    return keep_time(meeting, timebox.open_span(minutes, meeting.step.id, now))


def extension(meeting: Meeting) -> float:
    """What F5 adds, in minutes: one, or what the agenda's renewable box says."""
    step = meeting.agenda_step
    return step.extend_by if step and step.extend_by else 1


def is_capped(meeting: Meeting) -> bool:
    step = meeting.agenda_step
    return bool(step and step.cap)


def extend(meeting: Meeting, minutes: float, now: datetime) -> Meeting:
    """More time for the step on the floor. A capped one refuses."""
    step = meeting.step
    if is_capped(meeting):
        raise Refused(
            msg("{title} is not extended.", title=step.title),
            msg("& parks the topic."),
        )
    if step.planned_s is None:
        raise Refused(msg("This step has an open end: there is nothing to extend."))
    longer = change(step, extended_s=step.extended_s + round(minutes * 60))
    return edit_step(meeting, longer, plural("one minute more", "{n} minutes more", round(minutes)), now)


def replans(meeting: Meeting, now: datetime) -> tuple[timebox.Replan, ...]:
    """What F6 offers against being late; empty as long as nothing needs to be decided."""
    if timebox.lateness(meeting.minutes, now) <= meeting.accepted_late_s + timebox.LATE:
        return ()
    protected = frozenset(step.id for step in meeting.agenda.steps if step.is_protected)
    optional = frozenset(step.id for step in meeting.agenda.steps if step.optional)
    hard_end = meeting.agenda.hard_end
    return tuple(timebox.replans(meeting.minutes, protected, optional, now, hard_end=hard_end))


def replan(meeting: Meeting, choice: timebox.Replan, now: datetime) -> Meeting:
    """Take one of the ways that `replans` offered."""
    if choice.kind == "later":
        return accept_late(meeting, now)
    if choice.kind == "skip":
        return skip(meeting, choice.takes[0][0], now)
    return commit(meeting, timebox.replanned(meeting.minutes, choice), msg("the new plan"), now)


def accept_late(meeting: Meeting, now: datetime) -> Meeting:
    """The end is later; nothing is said of it until two more minutes are lost."""
    return keep_time(meeting, meeting.minutes, accepted_late_s=timebox.lateness(meeting.minutes, now))


def began_earlier(meeting: Meeting, minutes: int, now: datetime) -> Meeting:
    """Repair: this step really began so many minutes ago."""
    return keep_time(meeting, timebox.move_beginning(meeting.minutes, meeting.step.id, minutes * 60, now))


def give_back(meeting: Meeting, minutes: int, now: datetime) -> Meeting:
    """Repair: so many minutes of this step belong to the one before."""
    return keep_time(meeting, timebox.move_beginning(meeting.minutes, meeting.step.id, -minutes * 60, now))


def take_out_gap(meeting: Meeting, begin: datetime, end: datetime) -> Meeting:
    return keep_time(meeting, timebox.take_out_gap(meeting.minutes, begin, end))


def deal_box(meeting: Meeting, now: datetime) -> tuple[int, int] | None:
    """Seconds spent and allotted of the deal on the floor: the step's minutes are shared by its deals."""
    step = meeting.step
    box = timebox.allotted(step)
    if box is None or not step.floor or len(step.deals) < 2:
        return None
    current = step.floor[-1]
    since = sum(
        timebox.seconds(max(span[0], current.at), span[1] if len(span) == 2 else now)
        for span in step.spans
        if len(span) == 1 or span[1] > current.at
    )
    return since, box // len(step.deals)
