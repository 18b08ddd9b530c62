"""A page with one meeting's minutes on it: to be read and searched.

Owns moving on the page, its search, and following the file: it is looked at every few seconds, and what somebody else
changed is read anew, and said. What stands on the page is `tui.reading_page`'s; what else can be done with it is
`screens.minutes`'.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from retrotui.domain.minutes import Minutes
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.interchange.outgoing import around_of
from retrotui.locale import formats, language, tr
from retrotui.store import minutes as minutes_store
from retrotui.store.durable import Missing
from retrotui.tui import text
from retrotui.tui.commands import Command, command_of
from retrotui.tui.correcting import Sitting, looks
from retrotui.tui.place import Place
from retrotui.tui.reading_page import Thing, page_of
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.filter_line import FilterLine
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.headline import headline
from retrotui.tui.widgets.notice import Notice
from retrotui.tui.widgets.reading import ReadingPane

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

LOOKS_EVERY = 3.0
"""Seconds between two looks at the file."""
Mode = Literal["read", "search", "correct"]
Neighbour = Callable[[Path, int], Path | None]
"""The meeting after (-1) or before (1) this one, where there is one."""

ALWAYS = frozenset({"help", "palette", "leave"})
PAGE_KEYS = (
    ("↑ ↓ PgUp PgDn", msg("go through the page")),
    ("Esc", msg("back")),
)


class PageScreen(Screen[None]):
    """The page of one meeting. `words` are marked; the cursor begins at the first of them, or at `item`."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        place: Place,
        commands: tuple[Command, ...],
        path: Path,
        *,
        words: str = "",
        item: str = "",
        neighbour: Neighbour | None = None,
    ) -> None:
        super().__init__()
        self.place = place
        self.commands = commands
        self.declared = tuple(one for one in commands if "minutes" in one.where)
        self.path = path
        self.words = words
        self.item = item
        self.neighbour = neighbour
        self.sitting: Sitting | None = None
        self.titles: Mapping[str, str] = {}
        self.mode: Mode = "read"
        self.stat: tuple[int, int, int] | None = None
        self._fresh = True
        self.opening = False
        """The file is being read or written, or a question is about to open: keys wait for it."""
        self._from = 0
        """Where the search in the page began."""

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        yield ReadingPane(id="page")
        yield Notice(id="notice")
        with Horizontal(id="captures"):
            yield Drawn(id="edge")
            yield FilterLine(id="line")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.line_mode("read")
        self.read()
        self.set_interval(LOOKS_EVERY, self._look)

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_around)

    @property
    def page(self) -> ReadingPane:
        return self.query_one("#page", ReadingPane)

    @property
    def line(self) -> FilterLine:
        return self.query_one("#line", FilterLine)

    # -- reading -------------------------------------------------------------------------------------------

    @work(exclusive=True, group="review")
    async def read(self) -> None:
        """The file, and what the earlier items that it speaks of are called."""
        self.opening = True
        try:
            sitting = await asyncio.to_thread(Sitting.over, self.place, self.path)
            self.titles = await asyncio.to_thread(self._earlier, sitting.minutes)
        except RetroError as error:
            self.sitting = None
            self._unreadable(error)
            return
        finally:
            self.opening = False
        self.sitting, self.stat = sitting, looks(self.path)
        self.show()

    def _earlier(self, minutes: Minutes) -> Mapping[str, str]:
        """What earlier actions and experiments are called; what their own meetings hide is hidden here too."""
        return around_of(minutes_store.earlier_meetings(self.place.workspace, minutes), language()).titles

    def _unreadable(self, error: RetroError) -> None:
        at = f":{error.line}" if error.line is not None else ""
        things = [Thing(((f"{self.path.name}{at}", ""),), role="heading")]
        things += [Thing(((tr(one), ""),), indent=1) for one in (error.what, error.hint) if one is not None]
        things.append(Thing(((tr("The file is left as it is."), "muted"),), indent=1))
        self.page.put(things, "")
        self.draw_around()

    def show(self) -> None:
        """The page anew."""
        if self.sitting is None:
            return
        things = page_of(self.sitting.minutes, language(), self.place.factors, self.titles)
        page = self.page
        page.put(things, self.words)
        if self._fresh:
            self._fresh = False
            page.edge(end=False)
            if self.item:
                page.go_to_item(self.item)
            elif page.hits:
                page.go_to(page.hits[0])
        self.draw_around()

    def draw_around(self) -> None:
        """Headline and footer."""
        self.query_one("#headline", Drawn).draw(self._headline())
        self.query_one("#footer", Drawn).draw(self._footer())

    def _headline(self) -> Content:
        width = self.query_one("#headline").content_size.width
        if self.sitting is None:
            return text.line(f" {self.path.name}", "bold $accent", width=width)
        minutes, page = self.sitting.minutes, self.page
        right = [f"{formats.weekday(minutes.date)} {formats.date(minutes.date)}"]
        if self.words:
            count = len(page.hits)
            number = page.hit_number
            said = (
                tr("hit {n} of {count}", n=number, count=count)
                if number
                else tr(plural("{n} hit", "{n} hits", count))
            )
            right.insert(0, said)
        right.append(tr("{share} read", share=formats.percent(page.seen_to)))
        return headline(minutes.title or minutes.id, " · ".join(right), width)

    def _footer(self) -> Content:
        width = self.query_one("#footer").content_size.width
        if self.mode != "read":
            words = tr(self.line_words())
            return text.line(f" {words}", "$muted", width=width)
        return footer(self.declared, self.offer, width, twins=True)

    def line_words(self) -> Message:
        """The footer while something is typed."""
        return msg("Enter: to the page · Esc: search for nothing")

    def offer(self, command: Command) -> Message | None:
        """What a command would do now; None: nothing."""
        if self.sitting is None and command.id not in ALWAYS:
            return None
        works = {
            "minutes.hit": bool(self.page.hits),
            "minutes.hit_before": bool(self.page.hits),
            "minutes.newer": self.neighbour is not None,
            "minutes.older": self.neighbour is not None,
        }.get(command.id, True)
        return command.words if works else None

    def say(self, message: Message) -> None:
        self.query_one("#notice", Notice).say(message)
        self.call_after_refresh(self._fit)

    def say_error(self, error: RetroError) -> None:
        self.say(msg("{what} {hint}", what=error.what, hint=error.hint) if error.hint else error.what)

    # -- what others do to the file ------------------------------------------------------------------------

    def _look(self) -> None:
        if (
            self.mode == "read"
            and self.is_current
            and self.stat is not None
            and looks(self.path) != self.stat
        ):
            self._read_again()

    @work(exclusive=True, group="review")
    async def _read_again(self) -> None:
        """The file as it is now, also where it is called otherwise; a damaged one is named, and kept on the screen."""
        sitting = self.sitting
        if sitting is None:
            return
        try:
            changed = await asyncio.to_thread(sitting.read_again)
        except Missing:
            await self._follow(sitting)
            return
        except RetroError as error:
            self.stat = looks(self.path)
            self.say_error(error)
            return
        self.stat = looks(self.path)
        if changed:
            self.show()
            self.say(msg("The file was changed by somebody else: this is how it is now."))

    async def _follow(self, sitting: Sitting) -> None:
        """A file that was renamed is found by its meeting's id."""
        try:
            path = await asyncio.to_thread(minutes_store.find, self.place.workspace, sitting.minutes.id)
        except RetroError:
            self.stat = None
            self.say(msg("{file} is not there any more.", file=self.path.name))
            return
        self.say(msg("The file is called {file} now.", file=path.name))
        self.path = path
        sitting.moved_to(path)
        self.stat = looks(path)

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.mode != "read":
            if event.key == "escape":
                event.stop()
                self._leave_line()
            elif event.key in ("down", "up") and self.mode == "search":
                event.stop()
                self.line_mode("read")
                self.page.next_hit(1 if event.key == "down" else -1)
                self.draw_around()
            else:
                self._always(event)
            return
        if self.page.travel(event.key):
            event.stop()
            self.draw_around()
        elif event.key == "escape":
            event.stop()
            self._back()
        elif (command := command_of(self.declared, event.key, event.character)) is not None:
            event.stop()
            self.action_run(command.id)

    def _always(self, event: events.Key) -> None:
        """Keys that work while something is typed."""
        command = command_of(self.declared, event.key, None)
        if command is not None and command.id in ALWAYS and event.key in command.keys:
            event.stop()
            self.action_run(command.id)

    def action_run(self, command: str) -> None:
        """Does a command by its id; one that does nothing now says why."""
        done = self.ways()
        if command in done and (self.sitting is not None or command in ALWAYS):
            done[command]()

    def ways(self) -> dict[str, Callable[[], object]]:
        """What each command does."""
        return {
            "help": lambda: self.app.push_screen(HelpDialog(self.declared, "minutes", PAGE_KEYS)),
            "palette": self.doorman.action_command_palette,
            "leave": self.app.exit,
            "minutes.hit": lambda: self._to_hit(1),
            "minutes.hit_before": lambda: self._to_hit(-1),
            "minutes.search": lambda: self.line_mode("search"),
            "minutes.newer": lambda: self._go(-1),
            "minutes.older": lambda: self._go(1),
        }

    @property
    def doorman(self) -> RetroApp:
        return self.app  # type: ignore[return-value]

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette."""
        for command in self.declared:
            if (words := self.offer(command)) is not None:
                yield command, words

    def _back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def _to_hit(self, by: int) -> None:
        if not self.page.next_hit(by):
            self.say(msg("Nothing is looked for: / searches."))
        self.draw_around()

    def _go(self, by: int) -> None:
        path = self.neighbour(self.path, by) if self.neighbour is not None else None
        if path is None:
            self.say(msg("There is no other meeting that way."))
            return
        self.path, self._fresh, self.item = path, True, ""
        self.query_one("#notice", Notice).hush()
        self.call_after_refresh(self._fit)
        self.read()

    # -- the line ------------------------------------------------------------------------------------------

    def line_mode(self, mode: Mode) -> None:
        """Shows the line for what is typed now, or takes it away."""
        self.mode, self._from = mode, self.page.at
        box, edge = self.query_one("#captures"), self.query_one("#edge", Drawn)
        box.display = mode != "read"
        if mode == "read":
            self.set_focus(None)
        else:
            self.line.put(self.words if mode == "search" else self.line.value)
            edge.draw(text.mark(" / ", "bold $accent"), fit=True)
            self.set_focus(self.line)
        if mode == "search":
            self.line.action_select_all()  # what is typed now takes the place of what was looked for
        self.line_changed()
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """The page has one line more, or less."""
        self.page.refit()
        self.draw_around()

    def line_changed(self) -> None:
        """Something else stands in the line, or it means something else."""

    def line_taken(self, line: str) -> None:
        """Enter, in a line that is no search."""

    def on_input_changed(self, event: Input.Changed) -> None:
        if self.mode == "search":
            self._search(event.value)
        self.line_changed()

    def _search(self, words: str) -> None:
        self.words, page = words, self.page
        page.put(page.things, words)
        if page.hits:
            page.go_to(next((number for number in page.hits if number >= self._from), page.hits[0]))
        self.draw_around()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        mode = self.mode
        self.line_mode("read")
        if mode != "search":
            self.line_taken(event.value)

    def _leave_line(self) -> None:
        if self.mode == "search":
            self.words = ""
            self.page.put(self.page.things, "")
        self.line_mode("read")

    def busy(self) -> bool:
        """Whether keys wait: for the file, or for a question that is about to open."""
        return self.opening and self.app.screen is self
