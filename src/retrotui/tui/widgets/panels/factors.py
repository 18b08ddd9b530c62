"""`factors`: what helped against what hurt, side by side, by who controls it.

Owns the adding up of factor uses for the wall; in a quarterly review over all meetings of the period. Says on how many
uses each stands, and greys what stands on fewer than five. Source: meeting.md, `factors`; product.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from retrotui.domain.minutes import Effect, FactorUse, Minutes
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui import recall_words
from retrotui.tui.naming import control_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import (
    Cell,
    Column,
    Sheet,
    bar,
    beside,
    blank,
    row,
    said,
    table,
)

FEWEST_USES = 5
"""Fewer uses than this are no pattern: greyed."""
BESIDE_FROM = 56
WIDEST_BAR = 10
MOST_RECURRING = 3
CONTROL_ORDER = ("ours", "shared", "outside", "")


@dataclass(frozen=True, slots=True)
class Counted:
    """One factor on one side: how often it was used, and with which weight in all."""

    factor: str
    uses: int
    weight: int


def sheet(view: View) -> Sheet:
    """Both sides, and how much of it rests on the buyer's word or a document."""
    uses = uses_at_hand(view)
    if not uses:
        return Sheet(
            (
                *said(tr("No factors yet."), width=view.width),
                *said(
                    tr("+ is what helped, - what hurt: - price came late #price *2"),
                    "$muted",
                    width=view.width,
                ),
            )
        )
    wide = view.width >= BESIDE_FROM
    half = view.width // 2
    most = max(one.weight for effect in ("helped", "hurt") for one in counted(uses, effect)) or 1
    helped = _side(view, uses, "helped", most, half - 3 if wide else view.width)
    hurt = _side(view, uses, "hurt", most, view.width - half if wide else view.width)
    lines = beside(helped, hurt, half) if wide else [*helped, blank(), *hurt]
    return Sheet((_where_from(view, uses), *lines, *_comes_back(view, uses), *_backed(uses, view.width)))


def uses_at_hand(view: View) -> tuple[FactorUse, ...]:
    """Today's factor uses; in a quarterly review those of all meetings of the period as well."""
    earlier = (use for minutes in meetings_of_period(view) for use in minutes.factor)
    return (*earlier, *view.meeting.minutes.factor)


def meetings_of_period(view: View) -> tuple[Minutes, ...]:
    """The earlier meetings held in the period of a quarterly review; none in any other."""
    period = view.meeting.minutes.period
    if view.meeting.agenda.period != "quarter" or period is None:
        return ()
    return tuple(
        one
        for one in view.past
        if one.status != "aborted"
        and one.id != view.meeting.minutes.id
        and period.since <= one.date <= period.until
    )


def counted(uses: Iterable[FactorUse], effect: str) -> list[Counted]:
    """The factors of one side, the heaviest first; what is unsorted counts as one, at the end."""
    sums: dict[str, tuple[int, int]] = {}
    for use in uses:
        if use.effect == effect:
            n, weight = sums.get(use.factor, (0, 0))
            sums[use.factor] = (n + 1, weight + use.weight)
    found = [Counted(factor, n, weight) for factor, (n, weight) in sums.items()]
    return sorted(found, key=lambda one: (not one.factor, -one.weight, -one.uses, one.factor))


def _where_from(view: View, uses: tuple[FactorUse, ...]) -> Content:
    words = tr(plural("{n} use", "{n} uses", len(uses)))
    meetings, period = meetings_of_period(view), view.meeting.minutes.period
    if meetings and period:
        span = formats.period(period.since, period.until)
        more = tr(plural("{n} meeting of {period}, and today", "{n} meetings of {period}, and today", len(meetings),
                         period=span))  # fmt: skip
        words = f"{words} · {more}"
    few = tr(
        plural(
            "fewer than {n} is grey: no pattern yet", "fewer than {n} are grey: no pattern yet", FEWEST_USES
        )
    )
    return row((Cell(words), Cell(f" · {few}", "$muted")), view.width)


def _side(view: View, uses: tuple[FactorUse, ...], effect: Effect, most: int, width: int) -> list[Content]:
    """One side: a heading with its number of uses, then the factors by who controls them."""
    found = counted(uses, effect)
    name = tr("helped") if effect == "helped" else tr("hurt")
    sign = "+" if effect == "helped" else "−"
    n = sum(one.uses for one in found)
    lines = [row((Cell(f"{sign} {name}", f"bold ${effect}"), Cell(f"  n = {n}", "$muted")), width)]
    if not found:
        return [*lines, row((Cell(tr("nothing yet"), "$muted"),), width)]
    rows: list[tuple[Cell, ...]] = []
    heads: dict[int, str] = {}
    for control in CONTROL_ORDER:
        group = [one for one in found if (view.factors.control(one.factor) or "") == control]
        if group and any(one.factor for one in group):
            heads[len(rows)] = control_name(control) if control else tr("other")
        rows += [_factor_row(view, one, effect, most, width) for one in group]
    drawn = table(rows, (Column(gives=True), Column(), Column("right")), width)
    for at, line in enumerate(drawn):
        if at in heads:
            lines.append(row((Cell(heads[at], "$muted italic"),), width))
        lines.append(line)
    return lines


def _factor_row(view: View, one: Counted, effect: Effect, most: int, width: int) -> tuple[Cell, ...]:
    few = one.uses < FEWEST_USES
    name = view.factors.label(one.factor, view.language) if one.factor else tr("unsorted")
    room = max(3, min(WIDEST_BAR, width // 4))
    return (
        Cell(f"  {name}", "$muted" if few else ""),
        Cell(bar(one.weight / most, min(room, most)), "$muted" if few else f"${effect}"),
        Cell(str(one.uses), "$muted" if few else "bold"),
    )


def _comes_back(view: View, uses: Iterable[FactorUse]) -> list[Content]:
    """What of it earlier meetings named as well, over and over."""
    found = recall_words.recurring(view, uses)[:MOST_RECURRING]
    return [blank(), *(row((Cell(words, "$warn"),), view.width) for words in found)] if found else []


def _backed(uses: tuple[FactorUse, ...], width: int) -> list[Content]:
    """What rests on more than our opinion."""
    backed = sum(1 for use in uses if use.source in ("buyer", "document"))
    words = tr("{n} of {total} by the buyer's word or a document", n=backed, total=len(uses))
    return [blank(), *said(words, "$muted", width=width)]
