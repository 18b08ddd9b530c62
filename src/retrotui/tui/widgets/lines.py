"""Lines that a function drew, painted one by one: a key that changes two of them costs two.

Owns nothing but the last drawing. What is drawn, and when, is its screen's business.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget


class Lines(Widget):
    """An area of lines. Each comes as a `Content`, never as a string, and is cut to the area's width."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Content, ...] = ()
        self._strips: dict[int, Strip] = {}

    def show(self, lines: Iterable[Content]) -> None:
        """Shows these lines; what stands there already is not painted again."""
        before, self._lines = self._lines, tuple(lines)
        width = self.content_size.width
        changed = [
            y
            for y in range(max(len(before), len(self._lines)))
            if y >= len(before) or y >= len(self._lines) or not before[y].is_same(self._lines[y])
        ]
        for y in changed:
            self._strips.pop(y, None)
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def notify_style_update(self) -> None:
        """Another theme, or another size: every line is drawn anew."""
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        strip = self._strips.get(y)
        if strip is None or strip.cell_length != width:
            style = self.visual_style
            if y < len(self._lines):
                strip = Visual.to_strips(self, self._lines[y], width, 1, style, pad=True)[0]
            else:
                strip = Strip.blank(width, style.rich_style)
            self._strips[y] = strip
        return strip
