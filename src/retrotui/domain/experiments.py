"""The loop: open actions and experiments over many meetings, their age, and what became of them.

Owns the rule "the newest word counts": the state of an item is what the newest meeting that speaks of it says; and the
lineage of an experiment, from the first hypothesis over what it was adapted to.
Pure functions over minutes that somebody else has read. Must not read files nor know the running meeting.
Source: files.md, last paragraphs; meeting.md, `followup`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from retrotui.domain.minutes import Action, Decision, Experiment, Minutes, Verdict
from retrotui.domain.versions import said_once

ItemKind = Literal["experiment", "action"]


@dataclass(frozen=True, slots=True)
class Extension:
    """A verdict that gave an item more time: when, until when, and why (asked from the second on)."""

    day: date
    until: date | None
    reason: str = ""


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
    extended: tuple[Extension, ...] = ()
    """The extensions, oldest first."""

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
    extended = known.extended if known else ()
    if isinstance(entry, Experiment):
        return OpenItem(
            entry.id, "experiment", entry.title, owner, entry.due, born, meeting, carried, extensions,
            entry.state == "idea", entry, extended,
        )  # fmt: skip
    return OpenItem(
        entry.id,
        "action",
        entry.text,
        owner,
        entry.due,
        born,
        meeting,
        carried,
        extensions,
        extended=extended,
    )


def _judged(items: dict[str, OpenItem], verdict: Verdict, day: date) -> None:
    known = items.get(verdict.item)
    if known is None:
        return
    if verdict.decision == "extend":
        once_more = Extension(day, verdict.due, verdict.reason)
        items[verdict.item] = replace(
            known,
            due=verdict.due or known.due,
            extensions=known.extensions + 1,
            extended=(*known.extended, once_more),
        )
    else:
        del items[verdict.item]


def open_items(
    meetings: Iterable[Minutes], today: date, people: Mapping[str, str] | None = None
) -> tuple[OpenItem, ...]:
    """What is still open after all these meetings: overdue first, then by date, ideas last.

    Aborted meetings say nothing. An item with a verdict stays away even if the meeting that defines it is read again.
    `people` are names by id, for owners whom none of these meetings lists.
    """
    items: dict[str, OpenItem] = {}
    names = dict(people or {})  # an owner need not have been there when the item was defined
    for minutes in _oldest_first(meetings):
        names |= {person.id: person.name for person in minutes.participant if person.name}
        entries: tuple[Action | Experiment, ...] = (*minutes.action, *minutes.experiment)
        for entry in entries:
            items[entry.id] = _defined(minutes, entry, items.get(entry.id), names)
        for verdict in minutes.verdict:
            _judged(items, verdict, minutes.date)
        for carried in minutes.carried:
            if (known := items.get(carried.item)) is not None:
                items[carried.item] = replace(known, carried=known.carried + 1)
    return tuple(sorted(items.values(), key=lambda item: _urgency(item, today)))


def _oldest_first(meetings: Iterable[Minutes]) -> list[Minutes]:
    """Those that say something, by the instant at which they began; versions of one meeting say it once."""
    return sorted(said_once(one for one in meetings if one.status != "aborted"), key=age_order)


def _urgency(item: OpenItem, today: date) -> tuple[int, date, date, str]:
    rank = 3 if item.idea else 0 if item.overdue(today) else 1 if item.asks(today) else 2
    return rank, item.due or date.max, item.born, item.id


# -- lineage ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stage:
    """One experiment of a lineage: what was believed, and what became of it."""

    experiment: Experiment
    begun: date
    meeting: str
    """The meeting that began it, or filed it as an idea."""
    extended: tuple[Extension, ...] = ()
    carried: int = 0
    decision: Decision | None = None
    """The last word; None while it is open."""
    judged: date | None = None
    judged_in: str = ""
    happened: str = ""
    learned: str = ""
    depth: int = 0
    """How many experiments lie before it, from the first hypothesis."""


def lineages(meetings: Iterable[Minutes], ids: Iterable[str]) -> dict[str, tuple[Stage, ...]]:
    """For each of these experiments its whole family: from the first hypothesis, each before what it was adapted to.

    An experiment that nobody adapted is a family of one; one that the meetings do not know has none. Two adaptations
    of one experiment follow it one after the other. A parent that is not known begins the lineage with its child.
    """
    stages = _stages(meetings)
    children: dict[str, list[Stage]] = {}
    for one in stages.values():
        children.setdefault(one.experiment.parent, []).append(one)
    return {
        an_id: tuple(_descending(stages[_first(stages, an_id)], children, 0, set()))
        for an_id in ids
        if an_id in stages
    }


def _stages(meetings: Iterable[Minutes]) -> dict[str, Stage]:
    """Every experiment by its id, with the newest word on it."""
    stages: dict[str, Stage] = {}
    for minutes in _oldest_first(meetings):
        for experiment in minutes.experiment:
            known = stages.get(experiment.id)
            # an idea that is taken up is the same experiment, and keeps the day of its idea
            stages[experiment.id] = (
                replace(known, experiment=experiment, decision=None, judged=None, judged_in="")
                if known
                else Stage(experiment, minutes.date, minutes.id)
            )
        for verdict in minutes.verdict:
            if (known := stages.get(verdict.item)) is not None:
                stages[verdict.item] = _with_verdict(known, verdict, minutes)
        for carried in minutes.carried:
            if (known := stages.get(carried.item)) is not None:
                stages[carried.item] = replace(known, carried=known.carried + 1)
    return stages


def _with_verdict(stage: Stage, verdict: Verdict, minutes: Minutes) -> Stage:
    happened, learned = verdict.happened or stage.happened, verdict.learned or stage.learned
    if verdict.decision == "extend":
        extended = (*stage.extended, Extension(minutes.date, verdict.due, verdict.reason))
        return replace(stage, extended=extended, happened=happened, learned=learned)
    return replace(
        stage,
        decision=verdict.decision,
        judged=minutes.date,
        judged_in=minutes.id,
        happened=happened,
        learned=learned,
    )


def _first(stages: Mapping[str, Stage], an_id: str) -> str:
    """The experiment with which the lineage began; a ring, which only a hand-edited file can hold, is cut."""
    seen = {an_id}
    while (parent := stages[an_id].experiment.parent) in stages and parent not in seen:
        an_id = parent
        seen.add(an_id)
    return an_id


def _descending(
    stage: Stage, children: Mapping[str, list[Stage]], depth: int, seen: set[str]
) -> Iterable[Stage]:
    """Depth first, without recursion: a chain may be as long as a file lets it."""
    waiting = [(stage, depth)]
    while waiting:
        one, deep = waiting.pop()
        if one.experiment.id in seen:
            continue
        seen.add(one.experiment.id)
        yield replace(one, depth=deep)
        born = sorted(children.get(one.experiment.id, ()), key=lambda each: (each.begun, each.experiment.id))
        waiting += [(each, deep + 1) for each in reversed(born)]
