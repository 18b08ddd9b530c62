"""The line at the top: which meeting this is, what time it is, when it ends; and the line that warns.

Owns the wording of the projected end, of waiting, of a pause, of being late. Must not compute time: `timebox` does.
Source: meeting.md, "Two views of one screen", "The clock", "Beginning and end".
"""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from retrotui.domain import pacing, timebox
from retrotui.errors import Message, plural
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.naming import key_of
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import GAP, Cell, ends, row

LEAST_TITLE = 10
"""Cells that the title keeps before the team, and then the plan's difference, give way."""


def topline(view: View) -> Content:
    """` Monthly reflection · Sales South      09:42   End 10:33 (+3 min)`, in one line of `view.width` cells."""
    minutes = view.meeting.minutes
    title, team = minutes.title or minutes.agenda.id, minutes.team
    for right in _times(view):
        room = view.width - sum(text.cells(cell.words) for cell in right) - GAP - 2
        whole = f"{title} · {team}" if team else title
        if text.cells(whole) <= room:
            left = [Cell(title, "bold"), Cell(f" · {team}" if team else "", "$muted")]
        elif min(LEAST_TITLE, text.cells(title)) <= room:
            left = [Cell(text.cut(title, room), "bold")]
        else:
            continue
        return ends((Cell(" "), *left), (*right, Cell(" ")), view.width)
    return row(_times(view)[-1], view.width)


def _times(view: View) -> list[list[Cell]]:
    """The right end, from the longest form to the shortest."""
    clock = Cell(formats.time(view.now), "bold")
    state, style = _state(view)
    said = [Cell(state, style), Cell("   ")] if state else []
    if not view.meeting.running:
        return [[*said[:1]], [clock]]
    short = [clock, Cell("   "), Cell(_end(view), "")]
    late, late_style = _difference(view)
    full = [*short, Cell(f" ({late})", late_style)] if late else short
    return [[*said, *full], [*said, *short], [*said, clock], [clock]] if said else [full, short, [clock]]


def end_words(view: View) -> tuple[str, str]:
    """`Ende 10:33` and `+3 min`: when the meeting will end, and its difference to the plan."""
    return _end(view), _difference(view)[0]


def _end(view: View) -> str:
    return tr("End {time}", time=formats.time(timebox.projected_end(view.meeting.minutes, view.now)))


def _difference(view: View) -> tuple[str, str]:
    """`+3 min` against the plan, and its style; nothing under half a minute."""
    late = timebox.lateness(view.meeting.minutes, view.now)
    minutes = (abs(late) + 30) // 60
    if not minutes:
        return "", ""
    sign = "+" if late > 0 else formats.MINUS
    return f"{sign}{minutes} min", "bold $warn" if late > timebox.LATE else "$muted"


def _state(view: View) -> tuple[str, str]:
    """What is not the ordinary course: waiting to begin, a pause, the end."""
    minutes = view.meeting.minutes
    if not view.meeting.running:
        ended = minutes.ended or view.now
        return tr("ended at {time}", time=formats.time(ended)), "bold"
    if not view.meeting.begun:
        return tr("We are about to begin"), "bold $accent"
    pause = timebox.paused(minutes)
    if pause is not None:
        return tr("Pause since {time}", time=formats.time(pause.since)), "bold $warn"
    return "", ""


# -- the line that warns -----------------------------------------------------------------------------------


def notice_words(
    view: View, gap: tuple[datetime, datetime] | None = None, unwritable: Message | None = None
) -> str:
    """The one thing to be said about time now; nothing where there is nothing.

    `gap` is a silence of the clock that has not been dealt with. It comes before being late, since it may explain it.
    `unwritable` is why the meeting waits: the key comes first, a folder's long name is what may be cut.
    """
    if unwritable is not None and not view.meeting.begun:
        return tr(
            "{key} begins all the same, in the draft. {why}", key=key_of(view, "pause"), why=tr(unwritable)
        )
    return gap_words(view, gap) if gap is not None else late_words(view)


def gap_words(view: View, gap: tuple[datetime, datetime]) -> str:
    """`F6: the clock stood still for 8 min (09:50 – 09:58), take it out`."""
    begin, end = gap
    minutes = max(1, timebox.seconds(begin, end) // 60)
    return tr(
        plural(
            "{key}: the clock stood still for {n} minute ({begin} – {end}), take it out",
            "{key}: the clock stood still for {n} minutes ({begin} – {end}), take it out",
            minutes,
            key=key_of(view, "course"),
            begin=formats.time(begin),
            end=formats.time(end),
        )
    )


def late_words(view: View) -> str:
    """What is said once the end is more than two minutes late and nobody has accepted it; else nothing."""
    meeting = view.meeting
    if not (meeting.begun and meeting.running):
        return ""
    late = timebox.lateness(meeting.minutes, view.now)
    if late <= meeting.accepted_late_s + timebox.LATE:
        return ""
    minutes = (late + 30) // 60
    key = key_of(view, "course")
    if not pacing.replans(meeting, view.now):
        if meeting.agenda.hard_end:
            fixed = plural(
                "The end is fixed: {n} minute too many.", "The end is fixed: {n} minutes too many.", minutes
            )
            return tr(fixed)
        return tr(plural("The end is {n} minute late.", "The end is {n} minutes late.", minutes))
    if meeting.agenda.hard_end:
        return tr(
            plural(
                "{key}: the end is fixed, {n} minute too many, re-plan",
                "{key}: the end is fixed, {n} minutes too many, re-plan",
                minutes,
                key=key,
            )
        )
    return tr(
        plural(
            "{key}: the end is {n} minute late, re-plan",
            "{key}: the end is {n} minutes late, re-plan",
            minutes,
            key=key,
        )
    )
