"""`python -m benchmarks`: measures, prints the table, and ends with 1 where a budget is missed.

    python -m benchmarks                 all parts, some twenty minutes
    python -m benchmarks start keys      only these
    python -m benchmarks --quick --json  short and rough, as one JSON document

Owns the command line and the order of things. Must not measure.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, table
from benchmarks.parts import PARTS, QUICK, Effort, measure
from benchmarks.stage import Stage


def main(argv: Sequence[str] | None = None) -> int:
    """Measures what is named; the exit code: 0 all budgets hold, 1 one is missed, or could not be measured."""
    args = _parser().parse_args(argv)
    effort = QUICK if args.quick else Effort()
    if args.rounds:
        effort = Effort(args.rounds, effort.keys, effort.entries, effort.idle_seconds, effort.deals)
    machine = _machine()
    figures: list[Figure] = []
    failed: dict[str, str] = {}
    with Stage() as stage:
        for part in args.parts or PARTS:
            print(f"measuring: {part} …", file=sys.stderr, flush=True)
            try:
                of_part = measure(part, stage, effort)
                # at once: nothing is lost where the rest is stopped
                print(table(of_part), file=sys.stderr, flush=True)
                figures += of_part
            except Exception as error:  # one part that fails must not take the others' figures along
                failed[part] = f"{type(error).__name__}: {error}"
                print(failed[part], file=sys.stderr, flush=True)
    machine["load_after"] = _load()
    if args.json:
        rows = [figure.document() for figure in figures]
        print(
            json.dumps({"machine": machine, "quick": args.quick, "figures": rows, "failed": failed}, indent=1)
        )
    else:
        print(_heading(machine, effort))
        print(table(figures))
        for part, why in failed.items():
            print(f"{part}: could not be measured: {why.splitlines()[0]}")
    missed = [figure for figure in figures if figure.holds is False]
    return 1 if missed or failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures what promises.md says about speed."
    )
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="few rounds, rough figures")
    parser.add_argument("--rounds", type=int, metavar="N", help="measure N times, and take medians")
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _machine() -> dict[str, Any]:
    return {
        "date": datetime.now().astimezone().date().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "textual": version("textual"),
        "load_before": _load(),
    }


def _processor() -> str:
    """What the kernel calls it; "" where it does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _load() -> float | None:
    """How many processes wanted to run in the last minute, on average: much above the cores, figures are rough."""
    try:
        return round(os.getloadavg()[0], 2)
    except OSError:
        return None


def _heading(machine: dict[str, Any], effort: Effort) -> str:
    return (
        f"{machine['date']} · {machine['system']}, {machine['cores']} cores ({machine['processor']}) · "
        f"Python {machine['python']}, Textual {machine['textual']} · load {machine['load_before']} before, "
        f"{machine['load_after']} after · medians of {effort.rounds} rounds\n"
    )


if __name__ == "__main__":
    sys.exit(main())
