"""meeting.md, "Keys" (`g`) and `lessons`: what was put together, and what has the most votes."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.groups import groups, ranked, votes_together
from retrotui.domain.minutes import Lesson

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAMES = st.sampled_from(["", "a", "b", "c", "d", "gone"])


def lesson(name: str, group: str = "", votes: int = 0) -> Lesson:
    return Lesson(id=name, at=AT, step="lessons", text=name, group=group, votes=votes)


@given(st.lists(st.tuples(NAMES, st.integers(0, 5)), min_size=4, max_size=4))
def test_none_is_lost_and_none_comes_twice_however_a_file_puts_them_together(
    given_: list[tuple[str, int]],
) -> None:
    lessons = [lesson(name, *one) for name, one in zip("abcd", given_, strict=True)]
    shown = [one.id for head, members in groups(lessons) for one in (head, *members)]
    assert sorted(shown) == list("abcd")
    assert sorted(shown) == sorted(one.id for head, members in ranked(lessons) for one in (head, *members))


def test_members_stand_under_their_head_in_the_order_in_which_they_were_said() -> None:
    found = groups([lesson("a", "c"), lesson("b"), lesson("c"), lesson("d", "c")])
    assert [(head.id, [one.id for one in members]) for head, members in found] == [
        ("b", []),
        ("c", ["a", "d"]),
    ]


def test_the_votes_of_a_group_count_together() -> None:
    lessons = [lesson("a", votes=3), lesson("b", votes=2), lesson("c", "b", votes=2)]
    found = ranked(lessons)
    assert [head.id for head, _ in found] == ["b", "a"]
    assert [votes_together(*one) for one in found] == [4, 3]
