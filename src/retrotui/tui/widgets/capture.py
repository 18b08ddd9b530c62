"""The capture line: one line that takes what is said, and the keys after Esc.

Owns the two modes of the line (writing, commands), Enter, Esc, Tab and ↑ on an empty line, and pasting. What a line
means is `domain.capture`'s, and what becomes of it the listener's. Must not know the meeting.

The listener is called, not messaged: whoever types faster than messages travel must not find a key overtaken by the
next one. All keys of the meeting therefore pass through `on_key`, in the order in which they were typed.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events
from textual.binding import BindingType
from textual.reactive import reactive
from textual.widgets import Input

from retrotui.domain.text import clean

LONGEST_LINE = 20_000
"""Characters that a single line takes in; a longer paste is cut there, and says so."""
MOST_LINES = 500
"""Entries that one paste may make: more is a document, and would fill the wall for good."""
LONGEST_PASTE = 200_000
"""Characters of a paste of several lines."""


class Listener(Protocol):
    """Who is told what the line was asked for."""

    def entered(self, line: str) -> None:
        """Enter: the line is empty again."""

    def pasted(self, lines: str, left_out: int) -> None:
        """Several lines came in at once: each is an entry. `left_out`: characters of lines that were too many."""

    def cut(self, characters: int) -> None:
        """A paste was longer than a line may be: so many characters were left out."""

    def escaped(self) -> bool:
        """Esc while writing. True: it closed something, and the line stays."""

    def twinned(self, key: str, character: str | None) -> None:
        """A key after Esc; `character` is what it would type."""

    def commanded(self, key: str) -> bool:
        """A key that always works. False: it is none."""

    def asked(self, what: str) -> None:
        """`last` (↑), `next` / `previous` (Tab, Shift+Tab on an empty line), `complete` (Tab), `pick_next` /
        `pick_previous` (↓ ↑ in the open list), `pick` (Enter in it)."""

    def busy(self) -> bool:
        """A dialog is about to open: keys wait for it."""


class CaptureLine(Input):
    """The line itself. It always has the focus; after Esc its keys are commands instead of letters."""

    BINDINGS: ClassVar[list[BindingType]] = []

    commanding: reactive[bool] = reactive(False, init=False)
    """True after Esc: keys are commands."""

    def __init__(self, listener: Listener, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.listener = listener
        self.completing = False
        """The list of completions is open: ↓ and ↑ move in it."""
        self.picking = False
        """An option was picked in it: Enter takes that instead of the line."""

    def watch_commanding(self, commanding: bool) -> None:
        self.set_class(commanding, "-commanding")

    def put(self, text: str, cursor: int | None = None) -> None:
        """Show this text, with the cursor at its end or where it is said."""
        self.value = text
        self.cursor_position = len(text) if cursor is None else cursor

    def write(self, character: str | None) -> None:
        """Back to writing; a character that brought us here is typed."""
        self.commanding = False
        if character:
            self.insert_text_at_cursor(character)

    def on_key(self, event: events.Key) -> None:
        """Sees every key first; what it takes does not reach the input."""
        character = event.character if event.is_printable else None
        if self.listener.busy():
            self.app.post_message(events.Key(event.key, event.character))
            taken = True
        elif self.listener.commanded(event.key):
            taken = True
        elif event.key == "escape":
            taken = True
            if self.commanding:
                self.listener.twinned("escape", None)
            elif not self.listener.escaped():
                self.commanding = True
        elif self.commanding:
            self.listener.twinned(event.key, character)
            taken = True
        else:
            taken = self._special(event.key) or not (character or event.key in EDITING)
        if taken:
            event.stop()
            event.prevent_default()

    def _special(self, key: str) -> bool:
        """Keys with a meaning of their own while writing. True: taken."""
        if key == "enter":
            if self.picking:
                self.listener.asked("pick")
            else:
                line = self.value
                self.put("")
                self.listener.entered(line)
            return True
        if key in ("up", "down") and self.completing:
            self.listener.asked("pick_next" if key == "down" else "pick_previous")
            return True
        if key == "tab":
            self.listener.asked("complete" if self.value else "next")
            return True
        if key == "shift+tab":
            if not self.value:
                self.listener.asked("previous")
            return True
        if key == "up" and not self.value:
            self.listener.asked("last")
            return True
        return False

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.commanding = False
        pasted = clean(event.text, limit=None).text.strip("\n")
        if "\n" in pasted:
            lines = self.value + pasted
            kept = "\n".join(lines.split("\n", MOST_LINES)[:MOST_LINES])[:LONGEST_PASTE]
            self.put("")
            self.listener.pasted(kept, len(lines) - len(kept))
            return
        room = max(0, LONGEST_LINE - len(self.value))
        self.insert_text_at_cursor(pasted[:room])
        if len(pasted) > room:
            self.listener.cut(len(pasted) - room)


EDITING = frozenset(
    {
        "left", "right", "home", "end", "backspace", "delete", "up", "down", "ctrl+left", "ctrl+right",
        "shift+left", "shift+right", "shift+home", "shift+end", "ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k",
        "ctrl+f", "ctrl+d", "ctrl+x", "ctrl+c", "ctrl+v", "ctrl+backspace", "ctrl+delete",
    }
)  # fmt: skip
"""Keys that the input itself edits with; any other that types nothing does nothing (it must not become text)."""
