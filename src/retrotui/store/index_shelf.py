"""The index's database files: where they lie, their schema, and how one comes into sight or goes.

Owns the files in the index folder. What is filled in and asked is `index_database`'s. Must not know the team folder or
decide what to do about an error: `sqlite3.Error` and OSError go up to `index`.

A database file has a name of its own for life and is never written anew under it: SQLite finds its journals by name,
and another process may still have the old one open. It comes into sight only when it is full; one that is damaged, or
of another version, is removed.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from retrotui.store import durable

VERSION: Final = 7
"""Of the schema, the folding and the rows: a file of another version is built anew."""
WAIT_S: Final = 1.0
"""How long another process may hold the database before we do without it."""
_STALE_S: Final = 3600.0

_SCHEMA: Final = """
CREATE TABLE file (
    key INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,
    ctime INTEGER NOT NULL,
    hash TEXT NOT NULL,
    meeting TEXT NOT NULL,
    date TEXT NOT NULL,
    fault TEXT NOT NULL
);
CREATE INDEX file_meeting ON file (meeting);
CREATE INDEX file_fault ON file (fault) WHERE fault <> '';
CREATE TABLE card (
    key INTEGER PRIMARY KEY, date TEXT NOT NULL, status TEXT NOT NULL, summary TEXT NOT NULL, facets TEXT NOT NULL,
    owners TEXT NOT NULL, customers TEXT NOT NULL
);
CREATE INDEX card_date ON card (date);
CREATE TABLE facts (
    key INTEGER PRIMARY KEY, meeting TEXT NOT NULL, date TEXT NOT NULL, deals BLOB NOT NULL, outcomes TEXT NOT NULL,
    named TEXT NOT NULL, uses TEXT NOT NULL, loose TEXT NOT NULL, experiments BLOB NOT NULL, actions BLOB NOT NULL,
    judged BLOB NOT NULL, decisions TEXT NOT NULL, extended BLOB NOT NULL, carried BLOB NOT NULL,
    functions TEXT NOT NULL, counts BLOB NOT NULL
);
CREATE TABLE loop (key INTEGER PRIMARY KEY, part TEXT NOT NULL, talk TEXT NOT NULL);
CREATE TABLE mention (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, told TEXT NOT NULL);
CREATE INDEX mention_about ON mention (kind, about);
CREATE TABLE term (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE entry USING fts5(
    words, kind UNINDEXED, step UNINDEXED, deal UNINDEXED, text UNINDEXED, tokenize = 'ascii', columnsize = 0
);
"""


class Shelf:
    """The index folder: at most one database in use, and what is left of others."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> tuple[sqlite3.Connection, Path] | None:
        """The database that is there, or None. Those of another version are removed. Raises sqlite3.Error."""
        for path in sorted(self._folder.glob("index-*.sqlite")):
            if not path.is_symlink() and path.name.startswith(f"index-{VERSION}-"):
                try:
                    return _checked(connect(str(path))), path
                except sqlite3.Error as error:
                    if is_busy(error):
                        raise
            self.remove(path)
        return None

    @contextlib.contextmanager
    def building(self) -> Iterator[sqlite3.Connection]:
        """A new database to be filled; it takes its place when the block ends well. Raises OSError, sqlite3.Error."""
        durable.make_folder(self._folder)
        self._folder.chmod(0o700)
        token = secrets.token_hex(8)
        path = self._folder / f"new-{token}.sqlite"
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
        self._sweep(path.stat().st_mtime)
        db = connect(str(path))
        try:
            # nobody sees it before it is full: a build that dies leaves nothing that could be believed
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            create(db)
            yield db
            db.execute("PRAGMA journal_mode = WAL")
            db.close()
            path.rename(self._folder / f"index-{VERSION}-{token}.sqlite")
        finally:
            db.close()
            self.remove(path)

    def remove(self, path: Path) -> None:
        """Takes a database away with its journals. Never raises: what stays is tried again next time."""
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
            with contextlib.suppress(OSError):
                (self._folder / name).unlink()

    def clear(self) -> None:
        """Takes everything away that an index left here. Never raises."""
        for path in [*self._folder.glob("index-*.sqlite*"), *self._folder.glob("new-*.sqlite*")]:
            with contextlib.suppress(OSError):
                path.unlink()

    def _sweep(self, now: float) -> None:
        """What builds left that died an hour ago by the folder's own time, and journals whose database is gone."""
        for path in self._folder.glob("new-*.sqlite*"):
            with contextlib.suppress(OSError):
                if now - path.stat(follow_symlinks=False).st_mtime > _STALE_S:
                    path.unlink()
        for path in self._folder.glob("index-*.sqlite-*"):
            if not path.with_name(path.name.rpartition("-")[0]).exists():
                with contextlib.suppress(OSError):
                    path.unlink()


def _checked(db: sqlite3.Connection) -> sqlite3.Connection:
    """The same: one that is cut off or not ours says so here, not in the middle of a search."""
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            raise sqlite3.DatabaseError("of another version")
        for table, key in (
            ("file", "key"),
            ("card", "key"),
            ("facts", "key"),
            ("loop", "key"),
            ("mention", "id"),
            ("entry", "rowid"),
        ):
            db.execute(f"SELECT {key} FROM {table} LIMIT 1").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def connect(place: str) -> sqlite3.Connection:
    """A connection that waits `WAIT_S` for others and begins no transaction by itself."""
    db = sqlite3.connect(place, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -16000")
    except sqlite3.Error:
        db.close()
        raise
    return db


def in_memory() -> sqlite3.Connection:
    """An empty index that no file holds."""
    db = connect(":memory:")
    create(db)
    return db


def copied(db: sqlite3.Connection) -> sqlite3.Connection | None:
    """The same index in memory, or None where it cannot be read either."""
    memory = connect(":memory:")
    tries = iter(range(3))

    def impatient(*_: int) -> None:
        if next(tries, None) is None:  # by itself it would wait for ever
            raise sqlite3.OperationalError("another process does not let go")

    try:
        db.backup(memory, progress=impatient)
        return memory
    except sqlite3.Error:
        memory.close()
        return None


def create(db: sqlite3.Connection) -> None:
    """The tables of an empty database."""
    db.executescript(_SCHEMA)
    # one merge of many words instead of many of few: a build is twice as fast
    db.execute("INSERT INTO entry (entry, rank) VALUES ('hashsize', 67108864)")
    db.execute(f"PRAGMA user_version = {VERSION}")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another process holds the database: it is not damaged, and must not be removed."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
