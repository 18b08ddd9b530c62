"""`case`: peer consulting: who has which role, who only listens now, and what is taken down.

Must not show a whisper outside its step; the entries draw them. Source: meeting.md, `case`.
"""

from __future__ import annotations

from retrotui.locale import tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.naming import role_name
from retrotui.tui.widgets.panels.roles import current_part, listening_role, role_lines
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, row


def sheet(view: View) -> Sheet:
    """The part that is on, who listens, the roles. Fields and the word on saving follow for every kind."""
    lines = []
    part = current_part(view)
    if part is not None and (words := part.title.text(view.language)):
        lines.append(row((Cell("▶ ", "$accent"), Cell(words, "bold")), view.width))
    if listens := listening_role(view):
        lines.append(row((Cell(tr("{role} only listens", role=role_name(listens)), "bold $warn"),), view.width))
    return Sheet((*lines, *role_lines(view)))
