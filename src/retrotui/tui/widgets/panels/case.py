"""`case`: peer consulting: who has which role, who only listens now, and what is taken down.

Must not show a whisper outside its step; the entries draw them. Source: meeting.md, `case`.
"""

from __future__ import annotations

from retrotui.tui.view import View
from retrotui.tui.widgets.panels.roles import role_lines
from retrotui.tui.widgets.panels.sheet import Sheet


def sheet(view: View) -> Sheet:
    """The roles with who only listens. The part that is on stands in the title; fields follow, as in every kind."""
    return Sheet(tuple(role_lines(view)))
