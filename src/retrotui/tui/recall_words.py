"""How memory reads: a lesson that comes back, an earlier talk in one line, a lineage as a small tree.

Owns these sentences, for panels, lists and reading pages alike. What is hidden today stays hidden. Must not look
anything up, and must not draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from retrotui.domain.experiments import Extension, Stage
from retrotui.domain.memory import Learned, Talked
from retrotui.domain.minutes import FactorUse, Minutes
from retrotui.domain.recurring import Recurring
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui.naming import outcome_name, times, verdict_name
from retrotui.tui.view import View

SIGNS = {"helped": "+", "hurt": "−"}
MOST_FACTORS = 3
JUDGED: dict[str, Message] = {
    "keep": msg("kept {day}"),
    "adapt": msg("adapted {day}"),
    "drop": msg("dropped {day}"),
}


# -- lessons ---------------------------------------------------------------------------------------------


def comes_back(learned: Learned | None) -> str:
    """`comes back: for the third time since March 2026, no experiment yet`; nothing for a lesson that is new."""
    if learned is None:
        return ""
    again, since = times(learned.times + 1), formats.month(learned.since)
    if learned.tried:
        return tr("comes back: {times} since {month}", times=again, month=since)
    return tr("comes back: {times} since {month}, no experiment yet", times=again, month=since)


# -- factors ---------------------------------------------------------------------------------------------


def recurs(label: str, one: Recurring) -> str:
    """`Price hurt on 6 deals, in 5 meetings since March 2026`: the same words, and the same n, wherever it is named."""
    where = {"n": one.n, "meetings": one.meetings, "month": formats.month(one.since), "factor": label}
    if one.effect == "hurt":
        return tr(
            plural(
                "{factor} hurt on one deal, in {meetings} meetings since {month}",
                "{factor} hurt on {n} deals, in {meetings} meetings since {month}",
                one.n,
            ),
            **where,
        )
    return tr(
        plural(
            "{factor} helped on one deal, in {meetings} meetings since {month}",
            "{factor} helped on {n} deals, in {meetings} meetings since {month}",
            one.n,
        ),
        **where,
    )


def recurring(view: View, uses: Iterable[FactorUse]) -> list[str]:
    """What of these uses keeps coming back, each factor once, the most often named first."""
    named = {(use.factor, use.effect) for use in uses}
    return [
        recurs(view.factors.label(one.factor, view.language), one)
        for one in view.memory.recurring
        if (one.factor, one.effect) in named
    ]


def said_again(view: View, before: Minutes) -> list[str]:
    """What is to be said of the factors that were taken down since `before`, where they keep coming back."""
    old = {use.id for use in before.factor}
    return recurring(view, (use for use in view.meeting.minutes.factor if use.id not in old))


# -- customers -------------------------------------------------------------------------------------------


def talk(view: View, one: Talked, *, with_day: bool = True) -> str:
    """`26 Oct 2026: lost · − Price, + References · what was learned`: an earlier talk in one line."""
    hidden = view.meeting.minutes.discretion.customers
    factors = ", ".join(
        f"{SIGNS.get(effect, '')} {view.factors.label(factor, view.language)}".strip()
        for effect, factor in one.factors[:MOST_FACTORS]
    )
    parts = (outcome_name(one.outcome), factors, "" if hidden else one.said)
    words = " · ".join(part for part in parts if part)
    if not with_day:
        return words
    day = formats.date(one.day)
    return f"{day}: {words}" if words else day


def likely(view: View, like: Iterable[Talked]) -> str:
    """`Mueller Gmbh (26 Oct 2026)?`: other spellings that may mean the same, each with its newest day."""
    if view.meeting.minutes.discretion.customers:
        return ""
    newest: dict[str, date] = {}
    for one in like:
        newest.setdefault(one.account, one.day)
    return ", ".join(
        tr("{account} ({day})?", account=account, day=formats.date(day)) for account, day in newest.items()
    )


# -- lineages --------------------------------------------------------------------------------------------


def branch(stage: Stage) -> str:
    """What stands before a stage of a lineage, by its depth."""
    return f"{'   ' * (stage.depth - 1)}└─ " if stage.depth else ""


def standing(stage: Stage) -> str:
    """`begun 12 Mar 2026, adapted 14 Apr 2026`; or until when it runs, or that it is an idea."""
    begun = tr("begun {day}", day=formats.date(stage.begun))
    if stage.decision is not None and stage.judged is not None:
        words = JUDGED.get(stage.decision)
        day = formats.date(stage.judged)
        return f"{begun}, {tr(words, day=day) if words else f'{verdict_name(stage.decision)} {day}'}"
    if stage.experiment.state == "idea":
        return tr("idea of {day}", day=formats.date(stage.begun))
    due = stage.extended[-1].until if stage.extended else stage.experiment.due
    return f"{begun}, {tr('runs until {day}', day=formats.date(due))}" if due else begun


def adapted_from(stages: Sequence[Stage], experiment: str) -> str:
    """`adapted from “…” of 12 Mar 2026`: what an experiment began as; nothing for one that is the first."""
    if not stages or stages[0].experiment.id == experiment:
        return ""
    first = stages[0]
    return tr("adapted from “{title}” of {day}", title=first.experiment.title, day=first.begun)


def extension(one: Extension) -> str:
    """`extended to 20 Nov 2026: too few offers`."""
    until = formats.date(one.until) if one.until else "–"
    words = tr("extended to {day}", day=until)
    return f"{words}: {one.reason}" if one.reason else words


def lineage_page(stages: Iterable[Stage]) -> str:
    """A lineage to be read: each experiment with what was believed, what happened and what was learned."""
    return "\n\n".join("\n".join(_told(one)) for one in stages) + "\n"


def _told(stage: Stage) -> Iterator[str]:
    experiment, before = stage.experiment, "   " * stage.depth
    yield f"{branch(stage)}{experiment.title}"
    yield f"{before}{standing(stage)}"
    for words, value in (
        (msg("Hypothesis"), experiment.hypothesis),
        (msg("Change"), experiment.change),
        (msg("Measure"), experiment.measure),
        (msg("Expected"), experiment.expected),
        (msg("Happened"), stage.happened),
        (msg("Learned"), stage.learned),
    ):
        if value:
            yield f"{before}{tr(words)}: {value}"
    for one in stage.extended:
        yield f"{before}{formats.date(one.day)}: {extension(one)}"
    if stage.carried:
        yield f"{before}{tr('carried {times}', times=times(stage.carried))}"
