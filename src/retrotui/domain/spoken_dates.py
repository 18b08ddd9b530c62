"""Dates as people type them: `fr`, `15.12.`, `2026-12-15`, `+2w`, `tomorrow`.

Owns the reading of one date and the writing of one that reads back the same. Must not ask what day it is, and must not
know what is due.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from retrotui.domain.text import fold

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2})?)?", re.ASCII)
_NAMED_MONTH = re.compile(r"(\d{1,2})[.-]? ?([^\W\d]{3,})\.?(?: (\d{4}))?", re.ASCII)
_MONTH_FIRST = re.compile(r"([^\W\d]{3,})[.-]? ?(\d{1,2})(?:,? (\d{4}))?", re.ASCII)
_AHEAD = re.compile(r"\+?(\d{1,4})([a-z])", re.ASCII)
_UNITS = {"d": "day", "t": "day", "w": "week", "m": "month", "y": "year", "j": "year"}

_DAYS = (
    ("mo", "montag", "monday"),
    ("di", "tu", "dienstag", "tuesday"),
    ("mi", "we", "mittwoch", "wednesday"),
    ("do", "th", "donnerstag", "thursday"),
    ("fr", "freitag", "friday"),
    ("sa", "samstag", "sonnabend", "saturday"),
    ("so", "su", "sonntag", "sunday"),
)
_MONTHS = tuple(
    tuple(fold(name) for name in names.split())
    for names in (
        "januar january jänner",
        "februar february",
        "märz march",
        "april",
        "mai may",
        "juni june",
        "juli july",
        "august",
        "september",
        "oktober october",
        "november",
        "dezember december",
    )
)
_NEAR = {"heute": 0, "today": 0, "morgen": 1, "tomorrow": 1, "ubermorgen": 2}
_NEXT_MEETING = ("next", "nachstes", "nachster", "nachstes mal", "next time")

_SUGGESTED = {
    "de": ("morgen", "mo", "di", "mi", "do", "fr", "+1w", "+2w", "+1m"),
    "en": ("tomorrow", "mon", "tue", "wed", "thu", "fri", "+1w", "+2w", "+1m"),
}
_NEXT_WORD = {"de": "nächstes", "en": "next"}


def read_date(typed: str, today: date, *, next_date: date | None = None) -> date | None:
    """The day that is meant, None where none is.

    A weekday is the next one, never today; a day without a year is the next such, today included; `+2w` counts from
    today, a month later is the same day or the last one. `next` is the next meeting, where it has a date.
    """
    word = typed.strip().casefold()
    try:
        return _exact(word, today) or _by_name(fold(word), today, next_date)
    except (ValueError, OverflowError):  # there is no such day
        return None


def read_near_date(typed: str, today: date) -> date | None:
    """As `read_date`, but a day without a year is the nearest such, past or to come: an answer may speak of either."""
    day, yesterday = read_date(typed, today), today - timedelta(days=1)
    earlier = read_date(typed, yesterday)
    if day is None or earlier is None:
        return day
    was_yesterday = earlier == yesterday and (day.day, day.month) == (earlier.day, earlier.month)
    if earlier != day and not was_yesterday:  # counted from today
        return day
    before = read_date(typed, today - timedelta(days=365))
    return min((day, before or day), key=lambda one: abs(one - today))


def _exact(word: str, today: date) -> date | None:
    if found := _ISO.fullmatch(word):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.fullmatch(word):
        day, month, year = int(found[1]), int(found[2]), found[3]
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
        return _next_such(day, month, today)
    if found := _AHEAD.fullmatch(word):
        return _ahead(int(found[1]), found[2], today)
    return None


def _next_such(day: int, month: int, today: date) -> date | None:
    """The 29th of February may be eight years away."""
    if not 1 <= month <= 12:
        return None
    for year in range(today.year, today.year + 9):
        if 1 <= day <= calendar.monthrange(year, month)[1]:
            candidate = date(year, month, day)
            if candidate >= today:
                return candidate
    return None


def _ahead(count: int, letter: str, today: date) -> date | None:
    unit = _UNITS.get(letter)
    if unit in ("day", "week"):
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    if unit is None:
        return None
    years, month = divmod(today.month - 1 + count * (12 if unit == "year" else 1), 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _by_name(word: str, today: date, next_date: date | None) -> date | None:
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if word in _NEXT_MEETING:
        return next_date
    if len(word) >= 2 and (weekday := _the_one(word, _DAYS)) is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    found = _NAMED_MONTH.fullmatch(word)
    day, name, year = found.groups() if found else ("", "", None)
    if not found and (found := _MONTH_FIRST.fullmatch(word)):
        name, day, year = found.groups()
    month = _the_one(name, _MONTHS) if name else None
    if month is None:
        return None
    return date(int(year), month + 1, int(day)) if year else _next_such(int(day), month + 1, today)


def _the_one(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    """The place of the only one that has this name, or a name that begins so."""
    exact = [place for place, each in enumerate(names) if word in each]
    begun = exact or [
        place for place, each in enumerate(names) if any(name.startswith(word) for name in each)
    ]
    return begun[0] if len(begun) == 1 else None


def read_bare_date(line: str, today: date, *, next_date: date | None = None) -> date | None:
    """A line that is a date and nothing else: `21.12.`, `Mo 21.12.`, `Freitag`, `=fr`.

    Without a mark before it, a short name ("so", "do") is taken for the other word that it is too.
    """
    words = line.split()
    if len(words) == 2 and words[1][0].isdigit() and _the_one(fold(words[0].rstrip(".,")), _DAYS) is not None:
        words = words[1:]
    if len(words) != 1:
        return None
    word = words[0].lstrip("=^")
    if word == words[0] and len(word.strip(".")) <= 3 and word.strip(".").isalpha():
        return None
    return read_date(word, today, next_date=next_date)


def write_date(day: date, today: date, language: str) -> str:
    """The day as it can be typed: 15.12. where that is the one meant, else with its year."""
    if language != "de":
        return day.isoformat()
    short = f"{day.day}.{day.month}."
    return short if read_date(short, today) == day else f"{short}{day.year:04}"


def suggested_dates(
    begun: str, today: date, language: str, *, next_date: date | None = None
) -> tuple[tuple[str, date], ...]:
    """What can be meant by a beginning, as (what to type, the day); what is a date already comes first."""
    words = list(_SUGGESTED["de" if language == "de" else "en"])
    if next_date is not None:
        words.insert(0, _NEXT_WORD["de" if language == "de" else "en"])
    wanted = fold(begun)
    offered = [begun] if begun and read_date(begun, today, next_date=next_date) else []
    offered += [word for word in words if fold(word).startswith(wanted) and fold(word) != wanted]
    days = ((word, read_date(word, today, next_date=next_date)) for word in offered)
    return tuple((word, day) for word, day in days if day is not None)
