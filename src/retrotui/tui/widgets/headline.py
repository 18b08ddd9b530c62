"""The first line of a screen: what it is on the left, what there is to know of it on the right.

Pure: words in, a drawing out.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.tui import text


def headline(left: str, right: str, width: int) -> Content:
    """Both on one line; the left is cut where there is no room."""
    left = text.cut(left, max(10, width - text.cells(right) - 3))
    gap = max(1, width - text.cells(left) - text.cells(right) - 2)
    return text.join(
        text.mark(" "), text.line(left, "bold $accent"), text.mark(" " * gap), text.line(right, "$muted")
    )
