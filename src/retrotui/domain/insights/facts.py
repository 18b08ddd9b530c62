"""What one meeting leaves for the figures: plain values.

Owns their shape and the short words in which a use of a factor is written. They hold no name, no text and no amount.
Must not load pydantic: the index keeps these facts, many of them side by side as `columns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

HELPED: Final = "+"
HURT: Final = "-"
BOTH: Final = "*"
KINDS_OF_TIME: Final = ("report", "reflect", "decide", "frame")
"""The order of `Facts.planned` and `Facts.spent`."""
SOURCES: Final = ("buyer", "document", "team", "")
"""Where a use of a factor comes from; "" is not said."""

UseWord: TypeAlias = str
"""One use of a factor: "+" helped, "-" hurt, the place of its source in `SOURCES`, the factor's id: "-0price"."""
NameWord: TypeAlias = str
"""What a factor did to a deal: "+" helped, "-" hurt, "*" both, and its id: "-price"."""
DayNumber: TypeAlias = int
"""A day as `date.toordinal` counts it."""


class Facts(NamedTuple):
    """One meeting that was not aborted."""

    meeting: str
    day: date
    closed: bool
    """Only a closed one has its whole time."""
    deals: Sequence[str]
    """The ids of the deals that it looked at, each once; the next three stand beside them."""
    outcomes: Sequence[str]
    """"" where it is not known."""
    days: Sequence[int | None]
    """Days from the deal's decision to this meeting."""
    named: Sequence[str]
    """The factors named on the deal, each once, as `NameWord`s with spaces between."""
    uses: Sequence[UseWord]
    """Every use, on a deal or on none, sorted or not."""
    loose: str
    """The factors named on no deal, as in `named`."""
    experiments: Mapping[str, DayNumber | None]
    """Those that run from here on, an idea that was taken up among them, with their date."""
    actions: Mapping[str, DayNumber | None]
    judged: Mapping[str, str]
    """Last words: item and decision."""
    extended: Mapping[str, DayNumber | None]
    """Items that were given more time, and until when."""
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


def name_words(named: str) -> list[NameWord]:
    """One word for each effect: what did both counts as two."""
    if BOTH not in named:
        return named.split()
    return [
        sign + word[1:]
        for word in named.split()
        for sign in ((HELPED, HURT) if word[0] == BOTH else (word[0],))
    ]


def joined(words: Sequence[NameWord] | set[NameWord]) -> str:
    """The opposite of `name_words`: each factor once, in their order."""
    effects: dict[str, str] = {}
    for word in words:
        effects[word[1:]] = word[0] if effects.get(word[1:], word[0]) == word[0] else BOTH
    return " ".join(sign + factor for factor, sign in effects.items())
