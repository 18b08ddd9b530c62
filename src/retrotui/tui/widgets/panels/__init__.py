"""One panel for each kind of step: what stands on the wall between the question and the entries.

Owns which drawing belongs to which kind, and what every kind may have besides (roles, fields, the subject of a round).
A panel is a pure function of a `View`. Must not change anything, ask for the time, nor read a key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

from textual.content import Content

from retrotui.domain.agenda import StepKind
from retrotui.tui import text
from retrotui.tui.view import View

if TYPE_CHECKING:
    from retrotui.tui.widgets.panels.sheet import Sheet

DRAWN_BY: Mapping[str, str] = {
    StepKind.CHECKIN: "checkin",
    StepKind.FOLLOWUP: "followup",
    StepKind.NUMBERS: "numbers",
    StepKind.DEAL: "deal",
    StepKind.FACTORS: "factors",
    StepKind.LESSONS: "lessons",
    StepKind.PERSPECTIVES: "perspectives",
    StepKind.CASE: "case",
    StepKind.NOTES: "notes",
    StepKind.EXPERIMENTS: "experiments",
    StepKind.CLOSE: "close",
    StepKind.BREAK: "pause",
}
"""The module of this package whose `sheet` draws a kind of step. It is loaded when that step comes: home needs none of
them, and a meeting's first frame needs one."""
WAITING = "waiting"
"""The module that draws a meeting which has not begun."""


def sheet_of(module: str) -> Callable[[View], Sheet]:
    """The `sheet` of a module of this package."""
    return cast("Callable[[View], Sheet]", import_module(f"{__name__}.{module}").sheet)


ON_THE_WALL = (StepKind.CHECKIN, StepKind.CLOSE, StepKind.BREAK)
"""Kinds whose drawing stands on the wall too: a tally, and what comes after a break."""


def panel(view: View) -> Content | None:
    """The drawing of the step on the floor, in at most `view.height` lines of `view.width` cells.

    None where it has nothing to draw: the entries get its room. The wall has few words: who speaks and who only
    listens, a tally, and what comes after a break.
    """
    from retrotui.tui.widgets.panels.roles import (
        confidential_line,
        field_lines,
        role_lines,
        speaking_lines,
        subject_lines,
        vote_lines,
    )
    from retrotui.tui.widgets.panels.sheet import Sheet, fit

    kind = view.meeting.step.kind
    module = DRAWN_BY.get(kind, "") if view.meeting.begun else WAITING
    drawn = module and (not view.wall or kind in ON_THE_WALL)
    own = sheet_of(module)(view) if drawn else Sheet()
    before = subject_lines(view)
    after = [
        *(role_lines(view) if kind != StepKind.CASE else []),
        *field_lines(view),
        *vote_lines(view),
        *confidential_line(view),
    ]
    lines = (*own.lines, *speaking_lines(view)) if view.wall else (*before, *own.lines, *after)
    if not lines or view.height <= 0:
        return None
    return text.stack(fit(Sheet(lines, own.around + len(before)), view.height, view.width))
