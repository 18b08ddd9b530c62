"""One meeting's minutes on the screen: to be read, searched, corrected and exported.

Owns the keys of the page and its line. What stands on it is `tui.reading_page`'s, what a correction does
`tui.correcting`'s. The file is looked at every few seconds: what somebody else changed is read anew, and said.
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

from retrotui.domain.capture import left_edge
from retrotui.domain.capture_reading import Context
from retrotui.domain.minutes import Minutes
from retrotui.errors import Message, Refused, RetroError, msg, plural
from retrotui.interchange.outgoing import around_of
from retrotui.locale import formats, language, tr
from retrotui.store import minutes as minutes_store
from retrotui.store.durable import Missing
from retrotui.tui import text
from retrotui.tui.commands import Command, command_of
from retrotui.tui.correcting import KeptBoth, Sitting
from retrotui.tui.place import Place
from retrotui.tui.reading_page import Thing, page_of
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.filter_line import FilterLine
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.reading import ReadingPane

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

LOOKS_EVERY = 3.0
"""Seconds between two looks at the file."""
Mode = Literal["read", "search", "correct"]
What = Literal["correct", "delete", "undo", "redo"]
Neighbour = Callable[[Path, int], Path | None]
"""The meeting after (-1) or before (1) this one, where there is one."""

MINUTES_KEYS = (
    ("↑ ↓ PgUp PgDn", msg("go through the page")),
    ("Esc", msg("back")),
)


class MinutesScreen(Screen[None]):
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
        self.target = ""
        """What is being corrected."""
        self.read_as: Context | None = None
        self._stat: tuple[int, int, int] | None = None
        self._fresh = True
        self._opening = False
        """A question is about to open, or something is being written: keys wait for it."""

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        yield ReadingPane(id="page")
        yield Drawn(id="notice")
        with Horizontal(id="captures"):
            yield Drawn(id="edge")
            yield FilterLine(id="line")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self._line_mode("read")
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
        try:
            sitting = await asyncio.to_thread(Sitting.over, self.place, self.path)
            self.titles = await asyncio.to_thread(self._earlier, sitting.minutes)
        except RetroError as error:
            self.sitting = None
            self._unreadable(error)
            return
        self.sitting, self._stat = sitting, _looks(self.path)
        self.call_after_refresh(self.show)

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
        right.append(tr("{part} %", part=page.seen_to))
        tail = " · ".join(right)
        title = text.cut(minutes.title or minutes.id, max(10, width - text.cells(tail) - 4))
        gap = max(1, width - text.cells(title) - text.cells(tail) - 2)
        return text.join(
            text.mark(" "), text.line(title, "bold $accent"), text.mark(" " * gap), text.line(tail, "$muted")
        )

    def _footer(self) -> Content:
        width = self.query_one("#footer").content_size.width
        if self.mode == "search":
            return text.line(f" {tr('Enter: to the page · Esc: search for nothing')}", "$muted", width=width)
        if self.mode == "correct":
            return text.line(f" {tr('Enter takes it · Esc leaves it as it was')}", "$muted", width=width)
        return footer(self.declared, self._offer, width, twins=True)

    def _offer(self, command: Command) -> Message | None:
        """What a command would do now; None: nothing."""
        here = self.page.here
        if self.sitting is None:
            return command.words if command.id in ("help", "palette", "leave") else None
        works = {
            "minutes.hit": bool(self.page.hits),
            "minutes.hit_before": bool(self.page.hits),
            "minutes.correct": bool(here and here.anchor),
            "minutes.delete": bool(here and here.anchor),
            "minutes.lineage": bool(here and here.item),
            "minutes.newer": self.neighbour is not None,
            "minutes.older": self.neighbour is not None,
            "undo": bool(self.sitting.past),
            "redo": bool(self.sitting.future),
        }.get(command.id, True)
        return command.words if works else None

    def say(self, message: Message) -> None:
        width = max(1, self.query_one("#notice").content_size.width)
        self.query_one("#notice", Drawn).draw(text.line(tr(message), "bold $warn", width=width))

    def _say_error(self, error: RetroError) -> None:
        self.say(msg("{what} {hint}", what=error.what, hint=error.hint) if error.hint else error.what)

    # -- what others do to the file ------------------------------------------------------------------------

    def _look(self) -> None:
        if (
            self.mode == "read"
            and self.is_current
            and self._stat is not None
            and _looks(self.path) != self._stat
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
            self._stat = _looks(self.path)
            self._say_error(error)
            return
        self._stat = _looks(self.path)
        if changed:
            self.show()
            self.say(msg("The file was changed by somebody else: this is how it is now."))

    async def _follow(self, sitting: Sitting) -> None:
        """A file that was renamed is found by its meeting's id."""
        try:
            path = await asyncio.to_thread(minutes_store.find, self.place.workspace, sitting.minutes.id)
        except RetroError:
            self._stat = None
            self.say(msg("{file} is not there any more.", file=self.path.name))
            return
        self.say(msg("The file is called {file} now.", file=path.name))
        self.path = path
        sitting.moved_to(path)
        self._stat = _looks(path)

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.mode != "read":
            if event.key == "escape":
                event.stop()
                self._leave_line()
            elif event.key in ("down", "up") and self.mode == "search":
                event.stop()
                self._line_mode("read")
                self.page.next_hit(1 if event.key == "down" else -1)
                self.draw_around()
            return
        if self._moves(event.key):
            event.stop()
            self.draw_around()
        elif event.key == "escape":
            event.stop()
            self._back()
        elif (command := command_of(self.declared, event.key, event.character)) is not None:
            event.stop()
            self.action_run(command.id)

    def _moves(self, key: str) -> bool:
        page = self.page
        ways: dict[str, Callable[[], None]] = {
            "up": lambda: page.move(-1),
            "k": lambda: page.move(-1),
            "down": lambda: page.move(1),
            "j": lambda: page.move(1),
            "pageup": lambda: page.page(-1),
            "b": lambda: page.page(-1),
            "pagedown": lambda: page.page(1),
            "space": lambda: page.page(1),
            "home": lambda: page.edge(end=False),
            "g": lambda: page.edge(end=False),
            "end": lambda: page.edge(end=True),
            "G": lambda: page.edge(end=True),
        }
        if key not in ways:
            return False
        ways[key]()
        return True

    def action_run(self, command: str) -> None:
        """Does a command by its id; one that does nothing now says why."""
        done: dict[str, Callable[[], object]] = {
            "help": lambda: self.app.push_screen(HelpDialog(self.declared, "minutes", MINUTES_KEYS)),
            "palette": self._app.action_command_palette,
            "leave": self.app.exit,
            "undo": lambda: self._change("undo"),
            "redo": lambda: self._change("redo"),
            "minutes.hit": lambda: self._to_hit(1),
            "minutes.hit_before": lambda: self._to_hit(-1),
            "minutes.search": lambda: self._line_mode("search"),
            "minutes.correct": self._correct,
            "minutes.delete": self._delete,
            "minutes.lineage": self._lineage,
            "minutes.export": self._export,
            "minutes.newer": lambda: self._go(-1),
            "minutes.older": lambda: self._go(1),
        }
        if command in done and (self.sitting is not None or command in ("help", "palette", "leave")):
            done[command]()

    @property
    def _app(self) -> RetroApp:
        return self.app  # type: ignore[return-value]

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette."""
        for command in self.declared:
            if command.id != "palette" and (words := self._offer(command)) is not None:
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
        self.query_one("#notice", Drawn).draw(text.mark(""))
        self.read()

    # -- the line ------------------------------------------------------------------------------------------

    def _line_mode(self, mode: Mode) -> None:
        """Shows the line for what is typed now, or takes it away."""
        self.mode = mode
        box, edge = self.query_one("#captures"), self.query_one("#edge", Drawn)
        box.display = mode != "read"
        if mode == "read":
            self.set_focus(None)
        else:
            self.line.put(self.words if mode == "search" else self.line.value)
            edge.draw(text.mark(" / ", "bold $accent"), fit=True)
            self.set_focus(self.line)
        if mode == "correct":
            self._draw_edge()
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """The page has one line more, or less."""
        self.page.refit()
        self.draw_around()

    def _draw_edge(self) -> None:
        """What Enter will make of the line."""
        edge = self.query_one("#edge", Drawn)
        if self.read_as is None:
            edge.draw(
                text.join(
                    text.mark(" "), text.sentence(tr("correct"), "bold $warn"), text.mark(" │ ", "$muted")
                ),
                fit=True,
            )
            return
        will = left_edge(self.line.value, self.read_as)
        words = tr(will.what)
        edge.draw(
            text.join(
                text.mark(f" {will.symbol} ", "bold $accent"), text.sentence(tr("correct"), "bold $warn"),
                text.mark(" "), text.line(words), text.mark(" │ ", "$muted"),
            ),
            fit=True,
        )  # fmt: skip

    def on_input_changed(self, event: Input.Changed) -> None:
        if self.mode == "search":
            self.words = event.value
            self.page.put(self.page.things, self.words)
            if self.page.hits and self.page.at not in self.page.hits:
                self.page.next_hit(1)
            self.draw_around()
        elif self.mode == "correct":
            self._draw_edge()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self.mode == "correct":
            line = event.value
            self._line_mode("read")
            self._change("correct", self.target, line)
        else:
            self._line_mode("read")

    def _leave_line(self) -> None:
        if self.mode == "search":
            self.words = ""
            self.page.put(self.page.things, "")
        self._line_mode("read")

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
            self._say_error(refused)
            return
        self.target = here.anchor
        self.read_as = sitting.context_of(here.anchor)
        self.line.put(words)
        self._line_mode("correct")
        hidden = sitting.minutes.discretion
        if hidden.people or hidden.customers:
            self.say(msg("This meeting hides names; the line shows what stands in the file."))

    def _delete(self) -> None:
        here = self.page.here
        if self._may_change(here) and here is not None:
            self._change("delete", here.anchor)

    def busy(self) -> bool:
        """Whether keys wait: for a question that is about to open, or for a correction to be written."""
        return self._opening and self.app.screen is self

    def _change(self, what: What, anchor: str = "", line: str = "") -> None:
        self._opening = True
        self._write(what, anchor, line)

    @work(group="correcting")
    async def _write(self, what: What, anchor: str, line: str) -> None:
        """Through the one writer, beside the screen; what it refuses is said, and nothing has changed then."""
        sitting = self.sitting
        try:
            if sitting is None:
                return
            if what == "correct":
                changed = await asyncio.to_thread(sitting.correct, anchor, line)
                said = (
                    msg("Corrected; the file says when. u takes it back.")
                    if changed
                    else msg("Nothing has changed.")
                )
            elif what == "delete":
                await asyncio.to_thread(sitting.delete, anchor)
                said = msg("Deleted. u takes it back.")
            elif what == "undo":
                await asyncio.to_thread(sitting.undo)
                said = msg("Taken back.")
            else:
                await asyncio.to_thread(sitting.redo)
                said = msg("Brought back.")
        except KeptBoth as both:
            await asyncio.to_thread(both.sitting.read_again)
            self._say_error(both)
        except RetroError as error:
            self._say_error(error)
        else:
            self.say(said)
        finally:
            self._opening = False
        self._stat = _looks(self.path)
        self.show()

    # -- leading elsewhere ---------------------------------------------------------------------------------

    def _lineage(self) -> None:
        here = self.page.here
        if here is None or not here.item or self.sitting is None:
            self.say(msg("Go to an experiment, an action or a verdict first."))
            return
        self._opening = True
        self._ask_stop(here.item, self.sitting.minutes.id)

    @work(exclusive=True, group="dialog")
    async def _ask_stop(self, item: str, meeting: str) -> None:
        from retrotui.tui.screens.dialogs.lineage import ask_stop

        try:
            stop = await ask_stop(self, self.place, item, meeting)
        finally:
            self._opening = False
        if stop is not None:
            self.app.push_screen(MinutesScreen(self.place, self.commands, stop.path, item=stop.item))

    def _export(self) -> None:
        self._opening = True
        self._ask_export()

    @work(exclusive=True, group="dialog")
    async def _ask_export(self) -> None:
        from retrotui.tui.exporting_several import export_from

        try:
            said = await export_from(self, self.place, [self.path])
        finally:
            self._opening = False
        if said is not None:
            self.say(said)


def open_minutes(app: RetroApp, path: Path, *, words: str = "", item: str = "") -> None:
    """The minutes in this file over the screen that is shown now, with `words` marked, or the cursor at `item`."""
    app.push_screen(MinutesScreen(app.place, app.declared, path, words=words, item=item))


def _looks(path: Path) -> tuple[int, int, int] | None:
    """What a file looks like from outside; None where it is gone."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
