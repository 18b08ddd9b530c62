"""`lessons`: what has been learned so far, ranked by votes, with where it comes from and what comes back.

Owns how they read, and when there is anything to rank. The order is `domain.groups`', what came before `View.memory`'s.
Source: meeting.md, `lessons`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.groups import are_ranked, ranked, votes_together
from retrotui.domain.memory import lesson_question
from retrotui.domain.minutes import Lesson
from retrotui.locale import tr
from retrotui.tui import recall_words
from retrotui.tui.naming import deal_name_of
from retrotui.tui.text import MEASURE, pad, wrap
from retrotui.tui.view import View
from retrotui.tui.widgets.entries import VOTE
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, flow, indented, row, said

VOTES = 3
"""Cells for the number of votes."""
INDENT = VOTES + 2


def sheet(view: View) -> Sheet:
    """The lessons of the meeting, most votes first; what was put together stands under its head."""
    lessons = view.meeting.minutes.lesson
    if not lessons:
        return Sheet(
            (
                *said(tr("No lessons yet."), width=view.width),
                *said(tr("What holds beyond the one deal? Type it; ! takes it down in any step."), "$muted",
                      width=view.width),
            )
        )  # fmt: skip
    plain = view.commanding or not are_ranked(lessons)
    if plain and not view.wall:  # nothing to rank yet: the entries say it all, but for what comes back
        back = [(one, came_back(view, one)) for one in lessons]
        return Sheet(
            tuple(
                row((Cell(f"{words}: ", "$warn"), Cell(one.text)), view.width) for one, words in back if words
            )
        )
    lines: list[Content] = []
    for head, members in ranked(lessons):
        lines += _lesson_lines(view, head, members)
    return Sheet(tuple(lines))


def _lesson_lines(view: View, head: Lesson, members: tuple[Lesson, ...]) -> list[Content]:
    votes = votes_together(head, members)
    number = pad(f"{VOTE}{votes}" if votes else "·", VOTES, "right")
    width = min(view.width, MEASURE + INDENT)
    lines = []
    for at, part in enumerate(wrap(head.text, width - INDENT, lines=2)):
        lead = Cell(number, "bold $accent" if votes else "$muted") if at == 0 else Cell(" " * VOTES)
        lines.append(row((lead, Cell("  "), Cell(part, "bold $lesson")), width))
    for one in members:
        lines.append(row((Cell(" " * INDENT), Cell(f"+ {one.text}", "$muted")), width))
    below = [Cell(came_back(view, head), "$warn"), *(Cell(one, "$muted") for one in _where_from(view, head))]
    return [*lines, *indented(flow(below, width - INDENT), INDENT)]


def _where_from(view: View, lesson: Lesson) -> list[str]:
    """The deals and factors that it comes from."""
    deals = [deal_name_of(view, one) for one in lesson.deals]
    factors = [view.factors.label(one, view.language) for one in lesson.factors]
    return [", ".join(part) for part in (deals, factors) if part]


def came_back(view: View, lesson: Lesson) -> str:
    """`comes back: for the third time since March, no experiment yet`, where earlier meetings said the same."""
    return recall_words.comes_back(view.memory.of(lesson_question(lesson.text)).learned)
