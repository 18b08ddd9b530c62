"""`case`: the roles of peer consulting, and what the step asks for.

Owns nothing of its own: the roles' page, and after it the fields'. Source: meeting.md, `case`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.tui.choosers.pages import Page
from retrotui.tui.choosers.people import PeoplePage
from retrotui.tui.choosers.roles import RolesPage

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen


def pages(screen: MeetingScreen) -> tuple[Page, ...]:
    """The roles first; who is here can be mended as well."""
    return RolesPage(screen), PeoplePage(screen)
