"""The editor's page as lines: the steps with their times, the keys of one of them, and what is wrong.

Pure: an outline, rows and checks in, drawings out; only the rows that fit are drawn, so that a long agenda costs what
a short one does. Must not know keys or change anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from textual.content import Content

from retrotui.domain.agenda import CountsAs, StepKind
from retrotui.domain.agenda_keys import FLAGS, step_key
from retrotui.domain.agenda_outline import Outline, OutlineRow
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.step_words import KINDS

if TYPE_CHECKING:
    from retrotui.domain.agenda_changes import Raw
    from retrotui.store.agenda_editing import Check
    from retrotui.tui.agenda_form import FormRow

TITLE_CELLS = 19
LABEL_CELLS = 18
SIGNS = {"error": ("✗", "bold $warn"), "warning": ("!", "bold $warn"), "kept": ("·", "$muted")}


def headline(title: str, file: str, state: Message, language: str, width: int) -> Content:
    """`Wochen-Telefonat · weekly-call.toml            Deutsch · nicht gespeichert`"""
    right = f"{language} · {tr(state)} "
    room = max(8, width - text.cells(right) - 2)
    name = text.cut(title, room)
    rest = text.cut(f" · {file}", max(0, room - text.cells(name)))
    gap = max(1, width - 1 - text.cells(name) - text.cells(rest) - text.cells(right))
    return text.join(
        text.mark(" "), text.line(name, "bold $accent"), text.line(rest, "$muted"),
        text.mark(" " * gap), text.line(right),
    )  # fmt: skip


def step_lines(
    found: Outline,
    raw_steps: Sequence[Raw],
    checks: Sequence[Check],
    at: int,
    width: int,
    height: int,
    *,
    here: bool,
) -> list[Content]:
    """The meeting, its steps, and what they come to; `here`: the cursor is in this list."""
    worst = {check.step: check.severity for check in reversed(checks) if check.severity != "kept"}
    rows = height - 1
    first = max(0, min(at + 1 - rows // 2, len(found.rows) + 1 - rows))
    lines: list[Content] = []
    for place in range(first, min(first + rows, len(found.rows) + 1)):
        marked = place - 1 == at
        if place == 0:
            content = _meeting_row(found, worst.get(None, ""), width, marked)
        else:
            row = found.rows[place - 1]
            content = _step_row(row, raw_steps[row.at], worst.get(row.at, ""), width, marked)
        lines.append(content.stylize("on $lit") if marked and here else content)
    return [*lines, text.line(f"  {_total(found, width - 2)}", "bold $accent", width=width)]


def _head(marked: bool, severity: str) -> Content:
    sign, style = SIGNS.get(severity, (" ", ""))
    return text.join(text.mark("▸" if marked else " ", "bold $accent"), text.mark(sign, style))


def _meeting_row(found: Outline, severity: str, width: int, marked: bool) -> Content:
    length = _minutes(found.length) if found.length is not None else "–"
    words = f" {'':>5} {length:>6}  {tr(msg('The meeting'))}: {found.title}"
    return text.join(_head(marked, severity), text.line(text.pad(words, width - 2), "bold" if marked else ""))


def _step_row(row: OutlineRow, step: Raw, severity: str, width: int, marked: bool) -> Content:
    start = "" if row.start is None else f"{int(row.start) // 60}:{int(row.start) % 60:02}"
    words = f" {start:>5} {_box(row):>6}  "
    title = text.pad(row.title or row.id, TITLE_CELLS)
    kind = tr(KINDS[StepKind(row.kind)]) if row.kind in set(StepKind) else row.kind
    flags = [tr(step_key(name).words) for name in FLAGS if step.get(name) is True]
    tail = text.pad(" · ".join([kind, *flags]), width - 4 - text.cells(words) - TITLE_CELLS)
    return text.join(
        _head(marked, severity),
        text.line(words),
        text.line(title, "bold" if marked else ""),
        text.mark("  "),
        text.line(tail, "$muted"),
    )


def _minutes(minutes: float) -> str:
    return formats.number(Decimal(f"{minutes:.1f}"))


def _box(row: OutlineRow) -> str:
    match row.box:
        case "before":
            return tr(msg("pre-read"))
        case "open":
            return tr(msg("open"))
        case "share" if row.share is not None:
            return tr(msg("{percent}%", percent=f"{row.share:g}"))
        case "each" if row.minutes is not None:
            return tr(msg("{minutes} each", minutes=_minutes(row.minutes)))
    return _minutes(row.minutes) if row.minutes is not None else "?"


def _total(found: Outline, width: int) -> str:
    """`90 von 90 min · Reflektieren 56 %`, and in words what is free or too much; shares only where there is room."""
    if found.length is None:
        parts = [tr(msg("{minutes} min, no length given", minutes=_minutes(found.total)))]
    else:
        parts = [
            tr(msg("{minutes} of {length} min", minutes=_minutes(found.total), length=_minutes(found.length)))
        ]
        free = found.free or 0.0
        if free < -1e-6:
            parts.append(tr(msg("{n} min too many", n=_minutes(-free))))
        elif free > 1e-6:
            parts.append(tr(msg("{n} min free", n=_minutes(free))))
    for counts, words in ((CountsAs.REFLECT, msg("Reflecting")), (CountsAs.REPORT, msg("Reporting"))):
        share = f"{tr(words)} {formats.percent(round(found.shares.get(counts, 0.0) * 100))}"
        if found.shares.get(counts) and text.cells(" · ".join([*parts, share])) <= width:
            parts.append(share)
    return " · ".join(parts)


# -- the keys ----------------------------------------------------------------------------------------------


def key_lines(rows: Sequence[FormRow], at: int, width: int, height: int, *, here: bool) -> list[Content]:
    """The keys of the marked step: name and value; the last line explains the one under the cursor."""
    if not rows:
        return []
    foot = _row_foot(rows[min(at, len(rows) - 1)], width) if here else []
    room = max(1, height - len(foot))
    first = max(0, min(at - room // 2, len(rows) - room)) if here else 0
    lines = [
        _key_row(row, first + n == at and here, width) for n, row in enumerate(rows[first : first + room])
    ]
    if here:
        lines += [text.mark("")] * (room - len(lines)) + foot
    return lines


def _row_foot(row: FormRow, width: int) -> list[Content]:
    """Under the keys: the value under the cursor where its row cut it, and what the key means."""
    explained = tr(row.key.explained) if row.key else tr(msg("a key that retrotui does not know; it is kept"))
    cut = text.cells(row.value) > width - LABEL_CELLS - 5
    whole = text.wrap(row.value, max(10, width - 2), lines=3) if cut else []
    return [
        text.mark("─" * width, "$rule"),
        *(text.join(text.mark(" "), text.plain(part)) for part in whole),
        text.line(f" {explained}", "$muted", width=width),
    ]


def _key_row(row: FormRow, marked: bool, width: int) -> Content:
    digit = str(row.digit) if row.digit else " "
    label = text.pad(row.label, LABEL_CELLS)
    style = "bold" if marked else "" if row.written else "$muted"
    content = text.join(
        text.mark("▸ " if marked else "  ", "bold $accent"),
        text.line(f"{digit} ", "bold $accent"),
        text.line(label, "bold" if marked else "$muted"),
        text.mark(" "),
        text.line(text.pad(row.value, max(4, width - LABEL_CELLS - 5)), style),
    )
    return content.stylize("on $lit") if marked else content


def summary_lines(rows: Sequence[FormRow], width: int, height: int) -> list[Content]:
    """A step in few lines, where there is no room for its keys beside the list: its questions, and what differs."""
    prompts = [row for row in rows if row.is_prompt and row.written]
    lines: list[Content] = []
    for number, row in enumerate(prompts, start=1):
        for place, part in enumerate(text.wrap(row.value, min(width - 5, text.MEASURE))):
            lines.append(text.join(text.mark(f" {number} " if not place else "   "), text.plain(part)))
    if not prompts:
        told = [row for row in rows if row.written and not row.is_prompt]
        lines = [text.line(f"   {row.label}: {row.value}", "$muted", width=width) for row in told]
    return lines[:height]


# -- what is wrong -----------------------------------------------------------------------------------------


def check_lines(checks: Sequence[Check], at: int, width: int, height: int) -> list[Content]:
    """In words: what is wrong with the marked step first, then the rest, as much as fits."""
    told = [check for check in checks if check.severity != "kept"]
    if not told:
        return [text.sentence(f" ✓ {tr(msg('Nothing is wrong.'))}", "$muted")]
    ordered = sorted(
        told, key=lambda check: (check.step != (at if at >= 0 else None), check.severity != "error")
    )
    lines: list[Content] = []
    for number, check in enumerate(ordered):
        sign, style = SIGNS[check.severity]
        where = _where(check)
        said = " ".join(part for part in (tr(check.what), tr(check.hint) if check.hint else "") if part)
        rest = len(ordered) - number
        wrapped = text.wrap(f"{where}{said}", max(20, width - 4), lines=2)
        if len(lines) + len(wrapped) > height - (1 if rest > 1 else 0) and lines:
            more = plural("and {n} more: n goes there", "and {n} more: n goes there", rest)
            lines.append(text.sentence(f"   {tr(more)}", "$muted"))
            break
        for place, part in enumerate(wrapped):
            lines.append(text.join(text.mark(f" {sign if not place else ' '} ", style), text.plain(part)))
    return lines[:height]


def _where(check: Check) -> str:
    line = tr(msg("line {line}", line=check.line))
    return f"{check.step + 1} ({line}): " if check.step is not None else f"{line}: "
