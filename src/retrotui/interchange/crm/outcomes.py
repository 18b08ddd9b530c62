"""What a stage, a status, a flag or a reason says about how a deal came out.

Owns the reading of those words by `stages.toml`. Never guesses: what stands nowhere there is None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from retrotui.domain.deals import Outcome
from retrotui.domain.text import fold
from retrotui.interchange.crm.headings import key
from retrotui.interchange.knowledge import table

_NUMBER_BEFORE = re.compile(r"^\s*\(?\d+(?:[.,]\d+)?\s*%?\s*\)?\s*[-–—:.)]*\s*")
_BRACKET_AFTER = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@cache
def _known() -> Mapping[str, Outcome]:
    outcomes: dict[str, list[str]] = table("crm/stages.toml")["outcome"]
    known: dict[str, Outcome] = {}
    for outcome, words in outcomes.items():
        for word in words:
            known.setdefault(key(word), outcome)  # type: ignore[arg-type]
    return known


@cache
def _telling() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words = table("crm/stages.toml")["word"]
    won, lost, denied = (frozenset(fold(word) for word in words[kind]) for kind in ("won", "lost", "not"))
    return won, lost, denied


def of_words(text: str) -> Outcome | None:
    """The outcome that a stage or a status names; None for one that we do not know."""
    outcome = _named(text)
    return of_reason(text) or outcome if outcome == "lost" else outcome


def _named(text: str) -> Outcome | None:
    known = _known()
    plain = _NUMBER_BEFORE.sub("", text) or text
    for writing in (text, plain, _BRACKET_AFTER.sub("", text), _BRACKET_AFTER.sub("", plain)):
        if outcome := known.get(key(writing)):
            return outcome
    said = {fold(word) for word in _WORDS.findall(text[:200])}
    won, lost, denied = _telling()
    if said & lost and not said & won and of_reason(text):
        return "lost"
    if said & denied or (said & won and said & lost):
        return None
    return "won" if said & won else "lost" if said & lost else None


@cache
def _flags() -> Mapping[str, bool]:
    words = table("crm/stages.toml")["flag"]
    return {fold(word): kind == "yes" for kind in ("yes", "no") for word in words[kind]}


def of_flag(text: str) -> bool | None:
    """Yes or no; None where a cell says neither."""
    return _flags().get(fold(text)[:20])


@cache
def _reasons() -> tuple[tuple[str, Outcome], ...]:
    reasons: dict[str, list[str]] = table("crm/stages.toml")["reason"]
    return tuple((fold(word), outcome) for outcome, words in reasons.items() for word in words)  # type: ignore[misc]


def of_reason(text: str) -> Outcome | None:
    """ "no_decision" or "withdrawn" where the reason of a lost deal says so."""
    said = fold(text)
    return next((outcome for word, outcome in _reasons() if word in said), None)


@cache
def _unknown() -> frozenset[str]:
    return frozenset(fold(word) for word in table("crm/stages.toml")["unknown"]["words"])


def says_nothing(text: str) -> bool:
    """Whether a cell of an amount, a date or a competitor only says that nothing is known ("-", "k. A.")."""
    return not text or fold(text[:40]) in _unknown()
