"""The meeting on the wall: desk view and wall view of one screen.

Owns the areas of the meeting's screen, its beat, what opens over it, and the way out. What is drawn into the areas is
`MeetingPicture`'s, what the capture line is told `MeetingLine`'s, what a command does `MeetingCommands`', what a choice
offers the dialogs'. Must not change a meeting but through the session.
Source: meeting.md, "Two views of one screen", "Keys".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar, cast

from textual import message, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.reactive import reactive
from textual.widgets import Input

from retrotui.domain.minutes import Decision
from retrotui.errors import Message, Refused, msg
from retrotui.locale import tr
from retrotui.store.saving import SavedState
from retrotui.tui import figures_file, text
from retrotui.tui.commands import Command
from retrotui.tui.entry_cursor import EntryCursor
from retrotui.tui.meeting_commands import MeetingCommands
from retrotui.tui.meeting_line import MeetingLine
from retrotui.tui.meeting_picture import MeetingPicture
from retrotui.tui.screens.first_frame import FirstFrame
from retrotui.tui.session import Session
from retrotui.tui.widgets.capture import CaptureLine
from retrotui.tui.widgets.clock import ClockFace, TimeBar
from retrotui.tui.widgets.completions import CompletionList
from retrotui.tui.widgets.drawn import Drawn, Fitted
from retrotui.tui.widgets.entries import EntryList

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

TICK_SECONDS = 1.0
TICK_AFTER_SECONDS = 0.05
"""So long after the clock's second a tick comes: late enough that none falls before its second."""
LATEST_TICK_SECONDS = 0.5
"""A tick that comes later than that after its second is out of step, as after a sleep: then they begin anew. (A timer
for each second alone would need no such look, and costs a twentieth of an idle minute.)"""
REHEARSAL_TICK_SECONDS = 0.5
"""A clock that runs faster has no seconds to keep in step with."""
SAVER_FIRST_SECONDS = 0.01
"""So long a changed screen lets the saver go first: both want the processor, and what is drawn then says "saved"."""


def _tell(loop: asyncio.AbstractEventLoop, show: Callable[[], None], _state: SavedState) -> None:
    """From the saver's thread to the screen; a loop that has ended needs no news."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(show)


class MeetingScreen(FirstFrame):
    """The running meeting."""

    BINDINGS: ClassVar[list[BindingType]] = []
    LAYERS = ("below", "above")

    wall: reactive[bool] = reactive(False, init=False)
    """True: wall view."""

    class Appeared(message.Message):
        """The meeting was shown for the first time: what is read beside it takes nothing from its first frame."""

    def __init__(self, session: Session, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.session = session
        self.declared = tuple(one for one in commands if "meeting" in one.where)
        self.cursor = EntryCursor(session)
        self.runs = MeetingCommands(self)
        self.picture = MeetingPicture(self)
        self.listener = MeetingLine(self)
        self._opening = False
        self._changed = False
        self._minute = session.now().minute
        self._saver_first = ExitStack()
        self.picture.dress(*self.app.size)

    def compose(self) -> ComposeResult:
        # What shares a container with the clock, or with one around it, is rendered at each of its seconds (and not
        # painted): so the rest stands in `lower` and `below`.
        yield Drawn(id="topline")
        with Horizontal(id="body"):
            with Container(id="railbox") as railbox:
                railbox.border_title = text.sentence(tr("Agenda"))
                yield Drawn(id="rail")
            with Vertical(id="stage"):
                yield Drawn(id="folded")
                with Horizontal(id="head"):
                    yield ClockFace(id="clock")
                    yield Fitted(id="prompt")
                yield TimeBar(id="bar")
                with Vertical(id="lower"):
                    yield Drawn(id="panel")
                    yield EntryList(id="entries")
                    yield Drawn(id="reflecting")
        with Vertical(id="below"):
            yield Drawn(id="notice")
            with Horizontal(id="captures"):
                yield Drawn(id="edge")
                yield CaptureLine(self.listener, id="line")
                yield Drawn(id="saved")
            yield Drawn(id="footer")
        yield CompletionList(id="completions")
        yield Drawn(id="small")

    def on_mount(self) -> None:
        self.session.on_change = self.show_soon
        self.session.on_notice = self.say
        line = self.line
        line.put(self.session.line)
        self.session.line_shown = lambda: line.value
        self.set_focus(line)
        self.session.select_something()
        self.picture.give_sizes()
        self._begin_ticking()
        if self.session.saver is not None:
            loop = asyncio.get_running_loop()
            self.session.saver.announce = partial(_tell, loop, self._saver_answered)

    def draw_first(self) -> None:
        self.show()
        if self.session.opening is not None:
            self.say(self.session.opening)
        if (unread := figures_file.lay_out(self.session)) is not None:
            self.say(unread)
        if self.session.long_away is not None:
            self.open("long away")

    def appeared(self) -> None:
        self.post_message(self.Appeared())

    @property
    def line(self) -> CaptureLine:
        return self.query_one("#line", CaptureLine)

    @property
    def options(self) -> CompletionList:
        return self.query_one("#completions", CompletionList)

    # -- what is shown -------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        self.picture.lay_out(self.size.width, self.size.height)
        if self.drawn:
            self.picture.show_laid_out()

    @on(Fitted.Refitted)
    def _refitted(self) -> None:
        """The clock got wider or narrower, and with it the place for the question.

        Under a dialog a new layout comes after what waits for it (the framework asks the screen on top): all of it is
        drawn for the sizes that it has now.
        """
        if self.app.screen is self:
            self.picture.show_prompt()
        else:
            self.show_soon()

    def watch_wall(self) -> None:
        self.picture.lay_out(self.size.width, self.size.height)
        self.picture.show_laid_out()

    def show(self) -> None:
        """Draw everything that the state tells."""
        self._changed = False
        self.picture.show()

    def show_soon(self) -> None:
        """Something has changed: drawn once, after all that the same key changes."""
        if not self._changed:
            self._changed = True
            if self.session.is_saving:
                self._saver_first.enter_context(self.app.batch_update())
                self.app.set_timer(SAVER_FIRST_SECONDS, self._show_changed)
            else:
                self.call_next(self._show_changed)

    def _show_changed(self) -> None:
        self._saver_first.close()
        if self._changed and self.is_attached:
            self.show()

    def _saver_answered(self) -> None:
        """It goes no longer first: what has changed is drawn, else only that it is saved."""
        if self._changed:
            self._show_changed()
        else:
            self._saver_first.close()
            self.picture.saver_answered()

    def on_unmount(self) -> None:
        self._saver_first.close()

    def say(self, message: Message) -> None:
        """A sentence above the line, for a while."""
        self.picture.say(message)

    def _begin_ticking(self) -> None:
        """One tick a second, in step with the seconds that are shown; twice a second where they run faster."""
        if self.session.saver is None:
            self._ticking = self.set_interval(
                REHEARSAL_TICK_SECONDS, partial(self._tick, REHEARSAL_TICK_SECONDS)
            )
        else:
            wait = self.session.timeline.seconds_to_next() + TICK_AFTER_SECONDS
            self._ticking = self.set_timer(wait, self._in_step)

    def _in_step(self) -> None:
        self._ticking = self.set_interval(TICK_SECONDS, self._tick_in_step)
        self._tick()

    def _tick_in_step(self) -> None:
        if TICK_SECONDS - self.session.timeline.seconds_to_next() > LATEST_TICK_SECONDS:
            self._ticking.stop()
            self._begin_ticking()
        self._tick()

    def _tick(self, seconds: float = TICK_SECONDS) -> None:
        """So many seconds have passed since the last one."""
        self.picture.let_pass(seconds)
        if not self.session.tick():
            return
        if self.picture.is_small:
            self.picture.show_small()
            return
        self.picture.pass_second()
        minute = self.session.now().minute
        if minute != self._minute or self.session.phase_changed():
            self._minute = minute
            self.show()  # each minute, whether or not something has changed: ages and dates grow with time

    # -- what is typed -------------------------------------------------------------------------------------

    @on(Input.Changed, "#line")
    def _typed(self, event: Input.Changed) -> None:
        self.listener.typed(event.value)

    def action_run(self, command: str) -> None:
        """A key that always works, or a choice in the palette."""
        self.runs.run(command)
        self.show()

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette: the commands that do something now."""
        for command in self.declared:
            if (words := self.runs.words(command)) is not None:
                yield command, words

    # -- what lies over the meeting ------------------------------------------------------------------------

    def busy(self) -> bool:
        """A dialog lies over the meeting, or is about to: keys wait for it."""
        return self._opening or self.app.screen is not self

    def open(self, name: str) -> None:
        """A dialog over the meeting."""
        self._open_over(lambda dialogs: dialogs.OPENERS[name](self))

    def judge(self, item: str, decision: Decision) -> None:
        """A verdict; where it needs a date or a reason, that is asked first."""
        self._open_over(lambda dialogs: dialogs.judge(self, item, decision))

    def ask_experiment(self, experiment: str) -> None:
        """The form of an experiment."""
        self._open_over(lambda dialogs: dialogs.experiment(self, experiment))

    def _open_over(self, dialog: Callable[[ModuleType], Awaitable[None]]) -> None:
        self._opening = True
        self._await_dialog(dialog)

    @work(exclusive=True, group="dialog")
    async def _await_dialog(self, dialog: Callable[[ModuleType], Awaitable[None]]) -> None:
        # not before it is needed: the first frame comes sooner
        dialogs = import_module("retrotui.tui.screens.dialogs.over_meeting")
        try:
            await dialog(dialogs)
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
        self.session.keep_line()
        safe = await asyncio.to_thread(self.session.leave)
        meeting = self.session.meeting.minutes.id
        words = msg("The meeting stays open: {command} goes on with it.", command=self.doorman.resume_command)
        if not safe:
            words = msg("Not everything could be saved; the draft of {id} has what there was.", id=meeting)
        self.doorman.leave_meeting(words)

    @work(exclusive=True, group="summary")
    async def show_summary(self) -> None:
        """After the end: what there was, and the way out of it."""
        from retrotui.tui.screens.summary import SummaryScreen

        self.line.put("")  # what stood in it was taken down
        chosen = await self.app.push_screen_wait(SummaryScreen(self.session, self.declared))
        if chosen == "reopen":
            self.session.say(msg("The meeting goes on; the file says that it was reopened."))
            self.show()
            return
        safe = await asyncio.to_thread(self.session.end_saving)
        self._ticking.stop()
        words = None
        if chosen == "quit" and not safe:
            words = msg(
                "Not everything could be saved; the draft of {id} has what there was.",
                id=self.session.meeting.minutes.id,
            )
        self.doorman.leave_meeting(words, quit_now=chosen == "quit")

    async def start_afresh(self) -> None:
        """This meeting is aborted, and a new one of the same agenda begins."""
        self.session.close(aborted=True)
        await asyncio.to_thread(self.session.end_saving)
        self._ticking.stop()
        self.doorman.begin_afresh(self.session.meeting.agenda.id)
