"""A meeting room for tests: a fake clock, an agenda, and the invariants checked after every command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from retrotui.clock import FakeClock, Timeline
from retrotui.domain import course, lifecycle, pacing, timebox
from retrotui.domain import meeting as meetings
from retrotui.domain.agenda import Agenda
from retrotui.domain.experiments import OpenItem
from retrotui.domain.meeting import Meeting, commit, draft_meeting, next_id
from retrotui.domain.minutes import DealRecord, FactorUse, Minutes, Note, StepRun, change
from retrotui.errors import msg

MINUTE = 60


def step(step_id: str, kind: str = "notes", minutes: float | None = None, **keys: Any) -> dict[str, Any]:
    raw: dict[str, Any] = {"id": step_id, "kind": kind, "title": step_id.capitalize(), **keys}
    return raw if minutes is None else {**raw, "minutes": minutes}


MONTHLY = (
    step("arrive", "checkin", 5),
    step("check", "followup", 10),
    step("numbers", "numbers", 10, cap=True),
    step("lost", "deal", 20),
    step("won", "deal", 15),
    step("lessons", "lessons", 15),
    step("new", "experiments", 10),
    step("close", "close", 5),
)
"""The monthly reflection's course: 90 minutes, of which 50 reflect."""


def agenda(*steps: dict[str, Any], **keys: Any) -> Agenda:
    return Agenda.model_validate(
        {"schema": 1, "id": "monthly", "title": "Monthly", "step": list(steps or MONTHLY), **keys}
    )


def deal(deal_id: str, **keys: Any) -> DealRecord:
    return DealRecord(id=deal_id, account=keys.pop("account", f"{deal_id.capitalize()} GmbH"), **keys)


def say(meeting: Meeting, text: str, now: datetime) -> Meeting:
    """A note, without the capture line's grammar."""
    meeting, entry_id = next_id(meeting, "note")
    note = Note(id=entry_id, at=now, step=meeting.step.id, text=text)
    return commit(meeting, change(meeting.minutes, note=(*meeting.minutes.note, note)), msg("the note"), now)


def blame(meeting: Meeting, text: str, now: datetime) -> Meeting:
    """A factor that hurt, on the deal at hand."""
    meeting, entry_id = next_id(meeting, "factor")
    at_hand = meeting.deal_at_hand
    factor = FactorUse(
        id=entry_id, at=now, step=meeting.step.id, deal=at_hand.id if at_hand else "", text=text
    )
    minutes = change(meeting.minutes, factor=(*meeting.minutes.factor, factor))
    return commit(meeting, minutes, msg("the factor"), now)


class Room:
    """One meeting and its clock. `do` runs a rule at this instant and checks what must always hold."""

    def __init__(
        self,
        *steps: dict[str, Any],
        hold: bool = False,
        items: tuple[OpenItem, ...] = (),
        zone: tzinfo | None = None,
        wall: datetime | None = None,
        total_minutes: int | None = None,
        **keys: Any,
    ) -> None:
        self.clock = FakeClock(wall, zone)
        self.timeline = Timeline(self.clock)
        self.agenda = agenda(*steps, **keys)
        day = self.now.date()
        self.meeting = draft_meeting(
            self.agenda, meeting_id=f"{day}-monthly", day=day, language="en", total_minutes=total_minutes
        )
        self.meeting = replace(self.meeting, open_items=items)
        if not hold:
            self.do(lifecycle.begin)

    @property
    def now(self) -> datetime:
        return self.timeline.now()

    @property
    def minutes(self) -> Minutes:
        return self.meeting.minutes

    def after(self, minutes: float = 0, seconds: float = 0) -> Room:
        """Time goes by."""
        self.clock.advance(minutes * MINUTE + seconds)
        return self

    def do(self, rule: Callable[..., Meeting], *args: Any, **keys: Any) -> Room:
        if rule not in TIMELESS:
            keys["now"] = self.now
        self.meeting = rule(self.meeting, *args, **keys)
        sound(self.meeting, self.now)
        return self

    def on(self) -> Room:
        return self.do(course.on)

    def undo(self) -> Room:
        self.meeting, _ = meetings.undo(self.meeting, self.now)
        sound(self.meeting, self.now)
        return self

    def redo(self) -> Room:
        self.meeting, _ = meetings.redo(self.meeting, self.now)
        sound(self.meeting, self.now)
        return self

    def step(self, step_id: str) -> StepRun:
        found = self.minutes.find_step(step_id)
        assert found is not None
        return found

    def spent(self, step_id: str) -> int:
        return timebox.spent(self.step(step_id), self.minutes.ended or self.now)

    @property
    def floor(self) -> str:
        assert self.minutes.now is not None
        return self.minutes.now.step

    @property
    def deal(self) -> str:
        assert self.minutes.now is not None
        return self.minutes.now.deal


TIMELESS = (lifecycle.hold, lifecycle.end_at, course.show_prompt, pacing.take_out_gap)
"""Rules that are not told what time it is."""


def length(minutes: Minutes, now: datetime) -> int:
    """Seconds of the meeting: from started to ended, without gaps and time away."""
    if minutes.started is None:
        return 0
    out = timebox.pause_seconds(minutes, now, "gap") + timebox.pause_seconds(minutes, now, "away")
    return timebox.seconds(minutes.started, minutes.ended or now) - out


def holes(minutes: Minutes, now: datetime) -> list[tuple[datetime, datetime]]:
    """Where the ledger breaks its invariant: holes and overlaps between started and ended. Empty when it holds."""
    if minutes.started is None:
        return []
    found = []
    at = minutes.started
    for segment in timebox.segments(minutes, now):
        if segment.begin != at:
            found.append((at, segment.begin))
        at = segment.end
    end = minutes.ended or now
    return [*found, (at, end)] if at != end else found


def sound(meeting: Meeting, now: datetime) -> None:
    """What holds of every meeting at every moment."""
    minutes = meeting.minutes
    end = minutes.ended or now
    assert holes(minutes, now) == []
    assert timebox.share_spent(minutes, end).total == length(minutes, now)
    ids = [one.id for one in minutes.step]
    assert len(ids) == len(set(ids))
    running = [one.id for one in minutes.step if one.state == "running"]
    open_spans = [one.id for one in minutes.step if one.spans and len(one.spans[-1]) == 1]
    if minutes.started is None or not meeting.running:
        assert running == open_spans == []
    else:
        assert running == [meeting.step.id]
        assert open_spans == ([] if timebox.paused(minutes) else running)
    for one in minutes.step:
        spent, left = timebox.spent(one, end), timebox.remaining(one, end)
        assert spent >= 0
        if one.planned_s is not None:
            assert left == one.planned_s + one.replanned_s + one.extended_s - spent
            if one.round is None:  # rounds share odd seconds
                assert timebox.allotted(one) >= timebox.half_of_plan(one)  # type: ignore[operator]
        else:
            assert left is None
