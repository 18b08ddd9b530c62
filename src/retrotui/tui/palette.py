"""The command palette: every command that works now, by name, from the one declaration.

Owns the search among commands. Must not run one itself: the screen does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.app import App
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.widgets import Input

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.commands import Command, shown


class Palette(CommandPalette):
    """The framework's palette, in our words and with a cursor that stands still."""

    def __init__(self) -> None:
        super().__init__(placeholder=text.bare(tr("Find a command …")), id="--command-palette")

    def on_mount(self) -> None:
        for line in self.query(Input):
            line.cursor_blink = False


def open_palette(app: App[Any]) -> None:
    """The palette over the screen."""
    if not CommandPalette.is_open(app):
        app.push_screen(Palette())


class ScreenCommands(Provider):
    """What the screen under the palette offers: its `offered()` commands, run by its `action_run`."""

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """Each command with its words; not the palette itself, which is open."""
        offered = getattr(self.screen, "offered", None)
        if offered is not None:
            yield from (one for one in offered() if one[0].id != "palette")

    async def discover(self) -> Hits:
        for command, words in self.offered():
            yield self._discovery(command, words)

    def _discovery(self, command: Command, words: Message) -> DiscoveryHit:
        return text.discovery(self._name(command, words), self._run(command), tr(command.explained))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        nothing = True
        for command, words in self.offered():
            found: Hit | None = text.hit(
                matcher, self._name(command, words), self._run(command), tr(command.explained)
            )
            if found is not None:
                nothing = False
                yield found
        if nothing:
            yield text.remark(tr("No command is called that."))

    def _name(self, command: Command, words: Message) -> str:
        keys = " ".join(shown(key) for key in (*command.keys, *command.twins))
        return f"{tr(words)}  ({keys})" if keys else tr(words)

    def _run(self, command: Command) -> partial[object]:
        return partial(self.screen.action_run, command.id)  # type: ignore[attr-defined]
