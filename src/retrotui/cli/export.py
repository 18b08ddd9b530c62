"""`retrotui export`: minutes as Markdown, HTML, tables, JSON or a calendar, to a file, a folder or a pipe.

Owns the arguments, which meetings are meant, and what goes to stdout. The language is the meeting's own unless `--lang`
names another. Must not leave out or write anything itself: that is `tui.exporting`'s and below. Source: cli.md,
`export`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.cli import output
from retrotui.cli.minutes import load_meeting, say_damaged
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.cli.progress import exporting, progress
from retrotui.clock import SystemClock
from retrotui.errors import RetroError, msg
from retrotui.locale import language, tr
from retrotui.store import minutes as store
from retrotui.store import settings as settings_store
from retrotui.store.minutes import Loaded
from retrotui.store.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from retrotui.domain.minutes import Minutes
    from retrotui.interchange.exports import Written
    from retrotui.tui.exporting import Exporter, ExportFile

FORMATS = ("md", "html", "csv", "json", "ics")


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `export`."""
    parser = subparsers.add_parser("export", help=tr("minutes as Markdown, HTML, tables, JSON or a calendar"))
    parser.add_argument(
        "meetings", metavar="ID", nargs="*", help=tr("the meeting's id, or the beginning of it")
    )
    parser.add_argument("--all", action="store_true", help=tr("all meetings of the team folder"))
    parser.add_argument("--to", choices=FORMATS, required=True, help=tr("the format"))
    parser.add_argument(
        "-o", dest="path", metavar="PATH", help=tr("a file; for several meetings or tables a folder")
    )
    parser.add_argument("--anonymous", action="store_true", help=tr("without the names of people"))
    parser.add_argument("--force", action="store_true", help=tr("overwrite files that are there"))


def run(args: argparse.Namespace) -> int:
    """Does `export`. Raises RetroError."""
    piped = args.path in (None, "", "-")
    if bool(args.meetings) == args.all:
        raise RetroError(msg("Which meetings?"), msg("Name their ids, or all of them with --all."))
    workspace = find_workspace(args.dir)
    chosen = _chosen(workspace, args)
    several = args.all or len(chosen) > 1
    if several and piped:
        raise RetroError(msg("Several meetings need a folder."), msg("Name it: -o FOLDER"))
    if not chosen:
        output.remark(tr("There are no meetings in {folder} yet.", folder=str(workspace.folder)))
        return 0
    exporter = _exporter(workspace, chosen, args)
    if several:
        _write(_files_of_several(exporter, chosen, args), force=args.force)
        return 0
    minutes = chosen[0].minutes
    name = exporter.stem(minutes, chosen[0].path.stem)
    parts = exporter.written(minutes, args.to)
    if piped:
        _to_pipe(parts)
    else:
        from retrotui.tui.exporting import at_path

        _write(at_path(args.path, name, args.to, parts), force=args.force)
    return 0


# -- which meetings --------------------------------------------------------------------------------------


def _chosen(workspace: Workspace, args: argparse.Namespace) -> list[Loaded]:
    """The meetings that are meant, each once."""
    if args.all:
        with progress() as told:
            found, damaged = store.all_meetings(workspace, told)
        say_damaged(damaged)
        return found
    meetings = [load_meeting(workspace, typed) for typed in args.meetings]
    return list({each.path: each for each in meetings}.values())


def _exporter(workspace: Workspace, chosen: Sequence[Loaded], args: argparse.Namespace) -> Exporter:
    from retrotui.tui.exporting import Exporter

    return Exporter(
        settings=settings_store.load(workspace).settings,
        neighbours=_neighbours(workspace, chosen, args),
        now=SystemClock().wall(),
        lang=args.lang or "",
        anonymous=args.anonymous,
    )


def _neighbours(workspace: Workspace, chosen: Sequence[Loaded], args: argparse.Namespace) -> list[Minutes]:
    """The other meetings that an export needs: all of them for a calendar, which follows the newest word, and where
    names are to be known; else those whose actions and experiments are spoken of."""
    from retrotui.interchange.outgoing import spoken_of

    if args.all:
        return [each.minutes for each in chosen]
    hidden = [each.minutes.discretion for each in chosen]
    if args.to == "ics" or args.anonymous or any(one.people or one.customers for one in hidden):
        found, damaged = store.all_meetings(workspace)
        say_damaged(damaged)
        return [each.minutes for each in found]
    items = {item for each in chosen for item in spoken_of(each.minutes)}
    neighbours = []
    for meeting_id in sorted({item.rpartition("-")[0] for item in items} - {""}):
        with contextlib.suppress(RetroError):  # one that is gone or damaged says nothing
            neighbours.append(store.load(workspace.minutes_file(meeting_id)).minutes)
    return neighbours


# -- where to --------------------------------------------------------------------------------------------


def _files_of_several(
    exporter: Exporter, chosen: Sequence[Loaded], args: argparse.Namespace
) -> list[ExportFile]:
    """A file a meeting; of tables, a file a table. A meeting that has nothing for the format is named and left out."""
    from retrotui.tui.exporting import in_folder

    folder = Path(os.path.expanduser(args.path)).absolute()  # noqa: PTH111 - Path's own raises for an unknown user
    if os.path.lexists(folder) and not os.path.isdir(folder):  # noqa: PTH112 - Path's own raises for long names
        raise RetroError(
            msg("{folder} is a file, not a folder.", folder=str(folder)),
            msg("Several meetings need a folder."),
        )
    if args.to == "csv":
        return in_folder(folder, "", "csv", exporter.tables([each.minutes for each in chosen], language()))
    files: list[ExportFile] = []
    faults: list[RetroError] = []
    with progress(exporting) as told:
        for number, each in enumerate(chosen, 1):
            told(number, len(chosen))
            try:
                files += in_folder(
                    folder,
                    exporter.stem(each.minutes, each.path.stem),
                    args.to,
                    exporter.written(each.minutes, args.to),
                )
            except RetroError as error:
                faults.append(error)
    for fault in faults:
        output.remark(output.sentence(fault))
    return files


def _write(files: Sequence[ExportFile], *, force: bool) -> None:
    """Writes them; their paths are what a program can go on with."""
    from retrotui.tui.exporting import write

    if written := write(files, force=force):
        output.text("\n".join(map(str, written)))


def _to_pipe(parts: Sequence[Written]) -> None:
    """The bytes as a file would have them; to a terminal, as text in its own encoding."""
    from retrotui.interchange.exports import for_a_pipe

    content, stream = for_a_pipe(parts), sys.stdout
    if stream.isatty():
        stream.write(content.decode())
    else:
        stream.flush()
        stream.buffer.write(content)
    stream.flush()
    if len(parts) > 1:
        output.remark(tr("These are several tables, one after the other; with -o each gets its own file."))
