"""From a key to its character on the screen, in a meeting with 300 entries and in bare, a key here and a key there.

Painted means: the line as typed so far stands in what the program wrote after the key. The pause between two keys is
that of a fast writer, so that a frame that is still being drawn does not hide what a key costs.
"""

from __future__ import annotations

import time

from benchmarks.figures import Figure, p95
from benchmarks.parts import Effort
from benchmarks.stage import PATIENCE, SENTENCE, Stage, see
from tests.terminal.harness import Terminal

ENTRIES = 300
MINUTES = 100
PAUSE = 0.03
SEEN = 3
"""So many of the last letters are looked for: one alone could stand in something else that was drawn."""
TAG = "#preisrah"
"""A word with a list of completions that opens and gets shorter while it is typed."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """p95 and median of all keys, beside bare, and of keys that open the list of completions."""
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    tags: list[list[float]] = []
    with stage.meeting(ENTRIES, MINUTES) as meeting, stage.bare() as bare:
        for _ in range(effort.rounds):
            pairs = [(key(meeting, typed), key(bare, typed)) for typed in letters(meeting, bare, effort.keys)]
            ours.append([pair[0] for pair in pairs])
            theirs.append([pair[1] for pair in pairs])
            tags.append(word(meeting, TAG))
    reference = [p95(keys) for keys in theirs]
    middle = [p95(keys[: len(keys)]) for keys in theirs]
    return [
        Figure("keys", "key to character, p95, 300 entries", "ms", [p95(keys) for keys in ours], "bare", reference, 1.5),
        Figure("keys", "key to character, median", "ms", [_median(keys) for keys in ours], "bare", [_median(k) for k in theirs]),
        Figure("keys", "key in a tag with completions, p95", "ms", [p95(keys) for keys in tags], "bare", middle),
    ]
