"""Hidden names, taken out of what was said: one rule for the index, every page and every export.

Owns whose names a meeting knows, and where they stand in a text: people by `domain.names`, in any spelling and by the
parts that are used; customers by `domain.companies`, in any spelling, with or without the legal form. Must not decide
what is hidden, nor choose the words that stand there instead. Loads no model: the index reads raw dictionaries.
Source: promises.md, "An export obeys what is hidden".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from retrotui.domain.companies import Companies
from retrotui.domain.names import SHORTEST, TITLES, Mention, Name, parts_of, words_of
from retrotui.domain.text import fold

Mask: TypeAlias = Callable[[str], str]
_Row: TypeAlias = Mapping[str, Any]

PEOPLE_IN: Final[dict[str, Any]] = {
    "facilitator": True,
    "participant": {"__all__": {"id", "name"}},
    "step": {"__all__": {"person"}},
    "deal": {"__all__": {"owner", "contributors"}},
    "note": {"__all__": {"ask"}},
    "action": {"__all__": {"owner", "owner_text"}},
    "experiment": {"__all__": {"owner", "owner_text"}},
    "field": {"__all__": {"type", "value"}},
}
"""Where minutes name people, as pydantic's `include` has it: what `people_in` reads."""

_WORDS_TOO: Final = frozenset(
    re.findall(
        r"\w+",
        "an art bill can chance chase dale dawn dean do drew ernst frank gene grace grant guy heide hope "
        "jack joy kai mark max may miles pat ray rich rob rose so sue will",
    )
)
"""First names that are another word where they stand in small letters."""


# -- who and what is named -------------------------------------------------------------------------------


def people_in(document: _Row) -> list[str]:
    """Everybody whom minutes name, by name or by an id that is made of one, each once; from any dictionary.

    Who was there, who owns or is asked something, the CRM's sellers. "sales" or "all of us" may own something too: of
    what somebody typed, only what begins like a name and is no function is one.
    """
    participants = _rows(document, "participant")
    ids = {_text(one, "id") for one in participants}
    found = [_text(one, "name") for one in participants]
    found += [_text(one, "id") for one in participants if _text(one, "name") and "-" in _text(one, "id")]
    found += [_text(one, "owner") for one in _rows(document, "deal")]
    found += [words for words in _said(document) if words not in ids and _is_like_a_name(words)]
    return [name for name in dict.fromkeys(found) if name]


def customers_in(document: _Row) -> list[str]:
    """What the customer of each deal is called, in order; the deal's title where it has no account, "" for neither."""
    return [_text(one, "account") or _text(one, "title") for one in _rows(document, "deal")]


def _said(document: _Row) -> Iterator[str]:
    yield _text(document, "facilitator")
    for kind in ("action", "experiment"):
        for one in _rows(document, kind):
            yield from (_text(one, "owner"), _text(one, "owner_text"))
    yield from (_text(one, "ask") for one in _rows(document, "note"))
    yield from (_text(one, "person") for one in _rows(document, "step"))
    yield from (_text(one, "value") for one in _rows(document, "field") if _text(one, "type") == "person")
    for one in _rows(document, "deal"):
        contributors = one.get("contributors")
        for each in contributors if isinstance(contributors, list | tuple) else ():
            # "Technik: Ola" or "Ola Novak"; a single word may be what they contributed
            if isinstance(each, str) and {":", " "} & set(each):
                yield each.rpartition(":")[2].strip()


def _is_like_a_name(words: str) -> bool:
    if "-" in words and words.islower() and " " not in words:
        return True  # an id of somebody who is not among the participants
    if not words[:1].isupper():
        return False
    from retrotui.domain import functions  # loads pydantic: only where somebody is named in words

    return functions.find(words) is None


def _rows(document: _Row, key: str) -> list[_Row]:
    rows = document.get(key)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []


def _text(row: _Row, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


# -- taking it out ---------------------------------------------------------------------------------------


def masking(people: Iterable[str], customers: Companies, somebody: str) -> Mask | None:
    """What takes these names out of a text; None where there are none.

    `somebody` stands where a person did, with a genitive s where there was one; `customers` say what stands where they
    did. A whole name goes before a customer, that before a part of a name: "Berg AG" is no part of Anna Berg.
    """
    everybody = _spelt(people)
    if not everybody.names and not customers:
        return None

    def mask(text: str) -> str:
        found = everybody.mentions(text)
        places = [_replaced(one, somebody) for one in found if one.kind == "whole"]
        places += customers.places(text)
        places += [
            _replaced(one, somebody)
            for one in found
            if one.kind != "whole" and _is_meant(one, text, everybody)
        ]
        return _put(text, places)

    return mask


def _spelt(people: Iterable[str]) -> Name:
    """Everybody in one: whole names, the parts with a hyphen as names of their own, and what stands between the first
    and the last word, where it is a name ("Maria", not "von")."""
    names: dict[str, None] = {}
    for name in people:
        names[name] = None
        names |= dict.fromkeys(part for part in name.split() if "-" in part.strip("-"))
        ends = parts_of(name)[:1] + parts_of(name)[-1:]
        for word in words_of(name):
            written = name[word.start : word.end]
            if (
                written[0].isupper()
                and len(written) >= SHORTEST
                and word.folded not in ends
                and word.folded not in TITLES
            ):
                names[written] = None
    return Name(tuple(name for name in names if name))


def _is_meant(one: Mention, text: str, everybody: Name) -> bool:
    """A part of a name with a capital is; in small letters a first name that is no other word."""
    if one.kind != "loose" or text[one.start].isupper():
        return True
    word = fold(text[one.start : one.end])
    part = word if word in everybody.first else word.removesuffix("s")
    return part in everybody.first and part not in _WORDS_TOO


def _replaced(one: Mention, somebody: str) -> tuple[int, int, str]:
    return one.start, one.end, f"{somebody}s" if one.genitive and somebody[-1:].isalpha() else somebody


def _put(text: str, places: Iterable[tuple[int, int, str]]) -> str:
    """The text with these words in these places; of two that overlap, the first in the list."""
    kept: list[tuple[int, int, str]] = []
    for start, end, words in places:
        if not any(start < other_end and other_start < end for other_start, other_end, _ in kept):
            kept.append((start, end, words))
    for start, end, words in sorted(kept, reverse=True):
        text = text[:start] + words + text[end:]
    return text
