"""The figures over many meetings as lines: sections, rows with bars, the plot of the time.

Pure: rows in, drawings out. Must not read files or the index, and must not count. What rests on few cases says so in a
word; grey only underlines it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from textual.content import Content

from retrotui.domain.insights.facts import KINDS_OF_TIME
from retrotui.domain.insights.room import Month
from retrotui.errors import msg
from retrotui.interchange import labels
from retrotui.interchange.insights_page import FEW_CASES, Group, Row, Section, in_column
from retrotui.locale import formats, tr
from retrotui.tui import plots, text

WIDEST: Final = 118
BAR: Final = 20
"""Cells of a bar; half of them under `BARS_FROM` columns."""
BARS_FROM: Final = 100
SHORTEST_BAR: Final = 5
LABEL: Final = 34
BEHIND: Final = 18
"""Cells that are left for what stands behind a bar."""
PLOT_HEIGHT: Final = 12
MONTHS: Final = 24
"""The newest so many months are plotted."""


@dataclass(slots=True)
class Page:
    """The lines of a section, and on which of them its rows stand."""

    lines: list[Content] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def page(section: Section, months: Sequence[Month], width: int, at: int) -> Page:
    """The section with row `at` marked, counted over all its groups."""
    width = min(width, WIDEST)
    made = Page()
    if section.id == "time":
        _plot(made, months, width)
    number = 0
    for group in section.groups:
        if made.lines:
            made.lines.append(text.mark(""))
        made.lines += _heading(group, width)
        columns = _columns(group, width)
        for row, value in zip(group.rows, in_column([row.value for row in group.rows]), strict=True):
            made.places.append(len(made.lines))
            made.lines.append(_row(row, value, columns, width, here=number == at))
            number += 1
    if not section.groups:
        made.lines += says(tr("Nothing yet."), width)
    return made


def says(words: str, width: int) -> list[Content]:
    """A sentence for people, in muted lines."""
    return [text.plain(part, "$muted") for part in text.wrap(words, min(width, text.MEASURE))]


def tabs(titles: Sequence[str], at: int, width: int) -> Content:
    """The sections with their digits; the one that is shown stands in brackets."""
    parts = []
    for number, title in enumerate(titles):
        here = number == at
        words = f"[{number + 1} {title}]" if here else f" {number + 1} {title} "
        parts.append(text.line(words, "bold $accent" if here else "$muted"))
    return text.join(text.mark(" "), *parts).truncate(max(1, width), ellipsis=True)


def _heading(group: Group, width: int) -> list[Content]:
    lines = [text.line(group.title, "bold $accent", width=width)]
    return lines + (says(group.note, width) if group.note else [])


@dataclass(frozen=True, slots=True)
class _Columns:
    label: int
    bar: int


def _columns(group: Group, width: int) -> _Columns:
    bar = 0 if all(row.share is None for row in group.rows) else BAR if width >= BARS_FROM else BAR // 2
    value = max(text.cells(one) for one in in_column([row.value for row in group.rows]))
    # what is cut on a narrow screen is the end of the line, never what helped or hurt
    rest = width - 2 - value - bar - 4 - BEHIND
    label = min(max(text.cells(row.label) for row in group.rows), max(12, min(LABEL, rest)))
    # the words behind a bar say more than the bar: it gives them its room
    free = width - 2 - label - 2 - value - 4 - max(text.cells(_behind(row)) for row in group.rows)
    return _Columns(label, min(bar, free) if free >= SHORTEST_BAR else 0)


def _behind(row: Row) -> str:
    return f"{tr(FEW_CASES)} · {row.n}" if row.few else row.n


def _row(row: Row, value: str, columns: _Columns, width: int, *, here: bool) -> Content:
    style = "$muted" if row.few else ""
    parts = [
        text.mark("▸ " if here else "  ", "bold $accent"),
        text.line(text.pad(text.cut(row.label, columns.label), columns.label), "bold" if here else style),
        text.mark("  "),
        text.line(value, style or "bold"),
        text.mark("  "),
    ]
    if columns.bar:
        parts += [_bar(row, columns.bar), text.mark("  ")]
    parts.append(text.line(_behind(row), "$muted"))
    content = text.join(*parts).truncate(width, ellipsis=True)
    return content.stylize("on $lit") if here else content


def _bar(row: Row, cells: int) -> Content:
    """What helped is drawn full, what hurt hatched: the colour says it once more."""
    if row.share is None:
        return text.mark(" " * cells)
    filled = round(row.share * cells)
    filled = max(1, filled) if row.share > 0 else 0
    glyph = "▒" if row.tone == "hurt" else "█"
    style = "$muted" if row.few else f"${row.tone}" if row.tone else "$accent"
    return text.join(text.mark(glyph * filled, style), text.mark("·" * (cells - filled), "$rule"))


def _plot(made: Page, months: Sequence[Month], width: int) -> None:
    """How the shares of time went."""
    newest = list(months)[-MONTHS:]
    series = [
        plots.Series(tr(labels.COUNTS[kind]), tuple(_percent(one, place) for one in newest))
        for place, kind in enumerate(KINDS_OF_TIME)
        if kind != "frame"
    ]
    points = [f"{one.first.month}/{one.first.year % 100:02}" for one in newest]
    drawn = plots.plot(series, points, width, PLOT_HEIGHT)
    if drawn:
        made.lines.append(text.line(tr("Shares of the time spent, month by month"), "bold $accent"))
        made.lines += [text.line(line, width=width) for line in drawn]
        made.lines.append(text.line(plots.legend(series), "$muted", width=width))


def _percent(one: Month, place: int) -> float | None:
    share = one.time.spent_share(place)
    return None if share is None else share * 100


def period_words(first: date | None, last: date | None) -> str:
    """The time that was asked for."""
    if first is not None and last is not None:
        return formats.period(first, last)
    if first is not None:
        return tr(msg("from {day} on", day=formats.date(first)))
    if last is not None:
        return tr(msg("up to {day}", day=formats.date(last)))
    return tr(msg("all the time"))
