"""Facts of meetings side by side, as a test states them: without an index in between."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from retrotui.domain.insights.columns import TEXTS, WORDS, Column, Columns, Row, numbers_of, row_of
from retrotui.domain.insights.facts import Facts


def columns_of(facts: Iterable[Facts]) -> Columns:
    """Meetings side by side; they come oldest first."""
    known = list(facts)
    rows = [row_of(one) for one in known]
    made: dict[str, Any] = {}
    for name in Row._fields:
        kept = [getattr(row, name) for row in rows]
        values = list(chain.from_iterable(kept))
        if name in TEXTS:
            made[name] = kept
        elif name == "counts":
            made[name] = numbers_of(values)
        else:
            sizes = [len(one) for one in kept]
            made[name] = Column(sizes, values if name in WORDS else numbers_of(values))
    return Columns([one.meeting for one in known], [one.day.toordinal() for one in known], **made)
