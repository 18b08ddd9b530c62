"""The minutes as Markdown (CommonMark, with the tables that GitHub added to it).

Owns the layout and the escaping: what people wrote comes out as the same words, never as markup, a link or HTML. Must
not know what stands on the page (`page`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrotui.interchange.outgoing import Outgoing
from retrotui.interchange.page import Bar, Line, Page, Section, Table, page_of

# `$` is mathematics on GitHub, `#3` a link, `~` strikes out, `|` parts the cells of a table; "<" and "&" begin HTML.
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~$&#])")
# A list, a rule or an underlined heading begins with one of these, a numbered list with a number.
_AT_START = re.compile(r"^(?:([-=]|\+(?=\s|$))|(\d{1,9})([.)])(?=\s|$))")
_ADDRESS = re.compile(r"(?i)(:(?=//)|(?<=www)\.|@)")


def markdown_text(out: Outgoing) -> str:
    """The minutes as Markdown, ending with a line end."""
    page = page_of(out)
    blocks = [f"# {escaped(page.title)}", *_head(page)]
    for section in page.sections:
        blocks += _section(section)
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text on one line as Markdown that means just these characters, wherever it stands.

    Addresses are kept from becoming links where a reader would make them: a note is no place to be led away from.
    """
    text = _ANYWHERE.sub(r"\\\1", text)
    text = _AT_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", text)
    return _ADDRESS.sub(r"\\\1", text)


def _head(page: Page) -> Iterator[str]:
    if page.team:
        yield escaped(page.team)
    yield _items([Line(fact) for fact in page.facts])


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    if section.facts:
        yield " · ".join(escaped(fact) for fact in section.facts)
    if section.table is not None:
        yield _table(section.table)
    lines = [*map(_bar, section.bars), *section.lines]
    if lines:
        yield _items(lines)


def _bar(bar: Bar) -> Line:
    return Line(bar.words)


def _items(lines: Sequence[Line], indent: str = "") -> str:
    return "\n".join(part for line in lines for part in _item(line, indent))


def _item(line: Line, indent: str) -> Iterator[str]:
    label = f"**{escaped(line.label)}**" if line.label else ""
    facts = f"({', '.join(escaped(fact) for fact in line.facts)})" if line.facts else ""
    words = escaped(line.words) if line.words else ""
    yield f"{indent}- " + " ".join(
        part for part in (label + ":" if label and words else label, words, facts) if part
    )
    if line.below:
        yield _items(line.below, indent + "  ")


def _table(table: Table) -> str:
    rule = ["---:" if column in table.figures else "---" for column in range(len(table.head))]
    head, *rows = [[escaped(cell) for cell in row] for row in (table.head, *table.rows)]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *rows))
