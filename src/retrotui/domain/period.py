"""Periods: which days a meeting looks at, and which it compares them with.

Owns week, month, quarter and free ranges, reading and writing them (`2026-10`, `2026-Q3`, `2026-W41`,
`2026-07-01..2026-09-15`). Must not ask what day it is: the caller says.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from typing import Literal

from retrotui.domain.text import one_line
from retrotui.errors import RetroError, msg

PeriodKind = Literal["week", "month", "quarter"]

_DAY = timedelta(days=1)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_QUARTER = re.compile(r"(\d{4})-?q([1-4])", re.IGNORECASE)
_WEEK = re.compile(r"(\d{4})-?[wk]w?(\d{1,2})", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `since` to `until`, both days included."""

    since: Date
    until: Date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, Date) and self.since <= day <= self.until

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def kind(self) -> PeriodKind | Literal["year", "days"]:
        """What it is in the calendar; "days" for any other range."""
        for kind, whole in (
            ("month", _month_of),
            ("quarter", _quarter_of),
            ("year", _year_of),
            ("week", _week_of),
        ):
            if whole(self.since) == self:
                return kind  # type: ignore[return-value]
        return "days"

    def before(self) -> Period:
        """The period of the same kind just before: the calendar's one, or as many days."""
        last = self._day_before()
        match self.kind:
            case "month":
                return _month_of(last)
            case "quarter":
                return _quarter_of(last)
            case "year":
                return _year_of(last)
            case _:
                length = min(self.days, last.toordinal())
                return Period(last - timedelta(days=length - 1), last)

    def _day_before(self) -> Date:
        if self.since == Date.min:
            raise RetroError(msg("There is no period before {period}.", period=str(self)))
        return self.since - _DAY

    def __str__(self) -> str:
        """As it can be typed: `2026-10`, `2026-Q3`, `2026-W41`, `2026`, or both days."""
        match self.kind:
            case "month":
                return f"{self.since:%Y-%m}"
            case "quarter":
                return f"{self.since:%Y}-Q{(self.since.month + 2) // 3}"
            case "year":
                return f"{self.since:%Y}"
            case "week":
                year, week, _ = self.since.isocalendar()
                return f"{year:04}-W{week:02}"
            case _:
                return f"{self.since.isoformat()}..{self.until.isoformat()}"


def period_of(kind: PeriodKind, day: Date) -> Period:
    """The week (Monday to Sunday), month or quarter that holds `day`."""
    return {"week": _week_of, "month": _month_of, "quarter": _quarter_of}[kind](day)


def last_complete(kind: PeriodKind, today: Date) -> Period:
    """The last week, month or quarter that was over before `today`: what numbers and pickers look at."""
    return period_of(kind, period_of(kind, today)._day_before())


def parse_period(text: str) -> Period:
    """Reads `2026-10`, `2026-Q3`, `2026-W41`, `2026` or `FROM..TO`; FROM and TO are days, or any of these.

    Raises RetroError with what can be typed.
    """
    text = text.strip()
    start, dots, end = text.partition("..")
    if not dots:
        return _parse_one(text, text)
    since, until = _parse_one(start.strip(), text).since, _parse_one(end.strip(), text).until
    if until < since:
        raise RetroError(
            msg("The period “{text}” ends before it begins.", text=one_line(text)[:80]),
            msg("Put the earlier day first: {example}", example=f"{until.isoformat()}..{since.isoformat()}"),
        )
    return Period(since, until)


def _parse_one(text: str, whole: str) -> Period:
    try:
        if found := _MONTH.fullmatch(text):
            return _month_of(Date(int(found[1]), int(found[2]), 1))
        if found := _QUARTER.fullmatch(text):
            return _quarter_of(Date(int(found[1]), int(found[2]) * 3, 1))
        if found := _WEEK.fullmatch(text):
            return _week_of(Date.fromisocalendar(int(found[1]), int(found[2]), 1))
        if _YEAR.fullmatch(text):
            return _year_of(Date(int(text), 1, 1))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = Date.fromisoformat(text)
            return Period(day, day)
    except (ValueError, OverflowError):
        pass  # a month 13, a week 60, a year 0: refused with the same sentence
    raise RetroError(
        msg("“{text}” is no period.", text=one_line(whole)[:80]),
        msg("Type a month, a quarter or two days: 2026-10, 2026-Q3, 2026-07-01..2026-09-15"),
    )


def _week_of(day: Date) -> Period:
    monday = Date.fromordinal(max(1, day.toordinal() - day.weekday()))
    return Period(monday, Date.fromordinal(min(Date.max.toordinal(), monday.toordinal() + 6)))


def _month_of(day: Date) -> Period:
    return Period(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def _quarter_of(day: Date) -> Period:
    first = (day.month - 1) // 3 * 3 + 1
    last = first + 2
    return Period(Date(day.year, first, 1), Date(day.year, last, monthrange(day.year, last)[1]))


def _year_of(day: Date) -> Period:
    return Period(Date(day.year, 1, 1), Date(day.year, 12, 31))
