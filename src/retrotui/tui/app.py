"""The doorman: themes, keys, which screen opens, and what is handed to it.

Owns the `App` and its way in and out. Must not hold what a screen shows, nor a rule.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from retrotui.errors import Message
from retrotui.tui import opening, terminal
from retrotui.tui.commands import Command, remapped
from retrotui.tui.going_on import Obstacle
from retrotui.tui.palette import ScreenCommands, open_palette
from retrotui.tui.place import Place
from retrotui.tui.remembering import Remembering
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session
from retrotui.tui.themes import dress

if TYPE_CHECKING:
    from retrotui.tui.bringing_deals import ColumnsRemembered


class RetroApp(terminal.GuardedApp[Message], inherit_bindings=False):
    """The program on the screen. It exits with a sentence to say in the shell, or None."""

    CSS_PATH = "retrotui.tcss"
    TITLE = "retrotui"
    BINDINGS: ClassVar[list[BindingType]] = []
    COMMANDS: ClassVar[set[type[Provider]]] = {ScreenCommands}  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+backslash"

    def __init__(
        self,
        place: Place,
        session: Session | None = None,
        options: RunOptions | None = None,
        obstacle: Obstacle | None = None,
    ) -> None:
        """`obstacle` stood in the way of the meeting that was to open: home asks it."""
        super().__init__()
        self.obstacle = obstacle
        self.place = place
        self.session = session
        self.options = options or RunOptions()
        self.first_screen: Callable[[], Screen[None]] | None = None
        """What the program opens with, where it is neither a meeting nor home."""
        self.remembering = Remembering(self, place)
        self.declared: tuple[Command, ...] = remapped(place.settings.keys)
        dress(self, place.settings.theme)

    def get_default_screen(self) -> Screen[None]:
        if self.session is not None:
            return self.meeting_screen(self.session)
        if self.first_screen is not None:
            return self.first_screen()
        from retrotui.tui.screens.home import HomeScreen

        return HomeScreen(self.place, self.declared, self.obstacle)

    def meeting_screen(self, session: Session) -> Screen[None]:
        from retrotui.tui.screens.meeting import MeetingScreen

        self.session = session
        return MeetingScreen(session, self.declared)

    @property
    def resume_command(self) -> str:
        """What to type to go on with this folder's open meeting."""
        folder = f" --dir {shlex.quote(str(self.options.dir))}" if self.options.dir is not None else ""
        return f"retrotui resume{folder}"

    def on_meeting_screen_appeared(self) -> None:
        """What was before comes in beside the meeting, and the deals do."""
        if self.session is not None:
            self.remembering.begin(self.session)
            self.bring_deals(self.session)

    def show_meeting(self, session: Session) -> None:
        """From home into a meeting."""
        self.push_screen(self.meeting_screen(session))

    def leave_meeting(self, words: Message | None, *, quit_now: bool = False) -> None:
        """Out of a meeting: home where we came from there, else out of the program."""
        self.session = None
        if quit_now or words is not None:
            self.exit(words)
        else:
            self.switch_to_home()

    def switch_to_home(self) -> None:
        """Home comes up: the one we came from, or a new one over the meeting that is over."""
        from retrotui.tui.screens.home import HomeScreen

        if any(isinstance(screen, HomeScreen) for screen in self.screen_stack):
            while not isinstance(self.screen, HomeScreen):
                self.pop_screen()
        else:
            self.push_screen(HomeScreen(self.place, self.declared))

    def begin_afresh(self, agenda: str) -> None:
        """A new meeting of the same agenda in the place of the one that was aborted."""
        session = opening.session_afresh(self.place, self.options, agenda, self.session)
        self.push_screen(self.meeting_screen(session))

    def bring_deals(self, session: Session) -> None:
        """The deals of `--deals` come into the meeting, where they are not in it yet."""
        file = self.options.deals or session.deals_file
        if file is not None and session.pipeline is None:
            from retrotui.tui import bringing_deals

            bringing_deals.bring(self, session, file)

    def on_columns_remembered(self, event: ColumnsRemembered) -> None:
        """The next meeting knows them too."""
        self.place.settings = event.settings

    def save_everything(self, seconds: float) -> None:
        """For the terminal's keeper: called in a thread of its own when the process must end."""
        if self.session is not None:
            self.session.last_save(seconds)
        for screen in self.screen_stack:
            if (keep := getattr(screen, "last_save", None)) is not None:
                keep()  # an agenda on the desk

    def action_command_palette(self) -> None:
        open_palette(self)

    def bell(self) -> None:
        if self.place.settings.bell:
            super().bell()
