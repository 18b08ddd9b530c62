"""The sheet that panels are drawn on: aligned columns, labelled lines, two halves side by side.

Owns measuring, cutting and aligning in terminal cells, so that no drawing is ever wider or higher than its place.
Must not know a meeting nor its words; all text passes through `tui.text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

from textual.content import Content

from retrotui.errors import plural
from retrotui.locale import tr
from retrotui.tui import text

GAP = 2
"""Cells between two columns."""
NARROWEST = 8
"""Cells below which a column that gives way says nothing any more."""


class Cell(NamedTuple):
    """One piece of a line: words, and the style in which they stand."""

    words: str
    style: str = ""


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Column:
    """How a column stands. `gives` is true where it is cut, down to `least` cells; `leaves` 1, 2 … is the order in
    which columns are left out where there is no room (0: never)."""

    side: Literal["left", "right"] = "left"
    gives: bool = False
    leaves: int = 0
    least: int = NARROWEST


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing in lines. `around` is the line that must be seen where not all of them fit."""

    lines: tuple[Content, ...] = ()
    around: int = 0


def blank() -> Content:
    return text.mark("")


def said(words: str, style: str = "", *, width: int) -> list[Content]:
    """A sentence of ours, wrapped."""
    return [text.line(part, style) for part in text.wrap(words, min(width, text.MEASURE))]


def row(cells: Iterable[Cell], width: int) -> Content:
    """Pieces after one another; what is too much is cut from the right."""
    return _row(tuple(cells), width)


# Most lines look as they did a second ago: measuring and styling them again was half of what a tick of the clock cost.
@lru_cache(maxsize=512)
def _row(cells: tuple[Cell, ...], width: int) -> Content:
    parts: list[Content] = []
    left = width
    for cell in cells:
        if left <= 0:
            break
        short = text.cut(cell.words, left)
        parts.append(text.line(short, cell.style))
        left -= text.cells(short)
    return text.join(*parts)


def flow(cells: Iterable[Cell], width: int, between: str = " · ") -> list[Content]:
    """Pieces with a dot between them, on as many lines as they need; empty ones are left out."""
    lines: list[list[Cell]] = []
    used = 0
    for cell in cells:
        wide = text.cells(cell.words)
        if not wide:
            continue
        if lines and used + text.cells(between) + wide <= width:
            lines[-1] += [Cell(between, "$muted"), cell]
            used += text.cells(between) + wide
        else:
            lines.append([cell])
            used = wide
    return [row(line, width) for line in lines]


def ends(left: Sequence[Cell], right: Sequence[Cell], width: int, gap: int = GAP) -> Content:
    """One line with something at each end; the right end is kept whole as long as there is room."""
    return _ends(tuple(left), tuple(right), width, gap)


@lru_cache(maxsize=512)
def _ends(left: tuple[Cell, ...], right: tuple[Cell, ...], width: int, gap: int) -> Content:
    wide = sum(text.cells(cell.words) for cell in right)
    room = max(0, width - wide - (gap if right else 0))
    begun = row(left, room)
    space = max(0, width - wide - begun.cell_length)
    return text.join(begun, text.mark(" " * space), row(right, width - begun.cell_length - space))


def table(
    rows: Sequence[Sequence[Cell]], columns: Sequence[Column], width: int, gap: int = GAP
) -> list[Content]:
    """Rows in aligned columns, as wide as they need and never wider than `width`.

    Empty columns take no room. Where there is too little, columns that give way are cut, then those that may leave do.
    """
    natural = [
        min(width, max((text.cells(line[at].words) for line in rows if at < len(line)), default=0))
        for at in range(len(columns))
    ]
    shown = [at for at, wide in enumerate(natural) if wide]
    for at in sorted((at for at in shown if columns[at].leaves), key=lambda at: columns[at].leaves):
        if _least(shown, natural, columns, gap) <= width:
            break
        shown.remove(at)
    widths = _shared(shown, natural, columns, width - gap * (len(shown) - 1))
    return [_aligned(line, shown, widths, columns, width, gap) for line in rows]


def _least(shown: Sequence[int], natural: Sequence[int], columns: Sequence[Column], gap: int) -> int:
    wide = sum(min(natural[at], columns[at].least) if columns[at].gives else natural[at] for at in shown)
    return wide + gap * max(0, len(shown) - 1)


def _shared(
    shown: Sequence[int], natural: Sequence[int], columns: Sequence[Column], room: int
) -> dict[int, int]:
    """The width of each column: all that it needs, or its part of what is left."""
    widths = {at: natural[at] for at in shown}
    over = sum(widths.values()) - room
    giving = [at for at in shown if columns[at].gives]
    # cell by cell from the widest, so that none is cut short while another has plenty
    while over > 0 and (able := [at for at in giving if widths[at] > columns[at].least]):
        widest = max(able, key=lambda at: widths[at])
        widths[widest] -= 1
        over -= 1
    return widths


def _aligned(
    line: Sequence[Cell],
    shown: Sequence[int],
    widths: dict[int, int],
    columns: Sequence[Column],
    width: int,
    gap: int,
) -> Content:
    cells: list[Cell] = []
    last = max((at for at in shown if at < len(line) and line[at].words), default=-1)
    for at in shown:
        if at > last:
            break
        cell = line[at] if at < len(line) else EMPTY
        if cells:
            cells.append(Cell(" " * gap))
        wide = widths[at]
        if at == last and columns[at].side == "left":
            cells.append(Cell(text.cut(cell.words, wide), cell.style))
        else:
            cells.append(Cell(text.pad(cell.words, wide, columns[at].side), cell.style))
    return row(cells, width)


def labelled(pairs: Iterable[tuple[str, str, str]], width: int, *, lines: int = 2) -> list[Content]:
    """`Label  value` below one another: labels muted and aligned, values wrapped to at most `lines` lines.

    Each pair is label, value and the value's style; one without a value is left out.
    """
    told = [(label, value, style) for label, value, style in pairs if value]
    if not told:
        return []
    first = min(max(text.cells(label) for label, _, _ in told), max(NARROWEST, width // 2))
    room = min(width - first - GAP, text.MEASURE)
    found: list[Content] = []
    if room < NARROWEST:
        return [
            row((Cell(label, "$muted"), Cell(" "), Cell(value, style)), width) for label, value, style in told
        ]
    for label, value, style in told:
        for number, part in enumerate(text.wrap(value, room, lines=lines)):
            head = text.pad(label if number == 0 else "", first)
            found.append(row((Cell(head, "$muted"), Cell(" " * GAP), Cell(part, style)), width))
    return found


def indented(lines: Iterable[Content], by: int) -> list[Content]:
    """The same lines further to the right: give them a width that is smaller by as much."""
    return [text.join(text.mark(" " * by), line) for line in lines]


def beside(left: Sequence[Content], right: Sequence[Content], at: int) -> list[Content]:
    """Two drawings side by side; the right one begins in column `at` (the left one must be narrower)."""
    both: list[Content] = []
    for one, other in zip_longest(left, right):
        head = one if one is not None else blank()
        if other is None or not other.plain:
            both.append(head)
        else:
            both.append(text.join(head, text.mark(" " * max(0, at - head.cell_length)), other))
    return both


def fit(sheet: Sheet, height: int, width: int = text.MEASURE) -> list[Content]:
    """At most `height` lines, around the one that must be seen; where some are missing, it says how many."""
    # an indent may be wider than the smallest places
    lines = [
        line if line.cell_length <= width else line.truncate(width, ellipsis=True) for line in sheet.lines
    ]
    if height <= 0:
        return []
    if len(lines) <= height:
        return lines
    if height < 3:
        begin = min(max(0, sheet.around), len(lines) - height)
        return lines[begin : begin + height]
    begin = min(max(0, sheet.around - height // 3), len(lines) - height)
    shown = lines[begin : begin + height]
    if begin > 0:
        shown[0] = _more(begin + 1, width)
    if begin + height < len(lines):
        shown[-1] = _more(len(lines) - begin - height + 1, width)
    return shown


def _more(n: int, width: int) -> Content:
    return text.line(tr(plural("… {n} more line", "… {n} more lines", n)), "$muted", width=width)


def bar(part: float, width: int) -> str:
    """A bar of at most `width` cells for a part from 0 to 1; never empty for more than nothing."""
    if part <= 0 or width <= 0:
        return ""
    return "■" * max(1, min(width, round(part * width)))
