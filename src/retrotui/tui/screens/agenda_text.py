"""The agenda as text: TOML to type in, with what is wrong under it and its line marked.

Owns the look of the lines. What is wrong is `store.agenda_editing`'s to say; the text goes back to the editor whole,
as one step back. The colours of TOML are painted a line at a time, so that no parser has to be installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from rich.text import Text as RichText
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import TextArea

from retrotui.errors import msg
from retrotui.locale import tr
from retrotui.store.agenda_editing import look_at
from retrotui.tui import text
from retrotui.tui.widgets.drawn import Drawn

SETTLES_SECONDS = 0.15
"""After so long without a key the text is looked at."""

_TOKENS = re.compile(
    r"""(?P<header>^\s*\[\[?[^\]\n]*\]\]?)|(?P<string>"{3}.*|'{3}.*|"(?:[^"\\\n]|\\.)*"?|'[^'\n]*'?)|(?P<comment>\#.*)"""
    r"""|(?P<key>(?:^|(?<=[{,]))\s*[\w.-]+(?=\s*=))|(?P<value>\b(?:true|false|\d[\w.:+-]*)\b)"""
)


@dataclass(frozen=True, slots=True)
class TextLeft:
    """The text as it was left, and the command that is to follow ("": none)."""

    text: str
    then: str = ""


class TomlArea(TextArea):
    """The framework's text area, in TOML's colours, with the line of an error marked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "toml--header", "toml--string", "toml--comment", "toml--key", "toml--value", "toml--wrong",
    }  # fmt: skip
    DEFAULT_CSS = """
    TomlArea { border: none; padding: 0; background: $background; color: $ink; }
    TomlArea:focus { border: none; background-tint: transparent; }
    TomlArea .text-area--cursor { color: $ink; background: $background; text-style: reverse; }
    TomlArea .text-area--cursor-line { background: $lit; }
    TomlArea .text-area--gutter, TomlArea .text-area--cursor-gutter { color: $muted; background: $background; }
    TomlArea .text-area--selection { background: $background; text-style: reverse; }
    TomlArea .toml--header { color: $accent; text-style: bold; }
    TomlArea .toml--string { color: $helped; }
    TomlArea .toml--comment { color: $muted; text-style: italic; }
    TomlArea .toml--key { color: $experiment; }
    TomlArea .toml--value { color: $lesson; }
    TomlArea .toml--wrong { color: $warn; text-style: bold underline; }
    """

    def __init__(self, words: str) -> None:
        super().__init__(words, show_line_numbers=True, soft_wrap=True, tab_behavior="focus", id="toml")
        self.cursor_blink = False
        self.wrong: frozenset[int] = frozenset()
        """Lines with an error, from 0."""

    def get_line(self, line_index: int) -> RichText:
        """The framework's hook for the look of a line."""
        line = super().get_line(line_index)
        for found in _TOKENS.finditer(line.plain):
            line.stylize(
                self.get_component_rich_style(f"toml--{found.lastgroup}", partial=True), *found.span()
            )
        if line_index in self.wrong:
            line.stylize(self.get_component_rich_style("toml--wrong", partial=True))
        return line

    def mark(self, lines: frozenset[int]) -> None:
        """These lines have an error."""
        if lines != self.wrong:
            self.wrong = lines
            self.notify_style_update()  # drops the lines that were painted before
            self.refresh()


class AgendaText(Screen[TextLeft]):
    """Gives back the text as it was left."""

    BINDINGS: ClassVar[list[BindingType]] = []
    WAYS: ClassVar[Mapping[str, str]] = {"escape": "", "ctrl+s": "edit.save", "ctrl+q": "leave"}
    """The keys that lead back to the list, and the command that follows there."""

    def __init__(
        self,
        words: str,
        path: Path,
        line: int,
        column: int,
        typed: Callable[[str], None] = lambda _text: None,
    ) -> None:
        """`typed` is told the text whenever it has come to rest, so that it can be kept."""
        super().__init__()
        self.typed = typed
        self.words = words
        self.path = path
        self.begin = (line - 1, column - 1)
        self._waits = 0

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        yield TomlArea(self.words)
        yield Drawn(id="checks")
        yield Drawn(id="footer")

    @property
    def area(self) -> TomlArea:
        return self.query_one("#toml", TomlArea)

    def on_mount(self) -> None:
        self.area.move_cursor(self.begin)
        self.set_focus(self.area)
        self.call_after_refresh(self._first)

    def _first(self) -> None:
        self.area.scroll_cursor_visible(center=True)
        self.show()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        """The last of several keys looks."""
        self._waits += 1
        self.set_timer(SETTLES_SECONDS, self._settled)

    def _settled(self) -> None:
        self._waits -= 1
        if not self._waits:
            self.typed(self.area.text)
            self.show()

    def show(self) -> None:
        """What is wrong, at the cursor's line first."""
        if not self.query("#footer"):
            return
        look = look_at(self.area.text, self.path)
        told = [check for check in look.checks if check.severity != "kept"]
        self.area.mark(frozenset(check.line - 1 for check in told if check.severity == "error"))
        row = self.area.cursor_location[0] + 1
        told.sort(key=lambda check: (check.severity != "error", check.line < row, check.line))
        area = self.query_one("#checks", Drawn)
        size = area.content_size
        lines = [text.sentence(f" ✓ {tr(msg('Nothing is wrong.'))}", "$muted")]
        if told:
            first = told[0]
            said = " ".join(part for part in (tr(first.what), tr(first.hint) if first.hint else "") if part)
            place = tr(msg("line {line}", line=first.line))
            rest = f" (+{len(told) - 1})" if len(told) > 1 else ""
            sign = "✗" if first.severity == "error" else "!"
            wrapped = text.wrap(f"{sign} {place}: {said}{rest}", max(20, size.width - 2), lines=2)
            lines = [text.join(text.mark(" "), text.plain(part, "bold $warn")) for part in wrapped]
        area.draw(text.stack(lines))
        width = self.query_one("#headline").content_size.width
        self.query_one("#headline", Drawn).draw(text.line(f" {self.path.name}", "bold $accent", width=width))
        keys = tr(msg("Esc: back to the list · ^S: save · ^Z: undo · ^Q: leave"))
        self.query_one("#footer", Drawn).draw(text.line(f" {keys}", "$muted", width=width))

    def on_key(self, event: events.Key) -> None:
        if event.key in self.WAYS:
            event.stop()
            event.prevent_default()
            self.dismiss(TextLeft(self.area.text, self.WAYS[event.key]))
