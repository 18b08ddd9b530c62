"""What is measured: one module a subject, each with a function `measure(stage, effort)` that gives its figures.

Owns the list of parts, in the order of promises.md, and how much effort a run takes. Must not print.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from benchmarks.figures import Figure
from benchmarks.stage import Stage

PARTS: Final = (
    "start",
    "commands",
    "keys",
    "idle",
    "saving",
    "importing",
    "searching",
    "index",
    "review",
    "insights",
    "memory",
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long it is measured: `rounds` of everything, `keys` and `entries` a round, seconds of an idle minute."""

    rounds: int = 7
    keys: int = 150
    entries: int = 40
    idle_seconds: float = 60.0
    deals: int = 100_000


QUICK: Final = Effort(rounds=3, keys=50, entries=15, idle_seconds=15.0)


def measure(part: str, stage: Stage, effort: Effort) -> list[Figure]:
    """The figures of one part."""
    module = import_module(f"benchmarks.parts.{part}")
    measuring: Callable[[Stage, Effort], list[Figure]] = module.measure
    return measuring(stage, effort)
