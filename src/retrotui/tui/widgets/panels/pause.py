"""`break`: until when it lasts and what comes after it. The large clock is drawn elsewhere.

(Named after what it is: `break` is a word of the language.) Source: meeting.md, `break`.
"""

from __future__ import annotations

from datetime import timedelta

from retrotui.domain import timebox
from retrotui.domain.course import next_step
from retrotui.locale import formats, tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, labelled, row


def sheet(view: View) -> Sheet:
    """When we go on, and with what. On the wall the first stands where the question does, in large letters."""
    meeting = view.meeting
    left = timebox.remaining(meeting.step, view.now)
    lines = []
    if not view.wall:
        style = "bold" if left is None or left > 0 else "bold $over"
        lines.append(row((Cell(until(view), style),), view.width))
    following = next_step(meeting.minutes, meeting.step)
    if following is not None:
        lines += labelled(((tr("Then"), following.title or following.kind, ""),), view.width)
    return Sheet(tuple(lines))


def until(view: View) -> str:
    """Until when the break lasts."""
    left = timebox.remaining(view.meeting.step, view.now)
    if left is None:
        return tr("A break with an open end")
    if left > 0:
        return tr("We go on at {time}", time=formats.time(view.now + timedelta(seconds=left)))
    return tr("The break is over")
