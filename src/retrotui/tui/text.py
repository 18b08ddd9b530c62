"""The only way in which text that people wrote reaches a widget.

Owns what makes text harmless to look at (control, direction and invisible characters), its measure in cells,
cutting and wrapping, and a wrapper for each of the framework's places that read a plain string as markup.
Must not translate, and must not clean what is stored: `domain` cleans on entry, this shows it harmlessly.

What Textual 8.2 does with a plain `str`, found by reading it and pinned by tests:

- parsed as markup: `Static`, `Label`, `.update`, what `render()` returns, `tooltip`, `border_title`,
  `Button`, `Option`, `Checkbox`, `Tab`. They get a `Content`.
- parsed as markup: display and help of palette hits, `Matcher.highlight`. Use `hit` and `discovery`.
- parsed unless `markup=False`: the message of `notify`. Use `notify` of this room.
- literal, but control characters pass: the title of `notify`, `Input.placeholder`, the titles of app and
  screen, descriptions in the footer. They get a `bare` string.
- parsed: tooltips of bindings, and a footer key's tooltip (for want of one, the description). We use neither.

The framework's own `escape` is no way out: it leaves `[EMEA]` and `[$x]` alone, and both lose their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NewType, cast

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content
from textual.style import Style

if TYPE_CHECKING:
    from textual.app import App
    from textual.command import DiscoveryHit, Hit
    from textual.fuzzy import Matcher
    from textual.types import IgnoreReturnCallbackType
    from textual.widget import Widget
    from textual.widgets.option_list import Option

MEASURE = 72
"""Columns of a line of prose: wider screens show more, not longer lines (meeting.md)."""

Bare = NewType("Bare", str)
"""A harmless one-line string, for the places that take no `Content` and do not parse."""

_BROKEN = "\ufffd"
_RETURN = "↵"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACK = 2
"""Combining marks kept on one letter: Vietnamese needs two, a column of them climbs over its neighbours."""

_SUSPECT = re.compile(
    "(?P<control>[\x00-\x08\x0b-\x1f\x7f])"
    # C1 controls, direction marks and overrides, annotation anchors, lone surrogates
    "|(?P<broken>[\x80-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff])"
    # what has no width here and some width there would push the rest of the line about
    "|(?P<unseen>[\u00ad\u034f\u115f\u1160\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff])"
    "|(?P<flag>[\U0001f1e6-\U0001f1ff])"
    "|(?P<space>[\t\u2028\u2029])"
    f"|(?P<stack>[{_MARKS}]{{{_STACK + 1},}})"
)


def _shown(match: re.Match[str]) -> str:
    """What stands in the place of one suspect: always printable, never wider than it was typed."""
    found = match.group()
    kind = match.lastgroup
    if kind == "control":
        return "\u2421" if found == "\x7f" else chr(0x2400 + ord(found))
    if kind == "unseen":
        return ""
    if kind == "flag":
        return chr(ord(found) - 0x1F1E6 + ord("A"))
    if kind == "space":
        return " "
    if kind == "stack":
        return found[:_STACK]
    return _BROKEN


def neutral(words: str) -> str:
    """The text with nothing in it that a terminal obeys or that hides: ESC shows as ␛, an override as �.

    Line breaks stay; a tab is one space. Doing it twice changes nothing.
    """
    if words.isascii() and words.isprintable():
        return words
    words = words.replace("\r\n", "\n")
    # twice, for what stands side by side only once something between was taken out
    return _SUSPECT.sub(_shown, _SUSPECT.sub(_shown, words))


def bare(words: str) -> Bare:
    """One harmless line as a string: placeholders, the app's title, names of bindings."""
    return Bare(neutral(words).replace("\n", _RETURN))


def plain(words: str, style: Style | str = "") -> Content:
    """What a person wrote, never parsed; line breaks stay."""
    return Content.styled(neutral(words), style)


def line(words: str, style: Style | str = "", *, width: int | None = None) -> Content:
    """What a person wrote on one line; cut to `width` cells with … where a width is given."""
    flat = bare(words)
    return Content.styled(flat if width is None else cut(flat, width), style)


def sentence(words: str, style: Style | str = "") -> Content:
    """One of our own, translated: `sentence(tr(...))`. Its values may be people's words, so nothing is parsed."""
    return Content.styled(neutral(words), style)


def mark(glyph: str, style: Style | str = "") -> Content:
    """A glyph of our own: a sign, a rule, a bar. Not for words."""
    return Content.styled(neutral(glyph), style)


def join(*parts: Content, between: str = "") -> Content:
    """Parts after one another."""
    return Content(neutral(between)).join(parts)


def stack(parts: Iterable[Content]) -> Content:
    """Parts below one another."""
    return Content("\n").join(parts)


def segment(words: str, style: RichStyle | None = None) -> Segment:
    """One run of a drawn line (for widgets with `render_line`)."""
    return Segment(bare(words), style)


# Measure


@lru_cache(maxsize=4096)
def cells(words: str) -> int:
    """Width in terminal cells of the first line as it will be shown."""
    return cell_len(bare(words))


def cut(words: str, width: int) -> str:
    """The text on one line of at most `width` cells; … where something is missing."""
    flat = bare(words)
    if width <= 0:
        return ""
    if cell_len(flat) <= width:
        return flat
    return set_cell_size(flat, width - 1).rstrip() + "…"


def pad(words: str, width: int, side: Literal["left", "right"] = "left") -> str:
    """The text on exactly `width` cells: cut or filled up; `side` is where the words stand."""
    short = cut(words, width)
    space = " " * (max(width, 0) - cell_len(short))
    return space + short if side == "right" else short + space


def wrap(words: str, width: int = MEASURE, *, lines: int | None = None) -> list[str]:
    """The text in lines of at most `width` cells, broken at spaces where there are any.

    `lines` is the most that are shown; the last of them ends in … where something is missing. Never empty.
    """
    width = max(width, 2)
    shown: list[str] = []
    for paragraph in neutral(words).split("\n"):
        shown.extend(_wrapped(paragraph, width))
        if lines is not None and len(shown) > lines:
            kept = shown[:lines]
            if kept:
                kept[-1] = cut(kept[-1], width - 1).removesuffix("…").rstrip() + "…"
            return kept or [""]
    return shown


def _wrapped(paragraph: str, width: int) -> list[str]:
    if cell_len(paragraph) <= width:
        return [paragraph.rstrip()]
    done: list[str] = []
    current = ""
    for word in paragraph.split(" "):
        longer = f"{current} {word}" if current else word
        if cell_len(longer) <= width:
            current = longer
            continue
        if current:
            done.append(current)
        *full, current = chop_cells(word, width) or [""]
        done.extend(full)
    return [part.rstrip() for part in [*done, current]]


# The framework's places that take more than a `Content`


def notify(
    target: Widget | App[Any],
    words: str,
    *,
    title: str = "",
    severity: Literal["information", "warning", "error"] = "information",
    seconds: float = 6,
) -> None:
    """A note in the corner that goes away by itself. `words` may hold what people wrote."""
    target.notify(neutral(words), title=bare(title), severity=severity, timeout=seconds, markup=False)


def option(words: str | Content, key: str | None = None, *, disabled: bool = False) -> Option:
    """A row of an `OptionList`."""
    from textual.widgets.option_list import Option

    return Option(plain(words) if isinstance(words, str) else words, id=key, disabled=disabled)


def highlighted(matcher: Matcher, words: str, style: Style | str = "bold underline") -> tuple[float, Content]:
    """How well the words fit the query (0 to 1), and the words with the hits marked."""
    flat = bare(words)
    score, offsets = matcher.fuzzy_search.match(matcher.query, flat)
    content = Content(flat)
    for offset in offsets if score else ():
        content = content.stylize(style, offset, offset + 1)
    return score, content


def hit(matcher: Matcher, words: str, command: IgnoreReturnCallbackType, help: str = "") -> Hit | None:
    """A hit of the command palette, or None where the words do not fit the query."""
    from textual.command import Hit

    score, shown = highlighted(matcher, words)
    return Hit(score, shown, command, text=bare(words), help=_unparsed(help)) if score else None


def remark(words: str) -> Hit:
    """A line of the palette that says something and does nothing."""
    from textual.command import Hit

    return Hit(1, plain(words), lambda: None, text=bare(words))


def discovery(words: str, command: IgnoreReturnCallbackType, help: str = "") -> DiscoveryHit:
    """What the palette offers before anything is typed."""
    from textual.command import DiscoveryHit

    return DiscoveryHit(plain(words), command, text=bare(words), help=_unparsed(help))


def _unparsed(words: str) -> str | None:
    # typed as a string, but handed to Content.from_markup, which leaves a Content as it is
    return cast(str, plain(words)) if words else None
