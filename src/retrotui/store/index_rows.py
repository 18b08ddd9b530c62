"""What of a file is searched: one row for each thing that was said, from the raw dictionary.

Owns which keys are read and what belongs to a row. What the meeting wants left out (`[discretion]`) never becomes a
row, so that nothing which reads the index can show it; amounts and a deal's owner are not searched at all. Must not
load pydantic, and takes any dictionary: a hand-edited file may hold anything anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple, TypeAlias

from retrotui.domain.text import one_line
from retrotui.store.toml_reading import Raw

Mask: TypeAlias = Callable[[str], str]

LEFT_OUT: Final = "…"
"""What stands in the place of a name that the meeting hides."""
BETWEEN: Final = " · "
MOST_ROWS: Final = (1 << 16) - 1
_SHORTEST_NAME = 3
# What most texts are made of: for these, `one_line` would find nothing to clean, and takes five times as long.
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2013\u2014\u2018-\u201e\u2026\u20ac]*")


class Row(NamedTuple):
    """One thing that was said. `step` and `deal` are what people call them, "" where there is none."""

    kind: str
    """The table of the file that it stands in; title, parked or remark for what has no table."""
    step: str
    deal: str
    text: str


def rows_of(raw: Raw) -> list[Row]:
    """The rows of one meeting, in the order of its file, at most `MOST_ROWS`. Never raises."""
    rows = [row for row in _Reading(raw).rows() if row[3]]
    return rows[:MOST_ROWS]


class _Reading:
    """One document being read."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        discretion = raw.get("discretion")
        hidden = discretion if isinstance(discretion, dict) else {}
        self._people_hidden = hidden.get("people", False) is not False
        self._customers_hidden = hidden.get("customers", False) is not False
        self._names = {_text(one, "id"): _text(one, "name") for one in _tables(raw, "participant")}
        self._mask = self._masking()
        self._steps = {
            _text(one, "id"): self._mask(_tidy(_text(one, "title"))) for one in _tables(raw, "step")
        }
        self._deals = {} if self._customers_hidden else {
            _text(one, "id"): self._mask(_tidy(_text(one, "account") or _text(one, "title")))
            for one in _tables(raw, "deal") if _text(one, "id")
        }  # fmt: skip

    def rows(self) -> Iterator[Row]:
        raw = self._raw
        yield self._row("title", {}, _text(raw, "title"))
        for topic in _texts(raw, "parked"):
            yield self._row("parked", {}, topic)
        if not self._people_hidden:
            for one in _tables(raw, "participant"):
                yield self._row("participant", {}, _text(one, "name"))
        for one in _tables(raw, "metric"):
            yield self._row("metric", one, _text(one, "label"))
        for one in _tables(raw, "deal"):
            yield self._row("deal", {"deal": one.get("id")}, *self._deal(one))
        for kind in ("factor", "quote", "note", "lesson"):
            for one in _tables(raw, kind):
                used = [_text(one, "factor"), *_texts(one, "factors")] if kind in ("factor", "lesson") else []
                tags = " ".join(f"#{factor}" for factor in used if factor)
                yield self._row(kind, one, _text(one, "text"), tags)
        for one in _tables(raw, "action"):
            yield self._row("action", one, _text(one, "text"), self._owner(one))
        for one in _tables(raw, "experiment"):
            said = (_text(one, key) for key in ("title", "hypothesis", "change", "measure", "expected"))
            yield self._row("experiment", one, *said, self._owner(one))
        for one in _tables(raw, "verdict"):
            said = (_text(one, key) for key in ("happened", "learned", "reason"))
            yield self._row("verdict", one, *said)
        for one in _tables(raw, "field"):
            yield self._row("field", one, _text(one, "value"))
        worth = raw.get("worth")
        for remark in _texts(worth, "remarks") if isinstance(worth, dict) else ():
            yield self._row("remark", {}, remark)

    def _row(self, kind: str, table: Raw, *parts: str) -> Row:
        step = _text(table, "step")
        return Row(
            kind,
            self._steps.get(step) or self._mask(_tidy(step)),
            self._deals.get(_text(table, "deal"), ""),
            self._mask(_tidy(BETWEEN.join(filter(None, parts)))),
        )

    def _deal(self, one: Raw) -> Iterator[str]:
        if not self._customers_hidden:
            yield _text(one, "account")
            yield _text(one, "title")
        yield _text(one, "reason_raw")
        yield ", ".join(_texts(one, "competitors"))
        if not self._people_hidden:
            yield ", ".join(_texts(one, "contributors"))

    def _owner(self, one: Raw) -> str:
        if self._people_hidden:
            return ""
        return self._names.get(_text(one, "owner"), "") or _text(one, "owner_text")

    # -- what is hidden ------------------------------------------------------------------------------------

    def _masking(self) -> Mask:
        """What takes the hidden names out of a text: as they are written in the lists, and the parts of people's."""
        names: set[str] = set()
        if self._people_hidden:
            for name in filter(None, self._people()):
                parts = {name, *(part for part in name.split() if len(part) >= _SHORTEST_NAME)}
                names |= parts | {f"{part}s" for part in parts}
        if self._customers_hidden:
            names |= {account for one in _tables(self._raw, "deal") if (account := _text(one, "account"))}
        if not names:
            return _as_it_is
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
        return lambda text: pattern.sub(LEFT_OUT, text)

    def _people(self) -> Iterator[str]:
        """Everybody whom the file names, by name or by an id that is made of one."""
        yield from self._names.values()
        yield from (an_id for an_id in self._names if "-" in an_id)
        for kind, keys in _NAMING.items():
            for one in _tables(self._raw, kind):
                for key in keys:
                    name = _text(one, key)
                    # "sales" or "all of us" may own something too: only what begins like a name is one
                    if name[:1].isupper() or "-" in name or kind == "deal":
                        yield name
        for one in _tables(self._raw, "deal"):
            yield from (
                each.rpartition(":")[2].strip() for each in _texts(one, "contributors") if ":" in each
            )


_NAMING: Final = {
    "deal": ("owner",),
    "action": ("owner", "owner_text"),
    "experiment": ("owner", "owner_text"),
    "note": ("ask",),
    "step": ("person",),
}
"""Where a file names somebody besides its participants."""


def _as_it_is(text: str) -> str:
    return text


def _tables(raw: Raw, key: str) -> list[Raw]:
    rows = raw.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(table: Raw, key: str) -> str:
    value: Any = table.get(key, "")
    return value if isinstance(value, str) else ""


def _texts(table: Raw, key: str) -> list[str]:
    values = table.get(key)
    return [value for value in values if isinstance(value, str) and value] if isinstance(values, list) else []


def _tidy(text: str) -> str:
    """As `domain.text.one_line` without a limit, but quick."""
    return " ".join(text.split()) if _PLAIN.fullmatch(text) else one_line(text, limit=None)
