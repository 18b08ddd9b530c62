"""The arithmetic of time: what a step spent, what remains, when the meeting will end, whose time an overrun takes.

Pure functions over `Minutes`; `now` is passed in. Owns the ledger's invariant: the spans of the steps and the pauses
follow one another without a hole, and their sum is the meeting's length without gaps and time away.
Must not ask what time it is, nor change anything but spans and pauses; repairs of the ledger are `repairs`'. Seconds
throughout; rules from meeting.md, "The clock".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from retrotui.domain.minutes import (
    CountsAs,
    Minutes,
    Now,
    Pause,
    PauseReason,
    Share,
    Span,
    StepRun,
    StepState,
    change,
)

Phase = Literal["open", "normal", "soon", "over"]

SOON = 0.8
"""From this part of its time on, words and colour say that a step is running out."""
LONG_SILENCE = 60
"""A silence of the ticking clock longer than this (seconds) is a gap: the machine slept, or the loop stood still."""


def seconds(begin: datetime, end: datetime) -> int:
    """Whole seconds from begin to end, never negative."""
    return max(0, int((end - begin).total_seconds()))


def span_seconds(span: Span, now: datetime) -> int:
    return seconds(span[0], span[1] if len(span) == 2 else now)


def spent(step: StepRun, now: datetime) -> int:
    return sum(span_seconds(span, now) for span in step.spans)


def allotted(step: StepRun) -> int | None:
    """What the step may take, with re-planning and extensions. None: open end."""
    if step.planned_s is None:
        return None
    return max(0, step.planned_s + step.replanned_s + step.extended_s)


def remaining(step: StepRun, now: datetime) -> int | None:
    """Seconds left; negative in overtime; None with an open end."""
    box = allotted(step)
    return None if box is None else box - spent(step, now)


def phase(step: StepRun, now: datetime) -> Phase:
    """How far a step's time is used up: words and colour change at 80 % and at 100 %."""
    box = allotted(step)
    if box is None:
        return "open"
    used = spent(step, now)
    if used >= box:
        return "over"
    return "soon" if used >= SOON * box else "normal"


def in_plan(step: StepRun) -> bool:
    """Part of the plan with which the meeting began: not repeated or added on the spot."""
    return not step.added and (not step.of or step.round is not None)


def is_waiting(step: StepRun) -> bool:
    """Still to come, and on the clock (a pre-read has no time)."""
    return step.state == "pending" and step.planned_s != 0


def still_to_spend(step: StepRun, now: datetime) -> int:
    """What this step will still take if it keeps its box: nothing when done, skipped or in overtime."""
    if step.state not in ("pending", "running"):
        return 0
    left = remaining(step, now)
    return max(0, left) if left is not None else 0


def to_come(minutes: Minutes) -> Iterator[StepRun]:
    """The steps that will still take time: the one on the floor and those that wait.

    A `close` step is the last: once it has the floor, what was left out before it does not come back by itself.
    """
    on_floor = minutes.find_step(minutes.now.step) if minutes.now else None
    left_out = set()
    if on_floor is not None and on_floor.kind == "close":
        left_out = {step.id for step in minutes.step[: minutes.step.index(on_floor)]}
    for step in minutes.step:
        if step.state in ("pending", "running") and step.id not in left_out:
            yield step


def paused(minutes: Minutes) -> Pause | None:
    """The pause that is on, if there is one."""
    last = minutes.pause[-1] if minutes.pause else None
    return last if last is not None and last.until is None else None


def projected_end(minutes: Minutes, now: datetime) -> datetime:
    """When the meeting ends if every step keeps its box from now on."""
    return now + timedelta(seconds=sum(still_to_spend(step, now) for step in to_come(minutes)))


def planned_end(minutes: Minutes, now: datetime) -> datetime:
    """When it was to end: its beginning plus the plan. Before the beginning: now plus the plan.

    Rounds that made the plan longer than what was promised at the start do not move it: they make the meeting late.
    """
    begin = minutes.started or now
    return begin + timedelta(seconds=_planned(minutes) - beyond_promise(minutes))


def _planned(minutes: Minutes) -> int:
    return sum(step.planned_s or 0 for step in minutes.step if in_plan(step))


def beyond_promise(minutes: Minutes) -> int:
    """Seconds by which the rounds that came about are more than the meeting's promised length has room for."""
    promised = minutes.agenda.planned_s
    return 0 if promised is None else max(0, _planned(minutes) - promised)


def lateness(minutes: Minutes, now: datetime) -> int:
    """Seconds by which the projected end is later than planned; negative when early."""
    return int((projected_end(minutes, now) - planned_end(minutes, now)).total_seconds())


def _share(seconds_of: Mapping[CountsAs, int]) -> Share:
    return Share(**{key: seconds_of.get(key, 0) for key in ("report", "reflect", "decide", "frame")})


def pause_seconds(minutes: Minutes, now: datetime, why: PauseReason = "pause") -> int:
    return sum(seconds(pause.since, pause.until or now) for pause in minutes.pause if pause.why == why)


def share_spent(minutes: Minutes, now: datetime) -> Share:
    """Seconds so far by what they counted as. Pauses count as framing; gaps and time away count as nothing."""
    total: dict[CountsAs, int] = {"frame": pause_seconds(minutes, now)}
    for step in minutes.step:
        total[step.counts_as] = total.get(step.counts_as, 0) + spent(step, now)
    return _share(total)


def share_expected(minutes: Minutes, now: datetime) -> Share:
    """What the meeting will come to: spent plus what is still planned. This stands on the wall."""
    so_far = share_spent(minutes, now)
    total: dict[CountsAs, int] = {
        "report": so_far.report,
        "reflect": so_far.reflect,
        "decide": so_far.decide,
        "frame": so_far.frame,
    }
    for step in to_come(minutes):
        total[step.counts_as] += still_to_spend(step, now)
    return _share(total)


def share_planned(minutes: Minutes) -> Share:
    total: dict[CountsAs, int] = {}
    for step in minutes.step:
        if in_plan(step):
            total[step.counts_as] = total.get(step.counts_as, 0) + (step.planned_s or 0)
    return _share(total)


def per_cent(part: int, whole: int) -> int:
    """A rounded percentage; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


# -- the ledger ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the meeting: a span of a step (`step` is its id) or a pause (`step` is empty)."""

    begin: datetime
    end: datetime
    step: str = ""
    why: PauseReason | None = None


def segments(minutes: Minutes, now: datetime) -> list[Segment]:
    """The ledger in order of time; what is open ends now."""
    found = [
        Segment(span[0], span[1] if len(span) == 2 else now, step.id)
        for step in minutes.step
        for span in step.spans
    ]
    found += [Segment(pause.since, pause.until or now, "", pause.why) for pause in minutes.pause]
    return sorted(found, key=lambda segment: (segment.begin, segment.end))


def replace_step(minutes: Minutes, step: StepRun) -> Minutes:
    return change(minutes, step=tuple(step if old.id == step.id else old for old in minutes.step))


def close_open_span(minutes: Minutes, now: datetime) -> Minutes:
    """The running span ends now; one without length is dropped."""
    for step in minutes.step:
        if step.spans and len(step.spans[-1]) == 1:
            begin = step.spans[-1][0]
            kept = step.spans[:-1]
            closed: tuple[Span, ...] = (*kept, (begin, now)) if now > begin else kept
            minutes = replace_step(minutes, change(step, spans=closed))
    return minutes


def open_span(minutes: Minutes, step_id: str, now: datetime) -> Minutes:
    """The step's time runs from now. A span that ended this very second is gone on with."""
    step = minutes.find_step(step_id)
    if step is None:
        return minutes
    last = step.spans[-1] if step.spans else None
    joined: tuple[Span, ...]
    if last is not None and len(last) == 2 and last[1] == now:
        joined = (*step.spans[:-1], (last[0],))
    else:
        joined = (*step.spans, (now,))
    return replace_step(minutes, change(step, spans=joined))


def hand_over(minutes: Minutes, step_id: str, now: datetime, *, leave: StepState = "done") -> Minutes:
    """The floor goes to a step now; the one that had it is left as `leave`.

    During a pause no time runs: it begins with the end of the pause. Before the meeting has begun only the floor
    changes, and what is skipped.
    """
    on_floor = minutes.now.step if minutes.now else ""
    minutes = close_open_span(minutes, now)
    states: dict[str, StepState] = {on_floor: leave, step_id: "running"}
    if minutes.started is None:
        states = {on_floor: "skipped" if leave == "skipped" else "pending", step_id: "pending"}
    steps = tuple(change(step, state=states.get(step.id, step.state)) for step in minutes.step)
    minutes = change(minutes, step=steps, now=Now(step=step_id))
    if minutes.started is None or paused(minutes) is not None:
        return minutes
    return open_span(minutes, step_id, now)


def begin_pause(minutes: Minutes, now: datetime, why: PauseReason = "pause") -> Minutes:
    minutes = close_open_span(minutes, now)
    return change(minutes, pause=(*minutes.pause, Pause(since=now, why=why)))


def end_pause(minutes: Minutes, now: datetime) -> Minutes:
    """The pause that is on ends; one without length is dropped. The step on the floor has to be opened again."""
    last = paused(minutes)
    if last is None:
        return minutes
    ended = (change(last, until=now),) if now > last.since else ()
    return change(minutes, pause=(*minutes.pause[:-1], *ended))


# -- re-planning -----------------------------------------------------------------------------------------

LATE = 120
"""From this lateness on (seconds), and for every so much more, re-planning is offered."""


@dataclass(frozen=True, slots=True)
class Replan:
    """One way to deal with an overrun: `later`, `take` seconds from named steps, or `skip` one."""

    kind: Literal["later", "take", "skip"]
    takes: tuple[tuple[str, int], ...] = ()
    """Step id and the seconds that it gives."""
    reflecting: bool = False
    """True where the time comes out of reflecting steps, which needs somebody's explicit choice."""

    @property
    def total(self) -> int:
        return sum(given for _, given in self.takes)


def lost_by_reflecting(minutes: Minutes, now: datetime) -> int:
    """Seconds that reflecting steps took, or were given, beyond their plan; more rounds than were promised count."""
    lost = more_rounds = 0
    for step in minutes.step:
        if step.counts_as == "reflect":
            takes = spent(step, now) + still_to_spend(step, now)
            plan = (step.planned_s or 0) if in_plan(step) else 0
            lost += max(0, takes - plan - step.replanned_s)
            more_rounds += plan if (step.round or 1) > 1 else 0
    return lost + min(more_rounds, beyond_promise(minutes))


def can_give(step: StepRun, now: datetime) -> int:
    """What a step can give without falling below half of its plan."""
    box = allotted(step)
    if box is None or step.planned_s is None or not is_waiting(step):
        return 0
    return max(0, box - max(spent(step, now), half_of_plan(step)))


def half_of_plan(step: StepRun) -> int:
    """Re-planning leaves a step at least so many seconds; half a second counts as one."""
    return ((step.planned_s or 0) + 1) // 2


UNITS = (60, 30, 1)
"""Re-planning moves whole minutes, half ones where those do not suffice, seconds where all is needed."""


def nearest_minute(need: int) -> int:
    """Seconds as whole minutes: the plan on the wall is read, and added up, in minutes."""
    return (need + 30) // 60 * 60


def take_in_proportion(steps: list[StepRun], need: int, now: datetime) -> tuple[tuple[str, int], ...]:
    """Spread `need` seconds over the steps in proportion to what each can give; never more than that.

    In whole minutes as long as those suffice, so that what the steps give adds up on the wall.
    """
    can = {step.id: can_give(step, now) for step in steps}
    total = sum(can.values())
    if min(need, total) <= 0:
        return ()
    unit = next((one for one in UNITS if sum(each // one for each in can.values()) * one >= need), UNITS[-1])
    units = min(-(-need // unit), total // unit)
    wanted = {key: units * each / total for key, each in can.items()}
    takes = {key: min(int(wanted[key]), each // unit) for key, each in can.items()}
    # what rounding down left goes to those that lost most by it, as far as they can give
    for key in sorted(can, key=lambda key: takes[key] - wanted[key]):
        takes[key] += min(units - sum(takes.values()), can[key] // unit - takes[key], 1)
    for key in can:
        takes[key] += min(units - sum(takes.values()), can[key] // unit - takes[key])
    return tuple((key, given * unit) for key, given in takes.items() if given)


def replans(
    minutes: Minutes, protected: frozenset[str], optional: frozenset[str], now: datetime, *, hard_end: bool
) -> Iterator[Replan]:
    """The ways out of being late, in the order in which F6 offers them.

    Time lost by reporting or framing never comes from a protected step; what reflecting steps took may, by explicit
    choice, come from a later reflecting one.
    """
    late = lateness(minutes, now)
    if late <= LATE:
        return
    if not hard_end:
        yield Replan("later")
    waiting = [step for step in to_come(minutes) if is_waiting(step)]
    free = [step for step in waiting if step.id not in protected and (step.of or step.id) not in protected]
    need = nearest_minute(late)
    if takes := take_in_proportion(free, need, now):
        yield Replan("take", takes)
    for step in waiting:
        if (step.id in optional or step.of in optional) and (gain := still_to_spend(step, now)):
            yield Replan("skip", ((step.id, gain),))
    reflecting = [step for step in waiting if step not in free and step.counts_as == "reflect"]
    lost = lost_by_reflecting(minutes, now) // 60 * 60
    if takes := take_in_proportion(reflecting, min(need, lost), now):
        yield Replan("take", takes, reflecting=True)


def replanned(minutes: Minutes, choice: Replan) -> Minutes:
    """The plan after `take`; `later` changes nothing, `skip` is a move and belongs to the course.

    An offer that has grown old takes no more than still can be given.
    """
    if choice.kind != "take":
        return minutes
    for step_id, given in choice.takes:
        step = minutes.find_step(step_id)
        if step is not None and is_waiting(step):
            given = min(given, max(0, (allotted(step) or 0) - half_of_plan(step)))
            minutes = replace_step(minutes, change(step, replanned_s=step.replanned_s - given))
    return minutes


def derived(minutes: Minutes, now: datetime) -> Minutes:
    """The document with what is derived at each save: seconds spent, and the share of time."""
    steps = tuple(change(step, spent_s=spent(step, now)) for step in minutes.step)
    return change(minutes, step=steps, share=share_spent(minutes, now))
