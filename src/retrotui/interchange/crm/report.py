"""The account of an import: what was understood, what was left out and why.

Owns `Import` and its form as JSON (cli.md). Must not read anything, and must not translate: reasons are `Message`s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from retrotui.domain.deals import Deal
from retrotui.errors import Message, msg, plural

SHOWN = 20
"""Notices of one kind that are given one by one; the rest is summed up in one more."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no deal of this import, and why."""

    line: int
    reason: Message


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know about a row, or (`line` None) about the whole file."""

    line: int | None
    field: str
    text: Message


@dataclass(frozen=True, slots=True)
class Import:
    """Deals with the account of how they were read. `rows` = deals + skipped: every row after the header counts.

    `decimal` and `date_order` ("YMD", "DMY", "MDY") are None where the file has no amounts or dates. `columns` says
    which header became which field.
    """

    file: str
    encoding: str
    delimiter: str
    decimal: str | None
    date_order: str | None
    rows: int
    columns: Mapping[str, str]
    unknown_columns: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Notice, ...]
    deals: tuple[Deal, ...]

    @property
    def imported(self) -> int:
        return len(self.deals)

    def document(self, say: Callable[[Message], str]) -> dict[str, object]:
        """The JSON document of `retrotui deals FILE --json`; `say` puts a sentence into words."""
        return {
            "file": self.file,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "decimal": self.decimal,
            "date_order": self.date_order,
            "rows": self.rows,
            "imported": self.imported,
            "columns": dict(self.columns),
            "unknown_columns": list(self.unknown_columns),
            "skipped": [{"line": row.line, "reason": say(row.reason)} for row in self.skipped],
            "warnings": [
                {"line": notice.line, "field": notice.field or None, "text": say(notice.text)}
                for notice in self.warnings
            ],
            "deals": [_deal_document(deal) for deal in self.deals],
        }


def _deal_document(deal: Deal) -> dict[str, object]:
    def day(value: Date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "record": deal.record,
        "line": deal.line,
        "id": deal.id or None,
        "title": deal.title or None,
        "account": deal.account or None,
        "owner": deal.owner or None,
        "amount": deal.amount,
        "currency": deal.currency or None,
        "stage": deal.stage or None,
        "outcome": deal.outcome,
        "created": day(deal.created),
        "decided": day(deal.decided),
        "expected": day(deal.expected),
        "reason_raw": deal.reason_raw or None,
        "competitors": list(deal.competitors),
        "note": deal.note or None,
    }


@dataclass(slots=True)
class Notices:
    """Collects notices while a file is read; a crowd of one kind becomes a few and a sum."""

    kept: list[Notice] = field(default_factory=list)

    def about_file(self, field_name: str, text: Message, line: int | None = None) -> None:
        self.kept.append(Notice(line, field_name, text))

    def about_rows(self, field_name: str, places: Sequence[tuple[int, Message]]) -> None:
        """One notice for each (line, text), but at most SHOWN and then one for the rest."""
        few = places if len(places) <= SHOWN + 1 else places[:SHOWN]
        self.kept.extend(Notice(line, field_name, text) for line, text in few)
        rest = len(places) - len(few)
        if rest:
            text = plural("The same in {n} more row.", "The same in {n} more rows.", rest)
            self.kept.append(Notice(places[SHOWN][0], field_name, text))

    def in_order(self) -> tuple[Notice, ...]:
        """Those about the whole file first, then by line."""
        return tuple(sorted(self.kept, key=lambda notice: notice.line or 0))


def left_out_above(line: int, text: str) -> Notice:
    """A line above the header that is no part of the table."""
    return Notice(line, "", msg("Left out above the header: {text}", text=text))
