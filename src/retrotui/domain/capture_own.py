"""What a line without a prefix becomes, by the kind of the step on the floor.

Owns the step's own kinds, taken only where the line reads as one (meeting.md, "The capture line"):
participants, metrics, deals, the next date; whatever else is said is a note. Must not look at prefixes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from retrotui.domain.capture_people import participant
from retrotui.domain.capture_reading import Context, Reading, ReadingKind
from retrotui.domain.capture_words import OUTCOME_PATTERN, outcome_of, reads_as_sentence
from retrotui.domain.minutes import Outcome, Unit
from retrotui.domain.spoken_dates import read_bare_date
from retrotui.domain.spoken_numbers import QUANTITY, Quantity, cents, fits, read_quantity

LONGEST = 200
"""Characters beyond which a line is a text, never a metric or a deal."""
NO_CUSTOMER = tuple('+-!?>"„».&@\\')
"""No customer's name begins so: what was typed first would be a prefix."""
_LABEL_WORDS = 4
_ACCOUNT_WORDS = 8

# Kept as strings, in small letters or capitals alike: compiled when a step first needs them, not at the start.
_METRIC = (
    rf"(?i)(?P<label>.*?[^\W\d_].*?)(?:\s*[:,=]\s*|\s+)(?P<actual>{QUANTITY})(?:\s*/\s*(?P<target>{QUANTITY}))?"
    r"\s*(?P<better>[<>])?"
)
_LAST_AMOUNT = rf"(?i)(?:^|(?<=[\s,;:–-]))(?P<amount>{QUANTITY})$"
_LAST_OUTCOME = rf"(?i)(?:^|(?<=[\s,;:–-]))(?P<word>{OUTCOME_PATTERN})$"
_FIRST_OUTCOME = rf"(?i)(?P<word>{OUTCOME_PATTERN})\s*[:,–-]?\s+"
_INNER_OUTCOME = rf"(?i)(?<=\s)(?P<word>{OUTCOME_PATTERN})(?=[\s,;:])"
_INNER_AMOUNT = rf"(?i)(?:^|(?<=\s))(?P<amount>{QUANTITY})(?=[\s,;:])"
_BETWEEN = re.compile(r"^(?:[\s,;:]|[–-](?=\s|$))+|(?:[\s,;:]|(?<=\s)[–-])+$")
"""What parts customer, outcome and amount; a hyphen before a number is its sign."""
_VOTES = re.compile(r"\+?(\d{1,2})\s*(?:[:/]|\s-|-)\s*(\d{1,2})", re.ASCII)
"""Votes for and against: `5:2`, `5/2`, `5-2`, `+5 -2`."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def own_kind(context: Context) -> ReadingKind:
    """What a text becomes in this step when it need not read as anything."""
    if context.field:
        return "field"
    if context.kind == "lessons":
        return "lesson"
    if context.kind == "experiments":
        return "experiment"
    if context.kind == "followup" and context.item_selected:
        return "happened"
    return "remark" if context.kind == "close" else "note"


def own_reading(line: str, context: Context) -> Reading | None:
    """The line as what this step takes down, where it reads as that; None where it is a text."""
    if context.voting and (votes := _VOTES.fullmatch(line.strip())):
        return Reading(kind="vote", ayes=int(votes[1]), noes=int(votes[2]))
    reading = _of_the_kind(line, context)
    return reading if not context.field or _is_no_answer(reading) else None


def _is_no_answer(reading: Reading | None) -> bool:
    """Whether a line is what its step is for also where a text is asked for: `Eva Klug, Service`, `Umsatz 480/520`, a
    date alone at the close."""
    if reading is None:
        return False
    return bool(reading.function or reading.target) or reading.kind == "next_date"


def _of_the_kind(line: str, context: Context) -> Reading | None:
    if context.kind == "checkin":
        return participant(line, context)
    if context.kind == "numbers":
        return metric(line, context.language)
    if context.kind == "deal" and not context.deal_on_floor:
        return new_deal(line, context.language)
    if context.kind == "close":
        day = read_bare_date(line, context.today, next_date=context.next_date)
        return Reading(kind="next_date", due=day) if day else None
    return None


def metric(line: str, language: str) -> Reading | None:
    """Label, actual / target: `Umsatz 480/520 T€`, `Zyklus 61/55 Tage <` (lower is better)."""
    found = re.fullmatch(_METRIC, line) if len(line) <= LONGEST else None
    if found is None:
        return None
    actual = read_quantity(found["actual"], language)
    target = read_quantity(found["target"], language) if found["target"] else None
    label = found["label"].strip(" :,=")
    if actual is None or (found["target"] and target is None) or not label:
        return None
    if target is None and not _stands_alone(label, actual, found["actual"]):
        return None
    unit, currency = _shared_unit(actual, target)
    if unit is None:
        return None
    if target is not None and not (
        actual.scale and target.scale
    ):  # else each has its own: 900 T€ / 1,1 Mio. €
        scale = max(actual.scale, target.scale)
        actual, target = actual.scaled(scale), target.scaled(scale)
    if not all(each is None or fits(each.value) for each in (actual, target)):
        return None
    better: Literal["higher", "lower"] = "lower" if found["better"] == "<" else "higher"
    figures = [_figure(each.value if each else "", unit) for each in (actual, target)]
    return Reading(
        kind="metric",
        label=label,
        actual=figures[0],
        target=figures[1],
        unit=unit,
        currency=currency,
        better=better,
    )


def _stands_alone(label: str, actual: Quantity, typed: str) -> bool:
    """Whether a single number is a figure, and not the end of a sentence or a year."""
    short = len(label.split()) <= _LABEL_WORDS and not reads_as_sentence(label)
    return short and not (actual.unit == "" and _YEAR.fullmatch(typed))


def _shared_unit(actual: Quantity, target: Quantity | None) -> tuple[Unit | None, str]:
    """The unit of both, None where they differ."""
    if target is None:
        return actual.unit, actual.currency
    if actual.unit and target.unit and (actual.unit, actual.currency) != (target.unit, target.currency):
        return None, ""
    return actual.unit or target.unit, actual.currency or target.currency


def _figure(value: str, unit: Unit) -> str:
    return cents(value) if value and unit == "currency" else value


def new_deal(line: str, language: str) -> Reading | None:
    """A customer with an outcome word or an amount: `Müller GmbH verloren 48.000`."""
    if len(line) > LONGEST:
        return None
    rest, outcome, amount = _from_the_end(line, language)
    title = ""
    if outcome is None and (found := re.match(_FIRST_OUTCOME, rest)):
        outcome, rest = outcome_of(found["word"]), _trim(rest[found.end() :])
    elif outcome is None and (found := re.search(_INNER_OUTCOME, rest)):
        outcome = outcome_of(found["word"])
        rest, title = _trim(rest[: found.start()]), _trim(rest[found.end() :])
    if amount is None:
        amount, rest, title = _inner_amount(rest, title, language)
    if outcome is None and amount is None:
        return None
    if (
        rest[:1] in NO_CUSTOMER
        or not any(map(str.isalpha, rest))
        or len(rest.split()) > _ACCOUNT_WORDS
        or reads_as_sentence(rest)
    ):
        return None
    return Reading(
        kind="new_deal",
        account=rest,
        text=title,
        outcome=outcome,
        amount=cents(amount.value) if amount else "",
        currency=amount.currency if amount else "",
    )


def _trim(text: str) -> str:
    return _BETWEEN.sub("", text)


def _from_the_end(line: str, language: str) -> tuple[str, Outcome | None, Quantity | None]:
    """What stands at the end of the line, in any order: an outcome, an amount."""
    rest = _trim(line)
    outcome: Outcome | None = None
    amount: Quantity | None = None
    while True:
        if amount is None and (found := re.search(_LAST_AMOUNT, rest)):
            amount = _amount(found["amount"], language)
            if amount is not None:
                rest = _trim(rest[: found.start()])
                continue
        if outcome is None and (found := re.search(_LAST_OUTCOME, rest)):
            outcome = outcome_of(found["word"])
            rest = _trim(rest[: found.start()])
            continue
        return rest, outcome, amount


def _inner_amount(rest: str, title: str, language: str) -> tuple[Quantity | None, str, str]:
    """A sum before or amid the words, where no sum ends the line; and the words without it."""
    where = title or rest
    for found in re.finditer(_INNER_AMOUNT, where):
        amount = _amount(found["amount"], language)
        if amount is None or not (amount.unit or amount.scale):
            continue
        before, after = _trim(where[: found.start()]), _trim(where[found.end() :])
        if title:
            return amount, rest, " ".join(part for part in (before, after) if part)
        return (amount, before, after) if before else (amount, after, "")
    return None, rest, title


def _amount(typed: str, language: str) -> Quantity | None:
    """A sum of money: with a currency, with thousands, with cents, or at least 1000 and not a year."""
    read = read_quantity(typed, language, money=True)
    if read is None or read.unit not in ("", "currency") or read.value.startswith("-"):
        return None
    if len(read.value.partition(".")[2]) > 4:
        return None
    plainly = read.unit == "currency" or read.scale > 0 or read.grouped or re.search(r"[.,]\d{2,}$", typed)
    return read if plainly or (Decimal(read.value) >= 1000 and not _YEAR.fullmatch(typed)) else None
