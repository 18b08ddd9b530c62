"""A tiny app that the terminal tests run in a pty: a clock, a line, and a way to break in every manner.

    python small_app.py FOLDER WHAT

FOLDER takes what `save` writes and the crash reports; WHAT is what goes wrong (see `Small.on_key`).
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from rich.segment import Segment
from textual.app import ComposeResult
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from retrotui.clock import FakeClock
from retrotui.errors import RetroError
from retrotui.tui import terminal

SECRET = "Carla Weiß sagt: zu teuer"
PAINTED_S = 0.2
"""After so long what was said is on the screen, before the loop stands still."""
NASTY = "A\x1b]52;c;aGk=\x07B\x1b[2JC\x9b2JD\u202eE\ud800F"


class Raw(Widget):
    """Draws what it is given, past `text`, as a widget of somebody else's might."""

    DEFAULT_CSS = "Raw { height: 1; }"

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        return Strip([Segment(NASTY)])


class Panel(Static):
    """Breaks while it draws."""

    def render(self) -> Content:
        participant = SECRET
        raise KeyError(participant)


class Small(terminal.GuardedApp[int]):
    CSS = "Static { height: 1; }"

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__()
        self.folder = folder
        self.what = what

    def compose(self) -> ComposeResult:
        titled = Static(NASTY, markup=False)
        titled.border_title = NASTY
        titled.styles.border = ("round", "red")
        titled.styles.height = 3
        yield titled
        yield Raw()
        yield Static("00", id="clock")
        yield Input(NASTY if self.what == "escapes" else "", placeholder=NASTY, id="line")

    def on_mount(self) -> None:
        self.query_one("#line", Input).cursor_blink = False
        self.set_interval(0.02 if self.what == "flood" else 0.5, self.tick)
        self.query_one("#clock", Static).update("ready")

    def tick(self) -> None:
        if self.what == "flood":
            self.refresh(layout=True)
            self.screen.refresh(layout=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        participant = SECRET
        match event.value:
            case "handler":
                raise ValueError(participant)
            case "retro":
                from retrotui.errors import msg

                raise RetroError(msg("{name} is not known.", name=participant))
            case "worker":
                self.run_worker(self.breaking(participant))
            case "thread-worker":
                self.run_worker(lambda: 1 / len(participant[:0]), thread=True)
            case "thread":
                threading.Thread(target=int, args=(participant,)).start()
            case "panel":
                self.mount(Panel())
            case "timer":
                self.set_timer(0.01, lambda: int(participant))
            case "exit":
                raise SystemExit(7)
            case "stall":
                self.query_one("#clock", Static).update("stalling")
                self.set_timer(PAINTED_S, lambda: time.sleep(60))
            case "spin":
                self.query_one("#clock", Static).update("spinning")
                self.set_timer(PAINTED_S, self.spin)
            case "hang":
                # a worker that does not end keeps the framework from closing
                self.run_worker(lambda: time.sleep(60), thread=True)
                raise ValueError(participant)
            case "leave":
                self.exit(3, return_code=0)
            case words:
                self.query_one("#clock", Static).update(Content(f"said {words}"))

    async def breaking(self, participant: str) -> None:
        await asyncio.sleep(0)
        raise ValueError(participant)

    def spin(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            pass


def save(folder: Path, what: str) -> None:
    (folder / "saving").write_text("begun")
    if what == "slow-save":
        time.sleep(60)
    if what == "failing-save":
        raise OSError("no space left")
    (folder / "saved").write_text(f"{os.getpid()}")


def main() -> int:
    folder, what = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    try:
        code = terminal.run(
            Small(folder, what),
            lambda _seconds: save(folder, what),
            folder / "logs",
            ids=lambda: {"meeting": "2026-11-23-monthly-reflection", "step": f"deal {SECRET}"},
            clock=FakeClock(datetime.fromisoformat("2026-11-23T09:41:07+01:00")),
        )
    except RetroError as error:
        print(f"{error.what} {error.hint}", file=sys.stderr)
        return 2
    if code != 1:
        print(f"left with {code}")
    return code


if __name__ == "__main__":
    sys.exit(main())
