"""`export`: which meetings, where to, in which language, and that nothing is overwritten unasked."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from retrotui.interchange.json_document import read_json
from retrotui.store.toml_codec import decode
from tests.unit.cli.cli_samples import MEETING, another, run

Capture = pytest.CaptureFixture[str]
SECOND = "2026-12-21-weekly-call"
ENDS = {
    "md": "# Monatliche Reflexion\n",
    "html": "<!DOCTYPE html>",
    "json": "{\n",
    "ics": "BEGIN:VCALENDAR\r\n",
}


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def events(calendar: str) -> list[Any]:
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


@pytest.mark.parametrize("wanted", ENDS)
def test_one_meeting_goes_to_stdout(wanted: str, team: Path, capsys: Capture) -> None:
    said = run(capsys, "export", "2026", "--to", wanted, "--dir", team)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(ENDS[wanted].replace("\r", "") if "\r" not in said.out else ENDS[wanted])
    assert run(capsys, "export", MEETING, "--to", wanted, "-o", "-", "--dir", team).code == 0
    assert not (Path.cwd() / "-").exists()


@pytest.mark.parametrize("wanted", ["md", "html", "json"])
def test_a_file_holds_the_bytes_of_the_pipe(wanted: str, team: Path, tmp_path: Path) -> None:
    target = tmp_path / f"x.{wanted}"
    command = [sys.executable, "-m", "retrotui", "export", MEETING, "--to", wanted, "--dir", str(team)]
    piped = subprocess.run(command, capture_output=True, check=True, timeout=60)
    written = subprocess.run([*command, "-o", str(target)], capture_output=True, check=True, timeout=60)
    assert piped.stdout == target.read_bytes() and piped.stderr == b""
    assert written.stdout.decode() == f"{target}\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_the_json_is_the_meeting(team: Path, capsys: Capture) -> None:
    said = run(capsys, "export", MEETING, "--to", "json", "--dir", team)
    assert read_json(said.out) == decode((team / "minutes" / f"{MEETING}.toml").read_bytes()).minutes
    assert json.loads(said.out)["id"] == MEETING


def test_tables_down_a_pipe_come_one_after_the_other(team: Path, capsys: Capture) -> None:
    said = run(capsys, "export", MEETING, "--to", "csv", "--lang", "en", "--dir", team)
    assert said.code == 0 and "-o" in said.err
    read = list(csv.reader(io.StringIO(said.out)))
    assert [row[:2] for row in read].count(["Meeting", "Date"]) == 3


def test_tables_get_a_file_each(team: Path, tmp_path: Path, capsys: Capture) -> None:
    run(capsys, "export", MEETING, "--to", "csv", "-o", tmp_path / "t", "--dir", team)
    assert files(tmp_path / "t") == [f"{MEETING}-{name}.csv" for name in ("experiments", "factors", "notes")]
    run(capsys, "export", MEETING, "--to", "csv", "-o", tmp_path / "u" / "x.csv", "--dir", team)
    assert files(tmp_path / "u") == ["x-experiments.csv", "x-factors.csv", "x-notes.csv"]
    assert (tmp_path / "u" / "x-notes.csv").read_bytes().startswith("\ufeffTreffen;Datum;".encode())


def test_several_meetings_get_a_file_each_in_a_folder(team: Path, tmp_path: Path, capsys: Capture) -> None:
    another(team, SECOND, language='"en"')
    said = run(capsys, "export", "--all", "--to", "html", "-o", tmp_path / "out", "--dir", team)
    assert files(tmp_path / "out") == [f"{MEETING}.html", f"{SECOND}.html"]
    assert sorted(said.out.splitlines()) == [str(tmp_path / "out" / name) for name in files(tmp_path / "out")]
    assert '<html lang="de">' in (tmp_path / "out" / f"{MEETING}.html").read_text()
    assert '<html lang="en">' in (tmp_path / "out" / f"{SECOND}.html").read_text()
    run(capsys, "export", MEETING, SECOND, MEETING, "--to", "md", "-o", tmp_path / "two", "--dir", team)
    assert files(tmp_path / "two") == [f"{MEETING}.md", f"{SECOND}.md"]


def test_tables_of_several_meetings_are_one_file_a_table(team: Path, tmp_path: Path, capsys: Capture) -> None:
    another(team, SECOND, language='"en"')
    run(capsys, "export", "--all", "--to", "csv", "-o", tmp_path / "out", "--lang", "en", "--dir", team)
    assert files(tmp_path / "out") == ["experiments.csv", "factors.csv", "notes.csv"]
    text = (tmp_path / "out" / "notes.csv").read_text(encoding="utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text)))
    assert {row["Meeting"] for row in read} == {MEETING, SECOND}


def test_the_same_meeting_twice_is_one(team: Path, capsys: Capture) -> None:
    said = run(capsys, "export", MEETING, "2026", "--to", "md", "--dir", team)
    assert said.code == 0 and said.out.count("# Monatliche Reflexion") == 1


@pytest.mark.parametrize(("words", "language"), [((), "Erkenntnisse"), (("--lang", "en"), "Lessons")])
def test_the_language_is_the_meetings_unless_lang_says(
    words: tuple[str, ...], language: str, team: Path, capsys: Capture
) -> None:
    assert f"## {language}" in run(capsys, "export", MEETING, "--to", "md", *words, "--dir", team).out


# -- overwriting -------------------------------------------------------------------------------------------


def test_nothing_is_overwritten_without_force(team: Path, tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "x.md"
    target.write_text("mine")
    said = run(capsys, "export", MEETING, "--to", "md", "-o", target, "--dir", team)
    assert (said.code, said.out, target.read_text()) == (2, "", "mine")
    assert "x.md" in said.err and "--force" in said.err and said.err.count("\n") == 1
    assert run(capsys, "export", MEETING, "--to", "md", "-o", target, "--force", "--dir", team).code == 0
    assert target.read_text().startswith("# Monatliche")


def test_one_file_that_is_there_stops_all_of_them(team: Path, tmp_path: Path, capsys: Capture) -> None:
    another(team, SECOND)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"{MEETING}.md").write_text("mine")
    said = run(capsys, "export", "--all", "--to", "md", "-o", tmp_path / "out", "--dir", team)
    assert said.code == 2 and files(tmp_path / "out") == [f"{MEETING}.md"]


def test_a_link_is_not_followed(team: Path, tmp_path: Path, capsys: Capture) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "x.md").symlink_to(victim)
    for words in ((), ("--force",)):
        said = run(capsys, "export", MEETING, "--to", "md", "-o", tmp_path / "x.md", *words, "--dir", team)
        assert (said.code, victim.read_text()) == (2, "mine")


def test_minutes_are_never_overwritten_by_an_export(team: Path, capsys: Capture) -> None:
    target = team / "minutes" / f"{MEETING}.toml"
    before = target.read_bytes()
    said = run(capsys, "export", MEETING, "--to", "md", "-o", target, "--force", "--dir", team)
    assert said.code == 2 and target.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_said(team: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    said = run(capsys, "export", MEETING, "--to", "md", "-o", tmp_path / "closed" / "x.md", "--dir", team)
    assert said.code == 2 and "x.md" in said.err


@pytest.mark.parametrize("path", ["file/x.md", "x" * 300 + ".md"])
def test_a_place_that_cannot_be_is_said_in_a_sentence(
    path: str, team: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "file").write_text("mine")
    said = run(capsys, "export", MEETING, "--to", "md", "-o", tmp_path / path, "--dir", team)
    assert said.code == 2 and said.err.count("\n") == 1


# -- refusals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "md"), (MEETING, "--all", "--to", "md"), (MEETING,), (MEETING, "--to", "pdf"), ("zzz", "--to", "md"),
        ("--all", "--to", "md"), (MEETING, SECOND, "--to", "json"), ("2026", "--to", "md"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_one_sentence(
    words: tuple[str, ...], team: Path, capsys: Capture
) -> None:
    another(team, SECOND)
    said = run(capsys, "export", *words, "--dir", team)
    assert (said.code, said.out) == (2, "") and said.err.count("\n") == 1


def test_a_file_is_no_folder_for_several(team: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("mine")
    said = run(capsys, "export", "--all", "--to", "md", "-o", tmp_path / "file", "--dir", team)
    assert said.code == 2 and "folder" in said.err


def test_an_empty_team_folder_is_no_error(tmp_path: Path, capsys: Capture) -> None:
    said = run(capsys, "export", "--all", "--to", "md", "-o", tmp_path / "out", "--dir", tmp_path / "none")
    assert (said.code, said.out) == (0, "") and "no meetings" in said.err
    assert not (tmp_path / "out").exists()


def test_damaged_files_are_named_and_the_others_exported(team: Path, tmp_path: Path, capsys: Capture) -> None:
    (team / "minutes" / "2026-12-01-bad.toml").write_text("[[[")
    said = run(capsys, "export", "--all", "--to", "md", "-o", tmp_path / "out", "--dir", team)
    assert said.code == 0 and files(tmp_path / "out") == [f"{MEETING}.md"]
    assert "2026-12-01-bad.toml:1: " in said.err


# -- what goes out -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["md", "html", "csv", "json", "ics"])
def test_anonymous_names_nobody_in_any_format(wanted: str, team: Path, capsys: Capture) -> None:
    (team / "retrotui.toml").write_text('schema = 1\n[[person]]\nid = "eva"\nname = "Eva Sommer"\n')
    path = team / "minutes" / f"{MEETING}.toml"
    path.write_text(path.read_text().replace("Vorlage ablegen", "Eva und Carla fragen"))
    another(team, "2025-01-01-x", started="2025-01-01T09:00:00+01:00", date="2025-01-01")
    old = team / "minutes" / "2025-01-01-x.toml"
    old.write_text(old.read_text().replace("Anna Berg", "Carla Weiß"))
    said = run(capsys, "export", MEETING, "--to", wanted, "--anonymous", "--dir", team)
    words = said.out.replace("\r", "").replace("\n ", "")
    assert said.code == 0 and words
    for name in ("Anna", "Berg", "Novak", "Ola", "Ben", "Kurz", "Eva", "Carla", "anna-berg"):
        assert name not in words, name


def test_anonymous_names_nobody_in_names_of_files_either(team: Path, tmp_path: Path, capsys: Capture) -> None:
    for day in ("2026-11-24", "2026-11-25"):
        another(team, f"{day}-mit-anna-berg", started=f"{day}T09:00:00+01:00", date=day)
    command = ("export", "--all", "--anonymous", "--lang", "en", "--dir", team)
    assert run(capsys, *command, "--to", "md", "-o", tmp_path / "out").code == 0
    assert files(tmp_path / "out") == [
        f"{MEETING}.md", "2026-11-24-mit-somebody.md", "2026-11-25-mit-somebody.md",
    ]  # fmt: skip
    run(capsys, *command, "--to", "csv", "-o", tmp_path / "tables")
    for path in (*(tmp_path / "out").iterdir(), *(tmp_path / "tables").iterdir()):
        assert "anna" not in path.read_text().casefold(), path.name


def test_the_calendar_follows_later_meetings(team: Path, capsys: Capture) -> None:
    later = (
        f'id = "{SECOND}"\nstatus = "closed"\ndate = 2026-12-21\nteam = "Vertrieb Süd"\n[agenda]\nid = "x"\n'
        f'[[verdict]]\nitem = "{MEETING}-a1"\nkind = "action"\ndecision = "done"\n'
        f'[[verdict]]\nitem = "{MEETING}-x1"\nkind = "experiment"\ndecision = "extend"\ndue = 2027-02-01\n'
    )
    (team / "minutes" / f"{SECOND}.toml").write_text(later, encoding="utf-8")
    said = run(capsys, "export", MEETING, "--to", "ics", "--lang", "en", "--dir", team)
    found = {str(each["summary"]): each["dtstart"].to_ical() for each in events(said.out)}
    assert found == {
        "Experiment: Preisrahmen früh nennen": b"20270201",
        "Monatliche Reflexion": b"20261221",
    }


def test_a_meeting_without_a_day_is_refused_alone_and_left_out_among_others(
    team: Path, tmp_path: Path, capsys: Capture
) -> None:
    (team / "minutes" / f"{SECOND}.toml").write_text(
        f'id = "{SECOND}"\ndate = 2026-12-21\n[agenda]\nid = "x"\n'
    )
    said = run(capsys, "export", SECOND, "--to", "ics", "--dir", team)
    assert (said.code, said.out) == (2, "") and SECOND in said.err
    said = run(capsys, "export", "--all", "--to", "ics", "-o", tmp_path / "out", "--dir", team)
    assert said.code == 0 and SECOND in said.err and files(tmp_path / "out") == [f"{MEETING}.ics"]


def test_earlier_actions_and_experiments_are_called_by_their_names(team: Path, capsys: Capture) -> None:
    earlier = "2026-10-26-monthly-reflection"
    (team / "minutes" / f"{earlier}.toml").write_text(
        f'id = "{earlier}"\nstatus = "closed"\ndate = 2026-10-26\n[agenda]\nid = "monthly-reflection"\n'
        f'[[action]]\nid = "{earlier}-a2"\nat = 2026-10-26T10:00:00+01:00\ntext = "Liste schreiben"\n'
    )
    assert "Liste schreiben" in run(capsys, "export", MEETING, "--to", "md", "--dir", team).out
