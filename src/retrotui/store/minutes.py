"""The minutes in the team folder: listing, loading and saving.

Owns which files are minutes and what a damaged one says. A damaged file is named and left as it is; nothing here
overwrites what it did not load. Must not load pydantic for a listing, and must not know drafts or the saver.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from retrotui.errors import Message, RetroError, msg
from retrotui.store import durable
from retrotui.store.durable import Hash, Missing
from retrotui.store.system_calls import reason_of
from retrotui.store.toml_codec import MIGRATIONS, decode, encode
from retrotui.store.toml_places import Places
from retrotui.store.toml_reading import Raw, damaged_at, migrate, parse_text, text_of, written_by_newer
from retrotui.store.workspace import Workspace, check_team_folder, free_id

if TYPE_CHECKING:
    from retrotui.domain.minutes import Minutes

COUNTED: Final = (
    "participant",
    "deal",
    "factor",
    "quote",
    "note",
    "lesson",
    "action",
    "experiment",
    "verdict",
)
"""The tables whose number a listing gives."""
Told = Callable[[int, int], None]
"""Is told how much is done, of how much."""
STATUSES: Final = ("running", "closed", "aborted")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Minutes with the file they came from. `read_only`: a newer program wrote it, or it must not be replaced."""

    minutes: Minutes
    hash: Hash
    path: Path
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Damaged:
    """A file that cannot be taken for minutes, and why. `line` counts from 1; None where none is meant."""

    path: Path
    line: int | None
    sentence: Message


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a meeting. `share` is in seconds, by what they counted as."""

    id: str
    date: date
    title: str
    status: str
    path: Path
    started: datetime | None = None
    agenda: str = ""
    share: Mapping[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    newer: bool = False
    """A newer program wrote it."""

    @property
    def reflecting(self) -> float | None:
        """The part of the time that was spent reflecting, 0 to 1; None where no time was kept."""
        total = sum(self.share.values())
        return self.share.get("reflect", 0) / total if total else None


class NoSuchMeeting(RetroError):
    """No file of the team folder has this id."""


def minutes_files(workspace: Workspace) -> list[Path]:
    """The files that should be minutes, by name: no hidden ones, so neither locks nor half-written files."""
    try:
        names = [each.name for each in workspace.minutes_folder.iterdir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(workspace, error) from error
    return [
        workspace.minutes_folder / name
        for name in sorted(names)
        if name.endswith(".toml") and not name.startswith(".")
    ]


def _unreadable(workspace: Workspace, error: OSError) -> RetroError:
    return RetroError(
        msg("{folder} cannot be read: {reason}.", folder="minutes", reason=reason_of(error)),
        msg("Look at the folder and at who may read it."),
        file=workspace.minutes_folder,
    )


def has_any(workspace: Workspace) -> bool:
    """Whether any file should be minutes, without going through all of them. Raises as `minutes_files`."""
    try:
        with os.scandir(workspace.minutes_folder) as entries:
            return any(entry.name.endswith(".toml") and entry.name[0] != "." for entry in entries)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(workspace, error) from error


def picture(workspace: Workspace, *, without: str = "") -> int:
    """A number that is another one once a file was added, taken away, renamed or changed. Never raises.

    `without`: the file of this meeting does not count, since its own program changes it all the time.
    """
    own, seen = f"{without}.toml", []
    try:
        with os.scandir(workspace.minutes_folder) as entries:
            for entry in entries:
                if (name := entry.name).endswith(".toml") and name[0] != "." and name != own:
                    with contextlib.suppress(FileNotFoundError):
                        status = entry.stat(follow_symlinks=False)
                        seen.append((name, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    except OSError:
        return 0
    return hash(frozenset(seen))


def summaries(workspace: Workspace, told: Told | None = None) -> tuple[list[Summary], list[Damaged]]:
    """All meetings, newest first, from raw dictionaries, and the files that are damaged.

    Two files with one id are both listed, and the second is named among the damaged ones. `told` hears how many files
    were read, of how many. Raises RetroError where the folder itself cannot be read.
    """
    found: list[Summary] = []
    broken: list[Damaged] = []
    for path in _one_by_one(minutes_files(workspace), told):
        try:
            found.append(read_summary(path))
        except RetroError as error:
            broken.append(Damaged(path, error.line, error.what))
    broken += _doubles((each.id, each.path) for each in found)
    return newest_first(found), broken


def all_meetings(workspace: Workspace, told: Told | None = None) -> tuple[list[Loaded], list[Damaged]]:
    """All meetings as documents, newest first, and the files that are damaged; as `summaries`."""
    found: list[Loaded] = []
    broken: list[Damaged] = []
    for path in _one_by_one(minutes_files(workspace), told):
        try:
            found.append(load(path))
        except RetroError as error:
            broken.append(Damaged(path, error.line, error.what))
    broken += _doubles((each.minutes.id, each.path) for each in found)
    found.sort(key=lambda each: _age(each.minutes.started, each.minutes.date, each.minutes.id), reverse=True)
    return found, broken


def _one_by_one(paths: Sequence[Path], told: Told | None) -> Iterator[Path]:
    for number, path in enumerate(paths, 1):
        yield path
        if told is not None:
            told(number, len(paths))


def load(path: Path) -> Loaded:
    """The minutes in a file. Raises RetroError: `Missing`, `Unreadable`, `DamagedFile` with line and column."""
    content, its_hash = durable.read(path)
    document = decode(content, path)
    return Loaded(document.minutes, its_hash, path, document.read_only)


def find(workspace: Workspace, meeting_id: str) -> Path:
    """The file of a meeting. Its name is a first guess; its `id` key decides.

    Raises `NoSuchMeeting` where no file has the id, RetroError where more than one has it.
    """
    having: list[Path] = []
    for path in minutes_files(workspace):
        try:
            if read_summary(path).id == meeting_id:
                having.append(path)
        except RetroError:
            if path.stem == meeting_id:
                return path
    if len(having) > 1:
        raise RetroError(
            same_id(meeting_id, having[0], having[1]),
            msg("Give one of them another id."),
            file=having[1],
        )
    if not having:
        raise NoSuchMeeting(
            msg("There is no meeting {id}.", id=meeting_id),
            msg("retrotui list shows the ids that there are."),
        )
    return having[0]


def load_id(workspace: Workspace, meeting_id: str) -> Loaded:
    """The minutes of a meeting. Raises RetroError as `find` and `load` do."""
    try:
        guess = workspace.minutes_file(meeting_id)
        loaded = load(guess)
        if loaded.minutes.id == meeting_id:
            return loaded
    except Missing:
        pass
    return load(find(workspace, meeting_id))


def earlier_meetings(workspace: Workspace, minutes: Minutes) -> list[Minutes]:
    """The meetings that began the actions and experiments that these minutes speak of.

    An item's id is its meeting's with a number, so only those files are read; one that is gone or damaged is left out.
    """
    spoken = {one.item for one in minutes.verdict} | {one.item for one in minutes.carried}
    spoken |= {one.experiment for one in minutes.note} | {one.experiment for one in minutes.lesson}
    spoken |= {one.parent for one in minutes.experiment}
    found: list[Minutes] = []
    for meeting_id in sorted({item.rpartition("-")[0] for item in spoken} - {minutes.id, ""}):
        with contextlib.suppress(RetroError):
            found.append(load(workspace.minutes_file(meeting_id)).minutes)
    return found


def save(loaded: Loaded, minutes: Minutes) -> Loaded:
    """Writes changed minutes over those that were loaded. An unchanged model leaves the file as it is.

    Raises `Conflict` when the file was changed meanwhile, `NotSaved` when the system refused, RetroError when a newer
    program wrote it.
    """
    if minutes == loaded.minutes:
        return loaded
    if loaded.read_only:
        raise written_by_newer(loaded.path)
    content = encode(minutes)
    new_hash = durable.write(loaded.path, content, expected=loaded.hash, check=decode)
    return replace(loaded, minutes=minutes, hash=new_hash)


def save_new(workspace: Workspace, minutes: Minutes) -> Loaded:
    """Writes minutes that have no file yet. Raises `Conflict` where there is one, `NotSaved` as `save` does."""
    check_team_folder(workspace)
    path = workspace.minutes_file(minutes.id)
    return Loaded(minutes, durable.write(path, encode(minutes), expected=None, check=decode), path)


def free_beside(workspace: Workspace, meeting_id: str, suffix: str = "copy") -> str:
    """The id that a second version of a meeting would get now. Raises RetroError where the folder cannot be read."""
    return free_id(meeting_id, {path.stem for path in minutes_files(workspace)}, f"-{suffix}-{{n}}")


def save_beside(workspace: Workspace, minutes: Minutes, suffix: str = "copy") -> Loaded:
    """Keeps minutes as a second version: `ID-copy-1`, or the next number that is free. Nothing is overwritten.

    The copy carries that id itself, since two files with one id would be a fault. Raises as `save_new` does.
    """
    taken = {path.stem for path in minutes_files(workspace)}
    while True:
        new_id = free_id(minutes.id, taken, f"-{suffix}-{{n}}")
        try:
            return save_new(workspace, minutes.model_copy(update={"id": new_id}))
        except durable.Conflict:
            taken.add(new_id)


def taken_ids(workspace: Workspace) -> set[str]:
    """The names that minutes and drafts have already: a new meeting takes another one."""
    names = {path.stem for path in minutes_files(workspace)}
    try:
        return names | {path.stem for path in workspace.drafts_folder.iterdir() if path.suffix == ".toml"}
    except OSError:
        return names


def read_summary(path: Path) -> Summary:
    """The summary of one file. Raises RetroError as `load` does, but looks only at the keys that it shows."""
    content, _ = durable.read(path)
    text = text_of(content, path)
    return summary_of(parse_text(text, path), text, path)


def summary_of(raw: Raw, text: str, path: Path) -> Summary:
    """The summary of a document that is parsed already. Raises `DamagedFile`."""
    raw, newer = migrate(raw, MIGRATIONS, path)
    status = raw.get("status", "running")
    an_id, day, started = raw.get("id"), raw.get("date"), raw.get("started")
    if not isinstance(an_id, str) or not an_id:
        raise damaged_at(msg("the key {key} is missing", key="id"), text, ("id",), path)
    if not isinstance(day, date) or isinstance(day, datetime):
        raise damaged_at(msg("{key} must be a date, as in 2026-11-23", key="date"), text, ("date",), path)
    if started is not None and (not isinstance(started, datetime) or started.tzinfo is None):
        fault = msg("{key} must be an instant, as in 2026-11-23T09:00:12+01:00", key="started")
        raise damaged_at(fault, text, ("started",), path)
    if status not in STATUSES and not newer:
        fault = msg("{key} must be one of {choices}", key="status", choices=", ".join(STATUSES))
        raise damaged_at(fault, text, ("status",), path)
    agenda, share = raw.get("agenda"), raw.get("share")
    return Summary(
        id=an_id,
        date=day,
        title=str(raw.get("title", "")),
        status=str(status),
        path=path,
        started=started,
        agenda=str(agenda.get("id", "")) if isinstance(agenda, dict) else "",
        share=_numbers(share) if isinstance(share, dict) else {},
        counts={name: len(rows) for name in COUNTED if isinstance(rows := raw.get(name), list)},
        newer=newer,
    )


def newest_first(meetings: Iterable[Summary]) -> list[Summary]:
    """By `started` as an instant, then by id, never by a file's time."""
    return sorted(meetings, key=lambda each: _age(each.started, each.date, each.id), reverse=True)


def _numbers(table: Mapping[str, Any]) -> dict[str, int]:
    return {key: value for key, value in table.items() if type(value) is int and value >= 0}


def _age(started: datetime | None, day: date, an_id: str) -> tuple[float, str]:
    if started is not None:
        return started.timestamp(), an_id
    return (day - date(1970, 1, 1)).days * 86400.0, an_id


def _doubles(found: Iterable[tuple[str, Path]]) -> list[Damaged]:
    first: dict[str, Path] = {}
    doubles: list[Damaged] = []
    for an_id, path in sorted(found, key=lambda one: one[1].stem != one[0]):
        other = first.setdefault(an_id, path)
        if other != path:
            doubles.append(Damaged(path, _line_of_id(path), same_id(an_id, other, path)))
    return doubles


def _line_of_id(path: Path) -> int | None:
    try:
        content, _ = durable.read(path)
        return Places(text_of(content, path)).locate(("id",))[0]
    except RetroError:
        return None


def same_id(an_id: str, one: Path, other: Path) -> Message:
    """The sentence about two files with one id."""
    return msg("Two files have the id {id}: {one} and {other}.", id=an_id, one=one.name, other=other.name)
