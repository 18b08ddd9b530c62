"""The meeting on the wall: desk view and wall view of one screen.

Owns the layout of the meeting, which drawing goes where, and the way of a key to its command. What a command does is
the session's, what a choice offers the dialogs'. Must not change a meeting but through the session.
Source: meeting.md, "Two views of one screen", "Keys".
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input

from retrotui.domain import completion
from retrotui.domain.agenda import StepKind
from retrotui.domain.minutes import Decision
from retrotui.errors import Message, Refused, msg
from retrotui.locale import tr
from retrotui.store.saving import SavedState
from retrotui.tui import text
from retrotui.tui.commands import Command
from retrotui.tui.entry_cursor import EntryCursor
from retrotui.tui.meeting_commands import MeetingCommands
from retrotui.tui.screens.dialogs import over_meeting as dialogs
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.screens.summary import SummaryScreen
from retrotui.tui.session import Session
from retrotui.tui.terminal_size import FEWEST_ENTRIES, MIN_HEIGHT, MIN_WIDTH, RAIL_FROM, ROOMY_FROM, too_small
from retrotui.tui.view import View
from retrotui.tui.widgets import stage
from retrotui.tui.widgets.capture import CaptureLine
from retrotui.tui.widgets.clock import ClockFace, TimeBar
from retrotui.tui.widgets.completions import CompletionList
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.edge import edge
from retrotui.tui.widgets.entries import EntryList, EntryRow
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.panels import panel
from retrotui.tui.widgets.prompts import current_prompt
from retrotui.tui.widgets.rail import folded_rail, rail
from retrotui.tui.widgets.rows import rows
from retrotui.tui.widgets.saved import saved, why_not
from retrotui.tui.widgets.topline import notice_line, topline
from retrotui.tui.widgets.wall import reflecting_bar, wall_head

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

NOTICE_SECONDS = 10
TICK_SECONDS = 0.5


def _tell(loop: asyncio.AbstractEventLoop, show: Callable[[], None], _state: SavedState) -> None:
    """From the saver's thread to the screen; a loop that has ended needs no news."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(show)


class MeetingScreen(Screen[None]):
    """The running meeting."""

    BINDINGS: ClassVar[list[BindingType]] = []
    LAYERS = ("below", "above")

    wall: reactive[bool] = reactive(False, init=False)
    """True: wall view."""

    def __init__(self, session: Session, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.session = session
        self.declared = commands
        self.cursor = EntryCursor(session)
        self.runs = MeetingCommands(self)
        self._notice: Message | None = None
        self._notice_left = 0.0
        self._title: Content | None = None
        self._opening = False
        self._glyphs = 0

    def compose(self) -> ComposeResult:
        yield Drawn(id="topline")
        with Horizontal(id="body"):
            with Container(id="railbox") as railbox:
                railbox.border_title = text.sentence(tr("Agenda"))
                yield Drawn(id="rail")
            with Vertical(id="stage"):
                yield Drawn(id="folded")
                with Horizontal(id="head"):
                    yield ClockFace(id="clock")
                    yield Drawn(id="prompt")
                yield TimeBar(id="bar")
                yield Drawn(id="panel")
                yield EntryList(id="entries")
                yield Drawn(id="reflecting")
        yield Drawn(id="notice")
        yield CompletionList(id="completions")
        with Horizontal(id="captures"):
            yield Drawn(id="edge")
            yield CaptureLine(self, id="line")
            yield Drawn(id="saved")
        yield Drawn(id="footer")
        yield Drawn(id="small")

    def on_mount(self) -> None:
        self.session.on_change = self.show
        self.session.on_notice = self.say
        self.line.put(self.session.line)
        self.set_focus(self.line)
        self.session.select_something()
        self._ticking = self.set_interval(TICK_SECONDS, self._tick)
        if self.session.saver is not None:
            loop = asyncio.get_running_loop()
            self.session.saver.announce = partial(_tell, loop, self._saver_answered)
        self.call_after_refresh(self._first)

    def _first(self) -> None:
        self.show()
        self.call_after_refresh(self.show)  # the prompt's room is known once the clock has its own
        if self.session.opening is not None:
            self.say(self.session.opening)
        if self.session.long_away is not None:
            self.open("long away")

    @property
    def line(self) -> CaptureLine:
        return self.query_one("#line", CaptureLine)

    @property
    def options(self) -> CompletionList:
        return self.query_one("#completions", CompletionList)

    # -- drawing -------------------------------------------------------------------------------------------

    def on_resize(self, event: Resize) -> None:
        self._lay_out(event.size.width, event.size.height)
        self.call_after_refresh(self.show)

    def watch_wall(self, wall: bool) -> None:
        self.set_class(wall, "-wall")
        self._lay_out(self.size.width, self.size.height)
        self.call_after_refresh(self.show)

    def _lay_out(self, width: int, height: int) -> None:
        self.set_class(too_small(width, height), "-small")
        self.set_class(width < RAIL_FROM, "-narrow")
        self.set_class(height >= ROOMY_FROM, "-roomy")
        on_break = self.session.meeting.step.kind == StepKind.BREAK
        self.set_class(on_break, "-break")
        clock = self.query_one("#clock", ClockFace)
        clock.styles.height = max(3, -(-height // 3)) if self.wall or on_break else 3

    def _view(self, selector: str = "#stage", *, rows: int | None = None) -> View:
        size = self.query_one(selector).content_size
        return self.session.view(
            width=size.width,
            height=size.height if rows is None else rows,
            wall=self.wall,
            commanding=self.line.commanding,
        )

    def show(self) -> None:
        """Draw everything that the state tells; what looks the same is not painted again."""
        if not self.is_mounted or self.has_class("-small"):
            self._show_small()
            return
        if self.has_class("-break") != (self.session.meeting.step.kind == StepKind.BREAK):
            self._lay_out(self.size.width, self.size.height)
            self.call_after_refresh(self.show)
        self._show_time()
        view = self._view()
        found = rows(view)
        self.query_one("#prompt").display = not self.has_class("-break") or bool(current_prompt(view)[0])
        self._draw("#prompt", self._prompt(view))
        self._show_panel(view, len(found))
        self._show_entries(found)
        self._show_line()
        self._draw("#footer", self._footer())
        if isinstance(self.app.screen, Dialog):
            self.app.screen.refreshed()

    def _draw(self, selector: str, content: Content) -> None:
        self.query_one(selector, Drawn).draw(content)

    def _show_time(self) -> None:
        """What changes with the clock alone."""
        view = self._view()
        self._draw("#topline", topline(self._view("#topline")))
        if self.wall:
            self._draw("#folded", wall_head(self._view("#folded")))
            self._draw("#reflecting", reflecting_bar(self._view("#reflecting")))
        elif self.has_class("-narrow"):
            self._draw("#folded", folded_rail(self._view("#folded")))
        else:
            self._draw("#rail", rail(self._view("#rail")))
        stage_box = self.query_one("#stage", Vertical)
        title = stage.stage_title(view)
        if self._title is None or not self._title.is_same(title):
            self._title = stage_box.border_title = title
        shown = stage.clock_text(view)
        self.query_one("#clock", ClockFace).show(shown, stage.clock_phase(view))
        if len(shown) != self._glyphs:  # the clock got wider or narrower, and with it the place for the prompt
            self._glyphs = len(shown)
            self.call_after_refresh(lambda: self._draw("#prompt", self._prompt(self._view())))
        self.query_one("#bar", TimeBar).show(
            stage.used_part(view), stage.bar_words(view), stage.clock_phase(view)
        )
        self._show_saved()
        self._show_notice()

    def _show_notice(self) -> None:
        """The sentence above the line: what was said last, else the factor that Tab takes, else a word on time."""
        if self._notice is not None:
            return
        session = self.session
        waiting = session.saver.unsaved_since if session.saver is not None else None
        if proposed := session.proposal(self.line.value):
            drawn: Content | None = text.sentence(tr("Tab: {factor}", factor=proposed), "$muted")
        elif why := why_not(session.saved_state(), waiting, session.elapsed()):
            drawn = text.line(f" {why}", "bold $over", width=self.query_one("#notice").content_size.width)
        else:
            drawn = notice_line(self._view("#notice"), self.session.gap, self.session.unwritable)
        self._draw("#notice", drawn if drawn is not None else text.mark(""))

    def _saver_answered(self) -> None:
        if self.is_mounted and self.query("#notice"):  # it may answer when the screen is gone
            self._show_saved()
            self._show_notice()

    def _show_saved(self) -> None:
        session = self.session
        waiting = session.saver.unsaved_since if session.saver is not None else None
        drawn = saved(session.saved_state(), session.asked, waiting, session.elapsed())
        for area in self.query("#saved").results(Drawn):  # the saver may answer when the screen is gone
            area.draw(drawn, fit=True)

    def _prompt(self, view: View) -> Content:
        box = self.query_one("#prompt", Drawn).content_size
        words, number, count = current_prompt(view)
        if not view.meeting.begun:
            words, number, count = tr("We are about to begin. F2 starts the clock."), 1, 1
        mark = f"{number}/{count}" if count > 1 else ""
        wide = max(10, box.width - text.cells(mark) - 2)
        found = text.wrap(words, wide, lines=max(1, box.height))
        lines = [text.plain(line, "bold") for line in found]
        if mark:
            gap = max(1, box.width - lines[-1].cell_length - text.cells(mark))
            lines[-1] = text.join(lines[-1], text.mark(" " * gap), text.mark(mark, "$muted"))
        spare = max(0, (box.height - len(lines)) // 2)
        return text.stack([*[text.mark("")] * spare, *lines])

    def _show_panel(self, view: View, entries: int) -> None:
        """The panel takes the rows that it needs, and leaves the entries theirs. The wall has one for a break alone."""
        roomy = self.has_class("-roomy")
        used = (
            self.query_one("#head").size.height
            + 1
            + (1 if self.has_class("-narrow") else 0)
            + (3 if roomy else 0)
        )
        room = max(1, view.height - used - min(FEWEST_ENTRIES, entries) - 1)
        area = self.query_one("#panel", Drawn)
        shown = not self.wall or self.has_class("-break")
        drawn = panel(replace(view, width=view.width - 1, height=room)) if shown else None
        lines = min(room, drawn.plain.count("\n") + 1) if drawn is not None else 0
        self.set_class(lines > 0 and used + lines + max(entries, FEWEST_ENTRIES) < view.height, "-apart")
        area.display = lines > 0
        if drawn is not None and lines:
            area.styles.height = lines
            area.draw(drawn)

    def _show_entries(self, found: tuple[EntryRow, ...]) -> None:
        """On the wall the last five, or the five up to the one under the cursor."""
        keys = tuple(row.key for row in found)
        self.cursor.show(keys)
        if self.wall:
            last = keys.index(self.cursor.at) + 1 if self.cursor.at in keys[:-FEWEST_ENTRIES] else len(found)
            found = found[max(0, last - FEWEST_ENTRIES) : max(last, FEWEST_ENTRIES)]
        self.query_one("#entries", EntryList).show(found, self.cursor.at)

    def _show_line(self) -> None:
        line = self.line
        drawn = edge(
            line.value,
            self.session.context(),
            self.session.about(),
            commanding=line.commanding,
            mode=self.cursor.mode,
            editing=bool(self.session.editing),
        )
        self.query_one("#edge", Drawn).draw(drawn, fit=True)

    def _footer(self) -> Content:
        width = self.query_one("#footer").content_size.width
        return footer(self.declared, self.runs.words, width, twins=self.line.commanding)

    def _show_small(self) -> None:
        view = self.session.view(width=self.size.width, height=self.size.height)
        words = tr(
            "{width} x {height} is too small: {need_width} x {need_height} is needed.",
            width=self.size.width,
            height=self.size.height,
            need_width=MIN_WIDTH,
            need_height=MIN_HEIGHT,
        )
        clock = text.mark(stage.clock_text(view), "bold")
        wrapped = [text.plain(line) for line in text.wrap(words, max(2, self.size.width))]
        self._draw("#small", text.stack([clock, *wrapped]))

    def say(self, message: Message) -> None:
        """A sentence above the line; it goes away by itself, and the next takes its place."""
        self._notice, self._notice_left = message, NOTICE_SECONDS
        width = self.query_one("#notice").content_size.width
        self._draw("#notice", text.line(tr(message), "bold $warn", width=max(1, width)))

    def _tick(self) -> None:
        self._notice_left -= TICK_SECONDS
        if self._notice is not None and self._notice_left <= 0:
            self._notice = None
        if not self.session.tick():
            return
        if self.has_class("-small"):
            self._show_small()
            return
        self._show_time()
        if self.session.now().second % 15 == 0 or self.session.phase_changed():
            self.show()

    # -- the line ------------------------------------------------------------------------------------------

    @on(Input.Changed, "#line")
    def _typed(self, event: Input.Changed) -> None:
        self.session.type(event.value)
        self.line.password = self.session.counts_slips(event.value)
        if not self.line.commanding:
            self._complete()
        self._show_line()
        self._show_notice()

    def _complete(self) -> None:
        line = self.line
        found = completion.completions(line.value, line.cursor_position, self.session.context())
        self.options.offer(found if found.options else None)
        line.completing, line.picking = self.options.is_open, False

    def _close_completions(self) -> bool:
        """True when a list was open."""
        was_open = self.options.is_open
        self.options.offer(None)
        self.line.completing = self.line.picking = False
        return was_open

    def _take_completion(self) -> None:
        """Tab, or Enter on a picked option: what the list offers for the line as it is now."""
        line = self.line
        found = completion.completions(line.value, line.cursor_position, self.session.context())
        if found.options:
            picked = self.options.picked if self.options.moved else 0
            line.put(*found.taken(line.value, found.options[min(picked, len(found.options) - 1)]))
        elif proposal := self.session.proposal(line.value):
            line.put(f"{line.value.rstrip()} {proposal} ")
        self._close_completions()

    def entered(self, line: str) -> None:
        self._close_completions()
        self._notice = None  # what was said before is over
        if line.strip() or self.session.editing:
            if not self.runs.verdict_typed(line):
                self.session.record(line)
        else:
            self.session.next_turn()
        self.show()
        self.runs.after_entry()

    def pasted(self, lines: str, left_out: int) -> None:
        before = len(self.session.meeting.past)
        self.session.record(lines)
        count = len(self.session.meeting.past) - before
        if left_out:
            self.say(msg("{n} entries taken down; that was too much: {left} characters were left out.",
                         n=count, left=left_out))  # fmt: skip
        else:
            self.say(msg("{n} entries taken down. F9 takes them back, one by one.", n=count))
        self.show()

    def cut(self, characters: int) -> None:
        self.say(msg("That was too long for one line: {n} characters were left out.", n=characters))

    def asked(self, what: str) -> None:
        if what == "last":
            self.runs.edit_last()
        elif what in ("complete", "pick"):
            self._take_completion()
        elif what in ("pick_next", "pick_previous"):
            self.options.move(1 if what == "pick_next" else -1)
            self.line.picking = self.options.moved
        else:
            self.runs.run(f"prompt.{what}")

    def escaped(self) -> bool:
        """Esc closes the list first, then gives up an edit, then leaves the line."""
        if self._close_completions():
            return True
        if self.session.editing:
            self.session.editing = ""
            self.line.put("")
            self.show()
            return True
        self.call_later(self.show)
        return False

    def twinned(self, key: str, character: str | None) -> None:
        if key == "escape":
            self.cursor.leave()
        else:
            self.cursor.show(tuple(row.key for row in rows(self._view())))  # keys may come before the picture
            self.runs.twin(key, character)
        self.show()

    def commanded(self, key: str) -> bool:
        command = next((one for one in self.declared if key in one.keys), None)
        if command is None:
            return False
        self._notice = None
        self.action_run(command.id)
        return True

    def busy(self) -> bool:
        return self._opening or self.app.screen is not self

    def action_run(self, command: str) -> None:
        """A key that always works, or a choice in the palette."""
        self.runs.run(command)
        self.show()

    # -- what lies over the meeting ------------------------------------------------------------------------

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette: the commands that do something now."""
        for command in self.declared:
            words = self.runs.words(command)
            if words is not None and command.id != "palette":
                yield command, words

    def open(self, name: str) -> None:
        """A dialog over the meeting."""
        self._opening = True
        self._open(name)

    @work(exclusive=True, group="dialog")
    async def _open(self, name: str) -> None:
        try:
            await dialogs.OPENERS[name](self)
        except Refused as refused:  # what it was about was taken back meanwhile
            self.session.refuse(refused)
        finally:
            self._opening = False
        self.show()

    def judge(self, item: str, decision: Decision) -> None:
        """A verdict; where it needs a date or a reason, that is asked first."""
        self._opening = True
        self._judge(item, decision)

    @work(exclusive=True, group="dialog")
    async def _judge(self, item: str, decision: Decision) -> None:
        try:
            await dialogs.judge(self, item, decision)
        except Refused as refused:  # what it was about was taken back meanwhile
            self.session.refuse(refused)
        finally:
            self._opening = False
        self.show()

    def ask_experiment(self, experiment: str) -> None:
        """The form of an experiment."""
        self._opening = True
        self._ask_experiment(experiment)

    @work(exclusive=True, group="dialog")
    async def _ask_experiment(self, experiment: str) -> None:
        try:
            await dialogs.experiment(self, experiment)
        except Refused as refused:  # what it was about was taken back meanwhile
            self.session.refuse(refused)
        finally:
            self._opening = False
        self.show()

    # -- the way out ---------------------------------------------------------------------------------------

    @property
    def doorman(self) -> RetroApp:
        return cast("RetroApp", self.app)

    async def go_away(self) -> None:
        """Leave; the meeting stays open, and from now on time is time away."""
        safe = await asyncio.to_thread(self.session.leave)
        meeting = self.session.meeting.minutes.id
        words = msg("The meeting stays open: {command} goes on with it.", command=self.doorman.resume_command)
        if not safe:
            words = msg("Not everything could be saved; the draft of {id} has what there was.", id=meeting)
        self.doorman.leave_meeting(words)

    def show_summary(self) -> None:
        """After the end."""
        self._show_summary()

    @work(exclusive=True, group="summary")
    async def _show_summary(self) -> None:
        chosen = await self.app.push_screen_wait(SummaryScreen(self.session, self.declared))
        if chosen == "reopen":
            self.session.say(msg("The meeting goes on; the file says that it was reopened."))
            self.show()
            return
        await asyncio.to_thread(self.session.end_saving)
        self._ticking.stop()
        self.doorman.leave_meeting(None, quit_now=chosen == "quit")

    async def start_afresh(self) -> None:
        """This meeting is aborted, and a new one of the same agenda begins."""
        self.session.close(aborted=True)
        await asyncio.to_thread(self.session.end_saving)
        self._ticking.stop()
        self.doorman.begin_afresh(self.session.meeting.agenda.id)
