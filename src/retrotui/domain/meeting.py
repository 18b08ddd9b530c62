"""The running meeting: its minutes, the agenda that it carries, and the way back (undo, redo).

Owns how a change becomes history. Every rule is a function that takes a `Meeting` and `now` and returns the next one;
the rules themselves live beside this file: `course` (moves and time), `entries` (what is said), `roundtable` (people
and tallies), `floor` (deals and metrics), `followup` (the loop), `closing`.
Must not know files, screens or the clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from retrotui.domain.agenda import Agenda, Part, Step
from retrotui.domain.experiments import OpenItem
from retrotui.domain.minutes import (
    ENTRY_KINDS,
    AgendaRef,
    ColumnHead,
    DealRecord,
    Minutes,
    Note,
    Now,
    Participant,
    Period,
    StepRun,
    change,
)
from retrotui.domain.timebox import hand_over, replace_step
from retrotui.errors import Message, Refused, msg

UNDO_DEPTH = 500
MOVE_UNDO_SECONDS = 60
"""Undoing a move within so many seconds gives them back as if it had not happened (meeting.md, "The clock")."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that can be taken back: the state before, and what to call it."""

    label: Message
    before: Minutes
    after: Minutes
    at: datetime
    move: bool = False
    """The floor went to another step."""
    whispers_before: tuple[Note, ...] = ()
    whispers_after: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with all that its rules need to know. Immutable; see `commit` for how the next one is made."""

    agenda: Agenda
    minutes: Minutes
    known_people: tuple[Participant, ...] = ()
    """The team's people and those of the last meeting: whom `@ben` can mean, and whom F7 offers."""
    open_items: tuple[OpenItem, ...] = ()
    """Open actions, experiments and ideas of earlier meetings."""
    whispers: tuple[Note, ...] = ()
    """Notes of confidential steps: on the wall, never written."""
    past: tuple[Change, ...] = ()
    future: tuple[Change, ...] = ()
    last_ids: Mapping[str, int] = field(default_factory=dict)
    """The highest number given for each kind of entry: ids are never used again, not even after undo."""
    said: Mapping[str, int] = field(default_factory=dict)
    """The order in which entries got their ids here: it tells those of one second apart."""
    accepted_late_s: int = 0
    """Lateness that was accepted; re-planning stays quiet until two more minutes are lost."""
    revision: int = 0
    """Counts every change: what the saver acknowledges."""

    @property
    def step(self) -> StepRun:
        """The step on the floor; after the end the last one."""
        now = self.minutes.now
        found = self.minutes.find_step(now.step) if now else None
        return found or self.minutes.step[0 if self.running else -1]

    @property
    def agenda_step(self) -> Step | None:
        """What the agenda says of the step on the floor; None for one that was added on the spot."""
        return self.agenda_step_of(self.step)

    def agenda_step_of(self, step: StepRun) -> Step | None:
        return self.agenda.step(step.id) or (self.agenda.step(step.of) if step.of else None)

    @property
    def part(self) -> Part | None:
        """The part of the step that is on; None in a step without parts."""
        step, now = self.agenda_step, self.minutes.now
        if step is None or not step.parts:
            return None
        return step.parts[max(0, min((now.part if now else 1) - 1, len(step.parts) - 1))]

    @property
    def begun(self) -> bool:
        return self.minutes.started is not None

    @property
    def running(self) -> bool:
        return self.minutes.status == "running"

    @property
    def deal(self) -> DealRecord | None:
        """The deal on the floor of this step."""
        now = self.minutes.now
        return self.minutes.find_deal(now.deal) if now and now.deal else None

    @property
    def deal_at_hand(self) -> DealRecord | None:
        """Where factors and quotes go: the deal last on the floor, in this step or an earlier one."""
        if self.deal is not None:
            return self.deal
        turns = sorted((turn for step in self.minutes.step for turn in step.floor), key=lambda turn: turn.at)
        deals = (self.minutes.find_deal(turn.deal) for turn in reversed(turns) if turn.deal)
        return next((deal for deal in deals if deal is not None), None)

    @property
    def is_confidential(self) -> bool:
        step = self.agenda_step
        return bool(step and step.confidential)


def deal_words(minutes: Minutes, deal_id: str) -> str | Message:
    """What a deal is called in sentences: the customer, else the title, as discretion lets it."""
    deal = minutes.find_deal(deal_id)
    if minutes.discretion.customers:
        place = next((at for at, one in enumerate(minutes.deal, start=1) if one.id == deal_id), 0)
        return msg("Customer {n}", n=place) if place else msg("a customer")
    return (deal.account or deal.title) if deal else deal_id


def draft_meeting(
    agenda: Agenda,
    *,
    meeting_id: str,
    day: date,
    language: str,
    title: str = "",
    team: str = "",
    currency: str = "",
    period: Period | None = None,
    total_minutes: int | None = None,
) -> Meeting:
    """A meeting of this agenda that has not begun. `total_minutes` scales the plan to another length."""
    plan = agenda.planned_seconds(total_minutes)
    steps = tuple(
        StepRun(
            id=step.id,
            kind=str(step.kind),
            title=step.title.text(language),
            counts_as=str(step.counts),
            planned_s=plan[step.id],
            columns=tuple(ColumnHead(id=one.id, title=one.title.text(language)) for one in step.columns),
        )
        for step in agenda.steps
    )
    first = next((step for step in steps if step.planned_s != 0), steps[0])
    minutes = Minutes(
        id=meeting_id,
        date=day,
        language="de" if language == "de" else "en",
        title=title or agenda.title.text(language),
        team=team,
        currency=currency,
        agenda=AgendaRef(
            id=agenda.id, version=agenda.version, planned_s=_promised(agenda, total_minutes, plan.values())
        ),
        period=period,
        now=Now(step=first.id),
        step=steps,
    )
    return Meeting(agenda=agenda, minutes=minutes)


def _promised(agenda: Agenda, total_minutes: int | None, planned: Iterable[int | None]) -> int | None:
    """Seconds that are promised when the meeting is called; None where its rounds decide how long it takes.

    An agenda may leave `minutes` out where a step repeats (files.md); a fixed end is a promise all the same.
    """
    steps = sum(seconds or 0 for seconds in planned)
    length = total_minutes if total_minutes is not None else agenda.minutes
    if length is None:
        return steps if agenda.hard_end else None
    return max(round(length * 60), steps)


def take_up(agenda: Agenda, minutes: Minutes) -> Meeting:
    """A meeting read from its minutes or draft, ready to go on; its ids go on from the highest."""
    return Meeting(agenda=agenda, minutes=minutes, last_ids=highest_ids(minutes))


# -- ids -------------------------------------------------------------------------------------------------

PREFIX = {
    "factor": "f", "quote": "q", "note": "n", "lesson": "l", "action": "a", "experiment": "x", "whisper": "w",
}  # fmt: skip


def highest_ids(minutes: Minutes) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in ENTRY_KINDS:
        for entry in getattr(minutes, kind):
            digits = entry.id.rpartition("-")[2].lstrip(PREFIX[kind])
            if digits.isdecimal() and (
                kind in ("factor", "quote", "note", "lesson") or entry.id.startswith(minutes.id)
            ):
                found[kind] = max(found.get(kind, 0), int(digits))
    return found


def next_id(meeting: Meeting, kind: str) -> tuple[Meeting, str]:
    """A fresh id for an entry: `n18`, or `MEETING-ID-x2` for what lives beyond the meeting."""
    number = meeting.last_ids.get(kind, 0) + 1
    short = f"{PREFIX[kind]}{number}"
    entry_id = f"{meeting.minutes.id}-{short}" if kind in ("action", "experiment") else short
    said = {**meeting.said, entry_id: len(meeting.said)}
    return replace(meeting, last_ids={**meeting.last_ids, kind: number}, said=said), entry_id


def fresh_step_id(minutes: Minutes, wish: str) -> str:
    """An id that no step of these minutes has: the wish, else with -2, -3 …"""
    taken = {step.id for step in minutes.step}
    number, found = 1, wish
    while found in taken:
        number += 1
        found = f"{wish}-{number}"
    return found


# -- history ---------------------------------------------------------------------------------------------


def commit(
    meeting: Meeting, minutes: Minutes, label: Message, now: datetime, *, move: bool = False, **more: Any
) -> Meeting:
    """The meeting with these minutes, and a way back to the ones before."""
    minutes = _with_owners(minutes, meeting.known_people)
    whispers = more.get("whispers", meeting.whispers)
    step = Change(label, meeting.minutes, minutes, now, move, meeting.whispers, whispers)
    return replace(
        meeting,
        minutes=minutes,
        past=(*meeting.past[-UNDO_DEPTH + 1 :], step),
        future=(),
        revision=meeting.revision + 1,
        **more,
    )


def _with_owners(minutes: Minutes, known: tuple[Participant, ...]) -> Minutes:
    """Whoever owns something, or is an answer, is named in the file, present or not: an id alone tells a reader
    nothing."""
    named = {person.id for person in minutes.participant}
    owners = {entry.owner for table in (minutes.action, minutes.experiment) for entry in table}
    owners |= {answer.value for answer in minutes.field if answer.type == "person"}
    absent = tuple(
        change(person, present=False, roles=())
        for person in known
        if person.id in owners and person.id not in named
    )
    return change(minutes, participant=(*minutes.participant, *absent)) if absent else minutes


def amend(meeting: Meeting, minutes: Minutes) -> Meeting:
    """These minutes as part of the last change, so that one undo takes both back."""
    past = meeting.past
    if past and past[-1].after is meeting.minutes:
        past = (*past[:-1], replace(past[-1], after=minutes))
    return replace(meeting, minutes=minutes, past=past)


def keep_time(meeting: Meeting, minutes: Minutes, **more: Any) -> Meeting:
    """The meeting with these minutes, where time has changed and nothing can be taken back."""
    return replace(meeting, minutes=minutes, revision=meeting.revision + 1, **more)


TIME_OF_MINUTES = ("date", "started", "ended", "status", "pause", "share", "reopened", "now")


def with_time_of(content: Minutes, clock: Minutes) -> Minutes:
    """The content of one state with the time of another: undo takes back what was said, never what time it was.

    A step that the content does not know is kept if it has spent time, but does not wait for more.
    """
    timed = {step.id: step for step in clock.step}
    steps = [_with_time_of(step, timed.get(step.id), clock) for step in content.step]
    known = {step.id for step in content.step}
    for index, step in enumerate(clock.step):
        on_floor = clock.now is not None and clock.now.step == step.id
        if step.id not in known and (step.spans or on_floor):
            steps.insert(min(index, len(steps)), step if on_floor else change(step, state="done"))
    merged = change(content, step=tuple(steps), **{key: getattr(clock, key) for key in TIME_OF_MINUTES})
    here, there = merged.now, content.now
    if here and there and here.step == there.step and (here.deal, here.part) != (there.deal, there.part):
        merged = change(merged, now=there)
    return merged


def _with_time_of(step: StepRun, timed: StepRun | None, clock: Minutes) -> StepRun:
    """One step's content with its time. Who has the floor, and what never began, is a matter of time; whether a step
    is over or skipped is not."""
    if timed is None:
        return change(step, spans=(), spent_s=0)
    by_time = "running" in (step.state, timed.state) or (clock.started is None and step.state == "done")
    state = timed.state if by_time else step.state
    return change(step, spans=timed.spans, spent_s=timed.spent_s, state=state)


def _ledger(minutes: Minutes) -> tuple[object, ...]:
    return (
        minutes.pause,
        tuple((step.id, step.spans) for step in minutes.step),
        minutes.started,
        minutes.status,
        minutes.reopened,
    )


def check_running(meeting: Meeting) -> None:
    """Raises Refused once the meeting is over: then nothing moves, and no time runs."""
    if not meeting.running:
        raise Refused(msg("This meeting is over."), msg("It can be reopened."))


def undo(meeting: Meeting, now: datetime) -> tuple[Meeting, Message]:
    """Take back the last change. Returns what was taken back. Raises Refused when there is nothing.

    A move within its first minute never happened; a later one sends the floor back, and its time stays.
    """
    if not meeting.past:
        raise Refused(msg("There is nothing to take back."))
    last = meeting.past[-1]
    if last.move:
        check_running(meeting)
    if (
        last.move
        and (now - last.at).total_seconds() <= MOVE_UNDO_SECONDS
        and _ledger(meeting.minutes) == _ledger(last.after)
    ):
        minutes = last.before
    elif last.move:
        minutes = _moved_back(meeting.minutes, last.before, now)
    else:
        minutes = with_time_of(last.before, meeting.minutes)
    redo_step = replace(last, after=meeting.minutes)
    return (
        replace(
            meeting,
            minutes=minutes,
            whispers=last.whispers_before,
            past=meeting.past[:-1],
            future=(*meeting.future, redo_step),
            revision=meeting.revision + 1,
        ),
        last.label,
    )


def redo(meeting: Meeting, now: datetime) -> tuple[Meeting, Message]:
    """Bring back what was taken back last. Raises Refused when there is nothing."""
    if not meeting.future:
        raise Refused(msg("There is nothing to bring back."))
    last = meeting.future[-1]
    if last.move:
        check_running(meeting)
        minutes = _moved_back(meeting.minutes, last.after, now)
    else:
        minutes = with_time_of(last.after, meeting.minutes)
    step = replace(last, before=meeting.minutes, after=minutes, at=now)
    return (
        replace(
            meeting,
            minutes=minutes,
            whispers=last.whispers_after,
            past=(*meeting.past, step),
            future=meeting.future[:-1],
            revision=meeting.revision + 1,
        ),
        last.label,
    )


def _moved_back(current: Minutes, target: Minutes, now: datetime) -> Minutes:
    """The floor of `target` with the time of `current`: the step on the floor changes now."""
    content = with_time_of(target, current)
    if target.now is None or current.now is None:
        return content
    left = target.find_step(current.now.step)
    moved = hand_over(content, target.now.step, now, leave=left.state if left else "done")
    return change(moved, now=target.now)


def edit_step(meeting: Meeting, step: StepRun, label: Message, now: datetime) -> Meeting:
    """A change of one step's table, with a way back."""
    return commit(meeting, replace_step(meeting.minutes, step), label, now)


def without(entries: Iterable[Any], entry_id: str) -> tuple[Any, ...]:
    return tuple(entry for entry in entries if entry.id != entry_id)
