"""What a measurement says: our figures, those of the reference, the ratio, and whether the budget holds.

Owns the arithmetic and both forms of the report. Must not measure anything.

A figure has one value a round, and the reference has its own of the same round: the ratio is the median of the rounds'
ratios, since whatever else the machine did in a round, it did to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

_COLUMNS: Final = ("", "measured", "beside", "", "ratio", "budget", "")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. Values are in `unit`, one a round; without a reference there is no ratio.

    `budget` is the ratio allowed; None: shown for what it says, promised nowhere. `allowed` is a value in `unit` that
    is good enough whatever the ratio.
    """

    part: str
    what: str
    unit: str
    values: Sequence[float]
    beside: str = ""
    reference: Sequence[float] = ()
    budget: float | None = None
    allowed: float | None = None

    @property
    def value(self) -> float:
        return median(self.values)

    @property
    def reference_value(self) -> float | None:
        return median(self.reference) if self.reference else None

    @property
    def ratio(self) -> float | None:
        """The median of the rounds' ratios; None without a reference."""
        if not self.reference:
            return None
        return median(
            ours / theirs for ours, theirs in zip(self.values, self.reference, strict=True) if theirs
        )

    @property
    def holds(self) -> bool | None:
        """Whether the budget holds; None where none is promised."""
        if self.budget is None or self.ratio is None:
            return None
        return self.ratio <= self.budget or (self.allowed is not None and self.value <= self.allowed)

    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        budget = "" if self.budget is None else f"{self.budget:g} x"
        if self.allowed is not None:
            budget += f" or {self.allowed:g} {self.unit}"
        reference = self.reference_value
        return (
            self.what,
            shown(self.value, self.unit),
            self.beside,
            "" if reference is None else shown(reference, self.unit),
            "" if self.ratio is None else f"{self.ratio:.2f} x",
            budget,
            {True: "holds", False: "MISSED", None: ""}[self.holds],
        )

    def document(self) -> dict[str, Any]:
        """The row as JSON has it, with the values of all rounds."""
        return {
            "part": self.part,
            "what": self.what,
            "unit": self.unit,
            "values": [round(value, 4) for value in self.values],
            "median": round(self.value, 4),
            "beside": self.beside or None,
            "reference": [round(value, 4) for value in self.reference],
            "reference_median": None if self.reference_value is None else round(self.reference_value, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 4),
            "budget": self.budget,
            "allowed": self.allowed,
            "holds": self.holds,
        }


def shown(value: float, unit: str) -> str:
    """A value with its unit, to three digits or so."""
    digits = 0 if value >= 100 or unit == "bytes" else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}".replace(",", " ")


def p95(values: Iterable[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """The rows below one another: text at the left, numbers at the right."""
    rows = [_COLUMNS, *(figure.row() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    right = {1, 3, 4, 5}
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
