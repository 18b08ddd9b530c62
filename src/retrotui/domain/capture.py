"""The capture line's grammar: what a typed or pasted line means (meeting.md, "The capture line").

Owns the prefixes, and puts together what the files beside it read: tags (`capture_tags`), people
(`capture_people`), the step's own kinds (`capture_own`). Nothing is refused and nothing is lost: what cannot
be read stays text and is marked. Must not change a meeting; it says what a line means, and the meeting's
rules make entries of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from retrotui.domain.capture_own import own_kind, own_reading
from retrotui.domain.capture_people import arrival, comings_and_goings, departure, participant
from retrotui.domain.capture_reading import Context, Mark, Reading, ReadingKind
from retrotui.domain.capture_tags import Use, read_tags
from retrotui.domain.text import NOTE_LIMIT, clean
from retrotui.errors import Message, msg

__all__ = ["USES", "Context", "Edge", "Mark", "Reading", "left_edge", "read"]

_QUOTES = {'"': '"“”', "„": '“”"', "»": "«"}
PREFIXES = "+-!?>.&@" + "".join(_QUOTES)
_UNNAMED = re.compile(r"\?\s*,")
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")

USES: dict[ReadingKind, Use] = {
    "factor": Use(factor=True, weight=True, source=True, person=True, keep_person=True),
    "lesson": Use(factors=True, person=True, keep_person=True),
    "experiment": Use(person=True, stranger=True, due=True),
    "action": Use(person=True, stranger=True, due=True),
    "note": Use(person=True),
}
"""Which tags each kind knows; the texts of the other kinds are taken as they are."""


def read(line: str, context: Context) -> tuple[Reading, ...]:
    """What Enter makes of the line: one reading for each line of text in it, none where nothing is said.

    A lone prefix says nothing yet; several people in one line (`@anna @ben`) are a reading each. Never raises; each
    text is cleaned and cut to what an entry may have.
    """
    return tuple(reading for each in _LINE_ENDS.split(line) for reading in _read_line(each, context))


def _read_line(raw: str, context: Context) -> tuple[Reading, ...]:
    cleaned = clean(raw, limit=None)
    line = cleaned.text.rstrip()
    if line.strip("\\ ") == "" or _is_lone_prefix(line):
        return ()
    if line[0] == "@" and (people := comings_and_goings(line, context)):
        return (replace(people[0], dropped=cleaned.dropped), *people[1:])
    reading = _meaning(line, context)
    short = clean(reading.text.strip(), limit=NOTE_LIMIT)
    unread = tuple(mark for mark in reading.unread if mark.end <= len(short.text))
    return (replace(reading, text=short.text, unread=unread, dropped=cleaned.dropped, cut=short.cut),)


def _is_lone_prefix(line: str) -> bool:
    return line == "@-" or (len(line) == 1 and line in PREFIXES)


def _meaning(line: str, context: Context) -> Reading:
    if line[0] in " \\":
        return _literal(line[1:].strip(), context)
    if context.kind == "checkin" and _UNNAMED.match(line):
        return participant(line, context) or _text("note", line, context)
    if line[0] not in PREFIXES or _before_digit(line):
        return own_reading(line, context) or _text(own_kind(context), line, context)
    if line[0] == "@":
        if line.startswith("@-") and line[2:].strip():
            return departure(line, context)
        return arrival(line, context) or own_reading(line, context) or _text(own_kind(context), line, context)
    return _prefixed(line, context)


def _before_digit(line: str) -> bool:
    """`-20 % Rabatt` and `+49 …` are texts; a buyer's words may begin with a number."""
    return line[0] not in _QUOTES and line[1:2].isdecimal()


def _prefixed(line: str, context: Context) -> Reading:
    first, rest = line[0], line[1:].strip()
    if first in _QUOTES:
        return _quote(line, context)
    if first == "+" and context.adds_to:
        return Reading(kind="field", field=context.adds_to, text=rest, mark="+")
    if first in "+-":
        if not context.has_deal:
            return Reading(kind="note", text=line, mark="+" if first == "+" else "-")
        return _factor(rest, "helped" if first == "+" else "hurt", context)
    if first == "!" and context.kind == "followup" and context.item_selected:
        return Reading(kind="learned", text=rest)
    if first == "&":
        return Reading(kind="parked", text=rest)
    kinds: dict[str, ReadingKind] = {"!": "lesson", "?": "experiment", ">": "action", ".": "note"}
    return _text(kinds[first], rest, context)


def _literal(text: str, context: Context) -> Reading:
    """The text as it is: no prefix, no tags, in the step's own kind where that is a text."""
    kind = own_kind(context)
    return Reading(kind=kind, text=text, field=context.field if kind == "field" else "")


def _quote(line: str, context: Context) -> Reading:
    """A buyer's words, without the marks around them; with words after the closing mark, the line as it is."""
    if not context.has_deal:
        return Reading(kind="note", text=line, mark='"')
    closing, inner = _QUOTES[line[0]], line[1:].strip()
    if inner and inner[-1] in closing:
        return Reading(kind="quote", text=inner[:-1].strip() or line)
    return Reading(kind="quote", text=line if any(mark in inner for mark in closing) else inner)


def _factor(rest: str, effect: Literal["helped", "hurt"], context: Context) -> Reading:
    tagged = read_tags(rest, USES["factor"], context)
    if not tagged.text and not tagged.factors:
        return Reading(kind="factor", effect=effect, text=" ".join(rest.split()))
    factor = tagged.factors[0] if tagged.factors else ""
    mentioned = () if factor else context.factors.mentioned(tagged.text)
    return Reading(
        kind="factor",
        text=tagged.text,
        effect=effect,
        factor=factor,
        weight=tagged.weight or 1,
        source=tagged.source,
        ask=tagged.person,
        proposal=mentioned[0].id if len(mentioned) == 1 else "",
        unread=tagged.unread,
        taken=tagged.taken,
    )


def _text(kind: ReadingKind, text: str, context: Context) -> Reading:
    """A text of this kind, with the tags that it knows."""
    use = USES.get(kind)
    if use is None:
        return Reading(kind=kind, text=text, field=context.field if kind == "field" else "")
    tagged = read_tags(text, use, context)
    if not tagged.text:
        return Reading(kind=kind, text=" ".join(text.split()))
    owned = kind in ("action", "experiment")
    return Reading(
        kind=kind,
        text=tagged.text,
        factors=tagged.factors,
        owner=tagged.person if owned else "",
        owner_text=tagged.stranger,
        ask="" if owned else tagged.person,
        due=tagged.due,
        unread=tagged.unread,
        taken=tagged.taken,
    )


@dataclass(frozen=True, slots=True)
class Edge:
    """What the left edge of the line says: the sign, what Enter will make, and whether it belongs to the
    deal.
    """

    symbol: str
    what: Message
    kind: ReadingKind
    for_deal: bool


def _words_of(kind: ReadingKind, symbol: str) -> Message:
    if kind == "factor":
        return msg("helped") if symbol == "+" else msg("hurt")
    return {
        "quote": msg("buyer's words"),
        "lesson": msg("lesson"),
        "experiment": msg("experiment"),
        "action": msg("action"),
        "note": msg("note"),
        "parked": msg("for later"),
        "arrival": msg("arrives"),
        "departure": msg("leaves"),
        "participant": msg("is here"),
        "metric": msg("figure"),
        "new_deal": msg("new deal"),
        "field": msg("adds to the answer") if symbol == "+" else msg("answer"),
        "next_date": msg("next meeting"),
        "remark": msg("remark"),
        "happened": msg("what happened"),
        "learned": msg("what was learned"),
        "vote": msg("votes to go on"),
    }[kind]


_SYMBOLS: dict[ReadingKind, str] = {
    "quote": "„",
    "lesson": "!",
    "learned": "!",
    "experiment": "?",
    "action": ">",
    "parked": "&",
    "arrival": "@",
    "departure": "@",
    "participant": "@",
    "next_date": "=",
}


def left_edge(line: str, context: Context) -> Edge:
    """What Enter will make of the line as it stands; of an empty one, the step's own kind."""
    readings = read(line[:1000], context)
    bare = "" if readings else line[:1000].strip()
    if bare in ("@", "@-"):
        readings = (Reading(kind="arrival" if bare == "@" else "departure"),)
    elif _is_lone_prefix(bare):
        readings = read(f"{bare} …", context)  # a lone prefix: what it will be with words after it
    reading = readings[0] if readings else Reading(kind=own_kind(context))
    symbol = _SYMBOLS.get(reading.kind, "·")
    if reading.kind == "factor":
        symbol = "+" if reading.effect == "helped" else "−"
    if reading.kind == "field" and reading.mark:
        symbol = "+"
    on_deal = reading.kind in ("factor", "quote") or (reading.kind == "note" and context.deal_on_floor)
    return Edge(symbol, _words_of(reading.kind, symbol), reading.kind, on_deal)
