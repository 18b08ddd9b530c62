"""The head of the stage: its title, the clock's text, and the words beside the bar.

Pure functions over a `View`. Must not compute time: `timebox` does. Source: meeting.md, "Two views", "The clock".
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from textual.content import Content

from retrotui.domain import pacing, timebox
from retrotui.domain.agenda import StepKind
from retrotui.domain.rounds import is_about_its_deal, subject
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.naming import amount
from retrotui.tui.view import View

TITLE_CELLS = 48
"""So much of what a verdict is asked for, or of what a round is about, stands in the title."""
SHORT_CELLS = 20
"""So much of a customer's name, where something must still stand behind it."""


def stage_title(view: View) -> Content:
    """`Lupe: verloren · Müller GmbH · 48.000 €`; what discretion hides is left out."""
    meeting = view.meeting
    parts = [text.line(meeting.step.title or meeting.step.kind, "bold $accent")]
    hidden = meeting.minutes.discretion
    if (deal := meeting.deal) is not None:
        # that nothing is saved stands last, and must not be cut off
        width = SHORT_CELLS if meeting.is_confidential else None
        if not hidden.customers and (deal.account or deal.title):
            parts.append(text.line(deal.account or deal.title, "bold", width=width))
        if not meeting.is_confidential and (worth := amount(view, deal.amount, deal.currency)):
            parts.append(text.line(worth))
    parts += [text.line(words, "bold", width=TITLE_CELLS) for words in _round_and_part(view)]
    if meeting.step.kind == StepKind.FOLLOWUP and (title := _selected_title(view)):
        parts.append(text.line(title, "bold", width=TITLE_CELLS))
    if meeting.agenda_step is not None and meeting.agenda_step.silent:
        parts.append(text.sentence(tr("in silence"), "$warn"))
    if meeting.is_confidential:
        parts.append(text.sentence(tr("is not saved"), "$warn"))
    return text.join(*parts, between=" · ")


def _round_and_part(view: View) -> Iterator[str]:
    """What the round is about (a deal is named already), and the part that is on."""
    meeting = view.meeting
    about = subject(meeting.minutes, meeting.step)
    if not about and meeting.step.round is not None:
        yield str(meeting.step.round)
    elif about and not is_about_its_deal(meeting.minutes, meeting.step):
        yield about if isinstance(about, str) else tr(about)
    if meeting.part is not None and (title := meeting.part.title.text(view.language)):
        yield title


def _selected_title(view: View) -> str:
    """What a verdict is asked for now: the wall shows no list of them."""
    return next((one.title for one in view.meeting.open_items if one.id == view.selected), "")


def clock_text(view: View) -> str:
    """What the big digits say: `06:12` remaining, `+02:10` in overtime, counting up with an open end.

    Where that has the free time of the meeting, the words beside the bar tell what is left of it.
    """
    step, agenda_step = view.meeting.step, view.meeting.agenda_step
    left = timebox.remaining(step, view.now)
    if left is None or (agenda_step is not None and agenda_step.is_open_end):
        return _digits(timebox.spent(step, view.now))
    return f"+{_digits(-left)}" if left < 0 else _digits(left)


def _digits(seconds: int) -> str:
    """`mm:ss`; from 100 minutes on `h:mm:ss`."""
    minutes, rest = divmod(seconds, 60)
    if minutes < 100:
        return f"{minutes:02}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"


def clock_phase(view: View) -> str:
    """`normal`, `soon`, `over` or `paused`: what gives the clock its look."""
    if not view.meeting.begun or timebox.paused(view.meeting.minutes) is not None:
        return "paused"
    phase = timebox.phase(view.meeting.step, view.now)
    return "normal" if phase == "open" else phase


def time_words(view: View) -> Message:
    """The words beside the bar: colour is never the only sign."""
    meeting = view.meeting
    if not meeting.begun:
        return msg("not begun")
    if timebox.paused(meeting.minutes) is not None:
        return msg("paused")
    left = timebox.remaining(meeting.step, view.now)
    if left is None:
        return msg("open end")
    if left < 0:
        return msg("over by {n} min", n=-left // 60) if left <= -60 else msg("time is up")
    phase = timebox.phase(meeting.step, view.now)
    minutes = (left + 59) // 60
    if phase == "over":
        return msg("time is up")
    if left < 60:
        return msg("under a minute")
    return msg("only {n} min left", n=minutes) if phase == "soon" else msg("{n} min left", n=minutes)


def bar_words(view: View) -> Content:
    """What stands beside the bar: the step's time in words, and the box of the deal where several share it."""
    parts = [text.sentence(tr(time_words(view)))]
    if (deal := deal_words(view)) is not None:
        parts.insert(0, text.sentence(tr(deal), "$muted"))
    return text.join(*parts, between=" · ")


def used_part(view: View) -> float | None:
    """How much of the box is used, 0 to 1 and beyond; None with an open end."""
    box = timebox.allotted(view.meeting.step)
    return None if not box else timebox.spent(view.meeting.step, view.now) / box


def deal_words(view: View) -> Message | None:
    """`Deal 4/10 min`: the box of the part that is on, or of the deal on the floor where several share the step."""
    part = pacing.part_box(view.meeting, view.now)
    if part is not None:
        return msg("this part {spent}/{planned} min", spent=part[0] // 60, planned=box_minutes(part[1]))
    box = pacing.deal_box(view.meeting, view.now)
    if box is None:
        return None
    return msg("this deal {spent}/{planned} min", spent=box[0] // 60, planned=box_minutes(box[1]))


def box_minutes(seconds: int) -> str:
    """`15`, `7,5`: minutes of a box, to a tenth."""
    return formats.number(Decimal(seconds) / 60, decimals=1 if seconds % 60 else 0)
