"""The agenda's editor in a real terminal of 80x24, by keyboard alone: from the bundled agenda to the team's own."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
import tomli

from tests.terminal.room import Room

pytestmark = pytest.mark.terminal


def test_an_agenda_is_made_the_teams_own_by_keyboard_alone(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\nprint('IN THE EDITOR', flush=True)\n"
        "text = path.read_text(encoding='utf-8')\n"
        "path.write_text(text.replace('\"Abschluss\"', '\"Ende\"'), encoding='utf-8')\n",
        encoding="utf-8",
    )
    env = {"EDITOR": f"'{sys.executable}' '{script}'"}
    with Room(team, "agendas", "edit", "monthly-reflection", size=(80, 24), env=env) as room:
        room.sees("90 von 90 min")
        room.sees("mitgeliefert")
        room.does("+", "+")  # the first step: two minutes more
        room.sees("92 von 90 min · 2 min zu viel")
        room.does("down", "down", "-", "-")
        room.sees("90 von 90 min")
        room.does("t")  # the title of the figures
        room.sees("╭─ Titel")
        room.does("ctrl+u", "Drei Zahlen", "enter")
        room.sees_row("0:17", "Drei Zahlen")
        room.does("p", "a")  # one question more
        room.sees("╭─ Frage 4")
        room.does("Und jetzt?", "enter")
        room.sees_row("Frage 4", "Und jetzt?")
        room.does("escape", "J")  # behind the close-up
        room.sees_row("0:37", "Drei Zahlen")
        room.does("5")
        room.sees_row("Drei Zahlen", "gedeckelt · reihum")
        room.does("w")  # what the room will see
        room.sees("Wo liegen wir zum Ziel?")
        room.sees("8 min übrig")
        room.does("escape")
        room.sees("90 von 90 min")
        room.does("r")  # as text
        room.sees('title = "Drei Zahlen"')
        room.does("end", "x")
        room.sees("✗ Zeile")
        room.does("backspace", "escape")
        room.sees("90 von 90 min")
        room.does("x")  # in the own editor, and back
        room.sees_row("1:25", "Ende")
        room.does("a", "b")  # a break, then away with it
        room.sees("╭─ Titel")
        room.does("escape")
        room.sees("╭─ Titel", gone=True)
        room.does("d")
        room.sees("Der Punkt ist weg")
        room.does("ctrl+s")
        room.sees("Gespeichert")
        room.does("q")
        assert room.exit_code() == 0
    saved = tomli.loads((team / "agendas/monthly-reflection.toml").read_text(encoding="utf-8"))
    assert [step["id"] for step in saved["step"]][:5] == [
        "arrive",
        "followup",
        "deal-lost",
        "numbers",
        "deal-won",
    ]
    numbers = saved["step"][3]
    assert (numbers["title"], numbers["minutes"], numbers["go_round"]) == ("Drei Zahlen", 8, True)
    assert numbers["prompts"][-1] == "Und jetzt?" and saved["step"][-1]["title"] == "Ende"
    assert saved["step"][0]["minutes"] == 7 and saved["title"] == "Monatliche Reflexion"


def test_a_closed_terminal_costs_nothing_that_was_changed(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    with Room(team, "agendas", "edit", "weekly-call", size=(80, 24)) as room:
        room.sees("30 von 30 min")
        room.does("+")
        room.sees("31 von 30 min")
        room.signal(signal.SIGTERM)
        assert room.exit_code() == 128 + signal.SIGTERM
    assert not (team / "agendas").exists()
    with Room(team, "agendas", "edit", "weekly-call", size=(80, 24)) as room:
        room.sees("Nicht gespeicherte Änderungen")
        room.does("enter")
        room.sees("31 von 30 min")
        room.does("-", "q")
        assert room.exit_code() == 0
