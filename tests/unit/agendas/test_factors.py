"""Factors and functions: the bundled lists, a team's own, and being found by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from retrotui.domain import functions
from retrotui.domain.factors import BUNDLED, Factor, FactorList
from retrotui.domain.words import Words

FACTORS = FactorList.of_team()


def test_there_are_twentyone_factors_and_nine_tips_that_are_ours() -> None:
    assert len(FACTORS) == 30
    assert len({factor.id for factor in FACTORS}) == 30
    assert len(FACTORS.tips) == 9
    assert {tip.control for tip in FACTORS.tips} == {"ours"}
    assert list(FACTORS)[21:] == list(FACTORS.tips)


@pytest.mark.parametrize("factor", BUNDLED, ids=lambda factor: factor.id)
def test_each_has_both_languages_and_is_found_by_every_name(factor: Factor) -> None:
    assert factor.label.languages == factor.long.languages == {"de", "en"}
    for name in (
        factor.id,
        factor.label.text("de"),
        factor.label.text("en"),
        factor.tag("de"),
        factor.tag("en"),
    ):
        assert FACTORS.find(name) is factor


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("einkauf", "procurement"),
        ("procurement", "procurement"),
        ("preis", "price"),
        ("PREIS", "price"),
        ("abstimmung", "internal_alignment"),
        ("fürsprecher", "champion"),
        ("fuersprecher", "champion"),
        ("zuhören", "listening"),
        ("Zuhoeren", "listening"),
        ("integritaet", "integrity"),
        ("value-case", "value_case"),
        ("bedarf-verst", "needs_discovery"),
        ("eink", "procurement"),
        ("service", "service"),
    ],
)
def test_a_name_is_found_folded_and_by_a_unique_beginning(typed: str, expected: str) -> None:
    found = FACTORS.find(typed)
    assert found is not None and found.id == expected


@pytest.mark.parametrize("typed", ["", "#", "p", "pr", "re", "kunde", "xyz"])
def test_nobody_or_several_are_nobody(typed: str) -> None:
    assert FACTORS.find(typed) is None


def test_completions_come_in_the_lists_order_with_the_exact_one_first() -> None:
    own = [Factor(id="pre", label=Words.of("Pre"))]
    ids = [factor.id for factor in FactorList.of_team(own).completions("pre")]
    assert ids == ["pre", "price", "prepared"]
    assert len(FACTORS.completions("")) == 30


@given(st.sampled_from(BUNDLED), st.integers(1, 30), st.sampled_from(["de", "en"]))
def test_every_beginning_completes_to_its_factor(factor: Factor, length: int, lang: str) -> None:
    assert factor in FACTORS.completions(factor.label.text(lang)[:length])


@given(st.text(max_size=12))
def test_what_is_found_is_among_the_completions(typed: str) -> None:
    found = FACTORS.find(typed)
    assert found is None or found in FACTORS.completions(typed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Preis erst in der dritten Runde genannt", ["price"]),
        ("Preisliste zu spät, Einkauf nicht am Tisch", ["price", "procurement"]),
        ("wir haben den Bedarf verstanden", ["needs_discovery"]),
        ("fit for purpose", ["product_fit"]),
        ("fitness", []),
        ("Techniker war nur am Telefon dabei", []),
    ],
)
def test_a_sentence_mentions_the_factors_it_names(text: str, expected: list[str]) -> None:
    assert [factor.id for factor in FACTORS.mentioned(text)] == expected


def test_a_teams_factor_is_added_and_one_with_a_bundled_id_takes_its_place() -> None:
    fair = Factor(id="trade_fair", label=Words.of(de="Messe", en="Trade fair"), control="ours")
    price = Factor(id="price", label=Words.of("Kosten"))
    listening = Factor(id="listening", label=Words.of("Hinhören"))
    own = FactorList.of_team([fair, price, listening])
    assert len(own) == 31
    assert own.find("messe") is fair
    assert own.find("preis") is None and own.factors[0].label.text("de") == "Kosten"
    assert own.control("price") == "shared" and len(own.tips) == 9
    assert FACTORS.label("price", "de") == "Preis"


def test_a_factor_of_an_older_list_keeps_its_id_as_label() -> None:
    assert FACTORS.label("long_gone", "de") == "long_gone"
    assert FACTORS.control("long_gone") is None


def test_a_factor_is_read_from_the_teams_settings() -> None:
    fair = Factor.model_validate({"id": "trade_fair", "label": {"de": "Messe"}, "control": "outside"})
    assert (fair.label.text("en"), fair.explained("de"), fair.group) == ("Messe", "Messe", "deal")
    with pytest.raises(ValidationError):
        Factor.model_validate({"id": "x", "label": "X", "control": "theirs"})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Vertrieb", "sales"),
        ("sales", "sales"),
        ("technik", "delivery"),
        ("Umsetzung", "delivery"),
        ("Technik/Umsetzung", "delivery"),
        ("Delivery", "delivery"),
        ("finanz", "finance"),
        ("Leitung", "management"),
        ("recht", "legal"),
        ("Sonstige", "other"),
    ],
)
def test_a_function_is_found_by_its_name_in_either_language(typed: str, expected: str) -> None:
    found = functions.find(typed)
    assert found is not None and found.id == expected
    assert functions.function_id(typed) == expected


def test_a_function_of_the_teams_own_is_kept_as_it_is() -> None:
    assert functions.find("Einkauf") is None
    assert functions.function_id("  Einkauf  Nord ") == "Einkauf Nord"
    assert functions.label("Einkauf Nord", "de") == "Einkauf Nord"
    assert functions.label("delivery", "de") == "Technik/Umsetzung"
    assert functions.find("p") is None and functions.find("") is None


def test_functions_complete_in_their_order() -> None:
    assert [each.id for each in functions.completions("p")] == ["presales", "product", "partner"]
    assert len(functions.completions("")) == 11


@given(st.text(max_size=10))
def test_looking_up_never_fails(typed: str) -> None:
    found = functions.find(typed)
    assert found is None or found in functions.completions(typed)
    assert functions.label(functions.function_id(typed), "de") or not typed.split()
