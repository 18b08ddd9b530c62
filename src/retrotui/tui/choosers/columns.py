"""Naming a column by hand: first the field of a deal, then the header that stands for it.

Owns the two lists and the way from one to the other. What is done with the answer is the asker's; that it is remembered
`imported_deals`'. Source: import.md, "A mapping by hand".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual.app import App

from retrotui.interchange.crm.understood import FIELDS
from retrotui.locale import tr
from retrotui.tui.choosers import Choices, Row
from retrotui.tui.choosers.pages import DO, fitting
from retrotui.tui.screens.dialogs.choose import ChooseDialog

NONE = f"{DO}none"
DIGITS = 9

Named = Callable[[str, str], object]
"""Gets the field and the header; "" for a field that is to be found by itself again."""


class Listed:
    """A list from which one row is taken; `taken` is its key then."""

    def __init__(self, title: str, legend: str) -> None:
        self.title = title
        self.legend = legend
        self.taken = ""

    def rows(self) -> tuple[Row, ...]:
        """What there is to choose from."""
        return ()

    def choices(self, search: str) -> Choices:
        rows = self.rows()
        found = fitting(rows, search) if search.strip() else rows
        return Choices(self.title, found, self.legend, tr("Nothing fits “{words}”.", words=search))

    def take(self, key: str) -> bool:
        self.taken = key
        return bool(key)

    def tick(self, key: str) -> bool:
        return self.take(key)

    def digit(self, number: int, _key: str) -> bool:
        """The row with this digit."""
        row = next((row for row in self.rows() if row.mark == str(number)), None)
        return row is not None and self.take(row.key)

    def turn(self, by: int) -> None:
        """There is one page."""


class FieldList(Listed):
    """A deal's fields, with the headers that stand for them now."""

    def __init__(self, headers: Mapping[str, Sequence[str]]) -> None:
        super().__init__(tr("Which field?"), tr("a digit or Enter, then the column · / searches"))
        self.headers = headers

    def rows(self) -> tuple[Row, ...]:
        found = []
        for number, (field, words) in enumerate(FIELDS.items(), start=1):
            detail = ", ".join(self.headers.get(field, ())) or "–"
            found.append(Row(field, tr(words), detail, str(number) if number <= DIGITS else ""))
        return tuple(found)


class HeaderList(Listed):
    """The columns of the file; those that stand for a field already say for which."""

    def __init__(self, field: str, headers: Sequence[str], used: Mapping[str, Sequence[str]]) -> None:
        super().__init__(
            tr("Which column is “{field}”?", field=tr(FIELDS[field])), tr("Enter takes it · / searches")
        )
        self.headers = headers
        self.used_as = {header: one for one, some in used.items() for header in some}

    def rows(self) -> tuple[Row, ...]:
        rows = [
            Row(
                f"column:{number}",
                header,
                tr(FIELDS[self.used_as[header]]) if self.used_as.get(header) in FIELDS else "",
                str(number) if number <= DIGITS else "",
            )
            for number, header in enumerate(self.headers, start=1)
        ]
        return (*rows, Row(NONE, tr("none of these: as it is found by itself"), "", "–"))

    @property
    def header(self) -> str:
        """The one that was taken; "" for none of them."""
        place = self.taken.partition(":")[2]
        return self.headers[int(place) - 1] if place.isdecimal() else ""


class ColumnNaming:
    """Asks for a field and for its column; `named` is told, and nothing happens after Esc."""

    def __init__(
        self,
        app: App[Any],
        headers: Sequence[str],
        used: Mapping[str, str | Sequence[str]],
        named: Named,
    ) -> None:
        self.app = app
        self.headers = headers
        self.used = {field: (one,) if isinstance(one, str) else tuple(one) for field, one in used.items()}
        self.named = named

    def choose_field(self) -> None:
        fields = FieldList(self.used)

        def chosen(taken: bool | None) -> None:
            if taken and fields.taken in FIELDS:
                self.choose_header(fields.taken)

        self.app.push_screen(ChooseDialog(fields), chosen)

    def choose_header(self, field: str) -> None:
        columns = HeaderList(field, self.headers, self.used)

        def chosen(taken: bool | None) -> None:
            if taken and columns.taken:
                self.named(field, columns.header)

        self.app.push_screen(ChooseDialog(columns), chosen)
