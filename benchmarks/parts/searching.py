"""A key in the search of the deal picker, over an export of 100,000 deals: until the list for it is painted.

The file is brought as people bring it: `run --deals`, read in sight, looked at, taken. Filters are off, so that every
key looks through all deals. Import.md and issue 3 allow 50 ms a key.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Final

from tests.terminal.harness import Terminal

from benchmarks.deals import write_deals
from benchmarks.figures import Figure, p95
from benchmarks.parts import Effort
from benchmarks.parts.keys import SEEN, key
from benchmarks.stage import MEETING_READY, PATIENCE, SENTENCE, Stage, run_meeting, see
from benchmarks.vocabulary import NAME_ENDS, NAME_STARTS, OFFERS

ALLOWED_MS: Final = 50.0
TIMES_BARE: Final = 6.0
"""What is allowed on a machine so busy that bare's own keys take 9 ms and more: less than 50 ms on a quiet one."""
SEARCHES: Final = (
    f"{NAME_STARTS[0]}{NAME_ENDS[0]}".lower(), f"{OFFERS[0]} 4711".lower(), "closed lost", "no such deal", "00699",
)  # fmt: skip
"""Common, rare, two words, nothing at all, inside an id."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """p95 and median of all keys of the searches, beside a key in bare."""
    path = write_deals(stage.root / "opportunities.csv", effort.deals)
    command = [*run_meeting(stage.team(0)), "--deals", str(path)]
    ours: list[list[float]] = []
    theirs: list[list[float]] = []
    with stage.terminal(command) as meeting, stage.bare() as bare:
        open_search(meeting)
        for _ in range(effort.rounds):
            ours.append([key(meeting, line) for words in SEARCHES for line in _growing(words, meeting)])
            theirs.append([key(bare, line) for line in _growing(SENTENCE, bare)])
    what = f"key in the search over {effort.deals:,} deals"
    slow, usual = [p95(keys) for keys in theirs], [median(keys) for keys in theirs]
    return [
        Figure(
            "searching",
            f"{what}, p95",
            "ms",
            [p95(keys) for keys in ours],
            "bare",
            slow,
            TIMES_BARE,
            ALLOWED_MS,
        ),
        Figure("searching", "the same, median", "ms", [median(keys) for keys in ours], "bare", usual),
    ]


def open_search(meeting: Terminal) -> None:
    """The preview is taken, the first step about deals has the floor, its list is open on the search, unfiltered."""
    see(meeting, *MEETING_READY)
    meeting.wait_for("Enter nimmt die Deals", PATIENCE)
    meeting.press("enter")
    meeting.settle(0.3, PATIENCE)
    for _ in range(3):
        meeting.press("f4")
        meeting.settle(0.3, PATIENCE)
    meeting.press("f7")
    meeting.settle(1.0, PATIENCE)
    for filter_off, said in (("1", "1 jeder Ausgang"), ("2", "2 alle Zeiten")):
        meeting.type(filter_off)
        meeting.wait_for(said, PATIENCE)
        meeting.settle(1.0, PATIENCE)
    meeting.type("/")
    meeting.settle(0.3, PATIENCE)


def _growing(words: str, terminal: Terminal) -> Iterator[str]:
    """The words, longer by a letter each time; they are wiped in the end."""
    terminal.type(words[: SEEN - 1])
    terminal.settle(0.3, PATIENCE)
    for end in range(SEEN, len(words) + 1):
        yield words[:end]
    for _ in words:
        terminal.press("backspace")
    terminal.settle(0.3, PATIENCE)
