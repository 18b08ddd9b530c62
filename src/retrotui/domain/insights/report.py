"""All figures of a period in one document.

Owns which meetings count: those of the period; for what was tried, also earlier ones, in which it began. Must not ask
what day it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from retrotui.domain.insights.causes import Causes, causes, deals_of
from retrotui.domain.insights.columns import Columns
from retrotui.domain.insights.facts import HELPED, name_words
from retrotui.domain.insights.looked import LookedAt, looked_at
from retrotui.domain.insights.room import Room, room
from retrotui.domain.insights.trials import Trials, trials
from retrotui.domain.minutes import Effect
from retrotui.domain.period import Period
from retrotui.domain.recurring import Named, Recurring, recurring_factors
from retrotui.domain.recurring import looked_at as first_day_of


@dataclass(frozen=True, slots=True)
class Back:
    """A factor that keeps coming back, with the meetings that named it."""

    found: Recurring
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Insights:
    """The figures of the meetings from `since` to `until`, both included."""

    since: date | None
    """As it was asked for; None: from the first meeting on."""
    until: date
    meetings: tuple[str, ...]
    """The oldest first."""
    first: date | None
    """The days of the first and the last of them."""
    last: date | None
    recurring: tuple[Back, ...]
    """Within the year before `until`, as home and the meeting say it."""
    causes: Causes
    looked: LookedAt
    experiments: Trials
    actions: Trials
    room: Room


def insights(
    facts: Columns, today: date, *, since: date | None = None, until: date | None = None
) -> Insights:
    """The figures over these meetings, which come oldest first. Without `until`: up to `today`."""
    end = until or today
    known = facts.part(0, bisect_right(facts.days, end.toordinal()))
    chosen = known.part(bisect_left(known.days, since.toordinal()) if since else 0, len(known))
    deals = deals_of(chosen)
    experiments, actions = trials(known, Period(since, max(since, end)) if since else None, end)
    return Insights(
        since,
        end,
        tuple(chosen.meetings),
        date.fromordinal(chosen.days[0]) if chosen.days else None,
        date.fromordinal(chosen.days[-1]) if chosen.days else None,
        recurring(chosen, end),
        causes(chosen, deals),
        looked_at(chosen, deals),
        experiments,
        actions,
        room(chosen),
    )


def recurring(facts: Columns, end: date) -> tuple[Back, ...]:
    """What `domain.recurring` says of these meetings on this day, with the meetings behind it."""
    named = list(named_in(facts.part(bisect_left(facts.days, first_day_of(end).toordinal()), len(facts))))
    behind: dict[tuple[str, str], dict[str, None]] = {}
    for use in named:
        behind.setdefault((use.factor, use.effect), {})[use.meeting] = None
    return tuple(
        Back(found, tuple(behind[found.factor, found.effect])) for found in recurring_factors(named, end)
    )


def named_in(facts: Columns) -> Iterator[Named]:
    """What these meetings named, as `recurring` counts it, the oldest first."""
    days = [date.fromordinal(day) for day in facts.days]
    on_deals = zip(facts.deals.places, facts.named.values, map(str, facts.deals.values), strict=True)
    on_none = ((place, loose, "") for place, loose in enumerate(facts.loose) if loose)
    for place, names, deal in sorted([*on_deals, *on_none], key=itemgetter(0)):
        for word in name_words(names):
            effect: Effect = "helped" if word[0] == HELPED else "hurt"
            yield Named(facts.meetings[place], days[place], word[1:], effect, deal)
