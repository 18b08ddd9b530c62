"""What F7 offers in each kind of step: a list of rows, and what Space, Enter and digits do to them.

One file a kind. A chooser reads the session's view and changes the meeting through the session. Must not draw: the
dialog does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. `mark` is a sign in front (`✓`, `●`, a digit); a row without a key is a heading."""

    key: str
    label: str
    detail: str = ""
    mark: str = ""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list shows now. `legend` names the keys; `empty` stands where there are no rows."""

    title: str
    rows: tuple[Row, ...]
    legend: str = ""
    empty: str = ""
    tabs: tuple[str, ...] = ()
    """The pages of the list, by Tab; the current one is `tab`."""
    tab: int = 0
    total: int = 0
    """How many there are besides those shown; 0: all are."""


class Chooser(Protocol):
    """What the dialog asks. The answers to keys say whether the dialog closes."""

    def choices(self, search: str) -> Choices:
        """The rows that fit what is searched."""
        ...

    def take(self, key: str) -> bool:
        """Enter on a row. True: done, close."""
        ...

    def tick(self, key: str) -> bool:
        """Space on a row. True: done, close."""
        ...

    def digit(self, number: int, key: str) -> bool:
        """A digit with this row marked. True: done, close."""
        ...

    def turn(self, by: int) -> None:
        """Tab: the next page; shift+Tab: the one before."""
        ...
