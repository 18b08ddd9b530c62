"""The page of the summary as lines.

Pure: a `View` in, lines out. Discretion is obeyed as in exports: what is hidden on the wall is hidden here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from textual.content import Content

from retrotui.domain import timebox
from retrotui.domain.closing import step_lines
from retrotui.domain.floor import deals_on_the_floor
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.naming import amount, deal_name, outcome_name, owner_name, verdict_name
from retrotui.tui.view import View
from retrotui.tui.widgets.entries import VOTE
from retrotui.tui.widgets.panels.sheet import beside

BAR = 20
BESIDE_FROM = 100
LEFT = 56
"""Columns of the times, where the rest stands beside them."""


def summary_lines(view: View, path: Path | None) -> list[Content]:
    """Planned and spent, shares, lessons, experiments, actions, verdicts, deals, parked topics, where the file lies.

    In two columns where there is room: the times, and beside them what was learned and will be done.
    """
    if view.width < BESIDE_FROM:
        return [*_times(view), *_came_of_it(view), *_file(view, path)]
    found = [*_came_of_it(replace(view, width=view.width - LEFT))]
    return [*beside([*_times(view)], found[1:], LEFT), *_file(view, path)]


def _came_of_it(view: View) -> Iterator[Content]:
    """What holds from now on first; then what it came from."""
    for part in (_learned, _tried, _judged, _looked_at, _parked):
        yield from part(view)


def _heading(words: Message) -> Content:
    return text.sentence(tr(words), "bold $accent")


def _wrapped(view: View, sign: str, words: str, tail: str = "", role: str = "ink") -> Iterator[Content]:
    """An entry with its sign; what else there is of it behind it where both fit on a line, else below it."""
    wide = min(view.width, text.MEASURE) - 4
    lines = text.wrap(words, wide)
    beside_it = tail and len(lines) == 1 and text.cells(lines[0]) + 2 + text.cells(tail) <= wide
    for place, part in enumerate(lines):
        yield text.join(
            text.mark(f"  {sign} " if place == 0 else "    ", f"bold ${role}"),
            text.plain(part),
            text.line(f"  {tail}", "$muted") if beside_it else text.mark(""),
        )
    if tail and not beside_it:
        yield text.join(text.mark("    "), text.line(tail, "$muted", width=wide))


def _times(view: View) -> Iterator[Content]:
    minutes = view.meeting.minutes
    if minutes.started and minutes.ended:
        begin, end = view.meeting.minutes.started, minutes.ended
        length = (timebox.share_spent(minutes, minutes.ended).total + 30) // 60  # as the steps below add up
        if begin is not None:
            if minutes.status == "aborted":
                yield text.sentence(tr("This meeting was aborted; what was said is kept."), "bold $warn")
            yield text.sentence(
                tr("{begin} to {end}, {n} min", begin=formats.time(begin), end=formats.time(end), n=length),
                "bold",
            )
            yield text.mark("")
    yield _heading(msg("Planned and spent, minutes"))
    yield from _steps(view)
    yield text.mark("")
    share, plan = minutes.share, timebox.share_planned(minutes)
    for key, label in (
        ("reflect", msg("Reflecting")),
        ("decide", msg("Deciding")),
        ("report", msg("Reporting")),
        ("frame", msg("Framing")),
    ):
        part = timebox.per_cent(getattr(share, key), share.total)
        meant = timebox.per_cent(getattr(plan, key), plan.total)
        filled = round(BAR * part / 100)
        yield text.join(
            text.mark("  "), text.line(text.pad(tr(label), 14)),
            text.mark("━" * filled, "$accent"), text.mark("─" * (BAR - filled), "$rule"),
            text.line(text.pad(formats.percent(part), 7, "right"), "bold"),
            text.line("  " + tr("plan {share}", share=formats.percent(meant)), "$muted"),
        )  # fmt: skip


def _steps(view: View) -> Iterator[Content]:
    """A line for each step, and what they come to. Rounded so that the minutes above a sum add up to it."""

    def line(title: str, planned: str, spent: str, style: str = "") -> Content:
        return text.join(
            text.mark("  "), text.line(text.pad(title, 24), style), text.line(text.pad(planned, 6, "right"), "$muted"),
            text.line(text.pad(spent, 6 if spent.isdigit() else 14, "right"), "bold"),
        )  # fmt: skip

    lines = step_lines(view.meeting, view.now)
    minutes = formats.whole_minutes(one.spent_s for one in lines)
    planned = 0
    for one, spent in zip(lines, minutes, strict=True):
        planned += one.planned_s or 0
        meant = "–" if one.planned_s is None else _minutes(one.planned_s)
        yield line(one.title, meant, tr("skipped") if one.skipped and not one.spent_s else str(spent))
    yield line(tr("together"), _minutes(planned), str(sum(minutes)), "$muted")


def _minutes(seconds: int) -> str:
    return formats.number(Decimal(seconds) / 60, decimals=1 if seconds % 60 else 0)


def _learned(view: View) -> Iterator[Content]:
    lessons = sorted(view.meeting.minutes.lesson, key=lambda one: -one.votes)
    if not lessons:
        return
    yield text.mark("")
    yield _heading(msg("What we learned"))
    for one in lessons:
        names = ", ".join(view.factors.label(factor, view.language) for factor in one.factors)
        votes = f"  {VOTE} {one.votes}" if one.votes else ""
        yield from _wrapped(view, "!", f"{one.text}{votes}", names, "lesson")


def _tried(view: View) -> Iterator[Content]:
    minutes = view.meeting.minutes
    running = [one for one in minutes.experiment if one.state == "running"]
    ideas = [one for one in minutes.experiment if one.state == "idea"]
    for heading, found in ((msg("What we try"), running), (msg("Ideas"), ideas)):
        if found:
            yield text.mark("")
            yield _heading(heading)
        for one in found:
            yield from _wrapped(
                view, "?", one.title, _who_until(view, one.owner, one.owner_text, one.due), "experiment"
            )
    if minutes.action:
        yield text.mark("")
        yield _heading(msg("Who does what"))
    for action in minutes.action:
        tail = _who_until(view, action.owner, action.owner_text, action.due)
        yield from _wrapped(view, ">", action.text, tail, "action")


def _who_until(view: View, owner: str, owner_text: str, due: object) -> str:
    parts = []
    if name := owner_name(view, owner, owner_text):
        parts.append(name)
    if due is not None:
        parts.append(tr(msg("until {day}", day=formats.date(due))))  # type: ignore[arg-type]
    return " · ".join(parts)


def _judged(view: View) -> Iterator[Content]:
    """What earlier meetings began and today spoke of: the verdict, or that it is carried."""
    minutes = view.meeting.minutes
    titles = {one.id: one.title for one in view.meeting.open_items}
    if not (minutes.verdict or minutes.carried):
        return
    yield text.mark("")
    yield _heading(msg("Verdicts of today"))
    for verdict in minutes.verdict:
        words = verdict_name(verdict.decision)
        if verdict.due is not None:
            words = tr("extended to {day}", day=verdict.due)
        yield from _wrapped(view, "✓", titles.get(verdict.item, verdict.item), words, verdict.kind)
    for one in minutes.carried:
        yield from _wrapped(view, "…", titles.get(one.item, one.item), tr("carried"), "warn")


def _looked_at(view: View) -> Iterator[Content]:
    """The deals of the meeting, each with its outcome and the factors that the team named, the weightiest first."""
    minutes = view.meeting.minutes
    deals = deals_on_the_floor(minutes)
    if deals:
        yield text.mark("")
        yield _heading(msg("Deals under the lens"))
    for deal in deals:
        facts = (deal_name(view, deal), amount(view, deal.amount, deal.currency), outcome_name(deal.outcome))
        yield from _wrapped(view, "·", " · ".join(fact for fact in facts if fact), "", "ink")
        for label, effect in ((msg("helped"), "helped"), (msg("hurt"), "hurt")):
            used = [one for one in minutes.factor if one.deal == deal.id and one.effect == effect]
            used.sort(key=lambda one: -one.weight)
            named = dict.fromkeys(
                view.factors.label(one.factor, view.language) if one.factor else one.text for one in used
            )
            if names := ", ".join(filter(None, named)):
                yield from _below(view, f"{tr(label)}: {names}")


def _below(view: View, words: str) -> Iterator[Content]:
    """What belongs to the line above."""
    for part in text.wrap(words, min(view.width, text.MEASURE) - 4):
        yield text.join(text.mark("    "), text.line(part, "$muted"))


def _parked(view: View) -> Iterator[Content]:
    minutes = view.meeting.minutes
    if minutes.parked:
        yield text.mark("")
        yield _heading(msg("Parked"))
        for topic in minutes.parked:
            yield from _wrapped(view, "&", topic, "", "warn")
    if minutes.next_date is not None:
        yield text.mark("")
        yield text.sentence(tr("Next meeting: {day}", day=formats.date(minutes.next_date)), "bold")


def _file(view: View, path: Path | None) -> Iterator[Content]:
    yield text.mark("")
    if path is None:
        yield text.sentence(tr("A rehearsal: nothing was saved."), "$warn")
        return
    for line in text.wrap(tr("The minutes: {path}", path=str(path)), view.width - 4):
        yield text.plain(line, "$muted")  # a long path to its end: that is where people look
