"""All meetings of the team folder as the review lists, filters and follows them.

Owns what is shown while there is no index, and what is said about it. The files are the truth: the index answers for
them, and where it cannot (it is being built, held by another process, damaged), the names of the files make the list,
and each card is read from its file. Must not load pydantic, and must not change a file.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from retrotui.clock import Clock
from retrotui.domain.wanted import Wanted
from retrotui.errors import RetroError
from retrotui.store import index_cards
from retrotui.store import minutes as minutes_store
from retrotui.store.index import Index
from retrotui.store.index_cards import Card
from retrotui.store.index_database import Entry
from retrotui.store.index_text import read_query
from retrotui.store.minutes import Damaged
from retrotui.store.workspace import Workspace

RowId: TypeAlias = int | Path
"""A meeting in the list: its key in the index, or its file where no index is there yet."""
Progress: TypeAlias = Callable[[int, int], None]
"""Files read, of how many."""
PASSAGES: Final = 12
_T = TypeVar("_T")


class Stopped(Exception):
    """Nobody wants to know any more; a `Progress` may raise it, too. What was read so far is given up."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the folder brought."""

    changed: int
    damaged: tuple[Damaged, ...]
    slow: bool
    """The index on the disk could not be used: one in memory was made, which the next program has to make again."""


class Archive:
    """The meetings of one team folder. Slow work may come from several threads; they wait for one another.

    Everything but `stop` may raise RetroError, where the folder cannot be read, and `Stopped`.
    """

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self._workspace = workspace
        self._index = Index.open(workspace, clock)
        self._one_at_a_time = threading.RLock()
        self._stopped = False

    def stop(self) -> None:
        """Nobody wants to know any more: whoever reads, or waits for it, ends with `Stopped`. Does not wait."""
        self._stopped = True

    def close(self) -> None:
        """Lets go of the index, when nobody asks it any more."""
        self.stop()
        with self._one_at_a_time:
            self._index.close()

    def _ask(self, question: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._one_at_a_time:
            self._check()
            return self._index.ask(question, look=False)

    def _check(self) -> None:
        if self._stopped:
            raise Stopped

    @property
    def folder(self) -> Path:
        return self._workspace.minutes_folder

    # -- before there is an index --------------------------------------------------------------------------

    def is_indexed(self) -> bool:
        """Whether there is an index that can be asked at once."""
        with self._one_at_a_time:
            return self._index.is_built()

    def by_name(self) -> tuple[Path, ...]:
        """The files, the newest first as far as their names tell."""
        return tuple(sorted(minutes_store.minutes_files(self._workspace), reverse=True))

    # -- with the index ------------------------------------------------------------------------------------

    def look(self, progress: Progress | None = None) -> Looked:
        """Looks at every file and reads those that changed."""

        def told(done: int, total: int) -> None:
            self._check()
            if progress is not None:
                progress(done, total)

        with self._one_at_a_time:
            self._check()
            refreshed = self._index.refresh(told)
        damaged = tuple(one for one in refreshed.damaged if not self._is_listed_as_newer(one))
        return Looked(refreshed.changed, damaged, self._index.in_memory)

    def _is_listed_as_newer(self, one: Damaged) -> bool:
        """A newer file can be read, so it stands among the meetings, and says there what it is."""
        key = self.key_of(one.path)
        card = self.cards([key]).get(key) if key is not None else None
        return card is not None and card.summary.newer

    def find(self, wanted: Wanted) -> tuple[int, ...]:
        """The keys of the meetings that answer, the newest first; as of the last look."""
        return self._ask(lambda db: index_cards.matching(db, wanted))

    def key_of(self, path: Path) -> int | None:
        """The key of a file; None where it is not in the index."""
        return self._ask(lambda db: index_cards.key_of(db, path.name))

    def second_versions(self) -> frozenset[int]:
        """The keys of files that are another version of a meeting in the list: it counts once."""
        return self._ask(index_cards.second_versions)

    def values(self) -> dict[str, Counter[str]]:
        """What can be chosen from, by kind of facet, and in how many meetings each is."""
        return self._ask(index_cards.values)

    def passages(self, row: RowId, words: str) -> list[Entry]:
        """What was said in one meeting that answers the words, the best first; without words, what weighs most."""
        if isinstance(row, Path):
            return []
        said = self._ask(lambda db: index_cards.rows_in(db, row))
        query = read_query(words)
        if query.terms:
            return index_cards.answering(said, query, PASSAGES)
        weighty = {"lesson": 0, "experiment": 1, "verdict": 2, "deal": 3}
        return sorted((one for one in said if one.kind in weighty), key=lambda one: weighty[one.kind])[
            :PASSAGES
        ]

    # -- either way ----------------------------------------------------------------------------------------

    def cards(self, rows: Sequence[RowId]) -> dict[RowId, Card]:
        """The cards of these meetings; those that are gone, or damaged, are left out."""
        found: dict[RowId, Card] = {}
        keys = [row for row in rows if isinstance(row, int)]
        if keys:
            for key, card in self._ask(lambda db: index_cards.cards(db, keys, self.folder)).items():
                found[key] = card
        for row in rows:
            if isinstance(row, Path):
                try:
                    found[row] = index_cards.card_in(row)
                except RetroError:
                    continue  # the index names it when it is there
        return found
