"""One panel for each kind of step: what stands on the wall between the question and the entries.

Owns which drawing belongs to which kind, and what every kind may have besides (roles, fields, the subject of a round).
A panel is a pure function of a `View`. Must not change anything, ask for the time, nor read a key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.content import Content

from retrotui.domain.agenda import StepKind
from retrotui.tui import text
from retrotui.tui.view import View
from retrotui.tui.widgets.panels import (
    case,
    checkin,
    close,
    deal,
    experiments,
    factors,
    followup,
    lessons,
    notes,
    numbers,
    pause,
    perspectives,
    waiting,
)
from retrotui.tui.widgets.panels.roles import confidential_line, field_lines, role_lines, subject_lines
from retrotui.tui.widgets.panels.sheet import Sheet, fit

SHEETS: Mapping[str, Callable[[View], Sheet]] = {
    StepKind.CHECKIN: checkin.sheet,
    StepKind.FOLLOWUP: followup.sheet,
    StepKind.NUMBERS: numbers.sheet,
    StepKind.DEAL: deal.sheet,
    StepKind.FACTORS: factors.sheet,
    StepKind.LESSONS: lessons.sheet,
    StepKind.PERSPECTIVES: perspectives.sheet,
    StepKind.CASE: case.sheet,
    StepKind.NOTES: notes.sheet,
    StepKind.EXPERIMENTS: experiments.sheet,
    StepKind.CLOSE: close.sheet,
    StepKind.BREAK: pause.sheet,
}


def panel(view: View) -> Content | None:
    """The drawing of the step on the floor, in at most `view.height` lines of `view.width` cells.

    None where it has nothing to draw: the entries get its room.
    """
    kind = view.meeting.step.kind
    own = SHEETS[kind](view) if kind in SHEETS else Sheet()
    if not view.meeting.begun:
        own = waiting.sheet(view)
    before = subject_lines(view)
    after = [
        *(role_lines(view) if kind != StepKind.CASE else []),
        *field_lines(view),
        *confidential_line(view),
    ]
    lines = (*before, *own.lines, *after)
    if not lines or view.height <= 0:
        return None
    return text.stack(fit(Sheet(lines, own.around + len(before)), view.height, view.width))
