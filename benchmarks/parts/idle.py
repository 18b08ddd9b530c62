"""A minute in which nobody types: CPU time and bytes to the terminal, ours and bare's in the same minute."""

from __future__ import annotations

import time

from tests.terminal.harness import Terminal

from benchmarks.figures import Figure
from benchmarks.parts import Effort
from benchmarks.process import cpu_seconds
from benchmarks.stage import Stage

ENTRIES = 300
MINUTES = 100
CPU_BUDGET, BYTES_BUDGET = 1.5, 0.6
MOST_ROUNDS = 3
"""Minutes are long: more of them would tell little."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """A running meeting with entries, desk view, then wall view."""
    figures: list[Figure] = []
    with stage.meeting(ENTRIES, MINUTES) as meeting, stage.bare() as bare:
        for name in ("desk", "wall"):
            if name == "wall":
                meeting.press("f8")
                meeting.settle(1.5)
            rounds = [
                watch((meeting, bare), effort.idle_seconds) for _ in range(min(MOST_ROUNDS, effort.rounds))
            ]
            (cpu, written), (bare_cpu, bare_written) = (
                ([one[who][0] for one in rounds], [one[who][1] for one in rounds]) for who in (0, 1)
            )
            figures += [
                Figure("idle", f"idle minute, {name} view, CPU", "ms", cpu, "bare", bare_cpu, CPU_BUDGET),
                Figure(
                    "idle", f"idle minute, {name} view, to the terminal", "bytes", written, "bare", bare_written,
                    BYTES_BUDGET,
                ),
            ]  # fmt: skip
    return figures


def watch(terminals: tuple[Terminal, Terminal], seconds: float) -> list[tuple[float, float]]:
    """Milliseconds of CPU time and bytes written, of each, in so many seconds, scaled to a minute."""
    before = [(cpu_seconds(one.pid), len(one.log)) for one in terminals]
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        for one in terminals:
            one.watch(0.25)
    scale = 60 / (time.monotonic() - began)
    return [
        ((cpu_seconds(one.pid) - cpu) * 1000 * scale, (len(one.log) - written) * scale)
        for one, (cpu, written) in zip(terminals, before, strict=True)
    ]
