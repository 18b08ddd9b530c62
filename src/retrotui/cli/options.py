"""What was asked for when a screen opens: every option of `run`, read and checked.

Owns the reading; `RunOptions` itself is the screens'. Must not open a file or look for an
agenda: whoever runs the meeting does, and says what is wrong.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from retrotui.domain.period import parse_period
from retrotui.domain.text import one_line
from retrotui.errors import RetroError, msg
from retrotui.store.workspace import named_path
from retrotui.tui.run_options import RunOptions

LONGEST_MINUTES = 24 * 60
FASTEST = 1000.0
TITLE_BYTES = 400


def read_options(args: argparse.Namespace) -> RunOptions:
    """The options in what argparse read. Raises RetroError for a value that cannot be meant."""
    given = vars(args)
    period = given.get("period")
    return RunOptions(
        agenda=(given.get("agenda") or "").strip(),
        deals=_file(given.get("deals")),
        numbers=_file(given.get("numbers")),
        period=parse_period(period) if period is not None else None,
        minutes=_length(given.get("minutes")),
        hold=bool(given.get("hold")),
        rehearse=_speed(given.get("rehearse")),
        title=one_line(given.get("title") or "", limit=TITLE_BYTES),
        team=one_line(given.get("team") or "", limit=TITLE_BYTES),
        meeting=(given.get("meeting") or "").strip(),
        dir=Path(given["dir"]) if given.get("dir") is not None else None,
        lang=given.get("lang"),
    )


def _file(typed: str | None) -> Path | None:
    return named_path(typed) if typed else None


def _length(typed: str | None) -> int | None:
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit()) or not 1 <= int(typed[:9]) <= LONGEST_MINUTES:
        raise RetroError(
            msg("“{given}” is no length for a meeting.", given=one_line(typed)[:40]),
            msg("Type whole minutes from 1 to {most}: --minutes 60", most=LONGEST_MINUTES),
        )
    return int(typed)


def _speed(typed: str | None) -> float | None:
    if typed is None:
        return None
    try:
        speed = float(typed.replace(",", "."))
    except ValueError:
        speed = math.nan
    if not 0 < speed <= FASTEST:
        raise RetroError(
            msg("“{given}” is no speed for a rehearsal.", given=one_line(typed)[:40]),
            msg("Type how many times as fast: --rehearse 20"),
        )
    return speed
