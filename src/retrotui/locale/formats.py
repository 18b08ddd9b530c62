"""Dates, times, numbers and money as readers of a language write them.

Owns the patterns and the names of days and months; a test holds them against babel, which is too slow to
load here. Must not make floats of money, and must not fail on a number that a file has wrong: it is shown
as it stands.

Every function takes the language as its last argument; without it, the one of the interface is meant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from retrotui.domain.spoken_numbers import SYMBOLS
from retrotui.locale.spoken import language

Number = str | int | Decimal
"""A decimal string as files have it, or an exact number."""

MINUS = "−"

_MONTHS = {
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni"),
        *("Juli", "August", "September", "Oktober", "November", "Dezember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
_DAYS = {
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_DAY_LETTERS = {"de": 2, "en": 3}
_MARKS = {"de": (".", ","), "en": (",", ".")}
_NO_CENTS = ("JPY", "HUF")
_SIGNS = {code: sign for sign, code in SYMBOLS.items()}
_PLAIN = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?", re.ASCII)

HALF_A_YEAR = 183
"""Days: farther away, a day is written with its year."""


def _of(lang: str | None) -> str:
    return "de" if (lang or language()) == "de" else "en"


def date(day: dt.date, lang: str | None = None) -> str:
    """23.11.2026, 23 Nov 2026."""
    if _of(lang) == "de":
        return f"{day.day:02}.{day.month:02}.{day.year}"
    return f"{day.day} {_MONTHS['en'][day.month - 1][:3]} {day.year}"


def date_short(day: dt.date, lang: str | None = None) -> str:
    """Mo 23. Nov, Mon 23 Nov."""
    return f"{weekday(day, lang)} {_day_and_month(day, _of(lang))}"


def weekday(day: dt.date, lang: str | None = None) -> str:
    """Mo, Mon."""
    lang = _of(lang)
    return _DAYS[lang][day.weekday()][: _DAY_LETTERS[lang]]


def day_month(day: dt.date, lang: str | None = None) -> str:
    """15.12., 15 Dec."""
    if _of(lang) == "de":
        return f"{day.day}.{day.month}."
    return _day_and_month(day, "en")


def near_day(day: dt.date, today: dt.date, lang: str | None = None) -> str:
    """15.12., 15 Dec; with its year where that would not be thought of: more than half a year away."""
    return day_month(day, lang) if abs((day - today).days) <= HALF_A_YEAR else date(day, lang)


def _day_and_month(day: dt.date, lang: str) -> str:
    dot = "." if lang == "de" else ""
    return f"{day.day}{dot} {_MONTHS[lang][day.month - 1][:3]}"


def month(day: dt.date, lang: str | None = None) -> str:
    """The month of this day: Oktober 2026, October 2026."""
    return f"{_MONTHS[_of(lang)][day.month - 1]} {day.year}"


def period(first: dt.date, last: dt.date, lang: str | None = None) -> str:
    """A span of days, both included, by its name where it is a whole month, quarter or year."""
    after = last + dt.timedelta(days=1) if last < dt.date.max else last
    if first.day == 1 and after.day == 1 and first.year == last.year:
        months = last.month - first.month + 1
        if months == 1:
            return month(first, lang)
        if months == 3 and first.month % 3 == 1:
            return f"Q{first.month // 3 + 1} {first.year}"
        if months == 12:
            return str(first.year)
    return f"{date(first, lang)} – {date(last, lang)}"


def time(instant: dt.datetime | dt.time) -> str:
    """09:42, in the instant's own offset; the same in both languages."""
    return f"{instant.hour:02}:{instant.minute:02}"


def length(seconds: int, lang: str | None = None) -> str:
    """How long a box is, exactly: 30 s, 5 min, 2,5 min; under a minute, and between tenths of one, in seconds too."""
    minutes = Decimal(seconds) / 60
    if seconds and abs(seconds) < 60:
        return f"{seconds} s"
    if seconds % 6:
        return f"{number(seconds // 60, lang)} min {seconds % 60} s"
    return f"{number(minutes, lang)} min"


def hours_minutes(seconds: int) -> str:
    """A length in words of both languages: 45 min, 1 h 30 min; rounded to whole minutes."""
    minutes = (abs(seconds) + 30) // 60
    sign = MINUS if seconds < 0 and minutes else ""
    if minutes < 60:
        return f"{sign}{minutes} min"
    return f"{sign}{minutes // 60} h" + (f" {minutes % 60} min" if minutes % 60 else "")


def whole_minutes(seconds: Iterable[int]) -> list[int]:
    """Lengths in whole minutes that add up to the rounded sum: three steps of 20 seconds are 0, 1 and 0 minutes."""
    found: list[int] = []
    so_far = shown = 0
    for each in seconds:
        so_far += each
        found.append((so_far + 30) // 60 - shown)
        shown += found[-1]
    return found


def number(value: Number, lang: str | None = None, *, decimals: int | None = None) -> str:
    """1.234,5, 1,234.5. With `decimals`, rounded to so many (half to even), else as many as there are."""
    exact = _decimal(value)
    if exact is None:
        return str(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    whole, _, rest = format(abs(exact), "f").partition(".")
    group, mark = _MARKS[_of(lang)]
    if decimals is None:
        rest = rest.rstrip("0")
    body = f"{int(whole):,}".replace(",", group) + (mark + rest if rest else "")
    return f"-{body}" if exact < 0 else body


def _decimal(value: Number) -> Decimal | None:
    """The exact value; None where a file has something else than a number."""
    if isinstance(value, str):
        return Decimal(value) if _PLAIN.fullmatch(value) else None
    exact = Decimal(value)
    return exact if exact.is_finite() and abs(exact.adjusted()) < 60 else None


def money(amount: Number, currency: str = "EUR", lang: str | None = None) -> str:
    """48.000 €, €48,000; cents only where there are any. A currency without a sign goes by its code."""
    exact = _decimal(amount)
    if exact is None:
        return f"{amount} {currency}".strip()
    smallest = Decimal("1") if currency in _NO_CENTS else Decimal("0.01")
    exact = exact.quantize(smallest, rounding=ROUND_HALF_EVEN)
    decimals = 0 if exact == exact.to_integral_value() else 2
    digits = number(abs(exact), lang, decimals=decimals)
    minus = "-" if exact < 0 else ""
    sign = _SIGNS.get(currency, currency)
    if not sign:
        return f"{minus}{digits}"
    if _of(lang) == "de":
        return f"{minus}{digits} {sign}"
    return f"{minus}{sign}{digits}" if currency in _SIGNS else f"{minus}{sign} {digits}"


def percent(value: Number, lang: str | None = None, *, decimals: int = 0) -> str:
    """55 %, 55%. `value` is in per cent (55), not a fraction."""
    space = " " if _of(lang) == "de" else ""
    return f"{number(value, lang, decimals=decimals)}{space}%"
