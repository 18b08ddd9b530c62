"""The facts of all meetings, out of the index: what the insights are made of.

Owns the questions, in SQL, and the way back from a meeting's id to its file. The files are the truth: they are looked
at first, and without an index that can be used they are read anew, which takes longer. Must not load pydantic.
"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from retrotui.domain.insights.facts import Facts
from retrotui.store.index import Index


def all_facts(index: Index, *, look: bool = True) -> list[Facts]:
    """The facts of all meetings, the oldest first. Raises RetroError where the folder cannot be read.

    Two files with one id are one meeting: the older counts.
    """
    return index.ask(_kept_facts, look=look)


def _kept_facts(db: sqlite3.Connection) -> list[Facts]:
    """Raises sqlite3.DatabaseError for what we did not write: it is a fault of the index."""
    rows = db.execute("SELECT meeting, date, kept FROM facts JOIN file USING (key) ORDER BY key")
    collecting = gc.isenabled()
    # some hundred thousand lists that all stay: looking for rubbish among them doubles the time
    gc.disable()
    try:
        found: dict[str, Facts] = {}
        decode, day_of, make = json.JSONDecoder().decode, date.fromisoformat, Facts._make
        for meeting, day, kept in rows:
            if meeting not in found:
                found[meeting] = make((meeting, day_of(day), *decode(kept)))
        return list(found.values())
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError("kept facts cannot be read") from error
    finally:
        if collecting:
            gc.enable()


def files_of(index: Index, folder: Path, meetings: Sequence[str]) -> dict[str, tuple[date, Path]]:
    """Day and file of each of these meetings, as of the last look; those that are gone are left out."""

    def question(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
        return db.execute(
            "SELECT meeting, date, name FROM file WHERE meeting IN (SELECT value FROM json_each(?)) "
            "ORDER BY key DESC",
            (json.dumps(list(meetings)),),
        ).fetchall()

    found = index.ask(question, look=False)
    return {meeting: (date.fromisoformat(day), folder / name) for meeting, day, name in found}
