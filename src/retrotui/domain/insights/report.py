"""All figures of a period in one document.

Owns which meetings count: those of the period; for what was tried, also earlier ones, in which it began. Must not ask
what day it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from retrotui.domain.insights.causes import Causes, causes, deals_of
from retrotui.domain.insights.facts import HELPED, Facts, name_words
from retrotui.domain.insights.looked import LookedAt, looked_at
from retrotui.domain.insights.room import Room, room
from retrotui.domain.insights.trials import Trials, trials
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
    facts: Iterable[Facts], today: date, *, since: date | None = None, until: date | None = None
) -> Insights:
    """The figures over these meetings, which come oldest first. Without `until`: up to `today`."""
    end = until or today
    known = [one for one in facts if one.day <= end]
    chosen = [one for one in known if since is None or one.day >= since]
    deals = deals_of(chosen)
    experiments, actions = trials(known, Period(since, max(since, end)) if since else None, end)
    return Insights(
        since,
        end,
        tuple([one.meeting for one in chosen]),
        min((one.day for one in chosen), default=None),
        max((one.day for one in chosen), default=None),
        recurring(chosen, end),
        causes(chosen, deals),
        looked_at(chosen, deals),
        experiments,
        actions,
        room(chosen),
    )


def recurring(facts: Sequence[Facts], end: date) -> tuple[Back, ...]:
    """What `domain.recurring` says of these meetings on this day, with the meetings behind it."""
    named = [use for one in facts if one.day >= first_day_of(end) for use in named_by(one)]
    behind: dict[tuple[str, str], dict[str, None]] = {}
    for use in named:
        behind.setdefault((use.factor, use.effect), {})[use.meeting] = None
    return tuple(
        Back(found, tuple(behind[found.factor, found.effect])) for found in recurring_factors(named, end)
    )


def named_by(one: Facts) -> list[Named]:
    """What one meeting named, as `recurring` counts it."""
    words = [
        (word, deal) for deal, names in zip(one.deals, one.named, strict=True) for word in name_words(names)
    ]
    words += [(word, "") for word in name_words(one.loose)]
    return [
        Named(one.meeting, one.day, word[1:], "helped" if word[0] == HELPED else "hurt", deal)
        for word, deal in words
    ]
