"""The index of 10,000 minutes: searched beside ripgrep, built beside parsing, kept up beside a stat; and its growth.

Each in this process, as the screens use it; ripgrep is a process each time, as it always is. The first search, which
opens the database, counts like the others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Final

import tomli

from benchmarks.figures import Figure, p95
from benchmarks.parts import Effort
from benchmarks.stage import Stage
from retrotui.store.index import Index, discard
from retrotui.store.workspace import Workspace

FEW: Final = 100
MANY: Final = 10_000
BUILDS: Final = 3
"""So many rounds of building at most: one takes half a minute."""
CHANGES: Final = 5
REST_S: Final = 3.1
QUERIES: Final = {
    "preis": "preis",
    "einkauf": "einkauf",
    "geschäft": "geschäft",
    "Schwesterwerk": "schwesterwerk",
    "Vorgang 12345": "vorgang 12345",
    '"früh nennen"': "früh nennen",
    "kauf": "kauf",
    "ung": "ung",
    "leiter": "leiter",
    "stand": "stand",
    "nordhof": "nordhof",
    "123": "123",
    "an": "an",
    "xyzzy": "xyzzy",
}
"""Common, rare, inside a word, a phrase, short, none at all; and the same for ripgrep, which knows no quotes."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """The figures of promises.md that the index answers for."""
    few, many = _index_of(stage, FEW), _index_of(stage, MANY)
    builds = min(BUILDS, effort.rounds)
    built_few = [_seconds(lambda: _build(few)) / FEW for _ in range(builds)]
    built, parsed = [], []
    for _ in range(builds):
        built.append(_seconds(lambda: _build(many)))
        parsed.append(_seconds(lambda: _parse(many)))
    searched, sought, searched_few, changed, looked = [], [], [], [], []
    with Index.open(few) as small, Index.open(many) as large:
        for index in (small, large):
            index.refresh()
        for _ in range(effort.rounds):
            searched.append(p95(_searches(large)))
            sought.append(p95(_ripgrep(many)))
            searched_few.append(p95(_searches(small)))
            change, look = _changes(large, many)
            changed.append(change)
            looked.append(look)
    a_file = [seconds / MANY * 1e6 for seconds in built]
    return [
        Figure("index", f"search, {MANY:,} minutes, p95", "ms", searched, "ripgrep -i", sought, 1.0),
        Figure("index", "the same search", "ms", searched, f"{FEW} minutes", searched_few, 2.0, 25.0),
        Figure("index", f"building the index of {MANY:,}", "s", built, "tomli", parsed, 1.5),
        Figure("index", "building, a file", "µs", a_file, f"of {FEW}", [s * 1e6 for s in built_few], 1.5),
        Figure("index", f"one changed file among {MANY:,}", "ms", changed, "stat of all", looked, 2.0),
    ]


def _index_of(stage: Stage, count: int) -> Workspace:
    return Workspace(stage.team(count), stage.root / "state", stage.root / "cache")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _build(here: Workspace) -> None:
    discard(here)
    with Index.open(here) as index:
        index.refresh()


def _parse(here: Workspace) -> None:
    for path in here.minutes_folder.iterdir():
        tomli.loads(path.read_text(encoding="utf-8"))


def _searches(index: Index) -> list[float]:
    return [_seconds(lambda query=query: index.search(query)) * 1000 for query in QUERIES]  # type: ignore[misc]


def _ripgrep(here: Workspace) -> list[float]:
    """Raises where there is no ripgrep: without the reference the figure says nothing."""
    program = shutil.which("rg")
    if program is None:
        raise RuntimeError("ripgrep (rg) is not installed")
    taken = []
    for words in QUERIES.values():
        command = [program, "--no-config", "-i", "-F", "--", words, str(here.minutes_folder)]
        began = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _changes(index: Index, here: Workspace) -> tuple[float, float]:
    """Medians in ms: a look that finds one file changed, and a stat of every file.

    Between two changes the index waits until the one before lies back far enough not to be read again to be sure.
    """
    paths = sorted(here.minutes_folder.iterdir())
    changed, looked = [], []
    for number in range(CHANGES):
        path = paths[len(paths) // CHANGES * number]
        with path.open("ab") as file:
            file.write(b"# corrected\n")
        looked.append(_seconds(lambda: _stat_all(here.minutes_folder)) * 1000)
        changed.append(_seconds(index.refresh) * 1000)
        time.sleep(REST_S)
        index.refresh()
    return median(changed), median(looked)


def _stat_all(folder: Path) -> None:
    for entry in os.scandir(folder):
        entry.stat(follow_symlinks=False)
