"""Exports from the review: of one meeting, or of several marked ones at once.

Owns which other meetings an export needs to know, and reading them beside the screen with its progress said. The two
questions for one meeting are `dialogs.export`'s, what goes out `tui.exporting`'s. Nothing is ever overwritten.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from retrotui.domain.minutes import Minutes
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.interchange.exports import Format, Written
from retrotui.locale import language
from retrotui.store import minutes as minutes_store
from retrotui.store.workspace import named_path
from retrotui.tui import exporting
from retrotui.tui.exporting import Exporter, ExportFile
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.export import ask_export, ask_format

Told = Callable[[Message], object]
_TOLD_EVERY = 50


async def export_from(screen: Screen[Any], place: Place, paths: Sequence[Path]) -> Message | None:
    """Asks for the format and the place, and writes. What is to be said then; None where somebody went back."""
    told: Told = getattr(screen, "say", lambda _said: None)
    try:
        chosen = [(await asyncio.to_thread(minutes_store.load, path)).minutes for path in paths]
    except RetroError as error:
        return _said(error)

    async def neighbours(wanted: Format, anonymous: bool) -> list[Minutes]:
        hides = anonymous or any(one.discretion.people or one.discretion.customers for one in chosen)
        return await _neighbours(screen, place, chosen, told, everything=wanted == "ics" or hides)

    exporter = Exporter(place.settings, (), place.clock.wall())
    if len(chosen) == 1:
        return await ask_export(screen, chosen[0], exporter, neighbours)
    asked = await ask_format(screen, plural("Export {n} meeting", "Export {n} meetings", len(chosen)))
    if asked is None:
        return None
    wanted, exporter.anonymous = asked
    exporter.neighbours = await neighbours(*asked)
    prepared = await asyncio.to_thread(_prepared, exporter, chosen, wanted)

    def files(line: str) -> list[ExportFile]:
        folder = named_path(one_line(line, limit=None)).absolute()
        return [file for stem, parts in prepared for file in exporting.in_folder(folder, stem, wanted, parts)]

    def check(line: str) -> Message | None:
        if (refused := _is_folder(line)) is not None:
            return refused
        there = exporting.refusal(files(line))
        return there.what if there is not None else None

    line = await screen.app.push_screen_wait(
        Ask(msg("Into which folder?"), value=str(_proposed(place)), check=check)
    )
    if line is None:
        return None
    folder = named_path(one_line(line, limit=None)).absolute()
    try:
        written = await asyncio.to_thread(exporting.write, files(line))
    except RetroError as error:
        return _said(error)
    if not written:
        return msg("There was nothing to export in this format.")
    return plural(
        "Exported: {n} file to {folder}", "Exported: {n} files to {folder}", len(written), folder=str(folder)
    )


def _prepared(
    exporter: Exporter, chosen: Sequence[Minutes], wanted: Format
) -> list[tuple[str, Sequence[Written]]]:
    """What the files are called, and what is in them: one a meeting; of tables, one a table. A meeting that has nothing
    for the format is left out."""
    if wanted == "csv":
        return [("", exporter.tables(chosen, language()))]
    found: list[tuple[str, Sequence[Written]]] = []
    for minutes in chosen:
        with contextlib.suppress(RetroError):  # a calendar without a day
            found.append((exporter.stem(minutes), exporter.written(minutes, wanted)))
    return found


async def _neighbours(
    screen: Screen[Any], place: Place, chosen: Sequence[Minutes], told: Told, *, everything: bool
) -> list[Minutes]:
    """The other meetings that the export needs: all for a calendar, which follows the newest word, and where names are
    to be known; else those whose items are spoken of."""
    if everything:
        return await asyncio.to_thread(_all, screen, place, told)
    found: dict[str, Minutes] = {one.id: one for one in chosen}
    for one in chosen:
        for earlier in await asyncio.to_thread(minutes_store.earlier_meetings, place.workspace, one):
            found.setdefault(earlier.id, earlier)
    return list(found.values())


def _all(screen: Screen[Any], place: Place, told: Told) -> list[Minutes]:
    """In a thread: every meeting that can be read, with what has been read said now and then."""
    try:
        paths = minutes_store.minutes_files(place.workspace)
    except RetroError:
        return []
    found: list[Minutes] = []
    for number, path in enumerate(paths, 1):
        if not screen.is_running:
            break
        if len(paths) > 2 * _TOLD_EVERY and number % _TOLD_EVERY == 0:
            screen.app.call_from_thread(
                told, msg("Reading the minutes: {n} of {total}", n=number, total=len(paths))
            )
        try:
            found.append(minutes_store.load(path).minutes)
        except RetroError:
            continue  # the review names it
    return found


def _is_folder(line: str) -> Message | None:
    if not line.strip():
        return msg("Type in which folder the files should lie.")
    path = named_path(one_line(line, limit=None))
    if os.path.lexists(path) and not os.path.isdir(path):  # noqa: PTH112 - Path's own raises for a name too long
        return msg("{folder} is a file, not a folder.", folder=str(path))
    return None


def _proposed(place: Place) -> Path:
    """In the user's documents: the team folder is for what the team keeps."""
    import platformdirs

    return platformdirs.user_documents_path() / f"retrotui-{place.clock.wall().date().isoformat()}"


def _said(error: RetroError) -> Message:
    return msg("{what} {hint}", what=error.what, hint=error.hint or "")
