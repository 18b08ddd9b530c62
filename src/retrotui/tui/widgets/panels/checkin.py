"""`checkin`: who is in the room, by function, whose function is missing today, and how openly people can speak.

Must not show a vote under four, nor count anything by person. Source: meeting.md, `checkin`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.functions import FUNCTIONS
from retrotui.domain.minutes import Participant
from retrotui.domain.roundtable import missing_functions, present
from retrotui.errors import plural
from retrotui.locale import tr
from retrotui.tui.naming import function_name, function_names, key_of, participant_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Column, Sheet, beside, blank, row, said, table
from retrotui.tui.widgets.panels.tally import WIDTH, on_the_wall, tally_lines

BESIDE_FROM = 64
"""Cells from which the tally stands beside the people."""


def sheet(view: View) -> Sheet:
    """Participants by function, missing functions, the tally; on the wall the tally alone."""
    here = present(view.meeting)
    if view.wall:
        return on_the_wall(
            view, tally_lines(view.meeting.minutes.safety, tr("How openly"), len(here), view.width)
        )
    wide = view.width >= BESIDE_FROM
    half = view.width - WIDTH if wide else view.width
    people = _people(view, here, half - 3 if wide else half) if here else _nobody(view)
    votes = tally_lines(
        view.meeting.minutes.safety, tr("How openly"), len(here), WIDTH if wide else view.width
    )
    if votes and wide and here:
        return Sheet(tuple(beside(people, votes, half)))
    return Sheet(tuple([*votes, blank(), *people] if votes else people))


def _nobody(view: View) -> list[Content]:
    lines = said(tr("Nobody is noted yet."), width=view.width)
    how = tr("Type a name and a function (Anna Berg, Sales), or {key}.", key=key_of(view, "choose"))
    return [*lines, *said(how, "$muted", width=view.width)]


def _people(view: View, here: tuple[Participant, ...], width: int) -> list[Content]:
    order = {one.id: place for place, one in enumerate(FUNCTIONS)}
    groups: dict[str, list[Participant]] = {}
    for one in sorted(here, key=lambda one: (not one.function, order.get(one.function, len(order)))):
        groups.setdefault(one.function, []).append(one)
    rows = []
    for function, members in groups.items():
        names = [participant_name(view, one) for one in members]
        told = "" if view.meeting.minutes.discretion.people else ", ".join(name or "?" for name in names)
        rows.append(
            (
                Cell(function_name(function) or tr("no function named")),
                Cell(str(len(members))),
                Cell(told, "$muted"),
            )
        )
    lines = [row((Cell(tr(plural("{n} person here", "{n} people here", len(here))), "bold"),), width)]
    lines += table(rows, (Column(), Column("right"), Column(gives=True)), width)
    if missing := missing_functions(view.meeting, view.settings.expected_functions):
        lines += said(tr("Missing: {functions}", functions=function_names(missing)), "$warn", width=width)
    return lines
