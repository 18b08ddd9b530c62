"""Any course of any meeting: the ledger has no holes, undo of anything is identity, no id is given twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from retrotui.domain import course, floor, followup, lifecycle, pacing, roundtable, timebox
from retrotui.domain import meeting as meetings
from retrotui.domain.agenda import StepKind
from retrotui.domain.meeting import MOVE_UNDO_SECONDS, Change, Meeting
from retrotui.domain.minutes import Metric, Minutes
from retrotui.errors import Refused
from tests.unit.domain.items import action_item, experiment_item
from tests.unit.domain.room import Room, blame, deal, say, sound, step

STEPS = (
    step("arrive", "checkin", 5),
    step("check", "followup", 10, optional=True),
    step("numbers", "numbers", 10, cap=True),
    step("lost", "deal", 20, parts=[{"title": "One"}, {"title": "Two"}]),
    step("paper", minutes=0),
    step("why", "deal", 10, deal="same"),
    step("case", "case", 4, repeat=3),
    step("turn", minutes=2, repeat="person"),
    step("open"),
    step("close", "close", 5),
)
ITEMS = (experiment_item("x1"), experiment_item("x2", idea=True), action_item("a1"))
SOON = date(2026, 12, 21)

jumps = st.sampled_from(range(12))
waits = st.one_of(
    st.integers(0, 5), st.integers(55, 65), st.integers(0, 900), st.sampled_from([0, 60, 480, 3600, 9000])
)


def content(minutes: Minutes) -> dict[str, Any]:
    """All that is not time: undo and redo restore it exactly."""
    hidden = {"date", "started", "ended", "status", "pause", "share", "reopened", "now"}
    found = minutes.model_dump(exclude=hidden)
    for one in found["step"]:
        del one["spans"], one["spent_s"]
        if one["state"] in ("running", "done"):
            one["state"] = "pending"  # who has and had the floor is told by moves
    return found


def ledger(minutes: Minutes) -> tuple[object, ...]:
    return minutes.pause, {one.id: one.spans for one in minutes.step if one.spans}, minutes.ended


class AnyMeeting(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.room = Room(*STEPS, items=ITEMS, max_experiments=1)
        self.given: set[str] = set()

    @property
    def meeting(self) -> Meeting:
        return self.room.meeting

    @property
    def now(self) -> datetime:
        return self.room.now

    def attempt(self, command: Callable[..., Meeting], *args: Any, **keys: Any) -> None:
        """A refusal is an answer; what was done must be undone and redone without a trace."""
        before = self.meeting
        try:
            self.room.do(command, *args, **keys)
        except Refused:
            assert self.meeting is before
            return
        self.note_ids(before)
        if len(self.meeting.past) > len(before.past):
            self.there_and_back(before)

    def note_ids(self, before: Meeting) -> None:
        known = {entry.id for entry in before.minutes.entries()}
        new = {entry.id for entry in self.meeting.minutes.entries()} - known - {"x2"}
        assert not new & self.given
        self.given |= new

    def there_and_back(self, before: Meeting) -> None:
        """At once: undo leaves no trace at all, redo brings everything back."""
        after = self.meeting
        undone, label = meetings.undo(after, self.now)
        assert label == after.past[-1].label
        assert content(undone.minutes) == content(before.minutes)
        assert ledger(undone.minutes) == ledger(before.minutes)
        assert undone.minutes.now == before.minutes.now or before.minutes.now is None
        sound(undone, self.now)
        redone, _ = meetings.redo(undone, self.now)
        assert content(redone.minutes) == content(after.minutes)
        assert ledger(redone.minutes) == ledger(after.minutes)
        assert [one.state for one in redone.minutes.step] == [one.state for one in after.minutes.step]
        sound(redone, self.now)

    # -- time ------------------------------------------------------------------------------------------------

    @rule(seconds=waits)
    def time_goes_by(self, seconds: int) -> None:
        self.room.after(seconds=seconds)

    @rule(hours=st.sampled_from([-1, 1]))
    def somebody_sets_the_wall_clock(self, hours: int) -> None:
        clock = self.room.clock
        clock.set_wall(clock.wall() + timedelta(hours=hours))

    @rule(seconds=st.integers(61, 4000), then=waits)
    def the_machine_sleeps(self, seconds: int, then: int) -> None:
        lid = self.now
        up = self.room.after(seconds=seconds).now
        self.room.after(seconds=then)
        self.attempt(pacing.take_out_gap, lid, up)

    @rule(at=st.integers(0, 5000), seconds=st.integers(1, 900))
    def a_gap_of_long_ago_is_taken_out(self, at: int, seconds: int) -> None:
        started = self.meeting.minutes.started
        assert started is not None
        begin = started + timedelta(seconds=at)
        end = begin + timedelta(seconds=seconds)
        if end <= (self.meeting.minutes.ended or self.now):
            self.attempt(pacing.take_out_gap, begin, end)

    @rule()
    def pause(self) -> None:
        self.attempt(pacing.pause)

    @rule()
    def go_on(self) -> None:
        self.attempt(pacing.go_on)

    @rule(minutes=st.integers(0, 20))
    def it_began_earlier(self, minutes: int) -> None:
        self.attempt(pacing.began_earlier, minutes)

    @rule(minutes=st.integers(0, 10))
    def give_back(self, minutes: int) -> None:
        self.attempt(pacing.give_back, minutes)

    @rule(minutes=st.integers(1, 9))
    def extend(self, minutes: int) -> None:
        self.attempt(pacing.extend, minutes)

    @rule(which=st.integers(0, 3))
    def replan(self, which: int) -> None:
        offered = pacing.replans(self.meeting, self.now)
        if offered:
            self.attempt(pacing.replan, offered[which % len(offered)])

    # -- the course ------------------------------------------------------------------------------------------

    @rule()
    def on(self) -> None:
        self.attempt(course.on)

    @rule()
    def back(self) -> None:
        self.attempt(course.back)

    def some_step(self, which: int) -> str:
        steps = self.meeting.minutes.step
        return steps[which % len(steps)].id

    @rule(which=jumps)
    def jump(self, which: int) -> None:
        self.attempt(course.jump, self.some_step(which))

    @rule(which=jumps)
    def skip(self, which: int) -> None:
        self.attempt(course.skip, self.some_step(which))

    @rule(which=jumps)
    def unskip(self, which: int) -> None:
        self.attempt(course.unskip, self.some_step(which))

    @precondition(lambda self: len(self.meeting.minutes.step) < 30)
    @rule(which=jumps)
    def repeat(self, which: int) -> None:
        self.attempt(course.repeat, self.some_step(which))

    @precondition(lambda self: len(self.meeting.minutes.step) < 30)
    @rule(minutes=st.sampled_from([None, 0.5, 5]), kind=st.sampled_from(list(StepKind)))
    def add(self, minutes: float | None, kind: StepKind) -> None:
        self.attempt(course.add_step, "Extra", kind, minutes)

    # -- beginning and end -----------------------------------------------------------------------------------

    @rule(seconds=waits)
    def leave_and_come_back(self, seconds: int) -> None:
        self.attempt(lifecycle.leave)
        self.room.after(seconds=seconds)
        self.attempt(lifecycle.come_back, self.now)

    @rule(seconds=waits, alive=st.integers(-600, 4000))
    def crash_and_come_back(self, seconds: int, alive: int) -> None:
        died = self.now + timedelta(seconds=alive)
        self.room.after(seconds=seconds)
        self.attempt(lifecycle.come_back, died)

    @rule(seconds=waits)
    def close_and_reopen(self, seconds: int) -> None:
        self.attempt(lifecycle.close)
        self.room.after(seconds=seconds)
        self.attempt(lifecycle.reopen)

    @rule(ago=st.integers(0, 4000))
    def it_ended_a_while_ago(self, ago: int) -> None:
        self.attempt(lifecycle.end_at, self.now - timedelta(seconds=ago))

    @rule()
    def reopen(self) -> None:
        self.attempt(lifecycle.reopen)

    # -- what is said ----------------------------------------------------------------------------------------

    @rule()
    def note(self) -> None:
        self.attempt(say, "a note")

    @rule()
    def factor(self) -> None:
        self.attempt(blame, "a factor")

    @rule(deal_id=st.sampled_from(["ada", "bob", "cid"]))
    def choose(self, deal_id: str) -> None:
        self.attempt(floor.choose, deal(deal_id))

    @rule(deal_id=st.sampled_from(["ada", "bob", "cid"]))
    def put_aside(self, deal_id: str) -> None:
        self.attempt(floor.put_aside, deal_id)

    @rule(name=st.sampled_from(["", "Anna", "Ben"]), function=st.sampled_from(["", "sales"]))
    def arrive(self, name: str, function: str) -> None:
        self.attempt(roundtable.arrive, name, function)

    @rule(person=st.sampled_from(["anna", "ben", "person"]), present=st.booleans())
    def tick(self, person: str, present: bool) -> None:
        self.attempt(roundtable.set_present, person, present)

    @rule(digits=st.text("12345", max_size=8), which=st.sampled_from(["safety", "worth"]))
    def tally(self, digits: str, which: str) -> None:
        self.attempt(roundtable.tally, which, digits)

    @rule(metric=st.sampled_from("abcdef"))
    def figure(self, metric: str) -> None:
        self.attempt(floor.put_metric, Metric(id=metric, label=metric))

    @rule(
        item=st.sampled_from(["x1", "a1"]),
        decision=st.sampled_from(["keep", "adapt", "drop", "done", "extend"]),
    )
    def judge(self, item: str, decision: str) -> None:
        self.attempt(followup.judge, item, decision, due=SOON if decision == "extend" else None)

    @rule()
    def take_up(self) -> None:
        self.attempt(followup.take_up_idea, "x2")

    @rule(number=st.integers(1, 4))
    def prompt(self, number: int) -> None:
        self.attempt(course.show_prompt, number)

    # -- the way back ----------------------------------------------------------------------------------------

    @rule()
    def undo(self) -> None:
        before = self.meeting
        last = before.past[-1] if before.past else None
        try:
            self.room.undo()
        except Refused:
            assert last is None or (last.move and not before.running)
            return
        assert last is not None
        self.restored(last, last.before, before)
        if not last.move or (self.now - last.at).total_seconds() > MOVE_UNDO_SECONDS:
            assert (
                timebox.share_spent(self.meeting.minutes, self.end).total
                == timebox.share_spent(before.minutes, self.end).total
            )
        redone, _ = meetings.redo(self.meeting, self.now)
        assert content(redone.minutes) == content(before.minutes)
        sound(redone, self.now)

    @rule()
    def redo(self) -> None:
        before = self.meeting
        last = before.future[-1] if before.future else None
        try:
            self.room.redo()
        except Refused:
            assert last is None or (last.move and not before.running)
            return
        assert last is not None
        self.restored(last, last.after, before)

    @property
    def end(self) -> datetime:
        return self.meeting.minutes.ended or self.now

    def restored(self, last: Change, wanted: Minutes, before: Meeting) -> None:
        """The content of then; only a step with time, or on the floor, stays though it was not there then."""
        found, expected = content(self.meeting.minutes), content(wanted)
        known = {one["id"] for one in expected["step"]}
        extra = [one["id"] for one in found["step"] if one["id"] not in known]
        found["step"] = tuple(one for one in found["step"] if one["id"] in known)
        assert found == expected
        for step_id in extra:
            kept = before.minutes.find_step(step_id)
            assert kept is not None
            assert kept.spans or step_id == before.step.id
        if last.move:
            for then in wanted.step:
                now = self.meeting.minutes.find_step(then.id)
                assert now is not None
                assert now.state == then.state

    # -- always ----------------------------------------------------------------------------------------------

    @invariant()
    def everything_is_sound(self) -> None:
        sound(self.meeting, self.now)
        minutes = self.meeting.minutes
        written = Minutes.model_validate(timebox.derived(minutes, self.end).model_dump(by_alias=True))
        assert written.share.total == sum(one.spent_s for one in written.step) + timebox.pause_seconds(
            minutes, self.end
        )
        assert timebox.projected_end(minutes, self.now) >= self.now
        course.ahead(self.meeting)
        course.behind(self.meeting)
        pacing.deal_box(self.meeting, self.now)
        latest = lifecycle.last_word(self.meeting)
        assert latest is not None
        assert latest <= self.now


TestAnyMeeting = AnyMeeting.TestCase
TestAnyMeeting.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
