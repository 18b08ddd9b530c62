"""A file of deals is being read: how far it is, and a key that stops it.

Owns the thread that reads. Must not wait for it: the clock of the meeting below goes on. Source: import.md.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

from textual import events, work
from textual.app import ComposeResult

from retrotui.domain.deals import DealIndex
from retrotui.errors import RetroError
from retrotui.locale import tr
from retrotui.store.settings import Settings
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.view import Pipeline
from retrotui.tui.widgets.drawn import Drawn

LINES = 4
WIDTH = 70
BAR = 40
REPAINT_SECONDS = 0.2


class ReadingDialog(Dialog[Pipeline]):
    """Gives back the deals, ready to search; None where it was stopped or the file is no table of deals."""

    DEFAULT_CSS = f"ReadingDialog #read {{ height: {LINES}; }}"

    def __init__(self, path: Path, settings: Settings) -> None:
        super().__init__()
        self.path = path
        self.settings = settings
        self.title_of_box = tr("Reading {file}", file=path.name)
        self.hint_of_box = tr("Esc: stop")
        self.done = 0.0
        self.wrong: RetroError | None = None
        self._stopped = Event()

    def body(self) -> ComposeResult:
        yield Drawn(id="read")

    def on_mount(self) -> None:
        self._show()
        self.set_interval(REPAINT_SECONDS, self._show)
        self._read()

    def on_unmount(self) -> None:
        self._stopped.set()

    @work(group="reading")
    async def _read(self) -> None:
        try:
            found = await asyncio.to_thread(self.read)
        except RetroError as error:
            self.wrong = error
            self._show()
            return
        if self.is_current:
            self.dismiss(found)

    def read(self) -> Pipeline:
        """The deals of the file; runs in a thread. Raises RetroError for what is no table of deals."""
        from retrotui.interchange import crm

        own = self.settings
        found = crm.read(self.path, remembered=own.columns, currency=own.currency, progress=self._progress)
        return Pipeline(DealIndex.of(found.deals), self.path.name)

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
            return text.wrap(said, WIDTH, lines=LINES)
        full = round(max(0.0, min(1.0, self.done)) * BAR)
        return ["━" * full + "─" * (BAR - full), tr("{part} %", part=round(self.done * 100))]

    def on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "space") and self.wrong is not None:
            event.stop()
            self.dismiss(None)
