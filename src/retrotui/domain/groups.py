"""What was put together: the heads, each with what lies under it.

Owns the reading of `group`, and the ranking by votes. Must not lose an entry: where a file that somebody edited nests
groups or goes in circles, what lies deeper stands alone. Source: meeting.md, "Keys" (`g`), `lessons`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from retrotui.domain.minutes import Entry, Lesson

E = TypeVar("E", bound=Entry)


def groups(entries: Iterable[E]) -> list[tuple[E, tuple[E, ...]]]:
    """Each entry that stands alone or at the head, with its members; all in the order given."""
    every = list(entries)
    ids = {one.id for one in every}
    heads = {one.id for one in every if _head(one) not in ids}
    members: dict[str, list[E]] = {}
    for one in every:
        if _head(one) in heads:
            members.setdefault(_head(one), []).append(one)
    return [(one, tuple(members.get(one.id, ()))) for one in every if _head(one) not in heads]


def _head(entry: Entry) -> str:
    group: str = getattr(entry, "group", "")
    return "" if group == entry.id else group


def votes_together(head: Entry, members: Iterable[Entry]) -> int:
    """The votes of an entry and of what was put together with it."""
    return sum(int(getattr(one, "votes", 0)) for one in (head, *members))


def ranked(lessons: Iterable[Lesson]) -> list[tuple[Lesson, tuple[Lesson, ...]]]:
    """The heads of groups with their members; most votes first, then as they were said."""
    return sorted(groups(lessons), key=lambda one: -votes_together(*one))


def are_ranked(lessons: Iterable[Lesson]) -> bool:
    """Whether there is anything to rank: votes, or what was put together."""
    return any(one.votes or one.group for one in lessons)
