"""A minute of the clock in a real terminal: how many bytes it writes, beside the framework's own clock.

The budget of promises.md (0.6 of the bytes of a bare app) is measured over the whole screen by `benchmarks/`; this
only sees to it that the clock alone stays well below it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Digits, Static

from retrotui.tui import text, themes
from retrotui.tui.terminal import GuardedApp
from retrotui.tui.widgets.clock import ClockFace, TimeBar
from tests.terminal.harness import Terminal, python

pytestmark = pytest.mark.terminal

ROOT = Path(__file__).parents[2]
TICKS = 60


class Ticking(GuardedApp[int]):
    """Sixty seconds, one after each frame."""

    CSS = """
    Digits, #head { height: 3; }
    #head.wall, .wall #clock { height: 10; }
    .wall #clock { width: 1fr; }
    """

    def __init__(self, which: str) -> None:
        super().__init__()
        themes.dress(self)
        self.which = which
        self.left = 0

    def compose(self) -> ComposeResult:
        yield Static(text.plain("ready"), id="state")
        if self.which == "bare":
            yield Digits("09:42:00", id="digits")
            return
        with Horizontal(id="head", classes=self.which):
            yield ClockFace(id="clock")
        yield TimeBar(id="bar")

    def on_mount(self) -> None:
        self.draw(TICKS)

    def on_key(self) -> None:
        self.left = TICKS
        self.tick()

    def tick(self) -> None:
        self.left -= 1
        self.draw(self.left)
        if self.left:
            self.call_after_refresh(self.set_timer, 0.01, self.tick)
        else:
            self.call_after_refresh(self.query_one("#state", Static).update, text.plain("done"))

    def draw(self, left: int) -> None:
        if self.which == "bare":
            self.query_one(Digits).update(f"09:42:{TICKS - left:02}" if left else "09:43:00")
            return
        seconds = 300 + left
        self.query_one(ClockFace).show(f"{seconds // 60:02}:{seconds % 60:02}")
        self.query_one(TimeBar).show(1 - seconds / 1200, text.plain(f"{-(-seconds // 60)} min"))


def bytes_of_a_minute(which: str, folder: Path) -> int:
    command = python(Path(__file__), which)
    with Terminal(command, size=(110, 30), home=folder, env={"PYTHONPATH": str(ROOT)}) as screen:
        screen.wait_for("ready")
        screen.settle()
        before = len(screen.log)
        screen.press("space")
        screen.wait_for("done")
        return len(screen.log) - before


def test_a_minute_of_the_clock_is_cheap(tmp_path: Path) -> None:
    bare = bytes_of_a_minute("bare", tmp_path)
    desk = bytes_of_a_minute("desk", tmp_path)
    wall = bytes_of_a_minute("wall", tmp_path)
    assert bare > 60 * 100, "the reference did not tick"
    assert desk > 60 * 20, "the clock did not tick"
    assert desk < 0.4 * bare, (desk, bare)
    assert wall < 1.5 * bare, (wall, bare)


if __name__ == "__main__":
    sys.exit(Ticking(sys.argv[1]).run() or 0)
