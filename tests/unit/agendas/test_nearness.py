"""Which known word somebody meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.nearness import distance, nearest

LETTERS = st.text(alphabet="abc", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("kind", "kind", 0),
        ("knd", "kind", 1),
        ("kinnd", "kind", 1),
        ("kimd", "kind", 1),
        ("knid", "kind", 1),
        ("minuts", "minutes", 1),
        ("promts", "prompt", 2),
        ("colour", "columns", 3),
        ("x", "minutes", 3),
    ],
)
def test_a_missing_additional_wrong_or_swapped_letter_counts_one(one: str, other: str, expected: int) -> None:
    assert distance(one, other, 2) == expected


@given(LETTERS, LETTERS)
def test_it_is_the_same_from_both_sides_and_zero_only_for_equals(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) is (one == other)


@given(LETTERS, LETTERS, st.integers(0, 8))
def test_the_limit_only_cuts_off(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(distance(one, other, 9), limit + 1)


def test_a_hostile_word_costs_nothing() -> None:
    assert distance("a" * 1_000_000, "minutes", 2) == 3
    assert nearest("a" * 1_000_000, ["minutes"]) == []


def test_the_nearest_comes_first_whatever_its_case() -> None:
    assert nearest("Montly-Reflection", ["weekly-call", "monthly-reflection"])[0] == "monthly-reflection"
    assert nearest("zzz", ["weekly-call"]) == []
