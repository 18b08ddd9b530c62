"""The sheet before the beginning: what this meeting will be, while the room fills.

Owns the overview of the agenda that stands on the wall until F2 starts the clock. Must not begin the meeting: the
command does. Source: meeting.md, "Beginning and end".
"""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from retrotui.domain import timebox
from retrotui.domain.roundtable import present
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui.naming import function_name, participant_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Column, Sheet, blank, said, table

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
            minutes = formats.length(step.planned_s)
        agenda_step = view.meeting.agenda_step_of(step)
        if agenda_step is not None and agenda_step.optional:
            left_out = tr("may be left out")
            minutes = f"{minutes} · {left_out}"
        rows.append((Cell(step.title or step.kind), Cell(minutes, "$muted")))
    total = sum(step.planned_s or 0 for step in view.meeting.minutes.step)
    rows.append((Cell(tr("together"), "$muted"), Cell(formats.length(total), "bold")))
    if view.meeting.agenda.hard_end:
        rows.append((Cell(tr("fixed end"), "$muted"), Cell(formats.time(planned_end(view)), "bold")))
    return Sheet((*_arrived(view), *table(rows, (Column(gives=True), Column("right")), view.width)))


def planned_end(view: View) -> datetime:
    """When the meeting ends if it begins now."""
    return timebox.planned_end(view.meeting.minutes, view.now)


def _arrived(view: View) -> list[Content]:
    """Who is in the room already, by name and function: what is typed meanwhile must be seen."""
    here = present(view.meeting)
    if not here:
        return []
    hidden = view.meeting.minutes.discretion.people
    named = ", ".join(participant_name(view, one) or function_name(one.function) or "?" for one in here)
    count = tr(plural("{n} person here", "{n} people here", len(here)))
    words = count if hidden else f"{count}: {named}"
    return [*said(words, "bold", width=view.width), blank()]
