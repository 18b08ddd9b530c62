"""What the index keeps of a meeting for the figures over many, from the raw dictionary.

Owns how `domain.insights.facts` are made of a file and how they are kept: packed, so that ten thousand are laid side by
side without a loop over their values. They hold no name, no text and no amount, so nothing that a meeting hides can be
in them. Must not load pydantic, and takes any dictionary, as `index_rows` does. Aborted meetings leave nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, Final, TypeAlias

from retrotui.domain.insights.columns import COUNTS, TEXTS, WORDS, Column, Columns, Row, numbers_of, row_of
from retrotui.domain.insights.facts import HELPED, HURT, KINDS_OF_TIME, Facts, joined, use_word
from retrotui.store.index_rows import tables_in, text_in
from retrotui.store.toml_reading import Raw

CAPPED_KIND: Final = "numbers"
"""The steps with figures: every agenda of ours caps them, and the minutes do not say it again."""
FEWEST_VOTES: Final = 4
SEPARATOR: Final = "\x1f"
"""Between the words of one meeting, and between meetings."""
SIZE: Final = 8
"""Bytes of a number."""
_PAIRED: Final = {
    "deals": "days_since",
    "experiments": "experiments_due",
    "actions": "actions_due",
    "extended": "extended_due",
}

Packed: TypeAlias = tuple[str | bytes, ...]
"""A `Row` as the index keeps it, by `COLUMNS`. Numbers are bytes, those of `_PAIRED` in
turns with the column beside it. Words are one text, with a "\x1f" before each, so that none is nothing."""
COLUMNS: Final = tuple(name for name in Row._fields if name not in _PAIRED.values())


def facts_kept(raw: Raw) -> Packed | None:
    """The facts of a meeting as they are kept; None where it leaves none. Never raises."""
    day = _day(raw.get("date"))
    if day is None or raw.get("status") == "aborted":
        return None
    return packed(row_of(facts_of(raw, day)))


def packed(row: Row) -> Packed:
    """Each of `COLUMNS`."""
    kept: list[str | bytes] = []
    for name in COLUMNS:
        value = getattr(row, name)
        if name in TEXTS:
            kept.append(value.replace(SEPARATOR, " "))
        elif name in WORDS:
            kept.append("".join([SEPARATOR + word.replace(SEPARATOR, " ") for word in value]))
        else:
            if name in _PAIRED:
                value = chain.from_iterable(zip(value, getattr(row, _PAIRED[name]), strict=True))
            kept.append(numbers_of(value).tobytes())
    return tuple(kept)


def fullness(kept: Sequence[Any]) -> tuple[bool, int]:
    """Whether a meeting, as it is kept, was closed, and how much there is in it.

    Raises ValueError or TypeError for what `packed` did not make.
    """
    numbers = array("q")
    numbers.frombytes(kept[COLUMNS.index("counts")])
    counts = dict(zip(COUNTS, numbers, strict=True))
    said = sum(map(bool, numbers))  # every meeting has as many, but most of them may be 0
    return counts["closed"] == 1, sum(map(len, kept)) + SIZE * said


def unpacked(meetings: list[str], days: list[int], kept: Sequence[Sequence[Any]]) -> Columns:
    """Meetings side by side. `kept` are the columns of `COLUMNS`, of each what was kept of each meeting.

    Raises ValueError or TypeError for what `packed` did not make.
    """
    made: dict[str, Any] = {}
    for name, column in zip(COLUMNS, kept, strict=True):
        if name in TEXTS:
            made[name] = SEPARATOR.join(column).split(SEPARATOR) if column else []
        elif name in WORDS:
            sizes = [one.count(SEPARATOR) for one in column]
            made[name] = Column(sizes, "".join(column).split(SEPARATOR)[1:])
        else:
            each = SIZE * (2 if name in _PAIRED else 1)
            sizes = [len(one) // each for one in column]
            numbers = array("q")
            numbers.frombytes(b"".join(column))
            if name == "counts":
                made[name] = numbers
            elif name in _PAIRED:
                made[name], made[_PAIRED[name]] = Column(sizes, numbers[::2]), Column(sizes, numbers[1::2])
            else:
                made[name] = Column(sizes, numbers)
    found = Columns(meetings, days, **made)
    if not _fit(found):
        raise ValueError("columns that do not belong together")
    return found


def _fit(found: Columns) -> bool:
    """Whether what stands side by side belongs together."""
    columns = [one for name in Row._fields if isinstance(one := getattr(found, name), Column)]
    return (
        found.deals.sizes == found.outcomes.sizes == found.named.sizes
        and found.judged.sizes == found.decisions.sizes
        and len(found.uses) == len(found.loose) == len(found)
        and all(len(one.values) == sum(one.sizes) for one in columns)
        and len(found.counts) == len(found) * len(COUNTS)
    )


def facts_of(raw: Raw, day: date) -> Facts:
    """The facts of a meeting that was not aborted."""
    uses, named = _uses(raw)
    deals = _deals(raw, day, named)
    judged, extended = _verdicts(raw)
    planned, spent = _times(raw)
    return Facts(
        text_in(raw, "id"),
        day,
        raw.get("status") == "closed",
        list(deals),
        [outcome for outcome, _ in deals.values()],
        [days for _, days in deals.values()],
        [joined(named.get(an_id, ())) for an_id in deals],
        uses,
        joined(named.get("", ())),
        dict(_experiments(raw)),
        dict(_actions(raw)),
        judged,
        extended,
        [item for one in tables_in(raw, "carried") if (item := text_in(one, "item"))],
        planned,
        spent,
        _capped(raw),
        list(dict.fromkeys(_functions(raw))),
        _tally(raw, "safety"),
        _tally(raw, "worth"),
    )


def _uses(raw: Raw) -> tuple[list[str], dict[str, list[str]]]:
    """Every use; and what was named on each deal, on none under ""."""
    uses: list[str] = []
    named: dict[str, list[str]] = {}
    for one in tables_in(raw, "factor"):
        effect, factor = text_in(one, "effect"), text_in(one, "factor")
        if effect not in ("helped", "hurt") or (factor and factor.split() != [factor]):
            continue
        uses.append(use_word(effect, text_in(one, "source"), factor))
        if factor:
            named.setdefault(text_in(one, "deal"), []).append(
                (HELPED if effect == "helped" else HURT) + factor
            )
    return uses, named


def _deals(raw: Raw, day: date, named: Mapping[str, object]) -> dict[str, tuple[str, int | None]]:
    """Outcome and days since the decision of each deal, of those that only a factor names too."""
    found: dict[str, tuple[str, int | None]] = {}
    for one in tables_in(raw, "deal"):
        if (an_id := text_in(one, "id")) and an_id not in found:
            decided = _day(one.get("decided"))
            found[an_id] = text_in(one, "outcome"), (day - decided).days if decided is not None else None
    for an_id in named:
        if an_id and an_id not in found:
            found[an_id] = "", None
    return found


def _experiments(raw: Raw) -> Iterator[tuple[str, int | None]]:
    for one in tables_in(raw, "experiment"):
        if (an_id := text_in(one, "id")) and text_in(one, "state") == "running":
            yield an_id, _number(one.get("due"))


def _actions(raw: Raw) -> Iterator[tuple[str, int | None]]:
    for one in tables_in(raw, "action"):
        if an_id := text_in(one, "id"):
            yield an_id, _number(one.get("due"))


def _verdicts(raw: Raw) -> tuple[dict[str, str], dict[str, int | None]]:
    """Last words, and extensions."""
    judged: dict[str, str] = {}
    extended: dict[str, int | None] = {}
    for one in tables_in(raw, "verdict"):
        item, decision = text_in(one, "item"), text_in(one, "decision")
        if item and decision == "extend":
            extended[item] = _number(one.get("due"))
        elif item and decision:
            judged[item] = decision
    return judged, extended


def _times(raw: Raw) -> tuple[list[int], list[int]]:
    """Planned and spent. What was put in on the spot is no part of the plan; pauses count as framing."""
    planned, spent = [0] * len(KINDS_OF_TIME), [0] * len(KINDS_OF_TIME)
    for one in tables_in(raw, "step"):
        if (kind := text_in(one, "counts_as") or "frame") in KINDS_OF_TIME and not one.get("added"):
            planned[KINDS_OF_TIME.index(kind)] += _seconds(one.get("planned_s"))
    share = raw.get("share")
    if isinstance(share, dict):
        spent = [_seconds(share.get(kind)) for kind in KINDS_OF_TIME]
    return planned, spent


def _capped(raw: Raw) -> list[int]:
    """How many capped steps used their whole box, of those that were held."""
    hit = held = 0
    for one in tables_in(raw, "step"):
        spent = _seconds(one.get("spent_s"))
        if one.get("kind") == CAPPED_KIND and spent:
            box = _seconds(one.get("planned_s")) + _plain(one.get("replanned_s"))
            held += 1
            hit += 0 < box <= spent
    return [hit, held]


def _functions(raw: Raw) -> Iterator[str]:
    for one in tables_in(raw, "participant"):
        if one.get("present", True) is not False and (function := text_in(one, "function")):
            yield function


def _tally(raw: Raw, key: str) -> list[int]:
    """Five counts; none where they are few enough to point at somebody."""
    tally = raw.get(key)
    counts = tally.get("counts") if isinstance(tally, dict) else None
    if not isinstance(counts, list) or len(counts) != 5 or not all(type(one) is int for one in counts):
        return []
    return counts if min(counts) >= 0 and sum(counts) >= FEWEST_VOTES else []


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _number(value: Any) -> int | None:
    day = _day(value)
    return day.toordinal() if day is not None else None


def _seconds(value: Any) -> int:
    return max(0, _plain(value))


def _plain(value: Any) -> int:
    return value if type(value) is int and abs(value) < 10**9 else 0
