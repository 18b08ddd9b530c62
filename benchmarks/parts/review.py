"""The review's list: opened over 10,000 minutes beside 100, and filtered as one types beside ripgrep.

In this process, with the index that is there, as the screen uses it: the keys of all meetings, and the cards of a
window of rows.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from typing import Final

from benchmarks.figures import Figure, p95
from benchmarks.parts import Effort
from benchmarks.parts.index import FEW, MANY
from benchmarks.stage import Stage
from retrotui.clock import SystemClock
from retrotui.domain.factors import FactorList
from retrotui.domain.review import read_wanted
from retrotui.domain.wanted import Wanted
from retrotui.store.review import Archive
from retrotui.store.workspace import Workspace

WINDOW: Final = 110
"""Rows that are read for a screen of thirty."""
TYPED: Final = (
    "preis",
    "einkauf nord",
    "vorgang 12345",
    "#preis",
    "ausgang:verloren",
    "@a",
    "kunde:nord",
    "xyzzy",
)
"""Words, parts of words and conditions; ripgrep looks for the first word of each."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """Opening must not grow; each filter must be quicker than reading the files for it."""
    few, many = (_workspace(stage, count) for count in (FEW, MANY))
    for here in (few, many):
        archive = Archive(here, SystemClock())
        archive.look()
        archive.close()
    opened, opened_few, filtered, sought = [], [], [], []
    for _ in range(effort.rounds):
        opened_few.append(_open(few))
        opened.append(_open(many))
        filtered.append(p95(_filters(many)))
        sought.append(p95(_ripgrep(many)))
    return [
        Figure("review", f"the list of {MANY:,} minutes", "ms", opened, f"of {FEW}", opened_few, 2.0, 25.0),
        Figure("review", "filtered as one types, p95", "ms", filtered, "ripgrep -i", sought, 1.0),
    ]


def _workspace(stage: Stage, count: int) -> Workspace:
    return Workspace(stage.team(count), stage.root / "state", stage.root / "cache")


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _open(here: Workspace) -> float:
    def opened() -> None:
        archive = Archive(here, SystemClock())
        assert archive.is_indexed()
        archive.cards(archive.find(Wanted())[:WINDOW])
        archive.close()

    return _milliseconds(opened)


def _filters(here: Workspace) -> list[float]:
    archive, factors, today = Archive(here, SystemClock()), FactorList.of_team(), SystemClock().wall().date()
    wanted = [read_wanted(line, factors, today) for line in TYPED]
    taken = [_milliseconds(lambda one=one: archive.cards(archive.find(one)[:WINDOW])) for one in wanted]  # type: ignore[misc]
    archive.close()
    return taken


def _ripgrep(here: Workspace) -> list[float]:
    """Raises where there is no ripgrep: without the reference the figure says nothing."""
    program = shutil.which("rg")
    if program is None:
        raise RuntimeError("ripgrep (rg) is not installed")
    taken = []
    for line in TYPED:
        words = line.split()[0].lstrip("#@").rpartition(":")[2]
        command = [program, "--no-config", "-i", "-F", "-l", "--", words, str(here.minutes_folder)]
        taken.append(_milliseconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=False)))  # noqa: B023
    return taken
