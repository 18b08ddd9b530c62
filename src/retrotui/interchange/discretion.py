"""What a meeting wants left out, taken out: every export and every page begins here.

Owns `discreet`, which returns minutes without amounts, customers or people, as their `[discretion]` says, and
`masking`, which does the same to a single text. Must not choose a language: the caller says what a customer without a
name is called. The minutes themselves are not changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

from retrotui.domain import functions
from retrotui.domain.minutes import Action, Experiment, Minutes, Table, change
from retrotui.domain.names import Mention, Name, parts_of, replaced
from retrotui.domain.text import fold
from retrotui.errors import Message, msg

Say: TypeAlias = Callable[[Message], str]
Mask: TypeAlias = Callable[[str], str]
T = TypeVar("T", bound=Table)

_SHORTEST_NAME = 3
"""Letters from which a word of somebody's name is taken out of what was said."""
_TEXTS = (
    "text", "title", "hypothesis", "change", "measure", "expected", "happened", "learned", "reason", "value",
    "label", "reason_raw", "stage", "function", "ask", "owner_text", "contributors", "competitors",
)  # fmt: skip
_KINDS = (
    "participant", "step", "metric", "deal", "factor", "quote", "note", "lesson", "action", "experiment", "verdict",
    "field",
)  # fmt: skip


def discreet(
    minutes: Minutes, say: Say, *, people: Iterable[str] = (), customers: Iterable[str] = ()
) -> Minutes:
    """The minutes without what they want left out. A deal's owner is always left out.

    Names of customers and people are also taken out of what was said, as far as they are written as in the list of
    deals and participants; amounts inside a sentence are not recognised. `people` and `customers` are names that are
    known from elsewhere: they are taken out where people, or customers, are.
    """
    hidden = minutes.discretion
    mask = masking(minutes, say, people=people, customers=customers)
    minutes = change(minutes, deal=tuple(change(one, owner="") for one in minutes.deal))
    if hidden.amounts:
        minutes = change(
            minutes,
            deal=tuple(change(one, amount=None, currency="") for one in minutes.deal),
            metric=tuple(one for one in minutes.metric if one.unit != "currency"),
        )
    if hidden.customers:
        deals = (
            change(deal, account=_stand_in(number, say), title="")
            for number, deal in enumerate(minutes.deal, 1)
        )
        minutes = change(minutes, deal=tuple(deals))
    if hidden.people:
        minutes = _without_people(minutes)
    return _masked(minutes, mask) if hidden.customers or hidden.people else minutes


def masking(minutes: Minutes, say: Say, *, people: Iterable[str] = (), customers: Iterable[str] = ()) -> Mask:
    """What takes the names that these minutes hide out of a text; the arguments are those of `discreet`."""
    names: dict[str, str] = {}
    whole: tuple[Name, ...] = ()
    somebody = say(msg("somebody"))
    if minutes.discretion.people:
        everybody = dict.fromkeys((*_people_of(minutes), *people))
        whole = tuple(Name((name,)) for name in everybody if len(parts_of(name)) > 1)
        for name in everybody:
            names |= dict.fromkeys(_spellings(name), somebody)
            names |= {f"{part}s": f"{somebody}s" for part in _spellings(name)}
    if minutes.discretion.customers:
        names |= {name: say(msg("a customer")) for name in customers if name}
        names |= {
            deal.account: _stand_in(number, say)
            for number, deal in enumerate(minutes.deal, 1)
            if deal.account
        }
    if not names:
        return lambda text: text
    ordered = sorted(names, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")

    def mask(text: str) -> str:
        """First whole names in any spelling, then what is written as in the lists."""
        for name in whole:
            if mentions := _wholly(name, text):
                text = replaced(text, mentions, somebody, capital=False)
        return pattern.sub(lambda found: names[found[0]], text)

    return mask


def unnaming(minutes: Minutes, say: Say, *, people: Iterable[str] = ()) -> Mask:
    """What takes names out of an id, such as that of an agenda for two: "2026-11-23-jour-fixe-carla"."""
    if not minutes.discretion.people:
        return lambda an_id: an_id
    mask, somebody = masking(minutes, say, people=people), fold(say(msg("somebody")))
    everybody = tuple(name for name in (*_people_of(minutes), *people) if name)
    first = {part for part in Name(everybody).first if len(part) >= _SHORTEST_NAME}
    return lambda an_id: "-".join(somebody if part in first else part for part in mask(an_id).split("-"))


def _wholly(name: Name, text: str) -> list[Mention]:
    return [one for one in name.mentions(text) if one.kind == "whole"]


def _stand_in(number: int, say: Say) -> str:
    return say(msg("Deal {number}", number=number))


def _spellings(name: str) -> list[str]:
    """The whole name and its parts: notes say "Carla", not "Carla Weiß"."""
    return [name, *(part for part in name.split() if len(part) >= _SHORTEST_NAME)] if name else []


def _people_of(minutes: Minutes) -> Iterator[str]:
    """Everybody whom the minutes name: who was there, who owns something, who is to be asked, the CRM's sellers.

    What somebody typed for an owner may be "sales" or "all of us": only what begins like a name is taken for one.
    """
    for person in minutes.participant:
        yield from (person.name, person.id if "-" in person.id and person.name else "")
    entries: tuple[Action | Experiment, ...] = (*minutes.action, *minutes.experiment)
    said = [one.owner_text for one in entries] + [one.owner for one in entries]
    said += [one.ask for one in minutes.note] + [one.person for one in minutes.step] + [minutes.facilitator]
    for deal in minutes.deal:
        yield deal.owner
        # "Technik: Ola" or "Ola Novak"; a single word may be what they contributed
        said += [each.rpartition(":")[2].strip() for each in deal.contributors if {":", " "} & set(each)]
    ids = {one.id for one in minutes.participant}
    for words in said:
        if words and words not in ids and words[0].isupper() and functions.find(words) is None:
            yield words


def _without_people(minutes: Minutes) -> Minutes:
    nobody = {"owner": "", "owner_text": ""}
    return change(
        minutes,
        facilitator="",
        participant=tuple(change(one, id="", name="", roles=()) for one in minutes.participant),
        step=tuple(change(one, person="", held=()) for one in minutes.step),
        deal=tuple(change(one, contributors=()) for one in minutes.deal),
        note=tuple(change(one, ask="") for one in minutes.note),
        action=tuple(change(one, **nobody) for one in minutes.action),
        experiment=tuple(change(one, **nobody) for one in minutes.experiment),
    )


def _masked(minutes: Minutes, mask: Mask) -> Minutes:
    """Every text of the document with the names replaced, the longest first."""

    def table(one: T) -> T:
        values: dict[str, Any] = {}
        for key in _TEXTS:
            text = getattr(one, key, None)
            if isinstance(text, str) and text:
                values[key] = mask(text)
            elif isinstance(text, tuple) and text:
                values[key] = tuple(mask(each) for each in text)
        return change(one, **values) if values else one

    changed: Mapping[str, Any] = {kind: tuple(map(table, getattr(minutes, kind))) for kind in _KINDS}
    if minutes.worth is not None:
        remarks = tuple(mask(remark) for remark in minutes.worth.remarks)
        changed = {**changed, "worth": change(minutes.worth, remarks=remarks)}
    parked = tuple(mask(topic) for topic in minutes.parked)
    agenda = change(minutes.agenda, id=mask(minutes.agenda.id))
    title, team = mask(minutes.title), mask(minutes.team)
    return change(minutes, title=title, team=team, agenda=agenda, parked=parked, **changed)
