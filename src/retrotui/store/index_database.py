"""What the index holds: the statements that fill its tables and ask them.

Owns everything that is SQL but for the schema, which is `index_shelf`'s with the files. Must not know the team folder
or decide what to do about an error: `sqlite3.Error` goes up to `index`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from retrotui.store.index_text import Query, Term

ROW_BITS: Final = 16
NEWEST: Final = 500
"""So many of the newest hits are compared: comparing all would take longer than reading the files."""
MOST_SPELLINGS: Final = 400
"""A word that stands inside more words than this is looked for in the texts themselves."""


Seen: TypeAlias = tuple[int, int, int]
"""By what a file is known again without reading it: bytes; when its content, and anything of it, changed (ns)."""


Row: TypeAlias = tuple[int, str, str, str, str, str]
"""The values of an `Entry`, when there are too many to make one of each."""


LoopRow: TypeAlias = tuple[int, str, str]
"""Key, and what `index_mentions` keeps of a meeting's part in the loop and of its talk."""


CardRow: TypeAlias = tuple[int, str, str, str, str, str, str]
"""Key, date, status, and what `index_cards` keeps of the summary, the facets, and the names among them."""


MentionRow: TypeAlias = tuple[int, str, str, str]
"""The file's key with a number, kind, what it is about, what there is to say."""


class Entry(NamedTuple):
    """A row to be found: the file's key with its number, the folded words, and what is shown."""

    rowid: int
    words: str
    kind: str
    step: str
    deal: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """What the index knows of a file. `fault` is a sentence as JSON; "" for a file without one."""

    key: int
    name: str
    seen: Seen
    hash: str
    meeting: str = ""
    date: str = ""
    fault: str = ""


# -- filling ---------------------------------------------------------------------------------------------


def version(db: sqlite3.Connection) -> int:
    """Another number after each time that another process, or thread, wrote."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def known_files(db: sqlite3.Connection) -> dict[str, Seen]:
    """What was seen of each file, by name."""
    rows = db.execute("SELECT name, size, mtime, ctime FROM file")
    return {name: (size, mtime, ctime) for name, size, mtime, ctime in rows}


def see(db: sqlite3.Connection, key: int, seen: Seen) -> None:
    """A file looks otherwise and holds the same."""
    db.execute("UPDATE file SET size = ?, mtime = ?, ctime = ? WHERE key = ?", (*seen, key))


def forget(db: sqlite3.Connection, key: int) -> None:
    """A file and its rows leave the index."""
    forget_left(db, key)
    db.execute("DELETE FROM entry WHERE rowid BETWEEN ? AND ?", _rows_of(key))
    db.execute("DELETE FROM file WHERE key = ?", (key,))


def forget_left(db: sqlite3.Connection, key: int) -> None:
    """What a file left to the next meetings goes."""
    db.execute("DELETE FROM mention WHERE id BETWEEN ? AND ?", _rows_of(key))
    db.execute("DELETE FROM card WHERE key = ?", (key,))
    db.execute("DELETE FROM facts WHERE key = ?", (key,))
    db.execute("DELETE FROM loop WHERE key = ?", (key,))


def _rows_of(key: int) -> tuple[int, int]:
    return key << ROW_BITS, ((key + 1) << ROW_BITS) - 1


def entries_of(db: sqlite3.Connection, key: int) -> dict[int, Row]:
    """The rows of a file, by their rowids."""
    rows = db.execute(
        "SELECT rowid, words, kind, step, deal, text FROM entry WHERE rowid BETWEEN ? AND ?", _rows_of(key)
    )
    return {row[0]: row for row in rows}


def replace_entries(db: sqlite3.Connection, gone: Iterable[int], entries: Iterable[Row]) -> None:
    """Some rows leave, others come."""
    db.executemany("DELETE FROM entry WHERE rowid = ?", ((rowid,) for rowid in gone))
    _add_entries(db, entries)


def describe(db: sqlite3.Connection, file: File) -> None:
    """What is known of a file is this now; its key stays."""
    db.execute(
        "UPDATE file SET size = ?, mtime = ?, ctime = ?, hash = ?, meeting = ?, date = ?, fault = ? WHERE key = ?",
        (*file.seen, file.hash, file.meeting, file.date, file.fault, file.key),
    )


def add_left(db: sqlite3.Connection, loops: Iterable[LoopRow], mentions: Iterable[MentionRow]) -> None:
    """What files leave to the next meetings."""
    db.executemany("INSERT INTO loop VALUES (?, ?, ?)", loops)
    db.executemany("INSERT INTO mention VALUES (?, ?, ?, ?)", mentions)


def add_cards(db: sqlite3.Connection, cards: Iterable[CardRow]) -> None:
    """What the review lists of files that are in the index."""
    db.executemany("INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?)", cards)


def add_facts(
    db: sqlite3.Connection, columns: Sequence[str], facts: Iterable[tuple[int | str | bytes, ...]]
) -> None:
    """What files that are in the index leave for the figures over many meetings: key, meeting, date, and the columns
    of `index_facts.Packed`."""
    names = ("key", "meeting", "date", *columns)
    db.executemany(f"INSERT INTO facts ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", facts)


def add(db: sqlite3.Connection, files: Iterable[File], entries: Iterable[Row]) -> None:
    """Files and their rows, in the order of their keys: FTS5 begins a new part at each step back."""
    db.executemany(
        "INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((one.key, one.name, *one.seen, one.hash, one.meeting, one.date, one.fault) for one in files),
    )
    _add_entries(db, entries)


def _add_entries(db: sqlite3.Connection, entries: Iterable[Row]) -> None:
    db.executemany(
        "INSERT INTO entry (rowid, words, kind, step, deal, text) VALUES (?, ?, ?, ?, ?, ?)", entries
    )


def add_terms(db: sqlite3.Connection, terms: Iterable[str]) -> None:
    """Words that occur. Those that no longer do stay: they find nothing."""
    db.executemany("INSERT OR IGNORE INTO term VALUES (?)", ((term,) for term in terms))


# -- asking ----------------------------------------------------------------------------------------------


def faults(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """The files that are damaged, or newer than we: name and sentence."""
    return db.execute("SELECT name, fault FROM file WHERE fault <> '' ORDER BY name").fetchall()


def doubles(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Files whose id another one has, too: id and name; of each id first the file that is called by it."""
    return db.execute(
        "SELECT meeting, name FROM file WHERE meeting IN (SELECT meeting FROM file WHERE meeting <> '' "
        "GROUP BY meeting HAVING count(*) > 1) ORDER BY meeting, name <> meeting || '.toml', name"
    ).fetchall()


def file_of(db: sqlite3.Connection, key: int) -> File | None:
    """What is known of a file, by its key."""
    return _file(db.execute("SELECT * FROM file WHERE key = ?", (key,)).fetchone())


def file_named(db: sqlite3.Connection, name: str) -> File | None:
    """What is known of a file, by its name."""
    return _file(db.execute("SELECT * FROM file WHERE name = ?", (name,)).fetchone())


def _file(row: tuple[Any, ...] | None) -> File | None:
    return None if row is None else File(row[0], row[1], (row[2], row[3], row[4]), *row[5:])


def newest(db: sqlite3.Connection, query: Query, limit: int = NEWEST) -> list[Entry]:
    """The newest rows that answer all terms, the newest first."""
    wanted: list[str] = []
    scanned: list[str] = []
    for term in query.terms:
        spelt = spellings(db, term)
        if not spelt:
            return []
        if len(spelt) > MOST_SPELLINGS:
            scanned.append(term.needle)
        else:
            wanted.append("(" + " OR ".join(spelt) + ")")
    conditions = ["entry MATCH ?"] if wanted else []
    conditions += ["instr(' ' || words || ' ', ?) > 0"] * len(scanned)
    values = [" AND ".join(wanted)] if wanted else []
    rows = db.execute(
        "SELECT rowid, words, kind, step, deal, text FROM entry WHERE "
        f"{' AND '.join(conditions)} ORDER BY rowid DESC LIMIT ?",
        (*values, *scanned, limit),
    )
    return [Entry(*row) for row in rows]


def spellings(db: sqlite3.Connection, term: Term) -> list[str]:
    """The words, or rows of words, that answer a term, as FTS5 writes them; one more than `MOST_SPELLINGS` at most.

    A table of the words of all texts is read from end to end for it, which takes less than an index of their parts.
    """
    *before, last = term.words
    if term.open_start:
        rows = db.execute("SELECT term FROM term WHERE instr(term, ?) LIMIT ?", (last, MOST_SPELLINGS + 1))
    elif term.open_end:
        rows = db.execute(
            "SELECT term FROM term WHERE term >= ? AND term < ? LIMIT ?",
            (last, last + chr(0x10FFFF), MOST_SPELLINGS + 1),
        )
    else:
        rows = db.execute("SELECT term FROM term WHERE term = ?", (last,))
    return ['"' + " ".join([*before, spelling]) + '"' for (spelling,) in rows]
