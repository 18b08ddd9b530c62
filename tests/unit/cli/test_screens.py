"""The commands that open a screen: their options, and the refusal where there is no terminal."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from retrotui.domain.period import parse_period
from retrotui.store import minutes as store
from retrotui.store.workspace import find_workspace
from retrotui.tui import terminal_check, ways_in
from retrotui.tui.run_options import RunOptions
from tests.unit.cli.cli_samples import run

Capture = pytest.CaptureFixture[str]
Opened = list[tuple[str, RunOptions]]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A terminal is there, and what would be opened is written down instead."""
    calls: Opened = []

    def open_as(name: str) -> Callable[[RunOptions], int]:
        def opening(options: RunOptions) -> int:
            calls.append((name, options))
            return 7

        return opening

    for name in ("run_home", "run_meeting", "run_resume"):
        monkeypatch.setattr(ways_in, name, open_as(name))
    monkeypatch.setattr(terminal_check, "refusal", lambda: None)
    return calls


def test_without_a_command_home_opens_and_its_exit_code_is_ours(opened: Opened, capsys: Capture) -> None:
    assert run(capsys).code == 7
    assert opened == [("run_home", RunOptions())]


def test_home_takes_dir_and_lang(opened: Opened, capsys: Capture, tmp_path: Path) -> None:
    run(capsys, "--dir", tmp_path, "--lang", "de")
    assert opened == [("run_home", RunOptions(dir=tmp_path, lang="de"))]


def test_run_hands_over_every_option(opened: Opened, capsys: Capture, tmp_path: Path) -> None:
    run(
        capsys, "run", "weekly-call", "--deals", "d.csv", "--numbers", "n.csv", "--period", "2026-Q3", "--minutes",
        "60", "--hold", "--rehearse", "20", "--title", " Zum\tQuartal ", "--team", "Süd", "--dir", tmp_path,
    )  # fmt: skip
    assert opened == [
        (
            "run_meeting",
            RunOptions(
                agenda="weekly-call",
                deals=Path("d.csv"),
                numbers=Path("n.csv"),
                period=parse_period("2026-Q3"),
                minutes=60,
                hold=True,
                rehearse=20.0,
                title="Zum Quartal",
                team="Süd",
                dir=tmp_path,
            ),
        )
    ]


def test_run_alone_leaves_everything_to_the_team_folder(opened: Opened, capsys: Capture) -> None:
    run(capsys, "run")
    assert opened == [("run_meeting", RunOptions())]


def test_a_rehearsal_may_be_slower_and_take_a_comma(opened: Opened, capsys: Capture) -> None:
    run(capsys, "run", "--rehearse", "0,5")
    assert opened[0][1].rehearse == 0.5


def test_resume_takes_an_id_or_none(opened: Opened, capsys: Capture) -> None:
    run(capsys, "resume")
    run(capsys, "resume", "2026-11")
    assert opened == [("run_resume", RunOptions()), ("run_resume", RunOptions(meeting="2026-11"))]


@pytest.mark.parametrize("words", [[], ["run"], ["resume"]])
def test_without_a_terminal_a_sentence_and_exit_2(words: list[str], capsys: Capture) -> None:
    said = run(capsys, *words)
    assert (said.code, said.out) == (2, "")
    assert "terminal" in said.err and said.err.count("\n") == 1


def test_an_unknown_agenda_is_said_first_with_the_nearest(capsys: Capture, tmp_path: Path) -> None:
    said = run(capsys, "run", "monthly-reflexion", "--dir", tmp_path)
    assert said.code == 2 and "monthly-reflection" in said.err


def test_a_broken_agenda_is_said_with_file_line_and_column(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('schema = 1\nid = "mine"\ntitle = "Mine"\nminutes = "soon"\n')
    said = run(capsys, "run", path, "--dir", tmp_path)
    assert said.code == 2 and f"{path}:4:" in said.err


def test_a_dumb_terminal_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}", Terminal())
    assert terminal_check.refusal({"TERM": "xterm"}) is None
    assert "TERM=dumb" in str(terminal_check.refusal({"TERM": "dumb"}))


# -- demo --------------------------------------------------------------------------------------------------


def test_demo_opens_home_in_its_folder_with_its_deals(
    opened: Opened, capsys: Capture, tmp_path: Path
) -> None:
    assert run(capsys, "demo", "--lang", "de").code == 7
    ((name, options),) = opened
    place = tmp_path / "share" / "retrotui" / "demo-de"
    assert (name, options.dir, options.deals) == ("run_home", place, place / "verkaufschancen.csv")
    assert len(store.minutes_files(find_workspace(place))) >= 20


def test_demo_speaks_the_language_of_the_interface(opened: Opened, capsys: Capture, tmp_path: Path) -> None:
    run(capsys, "demo", "--dir", tmp_path / "d")
    assert opened[0][1].deals == tmp_path / "d" / "opportunities.csv"
    loaded = store.all_meetings(find_workspace(tmp_path / "d"))[0]
    assert {one.minutes.language for one in loaded} == {"en"}


@pytest.mark.parametrize("words", [[], ["--fresh"]])
def test_demo_without_a_terminal_is_refused_and_makes_and_deletes_nothing(
    words: list[str], capsys: Capture, tmp_path: Path
) -> None:
    mine = tmp_path / "d" / "mine.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    said = run(capsys, "demo", *words, "--dir", tmp_path / "new")
    assert (said.code, said.out) == (2, "") and "terminal" in said.err and said.err.count("\n") == 1
    assert run(capsys, "demo", *words, "--dir", tmp_path / "d").err == said.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.usefixtures("opened")
def test_demo_keeps_what_is_there_and_fresh_makes_it_anew(capsys: Capture, tmp_path: Path) -> None:
    place = tmp_path / "d"
    run(capsys, "demo", "--dir", place)
    (place / "retrotui.toml").unlink()
    run(capsys, "demo", "--dir", place)
    assert not (place / "retrotui.toml").exists()
    run(capsys, "demo", "--fresh", "--dir", place)
    assert (place / "retrotui.toml").exists()


def test_demo_refuses_a_folder_of_somebody_else(opened: Opened, capsys: Capture, team: Path) -> None:
    said = run(capsys, "demo", "--fresh", "--dir", team)
    assert said.code == 2 and not opened
    assert (team / "minutes").exists()
