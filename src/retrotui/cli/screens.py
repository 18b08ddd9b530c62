"""The commands that open a screen: home, `run`, `resume`.

Owns their arguments and the refusal where there is no terminal. Textual is loaded when everything else is settled.
Must not hold a meeting: `retrotui.tui.app` does.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module
from typing import Final

from retrotui.cli.options import read_options
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.collector import collector_paused
from retrotui.locale import tr
from retrotui.tui import terminal_check
from retrotui.tui.run_options import RunOptions

FIRST_SCREEN: Final = {"run": "meeting", "resume": "meeting", "edit": "agenda_editor"}
"""The module of the screen that a command opens with; any other opens with home."""


def add_parser(subparsers: Subparsers[Parser], name: str) -> None:
    """Declares `run` or `resume`."""
    if name == "resume":
        parser = subparsers.add_parser(name, help=tr("go on with the open meeting"))
        parser.add_argument(
            "meeting",
            metavar="ID",
            nargs="?",
            default="",
            help=tr("the meeting's id, or the beginning of it"),
        )
        return
    parser = subparsers.add_parser(name, help=tr("start a meeting"))
    parser.add_argument(
        "agenda",
        metavar="AGENDA",
        nargs="?",
        default="",
        help=tr("an agenda's id, or a file; else the team's own"),
    )
    parser.add_argument("--deals", metavar="FILE", help=tr("the CRM's export of deals (CSV)"))
    parser.add_argument("--numbers", metavar="FILE", help=tr("figures with targets (CSV)"))
    parser.add_argument(
        "--period", metavar="PERIOD", help=tr("2026-10, 2026-Q3 or FROM..TO; else the last complete one")
    )
    parser.add_argument("--minutes", metavar="N", help=tr("the meeting's length: the agenda is scaled to it"))
    parser.add_argument("--hold", action="store_true", help=tr("do not start yet: time waits for F2"))
    parser.add_argument(
        "--rehearse", metavar="SPEED", help=tr("practise at SPEED times the speed; nothing is saved")
    )
    parser.add_argument("--title", metavar="TEXT", help=tr("the meeting's title"))
    parser.add_argument("--team", metavar="TEXT", help=tr("the team's name"))


def run(args: argparse.Namespace) -> int:
    """Opens the screen that `args.command` asks for ("": home), and stays until it is left."""
    return open_screen(args.command, read_options(args))


def open_screen(command: str, options: RunOptions) -> int:
    """The screen of `run`, `resume`, `edit` (an agenda) or, for any other command, home.

    Raises RetroError without a terminal; before that, what is wrong with the agenda, since that is mended first.
    """
    if (refusal := terminal_check.refusal()) is not None:
        if command == "run":
            _check_agenda(options)
        raise refusal
    # pydantic asks every installed package for a plug-in otherwise; none has business with people's words
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    with collector_paused(freeze=True):
        from retrotui.tui import ways_in

        import_module(f"retrotui.tui.screens.{FIRST_SCREEN.get(command, 'home')}")

    if command == "run":
        return ways_in.run_meeting(options)
    if command == "resume":
        return ways_in.run_resume(options)
    if command == "edit":
        return ways_in.run_editor(options)
    return ways_in.run_home(options)


def _check_agenda(options: RunOptions) -> None:
    from retrotui.store import agendas, settings
    from retrotui.store.workspace import find_workspace

    workspace = find_workspace(options.dir)
    agendas.find(options.agenda or settings.load(workspace).settings.agenda, workspace.folder)
