"""From an action or experiment to the meetings that began, carried and judged it.

Owns the question which of them to read. Which meetings speak of an item is the index's, what they did to it
`domain.lineage`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.screen import Screen

from retrotui.domain import lineage
from retrotui.domain.lineage import Stop
from retrotui.domain.minutes import Minutes
from retrotui.domain.wanted import Wanted
from retrotui.errors import Message, RetroError, msg
from retrotui.interchange.outgoing import around_of
from retrotui.locale import formats, language, tr
from retrotui.store import minutes as minutes_store
from retrotui.store.review import Archive, Progress, Stopped
from retrotui.tui import text
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.menu import Answer, Menu

ROOM = 62
"""Columns of one line of the tree."""
MANY = 200
"""Files that take longer than half a second to read."""
GENERATIONS = 20
"""So many times an experiment is followed to what it adapted, or was adapted to."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The minutes to read, and the item to look at in them."""

    path: Path
    item: str


async def ask_stop(screen: Screen[Any], place: Place, item: str, here: str) -> Chosen | None:
    """The stops of an item as a tree, the oldest first; None where somebody went back. `here` is the meeting shown."""
    try:
        stops, titles, files = await asyncio.to_thread(_found, place, item, _progress(screen))
    except Stopped:
        return None
    except RetroError as error:
        say(screen, error.what)
        return None
    if not stops:
        say(screen, msg("No minutes here speak of it."))
        return None
    answers = tuple(
        Answer(str(number), _words(stop, titles, shown=stop.meeting == here))
        for number, stop in enumerate(stops)
    )
    at = next((str(number) for number, stop in enumerate(stops) if stop.meeting != here), "0")
    answer = await screen.app.push_screen_wait(
        Menu(msg("Lineage: where it was begun, carried, judged"), answers, default=at)
    )
    if answer is None:
        return None
    stop = stops[int(answer)]
    return Chosen(files[stop.meeting], stop.item)


def _words(stop: Stop, titles: dict[str, str], *, shown: bool) -> Message:
    """One line of the tree: when, what was done, and to what where it is another experiment."""
    indent = "  " * stop.depth + ("└ " if stop.depth else "")
    now = tr("shown now")
    behind = f"  ({now})" if shown else ""
    head = f"{indent}{formats.date(stop.day)}  {tr(stop.what)}: "
    title = text.cut(titles.get(stop.item, stop.title), max(12, ROOM - text.cells(head) - text.cells(behind)))
    return msg("{what}", what=f"{head}{title}{behind}")


def say(screen: Screen[Any], words: Message) -> None:
    """On the screen's own line, where it has one."""
    getattr(screen, "say", lambda _said: None)(words)


def _progress(screen: Screen[Any]) -> Progress:
    """Says how many files have been read, where there are many: only without an index does it take long."""

    def told(done: int, total: int) -> None:
        if not screen.is_running:
            raise Stopped
        if total > MANY:
            words = msg(
                "Reading the minutes: {n} of {total}", n=formats.number(done), total=formats.number(total)
            )
            screen.app.call_from_thread(say, screen, words)

    return told


def _found(
    place: Place, item: str, progress: Progress
) -> tuple[tuple[Stop, ...], dict[str, str], dict[str, Path]]:
    """The stops, what the items are called, and the files of the meetings. Raises RetroError."""
    archive = Archive(place.workspace, place.clock)
    try:
        archive.look(progress)
        read: dict[Path, Minutes] = {}
        ids: frozenset[str] = frozenset({item})
        for _ in range(GENERATIONS):
            for one in ids:
                for card in archive.cards(archive.find(Wanted(item=one))).values():
                    if card.path not in read:
                        with contextlib.suppress(RetroError):  # the list names it; the others speak
                            read[card.path] = minutes_store.load(card.path).minutes
            more = lineage.family(read.values(), ids)
            if more == ids:
                break
            ids = more
    finally:
        archive.close()
    meetings = list(read.values())
    titles = dict(around_of(meetings, language()).titles)
    return lineage.stops(meetings, item), titles, {minutes.id: path for path, minutes in read.items()}
