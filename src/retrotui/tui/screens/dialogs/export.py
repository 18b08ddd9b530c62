"""Export from a screen: first the format, with or without the names of people, then where to.

Owns the questions. What goes out, and the writing, is `tui.exporting`'s; nothing is ever overwritten from here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from textual.screen import Screen

from retrotui.domain.minutes import Minutes
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.interchange.exports import FORMATS, Format
from retrotui.tui import exporting
from retrotui.tui.exporting import Exporter
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.menu import Answer, Menu

ANSWERS = (
    Answer("md", msg("Markdown"), msg("for a wiki, a chat, a repository")),
    Answer("html", msg("A page to print or send (HTML)"), msg("one file that any browser opens")),
    Answer("csv", msg("Tables (CSV)"), msg("notes, factors, experiments and actions: a file each")),
    Answer("json", msg("JSON"), msg("all of it, for programs")),
    Answer("ics", msg("Calendar"), msg("due dates and the next meeting")),
)

NAMES = "names"
"""The answer that takes the names of people out, or back in; then the question is asked again."""


async def ask_format(screen: Screen[Any], title: Message) -> tuple[Format, bool] | None:
    """The format, and whether without the names of people (`a` in the menu); None where somebody went back."""
    anonymous = False
    while True:
        answer = await screen.app.push_screen_wait(_menu(title, anonymous))
        if answer == NAMES:
            anonymous = not anonymous
            continue
        wanted = next((one for one in FORMATS if one == answer), None)
        return (wanted, anonymous) if wanted is not None else None


def _menu(title: Message, anonymous: bool) -> Menu:
    turn = Answer(
        NAMES,
        msg("With the names of people") if anonymous else msg("Without the names of people"),
        None if anonymous else msg("functions stay; then the format"),
        letter="a",
        apart=True,
    )
    explained = msg("Without the names of people: functions stay.") if anonymous else None
    return Menu(title, (*ANSWERS, turn), explained=explained, default="html")


Prepared = Callable[[Format, bool], Awaitable[Sequence[Minutes]]]
"""The other meetings that a format needs, read only when it is known; True: without the names of people."""


async def ask_export(
    screen: Screen[Any], minutes: Minutes, exporter: Exporter, prepared: Prepared | None = None
) -> Message | None:
    """Asks and writes. What is to be said then: where it lies, or why not; None where somebody went back.

    `prepared` reads the exporter's neighbours, where it has none yet.
    """
    asked = await ask_format(screen, msg("Export"))
    if asked is None:
        return None
    wanted, exporter.anonymous = asked
    if prepared is not None:
        exporter.neighbours = await prepared(*asked)
    stem = exporter.stem(minutes)
    try:
        parts = exporter.written(minutes, wanted)
    except RetroError as error:
        return _said(error)

    def files(line: str) -> list[exporting.ExportFile]:
        return exporting.at_path(one_line(line, limit=None), stem, wanted, parts)

    def check(line: str) -> Message | None:
        if not line.strip():
            return msg("Type where the file should lie.")
        refused = exporting.refusal(files(line))
        return refused.what if refused is not None else None

    question = Ask(msg("Where to?"), value=str(_proposed(stem, wanted)), check=check)
    line = await screen.app.push_screen_wait(question)
    if line is None:
        return None
    try:
        paths = await asyncio.to_thread(exporting.write, files(line))
    except RetroError as error:
        return _said(error)
    return plural("Exported: {path}", "Exported: {n} files, the first {path}", len(paths), path=str(paths[0]))


def _said(error: RetroError) -> Message:
    return msg("{what} {hint}", what=error.what, hint=error.hint or "")


def _proposed(stem: str, wanted: str) -> Path:
    """In the user's documents: the team folder is for what the team keeps."""
    import platformdirs

    return platformdirs.user_documents_path() / f"{stem}.{wanted}"
