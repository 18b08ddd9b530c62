"""Which deals were looked at: won against lost, and how long after their decision.

Owns the balance of the deals that had the floor: a team that only looks at losses learns half. No amounts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from retrotui.domain.insights.causes import Deals, decided
from retrotui.domain.insights.columns import Columns
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


def looked_at(facts: Columns, deals: Deals) -> LookedAt:
    """Both figures. `deals` are `causes.deals_of(facts)`."""
    counts = Counter(outcome if outcome in OUTCOMES else "" for outcome in deals.outcomes)
    n = len(deals.outcomes)

    def figure(wanted: str) -> Figure:
        meant = (
            {wanted} if wanted else {outcome for outcome in deals.outcomes if outcome not in OUTCOMES} | {""}
        )
        return Figure(
            counts[wanted],
            n,
            lambda: [
                facts.meetings[place] for place, outcome, _ in decided(facts, deals) if outcome in meant
            ],
        )

    ids, days = facts.deals.values, facts.days_since.values
    # backwards, so that of a deal that several meetings looked at the first stays
    first = dict(zip(reversed(ids), reversed(days), strict=True))

    def cases() -> list[tuple[int, str]]:
        looks = list(zip(days, facts.deals.places, strict=True))
        found = dict(zip(reversed(ids), reversed(looks), strict=True))
        return [(since, facts.meetings[place]) for since, place in reversed(found.values()) if since >= 0]

    return LookedAt(
        tuple(figure(one) for one in OUTCOMES),
        spread([since for since in first.values() if since >= 0], DAYS, cases),
    )
