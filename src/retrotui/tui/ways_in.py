"""The ways into the screens from the command line: home, `run`, `resume`, an agenda to edit.

Owns the order: the terminal first, then the folder, then the meeting, then the screen; and what is said in the shell at
the end. What stands in the way of a meeting but can be asked about is asked on home. Must not hold a meeting.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.screen import Screen

from retrotui.locale import language, tr
from retrotui.store import recovery
from retrotui.tui import figures_file, going_on, opening, terminal, terminal_check, text
from retrotui.tui.app import RetroApp
from retrotui.tui.going_on import TwoVersions
from retrotui.tui.place import Place, open_place
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session


def run_home(options: RunOptions) -> int:
    """`retrotui`: the home screen. Raises RetroError without a terminal, or for settings that cannot be read."""
    place = open_place(options)
    return _run(RetroApp(place, None, options), place)


def run_meeting(options: RunOptions) -> int:
    """`retrotui run`: the first step is running on the first frame. Raises RetroError as `opening` does."""
    terminal_check.check()
    place = open_place(options)

    def begun() -> Session:
        session = opening.new_session(place, options)
        try:
            _bring(session, place, options)
        except BaseException:
            session.end_saving()
            raise
        return session

    return _meet(place, options, begun)


def run_resume(options: RunOptions) -> int:
    """`retrotui resume`: the open meeting, or the draft of one that died, goes on. Raises RetroError as `going_on`."""
    terminal_check.check()
    place = open_place(options)
    return _meet(place, options, lambda: going_on.resume_session(place, options.meeting))


def run_editor(options: RunOptions) -> int:
    """`retrotui agendas edit ID`: the agenda on the desk. Raises RetroError for an unknown id, without a terminal."""
    from retrotui.store import agenda_editing

    terminal_check.check()
    place = open_place(options)
    app = RetroApp(place, None, options)
    own = place.settings.language or language()
    sheet = agenda_editing.open_sheet(place.workspace, options.agenda, own)

    def editor() -> Screen[None]:
        from retrotui.tui.screens.agenda_editor import AgendaEditor

        return AgendaEditor(place, sheet, app.declared)

    app.first_screen = editor
    return _run(app, place)


def run_review(options: RunOptions, first: Path | None = None) -> int:
    """`retrotui review`: all minutes, with those in the file `first` open over them. Raises RetroError as home does."""
    terminal_check.check()
    place = open_place(options)
    app = RetroApp(place, None, options)

    def review() -> Screen[None]:
        from retrotui.tui.screens.review import ReviewScreen

        return ReviewScreen(place, app.declared, first=first)

    app.first_screen = review
    return _run(app, place)


def _bring(session: Session, place: Place, options: RunOptions) -> None:
    """Deals and figures from files, so far as they are read before the first frame."""
    if options.deals is not None:
        from retrotui.tui import imported_deals  # most meetings bring none

        if imported_deals.is_quick(options.deals):
            imported_deals.begin_with(session, imported_deals.read_deals(options.deals, place.settings))
    if options.numbers is not None:
        figures_file.bring(session, options.numbers)


def _meet(place: Place, options: RunOptions, opened: Callable[[], Session]) -> int:
    if not options.rehearse:
        recovery.settle(place.workspace, place.clock)
    try:
        app = RetroApp(place, opened(), options)
    except TwoVersions as obstacle:
        app = RetroApp(place, None, options, obstacle)
    return _run(app, place)


def _run(app: RetroApp, place: Place) -> int:
    code = terminal.run(app, app.save_everything, place.workspace.state / "log", clock=place.clock)
    if app.session is not None and code == 0:
        app.session.leave()
    if app.return_value is not None:
        print(text.bare(tr(app.return_value)))
    return code
