"""What is left of an unexpected error: a log file with the places in our code, and none of anybody's words.

Owns the layout and the place of that file. Messages and values of variables are left out, since they may hold what
people said. Must not raise.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType

from retrotui import __version__

LOG_NAME = "retrotui.log"
MAX_BYTES = 200_000
"""A longer log begins anew."""


def log_file(state: Path) -> Path:
    """Where the log lies in the user's state folder."""
    return state / "log" / LOG_NAME


def record(error: BaseException, state: Path, now: datetime) -> Path | None:
    """Adds the error to the log; None where it cannot be written."""
    path = log_file(state)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
        if path.exists() and path.stat().st_size > MAX_BYTES:
            flags = (flags & ~os.O_APPEND) | os.O_TRUNC
        with open(os.open(path, flags, 0o600), "w", encoding="utf-8") as log:
            log.write("\n".join(_lines(error, now)) + "\n\n")
    except OSError:
        return None
    return path


def _lines(error: BaseException, now: datetime) -> list[str]:
    lines = [f"{now.isoformat()} retrotui {__version__} python {sys.version.split()[0]} {sys.platform}"]
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
        lines += _places(one.__traceback__)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return lines


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_qualname}")
        trace = trace.tb_next
    return places
