"""Discretion: what a meeting wants left out of screens and exports.

Owns saying so. Leaving it out is done where it is shown or written. Source: promises.md,
"Nobody gets in, nothing gets out".
"""

from __future__ import annotations

from datetime import datetime

from retrotui.domain.meeting import Meeting, commit
from retrotui.domain.minutes import change
from retrotui.errors import msg


def switch(meeting: Meeting, what: str, now: datetime) -> Meeting:
    """`amounts`, `customers` or `people` are left out from now on; once more brings them back."""
    hidden = meeting.minutes.discretion
    hidden = change(hidden, **{what: not getattr(hidden, what)})
    return commit(meeting, change(meeting.minutes, discretion=hidden), msg("the discretion"), now)
