"""`perspectives`: a round by function: who is here speaks, who is missing becomes a question with an owner.

Must not judge what a function says. Source: meeting.md, `perspectives`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.roundtable import functions_here, missing_functions, present
from retrotui.locale import tr
from retrotui.tui.naming import function_name, participant_name, person_name
from retrotui.tui.turns import whose_turn
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Column, Sheet, blank, said, table


def sheet(view: View) -> Sheet:
    """The functions that are here, whose turn it is, and the questions to those that are not."""
    here = functions_here(view.meeting)
    lines: list[Content] = []
    if here:
        lines += table(
            [_row(view, one) for one in here], (Column(), Column(gives=True), Column(gives=True)), view.width
        )
    else:
        lines += said(
            tr("No function is noted yet: @Name, Function says who is here."), "$muted", width=view.width
        )
    missing = missing_functions(view.meeting, view.settings.expected_functions)
    asked = _questions(view)
    if missing or asked:
        lines.append(blank())
    rows = [
        (Cell("!", "$warn"), Cell(function_name(one), "bold $warn"), Cell(tr("is missing"), "$muted"))
        for one in missing
    ]
    lines += table(rows, (Column(), Column(gives=True), Column()), view.width)
    if missing:
        lines += said(tr("Who asks them? Type the question with @Name."), "$muted", width=view.width)
    return Sheet((*lines, *asked))


def _row(view: View, function: str) -> tuple[Cell, ...]:
    turn = whose_turn(view)
    is_turn = turn is not None and turn.key == function
    names = [participant_name(view, one) for one in present(view.meeting) if one.function == function]
    return (
        Cell("▶" if is_turn else " ", "$accent"),
        Cell(function_name(function), "bold $accent" if is_turn else ""),
        Cell(", ".join(name for name in names if name), "$muted"),
    )


def _questions(view: View) -> list[Content]:
    """What was taken down in this step for somebody to ask."""
    rows = [
        (Cell("→", "$accent"), Cell(person_name(view, note.ask), "bold"), Cell(note.text))
        for note in view.meeting.minutes.note
        if note.step == view.meeting.step.id and note.ask
    ]
    return table(rows, (Column(), Column(gives=True), Column(gives=True)), view.width)
