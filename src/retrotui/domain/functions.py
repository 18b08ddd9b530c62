"""The departments that people in the room speak for.

Owns their ids, their labels in both languages, and reading a typed name. Must not know who is present. What
is none of ours is a function all the same: a team may write its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from retrotui.domain.text import fold
from retrotui.domain.words import Words

_SEPARATORS = re.compile(r"[\W_]+")
SALES = "sales"
"""The function whose view is there by itself; a meeting asks who else spoke."""


@dataclass(frozen=True, slots=True)
class Function:
    """A department, with its label in both languages."""

    id: str
    label: Words


FUNCTIONS: tuple[Function, ...] = (
    Function(SALES, Words.of(de="Vertrieb", en="Sales")),
    Function("presales", Words.of(de="Presales", en="Presales")),
    Function("product", Words.of(de="Produkt", en="Product")),
    Function("delivery", Words.of(de="Technik/Umsetzung", en="Delivery")),
    Function("service", Words.of(de="Service", en="Service")),
    Function("marketing", Words.of(de="Marketing", en="Marketing")),
    Function("finance", Words.of(de="Finanzen", en="Finance")),
    Function("legal", Words.of(de="Recht", en="Legal")),
    Function("management", Words.of(de="Leitung", en="Management")),
    Function("partner", Words.of(de="Partner", en="Partner")),
    Function("other", Words.of(de="Sonstige", en="Other")),
)
_BY_ID: Mapping[str, Function] = {function.id: function for function in FUNCTIONS}


def _key(text: str) -> str:
    return _SEPARATORS.sub("", fold(text))


def _names(function: Function) -> set[str]:
    """Id and labels, folded; of "Technik/Umsetzung" each half too."""
    typed = {function.id}
    for label in dict(function.label.texts).values():
        typed |= {label, *label.split("/")}
    return {_key(name) for name in typed}


_KEYS: tuple[tuple[str, Function], ...] = tuple(
    (name, function) for function in FUNCTIONS for name in sorted(_names(function))
)


def find(typed: str) -> Function | None:
    """The function that somebody typed: id or label in either language, or a beginning that only one has."""
    wanted = _key(typed)
    if not wanted:
        return None
    exact = {function.id: function for name, function in _KEYS if name == wanted}
    found = exact or {function.id: function for name, function in _KEYS if name.startswith(wanted)}
    return next(iter(found.values())) if len(found) == 1 else None


def function_id(typed: str) -> str:
    """The id to keep for what was typed: ours where one is meant, else the words as they are; "" for
    nothing."""
    found = find(typed)
    return found.id if found else " ".join(typed.split())


def label(an_id: str, lang: str) -> str:
    """The label in `lang`; of a function that is none of ours the words themselves."""
    known = _BY_ID.get(an_id)
    return known.label.text(lang) if known else an_id


def completions(typed: str) -> tuple[Function, ...]:
    """All that begin so, in their order; all there are for nothing typed."""
    wanted = _key(typed)
    return tuple(
        function for function in FUNCTIONS if any(name.startswith(wanted) for name in _names(function))
    )
