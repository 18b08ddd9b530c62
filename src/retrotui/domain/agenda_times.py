"""How an agenda's time is laid out before the meeting begins.

Owns planned seconds (own minutes, shares, scaling, free time for open ends) and planned shares of time. Must
not know what was spent: that is the timebox's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from retrotui.domain.agenda import Agenda, CountsAs, Step


def planned_seconds(agenda: Agenda, total_minutes: int | None = None) -> dict[str, int | None]:
    """Planned seconds by step id.

    With `total_minutes`, steps in minutes are scaled in proportion to whole minutes, at least 1, so that
    together they come to their part of the new length where that is possible; a `share` is taken of the new
    length. Steps with `minutes = 0` stay at 0. Open ends share what is left evenly, and are None where
    nothing is left.
    """
    length = agenda.length if total_minutes is None else float(total_minutes)
    timed = [step for step in agenda.steps if step.share is None and step.own_minutes]
    own = [step.own_minutes or 0.0 for step in timed]
    nominal = agenda.length
    if total_minutes is not None and nominal and total_minutes != nominal:
        own = [float(minutes) for minutes in scaled([each * total_minutes / nominal for each in own])]
    planned: dict[str, int | None] = {step.id: None for step in agenda.steps}
    planned |= {step.id: 0 for step in agenda.steps if step.is_preread}
    planned |= {step.id: max(1, round(minutes * 60)) for step, minutes in zip(timed, own, strict=True)}
    if length is not None:
        planned |= _by_share(agenda.steps, length)
        free = round(length * 60) - sum(seconds or 0 for seconds in planned.values())
        open_ends = [step.id for step in agenda.steps if step.is_open_end]
        planned |= dict(_spread(open_ends, free))
    return planned


def shares(agenda: Agenda) -> dict[CountsAs, float]:
    """Planned share of the time, 0 to 1. Of an agenda in shares without a length 100 minutes are taken."""
    by_share = agenda.length is None and any(step.share is not None for step in agenda.steps)
    planned = agenda.planned_seconds(100 if by_share else None)
    total = sum(seconds or 0 for seconds in planned.values())
    sums = dict.fromkeys(CountsAs, 0.0)
    for step in agenda.steps:
        sums[step.counts] += planned[step.id] or 0
    return {counts: seconds / total if total else 0.0 for counts, seconds in sums.items()}


def scaled(exact: Sequence[float]) -> list[int]:
    """Whole minutes, at least 1 each, in proportion: together the rounded sum of `exact` where that leaves 1
    for each.

    What rounding leaves over goes to the largest remainders; what the minimum of 1 takes comes from the
    steps that are furthest above their exact value.
    """
    whole = [max(1, math.floor(minutes + 1e-9)) for minutes in exact]
    target = max(len(whole), math.floor(sum(exact) + 0.5))
    while sum(whole) < target:
        index = max(range(len(whole)), key=lambda i: (exact[i] - whole[i], -i))
        whole[index] += 1
    while sum(whole) > target:
        above_one = [i for i in range(len(whole)) if whole[i] > 1]
        index = max(above_one, key=lambda i: (whole[i] - exact[i], whole[i], -i))
        whole[index] -= 1
    return whole


def _by_share(steps: Sequence[Step], length: float) -> dict[str, int | None]:
    """Seconds of the steps with a `share`; rounded along the running sum, so that shares of 100 give the
    length."""
    chosen = [step for step in steps if step.share is not None]
    ends = [round(sum_ * length * 0.6) for sum_ in accumulate(step.share or 0.0 for step in chosen)]
    return {step.id: end - start for step, start, end in zip(chosen, [0, *ends], ends, strict=False)}


def _spread(step_ids: Sequence[str], free: int) -> list[tuple[str, int]]:
    """`free` seconds shared evenly, earlier steps taking the odd ones; nothing where there is no free
    time."""
    if not step_ids or free < len(step_ids):
        return []
    each, odd = divmod(free, len(step_ids))
    return [(step_id, each + (1 if index < odd else 0)) for index, step_id in enumerate(step_ids)]
