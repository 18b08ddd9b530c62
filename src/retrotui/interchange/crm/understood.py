"""What an import came to, counted once: outcomes, sums by currency, what is missing; and the words for its parts.

Owns `Totals`, the sentence that sums an import up, and the question whether a person should look before the deals are
taken. Must not read a table's rows, and must not translate. Amounts of several currencies are never added up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from retrotui.domain.deals import OUTCOMES, Deal, Outcome, sums
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg, plural
from retrotui.interchange.crm import columns
from retrotui.interchange.crm.report import Import
from retrotui.interchange.crm.rows import AGAIN, BLANK, LONE, TOTAL
from retrotui.interchange.table_text import open_table

ENCODINGS: Mapping[str, str] = {"cp1252": "Windows-1252"}
DELIMITERS: Mapping[str, Message] = {",": msg("comma"), ";": msg("semicolon"), "\t": msg("tab")}
ORDERS: Mapping[str, Message] = {
    "YMD": msg("year first"),
    "DMY": msg("day first"),
    "MDY": msg("month first"),
}
FIELDS: Mapping[str, Message] = {
    # those that a meeting needs most come first: the first nine have a digit
    "account": msg("Customer"),
    "title": msg("Title"),
    "outcome": msg("Outcome"),
    "stage": msg("Stage"),
    "amount": msg("Amount"),
    "currency": msg("Currency"),
    "decided": msg("Decided on"),
    "created": msg("Created on"),
    "reason_raw": msg("Reason"),
    "expected": msg("Expected on"),
    "competitors": msg("Competitors"),
    "id": msg("Id"),
    "owner": msg("Owner"),
    "contributors": msg("Contributors"),
    "probability": msg("Probability"),
    "note": msg("Note"),
}
"""A deal's fields in words, for people who look at the columns."""

_NO_DEAL = frozenset(reason.id for reason in (BLANK, AGAIN, LONE, TOTAL))
"""Rows that nobody would take for a deal: every report has them."""


def rows_accounted(rows: int, imported: int, skipped: int) -> Message:
    """Every row of a table: what became a deal, and what was left out."""
    return msg(
        "{rows} = {deals} + {skipped} left out",
        rows=plural("{number} row", "{number} rows", rows, number=Decimal(rows)),
        deals=plural("{number} deal", "{number} deals", imported, number=Decimal(imported)),
        skipped=Decimal(skipped),
    )


@dataclass(frozen=True, slots=True)
class OfOutcome:
    """The deals with one outcome (None: unknown): how many, and their sums by currency."""

    outcome: Outcome | None
    deals: int
    sums: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Totals:
    """An import in numbers. `samples` is one deal of each outcome, the first in the file."""

    by_outcome: tuple[OfOutcome, ...]
    samples: tuple[Deal, ...]
    without_amount: int
    without_customer: int
    left_out: int
    """Rows that are no deal, whatever the reason."""
    clean: bool
    """Nothing to decide: no row that may be a deal was left out, and of each it is known what came of it."""

    @classmethod
    def of(cls, found: Import) -> Totals:
        """One pass over the deals for each outcome; done beside the screen where there are many."""
        by_outcome: dict[Outcome | None, list[Deal]] = {}
        for deal in found.deals:
            by_outcome.setdefault(deal.outcome, []).append(deal)
        known: Sequence[Outcome | None] = [one for one in (*OUTCOMES, None) if one in by_outcome]
        counted = tuple(OfOutcome(one, len(by_outcome[one]), sums(by_outcome[one])) for one in known)
        return cls(
            by_outcome=counted,
            samples=tuple(by_outcome[one][0] for one in known),
            without_amount=sum(deal.amount is None for deal in found.deals),
            without_customer=sum(not deal.account for deal in found.deals),
            left_out=len(found.skipped),
            clean=None not in by_outcome and all(row.reason.id in _NO_DEAL for row in found.skipped),
        )

    @property
    def deals(self) -> int:
        return sum(each.deals for each in self.by_outcome)


def summed_up(totals: Totals) -> Message:
    """The import on one line: "8,800 deals read, 2,473 without an amount, 3 rows left out"."""
    n = totals.deals
    said = plural("{number} deal read", "{number} deals read", n, number=Decimal(n))
    if n := totals.without_amount:
        more = plural("{number} without an amount", "{number} without an amount", n, number=Decimal(n))
        said = msg("{one}, {other}", one=said, other=more)
    if n := totals.left_out:
        more = plural("{number} row left out", "{number} rows left out", n, number=Decimal(n))
        said = msg("{one}, {other}", one=said, other=more)
    return said


def how_written(found: Import) -> tuple[Message, ...]:
    """How the file is written: encoding, separator, decimal mark, order of dates, as far as it says so."""
    parts = [msg("encoding {encoding}", encoding=ENCODINGS.get(found.encoding, found.encoding.upper()))]
    separator = DELIMITERS.get(found.delimiter) or msg("“{words}”", words=found.delimiter)
    parts.append(msg("separator {separator}", separator=separator))
    if found.decimal:
        parts.append(msg("decimal mark “{mark}”", mark=found.decimal))
    if found.date_order:
        parts.append(msg("dates: {order}", order=ORDERS.get(found.date_order, found.date_order)))
    return tuple(parts)


def headers_by_field(found: Import) -> dict[str, tuple[str, ...]]:
    """The headers that became each field, every field of a deal in the order in which people are shown them."""
    by_field: dict[str, list[str]] = {field: [] for field in FIELDS}
    for name, header in found.columns.items():
        by_field.setdefault(name.partition(".")[0], []).append(header)
    return {field: tuple(headers) for field, headers in by_field.items()}


def headers_of(path: Path) -> tuple[str, ...]:
    """The headers of a table, each once, in the order of the file. Raises RetroError for what is no table.

    For a file that was refused as well: somebody who knows it can name a column by hand.
    """
    table = open_table(path, columns.score)
    first = table.header_at
    if first is None:
        rows = table.sample[1:] if table.names_delimiter else table.sample
        row: Sequence[str] = next((row for row in rows if any(cell.strip() for cell in row)), ())
    else:
        row = table.sample[first]
    return tuple(dict.fromkeys(header for cell in row if (header := one_line(cell, limit=None))))
