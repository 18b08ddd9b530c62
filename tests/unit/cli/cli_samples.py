"""A team folder for the tests of the command line, and what a command said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden" / "linear-minutes.toml"
MEETING = "2026-11-23-monthly-reflection"


@dataclass(frozen=True)
class Said:
    """What one command printed, and its exit code."""

    code: int
    out: str
    err: str


def team_folder(place: Path) -> Path:
    """A team folder with one closed meeting."""
    minutes = place / "minutes"
    minutes.mkdir(parents=True)
    (minutes / f"{MEETING}.toml").write_bytes(GOLDEN.read_bytes())
    return place


def another(place: Path, meeting_id: str, **changed: str) -> Path:
    """One more meeting in a team folder; `changed` replaces whole values of top-level keys."""
    text = GOLDEN.read_text(encoding="utf-8").replace(MEETING, meeting_id)
    for key, value in changed.items():
        lines = [f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in text.split("\n")]
        text = "\n".join(lines)
    path = place / "minutes" / f"{meeting_id}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: Any) -> Said:
    """One command as `retrotui WORDS`."""
    from retrotui.cli import main

    capsys.readouterr()
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return Said(code, out, err)
