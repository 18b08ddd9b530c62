"""`search`: what is printed of what was said, and what is never printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from retrotui.cli.search import KINDS, LONGEST, marked
from retrotui.store.index import Hit
from tests.unit.cli.cli_samples import MEETING, another, run

Capture = pytest.CaptureFixture[str]


def minutes(team: Path, name: str, text: str, more: str = "") -> Path:
    path = team / "minutes" / f"{name}.toml"
    note = f"[[note]]\nid = 'n1'\ntext = {json.dumps(text, ensure_ascii=False)}\n"
    path.write_text(f"id = '{name}'\ndate = 2026-12-24\n{more}\n{note}", encoding="utf-8")
    return path


def test_json_is_an_array_of_objects_with_its_fields(team: Path, capsys: Capture) -> None:
    path = minutes(team, "x", "Zentraleinkauf gefragt")
    said = run(capsys, "search", "einkauf", "gefragt", "--json", "--dir", team)
    assert json.loads(said.out) == [
        {
            "meeting": "x",
            "date": "2026-12-24",
            "kind": "note",
            "step": "",
            "deal": "",
            "text": "Zentraleinkauf gefragt",
            "marks": [[7, 14], [15, 22]],
            "path": str(path),
        }
    ]
    assert (said.code, said.err) == (0, "")


def test_nothing_found_is_an_empty_array_or_a_sentence(team: Path, capsys: Capture) -> None:
    assert run(capsys, "search", "xyzzy", "--json", "--dir", team).out == "[]\n"
    said = run(capsys, "search", "xyzzy", "--dir", team)
    assert (said.code, said.out) == (0, "") and "Nothing" in said.err


def test_a_line_says_when_what_and_where_and_the_next_has_the_match_in_brackets(
    team: Path, capsys: Capture
) -> None:
    minutes(team, "x", "Zentraleinkauf gefragt")
    where, what = run(capsys, "search", "zentraleink", "--dir", team).out.splitlines()
    assert where == "24 Dec 2026 · Note · x" and what == "  [Zentraleink]auf gefragt"
    assert "Notiz" in run(capsys, "search", "einkauf", "--dir", team, "--lang", "de").out


def test_the_limit_is_obeyed(team: Path, capsys: Capture) -> None:
    for number in range(5):
        another(team, f"2026-12-0{number + 1}-x", date=f"2026-12-0{number + 1}")
    found = json.loads(run(capsys, "search", "monatliche", "--limit", 2, "--json", "--dir", team).out)
    assert len(found) == 2


@pytest.mark.parametrize(
    "words", [["..."], [""], ["x", "--limit", "0"], ["x", "--limit", "viele"], ["x", "--limit", "501"], []]
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(
    team: Path, capsys: Capture, words: list[str]
) -> None:
    said = run(capsys, "search", *words, "--dir", team)
    assert said.code == 2 and said.out == "" and said.err.strip()


def test_damaged_and_newer_files_are_named_on_stderr_and_the_rest_is_searched(
    team: Path, capsys: Capture
) -> None:
    bad = team / "minutes" / "bad.toml"
    bad.write_text('schema = 1\nid = "x\n')
    minutes(team, "new", "Einkauf", "schema = 99")
    said = run(capsys, "search", "monatliche", "--json", "--dir", team)
    assert said.code == 0 and [hit["meeting"] for hit in json.loads(said.out)] == [MEETING]
    assert f"{bad}:2: " in said.err and "newer retrotui" in said.err


def test_what_a_meeting_hides_is_not_found(team: Path, capsys: Capture) -> None:
    more = (
        "[discretion]\npeople = true\ncustomers = true\n"
        "[[participant]]\nid = 'q'\nname = 'Quirin Zabel'\n"
        "[[deal]]\nid = 'D'\naccount = 'Xaver AG'\namount = '77123.00'\n"
    )
    minutes(team, "x", "Quirin ruft Xaver AG wegen der Zwetschgen an", more)
    for name in ("quirin", "zabel", "xaver", "77123"):
        assert run(capsys, "search", name, "--json", "--dir", team).out == "[]\n"
    (hit,) = json.loads(run(capsys, "search", "zwetschgen", "--json", "--dir", team).out)
    assert hit["text"] == "… ruft … wegen der Zwetschgen an"


def test_no_control_character_of_a_text_reaches_the_terminal(team: Path, capsys: Capture) -> None:
    minutes(team, "x", "Einkauf \u001b]0;boo\u0007\u202e gefragt".encode("unicode_escape").decode())
    path = team / "minutes" / "y.toml"
    path.write_text(
        'id = "y\\u001b[2J"\ndate = 2026-12-24\n[[note]]\ntext = "Einkauf \\u001b[31m\\u202erot"\n', "utf-8"
    )
    said = run(capsys, "search", "einkauf", "--dir", team).out
    assert "rot" in said and said.replace("\n", "").isprintable()


def hit(text: str, *marks: tuple[int, int]) -> Hit:
    from datetime import date

    return Hit("x", date(2026, 11, 23), "note", "", "", text, marks, Path("x.toml"))


def test_a_long_text_is_cut_around_its_first_match() -> None:
    text = "a" * 5000 + " Einkauf " + "b" * 5000
    shown = marked(hit(text, (5001, 5008)))
    assert (
        "[Einkauf]" in shown
        and shown.startswith("… a")
        and shown.endswith("b …")
        and len(shown) < LONGEST + 10
    )


def test_a_match_longer_than_what_is_shown_breaks_nothing() -> None:
    assert len(marked(hit("a" * 5000, (0, 5000)))) < LONGEST + 10


def test_every_kind_of_row_has_a_name(team: Path) -> None:
    from retrotui.store.index_rows import rows_of
    from retrotui.store.toml_reading import parse

    raw = parse((team / "minutes" / f"{MEETING}.toml").read_bytes())
    raw |= {"field": [{"value": "x"}], "worth": {"remarks": ["x"]}, "metric": [{"label": "x"}]}
    assert {row.kind for row in rows_of(raw)} <= set(KINDS)


def test_searching_loads_no_model_and_no_screen(team: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom retrotui.cli import main\n"
        f"assert main(['search', 'preis', '--dir', {str(team)!r}]) == 0\n"
        "assert not {'pydantic', 'textual', 'babel'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_ids_of_factors_are_shown_only_where_they_were_found() -> None:
    lesson = replace(hit("Name a price · #value_case #price", (7, 12)), kind="lesson")
    assert marked(lesson) == "Name a [price]"
    assert marked(replace(lesson, marks=((28, 33),))).endswith("#value_case #[price]")
    assert marked(replace(lesson, kind="note")).endswith("#value_case #price")
