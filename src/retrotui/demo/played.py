"""One scene of the story, held as a meeting from its first second to its last.

Owns what happens in which step, and how the time of a step passes. Must not know which meetings there are: `year` does.
Nothing here may be refused by a rule; if it is, the story is wrong, and a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date as Date
from datetime import datetime, timedelta
from random import Random

from retrotui.demo import events
from retrotui.demo.calendar import Calendar
from retrotui.demo.events import Event
from retrotui.demo.pipeline import Pipeline
from retrotui.demo.story import Line, Scene, Talk
from retrotui.domain import course, followup, lifecycle, pacing, timebox
from retrotui.domain.agenda import Step, StepKind
from retrotui.domain.meeting import Meeting, keep_time
from retrotui.domain.minutes import (
    Action,
    Discretion,
    Lesson,
    Metric,
    Minutes,
    Note,
    Participant,
    StepRun,
    change,
)


@dataclass
class Known:
    """What a scene needs to know of everything before it; `ids` grows while the year is played."""

    calendar: Calendar
    pipeline: Pipeline
    people: Mapping[str, Participant]
    """By the keys of the story."""
    regulars: tuple[str, ...]
    """Who comes unless absent."""
    ids: dict[str, str] = field(default_factory=dict)
    """The ids of actions and experiments, by the keys of the story."""


@dataclass(frozen=True)
class Played:
    """A scene about to be held: what is shown in it, and what chance decides."""

    scene: Scene
    known: Known
    metrics: tuple[Metric, ...]
    random: Random
    next_date: Date | None

    def minutes(self, meeting: Meeting, began: datetime) -> Minutes:
        """The closed minutes; `meeting` has not begun yet, `began` is the instant at which it does."""
        meeting = lifecycle.begin(replace(meeting, known_people=tuple(self.known.people.values())), began)
        now = began
        while True:
            meeting, now = self._step(meeting, now)
            if meeting.step.kind == StepKind.FOLLOWUP:
                meeting = keep_time(meeting, followup.with_carried(meeting))
            if course.ahead(meeting).kind == "close":
                break
            meeting = course.on(meeting, now)
            if self.scene.replan:
                meeting = _replanned(meeting, now)
        hidden = Discretion(**dict.fromkeys(self.scene.hide, True))
        return change(lifecycle.close(meeting, now).minutes, discretion=hidden)

    # -- time ----------------------------------------------------------------------------------------------

    def _step(self, meeting: Meeting, begun: datetime) -> tuple[Meeting, datetime]:
        """The step on the floor, and the instant at which it ends."""
        step = meeting.step
        length = self._length(meeting, step)
        happening = self._events(meeting, step)
        if extra := self.scene.extend.get(step.id):
            happening.insert(len(happening) * 3 // 4, events.extended(extra))
        now, slot = begun, length / (len(happening) + 1)
        for number, event in enumerate(happening, 1):
            instant = begun + timedelta(seconds=int(slot * (number + self.random.uniform(-0.4, 0.4))))
            now = max(now, instant)
            meeting = event(meeting, now)
        end = max(now, begun + timedelta(seconds=length))
        if step.id == self.scene.pause_in:
            meeting = pacing.pause(meeting, end)
            end += timedelta(minutes=self.scene.pause_minutes, seconds=self.random.randint(3, 40))
            meeting = pacing.go_on(meeting, end)
            end += timedelta(seconds=self.random.randint(40, 90))
        return meeting, end

    def _length(self, meeting: Meeting, step: StepRun) -> int:
        """Seconds that the step takes: the plan, as story or chance bend it. A capped step keeps its cap."""
        pace = self.scene.pace.get(step.id) or self.random.triangular(0.84, 1.12, 0.97)
        agenda_step = meeting.agenda_step
        if agenda_step is not None and agenda_step.cap:
            pace = min(pace, 1.0)
        added = 60 * self.scene.extend.get(step.id, 0)
        return max(20, round((timebox.allotted(step) or 0) * pace + added))

    # -- what happens in which step ------------------------------------------------------------------------

    def _events(self, meeting: Meeting, step: StepRun) -> list[Event]:
        kinds: Mapping[str, Callable[[], list[Event]]] = {
            StepKind.CHECKIN: lambda: self._checkin(meeting.agenda_step_of(step)),
            StepKind.FOLLOWUP: lambda: self._followup(meeting.minutes.date),
            StepKind.NUMBERS: self._numbers,
            StepKind.DEAL: lambda: self._deal(meeting, step),
            StepKind.LESSONS: self._lessons,
            StepKind.CASE: lambda: self._case(step),
            StepKind.EXPERIMENTS: lambda: self._experiments(meeting.minutes.date),
            StepKind.CLOSE: self._close,
        }
        own = kinds[StepKind(step.kind)]() if step.kind in kinds else []
        notes = [self._note(line) for line in self.scene.notes if line.head[0] == step.kind]
        return [*own, *notes]

    def _note(self, line: Line) -> Event:
        """A note; a second word in its head is the action or experiment that it belongs to."""
        item = self.known.ids[line.head[1]] if len(line.head) > 1 else ""
        return events.entry(Note, text=line.text, experiment=item)

    def _checkin(self, agenda_step: Step | None) -> list[Event]:
        scene, people = self.scene, self.known.people
        found = [
            events.is_there(people[key].id, key not in scene.absent)
            for key in (*self.known.regulars, *scene.guests)
        ]
        roles = {"facilitator": scene.facilitator, **scene.roles}
        found += [events.role(people[key].id, role) for role, key in roles.items()]
        if scene.safety and agenda_step is not None and agenda_step.safety:
            found.append(events.tally("safety", scene.safety))
        return found

    def _followup(self, today: Date) -> list[Event]:
        found: list[Event] = []
        for line in self.scene.verdicts:
            key, decision, *due = line.head
            item = self.known.ids[key]
            found.append(self._note(Line(("followup", key), line.text)))
            if line.more:
                found.append(events.entry(Lesson, text=line.more, experiment=item))
            until = self.known.calendar.due(due[0], today) if due else None
            found.append(events.verdict(item, decision, until))
        return found

    def _numbers(self) -> list[Event]:
        found = [events.figure(metric) for metric in self.metrics]
        if len(self.metrics) > 1 and self.scene.talks:
            deal = self.known.pipeline.told[self.scene.talks[0].deal].key
            found += events.surprises(_farthest_from_target(self.metrics).id, deal)
        return found

    def _deal(self, meeting: Meeting, step: StepRun) -> list[Event]:
        steps = [one for one in meeting.agenda.steps if one.kind == StepKind.DEAL]
        one_deal = any(one.deal == "same" for one in steps)
        talks = [talk for talk in self.scene.talks if one_deal or self._step_of(steps, talk) == step.id]
        found: list[Event] = []
        if not one_deal or step.id == steps[0].id:
            found += [self._choose(talk) for talk in talks]
        for number, talk in enumerate(talks):
            if number:
                found.append(lambda meeting, now: course.on(meeting, now))
            lines = _part_of(talk.said, meeting, step) if one_deal else talk.said
            found += [events.said(line, self.known.pipeline.told[talk.deal].key) for line in lines]
        return found

    def _step_of(self, steps: list[Step], talk: Talk) -> str:
        """The step whose outcomes the deal has, else the first one."""
        outcome = self.known.pipeline.told[talk.deal].outcome
        return next((one.id for one in steps if outcome in one.outcomes), steps[0].id)

    def _choose(self, talk: Talk) -> Event:
        deal, file = self.known.pipeline.told[talk.deal], self.known.pipeline.file
        if talk.as_open:
            deal = replace(
                deal, outcome="open", stage=talk.stage, decided=None, reason_raw="", competitors=()
            )
        return events.choose(deal, file)

    def _lessons(self) -> list[Event]:
        found: list[Event] = []
        for line in self.scene.lessons:
            votes, factors, *deals = line.head
            told = self.known.pipeline.told
            found.append(
                events.entry(
                    Lesson,
                    text=line.text,
                    votes=int(votes),
                    factors=tuple(factors.split(",")),
                    deals=tuple(told[deal].key for deal in deals),
                )
            )
        return found

    def _case(self, step: StepRun) -> list[Event]:
        return [
            events.field(line.head[1], line.text) for line in self.scene.fields if line.head[0] == step.id
        ]

    def _experiments(self, today: Date) -> list[Event]:
        known = self.known
        found: list[Event] = []
        for line in self.scene.actions:
            key, owner, due = line.head
            until = known.calendar.due(due, today)
            person = known.people[owner].id
            found.append(
                events.entry(Action, _rememberer(known.ids, key), text=line.text, owner=person, due=until)
            )
        for one in self.scene.trials:
            person = known.people[one.owner].id if one.owner else ""
            found.append(events.trial(one, known.ids, person, known.calendar))
        return found

    def _close(self) -> list[Event]:
        found = [events.parked(topic) for topic in self.scene.parked]
        found += [events.remark(text) for text in self.scene.remarks]
        if self.scene.worth:
            found.append(events.tally("worth", self.scene.worth))
        if self.next_date is not None:
            found.append(events.next_date(self.next_date))
        return found


def _rememberer(ids: dict[str, str], key: str) -> Callable[[str], None]:
    return lambda an_id: ids.__setitem__(key, an_id)


def _replanned(meeting: Meeting, now: datetime) -> Meeting:
    """Once it is late, the group takes the time from later steps."""
    takes = [one for one in pacing.replans(meeting, now) if one.kind == "take"]
    if not takes or any(step.replanned_s for step in meeting.minutes.step):
        return meeting
    return keep_time(meeting, timebox.replanned(meeting.minutes, takes[-1]))


def _part_of(said: tuple[Line, ...], meeting: Meeting, step: StepRun) -> tuple[Line, ...]:
    """Where several steps stay on one deal, each has its part of what was said, by its length."""
    steps = [one for one in meeting.minutes.step if one.kind == StepKind.DEAL]
    lengths = [one.planned_s or 0 for one in steps]
    at = [one.id for one in steps].index(step.id)
    share = len(said) / (sum(lengths) or 1)
    return said[round(sum(lengths[:at]) * share) : round(sum(lengths[: at + 1]) * share)]


def _farthest_from_target(metrics: tuple[Metric, ...]) -> Metric:
    """The figure that surprises most."""

    def distance(metric: Metric) -> float:
        if not metric.actual or not metric.target or float(metric.target) == 0:
            return 0.0
        return abs(float(metric.actual) - float(metric.target)) / float(metric.target)

    return max(metrics, key=distance)
