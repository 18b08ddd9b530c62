"""An export of 100,000 deals, read by the program and by `csv.reader` alone: time and memory, a process each."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.deals import write_deals
from benchmarks.figures import Figure
from benchmarks.parts import Effort
from benchmarks.stage import Stage

_REPORT: Final = """
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({"s": time.perf_counter() - began, "mb": int(peak.split()[1]) * 1024 / 1e6, "rows": rows}))
"""
OURS: Final = (
    """
import json, sys, time
from pathlib import Path
from retrotui.interchange import crm
began = time.perf_counter()
rows = len(crm.read(Path(sys.argv[1])).deals)
"""
    + _REPORT
)
READER: Final = (
    """
import csv, json, sys, time
began = time.perf_counter()
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = sum(1 for _ in csv.reader(file)) - 1
"""
    + _REPORT
)


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """Seconds and peak memory."""
    path = write_deals(stage.root / "opportunities.csv", effort.deals)
    ours, theirs = [], []
    for _ in range(effort.rounds):
        ours.append(run(OURS, path, effort.deals))
        theirs.append(run(READER, path, effort.deals))
    what = f"import of {effort.deals:,} deals"
    return [
        Figure(
            "importing", what, "ms", [one[0] for one in ours], "csv.reader", [one[0] for one in theirs], 12.0
        ),
        Figure(
            "importing", f"{what}, peak memory", "MB", [one[1] for one in ours], "csv.reader",
            [one[1] for one in theirs],
        ),
    ]  # fmt: skip


def run(code: str, path: Path, expected: int) -> tuple[float, float]:
    """Milliseconds and peak memory in MB. Raises where not every row was read."""
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    said = json.loads(done.stdout)
    if said["rows"] != expected:
        raise RuntimeError(f"{said['rows']} rows were read, not {expected}")
    return said["s"] * 1000, said["mb"]
