"""Reading a file of deals: from bytes to `Import`.

Owns the order of the work (open, match, account for the rows, decide each column from all of its values, build).
Columns are read as wholes: each different text once, so that 100,000 deals cost little more than reading their file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from retrotui.domain.deals import Deal
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.interchange.crm import columns as headers
from retrotui.interchange.crm.cells import Cells
from retrotui.interchange.crm.columns import Columns
from retrotui.interchange.crm.dialect import NUMBERS, Dialect, decide_dialect
from retrotui.interchange.crm.outcomes import says_nothing
from retrotui.interchange.crm.report import Import, Notices, left_out_above
from retrotui.interchange.crm.rows import Kept, account_for
from retrotui.interchange.crm.verdicts import days_of, outcomes_of
from retrotui.interchange.crm.worth import chances_of, worth_of
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
    by_hand = {**(remembered or {}), **(columns or {})}
    table = open_table(path, lambda row: headers.score(row, by_hand.values()), progress=progress)
    rows, lines = table.rows((lambda done: progress(done * _ROWS_READ)) if progress else None)
    step = _Steps(table.name, progress)
    if table.header_at is None:
        raise _no_header(table)
    at = table.header_at
    found = headers.match(rows[at], columns or {}, remembered or {})
    _refuse_other_tables(table.name, found)
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
    deals, expects = _deals(cells, kept, dialect, currency)
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
            notices.kept.append(left_out_above(line, said[:80]))
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


def _deals(cells: Cells, kept: Kept, dialect: Dialect, currency: str | None) -> tuple[list[Deal], bool]:
    """Builds the deals, column by column; and whether the closing date served as an expectation."""
    reasons = cells.texts("reason_raw", one_line=False)
    outcomes = outcomes_of(cells, reasons)
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
    deals = list(
        map(
            Deal,
            kept.records,
            kept.lines,
            ids,
            cells.texts("title"),
            cells.texts("account"),
            cells.texts("owner"),
            amounts,
            currencies,
            stage,
            outcomes,
            days.created,
            days.decided,
            days.expected,
            reasons,
            _names(cells, "competitors"),
            cells.texts("note", one_line=False),
            _names(cells, "contributors"),
            chances_of(cells, dialect),
            _twins(cells, ids),
        )
    )
    return deals, days.closing_expects


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
    if len(set(ids)) == len(ids):
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


def _no_header(table: TableText) -> RetroError:
    """The file has no row that looks like the header of a table of deals."""
    first = next((row for row in table.sample if any(cell.strip() for cell in row)), ())
    return _no_deals(table.name, first, (msg("column headers that we know"),))


def _refuse_other_tables(name: str, found: Columns) -> None:
    if missing := headers.what_is_missing(found):
        raise _no_deals(name, found.headers, missing)


def _no_deals(name: str, found: Sequence[str], missing: Sequence[Message]) -> RetroError:
    written = [" ".join(header.split())[:40] for header in found if header.strip()]
    shown = ", ".join(written[:12]) + (" …" if len(written) > 12 else "")
    return RetroError(
        msg(
            "{file} is no table of deals: {missing} is missing; found was only: {found}.",
            file=name,
            missing=_listed(missing),
            found=shown or "–",
        ),
        msg("If it is one after all, name the column by hand: --map outcome=HEADER"),
    )


def _listed(parts: Sequence[Message]) -> Message:
    first, *rest = parts
    return first if not rest else msg("{one} and {other}", one=first, other=_listed(rest))


def _refuse_unknown_statuses(name: str, cells: Cells, deals: Sequence[Deal]) -> None:
    """A list of customers also has names, sums and a status: but none of its words is one of a deal."""
    strong = cells.columns.strong
    if {"title", "id", "stage"} & strong or cells.columns.by_hand or not deals:
        return
    if any(deal.outcome for deal in deals):
        return
    words = list(dict.fromkeys(deal.stage for deal in deals if deal.stage))[:6]
    raise RetroError(
        msg(
            "{file} is no table of deals: no status of it says won, lost or open; found was only: {found}.",
            file=name,
            found=", ".join(words) or "–",
        ),
        msg("If it is one after all, name the column by hand: --map outcome=HEADER"),
    )
