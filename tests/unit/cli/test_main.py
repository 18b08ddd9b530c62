"""The command line as scripts see it: options, exit codes, and one sentence for everything that goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from retrotui import __version__, cli, locale
from retrotui.cli import minutes as minutes_command
from retrotui.cli import output
from retrotui.cli.parsing import command_in, language_in
from retrotui.errors import RetroError, msg
from tests.unit.cli.cli_samples import run

Capture = pytest.CaptureFixture[str]
DECLARED = {
    "run", "resume", "review", "list", "show", "search", "due", "insights", "deals", "agendas", "export", "forget",
    "doctor", "demo",
}  # fmt: skip


def fresh(code: str, *, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Some code in a fresh interpreter."""
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
        timeout=60,
    )


# -- what is declared ------------------------------------------------------------------------------------


def test_the_help_names_every_command(capsys: Capture) -> None:
    said = run(capsys, "--help")
    assert said.code == 0
    listed = {line.split()[0] for line in said.out.split("\n") if line.startswith("    ") and line.strip()}
    assert listed >= DECLARED


@pytest.mark.parametrize("command", sorted(DECLARED))
def test_every_command_has_a_help_of_its_own_with_dir_and_lang(command: str, capsys: Capture) -> None:
    said = run(capsys, command, "--help")
    assert said.code == 0 and said.err == ""
    assert "--dir" in said.out and "--lang" in said.out and command in said.out


def test_the_version_is_told(capsys: Capture) -> None:
    assert run(capsys, "--version").out == f"retrotui {__version__}\n"


def test_the_package_can_be_run(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "retrotui", "list", "--json", "--dir", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


# -- dir and lang go with every command, before and after it ----------------------------------------------


@pytest.mark.parametrize("before", [True, False])
def test_dir_goes_before_and_after_the_command(before: bool, team: Path, capsys: Capture) -> None:
    words = ["--dir", team, "list", "--json"] if before else ["list", "--json", "--dir", team]
    assert len(json.loads(run(capsys, *words).out)) == 1


@pytest.mark.parametrize("words", [["--lang", "de", "list"], ["list", "--lang=de"], ["list", "--lang", "de"]])
def test_lang_goes_before_and_after_the_command(words: list[str], team: Path, capsys: Capture) -> None:
    assert "23.11.2026" in run(capsys, *words, "--dir", team).out
    assert locale.language() == "de"


def test_the_team_folder_names_the_language_unless_lang_does(team: Path, capsys: Capture) -> None:
    (team / "retrotui.toml").write_text('interface = "de"\n')
    assert "23.11.2026" in run(capsys, "list", "--dir", team).out
    assert "23 Nov 2026" in run(capsys, "list", "--dir", team, "--lang", "en").out


@pytest.mark.parametrize("text", ["interface = [", 'interface = "fr"\n', "", "\x00"])
def test_settings_that_cannot_be_read_do_not_hinder_a_list(text: str, team: Path, capsys: Capture) -> None:
    (team / "retrotui.toml").write_text(text)
    said = run(capsys, "list", "--dir", team)
    assert said.code == 0 and "23 Nov 2026" in said.out


def test_the_system_names_the_language_last(
    team: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert "23.11.2026" in run(capsys, "list", "--dir", team).out


def test_nested_commands_take_dir_too(team: Path, capsys: Capture) -> None:
    assert run(capsys, "agendas", "list", "--json", "--dir", team).code == 0
    assert run(capsys, "--dir", team, "agendas", "list", "--json").code == 0


def test_command_and_language_are_found_before_anything_is_parsed() -> None:
    assert command_in(["--dir", "list", "--lang", "de", "show", "x"]) == "show"
    assert command_in(["--json"]) == "" and command_in([]) == ""
    assert command_in(["--dir=x", "due"]) == "due"
    assert language_in(["list", "--lang", "de"]) == "de" and language_in(["--lang=en"]) == "en"
    assert language_in(["show", "--", "--lang", "de"]) == "" and language_in(["--lang"]) == ""


# -- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["lst"], "“lst”"),
        (["lst"], "list"),
        (["show"], "ID is missing"),
        (["list", "--jsn"], "“--jsn”"),
        (["list", "--lang", "fr"], "--lang"),
        (["list", "--lang"], "--lang"),
        (["list", "--dir"], "--dir"),
        (["minutes"], "“minutes”"),
        (["run", "--minutes", "soon"], "“soon”"),
        (["run", "--minutes", "0"], "“0”"),
        (["run", "--minutes", "99999999999999999999"], "9999"),
        (["run", "--rehearse", "-3"], "--rehearse"),
        (["run", "--rehearse", "nan"], "“nan”"),
        (["run", "--rehearse", "0"], "“0”"),
        (["run", "--period", "2026-13"], "2026-13"),
        (["run", "--period", ""], "no period"),
        (["run", "a", "b"], "“b”"),
    ],
)
def test_words_that_mean_nothing_are_refused_in_one_line(
    words: list[str], expected: str, capsys: Capture
) -> None:
    said = run(capsys, *words)
    assert said.code == 2
    assert said.out == ""
    assert expected in said.err
    assert said.err.count("\n") == 1 and "usage" not in said.err.lower()


def test_what_was_typed_reaches_the_terminal_harmless(capsys: Capture) -> None:
    said = run(capsys, "\x1b[31mlist\x07")
    assert said.code == 2
    assert not any(ord(letter) < 32 and letter != "\n" for letter in said.err)


def test_with_json_an_error_is_one_document_too(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("")
    said = run(capsys, "list", "--json", "--dir", tmp_path / "file")
    assert said.code == 2
    assert "file" in json.loads(said.out)["error"]
    assert said.err.strip() == json.loads(said.out)["error"]


def test_an_error_names_its_place(tmp_path: Path) -> None:
    error = RetroError(msg("It is wrong."), msg("Mend it."), file=tmp_path / "a.toml", line=3, column=7)
    assert output.sentence(error) == f"{tmp_path / 'a.toml'}:3:7: It is wrong. Mend it."
    assert output.sentence(RetroError(msg("It is wrong."), file=tmp_path / "a.toml")) == "It is wrong."
    assert output.sentence(RetroError(msg("No."), file=Path("x"), line=2)) == "x:2: No."


# -- what breaks -------------------------------------------------------------------------------------------


def broken(*_args: object, **_values: object) -> None:
    raise ValueError("Carla said: the price was too high")


def test_an_unexpected_error_is_one_sentence_and_a_log_without_anybodys_words(
    team: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minutes_command, "_list", broken)
    said = run(capsys, "list", "--json", "--dir", team)
    assert said.code == 1
    assert "ValueError" in said.err and "Carla" not in said.err and "Traceback" not in said.err
    assert "ValueError" in json.loads(said.out)["error"]
    logs = list((tmp_path / "state" / "log").glob("*.log"))
    assert len(logs) == 1 and str(logs[0]) in said.err
    assert "Carla" not in logs[0].read_text() and "ValueError" in logs[0].read_text()
    assert logs[0].stat().st_mode & 0o777 == 0o600


def test_an_unexpected_error_is_told_even_where_no_log_can_be_written(
    team: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file stands in the way")
    monkeypatch.setattr(minutes_command, "_list", broken)
    said = run(capsys, "list", "--dir", team)
    assert said.code == 1 and "no log" in said.err


def test_ctrl_c_ends_with_130(team: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(minutes_command, "_list", interrupted)
    said = run(capsys, "list", "--dir", team)
    assert (said.code, said.out, said.err) == (130, "", "")


def test_a_reader_that_has_gone_is_no_error_worth_a_word(team: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "retrotui", "list", "--dir", str(team)],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    os.close(write)
    assert done.returncode == 141
    assert done.stderr == ""


def test_letters_that_the_terminal_lacks_do_not_break_a_list(team: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "retrotui", "show", "2026", "--dir", str(team)],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LANG": "C"},
        timeout=60,
    )
    assert done.returncode == 0 and b"Vertrieb S?d" in done.stdout


def test_json_holds_nothing_that_a_terminal_would_obey(capsys: Capture) -> None:
    output.document({"title": "a\x9bb\u202ec\x1b[31m\udc80", "ü": 1})
    out = capsys.readouterr().out
    assert json.loads(out)["title"] == "a\x9bb\u202ec\x1b[31m\udc80"
    assert "ü" in out
    assert all(letter == "\n" or letter.isprintable() for letter in out)


# -- what is loaded ----------------------------------------------------------------------------------------

LOADED = "; print(*[name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"


@pytest.mark.parametrize("words", [["--help"], ["list"], ["list", "--json"], ["run", "--help"]])
def test_help_and_list_load_neither_screens_nor_models(words: list[str], team: Path) -> None:
    code = (
        "import sys; from retrotui.cli import main; "
        f"main({[*words, '--dir', str(team)]!r})"
        + LOADED.format(heavy=("textual", "pydantic", "babel", "tomlkit"))
    )
    assert fresh(code).stderr.strip() == ""


@pytest.mark.parametrize("words", [["show", "2026"], ["due"], ["doctor"], ["agendas"]])
def test_no_command_without_a_screen_loads_textual(words: list[str], team: Path) -> None:
    code = (
        "import sys; from retrotui.cli import main; "
        f"main({[*words, '--dir', str(team)]!r})" + LOADED.format(heavy=("textual", "babel"))
    )
    assert fresh(code).stderr.strip() == ""


def test_every_declared_command_has_its_module_and_its_words() -> None:
    assert set(cli.COMMANDS) == DECLARED
    for module, words in cli.COMMANDS.values():
        assert words.id and (Path(cli.__file__).parent / f"{module}.py").is_file()
