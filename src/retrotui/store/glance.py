"""All minutes at a glance, for home: the newest, those that still run, when each agenda was used last, what is damaged.

Owns that selection, from the cards of the index: as quick among ten thousand meetings as among a hundred. Must not load
pydantic, and must not know what home makes of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from retrotui.store import index_cards
from retrotui.store.index import Index
from retrotui.store.minutes import Damaged, Summary


@dataclass(frozen=True, slots=True)
class Glance:
    """`newest` and `running` meetings, the newest first; one may be in both."""

    newest: tuple[Summary, ...] = ()
    running: tuple[Summary, ...] = ()
    last_used: Mapping[str, date] = field(default_factory=dict)
    """By agenda, when it was held last."""
    damaged: tuple[Damaged, ...] = ()
    """Files that cannot be read, or share their id with another. One that a newer program wrote is not damaged."""


def glance(index: Index, folder: Path, most: int, told: Callable[[int, int], None] | None = None) -> Glance:
    """A look at the folder; at most so many of the `newest`. `told`, and what it raises, as in `Index.refresh`."""
    damaged = index.refresh(told).damaged
    return index.ask(lambda db: _glance(db, folder, most, damaged), look=False)


def _glance(db: sqlite3.Connection, folder: Path, most: int, damaged: tuple[Damaged, ...]) -> Glance:
    newest = _keys(db, "SELECT key FROM card ORDER BY key DESC LIMIT ?", most)
    running = _keys(db, "SELECT key FROM card WHERE status = 'running' ORDER BY key DESC LIMIT ?", most)
    cards = index_cards.cards(db, [*dict.fromkeys((*newest, *running))], folder)
    used = db.execute("SELECT json_extract(summary, '$.agenda'), max(date) FROM card GROUP BY 1").fetchall()
    newer = {
        name
        for (name,) in db.execute(
            "SELECT name FROM card JOIN file USING (key) WHERE json_extract(summary, '$.newer')"
        )
    }
    return Glance(
        tuple(cards[key].summary for key in newest if key in cards),
        tuple(cards[key].summary for key in running if key in cards),
        {agenda: date.fromisoformat(day) for agenda, day in used if agenda},
        tuple(one for one in damaged if one.path.name not in newer),
    )


def _keys(db: sqlite3.Connection, query: str, most: int) -> list[int]:
    return [key for (key,) in db.execute(query, (most,))]
