"""The insights as one JSON document.

Owns its keys; scripts stand on them. A figure is always `{"value", "n", "few", "meetings"}`, with its share beside it
where one is meant; shares have four places. Must not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from retrotui.domain.factors import FactorList
from retrotui.domain.insights.facts import KINDS_OF_TIME, SOURCES
from retrotui.domain.insights.figures import FEW, Figure, Spread, Votes
from retrotui.domain.insights.looked import OUTCOMES
from retrotui.domain.insights.report import Back, Insights
from retrotui.domain.insights.room import TimeOf
from retrotui.domain.insights.trials import DECISIONS, Kind, Trials


def document(found: Insights, factors: FactorList) -> dict[str, Any]:
    """All figures. Times are seconds; days are whole."""
    return {
        "from": _day(found.since),
        "to": found.until.isoformat(),
        "few_under": FEW,
        "meetings": {
            "n": len(found.meetings), "first": _day(found.first), "last": _day(found.last),
            "ids": list(found.meetings),
        },
        "recurring": [_back(one) for one in found.recurring],
        "factors": [
            {
                "factor": one.factor, "control": factors.control(one.factor), "helped": _figure(one.helped),
                "hurt": _figure(one.hurt), "buyer": _share(one.buyer),
            }
            for one in found.causes.factors
        ],
        "sources": {
            source or "not_said": _share(one)
            for source, one in zip(SOURCES, found.causes.sources, strict=True)
        },
        "win_rate": {
            "of_looked_at": _share(found.causes.won),
            "factors": [
                {"factor": one.factor, "with": _share(one.having), "without": _share(one.without)}
                for one in found.causes.rates
            ],
        },
        "deals": {
            "outcomes": {
                outcome or "unknown": _share(one)
                for outcome, one in zip(OUTCOMES, found.looked.outcomes, strict=True)
            },
            "days_to_review": _spread(found.looked.days),
        },
        "experiments": _trials(found.experiments, "x"),
        "actions": _trials(found.actions, "a"),
        "time": _time_of_all(found),
        "functions": [
            {"function": function, **_share(one)} for function, one in found.room.functions
        ],
        "safety": _votes(found.room.safety),
        "worth": _votes(found.room.worth),
    }  # fmt: skip


def _back(one: Back) -> dict[str, Any]:
    known = one.found
    return {
        "factor": known.factor, "effect": known.effect, "n": known.n, "since": known.since.isoformat(),
        "last": known.last.isoformat(), "few": known.n < FEW, "meetings": list(one.meetings),
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _figure(one: Figure) -> dict[str, Any]:
    return {"value": one.value, "n": one.n, "few": one.few, "meetings": list(one.meetings)}


def _share(one: Figure) -> dict[str, Any]:
    share = one.share
    return {"share": None if share is None else round(share, 4), **_figure(one)}


def _spread(one: Spread) -> dict[str, Any]:
    return {
        "median": one.median,
        **_figure(one.whole),
        "brackets": [{"from": each.low, "to": each.high, **_figure(each.figure)} for each in one.brackets],
    }


def _votes(one: Votes) -> dict[str, Any]:
    return {
        "mean": None if one.mean is None else round(one.mean, 4),
        **_figure(one.whole),
        "counts": {str(value): _figure(each) for value, each in enumerate(one.counts, 1)},
    }


def _trials(one: Trials, kind: Kind) -> dict[str, Any]:
    """Of an action it is only known in the next meeting that it was done: whether by its date nobody can say."""
    by_date = {
        "by_date": _share(one.by_date),
        "late": _share(one.late),
        "without_verdict": _share(one.unjudged),
    }
    return {
        **(by_date if kind == "x" else {}),
        "verdicts": {
            decision: _share(each) for decision, each in zip(DECISIONS[kind], one.verdicts, strict=True)
        },
        "extended": _share(one.extended),
        "days_to_verdict": _spread(one.days),
        "carried_by_age": _spread(one.carried),
        "carried_twice": _share(one.often),
    }


def _time_of_all(found: Insights) -> dict[str, Any]:
    room = found.room
    return {
        **_time(room.time),
        "longer_than_planned": _share(room.over),
        "caps_hit": _share(room.caps),
        "months": [{"month": f"{one.first:%Y-%m}", **_time(one.time)} for one in room.months],
        "by_meeting": [
            {
                "meeting": one.meeting,
                "date": date.fromordinal(one.day).isoformat(),
                "planned": _kinds(one.planned),
                "spent": _kinds(one.spent),
                "caps_hit": one.caps_hit,
                "caps": one.caps,
            }
            for one in room.time.held
        ],
    }


def _time(one: TimeOf) -> dict[str, Any]:
    return {
        "planned": _kinds(one.planned),
        "spent": _kinds(one.spent),
        "n": one.n,
        "few": one.few,
        "meetings": list(one.meetings),
    }


def _kinds(seconds: Sequence[int]) -> dict[str, int]:
    return dict(zip(KINDS_OF_TIME, seconds, strict=True))
