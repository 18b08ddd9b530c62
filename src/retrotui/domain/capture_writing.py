"""An entry as it could be typed: the way back from a reading to the line.

Owns the choice of prefix, tags and marks for what is to be edited. Must not know the grammar: each line that
it offers is read again, and the first one that means the same is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from retrotui.domain import functions
from retrotui.domain.capture import USES, read
from retrotui.domain.capture_people import tag_for, whom
from retrotui.domain.capture_reading import Context, Reading
from retrotui.domain.capture_tags import escape
from retrotui.domain.capture_words import outcome_word, source_word
from retrotui.domain.spoken_dates import write_date
from retrotui.domain.spoken_numbers import plain, write_number, write_quantities

_PREFIX = {"lesson": "!", "learned": "!", "experiment": "?", "action": ">", "note": ".", "parked": "&"}


def write(reading: Reading, context: Context) -> str:
    """The line that `read` takes for this reading: `- Preis spät #preis *2 /kunde`.

    A text of several lines is put on one. Where the step has no line for it (a metric outside `numbers`),
    the nearest one that keeps the words.
    """
    reading = replace(reading, text=" ".join(reading.text.splitlines()).strip())
    lines = [line for line in _lines(reading, context) if line]
    return next(
        (line for line in lines if read(line, context) == (reading,)), lines[-1] if lines else reading.text
    )


def _lines(reading: Reading, context: Context) -> Iterator[str]:
    """Ways to type it, the plainest first; the last one is taken where none reads back the same."""
    kind = reading.kind
    if kind in ("arrival", "departure", "participant"):
        yield from _person_lines(reading, context)
    elif kind == "metric":
        figures = _figures(reading, context.language)
        yield f"{reading.label} {figures}"
        yield f"{reading.label}: {figures}"
    elif kind == "new_deal":
        yield from _deal_lines(reading, context)
    elif kind == "next_date" and reading.due:
        yield write_date(reading.due, context.today, context.language)
        yield f"={reading.due.isoformat()}"
    elif kind == "quote":
        yield from (
            f'"{reading.text}"',
            f"„{reading.text}“",
            f"»{reading.text}«",
            f'"{reading.text}',
            reading.text,
        )
    else:
        yield from _text_lines(reading, context)


def _text_lines(reading: Reading, context: Context) -> Iterator[str]:
    tagged = _tagged(reading, context)
    if reading.kind == "factor":
        yield f"{'+' if reading.effect == 'helped' else '-'} {tagged}"
        return
    yield tagged
    yield reading.text
    if prefix := _PREFIX.get(reading.kind, ""):
        yield f"{prefix} {tagged}"
        yield f"{prefix} {reading.text}"
    yield f"\\{reading.text}"
    yield f"{prefix} {tagged}" if prefix else reading.text


def _tagged(reading: Reading, context: Context) -> str:
    """The text and behind it its tags."""
    use = USES.get(reading.kind)
    text = escape(reading.text, use, context) if use else reading.text
    tags = [_factor_tag(factor, context) for factor in (reading.factor, *reading.factors) if factor]
    tags += [f"*{reading.weight}"] if reading.weight > 1 else []
    tags += [f"/{source_word(reading.source, context.language)}"] if reading.source else []
    if use and use.person and not use.keep_person:
        person = reading.owner or reading.ask
        tags += [f"@{tag_for(person, context.people)}"] if person else []
        tags += [_stranger_tag(reading.owner_text, context)] if reading.owner_text else []
    tags += [f"={write_date(reading.due, context.today, context.language)}"] if reading.due else []
    return " ".join(part for part in (text, *tags) if part)


def _factor_tag(factor_id: str, context: Context) -> str:
    """The short name in the line's language where it is clear, else the id."""
    factor = context.factors.get(factor_id)
    if factor is not None:
        short = factor.tag(context.language)
        if (found := context.factors.find(short)) is not None and found.id == factor_id:
            return f"#{short}"
    return f"#{factor_id}"


def _stranger_tag(name: str, context: Context) -> str:
    plain = name.replace('"', "”")
    simple = plain == name and " " not in name and name[-1:].isalnum() and not whom(name, context.people)
    return f"@{name}" if simple else f'@"{plain}"'


def _person_lines(reading: Reading, context: Context) -> Iterator[str]:
    known = tag_for(reading.person, context.people) if reading.person else ""
    function = functions.label(reading.function, context.language)
    if reading.kind == "departure":
        yield from (f"@-{known or reading.name}", f"@-{reading.person}", f"@-{reading.name}")
        return
    front = "@" if reading.kind == "arrival" else ""
    names = [name for name in (known, reading.name, reading.person) if name] or ["?"]
    for name in names:
        yield f"{front}{name}"
    for name in names:
        yield f"{front}{name}, {function}"
        yield f"{front}{name}, {reading.function}"
    yield f"@{names[0]}, {function}" if function else f"@{names[0]}"


def _figures(reading: Reading, language: str) -> str:
    values = (reading.actual, reading.target) if reading.target else (reading.actual,)
    figures = write_quantities(
        tuple(value or "0" for value in values), reading.unit, reading.currency, language
    )
    return f"{figures} <" if reading.better == "lower" else figures


def _deal_lines(reading: Reading, context: Context) -> Iterator[str]:
    outcome = outcome_word(reading.outcome or "", context.language)
    amount = _amount(reading, context.language)
    for parts in (
        (reading.account, outcome, reading.text, amount),
        (outcome, reading.account, amount),
        (reading.account, amount, reading.text, outcome),
        (reading.account, _thousands(reading, context.language), reading.text, outcome),
        (reading.account, reading.text, outcome, amount),
    ):
        yield " ".join(part for part in parts if part)


def _amount(reading: Reading, language: str) -> str:
    """With its currency, else with its cents, so that it is told from other numbers."""
    if not reading.amount:
        return ""
    if reading.currency:
        return write_quantities((reading.amount,), "currency", reading.currency, language)
    number = write_number(reading.amount, language, money=True)
    mark = "," if language == "de" else "."
    return number if mark in number else f"{number}{mark}00"


def _thousands(reading: Reading, language: str) -> str:
    """An amount without a currency, as it is known amid words."""
    thousands = Decimal(reading.amount or "0").scaleb(-3)
    return f"{write_number(plain(thousands), language)}k" if reading.amount else ""
