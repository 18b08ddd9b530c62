"""Amounts: every writing, the column's decision, and the short cut that must not differ."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.interchange.amounts import Decision, Mark, currency_code, decide, decimal_string, shape_of
from retrotui.interchange.amounts_in_bulk import read_bulk


def read(text: str, mark: Mark = ",") -> str | None:
    shape = shape_of(text)
    return decimal_string(shape, mark) if shape else None


@pytest.mark.parametrize(
    ("text", "mark", "amount"),
    [
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("18.500", ",", "18500.00"),
        ("18.500", ".", "18.500"),
        ("310.000,--", ",", "310000.00"),
        ("310.000,-", ",", "310000.00"),
        ("310.000,–", ",", "310000.00"),
        ("1'500.--", ".", "1500.00"),
        ("12 500", ",", "12500.00"),
        ("12\u00a0500,5 €", ",", "12500.50"),
        ("1\u202f250\u202f000", ",", "1250000.00"),
        ("1’234.50", ".", "1234.50"),
        ("1.234.567", ",", "1234567.00"),
        ("12,34,567.00", ".", "1234567.00"),
        ("-250", ",", "-250.00"),
        ("−250", ",", "-250.00"),
        ("250-", ",", "-250.00"),
        ("(1,234.00)", ".", "-1234.00"),
        ("($1,234.00)", ".", "-1234.00"),
        ("$ (500)", ".", "-500.00"),
        ("500 (EUR)", ".", "500.00"),
        ("+5", ".", "5.00"),
        ("€ -50", ".", "-50.00"),
        ("-€50", ".", "-50.00"),
        ("US$ 5", ".", "5.00"),
        ("SFr. 5", ".", "5.00"),
        ("5 Euro", ".", "5.00"),
        (",5", ",", "0.50"),
        ("0,5", ",", "0.50"),
        ("0.500", ",", "0.500"),
        ("007", ".", "7.00"),
        ("-0", ".", "0.00"),
        ("1.23456", ".", "1.2346"),
        ("0.30000000000000004", ".", "0.30"),
        ('="1234"', ".", "1234.00"),
    ],
)
def test_an_amount_reads_as_it_is_meant(text: str, mark: Mark, amount: str) -> None:
    assert read(text, mark) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "abc",
        "12 Stück",
        "ca. 500",
        "1e5",
        "1.2.3,4",
        "1,23,4",
        "12 50",
        "1 2 3",
        "--5",
        "(-5)",
        "5 EUR USD",
        "٣",
        "１２",
        "5%",
        "1.234.56",
        "1,2,3",
        "0x10",
        "1/2",
        "#REF!",
        "9" * 61,
        "1" + "0" * 16,
        "( 5",
        "5)",
        "=1+2",
        "5 (7)",
    ],
)
def test_what_is_no_plain_amount_is_unknown_and_never_guessed(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("values", "decision"),
    [
        (["1.234,56", "18.500"], Decision(",", False, 1)),
        (["1,234.56", "18,500"], Decision(".", False, 1)),
        (["18.500", "9.750"], Decision(None, False, 2)),
        (["1500", "2"], Decision(None, False, 0)),
        (["1.234.567"], Decision(",", False, 0)),
        (["310.000,--"], Decision(",", False, 0)),
        (["12,5"], Decision(",", False, 0)),
        (["0.500"], Decision(".", False, 0)),
        (["1234.567"], Decision(".", False, 0)),
        (["1,5", "1.5", "2,5", "1.500"], Decision(",", True, 1)),
        ([], Decision(None, False, 0)),
        (["abc", ""], Decision(None, False, 0)),
    ],
)
def test_a_column_decides_from_all_of_its_values(values: list[str], decision: Decision) -> None:
    assert decide(map(shape_of, values)) == decision


def test_in_a_mixed_column_the_doubtful_stay_unknown_and_the_plain_are_read() -> None:
    shapes = {text: shape_of(text) for text in ("1.234,56", "1,234.56", "1.500")}
    assert decide(shapes.values()).mixed
    assert [decimal_string(shape, None) for shape in shapes.values() if shape] == ["1234.56", "1234.56", None]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EUR", "EUR"),
        ("eur", "EUR"),
        ("€", "EUR"),
        ("Euro", "EUR"),
        ("EUR - Euro", "EUR"),
        ("Euro (EUR)", "EUR"),
        ("US-Dollar", "USD"),
        ("US Dollar", "USD"),
        ("Schweizer Franken", "CHF"),
        ("$", "USD"),
        ("", ""),
        ("Taler", ""),
        ("EUR/USD", ""),
        ("x" * 500, ""),
    ],
)
def test_a_currency_is_known_by_code_sign_and_name(text: str, code: str) -> None:
    assert currency_code(text) == code


def written(amount: Decimal, mark: str, group: str, places: int, affix: str) -> str:
    text = f"{amount:,.{places}f}".replace(",", "G").replace(".", mark).replace("G", group)
    return affix.replace("#", text)


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1),
    st.sampled_from([(",", "."), (",", ""), (",", " "), (".", ","), (".", ""), (".", "'"), (",", "\u00a0")]),
    st.sampled_from(["#", "# €", "€ #", "#€", "# EUR", "CHF #", "$#"]),
)
def test_a_column_of_amounts_reads_back(amounts: list[Decimal], marks: tuple[str, str], affix: str) -> None:
    mark, group = marks
    texts = [written(amount, mark, group, 2, affix) for amount in amounts]
    shapes = [shape_of(text) for text in texts]
    assert decide(shapes) == Decision(mark, False, 0)  # type: ignore[arg-type]
    read_back = [decimal_string(shape, decide(shapes).mark) for shape in shapes if shape]
    assert [Decimal(text or "NaN") for text in read_back] == [a if a else abs(a) for a in amounts]


TEXTS = st.one_of(
    st.text("0123456789.,-€ ", max_size=12),
    st.decimals(-(10**7), 10**7, places=2).map(lambda a: written(a, ",", ".", 2, "# €")),
    st.decimals(-(10**7), 10**7, places=0).map(lambda a: written(a, ",", ".", 0, "#")),
    st.decimals(-(10**7), 10**7, places=1).map(lambda a: written(a, ".", ",", 1, "#")),
    st.integers(0, 10**16).map(str),
)


@given(st.sets(TEXTS, min_size=1), st.sampled_from([",", "."]))
def test_the_short_cut_reads_nothing_otherwise(values: set[str], fallback: Mark) -> None:
    bulk = read_bulk(values)
    assert set(bulk.amounts) | set(bulk.rest) == values
    assert not set(bulk.amounts) & set(bulk.rest)
    alone = decide(shape_of(value) for value in bulk.amounts)
    assert (alone.mark or bulk.mark) == bulk.mark
    assert bulk.certain == (alone.mark is not None)
    assert bulk.doubtful == (alone.mark is None and alone.doubtful > 0)
    for mark in {bulk.mark, fallback if not bulk.certain and not bulk.doubtful else bulk.mark}:
        for value, amount in bulk.amounts.items():
            shape = shape_of(value)
            assert shape is not None
            assert decimal_string(shape, mark) == amount
            assert shape.currency == bulk.currency


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    shape = shape_of(text)
    if shape is not None:
        for mark in (",", ".", None):
            amount = decimal_string(shape, mark)
            assert amount is None or Decimal(amount).is_finite()
