"""A short cut for long columns of amounts that are written alike: read at once, not one by one.

Owns nothing but speed: it reads no amount otherwise than `amounts` does (a test holds the two together), and leaves to
it all that is written differently.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from retrotui.interchange.amounts import Mark, currency_code


@dataclass(frozen=True, slots=True)
class Bulk:
    """What could be read at once, and the rest.

    `amounts` are decimal strings by value, right if the column's decimal mark is `mark`. `certain`: these values show
    themselves that it is. `doubtful`: they do not, and would be other amounts with another mark. `currency` stands
    before or behind every one of them.
    """

    amounts: Mapping[str, str]
    mark: Mark
    certain: bool
    doubtful: bool
    currency: str
    rest: Collection[str]


def _lines(decimal: str, group: str) -> re.Pattern[str]:
    whole = rf"-?[1-9](?>[0-9]{{0,2}}(?:{group}[0-9]{{3}}){{1,4}}|[0-9]{{0,14}})|0"
    return re.compile(rf"^(?>{whole})(?:{decimal}[0-9][0-9]?)?$", re.MULTILINE)


_WRITINGS: tuple[tuple[Mark, str, re.Pattern[str]], ...] = (
    (".", ",", _lines(r"\.", ",")),
    (",", ".", _lines(",", r"\.")),
)
_AFFIXES = re.compile(r"([^0-9.,+()-]*)[-0-9.,]*([^0-9.,+()-]*)")


def read_bulk(values: Collection[str]) -> Bulk:
    """Reads what is written like most of the values: digits, perhaps groups of three, one or two decimals."""
    before, behind = _common_affixes(values)
    writings = [v for v in values if v.startswith(before) and v.endswith(behind) and "\n" not in v]
    start, end = len(before), -len(behind) or None
    column = "\n".join([v[start:end] for v in writings])
    mark, group, found = max(
        ((mark, group, set(pattern.findall(column))) for mark, group, pattern in _WRITINGS),
        key=lambda each: len(each[2]),
    )
    numbers = column.replace(group, "").replace(mark, ".").split("\n")
    amounts = (
        {
            value: number if number[-3:-2] == "." else _padded(number)
            for value, bare, number in zip(writings, column.split("\n"), numbers, strict=True)
            if bare in found
        }
        if found
        else {}
    )
    grouped = [number for number in found if group in number]
    certain = any(mark in number for number in found) or any(number.count(group) > 1 for number in grouped)
    rest = [value for value in values if value not in amounts]
    return Bulk(amounts, mark, certain, bool(grouped) and not certain, currency_code(before or behind), rest)


def _common_affixes(values: Collection[str]) -> tuple[str, str]:
    """A currency with its space that stands before or behind the first value: "" and "" where none does."""
    parts = _AFFIXES.fullmatch(next(iter(values), ""))
    if parts is None or bool(parts[1]) == bool(parts[2]) or not currency_code(parts[1] or parts[2]):
        return "", ""
    return parts[1], parts[2]


def _padded(number: str) -> str:
    return f"{number}0" if "." in number else f"{number}.00"
