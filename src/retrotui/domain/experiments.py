"""The loop: open actions and experiments over many meetings, their age, and what became of them.

Owns the rule "the newest word counts": the state of an item is what the newest meeting that speaks of it says.
Pure functions over minutes that somebody else has read. Must not read files nor know the running meeting.
Source: files.md, last paragraphs; meeting.md, `followup`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from retrotui.domain.minutes import Action, Experiment, Minutes, Verdict

ItemKind = Literal["experiment", "action"]


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An action, an experiment or an idea of an earlier meeting that has had no last word."""

    id: str
    kind: ItemKind
    title: str
    owner: str
    """The name as it may be shown; empty for nobody, and where its meeting hides its people."""
    due: date | None
    born: date
    meeting: str
    carried: int = 0
    """How many meetings had it on the table past its date and gave no verdict."""
    extensions: int = 0
    idea: bool = False
    experiment: Experiment | None = None

    def overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today

    def asks(self, today: date) -> bool:
        """On its date, and after it, an item asks for a verdict; one without a date always does."""
        return not self.idea and (self.due is None or self.due <= today)

    def age_days(self, today: date) -> int:
        return (today - self.born).days


def age_order(minutes: Minutes) -> tuple[datetime, str]:
    """Newest by the instant it began, then by id; never by a file's time."""
    begun = minutes.started or datetime(minutes.date.year, minutes.date.month, minutes.date.day, tzinfo=UTC)
    return begun, minutes.id


def _defined(
    minutes: Minutes, entry: Action | Experiment, known: OpenItem | None, names: Mapping[str, str]
) -> OpenItem:
    born = known.born if known else minutes.date
    meeting = known.meeting if known else minutes.id
    carried = known.carried if known else 0
    extensions = known.extensions if known else 0
    owner = names.get(entry.owner, "") or entry.owner_text or entry.owner
    owner = "" if minutes.discretion.people else owner
    if isinstance(entry, Experiment):
        return OpenItem(
            entry.id, "experiment", entry.title, owner, entry.due, born, meeting, carried, extensions,
            entry.state == "idea", entry,
        )  # fmt: skip
    return OpenItem(entry.id, "action", entry.text, owner, entry.due, born, meeting, carried, extensions)


def _judged(items: dict[str, OpenItem], verdict: Verdict) -> None:
    known = items.get(verdict.item)
    if known is None:
        return
    if verdict.decision == "extend":
        items[verdict.item] = replace(known, due=verdict.due or known.due, extensions=known.extensions + 1)
    else:
        del items[verdict.item]


def open_items(meetings: Iterable[Minutes], today: date) -> tuple[OpenItem, ...]:
    """What is still open after all these meetings: overdue first, then by date, ideas last.

    Aborted meetings say nothing. An item with a verdict stays away even if the meeting that defines it is read again.
    """
    items: dict[str, OpenItem] = {}
    names: dict[str, str] = {}  # an owner need not have been there when the item was defined
    for minutes in sorted((one for one in meetings if one.status != "aborted"), key=age_order):
        names |= {person.id: person.name for person in minutes.participant if person.name}
        entries: tuple[Action | Experiment, ...] = (*minutes.action, *minutes.experiment)
        for entry in entries:
            items[entry.id] = _defined(minutes, entry, items.get(entry.id), names)
        for verdict in minutes.verdict:
            _judged(items, verdict)
        for carried in minutes.carried:
            if (known := items.get(carried.item)) is not None:
                items[carried.item] = replace(known, carried=known.carried + 1)
    return tuple(sorted(items.values(), key=lambda item: _urgency(item, today)))


def _urgency(item: OpenItem, today: date) -> tuple[int, date, date, str]:
    rank = 3 if item.idea else 0 if item.overdue(today) else 1 if item.asks(today) else 2
    return rank, item.due or date.max, item.born, item.id
