"""The summary: what the meeting was, what was learned, what will be tried, and where the minutes lie.

Owns the page after the end. Its figures are `domain.closing`'s and `domain.timebox`'s. Reopening goes through the
session. Source: meeting.md, "Beginning and end".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from retrotui.domain import lifecycle, timebox
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.commands import Command, bound
from retrotui.tui.exporting import Exporter
from retrotui.tui.mail import mail_text
from retrotui.tui.screens.dialogs.export import ask_export
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.session import Session
from retrotui.tui.summary_page import summary_lines
from retrotui.tui.widgets.drawn import Drawn
from retrotui.tui.widgets.footer import footer
from retrotui.tui.widgets.notice import Notice
from retrotui.tui.widgets.saved import why_not

SUMMARY_KEYS = (
    ("⏎", msg("home")),
    ("c", msg("copy for a mail")),
    ("e", msg("export")),
    ("o", msg("reopen")),
)
"""The keys of this screen that are no commands of the program."""
LOOKS_EVERY_S = 0.5
"""So often it looks whether the end of the meeting could be saved."""


class SummaryScreen(Screen[str]):
    """Gives back "reopen", "home" or "quit"."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, session: Session, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self.session = session
        self._unsaved = ""
        self.declared = tuple(one for one in commands if "summary" in one.where)
        for command in self.declared:
            for key in (*command.keys, *command.twins):
                self._bindings.bind(bound(key), f"run('{command.id}')", show=False)

    def compose(self) -> ComposeResult:
        yield Drawn(id="headline")
        with VerticalScroll(id="page"):
            yield Drawn(id="lines")
        yield Notice(id="notice")
        yield Drawn(id="footer")

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#page"))
        self.call_after_refresh(self.show)
        self.set_interval(LOOKS_EVERY_S, self._say_unsaved)

    def _say_unsaved(self) -> None:
        """The end of a meeting is written now: that it could not be is said here, and goes when it is saved."""
        session = self.session
        waiting = session.saver.unsaved_since if session.saver is not None else None
        why = why_not(session.saved_state(), waiting, session.elapsed())
        if why != self._unsaved:
            self._unsaved = why
            self.query_one("#notice", Notice).warn(why)

    def on_resize(self) -> None:
        self.call_after_refresh(self.show)

    def show(self) -> None:
        page = self.query_one("#page", VerticalScroll)
        lines = summary_lines(
            self.session.view(width=page.content_size.width, height=0), self.session.minutes_path()
        )
        area = self.query_one("#lines", Drawn)
        area.styles.height = len(lines)
        area.draw(text.stack(lines))
        self.query_one("#headline", Drawn).draw(self._headline())
        self.query_one("#footer", Drawn).draw(self._footer())

    def _headline(self) -> Content:
        minutes = self.session.meeting.minutes
        day = f"{formats.weekday(minutes.date)} {formats.date(minutes.date)}"
        room = self.query_one("#headline").content_size.width - text.cells(day) - 3
        title = text.cut(minutes.title, room)
        team = text.cut(f" · {minutes.team}" if minutes.team else "", room - text.cells(title))
        gap = max(0, room - text.cells(title) - text.cells(team)) + 1
        return text.join(
            text.mark(" "),
            text.line(title, "bold $accent"),
            text.line(team),
            text.mark(" " * gap),
            text.line(day, "$muted"),
        )

    def _footer(self) -> Content:
        def keys(*found: tuple[str, Message]) -> Content:
            return text.join(
                text.mark(" "),
                *(
                    part
                    for key, words in found
                    for part in (
                        text.mark(key, "bold $accent"),
                        text.line(f" {tr(words)}", "$muted"),
                        text.mark("  "),
                    )
                ),
            )

        width = self.query_one("#footer").content_size.width
        shown = tuple(one for one in self.declared if one.id != "leave")
        own = keys(*SUMMARY_KEYS, ("q", msg("leave")))
        rest = footer(shown, lambda one: one.words, max(10, width - own.cell_length))
        if own.cell_length + rest.cell_length > width:
            own = keys(*SUMMARY_KEYS)  # help says how to leave
        return text.join(own, rest)

    def say(self, message: Message) -> None:
        self.query_one("#notice", Notice).say(message)

    def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            self.dismiss("home")
        elif event.key == "c":
            event.stop()
            self.app.copy_to_clipboard(mail_text(self.session))
            self.say(
                msg(
                    "Copied: paste it into a mail. (Some terminals do not allow it; retrotui show prints it too.)"
                )
            )
        elif event.key == "e":
            event.stop()
            self._export()
        elif event.key == "o":
            event.stop()
            self.session.become(lifecycle.reopen(self.session.meeting, self.session.now()), milestone=True)
            self.dismiss("reopen")

    @work(exclusive=True, group="export")
    async def _export(self) -> None:
        session, now = self.session, self.session.now()
        exporter = Exporter(session.settings, session.past, now)
        said = await ask_export(self, timebox.derived(session.meeting.minutes, now), exporter)
        if said is not None:
            self.say(said)

    def action_run(self, command: str) -> None:
        if command == "leave":
            self.dismiss("quit")
        elif command == "help":
            self.app.push_screen(HelpDialog(self.declared, "summary", SUMMARY_KEYS))
        elif command == "palette":
            self.app.action_command_palette()

    def offered(self) -> Iterator[tuple[Command, Message]]:
        for command in self.declared:
            yield command, command.words
