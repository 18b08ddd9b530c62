"""What a half-typed tag can become: factors after `#`, people after `@`, days after `=`, sources after `/`.

Owns which tag the cursor stands in and what is offered for it. Must not decide what is shown of it, nor take
anything itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from retrotui.domain import functions
from retrotui.domain.capture import USES, left_edge
from retrotui.domain.capture_people import tag_for, whom
from retrotui.domain.capture_reading import Context
from retrotui.domain.capture_words import SIGILS, SOURCES, source_word
from retrotui.domain.minutes import Participant, Source
from retrotui.domain.spoken_dates import suggested_dates
from retrotui.domain.text import fold
from retrotui.errors import Message, msg

_WEIGHTS = ("1", "2", "3")
_WORD_END = re.compile(r"\s|$")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to take: what comes into the line, what to show, and what explains it (a day is shown as a
    day).
    """

    insert: str
    label: str | Message
    detail: str | Message | date = ""


@dataclass(frozen=True, slots=True)
class Completions:
    """What may take the place of `line[start:end]`; no options where nothing is to complete."""

    start: int = 0
    end: int = 0
    options: tuple[Option, ...] = ()

    def taken(self, line: str, option: Option) -> tuple[str, int]:
        """The line with this option in it, a space after it, and the cursor behind that."""
        rest = line[self.end :].lstrip(" ")
        before = f"{line[: self.start]}{option.insert} "
        return before + rest, len(before)


def completions(line: str, cursor: int, context: Context) -> Completions:
    """What the word under the cursor can become. `cursor` counts characters; beyond the line it is its end."""
    cursor = max(0, min(cursor, len(line)))
    if line[:1] in (" ", "\\"):
        return Completions()
    start = max((line.rfind(space, 0, cursor) for space in " \t\n"), default=-1) + 1
    end = _WORD_END.search(line, cursor)
    stop = end.start() if end else len(line)
    begun = line[start:cursor]
    if line[:1] == "@" and "," in line[:cursor]:
        return _functions(line, cursor, context.language)
    if len(begun) < 1 or begun[0] not in SIGILS or not _is_known(line, start, begun[0], context):
        return Completions()
    is_factor = start > 0 and left_edge(f"{line[:start]}…", context).kind == "factor"
    options = _options(begun[0], begun[1:], start, context, is_factor=is_factor)
    if not options or [option.insert for option in options] == [line[start:stop]]:
        return Completions()  # nothing to choose, or it stands there already
    return Completions(start, stop, options)


def _is_known(line: str, start: int, sigil: str, context: Context) -> bool:
    """Whether a tag with this sign means something in the kind of entry that the line makes."""
    if start == 0:
        return sigil == "@" or (sigil in "=^" and context.kind == "close")
    use = USES.get(left_edge(f"{line[:start]}…", context).kind)
    return use is not None and use.knows(sigil)


def _factors(begun: str, is_factor: bool, context: Context) -> tuple[Option, ...]:
    """The factors that begin so; before all others, where a factor is being typed, what the CRM's reason may mean."""
    lang = context.language
    found = context.factors.completions(begun)
    proposed = [factor for factor in found if is_factor and factor.id in context.proposed]
    rest = [factor for factor in found if factor not in proposed]
    return tuple(
        Option(
            f"#{factor.tag(lang)}",
            factor.label.text(lang),
            msg("the CRM's reason") if factor in proposed else factor.explained(lang),
        )
        for factor in (*proposed, *rest)
    )


def _options(
    sigil: str, begun: str, start: int, context: Context, *, is_factor: bool = False
) -> tuple[Option, ...]:
    if sigil == "#":
        return _factors(begun, is_factor, context)
    lang = context.language
    if sigil == "@":
        return _people(begun, start == 0, context)
    if sigil in "=^":
        days = suggested_dates(begun, context.today, lang, next_date=context.next_date)
        return tuple(Option(f"{sigil}{word}", word, day) for word, day in days)
    if sigil == "*":
        meanings = (msg("weighs little"), msg("weighs"), msg("weighs much"))
        pairs = zip(_WEIGHTS, meanings, strict=True)
        return tuple(
            Option(f"*{weight}", weight, meaning) for weight, meaning in pairs if weight.startswith(begun)
        )
    return tuple(
        Option(f"{sigil}{source_word(source, lang)}", source_word(source, lang), _source_meaning(source))
        for source, words in SOURCES.items()
        if any(fold(word).startswith(fold(begun)) for word in words)
    )


def _source_meaning(source: Source) -> Literal[""] | Message:
    meanings: dict[Source, Message] = {
        "buyer": msg("the buyer said it"),
        "document": msg("a document says it"),
        "team": msg("we believe it"),
    }
    return meanings.get(source, "")


def _people(begun: str, at_start: bool, context: Context) -> tuple[Option, ...]:
    """Whom a name can mean; at the start of the line who can arrive, after `@-` who can leave."""
    front, people = "@", context.people
    if at_start and begun.startswith("-"):
        front, begun = "@-", begun[1:]
        people = tuple(person for person in people if person.present)
    named = tuple(person for person in people if person.name)
    found = _begun(begun, named) if begun else named
    return tuple(
        Option(
            f"{front}{tag_for(person.id, context.people)}",
            person.name,
            functions.label(person.function, context.language),
        )
        for person in found
    )


def _begun(begun: str, people: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Those who are meant first, then all others with a name that begins so."""
    wanted = fold(begun)
    first = whom(begun, people)
    others = (
        person
        for person in people
        if person not in first and any(fold(part).startswith(wanted) for part in person.name.split())
    )
    return (*first, *others)


def _functions(line: str, cursor: int, language: str) -> Completions:
    """After the comma of `@Carla Weiß, Ser`: the functions."""
    start = line.index(",") + 1
    found = functions.completions(line[start:cursor].strip())
    labels = [functions.label(function.id, language) for function in found]
    return Completions(start, len(line), tuple(Option(f" {label}", label) for label in labels))
