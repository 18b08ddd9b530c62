"""Commands without a screen, as whole processes, beside a Python that does nothing but load the models' base."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.terminal.harness import python

from benchmarks.figures import Figure
from benchmarks.parts import Effort
from benchmarks.process import seconds_of
from benchmarks.stage import Stage, program
from retrotui.cli import COMMANDS

REFERENCE = python("from pydantic import BaseModel")


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """`--help`, `list` over few and many minutes, and `search` where there is one."""
    few, many = str(stage.team(100)), str(stage.team(1000))
    commands = {
        "retrotui --help": program("--help"),
        "retrotui list, 100 minutes": program("list", "--dir", few),
        "retrotui list, 1,000 minutes": program("list", "--dir", many),
    }
    if "search" in COMMANDS:
        commands["retrotui search, 1,000 minutes"] = program("search", "Preis", "--dir", many)
    taken: dict[str, list[float]] = {what: [] for what in commands}
    reference: list[float] = []
    with TemporaryDirectory(dir=stage.root) as home:
        for _ in range(effort.rounds + 1):
            reference.append(seconds_of(REFERENCE, Path(home)) * 1000)
            for what, command in commands.items():
                taken[what].append(seconds_of(command, Path(home)) * 1000)
    # the first round filled the disk's cache, and the index where there is one
    beside = "import BaseModel"
    return [
        Figure("commands", what, "ms", values[1:], beside, reference[1:], 1.5)
        for what, values in taken.items()
    ]
