"""`forget`: what it says before, the question, what it says after, and its exit codes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.cli.cli_samples import MEETING, another, run

Capture = pytest.CaptureFixture[str]


class Terminal(io.StringIO):
    """Somebody who types an answer."""

    def isatty(self) -> bool:
        return True


def minutes(team: Path) -> str:
    return (team / "minutes" / f"{MEETING}.toml").read_text(encoding="utf-8")


def answering(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)


def test_with_yes_it_is_done_and_said(team: Path, capsys: Capture) -> None:
    said = run(capsys, "forget", "Anna Berg", "--yes", "--dir", team)
    assert (said.code, said.err) == (0, "")
    assert "Anna Berg (anna-berg) goes out of 1 file:" in said.out
    assert f"minutes/{MEETING}.toml: 1 participant, facilitator, owner of 1 item" in said.out
    assert "1 file was changed." in said.out and "retrotui due" in said.out and "backups" in said.out
    assert "Anna" not in minutes(team) and "anna-berg" not in minutes(team)


def test_without_a_terminal_and_without_yes_it_only_says_what_it_would_do(
    team: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    before = minutes(team)
    said = run(capsys, "forget", "Anna Berg", "--dir", team)
    assert said.code == 2 and "1 participant" in said.out and "--yes" in said.err
    assert minutes(team) == before


@pytest.mark.parametrize(
    ("answer", "gone"), [("y\n", True), ("ja\n", True), ("\n", False), ("no\n", False), ("", False)]
)
def test_it_asks_and_no_is_the_default(
    answer: str, gone: bool, team: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(answer, monkeypatch)
    said = run(capsys, "forget", "Anna Berg", "--dir", team)
    assert said.code == 0 and "Forget Anna Berg?" in said.err
    assert ("Nothing was changed." in said.err) is not gone
    assert ("Anna" not in minutes(team)) is gone


def test_nobody_of_that_name(team: Path, capsys: Capture) -> None:
    said = run(capsys, "forget", "Anna Burg", "--yes", "--dir", team)
    assert (said.code, said.out) == (2, "") and said.err.count("\n") == 1 and "Anna Berg" in said.err


def test_several_are_listed_with_what_tells_them_apart(team: Path, capsys: Capture) -> None:
    another(team, "2026-12-21-weekly-call")
    path = team / "minutes" / "2026-12-21-weekly-call.toml"
    path.write_text(path.read_text().replace('"anna-berg"', '"anna-berg-2"').replace('"sales"', '"finance"'))
    said = run(capsys, "forget", "Anna Berg", "--yes", "--dir", team)
    assert said.code == 2 and said.out.splitlines() == [
        "  anna-berg  Anna Berg, Sales", "  anna-berg-2  Anna Berg, Finance",
    ]  # fmt: skip
    assert "anna-berg, anna-berg-2" in said.err
    assert run(capsys, "forget", "anna-berg-2", "--yes", "--dir", team).code == 0
    assert "Anna Berg" in minutes(team) and 'name = "Anna Berg"' not in path.read_text()


def test_what_is_left_is_named_with_what_to_do_and_exit_2(team: Path, capsys: Capture) -> None:
    (team / "pipeline.csv").write_text("Owner\nAnna Berg\n")
    said = run(capsys, "forget", "Anna Berg", "--yes", "--dir", team)
    assert said.code == 2 and "Anna" not in minutes(team)
    assert (
        "pipeline.csv is none of retrotui's files." in said.out and "1 file still holds the name." in said.err
    )
    again = run(capsys, "forget", "Anna Berg", "--yes", "--dir", team)
    assert again.code == 2 and "nothing that can be changed" in again.out


def test_git_is_warned_of(team: Path, capsys: Capture) -> None:
    (team / ".git").mkdir()
    assert "git filter-repo" in run(capsys, "forget", "Anna Berg", "--yes", "--dir", team).out


def test_a_name_of_escape_bytes_reaches_no_terminal(team: Path, capsys: Capture) -> None:
    said = run(capsys, "forget", "\x1b[31mAnna\x1b[0m Berg", "--yes", "--dir", team)
    assert "\x1b" not in said.out + said.err


def test_it_speaks_german(team: Path, capsys: Capture) -> None:
    said = run(capsys, "forget", "Anna Berg", "--yes", "--dir", team, "--lang", "de")
    assert said.code == 0 and "verschwindet aus 1 Datei" in said.out and "1 Datei wurde geändert." in said.out
