"""The list of all minutes on the screen, newest first: what is read for it, and how it is drawn.

Owns the way from the line to the rows, beside the screen. Only the rows that are seen are read and drawn, so ten
thousand open as quickly as a hundred; what others do to the files is seen at the next look, every few seconds. The
meetings come from `store.review`; keys and what they do are `screens.review`'s. Source: issue 4.
"""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import ClassVar, Final

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen

from retrotui.domain.review import read_wanted, words_to_mark
from retrotui.domain.wanted import Wanted
from retrotui.errors import Message, RetroError
from retrotui.locale import language, tr
from retrotui.store import agendas
from retrotui.store.index_database import Entry
from retrotui.store.minutes import Damaged
from retrotui.store.review import Archive, RowId, Stopped
from retrotui.tui import review_page, review_words, text
from retrotui.tui.commands import Command
from retrotui.tui.place import Place
from retrotui.tui.review_list import ListRow, ReviewList
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.filter_line import FilterLine
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.headline import headline

LOOKS_EVERY: Final = 3.0
"""Seconds between two looks at the folder; longer where a look takes long (a fiftieth of the time, at most)."""
REPAINT: Final = 0.2
PASSAGES_FROM: Final = 20
"""Rows of the screen from which the marked meeting has room to say what answers in it."""
SAID_AFTER: Final = 0.5
"""Seconds after which it is said what takes so long."""


class ReviewListScreen(Screen[None]):
    """The list. `searching`: the line has the focus from the start; `first`: the minutes to open over it."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        place: Place,
        commands: tuple[Command, ...],
        *,
        searching: bool = False,
        first: Path | None = None,
        line: str = "",
    ) -> None:
        super().__init__()
        self.place = place
        self.commands = commands
        self.declared = tuple(one for one in commands if "review" in one.where)
        self.archive = Archive(place.workspace, place.clock)
        self.searching = searching
        self.first_path = first
        self.typed = line
        """What stands in the line."""
        self.list = ReviewList()
        self.slow = False
        self.wrong: Message | None = None
        """Why the folder cannot be read."""
        self.read_of: tuple[int, int] | None = None
        """While all files are read: how many have been, of how many."""
        self.passages: tuple[Entry, ...] = ()
        self.agendas: dict[str, tuple[str, ...]] = {}
        """What each agenda is called, in the interface's language first."""
        self._asked = 0
        """Counts the questions: an answer to an older one is not shown."""
        self._answered = 0
        self._working_since: float | None = None
        self._looking = False
        self._next_look = 0.0
        self._drawn_for: tuple[object, ...] = ()
        self._opening = False

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        with Horizontal(id="captures"):
            yield Drawn(id="edge")
            yield FilterLine(id="line")
        yield Drawn(id="heads")
        yield Drawn(id="rows")
        yield Drawn(id="rule")
        yield Drawn(id="passages")
        yield Drawn(id="notice")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.query_one("#edge", Drawn).draw(text.mark(" / ", "bold $accent"), fit=True)
        line = self.line
        line.placeholder = text.bare(tr("search: words, @anna, #price, customer:…, outcome:lost, =2026-Q3"))
        line.put(self.typed)
        self.set_focus(line if self.searching else None)
        if self.first_path is not None:
            self.open_page(self.first_path)
        self._begin()
        self.watch(self.app, "app_focus", self._window, init=False)
        self.set_interval(LOOKS_EVERY, self._look_again)
        self.set_interval(REPAINT, self._say_progress)

    def on_unmount(self) -> None:
        """The reading ends at its next file; nobody waits for it here."""
        self.archive.stop()
        asyncio.get_running_loop().run_in_executor(None, self.archive.close)

    def on_screen_resume(self) -> None:
        """Back from a page: what was corrected there is seen here."""
        self.call_after_refresh(self.draw_all)
        if self._answered:
            self.look()

    def _window(self, focused: bool) -> None:
        """The window has the focus again: somebody may have worked elsewhere."""
        if focused and self.is_current:
            self.look()

    def on_resize(self, event: events.Resize) -> None:
        for part in ("#rule", "#passages"):
            self.query_one(part).display = event.size.height >= PASSAGES_FROM
        self.call_after_refresh(self.draw_all)

    def open_page(self, path: Path) -> None:
        """Reads one meeting over the list."""
        raise NotImplementedError

    @property
    def line(self) -> FilterLine:
        return self.query_one("#line", FilterLine)

    @property
    def is_typing(self) -> bool:
        return self.focused is self.line

    # -- reading, beside the screen ------------------------------------------------------------------------

    @work(group="review-begin")
    async def _begin(self) -> None:
        """What the index knows already, at once; without one the names of the files. Then every file is looked at."""
        if await asyncio.to_thread(self.archive.is_indexed):
            await self._find()
        else:
            try:
                found = await asyncio.to_thread(self.archive.by_name)
                self.list.put(Wanted(), found, len(found), None)
            except RetroError as error:
                self.wrong = error.what
            self._answered = 1
            self._arrived()
        with contextlib.suppress(RetroError):
            self.agendas = await asyncio.to_thread(_agenda_titles, self.place)
        self.draw_all()
        self.look()

    @work(group="review-look")
    async def look(self) -> None:
        """Looks at every file; what changed is read, and the question is asked again."""
        if self._looking:
            return
        self._looking, began = True, self.place.clock.elapsed()
        first = self._answered <= 1
        try:
            looked = await asyncio.to_thread(self.archive.look, self._told)
            first, self.wrong = first or self.wrong is not None, None
        except Stopped:
            return
        except RetroError as error:
            self.wrong = error.what
            self.draw_all()
            return
        finally:
            self._looking, self.read_of = False, None
            took = self.place.clock.elapsed() - began
            self._next_look = self.place.clock.elapsed() + max(LOOKS_EVERY, 50 * took) - 0.5
        news = looked.changed or looked.damaged != self.list.damaged or looked.slow != self.slow
        self.list.damaged, self.slow = looked.damaged, looked.slow
        if news or first:
            with contextlib.suppress(RetroError, Stopped):
                self.list.second = await asyncio.to_thread(self.archive.second_versions)
            self.list.forget_cards()
            await self._find()

    def _told(self, done: int, total: int) -> None:
        """Called in the thread that reads."""
        self.read_of = (done, total)

    def _look_again(self) -> None:
        if self.is_current and self.place.clock.elapsed() >= self._next_look:
            self.look()

    async def _find(self) -> None:
        """Asks for what stands in the line. The cursor stays on its meeting; a new question begins at the top."""
        self._asked += 1
        number, kept = self._asked, self.list.path_of(self.list.here)
        wanted = read_wanted(self.typed, self.place.factors, self.place.clock.wall().date())
        self._working_since = self._working_since or self.place.clock.elapsed()
        try:
            found = await asyncio.to_thread(self._ask, wanted, number, kept)
        except Stopped:
            return
        except RetroError as error:
            found, self.wrong = ((), 0, None), error.what
        if found is None or number != self._asked:
            return
        self._working_since, self._answered = None, number + 1
        self.list.put(wanted, *found)
        self._arrived()

    def _ask(
        self, wanted: Wanted, number: int, kept: Path | None
    ) -> tuple[tuple[RowId, ...], int, RowId | None] | None:
        """In a thread: what is found, of how many, and the row of the file `kept`. None where something else is wanted
        by now."""
        if number != self._asked:
            return None
        found = self.archive.find(wanted)
        total = len(found) if wanted.is_everything else len(self.archive.find(Wanted()))
        return found, total, self.archive.key_of(kept) if kept is not None else None

    @work(group="review-find", exclusive=True)
    async def find(self) -> None:
        """The line has changed."""
        await self._find()

    def _arrived(self) -> None:
        self._drawn_for = ()
        self.draw_all()

    @work(group="review-cards")
    async def _fetch(self, rows: tuple[RowId, ...]) -> None:
        """The cards of rows that are seen, and some around."""
        try:
            cards = await asyncio.to_thread(self.archive.cards, rows)
        except (RetroError, Stopped):
            return  # the next look says it
        self.list.learn(cards)
        self.draw_all()

    @work(group="review-passages", exclusive=True)
    async def _fetch_passages(self, row: RowId, words: str) -> None:
        with contextlib.suppress(RetroError, Stopped):
            self.passages = tuple(await asyncio.to_thread(self.archive.passages, row, words))
            self._draw_passages()

    # -- drawing -------------------------------------------------------------------------------------------

    def draw_all(self) -> None:
        """The rows that are seen, and what stands around them."""
        if not self.is_mounted:
            return
        area = self.query_one("#rows", Drawn)
        width, height = area.content_size.width, max(1, area.content_size.height)
        if missing := self.list.missing(height):
            self._fetch(missing)
        seen = self.list.window(height)
        rows = [self.list.row_at(place) for place in seen]
        self.query_one("#heads", Drawn).draw(review_page.heads(width))
        if rows:
            area.draw(
                text.stack(
                    [
                        self._row(row, width, place == self.list.at)
                        for row, place in zip(rows, seen, strict=True)
                    ]
                )
            )
        else:
            area.draw(
                text.stack(
                    [
                        text.plain(line, "$muted")
                        for line in text.wrap(tr(self._nothing()), max(20, width - 4))
                    ]
                )
            )
        self._draw_around()

    def _row(self, row: ListRow | None, width: int, here: bool) -> Content:
        if isinstance(row, Damaged):
            return review_page.damaged_row(row, width, here=here)
        path = self.list.path_of(row)
        marked = path in self.list.marked
        card = self.list.cards.get(row) if row is not None else None
        if card is not None:
            titles = self.agendas.get(card.summary.agenda, ())
            agenda = "" if card.summary.title in titles else titles[0] if titles else card.summary.agenda
            if row in self.list.second:
                agenda = review_words.second_version(card.summary.id)
            return review_page.row(card, width, here=here, marked=marked, agenda=agenda)
        return review_page.file_row(path.stem if path is not None else "…", width, here=here, marked=marked)

    def _nothing(self) -> Message:
        if self.wrong is not None:
            return self.wrong
        reading = not self._answered or self._is_working
        return review_words.nothing(self.list, self.place.workspace.folder, reading=reading)

    @property
    def _is_working(self) -> bool:
        since = self._working_since
        return since is not None and self.place.clock.elapsed() - since > SAID_AFTER

    def _draw_around(self) -> None:
        self.query_one("#headline", Drawn).draw(self._headline())
        self.query_one("#footer", Drawn).draw(self._footer())
        row = self.list.here
        words = words_to_mark(self.list.wanted, self.place.factors)
        drawn_for = (row, words, self._answered)
        if self.query_one("#passages").display and drawn_for != self._drawn_for:
            self._drawn_for = drawn_for
            if row is None or isinstance(row, Damaged):
                self.passages = ()
                self._draw_passages()
            else:
                self._fetch_passages(row, words)
        else:
            self._draw_passages()
        self._say_quietly()

    def _draw_passages(self) -> None:
        area = self.query_one("#passages", Drawn)
        width, height = area.content_size.width, area.content_size.height
        words = words_to_mark(self.list.wanted, self.place.factors)
        self.query_one("#rule", Drawn).draw(text.mark("─" * max(1, review_page.widest(width)), "$rule"))
        area.draw(review_page.passages(self.passages, words, self.place.factors, width, height))

    def _headline(self) -> Content:
        width = self.query_one("#headline").content_size.width
        team = self.place.settings.team
        left = tr("Minutes") + (f" · {team}" if team else "")
        return headline(left, review_words.counted(self.list, working=self._is_working), width)

    def _footer(self) -> Content:
        width = self.query_one("#footer").content_size.width
        if self.is_typing:
            words = tr("Enter: to the list · F7: choose · Esc: search for nothing")
            return text.line(f" {words}", "$muted", width=width)
        return footer(self.declared, lambda one: one.words, width, twins=True)

    # -- what is said --------------------------------------------------------------------------------------

    def say(self, message: Message) -> None:
        self._say(message, "bold $warn")

    def _say(self, message: Message, style: str) -> None:
        width = max(1, self.query_one("#notice").content_size.width)
        self.query_one("#notice", Drawn).draw(text.line(tr(message), style, width=width))

    def _say_quietly(self) -> None:
        """What there is to know beside the list; while the files are read, how many have been stays."""
        words, style = review_words.quietly(self.list, self.wrong, slow=self.slow)
        if words is not None and (self.read_of is None or style != "$muted"):
            self._say(words, style)
        elif self.read_of is None:
            self.query_one("#notice", Drawn).draw(text.mark(""))

    def _say_progress(self) -> None:
        """What takes longer than half a second."""
        if self._looking and self.read_of is not None:
            words = review_words.progress(*self.read_of, asked=self._is_working)
            if words is not None:
                self._say(words, "$muted")
        if self._is_working:
            self.query_one("#headline", Drawn).draw(self._headline())


def _agenda_titles(place: Place) -> dict[str, tuple[str, ...]]:
    good, _ = agendas.all_agendas(place.workspace.folder)
    found = ((one.agenda.id, one.agenda.title) for one in good)
    return {an_id: (title.text(language()), *dict(title.texts).values()) for an_id, title in found}
