"""What the system says of a process: CPU time, resident memory, and how long a command takes.

Owns reading /proc, so these figures exist on Linux alone; elsewhere asking for them is refused. Must not start a
screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


class NotMeasurable(Exception):
    """This system does not tell."""


def cpu_seconds(pid: int) -> float:
    """The CPU time that the process has used by now, in its own code and in the kernel: of all threads that run.

    The sum in `stat` counts hundredths of a second, of which a quiet meeting uses one a second.
    """
    _proc(pid, "stat")  # where there is no /proc, it is said
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def resident_mb(pid: int) -> float:
    """The memory of the process that is in RAM now, in MB of a million bytes."""
    line = next(line for line in _proc(pid, "status").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


def seconds_of(command: Sequence[str], home: Path) -> float:
    """How long the command takes from start to end, with its output thrown away. Raises where it fails."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Berlin",
    }
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=home, capture_output=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return seconds


def _proc(pid: int, name: str) -> str:
    if sys.platform != "linux":
        raise NotMeasurable(f"CPU time and memory are read from /proc, which {sys.platform} does not have")
    return Path(f"/proc/{pid}/{name}").read_text()
