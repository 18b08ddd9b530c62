"""A chooser of one or more pages, turned by Tab, and the search that all pages share.

Owns `Page`, what every page may do, and `Pages`, which makes a `Chooser` of them. Must not know what is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retrotui.domain.meeting import Meeting
from retrotui.domain.text import fold
from retrotui.errors import Message, msg
from retrotui.locale import tr
from retrotui.tui.choosers import Choices, Row
from retrotui.tui.view import View

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

DO = "do:"
"""Rows that do something (add a person, read a file) have a key that begins so; a search leaves them in place."""


class Page:
    """One page. Subclasses give `rows` and answer the keys; an answer of True closes the list."""

    name: Message = msg("Choose")
    total = 0
    """How many there are besides the rows given last."""

    def __init__(self, screen: MeetingScreen) -> None:
        self.screen = screen
        self.session = screen.session

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    @property
    def view(self) -> View:
        return self.session.view()

    def rows(self) -> tuple[Row, ...]:
        """What there is to choose from now."""
        return ()

    def found(self, search: str) -> tuple[Row, ...]:
        """The rows that fit a search; a page with a long list looks for them in its own way."""
        return fitting(self.rows(), search) if search.strip() else self.rows()

    def legend(self) -> str:
        """The keys of this page, in words."""
        return ""

    def empty(self) -> str:
        """What stands where there are no rows."""
        return tr("There is nothing to choose from yet.")

    def take(self, key: str) -> bool:
        """Enter: what Space does, unless the page says otherwise."""
        return self.tick(key)

    def tick(self, _key: str) -> bool:
        """Space."""
        return False

    def digit(self, _number: int, _key: str) -> bool:
        """A digit; the key is "" where there is no row."""
        return False


class Pages:
    """The chooser: one page is shown at a time."""

    def __init__(self, title: str, pages: tuple[Page, ...], opens: type[Page] | None = None) -> None:
        """`opens`: the kind of page that is shown first; else the first."""
        self.title = title
        self.pages = pages
        self.tab = next((at for at, page in enumerate(pages) if type(page) is opens), 0)

    @property
    def page(self) -> Page:
        return self.pages[self.tab]

    def choices(self, search: str) -> Choices:
        """The rows of the page that is open, and what the dialog needs around them."""
        page = self.page
        rows = page.found(search)
        return Choices(
            title=self.title,
            rows=rows,
            legend=page.legend(),
            empty=tr("Nothing fits “{words}”.", words=search) if search.strip() else page.empty(),
            tabs=tuple(tr(one.name) for one in self.pages),
            tab=self.tab,
            total=page.total,
        )

    def take(self, key: str) -> bool:
        return self.page.take(key)

    def tick(self, key: str) -> bool:
        return self.page.tick(key)

    def digit(self, number: int, key: str) -> bool:
        return self.page.digit(number, key)

    def turn(self, by: int) -> None:
        self.tab = (self.tab + by) % len(self.pages)


def fitting(rows: Iterable[Row], search: str) -> tuple[Row, ...]:
    """The rows that hold every word of the search, each under its heading; a heading alone goes."""
    words = fold(search).split()
    kept: list[Row] = []
    heading: Row | None = None
    for row in rows:
        if not row.key:
            heading = row
            continue
        said = fold(f"{row.label} {row.detail}")
        if row.key.startswith(DO) or all(word in said for word in words):
            if heading is not None and not row.key.startswith(DO):
                kept.append(heading)
                heading = None
            kept.append(row)
    return tuple(kept)


def heading(words: str) -> Row:
    """A line that stands over rows and cannot be chosen."""
    return Row("", words)


def dotted(*parts: str) -> str:
    """Parts with a dot between them; empty ones are left out."""
    return " · ".join(part for part in parts if part)
