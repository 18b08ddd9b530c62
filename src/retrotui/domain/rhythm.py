"""The rhythm of meetings: when the next one is, by the period that an agenda looks at.

Pure functions over dates. Must not know holidays: it proposes, a person decides.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

WEEKS = {"week": 1, "month": 4, "quarter": 13}


def proposed_next(day: date, period: Literal["week", "month", "quarter"] | str) -> date:
    """The same weekday one period on: a week, four weeks (five where the month would hold two meetings), a quarter."""
    proposed = day + timedelta(weeks=WEEKS.get(period, 4))
    if period == "month" and (proposed.year, proposed.month) == (day.year, day.month):
        proposed += timedelta(weeks=1)
    return proposed
