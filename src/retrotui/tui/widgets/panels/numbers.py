"""`numbers`: up to five figures against their targets, with the last meetings' values as a small curve.

Owns how a figure, its deviation and its curve read. Must not read an import: figures come from the minutes.
Source: meeting.md, `numbers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from textual.content import Content

from retrotui.domain.minutes import Metric
from retrotui.errors import plural
from retrotui.locale import formats, tr
from retrotui.tui.naming import deal_name_of, key_of
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.memory import memory_of
from retrotui.tui.widgets.panels.sheet import EMPTY, Cell, Column, Sheet, indented, row, said, table

STEPS = "▁▂▃▄▅▆▇█"
CURVE = 8
"""How many values a curve shows at most, today's among them."""
FEWEST_CASES = 5
"""A rate on fewer cases says so (product.md, "What it will not do")."""
HIDDEN = "•••"


def sheet(view: View) -> Sheet:
    """The table of figures, and to which deal the surprising one sends us."""
    metrics = view.meeting.minutes.metric
    if not metrics:
        return _nothing_typed(view)
    head = (
        EMPTY,
        EMPTY,
        Cell(tr("Actual"), "$muted"),
        Cell(tr("Target"), "$muted"),
        Cell(tr("vs. target"), "$muted"),
        EMPTY,
        EMPTY,
    )
    columns = (
        Column(),
        Column(gives=True, least=24),
        Column("right"),
        Column("right"),
        Column(),
        Column(leaves=2),
        Column(leaves=1),
    )
    lines = table([head, *(_row(view, one) for one in metrics)], columns, view.width)
    for one in metrics:
        lines += [*_surprise(view, one), *_few_cases(view, one)]
    return Sheet(tuple(lines))


def _nothing_typed(view: View) -> Sheet:
    # the sample is what can be typed in the meeting's language, so the catalogue holds it as one sentence
    how = tr(
        "Type a figure: Revenue 480/520 T€, or {key} for figures of the pipeline.", key=key_of(view, "choose")
    )
    return Sheet(
        (
            *said(tr("No figures yet."), width=view.width),
            *said(how, "$muted", width=view.width),
            *said(tr("A < at the end means that less is better."), "$muted", width=view.width),
        )
    )


def _row(view: View, metric: Metric) -> tuple[Cell, ...]:
    few = metric.n is not None and metric.n < FEWEST_CASES
    name = "bold" if metric.surprise or metric.id == view.selected else ""
    words, role = deviation(metric)
    return (
        Cell(("▸" if metric.id == view.selected else " ") + ("★" if metric.surprise else " "), "$accent"),
        Cell(metric.label or metric.id, name),
        Cell(figure(view, metric, metric.actual), "$muted" if few else "bold"),
        Cell(figure(view, metric, metric.target)),
        Cell(words, "$muted" if few else role),
        Cell(curve(view, metric), "$accent"),
        _cases(metric),
    )


def _cases(metric: Metric) -> Cell:
    return Cell(f"n = {metric.n}" if metric.n is not None else "", "$muted")


def _few_cases(view: View, metric: Metric) -> list[Content]:
    """Said in a line of its own: the column may have to leave, this may not."""
    if metric.n is None or metric.n >= FEWEST_CASES:
        return []
    words = tr(
        plural(
            "{figure} stands on only {n} case",
            "{figure} stands on only {n} cases",
            metric.n,
            figure=metric.label or metric.id,
        )
    )
    return said(words, "$warn", width=view.width)


def _surprise(view: View, metric: Metric) -> list[Content]:
    """What surprises, and where it sends us."""
    leads = deal_name_of(view, metric.deal)
    if not (metric.surprise or leads):
        return []
    name = metric.label or metric.id
    if metric.surprise and leads:
        words = tr("{figure} surprises us and leads to {deal}", figure=name, deal=leads)
    elif leads:
        words = tr("{figure} leads to {deal}", figure=name, deal=leads)
    else:
        words = tr(
            "{figure} surprises us. Which deal does it lead to? {key}",
            figure=name,
            key=key_of(view, "choose"),
        )
    first, *rest = said(words, width=view.width - 3)
    return [
        row((Cell("★  " if metric.surprise else "→  ", "$accent"), Cell(first.plain)), view.width),
        *indented(rest, 3),
    ]


# -- figures ---------------------------------------------------------------------------------------------


def exact(value: str) -> Decimal | None:
    """The number of a decimal string; None for nothing, and for what a file has wrong."""
    try:
        found = Decimal(value) if value else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def figure(view: View, metric: Metric, value: str) -> str:
    """One value with its unit. Amounts that are hidden stay hidden here too."""
    number = exact(value)
    if number is None:
        return value
    match metric.unit:
        case "currency":
            if view.meeting.minutes.discretion.amounts:
                return HIDDEN
            return formats.money(value, metric.currency or view.meeting.minutes.currency)
        case "percent":
            return formats.percent(value, decimals=0 if number == number.to_integral_value() else 1)
        case "days":
            return tr(plural("{n} day", "{n} days", 1 if number == 1 else 2), n=formats.number(value))
        case _:
            return formats.number(value)


def deviation(metric: Metric) -> tuple[str, str]:
    """How far the actual value is from its target, in words, and the style: better or worse by the figure's direction.

    In per cent of the target; for a percentage in points; where the target is zero, as a number.
    """
    actual, target = exact(metric.actual), exact(metric.target)
    if actual is None or target is None:
        return "", ""
    if actual == target:
        return tr("on target"), "$helped"
    is_better = (actual > target) == (metric.better == "higher")
    style = "$helped" if is_better else "$hurt"
    apart = abs(actual - target)
    if metric.unit == "percent":
        points = formats.number(_short(apart))
        return (
            tr("{points} pts better", points=points) if is_better else tr("{points} pts worse", points=points)
        ), style
    if target == 0:
        number = formats.number(_short(apart))
        return (
            tr("by {number} better", number=number) if is_better else tr("by {number} worse", number=number)
        ), style
    part = apart / abs(target) * 100
    told = formats.percent(part, decimals=0 if part >= 1 else 1)
    return tr("{part} better", part=told) if is_better else tr("{part} worse", part=told), style


def _short(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))


def curve(view: View, metric: Metric) -> str:
    """The same figure of the last meetings, oldest first, and today's; nothing under two values."""
    values = [value for one in reversed(_before(view, metric)) if (value := exact(one.actual)) is not None]
    if not values and (before := exact(metric.previous)) is not None:
        values.append(before)
    if (today := exact(metric.actual)) is not None:
        values.append(today)
    return drawn_curve(values[-CURVE:])


def _before(view: View, metric: Metric) -> list[Metric]:
    """The same figure in the last meetings that had it, newest first."""
    return [
        one
        for meeting_id, one in memory_of(view).metrics.get(metric.id, ())
        if (one.unit, one.currency) == (metric.unit, metric.currency)
        and meeting_id != view.meeting.minutes.id
    ][:CURVE]


def drawn_curve(values: Sequence[Decimal]) -> str:
    """A block for each value, the lowest at the bottom; nothing under two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    if low == high:
        return STEPS[3] * len(values)
    return "".join(STEPS[int((value - low) / (high - low) * (len(STEPS) - 1))] for value in values)
