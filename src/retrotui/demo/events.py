"""What happens in a meeting of the story: each makes one change, through the domain's own rules, when its time comes.

Owns the making of these events. Must not know when they happen: `played` spreads them over a step.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from datetime import datetime
from typing import Any, cast

from retrotui.demo.calendar import Calendar
from retrotui.demo.story import Line, Trial
from retrotui.domain import fields, floor, followup, pacing, roundtable
from retrotui.domain.deals import Deal
from retrotui.domain.meeting import Meeting, keep_time, next_id
from retrotui.domain.minutes import (
    ENTRY_TABLES,
    Decision,
    Effect,
    Entry,
    Experiment,
    FactorUse,
    Metric,
    Note,
    Quote,
    change,
)

Event = Callable[[Meeting, datetime], Meeting]
EFFECTS: dict[str, Effect] = {"+": "helped", "-": "hurt"}


def entry(kind: type[Entry], remember: Callable[[str], None] = lambda _: None, **values: Any) -> Event:
    """An entry under the next free id, which is told to `remember`."""
    table = ENTRY_TABLES[kind]

    def happen(meeting: Meeting, now: datetime) -> Meeting:
        meeting, an_id = next_id(meeting, table)
        remember(an_id)
        made = kind(id=an_id, at=now, step=meeting.step.id, **values)
        minutes = change(meeting.minutes, **{table: (*getattr(meeting.minutes, table), made)})
        return keep_time(meeting, followup.refreshed(minutes))

    return happen


def said(line: Line, deal: str) -> Event:
    """A factor, a quote or a note on a deal, as its head says: `- procurement 3 buyer`, `"`, `. 2`."""
    kind = line.head[0]
    if kind in EFFECTS:
        _, factor, weight, source = line.head
        return entry(
            FactorUse,
            deal=deal,
            factor=factor,
            effect=EFFECTS[kind],
            weight=int(weight),
            source=source,
            text=line.text,
        )
    if kind == '"':
        return entry(Quote, deal=deal, text=line.text)
    return entry(Note, deal=deal, text=line.text, votes=int(line.head[1]) if len(line.head) > 1 else 0)


def choose(deal: Deal, file: str) -> Event:
    """A deal of the pipeline is chosen for the step on the floor."""
    record = floor.record_of(deal, file)
    return lambda meeting, now: floor.choose(meeting, record, now)


def is_there(person: str, here: bool) -> Event:
    """Somebody the team knows is ticked as present or absent."""
    return lambda meeting, now: roundtable.set_present(meeting, person, here, now)


def role(person: str, name: str) -> Event:
    """Somebody takes a role."""
    return lambda meeting, now: roundtable.give_role(meeting, person, name, now)


def tally(which: roundtable.TallyOf, digits: str) -> Event:
    """The slips are counted."""
    return lambda meeting, now: roundtable.tally(meeting, which, digits, now)


def remark(text: str) -> Event:
    """A sentence at the close."""
    return lambda meeting, now: roundtable.remark(meeting, text, now)


def figure(metric: Metric) -> Event:
    """A figure is put on the wall."""
    return lambda meeting, now: floor.put_metric(meeting, metric, now)


def surprises(metric: str, deal: str) -> list[Event]:
    """A figure surprises, and sends the group to a deal."""
    return [
        lambda meeting, now: floor.mark_surprise(meeting, metric, now),
        lambda meeting, now: floor.sends_us_to(meeting, metric, deal, now),
    ]


def extended(minutes: float) -> Event:
    """F5, so many minutes at once."""
    return lambda meeting, now: pacing.extend(meeting, minutes, now)


def verdict(item: str, decision: str, due: Date | None) -> Event:
    """A verdict on what an earlier meeting began."""
    return lambda meeting, now: followup.judge(meeting, item, cast(Decision, decision), now, due=due)


def field(field_id: str, value: str) -> Event:
    """A field of the step is filled in."""

    return lambda meeting, now: fields.answer(meeting, field_id, value, now)


def parked(topic: str) -> Event:
    """A topic is put off."""
    return lambda meeting, _now: keep_time(
        meeting, change(meeting.minutes, parked=(*meeting.minutes.parked, topic))
    )


def next_date(day: Date) -> Event:
    """The next meeting is set."""
    return lambda meeting, _now: keep_time(meeting, change(meeting.minutes, next_date=day))


def trial(one: Trial, ids: dict[str, str], owner: str, calendar: Calendar) -> Event:
    """An experiment is begun, or stays an idea; one with a parent is the copy that its verdict filed."""
    words = {name: getattr(one, name) for name in ("title", "hypothesis", "change", "measure", "expected")}

    def happen(meeting: Meeting, now: datetime) -> Meeting:
        child = ""
        if one.parent:
            judged = next(each for each in meeting.minutes.verdict if each.item == ids[one.parent])
            child = judged.child
        else:
            meeting, child = next_id(meeting, "experiment")
            blank = Experiment(id=child, at=now, step=meeting.step.id)
            minutes = change(meeting.minutes, experiment=(*meeting.minutes.experiment, blank))
            meeting = keep_time(meeting, minutes)
        ids[one.key] = child
        lessons = [each.id for each in meeting.minutes.lesson if not each.experiment]
        values = {
            **words,
            "owner": owner,
            "due": calendar.due(one.due, meeting.minutes.date),
            "lessons": tuple(lessons[number - 1] for number in one.lessons),
        }
        experiments = tuple(
            followup.settled(meeting, change(each, **values)) if each.id == child else each
            for each in meeting.minutes.experiment
        )
        return keep_time(meeting, change(meeting.minutes, experiment=experiments))

    return happen
