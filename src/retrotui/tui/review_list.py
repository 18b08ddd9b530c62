"""The list of the review: what was found, where the cursor is, what is marked, and which rows are known.

Owns the places of rows and the window that is seen. Must not read files or draw: it says which cards are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from retrotui.domain.wanted import Wanted
from retrotui.store.index_cards import Card
from retrotui.store.minutes import Damaged
from retrotui.store.review import RowId

AHEAD: Final = 40
"""Rows that are read above and below those that are seen."""
MOST_CARDS: Final = 2000
ListRow: TypeAlias = RowId | Damaged


@dataclass
class ReviewList:
    """Rows in order: the damaged files while nothing is looked for, then the meetings, newest first."""

    wanted: Wanted = field(default_factory=Wanted)
    found: tuple[RowId, ...] = ()
    total: int = 0
    """How many files there are at all."""
    second: frozenset[RowId] = frozenset()
    """The rows that are another version of a meeting which is listed."""
    damaged: tuple[Damaged, ...] = ()
    marked: dict[Path, None] = field(default_factory=dict)
    """The files that are marked, in the order in which they were."""
    at: int = 0
    top: int = 0
    cards: dict[RowId, Card] = field(default_factory=dict)
    _asked: set[RowId] = field(default_factory=set)
    """Rows whose cards were asked for: one that has none is not asked for again and again."""

    @property
    def broken(self) -> tuple[Damaged, ...]:
        """The damaged files, above the list while nothing is looked for."""
        return self.damaged if self.wanted.is_everything else ()

    @property
    def meetings(self) -> int:
        """How many meetings there are at all."""
        return self.total - len(self.second)

    @property
    def count(self) -> int:
        return len(self.broken) + len(self.found)

    def row_at(self, place: int) -> ListRow | None:
        """What stands at this place; None beyond the list."""
        broken = self.broken
        if not 0 <= place < self.count:
            return None
        return broken[place] if place < len(broken) else self.found[place - len(broken)]

    @property
    def here(self) -> ListRow | None:
        """What the cursor is on."""
        return self.row_at(self.at)

    def path_of(self, row: ListRow | None) -> Path | None:
        """The file of a row, as far as it is known."""
        if isinstance(row, Damaged):
            return row.path
        if row is None or isinstance(row, Path):
            return row
        card = self.cards.get(row)
        return card.path if card is not None else None

    @property
    def meeting_here(self) -> Path | None:
        """The file under the cursor, where it can be read as minutes."""
        return None if isinstance(self.here, Damaged) else self.path_of(self.here)

    # -- what was found ------------------------------------------------------------------------------------

    def put(self, wanted: Wanted, found: tuple[RowId, ...], total: int, kept: RowId | None) -> None:
        """Shows what was found. The cursor stays on the row `kept`; a new question begins at the top."""
        anew = wanted != self.wanted
        self.wanted, self.found, self.total = wanted, found, total
        if anew:
            self.at = len(self.broken) if found else 0
        elif kept is not None and kept in found:
            self.at = len(self.broken) + found.index(kept)
        self.at = max(0, min(self.at, self.count - 1))

    def forget_cards(self) -> None:
        """The files have changed: what is shown of them is asked for again."""
        self.cards.clear()
        self._asked.clear()

    def learn(self, cards: Mapping[RowId, Card]) -> None:
        """Cards that were read."""
        if len(self.cards) > MOST_CARDS:
            self.forget_cards()
        self.cards |= cards

    # -- the window ----------------------------------------------------------------------------------------

    def window(self, height: int) -> range:
        """The places that are seen, with the cursor among them."""
        self.top = max(0, min(self.top, self.at, self.count - height))
        if self.at >= self.top + height:
            self.top = self.at - height + 1
        return range(self.top, min(self.count, self.top + height))

    def missing(self, height: int) -> tuple[RowId, ...]:
        """Rows to read, where one that is seen is not known: those around as well."""

        def unknown(place: int) -> RowId | None:
            row = self.row_at(place)
            known = row is None or isinstance(row, Damaged) or row in self.cards or row in self._asked
            return None if known or isinstance(row, Damaged) else row

        if all(unknown(place) is None for place in self.window(height)):
            return ()
        around = range(max(0, self.top - AHEAD), min(self.count, self.top + height + AHEAD))
        rows = tuple(row for place in around if (row := unknown(place)) is not None)
        self._asked |= set(rows)
        return rows

    def move(self, key: str, page: int) -> bool:
        """The cursor, by the name of a key; False for a key that does not move it."""
        steps = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": -page, "pagedown": page}
        if key in ("home", "g"):
            self.at = 0
        elif key in ("end", "G"):
            self.at = self.count - 1
        elif key in steps:
            self.at += steps[key]
        else:
            return False
        self.at = max(0, min(self.count - 1, self.at))
        return True

    def mark(self) -> bool:
        """Marks the meeting under the cursor, or takes the mark away; False where it cannot be exported."""
        path = self.meeting_here
        if path is None:
            return False
        if path in self.marked:
            del self.marked[path]
        else:
            self.marked[path] = None
        return True
