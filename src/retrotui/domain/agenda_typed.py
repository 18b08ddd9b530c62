"""What a person types for a key of an agenda: how its value reads on one line, and what a line makes of it.

Owns both ways, and what a half-typed line can become, for every form of `agenda_keys`. A line that means nothing is
refused with a sentence; an empty one takes the key out. Must not touch a file's text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from retrotui.domain.agenda import Path
from retrotui.domain.agenda_changes import (
    Change,
    Raw,
    Remove,
    SetValue,
    lines_in,
    number,
    read_minutes,
    set_lines,
    set_words,
    value_at,
    whole,
    words_in,
)
from retrotui.domain.agenda_keys import Key, default_of
from retrotui.domain.completion import Option
from retrotui.domain.nearness import nearest
from retrotui.domain.text import one_line
from retrotui.errors import Message, Refused, msg

_ID = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"\d{1,4}([.,]\d{1,2})?")


def as_typed(raw: Raw, key: Key, path: Path, language: str, own: str) -> str:
    """The value as it could be typed again; "" where none stands in the file, or it is nothing that fits the key."""
    value = value_at(raw, path)
    match key.form:
        case "words":
            return words_in(value, language, own)
        case "time":
            share = number(value_at(raw, (*path[:-1], "share")))
            minutes = number(value)
            return f"{minutes:g}" if minutes is not None else f"{share:g} %" if share is not None else ""
        case "choices" | "texts":
            return ", ".join(map(str, value)) if isinstance(value, list) else ""
        case "number" | "whole" | "repeat":
            found = number(value)
            return f"{found:g}" if found is not None else value if isinstance(value, str) else ""
        case _:
            return value if isinstance(value, str) else ""


def typed(raw: Raw, key: Key, path: Path, line: str, language: str, own: str) -> tuple[Change, ...]:
    """What this line makes of the key at `path`. Raises Refused for what cannot be meant."""
    line = one_line(line)
    if key.form == "words":
        return _words(raw, key, path, line, language, own)
    if key.form == "time":
        return read_minutes(raw, int(path[1]), line)
    if not line:
        if key.name == "id":
            raise Refused(msg("It needs an id."), msg("Letters a to z, digits and single hyphens."))
        return _gone(raw, path)
    match key.form:
        case "number" | "whole":
            return (SetValue(path, _number(key, line)),)
        case "repeat":
            return (SetValue(path, _repeat(key, line)),)
        case "choices":
            return (SetValue(path, [_choice(key, each) for each in _parts(line)]),)
        case "choice":
            return (SetValue(path, _choice(key, line)),)
        case "texts":
            return (SetValue(path, _parts(line)),)
        case _:
            return (SetValue(path, _text(key, line)),)


def typed_prompt(raw: Raw, path: Path, place: int, line: str, language: str, own: str) -> tuple[Change, ...]:
    """The question at `place` is this line; one place behind the last is a new one. An empty line takes it away."""
    lines = list(lines_in(value_at(raw, path), language, own))
    lines[place : place + 1] = [one_line(line)] if line.strip() else []
    return set_lines(raw, path, language, own, lines)


def moved_prompt(raw: Raw, path: Path, place: int, by: int, language: str, own: str) -> tuple[Change, ...]:
    """The question changes its place with its neighbour; nothing at either end."""
    lines = list(lines_in(value_at(raw, path), language, own))
    if not (0 <= place < len(lines) and 0 <= place + by < len(lines)):
        return ()
    lines.insert(place + by, lines.pop(place))
    return set_lines(raw, path, language, own, lines)


def offered(
    known: Sequence[str], details: Mapping[str, Message], line: str, *, several: bool
) -> tuple[Option, ...]:
    """What a half-typed line can become; of several words the last one is completed. `details` explain some."""
    *done, last = [part.strip() for part in line.split(",")] if several else [line.strip()]
    if last in known:
        if not several:
            return ()
        done, last = [*done, last], ""
    fitting = [word for word in known if word.startswith(last.casefold()) and word not in done]
    return tuple(Option(", ".join([*done, word]), "", details.get(word, "")) for word in fitting)


def toggled(raw: Raw, key: Key, path: Path) -> tuple[Change, ...]:
    """The flag the other way round. A key that was not there is added."""
    now = value_at(raw, path)
    holds = now if isinstance(now, bool) else bool(default_of(key, _table(raw, path)))
    return (SetValue(path, not holds),)


def chosen(raw: Raw, path: Path, value: str) -> tuple[Change, ...]:
    """One of a list, or none of it ("")."""
    return (SetValue(path, value),) if value else _gone(raw, path)


def _table(raw: Raw, path: Path) -> Mapping[str, Any]:
    found = value_at(raw, path[:-1]) if len(path) > 1 else raw
    return found if isinstance(found, Mapping) else {}


def _gone(raw: Raw, path: Path) -> tuple[Change, ...]:
    return (Remove(path),) if value_at(raw, path) is not None else ()


def _words(raw: Raw, key: Key, path: Path, line: str, language: str, own: str) -> tuple[Change, ...]:
    if key.name == "title" and not line and language == own:
        raise Refused(msg("The title is empty."), msg("A word or two, please; Esc goes back."))
    return set_words(raw, path, language, own, line)


def _parts(line: str) -> list[str]:
    return [part for part in (each.strip() for each in line.split(",")) if part]


def _number(key: Key, line: str) -> int | float:
    value = float(line.replace(",", ".")) if _NUMBER.fullmatch(line) else -1.0
    fits = key.least <= value <= key.most and (key.form != "whole" or value.is_integer())
    if not fits:
        raise Refused(
            msg("“{given}” does not fit here.", given=line[:40]),
            msg("Type a number from {least} to {most}.", least=key.least, most=key.most),
        )
    return whole(value)


def _repeat(key: Key, line: str) -> str | int:
    return int(_number(key, line)) if line.isdecimal() else _choice(key, line)


def _choice(key: Key, line: str) -> str:
    word = line.casefold()
    if word in key.choices:
        return str(word)
    close = nearest(line, [str(each) for each in key.choices])
    hint = (
        msg("“{nearest}” is meant, it seems.", nearest=close[0])
        if close
        else msg("Known are: {choices}.", choices=", ".join(key.choices))
    )
    raise Refused(msg("“{given}” does not fit here.", given=line[:40]), hint)


def _text(key: Key, line: str) -> str:
    if key.name == "id" and (not _ID.fullmatch(line) or len(line) > 60):
        raise Refused(
            msg("“{given}” cannot be an id.", given=line[:60]),
            msg("An id has letters a to z, digits and single hyphens, like monthly-reflection."),
        )
    return line
