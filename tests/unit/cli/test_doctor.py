"""`doctor`: where everything lies, and which files are damaged and where; it mends nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrotui.cli.doctor import found_by, terminal
from tests.unit.cli.cli_samples import MEETING, another, run

Capture = pytest.CaptureFixture[str]


def facts(capsys: Capture, *words: Any) -> dict[str, Any]:
    said = run(capsys, "doctor", "--json", *words)
    assert said.code == 0 and said.err == ""
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_it_tells_where_everything_lies(team: Path, tmp_path: Path, capsys: Capture) -> None:
    found = facts(capsys, "--dir", team)
    assert found["folder"] == {
        "path": str(team), "found_by": "--dir", "exists": True, "writable": True, "problem": None,
    }  # fmt: skip
    assert found["minutes"]["meetings"] == 1 and found["minutes"]["running"] == []
    assert "monthly-reflection" in found["agendas"]["bundled"] and found["agendas"]["own"] == []
    assert Path(found["drafts"]["path"]).is_relative_to(tmp_path / "state")
    assert Path(found["cache"]["path"]).is_relative_to(tmp_path / "cache")
    assert found["log"] == {"path": str(tmp_path / "state" / "log"), "files": 0}
    assert found["damaged"] == []


def test_it_names_every_damaged_file_with_its_line(team: Path, capsys: Capture) -> None:
    (team / "minutes" / "2026-12-01-cut.toml").write_text('schema = 1\nid = "cut')
    wrong = another(team, "2026-12-02-wrong", status='"almost"')
    (team / "retrotui.toml").write_text('team = "Süd"\ncurency = "EUR"\n')
    (team / "agendas").mkdir()
    (team / "agendas" / "mine.toml").write_text('schema = 1\nid = "mine"\ntitle = "Mine"\nminutes = "soon"\n')
    damaged = {Path(each["path"]).name: each for each in facts(capsys, "--dir", team)["damaged"]}
    assert {name: each["line"] for name, each in damaged.items()} == {
        "2026-12-01-cut.toml": 2, "2026-12-02-wrong.toml": 3, "retrotui.toml": 2, "mine.toml": 4,
    }  # fmt: skip
    assert all(each["text"] for each in damaged.values())
    text = run(capsys, "doctor", "--dir", team).out
    assert f"{wrong}:3" in text and "4 files are damaged" in text


def test_it_says_the_same_as_text(team: Path, capsys: Capture) -> None:
    another(team, "2026-12-01-open", status='"running"')
    said = run(capsys, "doctor", "--dir", team)
    assert said.code == 0
    for part in (
        str(team),
        "2 meetings",
        "still open: 2026-12-01-open",
        "monthly-reflection",
        "No file is damaged.",
    ):
        assert part in said.out


def test_it_makes_nothing(tmp_path: Path, capsys: Capture) -> None:
    assert facts(capsys, "--dir", tmp_path / "nowhere")["folder"]["exists"] is False
    assert "does not exist yet" in run(capsys, "doctor", "--dir", tmp_path / "nowhere").out
    assert not (tmp_path / "nowhere").exists() and not (tmp_path / "state").exists()


def test_it_finds_damage_that_a_list_lets_pass(team: Path, capsys: Capture) -> None:
    path = team / "minutes" / f"{MEETING}.toml"
    path.write_text(path.read_text().replace("weight = 3", "weight = 9"))
    assert len(json.loads(run(capsys, "list", "--json", "--dir", team).out)) == 1
    (damage,) = facts(capsys, "--dir", team)["damaged"]
    assert path.read_text().splitlines()[damage["line"] - 1] == "weight = 9"


def test_it_tells_why_this_folder(tmp_path: Path) -> None:
    assert found_by("x", {"RETROTUI_DIR": "y"}, tmp_path) == "--dir"
    assert found_by(None, {"RETROTUI_DIR": "y"}, tmp_path) == "RETROTUI_DIR"
    assert found_by(None, {"RETROTUI_DIR": ""}, tmp_path) == "documents"
    (tmp_path / "retrotui.toml").write_text("")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert found_by(None, {}, tmp_path / "a" / "b") == "upwards"


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, 256),
        ({"TERM": "xterm"}, 16),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, 1 << 24),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, 0),
        ({"TERM": "dumb"}, 0),
        ({}, 0),
    ],
)
def test_it_tells_what_the_terminal_claims(
    environment: dict[str, str], colours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)
    found = terminal(environment)
    assert found["colours"] == colours and found["is_terminal"] is True
    assert found["columns"] > 0 and found["lines"] > 0


def test_without_a_terminal_it_says_so(team: Path, capsys: Capture) -> None:
    assert facts(capsys, "--dir", team)["terminal"]["is_terminal"] is False
    assert "no screen can be opened here" in run(capsys, "doctor", "--dir", team).out
