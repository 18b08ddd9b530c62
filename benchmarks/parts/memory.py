"""Resident memory in the meeting beside bare: as it begins, with 300 entries, and in a folder with 1,000 minutes."""

from __future__ import annotations

from benchmarks.figures import Figure
from benchmarks.parts import Effort
from benchmarks.process import resident_mb
from benchmarks.stage import Stage

CASES = ((0, 0), (300, 0), (300, 1000))
"""Entries, and older minutes in the folder."""
MOST_ROUNDS = 3
LOOKED_BACK_S = 10.0
"""So long a meeting is left alone first: what earlier meetings left is read beside the screen."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """Megabytes of each case."""
    bare: list[float] = []
    ours: dict[tuple[int, int], list[float]] = {case: [] for case in CASES}
    for _ in range(min(MOST_ROUNDS, effort.rounds)):
        with stage.bare() as terminal:
            bare.append(resident_mb(terminal.pid))
        for entries, minutes in CASES:
            with stage.meeting(entries, minutes) as terminal:
                if minutes:
                    terminal.watch(LOOKED_BACK_S)
                ours[entries, minutes].append(resident_mb(terminal.pid))
    figures = []
    for (entries, minutes), values in ours.items():
        what = f"resident, {entries} entries, {minutes:,} minutes"
        figures.append(Figure("memory", what, "MB", values, "bare", bare, 1.6))
    return figures
