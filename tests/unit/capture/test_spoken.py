"""Dates and numbers as people type them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.minutes import Unit
from retrotui.domain.spoken_dates import (
    read_bare_date,
    read_date,
    read_near_date,
    suggested_dates,
    write_date,
)
from retrotui.domain.spoken_numbers import (
    Quantity,
    read_number,
    read_quantity,
    write_number,
    write_quantities,
)
from tests.unit.capture.lines import TODAY

calm = settings(deadline=None)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
LANGUAGES = st.sampled_from(["de", "en"])


# --- dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fr", date(2026, 11, 27)),
        ("Freitag", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("mo", date(2026, 11, 30)),
        ("so", date(2026, 11, 29)),
        ("sonnabend", date(2026, 11, 28)),
        ("we", date(2026, 11, 25)),
        ("15.12.", date(2026, 12, 15)),
        ("15.12", date(2026, 12, 15)),
        ("5.1.", date(2027, 1, 5)),
        ("23.11.", date(2026, 11, 23)),
        ("22.11.", date(2027, 11, 22)),
        ("29.2.", date(2028, 2, 29)),
        ("15.12.27", date(2027, 12, 15)),
        ("01.02.2026", date(2026, 2, 1)),
        ("2026-12-15", date(2026, 12, 15)),
        ("21 Dec 2027", date(2027, 12, 21)),
        ("21. Dezember", date(2026, 12, 21)),
        ("Dec 21, 2027", date(2027, 12, 21)),
        ("15.dez", date(2026, 12, 15)),
        ("15.Dezember", date(2026, 12, 15)),
        ("1.märz", date(2027, 3, 1)),
        ("dec15", date(2026, 12, 15)),
        ("+2w", date(2026, 12, 7)),
        ("2w", date(2026, 12, 7)),
        ("+3d", date(2026, 11, 26)),
        ("+3t", date(2026, 11, 26)),
        ("+1m", date(2026, 12, 23)),
        ("+1j", date(2027, 11, 23)),
        ("heute", date(2026, 11, 23)),
        ("morgen", date(2026, 11, 24)),
        ("übermorgen", date(2026, 11, 25)),
        ("tomorrow", date(2026, 11, 24)),
        ("next", date(2026, 12, 21)),
        ("nächstes", date(2026, 12, 21)),
        *(
            (nothing, None)
            for nothing in ("31.2.", "0.5.", "13.13.", "x", "", "f", "s", "2026-13-01", "+9999y", "+1x")
        ),
        *((nothing, None) for nothing in ("15", "12/15", "0000-01-01", "1.1.0000", "ju", "99999999")),
    ],
)
def test_which_day_is_meant(typed: str, day: date | None) -> None:
    assert read_date(typed, TODAY, next_date=date(2026, 12, 21)) == day


def test_a_month_later_is_the_same_day_or_the_last_one() -> None:
    assert read_date("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert read_date("+13m", date(2026, 12, 31)) == date(2028, 1, 31)


def test_without_a_next_meeting_next_is_no_day() -> None:
    assert read_date("next", TODAY) is None


@calm
@given(st.text(max_size=12), DAYS)
def test_no_text_makes_it_fail(typed: str, today: date) -> None:
    assert read_date(typed, today) is None or isinstance(read_date(typed, today), date)
    assert suggested_dates(typed, today, "de") is not None


@calm
@given(st.sampled_from(["mo", "di", "mi", "do", "fr", "sa", "so"]), DAYS)
def test_a_weekday_is_the_next_one_and_never_today(typed: str, today: date) -> None:
    day = read_date(typed, today)
    assert day is not None and timedelta(0) < day - today <= timedelta(7)


@calm
@given(DAYS, DAYS)
def test_a_day_without_a_year_is_the_next_such_and_may_be_today(day: date, today: date) -> None:
    read = read_date(f"{day.day}.{day.month}.", today)
    assert read is not None and today <= read and (read.day, read.month) == (day.day, day.month)
    assert read - today < timedelta(366 * 8)


@calm
@given(DAYS, DAYS)
def test_an_answer_without_a_year_is_the_nearest_such_day(day: date, today: date) -> None:
    near = read_near_date(f"{day.day}.{day.month}.", today)
    assert near is not None and (near.day, near.month) == (day.day, day.month)
    assert abs(near - today) <= timedelta(184) or (day.day, day.month) == (29, 2)


@pytest.mark.parametrize("typed", ["fr", "+2w", "+1y", "morgen", "2025-03-01", "1.3.2024"])
def test_an_answer_that_counts_from_today_or_has_its_year_is_read_as_ever(typed: str) -> None:
    assert read_near_date(typed, TODAY) == read_date(typed, TODAY)


@calm
@given(DAYS, DAYS, LANGUAGES)
def test_a_written_day_is_read_as_the_same(day: date, today: date, language: str) -> None:
    assert read_date(write_date(day, today, language), today) == day


@pytest.mark.parametrize("line", ["so", "do", "fr", "Danke", "21.12. um 9", "", "Mo", "x 21.12."])
def test_a_line_that_is_more_or_other_than_a_date(line: str) -> None:
    assert read_bare_date(line, TODAY) is None


@pytest.mark.parametrize(
    "line", ["27.11.", "=fr", "^fr", "Freitag", "Fr 27.11.", "Fr., 27.11.2026", "=27.11."]
)
def test_a_line_that_is_a_date_and_nothing_else(line: str) -> None:
    assert read_bare_date(line, TODAY) == date(2026, 11, 27)


def test_days_are_suggested_with_the_next_meeting_first() -> None:
    words = [word for word, _ in suggested_dates("", TODAY, "de", next_date=date(2026, 12, 21))]
    assert words[:3] == ["nächstes", "morgen", "mo"] and "+2w" in words
    assert suggested_dates("15.12.", TODAY, "de") == (("15.12.", date(2026, 12, 15)),)
    assert [word for word, _ in suggested_dates("+", TODAY, "en")] == ["+1w", "+2w", "+1m"]


# --- numbers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "german", "english"),
    [
        ("1.234,56", "1234.56", "1234.56"),
        ("1,234.56", "1234.56", "1234.56"),
        ("18.500", "18500", "18.5"),
        ("18,500", "18.5", "18500"),
        ("1.5", "1.5", "1.5"),
        ("1,5", "1.5", "1.5"),
        ("310.000,--", "310000", "310"),
        ("12 500", "12500", "12500"),
        ("1'234'567,5", "1234567.5", "1234567.5"),
        ("1.234.567", "1234567", "1234567"),
        ("-20", "-20", "-20"),
        ("−20", "-20", "-20"),
        ("+7", "7", "7"),
        ("0.500", "0.5", "0.5"),
        ("007", "7", "7"),
        *(
            (nothing, None, None)
            for nothing in ("", "x", "1.2.3", "1,23,4", ".5", "5.", "1e5", "15.12.2026", "٣", "--1")
        ),
        ("1234567890123456", None, None),
        ("0.1234567", None, None),
    ],
)
def test_which_number_is_meant(typed: str, german: str | None, english: str | None) -> None:
    assert (read_number(typed, "de"), read_number(typed, "en")) == (german, english)


@pytest.mark.parametrize(
    ("typed", "value", "unit", "currency"),
    [
        ("480 T€", "480000", "currency", "EUR"),
        ("480T€", "480000", "currency", "EUR"),
        ("520k", "520000", "", ""),
        ("520 TEUR", "520000", "currency", "EUR"),
        ("€48,000", "48000", "currency", "EUR"),
        ("48.000 €", "48000", "currency", "EUR"),
        ("CHF 48'000.50", "48000.5", "currency", "CHF"),
        ("1,2 Mio. €", "1200000", "currency", "EUR"),
        ("$1.5m", "1500000", "currency", "USD"),
        ("12 Tage", "12", "days", ""),
        ("1 day", "1", "days", ""),
        ("25 %", "25", "percent", ""),
        ("25 Prozent", "25", "percent", ""),
        ("5 Stk.", "5", "count", ""),
        ("14", "14", "", ""),
    ],
)
def test_a_number_with_its_unit(typed: str, value: str, unit: str, currency: str) -> None:
    read = read_quantity(typed, "de")
    assert read is not None and (read.value, read.unit, read.currency) == (value, unit, currency)


@pytest.mark.parametrize(
    "typed", ["", "€", "12 Dinge", "€5 %", "€ 5 $", "999999999999999 Mio", "zwölf", "3/4", "5 EURO"]
)
def test_what_is_no_number_with_a_unit(typed: str) -> None:
    assert read_quantity(typed, "de") is None


def test_in_money_a_mark_before_three_digits_parts_thousands() -> None:
    assert [read_quantity("48.000", lang, money=True) for lang in ("de", "en")] == [
        Quantity("48000", grouped=True),
        Quantity("48000", grouped=True),
    ]


@calm
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4), LANGUAGES, st.booleans())
def test_a_written_number_is_read_as_the_same(value: Decimal, language: str, money: bool) -> None:
    read = read_number(write_number(str(value), language, money=money), language, money=money)
    assert read is not None and Decimal(read) == value


@calm
@given(
    st.decimals(min_value=-(10**11), max_value=10**11, places=2),
    st.sampled_from(
        [("currency", "EUR"), ("currency", "CHF"), ("percent", ""), ("days", ""), ("count", ""), ("", "")]
    ),
    LANGUAGES,
)
def test_a_written_quantity_is_read_as_the_same(value: Decimal, of: tuple[Unit, str], language: str) -> None:
    read = read_quantity(write_quantities((str(value),), *of, language), language)
    assert read is not None and (Decimal(read.value), read.unit, read.currency) == (value, *of)
