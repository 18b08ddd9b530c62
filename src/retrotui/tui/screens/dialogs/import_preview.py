"""The import preview: how a file of deals was understood, before its deals are taken into the meeting.

Owns scrolling, the keys that take the deals or do not, and the reading again after a column was named by hand. What
stands on the page is `tui.import_page`'s. Source: import.md.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from retrotui.domain.minutes import Discretion
from retrotui.interchange.crm.understood import FIELDS, headers_by_field
from retrotui.locale import tr
from retrotui.store.settings import Settings
from retrotui.tui import text
from retrotui.tui.choosers.columns import DIGITS, ColumnNaming
from retrotui.tui.import_page import page
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.screens.dialogs.reading import ReadingDialog
from retrotui.tui.view import DealSource, Pipeline
from retrotui.tui.widgets.drawn import Drawn


class ImportPreview(Dialog[Pipeline]):
    """Gives back the deals on Enter, and None on Esc. `taken`: they are in the meeting already, and Enter takes them
    anew only where a column was named."""

    DEFAULT_CSS = """
    ImportPreview > .box { width: 92%; max-width: 100; height: 92%; }
    ImportPreview VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    ImportPreview #account { height: auto; }
    """

    opened_by = "choose"

    def __init__(
        self, pipeline: Pipeline, settings: Settings, hidden: Discretion, *, taken: bool = False
    ) -> None:
        super().__init__()
        self.pipeline = pipeline
        self.settings = settings
        self.hidden = hidden
        self.taken = taken
        self.title_of_box = tr("Import: {file}", file=pipeline.file)
        self.hint_of_box = self._hint()

    @property
    def source(self) -> DealSource | None:
        return self.pipeline.source

    def _hint(self) -> str:
        if self.taken:
            return tr("↑ ↓ scroll · m: columns · Esc: back")
        return tr("Enter takes the deals · ↑ ↓ scroll · m: columns · Esc: not these")

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Drawn(id="account")

    def on_mount(self) -> None:
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def refreshed(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.source is None or not self.query(
            "#account"
        ):  # the meeting below may draw before we are there
            return
        view = self.query_one(VerticalScroll)
        lines = page(self.source, self.hidden, view.content_size.width - 1)
        area = self.query_one("#account", Drawn)
        area.styles.height = len(lines)
        area.draw(text.stack(lines))
        self.query_one(".box").border_subtitle = text.line(f" {self._hint()} ")

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self._take_key(event.key, event.character or ""):
            event.stop()
            event.prevent_default()

    def _take_key(self, key: str, character: str) -> bool:
        view = self.query_one(VerticalScroll)
        leaf = max(1, view.size.height - 2)
        by = {
            "up": -1,
            "k": -1,
            "down": 1,
            "j": 1,
            "pageup": -leaf,
            "b": -leaf,
            "pagedown": leaf,
            "space": leaf,
        }
        ways: dict[str, Callable[[], object]] = {
            "enter": lambda: self.dismiss(None if self.taken else self.pipeline),
            "home": lambda: view.scroll_to(y=0, animate=False),
            "end": lambda: view.scroll_to(y=view.max_scroll_y, animate=False),
        }
        if key in by:
            view.scroll_relative(y=by[key], animate=False)
        elif key in ways:
            ways[key]()
        elif character in ("m", "M"):
            self._naming().choose_field()
        elif character.isdecimal() and 1 <= int(character) <= DIGITS:
            self._naming().choose_header(list(FIELDS)[int(character) - 1])
        else:
            return False
        return True

    # -- columns by hand -----------------------------------------------------------------------------------

    def _naming(self) -> ColumnNaming:
        source = self.source
        assert source is not None
        used = headers_by_field(source.account)
        known = [header for some in used.values() for header in some]
        headers = tuple(dict.fromkeys((*known, *source.account.unknown_columns)))
        return ColumnNaming(self.app, headers, used, self._named)

    def _named(self, field: str, header: str) -> None:
        """The file is read again with this column."""
        source = self.source
        assert source is not None
        by_hand = {**source.by_hand, field: header}
        self.app.push_screen(ReadingDialog(source.path, self.settings, by_hand), self._read_again)

    def _read_again(self, found: Pipeline | None) -> None:
        if found is not None:
            self.pipeline, self.taken = found, False
        self._show()
