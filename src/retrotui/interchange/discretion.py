"""What a meeting wants left out, taken out: every export and every page begins here.

Owns `discreet`, which returns minutes without amounts, customers or people, as their `[discretion]` says. Must not
choose a language: the caller says what a customer without a name is called. The minutes themselves are not changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from retrotui.domain.minutes import Minutes, Table, change
from retrotui.errors import Message, msg

Say: TypeAlias = Callable[[Message], str]
T = TypeVar("T", bound=Table)

_SHORTEST_NAME = 3
"""Letters from which a word of somebody's name is taken out of what was said."""
_TEXTS = (
    "text", "title", "hypothesis", "change", "measure", "expected", "happened", "learned", "reason", "value",
    "label", "reason_raw",
)  # fmt: skip


def discreet(minutes: Minutes, say: Say) -> Minutes:
    """The minutes without what they want left out. A deal's owner is always left out.

    Names of customers and people are also taken out of what was said, as far as they are written as in the list of
    deals and participants; amounts inside a sentence are not recognised.
    """
    minutes = change(minutes, deal=tuple(change(one, owner="") for one in minutes.deal))
    hidden = minutes.discretion
    if hidden.amounts:
        minutes = change(
            minutes,
            deal=tuple(change(one, amount=None, currency="") for one in minutes.deal),
            metric=tuple(one for one in minutes.metric if one.unit != "currency"),
        )
    names: dict[str, str] = {}
    if hidden.customers:
        labels = [say(msg("Deal {number}", number=number)) for number in range(1, len(minutes.deal) + 1)]
        names |= {
            deal.account: label for deal, label in zip(minutes.deal, labels, strict=True) if deal.account
        }
        deals = (
            change(deal, account=label, title="") for deal, label in zip(minutes.deal, labels, strict=True)
        )
        minutes = change(minutes, deal=tuple(deals))
    if hidden.people:
        somebody = say(msg("somebody"))
        names |= {name: somebody for one in minutes.participant for name in _names(one.name)}
        minutes = _without_people(minutes)
    return _masked(minutes, names) if names else minutes


def _names(name: str) -> list[str]:
    """The whole name and its parts: notes say "Carla", not "Carla Weiß"."""
    return [name, *(part for part in name.split() if len(part) >= _SHORTEST_NAME)] if name else []


def _without_people(minutes: Minutes) -> Minutes:
    nobody = {"owner": "", "owner_text": ""}
    return change(
        minutes,
        facilitator="",
        participant=tuple(change(one, id="", name="", roles=()) for one in minutes.participant),
        step=tuple(change(one, person="") for one in minutes.step),
        deal=tuple(change(one, contributors=()) for one in minutes.deal),
        note=tuple(change(one, ask="") for one in minutes.note),
        action=tuple(change(one, **nobody) for one in minutes.action),
        experiment=tuple(change(one, **nobody) for one in minutes.experiment),
    )


def _masked(minutes: Minutes, names: Mapping[str, str]) -> Minutes:
    """Every text of the document with the names replaced, the longest first."""
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")

    def mask(text: str) -> str:
        return pattern.sub(lambda found: names[found[0]], text)

    def table(one: T) -> T:
        values: dict[str, Any] = {}
        for key in _TEXTS:
            text = getattr(one, key, None)
            if isinstance(text, str) and text:
                values[key] = mask(text)
        return change(one, **values) if values else one

    kinds = (
        "step", "metric", "deal", "factor", "quote", "note", "lesson", "action", "experiment", "verdict", "field",
    )  # fmt: skip
    changed: dict[str, Any] = {kind: tuple(table(one) for one in getattr(minutes, kind)) for kind in kinds}
    if minutes.worth is not None:
        remarks = tuple(mask(remark) for remark in minutes.worth.remarks)
        changed["worth"] = change(minutes.worth, remarks=remarks)
    parked = tuple(mask(topic) for topic in minutes.parked)
    return change(minutes, title=mask(minutes.title), parked=parked, **changed)
