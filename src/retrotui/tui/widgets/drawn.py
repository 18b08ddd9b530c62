"""A widget that shows what a function drew, and repaints only when the drawing has changed.

Owns nothing but the last drawing. What is drawn, and when, is its screen's business.
"""

from __future__ import annotations

from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class Drawn(Static):
    """A static area of the wall. Its content comes through `draw`, never as a string."""

    DEFAULT_CSS = "Drawn { height: 1; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._drawn: Content | None = None

    def draw(self, content: Content, *, fit: bool = False) -> None:
        """Show this; the area keeps its size, or (`fit`) gets as wide as the content.

        Nothing happens when it is what stands there already.
        """
        if self._drawn is not None and self._drawn.is_same(content):
            return
        self._drawn = content
        if fit:
            self.styles.width = content.cell_length
        self.update(content, layout=False)


class Fitted(Drawn):
    """One whose drawing goes by its size: it tells when that has changed."""

    class Refitted(Message):
        """It has another size than it was drawn for."""

    def on_resize(self) -> None:
        self.post_message(self.Refitted())
