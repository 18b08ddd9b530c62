"""`retrotui doctor`: where everything lies, what the terminal can do, which files are damaged and where.

Owns the gathering of these facts and their two forms, text and JSON. Must not mend, move or make anything.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from retrotui import __version__
from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.locale import language, tr
from retrotui.store import agendas, drafts, settings
from retrotui.store import minutes as store
from retrotui.store.workspace import SETTINGS_FILE, TEAM_DIR, Workspace, check_writable, find_workspace

FOUND_BY: Mapping[str, Message] = {
    "--dir": msg("named with --dir"),
    TEAM_DIR: msg("named by RETROTUI_DIR"),
    "upwards": msg("found by its retrotui.toml, from here upwards"),
    "documents": msg("the usual place in the documents folder"),
}
Facts = dict[str, Any]


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `doctor`."""
    parser = subparsers.add_parser("doctor", help=tr("where everything lies, and what is damaged"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def run(args: argparse.Namespace) -> int:
    """Gathers the facts and prints them; 0 also where something is damaged: saying so is its work."""
    facts = examine(find_workspace(args.dir), found_by(args.dir, os.environ, Path.cwd()))
    if args.json:
        output.document(facts)
    else:
        output.text("\n".join(_lines(facts)))
    return 0


def found_by(directory: str | None, environment: Mapping[str, str], start: Path) -> str:
    """Why this team folder and no other: a key of `FOUND_BY`, in the order of files.md."""
    if directory is not None:
        return "--dir"
    if environment.get(TEAM_DIR, ""):
        return TEAM_DIR
    marked = any((folder / SETTINGS_FILE).is_file() for folder in (start, *start.parents))
    return "upwards" if marked else "documents"


def examine(workspace: Workspace, found: str) -> Facts:
    """Everything there is to know; `damaged` lists each file with its line and a sentence."""
    damaged: list[Facts] = []
    return {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "folder": _folder(workspace, found),
        "settings": _settings(workspace, damaged),
        "minutes": _minutes(workspace, damaged),
        "agendas": _agendas(workspace, damaged),
        "drafts": _drafts(workspace, damaged),
        "cache": {"path": str(workspace.index_folder), "exists": workspace.index_folder.is_dir()},
        "log": {"path": str(workspace.state / "log"), "files": _count(workspace.state / "log", "*.log")},
        "terminal": terminal(os.environ),
        "damaged": damaged,
    }


def _folder(workspace: Workspace, found: str) -> Facts:
    problem = None
    try:
        check_writable(workspace)
    except RetroError as error:
        problem = output.sentence(error)
    return {
        "path": str(workspace.folder),
        "found_by": found,
        "exists": workspace.exists,
        "writable": problem is None,
        "problem": problem,
    }


def _settings(workspace: Workspace, damaged: list[Facts]) -> Facts:
    path = workspace.settings_file
    facts: Facts = {"path": str(path), "exists": path.exists(), "remarks": []}
    try:
        loaded = settings.load(workspace)
    except RetroError as error:
        damaged.append(_damage(error.file or path, error))
        return facts
    facts["remarks"] = [
        {"line": each.line, "column": each.column, "text": tr(each.what)} for each in loaded.remarks
    ]
    return facts


def _minutes(workspace: Workspace, damaged: list[Facts]) -> Facts:
    """Every file is read whole, as a meeting would read it: what a list lets pass is found here."""
    facts: Facts = {"path": str(workspace.minutes_folder), "meetings": 0, "running": []}
    try:
        loaded, broken = store.all_meetings(workspace)
    except RetroError as error:
        damaged.append(_damage(workspace.minutes_folder, error))
        return facts
    damaged += [
        {"path": str(each.path), "line": each.line, "column": None, "text": tr(each.sentence)}
        for each in broken
    ]
    facts["meetings"] = len(loaded)
    facts["running"] = [each.minutes.id for each in loaded if each.minutes.status == "running"]
    return facts


def _agendas(workspace: Workspace, damaged: list[Facts]) -> Facts:
    good, broken = agendas.all_agendas(workspace.folder)
    damaged += [_damage(each.path, each.error) for each in broken]
    return {
        "bundled_path": str(agendas.bundled_folder()),
        "bundled": [each.agenda.id for each in good if each.bundled],
        "path": str(workspace.agendas_folder),
        "own": [each.agenda.id for each in good if not each.bundled],
    }


def _drafts(workspace: Workspace, damaged: list[Facts]) -> Facts:
    found, broken = drafts.list_drafts(workspace)
    damaged += [
        {"path": str(each.path), "line": each.line, "column": None, "text": tr(each.sentence)}
        for each in broken
    ]
    return {"path": str(workspace.drafts_folder), "meetings": [each.draft.minutes.id for each in found]}


def _damage(path: Path, error: RetroError) -> Facts:
    said = " ".join(tr(part) for part in (error.what, error.hint) if part is not None)
    return {"path": str(path), "line": error.line, "column": error.column, "text": said}


def _count(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.glob(pattern)) if folder.is_dir() else 0


def terminal(environment: Mapping[str, str]) -> Facts:
    """What the terminal says of itself."""
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    size = shutil.get_terminal_size() if is_terminal else None
    return {
        "is_terminal": is_terminal,
        "columns": size.columns if size else None,
        "lines": size.lines if size else None,
        "term": environment.get("TERM"),
        "colours": _colours(environment) if is_terminal else 0,
        "no_color": bool(environment.get("NO_COLOR")),
        "encoding": getattr(sys.stdout, "encoding", None),
        "language": language(),
    }


def _colours(environment: Mapping[str, str]) -> int:
    """How many colours the terminal claims to have."""
    term = environment.get("TERM", "")
    if environment.get("NO_COLOR") or term in ("", "dumb"):
        return 0
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return 1 << 24
    return 256 if "256" in term else 16


# -- as text ---------------------------------------------------------------------------------------------


def _lines(facts: Facts) -> Iterator[str]:
    folder, minutes, own = facts["folder"], facts["minutes"], facts["agendas"]
    yield f"retrotui {facts['version']}, Python {facts['python']}, {facts['system']}"
    yield ""
    yield tr("Team folder: {path}", path=folder["path"])
    yield f"  {tr(FOUND_BY[folder['found_by']])}"
    if not folder["exists"]:
        yield "  " + tr("it does not exist yet: the first save makes it")
    if folder["problem"]:
        yield f"  {folder['problem']}"
    yield tr("Settings: {path}", path=facts["settings"]["path"])
    if not facts["settings"]["exists"]:
        yield "  " + tr("there are none: everything is as by default")
    for each in facts["settings"]["remarks"]:
        yield f"  {each['line']}:{each['column']}: {each['text']}"
    yield tr("Minutes: {path}", path=minutes["path"])
    yield "  " + tr(plural("{n} meeting", "{n} meetings", minutes["meetings"]))
    for meeting in minutes["running"]:
        yield "  " + tr("still open: {id}", id=meeting)
    yield tr("Agendas of the team: {path}", path=own["path"])
    yield "  " + (", ".join(own["own"]) or tr("none"))
    yield tr("Bundled agendas: {path}", path=own["bundled_path"])
    yield f"  {', '.join(own['bundled'])}"
    yield tr("Drafts: {path}", path=facts["drafts"]["path"])
    yield "  " + (", ".join(facts["drafts"]["meetings"]) or tr("none"))
    yield tr("Index: {path}", path=facts["cache"]["path"])
    yield tr("Logs: {path}", path=facts["log"]["path"])
    yield "  " + tr(plural("{n} report", "{n} reports", facts["log"]["files"]))
    yield ""
    yield from _terminal_lines(facts["terminal"])
    yield ""
    yield from _damaged_lines(facts["damaged"])


def _terminal_lines(facts: Facts) -> Iterator[str]:
    if not facts["is_terminal"]:
        yield tr("Terminal: none; no screen can be opened here")
    else:
        yield tr("Terminal: {columns} × {lines}", columns=facts["columns"], lines=facts["lines"])
    yield "  TERM: " + (facts["term"] or tr("not set"))
    yield "  " + tr("Colours: {n}", n=facts["colours"]) + (" (NO_COLOR)" if facts["no_color"] else "")
    yield "  " + tr("Encoding: {name}", name=facts["encoding"])
    yield "  " + tr("Language: {name}", name=facts["language"])


def _damaged_lines(damaged: list[Facts]) -> Iterator[str]:
    if not damaged:
        yield tr("No file is damaged.")
        return
    yield tr(plural("{n} file is damaged:", "{n} files are damaged:", len(damaged)))
    for each in damaged:
        place = "".join(f":{each[key]}" for key in ("line", "column") if each[key] is not None)
        yield f"  {each['path']}{place}: {each['text']}"
