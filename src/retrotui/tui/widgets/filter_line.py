"""One line to type in, under a list or a page.

Owns that what is put or pasted into it is harmless to show and one line. What it means is the screen's.
"""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from retrotui.domain.text import one_line
from retrotui.tui import text

LONGEST = 20_000


class FilterLine(Input):
    """The framework's line without frame and blinking."""

    DEFAULT_CSS = """
    FilterLine { width: 1fr; height: 1; border: none; padding: 0; background: $panel; color: $ink; }
    FilterLine:focus { background-tint: transparent; border: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def put(self, words: str) -> None:
        """These words stand in the line now, with the cursor behind them."""
        self.value = text.bare(words)
        self.cursor_position = len(self.value)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(one_line(event.text)[:LONGEST])
