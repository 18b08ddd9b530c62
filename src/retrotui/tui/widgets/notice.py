"""The line under a page on which something is said: two where the sentence is long.

Owns its height. What is said, and when, is the screen's.
"""

from __future__ import annotations

from typing import Final

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.widgets.drawn import Drawn

MOST_LINES: Final = 2


class Notice(Drawn):
    """One line, or two."""

    def say(self, message: Message) -> None:
        """Says this until something else is said."""
        self._show(tr(message), "bold $warn")

    def warn(self, words: str) -> None:
        """Says what is not as it should be; "" takes it back."""
        self._show(words, "bold $over")

    def _show(self, words: str, style: str) -> None:
        lines = text.wrap(words, max(20, self.content_size.width), lines=MOST_LINES) or [""]
        self.styles.height = len(lines)
        self.draw(text.stack([text.plain(line, style) for line in lines]))

    def hush(self) -> None:
        """Nothing is to be said any more."""
        self.styles.height = 1
        self.draw(text.mark(""))
