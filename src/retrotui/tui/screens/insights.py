"""The figures over many meetings: sections, their rows, and the meetings behind each.

Owns the keys, the cursor and the time that is looked at. What is counted is `domain.insights`', read by
`store.insights` beside the screen; the rows are `interchange.insights_page`'s. Must not count.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from retrotui.domain.insights.report import Insights
from retrotui.domain.period import Period, last_complete, parse_period
from retrotui.errors import Message, RetroError, msg
from retrotui.interchange import insights_page as words
from retrotui.interchange.insights_page import Row, Section
from retrotui.locale import language, tr
from retrotui.store.index import Index
from retrotui.store.insights import meetings_behind, read_insights
from retrotui.store.review import Stopped
from retrotui.tui import insights_page, text
from retrotui.tui.commands import Command, command_of
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.menu import Answer, Menu
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.footer import footer

if TYPE_CHECKING:
    from retrotui.tui.app import RetroApp

INSIGHTS_KEYS: Final = (
    ("1 … 5", msg("the sections")),
    ("↑ ↓ PgUp PgDn", msg("go through the figures")),
    ("Esc", msg("back")),
)
PAGE: Final = 10
"""Rows that PgUp and PgDn go."""
EVERYTHING: Final = "all"
OWN: Final = "own"
Days = tuple[date | None, date | None]


class InsightsScreen(Screen[None]):
    """One section at a time; Enter on a figure lists its meetings."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, place: Place, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.place = place
        self.declared = tuple(one for one in commands if "insights" in one.where)
        self.index = Index.open(place.workspace, place.clock)
        self.days: Days = (None, None)
        self.found: Insights | None = None
        self._left = False
        self.sections: tuple[Section, ...] = ()
        self.section = 0
        self.at = 0
        self.wrong: Message | None = None
        """Why the folder cannot be read."""
        self._places: list[int] = []
        self._opening = False

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        yield Drawn(id="tabs")
        with VerticalScroll(id="page", can_focus=False):
            yield Drawn(id="rows")
        yield Drawn(id="notice")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.call_after_refresh(self.draw_all)
        self.read()

    def on_unmount(self) -> None:
        self._left = True
        self.index.close()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_all)

    def on_screen_resume(self) -> None:
        """Back from the minutes: what was corrected there counts here."""
        if self.found is not None:
            self.read()

    # -- reading, beside the screen ------------------------------------------------------------------------

    @work(group="insights", exclusive=True)
    async def read(self) -> None:
        """Looks at every file, and counts."""
        since, until = self.days
        today = self.place.clock.wall().date()

        def counted() -> Insights:
            self.index.refresh(self._told)
            return read_insights(self.index, today, since=since, until=until, look=False)

        try:
            found = await asyncio.to_thread(counted)
        except Stopped:
            return
        except RetroError as error:
            self.wrong, self.found = error.what, None
        else:
            self.wrong, self.found = None, found
            self.sections = words.sections(found, self.place.factors, language())
        self.draw_all()

    def _told(self, _done: int, _total: int) -> None:
        """In the thread that reads: who leaves does not wait for an index to be built. Raises Stopped."""
        if self._left or not self.is_running:
            raise Stopped

    # -- drawing -------------------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[Row, ...]:
        if not self.sections or self.found is None:
            return ()
        return tuple(row for group in self.sections[self.section].groups for row in group.rows)

    def draw_all(self) -> None:
        """The section that is chosen, with its cursor."""
        if not self.is_mounted:
            return
        self.at = max(0, min(self.at, len(self.rows) - 1))
        width = max(20, self.query_one("#page").content_size.width - 2)
        self._draw_head()
        lines = self._lines(width)
        area = self.query_one("#rows", Drawn)
        area.styles.height = max(1, len(lines))
        area.draw(text.stack(lines))
        self.query_one("#footer", Drawn).draw(self._footer())
        self._draw_notice()
        self.call_after_refresh(self._scroll_to_cursor)

    def _lines(self, width: int) -> list[Content]:
        self._places = []
        if self.wrong is not None:
            return insights_page.says(tr(self.wrong), width)
        if self.found is None:
            return insights_page.says(tr("reading the minutes …"), width)
        if not self.found.meetings:
            return self._empty(width)
        page = insights_page.page(self.sections[self.section], self.found.room.months, width, self.at)
        self._places = page.places
        return page.lines

    def _empty(self, width: int) -> list[Content]:
        if self.days != (None, None):
            return insights_page.says(tr("There are no meetings in this time. p chooses another one."), width)
        folder = str(self.place.workspace.folder)
        sentences = (
            tr("There are no meetings in {folder} yet.", folder=folder),
            tr("Here stand, later on: what keeps deciding your deals, and who says so."),
            tr("What became of your experiments, where the time goes, and whose view is missing."),
            tr("Every figure says how many cases it rests on, and opens the meetings behind it."),
            tr("d on the home screen opens a year of invented meetings to look around in."),
        )
        return [line for one in sentences for line in insights_page.says(one, width)]

    def _draw_head(self) -> None:
        width = self.query_one("#headline").content_size.width
        team = self.place.settings.team
        left = tr("Insights") + (f" · {team}" if team else "")
        right = words.heading(self.found, language()) if self.found is not None else ""
        left = text.cut(left, max(10, width - text.cells(right) - 3))
        gap = max(1, width - text.cells(left) - text.cells(right) - 2)
        self.query_one("#headline", Drawn).draw(
            text.join(
                text.mark(" "),
                text.line(left, "bold $accent"),
                text.mark(" " * gap),
                text.line(right, "$muted"),
            )
        )
        titles = [tr(title) for title in words.SECTIONS.values()]
        self.query_one("#tabs", Drawn).draw(insights_page.tabs(titles, self.section, width))

    def _draw_notice(self) -> None:
        """What is looked at, where it is not everything; else what "few" means, where it stands somewhere."""
        notice = self.query_one("#notice", Drawn)
        width = max(1, notice.content_size.width)
        said = ""
        if self.days != (None, None):
            said = insights_page.period_words(*self.days)
        elif any(row.few for row in self.rows):
            said = words.few_note(language())
        notice.draw(text.line(said, "$muted", width=width))

    def say(self, message: Message) -> None:
        width = max(1, self.query_one("#notice").content_size.width)
        self.query_one("#notice", Drawn).draw(text.line(tr(message), "bold $warn", width=width))

    def _footer(self) -> Content:
        width = self.query_one("#footer").content_size.width
        return footer(self.declared, lambda one: one.words, width, twins=True)

    def _scroll_to_cursor(self) -> None:
        page = self.query_one("#page", VerticalScroll)
        if self.at == 0:
            page.scroll_home(animate=False)
        elif self.at < len(self._places):
            line = self._places[self.at]
            if not page.scroll_offset.y <= line < page.scroll_offset.y + page.size.height - 2:
                page.scroll_to(y=max(0, line - page.size.height // 2), animate=False)

    # -- keys ----------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        steps = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": -PAGE, "pagedown": PAGE}
        ends = {"home": 0, "g": 0, "end": len(self.rows) - 1, "G": len(self.rows) - 1}
        digit = event.character if event.character and event.character in "12345" else ""
        if event.key == "escape":
            self._back()
        elif digit:
            self._show(int(digit) - 1)
        elif event.key in steps:
            self._move(self.at + steps[event.key])
        elif event.key in ends:
            self._move(ends[event.key])
        elif (command := command_of(self.declared, event.key, event.character)) is not None:
            self.action_run(command.id)
        else:
            return
        event.stop()

    def _move(self, to: int) -> None:
        self.at = to
        self.draw_all()

    def _show(self, section: int) -> None:
        self.section, self.at = section % len(words.SECTIONS), 0
        self.draw_all()

    def _back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def action_run(self, command: str) -> None:
        """Does a command by its id."""
        done: dict[str, Callable[[], object]] = {
            "help": lambda: self.app.push_screen(
                HelpDialog(self.declared, "insights", tuple((key, said) for key, said in INSIGHTS_KEYS))
            ),
            "palette": self._app.action_command_palette,
            "leave": self.app.exit,
            "insights.open": self._open,
            "insights.next": lambda: self._show(self.section + 1),
            "insights.before": lambda: self._show(self.section - 1),
            "insights.period": self._choose_period,
            "insights.look": self.read,
        }
        if command in done:
            done[command]()
        elif command.startswith("section:"):
            self._show(int(command.removeprefix("section:")))

    @property
    def _app(self) -> RetroApp:
        return self.app  # type: ignore[return-value]

    def offered(self) -> Iterator[tuple[Command, Message]]:
        """For the palette: the sections, and the commands."""
        for number, title in enumerate(words.SECTIONS.values()):
            yield Command(f"section:{number}", title, msg("this section"), (), (str(number + 1),)), title
        for command in self.declared:
            yield command, command.words

    def busy(self) -> bool:
        """A dialog is about to come up."""
        return self._opening and self.app.screen is self

    # -- the meetings behind a figure ----------------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def _open(self) -> None:
        rows = self.rows
        if not rows:
            return
        row = rows[self.at]
        from retrotui.tui.screens.dialogs.meetings import MeetingsDialog

        self._opening = True
        try:
            found = await asyncio.to_thread(
                lambda: meetings_behind(self.index, self._folder, tuple(row.behind()))
            )
        except RetroError as error:
            self.say(error.what)
            return
        finally:
            self._opening = False
        if not found:
            self.say(msg("There is no meeting behind this figure."))
            return
        path = await self.app.push_screen_wait(MeetingsDialog(f"{row.label}: {row.value}", found))
        if path is not None:
            from retrotui.tui.screens.minutes import open_minutes

            open_minutes(self._app, path)

    @property
    def _folder(self) -> Path:
        return self.place.workspace.minutes_folder

    # -- the time that is looked at ------------------------------------------------------------------------

    @work(exclusive=True, group="dialog")
    async def _choose_period(self) -> None:
        today = self.place.clock.wall().date()
        ways = periods(today)
        answers = [Answer(key, said) for key, (said, _) in ways.items()]
        answers.append(Answer(OWN, msg("another time …")))
        chosen = await self.app.push_screen_wait(Menu(msg("Figures of which time?"), tuple(answers)))
        if chosen == OWN:
            typed = await self._ask_period()
            if typed is None:
                return
            self.days = (typed.since, typed.until)
        elif chosen is not None:
            self.days = ways[chosen][1]
        else:
            return
        self.at = 0
        self.read()

    async def _ask_period(self) -> Period | None:
        from retrotui.tui.screens.dialogs.ask import Ask

        answer = await self.app.push_screen_wait(
            Ask(
                msg("Figures of which time?"),
                explained=msg("A month, a quarter or two days: 2026-10, 2026-Q3, 2026-07-01..2026-09-15"),
                check=_wrong,
            )
        )
        return parse_period(answer) if answer is not None else None


def periods(today: date) -> dict[str, tuple[Message, Days]]:
    """The times that are offered: sentence and days of each."""
    quarter, month = last_complete("quarter", today), last_complete("month", today)
    return {
        EVERYTHING: (msg("all the time"), (None, None)),
        "year": (msg("the last twelve months"), (today - timedelta(days=365), today)),
        "this": (msg("this year"), (today.replace(month=1, day=1), today)),
        "quarter": (msg("the last whole quarter"), (quarter.since, quarter.until)),
        "month": (msg("the last whole month"), (month.since, month.until)),
    }


def _wrong(typed: str) -> Message | None:
    try:
        parse_period(typed)
    except RetroError as error:
        return error.what
    return None
