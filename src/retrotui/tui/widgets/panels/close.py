"""`close`: was it worth the time, when do we meet next, and what is still open before the minutes are closed.

Must not show a vote under four. Remarks stand among the entries, where they can be edited.
Source: meeting.md, `close`, "Beginning and end".
"""

from __future__ import annotations

from datetime import date as Date

from textual.content import Content

from retrotui.domain.closing import gaps
from retrotui.domain.rhythm import proposed_next
from retrotui.domain.roundtable import present
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, beside, blank, labelled, row, said
from retrotui.tui.widgets.panels.tally import WIDTH, tally_lines

BESIDE_FROM = 64


def sheet(view: View) -> Sheet:
    """The tally of worth beside the next date and the gaps."""
    wide = view.width >= BESIDE_FROM
    half = view.width - WIDTH if wide else view.width
    open_ends = _open_ends(view, half - 3 if wide else half)
    votes = tally_lines(
        view.meeting.minutes.worth,
        tr("Worth the time"),
        len(present(view.meeting)),
        WIDTH if wide else view.width,
    )
    if not votes:
        return Sheet(tuple(open_ends))
    if wide:
        return Sheet(tuple(beside(open_ends, votes, half)))
    return Sheet((*votes, blank(), *open_ends))


def _day(day: Date) -> str:
    return f"{formats.weekday(day)} {formats.date(day)}"


def _open_ends(view: View, width: int) -> list[Content]:
    minutes = view.meeting.minutes
    day = minutes.next_date
    proposed = proposed_next(minutes.date, view.meeting.agenda.period)
    date = _day(day) if day else tr("none yet; it would be {day}: type a date", day=_day(proposed))
    remarks = len(minutes.worth.remarks) if minutes.worth else 0
    told = (
        (tr("Next date"), date, "bold" if day else "$warn"),
        (tr("Remarks"), str(remarks) if remarks else "", ""),
    )
    lines = labelled(told, width)
    # a missing date is said already
    found = [one for one in gaps(view.meeting) if one.kind != "next_date"]
    lines.append(blank())
    if not found:
        return [*lines, *said(tr("Nothing is left open."), "$helped", width=width)]
    head = tr(plural("{n} thing is left open", "{n} things are left open", len(found)))
    lines.append(row((Cell(head, "bold"),), width))
    for one in found:
        lines.append(row((Cell("· ", "$muted"), Cell(tr(one.what))), width))
    return lines
