"""What a meeting wants left out, taken out: every export and every page begins here.

Owns `discreet`, which returns minutes without amounts, customers or people, as their `[discretion]` says, and
`masking`, which does the same to a single text; where names stand in a text is `domain.masking`'s. Must not choose a
language: the caller says what a customer without a name is called. The minutes themselves are not changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from retrotui.domain import functions
from retrotui.domain import masking as names_of
from retrotui.domain.companies import Companies
from retrotui.domain.masking import PEOPLE_IN, Mask, people_in
from retrotui.domain.minutes import Minutes, Table, change
from retrotui.domain.names import SHORTEST, Name
from retrotui.domain.text import fold
from retrotui.errors import Message, msg

Say: TypeAlias = Callable[[Message], str]
T = TypeVar("T", bound=Table)

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

    Names of customers and people are also taken out of what was said, in any spelling; amounts inside a sentence are
    not recognised. `people` and `customers` are names that are known from elsewhere: they are taken out where people,
    or customers, are.
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


def masking(
    minutes: Minutes,
    say: Say,
    *,
    people: Iterable[str] = (),
    customers: Iterable[str] = (),
    numbered: bool = True,
) -> Mask:
    """What takes the names that these minutes hide out of a text; the arguments are those of `discreet`.

    `numbered`: a customer of these minutes is called by the number of the deal, else like any other.
    """
    hidden, any_customer = minutes.discretion, say(msg("a customer"))
    everybody = (*_people_of(minutes), *people) if hidden.people else ()
    own: dict[str, str] = {}
    known: dict[str, str] = {}
    if hidden.customers:
        for number, deal in enumerate(minutes.deal, 1):
            own.setdefault(deal.account or deal.title, _stand_in(number, say) if numbered else any_customer)
        known = {name: any_customer for name in customers if name not in own}
    mask = names_of.masking(everybody, Companies(known, short=own), say(msg("somebody")))
    return mask or str


def unnaming(minutes: Minutes, say: Say, *, people: Iterable[str] = ()) -> Mask:
    """What takes names out of an id, such as that of an agenda for two: "2026-11-23-jour-fixe-carla"."""
    if not minutes.discretion.people:
        return lambda an_id: an_id
    mask, somebody = masking(minutes, say, people=people), fold(say(msg("somebody")))
    everybody = tuple(name for name in (*_people_of(minutes), *people) if name)
    first = {part for part in Name(everybody).first if len(part) >= SHORTEST}
    return lambda an_id: "-".join(somebody if part in first else part for part in mask(an_id).split("-"))


def _stand_in(number: int, say: Say) -> str:
    return say(msg("Deal {number}", number=number))


def _people_of(minutes: Minutes) -> list[str]:
    """Everybody whom the minutes name."""
    return people_in(minutes.model_dump(include=PEOPLE_IN, warnings=False))


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
        if columns := getattr(one, "columns", ()):
            values["columns"] = tuple(map(table, columns))
        for key in _TEXTS:
            text = getattr(one, key, None)
            if isinstance(text, str) and text:
                # "Service GmbH" may be a customer; the function is none
                values[key] = text if key == "function" and functions.find(text) else mask(text)
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
