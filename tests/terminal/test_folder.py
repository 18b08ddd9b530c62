"""What lies in the team folder, or beside it, and must not stop a meeting or be lost in one: in a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.terminal.room import PATIENCE, ROOT, Room, altered, texts

pytestmark = pytest.mark.terminal

BROKEN_AGENDA = """schema = 1
id = "broken"
title = "Kaputt"
minutes = 30

[[step]]
id = "arrive"
kind = "chekin"
minutes = 5
title = "Ankommen"
"""
NO_DEALS = "account,sector,year_established,revenue\nNord AG,retail,1999,1200\nSüd KG,finance,2004,800\n"
DAMAGED = {
    "empty": b"",
    "cut": b'schema = 1\nid = "2026-10-26-weekly-call"\nstatus = "clo',
    "zeros": b"\0" * 400,
    "merge marks": b'schema = 1\n<<<<<<< HEAD\nid = "a"\n=======\nid = "b"\n>>>>>>> main\n',
    "bit flip": b'schema = 1\nid = "2026-10-26-weekly-call\x02"\nda\xfee = 2026-10-26\n',
    "nested": b"a = " + b"[" * 5000,
}


def said(room: Room) -> str:
    """What stands on the screen of a program that has ended, in one line."""
    return " ".join("".join(line.ljust(room.columns) for line in room.screen()).split())


def refused(team: Path, *words: str) -> str:
    """The program refuses with exit code 2 and a sentence, and never opens a screen."""
    with Room(team, *words) as room:
        assert room.exit_code(PATIENCE) == 2, room
        assert b"\x1b[?1049h" not in room.log
        assert room.modes() == room.attributes_before
        return said(room)


def command(team: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command without a screen."""
    return subprocess.run(
        [sys.executable, "-m", "retrotui", *words, "--dir", str(team), "--lang", "de"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, "HOME": str(team.parent), "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
    )


# -- agendas and files of deals ----------------------------------------------------------------------------------


def test_an_unknown_agenda_names_the_nearest(tmp_path: Path) -> None:
    words = refused(tmp_path / "team", "run", "montly-reflexion")
    assert "montly-reflexion" in words
    assert "monthly-reflection" in words
    assert not (tmp_path / "team").exists()


def test_a_broken_agenda_is_named_with_its_place_and_the_others_work(tmp_path: Path) -> None:
    team = tmp_path / "team"
    (team / "agendas").mkdir(parents=True)
    file = team / "agendas/broken.toml"
    file.write_text(BROKEN_AGENDA)
    words = refused(team, "run", "broken")
    assert "broken.toml" in words
    assert "8" in words and "chekin" in words and "checkin" in words
    checked = command(team, "agendas", "check", str(file))
    assert checked.returncode == 2
    assert f"{file.name}:8:" in checked.stdout + checked.stderr
    assert "weekly-call" in command(team, "agendas", "list").stdout
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("es geht")
    assert file.read_text() == BROKEN_AGENDA


def test_a_file_that_is_no_table_of_deals_is_refused_in_one_sentence(tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.csv"
    accounts.write_text(NO_DEALS)
    dry = command(tmp_path / "team", "deals", str(accounts))
    assert dry.returncode == 2
    assert dry.stdout == ""
    assert "accounts.csv" in dry.stderr
    assert len(dry.stderr.splitlines()) == 1
    missing = command(tmp_path / "team", "deals", str(tmp_path / "nirgends.csv"))
    assert missing.returncode == 2
    assert len(missing.stderr.splitlines()) == 1


def test_a_meeting_with_such_a_file_says_so_and_goes_on_or_is_refused(tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.csv"
    accounts.write_text(NO_DEALS)
    with Room(tmp_path / "team", "run", "weekly-call", "--deals", str(accounts)) as room:
        room.sees(lambda lines: "accounts.csv" in "".join(lines))
        if room.runs() and b"\x1b[?1049h" in room.log:  # read beside the screen: the meeting is not held up
            room.says("ohne Deals geht es auch")
        else:
            assert room.exit_code(PATIENCE) == 2


# -- damage ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", DAMAGED)
def test_damaged_minutes_are_listed_and_never_touched(tmp_path: Path, what: str) -> None:
    team = tmp_path / "team"
    (team / "minutes").mkdir(parents=True)
    damaged = team / "minutes/2026-10-26-weekly-call.toml"
    damaged.write_bytes(DAMAGED[what])
    before = damaged.stat()
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("trotzdem")
        room.goes_on("Experimente prüfen")
        room.called_saved()
        room.ends()
        room.press("q")
        assert room.exit_code(PATIENCE) == 0
        assert "trotzdem" in texts(room.minutes())
    assert damaged.read_bytes() == DAMAGED[what]
    assert damaged.stat().st_mtime_ns == before.st_mtime_ns
    listed = command(team, "list")
    assert damaged.name in listed.stdout + listed.stderr
    assert "trotzdem" not in listed.stdout
    with Room(team) as home:
        home.sees(damaged.name)


def test_a_damaged_file_of_today_is_not_the_meeting(tmp_path: Path) -> None:
    """The new meeting takes another name than the damaged file of the same day and agenda has."""
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("das erste")
        room.signal(15)
        room.exit_code(PATIENCE)
    [file] = (team / "minutes").glob("*.toml")
    file.write_bytes(DAMAGED["zeros"])
    for draft in (room.workspace.drafts_folder).glob("*.toml"):
        draft.unlink()
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("das zweite")
    assert file.read_bytes() == DAMAGED["zeros"]
    [other] = [path for path in (team / "minutes").glob("*.toml") if path != file]
    assert "das zweite" in other.read_text()


def test_a_damaged_draft_does_not_stop_the_next_meeting(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("das erste")
        room.signal(15)
        room.exit_code(PATIENCE)
    [draft] = room.workspace.drafts_folder.glob("*.toml")
    draft.write_bytes(b"\0" * 100)
    with Room(team, "resume") as room:
        room.sees("das erste")
        room.says("das zweite")
        assert {"das erste", "das zweite"} <= said_in(
            [*room.minutes_files(), *room.workspace.drafts_folder.glob("*")]
        )
    assert any(path.read_bytes() == b"\0" * 100 for path in room.workspace.drafts_folder.iterdir())


def said_in(files: Sequence[Path]) -> set[str]:
    """The values of `text = …` in these files."""
    found: set[str] = set()
    for path in files:
        for line in path.read_bytes().decode(errors="replace").splitlines():
            if line.startswith("text = "):
                found.add(line.removeprefix("text = ").strip('"'))
    return found


# -- a folder that cannot be written -----------------------------------------------------------------------------


def held_in_the_draft(room: Room) -> None:
    """It is said before the meeting starts; F2 begins all the same, and the draft holds what is said."""
    room.sees("F2 beginnt trotzdem, im Entwurf")
    room.press("f2")
    room.on_floor("Ankommen")
    room.type("nur im Entwurf")
    room.press("enter")
    room.sees(lambda lines: any("nur im Entwurf" in line for line in lines[:-3]))
    room.sees(lambda _: "nur im Entwurf" in said_in([*room.workspace.drafts_folder.glob("*.toml")]))
    room.press("f4")
    room.sees("NICHT GESICHERT seit")
    room.sees("Nicht gesichert: ")
    room.type("und der Platz zum Tippen bleibt")
    room.sees(lambda lines: "und der Platz zum Tippen bleibt" in lines[-2])


def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    team.chmod(0o500)
    with Room(team, "run", "weekly-call", program=altered("without-rights"), home=_own(tmp_path)) as room:
        held_in_the_draft(room)
        room.signal(15)
        assert room.exit_code(PATIENCE) == 143
    with Room(team, "resume", program=altered("without-rights"), home=tmp_path / "home") as room:
        room.on_floor("Experimente prüfen")
        room.press("f3")
        room.sees("nur im Entwurf")
        room.signal(15)
        assert room.exit_code(PATIENCE) == 143
    assert list(team.iterdir()) == []
    team.chmod(0o700)
    with Room(team, "resume", home=tmp_path / "home") as room:
        room.sees("nur im Entwurf")
        room.press("ctrl+u")
        room.says("jetzt im Ordner")
        room.goes_on("Experimente prüfen")
        room.called_saved()
        assert {"nur im Entwurf", "jetzt im Ordner"} <= texts(room.minutes())


def _own(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return home


def test_something_else_where_the_minutes_should_be(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    (team / "minutes").write_text("kein Ordner")
    with Room(team, "run", "weekly-call") as room:
        held_in_the_draft(room)
    assert (team / "minutes").read_text() == "kein Ordner"


def test_a_link_where_the_minutes_should_be_is_not_followed(tmp_path: Path) -> None:
    team, elsewhere = tmp_path / "team", tmp_path / "elsewhere"
    team.mkdir()
    elsewhere.mkdir()
    (team / "minutes").symlink_to(elsewhere)
    with Room(team, "run", "weekly-call") as room:
        held_in_the_draft(room)
    assert list(elsewhere.iterdir()) == []


def test_a_file_as_team_folder_is_refused(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.write_text("kein Ordner")
    assert "team" in refused(team, "run", "weekly-call")
    assert team.read_text() == "kein Ordner"
