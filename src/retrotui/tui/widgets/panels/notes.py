"""`notes`: free columns side by side, each with its notes, votes, and what was put together.

Draws nothing in a step without columns: the entries do. Source: meeting.md, `notes`.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from retrotui.domain.agenda import Column as AgendaColumn
from retrotui.domain.groups import groups, votes_together
from retrotui.domain.minutes import Note
from retrotui.tui import text
from retrotui.tui.view import View
from retrotui.tui.widgets.entries import VOTE
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, beside, blank, row

NARROWEST = 20
"""Cells below which columns stand below one another."""
GAP = 2
MOST_LINES = 3


def sheet(view: View) -> Sheet:
    """The columns of the step; nothing where it has none."""
    step = view.meeting.agenda_step
    if step is None or not step.columns:
        return Sheet()
    columns, n = step.columns, len(step.columns)
    wide = (view.width - GAP * (n - 1)) // n
    if wide < NARROWEST:
        stacked: list[Content] = []
        for at, column in enumerate(columns):
            stacked += [*([blank()] if at else []), *_column(view, column, at, view.width)]
        return Sheet(tuple(stacked))
    lines: list[Content] = []
    for at, column in enumerate(columns):
        drawn = _column(view, column, at, wide)
        lines = beside(lines, drawn, at * (wide + GAP)) if at else drawn
    return Sheet(tuple(lines))


def _column(view: View, column: AgendaColumn, at: int, width: int) -> list[Content]:
    notes = notes_of(view, column, first=at == 0)
    chosen = column.id == view.selected or (at == 0 and not view.selected)
    heading = column.title.text(view.language) or column.id
    lines = [
        row(
            (
                Cell("▸ " if chosen else "  ", "$accent"),
                Cell(heading, "bold"),
                Cell(f"  {len(notes)}" if notes else "", "$muted"),
            ),
            width,
        )
    ]
    for head, members in sorted(groups(notes), key=lambda one: -votes_together(*one)):
        lines += _note(head, members, width)
    return lines


def notes_of(view: View, column: AgendaColumn, *, first: bool) -> list[Note]:
    """The notes of one column; those without a column stand in the first."""
    step = view.meeting.step.id
    every = [*view.meeting.minutes.note, *view.meeting.whispers]
    return [
        one for one in every if one.step == step and (one.column == column.id or (first and not one.column))
    ]


def _note(head: Note, members: Sequence[Note], width: int) -> list[Content]:
    votes = votes_together(head, members)
    tail = f" {VOTE}{votes}" if votes else ""
    lines = []
    parts = text.wrap(head.text, max(2, width - 2 - text.cells(tail)), lines=MOST_LINES)
    for at, part in enumerate(parts):
        cells = [Cell("· " if at == 0 else "  ", "$muted"), Cell(part)]
        if at == 0 and tail:
            cells.append(Cell(tail, "bold $accent"))
        lines.append(row(cells, width))
    lines += [row((Cell("  + "), Cell(one.text, "$muted")), width) for one in members]
    return lines
