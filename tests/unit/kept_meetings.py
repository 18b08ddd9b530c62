"""A weekly call in a folder of its own, begun, talked in and killed: for tests of what is there at the next start."""

from __future__ import annotations

import time
from pathlib import Path

from retrotui.clock import FakeClock
from retrotui.domain.minutes import Minutes
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui import opening
from retrotui.tui.place import Place
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session

WEEKLY = RunOptions(agenda="weekly-call")
ID = "2026-11-23-weekly-call"


def place_in(folder: Path) -> Place:
    """An English team folder that does not exist yet, and the fake clock."""
    workspace = Workspace(folder / "team", folder / "state", folder / "cache")
    return Place(workspace, Settings(language="en"), FakeClock())


def clock_of(place: Place) -> FakeClock:
    assert isinstance(place.clock, FakeClock)
    return place.clock


def said(session: Session, *lines: str) -> None:
    """Entries that are in the draft and in the minutes."""
    for line in lines:
        session.record(f". {line}")
    assert session.saver is not None and session.saver.flush(5)


def drafted(session: Session) -> None:
    """What waits is in the draft, and in the minutes only where they are due."""
    until = time.monotonic() + 10
    while session.saver is not None and session.saver.unsaved_since is not None:
        assert time.monotonic() < until


def killed(place: Place, session: Session) -> None:
    """As kill -9 leaves it: the files of this moment, and nobody's mark."""
    assert session.saver is not None
    kept = {path: path.read_bytes() for path in place.workspace.drafts_folder.glob("*.toml")}
    minutes = {path: path.read_bytes() for path in place.workspace.minutes_folder.glob("*.toml")}
    session.end_saving()
    for path, content in (kept | minutes).items():
        path.write_bytes(content)


def begun(place: Place, *lines: str) -> Session:
    session = opening.new_session(place, WEEKLY)
    said(session, *lines)
    return session


def notes(minutes: Minutes) -> list[str]:
    return [note.text for note in minutes.note]


def edited(place: Place, old: str = "one", new: str = "ONE") -> bytes:
    """Somebody changes the minutes in an editor."""
    file = place.workspace.minutes_file(ID)
    content = file.read_bytes().replace(f'text = "{old}"'.encode(), f'text = "{new}"'.encode())
    assert content != file.read_bytes()
    file.write_bytes(content)
    return content
