"""`retrotui agendas`: the agendas that there are, one to read, what is wrong with a file, a new one, one in
an editor.

Owns the arguments, the lines that a person reads and the JSON that a program reads. Must not judge an
agenda, nor write a file itself: `store.agendas` makes new ones, and an editor changes them.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import time
from pathlib import Path
from typing import Any

from retrotui.cli import output
from retrotui.cli.options import read_options
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.domain.agenda import CountsAs
from retrotui.errors import RetroError, msg
from retrotui.interchange import agenda_pages
from retrotui.locale import language, tr
from retrotui.store import agendas as store
from retrotui.store.agendas import BrokenAgenda, LoadedAgenda, PlacedFinding
from retrotui.store.workspace import Workspace, check_writable, find_workspace
from retrotui.tui import own_editor, terminal_check

TEMPLATE = "monthly-reflection"
"""What a new agenda is made from where nothing else is said: it shows most of what there is."""
ERRORS_FOUND = 2

SEVERITIES = {"error": msg("error"), "warning": msg("warning"), "kept": msg("hint")}


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `agendas` and what can be done with them."""
    parser = subparsers.add_parser("agendas", help=tr("the agendas: list, show, check, new, edit"))
    parser.set_defaults(action="list")
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    actions: Subparsers[Parser] = parser.add_subparsers(dest="action", metavar="ACTION", title=tr("Commands"))
    listed = actions.add_parser("list", help=tr("all agendas, the bundled and the team's own"))
    # given before or after `list`: the inner parser must not take back what the outer one read
    listed.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=tr("as JSON"))
    show = actions.add_parser("show", help=tr("one agenda as text"))
    show.add_argument("agenda", metavar="ID", help=tr("an agenda's id, or a file"))
    show.add_argument("--to", choices=("md", "html"), help=tr("as Markdown or as a page for a browser"))
    show.add_argument("--at", metavar="TIME", default="9:00", help=tr("with --to: when the meeting begins"))
    show.add_argument("--minutes", metavar="N", help=tr("for a meeting of so many minutes"))
    check = actions.add_parser("check", help=tr("what is wrong with a file, and where"))
    check.add_argument("files", metavar="FILE", nargs="+", help=tr("the agenda's file"))
    new = actions.add_parser("new", help=tr("a new agenda in the team folder, made from another"))
    new.add_argument("id", metavar="ID", help=tr("the new agenda's id"))
    new.add_argument("--from", dest="template", metavar="ID", default=TEMPLATE, help=tr("what to copy"))
    edit = actions.add_parser("edit", help=tr("change an agenda on screen, or in your own editor"))
    edit.add_argument("agenda", metavar="ID", help=tr("an agenda's id, or a file"))
    edit.add_argument("--editor", action="store_true", help=tr("in your own editor ($EDITOR), as text"))


def run(args: argparse.Namespace) -> int:
    """Does `args.action`; 2 where `check` or `edit` found an error, else 0. Raises RetroError."""
    match args.action:
        case "show":
            return _show(args)
        case "check":
            return check_files(args.files)
        case "new":
            return _new(args)
        case "edit":
            return _edit(args)
        case _:
            return _list(_folder(args), as_json=args.json)


def _folder(args: argparse.Namespace) -> Path:
    return find_workspace(args.dir).folder


# -- list, show ------------------------------------------------------------------------------------------


def _list(folder: Path, *, as_json: bool) -> int:
    good, broken = store.all_agendas(folder)
    if as_json:
        output.document([_good_json(each) for each in good] + [_broken_json(each) for each in broken])
        return 0
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    output.text("\n".join(_table([_row(each) for each in good], room)))
    for bad in broken:
        output.remark(output.sentence(bad.error))
    return 0


def _row(loaded: LoadedAgenda) -> tuple[str, ...]:
    agenda = loaded.agenda
    length = tr(agenda_pages.length_label(agenda))
    reflecting = tr("{percent}% reflecting", percent=f"{agenda.shares()[CountsAs.REFLECT] * 100:.0f}")
    origin = tr("bundled") if loaded.bundled else tr("the team's own")
    return (agenda.id, length, reflecting, origin, agenda.title.text(language()))


def _table(rows: Sequence[tuple[str, ...]], room: int | None) -> list[str]:
    """Columns of one width each but the last; on a terminal of `room` cells a line to each row."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)), row[-1]])
        for row in rows
    ]
    return [line if room is None or len(line) <= room else f"{line[: room - 1]}…" for line in lines]


def _number(minutes: float | None) -> float | None:
    """Whole minutes without a fraction."""
    return int(minutes) if minutes is not None and minutes.is_integer() else minutes


def _good_json(loaded: LoadedAgenda) -> dict[str, Any]:
    agenda = loaded.agenda
    return {
        "id": agenda.id,
        "version": agenda.version,
        "title": agenda.title.text(language()),
        "purpose": agenda.purpose.text(language()),
        "minutes": _number(agenda.length),
        "period": agenda.period,
        "steps": len(agenda.steps),
        "share": {counts.value: round(share, 4) for counts, share in agenda.shares().items()},
        "source": "bundled" if loaded.bundled else "team",
        "path": str(loaded.path),
        "error": None,
    }


def _broken_json(broken: BrokenAgenda) -> dict[str, Any]:
    return {
        "id": broken.id,
        "title": None,
        "source": "bundled" if broken.bundled else "team",
        "path": str(broken.path),
        "error": output.sentence(broken.error),
        "line": broken.error.line,
        "column": broken.error.column,
    }


def _show(args: argparse.Namespace) -> int:
    """As text, or as a run sheet with clock times."""
    agenda = store.find(args.agenda, _folder(args)).agenda
    minutes = read_options(args).minutes
    if args.to is None:
        output.text(agenda_pages.text_page(agenda, language(), tr, minutes=minutes))
        return 0
    page = {"md": agenda_pages.markdown_page, "html": agenda_pages.html_page}[args.to]
    output.text(page(agenda, language(), tr, begin=_begin(args.at), minutes=minutes))
    return 0


def _begin(typed: str) -> time:
    """`10:30`, `10.30` or `10`: when the meeting begins. Raises RetroError."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", typed.strip(), re.ASCII)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise RetroError(
            msg("“{given}” is no time of day.", given=typed.strip()[:40]),
            msg("Type hours and minutes: --at 10:30"),
        )
    return time(hour, minute)


# -- check, new, edit ------------------------------------------------------------------------------------


def check_files(files: Iterable[str]) -> int:
    """Prints `file:line:column: what` for all that is found; 2 where there is an error, 0 on warnings
    alone."""
    code = 0
    for name in files:
        loaded = store.load(store.real_path(Path(name)))
        if not loaded.findings:
            output.remark(tr("{file}: nothing is wrong.", file=name))
        for finding in loaded.findings:
            output.text(_finding_line(name, finding))
        if isinstance(loaded, BrokenAgenda):
            code = ERRORS_FOUND
    return code


def _finding_line(name: str, finding: PlacedFinding) -> str:
    said = " ".join(part for part in (tr(finding.what), tr(finding.hint) if finding.hint else "") if part)
    return f"{name}:{finding.line}:{finding.column}: {tr(SEVERITIES[finding.severity])}: {said}"


def _new(args: argparse.Namespace) -> int:
    workspace = find_workspace(args.dir)
    check_writable(workspace)
    template = store.find(args.template, workspace.folder)
    path = store.new_agenda(workspace.folder, args.id, template, _team_language(workspace))
    output.text(str(path))
    output.remark(tr("Change it with: retrotui agendas edit {id}", id=args.id))
    return 0


def _team_language(workspace: Workspace) -> str:
    """The language of the team's meetings: what a copy of a bundled agenda speaks."""
    from retrotui.store import settings

    return settings.load(workspace).settings.language or language()


def _edit(args: argparse.Namespace) -> int:
    """In a terminal the program's own editor; without one, or when it is asked for, the person's.

    There a bundled agenda is copied first: the team's own takes its place, and an update does not undo it.
    """
    if not args.editor and terminal_check.refusal() is None:
        return _edit_on_screen(args)
    workspace = find_workspace(args.dir)
    found = store.look_up(args.agenda, workspace.folder)
    editor = own_editor.editor_command(os.environ)
    path = found.path
    if isinstance(found, LoadedAgenda) and found.bundled:
        check_writable(workspace)
        path = store.new_agenda(workspace.folder, found.agenda.id, found, _team_language(workspace))
        output.remark(tr("Your team has its own copy now: {file}", file=str(path)))
    own_editor.open_file(editor, path)
    return check_files([str(path)])


def _edit_on_screen(args: argparse.Namespace) -> int:
    """The program's own editor; what is left there is checked like a file that an editor closed."""
    from retrotui.cli.screens import open_screen

    options = read_options(args)
    code = open_screen("edit", options)
    try:
        found = store.look_up(options.agenda, find_workspace(args.dir).folder)
    except RetroError:
        return code
    return code or (check_files([str(found.path)]) if isinstance(found, BrokenAgenda) else 0)
