"""A page of things to read, of any length: a cursor, hits, and only what is seen is drawn.

Owns wrapping, the place on the page, the keys that move it and the marks of what was looked for. What stands on the
page, and what other keys do, is the screen's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content

from retrotui.store.index_text import Query, marks, read_query
from retrotui.tui import text
from retrotui.tui.reading_page import Thing
from retrotui.tui.widgets.drawn import Drawn

HIT = "bold underline $ink on $marker"
MOST_LINES = 400
"""Of one thing: an entry has at most twenty kilobytes."""


@dataclass(frozen=True, slots=True)
class _Line:
    thing: int
    content: Content


class ReadingPane(Drawn):
    """The page. `at` is the number of the thing under the cursor."""

    DEFAULT_CSS = "ReadingPane { height: 1fr; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.things: tuple[Thing, ...] = ()
        self.query_read: Query = read_query("")
        self.at = 0
        self.hits: tuple[int, ...] = ()
        """The numbers of the things in which something was found."""
        self._lines: list[_Line] = []
        self._first: list[int] = []
        self._top = 0

    # -- what is shown -------------------------------------------------------------------------------------

    def put(self, things: Sequence[Thing], words: str) -> None:
        """Shows this page with these words marked; the cursor stays on what it was on."""
        kept = self.here
        self.things, self.query_read = tuple(things), read_query(words)
        self._lay_out()
        self.at = self._place_of(kept)
        self._show()

    def _place_of(self, kept: Thing | None) -> int:
        if kept is not None:
            for number, thing in enumerate(self.things):
                if kept.anchor and thing.anchor == kept.anchor:
                    return number
        return self._stop(min(self.at, len(self.things) - 1), 1)

    @property
    def here(self) -> Thing | None:
        """The thing under the cursor."""
        return self.things[self.at] if 0 <= self.at < len(self.things) else None

    @property
    def hit_number(self) -> int:
        """Which hit is under the cursor, from 1; 0 for none."""
        return self.hits.index(self.at) + 1 if self.at in self.hits else 0

    def _lay_out(self) -> None:
        width = min(max(20, self.content_size.width), text.MEASURE + 24)
        self._lines, self._first, hits = [], [], []
        for number, thing in enumerate(self.things):
            self._first.append(len(self._lines))
            lines, found = _wrapped(thing, width, self.query_read)
            self._lines += [_Line(number, line) for line in lines]
            if found:
                hits.append(number)
        # where one thing has all the words, those with some of them are marked, but no stops
        whole = [number for number in hits if self.query_read.matches(self.things[number].words)]
        self.hits = tuple(whole or hits)

    def on_resize(self, _event: events.Resize) -> None:
        self.call_after_refresh(self._again)

    def _again(self) -> None:
        self._lay_out()
        self._show()

    def refit(self) -> None:
        """The room for the page is another one now."""
        self._show()

    def _show(self) -> None:
        height = max(1, self.content_size.height)
        if self._first:
            self._keep_in_sight(height)
        seen = self._lines[self._top : self._top + height]
        shown = [
            _under_cursor(line.content, self._first[line.thing] == place)
            if line.thing == self.at
            else line.content
            for place, line in enumerate(seen, self._top)
        ]
        self.draw(text.stack(shown) if shown else text.mark(""))

    def _span(self, number: int) -> tuple[int, int]:
        """The first and last line of a thing."""
        last = self._first[number + 1] if number + 1 < len(self._first) else len(self._lines)
        return self._first[number], last - 1

    def _keep_in_sight(self, height: int) -> None:
        first, last = self._span(self.at)
        if last - first >= height:  # longer than the page: seen as long as any of it is
            if self._top > last:
                self._top = last - height + 1
            elif first >= self._top + height:
                self._top = first
        elif first < self._top:
            self._top = max(0, first - 1)
        elif last >= self._top + height:
            self._top = min(first, last - height + 2)
        self._top = max(0, min(self._top, len(self._lines) - height))

    @property
    def seen_to(self) -> int:
        """How far it has been read, in per cent."""
        height = max(1, self.content_size.height)
        return min(100, round(100 * (self._top + height) / max(1, len(self._lines))))

    # -- moving --------------------------------------------------------------------------------------------

    def travel(self, key: str) -> bool:
        """Moves by the name of a key; False for a key that does not move."""
        ways: dict[str, Callable[[], None]] = {
            "up": lambda: self.move(-1),
            "k": lambda: self.move(-1),
            "down": lambda: self.move(1),
            "j": lambda: self.move(1),
            "pageup": lambda: self.page(-1),
            "b": lambda: self.page(-1),
            "pagedown": lambda: self.page(1),
            "space": lambda: self.page(1),
            "home": lambda: self.edge(end=False),
            "g": lambda: self.edge(end=False),
            "end": lambda: self.edge(end=True),
            "G": lambda: self.edge(end=True),
        }
        if key not in ways:
            return False
        ways[key]()
        return True

    def move(self, by: int) -> None:
        """The cursor goes to the next thing (1) or the one before (-1); through a long one it goes line by line."""
        height = max(1, self.content_size.height)
        first, last = self._span(self.at) if self._first else (0, 0)
        if last - first >= height and (last >= self._top + height if by > 0 else first < self._top):
            self._top += by
        else:
            self.at = self._stop(self.at + by, by)
        self._show()

    def page(self, by: int) -> None:
        """A page down or up."""
        height = max(2, self.content_size.height - 2)
        line = max(0, min(len(self._lines) - 1, self._first[self.at] + by * height)) if self._first else 0
        if self._lines:
            self._top = max(0, min(self._top + by * height, len(self._lines) - height))
            self.at = self._stop(self._lines[line].thing, 1 if by > 0 else -1)
        self._show()

    def edge(self, *, end: bool) -> None:
        """The first thing, or the last."""
        self.at = self._stop(len(self.things) - 1 if end else 0, -1 if end else 1)
        self._top = len(self._lines) if end else 0
        self._show()

    def go_to(self, number: int) -> None:
        """The cursor goes to the thing with this number; one that is not seen comes to the upper third."""
        self.at = self._stop(number, 1)
        height = max(1, self.content_size.height)
        if self._first and not self._top <= self._first[self.at] < self._top + height - 1:
            self._top = self._first[self.at] - height // 3
        self._show()

    def go_to_item(self, item: str) -> None:
        """The cursor goes to where this action or experiment, or entry, is spoken of."""
        for number, thing in enumerate(self.things):
            if item and item in (thing.item, thing.entry):
                self.go_to(number)
                return

    def next_hit(self, by: int) -> bool:
        """The next place in which something was found, round the end; False where nothing was."""
        if not self.hits:
            return False
        if by > 0:
            after = [number for number in self.hits if number > self.at]
            self.go_to(after[0] if after else self.hits[0])
        else:
            before = [number for number in self.hits if number < self.at]
            self.go_to(before[-1] if before else self.hits[-1])
        return True

    def _stop(self, number: int, way: int) -> int:
        """The nearest thing that can have the cursor: blank ones cannot."""
        number = max(0, min(number, len(self.things) - 1))
        there = number
        while 0 <= there < len(self.things) and not self.things[there].pieces:
            there += way
        return there if 0 <= there < len(self.things) else max(0, min(self.at, len(self.things) - 1))


def _under_cursor(line: Content, first: bool) -> Content:
    """The line under the cursor: lit, and with a sign at its beginning."""
    lit = line.stylize("on $lit")
    return text.join(text.mark("▸", "bold $accent"), lit[1:]) if first else lit


def _wrapped(thing: Thing, width: int, query: Query) -> tuple[list[Content], bool]:
    """The lines of a thing, and whether anything was found in it."""
    if not thing.pieces:
        return [text.mark("")], False
    indent = 2 if thing.is_heading else 1 + 2 * thing.indent
    sign = (
        text.mark(f"{thing.sign} ", f"bold ${thing.role}" if thing.role else "bold")
        if thing.sign
        else text.mark("")
    )
    content = text.join(*(text.line(words, _style(thing, role)) for words, role in thing.pieces))
    found = marks(content.plain, query) if query.terms else ()
    for start, end in found:
        content = content.stylize(HIT, start, end)
    room = max(8, width - indent - sign.cell_length)
    lines: list[Content] = []
    place = 0
    for part in text.wrap(content.plain, room, lines=MOST_LINES):
        plain = part.removesuffix("…") if part not in content.plain[place:] else part
        start = content.plain.find(plain, place)
        start = place if start < 0 else start
        place = start + len(plain)
        head = text.join(text.mark(" " * indent), sign if not lines else text.mark(" " * sign.cell_length))
        lines.append(text.join(head, content[start:place], text.mark(part[len(plain) :])))
    return lines, bool(found)


def _style(thing: Thing, role: str) -> str:
    if thing.is_heading:
        return "bold $accent"
    return role if role in ("", "bold") else f"${role}"
