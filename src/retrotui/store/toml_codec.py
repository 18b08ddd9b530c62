"""Minutes as bytes and back: one stable layout, so that a one-word edit is a one-line difference.

Owns the layout (which key stands where, what is left out when empty) and the check of a parsed document against the
model. `tomli-w` writes the values. Must not touch the disk; must not load pydantic before a document is asked for:
listing and search do without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import tomli
import tomli_w

from retrotui.errors import Message, msg
from retrotui.store.toml_places import Places
from retrotui.store.toml_reading import DamagedFile, Migration, Raw, damaged, migrate, parse_text, text_of

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

    from retrotui.domain.minutes import Minutes

MIGRATIONS: Final[tuple[Migration, ...]] = ()
"""Of minutes and drafts, in order: the first goes from schema 1 to 2."""

# Keys that stand in the file although they are empty: there the emptiness says something (files.md).
_SHOWN_EMPTY: Final = {
    "Minutes": {"reopened"},
    "Discretion": {"amounts", "customers", "people"},
    "Participant": {"name"},
    "FactorUse": {"factor", "source"},
    "Experiment": {"parent"},
    "Verdict": {"reason"},
    "FieldValue": {"deal"},
}
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')


@dataclass(frozen=True, slots=True)
class Document:
    """What was read: the minutes, and the tables that were set `aside`. `read_only`: a newer program wrote it."""

    minutes: Minutes
    read_only: bool = False
    aside: Mapping[str, Any] = field(default_factory=dict)


Memory = dict[tuple[str, int], tuple[object, list[str]]]
"""Blocks written before, by name and identity: entries are frozen, so the same one has the same lines, as one text."""


def encode(
    minutes: Minutes,
    aside: Mapping[str, Mapping[str, Any]] | None = None,
    memory: Memory | None = None,
    fresh: list[str] | None = None,
) -> bytes:
    """The file of these minutes: UTF-8, LF, keys and tables in the order of the model, unknown ones after them.

    `aside` are tables of a draft, put at the end. `memory` makes the next call with the same one faster; `fresh` is
    told the lines that did not come out of it, a file of their own. Half characters that no file can hold become
    question marks.
    """
    aside = aside or {}
    remembered = memory if memory is not None else {}
    written: Memory = {}
    new: list[str] = []
    lines = [*_table_lines(minutes, "", remembered, written, new, leave_out=aside.keys())]
    remembered.clear()
    remembered.update(written)
    for name, table in aside.items():
        keys = ["", f"[{_key(name)}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items())]
        lines += keys
        new += keys
    if fresh is not None:
        fresh[:] = new
    return _bytes_of(lines)


def check_fresh(fresh: Iterable[str]) -> None:
    """As `check_toml`, of the lines that `encode` called fresh. The others are blocks of a file that was checked: a
    table of an array is sound by itself, and parsing 300 of them at each entry would keep the screen waiting."""
    check_toml(_bytes_of(fresh))


def _bytes_of(lines: Iterable[str]) -> bytes:
    return "\n".join([*lines, ""]).lstrip("\n").encode("utf-8", "replace")


def check_toml(content: bytes) -> None:
    """That what was written can be read as TOML. No more than that: while a meeting runs, a file that a person must
    mend is better than words that are nowhere. Raises `DamagedFile`."""
    try:
        tomli.loads(content.decode())
    except ValueError as error:
        raise damaged(msg("it cannot be read back"), None) from error


def encode_keys(table: Mapping[str, Any]) -> bytes:
    """A small file of keys and values, in the order given."""
    lines = [f"{_key(key)} = {_value(value)}\n" for key, value in table.items()]
    return "".join(lines).encode("utf-8", "replace")


def decode(content: bytes, file: Path | None = None, *, aside: Iterable[str] = ()) -> Document:
    """The minutes in `content`; the tables named in `aside` are taken out and handed over as they are.

    Raises `DamagedFile` with file, line and column.
    """
    text = text_of(content, file)
    return decode_raw(parse_text(text, file), text, file, aside=aside)


def decode_raw(raw: Raw, text: str, file: Path | None = None, *, aside: Iterable[str] = ()) -> Document:
    """Like `decode`, from a document that is parsed already; `text` is where lines are looked up."""
    from pydantic import ValidationError

    from retrotui.domain.minutes import Minutes

    raw, newer = migrate(raw, MIGRATIONS, file)
    kept = {name: raw[name] for name in aside if name in raw}
    try:
        minutes = Minutes.model_validate({key: value for key, value in raw.items() if key not in kept})
    except ValidationError as error:
        if newer:
            raise _from_newer(raw, file) from error
        raise invalid(error, text, file) from error
    return Document(minutes, newer, kept)


def invalid(error: ValidationError, text: str, file: Path | None) -> DamagedFile:
    """One sentence on the first thing that does not fit the model: which key, and in which line."""
    fault, line, column = first_fault(error, text)
    return damaged(fault, file, line, column)


def first_fault(error: ValidationError, text: str) -> tuple[Message, int, int]:
    """What does not fit first, as a part of a sentence, and where: line and column, from 1."""
    first = error.errors(include_url=False, include_context=True, include_input=False)[0]
    places, where = Places(text), tuple(first["loc"])
    missing = first["type"] == "missing"
    while where and not missing and places.find(where) is None:
        where = where[:-1]  # unions name their branches; what the file has is the key before that
    key = next((str(part) for part in reversed(where or first["loc"]) if isinstance(part, str)), "")
    return _fault(str(first["type"]), key, first.get("ctx", {})), *places.locate(where)


def _fault(kind: str, key: str, context: Mapping[str, Any]) -> Message:
    if kind == "missing":
        return msg("the key {key} is missing", key=key)
    if kind == "literal_error":
        choices = re.findall("'([^']*)'", str(context.get("expected", "")))
        return msg("{key} must be one of {choices}", key=key, choices=", ".join(choices))
    if kind == "timezone_aware":
        return msg("{key} needs an offset, as in 2026-11-23T09:00:12+01:00", key=key)
    if kind.startswith("datetime"):
        return msg("{key} must be an instant, as in 2026-11-23T09:00:12+01:00", key=key)
    if kind.startswith("date"):
        return msg("{key} must be a date, as in 2026-11-23", key=key)
    if kind.startswith("string_pattern"):
        return msg('{key} must be a number in quotes, as in "1200.50"', key=key)
    if kind.startswith("string"):
        return msg("{key} must be a text in quotes", key=key)
    if kind.startswith(("int", "float", "greater", "less")):
        return msg("{key} must be a whole number in its range", key=key)
    if kind.startswith("bool"):
        return msg("{key} must be true or false", key=key)
    if kind.startswith(("tuple", "list", "too_")):
        return msg("{key} must be a list", key=key)
    if kind.startswith(("model", "dict")):
        return msg("{key} must be a table", key=key)
    return msg("{key} has a value that does not fit", key=key)


def _from_newer(raw: Raw, file: Path | None) -> DamagedFile:
    name = file.name if file is not None else msg("The text")
    return DamagedFile(
        msg("{file} was written by a newer retrotui (schema {schema}).", file=name, schema=raw.get("schema")),
        msg("Read it with the newer program. It is left as it is."),
        file=file,
        line=1,
        column=1,
    )


def _table_lines(
    table: BaseModel,
    name: str,
    remembered: Memory,
    written: Memory,
    fresh: list[str],
    *,
    leave_out: Iterable[str] = (),
) -> Iterator[str]:
    """The keys of a table, then the tables in it. A blank line stands before each table of the document itself."""
    inner: list[tuple[str, Any]] = []
    keys: list[str] = []
    for attribute, key, empty in _layout(type(table)):
        value = getattr(table, attribute)
        if value is None or (empty is not None and value == empty):
            continue
        if _is_table(value):
            inner.append((key, value))
        else:
            keys.append(f"{key} = {_value(value)}")
    for key, value in (table.model_extra or {}).items():
        if key in leave_out:
            continue
        if not name and _is_table(value):
            inner.append((_key(key), value))
        else:
            keys.append(f"{_key(key)} = {_value(value)}")
    if not name:
        fresh += keys
    yield from keys
    for key, value in inner:
        path = f"{name}.{key}" if name else key
        yield from _blocks(path, value, remembered, written, fresh)


@lru_cache(maxsize=64)
def _layout(model: type[BaseModel]) -> tuple[tuple[str, str, Any], ...]:
    """Of each field in order: its name, its key in the file, and the empty default that is left out (else None)."""
    shown_empty = _SHOWN_EMPTY.get(model.__name__, ())
    layout: list[tuple[str, str, Any]] = []
    for name, info in model.model_fields.items():
        empty = isinstance(info.default, str | tuple | bool) and not info.default
        layout.append((name, info.alias or name, info.default if empty and name not in shown_empty else None))
    return tuple(layout)


def _blocks(name: str, value: Any, remembered: Memory, written: Memory, fresh: list[str]) -> Iterator[str]:
    """The tables under a name. A blank line stands before those of the document itself."""
    many = isinstance(value, list | tuple)
    header = f"[[{name}]]" if many else f"[{name}]"
    inside = "." in name  # then the lines are those of the block around, which tells of them
    before = [] if inside else [""]
    for table in value if many else (value,):
        if isinstance(table, Mapping):
            lines = [*before, header, *(f"{_key(key)} = {_value(inner)}" for key, inner in table.items())]
            known = None
        else:
            known = remembered.get((name, id(table)))
            if known is not None and known[0] is table:
                lines = known[1]
            else:
                known = None
                own = _table_lines(table, name, remembered, written, fresh)
                lines = ["\n".join([*before, header, *own])]
            written[name, id(table)] = (table, lines)
        if known is None and not inside:
            fresh += lines
        yield from lines


def _is_table(value: Any) -> bool:
    """Whether this gets a block of its own: a model, a mapping, or a list of nothing but those."""
    if isinstance(value, list | tuple):
        return bool(value) and all(_is_one_table(item) for item in value)
    return _is_one_table(value)


def _is_one_table(value: Any) -> bool:
    return isinstance(value, Mapping) or hasattr(value, "model_fields_set")


def _value(value: Any) -> str:
    """A value on one line. One frame a level: a file may nest four hundred deep."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        parts = []
        for key, inner in value.items():
            parts.append(f"{_key(key)} = {_value(inner)}")
        return "{ " + ", ".join(parts) + " }" if parts else "{}"
    if isinstance(value, list | tuple):
        parts = []
        for inner in value:
            parts.append(_value(inner))
        return "[" + ", ".join(parts) + "]"
    if isinstance(value, datetime):
        return _written(value).replace(" ", "T", 1)
    if isinstance(value, int) and abs(value) >= 1 << 64:
        return (
            hex(value) if value > 0 else _written(value)
        )  # Python spells out no number of thousands of digits
    return _written(value)


def _text(value: str) -> str:
    return f'"{_TO_ESCAPE.sub(lambda found: _escaped(found[0]), value)}"'


@lru_cache(maxsize=64)
def _escaped(character: str) -> str:
    return _written(character)[1:-1]


@lru_cache(maxsize=1024)
def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _written(value: Any) -> str:
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")
