"""From a key to its character on the screen, in a meeting with 300 entries and in bare: a key here, a key there.

Painted means: the line as typed so far stands in what the program wrote after the key. The pause between two keys is
that of a fast writer, so that a frame that is still being drawn does not hide what a key costs.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from statistics import median

from tests.terminal.harness import Terminal

from benchmarks.figures import Figure, p95
from benchmarks.parts import Effort
from benchmarks.stage import PATIENCE, SENTENCE, Stage

ENTRIES = 300
MINUTES = 100
PAUSE = 0.03
SEEN = 3
"""So many of the last letters are looked for: one alone could stand in something else that was drawn."""
TAG = "- Preisrahmen spät genannt #preis *2 /kunde"
"""A line with lists of completions that open, get shorter and close while it is typed."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """p95 and median of plain words beside bare, and p95 of a line with tags."""
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    tags: list[list[float]] = []
    with stage.meeting(ENTRIES, MINUTES) as meeting, stage.bare() as bare:
        for _ in range(effort.rounds):
            pairs = [
                (key(meeting, line), key(bare, line)) for line in lines(SENTENCE, effort.keys, meeting, bare)
            ]
            ours.append([pair[0] for pair in pairs])
            theirs.append([pair[1] for pair in pairs])
            tags.append([key(meeting, line) for line in lines(TAG, len(TAG), meeting)])
    slow, usual = [p95(keys) for keys in theirs], [median(keys) for keys in theirs]
    return [
        Figure(
            "keys",
            "key to character, p95, 300 entries",
            "ms",
            [p95(keys) for keys in ours],
            "bare",
            slow,
            1.5,
        ),
        Figure("keys", "the same, median", "ms", [median(keys) for keys in ours], "bare", usual),
        Figure("keys", "key in a line with tags, p95", "ms", [p95(keys) for keys in tags], "bare", slow),
    ]


def lines(words: str, count: int, *terminals: Terminal) -> Iterator[str]:
    """`count` lines that each grow by the letter to be typed next; full lines are wiped, and so is the last one."""
    left = count
    while left > 0:
        for terminal in terminals:
            terminal.type(words[: SEEN - 1])
            terminal.settle(0.2, PATIENCE)
        for end in range(SEEN, min(len(words), SEEN - 1 + left) + 1):
            yield words[:end]
        left -= len(words) - SEEN + 1
        for terminal in terminals:
            terminal.press("ctrl+u")
            terminal.settle(0.2, PATIENCE)


def key(terminal: Terminal, line: str) -> float:
    """Types the last letter of the line; milliseconds until the line's end stands on the screen."""
    since, began = len(terminal.log), time.perf_counter()
    terminal.type(line[-1])
    terminal.wait_for_bytes(line[-SEEN:].encode(), PATIENCE, since=since)
    taken = (time.perf_counter() - began) * 1000
    terminal.settle(PAUSE, PATIENCE)
    return taken
