"""`lessons`: what has been learned so far, ranked by votes, with where it comes from and what comes back.

Owns the ranking and the look-up of the same words in earlier meetings. Source: meeting.md, `lessons`.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from retrotui.domain.minutes import Lesson
from retrotui.domain.text import fold
from retrotui.locale import tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.naming import deal_name_of, times
from retrotui.tui.widgets.panels.sheet import Cell, Sheet, row, said
from retrotui.tui.text import MEASURE, pad, wrap

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
    lines: list[Content] = []
    for head in ranked(lessons):
        lines += _lesson_lines(view, head)
    return Sheet(tuple(lines))


def ranked(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Those that stand alone or at the head of a group, most votes first, then as they were said."""
    every = list(lessons)
    ids = {one.id for one in every}
    heads = [one for one in every if one.group not in ids]
    return sorted(heads, key=lambda one: -votes_of(one, every))


def members(head: Lesson, lessons: Iterable[Lesson]) -> list[Lesson]:
    return [one for one in lessons if one.group == head.id and one.id != head.id]


def votes_of(head: Lesson, lessons: Iterable[Lesson]) -> int:
    """The votes of a lesson and of what was put together with it."""
    return head.votes + sum(one.votes for one in members(head, lessons))


def _lesson_lines(view: View, head: Lesson) -> list[Content]:
    every = view.meeting.minutes.lesson
    votes = votes_of(head, every)
    number = pad(f"●{votes}" if votes else "·", VOTES, "right")
    width = min(view.width, MEASURE + INDENT)
    lines = []
    for at, part in enumerate(wrap(head.text, width - INDENT, lines=2)):
        lead = Cell(number, "bold $accent" if votes else "$muted") if at == 0 else Cell(" " * VOTES)
        lines.append(row((lead, Cell("  "), Cell(part, "bold $lesson")), width))
    for one in members(head, every):
        lines.append(row((Cell(" " * INDENT), Cell(f"+ {one.text}", "$muted")), width))
    below = [*([came_back(view, head)] if came_back(view, head) else []), *_where_from(view, head)]
    if below:
        lines.append(row((Cell(" " * INDENT), Cell(" · ".join(below), "$muted")), width))
    return lines


def _where_from(view: View, lesson: Lesson) -> list[str]:
    """The deals and factors that it comes from."""
    deals = [deal_name_of(view, one) for one in lesson.deals]
    factors = [view.factors.label(one, view.language) for one in lesson.factors]
    return [", ".join(part) for part in (deals, factors) if part]


def came_back(view: View, lesson: Lesson) -> str:
    """`comes back: for the third time`, where earlier meetings had the same words."""
    words = fold(lesson.text)
    before = sum(
        any(fold(one.text) == words for one in minutes.lesson)
        for minutes in view.past
        if minutes.status != "aborted" and minutes.id != view.meeting.minutes.id
    )
    return tr("comes back: {times}", times=times(before + 1)) if before and words else ""
