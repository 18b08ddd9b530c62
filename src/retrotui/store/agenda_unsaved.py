"""What was changed in an agenda and is not saved yet: a copy in the user's state folder, so that a crash costs seconds.

Owns where it lies, writing it and taking it away. It is offered when the agenda is opened again; the team folder is
never touched. Must not know screens.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from retrotui.errors import RetroError
from retrotui.store import durable
from retrotui.store.agendas import MAX_BYTES
from retrotui.store.workspace import Workspace


def file_of(workspace: Workspace, agenda: Path) -> Path:
    """Where the unsaved text of this agenda's file lies; two folders' agendas of one name do not meet."""
    key = hashlib.blake2b(os.fsencode(agenda.absolute()), digest_size=6).hexdigest()
    return workspace.state / "agendas" / f"{agenda.stem[:60]}-{key}.toml"


def keep(workspace: Workspace, agenda: Path, text: str) -> None:
    """Keeps the text. Raises nothing: the agenda itself is on the screen, and its own saving says what is wrong."""
    try:
        durable.write(
            file_of(workspace, agenda),
            text.encode("utf-8", "surrogatepass"),
            expected=durable.ANY,
            check=lambda _content: None,
        )
    except RetroError:
        return


def drop(workspace: Workspace, agenda: Path) -> None:
    """There is nothing unsaved any more. Raises nothing."""
    try:
        durable.remove(file_of(workspace, agenda), expected=durable.ANY)
    except RetroError:
        return


def found(workspace: Workspace, agenda: Path) -> str | None:
    """The text that was not saved; None where there is none."""
    try:
        content, _ = durable.read(file_of(workspace, agenda), limit=MAX_BYTES)
    except durable.Unreadable:
        return None
    return content.decode("utf-8", "replace")
