"""The meetings behind a figure, the newest first: Enter reads one.

Owns the list and its cursor; only the rows that are seen are drawn, so ten thousand are no slower than ten. Which file
is whose, and what opens, is the asker's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import events
from textual.app import ComposeResult

from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.store.insights import Behind
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

MOST_OF_SCREEN = 80
"""Per cent of the screen's height that the list takes at most."""


class MeetingsDialog(Dialog[Path]):
    """Gives back the file of the meeting that was chosen; None for Esc."""

    def __init__(self, title: str, found: Sequence[Behind]) -> None:
        """`found` are the meetings, the newest first."""
        super().__init__()
        self.title_of_box = title
        self.hint_of_box = tr("Enter reads it; Esc: back")
        self.found = found
        self.at = 0

    def body(self) -> ComposeResult:
        yield Drawn(id="count")
        yield Drawn(id="list")

    def on_mount(self) -> None:
        self.query_one("#count", Drawn).draw(
            text.line(tr(plural("{n} meeting", "{n} meetings", len(self.found))), "$muted")
        )
        self._show()

    def on_resize(self) -> None:
        self._show()

    @property
    def room(self) -> int:
        """Rows that are seen."""
        return max(1, min(len(self.found), self.app.size.height * MOST_OF_SCREEN // 100 - 3))

    def _show(self) -> None:
        room = self.room
        first = max(0, min(self.at - room // 2, len(self.found) - room))
        lines = []
        for place, one in enumerate(self.found[first : first + room], start=first):
            here = place == self.at
            row = text.join(
                text.mark("▸ " if here else "  ", "bold $accent"),
                text.line(text.pad(formats.date(one.day), 13), "$muted"),
                text.line(one.title, "bold" if here else "", width=56),
            )
            lines.append(row.stylize("on $lit") if here else row)
        area = self.query_one("#list", Drawn)
        area.styles.height = max(1, len(lines))
        area.draw(text.stack(lines))

    def on_key(self, event: events.Key) -> None:
        steps = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": 1 - self.room, "pagedown": self.room - 1}
        ends = {"home": 0, "g": 0, "end": len(self.found) - 1, "G": len(self.found) - 1}
        if event.key == "enter":
            event.stop()
            self.dismiss(self.found[self.at].path if self.found else None)
        elif event.key in steps or event.key in ends:
            event.stop()
            to = ends.get(event.key, self.at + steps.get(event.key, 0))
            self.at = max(0, min(len(self.found) - 1, to))
            self._show()
