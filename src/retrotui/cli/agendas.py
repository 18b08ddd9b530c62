"""`retrotui agendas`: the agendas that there are, one to read, what is wrong with a file, a new one, one in
the editor.

Owns the arguments, the lines that a person reads and the JSON that a program reads. Must not judge an
agenda, nor write a file itself: `store.agendas` makes new ones, and a person's editor changes them.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.domain.agenda import CountsAs
from retrotui.errors import RetroError, msg
from retrotui.interchange import agenda_pages
from retrotui.locale import language, tr
from retrotui.store import agendas as store
from retrotui.store.agendas import BrokenAgenda, LoadedAgenda, PlacedFinding
from retrotui.store.workspace import check_writable, find_workspace

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
    check = actions.add_parser("check", help=tr("what is wrong with a file, and where"))
    check.add_argument("files", metavar="FILE", nargs="+", help=tr("the agenda's file"))
    new = actions.add_parser("new", help=tr("a new agenda in the team folder, made from another"))
    new.add_argument("id", metavar="ID", help=tr("the new agenda's id"))
    new.add_argument("--from", dest="template", metavar="ID", default=TEMPLATE, help=tr("what to copy"))
    edit = actions.add_parser("edit", help=tr("open an agenda in your editor, then check it"))
    edit.add_argument("agenda", metavar="ID", help=tr("an agenda's id, or a file"))


def run(args: argparse.Namespace) -> int:
    """Does `args.action`; 2 where `check` or `edit` found an error, else 0. Raises RetroError."""
    match args.action:
        case "show":
            return _show(args.agenda, _folder(args), args.to)
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
    output.text("\n".join(_table([_row(each) for each in good])))
    for bad in broken:
        output.remark(output.sentence(bad.error))
    return 0


def _row(loaded: LoadedAgenda) -> tuple[str, ...]:
    agenda = loaded.agenda
    length = tr(agenda_pages.length_label(agenda))
    reflecting = tr("{percent} % reflecting", percent=f"{agenda.shares()[CountsAs.REFLECT] * 100:.0f}")
    origin = tr("bundled") if loaded.bundled else tr("the team's own")
    return (agenda.id, length, reflecting, origin, agenda.title.text(language()))


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns of one width each but the last."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)), row[-1]])
        for row in rows
    ]


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


def _show(wanted: str, folder: Path, to: str | None) -> int:
    agenda = store.find(wanted, folder).agenda
    pages = {"md": agenda_pages.markdown_page, "html": agenda_pages.html_page, None: agenda_pages.text_page}
    output.text(pages[to](agenda, language(), tr))
    return 0


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
    path = store.new_agenda(workspace.folder, args.id, template)
    output.text(str(path))
    output.remark(tr("Change it with: retrotui agendas edit {id}", id=args.id))
    return 0


def _edit(args: argparse.Namespace) -> int:
    """A bundled agenda is copied first: the team's own takes its place, and an update does not undo it."""
    workspace = find_workspace(args.dir)
    found = store.look_up(args.agenda, workspace.folder)
    editor = editor_command(os.environ)
    path = found.path
    if isinstance(found, LoadedAgenda) and found.bundled:
        check_writable(workspace)
        path = store.new_agenda(workspace.folder, found.agenda.id, found)
        output.remark(tr("Your team has its own copy now: {file}", file=str(path)))
    _open(editor, path)
    return check_files([str(path)])


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The editor of `VISUAL`, else of `EDITOR`, with its arguments. Raises RetroError where there is none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(name, ""))
        except ValueError as error:
            raise RetroError(
                msg("{name} cannot be read: a quote is not closed.", name=name),
                msg("Set it to your editor's command."),
            ) from error
        if words:
            return words
    raise RetroError(
        msg("No editor is set."), msg("Set EDITOR to your editor's command, for instance: EDITOR=nano")
    )


def _open(editor: Sequence[str], path: Path) -> None:
    try:
        code = subprocess.call([*editor, str(path)])
    except OSError as error:
        raise RetroError(
            msg("The editor “{editor}” cannot be started.", editor=editor[0]),
            msg("Set EDITOR to your editor's command, or open {file} yourself.", file=str(path)),
        ) from error
    if code != 0:
        raise RetroError(
            msg("The editor ended with an error ({code}).", code=code),
            msg("The agenda is as the editor left it: {file}", file=str(path)),
        )
