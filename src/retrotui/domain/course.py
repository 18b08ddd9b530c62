"""The course of a meeting: which step, part or deal has the floor, what comes next, and steps put in on the spot.

Owns these moves. Each function takes the meeting and `now`, and returns the next meeting, or raises `Refused` with a
sentence. Time arithmetic lives in `timebox`, beginning and end in `lifecycle`, pausing and extending in `pacing`.
Must not know keys or widgets. Source: meeting.md, "The clock", "Keys".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from retrotui.domain import timebox
from retrotui.domain.agenda import COUNTS, StepKind
from retrotui.domain.meeting import (
    Meeting,
    amend,
    check_running,
    commit,
    deal_words,
    edit_step,
    fresh_step_id,
    keep_time,
)
from retrotui.domain.minutes import FloorTurn, Minutes, Now, StepRun, StepState, change
from retrotui.domain.rounds import round_of, subject, with_holders, with_rounds
from retrotui.domain.text import slug
from retrotui.errors import Message, Refused, msg


@dataclass(frozen=True, slots=True)
class Target:
    """Where on or back leads: to a deal, a part, a step, or (only on) to the end of the meeting."""

    kind: Literal["deal", "part", "step", "close"]
    id: str = ""
    label: str | Message = ""
    number: int = 0


def ahead(meeting: Meeting) -> Target:
    """Where F4 leads: the next part (each deal has them all), the next deal, the next step, else the end."""
    minutes, step = meeting.minutes, meeting.step
    now = minutes.now or Now(step=step.id)
    agenda_step = meeting.agenda_step
    if agenda_step and now.part < len(agenda_step.parts):
        part = agenda_step.parts[now.part]
        return Target("part", step.id, part.title.text(minutes.language), now.part + 1)
    if now.deal in step.deals[:-1]:
        deal_id = step.deals[step.deals.index(now.deal) + 1]
        return Target("deal", deal_id, deal_words(minutes, deal_id))
    following = next_step(minutes, step)
    if following is None:
        return Target("close")
    title = f"{following.title} {following.round}" if (following.round or 1) > 1 else following.title
    return Target("step", following.id, subject(minutes, following) or title)


def next_step(minutes: Minutes, step: StepRun) -> StepRun | None:
    """The next waiting step in the agenda's order; after the last one, an earlier one that was left out.

    A `close` step is the last: what was left out before it does not come back by itself.
    """
    position = [one.id for one in minutes.step].index(step.id)
    later = [one for one in minutes.step[position + 1 :] if timebox.is_waiting(one)]
    if later:
        return later[0]
    if step.kind == StepKind.CLOSE:
        return None
    return next((one for one in minutes.step[:position] if timebox.is_waiting(one)), None)


def behind(meeting: Meeting) -> Target | None:
    """Where F3 leads: the part or deal before, else the step before; None at the very beginning."""
    minutes, step = meeting.minutes, meeting.step
    now = minutes.now or Now(step=step.id)
    agenda_step = meeting.agenda_step
    if agenda_step and 1 < now.part <= len(agenda_step.parts):
        title = agenda_step.parts[now.part - 2].title.text(minutes.language)
        return Target("part", step.id, title, now.part - 1)
    if now.deal in step.deals[1:]:
        deal_id = step.deals[step.deals.index(now.deal) - 1]
        return Target("deal", deal_id, deal_words(minutes, deal_id))
    position = [one.id for one in minutes.step].index(step.id)
    for one in reversed(minutes.step[:position]):
        if one.planned_s != 0 and one.state != "skipped":
            return Target("step", one.id, one.title)
    return None


def on(meeting: Meeting, now: datetime) -> Meeting:
    """F4. Raises Refused where nothing is ahead but the end: ending is a question of its own."""
    target = ahead(meeting)
    if target.kind == "close":
        raise Refused(msg("This is the last step."))
    return _go(meeting, target, now, leave="done")


def back(meeting: Meeting, now: datetime) -> Meeting:
    """F3: the step before is opened again, and its time goes on where it stood."""
    target = behind(meeting)
    if target is None:
        raise Refused(msg("This is the first step."))
    return _go(meeting, target, now, leave="pending")


def jump(meeting: Meeting, step_id: str, now: datetime) -> Meeting:
    """A step out of its order takes the floor (F6); the ones passed over stay to come."""
    step = meeting.minutes.find_step(step_id)
    if step is None or step.id == meeting.step.id:
        raise Refused(msg("This step has the floor already."))
    if step.planned_s == 0:
        raise Refused(msg("This is to be read beforehand and takes no time."))
    return _go(meeting, Target("step", step_id, step.title), now, leave="done")


def _go(meeting: Meeting, target: Target, now: datetime, leave: StepState) -> Meeting:
    check_running(meeting)
    if target.kind == "deal":
        return take_floor(meeting, target.id, now)
    if target.kind == "part":
        turn = FloorTurn(
            deal=meeting.minutes.now.deal if meeting.minutes.now else "", part=target.number, at=now
        )
        minutes = _with_turn(meeting.minutes, meeting.step, turn)
        return commit(meeting, minutes, msg("on to {title}", title=target.label), now)
    minutes = timebox.hand_over(meeting.minutes, target.id, now, leave=leave)
    label = (
        msg("back to {title}", title=target.label)
        if leave == "pending"
        else msg("on to {title}", title=target.label)
    )
    return arrived(commit(meeting, minutes, label, now, move=True), now)


def arrived(meeting: Meeting, now: datetime) -> Meeting:
    """What a step needs when it takes the floor: its rounds, and its deal. Part of the move, no change of its own."""
    minutes = with_holders(meeting, with_rounds(meeting, meeting.step))
    step = minutes.find_step(meeting.step.id) or meeting.step
    agenda_step = meeting.agenda_step
    if agenda_step and agenda_step.deal == "same" and not step.deals and (deal := meeting.deal_at_hand):
        step = change(step, deals=(deal.id,))
        minutes = timebox.replace_step(minutes, step)
    place = place_of(step)
    if place.deal or place.part > 1:
        minutes = _with_turn(minutes, step, FloorTurn(deal=place.deal, part=place.part, at=now))
    if minutes is meeting.minutes:
        return meeting
    return amend(meeting, minutes)


def place_of(step: StepRun) -> Now:
    """Where a step goes on: at the deal and part that had the floor last, else at its first deal."""
    for turn in reversed(step.floor):
        if turn.deal in step.deals or not (turn.deal or step.deals):
            return Now(step=step.id, deal=turn.deal, part=turn.part)
    return Now(step=step.id, deal=step.deals[0] if step.deals else "")


def take_floor(meeting: Meeting, deal_id: str, now: datetime) -> Meeting:
    """A deal that was chosen for this step takes the floor."""
    check_running(meeting)
    step = meeting.step
    if deal_id not in step.deals:
        if (own := round_of(meeting, deal_id)) is not None:
            return jump(meeting, own.id, now)
        raise Refused(msg("This deal has not been chosen for this step: F7 chooses it."))
    label = msg("on to {title}", title=deal_words(meeting.minutes, deal_id))
    return commit(meeting, _with_turn(meeting.minutes, step, FloorTurn(deal=deal_id, at=now)), label, now)


def _with_turn(minutes: Minutes, step: StepRun, turn: FloorTurn) -> Minutes:
    minutes = timebox.replace_step(minutes, change(step, floor=(*step.floor, turn)))
    return change(minutes, now=Now(step=step.id, deal=turn.deal, part=turn.part))


def show_prompt(meeting: Meeting, number: int) -> Meeting:
    """Another prompt on the wall; `number` counts from 1. Nothing to take back."""
    now = meeting.minutes.now or Now(step=meeting.step.id)
    return keep_time(meeting, change(meeting.minutes, now=change(now, prompt=number)))


# -- structure -------------------------------------------------------------------------------------------


def skip(meeting: Meeting, step_id: str, now: datetime) -> Meeting:
    """A step is left out. The one on the floor gives it to the next."""
    check_running(meeting)
    step = meeting.minutes.find_step(step_id)
    if step is None or step.state in ("done", "skipped"):
        raise Refused(msg("This step is over already."))
    label = msg("{title} skipped", title=step.title)
    if step.id != meeting.step.id:
        return edit_step(meeting, change(step, state="skipped"), label, now)
    following = next_step(meeting.minutes, step)
    if following is None:
        raise Refused(msg("This is the last step: end the meeting instead."))
    minutes = timebox.hand_over(meeting.minutes, following.id, now, leave="skipped")
    return arrived(commit(meeting, minutes, label, now, move=True), now)


def unskip(meeting: Meeting, step_id: str, now: datetime) -> Meeting:
    """A skipped step is to come again."""
    step = meeting.minutes.find_step(step_id)
    if step is None or step.state != "skipped":
        raise Refused(msg("This step has not been skipped."))
    return edit_step(
        meeting, change(step, state="pending"), msg("{title} taken in again", title=step.title), now
    )


def repeat(meeting: Meeting, step_id: str, now: datetime) -> Meeting:
    """The same step once more, right after the one on the floor, with its time as planned."""
    step = meeting.minutes.find_step(step_id)
    if step is None:
        raise Refused(msg("There is no such step."))
    copy = StepRun(
        id=fresh_step_id(meeting.minutes, step.of or step.id),
        of=step.of or step.id,
        kind=step.kind,
        title=step.title,
        counts_as=step.counts_as,
        planned_s=step.planned_s,
        person=step.person,
        note=step.note,
        columns=step.columns,
    )
    return _insert(meeting, copy, msg("{title} once more", title=step.title), now)


def add_step(meeting: Meeting, title: str, kind: StepKind, minutes: float | None, now: datetime) -> Meeting:
    """A step on the spot, right after the one on the floor. `minutes` None: open end."""
    step = StepRun(
        id=fresh_step_id(meeting.minutes, slug(title) or str(kind)),
        kind=str(kind),
        title=title,
        counts_as=COUNTS[kind].value,
        planned_s=None if minutes is None else max(0, round(minutes * 60)),
        added=True,
    )
    return _insert(meeting, step, msg("{title} added", title=title), now)


def _insert(meeting: Meeting, step: StepRun, label: Message, now: datetime) -> Meeting:
    check_running(meeting)
    steps = meeting.minutes.step
    position = [one.id for one in steps].index(meeting.step.id) + 1
    minutes = change(meeting.minutes, step=(*steps[:position], step, *steps[position:]))
    return commit(meeting, minutes, label, now)
