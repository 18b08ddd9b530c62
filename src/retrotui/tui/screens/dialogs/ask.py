"""A question that is answered by one line.

Owns the line and the sentence about what is wrong with it. What counts as an answer is the asker's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from retrotui.domain.spoken_dates import read_date
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

Check = Callable[[str], Message | None]
"""What is wrong with an answer; None: nothing."""


class Ask(Dialog[str]):
    """Gives back the line, or None for Esc."""

    DEFAULT_CSS = """
    Ask Input { height: 1; border: none; padding: 0; background: $surface; color: $ink; margin: 1 0; }
    Ask #why { height: auto; }
    Ask #wrong { height: 1; }
    """

    def __init__(
        self, title: Message, *, explained: Message | None = None, value: str = "", check: Check
    ) -> None:
        super().__init__()
        self.title_of_box = tr(title)
        self.hint_of_box = tr("Enter takes it; Esc: back")
        self.explained = explained
        self.value = value
        self.check = check

    def body(self) -> ComposeResult:
        yield Drawn(id="why")
        line = Input(self.value, compact=True)
        line.cursor_blink = False
        yield line
        yield Drawn(id="wrong")

    def on_mount(self) -> None:
        lines = text.wrap(tr(self.explained), 70) if self.explained is not None else []
        why = self.query_one("#why", Drawn)
        why.display = bool(lines)
        why.styles.height = max(1, len(lines))
        why.draw(text.stack([text.plain(line, "$muted") for line in lines]) if lines else text.mark(""))
        self.set_focus(self.query_one(Input))

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        wrong = self.check(event.value)
        if wrong is None:
            self.dismiss(event.value)
        else:
            self.query_one("#wrong", Drawn).draw(text.line(tr(wrong), "bold $warn"))


async def ask_date(screen: Screen[Any], question: Message, proposed: date, today: date) -> date | None:
    """A day, typed in any of the ways that the capture line knows."""

    def check(line: str) -> Message | None:
        if read_date(line.strip().lstrip("=^"), today) is None:
            return msg("This is no date: try 21.12. or fr or +2w.")
        return None

    value = formats.date(proposed)
    answer = await screen.app.push_screen_wait(Ask(question, value=value, check=check))
    return read_date(answer.strip().lstrip("=^"), today) if answer is not None else None


async def ask_minutes(screen: Screen[Any], question: Message, value: int = 1) -> int | None:
    """A whole number of minutes from 1 to 240."""

    def check(line: str) -> Message | None:
        typed = line.strip()
        return (
            None
            if typed.isdecimal() and 1 <= int(typed[:5]) <= 240
            else msg("A whole number from 1 to 240, please.")
        )

    answer = await screen.app.push_screen_wait(Ask(question, value=str(value), check=check))
    return int(answer) if answer is not None else None
