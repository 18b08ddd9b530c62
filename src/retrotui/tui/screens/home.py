"""Home: what comes next, first. Resume, start, what is due, the last minutes.

Owns the order of the page and its keys. What is listed is read by `tui.overview` beside the screen; a meeting is
opened by `tui.opening`. Must not read files. Source: meeting.md, "Home".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from retrotui.errors import Message, RetroError, msg
from retrotui.locale import tr
from retrotui.store import recovery
from retrotui.store.lock import Held
from retrotui.store.minutes import Loaded
from retrotui.tui import going_on, opening, pages, text
from retrotui.tui.commands import Command, bound
from retrotui.tui.going_on import Obstacle, TwoVersions
from retrotui.tui.home_page import HomeRow, home_rows
from retrotui.tui.overview import Overview, first_look, looks_otherwise, second_look
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.before_going_on import gone_on, said
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.first_frame import FirstFrame
from retrotui.tui.session import Session
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.footer import footer

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

GLANCE_SECONDS = 4.0
"""So often the folder is looked at while home is seen."""
HOME_KEYS = (
    ("↑ ↓ ⏎", msg("go through the page, and open what is marked")),
    ("1 … 9", msg("begin a meeting with this agenda")),
    ("r", msg("go on with the open meeting")),
    ("o", msg("reopen the meeting of the marked minutes")),
    ("a", msg("the agendas: read, edit, make a new one")),
    ("d", msg("open the demo, in an empty folder")),
    ("/", msg("search in all minutes")),
)
"""The keys of this screen that are no commands of the program: what they do hangs on the page."""


class HomeScreen(FirstFrame):
    """The first screen. ↑ ↓ and Enter, a digit for an agenda, or one key for each thing."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, place: Place, commands: tuple[Command, ...], obstacle: Obstacle | None = None) -> None:
        """`obstacle` is asked about at once: what stood in the way of the meeting that was to go on."""
        super().__init__()
        self.place = place
        self.obstacle = obstacle
        self._asking = False
        self.declared = tuple(one for one in commands if "home" in one.where)
        self.overview: Overview = first_look(place)
        self.rows: tuple[HomeRow, ...] = ()
        self.at = ""
        for command in self.declared:
            for key in (*command.keys, *command.twins):
                self._bindings.bind(bound(key), f"run('{command.id}')", show=False)

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        with VerticalScroll(id="page", can_focus=False):
            yield Drawn(id="rows")
        yield Drawn(id="notice")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.set_interval(GLANCE_SECONDS, self._glance)
        if self.obstacle is not None:
            self._ask(self.obstacle)

    def draw_first(self) -> None:
        self.show()

    def appeared(self) -> None:
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a meeting: look again."""
        if self.drawn:
            self._read()

    def on_resize(self) -> None:
        if self.drawn:
            self.call_after_refresh(self.show)

    @work(thread=True, exclusive=True, group="overview")
    def _read(self) -> None:
        written = recovery.settle(self.place.workspace, self.place.clock) if self._nobody_meets() else ()
        from retrotui.store.review import Stopped  # not on the way to the first frame

        try:
            found = second_look(self.place, first_look(self.place), self._told)
        except Stopped:
            return
        self.app.call_from_thread(self._arrived, found, written)

    def _told(self, _done: int, _total: int) -> None:
        """In the thread that reads: who leaves does not wait for an index to be built. Raises Stopped."""
        from retrotui.store.review import Stopped

        if not self.is_running:
            raise Stopped

    def _glance(self) -> None:
        """While home is seen: a colleague's file, or a hand's change, is read without a key."""
        if self.is_current and self.overview.read:
            self._glanced()

    @work(thread=True, exclusive=True, group="glance")
    def _glanced(self) -> None:
        if looks_otherwise(self.place, self.overview):
            self.app.call_from_thread(self._read)

    def _nobody_meets(self) -> bool:
        """No meeting runs in this program."""
        return cast("RetroApp", self.app).session is None

    def _arrived(self, found: Overview, written: tuple[Loaded, ...]) -> None:
        self.overview = found
        self.show()
        if written:
            self.say(msg("What only a draft held is in {file} now.", file=written[0].path.name))

    # -- drawing -------------------------------------------------------------------------------------------

    def show(self) -> None:
        width = self.query_one("#page").content_size.width - 2
        today = self.place.clock.wall().date()
        self.rows, page, headline = home_rows(self.overview, self.place, today, width, self.at)
        keys = [row.key for row in self.rows]
        if self.at not in keys and keys:
            self.at = keys[0]
            self.rows, page, headline = home_rows(self.overview, self.place, today, width, self.at)
        area = self.query_one("#rows", Drawn)
        area.styles.height = len(page)
        area.draw(text.stack(page))
        self.query_one("#headline", Drawn).draw(headline)
        self.query_one("#footer", Drawn).draw(self._footer())
        self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        row = next((row for row in self.rows if row.key == self.at), None)
        if row is not None:
            page = self.query_one("#page", VerticalScroll)
            if not page.scroll_offset.y <= row.line < page.scroll_offset.y + page.size.height - 1:
                page.scroll_to(y=max(0, row.line - page.size.height // 2), animate=False)

    def _footer(self) -> Content:
        parts = [
            text.mark(" "),
            *_key("↑ ↓ ⏎", tr("choose")),
            *_key("1-9", tr("start")),
            *([] if not self.overview.open else _key("r", tr("resume"))),
            *_key("a", tr("agendas")),
            *_key("m", tr("minutes")),
            *_key("i", tr("insights")),
            *([] if self.overview.has_minutes else _key("d", tr("demo"))),
            *(_key("o", tr("reopen")) if self.at.startswith("minutes:") else ()),
        ]
        width = self.query_one("#footer").content_size.width
        leave = text.join(*parts, *_key("q", tr("leave")))
        rest = footer(self.declared, lambda one: one.words, max(10, width - leave.cell_length))
        if leave.cell_length + rest.cell_length <= width:
            return text.join(leave, rest)
        return text.join(*parts, rest)  # help says how to leave

    def say(self, message: Message) -> None:
        width = self.query_one("#notice").content_size.width
        self.query_one("#notice", Drawn).draw(text.line(tr(message), "bold $warn", width=max(1, width)))

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        ways: dict[str, Callable[[], object]] = {
            "up": lambda: self._move(-1),
            "k": lambda: self._move(-1),
            "down": lambda: self._move(1),
            "j": lambda: self._move(1),
            "enter": lambda: self._take(self.at),
            "r": lambda: self._take(next((row.key for row in self.rows if row.kind == "open"), "")),
            "a": self._agendas,
            "o": self._reopen,
            "d": self._demo,
            "m": self._review,
            "slash": lambda: self._review(searching=True),
            "i": self._insights,
        }
        if event.character and event.character.isdigit() and event.character != "0":
            event.stop()
            self._take(next((row.key for row in self.rows if row.digit == int(event.character or 0)), ""))
        elif event.key in ways:
            event.stop()
            ways[event.key]()

    def _move(self, by: int) -> None:
        keys = [row.key for row in self.rows]
        if keys:
            position = keys.index(self.at) if self.at in keys else 0
            self.at = keys[max(0, min(len(keys) - 1, position + by))]
            self.show()

    def action_run(self, command: str) -> None:
        if command == "leave":
            self.app.exit()
        elif command == "help":
            self.app.push_screen(HelpDialog(self.declared, "home", HOME_KEYS))
        elif command == "palette":
            self.app.action_command_palette()
        elif command == "review":
            self._review()
        elif command == "insights":
            self._insights()
        elif command.startswith("row:"):
            self._take(command.removeprefix("row:"))

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette: everything on the page, and the commands."""
        for row in self.rows:
            yield (
                Command(f"row:{row.key}", msg("{what}", what=row.words), row.explained),
                msg("{what}", what=row.words),
            )
        for command in self.declared:
            yield command, command.words

    # -- what a row opens ----------------------------------------------------------------------------------

    def _take(self, key: str) -> None:
        row = next((row for row in self.rows if row.key == key), None)
        if row is None:
            return
        if row.kind == "agenda":
            self._start(row.id)
        elif row.kind == "open":
            self._resume(row.id)
        elif row.kind == "demo":
            self._demo()
        else:
            self._read_minutes(row)

    def _open(self, opened: Callable[[], Session]) -> None:
        try:
            cast("RetroApp", self.app).show_meeting(opened())
        except (Held, TwoVersions) as obstacle:
            self._ask(obstacle)
        except RetroError as error:
            self.say(said(error))

    def _start(self, agenda: str) -> None:
        app: RetroApp = self.app  # type: ignore[assignment]
        self._open(lambda: opening.new_session(self.place, opening.with_agenda(app.options, agenda)))

    def _resume(self, meeting_id: str) -> None:
        self._open(lambda: going_on.resume_session(self.place, meeting_id))

    def _ask(self, obstacle: Obstacle) -> None:
        """Keys wait until the question stands there."""
        self._asking = True
        self._ask_first(obstacle)

    @work(exclusive=True, group="dialog")
    async def _ask_first(self, obstacle: Obstacle) -> None:
        try:
            found = await gone_on(self, self.place, obstacle)
        finally:
            self._asking = False
        if isinstance(found, Session):
            cast("RetroApp", self.app).show_meeting(found)
        elif found is not None:
            self.say(found)
            self._read()

    def busy(self) -> bool:
        return self._asking and self.app.screen is self

    def _reopen(self) -> None:
        """The marked minutes go on as a meeting."""
        row = next((row for row in self.rows if row.key == self.at and row.kind == "minutes"), None)
        if row is None:
            self.say(msg("Mark minutes first: o reopens their meeting."))
        else:
            self._open(lambda: going_on.reopen_session(self.place, row.id))

    def _read_minutes(self, row: HomeRow) -> None:
        """The page of the minutes; damaged ones as the sentence about them."""
        if row.path is None:
            self.say(msg("The minutes in which it began are older than those listed here: m shows them all."))
            return
        from retrotui.tui.screens.minutes import open_minutes  # not on the way to the first frame

        open_minutes(cast("RetroApp", self.app), row.path, item=row.id if row.kind == "due" else "")

    def _review(self, *, searching: bool = False) -> None:
        """All minutes: read, search, correct, export."""
        from retrotui.tui.screens.review import ReviewScreen

        declared = cast("RetroApp", self.app).declared
        self.app.push_screen(ReviewScreen(self.place, declared, searching=searching))

    def _insights(self) -> None:
        """The figures over many meetings."""
        from retrotui.tui.screens.insights import InsightsScreen  # not on the way to the first frame

        self.app.push_screen(InsightsScreen(self.place, cast("RetroApp", self.app).declared))

    def _agendas(self) -> None:
        from retrotui.tui.screens.agendas import AgendasScreen  # not on the way to the first frame

        self.app.push_screen(AgendasScreen(self.place, cast("RetroApp", self.app).declared))

    @work(thread=True, exclusive=True, group="demo")
    def _demo(self) -> None:
        """The invented year, in its own folder; home shows it then."""
        try:
            place, deals = pages.demo(self.place)
        except RetroError as error:
            self.app.call_from_thread(self.say, error.what)
            return
        self.app.call_from_thread(self._moved, place, deals)

    def _moved(self, place: Place, deals: Path | None) -> None:
        app: RetroApp = self.app  # type: ignore[assignment]
        app.place = self.place = place
        app.options = replace(app.options, dir=place.workspace.folder, deals=deals)
        self.overview = first_look(place)
        self.say(msg("This is the demo: an invented year in {folder}.", folder=str(place.workspace.folder)))
        self.show()
        self._read()


def _key(key: str, words: str) -> list[Content]:
    return [text.mark(key, "bold $accent"), text.mark(" "), text.line(words, "$muted"), text.mark("  ")]
