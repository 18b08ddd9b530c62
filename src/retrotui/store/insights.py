"""The facts of all meetings, out of the index: what the insights are made of.

Owns the questions, in SQL, and the way back from a meeting's id to its file. The files are the truth: they are looked
at first, and without an index that can be used they are read anew, which takes longer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from retrotui.collector import collector_paused
from retrotui.domain.insights.facts import Facts
from retrotui.domain.insights.report import Insights, insights
from retrotui.domain.versions import grouped, own_id
from retrotui.store.index import Index


def read_insights(
    index: Index, today: date, *, since: date | None = None, until: date | None = None, look: bool = True
) -> Insights:
    """The figures of a period, as `domain.insights.report` has them. Raises RetroError where the folder cannot be read.

    Without a `look` as of the last one.
    """
    with collector_paused():
        return insights(all_facts(index, look=look), today, since=since, until=until)


def all_facts(index: Index, *, look: bool = True) -> list[Facts]:
    """The facts of all meetings, the oldest first. Raises RetroError where the folder cannot be read.

    Versions of one meeting are one: the fullest counts, a closed one first (`domain.versions`).
    """
    with collector_paused():
        return index.ask(_kept_facts, look=look)


def _kept_facts(db: sqlite3.Connection) -> list[Facts]:
    """Raises sqlite3.DatabaseError for what we did not write: it is a fault of the index."""
    files = db.execute("SELECT meeting, date, kept FROM facts JOIN file USING (key) ORDER BY key DESC")
    rows = [max(versions, key=_fullness) for versions in grouped(files, lambda row: str(row[0]))]
    day_of, make = date.fromisoformat, Facts._make
    try:
        # one document of all: ten thousand small ones take half as long again
        every = json.loads(f"[{','.join([kept for _, _, kept in rows])}]")
        found = {
            meeting: make((meeting, day_of(day), *facts))
            for (meeting, day, _), facts in zip(rows, every, strict=True)
        }
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError("kept facts cannot be read") from error
    return list(reversed(found.values()))


def _fullness(row: tuple[str, str, str]) -> tuple[bool, int, bool]:
    """Of the versions of one meeting the greatest counts: closed, with the most in it, with the meeting's own id."""
    meeting, _, kept = row
    return kept.startswith("[true"), len(kept), own_id(meeting) == meeting


@dataclass(frozen=True, slots=True)
class Behind:
    """A meeting behind a figure."""

    day: date
    title: str
    path: Path


def meetings_behind(index: Index, folder: Path, meetings: Sequence[str]) -> tuple[Behind, ...]:
    """These meetings, the newest first, as of the last look; those that are gone are left out."""

    def question(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
        return db.execute(
            "SELECT file.date, coalesce(nullif(json_extract(card.summary, '$.title'), ''), meeting), name "
            "FROM file JOIN card USING (key) WHERE meeting IN (SELECT value FROM json_each(?)) ORDER BY key DESC",
            (json.dumps(list(meetings)),),
        ).fetchall()

    found = index.ask(question, look=False)
    return tuple(Behind(date.fromisoformat(day), title, folder / name) for day, title, name in found)
