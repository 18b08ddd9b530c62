"""Which files on this machine may hold a person: minutes, drafts, agendas, settings, exports, reports of crashes.

Owns the folders that are looked into, the order, and what each file is taken for. Must not read any of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from retrotui.store import minutes as minutes_store
from retrotui.store.exported import is_export
from retrotui.store.forgotten_file import Kind, Place
from retrotui.store.workspace import Workspace

_DEEPEST: Final = 3
"""Folders within the team folder that are looked into."""


def documents(where: Place) -> Iterator[tuple[Path, Kind]]:
    """Every file that may hold the person, in the order in which they are changed: the settings last."""
    here, place = where.workspace.folder, where.workspace
    for path in files(place.drafts_folder, deep=0):
        yield path, "unfinished" if is_unfinished(path) else "draft"
    for path in files(place.state / "agendas", deep=0):  # changes of agendas that were not saved
        yield path, "agenda"
    late: list[tuple[Path, Kind]] = []
    meetings = {path.stem for path in minutes_store.minutes_files(place)}
    for path in files(here, deep=_DEEPEST):
        if path == place.settings_file:
            late.append((path, "settings"))
        elif (kind := _kind(place, path, meetings)) is not None:
            yield path, kind
    if where.documents is not None and not where.documents.is_relative_to(here):
        for path in files(where.documents, deep=1):
            if is_export(path, meetings) and not path.is_relative_to(here):
                yield path, "export"
    for path in files(place.state / "log", deep=0):
        yield path, "log"
    yield from late


def _kind(place: Workspace, path: Path, meetings: set[str]) -> Kind | None:
    """What a file of the team folder is; None for the hidden ones of others."""
    if path.name.startswith("."):
        if is_unfinished(path):
            return "unfinished"
        return "mark" if path.parent == place.minutes_folder and path.suffix == ".lock" else None
    if path.suffix == ".toml" and path.parent == place.minutes_folder:
        return "minutes"
    if path.suffix == ".toml" and path.parent == place.agendas_folder:
        return "agenda"
    return "export" if is_export(path, meetings) else "other"


def files(folder: Path, *, deep: int) -> Iterator[Path]:
    """The plain files below a folder, in order; links and what git keeps are left alone."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        # a link of ours is named, never followed
        if entry.is_file(follow_symlinks=False) or (entry.is_symlink() and entry.name.endswith(".toml")):
            yield Path(entry.path)
        elif deep and entry.is_dir(follow_symlinks=False) and entry.name != ".git":
            yield from files(Path(entry.path), deep=deep - 1)


def is_unfinished(path: Path) -> bool:
    """Whether a write into it was cut off."""
    return path.name.startswith(".") and path.name.endswith(".tmp")
