"""The sheet before the beginning: what this meeting will be, while the room fills.

Owns the overview of the agenda that stands on the wall until F2 starts the clock. Source: meeting.md, "Beginning and
end".
"""

from __future__ import annotations

from retrotui.locale import tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Column, Sheet, table

NEVER_ON_THE_CLOCK = 0


def sheet(view: View) -> Sheet:
    """Each step with its minutes; what is to be read beforehand is said to be so."""
    rows = []
    for step in view.meeting.minutes.step:
        if step.planned_s == NEVER_ON_THE_CLOCK:
            minutes = tr("read before")
        elif step.planned_s is None:
            minutes = tr("open end")
        else:
            minutes = tr("{n} min", n=f"{step.planned_s / 60:g}")
        rows.append((Cell(step.title or step.kind), Cell(minutes, "$muted")))
    total = sum(step.planned_s or 0 for step in view.meeting.minutes.step) // 60
    rows.append((Cell(tr("together"), "$muted"), Cell(tr("{n} min", n=total), "bold")))
    return Sheet(tuple(table(rows, (Column(gives=True), Column("right")), view.width)))
