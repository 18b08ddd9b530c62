"""What a meeting must have to be listed in the review.

Owns the shape of a filter; how it is typed is `review`'s, which cards answer it `store.index_cards`'. Must not load
pydantic: the index reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from retrotui.errors import Message


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is looked for: as a whole, or by the beginnings of its words."""

    words: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a meeting must have to be listed; nothing at all: every meeting."""

    text: str = ""
    """Words and phrases, as `store.index_text` reads them."""
    owners: tuple[Name, ...] = ()
    customers: tuple[Name, ...] = ()
    factors: tuple[frozenset[str], ...] = ()
    """Of each set, one id must be there."""
    outcomes: tuple[frozenset[str], ...] = ()
    statuses: tuple[frozenset[str], ...] = ()
    since: date | None = None
    until: date | None = None
    item: str = ""
    """The id of an action or experiment that the meeting speaks of; never typed."""
    unread: tuple[Message, ...] = ()
    """What looked like a condition and could not be read as one."""

    @property
    def is_everything(self) -> bool:
        return replace(self, unread=()) == Wanted()
