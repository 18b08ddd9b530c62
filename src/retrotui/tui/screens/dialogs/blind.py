"""A blind round: everybody presses one digit at the laptop, and the wall shows only how many have.

Owns the slips until they are counted. Must never show, log or keep a single one of them.
Source: meeting.md, `checkin`, `close`; promises.md, "People".
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from retrotui.domain.roundtable import MAX_SLIPS
from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import STAY, Dialog
from retrotui.tui.widgets.drawn import Drawn

GIVEN, WAITED_FOR = "●", "○"
WIDTH = 70
LINES = 7
TAKES_BACK = frozenset({"undo", "redo"})
"""Commands that mean the slips here, not the meeting below."""


class BlindRound(Dialog[str]):
    """Gives back the digits, or None for Esc and for a round without a slip. `people` is how many are expected."""

    DEFAULT_CSS = f"BlindRound #round {{ height: {LINES}; }}"

    def __init__(self, question: Message, people: int) -> None:
        super().__init__()
        self.title_of_box = tr(question)
        self.hint_of_box = tr("Enter: all have · Esc: back")
        self.people = people
        self._slips = ""
        self._leaving = False
        """Esc was pressed with slips there: once more throws them away."""

    @property
    def count(self) -> int:
        """How many have pressed a digit."""
        return len(self._slips)

    def body(self) -> ComposeResult:
        yield Drawn(id="round")

    def on_mount(self) -> None:
        self._show()

    def picture(self) -> list[Content]:
        """Dots and a number: nothing here tells one slip from another."""
        waiting = max(0, self.people - self.count)
        dots = " ".join([*[GIVEN] * self.count, *[WAITED_FOR] * waiting])
        said = tr("{n} of {total}", n=self.count, total=max(self.people, self.count))
        how = tr("One digit each: 1 is not at all, 5 is wholly. Nobody sees which.")
        last = (
            tr("All have: Enter takes it.")
            if self.count and not waiting
            else tr("Backspace takes the last one back.")
        )
        if self._leaving:
            last = tr("Esc once more throws them away, Enter takes them.")
        lines = [text.plain(part) for part in text.wrap(how, WIDTH, lines=2)]
        lines += [
            text.mark(""),
            *(text.plain(part, "bold $accent") for part in text.wrap(dots, WIDTH, lines=2)),
        ]
        return [*lines, text.sentence(said, "bold"), text.plain(text.cut(last, WIDTH), "$muted")]

    def _show(self) -> None:
        self.query_one("#round", Drawn).draw(text.stack(self.picture()))

    def press(self, key: str, character: str | None) -> bool:
        """A key of the round. False where it means nothing here."""
        if character in ("1", "2", "3", "4", "5"):
            self._slips = (self._slips + character)[:MAX_SLIPS]
        elif key == "backspace":
            self._slips = self._slips[:-1]
        else:
            return False
        return True

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.dismiss(self._slips or None)
        elif self.press(event.key, event.character):
            event.stop()
            self._leaving = False
            self._show()

    def action_cancel(self) -> None:
        if self._slips and not self._leaving:
            self._leaving = True
            self._show()
        else:
            super().action_cancel()

    def action_below(self, command: str) -> None:
        """Undo means the last slip; a key that leads elsewhere takes what there is, so that no round is lost."""
        if command in TAKES_BACK:
            self.press("backspace", None) if command == "undo" else None
            self._show()
        elif command in STAY or not self._slips:
            super().action_below(command)
        else:
            below = self.app.screen_stack[-2]
            self.dismiss(self._slips)
            if callable(run := getattr(below, "action_run", None)):
                run(command)
