"""The words that the capture line knows, in both languages.

Owns sources, outcomes, and the words that tell a sentence from a name. Must not know where on the line they
may stand.
"""

from __future__ import annotations

import re

from retrotui.domain.minutes import Outcome, Source
from retrotui.domain.text import fold

SIGILS = "#@=^*/~"
"""What means something at a word's start (meeting.md, "The capture line")."""

SOURCES: dict[Source, tuple[str, ...]] = {
    "buyer": ("kunde", "buyer", "kundin", "käufer", "customer", "client"),
    "document": ("beleg", "document", "dokument", "proof"),
    "team": ("wir", "team", "uns", "we", "us"),
}
"""The first word is what a German line shows, the second an English one."""

OUTCOMES: dict[Outcome, tuple[str, ...]] = {
    "won": ("gewonnen", "won"),
    "lost": ("verloren", "lost"),
    "no_decision": ("keine entscheidung", "no decision", "no_decision", "no-decision"),
    "withdrawn": ("zurückgezogen", "withdrawn", "zurueckgezogen"),
    "open": ("offen", "open"),
}
_OUTCOME_OF = {fold(word): outcome for outcome, words in OUTCOMES.items() for word in words}
OUTCOME_PATTERN = "|".join(
    re.escape(word)
    for word in sorted((word for words in OUTCOMES.values() for word in words), key=len, reverse=True)
)

_IN_SENTENCES = frozenset(
    {
        "wir",
        "ich",
        "er",
        "es",
        "man",
        "hat",
        "haben",
        "hatten",
        "ist",
        "sind",
        "war",
        "waren",
        "wurde",
        "wurden",
    }
    | {
        "wird",
        "weil",
        "dass",
        "nicht",
        "we",
        "i",
        "he",
        "she",
        "they",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
    }
    | {"were", "because", "that", "not"}
)
_WORD = re.compile(r"\w+")


def source_of(typed: str) -> Source | None:
    """The source of which this is a word, or the beginning of a word of no other; None where none is meant."""
    wanted = fold(typed)
    if not wanted:
        return None
    exact = {source for source, words in SOURCES.items() if wanted in map(fold, words)}
    begun = exact or {
        source for source, words in SOURCES.items() if any(fold(word).startswith(wanted) for word in words)
    }
    return begun.pop() if len(begun) == 1 else None


def source_word(source: Source, language: str) -> str:
    """What to type for a source, without its slash; "" where there is none to type."""
    words = SOURCES.get(source, ())
    return words[0 if language == "de" else 1] if words else ""


def outcome_of(typed: str) -> Outcome | None:
    """The outcome that a whole word or phrase means."""
    return _OUTCOME_OF.get(fold(typed))


def outcome_word(outcome: str, language: str) -> str:
    """What to type for an outcome; "" for what is none."""
    place = 0 if language == "de" else 1
    return next((words[place] for name, words in OUTCOMES.items() if name == outcome), "")


def reads_as_sentence(text: str) -> bool:
    """Whether words are in it that no name and no label has. Capitals alone are a name ("WIR AG")."""
    return any(
        word.casefold() in _IN_SENTENCES
        for word in _WORD.findall(text)
        if len(word) == 1 or not word.isupper()
    )
