"""What all dialogs share: the frame, Esc, and the keys that always work.

Owns how a key that belongs to the screen below gets there. Must not know what is asked.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen

from retrotui.tui import text
from retrotui.tui.commands import COMMANDS, Command

Result = TypeVar("Result")

STAY = frozenset({"extend", "view", "undo", "redo", "prompt.next", "prompt.previous"})
"""Commands that the screen below runs while the dialog stays; the others close it first."""


class Dialog(ModalScreen[Result | None]):
    """A framed box in the middle. Subclasses fill `body` and call `dismiss`."""

    CLOSES: ClassVar[frozenset[str]] = frozenset({"escape"})
    """Keys that close it. They are no bindings: those run only when keys typed after them have been handed on."""
    DEFAULT_CSS = """
    Dialog { align: center middle; background: transparent; }
    Dialog > .box {
        width: 76; max-width: 96%; height: auto; max-height: 92%; padding: 0 1;
        background: $panel; color: $ink; border: round $accent; border-title-color: $accent;
        border-title-style: bold; border-subtitle-color: $muted;
    }
    """

    title_of_box: str = ""
    hint_of_box: str = ""
    opened_by: str = ""
    """The command that opens this dialog; its key closes it again."""

    def __init__(self, commands: tuple[Command, ...] = COMMANDS) -> None:
        super().__init__()
        for command in commands:
            for key in command.keys if "meeting" in command.where else ():
                if key not in ("f1", "ctrl+p", "pagedown", "pageup"):
                    self._bindings.bind(key, f"below('{command.id}')", show=False, priority=True)

    def compose(self) -> ComposeResult:
        box = Vertical(classes="box")
        box.border_title = text.line(self.title_of_box)
        box.border_subtitle = text.line(self.hint_of_box) if self.hint_of_box else Content()
        with box:
            yield from self.body()

    def body(self) -> ComposeResult:
        """The widgets in the box."""
        yield from ()

    def on_key(self, event: events.Key) -> None:
        if event.key in self.CLOSES:
            event.stop()
            self.action_cancel()

    def on_screen_suspend(self) -> None:
        """Another question lies over this one: two frames in one another cannot be read."""
        for box in self.query(".box"):
            box.visible = False

    def on_screen_resume(self) -> None:
        for box in self.query(".box"):
            box.visible = True
            self.call_after_refresh(self.refreshed)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Gives its answer once: a key that comes after it finds nothing to close."""
        if self.app.screen is not self:
            return AwaitComplete()
        for widget in self.walk_children(with_self=True):
            # the framework keeps the last picture of up to 1,024 widgets alive; this empties it
            widget.refresh()
        return super().dismiss(result)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_below(self, command: str) -> None:
        """A key that always works reaches the screen under the dialog."""
        if command == self.opened_by:
            self.dismiss(None)
            return
        below: Screen[object] = self.app.screen_stack[-2]
        if getattr(below, "keys_stay_above", False):
            return
        run = getattr(below, "action_run", None)
        if command not in STAY:
            self.dismiss(None)
        if run is not None:
            run(command)
        if command in STAY:
            self.follow()

    def follow(self) -> None:
        """The meeting below may have changed. It may draw before there is anything here to draw anew."""
        if self.is_mounted:
            self.refreshed()

    def refreshed(self) -> None:
        """Draws what has changed below."""
