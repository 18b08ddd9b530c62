"""F7: the list from which the step on the floor chooses.

Owns the cursor, the search and the keys of the list; what is listed and what a key does is the chooser's. A list
without a text field, so Space and digits work; `/` or a letter, which means nothing else here, searches.
"""

from __future__ import annotations

import re

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.choosers import Choices, Chooser, Row
from retrotui.tui.choosers.pages import DO
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

MOST_LINES = 3
"""Lines in which the marked row says what one line had to cut."""


def _wrapped(legend: str, width: int) -> Content:
    """What the keys do, in at most two lines: a key stays beside what it does, where both fit."""
    parts = re.split(r"( · |  )", legend)
    lines = [""]
    for sign, words in zip(["", *parts[1::2]], parts[::2], strict=True):
        if lines[-1] and text.cells(lines[-1] + sign + words) > width:
            lines.append(words)
        else:
            lines[-1] += sign + words
    if len(lines) > 2 or any(text.cells(line) > width for line in lines):
        lines = text.wrap(legend, max(10, width), lines=2)
    return text.stack([text.plain(line, "$muted") for line in lines])


class ChooseDialog(Dialog[bool]):
    """The list over the meeting."""

    DEFAULT_CSS = """
    ChooseDialog { align: center bottom; }
    ChooseDialog > .box { width: 100%; max-width: 104; height: 66%; min-height: 12; margin: 0 1 4 1; }
    ChooseDialog #tabs { height: 1; }
    ChooseDialog #rows { height: 1fr; }
    ChooseDialog #search { height: auto; max-height: 2; }
    """

    opened_by = "choose"

    def __init__(self, chooser: Chooser) -> None:
        self.chooser = chooser
        self.search = ""
        self.searching = False
        self.at = ""
        self.found: Choices = chooser.choices("")
        self.title_of_box = self.found.title
        super().__init__()
        self.at = self._first_choice()

    def _first_choice(self) -> str:
        """What there is to take comes before what else can be done: Enter is to be about the former."""
        keys = [row.key for row in self.found.rows if row.key]
        return next((key for key in keys if not key.startswith(DO)), keys[0] if keys else "")

    def body(self) -> ComposeResult:
        yield Drawn(id="tabs")
        yield Drawn(id="rows")
        yield Drawn(id="search")

    def on_mount(self) -> None:
        self.call_after_refresh(self.refreshed)

    def on_resize(self) -> None:
        self.call_after_refresh(self.refreshed)

    # -- drawing -------------------------------------------------------------------------------------------

    def refreshed(self) -> None:
        """Ask the chooser again, and draw."""
        if not self.query("#tabs"):
            return  # the meeting below may draw before we are there
        self.found = self.chooser.choices(self.search)
        if all(row.key != self.at for row in self.found.rows):
            self.at = self._first_choice()
        area, tabs, search = (
            self.query_one("#rows", Drawn),
            self.query_one("#tabs", Drawn),
            self.query_one("#search", Drawn),
        )
        width = area.content_size.width
        if not width:
            return  # not laid out: it is drawn when it comes to the top
        head, foot = self._tabs(width), self._search(width)
        tabs.styles.height, search.styles.height = head.plain.count("\n") + 1, foot.plain.count("\n") + 1
        tabs.draw(head)
        search.draw(foot)
        used = 2 + head.plain.count("\n") + foot.plain.count("\n")
        area.draw(self._rows(width, max(1, self.query_one(".box").content_size.height - used)))

    def _tabs(self, width: int) -> Content:
        if len(self.found.tabs) < 2:
            return _wrapped(self.found.legend, width)
        parts = [
            text.line(f" {name} ", "reverse bold" if number == self.found.tab else "$muted")
            for number, name in enumerate(self.found.tabs)
        ]
        tabs = text.join(*parts, between=" ")
        hint = tr("  Tab: next page")
        if tabs.cell_length + text.cells(hint) + 1 > width:
            hint = "  Tab"
        return text.join(tabs, text.line(hint, "$muted"), between=" ")

    def _rows(self, width: int, height: int) -> Content:
        rows = self.found.rows
        if not rows:
            return text.stack(
                [text.plain(line, "$muted") for line in text.wrap(self.found.empty, max(10, width))]
            )
        marked = next((number for number, row in enumerate(rows) if row.key == self.at), 0)
        more = self._more(rows[marked], width)
        room = max(1, height - len(more))
        first = max(0, min(marked - room // 2, len(rows) - room))
        lines: list[Content] = []
        for row in rows[first : first + room]:
            lines.append(self._row(row, width))
            if row.key == self.at:
                lines += more
        return text.stack(lines)

    def _more(self, row: Row, width: int) -> list[Content]:
        """What the marked row had to cut, in full below it."""
        room = max(4, width - 4)
        if not row.key or text.cells(row.label) + text.cells(row.detail) + 2 <= room:
            return []
        lines = (
            [(part, "bold") for part in text.wrap(row.label, room, lines=2)]
            if text.cells(row.label) > room // 2
            else []
        )
        lines += (
            [(part, "$muted") for part in text.wrap(row.detail, room, lines=MOST_LINES)] if row.detail else []
        )
        return [
            text.join(text.mark("    "), text.line(text.pad(words, room), style)).stylize("on $lit")
            for words, style in lines
        ]

    def _row(self, row: Row, width: int) -> Content:
        if not row.key:
            return text.line(row.label, "bold $accent", width=width)
        here = row.key == self.at
        style = "bold" if here else "$muted" if row.muted else ""
        head = text.join(
            text.mark("▸ " if here else "  ", "bold $accent"),
            text.line(text.pad(row.mark, 2), "bold $accent"),
        )
        room = max(4, width - 4)
        # a long label leaves the detail half of the row, a short one all the rest
        detail = text.cut(row.detail, max(room // 2, room - text.cells(row.label) - 2))
        label = text.pad(row.label, room - text.cells(detail) - (2 if detail else 0))
        content = text.join(
            head, text.line(label, style), text.line(f"  {detail}" if detail else "", "$muted")
        )
        return content.stylize("on $lit") if here else content

    def _search(self, width: int) -> Content:
        if self.searching or self.search:
            typed = text.join(
                text.mark("/ ", "bold $accent"),
                text.line(self.search),
                text.mark("▏" if self.searching else " ", "$accent"),
            )
            hint = tr("Enter: to the list · Esc: search no more") if self.searching else ""
            gap = width - typed.cell_length - text.cells(hint)
            return text.join(typed, text.mark(" " * gap), text.line(hint, "$muted")) if gap > 1 else typed
        return _wrapped(
            self.found.legend if len(self.found.tabs) > 1 else tr("/ or a letter searches · Esc: back"), width
        )

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        taken = self._search_key(event) if self.searching else self._list_key(event)
        if taken:
            event.stop()
            event.prevent_default()

    def _search_key(self, event: events.Key) -> bool:
        if event.key == "escape":
            self.searching, self.search = False, ""
        elif event.key in ("enter", "down", "up", "tab"):
            self.searching = False
        elif event.key == "backspace":
            self.search = self.search[:-1]
        elif event.is_printable and event.character:
            self.search += event.character
        else:
            return False
        self.refreshed()
        return True

    def _list_key(self, event: events.Key) -> bool:
        key = event.key
        if key == "slash" or event.character == "/":
            self.searching = True
        elif key in ("up", "down", "pageup", "pagedown", "home", "end"):
            self._move(key)
        elif key in ("tab", "shift+tab"):
            self.chooser.turn(1 if key == "tab" else -1)
        elif key in ("enter", "space") and self.at:
            if self.chooser.take(self.at) if key == "enter" else self.chooser.tick(self.at):
                self.dismiss(True)
                return True
        elif event.character and event.character.isdigit():
            if self.chooser.digit(int(event.character), self.at):
                self.dismiss(True)
                return True
        elif event.is_printable and event.character and event.character.isalpha():
            self.searching = True
            self.search += event.character
        else:
            return False
        self.refreshed()
        return True

    def _move(self, key: str) -> None:
        keys = [row.key for row in self.found.rows if row.key]
        if not keys:
            return
        position = keys.index(self.at) if self.at in keys else 0
        page = max(1, self.query_one("#rows").content_size.height - 1)
        step = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}.get(key)
        if step is None:
            position = 0 if key == "home" else len(keys) - 1
        else:
            position = max(0, min(len(keys) - 1, position + step))
        self.at = keys[position]

    def on_paste(self, event: events.Paste) -> None:
        """Searches for it, as for letters."""
        event.stop()
        for line in event.text.strip().splitlines()[:1]:
            self.searching = True
            self.search += text.bare(line)[:100]
            self.refreshed()
