"""A random table of deals, written in a random dialect, reads back equal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrotui.domain.deals import Outcome
from retrotui.interchange.knowledge import table
from tests.unit.deals.tables import read_bytes

HEADERS: Mapping[str, Mapping[str, list[str]]] = table("crm/headers.toml")
STAGES: Mapping[str, list[str]] = table("crm/stages.toml")["outcome"]
SYSTEMS = ("hubspot", "salesforce", "pipedrive", "dynamics", "excel")

LETTERS = "abcXYZ äöüÄÖÜßé&.,;'\"|-()[]/"
WORDS = st.text(LETTERS, max_size=20).map(lambda text: " ".join(f"N{text}m".split()))
NOTES = st.text(LETTERS + "\n", max_size=30).map(
    lambda text: f"N{text}m".replace(" \n", "\n").replace("\n ", "\n")
)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@dataclass(frozen=True)
class Row:
    """A deal as the test means it."""

    id: str
    title: str
    account: str
    owner: str
    amount: Decimal | None
    currency: str
    stage: str
    outcome: Outcome
    created: date | None
    day: date | None
    reason: str
    note: str


def _stages() -> list[tuple[str, Outcome]]:
    return [(word, outcome) for outcome, words in STAGES.items() for word in words]  # type: ignore[misc]


ROWS = st.builds(
    Row,
    id=st.uuids().map(str),
    title=WORDS,
    account=st.one_of(st.just(""), WORDS),
    owner=st.one_of(st.just(""), WORDS),
    amount=st.one_of(st.none(), st.decimals(Decimal("0.01"), 10**9, places=2)),
    currency=st.sampled_from(["EUR", "USD", "CHF"]),
    stage=st.sampled_from([word for word, _ in _stages()]),
    outcome=st.just("open"),
    created=st.one_of(st.none(), DAYS),
    day=st.one_of(st.none(), DAYS),
    reason=st.one_of(st.just(""), st.sampled_from(["Preis", "Price, too high", "Wettbewerb; nah"])),
    note=st.one_of(st.just(""), NOTES),
).map(lambda row: Row(**{**row.__dict__, "outcome": dict(_stages())[row.stage]}))


def _number(mark: str, group: str) -> Callable[[Decimal], str]:
    return lambda amount: f"{amount:,.2f}".replace(",", "G").replace(".", mark).replace("G", group)


NUMBERS = st.sampled_from([(",", "."), (",", ""), (",", "\u00a0"), (".", ","), (".", ""), (".", "'")])
DATES = st.sampled_from(
    ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y-%m-%dT%H:%M:%SZ", "%d.%m.%Y %H:%M"]
)


@dataclass(frozen=True)
class Dialect:
    """How the table is written."""

    delimiter: str
    end: str
    quoting: int
    encoding: str
    number: tuple[str, str]
    affix: str
    day: str
    names: Mapping[str, str]
    shout: bool
    above: int
    below: bool
    sep_line: bool
    turned: bool


def _name(field: str) -> st.SearchStrategy[str]:
    return st.sampled_from([header for system in SYSTEMS for header in HEADERS[field].get(system, [])])


FIELDS = (
    "id",
    "title",
    "account",
    "owner",
    "amount",
    "currency",
    "stage",
    "created",
    "closing",
    "reason_raw",
    "note",
)
DIALECTS = st.builds(
    Dialect,
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    number=NUMBERS,
    affix=st.sampled_from(["#", "# €", "EUR #"]),
    day=DATES,
    names=st.fixed_dictionaries({field: _name(field) for field in FIELDS}),
    shout=st.booleans(),
    above=st.integers(0, 3),
    below=st.booleans(),
    sep_line=st.booleans(),
    turned=st.booleans(),
)


def write(rows: list[Row], dialect: Dialect) -> bytes:
    """The table in its dialect. A deal on a 28th of a month keeps slashes and hyphens from being two things."""
    number = _number(*dialect.number)
    out = io.StringIO()
    if dialect.sep_line:
        out.write(f"sep={dialect.delimiter}{dialect.end}")
    writer = csv.writer(out, delimiter=dialect.delimiter, lineterminator=dialect.end, quoting=dialect.quoting)  # type: ignore[arg-type]
    writer.writerows([f"Bericht {at}"] for at in range(dialect.above))
    order = list(reversed(FIELDS)) if dialect.turned else list(FIELDS)
    writer.writerow([dialect.names[f].upper() if dialect.shout else dialect.names[f] for f in order])
    for row in rows:
        amount = "" if row.amount is None else dialect.affix.replace("#", number(row.amount))
        cells = {
            "id": row.id, "title": row.title, "account": row.account, "owner": row.owner, "amount": amount,
            "currency": row.currency, "stage": row.stage, "reason_raw": row.reason, "note": row.note,
            "created": row.created.strftime(dialect.day) if row.created else "",
            "closing": row.day.strftime(dialect.day) if row.day else "",
        }  # fmt: skip
        writer.writerow([cells[field] for field in order])
    if dialect.below:
        writer.writerow([""] * len(order))
        writer.writerow(["Copyright (c) 2026 CRM"])
    return out.getvalue().encode(dialect.encoding)


FIRST = Row(
    "first",
    "First",
    "Nord AG",
    "Kurz",
    Decimal("1234.56"),
    "EUR",
    "Won",
    "won",
    date(2020, 2, 28),
    date(2020, 3, 28),
    "",
    "",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(st.lists(ROWS, max_size=8, unique_by=lambda row: row.id), DIALECTS)
def test_a_random_table_in_a_random_dialect_reads_back_equal(
    tmp_path: Path, rows: list[Row], dialect: Dialect
) -> None:
    rows = [FIRST, *rows]
    found = read_bytes(tmp_path, write(rows, dialect))
    assert found.delimiter == dialect.delimiter
    assert found.decimal == dialect.number[0]
    assert found.unknown_columns == ()
    assert found.imported == len(rows)
    assert len(found.skipped) == 2 * dialect.below
    assert found.rows == found.imported + len(found.skipped)
    for deal, row in zip(found.deals, rows, strict=True):
        assert (deal.id, deal.title, deal.account, deal.owner) == (row.id, row.title, row.account, row.owner)
        amount = Decimal(deal.amount) if deal.amount is not None else None
        assert amount == row.amount
        named = "EUR" if row.amount is not None and dialect.affix != "#" else row.currency
        assert deal.currency == named
        assert (deal.stage, deal.outcome) == (row.stage, row.outcome)
        assert deal.created == row.created
        assert (deal.decided, deal.expected) == (
            (None, row.day) if row.outcome == "open" else (row.day, None)
        )
        assert (deal.reason_raw, deal.note) == (row.reason, row.note)
