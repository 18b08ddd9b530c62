"""A file of deals is being read: how far it is, and a key that stops it.

Owns the thread that reads. Must not wait for it: the clock of the meeting below goes on, and so do the keys that move
it. A file that is refused can be helped by naming a column. Source: import.md.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from threading import Event

from textual import events, work
from textual.app import ComposeResult

from retrotui.errors import RetroError
from retrotui.locale import formats, tr
from retrotui.store.settings import Settings
from retrotui.tui import imported_deals, text
from retrotui.tui.choosers.columns import ColumnNaming
from retrotui.tui.screens.dialogs.base import STAY, Dialog
from retrotui.tui.view import Pipeline
from retrotui.tui.widgets.drawn import Drawn

LINES = 6
WIDTH = 70
BAR = 40
REPAINT_SECONDS = 0.2
MOVES = STAY | {"pause", "step.next", "step.back"}
"""What the meeting below does while it is read here: nobody must stop the reading to go on."""


class ReadingDialog(Dialog[Pipeline]):
    """Gives back the deals, ready to search; None where it was stopped or the file is no table of deals."""

    DEFAULT_CSS = f"ReadingDialog #read {{ height: {LINES}; }}"

    def __init__(self, path: Path, settings: Settings, by_hand: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.path = path
        self.settings = settings
        self.by_hand = dict(by_hand or {})
        self.title_of_box = tr("Reading {file}", file=path.name)
        self.hint_of_box = tr("Esc: stop")
        self.done = 0.0
        self.wrong: RetroError | None = None
        self.found: Pipeline | None = None
        self.headers: tuple[str, ...] = ()
        """Of a file that was refused: what a column can be named by."""
        self._stopped = Event()

    def body(self) -> ComposeResult:
        yield Drawn(id="read")

    def on_mount(self) -> None:
        self._show()
        self.set_interval(REPAINT_SECONDS, self._show)
        self._read()

    def on_unmount(self) -> None:
        self._stopped.set()

    def on_screen_resume(self) -> None:
        """What lay over this dialog is gone; the file may have been read meanwhile."""
        self._leave_when_read()

    @work(group="reading")
    async def _read(self) -> None:
        self.wrong, self.done, self.headers = None, 0.0, ()
        try:
            self.found = await asyncio.to_thread(self.read)
        except RetroError as error:
            self.wrong = error
            self.headers = await asyncio.to_thread(_headers_of, self.path)
            self._show()
        self._leave_when_read()

    def _leave_when_read(self) -> None:
        if self.found is not None and self.is_current:
            self.dismiss(self.found)

    def read(self) -> Pipeline:
        """The deals of the file; runs in a thread. Raises RetroError for what is no table of deals."""
        return imported_deals.read_deals(
            self.path, self.settings, by_hand=self.by_hand, progress=self._progress
        )

    def _progress(self, done: float) -> bool:
        """Called in the thread; False stops the reading."""
        self.done = done
        return not self._stopped.is_set()

    def _show(self) -> None:
        self.query_one("#read", Drawn).draw(text.stack([text.line(line) for line in self.lines()]))

    def lines(self) -> list[str]:
        """How far it is, or what is wrong with the file."""
        if self.wrong is not None:
            said = tr(self.wrong.what)
            if self.wrong.hint is not None:
                said = f"{said} {tr(self.wrong.hint)}"
            if not self.headers:
                return text.wrap(said, WIDTH, lines=LINES)
            return [*text.wrap(said, WIDTH, lines=LINES - 1), tr("m: name a column by hand · Enter: back")]
        full = round(max(0.0, min(1.0, self.done)) * BAR)
        return ["━" * full + "─" * (BAR - full), formats.percent(round(self.done * 100))]

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.wrong is None:
            return
        if event.key in ("enter", "space"):
            event.stop()
            self.dismiss(None)
        elif event.character in ("m", "M") and self.headers:
            event.stop()
            ColumnNaming(self.app, self.headers, self.by_hand, self._named).choose_field()

    def _named(self, field: str, header: str) -> None:
        self.by_hand[field] = header
        self._read()

    def action_below(self, command: str) -> None:
        """Moving on in the meeting does not stop the reading; with a list between them there is no moving on."""
        if command not in MOVES:
            super().action_below(command)
        elif (run := getattr(self.app.screen_stack[-2], "action_run", None)) is not None:
            run(command)


def _headers_of(path: Path) -> tuple[str, ...]:
    """The columns of a file that was refused; none where it is not even a table."""
    from retrotui.interchange.crm.understood import headers_of

    try:
        found = headers_of(path)
    except RetroError:
        return ()
    return found if len(found) > 1 else ()
