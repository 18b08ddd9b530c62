"""A meeting room for the terminal tests: the program in a pty, and the facilitator at its keyboard.

Owns starting `retrotui` as people do, typing what is said, and reading off the screen what it calls saved.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli

from retrotui.domain.minutes import Minutes
from retrotui.store import minutes as minutes_store
from retrotui.store.drafts import list_drafts
from retrotui.store.workspace import Workspace, find_workspace
from tests.terminal.harness import KEYS, Terminal, python

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds that a wait may last: the machine may be busy. Nothing that works waits it out."""
SAVED = "✓ gespeichert"
WEEKLY = "Wochen-Telefonat"


def altered(how: str) -> list[str]:
    """The program with one thing altered (see `altered.py`)."""
    return python(Path(__file__).with_name("altered.py"), how)


class Room(Terminal):
    """`retrotui WORDS` at work in a team folder. `home` outlives it where several runs share their drafts."""

    def __init__(
        self,
        team: Path,
        *words: str,
        home: Path | None = None,
        size: tuple[int, int] = (110, 30),
        env: Mapping[str, str] | None = None,
        program: Sequence[str] = (sys.executable, "-m", "retrotui"),
        controlling: bool = True,
        term: str = "xterm-256color",
    ) -> None:
        self.team = team
        super().__init__(
            [*program, *words, "--dir", str(team), "--lang", "de"],
            size=size,
            env={"PYTHONPATH": str(ROOT), **(env or {})},
            home=home or team.parent / "home",
            cwd=team.parent,
            controlling=controlling,
            term=term,
        )
        self.home.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Room:
        super().__enter__()
        return self

    # -- seeing --------------------------------------------------------------------------------------------

    def sees(self, wanted: str | Callable[[list[str]], bool], *, gone: bool = False) -> list[str]:
        """Waits for it, long enough for a busy machine."""
        return self.wait_for(wanted, PATIENCE, gone=gone)

    def sees_row(self, *words: str, below: int = 0) -> None:
        """Waits until one row (from the row `below` on) holds all of these words."""
        self.sees(lambda lines: any(all(word in line for word in words) for line in lines[below:]))

    def on_floor(self, step: str) -> None:
        """Waits until the step has the floor: its title is in the frame of the stage."""
        self.sees(lambda lines: step in self.heading(lines))

    def heading(self, lines: Sequence[str]) -> str:
        """The frame's title over the stage."""
        return next((line.rpartition("╭─")[2] for line in lines[:3] if "╭─" in line), "")

    def called_saved(self, *words: str) -> list[str]:
        """Waits until the screen shows the words above the line, calls everything saved, and stands still."""

        def settled(lines: list[str]) -> bool:
            return shows_saved(lines) and all(any(word in line for line in lines[:-3]) for word in words)

        while True:
            self.sees(settled)
            if not self._pump(0.05):  # not a picture that is half drawn
                return self.screen()

    # -- doing ---------------------------------------------------------------------------------------------

    def says(self, line: str, shows: str = "") -> None:
        """Types a line and Enter; waits until its words (or what it `shows`) stand above the line, and are saved."""
        self.type(line)
        self.press("enter")
        self.called_saved(shows or spoken(line))

    def does(self, *keys: str) -> None:
        """Presses keys by name; anything else is typed."""
        for key in keys:
            if key in KEYS or key.startswith("alt+"):
                self.press(key)
            else:
                self.type(key)

    def ends(self) -> None:
        """Ends the meeting, and waits for the summary."""
        self.press("ctrl+q")
        self.sees("╭─ Verlassen?")
        self.type("2")
        self.sees("╭─ Treffen beenden")
        self.press("enter")
        self.sees("Geplant und gebraucht")

    def goes_on(self, step: str) -> None:
        """F4, to the step with this title."""
        self.press("f4")
        self.on_floor(step)

    def chooses(self, title: str, then: str = "") -> None:
        """F7: the list opens; waits for its frame and for what it should offer."""
        self.press("f7")
        self.sees(lambda lines: f"╭─ {title}" in "\n".join(lines[3:]) and any(then in line for line in lines))

    def searches(self, words: str) -> None:
        """`/` in a list, and Enter: only what fits is left."""
        self.type(f"/{words}")
        self.sees(f"/ {words}")
        self.press("enter")
        self.sees(lambda lines: any(f"/ {words}" in line and "▏" not in line for line in lines))

    # -- the files -----------------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace:
        """The team folder and the folders of the person in this room."""
        state = self.home / ".local/state/retrotui"
        cache = self.home / ".cache/retrotui"
        own = {"RETROTUI_STATE_DIR": str(state), "RETROTUI_CACHE_DIR": str(cache)}
        return find_workspace(self.team, environment=own)

    def minutes_files(self) -> list[Path]:
        return minutes_store.minutes_files(self.workspace)

    def minutes(self) -> Minutes:
        """What the file that was written last says."""
        return minutes_store.load(max(self.minutes_files(), key=lambda path: path.stat().st_mtime_ns)).minutes

    def kept(self) -> Minutes:
        """What would be gone on with: the draft, and without one the minutes."""
        draft = self.draft()
        return draft[0] if draft is not None else self.minutes()

    def raw(self) -> dict[str, Any]:
        """The same file as any TOML reader sees it."""
        newest = max(self.minutes_files(), key=lambda path: path.stat().st_mtime_ns)
        return tomli.loads(newest.read_text(encoding="utf-8"))

    def draft(self) -> tuple[Minutes, str] | None:
        """The only draft and its half-typed line; None where there is none."""
        found, broken = list_drafts(self.workspace)
        assert not broken, broken
        assert len(found) <= 1, found
        return (found[0].draft.minutes, found[0].draft.line) if found else None


def spoken(line: str) -> str:
    """What of a line is words: neither its prefix nor its tags."""
    return re.split(r" [#@=*/](?=\S)", line)[0].strip('+-!?>„“".& ')


def shows_saved(lines: Sequence[str]) -> bool:
    """Whether the screen calls everything saved."""
    return any(SAVED in line for line in lines[-3:])


def texts(minutes: Minutes) -> set[str]:
    """Everything that was said in a meeting, whatever became of it."""
    tables = (minutes.note, minutes.factor, minutes.quote, minutes.lesson, minutes.action)
    remarks = minutes.worth.remarks if minutes.worth else ()
    return {
        *(one.text for table in tables for one in table),
        *(one.title for one in minutes.experiment),
        *minutes.parked,
        *remarks,
    }
