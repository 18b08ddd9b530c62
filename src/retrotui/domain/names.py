"""Where a person's name stands in a text, whichever way it is spelt.

Owns the reading of names: the whole name in any case, with or without umlauts, first and last name in either order,
with an initial, as an id (`carla-weiss`) or an address (`carla.weiss@`), and what of a name stands alone ("Carla
sagt", "Frau Weiß"). Must not decide whether a part of a name is this person: that needs to know who else there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from retrotui.domain.text import fold, plain_letters

Kind = Literal["whole", "first", "last", "loose"]

SHORTEST: Final = 3
"""Letters from which a part of a name is looked for where it stands alone."""
# A letter and the marks that follow it are one word, however they were typed.
_WORD: Final = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_BETWEEN: Final = re.compile(r"[\s.,_'’\-/]{0,3}")
_NUMBERED: Final = re.compile(r"-\d")
_SPELT_OUT: Final = re.compile("([aou])e+")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_SENTENCE_BEGINS: Final = re.compile(r"(?:^|[.!?]\s+)$")
TITLES: Final = frozenset({"dr", "prof", "dipl", "ing", "med", "herr", "frau", "mr", "mrs", "ms"})
"""What stands before a name and is none, folded."""
_HONORIFICS: Final = frozenset(
    {"herr", "herrn", "hr", "frau", "fr", "mr", "mrs", "ms", "dr", "kollege", "kollegen", "kollegin"}
)


class Word(NamedTuple):
    """A word of a text, folded, with its place."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text, from `start` to `end`, that names the person, or may.

    whole: the whole name or the id. first, last: a part of it as people use one. loose: a part that may be another
    word as well ("Weiß", "max").
    """

    start: int
    end: int
    kind: Kind
    genitive: bool = False


@dataclass(frozen=True)
class Name:
    """What somebody is called: names as they were written, and ids."""

    names: tuple[str, ...]
    ids: tuple[str, ...] = ()

    @property
    def first(self) -> frozenset[str]:
        """The first names, folded."""
        return _ends(self.names, 0)

    @property
    def last(self) -> frozenset[str]:
        """The last names, folded; none of somebody who is called by one word."""
        return _ends(self.names, -1)

    @property
    def whole(self) -> frozenset[str]:
        """The whole names, folded, without titles."""
        return frozenset(" ".join(parts) for name in self.names if (parts := parts_of(name)))

    def mentions(self, text: str) -> list[Mention]:
        """Every place in the text that names this person, or may, in order; no two overlap."""
        return list(self._mentions(text)) if self._may_stand_in(text) else []

    def is_mentioned(self, text: str) -> bool:
        """Whether there is such a place, without looking for more than one."""
        return self._may_stand_in(text) and next(self._mentions(text), None) is not None

    def _may_stand_in(self, text: str) -> bool:
        """Whether a part of the name stands in the letters of the text, be it within a word.

        Most texts of a folder name somebody else: this is twenty times as fast as going through their words.
        """
        letters = _letters(text)
        return any(needle in letters for needle in _needles(self.names, self.ids))

    def _mentions(self, text: str) -> Iterator[Mention]:
        words = words_of(text)
        begins = _beginnings(self.names, self.ids)
        at = 0
        while at < len(words):
            folded = words[at].folded
            if folded not in begins and folded[:-1] not in begins:
                at += 1
                continue
            mention, used = self._at(text, words, at)
            if mention is not None:
                yield mention
            at += max(1, used)

    def _at(self, text: str, words: Sequence[Word], at: int) -> tuple[Mention | None, int]:
        for spelling in _spellings(self.names, self.ids):
            if (end := _matches(text, words, at, spelling)) is not None:
                start = _with_at_sign(text, words[at].start)
                last = words[at + len(spelling) - 1]
                genitive = last.folded != spelling[-1].removesuffix(".")
                return Mention(start, end, "whole", genitive), len(spelling)
        return self._part(text, words, at), 1

    def _part(self, text: str, words: Sequence[Word], at: int) -> Mention | None:
        word = words[at]
        addressed = _with_at_sign(text, word.start) < word.start
        capital = text[word.start].isupper()
        start = _with_at_sign(text, word.start)
        if part := _is_one_of(word, self.first):
            kind: Kind = "first" if capital or addressed else "loose"
            if len(part) >= SHORTEST or addressed:
                return Mention(start, word.end, kind, word.folded != part)
        if part := _is_one_of(word, self.last):
            before = words[at - 1] if at else None
            if before is not None and before.folded in _HONORIFICS and word.start - before.end <= 2:
                return Mention(before.start, word.end, "last", word.folded != part)
            if addressed:
                return Mention(start, word.end, "last", word.folded != part)
            if capital and len(part) >= SHORTEST:
                return Mention(start, word.end, "loose", word.folded != part)
        return None


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, folded."""
    return tuple(Word(_folded(found[0]), found.start(), found.end()) for found in _WORD.finditer(text))


def parts_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles before it."""
    parts = [word.folded for word in words_of(name)]
    while len(parts) > 1 and parts[0] in TITLES:
        parts.pop(0)
    return tuple(parts)


def replaced(text: str, mentions: Iterable[Mention], somebody: str, *, capital: bool = True) -> str:
    """The text with `somebody` in the place of each mention; with a `capital` where a sentence begins."""
    for one in sorted(mentions, key=lambda each: each.start, reverse=True):
        word = f"{somebody}s" if one.genitive else somebody
        if capital and (one.kind != "whole" or text[one.start].isupper()):
            begins = _SENTENCE_BEGINS.search(text[max(0, one.start - 4) : one.start]) is not None
            word = word[:1].upper() + word[1:] if begins else word
        text = text[: one.start] + word + text[one.end :]
    return text


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    return fold(word)


def _ends(names: Sequence[str], at: int) -> frozenset[str]:
    several = (parts_of(name) for name in names)
    return frozenset(parts[at] for parts in several if len(parts) > (1 if at else 0))


@lru_cache(maxsize=500)
def _spellings(names: tuple[str, ...], ids: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows of words that are the whole name, the longest first; an initial ends with a point."""
    rows: set[tuple[str, ...]] = set()
    for an_id in ids:
        parts = tuple(word.folded for word in words_of(an_id))
        rows |= {parts} if len(parts) > 1 else set()
    for name in names:
        parts = parts_of(name)
        if len(parts) < 2:
            continue
        first, last = parts[0], parts[-1]
        titled = tuple(word.folded for word in words_of(name))
        rows |= {titled, (last, *titled[:-1])}
        rows |= {parts, (first, last), (*parts[1:], first), (last, first)}
        rows |= {("".join(parts),), (first + last,), (f"{first[0]}.", last), (first, f"{last[0]}.")}
    return tuple(sorted(rows, key=lambda row: (-len(row), row)))


@lru_cache(maxsize=500)
def _needles(names: tuple[str, ...], ids: tuple[str, ...]) -> tuple[str, ...]:
    """Of each row of words, and of each part that may stand alone, letters without which it stands nowhere."""
    words = {max(row, key=len).removesuffix(".") for row in _spellings(names, ids)}
    # an e may be dropped after a vowel of the word before, where a sign between them is none when folded
    needles = {_letters(word).lstrip("e") for word in words | _ends(names, 0) | _ends(names, -1)}
    return tuple(sorted(one for one in needles if not any(other in one for other in needles if other != one)))


@lru_cache(maxsize=2048)
def _letters(text: str) -> str:
    """The letters of a text as they are looked for: what `fold` makes equal is equal here, and more."""
    if not text.isascii():
        for sign in set(_BEYOND_ASCII.findall(text)):  # a few different ones, each many times
            text = text.replace(sign, _plain(sign))
    return _SPELT_OUT.sub(r"\1", text.casefold())


@lru_cache(maxsize=2048)
def _plain(sign: str) -> str:
    return plain_letters(sign, spell_out=False)


@lru_cache(maxsize=500)
def _beginnings(names: tuple[str, ...], ids: tuple[str, ...]) -> frozenset[str]:
    """The words with which a mention can begin, or which it can be."""
    rows = {row[0].removesuffix(".") for row in _spellings(names, ids)}
    return frozenset(rows | _ends(names, 0) | _ends(names, -1))


def _matches(text: str, words: Sequence[Word], at: int, row: Sequence[str]) -> int | None:
    """Where a row of words that begins here ends; None where it does not stand here."""
    if at + len(row) > len(words):
        return None
    for number, wanted in enumerate(row):
        word, initial = words[at + number], wanted.endswith(".")
        last = number == len(row) - 1
        if not _same(word.folded, wanted, genitive=last):
            return None
        if initial and text[word.end : word.end + 1] != ".":
            return None
        if number and not _BETWEEN.fullmatch(text, words[at + number - 1].end, word.start):
            return None
    end = words[at + len(row) - 1].end
    if _NUMBERED.match(text, end) and not row[-1].isdigit():
        return None  # `anna-berg-2` is somebody else
    return end + 1 if row[-1].endswith(".") else end


def _same(word: str, wanted: str, *, genitive: bool) -> bool:
    if wanted.endswith("."):
        return word == wanted[:-1]
    return word == wanted or (genitive and word == f"{wanted}s")


def _is_one_of(word: Word, parts: Iterable[str]) -> str:
    """The part of a name that the word is, also with a genitive s; "" for none."""
    return next((part for part in parts if word.folded in (part, f"{part}s")), "")


def _with_at_sign(text: str, start: int) -> int:
    return start - 1 if start and text[start - 1] == "@" and not text[: start - 1][-1:].isalnum() else start
