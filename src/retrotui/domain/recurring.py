"""Which factors keep coming back: the one rule for home, the meeting and the insights, so that all say the same n.

Owns when a factor recurs and how often it is said to. Pure functions over uses that somebody else has read. Must not
name a person. Source: product.md, "Memory".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from retrotui.domain.minutes import Effect

FEWEST_MEETINGS = 3
"""In so many meetings a factor must have been named to be said to come back."""
LOOKS_BACK = timedelta(days=365)
"""A year: what nobody has named since then does not come back."""


class Named(NamedTuple):
    """One use of a factor that is sorted, in one meeting."""

    meeting: str
    day: date
    factor: str
    effect: Effect
    deal: str = ""
    """Empty where it was said on none."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A factor that keeps helping, or hurting. `n` counts deals: a deal that two meetings discuss counts once."""

    factor: str
    effect: Effect
    n: int
    meetings: int
    since: date
    last: date


def looked_at(today: date) -> date:
    """The first day that counts."""
    return today - LOOKS_BACK


def recurring_factors(uses: Iterable[Named], today: date) -> tuple[Recurring, ...]:
    """What came back within the year before `today`, the most deals first, hurt before helped.

    A use on no deal counts as one for its meeting.
    """
    by_factor: dict[tuple[str, Effect], list[Named]] = {}
    for use in uses:
        if looked_at(today) <= use.day <= today:
            by_factor.setdefault((use.factor, use.effect), []).append(use)
    found = [_recurring(factor, effect, named) for (factor, effect), named in by_factor.items()]
    return tuple(
        sorted(
            (one for one in found if one.meetings >= FEWEST_MEETINGS),
            key=lambda one: (-one.n, one.effect != "hurt", -one.meetings, one.factor),
        )
    )


def _recurring(factor: str, effect: Effect, named: list[Named]) -> Recurring:
    days = [use.day for use in named]
    return Recurring(
        factor,
        effect,
        n=len({("deal", use.deal) if use.deal else ("meeting", use.meeting) for use in named}),
        meetings=len({use.meeting for use in named}),
        since=min(days),
        last=max(days),
    )
