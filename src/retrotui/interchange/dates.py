"""Dates as people and programs write them: which of day and month comes first, and which day it is.

Owns the shapes of dates (ISO, `31.12.2026`, `12/31/2026`, `31-12-26`, `31. Dez. 2026`, each with or without a time)
and the decision for a column from all of its values. Must not know what the dates are of. A time is left aside: the
day is the one that is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Literal, NamedTuple

from retrotui.domain.text import fold

Order = Literal["YMD", "DMY", "MDY"]

LONGEST = 60
"""Characters of a cell that may still be a date."""
YEARS = range(1950, 2101)
"""Other years are slips or placeholders."""

_TIME = r"(?:[T,\s]\s*(?:um\s+)?[0-9]{1,2}[:.h][0-9]{2}.*)?"
_WEEKDAY = r"(?:(?P<weekday>[^\W\d_]{2,10})\.?,?\s+)?"
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME)
_COMPACT = re.compile(r"(19[0-9][0-9]|20[0-9][0-9])([0-9][0-9])([0-9][0-9])(?:T[0-9]{4,6}.*)?")
_NUMBERS = re.compile(_WEEKDAY + r"([0-9]{1,2})\s?([./-])\s?([0-9]{1,2})\s?\3\s?([0-9]{4}|[0-9]{2})" + _TIME)
_DAY_NAME = re.compile(
    _WEEKDAY + r"([0-9]{1,2})(?:\.|st|nd|rd|th)?[\s/-]*([^\W\d_]{3,9})\.?,?[\s/-]+([0-9]{4}|[0-9]{2})" + _TIME
)
_NAME_DAY = re.compile(_WEEKDAY + r"([^\W\d_]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})" + _TIME)

# The first three letters are enough, but for March, which German writes with an umlaut.
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"),
        1,
    )
    for name in names.split()
}


class DateShape(NamedTuple):
    """A date as it is written. With `order` "" the first two numbers are day and month in an order not yet known."""

    first: int
    second: int
    year: int
    order: Order | Literal[""]
    mark: str

    @property
    def tells(self) -> Order | None:
        """The order that this value shows by itself."""
        if self.order:
            return self.order
        if self.first > 12 >= self.second:
            return "DMY"
        return "MDY" if self.second > 12 >= self.first else None


def shape_of(text: str) -> DateShape | None:
    """How a cell writes a date; None where it is no date."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # "März" may be written with a combining mark
    if found := _YEAR_FIRST.fullmatch(text):
        return DateShape(int(found[4]), int(found[3]), int(found[1]), "YMD", found[2])
    if found := _NUMBERS.fullmatch(text):
        order: Order | Literal[""] = "DMY" if found[3] == "." else ""
        return DateShape(int(found[2]), int(found[4]), _year(found[5]), order, found[3])
    if found := _COMPACT.fullmatch(text):
        return DateShape(int(found[3]), int(found[2]), int(found[1]), "YMD", "")
    if (found := _DAY_NAME.fullmatch(text)) and (month := _MONTHS.get(fold(found[3])[:3])):
        return DateShape(int(found[2]), month, _year(found[4]), "DMY", " ")
    if (found := _NAME_DAY.fullmatch(text)) and (month := _MONTHS.get(fold(found[2])[:3])):
        return DateShape(int(found[3]), month, int(found[4]), "DMY", " ")
    return None


_SERIAL = re.compile(r"([2-7][0-9]{4})(?:[.,][0-9]+)?")
_DAY_0 = Date(
    1899, 12, 30
)  # so that day 61 is the 1st of March 1900: Excel counts a 29th of February that never was


def serial_of(text: str) -> DateShape | None:
    """The day of a spreadsheet's serial number ("45944", "45944.5": 2025-10-14), from 1970 on; None for another text.

    Only for a column of nothing else: a number alone is no date. Source: the 1900 date system of Excel.
    """
    found = _SERIAL.fullmatch(text.strip())
    if found is None:
        return None
    day = _DAY_0 + timedelta(days=int(found[1]))
    return DateShape(day.day, day.month, day.year, "YMD", "") if 1970 <= day.year < YEARS.stop else None


def _year(digits: str) -> int:
    """Two digits mean 1969 to 2068, as in POSIX."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 69 else 1900)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a column says about the order of its numbers.

    `order` is None where it cannot tell. `doubtful` counts the values that would be another day in the other order.
    `mixed`: as many values need one order as the other; then the doubtful ones cannot be read. `mark` is the mark of
    the values that need the decision.
    """

    order: Order | None
    mixed: bool
    doubtful: int
    mark: str


def decide(shapes: Iterable[DateShape | None]) -> Decision:
    """Decides a column's order from all of its values; the few that contradict the many are impossible dates."""
    votes = {"YMD": 0, "DMY": 0, "MDY": 0}
    doubtful, mark = 0, ""
    for shape in shapes:
        if shape is None:
            continue
        if told := shape.tells:
            # named months and years in front need no decision, but say what the column looks like
            votes[told] += 1
        elif shape.first <= 12 and shape.second <= 12:
            doubtful += shape.first != shape.second
            mark = mark or shape.mark
    if votes["DMY"] and votes["DMY"] == votes["MDY"]:
        return Decision("DMY", True, doubtful, mark)
    needed: Order | None = None
    if votes["DMY"] != votes["MDY"]:
        needed = "DMY" if votes["DMY"] > votes["MDY"] else "MDY"
    elif votes["YMD"] and not mark:
        needed = "YMD"
    return Decision(needed, False, doubtful, mark)


def day_of(shape: DateShape, order: Order | None) -> Date | None:
    """The day in the column's order; None for impossible ones. `order` is None where the column is mixed."""
    told = shape.order or (shape.tells if order is None else order)
    if told is None and shape.first == shape.second:
        told = "DMY"
    if told is None or shape.year not in YEARS:
        return None
    month, day = (shape.first, shape.second) if told == "MDY" else (shape.second, shape.first)
    try:
        return Date(shape.year, month, day)
    except ValueError:
        return None
