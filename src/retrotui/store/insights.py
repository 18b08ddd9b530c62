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
from operator import itemgetter
from pathlib import Path
from typing import Any

from retrotui.collector import collector_paused
from retrotui.domain.insights.columns import Columns
from retrotui.domain.insights.report import Insights, insights
from retrotui.domain.versions import grouped, own_id
from retrotui.store.index import Index
from retrotui.store.index_facts import COLUMNS, fullness, unpacked


def read_insights(
    index: Index, today: date, *, since: date | None = None, until: date | None = None, look: bool = True
) -> Insights:
    """The figures of a period, as `domain.insights.report` has them. Raises RetroError where the folder cannot be read.

    Without a `look` as of the last one.
    """
    with collector_paused():
        return insights(all_facts(index, look=look), today, since=since, until=until)


def all_facts(index: Index, *, look: bool = True) -> Columns:
    """The facts of all meetings, the oldest first. Raises RetroError where the folder cannot be read.

    Versions of one meeting are one: the fullest counts, a closed one first (`domain.versions`).
    """
    with collector_paused():
        return index.ask(_kept_facts, look=look)


def _kept_facts(db: sqlite3.Connection) -> Columns:
    """Raises sqlite3.DatabaseError for what we did not write: it is a fault of the index."""
    files = db.execute(f"SELECT meeting, date, {', '.join(COLUMNS)} FROM facts ORDER BY key DESC").fetchall()
    try:
        rows = [each[0] if len(each) == 1 else max(each, key=_fullness) for each in _versions(files)]
        rows.reverse()
        rows.sort(key=itemgetter(1))
        meetings, days, *kept = zip(*rows, strict=True) if rows else [()] * (2 + len(COLUMNS))
        return unpacked(list(meetings), [date.fromisoformat(day).toordinal() for day in days], kept)
    except (ValueError, TypeError, AttributeError) as error:
        raise sqlite3.DatabaseError("kept facts cannot be read") from error


def _versions(files: list[tuple[Any, ...]]) -> list[list[tuple[Any, ...]]]:
    return grouped(files, lambda row: str(row[0]))


def _fullness(row: tuple[Any, ...]) -> tuple[bool, int, bool]:
    """Of the versions of one meeting the greatest counts: closed, with the most in it, with the meeting's own id."""
    meeting, _, *kept = row
    return *fullness(kept), own_id(meeting) == meeting


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
