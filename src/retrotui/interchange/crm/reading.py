"""Reading a file of deals: from bytes to `Import`.

Owns the order of the work (open, match, account for the rows, decide each column from all of its values, build).
Columns are read as wholes: each different text once, so that 100,000 deals cost little more than reading their file.
Must not choose in silence: every choice is in the account.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from retrotui.collector import collector_paused
from retrotui.domain.deals import CLOSED, Deal, Outcome, deals_of
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.interchange.crm import columns as headers
from retrotui.interchange.crm.cells import Cells
from retrotui.interchange.crm.columns import Columns
from retrotui.interchange.crm.dialect import NUMBERS, Dialect, decide_dialect
from retrotui.interchange.crm.headings import key
from retrotui.interchange.crm.outcomes import says_nothing
from retrotui.interchange.crm.report import Import, Notices, left_out_above
from retrotui.interchange.crm.rows import Kept, account_for
from retrotui.interchange.crm.verdicts import days_of, outcomes_of
from retrotui.interchange.crm.worth import chances_of, without_weighted, worth_of
from retrotui.interchange.table_text import Progress, ReadingStopped, TableText, open_table

_ROWS_READ = 0.4
"""How much is done when the rows are split; the rest is understanding them."""
_LEGAL_FORMS = re.compile(
    r"(?:inc|llc|ltd|corp|co|gmbh|ag|kg|se|plc|s\.?a|b\.?v|e\.?k|ohg|limited|and|und)\b.*", re.IGNORECASE
)


def read(
    path: Path,
    *,
    columns: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    currency: str | None = None,
    progress: Progress | None = None,
) -> Import:
    """Reads the deals of a CRM's export.

    `columns` maps fields (`FIELDS`) to headers by hand and overrides what would be found; `remembered` does the same
    where the file has such headers, and is passed over where it has not. `currency` is for amounts that name none.
    `progress` is told how much is done (0 to 1) and stops the reading by answering False (`ReadingStopped`).

    Raises RetroError, in one sentence, for what is no table of deals.
    """
    with collector_paused():
        return _read(path, columns or {}, remembered or {}, currency, progress)


def _read(
    path: Path,
    columns: Mapping[str, str],
    remembered: Mapping[str, str],
    currency: str | None,
    progress: Progress | None,
) -> Import:
    by_hand = {**remembered, **columns}
    table = open_table(path, lambda row: headers.score(row, by_hand.values()), progress=progress)
    rows, lines = table.rows((lambda done: progress(done * _ROWS_READ)) if progress else None)
    step = _Steps(table.name, progress)
    at = table.header_at if table.header_at is not None else _first_filled(rows, table)
    found = headers.match(rows[at], columns, remembered).with_days_for_flags(rows[at + 1 :])
    _refuse_other_tables(table, found)
    if len(rows) == at + 1:
        raise RetroError(
            msg("{file} has column headers, but no rows below them.", file=table.name),
            msg("Export the deals again: perhaps a filter of the CRM left out all of them."),
        )
    notices = _notices(table, rows[:at], lines)
    kept = account_for(rows[at + 1 :], lines[at + 1 :], found)
    count = len(rows) - at - 1
    del rows
    step(0.6)
    cells = Cells(list(zip(*kept.rows, strict=True)) or [()] * len(found.headers), kept.lines, found, notices)
    dialect = decide_dialect(cells, table.delimiter)
    step(0.75)
    reasons = cells.texts("reason_raw", one_line=False)
    outcomes = outcomes_of(cells, reasons)
    cells = without_weighted(cells, outcomes)
    found = cells.columns
    deals, expects = _deals(cells, kept, dialect, currency, reasons, outcomes)
    _refuse_unknown_statuses(table.name, cells, deals)
    named = found.named
    if expects and "expected" not in named:
        named["expected"] = found.headers[found.at["closing"][0]]
    step(1.0)
    return Import(
        file=table.name,
        encoding=table.encoding,
        delimiter=table.delimiter,
        decimal=dialect.decimal if found.has(*NUMBERS) else None,
        date_order=dialect.date_order,
        rows=count,
        columns=named,
        unknown_columns=found.unknown,
        skipped=tuple(kept.skipped),
        warnings=notices.in_order(),
        deals=tuple(deals),
    )


class _Steps:
    """Reports how far the reading is, and stops it where nobody wants it any more."""

    def __init__(self, name: str, progress: Progress | None) -> None:
        self._name, self._progress = name, progress

    def __call__(self, done: float) -> None:
        if self._progress and not self._progress(done):
            raise ReadingStopped(self._name)


def _notices(table: TableText, above: Sequence[Sequence[str]], lines: Sequence[int]) -> Notices:
    """What there is to say before the first deal: lines above the header, characters that could not be read."""
    notices = Notices()
    for row, line in zip(above, lines, strict=False):
        said = " · ".join(cell.strip() for cell in row if cell.strip())
        if said and not (line == 1 and table.names_delimiter):
            notices.kept.append(left_out_above(line, one_line(said[:400])[:80]))
    if table.damaged:
        notices.about_file(
            "",
            plural(
                "{n} character could not be read as {encoding}.",
                "{n} characters could not be read as {encoding}.",
                table.damaged,
                encoding=table.encoding,
            ),
        )
    return notices


def _deals(
    cells: Cells,
    kept: Kept,
    dialect: Dialect,
    currency: str | None,
    reasons: list[str],
    outcomes: Sequence[Outcome | None],
) -> tuple[list[Deal], bool]:
    """Builds the deals, column by column; and whether the closing date served as an expectation."""
    if cells.columns.has("status_reason"):
        details = cells.texts("status_reason")
        reasons = [
            reason or (detail if outcome not in ("won", "open", None) else "")
            for reason, detail, outcome in zip(reasons, details, outcomes, strict=True)
        ]
    amounts, currencies = worth_of(cells, dialect, outcomes, currency)
    days = days_of(cells, dialect, outcomes)
    ids = cells.texts("id")
    stage = cells.texts("stage" if cells.columns.has("stage") else "outcome")
    columns: dict[str, Sequence[object]] = {
        "record": kept.records,
        "line": kept.lines,
        "id": ids,
        "title": cells.texts("title"),
        "account": cells.texts("account"),
        "owner": cells.texts("owner"),
        "amount": amounts,
        "currency": currencies,
        "stage": stage,
        "outcome": outcomes,
        "created": days.created,
        "decided": days.decided,
        "expected": days.expected,
        "reason_raw": reasons,
        "competitors": _names(cells, "competitors"),
        "note": cells.texts("note", one_line=False),
        "contributors": _names(cells, "contributors"),
        "probability": chances_of(cells, dialect),
        "twin": _twins(cells, ids),
    }
    return deals_of(columns, len(cells)), days.closing_expects


def _names(cells: Cells, field: str) -> list[tuple[str, ...]]:
    """Several names in a cell, parted by semicolons, bars, lines or commas; "-" and the like are nobody."""
    texts = cells.texts(field, one_line=False)
    known = {text: _split_names(text) for text in set(texts)}
    return [known[text] for text in texts]


def _split_names(text: str) -> tuple[str, ...]:
    if says_nothing(text):
        return ()
    parts = [part.strip() for part in re.split(r"[;|\n]", text)]
    if len(parts) == 1 and "," in text:
        parted = [part.strip() for part in text.split(",")]
        if not any(_LEGAL_FORMS.fullmatch(part) for part in parted):  # "Acme, Inc." is one name
            parts = parted
    return tuple(dict.fromkeys(part for part in parts if part and not says_nothing(part)))


def _twins(cells: Cells, ids: Sequence[str]) -> list[int]:
    """For each deal how many before it bear its id; such deals stay apart and are marked in the report."""
    filled = [deal_id for deal_id in ids if deal_id]
    if len(set(filled)) == len(filled):
        return [0] * len(ids)
    counts: dict[str, int] = {}
    firsts: dict[str, int] = {}
    twins: list[int] = []
    places: list[tuple[int, Message]] = []
    for line, deal_id in zip(cells.lines, ids, strict=True):
        before = counts.get(deal_id, 0) if deal_id else 0
        counts[deal_id] = before + 1
        first = firsts.setdefault(deal_id, line)
        twins.append(before)
        if before:
            text = msg(
                "The id {id} is also that of line {line}, with different content: both are kept.",
                id=deal_id,
                line=first,
            )
            places.append((line, text))
    cells.notices.about_rows("id", places)
    return twins


def _first_filled(rows: Sequence[Sequence[str]], table: TableText) -> int:
    """The row to speak of where none looks like the header of a table of deals."""
    start = 1 if table.names_delimiter else 0
    return next((at for at in range(start, len(rows)) if any(cell.strip() for cell in rows[at])), 0)


def _refuse_other_tables(table: TableText, found: Columns) -> None:
    missing = headers.what_is_missing(found)
    if not missing and table.header_at is not None:
        return
    written = [header[:40] for header in found.headers if header]
    shown = ", ".join(written[:12]) + (" …" if len(written) > 12 else "")
    kind = headers.looks_like(found)
    raise RetroError(
        msg(
            "{file} is no table of deals; missing: {missing}; found: {found}.",
            file=table.name,
            missing=_listed(missing or (NO_HEADERS,)),
            found=shown or "–",
        ),
        NOT_DEALS[kind]
        if kind
        else msg("If it is one after all, name the column by hand: --map outcome=HEADER"),
    )


NO_HEADERS = msg("column headers that we know")
NOT_DEALS = {
    "tickets": msg("It looks like a list of tickets: export the deals."),
    "accounts": msg("It looks like a list of customers: export the deals."),
    "orders": msg("It looks like a list of orders: export the deals."),
    "invoices": msg("It looks like a list of invoices: export the deals."),
    "contacts": msg("It looks like a list of contacts or leads: export the deals."),
    "pivot": msg("It looks like a pivot table: export the deals it was made from."),
}


def _listed(parts: Sequence[Message]) -> Message:
    first, *rest = parts
    return first if not rest else msg("{one} and {other}", one=first, other=_listed(rest))


def _refuse_unknown_statuses(name: str, cells: Cells, deals: Sequence[Deal]) -> None:
    """A list of customers also has names, sums and a status: but none of its words is plainly one of a deal's."""
    if {"title", "id", "stage"} & cells.columns.strong or cells.columns.by_hand or not deals:
        return
    if any(deal.outcome in CLOSED or key(deal.stage) in ("open", "offen") for deal in deals):
        return
    words = list(dict.fromkeys(deal.stage for deal in deals if deal.stage))[:6]
    raise RetroError(
        msg(
            "{file} is no table of deals; missing: a status that says won, lost or open; found: {found}.",
            file=name,
            found=", ".join(words) or "–",
        ),
        msg("If it is one after all, name the column by hand: --map outcome=HEADER"),
    )
