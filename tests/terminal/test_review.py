"""The review in a real terminal: the index deleted, damaged and held by another process in the middle of it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from retrotui.domain.minutes import Lesson, Minutes, change
from retrotui.store import minutes as minutes_store
from retrotui.store.workspace import Workspace
from tests.terminal.room import PATIENCE, Room
from tests.tui.driver import at
from tests.tui.stage import earlier

pytestmark = pytest.mark.terminal


def meeting(month: int, lesson: str) -> Minutes:
    said = Lesson(id="l1", at=at(2, 10, month=month), text=lesson)
    return change(earlier(date(2026, month, 2), "de", lesson=(said,)), title=f"Treffen {month}")


def databases(room: Room) -> list[Path]:
    """The index, wherever the cache folder of this home lies."""
    return sorted(room.home.rglob("index-*.sqlite"))


def refused(team: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "retrotui", "review", *words, "--dir", str(team), "--lang", "de"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_the_index_deleted_damaged_and_held_in_the_middle_costs_a_slower_search_only(tmp_path: Path) -> None:
    team = tmp_path / "team"
    workspace = Workspace(team, tmp_path / "state", tmp_path / "cache")
    for month in (8, 9, 10):
        minutes_store.save_new(workspace, meeting(month, f"Zentraleinkauf früh fragen, Nummer {month}"))
    with Room(team, "review") as room:
        room.sees("3 Treffen")
        room.type("/einkauf")
        room.sees("3 von 3 Treffen")
        for path in databases(room):
            path.unlink()
        room.type(" 9")
        room.sees("1 von 3 Treffen")
        room.sees_row("Treffen 9")
        (path,) = databases(room)
        os.truncate(path, 4000)
        room.press("escape")
        room.type("/nummer")
        room.sees("3 von 3 Treffen")
        (path,) = databases(room)
        held = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        held.execute("BEGIN IMMEDIATE")  # as another process that writes and does not let go
        minutes_store.save_new(workspace, meeting(11, "Zentraleinkauf hinzugekommen"))
        room.press("escape")
        room.sees("4 Treffen")
        room.sees_row("Treffen 11")
        room.sees("Der Index ist nicht benutzbar")
        room.type("/hinzugek")
        room.sees("1 von 4 Treffen")
        held.close()
        room.press("enter")
        room.press("enter")
        room.sees("Treffer 1 von 1")
        room.type("q")
        assert room.exit_code(PATIENCE) == 0


def test_without_a_terminal_or_such_a_meeting_it_is_refused_in_a_sentence(tmp_path: Path) -> None:
    team = tmp_path / "team"
    workspace = Workspace(team, tmp_path / "state", tmp_path / "cache")
    minutes_store.save_new(workspace, meeting(10, "x"))
    said = refused(team)
    assert said.returncode == 2 and said.stdout == "" and "kein Terminal" in said.stderr
    with Room(team, "review", "2026-10-03-monthly") as room:
        assert room.exit_code(PATIENCE) == 2
        assert "2026-10-02-monthly-reflection" in " ".join("".join(room.screen()).split())
