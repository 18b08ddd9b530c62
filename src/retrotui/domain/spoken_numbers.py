"""Numbers as people type them: `480/520 T€`, `1.234,56`, `€48,000`, `12 Tage`.

Owns the reading of one number with its unit, and the writing of one that reads back the same. Must not know
what the number is of, nor make floats: decimal strings come out. How numbers look to readers is
`locale.formats`; what a column of an export means is `deal_numbers`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrotui.domain.minutes import Unit


SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
CODES = ("EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD")

WHOLE_DIGITS = 15
DECIMALS = 6

_CURRENCY = r"(?:[€$£¥]|\b(?:" + "|".join(CODES) + r")\b)"
_NUMBER = (
    r"[+−-]?(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?![\d.,]*\d)|\d(?:[\d.,'’]*\d)?)"
    r"(?:[.,](?:--?|–))?"
)
_SCALES = {"t": 3, "k": 3, "tsd": 3, "m": 6, "mn": 6, "mio": 6, "bn": 9, "mrd": 9}
_MONEY_UNIT = r"(?:Mio\.?|Mrd\.?|Tsd\.?|mn|bn|[TkM])?[ \u00a0]?(?:[€$£¥]|(?:" + "|".join(CODES) + r")\b)"
_UNIT = (
    rf"(?:{_MONEY_UNIT}|(?:Mio\b\.?|Mrd\b\.?|Tsd\b\.?|mn\b|bn\b|k\b|m\b)"
    r"|%|(?:Prozent|percent|Tagen?|Tag|days?|d|Stück|Stk|pcs)\b\.?)"
)
QUANTITY = rf"(?:{_CURRENCY}[ \u00a0]?)?{_NUMBER}(?:[ \u00a0]?{_UNIT})?(?![\w€$£¥%])"
"""A pattern for one number with its unit; to be compiled without regard to case."""

_PARTS = rf"(?i)(?P<before>{_CURRENCY})?[ \u00a0]?(?P<number>{_NUMBER})[ \u00a0]?(?P<after>{_UNIT})?"
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+") for mark in ".,"}
_DAY_WORDS = ("tag", "day", "d")
_PIECES = ("stück", "stk", "pcs")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that somebody typed. `currency` is a code, or "" where none was said."""

    value: str
    """A decimal string; `scale` is already in it."""
    unit: Unit = ""
    currency: str = ""
    scale: int = 0
    """Powers of ten that its unit stood for: 3 for T€."""
    grouped: bool = False
    """Typed with marks between its thousands."""

    def scaled(self, scale: int) -> Quantity:
        """The same digits under another number's unit, as the 480 in `480/520 T€`."""
        value = plain(Decimal(self.value).scaleb(scale - self.scale))
        return replace(self, value=value, scale=scale)


def plain(value: Decimal) -> str:
    """A decimal string without exponent and without zeros that say nothing."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def fits(value: str) -> bool:
    """Whether a decimal string has no more digits than the files hold."""
    whole, _, decimals = value.lstrip("-").partition(".")
    return len(whole) <= WHOLE_DIGITS and len(decimals) <= DECIMALS


def cents(value: str) -> str:
    """A sum of money with two decimals at least, as the files have it."""
    whole, _, decimals = value.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"


def read_number(text: str, language: str, *, money: bool = False) -> str | None:
    """The decimal string that a typed number means, None where it is no number.

    A single mark before three digits is read by `language`: "1.234" is German for 1234, English for 1.234;
    with `money` it parts thousands in either, since nobody writes three digits of cents. Units, and more
    digits than files hold (15 before the mark, 6 after it), are not read.
    """
    body = text.strip().replace("−", "-")
    sign = "-" if body.startswith("-") else ""
    body = body.removeprefix("-") if sign else body.removeprefix("+")
    body = re.sub(r"[.,](?:--?|–)$", "", body)
    body = re.sub(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))", "", body)
    if not re.fullmatch(r"\d[\d.,]*", body, re.ASCII):
        return None
    read = _without_groups(body, "any" if money else language)
    if read is None:
        return None
    whole, _, decimals = read.partition(".")
    whole = whole.lstrip("0") or "0"
    return plain(Decimal(f"{sign}{whole}.{decimals or '0'}")) if fits(f"{whole}.{decimals}") else None


def _without_groups(body: str, language: str) -> str | None:
    """Digits with at most one point, which is the decimal mark; None where the marks make no sense."""
    dots, commas = body.count("."), body.count(",")
    if not dots and not commas:
        return body
    if dots and commas:
        decimal_mark = "." if body.rindex(".") > body.rindex(",") else ","
        group_mark = "," if decimal_mark == "." else "."
        whole, decimals = body.rsplit(decimal_mark, 1)
        if decimal_mark in whole or not decimals or not _GROUPED[group_mark].fullmatch(whole):
            return None
        return f"{whole.replace(group_mark, '')}.{decimals}"
    mark = "." if dots else ","
    if _GROUPED[mark].fullmatch(body) and (dots + commas > 1 or _groups(mark, language, body)):
        return body.replace(mark, "")
    whole, _, decimals = body.partition(mark)
    if dots + commas > 1 or not decimals:
        return None
    return f"{whole}.{decimals}"


def _groups(mark: str, language: str, body: str) -> bool:
    """Whether a single mark before three digits parts thousands."""
    return language in ("any", "de" if mark == "." else "en") and not body.startswith("0")


def read_quantity(text: str, language: str, *, money: bool = False) -> Quantity | None:
    """A number with its unit or currency, None where the text is anything else or more.

    `money`: a number without a unit is money too.
    """
    found = re.fullmatch(_PARTS, text.strip())
    if found is None:
        return None
    unit, currency, scale = _meaning(found["after"] or "")
    before = found["before"]
    if before:
        if unit not in ("", "currency") or currency:
            return None
        unit, currency = "currency", SYMBOLS.get(before, before.upper())
    whole_money = scale == 0 and (unit == "currency" or (money and not unit))
    value = read_number(found["number"], language, money=whole_money)
    if value is None:
        return None
    value = plain(Decimal(value).scaleb(scale))
    if not fits(value):
        return None
    grouped = bool(re.search(r"\d[.,'’ \u00a0\u202f]\d{3}(?!\d)", found["number"])) and scale == 0
    return Quantity(value, unit, currency, scale, grouped)


def _meaning(unit: str) -> tuple[Unit, str, int]:
    """Unit, currency code and powers of ten of what stands after a number."""
    word = re.sub(r"[\s\u00a0.]", "", unit).casefold()
    if not word:
        return "", "", 0
    if word in ("%", "prozent", "percent"):
        return "percent", "", 0
    if word.startswith(_PIECES):
        return "count", "", 0
    if word in _SCALES:
        return "", "", _SCALES[word]
    if word.startswith(_DAY_WORDS):
        return "days", "", 0
    for sign, code in [*SYMBOLS.items(), *((code.casefold(), code) for code in CODES)]:
        if word.endswith(sign):
            return "currency", code, _SCALES.get(word.removesuffix(sign), 0)
    return "", "", 0


def write_number(value: str, language: str, *, money: bool = False) -> str:
    """A decimal string as it can be typed, so that `read_number` gives it back: without groups."""
    whole, _, decimals = plain(Decimal(value)).partition(".")
    if money and len(decimals) == 3:
        decimals += "0"  # three digits would be read as thousands
    mark = "," if language == "de" else "."
    return f"{whole}{mark}{decimals}" if decimals else whole


def write_quantities(values: tuple[str, ...], unit: Unit, currency: str, language: str) -> str:
    """Numbers of one unit as they can be typed: `480/520 T€`."""
    thousands = unit == "currency" and all(Decimal(value) % 1000 == 0 for value in values)
    scale = 3 if thousands and any(Decimal(value) for value in values) else 0
    money = unit == "currency" and not scale
    scaled = (plain(Decimal(value).scaleb(-scale)) for value in values)
    numbers = "/".join(write_number(value, language, money=money) for value in scaled)
    return f"{numbers}{_written_unit(unit, currency, scale, language)}"


def _written_unit(unit: Unit, currency: str, scale: int, language: str) -> str:
    if unit == "currency":
        sign = next((sign for sign, code in SYMBOLS.items() if code == currency), currency or "€")
        thousand = "T" if language == "de" else "k"
        return f" {thousand if scale else ''}{sign}"
    german = language == "de"
    words = {"percent": " %", "days": " Tage" if german else " days", "count": " Stk" if german else " pcs"}
    return words.get(unit, "")
