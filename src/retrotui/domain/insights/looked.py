"""Which deals were looked at: won against lost, and how long after their decision.

Owns the balance of the deals that had the floor: a team that only looks at losses learns half. No amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from retrotui.domain.insights.causes import Deals, decided_in
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


def looked_at(facts: Sequence[Facts], deals: Deals) -> LookedAt:
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
                one.meeting for one in facts if any(outcome in meant for outcome, _ in decided_in(one, deals))
            ],
        )

    ids = list(chain.from_iterable(one.deals for one in facts))
    days = list(chain.from_iterable(one.days for one in facts))
    # backwards, so that of a deal that several meetings looked at the first stays
    first = dict(zip(reversed(ids), reversed(days), strict=True))

    def cases() -> list[tuple[int, str]]:
        meetings = chain.from_iterable([one.meeting] * len(one.deals) for one in facts)
        found = dict(zip(reversed(ids), reversed(list(zip(days, meetings, strict=True))), strict=True))
        return [
            (days, meeting) for days, meeting in reversed(found.values()) if days is not None and days >= 0
        ]

    return LookedAt(
        tuple(figure(one) for one in OUTCOMES),
        spread([one for one in first.values() if one is not None and one >= 0], DAYS, cases),
    )
