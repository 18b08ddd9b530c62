"""What only the wall view has: its head line, and the one bar for reflecting.

Pure functions over a `View`. Few words, so that the back row reads them. Source: meeting.md, "Two views of one screen".
"""

from __future__ import annotations

from textual.content import Content

from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.view import View
from retrotui.tui.widgets.rail import shares
from retrotui.tui.widgets.stage import stage_title
from retrotui.tui.widgets.topline import end_words


def wall_head(view: View) -> Content:
    """The step's title, the deal, and when the meeting will end."""
    title = stage_title(view)
    words, difference = end_words(view)
    right = text.join(text.line(words, "bold"), text.line(f" {difference}" if difference else "", "$muted"))
    gap = view.width - title.cell_length - right.cell_length
    if gap < 2:
        return title.truncate(max(1, view.width), ellipsis=True)
    return text.join(title, text.mark(" " * gap), right)


def reflecting_bar(view: View) -> Content:
    """`Reflektieren ━━━━━━━━━━─────────  55 %   Plan 56 %`"""
    expected, planned = shares(view)
    label, plan = tr("Reflecting"), tr("Plan")
    tail = f"{formats.percent(expected):>6}   {plan} {formats.percent(planned)}"
    wide = max(4, view.width - text.cells(label) - text.cells(tail) - 2)
    filled = round(wide * expected / 100)
    return text.join(
        text.line(label, "bold"),
        text.mark(" "),
        text.mark("━" * filled, "$accent"),
        text.mark("─" * (wide - filled), "$rule"),
        text.line(tail, "$muted"),
    )
