"""Where an action or experiment was begun, carried and judged: its stops, meeting by meeting, with its whole family.

Owns which ids belong together (what an experiment adapts, and what it was adapted to) and what each meeting did to
them. Pure functions over minutes that somebody else has read. Must not read files.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from retrotui.domain.experiments import age_order
from retrotui.domain.minutes import Action, Experiment, Minutes
from retrotui.domain.versions import said_once
from retrotui.errors import Message, msg

DECIDED: Final[dict[str, Message]] = {
    "keep": msg("kept"),
    "adapt": msg("adapted"),
    "drop": msg("dropped"),
    "extend": msg("extended"),
    "done": msg("done"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """One meeting that did something to one item."""

    meeting: str
    day: date
    item: str
    title: str
    what: Message
    depth: int = 0
    """How many experiments lie before it, from the first hypothesis."""


def family(meetings: Iterable[Minutes], ids: Iterable[str]) -> frozenset[str]:
    """These ids with all that they adapt and were adapted to, as far as these meetings tell."""
    links: dict[str, set[str]] = {}
    for minutes in meetings:
        pairs = [(one.id, one.parent) for one in minutes.experiment if one.parent]
        pairs += [(one.item, one.child) for one in minutes.verdict if one.child]
        for one, other in pairs:
            links.setdefault(one, set()).add(other)
            links.setdefault(other, set()).add(one)
    found, waiting = set(ids), list(ids)
    while waiting:
        for other in links.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found)


def stops(meetings: Iterable[Minutes], item: str) -> tuple[Stop, ...]:
    """What became of an item and its family, the oldest meeting first; aborted meetings say nothing."""
    told = sorted(said_once(one for one in meetings if one.status != "aborted"), key=age_order)
    ids = family(told, [item])
    titles: dict[str, str] = {}
    parents: dict[str, str] = {}
    found: list[Stop] = []
    for minutes in told:
        entries: tuple[Action | Experiment, ...] = (*minutes.action, *minutes.experiment)
        begun = []
        for entry in entries:
            if entry.id in ids:
                anew = entry.id in titles
                titles[entry.id] = entry.title if isinstance(entry, Experiment) else entry.text
                if isinstance(entry, Experiment):
                    parents[entry.id] = entry.parent
                begun.append((entry.id, _begun(entry, anew=anew)))
        judged = [(one.item, DECIDED[one.decision]) for one in minutes.verdict if one.item in ids]
        carried = [(one.item, msg("carried")) for one in minutes.carried if one.item in ids]
        # what an adaptation left is born of its verdict
        for an_id, what in (*carried, *judged, *begun):
            found.append(
                Stop(minutes.id, minutes.date, an_id, titles.get(an_id, ""), what, _depth(an_id, parents))
            )
    return tuple(found)


def _begun(entry: Action | Experiment, *, anew: bool) -> Message:
    if isinstance(entry, Experiment) and entry.state == "idea":
        return msg("filed as an idea")
    return msg("taken up") if anew else msg("begun")


def _depth(an_id: str, parents: dict[str, str]) -> int:
    depth, seen = 0, {an_id}
    while (parent := parents.get(an_id, "")) and parent not in seen:
        depth, an_id = depth + 1, parent
        seen.add(parent)
    return depth
