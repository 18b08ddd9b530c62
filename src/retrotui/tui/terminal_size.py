"""How much room there is: the sizes at which the screens fold, and the size below which they only keep time.

Owns these numbers and nothing else. Source: meeting.md, "Two views of one screen".
"""

from __future__ import annotations

MIN_WIDTH, MIN_HEIGHT = 60, 16
"""Below this the screen says which size it needs."""
RAIL_FROM = 100
"""Columns from which the agenda's rail stands beside the stage; under it, it is one line."""
ROOMY_FROM = 28
"""Rows from which the parts of the stage stand apart."""
FEWEST_ENTRIES = 5


def too_small(width: int, height: int) -> bool:
    return width < MIN_WIDTH or height < MIN_HEIGHT
