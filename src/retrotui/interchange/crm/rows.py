"""The account of the rows: which are deals, which are sums, colophons, blanks or doubles, and why.

Owns that judgement, row by row; nothing is dropped in silence. Must not read a cell's meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from retrotui.errors import Message, msg
from retrotui.interchange.amounts import shape_of
from retrotui.interchange.crm.columns import NAMING, TELLING, Columns
from retrotui.interchange.crm.headings import key
from retrotui.interchange.crm.report import Skipped
from retrotui.interchange.knowledge import table

_COUNTED = re.compile(r"\(.*?\)|[\d:.,]+")

BLANK = msg("A blank row.")
AGAIN = msg("The column headers once more.")
LONE = msg("Only one cell is filled: a heading or a footer, no deal.")
TOTAL = msg("A row of totals.")
NAMELESS = msg("Names no deal: neither customer nor title nor id.")


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that are deals, as wide as the header, with their record numbers and lines; and the others."""

    rows: Sequence[Sequence[str]]
    records: Sequence[int]
    lines: Sequence[int]
    skipped: Sequence[Skipped]


@cache
def _totals() -> frozenset[str]:
    return frozenset(key(word) for word in table("crm/headers.toml")["totals"])


def account_for(rows: Sequence[list[str]], lines: Sequence[int], columns: Columns) -> Kept:
    """Judges each row after the header. `lines` are the physical lines on which they begin."""
    width = len(columns.headers)
    name, tell, odd = _suspicion(rows, columns)
    if (
        all(len(row) == width for row in rows)
        and all(map(str.strip, map(name, rows)))
        and odd.isdisjoint(map(tell, rows))
    ):
        whole = list(map(tuple, rows))
        if len(set(whole)) == len(whole):  # the bulk of the exports: every row is a deal
            return Kept(whole, range(1, len(rows) + 1), lines, ())
    kept: list[tuple[str, ...]] = []
    records: list[int] = []
    begins: list[int] = []
    skipped: list[Skipped] = []
    seen: dict[tuple[str, ...], int] = {}
    for record, (row, line) in enumerate(zip(rows, lines, strict=True), 1):
        cells = _fitted(row, width)
        if isinstance(cells, Message):
            skipped.append(Skipped(line, cells))
        elif (tell(cells) in odd or not name(cells).strip()) and (why := _no_deal(cells, columns)):
            skipped.append(Skipped(line, why))
        elif (first := seen.setdefault(cells, line)) != line:
            skipped.append(Skipped(line, msg("The same as line {line}, cell by cell.", line=first)))
        else:
            kept.append(cells)
            records.append(record)
            begins.append(line)
    return Kept(kept, records, begins, skipped)


def _fitted(row: list[str], width: int) -> tuple[str, ...] | Message:
    """The row as wide as the header; a reason where it holds more cells than there are columns."""
    if len(row) <= width:
        return (*row, *[""] * (width - len(row)))
    if any(cell.strip() for cell in row[width:]):
        return msg(
            "Has {cells} cells for {columns} columns: perhaps a separator in a cell without quotation marks.",
            cells=len(row),
            columns=width,
        )
    return tuple(row[:width])


def _suspicion(
    rows: Sequence[list[str]], columns: Columns
) -> tuple[Callable[[Sequence[str]], str], Callable[[Sequence[str]], str], frozenset[str]]:
    """A quick test that lets the bulk of the deals pass: the cell that names, the one that tells the outcome, and
    what the latter says in rows that need a closer look."""
    named = columns.positions(*NAMING)[:1]
    told = columns.positions(*TELLING)[:1]
    if not named or not told:
        return (lambda _: ""), (lambda _: ""), frozenset({""})
    name, tell = itemgetter(named[0]), itemgetter(told[0])
    words = {tell(row) for row in rows if len(row) > told[0]}
    header = columns.headers[told[0]]
    return (
        name,
        tell,
        frozenset(
            {"", *(word for word in words if not word.strip() or key(word) == key(header) or _says_sum(word))}
        ),
    )


def _is_sum(filled: Sequence[str]) -> bool:
    """ "Zwischensumme Ina;3.000,00 €", "Acme Total": one label that begins or ends with such a word, else numbers."""
    label, *rest = filled
    return bool(rest) and _says_sum(label) and all(shape_of(cell) is not None for cell in rest)


def _says_sum(label: str) -> bool:
    words = _COUNTED.sub("", label).split()
    return bool(words) and not _totals().isdisjoint((key(words[0]), key(words[-1])))


def _no_deal(cells: tuple[str, ...], columns: Columns) -> Message | None:
    """Why a row is no deal; None where it is one after all."""
    stripped = [cell.strip() for cell in cells]
    filled = [cell for cell in stripped if cell]
    if not filled:
        return BLANK
    if [key(cell) for cell in stripped] == [key(header) for header in columns.headers]:
        return AGAIN
    without_stage = not any(stripped[place] for place in columns.positions(*TELLING))
    if _is_sum(filled) or (without_stage and key(_COUNTED.sub("", filled[0])) in _totals()):
        return TOTAL
    if len(filled) == 1 and len(cells) > 2:
        return LONE
    if not any(stripped[place] for place in columns.positions(*NAMING)):
        return NAMELESS
    return None
