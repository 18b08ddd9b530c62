"""A person taken out of a meeting: what stays is a participant without a name, with function and roles.

Owns the rules of `retrotui forget`: who is meant, what takes the place of the person, and when a part of a name is
this person. Must not know files or what is said about it.

What takes the place: a participant's name becomes "" and the id a neutral one, so that counts, functions, roles and
presence stay. Whoever facilitated or had a round is that participant. Actions and experiments of the person have no
owner any more, since somebody has to take them over. A deal's seller goes, of a contributor the function stays. In
texts stands "somebody".

A part of a name ("Carla sagt", "Frau Weiß") is this person where nobody else in the meeting bears it and, if the person
was not there, nobody else who is known. The same holds for the whole name, where several people bear one. What may be
another word ("Weiß", "max") stays; all that stays is counted. Source: promises.md, "People"; files.md, "Ids".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias, TypeVar

from retrotui.domain.minutes import DealRecord, FieldValue, Minutes, Participant, Table, change
from retrotui.domain.names import Mention, Name, replaced, words_of
from retrotui.domain.text import person_id, slug

T = TypeVar("T", bound=Table)
Change: TypeAlias = Literal[
    "participant", "facilitator", "round", "owner", "ask", "seller", "contributor", "whole", "part", "person",
]  # fmt: skip
"""What was changed: a row of people, who facilitated, whose round it was, an owner, whom to ask, a deal's seller or
contributor, the whole name or a part of it in a text, a person of the settings."""
Kept: TypeAlias = Literal["namesake", "loose", "id"]
"""What stays: a name that somebody else bears as well, a word that may be no name, an id that is made of the name."""

# Keys that hold ids, kinds and figures of ours: no words that anybody wrote.
_NO_TEXT: Final = frozenset(
    {"schema_", "id", "status", "language", "currency", "version", "step", "deal", "deals", "of", "note", "counts_as",
     "state", "unit", "actual", "target", "previous", "better", "outcome", "amount", "factor", "factors", "effect",
     "source", "group", "owner", "lessons", "item", "kind", "decision", "parent", "child", "experiment", "why", "part",
     "column"}
)  # fmt: skip
_PERSONAL: Final = frozenset({"participant", "facilitator"})
"""Keys of the meeting that are changed by rules of their own."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom files name. `id` is "" for a mere name: a deal's seller, an owner in words."""

    id: str
    name: str
    function: str = ""


@dataclass(frozen=True)
class Person:
    """Who is to be forgotten, and everybody else. `shown` is the name, or the id where no name is known."""

    name: Name
    others: tuple[Known, ...] = ()

    @property
    def shown(self) -> str:
        return next(iter((*self.name.names, *self.name.ids)), "")

    def is_meant(self, an_id: str) -> bool:
        return bool(an_id) and an_id in self.name.ids


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a document: how often what was changed, and what stays."""

    changes: Counter[Change] = field(default_factory=Counter)
    kept: Counter[Kept] = field(default_factory=Counter)


# -- who is meant ------------------------------------------------------------------------------------------


def candidates(typed: str, known: Iterable[Known]) -> list[Known]:
    """Everybody whose id or whole name was typed, one for each id; a mere name stands behind an id that bears it.

    An id as it stands goes before names. Empty: nobody.
    """
    people = list(dict.fromkeys(known))
    wanted = typed.strip()
    ids = (wanted, slug(wanted) if _is_like_id(wanted) else "")
    by_id = [one for an_id in ids for one in people if an_id and one.id == an_id]
    if by_id:
        return by_id[:1]
    named = [one for one in people if one.name and is_called(Name((one.name,)), typed)]
    with_id = {one.id: one for one in reversed(named) if one.id}
    return sorted(with_id.values(), key=lambda one: one.id) or named[:1]


def is_called(name: Name, text: str) -> bool:
    """Whether a text is the whole name, in any spelling, and nothing else."""
    mentions = name.mentions(text)
    spelt = len(mentions) == 1 and mentions[0].kind == "whole"
    return (spelt and text.strip() == text[mentions[0].start : mentions[0].end]) or (
        " ".join(word.folded for word in words_of(text)) in name.whole
    )


def _is_like_id(typed: str) -> bool:
    return typed.casefold().strip() == slug(typed)


def person_of(chosen: Known, known: Iterable[Known]) -> Person:
    """The person with every name that the id bears, and everybody else."""
    people = list({(one.id, one.name): one for one in known}.values())
    names = [one.name for one in people if one.name and (one.id == chosen.id if chosen.id else False)]
    names = list(dict.fromkeys([*([chosen.name] if chosen.name else []), *names]))
    whole = Name(tuple(names))
    others = [
        one for one in people
        if one.name and (one.id != chosen.id if one.id else not is_called(whole, one.name))
    ]  # fmt: skip
    return Person(Name(tuple(names), (chosen.id,) if chosen.id else ()), tuple(others))


def stranger(typed: str) -> Person | None:
    """Somebody who is only named in texts; None where what was typed is less than a first and a last name."""
    spelt = " ".join(typed.replace("-", " ").split()) if _is_like_id(typed) else typed.strip()
    return Person(Name((spelt,))) if len(words_of(spelt)) > 1 else None


def people_in(minutes: Mapping[str, Any]) -> list[Known]:
    """Everybody whom a document names, from its raw dictionary: anything may stand in a hand-edited file."""
    found = [
        Known(_text(row, "id"), _text(row, "name"), _text(row, "function"))
        for row in _rows(minutes, "participant")
    ]
    mere = [_text(row, "owner") for row in _rows(minutes, "deal")]
    mere += [_text(row, "owner_text") for kind in ("action", "experiment") for row in _rows(minutes, kind)]
    for row in _rows(minutes, "deal"):
        contributors = row.get("contributors")
        mere += [
            each.rpartition(":")[2].strip()
            for each in (contributors if isinstance(contributors, list) else ())
            if isinstance(each, str)
        ]
    found += [Known("", name) for name in mere if len(name.split()) > 1]
    return [one for one in found if one.name]


def _rows(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = table.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


# -- texts -------------------------------------------------------------------------------------------------


@dataclass
class Texts:
    """Texts of one document without the person. `here` are the people of the document, `there` whether the person is
    one of them."""

    person: Person
    somebody: str
    here: Sequence[Known] = ()
    there: bool = False
    found: Found = field(default_factory=Found)

    def __post_init__(self) -> None:
        around = self.here if self.there else (*self.here, *self.person.others)
        self._namesakes = Name(tuple(one.name for one in around if one.name))
        everybody = {one.name for one in (*self.here, *self.person.others) if one.name}
        mine = self.person.name.whole
        self._others = tuple(name for each in sorted(everybody) if not (name := Name((each,))).whole & mine)

    def without(self, text: str) -> str:
        """The text with "somebody" where the person stands; what changed and what stays is counted."""
        gone, kept = self._sorted(text)
        self.found.kept.update(kept)
        self.found.changes.update("whole" if one.kind == "whole" else "part" for one in gone)
        return replaced(text, gone, self.somebody) if gone else text

    def is_name(self, text: str) -> bool:
        """Whether the text is this person's name, or the part of it that is used, and nothing else."""
        gone, _ = self._sorted(text)
        return len(gone) == 1 and text.strip() == text[gone[0].start : gone[0].end]

    def _sorted(self, text: str) -> tuple[list[Mention], list[Kept]]:
        """What names the person, and why other places stay that may."""
        gone: list[Mention] = []
        kept: list[Kept] = []
        if not (mentions := self.person.name.mentions(text)):
            return gone, kept
        others = self._shielded(text)
        for one in mentions:
            if any(one.start < end and start < one.end for start, end in others):
                continue
            if one.kind == "loose":
                kept.append("loose")
            elif self._is_shared(one):
                kept.append("namesake")
            else:
                gone.append(one)
        return gone, kept

    def mentions_whole(self, text: str) -> bool:
        """Whether the whole name, or the id, stands in the text."""
        return any(one.kind == "whole" for one in self.person.name.mentions(text))

    def _is_shared(self, one: Mention) -> bool:
        mine, theirs = self.person.name, self._namesakes
        if one.kind == "whole":
            return bool(mine.whole & theirs.whole)
        return bool(mine.first & theirs.first if one.kind == "first" else mine.last & theirs.last)

    def _shielded(self, text: str) -> list[tuple[int, int]]:
        """Where somebody else stands with the whole name: "Carla Berg" is not Carla Weiß."""
        return [
            (one.start, one.end)
            for other in self._others
            for one in other.mentions(text)
            if one.kind == "whole"
        ]


# -- the document ------------------------------------------------------------------------------------------


def forget(minutes: Minutes, person: Person, somebody: str) -> tuple[Minutes, Found]:
    """The minutes without the person, and what changed. Doing it twice changes nothing more."""
    return _Forgetting(minutes, person, somebody).done()


def texts_in(minutes: Minutes, person: Person, somebody: str) -> Texts:
    """What takes the person out of texts of this meeting: it knows who else was there."""
    mine = {one.id for one in minutes.participant if _is_row_of(person, one)}
    here = [
        Known(one.id, one.name, one.function)
        for one in minutes.participant
        if one.name and one.id not in mine
    ]
    owners = {one.owner for one in minutes.action} | {one.owner for one in minutes.experiment}
    owners.add(minutes.facilitator)
    return Texts(person, somebody, here, bool(mine) or bool(owners & set(person.name.ids)))


def _is_row_of(person: Person, one: Participant) -> bool:
    """By the id; by the name where no id of the person is known."""
    if person.is_meant(one.id):
        return True
    return not person.name.ids and bool(one.name) and bool(Name((one.name,)).whole & person.name.whole)


class _Forgetting:
    """One meeting being gone through."""

    def __init__(self, minutes: Minutes, person: Person, somebody: str) -> None:
        self.minutes, self.person = minutes, person
        self.mine = tuple(one for one in minutes.participant if _is_row_of(person, one))
        self.texts = texts_in(minutes, person, somebody)
        self.found = self.texts.found
        self.neutral: dict[str, str] = {}
        taken = {one.id for one in minutes.participant} - {one.id for one in self.mine}
        for one in self.mine:
            self.neutral[one.id] = person_id("", taken)
            taken.add(self.neutral[one.id])

    def done(self) -> tuple[Minutes, Found]:
        minutes = self.minutes
        values = {
            key: value if key in _PERSONAL else self._value(key, value)
            for key, value in ((key, getattr(minutes, key)) for key in type(minutes).model_fields)
        }
        values |= self._foreign(minutes)
        values["participant"] = tuple(map(self._participant, minutes.participant))
        if minutes.facilitator and self._named(minutes.facilitator):
            values["facilitator"] = self.neutral.get(minutes.facilitator, "")
            self.found.changes["facilitator"] += 1
        return self._same_or(minutes, values), self.found

    def _named(self, an_id: str) -> bool:
        return self.person.is_meant(an_id) or an_id in self.neutral

    def _participant(self, one: Participant) -> Participant:
        values: dict[str, Any] = {"function": self.texts.without(one.function), **self._foreign(one)}
        values["roles"] = tuple(map(self.texts.without, one.roles))
        if one.id in self.neutral and _is_row_of(self.person, one):
            values |= {"id": self.neutral[one.id], "name": ""}
            self.found.changes["participant"] += 1
        return self._same_or(one, values)

    def _value(self, key: str, value: Any) -> Any:
        """A value without the person, whatever it is made of."""
        if isinstance(value, Table):
            return self._table(value)
        if isinstance(value, tuple | list):
            return type(value)(self._value(key, each) for each in value)
        if isinstance(value, dict):
            return {name: self._value("", each) for name, each in value.items()}
        if not isinstance(value, str) or not value:
            return value
        if key in _NO_TEXT:
            if self.texts.mentions_whole(value):
                self.found.kept["id"] += 1
            return value
        return self.texts.without(value)

    def _foreign(self, table: Table) -> dict[str, Any]:
        """The keys that our model does not know: any text in them may name somebody."""
        return {key: self._value("", value) for key, value in (table.model_extra or {}).items()}

    def _table(self, table: Table) -> Table:
        values, special = self._foreign(table), self._special(table)
        for key in type(table).model_fields:
            values[key] = special[key] if key in special else self._value(key, getattr(table, key))
        return self._same_or(table, values)

    def _special(self, table: Table) -> dict[str, Any]:
        """What is more than a text: owners, rounds, whom to ask, sellers."""
        changed: dict[str, Any] = {}
        if isinstance(table, DealRecord):
            if self._named(table.owner) or self.texts.is_name(table.owner):
                self._change(changed, "seller", owner="")
            else:
                changed["owner"] = self.texts.without(table.owner)
            changed["contributors"] = self._contributors(table.contributors)
            return changed
        if self._named(getattr(table, "owner", "")):
            self._change(changed, "owner", owner="")
        if self.texts.is_name(getattr(table, "owner_text", "")):
            self._change(changed, "owner", owner_text="")
        if self._named(person := getattr(table, "person", "")):
            self._change(changed, "round", person=self.neutral.get(person, ""))
        if self._named(getattr(table, "ask", "")):
            self._change(changed, "ask", ask=self.texts.somebody)
        if isinstance(table, FieldValue) and table.type == "person" and self._named(table.value):
            self._change(changed, "ask", value=self.texts.somebody)
        return changed

    def _contributors(self, contributors: Sequence[str]) -> tuple[str, ...]:
        """Of "Service: Carla" stays "Service"; a mere name goes."""
        kept: list[str] = []
        for each in contributors:
            head, _, who = each.rpartition(":")
            if self.texts.is_name(who.strip()):
                self.found.changes["contributor"] += 1
                kept += [head.strip()] if head.strip() else []
            else:
                kept.append(self.texts.without(each))
        return tuple(kept)

    def _change(self, changed: dict[str, Any], what: Change, **values: Any) -> None:
        changed |= values
        self.found.changes[what] += 1

    def _same_or(self, table: T, values: Mapping[str, Any]) -> T:
        """The table itself where nothing differs: what did not change is not written anew."""
        differing = {key: value for key, value in values.items() if getattr(table, key) != value}
        return change(table, **differing) if differing else table
