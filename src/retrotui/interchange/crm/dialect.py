"""The decimal mark and the order of dates of a file, decided from all of its values.

Owns the decisions: each column for itself; where it cannot tell, the file's other columns and the separator, and then
the report says so. Must not build deals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from retrotui.errors import Message, msg
from retrotui.interchange import amounts, dates
from retrotui.interchange.amounts import Mark
from retrotui.interchange.amounts_in_bulk import Bulk, read_bulk
from retrotui.interchange.crm.cells import Cells
from retrotui.interchange.crm.columns import PART_OF
from retrotui.interchange.crm.headings import key
from retrotui.interchange.crm.outcomes import says_nothing
from retrotui.interchange.dates import Order
from retrotui.interchange.knowledge import table

T = TypeVar("T")

AMOUNTS = ("amount", "amount_offered", "amount_won")
NUMBERS = (*AMOUNTS, "probability")
DAYS = ("created", "closing", "decided", "expected", "won_day", "lost_day")
_LOOKED_AT = 2000
"""Rows of the other columns that are asked about the decimal mark."""


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """A column of numbers, and the mark to read it by (None: mixed).

    `bulk` is what was read at once; `shapes` has the shape of each different text besides.
    """

    values: Sequence[str]
    bulk: Bulk | None
    shapes: Mapping[str, amounts.Shape | None]
    mark: Mark | None

    @classmethod
    def of(cls, values: Sequence[str]) -> tuple[NumberColumn, amounts.Decision]:
        """The column, and what it says by itself about its mark."""
        different = {value for value in set(values) if value and not value.isspace()}
        bulk = read_bulk(different)
        shapes = {value: amounts.shape_of(value) for value in bulk.rest}
        decision = amounts.decide(shapes.values())
        if decision.mixed or (bulk.certain and decision.mark not in (None, bulk.mark)):
            shapes = {value: amounts.shape_of(value) for value in different}
            decision = amounts.decide(shapes.values())
            return cls(values, None, shapes, None), decision
        mark = bulk.mark if bulk.certain else decision.mark
        decision = amounts.Decision(mark, False, decision.doubtful + bulk.doubtful)
        return cls(values, bulk, shapes, None).read_by(mark), decision

    def read_by(self, mark: Mark | None) -> NumberColumn:
        """The column with its mark decided; what was read at once by another one is read again."""
        bulk, shapes = self.bulk, self.shapes
        if mark is not None and bulk is not None and bulk.doubtful and mark != bulk.mark:
            again = {value: amounts.shape_of(value) for value in bulk.amounts}
            bulk, shapes = None, {**shapes, **again}
        return NumberColumn(self.values, bulk, shapes, mark)


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A column of dates: each different text with its shape, and the order to read it by (None: mixed)."""

    values: Sequence[str]
    shapes: Mapping[str, dates.DateShape | None]
    order: Order | None


@dataclass(frozen=True, slots=True)
class Dialect:
    """How this file writes numbers and dates; columns by position."""

    decimal: Mark | None
    date_order: Order | None
    numbers: Mapping[int, NumberColumn]
    dates: Mapping[int, DateColumn]


def decide_dialect(cells: Cells, delimiter: str) -> Dialect:
    """Looks at every column of numbers and dates, and at the rest of the file where these cannot tell."""
    read = {place: NumberColumn.of(values) for _, place, values in _columns(cells, NUMBERS)}
    days = {place: _shapes(values, dates.shape_of) for _, place, values in _columns(cells, DAYS)}
    serials = _read_serials(cells, days)
    marks = {place: decision for place, (_, decision) in read.items()}
    orders = {place: dates.decide(() if place in serials else each.values()) for place, each in days.items()}
    decimal, why_decimal = _mark_from_elsewhere(cells, delimiter, marks, days)
    number_columns: dict[int, NumberColumn] = {}
    for field, place, _ in _columns(cells, NUMBERS):
        column, mark = read[place]
        number_columns[place] = column if mark.mixed or mark.mark else column.read_by(decimal)
        if mark.doubtful and mark.mark is None:
            cells.notices.about_file(
                PART_OF.get(field, field), _mark_notice(cells.columns.headers[place], decimal, why_decimal)
            )
    date_columns: dict[int, DateColumn] = {}
    for field, place, values in _columns(cells, DAYS):
        order = orders[place]
        taken, why_order = order.order, None
        if taken is None and order.mark:
            taken, why_order = _order_from_elsewhere(cells, delimiter, orders, marks, order.mark)
        date_columns[place] = DateColumn(values, days[place], None if order.mixed else taken)
        if order.doubtful and why_order:
            cells.notices.about_file(
                PART_OF.get(field, field), _order_notice(cells.columns.headers[place], taken, why_order)
            )
    reported = (marks[place].mark for field, place, _ in _columns(cells, NUMBERS) if field != "probability")
    return Dialect(
        next((mark for mark in reported if mark), decimal),
        _reported_order(cells, orders, date_columns),
        number_columns,
        date_columns,
    )


def _columns(cells: Cells, fields: Sequence[str]) -> list[tuple[str, int, Sequence[str]]]:
    return [(field, place, values) for field in fields for place, values in cells.of(field)]


def _shapes(values: Sequence[str], shape_of: Callable[[str], T]) -> dict[str, T]:
    return {value: shape_of(value) for value in set(values) if value and not value.isspace()}


def _read_serials(cells: Cells, days: dict[int, dict[str, dates.DateShape | None]]) -> set[int]:
    """A column of days that holds numbers and nothing else was pasted from a spreadsheet without its format.

    Puts the days into `days`, tells of it, and answers which columns these are.
    """
    found: set[int] = set()
    for field, place, _ in _columns(cells, DAYS):
        if any(days[place].values()):
            continue
        serials = {v: dates.serial_of(v) for v in days[place] if not says_nothing(v.strip())}
        if serials and all(serials.values()):
            days[place] = {**days[place], **serials}
            found.add(place)
            value, shape = next(iter(sorted(serials.items())))
            said = msg(
                "The column {header} holds Excel's numbers of days: “{value}” was read as {day}.",
                header=cells.columns.headers[place],
                value=value.strip(),
                day=str(shape and dates.day_of(shape, None)),
            )
            cells.notices.about_file(PART_OF.get(field, field), said)
    return found


def _mark_from_elsewhere(
    cells: Cells,
    delimiter: str,
    marks: Mapping[int, amounts.Decision],
    days: Mapping[int, Mapping[str, dates.DateShape | None]],
) -> tuple[Mark, Message]:
    """The decimal mark for a column that cannot tell, and why: other numbers, the dates, the separator."""
    if told := {decision.mark for decision in marks.values() if decision.mark and not decision.mixed}:
        return ("," if told == {","} else "."), msg("as in the other columns")
    used = {place for places in cells.columns.at.values() for place in places}
    rest = (column[:_LOOKED_AT] for place, column in enumerate(cells.by_column) if place not in used)
    others = {amounts.decide(map(amounts.shape_of, set(column))).mark for column in rest} - {None}
    if len(others) == 1:
        return ("," if others == {","} else "."), msg("as in the other columns")
    shapes = [shape for column in days.values() for shape in column.values() if shape]
    if any(shape.mark == "." and shape.order == "DMY" for shape in shapes):
        return ",", msg("as where dates are written like these")
    if any(not shape.order and shape.tells == "MDY" for shape in shapes):
        return ".", msg("as where dates are written like these")
    if delimiter == ";":
        return ",", msg("as in files with semicolons")
    if _is_german(cells):
        return ",", msg("as where headers are German")
    return ".", msg("as in files with commas") if delimiter == "," else msg("as where headers are English")


def _order_from_elsewhere(
    cells: Cells,
    delimiter: str,
    orders: Mapping[int, dates.Decision],
    marks: Mapping[int, amounts.Decision],
    mark: str,
) -> tuple[Order, Message]:
    """The order for a column that cannot tell, and why: other dates, the decimal mark, the separator."""
    told = {decision.order for decision in orders.values() if not decision.mixed} & {"DMY", "MDY"}
    if len(told) == 1:
        return ("DMY" if told == {"DMY"} else "MDY"), msg("as in the other columns")
    if {decision.mark for decision in marks.values() if decision.mark} == {","}:
        return "DMY", msg("as where numbers are written like these")
    if delimiter == ";":
        return "DMY", msg("as in files with semicolons")
    if _is_german(cells):
        return "DMY", msg("as where headers are German")
    if mark == "/":
        return "MDY", msg("as is usual with slashes")
    return "DMY", msg("as is usual with hyphens")


def _mark_notice(header: str, mark: Mark, why: Message) -> Message:
    return msg(
        "The column {header} does not show which mark is the decimal one; “{mark}” was taken, {why}.",
        header=header,
        mark=mark,
        why=why,
    )


def _order_notice(header: str, order: Order | None, why: Message) -> Message:
    if order == "MDY":
        return msg(
            "The column {header} does not show its order; month before day was taken, {why}.",
            header=header,
            why=why,
        )
    return msg(
        "The column {header} does not show its order; day before month was taken, {why}.",
        header=header,
        why=why,
    )


def _reported_order(
    cells: Cells, orders: Mapping[int, dates.Decision], columns: Mapping[int, DateColumn]
) -> Order | None:
    """The order to report: of the days of decision, else of the others."""
    found = [
        columns[place].order or orders[place].order
        for _, place, _ in _columns(
            cells, ("decided", "closing", "won_day", "lost_day", "expected", "created")
        )
    ]
    return next((order for order in found if order), None)


def _is_german(cells: Cells) -> bool:
    words = {key(word) for word in table("crm/headers.toml")["german"]}
    return any(key(header) in words for header in cells.columns.headers)
