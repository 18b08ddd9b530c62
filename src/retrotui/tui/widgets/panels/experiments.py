"""`experiments`: what begins today, the ideas first, what each still lacks, and the lessons that wait for one.

Owns the order of the offer. When an experiment may run is `followup`'s. Source: meeting.md, `experiments`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.experiments import OpenItem
from retrotui.domain.followup import lacks
from retrotui.domain.minutes import Experiment, Lesson
from retrotui.locale import formats, tr
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.lessons import ranked, votes_of
from retrotui.tui.widgets.panels.naming import key_of, need_name, owner_name, shown_owner
from retrotui.tui.widgets.panels.sheet import (
    Cell,
    Column,
    Sheet,
    blank,
    indented,
    labelled,
    row,
    said,
    table,
)

INDENT = 4
MOST_LESSONS = 5
COLUMNS = (Column(), Column(gives=True), Column(gives=True, leaves=1), Column(gives=True))


def sheet(view: View) -> Sheet:
    """Running ones of today, ideas, lessons without an experiment; the selected one in full."""
    every = view.meeting.minutes.experiment
    running = [one for one in every if one.state == "running"]
    ideas = [one for one in every if one.state != "running"]
    lines = [_how_many(view, len(running))]
    around = 0
    for heading, group in (("", running), (tr("Ideas"), ideas)):
        if heading and (group or earlier_ideas(view)):
            lines += [blank(), row((Cell(heading, "bold"),), view.width)]
        heads = table([_head(view, one) for one in group], COLUMNS, view.width)
        for head, one in zip(heads, group, strict=True):
            if one.id == view.selected:
                around = len(lines)
            lines.append(head)
            lines += _in_full(view, one) if one.id == view.selected else []
    lines += table([_earlier(view, one) for one in earlier_ideas(view)], COLUMNS, view.width)
    lines += _lessons(view)
    if len(lines) == 1:
        lines += said(tr("Type a title: Name the price range early @Ben =+4w"), "$muted", width=view.width)
    return Sheet(tuple(lines), around)


def _how_many(view: View, running: int) -> Content:
    most = view.meeting.agenda.max_experiments
    words = tr("{n} of at most {most} begin today", n=running, most=most)
    full = tr("no more today: others stay ideas") if running >= most else ""
    return row((Cell(words, "bold"), Cell(f"  {full}" if full else "", "$warn")), view.width)


def earlier_ideas(view: View) -> tuple[OpenItem, ...]:
    """Ideas of earlier meetings that today has not taken up."""
    taken = {one.id for one in view.meeting.minutes.experiment}
    return tuple(one for one in view.meeting.open_items if one.idea and one.id not in taken)


def lacking(view: View, experiment: Experiment) -> str:
    """What it still needs to run, in words."""
    needs = lacks(view.meeting.agenda, experiment)
    return tr("lacks: {needs}", needs=", ".join(need_name(one) for one in needs)) if needs else ""


def _until(experiment: Experiment) -> str:
    return tr("until {day}", day=formats.day_month(experiment.due)) if experiment.due else ""


def _head(view: View, one: Experiment) -> tuple[Cell, ...]:
    chosen = one.id == view.selected
    missing = lacking(view, one)
    who = owner_name(view, one.owner, one.owner_text)
    told = " · ".join(part for part in (who, _until(one)) if part)
    mark = "▸" if chosen else "✓" if one.state == "running" else " "
    return (
        Cell(f"{mark} ?", "$experiment"),
        Cell(one.title, "bold" if chosen or one.state == "running" else ""),
        Cell(told, "$muted"),
        Cell(missing, "$warn"),
    )


def _earlier(view: View, one: OpenItem) -> tuple[Cell, ...]:
    return (
        Cell("  ?", "$experiment"),
        Cell(one.title),
        Cell(shown_owner(view, one.owner), "$muted"),
        Cell(tr("idea of {day}", day=formats.date(one.born)), "$muted"),
    )


def _in_full(view: View, one: Experiment) -> list[Content]:
    pairs = (
        (tr("Hypothesis"), one.hypothesis, ""),
        (tr("Change"), one.change, ""),
        (tr("Measure"), one.measure, ""),
        (tr("Expected"), one.expected, "bold"),
    )
    return indented(labelled(pairs, view.width - INDENT), INDENT)


def waiting_lessons(view: View) -> list[Lesson]:
    """The lessons of the meeting that no experiment names yet, ranked."""
    used = {lesson for one in view.meeting.minutes.experiment for lesson in one.lessons}
    return [one for one in ranked(view.meeting.minutes.lesson) if one.id not in used]


def _lessons(view: View) -> list[Content]:
    lessons = waiting_lessons(view)
    if not lessons:
        return []
    how = tr("{key} makes an experiment of one", key=key_of(view, "choose"))
    lines = [blank(), row((Cell(tr("Lessons"), "bold"), Cell(f"  {how}", "$muted")), view.width)]
    rows = []
    for one in lessons[:MOST_LESSONS]:
        votes = votes_of(one, view.meeting.minutes.lesson)
        rows.append((Cell("  !", "$lesson"), Cell(one.text), Cell(f"●{votes}" if votes else "", "$accent")))
    return [*lines, *table(rows, (Column(), Column(gives=True), Column("right")), view.width)]
