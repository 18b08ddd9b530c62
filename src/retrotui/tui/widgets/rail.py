"""The agenda's rail: where we are, what each step took, what the meeting comes to.

Owns the drawing of the steps beside the stage, and its one line on narrow screens. Must not compute time.
Source: meeting.md, "Two views of one screen", "The clock" (share of time).
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain import timebox
from retrotui.domain.minutes import StepRun
from retrotui.domain.rounds import subject
from retrotui.domain.roundtable import missing_functions
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.naming import deal_name_of, function_names, person_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, ends, row
from retrotui.tui.widgets.stage import box_minutes

MARKS = {"done": "✓", "running": "▶", "skipped": "–", "pending": " "}
CAP = "■"
PREREAD = "·"
FEWEST_STEPS = 4
"""Lines that the steps keep before the share of time gives way."""


def rail(view: View) -> Content:
    """Steps, share of time, missing functions, in `view.height` lines of `view.width` cells."""
    lines, around = _steps(view)
    foot = _foot(view)
    while foot and view.height - len(foot) < min(FEWEST_STEPS, len(lines)):
        foot.pop()
    room = view.height - len(foot)
    return text.stack([*_cut_around(lines, around, room), *foot] if view.height > 0 else [])


def _cut_around(lines: list[Content], around: int, room: int) -> list[Content]:
    """The part with the current step, which stands in its upper half: what comes matters more than what was."""
    if len(lines) <= room:
        return lines
    begin = max(0, min(around - room // 3, len(lines) - room))
    shown = lines[begin : begin + max(0, room)]
    if room >= FEWEST_STEPS:
        if begin > 0:
            shown[0] = text.mark("⋮", "$muted")
        if begin + room < len(lines):
            shown[-1] = text.mark("⋮", "$muted")
    return shown


def _steps(view: View) -> tuple[list[Content], int]:
    """The lines of the steps near the current one, and where it stands: of two hundred, what cannot be seen is not
    drawn."""
    lines: list[Content] = []
    around = 0
    steps = view.meeting.minutes.step
    here = next((at for at, one in enumerate(steps) if one.id == view.meeting.step.id), 0)
    for step in steps[max(0, here - view.height) : here + view.height + 1]:
        on_floor = step.id == view.meeting.step.id
        if on_floor:
            around = len(lines)
        lines.append(_step(view, step, on_floor))
        if on_floor:
            lines += _below(view, step)
    return lines, around


def _step(view: View, step: StepRun, on_floor: bool) -> Content:
    mark = PREREAD if step.planned_s == 0 else MARKS.get(step.state, " ")
    style = ""
    if on_floor:
        mark, style = "▶", "bold $accent"
    elif step.state == "skipped":
        style = "$muted strike"
    elif step.state == "done" or step.planned_s == 0:
        style = "$muted"
    time, time_style = step_time(view, step, on_floor)
    agenda_step = view.meeting.agenda_step_of(step)
    cap = f" {CAP}" if agenda_step is not None and agenda_step.cap else ""
    room = view.width - 2 - text.cells(cap) - (text.cells(time) + 1 if time else 0)
    title = text.cut(title_of(view, step), room)
    left = (
        Cell(f"{mark} ", "bold $accent" if on_floor else "$muted"),
        Cell(title, style),
        Cell(cap, "$muted"),
    )
    return ends(left, (Cell(time, time_style),) if time else (), view.width, gap=1)


def title_of(view: View, step: StepRun) -> str:
    """The step's title, with the number or the person of its round; a round about a deal or a note is called that."""
    title = step.title or step.kind
    if step.person and (name := person_name(view, step.person)):
        return f"{title}: {name}"
    if (step.note or (step.round is not None and step.deals)) and (
        about := subject(view.meeting.minutes, step)
    ):
        return about if isinstance(about, str) else tr(about)
    return f"{title} {step.round}" if step.round is not None else title


def step_time(view: View, step: StepRun, on_floor: bool) -> tuple[str, str]:
    """`14/20` spent and allotted minutes once it has begun, `15` before, and the style."""
    spent = timebox.spent(step, view.now)
    box = timebox.allotted(step)
    if step.planned_s == 0 and not spent:
        return "", ""
    if step.state == "skipped" and not spent:
        return MARKS["skipped"], "$muted"
    took = spent // 60 if on_floor else round(spent / 60)
    if not spent and not on_floor and step.state != "done":
        return (tr("open") if box is None else box_minutes(box)), ""
    if box is None:
        return str(took), "bold" if on_floor else "$muted"
    over = spent >= box
    style = ("bold $over" if over else "bold") if on_floor else "$muted"
    return f"{took}/{box_minutes(box)}", style


def _below(view: View, step: StepRun) -> list[Content]:
    """The deals of the step on the floor, or its parts, with the one that is on."""
    now = view.meeting.minutes.now
    agenda_step = view.meeting.agenda_step_of(step)
    names: list[tuple[str, bool]] = []
    if step.deals and step.round is None:
        names = [(deal_name_of(view, one), now is not None and one == now.deal) for one in step.deals]
    elif agenda_step is not None and len(agenda_step.parts) > 1:
        on = now.part if now else 1
        names = [
            (part.title.text(view.language), number == on)
            for number, part in enumerate(agenda_step.parts, start=1)
            if part.title
        ]
    lines = []
    for name, is_on in names:
        short = text.cut(name, max(0, view.width - 6))
        lines.append(
            ends(
                (Cell("    "), Cell(short, "bold" if is_on else "$muted")),
                (Cell("▶" if is_on else " "),),
                view.width,
            )
        )
    return lines


def _foot(view: View) -> list[Content]:
    expected, planned = shares(view)
    plan = tr("Plan")
    lines = [
        text.mark(""),
        ends((Cell(tr("Reflecting")),), (Cell(formats.percent(expected), "bold"),), view.width),
        ends((Cell(f"  {plan}", "$muted"),), (Cell(formats.percent(planned), "$muted"),), view.width),
    ]
    if missing := missing_functions(view.meeting, view.settings.expected_functions):
        lines += [text.line(part, "$warn") for part in text.wrap(_missing(missing), view.width, lines=3)]
    return lines


def _missing(functions: tuple[str, ...]) -> str:
    return tr("Missing: {functions}", functions=function_names(functions))


def shares(view: View) -> tuple[int, int]:
    """Per cent of reflecting: what the meeting will come to, and what was planned."""
    expected = timebox.share_expected(view.meeting.minutes, view.now)
    planned = timebox.share_planned(view.meeting.minutes)
    return timebox.per_cent(expected.reflect, expected.total), timebox.per_cent(
        planned.reflect, planned.total
    )


def place(view: View) -> tuple[int, int]:
    """Which step has the floor, and of how many; a pre-read is not counted."""
    counted = [step.id for step in view.meeting.minutes.step if step.planned_s != 0]
    on_floor = view.meeting.step.id
    return (counted.index(on_floor) + 1 if on_floor in counted else 0), len(counted)


def folded_rail(view: View) -> Content:
    """One line for narrow screens: `4/8 · Reflecting 55 % (Plan 56 %) · Missing: Service`, as much as fits."""
    number, of = place(view)
    expected, planned = shares(view)
    reflecting, plan = tr("Reflecting"), tr("Plan")
    share = f"{reflecting} {formats.percent(expected)}"
    cells = [Cell(f"{number}/{of}", "bold $accent")]
    missing = missing_functions(view.meeting, view.settings.expected_functions)
    for words, style in (
        (share, ""),
        (f"({plan} {formats.percent(planned)})", "$muted"),
        (_missing(missing) if missing else "", "$warn"),
    ):
        lead = " " if words.startswith("(") else " · "
        if (
            words
            and sum(text.cells(cell.words) for cell in cells) + len(lead) + text.cells(words) <= view.width
        ):
            cells += [Cell(lead, "$muted"), Cell(words, style)]
    return row(cells, view.width)
