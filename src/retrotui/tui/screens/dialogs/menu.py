"""A question with numbered answers.

Owns digits, arrows and Enter. Must not know what an answer does: it gives back its key.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

WIDTH = 70
DIGITS = "1234567890"
"""The keys of the first ten answers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it gives back, and what it says. `detail` explains it in muted words."""

    key: str
    words: Message
    detail: Message | None = None


class Menu(Dialog[str]):
    """A digit takes one of the first ten answers at once, Enter the marked one (at first the default)."""

    def __init__(
        self,
        title: Message,
        answers: tuple[Answer, ...],
        *,
        explained: Message | None = None,
        default: str = "",
        opened_by: str = "",
    ) -> None:
        super().__init__()
        self.opened_by = opened_by
        self.title_of_box = tr(title)
        self.hint_of_box = tr("digit or Enter; Esc: back")
        self.answers = answers
        self.explained = explained
        keys = [answer.key for answer in self.answers]
        self.at = keys.index(default) if default in keys else 0

    def body(self) -> ComposeResult:
        yield Drawn(id="menu")

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        lines = []
        if self.explained is not None:
            lines += [text.plain(line) for line in text.wrap(tr(self.explained), WIDTH)] + [text.mark("")]
        for number, answer in enumerate(self.answers):
            here = number == self.at
            digit = DIGITS[number] if number < len(DIGITS) else " "
            head = text.mark(f"{'▸' if here else ' '} {digit}  ", "bold $accent")
            for place, part in enumerate(text.wrap(tr(answer.words), WIDTH - 6)):
                sign = head if place == 0 else text.mark(" " * 5)
                lines.append(text.join(sign, text.plain(part, "bold" if here else "")))
            if answer.detail is not None:
                lines += [
                    text.join(text.mark(" " * 5), text.plain(part, "$muted"))
                    for part in text.wrap(tr(answer.detail), WIDTH - 6)
                ]
        area = self.query_one("#menu", Drawn)
        area.styles.height = len(lines)
        area.draw(text.stack(lines))

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in DIGITS[: len(self.answers)]:
            event.stop()
            self.dismiss(self.answers[DIGITS.index(event.character)].key)
        elif event.key in ("up", "k", "down", "j", "tab", "shift+tab"):
            event.stop()
            self.at = (self.at + (1 if event.key in ("down", "j", "tab") else -1)) % len(self.answers)
            self._show()
        elif event.key in ("enter", "space"):
            event.stop()
            self.dismiss(self.answers[self.at].key)
