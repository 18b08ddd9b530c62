"""Help for a screen: its keys from the one declaration of commands, and the grammar of the line.

Owns the layout of the help. Must not repeat a key by hand: it would lie one day.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from retrotui.errors import Message, msg
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.commands import Command, Where, shown
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

KEY_WIDTH = 14

LINE: tuple[tuple[str | Message, Message], ...] = (
    ("+ …   - …", msg("a factor that helped, or hurt, the deal on the floor")),
    ("! …   ? …", msg("a lesson; an experiment (an idea, outside its step)")),
    ("> …", msg("an action")),
    ('" …  „ …', msg("the buyer's words")),
    (". …   & …", msg("a plain note in any step; a topic to park")),
    ("@Name, …", msg("somebody arrives; @-Name leaves")),
    (msg("#price"), msg("which factor; Tab completes, ↓ and Enter pick")),
    ("@ben", msg("a person: owner of an action or experiment, else whom to ask")),
    ("=fr  =15.12.", msg("due; also =2026-12-15, =+2w and ^ instead of =")),
    ("*1 *2 *3", msg("weight of a factor")),
    (msg("/buyer"), msg("source of a factor: /buyer, /document, /team; also ~")),
    ("\\ …", msg("the rest is text as it is")),
)


class HelpDialog(Dialog[bool]):
    """Keys and grammar on one scrolling page."""

    CLOSES = frozenset({"escape", "f1", "question_mark", "q", "enter"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
    ]
    DEFAULT_CSS = """
    HelpDialog > .box { width: 82; height: 90%; }
    HelpDialog VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    HelpDialog #help { height: auto; }
    """

    def __init__(
        self, commands: tuple[Command, ...], where: Where, own: tuple[tuple[str, Message], ...] = ()
    ) -> None:
        """`own` are keys of that screen alone."""
        super().__init__(commands)
        self.own = own
        self.commands = commands
        self.where = where
        self.title_of_box = tr("Help")
        self.hint_of_box = tr("↑ ↓ scroll; Esc: back")

    def body(self) -> ComposeResult:
        with VerticalScroll():
            yield Drawn(id="help")

    def on_mount(self) -> None:
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        lines = self._lines(max(30, self.query_one(VerticalScroll).content_size.width - 1))
        area = self.query_one("#help", Drawn)
        area.styles.height = len(lines)
        area.draw(text.stack(lines))
        self.set_focus(self.query_one(VerticalScroll))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for key, explained in self.own:
            lines += _pair(key, tr(explained), width)
        if self.where == "meeting":
            lines += [
                text.sentence(tr("The line: the first character decides what it becomes"), "bold $accent")
            ]
            for sign, words in LINE:
                lines += _pair(tr(sign), tr(words), width)
            lines += [text.mark(""), text.sentence(tr("Keys: the second ones after Esc"), "bold $accent")]
        for command in self.commands:
            if self.where in command.where:
                keys = " ".join(shown(key) for key in (*command.keys, *command.twins))
                lines += _pair(keys, tr(command.explained), width)
        lines += [text.mark("")] + [
            text.plain(line, "$muted")
            for line in text.wrap(
                tr("Choices in lists and questions are digits, shown beside the choice."), width
            )
        ]
        return lines

    def action_scroll(self, by: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


def _pair(key: str, words: str, width: int) -> list[Content]:
    parts = text.wrap(words, width - KEY_WIDTH - 2)
    head = text.line(text.pad(key, KEY_WIDTH), "bold")
    rest = [text.join(text.mark(" " * (KEY_WIDTH + 2)), text.plain(part)) for part in parts[1:]]
    return [text.join(head, text.mark("  "), text.plain(parts[0])), *rest]
