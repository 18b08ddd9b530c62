"""How a meeting begins, is left and comes back, ends and is reopened.

Owns status, `started`, `ended` and time away. Moves between steps live in `course`. Must not know files: where a
meeting died at is told by whoever read the draft. Source: meeting.md, "Beginning and end".
"""

from __future__ import annotations

from datetime import datetime, timedelta

from retrotui.domain import timebox
from retrotui.domain.course import arrived, place_of
from retrotui.domain.meeting import Meeting, keep_time
from retrotui.domain.minutes import Minutes, Pause, change
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


def nothing_happened(meeting: Meeting) -> bool:
    """Whether nothing was said, chosen or moved yet: until then F2 holds the meeting back instead of pausing it."""
    return (
        meeting.begun
        and not meeting.past
        and not meeting.minutes.pause
        and not _anything_said(meeting.minutes)
    )


def hold(meeting: Meeting) -> Meeting:
    """Back to waiting before anything was said: "Gleich geht es los". Raises Refused once there is an entry."""
    if not meeting.running or _anything_said(meeting.minutes):
        raise Refused(msg("The meeting has begun: it can be paused, but not held back."))
    steps = tuple(
        change(step, spans=(), floor=(), state="skipped" if step.state == "skipped" else "pending")
        for step in meeting.minutes.step
    )
    return keep_time(meeting, change(meeting.minutes, started=None, step=steps, pause=()))


def _anything_said(minutes: Minutes) -> bool:
    said = (minutes.participant, minutes.metric, minutes.verdict, minutes.field, minutes.parked)
    return any(said) or any(True for _ in minutes.entries()) or bool(minutes.safety or minutes.worth)


def close(meeting: Meeting, now: datetime, *, aborted: bool = False) -> Meeting:
    """The meeting ends now: what was open is closed, steps that never had the floor stay pending."""
    if not meeting.running:
        return meeting
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
    held = [step for step in minutes.step if step.state != "skipped"] or list(minutes.step)
    last = max((step for step in held if step.spans), key=lambda step: step.spans[-1][-1], default=held[0])
    minutes = change(
        minutes,
        status="running",
        ended=None,
        reopened=(*minutes.reopened, now),
        pause=(*minutes.pause, *away),
        now=place_of(last),
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
    """The meeting goes on after it was left, or after its program died at about `last_alive`.

    What follows `last_alive` was time away, also where it died in a pause; a pause without time away goes on.
    """
    if not meeting.begun or not meeting.running:
        return meeting
    minutes = meeting.minutes
    pause = timebox.paused(minutes)
    if pause is None or pause.why != "away":
        if pause is not None and last_alive >= now:
            return meeting
        begun = minutes.started or now
        latest = max((segment.begin for segment in timebox.segments(minutes, now)), default=begun)
        died = max(latest, min(last_alive, now))
        minutes = timebox.begin_pause(timebox.end_pause(minutes, died), died, "away")
    minutes = timebox.end_pause(minutes, now)
    return keep_time(meeting, timebox.open_span(minutes, meeting.step.id, now))


def last_word(meeting: Meeting) -> datetime | None:
    """The latest instant that the minutes know: nothing that follows may be earlier."""
    minutes = meeting.minutes
    instants = [entry.at for entry in minutes.entries()]
    instants += [instant for step in minutes.step for span in step.spans for instant in span]
    instants += [instant for pause in minutes.pause for instant in (pause.since, pause.until) if instant]
    return max(instants, default=minutes.started)


def last_entry_at(meeting: Meeting) -> datetime | None:
    """When something was last said or moved: the offered end after a long time away. None before the beginning."""
    minutes = meeting.minutes
    back = {pause.until for pause in minutes.pause if pause.why == "away"}
    instants = [entry.at for entry in minutes.entries()]
    instants += [verdict.at for verdict in minutes.verdict if verdict.at]
    instants += [turn.at for step in minutes.step for turn in step.floor]
    instants += [span[0] for step in minutes.step for span in step.spans if span[0] not in back]
    return max(instants, default=minutes.started)


def end_at(meeting: Meeting, instant: datetime) -> Meeting:
    """End a meeting that was left open at an instant in its past; what the ledger holds after it is cut off.

    Time away at the end is not the meeting's: it ends where that began.
    """
    if not meeting.begun or not meeting.running:
        return meeting
    instant = max(instant, meeting.minutes.started or instant)
    for pause in reversed(meeting.minutes.pause):
        if pause.why == "away" and pause.since < instant <= (pause.until or instant):
            instant = pause.since
    steps = []
    for step in meeting.minutes.step:
        spans = tuple((span[0], min(span[1], instant) if len(span) == 2 else instant) for span in step.spans)
        kept = tuple(span for span in spans if span[0] < span[1])
        never = bool(spans) and not kept and step.state != "skipped"
        steps.append(change(step, spans=kept, state="pending" if never else step.state))
    pauses = tuple(
        change(pause, until=min(pause.until or instant, instant))
        for pause in meeting.minutes.pause
        if pause.since < instant
    )
    return close(keep_time(meeting, change(meeting.minutes, step=tuple(steps), pause=pauses)), instant)
