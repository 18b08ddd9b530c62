"""The columns of a table while it is being understood: each different text is read once, not each cell.

Owns the access to columns by field and the cleaning of texts. Must not know what a field's texts mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from retrotui.domain.text import clean, one_line
from retrotui.errors import Message, plural
from retrotui.interchange.crm.columns import Columns
from retrotui.interchange.crm.report import Notices

T = TypeVar("T")

# Letters of Latin scripts and usual signs, of which `clean` keeps every one: a short cut for the bulk.
_MANY = 1000
_HARMLESS = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f–—‘’‚“”„•…€™]*+").fullmatch


def _are_clean(values: Collection[str]) -> bool:
    """Whether all of these texts are harmless and have no space around them; looked at as one text."""
    text = "\n".join(values)
    if text.count("\n") != len(values) - 1 or _HARMLESS(text.replace("\n", "")) is None:
        return False
    return "\n " not in text and " \n" not in text and text == text.strip(" ")


def each(values: Sequence[str], reading: Callable[[str], T]) -> list[T]:
    """`reading` of every value, called once for each different one."""
    known = {value: reading(value) for value in set(values)}
    return [known[value] for value in values]


def shown(value: str, length: int = 40) -> str:
    """A cell's text for a sentence: harmless, on one line, not long."""
    return one_line(value[: 10 * length])[:length]


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows that are deals, by column; `lines` are the physical lines on which they begin."""

    by_column: Sequence[Sequence[str]]
    lines: Sequence[int]
    columns: Columns
    notices: Notices

    def __len__(self) -> int:
        return len(self.lines)

    def of(self, field: str) -> list[tuple[int, Sequence[str]]]:
        """The columns of a field, as they are written, with their positions; in the order in which they count."""
        return [(place, self.by_column[place]) for place in self.columns.at.get(field, ())]

    def texts(self, field: str, *, one_line: bool = True) -> list[str]:
        """A field's texts, cleaned; the first filled one of several columns; "" where there is none."""
        found: list[str] | None = None
        for _, values in self.of(field):
            cleaned = self._cleaned(field, values, one_line=one_line)
            found = (
                cleaned
                if found is None
                else [one or other for one, other in zip(found, cleaned, strict=True)]
            )
        return found if found is not None else [""] * len(self)

    def _cleaned(self, field: str, values: Sequence[str], *, one_line: bool) -> list[str]:
        different = set(values)
        if len(different) > _MANY and _are_clean(different):
            return list(values)
        changed: dict[str, str] = {}
        noise: dict[str, Message] = {}
        for value in different:
            if (value.isascii() and value.isprintable()) or _HARMLESS(value):
                text = value.strip()
            else:
                cleaned = clean(value)
                text = cleaned.text.strip()
                if one_line and "\n" in text:
                    text = " ".join(text.split())
                if cleaned.dropped:
                    noise[value] = plural(
                        "{n} control character was dropped.",
                        "{n} control characters were dropped.",
                        cleaned.dropped,
                    )
                elif cleaned.cut:
                    noise[value] = plural(
                        "Too long: {n} character at its end was left out.",
                        "Too long: {n} characters at its end were left out.",
                        cleaned.cut,
                    )
            if text != value:
                changed[value] = text
        if noise:
            places = zip(self.lines, values, strict=True)
            self.notices.about_rows(field, [(line, noise[value]) for line, value in places if value in noise])
        return [changed.get(value, value) for value in values] if changed else list(values)
