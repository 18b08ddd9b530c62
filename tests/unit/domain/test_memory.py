"""Memory: which spellings may be one company, which wordings one lesson, which factors keep coming back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.companies import core, is_same, may_be_same
from retrotui.domain.lesson_words import LIKE_FROM, lesson_key, likeness
from retrotui.domain.memory import Talked, newest_first
from retrotui.domain.recurring import FEWEST_MEETINGS, Named, recurring_factors

TODAY = date(2026, 11, 23)


# -- companies ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        "Mueller GmbH", "MÜLLER GMBH", "Müller Gmbh & Co. KG", "Müller AG", "Müller", "müller, g.m.b.h.", "Muller GmbH",
        "Müler GmbH", "Mülller GmbH",
    ],
)  # fmt: skip
def test_legal_forms_umlauts_case_and_a_slip_may_be_the_same_company(other: str) -> None:
    assert may_be_same(core("Müller GmbH"), core(other))
    assert not is_same("Müller GmbH", other), "proposed, not assumed"


@pytest.mark.parametrize(
    "other", ["Möbel GmbH", "Nord AG", "Müller Söhne GmbH", "", "GmbH", "Schmidt-Müller GmbH"]
)
def test_another_name_is_another_company(other: str) -> None:
    assert not may_be_same(core("Müller GmbH"), core(other))


def test_short_names_and_numbers_are_told_apart_by_every_letter() -> None:
    assert not may_be_same(core("BASF SE"), core("BASE SE"))
    assert not may_be_same(core("Stadtwerk 1"), core("Stadtwerk 2"))
    assert may_be_same(core("Nord-Werk AG"), core("Nordwerk GmbH"))


def test_a_name_of_legal_forms_alone_keeps_them_and_spaces_do_not_matter() -> None:
    assert core("Co. KG") == "co kg" and core("--") == ""
    assert is_same("Müller  GmbH", "Müller GmbH ")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_names_can_be_compared_either_way_round(one: str, other: str) -> None:
    assert may_be_same(core(one), core(other)) == may_be_same(core(other), core(one))
    assert may_be_same(core(one), core(one)) == bool(core(one))


# -- lessons -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        "Preisrahmen im ersten Gespräch nennen",
        "den PREISRAHMEN, im ersten Gespraech: nennen!",
        "Im ersten Gespräch nennen wir den Preisrahmen",
    ],
)
def test_a_lesson_is_the_same_however_it_is_spelt_and_ordered(other: str) -> None:
    assert lesson_key(other) == lesson_key("Preisrahmen im ersten Gespräch nennen")


def test_a_lesson_that_shares_most_words_is_near_and_another_is_not() -> None:
    key = lesson_key("Preisrahmen im ersten Gespräch nennen")
    assert likeness(key, lesson_key("Preisrahmen schon im ersten Gespräch nennen")) >= LIKE_FROM
    assert likeness(key, lesson_key("Einkauf im ersten Gespräch fragen")) < LIKE_FROM
    assert likeness(key, "") == 0.0 == likeness("", "")


# -- factors -----------------------------------------------------------------------------------------------


def named(months_ago: int, factor: str = "price", effect: str = "hurt", deal: str = "") -> Named:
    day = TODAY - timedelta(days=30 * months_ago)
    return Named(
        f"m{months_ago}", day, factor, "hurt" if effect == "hurt" else "helped", deal or f"d{months_ago}"
    )


def test_a_factor_of_three_meetings_comes_back_and_n_counts_its_deals_once() -> None:
    uses = [named(1), named(1, deal="d9"), named(2, deal="d1"), named(3)]
    (found,) = recurring_factors(uses, TODAY)
    assert (found.factor, found.effect, found.n, found.meetings) == ("price", "hurt", 3, 3)
    assert found.since == TODAY - timedelta(days=90) and found.last == TODAY - timedelta(days=30)


def test_two_meetings_are_no_pattern_and_helping_is_not_hurting() -> None:
    uses = [*(named(one) for one in range(1, FEWEST_MEETINGS)), named(5, effect="helped")]
    assert recurring_factors(uses, TODAY) == ()


def test_what_lies_more_than_a_year_back_or_ahead_does_not_count() -> None:
    uses = [named(1), named(2), named(13), named(-1)]
    assert recurring_factors(uses, TODAY) == ()


def test_a_use_without_a_deal_counts_for_its_meeting() -> None:
    day = TODAY - timedelta(days=9)
    uses = [Named(f"m{number}", day, "price", "hurt") for number in range(3)] * 2
    assert recurring_factors(uses, TODAY)[0].n == 3


def test_the_most_named_comes_first_and_of_equals_what_hurt() -> None:
    uses = [
        *(named(one, "price", "helped") for one in (1, 2, 3)),
        *(named(one, "delivery") for one in (1, 2, 3)),
        *(named(one, "timing") for one in (1, 2, 3, 4)),
    ]
    assert [one.factor for one in recurring_factors(uses, TODAY)] == ["timing", "delivery", "price"]


# -- talks -------------------------------------------------------------------------------------------------


def test_a_talk_is_told_once_the_newest_first() -> None:
    old, new = (Talked(f"m{day}", date(2026, 11, day), f"m{day}.toml", "d1", "Nord AG") for day in (2, 9))
    assert newest_first([old, new, old]) == (new, old)
