"""Where a measurement takes place: folders that are thrown away, the program and *bare* in real terminals.

Owns the folders, the commands that are started, and how a meeting with many entries comes about: typed and pasted into
the running program, as people do. Must not measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.terminal.harness import Terminal, python

from benchmarks.meetings import write_meetings

SIZE: Final = (110, 30)
BARE: Final = python(Path(__file__).with_name("bare.py"))
BARE_READY: Final = (b"Label-8", b"Quit")
"""What stands on bare's first frame, from top to bottom."""
HOME_READY: Final = (b"Monatliche Reflexion", b"beginnen")
MEETING_READY: Final = (b"Ankommen", b"offen kann ich heute sprechen", "Großbild".encode())
PATIENCE: Final = 60.0
SENTENCE: Final = "Der Kunde hat den Preisrahmen erst im dritten Termin gehört"
"""What is typed and pasted."""


def program(*words: str) -> list[str]:
    """The command line of the program: what the installed command does, with this interpreter."""
    return python("import sys; from retrotui.cli import main; sys.exit(main())", *words)


class Stage:
    """The folders of one run. A context manager: they are gone afterwards."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="retrotui-benchmarks-")
        self.root = Path(self._folder.name)
        self._made: dict[int, frozenset[str]] = {}

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def team(self, count: int) -> Path:
        """A team folder with so many minutes, and nothing that an earlier measurement left there."""
        folder = self.root / f"team-{count}"
        minutes = folder / "minutes"
        if count not in self._made:
            yesterday = datetime.now().astimezone().date() - timedelta(days=1)
            paths = write_meetings(folder, count, newest=yesterday)
            self._made[count] = frozenset(path.name for path in paths)
        for path in minutes.iterdir():
            if path.name not in self._made[count]:
                path.unlink()
        return folder

    @contextmanager
    def terminal(self, command: list[str]) -> Iterator[Terminal]:
        """The command in a terminal of its own, with a home of its own; killed at the end."""
        with (
            TemporaryDirectory(dir=self.root, prefix="home-", ignore_cleanup_errors=True) as home_folder,
            Terminal(command, size=SIZE, home=Path(home_folder)) as one,
        ):
            yield one

    @contextmanager
    def bare(self) -> Iterator[Terminal]:
        """Bare, on its first frame."""
        with self.terminal(BARE) as one:
            see(one, *BARE_READY)
            one.settle(0.5, PATIENCE)
            yield one

    @contextmanager
    def meeting(self, entries: int, minutes: int) -> Iterator[Terminal]:
        """A running meeting with so many entries on a deal, in a folder with so many older minutes."""
        with self.terminal(run_meeting(self.team(minutes))) as one:
            see(one, *MEETING_READY)
            for _ in range(3):
                one.press("f4")
                one.settle(0.2, PATIENCE)
            one.type("Müller GmbH verloren 48.000")
            one.press("enter")
            one.wait_for("verloren · 48.000", PATIENCE)
            one.settle(0.2, PATIENCE)
            for start in range(0, entries, 50):
                since = len(one.log)
                lines = range(start, min(start + 50, entries))
                one.paste("\n".join(f"- Fall {n}: {SENTENCE} #preis *2 /kunde" for n in lines))
                one.wait_for_bytes(f"Fall {lines[-1]}".encode(), PATIENCE, since=since)
                one.settle(0.3, PATIENCE)
            one.settle(1.2, PATIENCE)
            yield one


def run_meeting(folder: Path) -> list[str]:
    """`retrotui run`, in German."""
    return program("run", "monthly-reflection", "--dir", str(folder), "--lang", "de")


def home(folder: Path) -> list[str]:
    """`retrotui`, in German."""
    return program("--dir", str(folder), "--lang", "de")


def see(terminal: Terminal, *wanted: bytes, since: int = 0) -> None:
    """Waits until all of this was written. Raises `Gone` with the screen where it never is."""
    for words in wanted:
        terminal.wait_for_bytes(words, PATIENCE, since=since)
