"""The meeting on the wall: desk view and wall view of one screen.

Owns the layout of the meeting, which drawing goes where, and the way of a key to its command. What a command does is
the session's, what a choice offers the dialogs'. Must not change a meeting but through the session.
Source: meeting.md, "Two views of one screen", "Keys".
"""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input

from retrotui.domain import completion
from retrotui.errors import Message, msg
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.commands import Command
from retrotui.tui.entry_cursor import EntryCursor
from retrotui.tui.meeting_commands import MeetingCommands
from retrotui.tui.session import Session
from retrotui.tui.terminal_size import FEWEST_ENTRIES, MIN_HEIGHT, MIN_WIDTH, RAIL_FROM, RAIL_WIDTH, too_small
from retrotui.tui.view import View
from retrotui.tui.widgets import stage
from retrotui.tui.widgets.capture import CaptureLine
from retrotui.tui.widgets.clock import ClockFace, TimeBar
from retrotui.tui.widgets.completions import CompletionList
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.edge import edge
from retrotui.tui.widgets.entries import EntryList
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.panels import panel
from retrotui.tui.widgets.prompts import current_prompt
from retrotui.tui.widgets.rail import folded_rail, rail
from retrotui.tui.widgets.rows import rows
from retrotui.tui.widgets.saved import saved
from retrotui.tui.widgets.topline import topline

NOTICE_SECONDS = 10
TICK_SECONDS = 0.5


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
        for command in commands:
            for key in command.keys:
                self._bindings.bind(key, f"run('{command.id}')", show=False, priority=True)

    def compose(self) -> ComposeResult:
        yield Drawn(id="topline")
        with Horizontal(id="body"):
            with Container(id="railbox"):
                yield Drawn(id="rail")
            with Vertical(id="stage"):
                yield Drawn(id="folded")
                with Horizontal(id="head"):
                    yield ClockFace(id="clock")
                    yield Drawn(id="prompt")
                yield TimeBar(id="bar")
                yield Drawn(id="panel")
                yield EntryList(id="entries")
        yield Drawn(id="notice")
        yield CompletionList(id="completions")
        with Horizontal(id="captures"):
            yield Drawn(id="edge")
            yield CaptureLine(id="line")
            yield Drawn(id="saved")
        yield Drawn(id="footer")
        yield Drawn(id="small")

    def on_mount(self) -> None:
        self.session.on_change = self.show
        self.session.on_notice = self.say
        self.line.put(self.session.line)
        self.line.focus()
        self.session.select_something()
        self.set_interval(TICK_SECONDS, self._tick)
        self.call_after_refresh(self.show)

    @property
    def line(self) -> CaptureLine:
        return self.query_one("#line", CaptureLine)

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
        clock = self.query_one("#clock", ClockFace)
        clock.styles.height = max(3, -(-height // 3)) if self.wall else 3

    def _view(self, selector: str = "#stage", *, rows: int | None = None) -> View:
        size = self.query_one(selector).content_size
        return self.session.view(width=size.width, height=size.height if rows is None else rows, wall=self.wall)

    def show(self) -> None:
        """Draw everything that the state tells; what looks the same is not painted again."""
        if not self.is_mounted or self.has_class("-small"):
            self._show_small()
            return
        self._show_time()
        view = self._view()
        self._draw("#prompt", self._prompt(view))
        self._show_panel(view)
        self._show_entries(view)
        self._show_line()
        self._draw("#footer", self._footer())

    def _draw(self, selector: str, content: Content) -> None:
        self.query_one(selector, Drawn).draw(content)

    def _show_time(self) -> None:
        """What changes with the clock alone."""
        view = self._view()
        self._draw("#topline", topline(self._view("#topline")))
        if self.has_class("-narrow") or self.wall:
            self._draw("#folded", folded_rail(self._view("#folded")))
        else:
            self._draw("#rail", rail(self._view("#rail")))
        stage_box = self.query_one("#stage", Vertical)
        title = text.join(text.mark(" "), stage.stage_title(view), text.mark(" "))
        if stage_box.border_title != title.markup:
            stage_box.border_title = title.markup
        self.query_one("#clock", ClockFace).show(stage.clock_text(view), stage.clock_phase(view))
        self.query_one("#bar", TimeBar).show(stage.used_part(view), stage.bar_words(view))
        self._draw("#saved", saved(self.session.saved_state(), self.session.meeting.revision, self.session.elapsed()))

    def _prompt(self, view: View) -> Content:
        box = self.query_one("#prompt", Drawn).content_size
        words, number, count = current_prompt(view)
        mark = f"{number}/{count}" if count > 1 else ""
        wide = max(10, box.width - text.cells(mark) - 2)
        found = text.wrap(words, wide, lines=max(1, box.height))
        lines = [text.plain(line, "bold") for line in found]
        if mark:
            gap = max(1, box.width - lines[-1].cell_length - text.cells(mark))
            lines[-1] = text.join(lines[-1], text.mark(" " * gap), text.mark(mark, "$muted"))
        spare = max(0, (box.height - len(lines)) // 2)
        return text.stack([*[text.mark("")] * spare, *lines])

    def _show_panel(self, view: View) -> None:
        """The panel takes the rows that it needs, and leaves the entries theirs."""
        used = sum(self.query_one(one).outer_size.height for one in ("#head", "#bar"))
        used += 1 if self.query_one("#folded").display else 0
        room = max(1, view.height - used - FEWEST_ENTRIES - 1)
        area = self.query_one("#panel", Drawn)
        drawn = None if self.wall else panel(self._view(rows=room))
        lines = min(room, drawn.plain.count("\n") + 1) if drawn is not None else 0
        area.display = lines > 0
        if drawn is not None and lines:
            area.styles.height = lines
            area.draw(drawn)

    def _show_entries(self, view: View) -> None:
        found = rows(view)
        self.cursor.show(tuple(row.key for row in found))
        if self.wall:
            found = found[-FEWEST_ENTRIES:]
        self.query_one("#entries", EntryList).show(found, self.cursor.at)

    def _show_line(self) -> None:
        line = self.line
        self._draw(
            "#edge",
            edge(
                line.value,
                self.session.context(),
                self.session.about(),
                commanding=line.commanding,
                mode=self.cursor.mode,
                editing=bool(self.session.editing),
            ),
        )

    def _footer(self) -> Content:
        width = self.query_one("#footer").content_size.width
        return footer(self.declared, self.runs.words, width, twins=self.line.commanding)

    def _show_small(self) -> None:
        view = self.session.view(width=self.size.width, height=self.size.height)
        words = tr("{width} x {height} is too small: {need_width} x {need_height} is needed.",
                   width=self.size.width, height=self.size.height, need_width=MIN_WIDTH, need_height=MIN_HEIGHT)  # fmt: skip
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
            self._draw("#notice", text.mark(""))
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
        if not self.line.commanding:
            self._complete()
        self._show_line()

    def _complete(self) -> None:
        line = self.line
        found = completion.completions(line.value, line.cursor_position, self.session.context())
        offered = self.query_one("#completions", CompletionList)
        offered.offer(found if found and found.options else None)
        line.completing = offered.is_open

    def _close_completions(self) -> bool:
        """True when a list was open."""
        offered = self.query_one("#completions", CompletionList)
        was_open = offered.is_open
        offered.offer(None)
        self.line.completing = False
        return was_open

    def _take_completion(self) -> None:
        taken = self.query_one("#completions", CompletionList).take(self.line.value)
        if taken is None:
            proposal = self.session.proposal(self.line.value)
            if proposal:
                self.line.put(f"{self.line.value.rstrip()} {proposal} ")
            return
        self.line.value, self.line.cursor_position = taken
        self._close_completions()

    @on(Input.Submitted, "#line")
    def _entered(self, event: Input.Submitted) -> None:
        offered = self.query_one("#completions", CompletionList)
        if offered.is_open and offered.moved:
            self._take_completion()
            return
        self._close_completions()
        words = event.value
        self.line.clear()
        if words.strip() or self.session.editing:
            self.session.record(words)
        else:
            self.session.next_turn()
        self.show()
        self.runs.after_entry()

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        before = len(self.session.meeting.past)
        self.session.record(event.text)
        count = len(self.session.meeting.past) - before
        self.say(msg("{n} lines taken down. F9 takes them back, one by one.", n=count))
        self.show()

    @on(CaptureLine.Asked)
    def _asked(self, event: CaptureLine.Asked) -> None:
        offered = self.query_one("#completions", CompletionList)
        if event.what == "last":
            self.runs.edit_last()
        elif event.what == "complete":
            self._take_completion()
        elif event.what in ("pick_next", "pick_previous"):
            offered.move(1 if event.what == "pick_next" else -1)
        else:
            self.runs.run(f"prompt.{event.what}")

    @on(CaptureLine.Escaped)
    def _escaped(self, event: CaptureLine.Escaped) -> None:
        """Esc closes the list first, then gives up an edit, then leaves the line."""
        if self._close_completions():
            return
        if self.session.editing:
            self.session.editing = ""
            self.line.put("")
        elif self.cursor.mode:
            self.cursor.mode = ""
        else:
            self.line.commanding = True
        self.show()

    @on(CaptureLine.Twinned)
    def _twinned(self, event: CaptureLine.Twinned) -> None:
        self.runs.twin(event.key, event.character)
        self.show()

    def action_run(self, command: str) -> None:
        """A key that always works."""
        self.runs.run(command)
        self.show()
