"""Figures from a file (`--numbers FILE`): `Kennzahl;Ist;Ziel;Einheit;Besser` or `metric,actual,target,unit,better`.

Owns what the columns and their words mean (`numbers.toml`, which a person can extend). Encodings, separators and
numbers are those of every table. Must not know the step that shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from retrotui.domain.text import one_line, slug
from retrotui.errors import Message, RetroError, msg
from retrotui.interchange.amounts import Mark, decide, decimal_string, shape_of, unit_of
from retrotui.interchange.crm.headings import key
from retrotui.interchange.knowledge import table
from retrotui.interchange.table_text import open_table

Unit = Literal["currency", "count", "percent", "days", ""]
MOST = 200
"""Rows that a file of figures may have; more is something else."""
WHOLE_DIGITS = 15
"""That minutes keep before the decimal mark."""
LABEL = 200
"""Bytes of a label."""


@dataclass(frozen=True, slots=True)
class Number:
    """One figure. `actual` and `target` are decimal strings, "" where unknown; `currency` only for money."""

    id: str
    label: str
    actual: str
    target: str
    unit: Unit
    currency: str
    better: Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class NumbersFile:
    """The figures of a file, and what of it was not understood (line, sentence)."""

    file: str
    numbers: tuple[Number, ...]
    remarks: tuple[tuple[int, Message], ...]


@cache
def _words(section: str) -> Mapping[str, str]:
    """What each word of a section means. Signs such as `%` and `<` stand for themselves."""
    known: dict[str, str] = {}
    for meaning, words in table("numbers.toml")[section].items():
        for word in words:
            known.setdefault(_key(word), meaning)
    return known


def _key(text: str) -> str:
    return key(text) or text.strip()


def _score(row: Sequence[str]) -> int:
    found = {_words("header").get(_key(cell)) for cell in row} - {None}
    return len(found) if {"metric", "actual"} <= found else 0


def read(path: Path) -> NumbersFile:
    """Reads the figures of a file. Raises RetroError, in one sentence, for what is no such file."""
    opened = open_table(path, _score)
    if opened.header_at is None:
        found = next((row for row in opened.sample if any(cell.strip() for cell in row)), ())
        raise RetroError(
            msg(
                "{file} is no table of figures: found was only {found}.",
                file=opened.name,
                found=", ".join(one_line(cell)[:40] for cell in found[:8] if cell.strip()) or "–",
            ),
            msg("Its first row must read: metric,actual,target,unit,better"),
        )
    rows, lines = opened.rows()
    header = rows[opened.header_at]
    at: dict[str, int] = {}
    for place, cell in enumerate(header):
        if field := _words("header").get(_key(cell)):
            at.setdefault(field, place)
    body = [
        (line, row)
        for row, line in zip(rows, lines, strict=True)
        if line > lines[opened.header_at] and any(map(str.strip, row))
    ]
    if not body or len(body) > MOST:
        raise RetroError(
            msg(
                "{file} has {n} figures; it should have 1 to {most}.",
                file=opened.name,
                n=len(body),
                most=MOST,
            ),
            msg("Write one figure in each row, below the row metric,actual,target,unit,better"),
        )
    mark = _decimal_mark(
        [_cell(row, at, field) for _, row in body for field in ("actual", "target")], opened.delimiter
    )
    return _read_rows(opened.name, body, at, mark)


def _read_rows(
    name: str, body: Sequence[tuple[int, list[str]]], at: Mapping[str, int], mark: Mark
) -> NumbersFile:
    numbers: list[Number] = []
    remarks: list[tuple[int, Message]] = []
    taken: set[str] = set()
    for line, row in body:
        label = one_line(_cell(row, at, "metric"), limit=LABEL)
        if not label:
            remarks.append((line, msg("Has no name and was left out.")))
            continue
        unit, currency, scale = _unit(_cell(row, at, "unit"))
        values: list[str] = []
        for field in ("actual", "target"):
            text = _cell(row, at, field)
            value, own_unit, own_currency, own_scale = _value(text, mark)
            if not unit and own_unit:
                unit, currency, scale = own_unit, own_currency, own_scale
            figure = _scaled(value, own_scale or scale, unit) if value is not None else ""
            if text and not figure:
                remarks.append((line, msg("“{value}” is no number. Unknown.", value=one_line(text)[:40])))
            values.append(figure)
        if not any(values):
            remarks.append((line, msg("{label} has neither an actual value nor a target.", label=label)))
        better = _words("better").get(_key(_cell(row, at, "better")), "higher")
        number_id = _free_id(slug(label) or "figure", taken)
        numbers.append(
            Number(
                number_id,
                label,
                values[0],
                values[1],
                unit,
                currency,
                "lower" if better == "lower" else "higher",
            )
        )
    return NumbersFile(name, tuple(numbers), tuple(remarks))


def _cell(row: Sequence[str], at: Mapping[str, int], field: str) -> str:
    place = at.get(field)
    return row[place].strip() if place is not None and place < len(row) else ""


def _decimal_mark(values: Iterable[str], delimiter: str) -> Mark:
    """Decided from all values together; where they cannot tell, by the separator."""
    decision = decide(shape_of(_parted(text)[0]) for text in values)
    return decision.mark or ("," if delimiter == ";" else ".")


def _parted(text: str) -> tuple[str, str]:
    """A cell's number and the unit behind or before it ("63 %", "€ 480", "45 Tage")."""
    digits = [place for place, char in enumerate(text) if char.isdigit()]
    if not digits:
        return text, ""
    start, end = digits[0], digits[-1] + 1
    while start and text[start - 1] in "+-−.,(":
        start -= 1
    while end < len(text) and text[end] in ".,-–—)":
        end += 1
    return text[start:end], f"{text[:start]} {text[end:]}".strip()


def _value(text: str, mark: Mark) -> tuple[str | None, Unit, str, int]:
    """The decimal string, and the unit that the cell itself names."""
    number, behind = _parted(text)
    shape = shape_of(number)
    value = decimal_string(shape, mark, places=0) if shape else None
    if value is None or not behind:
        return value, "", "", 0
    unit, currency, scale = _unit(behind)
    return (value if unit else None), unit, currency, scale


def _unit(text: str) -> tuple[Unit, str, int]:
    """Unit, currency and powers of ten of what stands in the column of units ("€", "T€", "%", "Tage")."""
    known = _words("unit").get(_key(text))
    if known in ("currency", "count", "percent", "days"):
        return known, "", 0  # type: ignore[return-value]
    counted = unit_of(text)
    return ("currency", counted.currency, counted.power) if counted and counted.currency else ("", "", 0)


def _scaled(value: str, scale: int, unit: Unit) -> str:
    """The value times its scale; "" where minutes could not keep so many digits."""
    number = f"{Decimal(value).scaleb(scale):f}"
    whole, _, part = number.partition(".")
    if len(whole) > WHOLE_DIGITS:
        return ""
    part = part.rstrip("0")
    if unit == "currency":
        part = part.ljust(2, "0")
    return f"{whole}.{part}" if part else whole


def _free_id(wanted: str, taken: set[str]) -> str:
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    taken.add(found)
    return found
