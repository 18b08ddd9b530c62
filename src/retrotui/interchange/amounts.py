"""Amounts as people and programs write them: which mark is the decimal, and what the number is.

Owns the shapes of numbers (`1.234,56`, `1,234.56`, `18.500`, `310.000,--`, `12 500`, `480 T€`, signs, currencies) and
the decision for a column from all of its values. Must not know what the amounts are of; never makes a float.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Literal, NamedTuple

from retrotui.domain.text import fold
from retrotui.interchange.knowledge import table

Mark = Literal[",", "."]

LONGEST = 60
"""Characters of a cell that may still be an amount."""

_SPACES = str.maketrans(dict.fromkeys("\xa0\u2007\u2009\u200a\u202f\t", " ") | {"−": "-", "’": "'", "‘": "'"})
_CURRENCY = r"[^\W\d_]{1,4}\.?\s?\$?|[^\w\s.,()'+-]{1,3}"
_UNIT = (  # one word, or a number of thousands and a currency in either order: "Mio. €", "T€", "US$ m"
    r"[^\W\d_]{1,12}\.?\s?(?:[^\W\d_]{1,5}|[^\w\s.,()'+-]{1,3})?"
    r"|[^\w\s.,()'+-]{1,3}\s?(?:[^\W\d_]{1,5}\.?)?"
)
_AMOUNT = re.compile(
    rf"(?P<sign>[-+])?\s*(?P<before>[^\W\d_][€$£]|{_CURRENCY})?\s*(?P<sign2>[-+])?\s*"
    r"(?P<number>[0-9](?:[0-9.,' ]*[0-9])?|[.,][0-9]+)(?P<open>[.,](?:-{1,2}|–|—)?)?\s*(?P<minus>-)?\s*"
    rf"(?P<after>{_UNIT})?"
)
_IN_BRACKETS = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_FOUR_PLACES = Decimal("0.0001")
_ALONE = {"m": 6}
"""Behind an amount without a currency: "1.2M". What "480 t" counts may be tonnes."""


class Shape(NamedTuple):
    """A number as it is written, before the decimal mark of its column is known.

    `whole` and `part` are digits. `decimal` is the mark that must be the decimal one in this column if this value is
    right ("" where the value does not tell). `doubtful` is the mark that stands once with three digits after it.
    `power` is 3 for an amount in thousands (`480 T€`), 6 in millions, 0 for one that says neither.
    """

    negative: bool
    whole: str
    part: str
    decimal: str
    doubtful: str
    currency: str
    power: int = 0


class Unit(NamedTuple):
    """What an amount is counted in: `power` zeros are left out (3: thousands, 6: millions); the currency or ""."""

    power: int
    currency: str


@cache
def _scales(kind: str) -> Mapping[str, int]:
    return {
        fold(word): int(power) for power, words in table("currencies.toml")[kind].items() for word in words
    }


def unit_of(text: str, *, column: bool = False) -> Unit | None:
    """What "T€", "TEUR", "Mio. €", "US$ m", "k" or "EUR" counts in; None for anything else.

    `column` is for a header, where letters alone ("m", "T") may be metres or tonnes: they count beside a currency.
    """
    if code := currency_code(text):
        return Unit(0, code)
    said = fold(text.translate(_SPACES)).strip(" '/")
    words, letters = _scales("scales"), _scales("scales_beside_a_currency")
    if power := words.get(said) or words.get(said.rstrip(".")) or (0 if column else _ALONE.get(said, 0)):
        return Unit(power, "")
    for at in range(
        1, len(said)
    ):  # the one before the other, with or without a space or a point between them
        for scale, money in ((said[:at], said[at:]), (said[at:], said[:at])):
            scale = scale.strip(" .")
            power = words.get(scale) or letters.get(scale) or 0
            if power and (code := currency_code(money)):
                return Unit(power, code)
    return None


@cache
def _currency_words() -> Mapping[str, str]:
    known = table("currencies.toml")
    words = {fold(code): code for code in known["codes"]}
    for writing, code in {**known["signs"], **known["names"]}.items():
        words[fold(writing)] = code
    return words


def currency_code(text: str) -> str:
    """The ISO code for what a cell or a header says ("€", "Euro", "EUR - Euro"); "" where it says none."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        return ""
    words = _currency_words()
    if code := words.get(fold(text)) or words.get(fold(text.rstrip("."))):
        return code
    parts = [part.strip() for part in re.split(r"[()\[\]/:;,]|\s[–—-]\s", fold(text))]
    found = {words.get(part, "") for part in parts if part}
    return found.pop() if len(found) == 1 else ""


def shape_of(text: str) -> Shape | None:
    """How a cell writes a number; None where it is no number."""
    if len(text) > LONGEST:
        return None
    text = text.translate(_SPACES).strip()
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]  # how a spreadsheet is told to leave a cell alone
    text = text.removeprefix("'")  # and how a person tells it
    bracketed = _IN_BRACKETS.fullmatch(text)
    owed = False
    if bracketed:
        owed = any(
            char.isdigit() for char in bracketed[2]
        )  # bookkeepers' minus, "$ (500)"; but not "500 (EUR)"
        text = " ".join("".join(bracketed.groups()).split())
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    unit = _unit_around(found["before"], found["after"])
    if unit is None:
        return None  # "12 Stück", "ca. 500": not a plain amount of money
    signs = [found["sign"], found["sign2"], found["minus"], "(" if owed else ""]
    signs = [sign for sign in signs if sign]
    if len(signs) > 1:
        return None
    shape = _digits(found["number"], found["open"] or "", bool(signs) and signs[0] != "+", unit.currency)
    return shape._replace(power=unit.power) if shape and unit.power else shape


def _unit_around(before: str | None, after: str | None) -> Unit | None:
    """The unit that stands before or behind a number, or in parts on both sides ("$1.2M"); None for another thing."""
    power, currency = 0, ""
    for said in (before, after):
        if said:
            unit = unit_of(said)
            if unit is None and before and after and currency:
                unit = Unit(_scales("scales_beside_a_currency").get(fold(said).strip(" ."), 0), "")
            if unit is None or not any(unit) or (power and unit.power):
                return None
            if currency and unit.currency and currency != unit.currency:
                return None
            power, currency = power or unit.power, currency or unit.currency
    return Unit(power, currency)


def _digits(number: str, dangling: str, negative: bool, currency: str) -> Shape | None:
    """Splits the digits at their marks. `dangling` is a mark at the end, as in `310.000,--`."""
    spaced = " " in number or "'" in number
    if spaced:
        groups = re.split("[ ']", number)
        if (
            not groups[0].isdigit()
            or len(groups[0]) > 3
            or any(len(re.split("[.,]", g)[0]) != 3 for g in groups[1:])
        ):
            return None
        number = "".join(groups)
    dots, commas = number.count("."), number.count(",")
    if dangling:
        other = "," if dangling[0] == "." else "."
        if number.count(dangling[0]) or (other in number and not _grouped(number.split(other))):
            return None
        return Shape(negative, number.replace(other, ""), "", dangling[0], "", currency)
    if not dots and not commas:
        return Shape(negative, number, "", "", "", currency)
    if dots and commas:
        mark = "." if number.rindex(".") > number.rindex(",") else ","
        other = "," if mark == "." else "."
        whole, _, part = number.rpartition(mark)
        if mark in whole or not _grouped(whole.split(other)):
            return None
        return Shape(negative, whole.replace(other, ""), part, mark, "", currency)
    mark = "." if dots else ","
    parts = number.split(mark)
    if len(parts) > 2:
        return (
            Shape(negative, "".join(parts), "", "," if mark == "." else ".", "", currency)
            if _grouped(parts)
            else None
        )
    whole, part = parts
    if len(part) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0") and not spaced:
        return Shape(negative, whole, part, "", mark, currency)
    return Shape(negative, whole or "0", part, mark, "", currency)


def _grouped(parts: list[str]) -> bool:
    """Whether these are digits in groups: of three, or as in India of two before the last three."""
    if not 1 <= len(parts[0]) <= 3 or any(not part.isdigit() for part in parts):
        return False
    return len(parts) == 1 or (len(parts[-1]) == 3 and all(len(part) in (2, 3) for part in parts[1:-1]))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column says about its decimal mark.

    `mark` is None where it cannot tell. `doubtful` counts the values whose reading hangs upon the mark. `mixed`: some
    values need the comma and some the point; then the doubtful ones cannot be read.
    """

    mark: Mark | None
    mixed: bool
    doubtful: int


def decide(shapes: Iterable[Shape | None]) -> Decision:
    """Decides a column's decimal mark from all of its values."""
    commas = points = doubtful = 0
    for shape in shapes:
        if shape is None:
            continue
        commas += shape.decimal == ","
        points += shape.decimal == "."
        doubtful += bool(shape.doubtful)
    if commas and points:
        return Decision("," if commas > points else ".", True, doubtful)
    mark: Mark | None = "," if commas else "." if points else None
    return Decision(mark, False, doubtful)


def decimal_string(shape: Shape, mark: Mark | None, *, places: int = 2) -> str | None:
    """The number with a point, at least `places` and at most four places; None where it cannot be told or kept.

    `mark` is the decimal mark of the column; None where the column is mixed.
    """
    whole, part = shape.whole, shape.part
    if shape.doubtful:
        if mark is None:
            return None
        if mark != shape.doubtful:
            whole, part = whole + part, ""
    whole = whole.lstrip("0") or "0"
    if len(part) > 4:
        rounded = Decimal(f"{whole}.{part}").quantize(_FOUR_PLACES, ROUND_HALF_EVEN)
        whole, _, part = f"{rounded:f}".partition(".")
        part = part.rstrip("0")
    if shape.power:
        whole, part = _in_ones(whole, part, shape.power)
    if len(whole) > 15:
        return None
    part = part.ljust(places, "0")
    digits = f"{whole}.{part}" if part else whole
    return f"-{digits}" if shape.negative and digits.strip("0.") else digits


def _in_ones(whole: str, part: str, power: int) -> tuple[str, str]:
    """The digits before and behind the point, of a number that left out `power` zeros."""
    digits = whole + part.ljust(power, "0")
    place = len(whole) + power
    return digits[:place].lstrip("0") or "0", digits[place:].rstrip("0")


def in_ones(amount: str, power: int) -> str | None:
    """A decimal string of an amount that left out `power` zeros ("1.25", 6: "1250000.00"); None for a huge one."""
    whole, _, part = amount.removeprefix("-").partition(".")
    whole, part = _in_ones(whole, part, power)
    if len(whole) > 15:
        return None
    return f"{'-' if amount.startswith('-') else ''}{whole}.{part.ljust(2, '0')}"
