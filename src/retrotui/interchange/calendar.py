"""What a meeting agreed on, as a calendar: due dates of open experiments and actions, and the next meeting.

Owns which days those are, what the entries say, and their names for life (UIDs): a later export of the same takes the
place of the earlier. Writing and escaping is the `icalendar` library's. Must not ask anybody what time it is. The
minutes are discreet already (`outgoing`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from retrotui.domain.experiments import OpenItem
from retrotui.domain.minutes import Action, Experiment
from retrotui.domain.text import one_line
from retrotui.errors import msg
from retrotui.interchange.outgoing import Outgoing

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "urn:retrotui:calendar")
_PRODUCT: Final = "-//retrotui//retrotui//EN"


@dataclass(frozen=True, slots=True)
class Day:
    """An all-day entry. `sequence` counts how often its day was moved: calendars take the higher one."""

    uid: str
    day: date
    title: str
    lines: tuple[str, ...] = ()
    sequence: int = 0


def calendar_bytes(out: Outgoing, open_items: Iterable[OpenItem], stamp: datetime) -> bytes | None:
    """The calendar of one meeting; None where nothing in it has a day, since a calendar may not be empty.

    `open_items` are those of the team by the newest word on each (`domain.experiments.open_items`): what was judged
    since is left out, what was extended has its new day. `stamp` is the instant of the export.
    """
    from icalendar import Calendar, Event

    days = tuple(calendar_days(out, {one.id: one for one in open_items}))
    if not days:
        return None
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", out.wording.title())
    for each in days:
        event = Event()
        event.add("uid", each.uid)
        event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", each.day)
        if each.day < date.max:
            event.add("dtend", each.day + timedelta(days=1))
        event.add("summary", each.title)
        if each.lines:
            event.add("description", "\n".join(each.lines))
        event.add("transp", "TRANSPARENT")
        event.add("sequence", each.sequence)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def calendar_days(out: Outgoing, open_items: Mapping[str, OpenItem]) -> Iterator[Day]:
    """The days of one meeting: what it began, what it extended, when it meets again."""
    words, minutes = out.wording, out.minutes
    begun: tuple[Action | Experiment, ...] = (*minutes.experiment, *minutes.action)
    for one in begun:
        if (item := open_items.get(one.id)) is not None:
            yield from _due(out, item, _told(out, one))
    for verdict in minutes.verdict:
        if verdict.decision == "extend" and (item := open_items.get(verdict.item)) is not None:
            yield from _due(out, item, ())
    if minutes.next_date is not None:
        moved = len(minutes.reopened) + len(minutes.corrected)
        team = (one_line(minutes.team),) if minutes.team else ()
        yield Day(_uid(out, f"{minutes.id}-next"), minutes.next_date, words.title(), team, moved)


def _due(out: Outgoing, item: OpenItem, told: Iterable[str]) -> Iterator[Day]:
    if item.due is None or item.idea:
        return
    words = out.wording
    kind = msg("Experiment: {title}") if item.kind == "experiment" else msg("Action: {title}")
    title = words.say(kind, title=words.item_name(item.id))
    origin = words.say(msg("From: {title}, {date}", title=words.title(), date=out.minutes.date))
    yield Day(_uid(out, item.id), item.due, title, (*told, origin), item.extensions)


def _told(out: Outgoing, one: Action | Experiment) -> Iterator[str]:
    """What the entry says beside its title, a line each."""
    say = out.wording.say
    if owner := out.wording.owner(one):
        yield say(msg("Owner: {name}", name=owner))
    if isinstance(one, Experiment):
        told = (
            (msg("Hypothesis: {value}", value=one_line(one.hypothesis)), one.hypothesis),
            (msg("Change: {value}", value=one_line(one.change)), one.change),
            (msg("Measure: {value}", value=one_line(one.measure)), one.measure),
            (msg("Expected: {value}", value=one_line(one.expected)), one.expected),
        )
        yield from (say(line) for line, there in told if there)


def _uid(out: Outgoing, item: str) -> str:
    """The same for life. Two teams of one company may meet on the same day with the same agenda: the team counts."""
    name = uuid.uuid5(_NAMESPACE, "/".join((out.minutes.team, item)))
    return f"{name}@retrotui"
