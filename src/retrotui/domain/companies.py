"""Whether two spellings may mean the same company.

Owns the legal forms that are left aside and how near two names must be. Proposes only: that they are the same is for
people to say. Must not know deals nor files.
"""

from __future__ import annotations

import re
from functools import lru_cache

from retrotui.domain.nearness import distance
from retrotui.domain.text import fold

SHORTEST = 5
"""Letters below which one other letter makes another name."""
LONG = 9
"""Letters from which two may differ."""

_FORMS = frozenset(
    re.findall(
        r"\w+",
        "ag gmbh mbh co kg kgaa ohg gbr ug haftungsbeschrankt se ek ev eg inc ltd limited llc llp plc corp "
        "corporation  company sa sarl sas srl spa bv nv ab as oy aps gesellschaft holding gruppe group "
        "international  und and the die der das et ",
    )
)
"""Legal forms and what stands around names, folded."""
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b((?:\w\.){2,})")


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """The name without legal form, accents, case and signs: "Müller & Söhne GmbH & Co. KG" is "muller sohne".

    A name that is nothing but a legal form keeps it; a name without letters and digits is "".
    """
    plain = _DOTTED.sub(lambda found: found[1].replace(".", ""), fold(name))
    words = _WORD.findall(plain)
    said = [word for word in words if word not in _FORMS]
    return " ".join(said or words)


def may_be_same(one: str, other: str) -> bool:
    """Whether two companies, by their `core`, may be one: the same letters, or a slip in a name that is long enough."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    if not one or not other:
        return False
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < SHORTEST:
        return False
    limit = 2 if shorter >= LONG else 1
    # names that end in a number are told apart by it: "Werk 1" is not "Werk 2"
    if [part for part in one if part.isdigit()] != [part for part in other if part.isdigit()]:
        return False
    return abs(len(one) - len(other)) <= limit and distance(one, other, limit) <= limit


def is_same(one: str, other: str) -> bool:
    """Whether two names are the same as they are written, but for spaces."""
    return " ".join(one.split()) == " ".join(other.split())
