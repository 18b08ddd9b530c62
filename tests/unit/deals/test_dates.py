"""Dates: every writing, the column's order, and the impossible ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.interchange.dates import Order, day_of, decide, shape_of


def read(text: str, order: Order | None = "DMY") -> date | None:
    shape = shape_of(text)
    return day_of(shape, order) if shape else None


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2026-02-03", "YMD"),
        ("2026/02/03", "YMD"),
        ("2026-2-3", "YMD"),
        ("2026-02-03T09:30:00Z", "YMD"),
        ("2026-02-03 09:30", "YMD"),
        ("2026-02-03T09:30:00.000+01:00", "YMD"),
        ("20260203", "YMD"),
        ("03.02.2026", "DMY"),
        ("3.2.2026", "DMY"),
        ("03.02.26", "DMY"),
        ("03.02.2026 09:30", "DMY"),
        ("03.02.2026 um 09:30 Uhr", "DMY"),
        ("Di, 03.02.2026", "DMY"),
        ("3. 2. 2026", "DMY"),
        ("03-02-26", "DMY"),
        ("03/02/2026", "DMY"),
        ("2/3/2026", "MDY"),
        ("02/03/2026 3:45 PM", "MDY"),
        ("02-03-2026", "MDY"),
        ("3. Februar 2026", "DMY"),
        ("3 Feb 2026", "DMY"),
        ("03-Feb-26", "DMY"),
        ("Feb 3, 2026", "MDY"),
        ("Tuesday, February 3, 2026", "MDY"),
        ("3. Feb. 2026", "DMY"),
        ("03/Feb/2026", "DMY"),
        ("3. Februar 2026 ", "DMY"),
    ],
)
def test_a_date_reads_as_it_is_meant(text: str, order: Order) -> None:
    assert read(text, order) == date(2026, 2, 3)


@pytest.mark.parametrize("name", ["März", "Mrz", "MAERZ", "mar", "March", "Mär."])
def test_march_is_known_in_every_spelling(name: str) -> None:
    assert read(f"1. {name} 2026") == date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "31.02.2026",
        "00/00/0000",
        "0000-00-00",
        "2026-13-45",
        "32.01.2026",
        "März 2026",
        "Q1 2026",
        "2026",
        "45678",
        "01.01.0001",
        "01.01.9999",
        "morgen",
        "1.2.2026.3",
        "1/2-2026",
        "٣.٢.٢٠٢٦",
        "03.02.2026xyz",
        "3 Foo 2026",
        "1" * 5000,
    ],
)
def test_what_is_no_day_is_unknown(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("texts", "order", "mixed", "doubtful"),
    [
        (["01/02/2026", "13/02/2026"], "DMY", False, 1),
        (["01/02/2026", "02/13/2026"], "MDY", False, 1),
        (["01/02/2026", "03/04/2026"], None, False, 2),
        (["02/02/2026"], None, False, 0),
        (["31.12.2026", "01.02.2026"], "DMY", False, 0),
        (["2026-01-02"], "YMD", False, 0),
        (["13/02/2026", "02/14/2026", "01/02/2026"], "DMY", True, 1),
        (["13/02/2026", "14/02/2026", "02/14/2026"], "DMY", False, 0),
        (["2026-01-02", "01/02/2026"], None, False, 1),
        ([], None, False, 0),
    ],
)
def test_the_order_is_decided_by_column(
    texts: list[str], order: str | None, mixed: bool, doubtful: int
) -> None:
    decision = decide(map(shape_of, texts))
    assert (decision.order, decision.mixed, decision.doubtful) == (order, mixed, doubtful)


def test_in_a_mixed_column_only_the_plain_days_are_known() -> None:
    assert read("13/02/2026", None) == date(2026, 2, 13)
    assert read("02/14/2026", None) == date(2026, 2, 14)
    assert read("01/02/2026", None) is None
    assert read("02/02/2026", None) == date(2026, 2, 2)


FORMATS: tuple[tuple[str, Order], ...] = (
    ("%Y-%m-%d", "YMD"),
    ("%d.%m.%Y", "DMY"),
    ("%m/%d/%Y", "MDY"),
    ("%d-%m-%y", "DMY"),
    ("%d/%m/%Y %H:%M", "DMY"),
    ("%d %B %Y", "DMY"),
)


@given(st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1), st.sampled_from(FORMATS))
def test_a_column_of_days_reads_back(days: list[date], writing: tuple[str, Order]) -> None:
    form, order = writing
    shapes = [shape_of(day.strftime(form)) for day in days]
    decided = decide(shapes).order
    assert decided in (order, None)
    assert [day_of(shape, decided or order) for shape in shapes if shape] == days


@given(st.text(max_size=70), st.sampled_from(["YMD", "DMY", "MDY", None]))
def test_any_text_is_a_day_or_none(text: str, order: Order | None) -> None:
    assert isinstance(read(text, order), date | None)
