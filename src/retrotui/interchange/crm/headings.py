"""What a header says by itself: its key for comparing, the fields it may mean, the unit it counts in.

Owns reading one header by `headers.toml`. Must not know the other headers of a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from retrotui.domain.text import fold
from retrotui.interchange.amounts import Unit, unit_of
from retrotui.interchange.knowledge import table

_LONGEST = 200

_NOT_IN_KEYS = re.compile(r"[\W_]+")
_AT_END = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]\s*\*?:?\s*$")
_CUSTOM = re.compile(r"__[cs]$|[/*:_]-?in(?:nen)?$", re.IGNORECASE)
"""What Salesforce and Zoho put behind fields of a team's own; how German names people of any sex."""
_NUMBERED = re.compile(r"\s+[0-9]{1,2}\s*$")
_IN = re.compile(r"[\s/,;:–-]+(?:in\s*)?$", re.IGNORECASE)
_LEADING_IN = re.compile(r"^\s*in\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")


def key(text: str) -> str:
    """A header or a stage for comparing: folded, letters and digits only."""
    return _NOT_IN_KEYS.sub("", fold(text[:_LONGEST]))


class _Alias(NamedTuple):
    field: str
    weak: bool


@cache
def _aliases() -> Mapping[str, tuple[_Alias, ...]]:
    found: dict[str, list[_Alias]] = {}
    for field, systems in table("crm/headers.toml").items():
        if not isinstance(systems, dict) or field == "not_deals":
            continue
        for system, headers in systems.items():
            if system == "together":
                continue
            for header in headers:
                known = found.setdefault(key(header), [])
                if field not in [alias.field for alias in known]:
                    known.append(_Alias(field, system == "weak"))
    return {header: tuple(fields) for header, fields in found.items()}


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(
        sorted((key(prefix) for prefix in table("crm/headers.toml")["prefixes"]), key=len, reverse=True)
    )


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(key(suffix) for suffix in table("crm/headers.toml")["suffixes"])


@cache
def _containing() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((field, tuple(map(key, parts))) for field, *parts in table("crm/headers.toml")["containing"])


@cache
def _weighted() -> tuple[str, ...]:
    return tuple(map(key, table("crm/headers.toml")["weighted"]))


@lru_cache(maxsize=4096)
def readings_of(header: str) -> tuple[tuple[str, int], ...]:
    """The keys under which a header may be known, the closest first, each with its distance from what is written."""
    header = _CUSTOM.sub("", header.strip())
    writings = [header, _AT_END.sub("", header)]
    if (found := _unit_at_end(header)) is not None:
        writings.append(found[0])
    if numbered := _NUMBERED.search(header):
        writings.append(header[: numbered.start()])
    keys: dict[str, int] = {}
    farther = len(_suffixes()) + 2
    for distance, writing in enumerate(writings):
        name = key(writing)
        keys.setdefault(name, farther * distance)
        for prefix in _prefixes():
            if name.startswith(prefix) and len(name) > len(prefix):
                keys.setdefault(name[len(prefix) :], farther * distance + 1)
        for place, suffix in enumerate(_suffixes(), 2):
            if name.endswith(suffix) and len(name) > len(suffix):
                keys.setdefault(name[: -len(suffix)], farther * distance + place)
    keys.pop("", None)
    return tuple(keys.items())


def _unit_at_end(header: str) -> tuple[str, Unit] | None:
    """A header without the unit at its end, and that unit ("Umsatz in TEUR", "Volumen Mio. €"); None without one."""
    words = header.split()
    for count in (3, 2, 1):
        if len(words) > count and (unit := unit_of(" ".join(words[-count:]), column=True)):
            return _IN.sub("", " ".join(words[:-count]) + " "), unit
    head, slash, tail = header.rpartition("/")
    if slash and head and (unit := unit_of(tail, column=True)):
        return head, unit
    return None


def unit_in(header: str) -> Unit:
    """What a header says that its amounts are counted in ("Betrag (EUR)", "Amount in USD", "Umsatz T€")."""
    for part in _BRACKETS.findall(header):
        if unit := unit_of(_LEADING_IN.sub("", part), column=True):
            return unit
    found = _unit_at_end(header)
    return found[1] if found else Unit(0, "")


@lru_cache(maxsize=4096)
def fields_of(header: str) -> tuple[tuple[str, bool, int], ...]:
    """The fields that a header may mean by its closest reading: field, weak, distance."""
    whole = key(header) if len(header) <= _LONGEST else ""
    if not whole or any(word in whole for word in _weighted()):
        return ()  # "Betrag (gewichtet)" is no amount, whatever stands before the bracket
    for name, distance in readings_of(header):
        if aliases := _aliases().get(name):
            return tuple((alias.field, alias.weak, distance) for alias in aliases)
    return tuple((field, True, 0) for field, parts in _containing() if all(part in whole for part in parts))
