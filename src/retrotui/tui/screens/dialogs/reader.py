"""A page of text to read: minutes, an agenda, a sentence about a damaged file.

Owns scrolling. The text comes from elsewhere and is shown harmlessly. Must not know what is read.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from retrotui.domain.text import fold
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn


class Reader(Dialog[bool]):
    """Up and down, pages, Esc."""

    CLOSES = frozenset({"escape", "q", "enter"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup,b", "scroll(-15)", show=False),
        Binding("pagedown,space", "scroll(15)", show=False),
        Binding("home,g", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
    ]
    DEFAULT_CSS = """
    Reader > .box { width: 84; height: 92%; }
    Reader VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    Reader #text { height: auto; }
    """

    def __init__(self, title: str, words: str, seek: str = "") -> None:
        """`seek`: the page opens at the first line in which these words stand, however they are spelt."""
        super().__init__()
        self.seek = fold(seek)
        self.title_of_box = title
        self.words = words
        self.hint_of_box = tr("↑ ↓ scroll; Esc: back")

    def body(self) -> ComposeResult:
        with VerticalScroll():
            yield Drawn(id="text")

    def on_mount(self) -> None:
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        width = max(20, self.query_one(VerticalScroll).content_size.width - 1)
        lines = [part for line in self.words.split("\n") for part in self.wrapped(line, width)]
        area = self.query_one("#text", Drawn)
        area.styles.height = len(lines)
        area.draw(text.stack([self.line(line) for line in lines]))
        self.set_focus(self.query_one(VerticalScroll))
        if self.seek:
            found = next((at for at, line in enumerate(lines) if self.seek in fold(line)), 0)
            self.call_after_refresh(
                self.query_one(VerticalScroll).scroll_to, y=max(0, found - 2), animate=False
            )

    def wrapped(self, words: str, width: int) -> list[str]:
        """One line in as many as it needs."""
        return text.wrap(words, width)

    def line(self, words: str) -> Content:
        """How one line looks."""
        return text.plain(words)

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_edge(self, end: int) -> None:
        view = self.query_one(VerticalScroll)
        view.scroll_to(y=view.max_scroll_y if end else 0, animate=False)
