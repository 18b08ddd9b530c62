"""A question with answers, each with its digit or letter.

Owns digits, letters, arrows and Enter. Must not know what an answer does: it gives back its key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

WIDTH = 70
KEYS = "1234567890abcdefghilmnopqrstuvwxyz"
"""The keys of the answers, in their order; `j` and `k` move."""
MOST_OF_SCREEN = 92
"""Per cent of the screen's height that a dialog takes."""

CHANGES = frozenset({"undo", "redo"})
"""Commands of the meeting below after which its answers may be others."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it gives back, and what it says. `detail` explains it in muted words.

    `letter` is its key, whatever stands before it; without one it has the next digit. Where all have letters, each has
    a digit too. `apart` leaves a line free.
    """

    key: str
    words: Message
    detail: Message | None = None
    letter: str = ""
    apart: bool = False


class Menu(Dialog[str]):
    """A digit or letter takes its answer at once, Enter the marked one (at first the default)."""

    def __init__(
        self,
        title: Message,
        answers: tuple[Answer, ...],
        *,
        explained: Message | None = None,
        default: str = "",
        opened_by: str = "",
        again: Callable[[], tuple[Answer, ...]] | None = None,
    ) -> None:
        """`again` gives the answers anew when undo has changed what they are about."""
        super().__init__()
        self.opened_by = opened_by
        self.title_of_box = tr(title)
        self.again = again
        self.explained = explained
        self.at = 0
        self._put(answers, default)

    def _put(self, answers: tuple[Answer, ...], default: str) -> None:
        self.answers = answers
        free = iter(one for one in KEYS if all(one != answer.letter for answer in answers))
        numbered = not all(answer.letter for answer in answers)
        self.signs = tuple(answer.letter or next(free, " ") for answer in answers)
        # a digit besides, as long as no other answer needs the digits
        self.digits = tuple("" if numbered else next(free, "") for _ in answers)
        lettered = any(sign.isalpha() for sign in self.signs)
        self.hint_of_box = (
            tr("digit, letter or Enter; Esc: back") if lettered else tr("digit or Enter; Esc: back")
        )
        keys = [answer.key for answer in self.answers]
        self.at = keys.index(default) if default in keys else min(self.at, len(keys) - 1)

    def body(self) -> ComposeResult:
        yield Drawn(id="menu")

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        lines: list[Content] = []
        if self.explained is not None:
            lines += [text.plain(line) for line in text.wrap(tr(self.explained), WIDTH)] + [text.mark("")]
        first, last = 0, 0
        for number, answer in enumerate(self.answers):
            if answer.apart and number:
                lines.append(text.mark(""))
            drawn = self._drawn(number)
            if number == self.at:
                first, last = len(lines), len(lines) + len(drawn)
            lines += drawn
        room = max(1, self.size.height * MOST_OF_SCREEN // 100 - 2)
        begin = 0 if last <= room else min(first, max(0, len(lines) - room))
        area = self.query_one("#menu", Drawn)
        area.styles.height = min(len(lines), room)
        area.draw(text.stack(lines[begin : begin + room]))

    def _drawn(self, number: int) -> list[Content]:
        """One answer with its digit or letter, and what explains it."""
        answer, here = self.answers[number], number == self.at
        digit = self.digits[number]
        head = text.mark(f"{'▸' if here else ' '} {digit or self.signs[number]}  ", "bold $accent")
        lines = []
        for place, part in enumerate(text.wrap(tr(answer.words), WIDTH - 8)):
            sign = head if place == 0 else text.mark(" " * 5)
            lines.append(text.join(sign, text.plain(part, "bold" if here else "")))
        if digit:  # its letter stands at the end of the line
            gap = text.mark(" " * max(1, WIDTH - lines[0].cell_length - 1))
            lines[0] = text.join(lines[0], gap, text.mark(self.signs[number], "$muted"))
        if answer.detail is not None:
            lines += [
                text.join(text.mark(" " * 5), text.plain(part, "$muted"))
                for part in text.wrap(tr(answer.detail), WIDTH - 6)
            ]
        return lines

    def action_below(self, command: str) -> None:
        """What undo has changed is asked for anew; time alone must not move an answer from under a finger."""
        super().action_below(command)
        if command in CHANGES and self.again is not None:
            self._put(self.again(), self.answers[self.at].key)
            self._show()

    def on_key(self, event: events.Key) -> None:
        pressed = (event.character or "").strip()
        if pressed and pressed in (*self.signs, *self.digits):
            event.stop()
            signs = self.signs if pressed in self.signs else self.digits
            self.dismiss(self.answers[signs.index(pressed)].key)
        elif event.key in ("up", "k", "down", "j", "tab", "shift+tab"):
            event.stop()
            self.at = (self.at + (1 if event.key in ("down", "j", "tab") else -1)) % len(self.answers)
            self._show()
        elif event.key in ("enter", "space"):
            event.stop()
            self.dismiss(self.answers[self.at].key)
