"""The capture line: one line that takes what is said, and the keys after Esc.

Owns the two modes of the line (writing, commands), its history of half-typed text, Tab and ↑ on an empty line, and the
list of completions. Raises messages; what a line means is `domain.capture`'s, and what becomes of it the screen's.
Must not know the meeting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

LONGEST_LINE = 20_000
"""Bytes of a note (promises.md); a longer paste is cut there, and says so."""


class CaptureLine(Input):
    """The line itself. It always has the focus; after Esc its keys are commands instead of letters."""

    BINDINGS: ClassVar[list[BindingType]] = []

    commanding: reactive[bool] = reactive(False, init=False)
    """True after Esc: keys are commands."""

    @dataclass
    class Twinned(Message):
        """After Esc, a key was pressed that may be a command's twin. `character` is what it would type."""

        key: str
        character: str | None
        line: CaptureLine

        @property
        def control(self) -> CaptureLine:
            return self.line

    @dataclass
    class Escaped(Message):
        """Esc was pressed while writing, or pressed again while commanding."""

        line: CaptureLine
        again: bool

        @property
        def control(self) -> CaptureLine:
            return self.line

    @dataclass
    class Asked(Message):
        """A key with a meaning of its own on this line: `last` (↑), `next` / `previous` (Tab, Shift+Tab on an empty
        line), `complete` (Tab), `pick_next` / `pick_previous` (↓ ↑ in the list)."""

        what: str
        line: CaptureLine

        @property
        def control(self) -> CaptureLine:
            return self.line

    @dataclass
    class Pasted(Message):
        """Several lines came in at once: each is an entry."""

        text: str
        line: CaptureLine

        @property
        def control(self) -> CaptureLine:
            return self.line

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.completing = False
        """True while the list of completions is open: ↓ and ↑ move in it."""

    def watch_commanding(self, commanding: bool) -> None:
        self.set_class(commanding, "-commanding")

    def put(self, text: str) -> None:
        """Show this text with the cursor at its end."""
        self.value = text
        self.cursor_position = len(text)

    def write(self, character: str | None) -> None:
        """Back to writing; a character that brought us here is typed."""
        self.commanding = False
        if character:
            self.insert_text_at_cursor(character)

    def on_key(self, event: events.Key) -> None:
        """Sees every key first; what it takes does not reach the input."""
        if event.key.startswith("alt+") and len(event.key) > 4:
            taken = self._escape_with(event)
        elif event.key == "escape":
            self.post_message(self.Escaped(self, self.commanding))
            taken = True
        elif self.commanding:
            self.post_message(self.Twinned(event.key, event.character if event.is_printable else None, self))
            taken = True
        else:
            taken = self._special(event)
        if taken:
            event.stop()
            event.prevent_default()

    def _escape_with(self, event: events.Key) -> bool:
        """Esc and a letter in one burst: the terminal makes alt+letter of it. It means Esc, then the letter."""
        key = event.key[4:]
        if not self.commanding:
            self.post_message(self.Escaped(self, False))
        self.post_message(self.Twinned(key, event.character if event.is_printable else None, self))
        return True

    def _special(self, event: events.Key) -> bool:
        """Keys with a meaning of their own while writing. True: taken."""
        what = ""
        if event.key in ("up", "down") and self.completing:
            what = "pick_next" if event.key == "down" else "pick_previous"
        elif event.key == "tab":
            what = "complete" if self.value else "next"
        elif event.key == "shift+tab":
            what = "" if self.value else "previous"
            if not what:
                return True
        elif event.key == "up":
            what = "" if self.value else "last"
        if what:
            self.post_message(self.Asked(what, self))
            return True
        # a function key that nothing binds does nothing; nor does an unknown sequence reach the line as text
        return event.key not in EDITING and not event.is_printable and not event.key.startswith("ctrl+")

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n")
        if "\n" in text.strip("\n"):
            self.post_message(self.Pasted(self.value + text, self))
            self.clear()
        else:
            self.insert_text_at_cursor(text.strip("\n")[:LONGEST_LINE])
        self.commanding = False


EDITING = frozenset(
    {
        "left", "right", "home", "end", "backspace", "delete", "enter", "up", "down",
        "shift+left", "shift+right", "shift+home", "shift+end",
    }
)  # fmt: skip
"""Keys that the input itself edits with."""
