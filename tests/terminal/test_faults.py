"""What may go wrong with a meeting on the wall, made to go wrong in a real terminal (promises.md, first table).

Killing is in `test_killed.py`, what people type and paste in `test_typed.py`, what lies in the folder in
`test_folder.py`; the terminal's own part, without a meeting, in `test_terminal.py`.
"""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.terminal.altered import SECRET, TRIGGER
from tests.terminal.harness import Terminal
from tests.terminal.room import PATIENCE, ROOT, Room, altered, shows_saved, texts
from tests.terminal.test_terminal import GONE_WITHIN, restored

pytestmark = pytest.mark.terminal

HALF = "und halb getippt"
BOTH_KEPT = "Datei anderswo geändert: beide bleiben"


def begin(room: Room) -> None:
    """A meeting with two entries and half a line."""
    room.on_floor("Ankommen")
    room.says("Anna Berg, Vertrieb", "1 Person")
    room.says("vorher")


def all_is_there(room: Room, *more: str) -> None:
    """The minutes hold the entries, and the draft the half-typed line."""
    minutes = room.minutes()
    assert {"vorher", *more} <= texts(minutes)
    assert [one.name for one in minutes.participant] == ["Anna Berg"]


# -- the way out -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)], ids=str
)
def test_a_signal_saves_everything_and_leaves_a_working_terminal(
    tmp_path: Path, number: int, code: int
) -> None:
    with Room(tmp_path / "team", "run", "weekly-call") as room:
        begin(room)
        room.type("im letzten Augenblick")
        room.press("enter")
        room.sees(lambda lines: any("im letzten Augenblick" in line for line in lines[:-3]))
        room.type(HALF)
        room.sees(HALF)
        began = time.monotonic()
        room.signal(number)
        assert room.exit_code(PATIENCE) == code
        assert time.monotonic() - began < GONE_WITHIN
        restored(room)
        all_is_there(room, "im letzten Augenblick")
        draft = room.draft()
        assert draft is not None and draft[1] == HALF
        assert not list((tmp_path / "team/minutes").glob(".*.lock")), "the mark stays"


@pytest.mark.parametrize("where", ["dialog", "list", "home", "summary", "small", "wall"])
def test_a_signal_ends_it_wherever_it_is(tmp_path: Path, where: str) -> None:
    words = () if where == "home" else ("run", "weekly-call")
    with Room(tmp_path / "team", *words) as room:
        if where == "home":
            room.sees("Wochen-Telefonat")
        else:
            begin(room)
        match where:
            case "dialog":
                room.press("f6")
                room.sees("╭─ Ablauf")
            case "list":
                room.chooses("Ankommen", "Anna Berg")
            case "summary":
                room.ends()
            case "small":
                room.resize(30, 8)
                room.sees("zu klein")
            case "wall":
                room.press("f8")
                room.sees("Agenda", gone=True)
        room.signal(signal.SIGTERM)
        assert room.exit_code(PATIENCE) == 143
        restored(room)
        if where != "home":
            all_is_there(room)


def test_a_closed_window_saves_everything(tmp_path: Path) -> None:
    with Room(tmp_path / "team", "run", "weekly-call") as room:
        begin(room)
        room.hang_up()
        assert room.exit_code(PATIENCE) == 129
        all_is_there(room)
        assert not (room.workspace.state / "log").exists(), "a closed window is no crash"


def test_a_dropped_connection_without_a_signal_saves_everything(tmp_path: Path) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", controlling=False) as room:
        begin(room)
        room.hang_up()
        assert room.exit_code(PATIENCE) == 129
        all_is_there(room)
        assert not (room.workspace.state / "log").exists(), "a closed window is no crash"


def test_a_terminal_that_stops_reading_does_not_stop_saving(tmp_path: Path) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", size=(160, 45)) as room:
        begin(room)
        room.stop_reading()
        room.type("während niemand liest")
        room.press("enter")
        until = time.monotonic() + PATIENCE
        while "während niemand liest" not in texts(room.kept()):
            assert time.monotonic() < until, "nothing is saved any more"
            room.watch(0.05)
        for _ in range(40):  # each paints all: the writer hangs in its write
            room.press("f8")
            room.watch(0.02)
        began = time.monotonic()
        room.signal(signal.SIGTERM)
        while room.runs() and time.monotonic() - began < PATIENCE:
            room.watch(0.02)
        assert time.monotonic() - began < GONE_WITHIN
        room.go_on_reading()
        assert room.exit_code() == 143
        all_is_there(room, "während niemand liest")
        assert room.modes() == room.attributes_before


def test_leaving_and_coming_back_from_the_background(tmp_path: Path) -> None:
    """SIGTSTP and SIGCONT, and a mere SIGSTOP: the letters still come in order, from one reading loop."""
    with Room(tmp_path / "team", "run", "weekly-call") as room:
        begin(room)
        raw = room.modes()
        for number in (signal.SIGTSTP, signal.SIGSTOP, signal.SIGSTOP):
            room.signal(number)
            until = time.monotonic() + PATIENCE
            while Path(f"/proc/{room.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
                assert time.monotonic() < until
                room.watch(0.01)
            room.signal(signal.SIGCONT)
            room.sees(
                lambda _: room.modes() == raw
            )  # before that, the terminal makes something else of Enter
            room.says(f"nach {number.name} geht es weiter, Buchstabe für Buchstabe")
        room.signal(signal.SIGTERM)
        assert room.exit_code(PATIENCE) == 143
        assert room.modes() == room.attributes_before


# -- crashes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["handler", "rule", "panel", "worker", "thread"])
def test_an_exception_anywhere_saves_and_shows_nobodys_words(tmp_path: Path, what: str) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", program=altered(what)) as room:
        if what != "thread":  # that one breaks beside the first frame
            begin(room)
            room.does(*(("f1",) if what == "worker" else (TRIGGER, "enter")))
        assert room.exit_code(PATIENCE) == 1
        restored(room)
        if what != "thread":
            minutes = room.kept()
            assert "vorher" in texts(minutes)
        said = bytes(room.log[room.log.rfind(b"\x1b[?1049l") :]).decode()
        plain = " ".join(re.sub(r"\x1b\[[?<]?[0-9;]*[a-z]", "", said).split())
        assert plain.startswith("retrotui ist abgestürzt; was eingegeben wurde, ist gespeichert.")
        assert plain.count(". ") == 1, "one sentence, and where"
        [log] = (room.workspace.state / "log").iterdir()
        assert plain.endswith(log.name)
        for told in (log.read_text(), said):
            assert "Carla" not in told and "teuer" not in told and "vorher" not in told
        assert SECRET not in room.log.decode(errors="replace")
        assert "Traceback" not in room.log.decode(errors="replace")


# -- two at once -----------------------------------------------------------------------------------------------


def test_a_second_facilitator_is_told_who_holds_the_meeting(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as first:
        begin(first)
        first.sees(lambda _: bool(list((team / "minutes").glob(".*.lock"))))
        for words in (("resume",), ("run", "weekly-call")):
            with Room(team, *words) as second:
                assert second.exit_code(PATIENCE) == 2
                said = " ".join("".join(second.screen()).split())
                assert re.search(r"seit \d\d:\d\d", said), said
                assert b"\x1b[?1049h" not in second.log
        first.says("danach")
        first.signal(signal.SIGKILL)
        first.exit_code()
    with Room(team, "resume") as second:  # a dead holder on this machine is taken over
        second.sees("danach")
        second.says("übernommen")


def test_a_lock_from_another_machine_is_taken_over_by_hand_only(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as first:
        begin(first)
        first.sees(lambda _: bool(list((team / "minutes").glob(".*.lock"))))
        first.signal(signal.SIGKILL)
        first.exit_code()
    [lock] = (team / "minutes").glob(".*.lock")
    elsewhere = re.sub(r'host = ".*"', 'host = "anderswo"', lock.read_text())
    lock.write_text(elsewhere)
    with Room(team, "resume") as second:
        assert second.exit_code(PATIENCE) == 2
        assert "anderswo" in "".join(second.screen())
    assert lock.read_text() == elsewhere


def test_two_that_begin_at_the_same_time_lose_nobodys_words(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with (
        Room(team, "run", "weekly-call") as first,
        Room(team, "run", "weekly-call", home=tmp_path / "b") as second,
    ):
        first.on_floor("Ankommen")
        second.on_floor("Ankommen")
        first.says("von der ersten")
        second.type("von der zweiten")
        second.press("enter")
        second.sees(BOTH_KEPT)
        for room in (first, second):
            room.press("f4")
            room.on_floor("Experimente prüfen")
        first.says("noch eins von der ersten")
        second.type("noch eins von der zweiten")
        second.press("enter")
        second.sees_row("· noch eins von der zweiten")
        for room in (first, second):
            room.signal(signal.SIGTERM)
            assert room.exit_code(PATIENCE) == 143
    written = [path.read_text() for path in (team / "minutes").glob("*.toml")]
    assert len(written) == 2
    for mine, other in (("ersten", "zweiten"), ("zweiten", "ersten")):
        [text] = [one for one in written if f"von der {mine}" in one]
        assert f"noch eins von der {mine}" in text
        assert f"von der {other}" not in text


@pytest.mark.parametrize("same_time", [False, True], ids=["newer", "same mtime"])
def test_an_edit_from_outside_is_never_overwritten(tmp_path: Path, same_time: bool) -> None:
    import os

    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        begin(room)
        [file] = room.minutes_files()
        status = file.stat()
        edited = file.read_text().replace('name = "Anna Berg"', 'name = "ANNA BERG"')
        assert "ANNA BERG" in edited and len(edited.encode()) == status.st_size
        file.write_text(edited)
        if same_time:
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        room.type("danach")
        room.press("enter", "f4")
        room.sees(BOTH_KEPT)
        assert file.read_text() == edited
        room.type("und noch eins")
        room.press("enter", "f4")
        room.on_floor("Zahlen")
        room.signal(signal.SIGTERM)
        assert room.exit_code(PATIENCE) == 143
        assert file.read_text() == edited
        [ours] = [path for path in room.minutes_files() if path != file]
        assert all(f'text = "{words}"' in ours.read_text() for words in ("vorher", "danach", "und noch eins"))


# -- a terminal that is none, or a poor one --------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [(), ("run", "weekly-call"), ("resume",)], ids=lambda words: "-".join(words)
)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_without_a_terminal_it_says_so_in_a_sentence(
    tmp_path: Path, words: tuple[str, ...], lang: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "retrotui", *words, "--dir", str(tmp_path / "team"), "--lang", lang],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={
            "HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) <= 2
    assert ("Terminal" if lang == "de" else "terminal") in done.stderr
    assert not (tmp_path / "team").exists()


@pytest.mark.parametrize(
    ("term", "env", "said"),
    [
        ("dumb", {}, "TERM=dumb"),
        ("xterm", {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, "LANG=C.UTF-8"),
        ("xterm", {"LANG": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, ""),
    ],
    ids=["dumb", "ascii output", "ascii locale"],
)
def test_a_terminal_that_cannot_draw_is_refused_or_used(
    tmp_path: Path, term: str, env: dict[str, str], said: str
) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", term=term, env=env) as room:
        assert room.exit_code(PATIENCE) == 2
        assert said in "".join(room.screen())
        assert room.log.isascii(), "it wrote what this terminal has no letters for"
        assert b"\x1b[" not in room.log
        assert room.modes() == room.attributes_before


def test_no_color_means_none_and_every_state_has_words(tmp_path: Path) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", env={"NO_COLOR": "1"}) as room:
        begin(room)
        room.says("- Preis zu spät")
        room.press("f2")
        room.sees("Pause")
        room.press("f2")
        room.press("f4")
        room.on_floor("Experimente prüfen")
        assert shows_saved(room.called_saved())
        assert re.search(rb"\x1b\[[0-9;]*[34]8;[25]", room.log) is None
        assert re.search(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])m", room.log) is None


# -- sizes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(20, 5), (1, 1)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_in_a_window_too_small_the_clock_goes_on(tmp_path: Path, size: tuple[int, int]) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", size=size) as room:
        room.wait_for_bytes(b"\x1b[?1049h", PATIENCE)
        if size == (20, 5):
            room.sees("01:5")  # of two minutes
            assert any("60" in line or "zu klein" in line for line in room.sees("klein"))
            first = room.sees("01:5")[0]
            room.sees(lambda lines: bool(lines[0]) and lines[0] != first)
        room.resize(100, 30)
        room.on_floor("Ankommen")
        room.says("und weiter geht es")


def test_a_storm_of_resizes_ends_in_the_right_picture(tmp_path: Path) -> None:
    with Room(tmp_path / "team", "run", "weekly-call", size=(110, 30)) as room:
        begin(room)
        for columns, rows in [(80, 24), (1, 1), (200, 60), (20, 5), (300, 2), (61, 17), (110, 30)] * 6:
            room.resize(columns, rows)
        room.says("nach dem Sturm")
        lines = room.called_saved("nach dem Sturm", "vorher")
        assert lines[1].startswith("╭─ Agenda") and lines[1].endswith("╮")
        assert len(lines[1]) == 110
        assert "F4" in lines[-1]


def test_a_terminal_of_others_is_a_terminal(tmp_path: Path) -> None:
    """What the harness starts is what people start: the same words, without the tests' own class."""
    command = [sys.executable, "-m", "retrotui", "run", "weekly-call", "--dir", str(tmp_path / "team")]
    with Terminal(command, env={"PYTHONPATH": str(ROOT), "LANG": "de_DE.UTF-8"}, home=tmp_path) as screen:
        screen.wait_for("Ankommen", PATIENCE)
