"""Reading a CRM's export in the middle of a meeting.

Owns the question for the file and the way of its deals into the session. Reading is `interchange.crm`'s, and goes on
beside the screen in a dialog that can stop it. Source: import.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.errors import Message, msg, plural
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask, refresh
from retrotui.tui.choosers.pages import DO
from retrotui.tui.screens.dialogs.reading import ReadingDialog
from retrotui.tui.view import Pipeline

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

FILE = f"{DO}file"


def file_row() -> Row:
    """The row that asks for a file."""
    return Row(FILE, tr("Read a file of deals …"), tr("the CRM's export, CSV"), "…")


def ask_for_deals(screen: MeetingScreen) -> None:
    """Where the export lies; then it is read."""

    def take(line: str) -> None:
        screen.app.push_screen(ReadingDialog(path_of(line), screen.session.settings), done)

    def done(pipeline: Pipeline | None) -> None:
        if pipeline is not None:
            n = len(pipeline.index.deals)
            screen.session.pipeline = pipeline
            screen.session.say(
                plural("{n} deal read from {file}", "{n} deals read from {file}", n, file=pipeline.file)
            )
            screen.session.on_change()
        refresh(screen)

    how = msg("The CRM's export as CSV: type or paste where it lies.")
    ask(screen, msg("Which file?"), take, explained=how, check=is_there)


def path_of(line: str) -> Path:
    """A typed or pasted path; file managers put it in quotes."""
    return Path(line.strip().strip("\"'")).expanduser()


def is_there(line: str) -> Message | None:
    """The check of a question for a file."""
    if not line.strip():
        return msg("A few words, please; Esc goes back.")
    try:
        return None if path_of(line).is_file() else msg("There is no such file.")
    except (OSError, ValueError, RuntimeError):  # too long, a null byte, a home that nobody has
        return msg("There is no such file.")
