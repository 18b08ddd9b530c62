"""The tags inside a line: `#preis`, `@ben`, `=fr`, `*2`, `/kunde`.

Owns where a tag may stand, what it means, and what is left of the text. Must not know which kind of entry is
made: it is told which tags that kind knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from retrotui.domain.capture_people import whom
from retrotui.domain.capture_reading import Context, Mark
from retrotui.domain.capture_words import SIGILS, source_of
from retrotui.domain.minutes import Source
from retrotui.domain.spoken_dates import read_date
from retrotui.domain.text import fold

_TOKEN = re.compile(r'@"[^"\s][^"]*"[,;.:!?)]*(?!\S)|\S+')
_ESCAPED = re.compile(rf"\\+[{re.escape(SIGILS)}]")
_TRAILING = re.compile(r"[,;.:!?)]+$")
_SHAPES = {"*": re.compile(r"\d"), "=": re.compile(r"[\w+]"), "^": re.compile(r"[\w+]")}
_SHAPE = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Use:
    """Which tags a kind of entry knows."""

    factor: bool = False
    factors: bool = False
    """More than one."""
    weight: bool = False
    source: bool = False
    person: bool = False
    keep_person: bool = False
    """The name stays in the text too."""
    stranger: bool = False
    """A name that nobody known has is taken as well."""
    due: bool = False

    def knows(self, sigil: str) -> bool:
        """Whether the tag with this sign at its front means something here."""
        return {
            "#": self.factor or self.factors,
            "*": self.weight,
            "/": self.source,
            "~": self.source,
            "@": self.person,
            "=": self.due,
            "^": self.due,
        }[sigil]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text and what its tags said."""

    text: str = ""
    factors: tuple[str, ...] = ()
    weight: int = 0
    """0 where none was said."""
    source: Source = ""
    person: str = ""
    stranger: str = ""
    due: date | None = None
    unread: tuple[Mark, ...] = ()
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tag:
    """One tag that was understood: the words it took, and what it adds."""

    words: int = 1
    tail: str = ""
    """Punctuation right after it, which belongs to the text."""
    stays: bool = False
    adds: dict[str, object] = field(default_factory=dict)


def read_tags(text: str, use: Use, context: Context) -> Tagged:
    """Take the tags out of a text; what cannot be read stays where it is and is marked. Spaces become single
    ones.
    """
    words = _TOKEN.findall(text)
    said = Tagged()
    kept: list[str] = []
    marked: list[int] = []
    taken: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        tag = _tag_at(words, place, use, said, context)
        if tag is None:
            if _is_unread(word, use):
                marked.append(len(kept))
            kept.append(word[1:] if _ESCAPED.match(word) else word)
            place += 1
            continue
        said = replace(said, **tag.adds)  # type: ignore[arg-type]
        typed = words[place : place + tag.words]
        if tag.stays:
            kept += typed
        else:
            taken.append(" ".join(typed).removesuffix(tag.tail) if tag.tail else " ".join(typed))
            if tag.tail and kept:
                kept[-1] += tag.tail
        place += tag.words
    return replace(said, text=" ".join(kept), unread=_spans(kept, marked), taken=tuple(taken))


def escape(text: str, use: Use, context: Context) -> str:
    """The text with a backslash before each word that would be read as a tag."""
    words = _TOKEN.findall(text)
    written = []
    for place, word in enumerate(words):
        tag = None if _ESCAPED.match(word) else _tag_at(words, place, use, Tagged(), context)
        written.append("\\" + word if _ESCAPED.match(word) or (tag and not tag.stays) else word)
    return " ".join(written)


def _spans(words: list[str], marked: list[int]) -> tuple[Mark, ...]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return tuple(Mark(starts[number], starts[number] + len(words[number])) for number in marked)


def _is_unread(word: str, use: Use) -> bool:
    """Whether a word has the shape of a tag that this kind knows."""
    sigil, body = word[0], word[1:]
    if sigil not in SIGILS or not use.knows(sigil):
        return False
    return _SHAPES.get(sigil, _SHAPE).match(body) is not None


def _tag_at(words: list[str], place: int, use: Use, said: Tagged, context: Context) -> _Tag | None:
    """The tag that begins with this word, None where it is none or says what was said before."""
    word = words[place]
    sigil = word[0]
    if sigil not in SIGILS or len(word) == 1 or not use.knows(sigil):
        return None
    if sigil == "@":
        return None if said.person or said.stranger else _person_at(words, place, use, context)
    body = word[1:]
    bare = _TRAILING.sub("", body)
    for each in dict.fromkeys((body, bare)):
        adds = _said_by(sigil, each, use, said, context)
        if adds is not None:
            return _Tag(tail=body[len(each) :], adds=adds)
    return None


def _said_by(sigil: str, body: str, use: Use, said: Tagged, context: Context) -> dict[str, object] | None:
    if sigil == "#":
        if said.factors and not use.factors:
            return None
        factor = context.factors.find(body)
        if factor is None or factor.id in said.factors:
            return None
        return {"factors": (*said.factors, factor.id)}
    if sigil == "*":
        return None if said.weight or body not in ("1", "2", "3") else {"weight": int(body)}
    if sigil in "/~":
        source = None if said.source else source_of(body)
        return {"source": source} if source else None
    due = None if said.due else read_date(body, context.today, next_date=context.next_date)
    return {"due": due} if due else None


def _person_at(words: list[str], place: int, use: Use, context: Context) -> _Tag | None:
    """Somebody known, by as many words as their name takes; else, where the kind allows, whoever is named."""
    for count in range(min(4, len(words) - place), 0, -1):
        typed = " ".join(words[place : place + count])[1:]
        name = _TRAILING.sub("", typed)
        tail = typed[len(name) :]
        quoted = len(name) > 2 and name[0] == name[-1] == '"'
        name = name[1:-1] if quoted else name
        found = whom(name, context.people)
        if count > 1 and not any(fold(person.name) == fold(name) for person in found):
            continue
        if len(found) == 1 and not (quoted and fold(found[0].name) != fold(name)):
            return _Tag(count, tail, use.keep_person, {"person": found[0].id})
        named = any(map(str.isalnum, name)) if quoted else name[:1].isalnum() and '"' not in name
        if use.stranger and named and (quoted or not found):
            return _Tag(count, tail, False, {"stranger": name})
    return None
