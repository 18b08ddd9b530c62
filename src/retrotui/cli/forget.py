"""`retrotui forget`: a person taken out of everything that this folder and this machine hold.

Owns the arguments, what is said before and after, and the question. What is found and changed is `store.forgetting`'s.
Without --yes and without a terminal it only says what it would do. Source: cli.md, `forget`; promises.md, "People".
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.cli.progress import changing, progress
from retrotui.clock import SystemClock
from retrotui.domain.functions import label
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.locale import catalogue, language, tr
from retrotui.store.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from retrotui.domain.forgetting import Found, Known
    from retrotui.store.forgetting import Done, Left, Plan
    from retrotui.store.forgotten_file import Item, Place

REFUSED = 2
YES = ("y", "yes", "j", "ja")


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `forget`."""
    parser = subparsers.add_parser("forget", help=tr("take a person out of all files, drafts and the index"))
    parser.add_argument("name", metavar="NAME", help=tr("the whole name, or the id where several have one"))
    parser.add_argument("--yes", action="store_true", help=tr("without asking"))


def run(args: argparse.Namespace) -> int:
    """Does `forget`; 2 where something had to be left, or nothing was done. Raises RetroError."""
    from retrotui.store import forgetting

    place = _place(find_workspace(args.dir))
    try:
        with progress() as told:
            plan = forgetting.plan(place, one_line(args.name), told)
    except forgetting.SeveralOfThatName as several:
        output.text("\n".join(_person(one) for one in several.people))
        raise
    output.text("\n".join(_planned(plan, place.workspace)))
    if not any(_is_changed(item) for item in plan.items):
        return _ended(forgetting.Done((), plan.left), plan)
    if not args.yes:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise RetroError(
                msg("Nothing was changed: there is no terminal to ask at."),
                msg("Do it with --yes."),
            )
        if not _asked(plan):
            output.remark(tr("Nothing was changed."))
            return 0
    with progress(changing) as told:
        done = forgetting.carry_out(place, plan, told)
    return _ended(done, plan)


def _place(workspace: Workspace) -> Place:
    import platformdirs

    from retrotui.store.forgotten_file import Place

    documents = platformdirs.user_documents_path()
    return Place(
        workspace, SystemClock(), lambda lang: catalogue(lang).tr(msg("somebody")),
        documents if documents.is_dir() else None,
    )  # fmt: skip


def _asked(plan: Plan) -> bool:
    output.remark("")
    sys.stderr.write(tr("Forget {name}? This cannot be taken back. [y/N]", name=plan.person.shown) + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in YES


def _ended(done: Done, plan: Plan) -> int:
    """What was done, and what is left to do by hand: what was not said before is named."""
    if done.paths:
        output.text("\n" + tr(plural("{n} file was changed.", "{n} files were changed.", len(done.paths))))
    if not done.left:
        return 0
    output.remark(
        tr(plural("{n} file still holds the name.", "{n} files still hold the name.", len(done.left)))
    )
    for each in done.left:
        if each not in plan.left:
            output.remark(_left(each))
    return REFUSED


# -- what is said ------------------------------------------------------------------------------------------


def _planned(plan: Plan, workspace: Workspace) -> Iterator[str]:
    changing = [item for item in plan.items if _is_changed(item)]
    taken = plural(
        "{name} goes out of {n} file:", "{name} goes out of {n} files:", len(changing), name=_called(plan)
    )
    yield tr(taken if changing else msg("{name}: there is nothing that can be changed.", name=_called(plan)))
    for item in changing:
        yield f"  {_shown(item.path, workspace)}: {_facts(item)}"
    if kept := [item for item in plan.items if item.found.kept]:
        yield tr("This stays, since it may be somebody or something else. Look at it:")
        for item in kept:
            yield f"  {_shown(item.path, workspace)}: {', '.join(map(tr, _kept(item.found)))}"
    if plan.left:
        yield tr("These are left as they are:")
        yield from map(_left, plan.left)
    if plan.ownerless:
        yield tr(
            plural(
                "{n} action or experiment has no owner afterwards: retrotui due shows what is open.",
                "{n} actions and experiments have no owner afterwards: retrotui due shows what is open.",
                plan.ownerless,
            )
        )
    yield from _out_of_reach(plan)


def _out_of_reach(plan: Plan) -> Iterator[str]:
    """What no program that runs here can change."""
    for folder in plan.elsewhere:
        yield tr("Another team folder's draft holds the name: retrotui forget --dir {folder}", folder=folder)
    if plan.repository is not None:
        yield tr(
            "{folder} is a git repository: its history and its clones keep what was. "
            "Whoever looks after it can rewrite it (git filter-repo).",
            folder=str(plan.repository),
        )
    yield tr("Exports, mails, copies and backups elsewhere are not reached: whoever has them must do it.")


def _is_changed(item: Item) -> bool:
    return bool(item.found.changes) or item.kind in _REMOVED


def _called(plan: Plan) -> str:
    ids = ", ".join(plan.person.name.ids)
    name = one_line(plan.person.shown)
    return f"{name} ({one_line(ids)})" if ids and ids != plan.person.shown else name


def _person(one: Known) -> str:
    facts = ", ".join(filter(None, (one_line(label(one.function, language())) if one.function else "",)))
    return f"  {one_line(one.id)}  {one_line(one.name)}" + (f", {facts}" if facts else "")


def _shown(path: Path, workspace: Workspace) -> str:
    """Short where it is ours: the team folder's files from there, an index by what it is."""
    if path.is_relative_to(workspace.folder):
        return one_line(str(path.relative_to(workspace.folder)))
    return one_line(str(path))


_REMOVED: dict[str, Message] = {
    "log": msg("crash report, is removed"),
    "mark": msg("mark of a program that is gone, is removed"),
    "unfinished": msg("unfinished file, is removed"),
    "index": msg("index, is built anew"),
}


def _facts(item: Item) -> str:
    if item.kind in _REMOVED:
        return tr(_REMOVED[item.kind])
    said = ", ".join(map(tr, _changes(item.found)))
    return ", ".join(filter(None, (tr("draft"), said))) if item.kind == "draft" else said


def _changes(found: Found) -> Iterator[Message]:
    n = found.changes
    if n["person"]:
        yield plural("{n} person of the team", "{n} persons of the team", n["person"])
    if n["participant"]:
        yield plural("{n} participant", "{n} participants", n["participant"])
    if n["facilitator"]:
        yield msg("facilitator")
    if n["round"]:
        yield plural("{n} round", "{n} rounds", n["round"])
    if n["owner"]:
        yield plural("owner of {n} item", "owner of {n} items", n["owner"])
    if n["ask"]:
        yield plural("asked {n} time", "asked {n} times", n["ask"])
    if n["seller"]:
        yield plural("seller of {n} deal", "seller of {n} deals", n["seller"])
    if n["contributor"]:
        yield plural("contributor to {n} deal", "contributor to {n} deals", n["contributor"])
    if n["whole"]:
        yield plural("the name {n} time in texts", "the name {n} times in texts", n["whole"])
    if n["part"]:
        yield plural(
            "a part of the name {n} time in texts", "a part of the name {n} times in texts", n["part"]
        )


def _kept(found: Found) -> Iterator[Message]:
    n = found.kept
    if n["namesake"]:
        yield plural(
            "{n} time a name that somebody else has, too",
            "{n} times a name that somebody else has, too",
            n["namesake"],
        )
    if n["loose"]:
        yield plural(
            "{n} time a word that may be no name", "{n} times a word that may be no name", n["loose"]
        )
    if n["id"]:
        yield plural("{n} id made of the name", "{n} ids made of the name", n["id"])


def _left(each: Left) -> str:
    at = f":{each.line}" if each.line is not None else ""
    return f"  {one_line(str(each.path))}{at}: {tr(each.why)} {tr(each.hint)}"
