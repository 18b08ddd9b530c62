"""A meeting as it may leave the house: every export is written from an `Outgoing`, and there is one way to get it.

Owns the order of leaving out: what the meeting hides, `--anonymous`, and the names that only other meetings know. Must
not know a format. Source: promises.md, "Exports", "People"; cli.md, `export`.

`--anonymous` takes out people: who was there, who owns or is asked, the CRM's sellers, and their names in what was
said, as `domain.masking` finds them, and in ids, and so in the names of files. Functions stay, since the minutes say
nothing without them. Customers are no people: they go with the meeting's own discretion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from retrotui.domain.factors import Factor, FactorList
from retrotui.domain.minutes import Minutes, Table, change
from retrotui.interchange.discretion import discreet, masking, unnaming
from retrotui.interchange.wording import Wording
from retrotui.locale import catalogue

T = TypeVar("T", bound=Table)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out of one meeting, in the language in which it is written."""

    minutes: Minutes
    lang: str
    factors: FactorList
    titles: Mapping[str, str]
    """What earlier actions and experiments are called, by id; as discreet as the minutes."""
    document: Minutes
    """The whole document, for formats that are read back: like `minutes`, with the sellers of deals unless people are
    hidden; where anything is hidden, without keys that we do not know and without the names of imported files."""

    unnamed: Callable[[str], str] = str
    """Takes people's names out of an id, where people are hidden."""

    @property
    def wording(self) -> Wording:
        return Wording(self.minutes, self.lang, self.factors, self.titles)


@dataclass(frozen=True, slots=True)
class Around:
    """What other meetings know: whose names may stand in a text, and what an action or experiment is called, by id."""

    people: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def around_of(meetings: Iterable[Minutes], lang: str, *, people: Iterable[str] = ()) -> Around:
    """What these meetings know; `people` are further names of the team. What one of them hides is hidden here too."""
    say = catalogue(lang).tr
    names, customers = dict.fromkeys(people), dict[str, None]()
    titles: dict[str, str] = {}
    for other in meetings:
        names |= dict.fromkeys([one.name for one in other.participant] + [deal.owner for deal in other.deal])
        customers |= dict.fromkeys(deal.account or deal.title for deal in other.deal)
        mask = masking(other, say, numbered=False)  # its "deal 1" would be mistaken for one of ours
        titles |= {one.id: mask(one.text) for one in other.action}
        titles |= {one.id: mask(one.title) for one in other.experiment}
    return Around(tuple(filter(None, names)), tuple(filter(None, customers)), titles)


def outgoing(
    minutes: Minutes,
    lang: str = "",
    *,
    anonymous: bool = False,
    around: Around | None = None,
    own_factors: Iterable[Factor] = (),
) -> Outgoing:
    """What may go out of a meeting. `lang`: "" is the meeting's own. `own_factors` are the team's."""
    lang, around = lang or minutes.language, around or Around()
    say = catalogue(lang).tr
    if anonymous:
        minutes = change(minutes, discretion=change(minutes.discretion, people=True))
    shown = discreet(minutes, say, people=around.people, customers=around.customers)
    mask = masking(minutes, say, people=around.people, customers=around.customers)
    titles = {item: mask(around.titles[item]) for item in spoken_of(minutes) if item in around.titles}
    unnamed = unnaming(minutes, say, people=around.people)
    own = FactorList.of_team(own_factors)
    return Outgoing(shown, lang, own, titles, _document(minutes, shown, unnamed), unnamed)


def spoken_of(minutes: Minutes) -> set[str]:
    """The actions and experiments of other meetings that these minutes name by their id."""
    named = {one.item for one in minutes.verdict} | {one.item for one in minutes.carried}
    named |= {one.experiment for one in minutes.note} | {one.experiment for one in minutes.lesson}
    return named | {one.parent for one in minutes.experiment} | {one.child for one in minutes.verdict}


def _document(minutes: Minutes, shown: Minutes, unnamed: Callable[[str], str]) -> Minutes:
    hidden = minutes.discretion
    if not hidden.people:
        sellers = [deal.owner for deal in minutes.deal]
        deals = (change(deal, owner=owner) for deal, owner in zip(shown.deal, sellers, strict=True))
        shown = change(shown, deal=tuple(deals))
    if not (hidden.people or hidden.customers or hidden.amounts):
        return shown
    shown = _only_known(shown)
    shown = change(shown, deal=tuple(change(deal, origin=None) for deal in shown.deal))
    shown = _with_nameless_ids(shown, unnamed) if hidden.people else shown
    return _with_numbered_deals(shown) if hidden.customers else shown


def _only_known(table: T) -> T:
    """The table with the keys of our model alone: nobody knows what the others tell."""

    def known(value: Any) -> Any:
        if isinstance(value, Table):
            return _only_known(value)
        return tuple(known(each) for each in value) if isinstance(value, tuple) else value

    values = {name: known(getattr(table, name)) for name in type(table).model_fields}
    return cast(T, type(table).model_construct(**values))


def _with_numbered_deals(minutes: Minutes) -> Minutes:
    """Deals by their number: the CRM's id leads back to the customer, and a made-up one is the customer's name."""
    numbers: dict[str, str] = {}
    for number, deal in enumerate(minutes.deal, 1):
        numbers.setdefault(deal.id, f"deal-{number}")

    def numbered(deal_id: str) -> str:
        return numbers.setdefault(deal_id, f"deal-{len(numbers) + 1}") if deal_id else ""

    def table(one: T) -> T:
        values: dict[str, Any] = {}
        if isinstance(getattr(one, "deal", None), str):
            values["deal"] = numbered(one.deal)  # type: ignore[attr-defined]
        if isinstance(getattr(one, "deals", None), tuple):
            values["deals"] = tuple(map(numbered, one.deals))  # type: ignore[attr-defined]
        if isinstance(getattr(one, "floor", None), tuple):
            values["floor"] = tuple(map(table, one.floor))  # type: ignore[attr-defined]
        return change(one, **values) if values else one

    kinds = ("step", "metric", "factor", "quote", "note", "lesson", "field")
    deals = tuple(change(deal, id=numbered(deal.id)) for deal in minutes.deal)
    changed: dict[str, Any] = {kind: tuple(map(table, getattr(minutes, kind))) for kind in kinds}
    now = table(minutes.now) if minutes.now is not None else None
    return change(minutes, deal=deals, now=now, **changed)


def _with_nameless_ids(minutes: Minutes, unnamed: Callable[[str], str]) -> Minutes:
    """Steps, columns and metrics whose ids name nobody: one that was added in the meeting has the id of its title."""
    fresh: dict[str, str] = {}

    def nameless(an_id: str) -> str:
        if an_id not in fresh:
            wish = candidate = unnamed(an_id)
            number = 1
            while candidate in fresh.values():
                number += 1
                candidate = f"{wish}-{number}"
            fresh[an_id] = candidate
        return fresh[an_id]

    def table(one: T, *ids: str) -> T:
        keys = [key for key in (*ids, "step", "of", "column") if isinstance(getattr(one, key, None), str)]
        values: dict[str, Any] = {key: nameless(getattr(one, key)) for key in keys if getattr(one, key)}
        if isinstance(getattr(one, "columns", None), tuple):
            values["columns"] = tuple(table(each, "id") for each in one.columns)  # type: ignore[attr-defined]
        return change(one, **values) if values else one

    kinds = ("factor", "quote", "note", "lesson", "action", "experiment", "field")
    changed: dict[str, Any] = {kind: tuple(table(one) for one in getattr(minutes, kind)) for kind in kinds}
    changed |= {
        kind: tuple(table(one, "id") for one in getattr(minutes, kind)) for kind in ("step", "metric")
    }
    now = table(minutes.now) if minutes.now is not None else None
    return change(minutes, now=now, **changed)
