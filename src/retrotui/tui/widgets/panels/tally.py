"""A tally on the wall: how many said 1 … 5, as bars; under four votes only how many slips there are.

Owns the drawing of safety and worth. Must not show who said what, nor anything but a count under four votes.
Source: meeting.md, `checkin`, `close`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.minutes import Tally
from retrotui.domain.roundtable import FEWEST_VOTES, votes_in
from retrotui.errors import plural
from retrotui.locale import tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, bar, ends, row, said

WIDEST_BAR = 30
WIDTH = 24
"""Cells that a tally takes beside something else."""


def tally_lines(tally: Tally | None, heading: str, people: int, width: int) -> list[Content]:
    """The bars with their heading; nothing before the first slip. `people` is how many could have voted."""
    votes = votes_in(tally)
    if tally is None or votes == 0:
        return []
    echo = tr("{n} of {total}", n=votes, total=max(votes, people))
    head = ends((Cell(heading, "bold"),), (Cell(echo, "$muted"),), min(width, WIDEST_BAR + 8))
    if votes < FEWEST_VOTES or not tally.counts:
        few = tr(plural("Shown from {n} vote up.", "Shown from {n} votes up.", FEWEST_VOTES))
        return [head, *said(few, "$muted", width=width)]
    most = max(tally.counts)
    room = max(1, min(WIDEST_BAR, width - 8))
    # one square a slip as long as that fits: nobody has to read a scale
    scale = min(room, most)
    lines = [head]
    for value, count in enumerate(tally.counts, start=1):
        squares = bar(count / most, scale)
        lines.append(
            row(
                (
                    Cell(f"{value}  ", "$muted"),
                    Cell(squares, "$accent"),
                    Cell(f" {count}" if count else "·", "" if count else "$muted"),
                ),
                width,
            )
        )
    return lines


def on_the_wall(view: View, lines: list[Content]) -> Sheet:
    """The tally on the wall, without the rest of its step: whole, or where there is no room for it not at all."""
    return Sheet(tuple(lines) if len(lines) <= view.height else ())
