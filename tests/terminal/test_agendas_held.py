"""Two agendas from practice, held in German by keyboard alone in a real terminal: what issue 5 must show.

The other four are held in `tests/tui/test_agendas_held.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.room import ROOT, Room

pytestmark = pytest.mark.terminal

AGENDAS = ROOT / "tests/fixtures/agendas"


def team_with(tmp_path: Path, agenda: str) -> Path:
    """A German team folder that has the agenda."""
    team = tmp_path / "team"
    (team / "agendas").mkdir(parents=True)
    (team / "retrotui.toml").write_text('schema = 1\nteam = "Süd"\nlanguage = "de"\n', encoding="utf-8")
    (team / "agendas" / f"{agenda}.toml").write_bytes((AGENDAS / f"{agenda}.toml").read_bytes())
    return team


def test_peer_consulting_leaves_nothing_of_what_was_told(tmp_path: Path) -> None:
    with Room(team_with(tmp_path, "case-circle"), "run", "case-circle", size=(80, 24)) as room:
        room.on_floor("Rollen")
        for person in ("Anna Berg", "Ben Kurz", "Carla Weiß"):
            room.says(f"{person}, Vertrieb", shows=person)
        room.press("f7")  # the people are there, and nobody has a role yet
        room.sees("3 Bringt den Fall")
        room.does("3", "escape")
        room.goes_on("Fall · Erzählen · wird nicht gespeichert")
        room.sees_row("Bringt den Fall", "Anna Berg", "spricht")
        for told in ("Verratener Rabatt", "- Verratener Chef *3 /kunde", '"Verratener Kunde'):
            room.type(told)
            room.press("enter")
            room.sees_row(told.strip('-" ').split(" *")[0], "ungespeichert")
        room.press("f4")
        room.on_floor("Fall · Beraten")
        room.sees_row("Bringt den Fall", "Anna Berg", "hört nur zu")
        room.type("Verratener Gedanke, halb getippt")
        room.sees("halb getippt")
        room.press("f8")
        room.sees_row("Bringt den Fall (Anna Berg)", "hört nur zu")
        room.press("f8")
        for _ in range(40):
            room.press("backspace")
        room.says("! Den Einkauf früher fragen")
        room.goes_on("Antwort")
        room.says("Morgen rufe ich dort an")
        room.ends()
        kept = room.minutes()
        assert [one.text for one in kept.lesson] == ["Den Einkauf früher fragen"]
        assert [(one.label, one.value) for one in kept.field] == [
            ("Erster Schritt", "Morgen rufe ich dort an")
        ]
        assert not kept.note and not kept.factor and not kept.quote
        left = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert left and not [path for path in left if b"Verratener" in path.read_bytes()]


def test_lean_coffee_talks_of_the_topics_with_most_votes_first(tmp_path: Path) -> None:
    with Room(team_with(tmp_path, "lean-coffee"), "run", "lean-coffee", size=(80, 24)) as room:
        room.on_floor("Themen")
        for topic in ("Preisrahmen", "Technik am Tisch", "Angebote kürzen"):
            room.says(topic)
        room.does("escape", "v")
        room.sees("2 Punkte je Person")
        room.does("1", "enter", "4", "enter", "2", "escape")
        room.sees("7 vergeben", gone=True)
        room.press("f4")
        room.on_floor("Thema · Technik am Tisch")
        room.sees("F5 +2,5 min")
        room.press("f5")
        room.sees("2,5 min mehr")
        room.says("Wir laden sie zum zweiten Termin ein")
        room.goes_on("Thema · Angebote kürzen")
        room.press("f8")
        room.sees("Angebote kürzen")
        room.press("f8")
        room.goes_on("Thema · Preisrahmen")
        room.goes_on("Schluss")
        room.ends()
        topics = [one for one in room.minutes().step if one.note]
        assert [(one.note, one.planned_s, one.extended_s) for one in topics] == [
            ("n2", 300, 150),
            ("n3", 300, 0),
            ("n1", 300, 0),
        ]
        assert [one.step for one in room.minutes().note][3:] == ["thema"]
