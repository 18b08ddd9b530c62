"""When two wordings are one lesson, and how much of one it takes to propose the other.

Owns that comparison. Must not load pydantic: the index reads raw dictionaries.
"""

from __future__ import annotations

import re

from retrotui.domain.text import fold

LIKE_FROM = 0.6
"""The part of their words that two lessons must share for one to be proposed as the other."""

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "der die das den dem des ein eine einen einem einer eines und oder im am zum zur in an auf zu mit von fur "
        "ist sind  wir uns man a the and or of to on at for with we us is are be ",
    )
)
"""Words, folded, that make no difference to what a lesson says."""


def lesson_key(text: str) -> str:
    """What two wordings of one lesson have in common: their words, folded, in any order, without the small ones."""
    words = {word for word in _WORD.findall(fold(text)) if word not in _SMALL}
    return " ".join(sorted(words))


def likeness(key: str, other: str) -> float:
    """The part of their words, 0 to 1, that two lessons share (by their keys)."""
    one, two = set(key.split()), set(other.split())
    return len(one & two) / len(one | two) if one and two else 0.0
