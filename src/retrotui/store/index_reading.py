"""From the files of the team folder to the rows of the index.

Owns how a file is known again, which ones are read, and what is kept of one that cannot be. Must not decide what to do
about a broken index, and must not write in the team folder.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from retrotui.errors import Message, RetroError, msg
from retrotui.store import durable
from retrotui.store import index_database as database
from retrotui.store.durable import Hash, Missing, Unreadable
from retrotui.store.index_cards import Card, card_row, facets_of
from retrotui.store.index_database import ROW_BITS, File, Seen
from retrotui.store.index_facts import COLUMNS, Packed, facts_kept
from retrotui.store.index_mentions import Left, left_by
from retrotui.store.index_rows import Row, rows_of
from retrotui.store.index_text import words_of
from retrotui.store.minutes import Damaged, Summary, same_id, summary_of
from retrotui.store.system_calls import reason_of
from retrotui.store.toml_reading import parse_quickly, text_of
from retrotui.store.workspace import Workspace

_AT_ONCE: Final = 128
"""So many files are read before their rows are written."""
_SLOT_BITS: Final = 10
_LATEST_S: Final = (1 << 36) - 1
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class _Read:
    """One file as it was read. `started` in seconds since 1970."""

    name: str
    seen: Seen
    hash: str
    started: int = 0
    meeting: str = ""
    date: str = ""
    fault: str = ""
    rows: tuple[Row, ...] = ()
    left: Left | None = None
    card: Card | None = None
    facts: Packed | None = None


def seen_of(status: os.stat_result) -> Seen:
    """What a file looks like from outside. Its time of change cannot be set back, unlike that of its content."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns


@dataclass(frozen=True, slots=True)
class Look:
    """What looks otherwise than the index knows it, by name; `gone` are names that were not in the folder."""

    changed: Mapping[str, Seen]
    gone: frozenset[str]

    @property
    def differs(self) -> bool:
        return bool(self.changed or self.gone)


def look(workspace: Workspace, known: Mapping[str, Seen]) -> Look:
    """A look at every file that should be minutes. Raises RetroError where the folder cannot be read.

    Files that look as they did leave nothing behind: among ten thousand, keeping what was seen of each would take
    longer than to ask the system for it.
    """
    changed: dict[str, Seen] = {}
    folder, still_there, before = workspace.minutes_folder, 0, known.get
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if (name := entry.name)[-5:] == ".toml" and name[0] != ".":
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue
                    was = before(name)
                    if was is not None:
                        still_there += 1
                    if was != (seen := (status.st_size, status.st_mtime_ns, status.st_ctime_ns)):
                        changed[name] = seen
        if still_there == len(known):
            return Look(changed, frozenset())
        return Look(changed, frozenset(known.keys() - {each.name for each in folder.iterdir()}))
    except FileNotFoundError:
        return Look({}, frozenset(known))
    except OSError as error:
        raise RetroError(
            msg("{folder} cannot be read: {reason}.", folder="minutes", reason=reason_of(error)),
            msg("Look at the folder and at who may read it."),
            file=folder,
        ) from error


# -- bringing up to date ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Updated:
    """`changed` files are new, gone, or hold something else; `seen` is what is known then. `regrouped`: which files are
    damaged, or have an id in common, may be another answer than before."""

    changed: int
    seen: dict[str, Seen]
    regrouped: bool


def update(
    db: sqlite3.Connection,
    folder: Path,
    found: Look,
    known: Mapping[str, Seen],
    is_settled: Callable[[Seen], bool],
    told: Callable[[int, int], None] | None = None,
) -> Updated:
    """Brings the index from what is known to what was found.

    A file for which `is_settled` is not true is read again next time, whatever it looks like. `told` is called with how
    many files have been read, of how many.
    """
    now_known = dict(known)
    # asked again, one by one: another process may have read a file that is newer than the look
    gone = [name for name in found.gone if not os.path.lexists(folder / name)]
    names = sorted(found.changed)
    changed, regrouped, terms = 0, False, set[str]()
    for start in range(0, len(names), _AT_ONCE):
        if told is not None:
            told(start, len(names))
        fresh: list[_Read] = []
        for name in names[start : start + _AT_ONCE]:
            seen = found.changed[name]
            seen = seen if is_settled(seen) else _unsettled(seen)
            before = database.file_named(db, name) if name in known else None
            one = _read(folder / name, seen, before.hash if before else "")
            if one is None:
                gone.append(name)
                continue
            now_known[name] = one.seen
            if before and one.hash and one.hash == before.hash:
                database.see(db, before.key, one.seen)
                continue
            changed += 1
            if before and _is_in_place(one, before):
                terms |= _amend(db, one, before)
                continue
            regrouped = True
            if before:
                database.forget(db, before.key)
            fresh.append(one)
        terms |= _write(db, fresh)
    for name in gone:
        if now_known.pop(name, None) is not None and (file := database.file_named(db, name)):
            database.forget(db, file.key)
            changed, regrouped = changed + 1, True
    database.add_terms(db, sorted(terms))
    return Updated(changed, now_known, regrouped)


def _is_in_place(one: _Read, before: File) -> bool:
    """Whether it is the same meeting as before, at the same place in time, with nothing wrong."""
    started = min(max(one.started, 0), _LATEST_S)
    return (one.meeting, one.fault, started) == (before.meeting, before.fault, before.key >> _SLOT_BITS)


def _amend(db: sqlite3.Connection, one: _Read, before: File) -> set[str]:
    """Only the rows that are others now: a corrected word need not cost as much as a new meeting. Their words."""
    was = database.entries_of(db, before.key)
    now = {row[0]: row for row in _entries(before.key, one.rows)}
    fresh = [row for rowid, row in now.items() if was.get(rowid) != row]
    database.replace_entries(db, [rowid for rowid, row in was.items() if now.get(rowid) != row], fresh)
    database.forget_left(db, before.key)
    _write_left(db, {before.key: one})
    database.describe(db, File(before.key, one.name, one.seen, one.hash, one.meeting, one.date, one.fault))
    return _words_in(fresh)


def _write(db: sqlite3.Connection, read: list[_Read]) -> set[str]:
    """The files' rows, oldest meeting first; the words in them come back."""
    files: list[File] = []
    placed: dict[int, _Read] = {}
    for one in sorted(read, key=lambda each: (each.started, each.meeting, each.name)):
        key = min(max(one.started, 0), _LATEST_S) << _SLOT_BITS
        while key in placed or database.file_of(db, key) is not None:
            key += 1
        files.append(File(key, one.name, one.seen, one.hash, one.meeting, one.date, one.fault))
        placed[key] = one
    placed = dict(sorted(placed.items()))
    entries = [row for key, one in placed.items() for row in _entries(key, one.rows)]
    database.add(db, files, entries)
    _write_left(db, placed)
    return _words_in(entries)


def _entries(key: int, rows: tuple[Row, ...]) -> Iterator[database.Row]:
    for number, row in enumerate(rows):
        yield (key << ROW_BITS | number, words_of(row.text), *row)


def _words_in(entries: Iterable[database.Row]) -> set[str]:
    words = set[str]().union(*[entry[1].split(" ") for entry in entries])
    words.discard("")
    return words


def _write_left(db: sqlite3.Connection, read: Mapping[int, _Read]) -> None:
    """What these files, by their keys, leave to the next meetings."""
    database.add_cards(db, [card_row(key, one.card) for key, one in read.items() if one.card is not None])
    facts = [(key, one.meeting, one.date, *one.facts) for key, one in read.items() if one.facts is not None]
    database.add_facts(db, COLUMNS, facts)
    left = {key: one.left for key, one in read.items() if one.left is not None}
    database.add_left(
        db,
        [(key, one.loop, one.talk) for key, one in left.items() if one.loop or one.talk],
        [
            (key << ROW_BITS | n, *mention)
            for key, one in left.items()
            for n, mention in enumerate(one.mentions)
        ],
    )


# -- one file --------------------------------------------------------------------------------------------


def _read(path: Path, seen: Seen, known_hash: str) -> _Read | None:
    """What a file holds, without rows where it holds what it did; None where it is gone."""
    its_hash = Hash("")
    try:
        content, its_hash = durable.read(path)
        if its_hash == known_hash:
            return _Read(path.name, seen, its_hash)
        text = text_of(content, path)
        raw = parse_quickly(text, path)
        summary = summary_of(raw, text, path)
    except Missing:
        return None
    except Unreadable as error:
        # what the system refused it may grant next time, though the file looks the same
        return _Read(path.name, _unsettled(seen), "", fault=_kept(error.what, error.line))
    except RetroError as error:
        return _Read(path.name, seen, its_hash, fault=_kept(error.what, error.line))
    return _Read(
        path.name,
        seen,
        its_hash,
        started=_started(summary),
        meeting=summary.id,
        date=summary.date.isoformat(),
        fault=_kept(_newer(path), None) if summary.newer else "",
        rows=tuple(rows_of(raw)),
        left=left_by(raw),
        card=Card(summary, facets_of(raw)),
        facts=facts_kept(raw),
    )


def _unsettled(seen: Seen) -> Seen:
    """What no file looks like."""
    return seen[0], -1, seen[2]


def _started(summary: Summary) -> int:
    if summary.started is not None:
        return int(summary.started.timestamp())
    return (summary.date - _EPOCH).days * 86_400


def _newer(path: Path) -> Message:
    return msg(
        "{file} was written by a newer retrotui: what only that one knows is not searched.", file=path.name
    )


# -- what is damaged -------------------------------------------------------------------------------------


def damaged(db: sqlite3.Connection, folder: Path) -> list[Damaged]:
    """The files to be named, by name: damaged, newer, or with the id of another."""
    found = [Damaged(folder / name, *_told(fault)) for name, fault in database.faults(db)]
    first: dict[str, Path] = {}
    for an_id, name in database.doubles(db):
        other = first.setdefault(an_id, folder / name)
        if other.name != name:
            found.append(Damaged(folder / name, None, same_id(an_id, other, folder / name)))
    return sorted(found, key=lambda each: each.path.name)


def _kept(sentence: Message, line: int | None) -> str:
    """A sentence as it is kept in the index: still to be translated."""
    return json.dumps({"line": line, "sentence": _plain(sentence)})


def _plain(value: object) -> object:
    if isinstance(value, Message):
        values = {key: _plain(each) for key, each in value.values.items()}
        return {"id": value.id, "values": values, "many": value.many, "n": value.n}
    return value if isinstance(value, int) else str(value)


def _told(kept: str) -> tuple[int | None, Message]:
    """Line and sentence. A kept text that makes no sense is a fault of the index, not of the file."""
    try:
        document = json.loads(kept)
        sentence = _sentence(document["sentence"])
        if isinstance(sentence, Message):
            return document["line"], sentence
    except (ValueError, TypeError, KeyError) as error:
        raise sqlite3.DatabaseError("a kept sentence cannot be read") from error
    raise sqlite3.DatabaseError("a kept sentence cannot be read")


def _sentence(value: Any) -> object:
    if isinstance(value, dict):
        values = {key: _sentence(each) for key, each in value["values"].items()}
        return Message(value["id"], values, value["many"], value["n"])
    return value
