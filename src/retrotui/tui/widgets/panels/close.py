"""`close`: was it worth the time, when do we meet next, and what is still open before the minutes are closed.

Must not show a vote under four. Remarks stand among the entries, where they can be edited.
Source: meeting.md, `close`, "Beginning and end".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date

from textual.content import Content

from retrotui.domain.closing import open_ends
from retrotui.domain.rhythm import proposed_next
from retrotui.domain.roundtable import present
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, beside, blank, labelled, row, said
from retrotui.tui.widgets.panels.tally import WIDTH, on_the_wall, tally_lines

BESIDE_FROM = 64


def sheet(view: View) -> Sheet:
    """The tally of worth beside the next date; then what is left open, in all the room that there is."""
    wide = view.width >= BESIDE_FROM and not view.wall
    votes = tally_lines(
        view.meeting.minutes.worth,
        tr("Worth the time"),
        len(present(view.meeting)),
        WIDTH if wide else view.width,
    )
    if view.wall:
        return on_the_wall(view, votes)
    if not (votes and wide):
        above = (*votes, blank()) if votes else ()
        return Sheet((*above, *_date(view, view.width), blank(), *_open_ends(view, lambda _: view.width)))
    half = view.width - WIDTH
    head = [*_date(view, half - 3), blank()]
    # below the tally the lines have the whole width
    rest = _open_ends(view, lambda at: half - 3 if len(head) + at < len(votes) else view.width)
    return Sheet(tuple(beside([*head, *rest], votes, half)))


def _day(day: Date) -> str:
    return f"{formats.weekday(day)} {formats.date(day)}"


def _date(view: View, width: int) -> list[Content]:
    minutes = view.meeting.minutes
    day = minutes.next_date
    proposed = proposed_next(minutes.date, view.meeting.agenda.period)
    date = _day(day) if day else tr("none yet; it would be {day}: type a date", day=_day(proposed))
    remarks = len(minutes.worth.remarks) if minutes.worth else 0
    told = (
        (tr("Next date"), date, "bold" if day else "$warn"),
        (tr("Remarks"), str(remarks) if remarks else "", ""),
    )
    return labelled(told, width)


def _open_ends(view: View, width_at: Callable[[int], int]) -> list[Content]:
    """How many lines the question before closing will list, and these lines; `width_at` of the line at this place."""
    found = open_ends(view.meeting)
    if not found:
        return said(tr("Nothing is left open."), "$helped", width=width_at(0))
    head = tr(plural("{n} thing is left open", "{n} things are left open", len(found)))
    lines = [row((Cell(head, "bold"),), width_at(0))]
    for one in found:
        width = width_at(len(lines))
        for place, part in enumerate(text.wrap(tr(one.what), width - 2, lines=2)):
            lines.append(row((Cell("  " if place else "· ", "$muted"), Cell(part)), width))
    return lines
