"""*Bare*: the smallest app on this framework that looks like a meeting, the floor that ours stands on.

Owns the reference of promises.md ("It is fast"), and stays as small as it is there: a header, a clock that ticks each
second, eight labels, a line whose cursor does not blink, a footer. Must not use anything of the program.
"""

from __future__ import annotations

from datetime import datetime

from textual.app import App, ComposeResult
from textual.widgets import Digits, Footer, Header, Input, Label, ListItem, ListView


class Bare(App[None]):
    BINDINGS = [("ctrl+q", "quit", "Quit"), ("f2", "bell", "Pause"), ("f4", "bell", "Next")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield Header()
        yield Digits(id="clock")
        yield ListView(*(ListItem(Label(f"Label-{number}")) for number in range(1, 9)))
        yield Input()
        yield Footer()

    def on_mount(self) -> None:
        line = self.query_one(Input)
        line.cursor_blink = False
        line.focus()
        self.tick()
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        self.query_one(Digits).update(f"{datetime.now().astimezone():%H:%M:%S}")


if __name__ == "__main__":
    Bare().run()
