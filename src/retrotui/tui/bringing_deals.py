"""The way of a file of deals into the running meeting: read in sight, looked at, taken.

Owns the order of the dialogs and what is said when one is left. Reading and taking are `imported_deals`', the account
is the preview's. Nothing is taken that a person did not see, but for a small file with nothing to decide: that goes in
with one line. Source: import.md; meeting.md, "Beginning and end".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from textual.app import App
from textual.message import Message as Event

from retrotui.errors import RetroError, msg
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui import imported_deals
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.screens.dialogs.import_preview import ImportPreview
from retrotui.tui.screens.dialogs.reading import ReadingDialog
from retrotui.tui.session import Session
from retrotui.tui.view import Pipeline


class ColumnsRemembered(Event):
    """The team's settings hold columns that were named by hand."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings


def bring(app: App[Any], session: Session, path: Path) -> None:
    """`--deals FILE` when the meeting is on the wall: a large file is read in sight, a small one beside the screen."""
    way = Bringing(app, session)

    def begin() -> None:
        if imported_deals.is_quick(path):
            app.run_worker(lambda: way.quickly(path), thread=True, exclusive=True, group="deals")
        else:
            way.look(path)

    app.call_after_refresh(begin)  # what is said must find the meeting's screen


class Bringing:
    """One file on its way. `done` is called when it has ended, well or not."""

    def __init__(self, app: App[Any], session: Session, done: Callable[[], None] = lambda: None) -> None:
        self.app = app
        self.session = session
        self.done = done
        self.file = ""

    def look(self, path: Path) -> None:
        """Read in sight, then shown, then taken or not."""
        self.file = path.name
        self.app.push_screen(ReadingDialog(path, self.session.settings), self._read)

    def quickly(self, path: Path) -> None:
        """In a thread: read; what leaves nothing to decide is taken, all else is shown first."""
        self.file = path.name
        try:
            found = imported_deals.read_deals(path, self.session.settings)
        except RetroError as error:
            said = msg("{what} {hint}", what=error.what, hint=error.hint or "")
            self.app.call_from_thread(self.session.say, said)
            return
        clean = found.source is not None and found.source.totals.clean
        self.app.call_from_thread(self._take if clean else self._offer, found)

    def report(self, pipeline: Pipeline) -> None:
        """The account of deals that are in the meeting; taken anew only where a column was named by hand."""
        self.file = pipeline.file
        dialog = ImportPreview(pipeline, self.session.settings, self._hidden(), taken=True)
        self.app.push_screen(dialog, self._renewed)

    def _hidden(self) -> Any:
        return self.session.meeting.minutes.discretion

    def _read(self, found: Pipeline | None) -> None:
        if found is None:
            self._leave()
        else:
            self._offer(found)

    def _offer(self, found: Pipeline) -> None:
        self.app.push_screen(ImportPreview(found, self.session.settings, self._hidden()), self._answered)

    def _answered(self, taken: Pipeline | None) -> None:
        if taken is None:
            self._leave()
        else:
            self._take(taken)

    def _renewed(self, taken: Pipeline | None) -> None:
        if taken is None:
            self.done()
        else:
            self._take(taken)

    def _leave(self) -> None:
        key = imported_deals.choosing(self.session)
        said = msg(
            "No deals were taken from {file}. {key} at the deals reads a file.", file=self.file, key=key
        )
        self.session.say(said)
        self.done()

    def _take(self, found: Pipeline) -> None:
        self.session.say(imported_deals.take_deals(self.session, found))
        self.session.on_change()
        by_hand = found.source.by_hand if found.source is not None else {}
        workspace = self.session.workspace
        if by_hand and workspace is not None and self.session.saver is not None:  # a rehearsal keeps nothing
            self.app.run_worker(lambda: self._remember(workspace, by_hand), thread=True, group="columns")
        self.done()
        self.app.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """The list that asked for the file may have come back before the deals were taken: it shows them."""
        if isinstance(self.app.screen, Dialog):
            self.app.screen.follow()

    def _remember(self, workspace: Workspace, by_hand: Mapping[str, str]) -> None:
        """In a thread: the columns go into the team's settings."""
        try:
            own = imported_deals.remember_columns(workspace, by_hand)
        except RetroError as error:
            said = msg("{what} {hint}", what=error.what, hint=error.hint or "")
            self.app.call_from_thread(self.session.say, said)
            return
        self.session.settings = own
        self.app.post_message(ColumnsRemembered(own))
