"""The clock on the wall: digits that scale with the room they get, and the bar of the step.

Owns how time looks. Must not know what time it is: it is told what to show and in which phase, and repaints only
the cells that changed (promises.md: 0.6 of the bytes of a bare clock).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from rich.style import Style
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text

SOON = 0.8
"""The part of a step's time from which on it is running out."""
PHASES = ("normal", "soon", "over", "paused")
"""`soon` from 80 % of the time on, `over` from 100 % (meeting.md, "The clock")."""

# Glyphs
#
# A cell is twice as high as it is wide, so half a cell is a square: glyphs are rectangles on a grid of squares,
# `width` by `height`, in strokes `stroke` thick, and stay crisp at any size.

Rectangle = tuple[int, int, int, int]
"""Left, top, width, height, in squares."""

SHORTEST_ROWS = 3
"""Rows of the smallest digits; where there is less room the text is shown as it is."""

_SEGMENTS = {
    "0": "abcdef",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgecd",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}
"""Strokes as on a pocket calculator: a on top, then clockwise to f, g in the middle."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a digit, in squares."""

    width: int
    height: int
    stroke: int

    def width_of(self, glyph: str) -> int:
        return self.stroke if glyph in ": " else self.width

    def width_of_all(self, glyphs: str) -> int:
        gaps = self.stroke * max(len(glyphs) - 1, 0)
        return sum(self.width_of(glyph) for glyph in glyphs) + gaps


def _rectangles(glyph: str, size: Measure) -> list[Rectangle]:
    w, h, t = size.width, size.height, size.stroke
    middle = (h - t + 1) // 2
    if glyph in _SEGMENTS:
        strokes: dict[str, Rectangle] = {
            "a": (0, 0, w, t),
            "b": (w - t, 0, t, middle + t),
            "c": (w - t, middle, t, h - middle),
            "d": (0, h - t, w, t),
            "e": (0, middle, t, h - middle),
            "f": (0, 0, t, middle + t),
            "g": (0, middle, w, t),
        }
        return [strokes[name] for name in _SEGMENTS[glyph]]
    stem = (w - t) // 2
    if glyph == "1":
        return [(stem, 0, t, h), (stem - min(stem, t), 0, t + min(stem, t), t), (0, h - t, w, t)]
    if glyph == ":":
        return [(0, h // 3, t, t), (0, h - h // 3, t, t)]
    if glyph == "-":
        return [(0, middle, w, t)]
    if glyph == "+":
        arm = (w - t) // 2
        return [(0, middle, w, t), (stem, middle - arm, t, 2 * arm + t)]
    return []


@lru_cache(maxsize=256)
def glyph_rows(glyph: str, size: Measure) -> tuple[str, ...]:
    """One glyph in rows of cells: half blocks, padded to its width."""
    width = size.width_of(glyph)
    squares = [[False] * width for _ in range(size.height + size.height % 2)]
    for left, top, wide, high in _rectangles(glyph, size):
        for y in range(top, min(top + high, size.height)):
            squares[y][left : left + wide] = [True] * wide
    blocks = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
    return tuple(
        "".join(blocks[upper, lower] for upper, lower in zip(*pair, strict=True))
        for pair in zip(squares[::2], squares[1::2], strict=True)
    )


@lru_cache(maxsize=64)
def measure(glyphs: str, height_cells: int, width_cells: int) -> Measure | None:
    """The largest digits that fit in so many cells, or None where even the smallest do not.

    Narrower digits are preferred to lower ones: height is what carries to the back row.
    """
    for rows in range(height_cells, SHORTEST_ROWS - 1, -1):
        height = 2 * rows
        stroke = max(1, round(height / 8))
        widest, narrowest = max(3, round(height * 0.58)), max(3, round(height * 0.4))
        for width in range(widest, narrowest - 1, -1):
            size = Measure(width, height, stroke)
            if size.width_of_all(glyphs) <= width_cells:
                return size
    return None


def digits(shown: str, height_cells: int, width_cells: int) -> list[str]:
    """A time in half-block digits, as large as the room allows: rows of equal width.

    Args:
        shown: Glyphs 0-9 : + - and space (a typographic minus is a minus); others leave a gap.
        height_cells: Rows that may be filled.
        width_cells: Columns that may be filled.

    Returns:
        At most `height_cells` rows of at most `width_cells` cells. Where not even three rows fit, the text itself.
    """
    glyphs = _known(shown)
    size = measure(glyphs, height_cells, width_cells)
    if size is None:
        return [text.cut(shown, width_cells)] if height_cells > 0 else []
    return list(_rows_of(glyphs, size))


def _rows_of(glyphs: str, size: Measure) -> tuple[str, ...]:
    """Glyphs side by side, in rows of cells."""
    gap = " " * size.stroke
    return tuple(gap.join(row) for row in zip(*(glyph_rows(glyph, size) for glyph in glyphs), strict=True))


def _known(shown: str) -> str:
    return "".join(glyph if glyph in "0123456789:+-" else " " for glyph in shown.replace("−", "-"))


# Widgets

_PHASE_COLOURS = """
        color: $ink;
        &.-soon { color: $warn; }
        &.-over { color: $over; }
        &.-paused { color: $muted; }
"""


def _dress(widget: Widget, phase: str) -> None:
    """Gives the widget the class of the phase; the usual one has none, since each new class is a search for rules."""
    for known in PHASES[1:]:
        widget.set_class(known == phase, f"-{known}")


class Glyphs(Widget):
    """Glyphs of the clock that change together: a widget, since a line is repainted from its widget's left edge on."""

    DEFAULT_CSS = f"Glyphs {{ width: auto; height: auto; {_PHASE_COLOURS} }}"

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[str, ...] = ()
        self._drawn: object = None
        self._ink: Style | None = None
        """What the rows are drawn in, found once for all of them."""

    @property
    def measures(self) -> Size:
        """Columns and rows of what is shown."""
        return Size(len(self._rows[0]) if self._rows else 0, len(self._rows))

    def draw(self, rows: tuple[str, ...], phase: str, gap: int) -> None:
        """Shows these rows, with so many columns free at their right; repaints the rows that are new."""
        if (rows, phase, gap) == self._drawn:
            return
        self._drawn = (rows, phase, gap)
        self._ink = None
        before, measured = self._rows, self.measures
        self._rows = rows
        _dress(self, phase)
        if (margin := (0, gap, 0, 0)) != tuple(self.styles.margin):
            self.styles.margin = margin
        if measured != self.measures:
            self.refresh(layout=True)
            return
        changed = [Region(0, y, len(row), 1) for y, row in enumerate(rows) if row != before[y]]
        if changed:
            self.refresh(*changed)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return self.measures.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return self.measures.height

    def render_line(self, y: int) -> Strip:
        row = self._rows[y] if y < len(self._rows) else ""
        if self._ink is None:
            self._ink = self.rich_style
        return Strip([text.segment(row, self._ink)]).adjust_cell_length(self.size.width, self._ink)

    def notify_style_update(self) -> None:
        self._ink = None
        super().notify_style_update()


class ClockFace(Widget):
    """The step's time in digits as large as the widget: three rows on the desk, a third of the wall.

    Its height is that of its styles. With `width: auto` it is as wide as its digits, else it centres them.
    """

    DEFAULT_CSS = """
    ClockFace { layout: horizontal; width: auto; height: 3; align: center middle; }
    """
    BY_THEMSELVES: ClassVar[int] = 2
    """So many glyphs at the end, the seconds, are widgets of their own; those before them change once a minute."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._parts = [Glyphs() for _ in range(1 + self.BY_THEMSELVES)]
        self._shown = ""
        self._phase = PHASES[0]
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        yield from self._parts

    def show(self, shown: str, phase: str = "normal") -> None:
        """The time to show (0-9 : + -), and the phase it is in; nothing happens when both stand there already."""
        self._shown, self._phase = shown, phase
        self._draw()

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _room(self) -> tuple[int, int]:
        """Rows and columns that the digits may take."""
        if self.styles.is_auto_width:
            return max(self.content_size.height, SHORTEST_ROWS), max(self.app.size.width, 1)
        return self.content_size.height, self.content_size.width

    def _draw(self) -> None:
        if not self.is_mounted:
            return
        state = (self._shown, self._phase, self._room())
        if state == self._drawn:
            return
        self._drawn = state
        glyphs = _known(self._shown)
        size = measure(glyphs, *self._room())
        if size is None:
            drawn: list[tuple[str, ...]] = [(text.cut(self._shown, self._room()[1]),)] if self._shown else []
        else:
            cut = max(len(glyphs) - self.BY_THEMSELVES, 0)
            drawn = [_rows_of(part, size) for part in (glyphs[:cut], *glyphs[cut:]) if part]
        for place, widget in enumerate(self._parts):
            rows = drawn[place] if place < len(drawn) else ()
            if widget.display != bool(rows):
                widget.display = bool(rows)
            gap = size.stroke if size is not None and place < len(drawn) - 1 else 0
            widget.draw(rows, self._phase, gap)


class TimeBar(Widget):
    """How much of the step is used, as a bar with words beside it: `━━━━━━────  6 min übrig`.

    The bar's glyph changes with the phase, so that colour is not the only sign.
    """

    DEFAULT_CSS = f"""
    TimeBar {{ height: 1; {_PHASE_COLOURS} }}
    TimeBar > .timebar--rest {{ color: $rule; }}
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"timebar--rest"}
    GLYPHS: ClassVar[dict[str, tuple[str, str]]] = {
        "normal": ("━", "─"),
        "soon": ("╍", "─"),
        "over": ("═", "═"),
        "paused": ("┅", "┈"),
    }
    """Used and left, for each phase."""
    WORDS_CELLS = 14
    """Kept free for the words, so that the bar does not grow when they get shorter."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._part: float | None = None
        self._words = Content()
        self._phase = PHASES[0]
        self._drawn: object = None

    def show(self, part: float | None, words: Content | Message, phase: str | None = None) -> None:
        """What to show.

        Args:
            part: How much is used, 0 to 1 and beyond; None with an open end.
            words: What stands beside the bar.
            phase: One of `PHASES`; by itself what `part` says.
        """
        self._part = part
        self._words = words if isinstance(words, Content) else text.sentence(tr(words))
        before, self._phase = self._phase, phase if phase in PHASES else _phase_of(part)
        if self._phase != before:
            _dress(self, self._phase)
        self._repaint()

    def on_resize(self) -> None:
        self._repaint()

    def _cells(self) -> tuple[int, int]:
        """Columns of the bar, and how many of them are used."""
        kept = max(self.WORDS_CELLS, self._words.cell_length)
        bar = max(self.content_size.width - kept - 2, 0)
        return bar, 0 if self._part is None else used_cells(self._part, bar)

    def _repaint(self) -> None:
        state = (self._cells(), self._words, self._phase)
        if state != self._drawn:
            self._drawn = state
            self.refresh()

    def render(self) -> Content:
        """The bar and its words on one line."""
        bar, used = self._cells()
        glyphs = self.GLYPHS[self._phase]
        rest = self.get_visual_style("timebar--rest", partial=True)
        gap = max(self.content_size.width - bar - self._words.cell_length, 0)
        emphasis = "" if self._phase == "normal" else "bold"
        return text.join(
            text.mark(glyphs[0] * used),
            text.mark(glyphs[1] * (bar - used), rest if self._phase != "over" else ""),
            text.mark(" " * gap),
            self._words.stylize_before(emphasis) if emphasis else self._words,
        )


def used_cells(part: float, bar: int) -> int:
    """How many of a bar's cells are used: all only when the time is up, none only before it has begun."""
    if part >= 1 or bar == 0:
        return bar
    return max(min(max(round(part * bar), int(part > 0)), bar - 1), 0)


def _phase_of(part: float | None) -> str:
    if part is None or part < SOON:
        return "normal"
    return "soon" if part < 1 else "over"
