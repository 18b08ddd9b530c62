"""The review: all minutes of the team, filtered as one types, read, marked and exported.

Owns the keys of the list and what they do. What is listed, and how, is `screens.review_list`'s. Source: issue 4;
meeting.md, "Home".
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, work
from textual.widgets import Input

from retrotui.domain.review import words_to_mark
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import tr
from retrotui.store.review import Stopped
from retrotui.tui.commands import Command, command_of
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.minutes import MinutesScreen
from retrotui.tui.screens.page import ALWAYS
from retrotui.tui.screens.review_list import ReviewListScreen

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

REVIEW_KEYS = (
    ("↑ ↓ PgUp PgDn", msg("go through the list")),
    (msg("@anna"), msg("in the line: who owns an action or experiment")),
    (msg("#price"), msg("a factor of the list, by its short name")),
    (msg("customer:müller"), msg('a customer; customer:"Müller GmbH" means the whole name')),
    (msg("outcome:…"), msg("a deal lost, won, open …; status:open for meetings")),
    ("=2026-Q3", msg("a period; also =2026, =2026-10, =1.9...30.9.")),
    (
        msg("procurement"),
        msg('any other word, also inside others; procur* only at the beginning, "as it stands"'),
    ),
)


class ReviewScreen(ReviewListScreen):
    """The list with its keys."""

    # -- keys ----------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value != self.typed:
            self.typed = event.value
            self.find()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._to_list()

    def _to_list(self) -> None:
        self.set_focus(None)
        self._draw_around()

    def on_key(self, event: events.Key) -> None:
        if self.is_typing:
            taken = self._typing_key(event.key) or self._always(event.key)
        elif event.key == "escape":
            taken = True
            self._back()
        else:
            taken = self._move(event.key)
            if not taken and (command := command_of(self.declared, event.key, event.character)) is not None:
                taken = True
                self.action_run(command.id)
        if taken:
            event.stop()

    def _typing_key(self, key: str) -> bool:
        if key == "escape":
            self.line.put("")
            self._to_list()
        elif key in ("down", "pagedown"):
            self._to_list()
        elif key == "f7":
            self.action_run("review.choose")
        else:
            return False
        return True

    def _always(self, key: str) -> bool:
        """Keys that work while something is typed."""
        command = command_of(self.declared, key, None)
        always = command is not None and command.id in ALWAYS and key in command.keys
        if command is not None and always:
            self.action_run(command.id)
        return always

    def _back(self) -> None:
        """First what was looked for goes, then the list."""
        if self.typed:
            self.line.put("")
        elif len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def _move(self, key: str) -> bool:
        page = max(1, self.query_one("#rows").content_size.height - 1)
        moved = self.list.move(key, page)
        if moved:
            self.draw_all()
        return moved

    def action_run(self, command: str) -> None:
        """Does a command by its id."""
        done: dict[str, Callable[[], object]] = {
            "help": lambda: self.app.push_screen(
                HelpDialog(self.declared, "review", tuple((tr(key), words) for key, words in REVIEW_KEYS))
            ),
            "palette": self._app.action_command_palette,
            "leave": self.app.exit,
            "review.read": self._read,
            "review.search": self._search,
            "review.choose": self._choose,
            "review.mark": self._mark,
            "review.export": self._export,
            "review.clear": self._clear,
            "review.look": self._look_by_hand,
        }
        if command in done:
            done[command]()

    @property
    def _app(self) -> RetroApp:
        return self.app  # type: ignore[return-value]

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette."""
        for command in self.declared:
            yield command, command.words

    # -- what keys do --------------------------------------------------------------------------------------

    def _search(self) -> None:
        self.set_focus(self.line)
        self._draw_around()

    def _clear(self) -> None:
        self.list.marked.clear()
        self.line.put("")
        self.draw_all()

    def _look_by_hand(self) -> None:
        self.list.forget_cards()
        self.look()
        self.draw_all()

    def _mark(self) -> None:
        if self.list.mark():
            self._move("down")
        else:
            self.say(msg("A damaged file cannot be exported; Enter says what is wrong with it."))

    def _read(self) -> None:
        if (path := self.list.path_of(self.list.here)) is not None:
            self.open_page(path)

    def open_page(self, path: Path) -> None:
        words = words_to_mark(self.list.wanted, self.place.factors)
        self.app.push_screen(
            MinutesScreen(self.place, self.commands, path, words=words, neighbour=self._neighbour)
        )

    def _neighbour(self, path: Path, by: int) -> Path | None:
        """The meeting beside this one in the list; the cursor goes there."""
        there, rows = self.list.at + by, self.list
        if path != rows.meeting_here or not len(rows.broken) <= there < rows.count:
            return None
        row = rows.row_at(there)
        if isinstance(row, int) and row not in rows.cards:
            with contextlib.suppress(RetroError, Stopped):
                rows.learn(self.archive.cards([row]))
        if (found := rows.path_of(row)) is not None:
            rows.at = there
        return found

    def busy(self) -> bool:
        """A question is about to open: keys wait for it."""
        return self._opening and self.app.screen is self

    def _choose(self) -> None:
        if self._looking and self.read_of is not None:
            self.say(msg("The minutes are being read first; then there is something to choose from."))
            return
        self._opening = True
        self._ask_what()

    def _export(self) -> None:
        self._opening = True
        self._ask_export()

    @work(exclusive=True, group="dialog")
    async def _ask_what(self) -> None:
        from retrotui.tui.choosers.review import ReviewChooser
        from retrotui.tui.screens.dialogs.choose import ChooseDialog

        try:
            values = await asyncio.to_thread(self.archive.values)
        except RetroError as error:
            self._opening = False
            self.say(error.what)
            return
        today = self.place.clock.wall().date()
        chooser = ReviewChooser(self.typed, values, self.place.factors, today, self.line.put)
        await self.app.push_screen_wait(ChooseDialog(chooser))
        self._opening = False
        self._to_list()

    @work(exclusive=True, group="dialog")
    async def _ask_export(self) -> None:
        from retrotui.tui.exporting_several import export_from

        here = self.list.meeting_here
        paths = list(self.list.marked) or ([here] if here is not None else [])
        try:
            said = (
                await export_from(self, self.place, paths)
                if paths
                else msg("There is nothing here to export.")
            )
        finally:
            self._opening = False
        if said is not None:
            self.say(said)
