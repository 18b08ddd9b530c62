"""`insights`: a linear table for people, one document for programs, sentences for what cannot be meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.cli_samples import MEETING, another, run

Capture = pytest.CaptureFixture[str]


def figures(found: Any) -> list[dict[str, Any]]:
    """Every figure of a document, however deep it stands."""
    if isinstance(found, dict):
        own = [found] if {"value", "n", "few", "meetings"} <= found.keys() else []
        return own + [one for each in found.values() for one in figures(each)]
    return [one for each in found for one in figures(each)] if isinstance(found, list) else []


def test_json_says_of_every_figure_its_n_and_the_meetings_behind_it(team: Path, capsys: Capture) -> None:
    another(team, "2026-10-26-monthly-reflection", date="2026-10-26", started="2026-10-26T09:00:12+01:00")
    said = run(capsys, "insights", "--dir", team, "--json")
    assert said.code == 0 and said.err == ""
    found = json.loads(said.out)
    ids = ["2026-10-26-monthly-reflection", MEETING]
    assert found["meetings"] == {"n": 2, "first": "2026-10-26", "last": "2026-11-23", "ids": ids}
    assert found["few_under"] == 5 and found["from"] is None
    assert list(found) == [
        "from", "to", "few_under", "meetings", "recurring", "factors", "sources", "win_rate", "deals", "experiments",
        "actions", "time", "functions", "safety", "worth",
    ]  # fmt: skip
    every = figures(found)
    assert len(every) > 40
    for one in every:
        assert one["few"] == (one["n"] < 5) and set(one["meetings"]) <= set(ids)
        assert bool(one["meetings"]) >= bool(one["value"]) and bool(one["meetings"]) <= bool(one["n"])
    assert {one["meeting"] for one in found["time"]["by_meeting"]} == set(ids)
    assert found["time"]["n"] == 2 and set(found["time"]["spent"]) == {"report", "reflect", "decide", "frame"}


def test_json_names_no_person_no_customer_and_no_amount(team: Path, capsys: Capture) -> None:
    out = run(capsys, "insights", "--dir", team, "--json").out
    text = (team / "minutes" / f"{MEETING}.toml").read_text(encoding="utf-8")
    named = [
        line.split('"')[1]
        for line in text.split("\n")
        if line.startswith(("name = ", "account = ", "amount = "))
    ]
    assert len(named) > 3 and not [one for one in named if one and one in out]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                "1 meeting · 23 Nov 2026",
                "Factors",
                "n counts deals",
                "Win rate",
                "(few)",
                "“few” stands beside",
            ),
        ),
        (
            "de",
            (
                "1 Treffen · 23.11.2026",
                "Faktoren",
                "gezählt werden Deals",
                "Gewinnquote",
                "(wenige)",
                "„wenige“",
            ),
        ),
    ],
)
def test_the_table_is_read_line_by_line_in_both_languages(
    team: Path, capsys: Capture, language: str, words: tuple[str, ...]
) -> None:
    said = run(capsys, "insights", "--dir", team, "--lang", language)
    assert said.code == 0 and said.err == ""
    assert [one for one in words if one not in said.out] == []
    assert max(map(len, said.out.split("\n"))) < 160 and "\x1b" not in said.out


def test_only_meetings_of_the_time_that_was_asked_for(team: Path, capsys: Capture) -> None:
    another(team, "2026-09-28-monthly-reflection", date="2026-09-28", started="2026-09-28T09:00:12+02:00")
    for words, ids in (
        (("--from", "2026-10-01"), [MEETING]),
        (("--to", "2026-Q3"), ["2026-09-28-monthly-reflection"]),
        (("--from", "2026-09", "--to", "2026-11-23"), ["2026-09-28-monthly-reflection", MEETING]),
    ):
        found = json.loads(run(capsys, "insights", "--dir", team, *words, "--json").out)
        assert found["meetings"]["ids"] == ids, words


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("--from", "gestern"), "“gestern” is no day for --from."),
        (("--to", "2026-02-30"), "“2026-02-30” is no day for --to."),
        (("--from", "2026-01..2026-03"), "“2026-01..2026-03” is no day for --from."),
        (("--from", ""), "“” is no day for --from."),
        (("--from", "2026-11-02", "--to", "2026-11-01"), "2026-11-01 lies before 2026-11-02."),
    ],
)
def test_a_day_that_is_none_is_refused_with_what_to_type(
    team: Path, capsys: Capture, words: tuple[str, ...], what: str
) -> None:
    said = run(capsys, "insights", "--dir", team, *words)
    assert said.code == 2 and said.out == "" and said.err.startswith(what) and len(said.err) > len(what) + 10
    assert json.loads(run(capsys, "insights", "--dir", team, *words, "--json").out)["error"].startswith(what)


def test_an_empty_folder_explains_itself(tmp_path: Path, team: Path, capsys: Capture) -> None:
    said = run(capsys, "insights", "--dir", tmp_path / "nothing")
    assert said.code == 0 and said.out == "" and "There are no meetings in" in said.err and "demo" in said.err
    assert (
        json.loads(run(capsys, "insights", "--dir", tmp_path / "nothing", "--json").out)["meetings"]["n"] == 0
    )
    said = run(capsys, "insights", "--dir", team, "--to", "2020")
    assert said.code == 0 and said.out == "" and "no meetings in this time" in said.err


def test_a_damaged_file_is_named_and_the_rest_is_counted(team: Path, capsys: Capture) -> None:
    (team / "minutes" / "2026-10-01-x.toml").write_text("id = ", encoding="utf-8")
    said = run(capsys, "insights", "--dir", team, "--json")
    assert json.loads(said.out)["meetings"]["n"] == 1 and "2026-10-01-x.toml:1" in said.err
