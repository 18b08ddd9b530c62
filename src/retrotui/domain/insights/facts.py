"""What one meeting leaves for the figures: plain values, quick to make ten thousand times.

Owns their shape and the short words in which a use of a factor is written. Must not load pydantic: the index keeps
these facts. They hold no name, no text and no amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

HELPED: Final = "+"
HURT: Final = "-"
KINDS_OF_TIME: Final = ("report", "reflect", "decide", "frame")
"""The order of `Facts.planned` and `Facts.spent`."""
SOURCES: Final = ("buyer", "document", "team", "")
"""Where a use of a factor comes from; "" is not said."""

UseWord: TypeAlias = str
"""One use of a factor: "+" helped, "-" hurt, a digit for its source in `SOURCES`, and the factor's id ("-0price")."""
DayNumber: TypeAlias = int
"""A day as `date.toordinal` counts it."""

Looked: TypeAlias = tuple[str, str, int | None, Sequence[UseWord]]
"""A deal that the meeting looked at: id, outcome or "", days from its decision to this meeting, its uses."""
Begun: TypeAlias = tuple[str, Literal["x", "a"], DayNumber | None]
"""An experiment ("x") or action that begins to run: id, kind, its date."""
Judged: TypeAlias = tuple[str, str, DayNumber | None]
"""A verdict: item, decision, the new date of an extension."""


class Facts(NamedTuple):
    """One meeting that was not aborted."""

    meeting: str
    day: date
    closed: bool
    """Only a closed one has its whole time."""
    looked: Sequence[Looked]
    loose: Sequence[UseWord]
    """Uses on no deal."""
    begun: Sequence[Begun]
    """Actions and experiments that run from here on, an idea that was taken up among them."""
    judged: Sequence[Judged]
    carried: Sequence[str]
    planned: Sequence[int]
    """Seconds that the agenda planned, by `KINDS_OF_TIME`."""
    spent: Sequence[int]
    capped: Sequence[int]
    """Of the steps with figures, which are capped: how many used their whole box, and how many were held."""
    functions: Sequence[str]
    """Whose functions were in the room, each once."""
    safety: Sequence[int]
    """How many said 1 … 5; empty under four votes."""
    worth: Sequence[int]


def use_word(effect: str, source: str, factor: str) -> UseWord:
    """A use as it is written here."""
    sign = HELPED if effect == "helped" else HURT
    return f"{sign}{SOURCES.index(source) if source in SOURCES else SOURCES.index('')}{factor}"


class Use(NamedTuple):
    """A use as it is meant."""

    effect: Literal["helped", "hurt"]
    source: str
    factor: str
    """"" while unsorted."""


@lru_cache(maxsize=4096)
def use_of(word: UseWord) -> Use:
    """Reads a `UseWord`; there are few different ones."""
    return Use("helped" if word[0] == HELPED else "hurt", SOURCES[int(word[1])], word[2:])
