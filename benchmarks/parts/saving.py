"""From Enter to the draft on the disk, in the running program, beside one replace of the same bytes with both fsyncs.

It is there when the draft's file is another one than before Enter; the fsync of its folder is still to come, which is a
tenth of the reference. The screen's "saved" is no measure: where the writer is quicker than the next frame, it never
goes.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.terminal.harness import Terminal

from benchmarks.figures import Figure, p95
from benchmarks.parts import Effort
from benchmarks.stage import PATIENCE, SENTENCE, Stage

SIZES = ((40, "13 KB"), (300, "300 entries"))
"""So many entries make a draft like that."""
BUDGET, ALLOWED_MS = 4.0, 15.0
LOOK_S = 0.0002
PAUSE = 0.15


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """p95 of each round, in a meeting of the usual size and in a large one; when the entry is seen, and no waiting."""
    figures: list[Figure] = []
    for entries, name in SIZES:
        replaced: list[list[float]] = []
        reference: list[list[float]] = []
        with stage.meeting(entries, 0) as meeting:
            draft = next((meeting.home / ".local/state/retrotui/drafts").glob("*/*.toml"))
            for _ in range(effort.rounds):
                rows = [(enter(meeting, draft), replace(draft)) for _ in range(effort.entries)]
                replaced.append([ours for ours, _ in rows])
                reference.append([one for _, one in rows])
        bare = [p95(one) for one in reference]
        beside = "one replace"
        figures.append(
            Figure(
                "saving", f"Enter to the draft replaced, p95, {name}", "ms",
                [p95(one) for one in replaced], beside, bare, BUDGET, ALLOWED_MS,
            )
        )  # fmt: skip
    return figures


def enter(meeting: Terminal, draft: Path) -> float:
    """Types an entry, presses Enter; milliseconds until the draft was replaced."""
    meeting.type(f". {SENTENCE}")
    meeting.settle(PAUSE, PATIENCE)
    before = draft.stat()
    began = time.perf_counter()
    meeting.press("enter")
    while not other(before, draft.stat()):
        if time.perf_counter() - began > PATIENCE:
            raise TimeoutError("the draft never changed")
        time.sleep(LOOK_S)
    replaced = (time.perf_counter() - began) * 1000
    meeting.settle(PAUSE, PATIENCE)
    return replaced


def other(before: os.stat_result, now: os.stat_result) -> bool:
    """Whether it is another file, or the same one written anew."""
    return (before.st_ino, before.st_mtime_ns) != (now.st_ino, now.st_mtime_ns)


def replace(draft: Path) -> float:
    """Milliseconds for the least that durability takes: write, fsync, rename, fsync of the folder."""
    content = draft.read_bytes()
    folder = draft.parents[2] / "reference"
    folder.mkdir(exist_ok=True)
    temporary, target = folder / "draft.tmp", folder / "draft.toml"
    began = time.perf_counter()
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, content)
    os.fsync(descriptor)
    os.close(descriptor)
    temporary.rename(target)
    parent = os.open(folder, os.O_RDONLY)
    os.fsync(parent)
    os.close(parent)
    return (time.perf_counter() - began) * 1000
