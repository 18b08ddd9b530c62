"""`list`, `show` and `due`: the meetings that there are, one of them as text, and what is open.

Owns their arguments, the lines that a person reads and the JSON that a program reads. Must not change a file. `list`
reads raw dictionaries: no model is loaded for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.cli.progress import progress
from retrotui.clock import SystemClock
from retrotui.domain.nearness import nearest
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.locale import formats, language, tr
from retrotui.store import minutes as store
from retrotui.store.minutes import COUNTED, Damaged, Loaded, Summary
from retrotui.store.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from retrotui.domain.experiments import OpenItem, Stage
    from retrotui.store.recall import Loop

STATUS = {"running": msg("open"), "closed": msg("closed"), "aborted": msg("aborted")}
MOST_NAMED = 5
"""Of several meetings that could be meant, so many are named."""


def add_parser(subparsers: Subparsers[Parser], name: str) -> None:
    """Declares `list`, `show` or `due`."""
    if name == "list":
        parser = subparsers.add_parser(name, help=tr("the meetings, newest first"))
        parser.add_argument("--json", action="store_true", help=tr("as JSON"))
    elif name == "show":
        parser = subparsers.add_parser(name, help=tr("the minutes of a meeting as text"))
        parser.add_argument("meeting", metavar="ID", help=tr("the meeting's id, or the beginning of it"))
    else:
        parser = subparsers.add_parser(name, help=tr("open actions and experiments, overdue first"))
        parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def run(args: argparse.Namespace) -> int:
    """Does `args.command`. Raises RetroError."""
    workspace = find_workspace(args.dir)
    if args.command == "list":
        _list(workspace, as_json=args.json)
    elif args.command == "show":
        _show(workspace, args.meeting)
    else:
        _due(workspace, SystemClock().wall().date(), as_json=args.json)
    return 0


def say_damaged(damaged: Sequence[Damaged]) -> None:
    """Each damaged file on stderr, with its line, so that stdout stays what was asked for."""
    for each in damaged:
        at = f":{each.line}" if each.line is not None else ""
        output.remark(f"{each.path}{at}: {tr(each.sentence)}")


# -- list ------------------------------------------------------------------------------------------------


def _list(workspace: Workspace, *, as_json: bool) -> None:
    with progress() as told:
        meetings, damaged = store.summaries(workspace, told)
    if as_json:
        output.document([summary_json(each) for each in meetings])
    elif meetings:
        output.text("\n".join(_table([_row(each) for each in meetings])))
    else:
        output.remark(tr("There are no meetings in {folder} yet.", folder=str(workspace.folder)))
    say_damaged(damaged)


def summary_json(meeting: Summary) -> dict[str, Any]:
    """One meeting as `list --json` has it; `share` is the part of the time spent reflecting, 0 to 1, or null."""
    share = meeting.reflecting
    return {
        "id": meeting.id,
        "date": meeting.date.isoformat(),
        "title": meeting.title,
        "status": meeting.status,
        "share": None if share is None else round(share, 4),
        "counts": {name: meeting.counts.get(name, 0) for name in COUNTED},
        "path": str(meeting.path),
    }


def _row(meeting: Summary) -> tuple[str, ...]:
    share = meeting.reflecting
    return (
        formats.date(meeting.date),
        formats.percent(round(share * 100)) if share is not None else "",
        tr(STATUS.get(meeting.status, msg("open"))),
        one_line(meeting.title),
        one_line(meeting.id),
    )


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns two spaces apart; the last one is as long as it is."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in rows
    ]


# -- show ------------------------------------------------------------------------------------------------


def _show(workspace: Workspace, typed: str) -> None:
    from retrotui.interchange.linear import linear_text
    from retrotui.interchange.outgoing import around_of
    from retrotui.store import settings

    minutes = load_meeting(workspace, typed).minutes
    own = settings.load(workspace).settings.factor
    titles = around_of(store.earlier_meetings(workspace, minutes), language()).titles
    output.text(linear_text(minutes, language(), own_factors=own, titles=titles))


def load_meeting(workspace: Workspace, typed: str) -> Loaded:
    """The minutes of the meeting whose id was typed, or its beginning where only one begins so.

    Raises RetroError: no such meeting (the nearest are named), several, or a damaged file.
    """
    typed = typed.strip()
    ids = [path.stem for path in store.minutes_files(workspace)]
    for _ in range(2):
        if typed in ids:
            return store.load_id(workspace, typed)
        beginning = [an_id for an_id in ids if typed and an_id.startswith(typed)]
        if len(beginning) == 1:
            return store.load_id(workspace, beginning[0])
        if beginning:
            break
        # a file may be called otherwise than its meeting: then all of them are looked at
        ids = [each.id for each in store.summaries(workspace)[0]]
    shown = one_line(typed)[:60]
    if beginning:
        raise RetroError(
            msg("“{id}” begins more than one meeting.", id=shown),
            msg("Which one: {ids}?", ids=_some(beginning)),
        )
    raise RetroError(msg("There is no meeting “{id}”.", id=shown), _near(typed, ids))


def _near(typed: str, ids: Sequence[str]) -> Message:
    if not ids:
        return msg("There are no meetings yet.")
    if near := nearest(typed, list(ids)):
        return msg("The nearest: {ids}.", ids=", ".join(near))
    return msg("retrotui list shows the ids that there are.")


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:MOST_NAMED]) + (", …" if len(ids) > MOST_NAMED else "")


# -- due -------------------------------------------------------------------------------------------------


def _due(workspace: Workspace, today: date, *, as_json: bool) -> None:
    loop, damaged = _open_loop(workspace, today)
    if as_json:
        output.document([item_json(item, today, loop.lineages.get(item.id, ())) for item in loop.items])
    elif loop.items:
        output.text("\n".join(_due_lines(loop, today)))
    else:
        output.remark(tr("Nothing is open."))
    say_damaged(damaged)


def _open_loop(workspace: Workspace, today: date) -> tuple[Loop, Sequence[Damaged]]:
    """What is open after all meetings, and the files that cannot be read. Raises RetroError."""
    from retrotui.store import recall, settings
    from retrotui.store.index import Index

    if not workspace.minutes_folder.exists():
        return recall.Loop((), {}), ()
    names = {one.id: one.name for one in settings.load(workspace).settings.person if one.name}
    with Index.open(workspace) as index:
        loop = recall.open_loop(index, workspace.minutes_folder, today, names=names)
        damaged = {each.path: each for each in (*loop.damaged, *index.refresh().damaged)}
    return loop, tuple(damaged.values())


def item_json(item: OpenItem, today: date, lineage: Sequence[Stage] = ()) -> dict[str, Any]:
    """One open item as `due --json` has it; `carried` counts the meetings that had it on the table past its date.

    `lineage` are the ids of its whole family, from the first hypothesis; empty where nothing was adapted.
    """
    return {
        "id": item.id,
        "kind": item.kind,
        "state": "idea" if item.idea else "running",
        "title": item.title,
        "owner": item.owner,
        "due": item.due.isoformat() if item.due else None,
        "overdue": item.overdue(today),
        "age_days": item.age_days(today),
        "carried": item.carried,
        "extensions": item.extensions,
        "meeting": item.meeting,
        "lineage": [one.experiment.id for one in lineage] if len(lineage) > 1 else [],
    }


def _due_lines(loop: Loop, today: date) -> list[str]:
    """Under a heading each: overdue, due now, running, ideas; the items come in that order already."""
    lines: list[str] = []
    heading = ""
    for item in loop.items:
        if (group := tr(_group(item, today))) != heading:
            lines += ["", group] if lines else [group]
            heading = group
        lines.append(f"  {one_line(item.title)}")
        facts = [_kind(item), one_line(item.owner), *_when(item, today)]
        facts += [_adapted_from(item, loop.lineages.get(item.id, ())), *_extended(item)]
        lines.append(f"    {' · '.join(fact for fact in facts if fact)}")
    return lines


def _group(item: OpenItem, today: date) -> Message:
    if item.idea:
        return msg("Ideas")
    if item.overdue(today):
        return msg("Overdue")
    return msg("Due now") if item.asks(today) else msg("Running")


def _adapted_from(item: OpenItem, lineage: Sequence[Stage]) -> str:
    """`adapted from “…” of 12.03.2026`: what the experiment began as."""
    first = lineage[0] if lineage else None
    if first is None or first.experiment.id == item.id:
        return ""
    return tr("adapted from “{title}” of {day}", title=one_line(first.experiment.title), day=first.begun)


def _extended(item: OpenItem) -> list[str]:
    """How often it was given more time, and the reasons that were given."""
    if not item.extensions:
        return []
    times = tr(plural("extended once", "extended {n} times", item.extensions))
    return [times, *(one_line(one.reason) for one in item.extended if one.reason)]


def _kind(item: OpenItem) -> str:
    return tr("Experiment") if item.kind == "experiment" else tr("Action")


def _when(item: OpenItem, today: date) -> list[str]:
    facts = []
    if item.due is not None:
        facts.append(tr("due {date}", date=item.due))
    elif not item.idea:
        facts.append(tr("without a date"))
    age = item.age_days(today)
    facts.append(tr(plural("{n} day old", "{n} days old", age)) if age else tr("from today"))
    if item.carried:
        facts.append(tr(plural("carried once", "carried {n} times", item.carried)))
    return facts
