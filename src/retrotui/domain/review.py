"""What the review looks for: one line of words and conditions.

Owns the grammar of that line, and the way back from a choice in a list to what could be typed. Must not know files, the
index or the screen. Nothing is refused: what is not a condition is a word to look for, and what could not be read is
said.

`@anna` owns an action or experiment · `#price` a factor · `customer:müller` (`kunde:`) · `outcome:lost` (`ausgang:`) ·
`=2026-Q3` or `period:2026-Q3` (`zeit:`) · `status:open` (`stand:`) · everything else is a word, or a "phrase". With
quotes a name is meant as a whole, without them by the beginnings of its words. All of it must hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, TypeAlias, get_args

from retrotui.domain.capture_words import OUTCOMES, outcome_word
from retrotui.domain.factors import FactorList
from retrotui.domain.period import Period, parse_period
from retrotui.domain.spoken_dates import read_date
from retrotui.domain.text import fold
from retrotui.domain.wanted import Name, Wanted
from retrotui.errors import Message, RetroError, msg

Kind: TypeAlias = Literal["owner", "factor", "customer", "outcome", "period", "status"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

KEYWORDS: Final[dict[Kind, tuple[str, str]]] = {
    "owner": ("wer", "owner"),
    "factor": ("faktor", "factor"),
    "customer": ("kunde", "customer"),
    "outcome": ("ausgang", "outcome"),
    "period": ("zeit", "period"),
    "status": ("stand", "status"),
}
"""What stands before the colon: in German, in English. Both are understood, whatever the language."""
SIGNS: Final[dict[Kind, str]] = {"owner": "@", "factor": "#", "period": "="}
STATUSES: Final[dict[str, tuple[str, str]]] = {
    "running": ("offen", "open"),
    "closed": ("geschlossen", "closed"),
    "aborted": ("abgebrochen", "aborted"),
}
_QUOTES = '"„“”«»'
_PART = re.compile(
    rf"(?P<head>[@#=]|[^\W\d_]+:)?(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+))"
    rf"|(?P<lone>\S)"
)
_KIND_OF = {fold(word): kind for kind, words in KEYWORDS.items() for word in words} | {
    sign: kind for kind, sign in SIGNS.items()
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the line. `kind` None: a word of the text."""

    start: int
    end: int
    kind: Kind | None
    value: str
    quoted: bool = False


def _parts(line: str) -> Iterator[_Part]:
    for found in _PART.finditer(line):
        head, phrase, word = found["head"], found["phrase"], found["word"]
        kind = _KIND_OF.get(fold(head.rstrip(":"))) if head else None
        if found["lone"]:
            continue  # a sign without its word yet
        if head and kind is None:
            # "http://x" or "Preis:" is text; a phrase behind it is looked for as well
            yield _Part(found.start(), found.end(), None, found[0])
        elif word is not None and not head and word[-1] in "@#=:" and _KIND_OF.get(fold(word.rstrip(":"))):
            continue  # a sign or a keyword without its word yet
        else:
            value = phrase if phrase is not None else word
            yield _Part(found.start(), found.end(), kind, " ".join(value.split()), phrase is not None)


def read_wanted(line: str, factors: FactorList, today: date) -> Wanted:
    """What the line asks for. Never raises."""
    wanted, words = Wanted(), []
    for part in _parts(line[:1000]):
        if part.kind is None:
            words.append(f'"{part.value}"' if part.quoted else part.value)
        elif part.value:
            wanted = _READ[part.kind](wanted, part, factors, today)
    return replace(wanted, text=" ".join(words))


def _owner(wanted: Wanted, part: _Part, _factors: FactorList, _today: date) -> Wanted:
    return replace(wanted, owners=(*wanted.owners, Name(part.value, part.quoted)))


def _customer(wanted: Wanted, part: _Part, _factors: FactorList, _today: date) -> Wanted:
    return replace(wanted, customers=(*wanted.customers, Name(part.value, part.quoted)))


def _factor(wanted: Wanted, part: _Part, factors: FactorList, _today: date) -> Wanted:
    exact = factors.find(part.value)
    begun = [exact] if exact is not None else list(factors.completions(part.value))
    # an id that is in no list may still stand in old minutes
    ids = frozenset(one.id for one in begun) or frozenset({part.value})
    return replace(wanted, factors=(*wanted.factors, ids))


def _outcome(wanted: Wanted, part: _Part, _factors: FactorList, _today: date) -> Wanted:
    meant = _begun(part.value, OUTCOMES)
    if not meant:
        sentence = msg(
            "“{words}” is no outcome: try won, lost, no_decision, withdrawn, open.", words=part.value
        )
        return _unread(wanted, sentence)
    return replace(wanted, outcomes=(*wanted.outcomes, meant))


def _status(wanted: Wanted, part: _Part, _factors: FactorList, _today: date) -> Wanted:
    meant = _begun(part.value, STATUSES)
    if not meant:
        return _unread(wanted, msg("“{words}” is none of open, closed, aborted.", words=part.value))
    return replace(wanted, statuses=(*wanted.statuses, meant))


def _period(wanted: Wanted, part: _Part, _factors: FactorList, today: date) -> Wanted:
    period = read_period(part.value, today)
    if period is None:
        return _unread(
            wanted, msg("“{words}” is no period: try 2026-10, 2026-Q3, 1.9...30.9.", words=part.value)
        )
    since = period.since if wanted.since is None else max(wanted.since, period.since)
    until = period.until if wanted.until is None else min(wanted.until, period.until)
    return replace(wanted, since=since, until=until)


def _unread(wanted: Wanted, sentence: Message) -> Wanted:
    return replace(wanted, unread=(*wanted.unread, sentence))


def _begun(typed: str, words: Mapping[Any, tuple[str, ...]]) -> frozenset[str]:
    """Those of which this is a word, else the beginning of one."""
    wanted = fold(typed)
    exact = {name for name, spelt in words.items() if wanted in map(fold, spelt)}
    return frozenset(
        exact
        or {name for name, spelt in words.items() if any(fold(word).startswith(wanted) for word in spelt)}
    )


_READ: Final[dict[Kind, Callable[[Wanted, _Part, FactorList, date], Wanted]]] = {
    "owner": _owner,
    "factor": _factor,
    "customer": _customer,
    "outcome": _outcome,
    "period": _period,
    "status": _status,
}


def read_period(typed: str, today: date) -> Period | None:
    """A period as `run --period` knows it, or days as the capture line does, with two dots between them."""
    try:
        return parse_period(typed)
    except RetroError:
        pass
    start, dots, end = typed.partition("...") if "..." in typed else typed.partition("..")
    since = _day(start, today)
    until = _day(end, today) if dots and end else since if not dots else today
    if since is None or until is None or until < since:
        return None
    return Period(since, until)


def _day(typed: str, today: date) -> date | None:
    """A day that has been: `1.9.` is the last first of September."""
    day = read_date(typed.strip(), today)
    if day is not None and day > today and not re.search(r"\d{4}", typed):
        day = day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else None
    return day


# -- the way back ------------------------------------------------------------------------------------------


def condition(kind: Kind, value: str, factors: FactorList, language: str) -> str:
    """A choice as it could be typed: `@"Anna Berg"`, `#preis`, `ausgang:verloren`, `=2026-Q3`."""
    if kind == "factor":
        factor = factors.get(value)
        value = factor.tag(language) if factor is not None else value
    elif kind == "outcome":
        value = outcome_word(value, language)
    elif kind == "status":
        value = STATUSES[value][0 if language == "de" else 1]
    head = SIGNS.get(kind) or f"{KEYWORDS[kind][0 if language == 'de' else 1]}:"
    whole = kind in ("owner", "customer") or " " in value
    bare = "".join(" " if mark in _QUOTES else mark for mark in value)
    return f'{head}"{" ".join(bare.split())}"' if whole else f"{head}{value}"


def toggled(line: str, wanted: str) -> str:
    """The line with this condition, or without it where it stands there already."""
    for found in _PART.finditer(line):
        if fold(found[0]) == fold(wanted):
            return " ".join((line[: found.start()] + line[found.end() :]).split())
    return f"{line.rstrip()} {wanted}".strip()


def holds(line: str, wanted: str) -> bool:
    """Whether this condition stands in the line."""
    return any(fold(found[0]) == fold(wanted) for found in _PART.finditer(line))


def words_to_mark(wanted: Wanted, factors: FactorList) -> str:
    """What is marked in a meeting that was found so: the words, the names, and the factors by their short names."""
    names = [f'"{one.words}"' if one.whole else one.words for one in (*wanted.owners, *wanted.customers)]
    used = [factors.get(one) for ids in wanted.factors for one in sorted(ids)]
    labels = {text for factor in used if factor is not None for text in dict(factor.label.texts).values()}
    return " ".join([wanted.text, *names, *(f'"{label}"' for label in sorted(labels))]).strip()
