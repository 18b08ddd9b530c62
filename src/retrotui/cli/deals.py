"""`retrotui deals FILE`: a dry run of an import. What was understood, what was left out and why.

Owns its arguments, the account that a person reads and the JSON that a program reads. Changes nothing but the columns
that `--map` names, which are remembered in the team folder.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.domain.deals import OUTCOMES, Deal, Outcome, sums
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.interchange import crm
from retrotui.interchange.crm.understood import DELIMITERS, ORDERS, rows_accounted
from retrotui.locale import formats, tr
from retrotui.store.workspace import named_path

if TYPE_CHECKING:
    from retrotui.interchange.crm import Import
    from retrotui.store.settings import LoadedSettings

SHOWN = 40
"""Deals in the table; the others are only counted."""
REASONS = 12
"""Lines of warnings, and of lines left out, that are printed; the others are only counted."""
WIDTHS = (26, 30, 18, 14)
"""The most that customer, title, amount and stage take."""

OUTCOME_WORDS: Mapping[Outcome | None, Message] = {
    "won": msg("won"),
    "lost": msg("lost"),
    "no_decision": msg("no decision"),
    "withdrawn": msg("withdrawn"),
    "open": msg("open"),
    None: msg("unknown"),
}


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `deals`."""
    parser = subparsers.add_parser("deals", help=tr("try an export of deals: what is understood of it"))
    parser.add_argument("file", metavar="FILE", help=tr("a CSV file from your CRM or from Excel"))
    parser.add_argument(
        "--map",
        metavar="FIELD=HEADER",
        action="append",
        default=[],
        help=tr("which column is meant, where it is not understood by itself; remembered in the team folder"),
    )
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def run(args: argparse.Namespace) -> int:
    """Reads the file and prints the account of it. Raises RetroError for what is no table of deals."""
    named = columns_by_hand(args.map)
    loaded = _settings(args.dir)
    remembered = {
        field: header
        for field, header in (loaded.settings.columns if loaded else {}).items()
        if field not in named
    }
    columns = {field: header for field, header in named.items() if header}
    found = crm.read(named_path(args.file), columns=columns, remembered=remembered)
    if args.json:
        output.document(found.document(tr))
    else:
        output.text("\n".join(account(found)))
    if named and loaded:
        _remember(loaded, named, quiet=args.json)
    return 0


def columns_by_hand(typed: Sequence[str]) -> dict[str, str]:
    """What `--map FIELD=HEADER` says, by field; an empty HEADER forgets the field. Raises RetroError."""
    columns: dict[str, str] = {}
    for pair in typed:
        field, equals, header = pair.partition("=")
        if not equals or not field.strip():
            raise RetroError(
                msg("“{given}” says no column.", given=pair[:60]),
                msg('Type the field and the column\'s header: --map amount="Order value"'),
            )
        columns[crm.field_named(field)] = header.strip()
    return columns


def _settings(directory: str | None) -> LoadedSettings | None:
    """The team's settings. A damaged file is said, and does not hinder a dry run."""
    from retrotui.store import settings
    from retrotui.store.workspace import find_workspace

    try:
        return settings.load(find_workspace(directory))
    except RetroError as error:
        output.remark(output.sentence(error))
        return None


def _remember(loaded: LoadedSettings, named: Mapping[str, str], *, quiet: bool) -> None:
    """Keeps the columns named by hand in the team folder, and says so."""
    from retrotui.store import settings

    columns = {**loaded.settings.columns, **named}
    kept = {field: header for field, header in columns.items() if header}
    if kept == dict(loaded.settings.columns):
        return
    try:
        settings.save(loaded, loaded.settings.model_copy(update={"columns": kept}))
    except RetroError as error:
        output.remark(output.sentence(error))
        return
    if not quiet:
        output.remark(tr("The columns are remembered in {file}.", file=str(loaded.path)))


def account(found: Import) -> list[str]:
    """The import as lines: a summary, the columns, the deals, what was left out, the warnings."""
    lines = [*_summary(found), ""]
    lines += [tr("Columns"), *_columns(found), ""]
    lines += _table(found.deals[:SHOWN])
    more = len(found.deals) - SHOWN
    if more > 0:
        lines.append(tr(plural("… and {n} more deal", "… and {n} more deals", more)))
    lines += _section(msg("Left out"), [(row.line, tr(row.reason)) for row in found.skipped])
    lines += _section(msg("To look at"), [(notice.line, tr(notice.text)) for notice in found.warnings])
    return lines


def _summary(found: Import) -> list[str]:
    delimiter = DELIMITERS.get(found.delimiter)
    parts = [
        tr("{file}: {encoding}, separator {separator}", file=found.file, encoding=found.encoding,
           separator=delimiter or found.delimiter)
    ]  # fmt: skip
    if found.decimal:
        parts.append(tr("decimal mark “{mark}”", mark=found.decimal))
    if found.date_order:
        parts.append(tr("dates: {order}", order=ORDERS[found.date_order]))
    lines = [", ".join(parts)]
    lines.append(tr(rows_accounted(found.rows, found.imported, len(found.skipped))))
    of_outcome = {outcome: [d for d in found.deals if d.outcome == outcome] for outcome in (*OUTCOMES, None)}
    for outcome, deals in of_outcome.items():
        if deals:
            lines.append(f"  {tr(OUTCOME_WORDS[outcome])}: {formats.number(len(deals))}{_sum_words(deals)}")
    without = sum(not deal.account for deal in found.deals)
    if without:
        lines.append(
            "  " + tr(plural("{n} deal without a customer", "{n} deals without a customer", without))
        )
    return lines


def _sum_words(deals: Sequence[Deal]) -> str:
    """The sums of these deals, one for each currency, in brackets."""
    totals = sums(deals)
    words = [_money(f"{total:f}", code) for code, total in sorted(totals.items()) if total]
    return f" ({'; '.join(words)})" if words else ""


def _money(amount: str, currency: str) -> str:
    return formats.money(amount, currency) if currency else formats.number(Decimal(amount), decimals=2)


def _columns(found: Import) -> list[str]:
    by_field: dict[str, list[str]] = {}
    for field, header in found.columns.items():
        by_field.setdefault(field.partition(".")[0], []).append(header)
    width = max(map(len, by_field), default=0)
    lines = [f"  {field.ljust(width)}  {', '.join(headers)}" for field, headers in by_field.items()]
    if found.unknown_columns:
        lines.append("  " + tr("not used: {headers}", headers=list(found.unknown_columns)))
    return lines


def _table(deals: Sequence[Deal]) -> list[str]:
    """The deals in columns: line, customer, title, outcome, amount, day, stage."""
    if not deals:
        return []
    heading = (tr("line"), tr("customer"), tr("title"), tr("outcome"), tr("amount"), tr("day"), tr("stage"))
    rows = [heading, *(_row(deal) for deal in deals)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(heading) - 1)]
    return [
        "  ".join(
            _padded(cell, width, right=at in (0, 4))
            for at, (cell, width) in enumerate(zip(row, (*widths, 0), strict=True))
        ).rstrip()
        for row in rows
    ]


def _row(deal: Deal) -> tuple[str, ...]:
    account, title, amount, stage = WIDTHS
    return (
        str(deal.line),
        _cut(deal.account or "–", account),
        _cut(deal.title or deal.key, title),
        tr(OUTCOME_WORDS[deal.outcome]),
        _cut(_money(deal.amount, deal.currency) if deal.amount is not None else "–", amount),
        formats.date(deal.day) if deal.day else "–",
        _cut(deal.stage, stage),
    )


def _cut(text: str, width: int) -> str:
    """The text on one line, cut to so many columns of a terminal."""
    text = " ".join(text.split())
    while _width(text) > width:
        text = text[: -2 if text.endswith("…") else -1].rstrip() + "…"
    return text


def _width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) != 0 for char in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * max(0, width - _width(text))
    return space + text if right else text + space


def _section(title: Message, places: Iterable[tuple[int | None, str]]) -> list[str]:
    """A heading with one line for each place, equal ones together; nothing where there is no place."""
    by_text: dict[str, list[int]] = {}
    for line, text in places:
        by_text.setdefault(text, []).extend([line] if line else [])
    if not by_text:
        return []
    lines = ["", tr(title)]
    for text, numbers in list(by_text.items())[:REASONS]:
        shown = ", ".join(map(str, numbers[:6])) + (" …" if len(numbers) > 6 else "")
        place = tr(plural("line {lines}: ", "lines {lines}: ", len(numbers), lines=shown)) if numbers else ""
        lines.append(f"  {place}{text}")
    rest = len(by_text) - REASONS
    if rest > 0:
        lines.append(
            "  "
            + tr(
                plural(
                    "… and {n} more of these; --json shows all.",
                    "… and {n} more of these; --json shows all.",
                    rest,
                )
            )
        )
    return lines
