"""When everything in the story happens, seen from the day on which the demo is made.

Owns the year's dates: twelve monthly meetings on second Tuesdays, the last one not later than the last complete week.
Must not ask what day it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Final

from retrotui.domain.period import Period, period_of

MONTHS: Final = 12
TUESDAY, THURSDAY = 1, 3
_DAY = timedelta(days=1)
_QUARTER_STARTS = (1, 4, 7, 10)
_POSITION = re.compile(r"(m|q)(\d+)(?:\+(\d+))?")


@dataclass(frozen=True)
class Calendar:
    """The dates of the story. `monthly[0]` is the meeting before the first one, the last entry the one to come."""

    today: Date
    monthly: tuple[Date, ...]
    end: Date
    """The Thursday of the last complete week."""

    @classmethod
    def ending_before(cls, today: Date) -> Calendar:
        """The year that ends with the last complete week (Monday to Sunday) before `today`."""
        monday = today - timedelta(days=today.weekday())
        end = monday - timedelta(days=7 - THURSDAY)
        year, month = end.year, end.month
        if second_tuesday(year, month) >= end:
            year, month = _month_after(year, month, -1)
        months = (_month_after(year, month, shift) for shift in range(-MONTHS, 2))
        return cls(today, tuple(second_tuesday(*each) for each in months), end)

    def at(self, position: str) -> Date:
        """The date of a position of the story: `m3`, `m3+9` (days), `q1`, `end`."""
        if position == "end":
            return self.end
        found = _POSITION.fullmatch(position)
        if found is None:
            raise ValueError(position)
        number = int(found[2])
        if found[1] == "m":
            return self.monthly[number] + timedelta(days=int(found[3] or 0))
        return self.quarterly(number)

    def quarterly(self, number: int) -> Date:
        """The first or the second quarterly review: the Wednesday a week after the first monthly of a quarter."""
        among = (4, 5, 6) if number == 1 else (9, 10, 11)
        first = next(one for one in among if self.monthly[one].month in _QUARTER_STARTS)
        return self.monthly[first] + timedelta(days=8)

    def due(self, said: str, since: Date) -> Date | None:
        """What a due date of the story means in a meeting held on `since`; None for none."""
        if not said:
            return None
        if found := re.fullmatch(r"\+(\d+)d", said):
            return next_workday(since + timedelta(days=int(found[1]) - 1))
        if said == "today":
            return self.today
        if said == "next-workday":
            return next_workday(self.today)
        if found := re.fullmatch(r"workday-(\d)", said):
            day = self.today
            for _ in range(int(found[1])):
                day = next(_backwards(day))
            return max(day, since + _DAY)
        return self.at(said)

    def look_back(self, month: int) -> Period:
        """The month on which the monthly meeting of that number looks back."""
        return period_of("month", self.monthly[month].replace(day=1) - _DAY)


def second_tuesday(year: int, month: int) -> Date:
    """When this team holds its monthly meeting."""
    first = Date(year, month, 1)
    return first + timedelta(days=(TUESDAY - first.weekday()) % 7 + 7)


def next_workday(after: Date) -> Date:
    """The first day from Monday to Friday after this one."""
    day = after + _DAY
    while day.weekday() > 4:
        day += _DAY
    return day


def _backwards(day: Date) -> Iterator[Date]:
    """Working days before this one, the latest first."""
    while True:
        day -= _DAY
        if day.weekday() <= 4:
            yield day


def _month_after(year: int, month: int, shift: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + shift
    return months // 12, months % 12 + 1
