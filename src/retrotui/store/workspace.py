"""The team folder and the folders of this user: where everything lies.

Owns finding the team folder, every path in it, file names, and the question whether it can be written. Must not make a
folder: that happens with the first save, in `durable`. Must not read what is in the files.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from retrotui.errors import RetroError, msg

SETTINGS_FILE: Final = "retrotui.toml"
STATE_DIR: Final = "RETROTUI_STATE_DIR"
"""Environment variable: the folder of drafts and logs, in the place of the system's."""
CACHE_DIR: Final = "RETROTUI_CACHE_DIR"
"""Environment variable: the folder of the index, in the place of the system's."""
TEAM_DIR: Final = "RETROTUI_DIR"
"""Environment variable: the team folder, where `--dir` does not name one."""

LEAST_ROOM: Final = 200_000
"""Bytes that must be free before a meeting: the minutes of a long one twice, since they are replaced whole."""

_APPLICATION = "retrotui"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A team folder, existing or not yet, with this user's own folders beside it. All paths are absolute."""

    folder: Path
    state: Path
    """Drafts and logs: of this user on this machine."""
    cache: Path
    """The index: may be deleted at any moment."""

    @property
    def settings_file(self) -> Path:
        return self.folder / SETTINGS_FILE

    @property
    def minutes_folder(self) -> Path:
        return self.folder / "minutes"

    @property
    def agendas_folder(self) -> Path:
        return self.folder / "agendas"

    @property
    def key(self) -> str:
        """What this team folder is called in the user's own folders: a hash of its resolved path."""
        resolved = os.fsencode(os.path.realpath(self.folder))
        return hashlib.blake2b(resolved, digest_size=10).hexdigest()

    @property
    def drafts_folder(self) -> Path:
        return self.state / "drafts" / self.key

    @property
    def index_folder(self) -> Path:
        return self.cache / self.key

    @property
    def exists(self) -> bool:
        return self.folder.is_dir()

    def minutes_file(self, meeting_id: str) -> Path:
        """Where the minutes of a new meeting go. Raises RetroError for an id that is no file name."""
        return self.minutes_folder / f"{checked_name(meeting_id)}.toml"

    def draft_file(self, meeting_id: str) -> Path:
        """Where the draft of a meeting lies. Raises RetroError for an id that is no file name."""
        return self.drafts_folder / f"{checked_name(meeting_id)}.toml"

    def lock_file(self, meeting_id: str) -> Path:
        """The mark that a meeting runs. Raises RetroError for an id that is no file name."""
        return self.minutes_folder / f".{checked_name(meeting_id)}.lock"


def find_workspace(
    directory: Path | str | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    start: Path | None = None,
    documents: Callable[[], Path] | None = None,
) -> Workspace:
    """The team folder in the order of files.md, and the user's folders. Makes nothing.

    `directory` is `--dir`; `environment`, `start` (the current folder) and `documents` are those of the process unless
    given. Raises RetroError where the folder named is something else than a folder, or can be none.
    """
    environment = os.environ if environment is None else environment
    start = Path.cwd() if start is None else start
    named = str(directory) if directory is not None else environment.get(TEAM_DIR, "")
    if named:
        folder = start / named_path(named)
    else:
        folder = _marked_above(start) or (documents or _documents)() / _APPLICATION
    try:
        folder = folder.resolve()
        is_other = folder.exists() and not folder.is_dir()
    except (OSError, ValueError, RuntimeError) as error:  # too long, a null byte, links in a circle
        raise RetroError(
            msg("{folder} cannot be a folder.", folder=str(folder)),
            msg("Name the team folder with --dir DIR."),
            file=folder,
        ) from error
    if is_other:
        raise RetroError(
            msg("{folder} is a file, not a folder.", folder=str(folder)),
            msg("Name the team folder with --dir DIR."),
            file=folder,
        )
    return Workspace(folder, _own(environment, STATE_DIR), _own(environment, CACHE_DIR))


def named_path(typed: str) -> Path:
    """A path as somebody typed it, `~` as their own folder; of a user whom nobody knows it stays as it is."""
    return Path(os.path.expanduser(typed))  # noqa: PTH111 - Path's own raises for an unknown user


def _documents() -> Path:
    import platformdirs

    return platformdirs.user_documents_path()


def _own(environment: Mapping[str, str], name: str) -> Path:
    if named := environment.get(name, ""):
        return named_path(named).resolve()
    import platformdirs

    find = platformdirs.user_state_path if name == STATE_DIR else platformdirs.user_cache_path
    return find(_APPLICATION, appauthor=False)


def _marked_above(start: Path) -> Path | None:
    start = start.absolute()
    return next((folder for folder in (start, *start.parents) if (folder / SETTINGS_FILE).is_file()), None)


def check_writable(workspace: Workspace) -> None:
    """Whether a meeting could be saved, draft and minutes: asked before it starts. Makes nothing.

    Raises RetroError: no right to write, a disk that can only be read or is full, or a folder of ours that is a link.
    """
    check_team_folder(workspace)
    check_drafts(workspace)


def check_team_folder(workspace: Workspace) -> None:
    """Whether minutes could be saved. Raises RetroError as `check_writable`."""
    check_own_folder(workspace.minutes_folder)
    _check_room(workspace.minutes_folder)


def check_drafts(workspace: Workspace) -> None:
    """Whether drafts could be kept. Raises RetroError as `check_writable`."""
    check_own_folder(workspace.state / "drafts")
    _check_room(workspace.drafts_folder)


def _check_room(folder: Path) -> None:
    existing = next(above for above in (folder, *folder.parents) if above.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        raise RetroError(
            msg("Nothing can be saved in {folder}.", folder=str(existing)),
            msg("Get the right to write there, or name another folder with --dir DIR."),
            file=existing,
        )
    try:
        disk = os.statvfs(existing)
    except OSError:
        return  # a share that does not tell: the first save will
    if disk.f_blocks and disk.f_bavail * disk.f_frsize < LEAST_ROOM:
        raise RetroError(
            msg("Nothing can be saved in {folder}: the disk is full.", folder=str(existing)),
            msg("Make room on the disk, or name another folder with --dir DIR."),
            file=existing,
        )


def check_own_folder(folder: Path) -> None:
    """A folder of ours is a folder, or not there yet. Raises RetroError for a link, a file or anything else."""
    try:
        status = folder.lstat()
    except OSError:
        return
    if not stat.S_ISDIR(status.st_mode):
        raise RetroError(
            msg("{folder} is not a folder.", folder=str(folder)),
            msg("Links are not followed. Put a folder in its place, or name another with --dir DIR."),
            file=folder,
        )


def new_meeting_id(day: date, agenda_id: str, taken: Collection[str]) -> str:
    """DATE-AGENDA, and -2, -3 … where that is taken (the ids of minutes and drafts alike)."""
    from retrotui.domain.text import slug

    first = f"{day.isoformat()}-{slug(agenda_id) or 'meeting'}"
    return free_id(first, taken, "-{n}", start=2)


def free_id(wanted: str, taken: Collection[str], suffix: str, *, start: int = 1) -> str:
    """`wanted` where it is free and `start` is 2; else with the first free number in `suffix`, which holds `{n}`."""
    if start > 1 and wanted not in taken:
        return wanted
    number = start
    while wanted + suffix.format(n=number) in taken:
        number += 1
    return wanted + suffix.format(n=number)


def checked_name(meeting_id: str) -> str:
    """The id, when it can be a file name: no folders, no hidden files, no control characters.

    Raises RetroError otherwise: an id comes from a file that anybody may have written.
    """
    fits = 0 < len(meeting_id.encode("utf-8", "replace")) <= 200 and meeting_id.isprintable()
    if not fits or meeting_id.startswith(".") or any(mark in meeting_id for mark in '/\\:*?"<>|'):
        raise RetroError(
            msg("{id} cannot be the id of a meeting.", id=repr(meeting_id[:60])),
            msg("Use letters, digits and hyphens, as in 2026-11-23-weekly-call."),
        )
    return meeting_id
