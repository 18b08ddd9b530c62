"""Which chooser a kind of step has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.tui.choosers import Chooser

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen


def chooser_for(screen: MeetingScreen) -> Chooser | None:
    return None
