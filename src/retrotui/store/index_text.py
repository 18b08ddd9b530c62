"""How a text is found: folded words, what a query asks for, how well a text answers it, and where.

Owns the grammar of a query and the rule by which a text matches; the index must find exactly what `Query.matches` says.
Must not know files or SQL.

A query is words and phrases; a text must answer all of them. A word is found inside others (`einkauf` in
"Zentraleinkauf"); with a star only at the beginning of one (`einkauf*`), and so are words of one or two letters;
`"what stands in quotes"` are whole words in that order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from retrotui.domain.text import fold

INSIDE_FROM: Final = 3
"""Letters from which a word is looked for inside others: shorter ones stand in every second word."""
MOST_TERMS: Final = 32
"""So many words and phrases of a query count; nobody types more."""

_WORD = re.compile(r"[^\W_]{1,1000}")
_CHUNK = re.compile(r"\S+")
_ASKED = re.compile(r"[\"„“”«»]([^\"„“”«»]*)[\"„“”«»]?|([^\s\"„“”«»]+)")
_CACHED_LENGTH = 1000
_MAPPED_LENGTH = 200


def words_of(text: str) -> str:
    """The folded words of a text with single spaces: what is indexed. "Müller & Söhne" is "muller sohne"."""
    words = " ".join(map(_cached_words if len(text) <= _CACHED_LENGTH else _words, text.split()))
    return " ".join(words.split()) if "  " in words or words[:1] == " " or words[-1:] == " " else words


def _words(chunk: str) -> str:
    """The words between two spaces: folding does not look beyond them."""
    return " ".join(_WORD.findall(fold(chunk)))


_cached_words = lru_cache(maxsize=1 << 15)(_words)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a query asks for: words one after the other, whose first and last may be parts of words."""

    words: tuple[str, ...]
    open_start: bool = False
    open_end: bool = False

    @property
    def needle(self) -> str:
        """What must stand in the words of a text with a space before and after."""
        return ("" if self.open_start else " ") + " ".join(self.words) + ("" if self.open_end else " ")

    def quality(self, padded: str) -> int:
        """0 not in these words, 1 inside a word, 2 from the beginning of one, 3 as it was typed."""
        if self.needle not in padded:
            return 0
        whole = " ".join(self.words)
        return 3 if f" {whole} " in padded else 2 if f" {whole}" in padded else 1


@dataclass(frozen=True, slots=True)
class Query:
    """All that is asked for; a text must answer every term. Without terms nothing is found."""

    terms: tuple[Term, ...]

    def quality(self, words: str) -> int:
        """How well the folded words of a text answer: 0 not at all, else the more the better."""
        padded = f" {words} "
        total = 0
        for term in self.terms:
            found = term.quality(padded)
            if not found:
                return 0
            total += found
        return total

    def matches(self, text: str) -> bool:
        """Whether a text, as people wrote it, is found."""
        return self.quality(words_of(text)) > 0


def read_query(typed: str) -> Query:
    """What was typed as a query. Never raises; what holds no letter or digit asks for nothing."""
    terms: list[Term] = []
    for found in _ASKED.finditer(typed):
        phrase, word = found.groups()
        words = tuple(words_of(word or phrase or "").split())
        if not words:
            continue
        if word is None:
            term = Term(words)
        else:
            inside = len(words) == 1 and len(words[0]) >= INSIDE_FROM and not word.endswith("*")
            term = Term(words, open_start=inside, open_end=True)
        if term not in terms:
            terms.append(term)
    return Query(tuple(terms[:MOST_TERMS]))


# -- marks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a folded word comes from: a chunk between spaces, and the word's beginning in the chunk's fold."""

    begins: int
    """In the padded words of the text."""
    chunk: str
    at: int
    """The chunk's place in the text."""
    folded_at: int


def marks(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Where a text answers: from and to of each place, in characters, in order, none touching another."""
    places = list(_places(text))
    padded = f" {words_of(text)} "
    begins = [place.begins for place in places]
    found: list[tuple[int, int]] = []
    for term in query.terms:
        needle, start = term.needle, padded.find(term.needle)
        while start >= 0:
            first = start + needle.startswith(" ")
            last = start + len(needle) - needle.endswith(" ") - 1
            found.append(
                (
                    _original(places[bisect_right(begins, first) - 1], first, end=False),
                    _original(places[bisect_right(begins, last) - 1], last + 1, end=True),
                )
            )
            start = padded.find(needle, start + 1)
    return _merged(found)


def _places(text: str) -> Iterator[_Place]:
    begins = 1
    for chunk in _CHUNK.finditer(text):
        for word in _WORD.finditer(fold(chunk[0])):
            yield _Place(begins, chunk[0], chunk.start(), word.start())
            begins += len(word[0]) + 1


def _original(place: _Place, padded_at: int, *, end: bool) -> int:
    """The place in the text of a place in its padded words. Folding a beginning gives the beginning of the fold."""
    wanted = padded_at - place.begins + place.folded_at
    chunk = place.chunk
    if len(chunk) > _MAPPED_LENGTH:
        return place.at + (len(chunk) if end else 0)
    lengths = [len(fold(chunk[:count])) for count in range(len(chunk) + 1)]
    if not end:
        return place.at + max(count for count, length in enumerate(lengths) if length <= wanted)
    at = next((count for count, length in enumerate(lengths) if length >= wanted), len(chunk))
    while at < len(chunk) and lengths[at + 1] == lengths[at]:
        at += 1
    return place.at + at


def _merged(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
