"""Which deals were looked at: won against lost, and how long after their decision.

Owns the balance of the deals that had the floor: a team that only looks at losses learns half. No amounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from retrotui.domain.insights.causes import Deal
from retrotui.domain.insights.facts import Facts
from retrotui.domain.insights.figures import Figure, Spread, spread

OUTCOMES: Final = ("won", "lost", "no_decision", "withdrawn", "open", "")
"""The order of `LookedAt.outcomes`; "" is not known."""
DAYS: Final = (14, 30, 60, 90)
"""The last days of the brackets of `LookedAt.days`."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """`outcomes` are deals, each once; `days` those from a deal's decision to the first meeting that looked at it."""

    outcomes: tuple[Figure, ...]
    days: Spread


def looked_at(facts: Sequence[Facts], deals: Mapping[str, Deal]) -> LookedAt:
    """Both figures. `deals` are `causes.deals_of(facts)`."""
    behind: dict[str, list[int]] = {outcome: [] for outcome in OUTCOMES}
    counts = dict.fromkeys(OUTCOMES, 0)
    for deal in deals.values():
        outcome = deal.outcome if deal.outcome in counts else ""
        counts[outcome] += 1
        behind[outcome] += deal.meetings
    outcomes = tuple(
        Figure(counts[one], len(deals), tuple([facts[place].meeting for place in sorted({*behind[one]})]))
        for one in OUTCOMES
    )
    first: dict[str, tuple[int, str]] = {}
    for meeting in facts:
        for an_id, _, days, _ in meeting.looked:
            if days is not None and days >= 0 and an_id not in first:
                first[an_id] = days, meeting.meeting
    return LookedAt(outcomes, spread(first.values(), DAYS))
