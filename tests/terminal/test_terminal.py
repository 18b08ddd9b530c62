"""`tui.terminal` in a real pty: whatever happens, the terminal is left as it was found, and everything is saved."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color

from retrotui.clock import FakeClock
from retrotui.errors import RetroError, msg
from retrotui.tui import terminal
from retrotui.tui.crash import KEPT, report, write_report
from tests.terminal.harness import Terminal, python
from tests.terminal.small_app import NASTY, SECRET

pytestmark = pytest.mark.terminal

SMALL = Path(__file__).with_name("small_app.py")
ROOT = Path(__file__).parents[2]
GONE_WITHIN = 5.0

ON_AND_OFF = {
    "alternate screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "cursor": (b"\x1b[?25l", b"\x1b[?25h"),
    "paste": (b"\x1b[?2004h", b"\x1b[?2004l"),
    "mouse": (b"\x1b[?1000h", b"\x1b[?1000l"),
    "mouse moves": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "mouse form": (b"\x1b[?1006h", b"\x1b[?1006l"),
    "focus": (b"\x1b[?1004h", b"\x1b[?1004l"),
    "kitty keys": (b"\x1b[>25u", b"\x1b[<u"),
    "line wrap": (b"\x1b[?7l", b"\x1b[?7h"),
}


def small(folder: Path, what: str = "", **options: object) -> Terminal:
    return Terminal(
        python(SMALL, str(folder), what),
        env={"PYTHONPATH": str(ROOT), **dict(options.pop("env", {}))},  # type: ignore[call-overload]
        **options,  # type: ignore[arg-type]
    )


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Terminal]:
    with small(tmp_path) as screen:
        screen.wait_for("ready")
        yield screen


def restored(screen: Terminal) -> None:
    """The terminal is as it was found: each mode was switched off after it was last switched on, and it is cooked."""
    log = bytes(screen.log)
    for mode, (on, off) in ON_AND_OFF.items():
        assert on in log, f"{mode} was never on: the test would prove nothing"
        assert log.rfind(off) > log.rfind(on), mode
    assert screen.modes() == screen.attributes_before


# signals


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)], ids=str
)
def test_a_signal_saves_restores_and_ends(running: Terminal, tmp_path: Path, number: int, code: int) -> None:
    raw = running.modes()
    assert raw != running.attributes_before
    began = time.monotonic()
    running.signal(number)
    assert running.exit_code() == code
    assert time.monotonic() - began < GONE_WITHIN
    assert (tmp_path / "saved").exists()
    restored(running)


def test_a_second_signal_changes_nothing(running: Terminal, tmp_path: Path) -> None:
    running.signal(signal.SIGTERM)
    running.signal(signal.SIGHUP)
    running.signal(signal.SIGTERM)
    assert running.exit_code() in {143, 129}
    assert (tmp_path / "saved").exists()
    restored(running)


@pytest.mark.parametrize("what", ["stall", "spin"])
def test_a_stalled_event_loop_does_not_keep_the_process(running: Terminal, tmp_path: Path, what: str) -> None:
    running.type(f"{what}\r")
    running.wait_for("stalling" if what == "stall" else "spinning")
    began = time.monotonic()
    running.signal(signal.SIGTERM)
    assert running.exit_code() == 143
    assert time.monotonic() - began < GONE_WITHIN
    assert (tmp_path / "saved").exists()
    restored(running)


def test_a_save_that_hangs_does_not_keep_the_process(tmp_path: Path) -> None:
    with small(tmp_path, "slow-save") as screen:
        screen.wait_for("ready")
        began = time.monotonic()
        screen.signal(signal.SIGTERM)
        assert screen.exit_code() == 143
        assert time.monotonic() - began < GONE_WITHIN
        assert (tmp_path / "saving").exists()
        restored(screen)


def test_a_save_that_fails_does_not_keep_the_terminal(tmp_path: Path) -> None:
    with small(tmp_path, "failing-save") as screen:
        screen.wait_for("ready")
        screen.signal(signal.SIGTERM)
        assert screen.exit_code() == 143
        restored(screen)


@pytest.mark.parametrize("seconds", [10.0], ids=["10s"])
def test_a_terminal_that_stops_reading_is_left_all_the_same(tmp_path: Path, seconds: float) -> None:
    with small(tmp_path, "flood", size=(160, 45)) as screen:
        screen.wait_for("ready")
        screen.stop_reading()
        screen.watch(seconds)  # the kernel's buffer is full long since, and the writer hangs in its write
        began = time.monotonic()
        screen.signal(signal.SIGTERM)
        while screen.runs() and time.monotonic() - began < GONE_WITHIN:
            screen.watch(0.02)
        assert not screen.runs(), "still there after 5 s"
        assert (tmp_path / "saved").exists()
        screen.go_on_reading()
        assert screen.exit_code() == 143
        assert screen.modes() == screen.attributes_before
        screen.settle()
        restored(screen)


def test_a_closed_window_saves_and_ends(running: Terminal, tmp_path: Path) -> None:
    running.hang_up()
    assert running.exit_code() == 129
    assert (tmp_path / "saved").exists()


def test_a_dropped_connection_without_a_signal_ends_too(tmp_path: Path) -> None:
    with small(tmp_path, controlling=False) as screen:
        screen.wait_for("ready")
        screen.hang_up()
        assert screen.exit_code() in {129, 1}
        assert (tmp_path / "saved").exists()


def test_leaving_by_itself_leaves_signals_as_they_were(running: Terminal, tmp_path: Path) -> None:
    running.type("leave\r")
    assert running.exit_code() == 0
    assert b"left with 0" in running.log
    assert not (tmp_path / "saving").exists()
    restored(running)


# crashes


@pytest.mark.parametrize(
    "what", ["handler", "retro", "worker", "thread-worker", "thread", "panel", "timer", "exit", "hang"]
)
def test_an_exception_shows_nobodys_words(running: Terminal, tmp_path: Path, what: str) -> None:
    running.type(f"{what}\r")
    began = time.monotonic()
    assert running.exit_code() == 1
    assert time.monotonic() - began < 10
    assert (tmp_path / "saved").exists()
    restored(running)

    said = bytes(running.log[running.log.rfind(b"\x1b[?1049l") :]).decode()
    plain = re.sub(r"\x1b\[[?<]?[0-9;]*[a-z]", "", said).split()
    words = " ".join(plain)
    assert words.startswith("retrotui broke and ended; what was entered is saved. Where it broke: ")
    assert "Traceback" not in said
    [log] = (tmp_path / "logs").iterdir()
    assert words.endswith(log.name)
    for told in (log.read_text(), running.log.decode(errors="replace")):
        assert "Carla" not in told
        assert "teuer" not in told
    assert "meeting = 2026-11-23-monthly-reflection" in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_report_names_the_place_and_no_value(tmp_path: Path) -> None:
    when = FakeClock()
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise RetroError(msg("{name} is not known.", name=SECRET)) from error
    except RetroError as error:
        words = report(error, {"deal": SECRET, "step": "deal-lost"}, when.wall())
    assert "RetroError: {name} is not known." in words
    assert "terminal/test_terminal.py:" in words
    assert "\nValueError\n" in words
    assert "step = deal-lost" in words
    assert "deal = ?" in words
    assert "Carla" not in words
    for _ in range(KEPT + 5):
        write_report(tmp_path, words, when)
        when.advance(1)
    assert len(list(tmp_path.iterdir())) == KEPT


# no terminal, or none that can draw


def refused(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode, done.stderr


def test_without_a_terminal_it_says_so(tmp_path: Path) -> None:
    code, said = refused(python(SMALL, str(tmp_path)))
    assert code == 2
    assert said.startswith("There is no terminal here")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    ("term", "env", "said"),
    [
        ("dumb", {}, "TERM=dumb"),
        ("xterm", {"LANG": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}, "LANG=C.UTF-8"),
    ],
)
def test_a_terminal_that_cannot_draw_is_refused(
    tmp_path: Path, term: str, env: dict[str, str], said: str
) -> None:
    with small(tmp_path, term=term, env=env) as screen:
        assert screen.exit_code() == 2
        assert said in "".join(screen.screen())
        assert b"\x1b[?1049h" not in screen.log
        assert screen.modes() == screen.attributes_before


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (500, 2)])
def test_odd_sizes_are_survived(tmp_path: Path, size: tuple[int, int]) -> None:
    with small(tmp_path, size=size) as screen:
        screen.wait_for_bytes(b"\x1b[?1049h")
        screen.settle()
        for columns, rows in [(80, 24), (1, 1), (200, 60), (3, 90), size, (80, 24)] * 3:
            screen.resize(columns, rows)
        screen.wait_for("ready")
        screen.signal(signal.SIGTERM)
        assert screen.exit_code() == 143
        assert screen.modes() == screen.attributes_before


# the last wall

OURS = re.compile(
    rb"\x1b\[[?>=<]?[0-9;]*\$?[A-Za-z]"  # everything that the framework itself writes
    rb"|\x1b\\|\x1b]22;[a-z-]*\x07"
)


def test_no_control_character_of_a_text_reaches_the_terminal(tmp_path: Path) -> None:
    with small(tmp_path, "escapes") as screen:
        lines = screen.wait_for("ready")
        assert sum("AB" in line.replace("]52;c;aGk=", "") for line in lines) >= 3
        screen.type("\x1b[200~paste" + NASTY.encode(errors="replace").decode() + "\x1b[201~")
        screen.settle()
        screen.signal(signal.SIGTERM)
        screen.exit_code()
    rest = OURS.sub(b"", bytes(screen.log)).decode()
    assert set(re.findall("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", rest)) <= {"\n", "\r"}
    for stolen in (b"\x1b]52", b"\x1b[2J", b"\xc2\x9b", "\u202e".encode()):
        assert stolen not in screen.log


def test_the_wall_keeps_every_cell_in_its_place() -> None:
    link = Style(link="https://example.org", bold=True)
    segments = [Segment(NASTY), Segment("harmless — über", Style(bold=True)), Segment("x", link)]
    walled = terminal.Wall().apply(segments, Color(0, 0, 0))
    assert "".join(part.text for part in walled) == "A]52;c;aGk=B[2JC2JDE�Fharmless — überx"
    assert sum(part.cell_length for part in walled) == sum(part.cell_length for part in segments)
    assert walled[2].style is not None
    assert walled[2].style.link is None
    assert walled[2].style.bold
    assert terminal.Wall().apply(segments[1:2], Color(0, 0, 0)) == segments[1:2]


def test_the_framework_still_has_what_is_overridden() -> None:
    """The one private name (house.md 15), and the public ones that the wall stands on."""
    assert callable(App._handle_exception)
    assert callable(App.get_line_filters)
    assert termios.TCSANOW is not None


def test_no_color_means_none(tmp_path: Path) -> None:
    with small(tmp_path, env={"NO_COLOR": "1"}) as screen:
        screen.wait_for("ready")
        screen.signal(signal.SIGTERM)
        screen.exit_code()
    assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25]", screen.log)
    with small(tmp_path) as screen:
        screen.wait_for("ready")
    assert re.search(rb"\x1b\[[0-9;]*[34]8;[25]", screen.log)


def test_the_harness_reports_what_it_never_saw(tmp_path: Path) -> None:
    with (
        Terminal([sys.executable, "-c", "print('one'); input()"], home=tmp_path) as screen,
        pytest.raises(AssertionError, match="never saw 'two'"),
    ):
        screen.wait_for("one")
        screen.wait_for("two", patience=0.3)
