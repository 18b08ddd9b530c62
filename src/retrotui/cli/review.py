"""`retrotui review`: past minutes on the screen.

Owns its argument, and the refusal where there is no terminal or no such meeting. Textual is loaded when everything else
is settled.
"""

from __future__ import annotations

import argparse
import os

from retrotui.cli.options import read_options
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.collector import collector_paused
from retrotui.locale import tr
from retrotui.store.workspace import find_workspace
from retrotui.tui import terminal_check


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `review`."""
    parser = subparsers.add_parser(
        "review", help=tr("past minutes on the screen: read, search, correct, export")
    )
    parser.add_argument(
        "meeting", metavar="ID", nargs="?", default="", help=tr("the meeting's id, or the beginning of it")
    )


def run(args: argparse.Namespace) -> int:
    """Opens the list, or one meeting over it. Raises RetroError: no terminal, or no meeting with this id."""
    terminal_check.check()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    first = None
    if args.meeting.strip():
        from retrotui.cli.minutes import load_meeting

        first = load_meeting(find_workspace(args.dir), args.meeting).path
    with collector_paused(freeze=True):
        from retrotui.tui import ways_in
    return ways_in.run_review(read_options(args), first)
