"""Whether two spellings may mean the same company, and where companies stand in a text.

Owns the legal forms that are left aside and how near two names must be. Proposes only: that they are the same is for
people to say; where names are hidden (`Companies`), all that may mean one goes. Must not know deals nor files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from retrotui.domain.names import Word, words_of
from retrotui.domain.nearness import distance
from retrotui.domain.text import fold, plain_letters

SHORTEST = 5
"""Letters below which one other letter makes another name."""
LONG = 9
"""Letters from which two may differ."""

_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ag gmbh mbh co kg kgaa ohg gbr ug haftungsbeschrankt se ek ev eg inc ltd limited llc llp plc corp "
        "corporation  company sa sarl sas srl spa bv nv ab as oy aps gesellschaft holding gruppe group "
        "international  und and the die der das et ",
    )
)
"""Legal forms and what stands around names, folded."""
_TAIL: Final = re.compile(
    r"(?:[\s,&+(\-]{1,3}(?:(?i:gmbh|mbh|ohg|kgaa|kg|gbr|ug|ltd|llc|llp|plc|inc|corp)|AG|SE|Co|eG|e\.\s?[GKV]|EG|EK|EV|SA|"
    r"SAS|SARL|SRL|SPA|BV|NV|AB|AS|OY|ApS|Gesellschaft|Holding|Gruppe|Group|Company|International|Limited|"
    r"(?:[^\W\d_]\.){2,})\.?(?![^\W_]))+\)?"
)
"""Legal forms behind a name, as they are written in a text: "as" and "ag" in small letters may be other words."""
_JOINS: Final = re.compile(r"[\s&+.,_'’/()\-]{0,4}")
"""What may stand between two words of one name."""
_APART: Final = re.compile(r"[\W_]+")
_DROPPED_E: Final = re.compile("([aou])e+")
_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        "allgemeine alte american auto autohaus backerei bad bank bau baugesellschaft berliner blue "
        "british data daten deutsche digital druckerei energie erste euro european firma first gebruder "
        "gemeinde general global green grosse haus hochschule hotel industrie klinik klinikum kreis land "
        "landkreis logistik maschinenbau medien metall moderne munchner national neue new nord ost "
        "partner red sankt service smart software sparkasse spedition stadt stadtwerke sud system systeme "
        "systems technik union united universitat verband verein verlag versicherung vertrieb volksbank "
        "werk west",
    )
)
"""First words of names that are no name by themselves, folded."""
_SHORTEST: Final = 2
"""Letters that are a name only with a capital, or as they were written."""
_SHORT_FROM: Final = 4
"""Letters from which the first word of a longer name is looked for by itself; of capitals alone, any."""
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b((?:\w\.){2,})")


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The name without legal form, accents, case and signs: "Müller & Söhne GmbH & Co. KG" is "muller sohne".

    A name that is nothing but a legal form keeps it; a name without letters and digits is "".
    """
    plain = _DOTTED.sub(lambda found: found[1].replace(".", ""), fold(name))
    words = _WORD.findall(plain)
    said = [word for word in words if word not in _FORMS]
    return " ".join(said or words)


def may_be_same(one: str, other: str) -> bool:
    """Whether two companies, by their `core`, may be one: the same letters, or a slip in a name that is long enough."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    if not one or not other:
        return False
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < SHORTEST:
        return False
    limit = 2 if shorter >= LONG else 1
    # names that end in a number are told apart by it: "Werk 1" is not "Werk 2"
    if [part for part in one if part.isdigit()] != [part for part in other if part.isdigit()]:
        return False
    return abs(len(one) - len(other)) <= limit and distance(one, other, limit) <= limit


def is_same(one: str, other: str) -> bool:
    """Whether two names are the same as they are written, but for spaces."""
    return " ".join(one.split()) == " ".join(other.split())


# -- in a text -------------------------------------------------------------------------------------------


class Companies:
    """Companies to be found in texts in whichever way they are written, each with the words that are to stand there.

    Found are: the name with or without legal forms, accents, umlauts, case, spaces and hyphens, with a genitive s; a
    slip in a name of `LONG` letters or more; and of the `short` ones the first word alone, with a capital ("Müller" of
    "Müller & Söhne"), but for words that are no name by themselves ("Deutsche").
    """

    def __init__(self, names: Mapping[str, str], *, short: Mapping[str, str] | None = None) -> None:
        self._exact: dict[str, str] = {}
        """Names that would not be found in themselves: nothing but a legal form, or hardly a letter."""
        self._keys: dict[str, str] = {}
        self._near: dict[str, set[str]] = {}
        self._first: dict[str, str] = {}
        self._needles: set[str] = set()
        """Letters of which some stand in every text that names one of them, if be it with a slip."""
        for name, instead in (*names.items(), *(short or {}).items()):
            self._add(name, instead)
        for name, instead in (short or {}).items():
            self._add_short(name, instead)
        self._needles |= {one.lstrip("e") for one in self._first}
        self._longest = max(map(len, (*self._keys, *self._first)), default=0)
        for name, instead in (*names.items(), *(short or {}).items()):
            if name.strip() and not any(self._spelt(name)):
                self._exact.setdefault(name.strip(), instead)
        pattern = "|".join(map(re.escape, sorted(self._exact, key=len, reverse=True)))
        self._pattern = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if self._exact else None

    def __bool__(self) -> bool:
        return bool(self._keys or self._exact)

    def _add(self, name: str, instead: str) -> None:
        words = core(name).split()
        key = _key("".join(words))
        if not key or words[0] in _FORMS:
            return
        self._keys.setdefault(key, instead)
        self._needles.add(_key(max(words, key=len)).lstrip("e"))  # an e may be dropped after the word before
        if len(key) >= LONG:
            third = len(key) // 3
            self._needles |= {key[:third], key[third:-third].lstrip("e"), key[-third:].lstrip("e")}
            for ends in (key[:2], f"-{key[-2:]}"):
                self._near.setdefault(ends, set()).add(key)

    def _add_short(self, name: str, instead: str) -> None:
        words = [word for word in words_of(name) if word.folded not in _FORMS]
        if len(words) < 2 or words[0].folded in _COMMON:
            return
        written = name[words[0].start : words[0].end]
        if len(written) >= _SHORT_FROM or written.isupper():
            self._first.setdefault(_key(words[0].folded), instead)

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """From, to, and the words that are to stand there, in order; no two overlap."""
        found = list(self._spelt(text))
        if self._pattern is not None:
            found += [
                (one.start(), one.end(), self._exact[one[0]])
                for one in self._pattern.finditer(text)
                if not any(one.start() < end and start < one.end() for start, end, _ in found)
            ]
        return sorted(found)

    def _spelt(self, text: str) -> Iterator[tuple[int, int, str]]:
        letters = _key(_APART.sub("", plain_letters(text, spell_out=False)))
        if not any(needle in letters for needle in self._needles):
            return  # most texts: a twentieth of what it takes to go through their words
        words = words_of(text)
        at = 0
        while at < len(words):
            used, instead = self._at(text, words, at)
            if not used:
                at += 1
                continue
            end = words[at + used - 1].end
            tail = _TAIL.match(text, end)
            end = tail.end() if tail else end
            yield words[at].start, end, instead
            at += used
            while at < len(words) and words[at].start < end:
                at += 1

    def _at(self, text: str, words: Sequence[Word], at: int) -> tuple[int, str]:
        """How many words from here on are a name, the longest one, and what is to stand there; 0 for none."""
        if words[at].folded in _FORMS:
            return 0, ""
        found, joined = (0, ""), ""
        capital = text[words[at].start].isupper()
        for used, word in enumerate(words[at:], 1):
            if used > 1 and not _JOINS.fullmatch(text, words[at + used - 2].end, word.start):
                break
            if word.folded in _FORMS:
                continue
            joined += word.folded
            key = _key(joined)
            if len(key) > self._longest + 2:
                break
            instead = self._meant(key)
            if not instead and used == 1 and capital:
                instead = self._first.get(key) or self._first.get(key.removesuffix("s"), "")
            # two letters in small ones are another word: "hm" is not H & M
            if instead and (capital or len(key) > _SHORTEST or not key.isalpha()):
                found = used, instead
        return found

    def _meant(self, key: str) -> str:
        """What stands for the company that these letters mean; "" for none."""
        if instead := self._keys.get(key) or self._keys.get(key.removesuffix("s")):
            return instead
        if len(key) < LONG:
            return ""
        near = self._near.get(key[:2], set()) | self._near.get(f"-{key[-2:]}", set())
        return next((self._keys[one] for one in sorted(near) if may_be_same(one, key)), "")


def _key(joined: str) -> str:
    """The letters of a name as they are compared: wherever its words are parted, they fold alike."""
    return _DROPPED_E.sub(r"\1", joined)
