"""Whom a line means: owners, people to ask, who arrives and who leaves, who is there.

Owns the look-up of people by what is typed and the reading of `Name, Function`. Must not give ids to new
people: that is the meeting's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from retrotui.domain import functions
from retrotui.domain.capture_reading import Context, Mark, Reading
from retrotui.domain.minutes import Participant
from retrotui.domain.text import fold, slug

_NAME_PARTS = re.compile(r"[\s-]+")
_PARTICLES = frozenset(
    {"von", "van", "zu", "zum", "zur", "de", "del", "della", "da", "di", "der", "den", "le", "la", "af"}
)
_BETWEEN_PEOPLE = re.compile(r"[\s,;]+(?=@)")
_NOT_IN_NAMES = re.compile(r"[#@=^*/~:;!?\"„“”»«()\[\]{}<>|\\+&%\d]")
LONGEST_NAME = 4
"""Words that a name may have, to be taken for one."""


def whom(typed: str, people: Iterable[Participant]) -> tuple[Participant, ...]:
    """All who can be meant; nobody for (), one where it is clear.

    An id goes before a whole name, that before a part of a name, that before the beginning of a name, and
    that before the beginning of a part: `@be` is Ben, though Anna's last name is Berg.
    """
    named = [person for person in people if person.name or person.id]
    wanted, spelt = fold(typed), slug(typed)
    if not wanted:
        return ()
    levels: tuple[Callable[[Participant], bool], ...] = (
        lambda person: bool(spelt) and " " not in typed and slug(person.id) == spelt,
        lambda person: fold(person.name) == wanted,
        lambda person: wanted in _parts(person),
        lambda person: fold(person.name).startswith(wanted),
        lambda person: any(part.startswith(wanted) for part in _parts(person)),
    )
    for level in levels:
        if found := tuple(person for person in named if level(person)):
            return found
    return ()


def exactly(typed: str, people: Iterable[Participant]) -> Participant | None:
    """The one whose id, whole name, or part of a name this is; never by a mere beginning."""
    found = whom(typed, people)
    if len(found) != 1:
        return None
    person, wanted = found[0], fold(typed)
    whole = wanted == fold(person.name) or slug(typed) == slug(person.id) or wanted in _parts(person)
    begun = " " in wanted and fold(person.name).startswith(wanted)
    return person if whole or begun else None


def _parts(person: Participant) -> list[str]:
    return [fold(part) for part in _NAME_PARTS.split(person.name) if part]


def looks_like_a_name(text: str) -> bool:
    """Up to four words with capitals ("Dr. Anna von Berg"), or one or two of any kind."""
    words = text.split()
    if not words or len(words) > LONGEST_NAME or _NOT_IN_NAMES.search(text):
        return False
    if not any(character.isalpha() for character in text):
        return False
    return len(words) <= 2 or all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)


def arrival(line: str, context: Context) -> Reading | None:
    """`@Carla Weiß, Service`: somebody arrives. None where the line says more than a name."""
    name, _, function = (part.strip() for part in line[1:].partition(","))
    found = whom(name, context.people)
    if len(found) > 1 or _is_more(function):
        return None
    function = functions.function_id(function)
    if found:
        person = found[0]
        return Reading(
            kind="arrival", person=person.id, name=person.name, function=function or person.function
        )
    if not looks_like_a_name(name):
        return None
    if " " in name and not function and whom(name.split()[0], context.people):
        return None  # `@ben fragt`: somebody known, and what is asked of them
    return Reading(kind="arrival", name=name, function=function)


def _is_more(function: str) -> bool:
    """Whether what stands after the comma is more than a function."""
    return len(function.split()) > 3 or (function != "" and not function[0].isalpha())


def departure(line: str, context: Context) -> Reading:
    """`@-Carla`: somebody leaves. Where nobody or more than one is meant, the line is kept as a marked note."""
    name = line[2:].strip()
    present = tuple(person for person in context.people if person.present)
    found = whom(name, present) or whom(name, context.people)
    if len(found) == 1:
        return Reading(kind="departure", person=found[0].id, name=found[0].name, function=found[0].function)
    return Reading(kind="note", text=line, unread=(Mark(0, len(line)),))


def comings_and_goings(line: str, context: Context) -> tuple[Reading, ...]:
    """`@anna @ben @-carla`: several who arrive or leave. None where any of it is more than a person."""
    parts = _BETWEEN_PEOPLE.split(line)
    if len(parts) < 2:
        return ()
    found = [_coming_or_going(part, context) for part in parts]
    return () if None in found else tuple(one for one in found if one is not None)


def _coming_or_going(part: str, context: Context) -> Reading | None:
    if not part.startswith("@-"):
        return arrival(part, context)
    gone = departure(part, context)
    return gone if gone.kind == "departure" else None


def participant(line: str, context: Context) -> Reading | None:
    """In `checkin`: a known person, `Name, Function`, or `?, Function` for somebody without a name."""
    name, comma, function = (part.strip() for part in line.partition(","))
    person = exactly(name, context.people)
    if not comma:
        if person is None:
            return None
        return Reading(kind="participant", person=person.id, name=person.name, function=person.function)
    known = _function(function, context)
    if known is None or not (name == "?" or looks_like_a_name(name)):
        return None
    if person is not None and name != "?":
        return Reading(kind="participant", person=person.id, name=person.name, function=known)
    return Reading(kind="participant", name="" if name == "?" else name, function=known)


def _function(typed: str, context: Context) -> str | None:
    """One of ours, or one that somebody here has."""
    if found := functions.find(typed):
        return found.id
    return next((p.function for p in context.people if p.function and fold(p.function) == fold(typed)), None)


def tag_for(person_id: str, people: Iterable[Participant]) -> str:
    """What to type after `@` for this person: the first name where it is clear, else the id."""
    people = tuple(people)
    person = next((each for each in people if each.id == person_id), None)
    first = slug(person.name.split()[0]) if person is not None and person.name.strip() else ""
    if first and [each.id for each in whom(first, people)] == [person_id]:
        return first
    return person_id
