"""Starting again after something went wrong: what is asked, what is not, and what reaches the folder in the end."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.terminal.room import PATIENCE, Room, altered, texts

pytestmark = pytest.mark.terminal

QUESTION = "╭─ Zwei Fassungen"


def test_two_versions_are_asked_about_and_both_are_kept(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("aus dem Entwurf")
        room.press("f4")
        room.on_floor("Experimente prüfen")
        room.called_saved()
        room.signal(signal.SIGKILL)
        room.exit_code()
    [file] = room.minutes_files()
    theirs = file.read_text().replace("aus dem Entwurf", "von anderswo")
    file.write_text(theirs)
    with Room(team, "resume") as room:
        room.sees(QUESTION)
        room.type("3")
        room.sees("── Nur im Entwurf ──")
        room.sees("aus dem Entwurf")
        room.press("escape")
        room.sees(QUESTION)
        room.press("escape")
        room.sees(QUESTION, gone=True)
        room.press("q")
        assert room.exit_code(PATIENCE) == 0
        assert file.read_text() == theirs and len(room.minutes_files()) == 1
    with Room(team, "run", "weekly-call") as room:
        room.sees(QUESTION)
        room.type("1")
        room.on_floor("Experimente prüfen")
        room.says(". und weiter")
        room.signal(signal.SIGTERM)
        assert room.exit_code(PATIENCE) == 143
        assert {"aus dem Entwurf", "und weiter"} <= texts(room.minutes())
    assert file.read_text() == theirs


def test_an_end_that_could_not_be_saved_is_said_and_reaches_the_minutes_later(tmp_path: Path) -> None:
    team, home = tmp_path / "team", tmp_path / "home"
    minutes = team / "minutes"
    minutes.mkdir(parents=True)
    minutes.chmod(0o500)
    home.mkdir()
    powerless = altered("without-rights")
    with Room(team, "run", "weekly-call", program=powerless, home=home) as room:
        room.sees("F2 beginnt trotzdem, im Entwurf")
        room.press("f2")
        room.on_floor("Ankommen")
        room.type("nur im Entwurf")
        room.press("enter")
        room.ends()
        room.sees("Nicht gesichert: ")
        room.press("enter")
        room.sees("steht nur im Entwurf")
        room.press("q")
        assert room.exit_code(PATIENCE) == 0
    assert list(minutes.iterdir()) == []
    minutes.chmod(0o700)
    with Room(team, home=home) as room:
        room.sees("Was nur im Entwurf stand, ist jetzt in")
        room.sees(lambda lines: not any("steht nur im Entwurf" in line for line in lines))
        found = room.minutes()
        assert found.status == "closed" and "nur im Entwurf" in texts(found)
        assert room.draft() is None
