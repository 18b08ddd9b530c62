"""What home shows, read from the team folder: open meetings, agendas, what is due, the last minutes, what is damaged.

Owns the reading, in two helpings: `first_look` is quick enough for the first frame, `second_look` reads the minutes and
is done beside the screen. Must not draw, and must not make or change a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from retrotui.domain.experiments import OpenItem
from retrotui.domain.recurring import Recurring, looked_at, recurring_factors
from retrotui.errors import Message, RetroError
from retrotui.store import agendas, drafts
from retrotui.store import minutes as minutes_store
from retrotui.store.agendas import BrokenAgenda, LoadedAgenda
from retrotui.store.minutes import Damaged, Summary
from retrotui.tui.going_on import OpenMeeting, open_meetings
from retrotui.tui.looking_back import look_back
from retrotui.tui.place import Place
from retrotui.tui.remembering import names_of

if TYPE_CHECKING:
    from retrotui.store.glance import Glance

Told = Callable[[int, int], None]

NEWEST = 60
"""How many summaries home reads; older minutes are found by their files."""
LEANING = 12
"""How many of the newest minutes tell what the choice of deals leans to."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What home knows. `read` is False until the second look is back."""

    agendas: tuple[LoadedAgenda, ...] = ()
    broken: tuple[BrokenAgenda, ...] = ()
    open: tuple[OpenMeeting, ...] = ()
    due: tuple[OpenItem, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    """The factors that keep coming back, the most often named first."""
    leaning: tuple[Message, ...] = ()
    """What the choice of deals leaned to lately; names nobody."""
    minutes: tuple[Summary, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    drafts: tuple[Damaged, ...] = ()
    """Damaged drafts of this machine."""
    unfinished: tuple[str, ...] = ()
    """Meetings that have ended in their draft alone: the folder could not be written."""
    last_used: Mapping[str, date] = field(default_factory=dict)
    """By agenda, when it was held last."""
    has_minutes: bool = False
    read: bool = False
    picture: int = 0
    """What the files looked like when they were read, as `store.minutes.picture` has it."""


def first_look(place: Place) -> Overview:
    """The agendas, and whether there are minutes at all."""
    good, broken = agendas.all_agendas(place.workspace.folder)
    own = place.settings.agenda
    ordered = sorted(good, key=lambda one: (one.agenda.id != own, one.bundled, one.agenda.id))
    try:
        has_minutes = minutes_store.has_any(place.workspace)
    except RetroError:
        has_minutes = True  # the second look says what stands in their place
    return Overview(tuple(ordered), tuple(broken), has_minutes=has_minutes)


def second_look(place: Place, first: Overview, told: Told | None = None) -> Overview:
    """The same with the minutes read: open meetings, what is due (overdue first), the newest minutes, the damaged.

    `told` hears how many files are read while the index is built; what it raises ends the look.
    """
    from retrotui.domain.proposals import leaning  # not on the way to the first frame
    from retrotui.store.glance import Glance

    today = place.clock.wall().date()
    seen = minutes_store.picture(place.workspace)  # first: what changes meanwhile is seen next time
    found_drafts, broken_drafts = drafts.list_drafts(place.workspace)
    try:
        found, due, recurring = _indexed(place, today, told) if first.has_minutes else (Glance(), (), ())
    except RetroError as error:
        where = Damaged(error.file or place.workspace.minutes_folder, None, error.what)
        found, due, recurring = Glance(damaged=(where,)), (), ()
    past = look_back(place, most=LEANING, told=told)
    return replace(
        first,
        open=tuple(open_meetings(place, [*found.running])),
        due=due,
        recurring=recurring,
        leaning=tuple(leaning(past, sellers=place.settings.sellers)),
        minutes=found.newest,
        damaged=found.damaged,
        drafts=tuple(broken_drafts),
        unfinished=tuple(one.draft.minutes.id for one in found_drafts if one.has_ended),
        last_used=found.last_used,
        has_minutes=bool(found.newest or found.damaged),
        read=True,
        picture=seen,
    )


def looks_otherwise(place: Place, seen: Overview) -> bool:
    """Whether a file was added, taken away, renamed or changed since this was read. Done beside the screen."""
    return seen.read and minutes_store.picture(place.workspace) != seen.picture


def _indexed(
    place: Place, today: date, told: Told | None
) -> tuple[Glance, tuple[OpenItem, ...], tuple[Recurring, ...]]:
    """What the index knows: the meetings, what is open after all of them, ideas aside, and what keeps coming back.

    Raises RetroError where the folder cannot be read.
    """
    from retrotui.store import recall  # sqlite: not on the way to the first frame
    from retrotui.store.glance import glance
    from retrotui.store.index import Index

    folder = place.workspace.minutes_folder
    with Index.open(place.workspace, place.clock) as index:
        found = glance(index, folder, NEWEST, told)
        loop = recall.open_loop(index, folder, today, names=names_of(place))
        named = recall.factors_named(index, looked_at(today))
    known = {one.path for one in found.damaged}
    damaged = (*found.damaged, *(one for one in loop.damaged if one.path not in known))
    items = tuple(item for item in loop.items if not item.idea)
    return replace(found, damaged=damaged), items, recurring_factors(named, today)
