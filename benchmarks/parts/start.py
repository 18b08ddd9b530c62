"""From the start of the process to the first frame that can be used, in a terminal.

A frame counts when everything that belongs to it was written: the last words of its footer too. Bare's frame is whole
with its eighth label and its footer.
"""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.parts import Effort
from benchmarks.stage import BARE, BARE_READY, HOME_READY, MEETING_READY, Stage, home, run_meeting, see

MINUTES = 1000
"""How many minutes the folder holds."""
ALL_READ = b"Letzte Protokolle"
"""A heading of home that stands there when all minutes were read."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """Home and `run`, each beside bare; home once more in an empty folder, and until its list is whole."""
    full, empty = stage.team(MINUTES), stage.team(0)
    first_frame(stage, BARE, BARE_READY)  # once for the disk's cache
    first_frame(stage, home(full), HOME_READY)
    rounds: dict[str, list[float]] = {name: [] for name in ("bare", "home", "empty", "read", "answer", "run")}
    for _ in range(effort.rounds):
        rounds["bare"].append(first_frame(stage, BARE, BARE_READY))
        rounds["home"].append(first_frame(stage, home(full), HOME_READY))
        rounds["run"].append(first_frame(stage, run_meeting(full), MEETING_READY))
        rounds["empty"].append(first_frame(stage, home(empty), HOME_READY))
    for _ in range(min(3, effort.rounds)):
        answered, read = until_read(stage, full)
        rounds["answer"].append(answered)
        rounds["read"].append(read)
    bare = rounds["bare"]
    return [
        Figure("start", "start to home, 1,000 minutes", "ms", rounds["home"], "bare", bare, 1.5),
        Figure("start", "start to home, empty folder", "ms", rounds["empty"], "bare", bare),
        Figure("start", "retrotui run to the running first step", "ms", rounds["run"], "bare", bare, 1.6),
        Figure("start", "key answered on home's first frame", "ms", rounds["answer"]),
        Figure("start", "home: 1,000 minutes read and shown", "ms", rounds["read"]),
    ]


def first_frame(stage: Stage, command: list[str], ready: tuple[bytes, ...]) -> float:
    """Milliseconds until all of `ready` was written."""
    began = time.perf_counter()
    with stage.terminal(command) as terminal:
        see(terminal, *ready)
        return (time.perf_counter() - began) * 1000


def until_read(stage: Stage, folder: Path) -> tuple[float, float]:
    """Milliseconds until a key pressed on home's first frame is answered, and from the start until all is shown."""
    began = time.perf_counter()
    with stage.terminal(home(folder)) as terminal:
        see(terminal, *HOME_READY)
        since, pressed = len(terminal.log), time.perf_counter()
        terminal.press("down")
        see(terminal, "▸".encode(), since=since)
        answered = (time.perf_counter() - pressed) * 1000
        see(terminal, ALL_READ)
        return answered, (time.perf_counter() - began) * 1000
