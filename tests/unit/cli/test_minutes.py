"""`list`, `show` and `due`: what is told of meetings, and what of files that are damaged."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from retrotui.clock import SystemClock
from tests.unit.cli.cli_samples import MEETING, another, run

Capture = pytest.CaptureFixture[str]


# -- list --------------------------------------------------------------------------------------------------


def test_list_json_has_its_fields(team: Path, capsys: Capture) -> None:
    (meeting,) = json.loads(run(capsys, "list", "--json", "--dir", team).out)
    assert meeting == {
        "id": MEETING,
        "date": "2026-11-23",
        "title": "Monatliche Reflexion",
        "status": "closed",
        "share": 0.6305,
        "counts": {
            "participant": 3, "deal": 2, "factor": 4, "quote": 2, "note": 4, "lesson": 1, "action": 2,
            "experiment": 2, "verdict": 2,
        },
        "path": str(team / "minutes" / f"{MEETING}.toml"),
    }  # fmt: skip


def test_the_newest_meeting_comes_first_by_its_beginning_not_by_its_name(team: Path, capsys: Capture) -> None:
    another(team, "2026-01-01-z", started="2026-12-01T09:00:00+01:00", date="2026-12-01")
    another(team, "2027-01-01-a", started="2026-10-01T09:00:00+01:00", date="2026-10-01")
    ids = [each["id"] for each in json.loads(run(capsys, "list", "--json", "--dir", team).out)]
    assert ids == ["2026-01-01-z", MEETING, "2027-01-01-a"]


def test_list_as_text_has_a_line_for_each_meeting(team: Path, capsys: Capture) -> None:
    another(
        team,
        "2026-12-01-weekly-call",
        date="2026-12-01",
        started="2026-12-01T09:00:00+01:00",
        status='"running"',
    )
    said = run(capsys, "list", "--dir", team)
    first, second = said.out.splitlines()
    assert first.endswith("2026-12-01-weekly-call") and "open" in first
    assert second.startswith("23 Nov 2026") and "63%" in second and second.endswith(MEETING)
    assert said.err == ""


def test_damaged_files_are_named_with_their_line_on_stderr_and_the_others_listed(
    team: Path, capsys: Capture
) -> None:
    bad = team / "minutes" / "2026-12-01-bad.toml"
    bad.write_text('schema = 1\nid = "x\n')
    said = run(capsys, "list", "--json", "--dir", team)
    assert said.code == 0
    assert [each["id"] for each in json.loads(said.out)] == [MEETING]
    assert f"{bad}:2: " in said.err


def test_a_meeting_without_time_has_no_share(team: Path, capsys: Capture) -> None:
    (team / "minutes" / "2026-12-24-x.toml").write_text('id = "2026-12-24-x"\ndate = 2026-12-24\n')
    first = json.loads(run(capsys, "list", "--json", "--dir", team).out)[0]
    assert first["share"] is None and first["counts"]["note"] == 0


def test_an_empty_folder_is_no_error(tmp_path: Path, capsys: Capture) -> None:
    said = run(capsys, "list", "--dir", tmp_path / "nowhere")
    assert (said.code, said.out) == (0, "") and "no meetings" in said.err
    assert run(capsys, "list", "--json", "--dir", tmp_path / "nowhere").out == "[]\n"
    assert not (tmp_path / "nowhere").exists()


def test_a_title_with_an_escape_sequence_is_listed_harmless(team: Path, capsys: Capture) -> None:
    another(team, "2026-12-01-x", title=r'"Bad\u001b[31m\u0007"')
    assert run(capsys, "list", "--dir", team).out.replace("\n", "").isprintable()


# -- show --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [MEETING, "2026", "2026-11-23-mon", f" {MEETING} "])
def test_show_takes_an_id_or_a_beginning_that_only_one_has(typed: str, team: Path, capsys: Capture) -> None:
    said = run(capsys, "show", typed, "--dir", team)
    assert said.code == 0 and said.err == ""
    assert said.out.startswith("Monatliche Reflexion\nVertrieb Süd\n")
    assert "Ben Kurz" not in said.out


def test_a_beginning_of_several_is_refused_with_their_names(team: Path, capsys: Capture) -> None:
    another(team, "2026-11-24-weekly-call")
    said = run(capsys, "show", "2026-11", "--dir", team)
    assert said.code == 2
    assert MEETING in said.err and "2026-11-24-weekly-call" in said.err


def test_an_exact_id_counts_although_others_begin_with_it(team: Path, capsys: Capture) -> None:
    another(team, f"{MEETING}-2")
    said = run(capsys, "show", MEETING, "--dir", team)
    assert said.code == 0 and f"Id: {MEETING}\n" in said.out


def test_an_unknown_id_names_the_nearest(team: Path, capsys: Capture) -> None:
    said = run(capsys, "show", "2026-11-32-monthly-reflection", "--dir", team)
    assert said.code == 2 and MEETING in said.err
    assert run(capsys, "show", "zzz", "--dir", team).err.endswith(
        "retrotui list shows the ids that there are.\n"
    )
    assert "no meetings yet" in run(capsys, "show", "zzz", "--dir", team / "none").err
    assert run(capsys, "show", "", "--dir", team).code == 2


def test_a_file_that_is_called_otherwise_is_found_by_its_id(team: Path, capsys: Capture) -> None:
    path = team / "minutes" / f"{MEETING}.toml"
    path.rename(path.with_name("renamed.toml"))
    assert run(capsys, "show", "2026-11", "--dir", team).code == 0


def test_a_damaged_file_is_refused_with_its_line(team: Path, capsys: Capture) -> None:
    path = another(team, "2026-12-01-x", safety="3", date='"soon"')
    said = run(capsys, "show", "2026-12-01-x", "--dir", team)
    assert said.code == 2 and said.out == ""
    assert f"{path}:" in said.err


def test_show_names_what_earlier_meetings_began(team: Path, capsys: Capture) -> None:
    earlier = "2026-10-26-monthly-reflection"
    text = (
        f'id = "{earlier}"\nstatus = "closed"\ndate = 2026-10-26\n[agenda]\nid = "monthly-reflection"\n'
        f'[[action]]\nid = "{earlier}-a2"\nat = 2026-10-26T10:00:00+01:00\ntext = "Liste schreiben"\n'
    )
    (team / "minutes" / f"{earlier}.toml").write_text(text)
    said = run(capsys, "show", MEETING, "--dir", team)
    assert "Liste schreiben: carried" in said.out
    assert f"{earlier}-x1: adapt" in said.out


# -- due ---------------------------------------------------------------------------------------------------


def test_due_json_has_its_fields(team: Path, capsys: Capture) -> None:
    items = json.loads(run(capsys, "due", "--json", "--dir", team).out)
    age = (SystemClock().wall().date() - date(2026, 11, 23)).days
    by_id = {item["id"]: item for item in items}
    assert by_id[f"{MEETING}-a1"] == {
        "id": f"{MEETING}-a1", "kind": "action", "state": "running", "title": "Einkauf bei Nord AG anrufen",
        "owner": "Ben", "due": "2026-11-30", "overdue": age > 7, "age_days": age, "carried": 0, "extensions": 0,
        "meeting": MEETING, "lineage": [],
    }  # fmt: skip
    assert by_id[f"{MEETING}-x1"]["owner"] == "Anna Berg"
    assert by_id[f"{MEETING}-x2"]["state"] == "idea"
    assert items[-1]["id"] == f"{MEETING}-x2"


def test_overdue_comes_first_and_headings_say_so(team: Path, capsys: Capture) -> None:
    today = SystemClock().wall().date()
    path = team / "minutes" / f"{MEETING}.toml"
    text = path.read_text().replace("due = 2026-11-30", f"due = {today - timedelta(days=2)}")
    path.write_text(text.replace("due = 2026-12-21", f"due = {today + timedelta(days=9)}"))
    out = run(capsys, "due", "--dir", team).out
    assert [line for line in out.splitlines() if line and not line.startswith(" ")] == [
        "Overdue", "Due now", "Running", "Ideas",
    ]  # fmt: skip
    assert out.index("Einkauf bei Nord AG") < out.index("Vorlage ablegen") < out.index("Preisrahmen")
    assert json.loads(run(capsys, "due", "--json", "--dir", team).out)[0]["overdue"] is True


def test_due_says_what_was_adapted_and_why_it_was_extended(team: Path, capsys: Capture) -> None:
    head = 'status = "closed"\n[agenda]\nid = "m"\n'
    first, second = "2026-09-01-m", "2026-10-01-m"
    (team / "minutes" / f"{first}.toml").write_text(
        f'id = "{first}"\ndate = 2026-09-01\n{head}[[experiment]]\nid = "{first}-x1"\n'
        'at = 2026-09-01T10:00:00+01:00\ntitle = "Range first"\nstate = "running"\n'
    )
    (team / "minutes" / f"{second}.toml").write_text(
        f'id = "{second}"\ndate = 2026-10-01\n{head}[[experiment]]\nid = "{second}-x1"\n'
        f'at = 2026-10-01T10:00:00+01:00\ntitle = "Range later"\nstate = "running"\nparent = "{first}-x1"\n'
        f'[[verdict]]\nitem = "{first}-x1"\nkind = "experiment"\ndecision = "adapt"\nchild = "{second}-x1"\n'
    )
    (team / "minutes" / "2026-11-01-m.toml").write_text(
        f'id = "2026-11-01-m"\ndate = 2026-11-01\n{head}[[verdict]]\nitem = "{second}-x1"\nkind = "experiment"\n'
        'decision = "extend"\ndue = 2027-02-01\nreason = "too few offers"\n'
    )
    items = json.loads(run(capsys, "due", "--json", "--dir", team).out)
    told = next(item for item in items if item["id"] == f"{second}-x1")
    assert told["lineage"] == [f"{first}-x1", f"{second}-x1"] and told["extensions"] == 1
    said = run(capsys, "due", "--dir", team)
    assert "adapted from “Range first” of 1 Sep 2026 · extended once · too few offers" in said.out


def test_due_names_a_file_whose_items_cannot_be_read(team: Path, capsys: Capture) -> None:
    path = team / "minutes" / "2026-09-01-m.toml"
    path.write_text(
        'id = "2026-09-01-m"\nstatus = "closed"\ndate = 2026-09-01\n[agenda]\nid = "m"\n[[experiment]]\n'
        'id = "2026-09-01-m-x1"\nat = 2026-09-01T10:00:00+01:00\ntitle = "Range"\nstate = "done"\n'
    )
    said = run(capsys, "due", "--json", "--dir", team)
    assert len(json.loads(said.out)) == 4 and "2026-09-01-m.toml:10" in said.err


def test_nothing_open_is_said(tmp_path: Path, capsys: Capture) -> None:
    assert run(capsys, "due", "--json", "--dir", tmp_path).out == "[]\n"
    said = run(capsys, "due", "--dir", tmp_path)
    assert (said.code, said.out) == (0, "") and "Nothing is open" in said.err


def test_due_names_damaged_files_and_goes_on(team: Path, capsys: Capture) -> None:
    (team / "minutes" / "2026-12-01-bad.toml").write_text("[[[")
    said = run(capsys, "due", "--json", "--dir", team)
    assert said.code == 0 and len(json.loads(said.out)) == 4
    assert "2026-12-01-bad.toml" in said.err
