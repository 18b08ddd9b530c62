"""What the meeting's screen shows: which drawing goes into which area, and how large the areas are.

Owns the sentence above the line and how long it stays, and what is drawn again when time passes or something changes.
The drawings themselves are the widgets' functions over a `View`. Must not change a meeting, and knows no key.
Source: meeting.md, "Two views of one screen".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from retrotui.domain.agenda import StepKind
from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.prompts import current_prompt
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.terminal_size import FEWEST_ENTRIES, MIN_HEIGHT, MIN_WIDTH, RAIL_FROM, ROOMY_FROM, too_small
from retrotui.tui.view import View
from retrotui.tui.widgets import stage
from retrotui.tui.widgets.clock import ClockFace, TimeBar
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.edge import edge
from retrotui.tui.widgets.entries import EntryList, EntryRow
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.letters import large
from retrotui.tui.widgets.panels import panel
from retrotui.tui.widgets.panels.pause import until
from retrotui.tui.widgets.rail import folded_rail, rail
from retrotui.tui.widgets.rows import rows
from retrotui.tui.widgets.saved import saved, why_not
from retrotui.tui.widgets.topline import notice_words, topline
from retrotui.tui.widgets.wall import reflecting_bar, wall_head

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

NOTICE_SECONDS = 10
BESIDE_EVERY_S = 5
"""So often is drawn what stands beside the clock and goes by minutes and percent; with each new minute as well."""
WALL_REST = 3
"""Rows of the wall below the entries, and around them."""
BREAK_ROWS = 4
"""Rows more in a break: what comes after it."""
WALL_ROWS = 8
"""Rows of the wall beside clock, question and entries: the head, the two bars, and what is left free."""


class MeetingPicture:
    """Draws the meeting into the areas of its screen."""

    def __init__(self, screen: MeetingScreen) -> None:
        self.screen = screen
        self.session = screen.session
        self._notice: Message | None = None
        self._notice_left = 0.0
        self._title: Content | None = None
        self._time_shown = 0.0
        self._waits_for_layout = False

    @property
    def is_small(self) -> bool:
        """The terminal is too small for the meeting: only time is kept."""
        return self.screen.has_class("-small")

    @property
    def _is_break(self) -> bool:
        return self.screen.has_class("-break")

    # -- layout --------------------------------------------------------------------------------------------

    def lay_out(self, width: int, height: int) -> None:
        """The layout for so many cells: what folds, what stands apart, and how tall the clock is."""
        self.dress(width, height)
        if not self.screen.wall:
            self.screen.query_one("#prompt").styles.height = None  # the wall gives it what its letters need
        clock = self.screen.query_one("#clock", ClockFace)
        clock.styles.height = max(3, -(-height // 3)) if self.screen.wall or self._is_break else 3

    def dress(self, width: int, height: int) -> None:
        """The classes that the layout goes by, all at once: each change is a search for rules over all widgets."""
        screen = self.screen
        worn = {
            "-small": too_small(width, height),
            "-narrow": width < RAIL_FROM,
            "-roomy": height >= ROOMY_FROM,
            "-break": self.session.meeting.step.kind == StepKind.BREAK,
            "-wall": screen.wall,
        }
        classes = (screen.classes - worn.keys()) | {name for name, is_worn in worn.items() if is_worn}
        if classes != screen.classes:
            screen.set_classes(classes)

    def give_sizes(self) -> None:
        """What takes its area's width from its words is drawn before the first layout."""
        size = self.screen.app.size
        self._show_clock(self.session.view(width=size.width, height=size.height))
        self.show_line()

    def view(self, selector: str = "#stage") -> View:
        """A look at the meeting, in the size of one area."""
        size = self.screen.query_one(selector).content_size
        return self.session.view(
            width=size.width,
            height=size.height,
            wall=self.screen.wall,
            commanding=self.screen.line.commanding,
        )

    def _draw(self, selector: str, content: Content) -> None:
        self.screen.query_one(selector, Drawn).draw(content)

    # -- everything ----------------------------------------------------------------------------------------

    def show_laid_out(self) -> None:
        """Draw once the new layout stands; once, however many asked."""
        if not self._waits_for_layout:
            self._waits_for_layout = True
            self.screen.call_after_refresh(self._show_now)

    def _show_now(self) -> None:
        self._waits_for_layout = False
        self.show()

    def show_prompt(self) -> None:
        """Draw the question for the place that it has now."""
        if self.screen.is_mounted and not self.is_small:
            self._draw("#prompt", self._prompt(self.view()))

    def show(self) -> None:
        """Draw everything that the state tells; what looks the same is not painted again."""
        screen = self.screen
        if not screen.is_mounted or self.is_small:
            self.show_small()
            return
        if self._is_break != (self.session.meeting.step.kind == StepKind.BREAK):
            self.lay_out(screen.size.width, screen.size.height)
            self.show_laid_out()
        self.show_time()
        view = self.view()
        found = rows(view)
        screen.query_one("#prompt").display = (
            not self._is_break or screen.wall or bool(current_prompt(view)[0])
        )
        self._draw("#prompt", self._prompt(view))
        self._show_panel(view, len(found))
        self._show_entries(found)
        self.show_line()
        self._show_footer()
        if isinstance(screen.app.screen, Dialog):
            screen.app.screen.follow()

    def show_small(self) -> None:
        """The clock, and which size is needed."""
        size = self.screen.size
        view = self.session.view(width=size.width, height=size.height)
        words = tr(
            "{width} x {height} is too small: {need_width} x {need_height} is needed.",
            width=size.width,
            height=size.height,
            need_width=MIN_WIDTH,
            need_height=MIN_HEIGHT,
        )
        clock = text.mark(stage.clock_text(view), "bold")
        wrapped = [text.plain(line) for line in text.wrap(words, max(2, size.width))]
        self._draw("#small", text.stack([clock, *wrapped]))

    # -- what changes with the clock alone -----------------------------------------------------------------

    def pass_second(self) -> None:
        """A second has gone by: the clock, and now and then what else changes with it."""
        session = self.session
        if session.elapsed() - self._time_shown >= BESIDE_EVERY_S:
            self.show_time()
            return
        self._show_clock(self.view())
        if self._unsaved_since() is not None:  # how long is said in seconds
            self._show_saved()
            self.show_notice()

    def show_time(self) -> None:
        """Draw what changes with the clock alone."""
        self._time_shown = self.session.elapsed()
        view = self.view()
        self._draw("#topline", topline(self.view("#topline")))
        if self.screen.wall:
            self._draw("#folded", wall_head(self.view("#folded")))
            self._draw("#reflecting", reflecting_bar(self.view("#reflecting")))
        elif self.screen.has_class("-narrow"):
            self._draw("#folded", folded_rail(self.view("#folded")))
        else:
            self._draw("#rail", rail(self.view("#rail")))
        self._show_title(view)
        self._show_clock(view)
        self._show_saved()
        self.show_notice()

    def _show_title(self, view: View) -> None:
        title = stage.stage_title(view)
        if self._title is None or not self._title.is_same(title):
            self._title = self.screen.query_one("#stage", Vertical).border_title = title

    def _show_clock(self, view: View) -> None:
        shown, phase = stage.clock_text(view), stage.clock_phase(view)
        self.screen.query_one("#clock", ClockFace).show(shown, phase)
        self.screen.query_one("#bar", TimeBar).show(stage.used_part(view), stage.bar_words(view), phase)

    # -- the sentence above the line, and the saver's sign -------------------------------------------------

    def say(self, message: Message) -> None:
        """A sentence above the line; it goes away by itself, and the next takes its place."""
        self._notice, self._notice_left = message, NOTICE_SECONDS
        self._notify(self._sentence(tr(message), "bold $warn"))

    def hush(self) -> None:
        """What was said before is over."""
        self._notice = None

    def let_pass(self, seconds: float) -> None:
        """So much time has passed: what was said long enough ago is over."""
        self._notice_left -= seconds
        if self._notice is not None and self._notice_left <= 0:
            self.hush()
            self.show_notice()

    def show_notice(self) -> None:
        """The sentence above the line: what was said last, else the factor that Tab takes, else a word on time."""
        if self._notice is not None:
            return
        session = self.session
        if self.screen.cursor.mode == "vote":
            drawn: Content | None = self._sentence(tr(self.screen.cursor.said_of_votes()), "bold $accent")
        elif proposed := session.proposal(self.screen.line.value):
            drawn = text.sentence(tr("Tab: {factor}", factor=proposed), "$muted")
        elif why := why_not(session.saved_state(), self._unsaved_since(), session.elapsed()):
            drawn = self._sentence(why, "bold $over")
        else:
            words = notice_words(self.view("#notice"), session.gap, session.unwritable)
            drawn = self._sentence(words, "bold $warn") if words else None
        self._notify(drawn if drawn is not None else text.mark(""))

    def _sentence(self, words: str, style: str) -> Content:
        """One that may be long, in at most two lines."""
        width = max(1, self.screen.query_one("#notice").content_size.width)
        return text.stack([text.plain(line, style) for line in text.wrap(words, width, lines=2)])

    def _notify(self, drawn: Content) -> None:
        """Above the line; a second line takes its row from the stage, and gives it back."""
        area = self.screen.query_one("#notice", Drawn)
        area.styles.height = drawn.plain.count("\n") + 1
        area.draw(drawn)

    def _unsaved_since(self) -> float | None:
        return self.session.saver.unsaved_since if self.session.saver is not None else None

    def saver_answered(self) -> None:
        """The saver has acknowledged something, or could not save; it may do so when the screen is gone."""
        if self.screen.is_attached and self.screen.query("#notice") and self.screen.query("#saved"):
            self._show_saved()
            self.show_notice()

    def _show_saved(self) -> None:
        session = self.session
        drawn = saved(session.saved_state(), session.asked, self._unsaved_since(), session.elapsed())
        self.screen.query_one("#saved", Drawn).draw(drawn, fit=True)

    # -- what changes with the meeting ---------------------------------------------------------------------

    def _prompt(self, view: View) -> Content:
        box = self.screen.query_one("#prompt", Drawn).content_size
        words, number, count = current_prompt(view)
        if not view.meeting.begun:
            words, number, count = tr("We are about to begin. F2 starts the clock."), 1, 1
        if self.screen.wall and self._is_break and not words:
            words = until(view)
        mark = f"{number}/{count}" if count > 1 else ""
        if self.screen.wall and (drawn := self._large(view, words, mark, box.width)) is not None:
            return drawn
        wide = max(10, box.width - text.cells(mark) - 2)
        found = text.wrap(words, wide, lines=max(1, box.height))
        lines = [text.plain(line, "bold") for line in found]
        if mark:
            gap = max(1, box.width - lines[-1].cell_length - text.cells(mark))
            lines[-1] = text.join(lines[-1], text.mark(" " * gap), text.mark(mark, "$muted"))
        spare = max(0, (box.height - len(lines)) // 2)
        return text.stack([*[text.mark("")] * spare, *lines])

    def _large(self, view: View, words: str, mark: str, width: int) -> Content | None:
        """The question in large letters, where the wall has room for them beside everything else.

        Below them it stands in the terminal's own: for who reads it aloud, for a screen reader, and to be copied.
        """
        area = self.screen.query_one("#prompt", Drawn)
        clock = self.screen.query_one("#clock", ClockFace).styles.height
        taken = WALL_ROWS + FEWEST_ENTRIES + (int(clock.value) if clock else 0)
        taken += BREAK_ROWS if self._is_break else 0
        letters = large(words, max(1, width), view.height - taken)
        height = len(letters) + 2 if letters else 2
        if area.styles.height is None or area.styles.height.value != height:
            area.styles.height = height
        if not letters:
            return None
        said = text.line(words, "$muted", width=max(1, width - text.cells(mark) - 2))
        gap = max(1, width - said.cell_length - text.cells(mark))
        last = text.join(said, text.mark(" " * gap), text.mark(mark, "$muted"))
        return text.stack([*(text.mark(row, "bold") for row in letters), last])

    def _show_panel(self, view: View, entries: int) -> None:
        """The panel takes the rows that it needs, and leaves the entries theirs.

        The wall has one for a break, for a tally, and for who only listens.
        """
        screen = self.screen
        narrow, roomy = screen.has_class("-narrow"), screen.has_class("-roomy")
        used = screen.query_one("#head").size.height + 1 + (1 if narrow else 0) + (3 if roomy else 0)
        # five entries may be six lines: the newest shows what it has
        room = max(
            1, view.height - used - min(FEWEST_ENTRIES, entries) - (1 if entries >= FEWEST_ENTRIES else 0)
        )
        area = screen.query_one("#panel", Drawn)
        if screen.wall and not self._is_break:
            room -= WALL_REST
        shown = not screen.wall or self._is_break or view.meeting.begun
        drawn = panel(replace(view, width=view.width - 1, height=room)) if shown else None
        lines = min(room, drawn.plain.count("\n") + 1) if drawn is not None else 0
        apart = lines > 0 and used + lines + max(entries, FEWEST_ENTRIES) < view.height
        entry_list = screen.query_one("#entries", EntryList)
        entry_list.set_class(apart, "-apart")
        entry_list.set_class(screen.wall and lines > 0 and not self._is_break, "-under")
        area.display = lines > 0
        if drawn is not None and lines:
            area.styles.height = lines
            area.draw(drawn)

    def _show_entries(self, found: tuple[EntryRow, ...]) -> None:
        """On the wall the last five, or the five up to the one under the cursor."""
        cursor = self.screen.cursor
        keys = tuple(row.key for row in found)
        cursor.show(keys)
        if self.screen.wall:
            last = keys.index(cursor.at) + 1 if cursor.at in keys[:-FEWEST_ENTRIES] else len(found)
            found = found[max(0, last - FEWEST_ENTRIES) : max(last, FEWEST_ENTRIES)]
        self.screen.query_one("#entries", EntryList).show(found, cursor.at, airy=self.screen.wall)

    def show_line(self) -> None:
        """Draw the left edge of the line: what Enter will make."""
        line = self.screen.line
        drawn = edge(
            line.value,
            self.session.context(),
            self.session.about(),
            commanding=line.commanding,
            mode=self.screen.cursor.mode,
            editing=bool(self.session.editing),
            places=self.session.places(),
        )
        self.screen.query_one("#edge", Drawn).draw(drawn, fit=True)

    def _show_footer(self) -> None:
        screen = self.screen
        width = screen.query_one("#footer").content_size.width
        keys = footer(
            screen.declared, screen.runs.words, width, twins=screen.line.commanding, short=screen.runs.short
        )
        self._draw("#footer", keys)
