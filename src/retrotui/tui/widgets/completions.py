"""The list of completions above the line.

Owns which option is picked. Must not know what is completed: `domain.completion` does.
"""

from __future__ import annotations

from datetime import date

from retrotui.domain.completion import Completions
from retrotui.errors import Message
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.widgets.drawn import Drawn

MOST = 6


def _explained(detail: str | Message | date) -> str:
    if isinstance(detail, date):
        return formats.date_short(detail)
    return tr(detail) if isinstance(detail, Message) else detail


class CompletionList(Drawn):
    """Up to six options; the first is what Tab takes."""

    DEFAULT_CSS = """
    CompletionList { layer: above; dock: bottom; height: auto; width: auto; max-width: 60; margin: 0 0 3 2;
        background: $panel; padding: 0 1; display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.found: Completions | None = None
        self.picked = 0
        self.moved = False
        """True once ↓ or ↑ picked an option: then Enter takes it instead of the line."""

    @property
    def is_open(self) -> bool:
        return self.found is not None and bool(self.found.options)

    def offer(self, found: Completions | None) -> None:
        self.found, self.picked, self.moved = found, 0, False
        self._show()

    def move(self, by: int) -> None:
        if self.found is None or not self.found.options:
            return
        count = min(len(self.found.options), MOST)
        self.picked = (self.picked + by) % count if self.moved else (0 if by > 0 else count - 1)
        self.moved = True
        self._show()

    def _show(self) -> None:
        self.display = self.is_open
        if not self.is_open or self.found is None:
            return
        options = self.found.options[:MOST]
        labels = [tr(option.label) for option in options]
        wide = max(text.cells(label) for label in labels)
        rows = []
        for number, option in enumerate(options):
            sign = "▸ " if number == self.picked else "  "
            label = text.line(text.pad(labels[number], wide), "bold" if number == self.picked else "")
            rows.append(
                text.join(
                    text.mark(sign),
                    label,
                    text.mark("  "),
                    text.line(_explained(option.detail), "$muted", width=34),
                )
            )
        self.styles.height = len(rows)
        self.styles.width = 2 + max(row.cell_length for row in rows)
        self.draw(text.stack(rows))
