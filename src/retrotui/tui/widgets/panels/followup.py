"""`followup`: what earlier meetings began and what became of it, the selected one in full.

Owns how an open item, its age and its verdict read. What is open and what asks is told by the domain.
Source: meeting.md, `followup`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.experiments import OpenItem
from retrotui.domain.followup import BY_DIGIT, DECISIONS, verdict_on, waiting
from retrotui.domain.minutes import Verdict
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui import recall_words
from retrotui.tui.naming import key_of, shown_owner, times, verdict_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import (
    EMPTY,
    Cell,
    Column,
    Sheet,
    blank,
    flow,
    indented,
    labelled,
    row,
    said,
    table,
)

SIGNS = {"experiment": "?", "action": ">"}
INDENT = 5


def listed(view: View) -> tuple[OpenItem, ...]:
    """What the step goes through: ideas are for the `experiments` step."""
    return tuple(one for one in view.meeting.open_items if not one.idea)


def selected_item(view: View) -> OpenItem | None:
    """The item that `selected` names, else the first that asks for a verdict, else the first."""
    items = listed(view)
    asking = waiting(view.meeting)
    fallback = asking[0] if asking else items[0] if items else None
    return next((one for one in items if one.id == view.selected), fallback)


def sheet(view: View) -> Sheet:
    """Open items, overdue first; the selected one expanded, with the digits that judge it."""
    items = listed(view)
    if not items:
        return _nothing_open(view)
    selected = selected_item(view)
    heads = table(
        [_head(view, one, one is selected) for one in items],
        (Column(), Column(gives=True, least=22), Column(gives=True, leaves=1), Column()),
        view.width,
    )
    lines: list[Content] = [_how_many(view), blank()]
    around = 0
    for head, one in zip(heads, items, strict=True):
        if one is selected:
            around = len(lines)
        lines.append(head)
        lines += indented(_below(view, one, one is selected), INDENT)
    return Sheet(tuple(lines), around)


def _nothing_open(view: View) -> Sheet:
    return Sheet(
        (
            *said(tr("Nothing is open from earlier meetings."), width=view.width),
            *said(tr("What you begin today comes back here."), "$muted", width=view.width),
        )
    )


def _how_many(view: View) -> Content:
    asking = len(waiting(view.meeting))
    words = (
        tr(plural("{n} asks for a verdict", "{n} ask for a verdict", asking))
        if asking
        else tr("Nothing asks for a verdict any more.")
    )
    return row((Cell(words, "bold"),), view.width)


def _head(view: View, item: OpenItem, is_selected: bool) -> tuple[Cell, ...]:
    verdict = verdict_on(view.meeting.minutes, item.id)
    mark = "▸" if is_selected else "✓" if verdict else " "
    style = "bold" if is_selected else "$muted" if verdict else ""
    words, role = status(view, item, verdict)
    return (
        Cell(f"{mark} {SIGNS[item.kind]}", f"${item.kind}"),
        Cell(item.title, style),
        Cell(shown_owner(view, item.owner), "$muted"),
        Cell(words, role),
    )


def status(view: View, item: OpenItem, verdict: Verdict | None) -> tuple[str, str]:
    """Where an item stands, in words, and the style that goes with them."""
    if verdict is not None:
        if verdict.decision == "extend" and verdict.due:
            return tr("✓ extended until {day}", day=formats.near_day(verdict.due, view.today)), "$muted"
        return f"✓ {verdict_name(verdict.decision)}", "bold"
    if item.due is None:
        return tr("no date"), "$warn"
    if item.overdue(view.today):
        days = (view.today - item.due).days
        return tr(plural("{n} day overdue", "{n} days overdue", days)), "$over"
    if item.due == view.today:
        return tr("due today"), "$warn"
    return tr("runs until {day}", day=formats.near_day(item.due, view.today)), "$muted"


def _below(view: View, item: OpenItem, is_selected: bool) -> list[Content]:
    width = view.width - INDENT
    lines = _history(view, item, is_selected, width)
    if not is_selected:
        return lines
    if (experiment := item.experiment) is not None:
        lines += labelled(
            (
                (tr("Hypothesis"), experiment.hypothesis, ""),
                (tr("Change"), experiment.change, ""),
                (tr("Measure"), experiment.measure, ""),
                (tr("Expected"), experiment.expected, "bold"),
            ),
            width,
        )
    lines += _extensions(item, width)
    lines += _lineage(view, item, width)
    verdict = verdict_on(view.meeting.minutes, item.id)
    if verdict is not None and verdict.reason:
        lines += labelled(((tr("Reason"), verdict.reason, ""),), width)
    if verdict is not None or item.asks(view.today):
        lines.append(_legend(item, verdict, width))
    return lines


def _extensions(item: OpenItem, width: int) -> list[Content]:
    """The extensions that gave a reason, each with its day."""
    reasons = [one for one in item.extended if one.reason]
    return labelled(
        ((formats.date(one.day), recall_words.extension(one), "") for one in reasons), width, lines=1
    )


def _lineage(view: View, item: OpenItem, width: int) -> list[Content]:
    """What it was adapted from, as a small tree from the first hypothesis; the key that reads all of it."""
    stages = view.memory.lineages.get(item.id, ())
    if len(stages) < 2:
        return []
    head = tr("Lineage, {key} reads it", key=key_of(view, "before"))
    lines = [row((Cell(head, "$muted"),), width)]
    for one in stages:
        here = one.experiment.id == item.id
        lead = Cell(recall_words.branch(one), "$muted")
        title = Cell(one.experiment.title, "bold" if here else "")
        lines.append(row((lead, title, Cell(f"  {recall_words.standing(one)}", "$muted")), width))
        if not one.depth and one.experiment.hypothesis:
            lines.append(row((Cell(f"   {one.experiment.hypothesis}", "italic"),), width))
    return lines


def _history(view: View, item: OpenItem, is_selected: bool, width: int) -> list[Content]:
    told: list[Cell] = []
    if item.carried:
        told.append(Cell(tr("carried {times}", times=times(item.carried)), "$warn"))
    if item.extensions:
        told.append(Cell(tr(plural("extended once", "extended {n} times", item.extensions)), "$warn"))
    if is_selected:
        age = item.age_days(view.today)
        begun = plural("begun {day}, {n} day ago", "begun {day}, {n} days ago", age, day=item.born)
        told.append(Cell(tr(begun) if age else tr("begun today"), "$muted"))
    return flow(told, width)


def _legend(item: OpenItem, verdict: Verdict | None, width: int) -> Content:
    cells: list[Cell] = []
    for digit, decision in BY_DIGIT.items():
        if decision not in DECISIONS[item.kind]:
            continue
        given = verdict is not None and verdict.decision == decision
        cells += [
            Cell(f"{digit} ", "bold $accent"),
            Cell(verdict_name(decision), "bold underline" if given else ""),
            Cell("   "),
        ]
    return row(cells[:-1] if cells else [EMPTY], width)
