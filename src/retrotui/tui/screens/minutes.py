"""One meeting's minutes on the screen: to be read, searched, corrected and exported.

Owns the keys that change the meeting or lead elsewhere. Reading and searching are `screens.page`'s, what a correction
does `tui.correcting`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import work

from retrotui.domain.capture import left_edge
from retrotui.domain.capture_reading import Context
from retrotui.errors import Message, Refused, RetroError, msg
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.commands import Command
from retrotui.tui.correcting import KeptBoth, Sitting, looks
from retrotui.tui.reading_page import Thing
from retrotui.tui.screens.page import PageScreen
from retrotui.tui.widgets.drawn import Drawn

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

What = Literal["correct", "delete", "undo", "redo"]
SAID_AFTER = 0.5
"""Seconds after which it is said that a disk takes long."""


class MinutesScreen(PageScreen):
    """The page of one meeting, with what can be done with it."""

    target = ""
    """The anchor of what is being corrected."""
    read_as: Context | None = None
    """How the line is read; None for a plain text."""

    def ways(self) -> dict[str, Callable[[], object]]:
        return super().ways() | {
            "undo": lambda: self._change("undo"),
            "redo": lambda: self._change("redo"),
            "minutes.correct": self._correct,
            "minutes.delete": self._delete,
            "minutes.lineage": self._lineage,
            "minutes.export": self._export,
            "minutes.reopen": self._reopen,
        }

    def offer(self, command: Command) -> Message | None:
        here, sitting = self.page.here, self.sitting
        works = {
            "minutes.correct": bool(here and here.anchor),
            "minutes.delete": bool(here and here.anchor),
            "minutes.lineage": bool(here and here.item),
            "undo": bool(sitting and sitting.past),
            "redo": bool(sitting and sitting.future),
        }.get(command.id, True)
        return super().offer(command) if works else None

    # -- the line ------------------------------------------------------------------------------------------

    def line_words(self) -> Message:
        if self.mode == "correct":
            return msg("Enter takes it · Esc leaves it as it was")
        return super().line_words()

    def line_changed(self) -> None:
        """What Enter will make of the line stands at its left edge."""
        if self.mode != "correct":
            return
        changes = text.sentence(tr("changes"), "bold $warn")
        parts = [text.mark(" "), changes]
        if self.read_as is not None:
            will = left_edge(self.line.value, self.read_as)
            sign = text.mark(f" {will.symbol} ", "bold $accent")
            parts = [sign, changes, text.mark(" "), text.line(tr(will.what))]
        self.query_one("#edge", Drawn).draw(text.join(*parts, text.mark(" │ ", "$muted")), fit=True)

    def line_taken(self, line: str) -> None:
        self._change("correct", self.target, line)

    # -- correcting ----------------------------------------------------------------------------------------

    def _may_change(self, here: Thing | None) -> bool:
        sitting = self.sitting
        if sitting is None:
            return False
        if (why := sitting.why_not()) is not None:
            self.say(why)
            return False
        if here is None or not here.anchor:
            self.say(msg("This line is derived, or a fact of the meeting: go to what was said or typed."))
            return False
        return True

    def _correct(self) -> None:
        here, sitting = self.page.here, self.sitting
        if not self._may_change(here) or here is None or sitting is None:
            return
        try:
            words = sitting.line_of(here.anchor)
        except Refused as refused:
            self.say_error(refused)
            return
        self.target = here.anchor
        self.read_as = sitting.context_of(here.anchor)
        self.line.put(words)
        self.line_mode("correct")
        hidden = sitting.minutes.discretion
        if hidden.people or hidden.customers:
            self.say(msg("This meeting hides names; the line shows what stands in the file."))

    def _delete(self) -> None:
        here = self.page.here
        if self._may_change(here) and here is not None:
            self._change("delete", here.anchor)

    def _change(self, what: What, anchor: str = "", line: str = "") -> None:
        if self.sitting is not None:
            self.opening = True
            self.set_timer(SAID_AFTER, self._say_saving)
            self._write(self.sitting, what, anchor, line)

    def _say_saving(self) -> None:
        if self.opening:
            self.say(msg("saving …"))

    @work(group="correcting")
    async def _write(self, sitting: Sitting, what: What, anchor: str, line: str) -> None:
        """Through the one writer, beside the screen; what it refuses is said, and nothing has changed then."""
        try:
            self.say(await asyncio.to_thread(_done, sitting, what, anchor, line))
        except KeptBoth as both:
            self.say_error(both)
            with contextlib.suppress(RetroError):
                await asyncio.to_thread(sitting.read_again)
        except RetroError as error:
            self.say_error(error)
        finally:
            self.opening = False
        self.stat = looks(self.path)
        self.show()

    # -- leading elsewhere ---------------------------------------------------------------------------------

    def _reopen(self) -> None:
        """The meeting goes on: a closed one is reopened, an open one is simply gone on with."""
        from retrotui.tui import going_on

        if self.sitting is None:
            return
        minutes = self.sitting.minutes
        way = going_on.resume_session if minutes.status == "running" else going_on.reopen_session
        try:
            session = way(self.place, minutes.id)
        except RetroError as error:
            self.say_error(error)
        else:
            self.doorman.show_meeting(session)

    def _lineage(self) -> None:
        here = self.page.here
        if here is None or not here.item or self.sitting is None:
            self.say(msg("Go to an experiment, an action or a verdict first."))
            return
        self.opening = True
        self._ask_stop(here.item, self.sitting.minutes.id)

    @work(exclusive=True, group="dialog")
    async def _ask_stop(self, item: str, meeting: str) -> None:
        from retrotui.tui.screens.dialogs.lineage import ask_stop

        try:
            stop = await ask_stop(self, self.place, item, meeting)
        finally:
            self.opening = False
        if stop is not None:
            self.app.push_screen(MinutesScreen(self.place, self.commands, stop.path, item=stop.item))

    def _export(self) -> None:
        self.opening = True
        self._ask_export()

    @work(exclusive=True, group="dialog")
    async def _ask_export(self) -> None:
        from retrotui.tui.exporting_several import export_from

        try:
            said = await export_from(self, self.place, [self.path])
        finally:
            self.opening = False
        if said is not None:
            self.say(said)


def _done(sitting: Sitting, what: What, anchor: str, line: str) -> Message:
    """In a thread: does it, and what to say then. Raises as the sitting does."""
    if what == "correct":
        changed = sitting.correct(anchor, line)
        return (
            msg("Corrected; the file says when. u takes it back.") if changed else msg("Nothing has changed.")
        )
    if what == "delete":
        sitting.delete(anchor)
        return msg("Deleted. u takes it back.")
    if what == "undo":
        sitting.undo()
        return msg("Taken back.")
    sitting.redo()
    return msg("Brought back.")


def open_minutes(app: RetroApp, path: Path, *, words: str = "", item: str = "") -> None:
    """The minutes in this file over the screen that is shown now, with `words` marked, or the cursor at `item`."""
    app.push_screen(MinutesScreen(app.place, app.declared, path, words=words, item=item))
