"""F7 in the review: people, customers, factors, outcomes and months to look for, as conditions of its one line.

Owns the pages of the list. What a choice does is to stand in the line, where it can be seen, edited and typed the next
time; the grammar is `domain.review`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from retrotui.domain.factors import FactorList
from retrotui.domain.period import period_of
from retrotui.domain.review import Kind, condition, holds, toggled
from retrotui.domain.text import fold
from retrotui.errors import Message, msg, plural
from retrotui.interchange.labels import OUTCOMES, STATUSES
from retrotui.locale import formats, language, tr
from retrotui.store.index_cards import CUSTOMER, FACTOR, OUTCOME, OWNER
from retrotui.tui.choosers import Choices, Row

PAGES: Final[tuple[tuple[Kind, Message], ...]] = (
    ("owner", msg("People")),
    ("customer", msg("Customers")),
    ("factor", msg("Factors")),
    ("outcome", msg("Outcomes")),
    ("period", msg("Periods")),
    ("status", msg("State")),
)
SIGN: Final = {"owner": OWNER, "customer": CUSTOMER, "factor": FACTOR, "outcome": OUTCOME}
MONTHS: Final = 12
MOST: Final = 500


class ReviewChooser:
    """Space puts a condition into the line or takes it out, Enter does so and closes."""

    def __init__(
        self,
        line: str,
        values: Mapping[str, Counter[str]],
        factors: FactorList,
        today: date,
        changed: Callable[[str], object],
    ) -> None:
        self.line = line
        self.values = values
        self.factors = factors
        self.today = today
        self.changed = changed
        self.page = 0

    @property
    def kind(self) -> Kind:
        return PAGES[self.page][0]

    def choices(self, search: str) -> Choices:
        """The rows of the page that fit what is searched."""
        wanted = fold(search)
        rows = [row for row in self._rows() if wanted in fold(row.label)]
        return Choices(
            title=tr("What to look for"),
            rows=tuple(rows[:MOST]),
            legend=tr("Space: in or out · Enter: done · / searches · Tab: page"),
            empty=tr("There is nothing of the kind in the minutes."),
            tabs=tuple(tr(words) for _, words in PAGES),
            tab=self.page,
            total=max(0, len(rows) - MOST),
        )

    def _rows(self) -> Iterable[Row]:
        kind, spoken = self.kind, language()
        for value, label, detail in self._values():
            typed = condition(kind, value, self.factors, spoken)
            yield Row(typed, label, detail, mark="✓" if holds(self.line, typed) else "")

    def _values(self) -> Sequence[tuple[str, str, str]]:
        """Value, words, and in how many meetings."""
        kind, spoken = self.kind, language()
        if kind == "period":
            return [(value, words, "") for value, words in self._periods()]
        if kind == "status":
            return [(value, tr(words), "") for value, words in STATUSES.items()]
        counted = self.values.get(SIGN[kind], Counter())
        found = []
        for value, count in counted.items():
            if kind == "factor":
                label = self.factors.label(value, spoken)
            elif kind == "outcome":
                if value not in OUTCOMES:
                    continue
                label = tr(OUTCOMES[value])
            else:
                label = value
            found.append((-count if kind in ("factor", "outcome") else 0, fold(label), value, label, count))
        return [
            (value, label, tr(plural("{n} meeting", "{n} meetings", n)))
            for *_, value, label, n in sorted(found)
        ]

    def _periods(self) -> Iterable[tuple[str, str]]:
        """This year and the last, the last quarters, and the last twelve months."""
        for year in (self.today.year, self.today.year - 1):
            yield str(year), str(year)
        quarter = period_of("quarter", self.today)
        for _ in range(4):
            yield str(quarter), str(quarter).replace("-", " ")
            quarter = quarter.before()
        month = period_of("month", self.today)
        for _ in range(MONTHS):
            yield str(month), formats.period(month.since, month.until)
            month = month.before()

    # -- keys ----------------------------------------------------------------------------------------------

    def take(self, key: str) -> bool:
        """Enter: this too, unless it is in already; done."""
        if not holds(self.line, key):
            self.tick(key)
        return True

    def tick(self, key: str) -> bool:
        """Space: in or out."""
        self.line = toggled(self.line, key)
        self.changed(self.line)
        return False

    def digit(self, number: int, key: str) -> bool:
        """Digits mean nothing here."""
        del number, key
        return False

    def turn(self, by: int) -> None:
        """The next page."""
        self.page = (self.page + by) % len(PAGES)
