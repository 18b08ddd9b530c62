"""The pace: pausing, extending, re-planning, repairing, and the box of the deal on the floor.

Owns what the facilitator may do to time. The arithmetic lives in `timebox` and `repairs`, moves in `course`.
Must not know keys or widgets. Source: meeting.md, "The clock".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from retrotui.domain import repairs, timebox
from retrotui.domain.agenda import StepKind
from retrotui.domain.course import skip
from retrotui.domain.meeting import Meeting, check_running, commit, edit_step, keep_time
from retrotui.domain.minutes import FloorTurn, GoOnVote, StepRun, change
from retrotui.errors import Refused, msg, plural


def pause(meeting: Meeting, now: datetime) -> Meeting:
    """F2: stops the step, not the day. Before the beginning there is nothing to stop."""
    check_running(meeting)
    if not meeting.begun or timebox.paused(meeting.minutes) is not None:
        return meeting
    return keep_time(meeting, timebox.begin_pause(meeting.minutes, now))


def go_on(meeting: Meeting, now: datetime) -> Meeting:
    """F2 again: the step's time runs on."""
    check_running(meeting)
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


def asks_to_go_on(meeting: Meeting, now: datetime) -> bool:
    """Whether a renewable box (`extend_by`) is over: the room votes whether to go on with it."""
    step = meeting.agenda_step
    if step is None or step.extend_by is None or step.cap or not (meeting.begun and meeting.running):
        return False
    return timebox.phase(meeting.step, now) == "over"


def vote_to_go_on(meeting: Meeting, ayes: int, noes: int, now: datetime) -> Meeting:
    """A counted vote is kept with its step; a majority renews the box, as one change. Never who said what."""
    check_running(meeting)
    if not asks_to_go_on(meeting, now):
        raise Refused(msg("Nothing is to be voted on."), msg("A renewable box asks once its time is up."))
    if not ayes + noes:
        raise Refused(msg("Nobody has voted."))
    vote = GoOnVote.model_validate({"at": now, "for": ayes, "against": noes})
    more = round(extension(meeting) * 60) if vote.carried else 0
    step = change(meeting.step, vote=(*meeting.step.vote, vote), extended_s=meeting.step.extended_s + more)
    return edit_step(meeting, step, msg("the vote to go on, {ayes}:{noes}", ayes=ayes, noes=noes), now)


def extend(meeting: Meeting, minutes: float, now: datetime) -> Meeting:
    """More time for the step on the floor. A capped one refuses."""
    check_running(meeting)
    step = meeting.step
    if is_capped(meeting):
        raise Refused(
            msg("{title} is not extended.", title=step.title),
            msg("& parks the topic."),
        )
    if step.planned_s is None:
        raise Refused(msg("This step has an open end: there is nothing to extend."))
    more = round(minutes * 60)
    if more <= 0:
        raise Refused(msg("An extension adds time."), msg("The new plan takes it from other steps."))
    longer = change(step, extended_s=step.extended_s + more)
    label = plural("one minute more", "{n} minutes more", more // 60)
    if more % 60:
        label = msg("{n} s more", n=more)
    return edit_step(meeting, longer, label, now)


def replans(meeting: Meeting, now: datetime) -> tuple[timebox.Replan, ...]:
    """What F6 offers against being late; empty as long as nothing needs to be decided."""
    if timebox.lateness(meeting.minutes, now) <= meeting.accepted_late_s + timebox.LATE:
        return ()
    protected = frozenset(step.id for step in meeting.minutes.step if _is_protected(meeting, step))
    optional = frozenset(step.id for step in meeting.agenda.steps if step.optional)
    hard_end = meeting.agenda.hard_end
    return tuple(timebox.replans(meeting.minutes, protected, optional, now, hard_end=hard_end))


def _is_protected(meeting: Meeting, step: StepRun) -> bool:
    """By the agenda; a step put in on the spot is protected as one of its kind is by default."""
    agenda_step = meeting.agenda_step_of(step)
    if agenda_step is not None:
        return agenda_step.is_protected
    return step.counts_as == "reflect" or step.kind == StepKind.EXPERIMENTS


def replan(meeting: Meeting, choice: timebox.Replan, now: datetime) -> Meeting:
    """Take one of the ways that `replans` offered. What it gains is no longer accepted as being late."""
    if choice.kind == "later":
        return accept_late(meeting, now)
    if choice.kind == "skip":
        planned = skip(meeting, choice.takes[0][0], now)
    else:
        planned = commit(meeting, timebox.replanned(meeting.minutes, choice), msg("the new plan"), now)
    late = max(0, timebox.lateness(planned.minutes, now))
    return replace(planned, accepted_late_s=min(planned.accepted_late_s, late))


def accept_late(meeting: Meeting, now: datetime) -> Meeting:
    """The end is later; nothing is said of it until two more minutes are lost."""
    return keep_time(meeting, meeting.minutes, accepted_late_s=timebox.lateness(meeting.minutes, now))


def began_earlier(meeting: Meeting, minutes: int, now: datetime) -> Meeting:
    """Repair: this step really began so many minutes ago."""
    check_running(meeting)
    at = now - timedelta(minutes=minutes)
    return keep_time(meeting, repairs.begin_at(meeting.minutes, meeting.step.id, at, now))


def give_back(meeting: Meeting, minutes: int, now: datetime) -> Meeting:
    """Repair: so many minutes of this step belong to the one before."""
    check_running(meeting)
    return keep_time(meeting, repairs.give_to_before(meeting.minutes, meeting.step.id, minutes * 60, now))


def take_out_gap(meeting: Meeting, begin: datetime, end: datetime) -> Meeting:
    """Time that the machine slept is no time of the meeting."""
    return keep_time(meeting, repairs.take_out_gap(meeting.minutes, begin, end))


def deal_box(meeting: Meeting, now: datetime) -> tuple[int, int] | None:
    """Seconds spent and allotted of the deal on the floor: the step's minutes are shared by its deals."""
    step = meeting.step
    box = timebox.allotted(step)
    if box is None or not step.floor or len(step.deals) < 2:
        return None
    current = step.floor[-1].deal
    return _used(step, now, lambda turn: turn.deal == current), box // len(step.deals)


def part_box(meeting: Meeting, now: datetime) -> tuple[int, int] | None:
    """Seconds spent and planned of the part that is on; None where the step has no parts, or its part no minutes.

    In a meeting of another length than the agenda's the parts are shorter or longer as their step is.
    """
    agenda_step, step = meeting.agenda_step, meeting.step
    number = meeting.minutes.now.part if meeting.minutes.now else 1
    if agenda_step is None or len(agenda_step.parts) < 2 or number > len(agenda_step.parts):
        return None
    minutes = agenda_step.parts[number - 1].minutes
    if minutes is None:
        return None
    deal = step.floor[-1].deal if step.floor else ""
    every = [part.minutes for part in agenda_step.parts]
    nominal = agenda_step.minutes or (0 if None in every else sum(each or 0 for each in every))
    scale = step.planned_s / (nominal * 60) if step.planned_s and nominal else 1
    return _used(step, now, lambda turn: (turn.deal, turn.part) == (deal, number)), round(
        minutes * 60 * scale
    )


def _used(step: StepRun, now: datetime, is_meant: Callable[[FloorTurn], bool]) -> int:
    """Seconds of the step while such turns had its floor; pauses are not counted. Before the first turn its first part
    was on, without a deal."""
    if not step.spans:
        return 0
    turns = [FloorTurn(at=step.spans[0][0]), *step.floor]
    ends = [*(turn.at for turn in step.floor), now]
    return sum(
        timebox.seconds(max(span[0], turn.at), min(span[1] if len(span) == 2 else now, end))
        for turn, end in zip(turns, ends, strict=True)
        if is_meant(turn)
        for span in step.spans
    )
