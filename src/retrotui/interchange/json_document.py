"""The minutes as one JSON document, and back: the keys are those of the file, and nothing is lost.

Owns what JSON has no words for: dates, times and numbers under keys that our model does not know are written as
`{"$date": "2026-11-23"}` and the like. Must not touch the disk. What the meeting hides is taken out before
(`outgoing`); what remains is read back equal.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from retrotui.domain.minutes import SCHEMA, Minutes
from retrotui.errors import Message, RetroError, msg
from retrotui.interchange.outgoing import Outgoing

# What a terminal could obey, or a reader mistake for a line end or another direction: JSON can spell it out.
_LOUD: Final = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_LARGEST: Final = 1 << 63
"""Whole numbers from here on are written in hexadecimal: few readers hold them, and Python spells out no huge ones."""

_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
    "$time": time.fromisoformat,
    "$float": float,
    "$int": lambda text: int(text, 16),
}
_TABLE: Final = "$table"
"""Around a table of somebody's own that has a key of `_READ` as its only one."""


def json_text(out: Outgoing) -> str:
    """The whole document, ending with a line end; only characters that no terminal obeys."""
    plain = json.dumps(_plain(out.document), ensure_ascii=False, indent=2, allow_nan=False)
    return _LOUD.sub(lambda found: f"\\u{ord(found[0]):04x}", plain) + "\n"


def read_json(text: str) -> Minutes:
    """The minutes in a document that `json_text` wrote. Raises RetroError with line and column for anything else."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise _not_ours(msg("This is no JSON document."), error.lineno, error.colno) from error
    except (RecursionError, ValueError) as error:
        raise _not_ours(msg("This is no JSON document.")) from error
    if not isinstance(content, dict):
        raise _not_ours(msg("This JSON document is no minutes."))
    schema = content.get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise RetroError(
            msg("This document was written by a newer retrotui (schema {schema}).", schema=schema),
            msg("Read it with the newer program."),
        )
    try:
        return Minutes.model_validate(_valued(content))
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise _not_ours(msg("This JSON document is no minutes: {key} does not fit.", key=where)) from error
    except (RecursionError, ValueError) as error:
        raise _not_ours(msg("This JSON document is no minutes.")) from error


def _not_ours(what: Message, line: int | None = None, column: int | None = None) -> RetroError:
    return RetroError(what, msg("Take one that retrotui export --to json wrote."), line=line, column=column)


def _plain(table: BaseModel) -> dict[str, Any]:
    """A table of our model: its keys as in the file, instants and days as text, since the model knows them."""
    plain: dict[str, Any] = {}
    for name, info in type(table).model_fields.items():
        plain[info.alias or name] = _known(getattr(table, name))
    return plain | {key: _foreign(value) for key, value in (table.model_extra or {}).items()}


def _known(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _plain(value)
    if isinstance(value, tuple):
        return [_known(each) for each in value]
    return value.isoformat() if isinstance(value, date) else _number(value)


def _foreign(value: Any) -> Any:
    """A value under a key that our model does not know: its type is written with it where JSON has none."""
    if isinstance(value, Mapping):
        table = {key: _foreign(each) for key, each in value.items()}
        return {_TABLE: table} if _is_tag(table) else table
    if isinstance(value, list | tuple):
        return [_foreign(each) for each in value]
    for kind, tag in ((datetime, "$datetime"), (date, "$date"), (time, "$time")):
        if isinstance(value, kind):
            return {tag: value.isoformat()}
    return _number(value)


def _number(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return {"$float": str(value)}
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return {"$int": hex(value)}
    return value


def _is_tag(table: Mapping[str, Any]) -> bool:
    return len(table) == 1 and next(iter(table)) in (*_READ, _TABLE)


def _valued(value: Any) -> Any:
    """What was written, with the values that the tags stand for. Raises ValueError for a tag that holds none."""
    if isinstance(value, list):
        return [_valued(each) for each in value]
    if not isinstance(value, dict):
        return value
    if _is_tag(value):
        ((tag, inner),) = value.items()
        if tag == _TABLE:
            if not isinstance(inner, dict):
                raise ValueError(tag)
            return {key: _valued(each) for key, each in inner.items()}
        if not isinstance(inner, str):
            raise ValueError(tag)
        return _READ[tag](inner)
    return {key: _valued(each) for key, each in value.items()}
