"""The list of what was said: entries drawn as lines, not as widgets.

Owns how a row looks and which rows are in view. Must not know a kind of entry: it is given `EntryRow`s. Repainting
costs what is visible, whatever the meeting's length; a key typed into the capture line does not touch it.

A row is one line, cut with …; the newest and the one under the cursor show up to three (meeting.md, "Two views").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from retrotui.tui import text
from retrotui.tui.themes import ROLES

MOST_LINES = 3
"""Lines of the newest row, and of the one under the cursor."""
GUTTER = 2
SIGN = 2
GAP = 2
WIDEST_COLUMN = (18, 3, 18)
"""Cells of what stands before the weight's dots, of the dots, and of what stands after them."""
TAGS_SHARE = 0.45
"""The tags take no more of the line than this: they are the small print."""
FREE = -1
"""The part of a row that is the free line above it."""
QUOTES = "„“\"»«'"
"""A sign that belongs to the words: it stands close to them."""
CURSOR, MARKED, GROUPED = "▸", "•", "└"
DOT = "●"
VOTE = "◆"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as it is shown. `role` and the tags' roles are those of the themes (`helped`, `muted` …)."""

    key: str
    sign: str
    text: str
    tags: tuple[tuple[str, str], ...] = ()
    """Words at the right, with their roles; one of dots alone (a weight) has a column of its own."""
    role: str = "ink"
    marked: bool = False
    """Something about it is open (a factor that is not sorted yet)."""
    votes: int = 0
    grouped: bool = False
    """Put together with the row before it."""


def sign_width(row: EntryRow) -> int:
    """Cells of the sign: a quotation mark is the first letter of what was said, and stands in the signs' column."""
    return 1 if row.sign in QUOTES else SIGN


Tag = tuple[str, str]
Columns = tuple[Sequence[Tag], Tag | None, Sequence[Tag]]


def columns(row: EntryRow) -> Columns:
    """The tags before the dots, the dots, and the tags after them; without dots the first tag goes before them."""
    tags = row.tags
    votes = [(f"{VOTE} {row.votes}", "accent")] if row.votes > 0 else []
    for place, (words, _) in enumerate(tags):
        if words and not words.strip(DOT):
            return tags[:place], tags[place], [*votes, *tags[place + 1 :]]
    return tags[:1], None, [*votes, *tags[1:]]


def _spelled(tags: Sequence[Tag]) -> str:
    return "  ".join(words for words, _ in tags)


def column_widths(rows: Sequence[EntryRow], width: int) -> tuple[int, int, int]:
    """Cells of the three columns, so that they stand below one another; dropped from the right where it is narrow."""
    widest = [0, 0, 0]
    for row in rows:
        before, dots, after = columns(row)
        for column, words in enumerate((_spelled(before), dots[0] if dots else "", _spelled(after))):
            if words:
                widest[column] = max(widest[column], text.cells(words))
    room = int(width * TAGS_SHARE)
    kept: list[int] = []
    for wanted, most in zip(widest, WIDEST_COLUMN, strict=True):
        cells = min(wanted, most, max(room - 1, 0))
        kept.append(cells if cells >= min(wanted, 3) else 0)
        room -= kept[-1] + (1 if kept[-1] else 0)
    return kept[0], kept[1], kept[2]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on a line of so many cells."""

    width: int
    tags: tuple[int, int, int]

    @property
    def tags_width(self) -> int:
        """All three columns and the spaces between them."""
        used = [cells for cells in self.tags if cells]
        return sum(used) + (len(used) - 1) * self.tags_gap if used else 0

    @property
    def tags_gap(self) -> int:
        """Spaces between two columns: dots tell them apart, words need more."""
        return 1 if self.tags[1] else 2

    def words_width(self, row: EntryRow) -> int:
        """Cells for the row's words: a line of prose at most, and not into the tags where it has any."""
        taken = GUTTER + sign_width(row) + (2 if row.grouped else 0) + 1
        if row.tags or row.votes:
            taken += GAP + self.tags_width
        return max(min(text.MEASURE, self.width - taken), 1)

    @property
    def tags_at(self) -> int:
        """The column at which the tags begin: at the right edge, or where a line of prose ends."""
        right = self.width - self.tags_width - 1
        return max(min(GUTTER + SIGN + text.MEASURE + GAP, right), 0)


class EntryList(Widget):
    """The entries of a step, oldest first. The newest is in view unless the cursor is elsewhere."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"entries--cursor", *(f"entries--{role}" for role in ROLES)}
    DEFAULT_CSS = (
        "EntryList { height: 1fr; color: $ink; }\n"
        "EntryList > .entries--cursor { background: $lit; text-style: bold; }\n"
        + "\n".join(f"EntryList > .entries--{role} {{ color: ${role}; }}" for role in ROLES)
        + "\nEntryList > .entries--quote { text-style: italic; }"
    )

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: tuple[EntryRow, ...] = ()
        self._cursor = ""
        self._airy = False
        self._lines: list[tuple[int, int]] = []
        self._parts: dict[int, list[str]] = {}
        self._top = 0
        self._layout = Layout(0, (0, 0, 0))
        self._strips: dict[int, Strip] = {}

    def show(self, rows: tuple[EntryRow, ...], cursor: str = "", *, airy: bool = False) -> None:
        """The rows, oldest first, and the key of the row under the cursor ("" for none). `airy`: with a free line
        between them, where there is room."""
        if (rows, cursor, airy) == (self._rows, self._cursor, self._airy):
            return
        follow = cursor != self._cursor or rows != self._rows
        self._rows, self._cursor, self._airy = rows, cursor, airy
        self._arrange(follow=follow)

    def scroll_lines(self, by: int) -> None:
        """Shows older (negative) or newer lines."""
        self._go_to(self._top + by)

    # -- where the lines are -----------------------------------------------------------------------------------

    def _arrange(self, *, follow: bool) -> None:
        width = self.content_size.width
        self._layout = Layout(width, column_widths(self._rows, width))
        self._lines, self._parts = [], {}
        last = len(self._rows) - 1
        for at, row in enumerate(self._rows):
            count = 1
            if width > 0 and (at == last or row.key == self._cursor):
                self._parts[at] = text.wrap(
                    text.bare(row.text), self._layout.words_width(row), lines=MOST_LINES
                )
                count = len(self._parts[at])
            self._lines.extend((at, part) for part in range(count))
        if self._airy and len(self._lines) + last <= self.content_size.height:
            self._lines = [
                each
                for at, part in self._lines
                for each in (((at, FREE), (at, part)) if at and part == 0 else ((at, part),))
            ]
        self._strips.clear()
        if follow:
            self._follow()
        self._top = self._within(self._top)
        self.refresh()

    def _within(self, top: int) -> int:
        return max(0, min(top, len(self._lines) - self.content_size.height))

    def _follow(self) -> None:
        """Brings the row under the cursor into view, or the newest."""
        height = self.content_size.height
        under = [line for line, (at, _) in enumerate(self._lines) if self._rows[at].key == self._cursor]
        if not self._cursor or not under:
            self._top = self._within(len(self._lines))
        elif under[0] < self._top:
            self._top = under[0]
        elif under[-1] >= self._top + height:
            self._top = under[-1] - height + 1

    def _go_to(self, top: int) -> None:
        top = self._within(top)
        if top != self._top:
            self._top = top
            self.refresh()

    def on_resize(self) -> None:
        self._arrange(follow=True)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_lines(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_lines(1)

    def notify_style_update(self) -> None:
        """Another theme: everything is drawn anew."""
        self._strips.clear()
        super().notify_style_update()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines)

    # -- how a line looks ----------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = self._top + y
        width = self.content_size.width
        if not 0 <= line < len(self._lines) or self._lines[line][1] == FREE:
            return Strip.blank(width, self.rich_style)
        strip = self._strips.get(line)
        if strip is None:
            strip = self._strips[line] = self._draw(*self._lines[line])
        return self._with_more(strip, y)

    def _with_more(self, strip: Strip, y: int) -> Strip:
        """An arrow in the last column, where there are older lines above or newer ones below."""
        height, width = self.content_size.height, self.content_size.width
        arrow = ""
        if y == 0 and self._top > 0:
            arrow = "↑"
        elif y == height - 1 and self._top + height < len(self._lines):
            arrow = "↓"
        if not arrow or width < 2:
            return strip
        return Strip.join([strip.crop(0, width - 1), Strip([text.segment(arrow, self._style("muted"))], 1)])

    def _style(self, role: str) -> Style:
        return self.get_component_rich_style(f"entries--{role if role in ROLES else 'ink'}")

    def _draw(self, at: int, part: int) -> Strip:
        row = self._rows[at]
        here = row.key == self._cursor and bool(self._cursor)
        words_width = self._layout.words_width(row)
        parts = self._parts.get(at)
        words = parts[part] if parts else text.cut(row.text, words_width)
        line = [*self._head(row, part, here=here), text.segment(words, self._words_style(row))]
        if part == 0:
            filled = sum(segment.cell_length for segment in line)
            line += [Segment(" " * max(self._layout.tags_at - filled, 0)), *self._tags(row)]
        strip = (
            Strip(segment for segment in line if segment.text)
            .adjust_cell_length(self._layout.width)
            .apply_style(self.rich_style)
        )
        if not here:
            return strip
        lit = self.get_component_rich_style("entries--cursor")
        over = Style(bgcolor=lit.bgcolor, bold=lit.bold)
        return Strip(text.segment(words, (style or Style()) + over) for words, style, _ in strip)

    def _words_style(self, row: EntryRow) -> Style:
        return self._style(row.role if row.role in ("quote", "muted") else "ink")

    def _head(self, row: EntryRow, part: int, *, here: bool) -> list[Segment]:
        """What stands before the words: the cursor or a mark, the bracket of a group, the sign."""
        group = " " * 2 if row.grouped else ""
        if part > 0:
            return [Segment(" " * (GUTTER + sign_width(row)) + group)]
        first = CURSOR if here else MARKED if row.marked else " "
        bracket = f"{GROUPED} " if row.grouped else ""
        style = self._style(row.role)
        sign = text.pad(row.sign, sign_width(row))
        return [
            text.segment(text.pad(first, GUTTER), self._style("accent" if here else "warn")),
            text.segment(bracket, self._style("muted")),
            text.segment(sign, style if row.sign in QUOTES else style + Style(bold=True)),
        ]

    def _tags(self, row: EntryRow) -> list[Segment]:
        before, dots, after = columns(row)
        line: list[Segment] = []
        cells = self._layout.tags
        for column, (tags, width) in enumerate(
            zip((before, [dots] if dots else [], after), cells, strict=True)
        ):
            if not width:
                continue
            if line:
                line.append(Segment(" " * self._layout.tags_gap))
            line += self._column(tags, width, "right" if column == 0 else "left")
        return line

    def _column(self, tags: Sequence[Tag], width: int, side: Literal["left", "right"]) -> list[Segment]:
        """Tags with two spaces between them, cut or filled up to the column."""
        line: list[Segment] = []
        left = width
        for words, role in tags:
            space = 2 if line else 0
            if left - space <= 0:
                break
            shown = text.cut(words, left - space)
            line += [Segment(" " * space), text.segment(shown, self._style(role))]
            left -= space + text.cells(shown)
        fill = Segment(" " * left)
        return [fill, *line] if side == "right" else [*line, fill]
