"""Earlier meetings of the team folder, for the one that runs and for home.

Owns which minutes are looked at, and in which order. Reading them is slow and done beside the screen. Must not know
what is done with them.
"""

from __future__ import annotations

from pathlib import Path

from retrotui.domain.experiments import age_order
from retrotui.domain.minutes import Minutes
from retrotui.domain.versions import one_each, own_id
from retrotui.errors import RetroError
from retrotui.store import minutes as minutes_store
from retrotui.store.minutes import Told
from retrotui.tui.place import Place

REMEMBERED = 60
"""How many of the newest minutes a meeting looks back on itself: a team's year. What is older it asks the index for.
Each takes a tenth of a megabyte."""


def newest_files(place: Place) -> list[Path]:
    """The files of minutes, the newest first, by their names; none where the folder cannot be read: home says so."""
    try:
        return sorted(minutes_store.minutes_files(place.workspace), reverse=True)
    except RetroError:
        return []


def look_back(
    place: Place, without: str = "", most: int = REMEMBERED, told: Told | None = None
) -> tuple[Minutes, ...]:
    """Earlier meetings, the newest, and newest first; each once, none a version of `without`. Slow: it is done beside
    the screen.

    `told` hears how many files are read, of how many; what it raises ends the reading.
    """
    found, paths = [], newest_files(place)[:most]
    for number, path in enumerate(paths):
        if told is not None:
            told(number, len(paths))
        try:
            loaded = minutes_store.load(path)
        except RetroError:
            continue  # listed as damaged by home and doctor
        if own_id(loaded.minutes.id) != own_id(without) and loaded.minutes.status != "aborted":
            found.append(loaded.minutes)
    return tuple(sorted(one_each(found), key=age_order, reverse=True))
