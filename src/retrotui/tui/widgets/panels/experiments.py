"""`experiments`: what begins today, the ideas first, what each still lacks, and the lessons that wait for one.

Owns the order of the offer. When an experiment may run is `followup`'s. Source: meeting.md, `experiments`.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.experiments import OpenItem
from retrotui.domain.followup import lacks
from retrotui.domain.groups import ranked, votes_together
from retrotui.domain.minutes import Experiment, Lesson
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui.naming import key_of, need_name, owner_name, shown_owner
from retrotui.tui.view import View
from retrotui.tui.widgets.entries import VOTE
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

INDENT = 5
MOST_LESSONS = 5
COLUMNS = (Column(), Column(gives=True, least=22), Column(gives=True, leaves=1))


def sheet(view: View) -> Sheet:
    """Running ones of today, ideas, lessons without an experiment; the selected one in full."""
    every = view.meeting.minutes.experiment
    running = [one for one in every if one.state == "running"]
    ideas = [one for one in every if one.state != "running"]
    earlier = earlier_ideas(view)
    heads = table(
        [*(_head(view, one) for one in (*running, *ideas)), *(_earlier(view, one) for one in earlier)],
        COLUMNS,
        view.width,
    )
    lines = [_how_many(view, len(running))]
    around = 0
    # ideas of earlier meetings have no details here: they are taken up first
    for place, (head, one) in enumerate(
        zip(heads, [*running, *ideas, *(None for _ in earlier)], strict=True)
    ):
        if place == len(running):
            lines += [blank(), row((Cell(tr("Ideas"), "bold"),), view.width)]
        if one is not None and one.id == view.selected:
            around = len(lines)
        lines.append(head)
        lines += _below(view, one) if one is not None else []
    lines += _lessons(view)
    if len(lines) == 1:
        lines += said(tr("Type a title: Name the price range early @Ben =+4w"), "$muted", width=view.width)
    return Sheet(tuple(lines), around)


def _how_many(view: View, running: int) -> Content:
    most = view.meeting.agenda.max_experiments
    words = tr(
        plural("{n} of at most {most} begins today", "{n} of at most {most} begin today", running, most=most)
    )
    full = tr("no more today: others stay ideas") if running >= most else ""
    return row((Cell(words, "bold"), Cell(f"  {full}" if full else "", "$warn")), view.width)


def earlier_ideas(view: View) -> tuple[OpenItem, ...]:
    """Ideas of earlier meetings that today has neither taken up nor dropped."""
    minutes = view.meeting.minutes
    taken = {one.id for one in minutes.experiment} | {one.item for one in minutes.verdict}
    return tuple(one for one in view.meeting.open_items if one.idea and one.id not in taken)


def lacking(view: View, experiment: Experiment) -> str:
    """What it still needs to run, in words."""
    needs = lacks(view.meeting.agenda, experiment)
    return tr("lacks: {needs}", needs=", ".join(need_name(one) for one in needs)) if needs else ""


def _until(view: View, experiment: Experiment) -> str:
    return tr("until {day}", day=formats.near_day(experiment.due, view.today)) if experiment.due else ""


def _head(view: View, one: Experiment) -> tuple[Cell, ...]:
    chosen = one.id == view.selected
    who = owner_name(view, one.owner, one.owner_text)
    told = " · ".join(part for part in (who, _until(view, one)) if part)
    mark = "▸" if chosen else "✓" if one.state == "running" else " "
    return (
        Cell(f"{mark} ?", "$experiment"),
        Cell(one.title, "bold" if chosen or one.state == "running" else ""),
        Cell(told, "$muted"),
    )


def _earlier(view: View, one: OpenItem) -> tuple[Cell, ...]:
    told = (shown_owner(view, one.owner), tr("idea of {day}", day=formats.date(one.born)))
    return (
        Cell("  ?", "$experiment"),
        Cell(one.title),
        Cell(" · ".join(part for part in told if part), "$muted"),
    )


def _below(view: View, one: Experiment) -> list[Content]:
    """What it lacks; the selected one in full."""
    width = view.width - INDENT
    pairs = (
        (tr("Hypothesis"), one.hypothesis, ""),
        (tr("Change"), one.change, ""),
        (tr("Measure"), one.measure, ""),
        (tr("Expected"), one.expected, "bold"),
    )
    full = labelled(pairs, width) if one.id == view.selected else []
    return indented([*full, *_lacking_lines(view, one, width)], INDENT)


def _lacking_lines(view: View, one: Experiment, width: int) -> list[Content]:
    words = lacking(view, one)
    return said(words, "$warn", width=width) if words else []


def waiting_lessons(view: View) -> list[tuple[Lesson, int]]:
    """The lessons of the meeting that no experiment names yet, ranked, with their votes."""
    used = {lesson for one in view.meeting.minutes.experiment for lesson in one.lessons}
    every = ranked(view.meeting.minutes.lesson)
    return [(head, votes_together(head, members)) for head, members in every if head.id not in used]


def _lessons(view: View) -> list[Content]:
    lessons = waiting_lessons(view)
    if not lessons:
        return []
    how = tr("{key} makes an experiment of one", key=key_of(view, "choose"))
    lines = [blank(), row((Cell(tr("Lessons"), "bold"), Cell(f"  {how}", "$muted")), view.width)]
    rows = []
    for one, votes in lessons[:MOST_LESSONS]:
        rows.append(
            (Cell("  !", "$lesson"), Cell(one.text), Cell(f"{VOTE}{votes}" if votes else "", "$accent"))
        )
    return [*lines, *table(rows, (Column(), Column(gives=True), Column("right")), view.width)]
