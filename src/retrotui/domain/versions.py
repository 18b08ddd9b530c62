"""Versions of one meeting: they are one meeting, which counts once.

Owns which files are versions of the same (a copy that was kept because the file had changed, `ID-copy-1`; a meeting
that went on beside a changed file, `ID-conflict-1`; a sync client's copy, with the same id) and which of them counts:
one that is closed, then the fullest, then the one with the meeting's own id. Nothing that only another version says of
the loop is lost. Must not read files; loads no model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from retrotui.domain.minutes import Minutes

_T = TypeVar("_T")
_SUFFIX: Final = re.compile(r"-(?:copy|conflict)-\d+$")
_SAID_ONCE: Final[tuple[tuple[str, str], ...]] = (
    ("action", "id"),
    ("experiment", "id"),
    ("verdict", "item"),
    ("carried", "item"),
)
"""What a meeting says of the loop, and of which item."""


def own_id(an_id: str) -> str:
    """The id of the meeting itself, where this is that of a version which was kept beside it."""
    return _SUFFIX.sub("", an_id) if "-co" in an_id else an_id


def version_of(an_id: str, ids: Container[str]) -> str:
    """The id of the meeting that this is a version of: its own where there is no other among these."""
    meeting = own_id(an_id)
    return meeting if meeting in ids else an_id


def grouped(versions: Iterable[_T], id_of: Callable[[_T], str]) -> list[list[_T]]:
    """These with the versions of one meeting in one group, in the order in which the groups begin."""
    every = list(versions)
    ids = set(map(id_of, every))
    if len(ids) == len(every) and not any("-co" in an_id for an_id in ids):
        return [[one] for one in every]  # ten thousand meetings, as a rule
    found: dict[str, list[_T]] = {}
    for one in every:
        found.setdefault(version_of(id_of(one), ids), []).append(one)
    return list(found.values())


def best_first(versions: Sequence[Minutes]) -> list[Minutes]:
    """Versions of one meeting, the one that counts first."""
    return sorted(versions, key=lambda one: (one.status != "closed", -_rows(one), one.id))


def one_each(meetings: Iterable[Minutes]) -> list[Minutes]:
    """Each meeting once, by the version that counts."""
    return [best_first(versions)[0] for versions in grouped(meetings, _id)]


def said_once(meetings: Iterable[Minutes]) -> list[Minutes]:
    """All of them, where the versions of one meeting say of each item of the loop what the best of them says."""
    said: list[Minutes] = []
    for versions in grouped(meetings, _id):
        if len(versions) == 1:
            said += versions
            continue
        known: set[tuple[str, str]] = set()
        for one in best_first(versions):
            rest = {
                kind: tuple(row for row in getattr(one, kind) if (kind, getattr(row, key)) not in known)
                for kind, key in _SAID_ONCE
            }
            known |= {(kind, getattr(row, key)) for kind, key in _SAID_ONCE for row in rest[kind]}
            said.append(one.model_copy(update=rest))
    return said


def _id(one: Minutes) -> str:
    return one.id


def _rows(one: Any) -> int:
    """How much stands in it."""
    return sum(len(value) for value in vars(one).values() if isinstance(value, tuple))
