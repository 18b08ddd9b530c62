"""Every mistake in a corpus of broken agendas is named at its line, and said in both languages with how to mend it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.cli import main
from retrotui.domain.agenda_changes import MoveStep, SetValue, changed, steps
from retrotui.domain.agenda_outline import outline
from retrotui.errors import RetroError
from retrotui.store import agenda_editing, agenda_text, agendas
from retrotui.tui.agenda_form import form_rows
from tests.unit.agendas.agenda_samples import HAND_WRITTEN

CORPUS = Path(__file__).parents[2] / "fixtures/agendas_broken"
EXPECTED: dict[str, dict[str, Any]] = tomli.loads((CORPUS / "expected.toml").read_text(encoding="utf-8"))
FILES = sorted(path for path in CORPUS.glob("*.toml") if path.name != "expected.toml")
BROKEN = [path for path in FILES if not path.stem.startswith("warned-")]


def test_the_corpus_is_large_and_every_file_of_it_is_expected() -> None:
    assert len(BROKEN) >= 60
    assert {path.stem for path in FILES} == set(EXPECTED)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_mistake_is_named_at_its_line_with_how_to_mend_it(
    path: Path, language: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    expected = EXPECTED[path.stem]
    code = main(["agendas", "check", str(path), "--dir", str(tmp_path), "--lang", language])
    said = capsys.readouterr().out.splitlines()
    place = f"{path}:{expected['line']}:{expected['column']}: "
    assert any(line.startswith(place) and line.endswith(expected[language]) for line in said), said
    assert code == (0 if expected["severity"] == "warning" else 2)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_line_is_where_the_mistake_is(path: Path) -> None:
    """The line that is named, or the table around it, holds what the sentence quotes."""
    expected = EXPECTED[path.stem]
    lines = path.read_text(encoding="utf-8").splitlines() or [""]
    assert 1 <= expected["line"] <= len(lines)
    assert expected["column"] <= len(lines[expected["line"] - 1]) + 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_finding_says_how_to_mend_it(path: Path) -> None:
    assert all(finding.hint is not None for finding in agendas.load(path).findings)


@pytest.mark.parametrize("path", [path for path in FILES if path.stem != "empty"], ids=lambda path: path.stem)
def test_the_editor_says_the_same_as_the_check(path: Path) -> None:
    found = {(each.line, each.column, str(each.what), str(each.hint)) for each in agendas.load(path).findings}
    look = agenda_editing.look_at(path.read_text(encoding="utf-8"), path)
    assert {(each.line, each.column, str(each.what), str(each.hint)) for each in look.checks} == found


def test_several_files_are_checked_in_one_go_as_a_commit_hook_does(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = [str(path) for path in FILES]
    assert main(["agendas", "check", *files, "--dir", str(tmp_path), "--lang", "en"]) == 2
    said = capsys.readouterr().out
    for path in FILES:
        assert f"{path}:{EXPECTED[path.stem]['line']}:" in said


def test_the_hook_of_the_repository_runs_the_check() -> None:
    hook = (Path(__file__).parents[3] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    pattern = re.search(r"files: (.*)", hook)
    assert "entry: retrotui agendas check\n" in hook and pattern is not None
    assert re.search(pattern[1], "team/agendas/our-month.toml") and not re.search(
        pattern[1], "minutes/x.toml"
    )


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_slips_into_a_text_it_is_said_at_a_line_of_it(data: st.DataObject) -> None:
    """A key too many or too few anywhere: nothing is raised, and what is said has a line, words and a hint."""
    start = data.draw(st.integers(0, len(HAND_WRITTEN)))
    end = data.draw(st.integers(start, min(len(HAND_WRITTEN), start + 3)))
    slip = data.draw(
        st.sampled_from(["", '"', "'", "[", "]", "=", "#", "\\", ",", "x", "\n", "{", "„", "5", '"""'])
    )
    text = HAND_WRITTEN[:start] + slip + HAND_WRITTEN[end:]
    loaded = agendas.parse(text, Path("agendas/ours.toml"))
    lines = text.split("\n")
    for finding in loaded.findings:
        assert 1 <= finding.line <= len(lines) and 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert str(finding.what) and finding.hint is not None
    look = agenda_editing.look_at(text, Path("agendas/ours.toml"))
    assert bool(look.errors) == isinstance(loaded, agendas.BrokenAgenda)
    for language in ("de", "en"):
        outline(look.raw, look.agenda, language)
        for at in range(-1, len(steps(look.raw))):
            form_rows(look.raw, at, language, "de")
    for change in (SetValue(("minutes",), 7), MoveStep(0, 1), SetValue(("step", 0, "title", "de"), "Neu")):
        try:
            new = agenda_text.apply(text, (change,))
        except RetroError:
            continue
        assert tomli.loads(new) == changed(tomli.loads(text), change)
