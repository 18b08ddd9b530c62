"""How a meeting begins, is left and comes back, ends and is reopened.

Owns status, `started`, `ended` and time away. Moves between steps live in `course`. Must not know files: where a
meeting died at is told by whoever read the draft. Source: meeting.md, "Beginning and end".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from retrotui.domain import timebox
from retrotui.domain.course import arrived
from retrotui.domain.meeting import Meeting, keep_time
from retrotui.domain.minutes import Now, Pause, change
from retrotui.errors import Refused, msg

LONG_AWAY = timedelta(hours=2)
"""After so long away the first offer is to end the meeting at its last entry."""


def begin(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting begins: the time of the step on the floor runs from now."""
    if meeting.begun:
        return meeting
    minutes = change(meeting.minutes, started=now, date=now.date())
    step = meeting.step
    minutes = timebox.replace_step(minutes, change(step, state="running"))
    return arrived(keep_time(meeting, timebox.open_span(minutes, step.id, now)), now)


def hold(meeting: Meeting) -> Meeting:
    """Back to waiting before anything was said: "Gleich geht es los". Raises Refused once there is an entry."""
    if any(meeting.minutes.entries()) or meeting.minutes.participant:
        raise Refused(msg("The meeting has begun: it can be paused, but not held back."))
    steps = tuple(change(step, spans=(), floor=(), state="pending") for step in meeting.minutes.step)
    return keep_time(meeting, change(meeting.minutes, started=None, step=steps, pause=()))


def close(meeting: Meeting, now: datetime, *, aborted: bool = False) -> Meeting:
    """The meeting ends now: what was open is closed, steps that never had the floor stay pending."""
    minutes = meeting.minutes
    if minutes.started is None:
        minutes = change(minutes, started=now)
    ended_at = now
    last = timebox.paused(minutes)
    if last is not None and last.why == "away":  # the time away is not the meeting's
        ended_at = last.since
        minutes = change(minutes, pause=minutes.pause[:-1])
    minutes = timebox.end_pause(timebox.close_open_span(minutes, ended_at), ended_at)
    steps = tuple(
        change(step, state="done" if step.state == "running" else step.state) for step in minutes.step
    )
    minutes = change(minutes, step=steps, ended=ended_at, status="aborted" if aborted else "closed", now=None)
    return keep_time(meeting, timebox.derived(minutes, ended_at))


def reopen(meeting: Meeting, now: datetime) -> Meeting:
    """A closed meeting goes on: the time since its end was time away, and the file says that it was reopened."""
    minutes = meeting.minutes
    if minutes.status == "running" or minutes.ended is None:
        raise Refused(msg("This meeting is still running."))
    ended = minutes.ended
    away = (Pause(since=ended, until=now, why="away"),) if now > ended else ()
    last = max(
        (step for step in minutes.step if step.spans),
        key=lambda step: step.spans[-1][-1],
        default=minutes.step[0],
    )
    minutes = change(
        minutes,
        status="running",
        ended=None,
        reopened=(*minutes.reopened, now),
        pause=(*minutes.pause, *away),
        now=Now(step=last.id, deal=last.floor[-1].deal if last.floor else ""),
    )
    minutes = timebox.replace_step(minutes, change(last, state="running"))
    return keep_time(meeting, timebox.open_span(minutes, last.id, now))


def leave(meeting: Meeting, now: datetime) -> Meeting:
    """The facilitator leaves and the meeting stays open: from now on time is time away."""
    if not meeting.begun or not meeting.running:
        return meeting
    minutes = meeting.minutes
    on = timebox.paused(minutes)
    if on is not None and on.why == "away":
        return meeting
    minutes = timebox.end_pause(minutes, now)
    return keep_time(meeting, timebox.begin_pause(minutes, now, "away"))


def come_back(meeting: Meeting, last_alive: datetime, now: datetime) -> Meeting:
    """The meeting goes on after it was left, or after its program died at about `last_alive`."""
    if not meeting.begun or not meeting.running:
        return meeting
    minutes = meeting.minutes
    if timebox.paused(minutes) is None:
        latest = max(segment.begin for segment in timebox.segments(minutes, now))
        minutes = timebox.begin_pause(minutes, max(latest, min(last_alive, now)), "away")
    minutes = timebox.end_pause(minutes, now)
    return keep_time(meeting, timebox.open_span(minutes, meeting.step.id, now))


def last_word(meeting: Meeting) -> datetime | None:
    """The instant of the last thing that happened: the offered end after a long time away."""
    minutes = meeting.minutes
    instants = [entry.at for entry in minutes.entries()]
    instants += [instant for step in minutes.step for span in step.spans for instant in span]
    return max(instants, default=None)


def end_at(meeting: Meeting, instant: datetime) -> Meeting:
    """End a meeting that was left open at an instant in its past; what the ledger holds after it is cut off."""
    steps = []
    for step in meeting.minutes.step:
        spans = tuple((span[0], min(span[1], instant) if len(span) == 2 else instant) for span in step.spans)
        steps.append(change(step, spans=tuple(span for span in spans if span[0] < span[1])))
    pauses = tuple(
        change(pause, until=min(pause.until or instant, instant))
        for pause in meeting.minutes.pause
        if pause.since < instant
    )
    return close(keep_time(meeting, change(meeting.minutes, step=tuple(steps), pause=pauses)), instant)
