"""The index: what was said in all minutes of a team folder, found in milliseconds.

Owns what is read anew, when an index is given up, and the search. The files are the truth: a file that looks otherwise
than it did is read before it is believed, and what is found is shown only while its file looks as it did. The index
lies in the user's cache folder and may be deleted, damaged or held by another process at any moment: then it is built
anew, on the disk or, where that cannot be, in memory, and the search is slower, nothing else.
Must not load pydantic, and must not write in the team folder.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, TypeVar

from retrotui.clock import Clock, SystemClock
from retrotui.collector import give_memory_back
from retrotui.store import index_database as database
from retrotui.store import index_reading as reading
from retrotui.store import index_shelf
from retrotui.store.index_database import ROW_BITS, Entry, File, Seen
from retrotui.store.index_text import Query, marks, read_query
from retrotui.store.minutes import Damaged
from retrotui.store.workspace import Workspace

USUAL_LIMIT: Final = 50
MANY: Final = 100
"""Reading more files than that leaves memory behind that is worth giving back."""
_T = TypeVar("_T")
_SETTLED_S = 2
"""A file that changed less than so many seconds before it was read may change again without looking otherwise."""
_NEVER = -1
_WEIGHTS = {"experiment": 4, "lesson": 4, "verdict": 3, "quote": 3, "action": 3, "factor": 2, "note": 2,
            "participant": 0, "title": 0}  # fmt: skip
"""What a reader looks for first, where two hits answer equally well; other kinds weigh 1."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a look at the folder brought."""

    changed: int
    """Files that are new, gone, or hold something else than before."""
    damaged: tuple[Damaged, ...]
    """Files that cannot be read, share their id with another, or were written by a newer program, by name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was said and answers the query."""

    meeting: str
    date: date
    kind: str
    """title, parked, participant, metric, deal, factor, quote, note, lesson, action, experiment, verdict, field or
    remark."""
    step: str
    """The title of the step in which it was said; "" where none is kept."""
    deal: str
    """The account, or title, of the deal that it was said about; "" for none, or one that is hidden."""
    text: str
    """On one line; names that the meeting hides are left out."""
    marks: tuple[tuple[int, int], ...]
    """From and to of each place in `text` that answers, in characters."""
    path: Path

    @property
    def place(self) -> str:
        """Where it was said: the deal, else the step."""
        return self.deal or self.step


@dataclass(frozen=True, slots=True)
class _Known:
    """What the index knows of the files, as of a version of the database."""

    version: int
    seen: dict[str, Seen]
    damaged: tuple[Damaged, ...]


class Index:
    """The index of one team folder. May be used from several threads, one at a time; also as `with`."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._clock = clock
        self._shelf = index_shelf.Shelf(workspace.index_folder)
        self._db: sqlite3.Connection | None = None
        self._path: Path | None = None
        """The database file; None in memory."""
        self._in_memory = False
        self._known: _Known | None = None
        self._folder_seen = 0
        self._filled = 0
        """Files read by a build that no look has told of yet."""
        self._told: Callable[[int, int], None] | None = None
        self._alone = threading.RLock()

    @classmethod
    def open(cls, workspace: Workspace, clock: Clock | None = None) -> Index:
        """The index of a team folder, as far as there is one: the first look or search builds it. Never raises."""
        return cls(workspace, clock or SystemClock())

    def __enter__(self) -> Index:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, where: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        with self._alone:
            if self._db is not None:
                self._db.close()
            self._db, self._path, self._known = None, None, None

    @property
    def in_memory(self) -> bool:
        """Whether the index had to be built in memory: the disk's could not be used."""
        return self._in_memory

    def is_built(self) -> bool:
        """Whether there is an index that can be asked at once, without reading all files first. Never raises."""
        with self._alone:
            try:
                if self._db is None and (opened := self._shelf.open()) is not None:
                    self._db, self._path = opened
            except (sqlite3.Error, OSError):
                return False
            return self._db is not None

    def refresh(self, told: Callable[[int, int], None] | None = None) -> Refreshed:
        """Looks at every file of the folder and reads those that changed.

        `told` is called now and then with how many files have been read, of how many. Raises RetroError where the
        folder itself cannot be read.
        """
        with self._alone:
            self._told = told
            try:
                return self._safely(self._refresh)
            finally:
                self._told = None

    def search(self, query: str, limit: int = USUAL_LIMIT) -> list[Hit]:
        """The best of the newest `index_database.NEWEST` hits: what was typed as whole words first, then the newest.

        Sees files that were added, removed or replaced since the last look, and those among the hits that were
        changed; `refresh` sees all. Raises RetroError where the folder itself cannot be read.
        """
        asked = read_query(query)
        if not asked.terms or limit < 1:
            return []
        with self._alone:
            if self._folder_time() != self._folder_seen:
                self._safely(self._refresh)
            found = self._safely(lambda db: self._found(db, asked, limit))
            if not all(self._looks_as_it_did(file) for file, _ in found):
                self._safely(self._refresh)
                found = self._safely(lambda db: self._found(db, asked, limit))
        return [self._hit(file, entry, asked) for file, entry in found]

    def ask(self, question: Callable[[sqlite3.Connection], _T], *, look: bool = True) -> _T:
        """Looks at every file, then asks: for what `recall` and `review` know to ask. Without a `look` the answer is as
        of the last one. Raises as `refresh`."""
        with self._alone:
            if not look:
                return self._safely(question)
            return self._safely(lambda db: (self._refresh(db), question(db))[1])

    # -- the database --------------------------------------------------------------------------------------

    def _safely(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Does it; where the index fails, with a new one; where that fails too, in memory."""
        try:
            return work(self._database())
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
        try:
            return work(self._database())
        except (sqlite3.Error, OSError):
            self._give_up(None)
        return work(self._database())

    def _database(self) -> sqlite3.Connection:
        if self._path is not None and not self._path.exists():
            self.close()
        if self._db is None and not self._in_memory:
            opened = self._shelf.open()
            if opened is None:
                with self._shelf.building() as db:
                    self._fill(db)
                opened = self._shelf.open()
            if opened is None:
                raise sqlite3.OperationalError("the new index is gone")
            self._db, self._path = opened
        if self._db is None:
            self._db = index_shelf.in_memory()
            self._fill(self._db)
        return self._db

    def _give_up(self, error: Exception | None) -> None:
        """Without this database: a damaged one is removed, one that is held is copied into memory if it can be read.

        `error` None: the disk will not do.
        """
        held = isinstance(error, sqlite3.Error) and index_shelf.is_busy(error)
        broken, copy = self._path if error is not None and not held else None, None
        if held and self._path is not None and self._db is not None:
            copy = index_shelf.copied(self._db)
        self.close()
        if broken is not None:
            self._shelf.remove(broken)
        self._in_memory = broken is None
        self._db = copy

    # -- looking -------------------------------------------------------------------------------------------

    def _folder_time(self) -> int:
        """When a file was last added, removed or replaced, in nanoseconds; -1 where there is no folder."""
        try:
            return self._workspace.minutes_folder.stat().st_mtime_ns
        except OSError:
            return _NEVER

    def _refresh(self, db: sqlite3.Connection) -> Refreshed:
        folder_time = self._folder_time()
        known = self._known_files(db)
        found = reading.look(self._workspace, known.seen)
        changed, self._filled = self._filled, 0
        if found.differs:
            changed += self._bring_up_to_date(db, found, known)
        # a folder that changed just now may change again within the same tick of its clock
        self._folder_seen = folder_time if self._is_settled(folder_time) else _NEVER
        if changed > MANY:
            give_memory_back()
        return Refreshed(changed, self._known_files(db).damaged)

    def _bring_up_to_date(self, db: sqlite3.Connection, found: reading.Look, known: _Known) -> int:
        with _transaction(db):
            # asked again inside: another process may have been faster
            inside = self._known_files(db)
            if inside is not known:
                found = reading.look(self._workspace, inside.seen)
            self._known = None
            updated = self._update(db, found, inside.seen)
            damaged = self._damaged(db) if updated.regrouped else inside.damaged
            now = _Known(
                database.version(db), updated.seen, damaged
            )  # as of now: afterwards others may write
        self._known = now
        return updated.changed

    def _fill(self, db: sqlite3.Connection) -> None:
        with _transaction(db):
            self._filled = self._update(db, reading.look(self._workspace, {}), {}).changed

    def _update(self, db: sqlite3.Connection, found: reading.Look, known: dict[str, Seen]) -> reading.Updated:
        return reading.update(
            db,
            self._workspace.minutes_folder,
            found,
            known,
            lambda seen: self._is_settled(max(seen)),
            self._told,
        )

    def _known_files(self, db: sqlite3.Connection) -> _Known:
        """What the index knows, kept as long as no other process writes."""
        if self._known is None or self._known.version != database.version(db):
            self._known = _Known(database.version(db), database.known_files(db), self._damaged(db))
        return self._known

    def _damaged(self, db: sqlite3.Connection) -> tuple[Damaged, ...]:
        return tuple(reading.damaged(db, self._workspace.minutes_folder))

    def _looks_as_it_did(self, file: File) -> bool:
        try:
            return reading.seen_of((self._workspace.minutes_folder / file.name).lstat()) == file.seen
        except OSError:
            return False

    def _is_settled(self, nanoseconds: int) -> bool:
        return nanoseconds // 1_000_000_000 + _SETTLED_S < self._clock.wall().timestamp()

    # -- finding -------------------------------------------------------------------------------------------

    def _found(self, db: sqlite3.Connection, query: Query, limit: int) -> list[tuple[File, Entry]]:
        """The best of the newest, each with its file."""
        newest = database.newest(db, query)
        best = sorted(
            newest,
            key=lambda one: (query.quality(one.words), _WEIGHTS.get(one.kind, 1), one.rowid),
            reverse=True,
        )
        files: dict[int, File] = {}
        found: list[tuple[File, Entry]] = []
        for entry in best[:limit]:
            key = entry.rowid >> ROW_BITS
            if key not in files:
                file = database.file_of(db, key)
                if file is None:
                    raise sqlite3.DatabaseError("a row without its file")
                files[key] = file
            found.append((files[key], entry))
        return found

    def _hit(self, file: File, entry: Entry, query: Query) -> Hit:
        return Hit(
            file.meeting,
            date.fromisoformat(file.date),
            entry.kind,
            entry.step,
            entry.deal,
            entry.text,
            marks(entry.text, query),
            self._workspace.minutes_folder / file.name,
        )


def discard(workspace: Workspace) -> None:
    """Takes the index of a team folder off the disk; the next look builds it anew. Never raises."""
    index_shelf.Shelf(workspace.index_folder).clear()


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
