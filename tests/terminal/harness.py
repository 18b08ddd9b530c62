"""A real terminal for tests: a pty with the program at one end and an emulator (pyte) at the other.

    with Terminal([sys.executable, "-m", "retrotui.cli", "demo"], size=(110, 30)) as terminal:
        terminal.wait_for("Agenda")
        terminal.type("- Preis zu spät #preis")
        terminal.press("enter", "f4")
        assert terminal.exit_code() == 0

Nothing sleeps: everything waits for bytes, with a deadline. The command gets a home of its own (HOME and the XDG
folders lie in a temporary directory) and a small environment that is the same on every machine.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

import pyte

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "delete": "\x1b[3~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    **{
        f"f{n}": f"\x1b[{code}~"
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a terminal sends for a key. `alt+x` is Esc and x in one burst."""

_UNKNOWN = re.compile(rb"\x1b\[[<>=][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\\\\")
"""What pyte would draw as text: kitty's keys, requests ending in $p, the end of a string."""
_UNFINISHED = re.compile(rb"\x1b(\[[^@-~]*)?$")

PATIENCE = 15.0
"""Seconds that a wait lasts before it fails: long, since the machine may be busy; nothing waits it out that works."""


class Gone(AssertionError):
    """The screen never showed what was waited for."""


class Terminal:
    """A program in a pseudo terminal. A context manager: on leaving, the program is killed if it still runs."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str] | None = None,
        home: Path | None = None,
        cwd: Path | None = None,
        controlling: bool = True,
        term: str = "xterm-256color",
    ) -> None:
        """Describes the run; `__enter__` starts it.

        Args:
            command: The program and its arguments.
            size: Columns and rows.
            env: Added to the environment; a value of "" takes a name out of it.
            home: The folder for HOME and XDG; by default a temporary one that goes away.
            cwd: Where it is started; by default `home`.
            controlling: Whether the pty is the program's controlling terminal (it gets SIGHUP when that is closed).
            term: TERM.
        """
        self.command = list(command)
        self.columns, self.rows = size
        self._extra = dict(env or {})
        self._folder: TemporaryDirectory[str] | None = None
        if home is None:
            self._folder = TemporaryDirectory(prefix="terminal-")
            home = Path(self._folder.name)
        self.home = home
        self._cwd = cwd or home
        self._controlling = controlling
        self._term = term
        self._reading = True
        self._emulated: Any = pyte.Screen(self.columns, self.rows)
        self._stream: Any = pyte.ByteStream(self._emulated)
        self._fed = 0
        self.log = bytearray()
        """Every byte that the program wrote to the terminal."""
        self.errors = b""

    # life

    def __enter__(self) -> Terminal:
        self._master, self._slave = pty.openpty()
        self._set_size()
        self.attributes_before = termios.tcgetattr(self._slave)
        self._process = subprocess.Popen(
            self.command,
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            env=self._environment(),
            cwd=self._cwd,
            start_new_session=True,
            preexec_fn=self._take_terminal if self._controlling else None,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self.hang_up()
        self._process.wait()
        if self._slave >= 0:
            os.close(self._slave)
        if self._folder is not None:
            self._folder.cleanup()

    def _take_terminal(self) -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _environment(self) -> dict[str, str]:
        home = str(self.home)
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": home,
            "XDG_STATE_HOME": f"{home}/.local/state",
            "XDG_CACHE_HOME": f"{home}/.cache",
            "XDG_CONFIG_HOME": f"{home}/.config",
            "XDG_DATA_HOME": f"{home}/.local/share",
            "XDG_DOCUMENTS_DIR": f"{home}/Documents",
            "LANG": "C.UTF-8",
            "TERM": self._term,
            "COLORTERM": "truecolor",
            "TZ": "Europe/Berlin",
            "PYTHONFAULTHANDLER": "1",
            "PYTHONPYCACHEPREFIX": os.environ.get("PYTHONPYCACHEPREFIX", ""),
            **self._extra,
        }
        return {name: value for name, value in environment.items() if value != ""}

    @property
    def pid(self) -> int:
        return self._process.pid

    def signal(self, number: int) -> None:
        """Sends a signal to the program alone."""
        os.kill(self.pid, number)

    def exit_code(self, patience: float = PATIENCE) -> int:
        """Waits for the end, reading what is written meanwhile; a death by signal n that nobody handled is -n."""
        until = time.monotonic() + patience
        while self._process.poll() is None:
            if time.monotonic() > until:
                raise Gone(f"still running after {patience} s:\n{self}")
            self._pump(0.05)
        self._pump(0)
        return self._process.returncode

    def runs(self) -> bool:
        return self._process.poll() is None

    def modes(self) -> list[Any]:
        """The terminal's modes now (termios), to compare with `attributes_before`."""
        return termios.tcgetattr(self._slave)

    # the screen

    def stop_reading(self) -> None:
        """The terminal stalls: nothing is read any more, and the program's writes fill up."""
        self._reading = False

    def go_on_reading(self) -> None:
        self._reading = True

    def hang_up(self) -> None:
        """The window is closed, the connection dropped."""
        if self._master >= 0:
            os.close(self._slave)
            os.close(self._master)
            self._master = self._slave = -1

    def resize(self, columns: int, rows: int) -> None:
        """The window changes its size."""
        self.columns, self.rows = columns, rows
        self._pump(0)
        self._catch_up()
        self._set_size()
        self._emulated.resize(rows, columns)

    def screen(self) -> list[str]:
        """The lines that stand on the screen now."""
        self._pump(0)
        self._catch_up()
        return [line.rstrip() for line in self._emulated.display]

    def cell(self, column: int, row: int) -> Any:
        """One cell with its colours (`data`, `fg`, `bg`, `bold`, `reverse` …)."""
        self._pump(0)
        self._catch_up()
        return self._emulated.buffer[row][column]

    def wait_for(
        self, wanted: str | Callable[[list[str]], bool], patience: float = PATIENCE, *, gone: bool = False
    ) -> list[str]:
        """Reads until the text stands on the screen (or is `gone` from it, or the function says yes).

        Returns:
            The screen.

        Raises:
            Gone: It did not within `patience` seconds; shows the screen.
        """
        until = time.monotonic() + patience
        while True:
            lines = self.screen()
            met = wanted(lines) if callable(wanted) else (wanted in "\n".join(lines)) is not gone
            if met:
                return lines
            ended = not self.runs()
            if ended or time.monotonic() > until:
                why = f"it ended with {self._process.returncode}" if ended else f"after {patience} s"
                raise Gone(f"never {'without' if gone else 'saw'} {wanted!r}, {why}:\n{self}")
            self._pump(0.05)

    def wait_for_bytes(self, wanted: bytes, patience: float = PATIENCE, *, since: int = 0) -> None:
        """Reads until the program has written these bytes (after position `since` of the log)."""
        until = time.monotonic() + patience
        while wanted not in self.log[since:]:
            if time.monotonic() > until or (not self.runs() and not self._pump(0)):
                raise Gone(f"never wrote {wanted!r}:\n{self}")
            self._pump(0.05)

    def settle(self, quiet: float = 0.15, patience: float = PATIENCE) -> list[str]:
        """Reads until nothing has come for `quiet` seconds."""
        until = time.monotonic() + patience
        while self._pump(quiet) and time.monotonic() < until:
            pass
        return self.screen()

    def watch(self, seconds: float) -> int:
        """Reads for so long, and says how many bytes came."""
        before = len(self.log)
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._pump(left)
        return len(self.log) - before

    def __str__(self) -> str:
        return "\n".join(f"|{line}" for line in self.screen())

    # the keyboard

    def type(self, text: str) -> None:
        """Types text, letter by letter as far as the program can tell."""
        self.send(text.encode(errors="surrogateescape"))

    def press(self, *keys: str) -> None:
        """Presses keys by name: `f4`, `enter`, `ctrl+z`, `alt+n`, or a single character."""
        for key in keys:
            if key.startswith("alt+"):
                self.send(b"\x1b" + KEYS.get(key[4:], key[4:]).encode())
            else:
                self.send(KEYS[key].encode() if len(key) > 1 else key.encode())
            if key == "escape":
                # alone in its burst, or it would be the beginning of a sequence
                self._pump(0.12)

    def paste(self, text: str) -> None:
        """Pastes text as a terminal does that knows about pasting."""
        self.send(b"\x1b[200~" + text.encode(errors="surrogateescape") + b"\x1b[201~")

    def send(self, data: bytes, patience: float = PATIENCE) -> None:
        """Sends bytes, reading meanwhile, so that neither side waits for the other."""
        until = time.monotonic() + patience
        os.set_blocking(self._master, False)
        while data:
            _, writable, _ = select.select([], [self._master], [], 0.05)
            if writable:
                try:
                    data = data[os.write(self._master, data[:1024]) :]
                except BlockingIOError:
                    writable = []
            if time.monotonic() > until:
                raise Gone(f"{len(data)} bytes were not taken:\n{self}")
            self._pump(0)

    # the wire

    def _set_size(self) -> None:
        packed = struct.pack("HHHH", self.rows, self.columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, packed)

    def _pump(self, seconds: float) -> bool:
        """Reads what is there, waiting for it so long; whether something came."""
        if not self._reading or self._master < 0:
            select.select([], [], [], seconds)
            return False
        came = False
        while True:
            readable, _, _ = select.select([self._master], [], [], 0 if came else seconds)
            if not readable:
                return came
            try:
                data = os.read(self._master, 65536)
            except OSError:
                data = b""
            if not data:
                return came
            came = True
            self.log += data

    def _catch_up(self) -> None:
        """Feeds the emulator; it is slow, so it is fed only when somebody looks."""
        if self._fed < len(self.log):
            fresh = bytes(self.log[self._fed :])
            unfinished = _UNFINISHED.search(fresh)
            fresh = fresh[: unfinished.start()] if unfinished else fresh
            self._fed += len(fresh)
            self._stream.feed(_UNKNOWN.sub(b"", fresh))


def python(code: str | Path, *arguments: str) -> list[str]:
    """The command line that runs Python code, or a file of it, with this interpreter."""
    first = [str(code)] if isinstance(code, Path) else ["-c", code]
    return [sys.executable, *first, *arguments]
