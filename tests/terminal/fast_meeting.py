"""`retrotui` with a clock that runs twenty times as fast, and saves like any other (a rehearsal saves nothing)."""

from __future__ import annotations

import sys

from retrotui import clock
from retrotui.tui import opening

SPEED = 20.0


def fast() -> clock.Clock:
    return clock.RehearsalClock(clock.SystemClock(), SPEED)


if __name__ == "__main__":
    opening.SystemClock = fast  # type: ignore[attr-defined,assignment]
    from retrotui.cli import main

    sys.exit(main())
