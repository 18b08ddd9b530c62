"""What of a file is searched: one row for each thing that was said, from the raw dictionary.

Owns which keys are read and what belongs to a row. What the meeting wants left out (`[discretion]`) never becomes a
row, so that nothing which reads the index can show it (names as `domain.masking` finds them); amounts and a deal's
owner are not searched at all. Must not load pydantic, and takes any dictionary: a hand-edited file may hold anything
anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from retrotui.domain.text import one_line
from retrotui.store.toml_reading import Raw

if TYPE_CHECKING:
    from retrotui.domain.masking import Mask

LEFT_OUT: Final = "…"
"""What stands in the place of a name that the meeting hides."""
BETWEEN: Final = " · "
MOST_ROWS: Final = (1 << 16) - 1
# What most texts are made of: for these, `one_line` would find nothing to clean, and takes five times as long.
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2013\u2014\u2018-\u201e\u2026\u20ac]*")


_TAGS = re.compile(r"(?: · |^)#\S+(?: #\S+)*$")


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


def masking(raw: Raw) -> Mask:
    """What takes the names that a meeting hides out of a text."""
    return _Reading(raw).mask


def said_in(row_text: str) -> str:
    """What was said in the row of a factor or a lesson, without the tags behind it."""
    return _TAGS.sub("", row_text)


class _Reading:
    """One document being read."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        discretion = raw.get("discretion")
        hidden = discretion if isinstance(discretion, dict) else {}
        self._people_hidden = hidden.get("people", False) is not False
        self._customers_hidden = hidden.get("customers", False) is not False
        self._names = {text_in(one, "id"): text_in(one, "name") for one in tables_in(raw, "participant")}
        self.mask = self._masking()
        self._steps = {
            text_in(one, "id"): self.mask(tidy(text_in(one, "title"))) for one in tables_in(raw, "step")
        }
        self._deals = {} if self._customers_hidden else {
            text_in(one, "id"): self.mask(tidy(text_in(one, "account") or text_in(one, "title")))
            for one in tables_in(raw, "deal") if text_in(one, "id")
        }  # fmt: skip

    def rows(self) -> Iterator[Row]:
        raw = self._raw
        yield self._row("title", {}, text_in(raw, "title"))
        for topic in texts_in(raw, "parked"):
            yield self._row("parked", {}, topic)
        if not self._people_hidden:
            for one in tables_in(raw, "participant"):
                yield self._row("participant", {}, text_in(one, "name"))
        for one in tables_in(raw, "metric"):
            yield self._row("metric", one, text_in(one, "label"))
        for one in tables_in(raw, "deal"):
            yield self._row("deal", {"deal": one.get("id")}, *self._deal(one))
        for one in tables_in(raw, "factor"):
            yield self._row("factor", one, text_in(one, "text"), *_tags(text_in(one, "factor")))
        for kind in ("quote", "note"):
            for one in tables_in(raw, kind):
                yield self._row(kind, one, text_in(one, "text"))
        for one in tables_in(raw, "lesson"):
            yield self._row("lesson", one, text_in(one, "text"), *_tags(*texts_in(one, "factors")))
        for one in tables_in(raw, "action"):
            yield self._row("action", one, text_in(one, "text"), self._owner(one))
        for one in tables_in(raw, "experiment"):
            said = (text_in(one, key) for key in ("title", "hypothesis", "change", "measure", "expected"))
            yield self._row("experiment", one, *said, self._owner(one))
        for one in tables_in(raw, "verdict"):
            said = (text_in(one, key) for key in ("happened", "learned", "reason"))
            yield self._row("verdict", one, *said)
        for one in tables_in(raw, "field"):
            yield self._row("field", one, text_in(one, "value"))
        worth = raw.get("worth")
        for remark in texts_in(worth, "remarks") if isinstance(worth, dict) else ():
            yield self._row("remark", {}, remark)

    def _row(self, kind: str, table: Raw, *parts: str) -> Row:
        # for each row of ten thousand files: no call that can be spared
        step, deal = table.get("step"), table.get("deal")
        text = tidy(parts[0] if len(parts) == 1 else BETWEEN.join(filter(None, parts)))
        return Row(
            kind,
            self._steps.get(step) or self.mask(tidy(step)) if step and isinstance(step, str) else "",
            self._deals.get(deal, "") if deal and isinstance(deal, str) else "",
            text if self.mask is _as_it_is else self.mask(text),
        )

    def _deal(self, one: Raw) -> Iterator[str]:
        if not self._customers_hidden:
            yield text_in(one, "account")
            yield text_in(one, "title")
        yield text_in(one, "reason_raw")
        yield ", ".join(texts_in(one, "competitors"))
        if not self._people_hidden:
            yield ", ".join(texts_in(one, "contributors"))

    def _owner(self, one: Raw) -> str:
        if self._people_hidden:
            return ""
        return self._names.get(text_in(one, "owner"), "") or text_in(one, "owner_text")

    def _masking(self) -> Mask:
        """What takes the hidden names out of a text."""
        if not (self._people_hidden or self._customers_hidden):
            return _as_it_is
        from retrotui.domain.companies import Companies  # most folders hide nothing: a search does without
        from retrotui.domain.masking import customers_in, people_in
        from retrotui.domain.masking import masking as masking_of

        everybody = people_in(self._raw) if self._people_hidden else ()
        customers = customers_in(self._raw) if self._customers_hidden else ()
        companies = Companies({}, short=dict.fromkeys(customers, LEFT_OUT))
        return masking_of(everybody, companies, LEFT_OUT) or _as_it_is


def _tags(*factors: str) -> Iterator[str]:
    """The factors as they are typed, in one part; none where there are none."""
    if tags := " ".join(f"#{factor}" for factor in factors if factor):
        yield tags


def _as_it_is(text: str) -> str:
    return text


def tables_in(raw: Raw, key: str) -> list[Raw]:
    rows = raw.get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def text_in(table: Raw, key: str) -> str:
    value: Any = table.get(key, "")
    return value if isinstance(value, str) else ""


def texts_in(table: Raw, key: str) -> list[str]:
    values = table.get(key)
    return [value for value in values if isinstance(value, str) and value] if isinstance(values, list) else []


def tidy(text: str) -> str:
    """As `domain.text.one_line` without a limit, but quick."""
    if not _PLAIN.fullmatch(text):
        return one_line(text, limit=None)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        return " ".join(text.split())
    return text
