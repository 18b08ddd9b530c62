"""Steps that are written inline, `step = [{ … }, { … }]`: a text in its steps, and together again.

Owns where one such step ends and the next begins, and which comments and spaces go with it. What a step holds, and
whether a change came out right, is `store.agenda_text`'s. Must not touch the disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrotui.store.toml_places import Places

_OPENING = re.compile(r"[^=\n]*=[ \t]*\[(?:[ \t]*#[^\n]*)?")
"""From the key to the bracket, and a comment right behind it."""
_BETWEEN = re.compile(r"(?:[\s,]+|#[^\n]*)*")
_BEHIND = re.compile(r"([ \t]*,)?([ \t]*#[^\n]*)?")
"""Behind a table: its comma, and a comment on the same line."""
_PIECE = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\''
    r"|#[^\n]*|[\[\]{}]|[^\"'#\[\]{}]+",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One step: its table, and the comments that go with it, above it and behind it on its line."""

    body: str
    above: str = ""
    comma: str = ","
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Inline:
    """A text in parts. `gaps` are the spaces before each step: they stay where they are when steps move."""

    before: str
    opening: str
    items: tuple[Item, ...]
    gaps: tuple[str, ...]
    closing: str
    after: str
    last_comma: bool = False
    """Whether a comma stands behind the last step."""

    @property
    def text(self) -> str:
        """The whole text again; without a step the key is gone, as it is among `[[step]]` tables."""
        if not self.items:
            return self.before + self.after.removeprefix("\n")
        last = len(self.items) - 1
        parts = [
            f"{gap}{item.above}{item.body}{item.comma if at < last or self.last_comma else ''}{item.behind}"
            for at, (gap, item) in enumerate(zip(self.gaps, self.items, strict=True))
        ]
        return "".join((self.before, self.opening, *parts, self.closing, self.after))

    def with_body(self, at: int, body: str) -> Inline:
        """Another table for the step `at`."""
        items = (*self.items[:at], replace(self.items[at], body=body), *self.items[at + 1 :])
        return replace(self, items=items)

    def added(self, at: int, body: str) -> Inline:
        """One more step, that will be number `at`; its space is as those of the others."""
        on_lines = [gap for gap in self.gaps if "\n" in gap]
        gap = min(on_lines or self.gaps[1:] or self.gaps, key=len, default="")
        if len(self.gaps) == 1 and "\n" not in gap:
            gap = " "
        behind = max(at, 1) if self.gaps else 0
        items = (*self.items[:at], Item(body), *self.items[at:])
        return replace(self, items=items, gaps=(*self.gaps[:behind], gap, *self.gaps[behind:]))

    def moved(self, at: int, to: int) -> Inline:
        """The step `at` as number `to`, with its comments."""
        items = list(self.items)
        items.insert(to, items.pop(at))
        return replace(self, items=tuple(items))

    def deleted(self, at: int) -> Inline:
        """Without the step `at` and its comments."""
        gone = at or min(1, len(self.gaps) - 1)
        gaps = (*self.gaps[:gone], *self.gaps[gone + 1 :])
        return replace(self, items=(*self.items[:at], *self.items[at + 1 :]), gaps=gaps)


def inline(text: str, places: Places) -> Inline | None:
    """The parts of a text whose steps are written inline; None where they are not, or not in a way that is known."""
    key = places.find(("step",))
    if key is None:
        return None
    start = _offset(text, key)
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    spans: list[tuple[int, int]] = []
    at = opening.end()
    while (found := places.find(("step", len(spans)))) is not None:
        begin = _offset(text, found)
        end = _end_of_table(text, begin)
        if end is None:
            return None
        spans.append((begin, end))
        at = end
    space = _BETWEEN.match(text, at)
    closing = space.end() if space is not None else at
    if not text.startswith("]", closing):
        return None
    return _in_parts(text, start, opening.end(), spans, closing)


def _in_parts(
    text: str, start: int, opened: int, spans: list[tuple[int, int]], closing: int
) -> Inline | None:
    items: list[Item] = []
    gaps: list[str] = []
    last_comma, end = False, opened
    for begin, stop in spans:
        gap, above = _split(text[end:begin])
        found = _BEHIND.match(text, stop, closing)
        comma, behind, end = (found[1] or "", found[2] or "", found.end()) if found else ("", "", stop)
        last_comma = bool(comma)
        if not last_comma and len(items) < len(spans) - 1:
            return None  # the comma stands on a line of its own
        items.append(Item(text[begin:stop], above, comma or ",", behind))
        gaps.append(gap)
    rest = text[end:closing]
    if "," in re.sub(r"#[^\n]*", "", rest):
        return None
    return Inline(
        text[:start], text[start:opened], tuple(items), tuple(gaps), f"{rest}]", text[closing + 1 :], last_comma
    )  # fmt: skip


def _split(between: str) -> tuple[str, str]:
    """The space before a step, and the comments above it with what stands behind them."""
    found = between.find("#")
    return (between, "") if found < 0 else (between[:found], between[found:])


def _offset(text: str, place: tuple[int, int]) -> int:
    """The position of a line and column, both from 1."""
    at = 0
    for _ in range(place[0] - 1):
        at = text.index("\n", at) + 1
    return at + place[1] - 1


def _end_of_table(text: str, begin: int) -> int | None:
    """Behind the closing brace of the table that begins here; None where none begins or ends."""
    depth = 0
    for piece in _PIECE.finditer(text, begin):
        if piece.group() in "[{":
            depth += 1
        elif piece.group() in "]}":
            depth -= 1
        if not depth:
            return piece.end() if piece.group() == "}" else None
    return None
