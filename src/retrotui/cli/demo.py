"""`retrotui demo`: a folder with a year of invented meetings and a pipeline, opened on the home screen.

Owns where that folder lies when `--dir` does not say it. What stands in it is `retrotui.demo`'s.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from retrotui.cli.options import read_options
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.cli.screens import open_screen
from retrotui.clock import SystemClock
from retrotui.locale import language, tr
from retrotui.store.workspace import find_workspace
from retrotui.tui import terminal_check


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `demo`."""
    parser = subparsers.add_parser("demo", help=tr("a year of invented meetings to look around in"))
    parser.add_argument(
        "--fresh", action="store_true", help=tr("delete the demo that is there and make it anew")
    )


def run(args: argparse.Namespace) -> int:
    """Makes the demo where there is none, and opens it. Raises RetroError without a terminal, before anything is
    made or deleted."""
    terminal_check.check()
    from retrotui.demo import folder

    place = Path(args.dir) if args.dir is not None else folder.default_folder(language())
    workspace = find_workspace(place)
    _, deals = folder.prepare(workspace, language(), SystemClock(), fresh=args.fresh)
    options = read_options(args)
    return open_screen(
        "", replace(options, dir=workspace.folder, deals=workspace.folder / deals if deals else None)
    )
