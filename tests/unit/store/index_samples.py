"""Team folders for the tests of the index: small meetings, written as people and git leave them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from retrotui.clock import FakeClock
from retrotui.store.workspace import Workspace

LATER = FakeClock(datetime(2100, 1, 1, tzinfo=timezone(timedelta(hours=1))))
"""Long after every file was written: what looks the same then, is."""


def workspace(place: Path) -> Workspace:
    """A team folder that has nothing but its place."""
    return Workspace(place / "team", place / "state", place / "cache")


def meeting(
    here: Workspace,
    name: str,
    notes: Sequence[str] = (),
    *,
    day: str = "2026-11-23",
    more: str = "",
    head: str = "",
) -> Path:
    """Writes minutes with these notes; `head` are further keys, `more` further tables."""
    lines = [f'id = "{name}"', f"date = {day}", f"started = {day}T09:00:00+01:00", head, more]
    for number, text in enumerate(notes, 1):
        lines += ["[[note]]", f'id = "n{number}"', f"text = {json.dumps(text, ensure_ascii=False)}"]
    here.minutes_folder.mkdir(parents=True, exist_ok=True)
    path = here.minutes_folder / f"{name}.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def index_files(here: Workspace) -> list[Path]:
    """The databases in the index folder, without their journals."""
    return sorted(here.index_folder.glob("*.sqlite"))
