"""What a meeting leaves to the next ones, from the raw dictionary: its part in the loop, and the factors of its deals.

Owns what is remembered of a file beside its words. The loop's part is kept as it stands in the file, so that an item
goes on as it was said; a meeting that hides something leaves only the mark that its file must be read. What was said of
a customer, and what was learned, stands among the words: `recall` finds it there. Must not load pydantic, and takes any
dictionary, as `index_rows` does. Aborted meetings leave nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from retrotui.store.index_rows import tables_in, text_in, texts_in
from retrotui.store.toml_reading import Raw

LOOP_TABLES: Final = ("action", "experiment", "verdict", "carried")
READ_THE_FILE: Final = "-"
"""In the place of the loop's part, where the meeting hides something."""
MOST_MENTIONS: Final = (1 << 16) - 1
LAST_WORDS: Final = frozenset({"keep", "adapt", "drop", "done"})
HELPED: Final = "+"
"""Begins a line of `talk` on a factor that helped; its deal stands after a tab."""
HURT: Final = "-"
TALKED: Final = "="
"""Begins a line on a deal that had the floor."""


class Mention(NamedTuple):
    """One word on an item. `kind`: begun, ended, told, or parent, which `told` names then."""

    kind: str
    about: str
    told: str = ""


class Left(NamedTuple):
    """What one file leaves. `loop` is JSON, `READ_THE_FILE`, or "" where it says nothing of the loop."""

    loop: str = ""
    talk: str = ""
    """A line for each use of a factor that is sorted, and for each deal that was discussed."""
    mentions: tuple[Mention, ...] = ()


def left_by(raw: Raw) -> Left:
    """What a meeting leaves. Never raises."""
    if raw.get("status") == "aborted":
        return Left()
    return Left(_loop(raw), "\n".join(_talk(raw)), tuple(_mentions(raw))[:MOST_MENTIONS])


# -- the loop --------------------------------------------------------------------------------------------


def _plain(value: Any) -> str:
    """Dates and instants as TOML writes them; the model reads them again."""
    return str(value.isoformat())


_encode: Final = json.JSONEncoder(ensure_ascii=False, default=_plain).encode


def _loop(raw: Raw) -> str:
    tables = {name: rows for name in LOOP_TABLES if (rows := tables_in(raw, name))}
    if not tables:
        return ""
    discretion = raw.get("discretion")
    if isinstance(discretion, dict) and any(value is not False for value in discretion.values()):
        return READ_THE_FILE
    owners = {text_in(one, "owner") for name in ("action", "experiment") for one in tables.get(name, ())}
    people = [
        {"id": one["id"], "name": text_in(one, "name")}
        for one in tables_in(raw, "participant")
        if text_in(one, "id") in owners and text_in(one, "id")
    ]
    head = {
        "status": text_in(raw, "status") or "running",
        "started": raw.get("started"),
        "participant": people,
    }
    try:
        return _encode({**head, **tables})
    except (AttributeError, TypeError, ValueError, RecursionError):
        return READ_THE_FILE


def _mentions(raw: Raw) -> Iterator[Mention]:
    """Definitions stand before verdicts: in one meeting the verdict is the newer word."""
    for kind in ("action", "experiment"):
        for one in tables_in(raw, kind):
            if an_id := text_in(one, "id"):
                yield Mention("begun", an_id)
                if parent := text_in(one, "parent"):
                    yield Mention("parent", an_id, parent)
    for one in tables_in(raw, "verdict"):
        last = text_in(one, "decision") in LAST_WORDS
        yield Mention("ended" if last else "told", text_in(one, "item"))
    for one in tables_in(raw, "carried"):
        yield Mention("told", text_in(one, "item"))


# -- what was talked about -------------------------------------------------------------------------------


def discussed(raw: Raw) -> set[str]:
    """The ids of the deals that were chosen for a step, or that something was said on."""
    chosen = {deal for step in tables_in(raw, "step") if "deals" in step for deal in texts_in(step, "deals")}
    for kind in ("factor", "quote", "note"):
        chosen.update(text_in(one, "deal") for one in tables_in(raw, kind))
    chosen.discard("")
    return chosen


def _talk(raw: Raw) -> Iterator[str]:
    for one in tables_in(raw, "factor"):
        effect, factor = text_in(one, "effect"), text_in(one, "factor")
        if factor.isprintable() and factor and effect in ("helped", "hurt"):
            deal = text_in(one, "deal")
            yield f"{HELPED if effect == 'helped' else HURT}{factor}\t{deal if deal.isprintable() else ''}"
    for an_id in sorted(discussed(raw)):
        if an_id.isprintable():
            yield f"{TALKED}{an_id}"
