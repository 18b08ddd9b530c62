"""Two texts compared, as a unified diff to read.

Owns the look of the lines: the sign says it, the colour underlines it. The diff itself comes from elsewhere.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.tui import text
from retrotui.tui.screens.dialogs.reader import Reader

STYLES = {"+": "$helped", "-": "$hurt", "@": "bold $accent"}


class Difference(Reader):
    """Up and down, pages, Esc."""

    DEFAULT_CSS = "Difference > .box { width: 96%; max-width: 130; }"

    def wrapped(self, words: str, width: int) -> list[str]:
        """The sign stands before each part, and what was indented stays so."""
        sign, rest = words[:1], words[1:]
        indent = " " * (len(rest) - len(rest.lstrip()))
        return [
            f"{sign}{indent}{part}" for part in text.wrap(rest.lstrip(), max(20, width - len(indent) - 1))
        ]

    def line(self, words: str) -> Content:
        """One line in the colour of its sign."""
        return text.plain(words, STYLES.get(words[:1], ""))
