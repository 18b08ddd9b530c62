"""The doorman: themes, keys, which screen opens, and what is handed to it.

Owns the `App` and its way in and out. Screens hold their own state; rules live in the domain.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import imported_deals, opening, terminal, text
from retrotui.tui.commands import Command, remapped
from retrotui.tui.opening import Place
from retrotui.tui.palette import ScreenCommands, open_palette
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
        self, place: Place, session: Session | None = None, options: RunOptions | None = None
    ) -> None:
        super().__init__()
        self.place = place
        self.session = session
        self.options = options or RunOptions()
        self.declared: tuple[Command, ...] = remapped(place.settings.keys)
        dress(self, place.settings.theme)

    def get_default_screen(self) -> Screen[None]:
        if self.session is not None:
            return self.meeting_screen(self.session)
        from retrotui.tui.screens.home import HomeScreen

        return HomeScreen(self.place, self.declared)

    def meeting_screen(self, session: Session) -> Screen[None]:
        from retrotui.tui.screens.meeting import MeetingScreen

        self.session = session
        return MeetingScreen(session, self.declared)

    @property
    def resume_command(self) -> str:
        """What to type to go on with this folder's open meeting."""
        folder = f" --dir {shlex.quote(str(self.options.dir))}" if self.options.dir is not None else ""
        return f"retrotui resume{folder}"

    def on_mount(self) -> None:
        if self.session is not None:
            self._remember(self.session)
            self.bring_deals(self.session)

    def show_meeting(self, session: Session) -> None:
        """From home into a meeting."""
        self.push_screen(self.meeting_screen(session))
        self._remember(session)
        self.bring_deals(session)

    @work(thread=True, group="remember")
    def _remember(self, session: Session) -> None:
        """What earlier meetings left is read beside the screen."""
        past = opening.look_back(self.place, without=session.meeting.minutes.id)
        self.call_from_thread(opening.remember, session, past)

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
        old = self.session
        loaded = opening.agenda_afresh(self.place, self.options, agenda, old)
        session = opening.fresh_session(self.place, self.options, loaded)
        if old is not None:
            session.pipeline, session.figures = old.pipeline, old.figures
        self.push_screen(self.meeting_screen(session))
        self._remember(session)

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

    def action_command_palette(self) -> None:
        open_palette(self)

    def bell(self) -> None:
        if self.place.settings.bell:
            super().bell()


def _run(place: Place, session: Session | None, options: RunOptions) -> int:
    app = RetroApp(place, session, options)
    code = terminal.run(app, app.save_everything, place.workspace.state / "log", clock=place.clock)
    if app.session is not None and code == 0:
        app.session.leave()
    if app.return_value is not None:
        print(text.bare(tr(app.return_value)))
    return code


def run_home(options: RunOptions) -> int:
    """`retrotui`: the home screen. Raises RetroError without a terminal, or for settings that cannot be read."""
    return _run(opening.open_place(options), None, options)


def run_meeting(options: RunOptions) -> int:
    """`retrotui run`: the first step is running on the first frame. Raises RetroError as `opening` does."""
    terminal.check()
    place = opening.open_place(options)
    session = opening.new_session(place, options)
    if options.deals is not None and imported_deals.is_quick(options.deals):
        imported_deals.begin_with(session, imported_deals.read_deals(options.deals, place.settings))
    if options.numbers is not None:
        session.figures = opening.read_figures(options.numbers)
    return _run(place, session, options)


def run_resume(options: RunOptions) -> int:
    """`retrotui resume`: the open meeting, or the draft of one that died, goes on."""
    terminal.check()
    place = opening.open_place(options)
    return _run(place, opening.resume_session(place, options.meeting), options)
