"""What home shows, read from the team folder: open meetings, agendas, what is due, the last minutes, what is damaged.

Owns the reading, in two helpings: `first_look` is quick enough for the first frame, `second_look` reads the minutes and
is done beside the screen. Must not draw, and must not make or change a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from retrotui.domain.experiments import OpenItem, open_items
from retrotui.errors import Message, RetroError
from retrotui.store import agendas
from retrotui.store import minutes as minutes_store
from retrotui.store.agendas import BrokenAgenda, LoadedAgenda
from retrotui.store.minutes import Damaged, Summary
from retrotui.tui.opening import OpenMeeting, Place, look_back, open_meetings

NEWEST = 60
"""How many summaries home reads; older minutes are found by their files."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What home knows. `read` is False until the second look is back."""

    agendas: tuple[LoadedAgenda, ...] = ()
    broken: tuple[BrokenAgenda, ...] = ()
    open: tuple[OpenMeeting, ...] = ()
    due: tuple[OpenItem, ...] = ()
    leaning: tuple[Message, ...] = ()
    """What the choice of deals leaned to lately; names nobody."""
    minutes: tuple[Summary, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    last_used: Mapping[str, date] = field(default_factory=dict)
    """By agenda, when it was held last."""
    has_minutes: bool = False
    read: bool = False


def first_look(place: Place) -> Overview:
    """The agendas, and whether there are minutes at all."""
    good, broken = agendas.all_agendas(place.workspace.folder)
    own = place.settings.agenda
    ordered = sorted(good, key=lambda one: (one.agenda.id != own, one.bundled, one.agenda.id))
    try:
        has_minutes = bool(minutes_store.minutes_files(place.workspace))
    except RetroError:
        has_minutes = True  # the second look says what stands in their place
    return Overview(tuple(ordered), tuple(broken), has_minutes=has_minutes)


def second_look(place: Place, first: Overview) -> Overview:
    """The same with the minutes read: open meetings, what is due (overdue first), the newest minutes, the damaged."""
    from retrotui.domain.proposals import leaning  # not on the way to the first frame

    today = place.clock.wall().date()
    try:
        summaries, damaged = minutes_store.summaries(place.workspace)
    except RetroError as error:
        summaries, damaged = [], [Damaged(error.file or place.workspace.minutes_folder, None, error.what)]
    used: dict[str, date] = {}
    for one in summaries:
        used[one.agenda] = max(one.date, used.get(one.agenda, one.date))
    past = look_back(place)
    due = tuple(item for item in open_items(past, today) if not item.idea)
    return replace(
        first,
        open=tuple(open_meetings(place, summaries)),
        due=due,
        leaning=tuple(leaning(past, sellers=place.settings.sellers)),
        minutes=tuple(summaries[:NEWEST]),
        damaged=tuple(damaged),
        last_used=used,
        has_minutes=bool(summaries or damaged),
        read=True,
    )
