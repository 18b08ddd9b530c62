"""`case`: peer consulting: who has which role, who only listens now, and what is taken down.

Must not show a whisper outside its step; the entries draw them. Source: meeting.md, `case`.
"""

from __future__ import annotations

from retrotui.tui.view import View
from retrotui.tui.widgets.panels.roles import role_lines
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, row


def sheet(view: View) -> Sheet:
    """The part that is on, and the roles with who only listens. Fields follow, as in every kind."""
    lines = []
    part = view.meeting.part
    if part is not None and (words := part.title.text(view.language)):
        lines.append(row((Cell("▶ ", "$accent"), Cell(words, "bold")), view.width))
    return Sheet((*lines, *role_lines(view)))
