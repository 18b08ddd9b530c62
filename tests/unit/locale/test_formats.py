"""Dates, numbers and money as readers write them, held against babel."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.spoken_numbers import read_number
from retrotui.locale import formats

calm = settings(deadline=None)
LANGS = st.sampled_from(["de", "en"])
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
SUMS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


def _plain(text: str) -> str:
    """Babel's unbreakable spaces as the spaces that we write."""
    return text.replace("\xa0", " ").replace("\u202f", " ")


@calm
@given(DAYS, LANGS)
def test_dates_read_as_babel_writes_them(day: date, lang: str) -> None:
    full, short = ("dd.MM.y", "ccc d. LLL") if lang == "de" else ("d LLL y", "ccc d LLL")
    assert formats.date(day, lang) == format_date(day, full, locale=lang)
    assert formats.date_short(day, lang) == format_date(day, short, locale=lang)
    assert formats.month(day, lang) == format_date(day, "LLLL y", locale=lang)
    assert formats.day_month(day, lang) == format_date(day, "d.M." if lang == "de" else "d LLL", locale=lang)


@calm
@given(SUMS, LANGS, st.sampled_from(["EUR", "USD", "GBP", "CHF", "JPY"]))
def test_money_reads_as_babel_writes_it_without_empty_cents(
    amount: Decimal, lang: str, currency: str
) -> None:
    expected = _plain(format_currency(amount, currency, locale=lang)).replace("CHF4", "CHF 4")
    if lang == "en":
        expected = expected.replace("CHF", "CHF ").replace("CHF  ", "CHF ")
    for empty in (",00", ".00"):
        if expected.removesuffix(" " + expected.rpartition(" ")[2]).endswith(empty) or expected.endswith(
            empty
        ):
            expected = expected.replace(empty, "")
    if amount.quantize(Decimal(1) if currency == "JPY" else Decimal("0.01")) == 0:
        expected = expected.removeprefix("-")
    assert formats.money(str(amount), currency, lang) == expected


@calm
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3), LANGS)
def test_numbers_read_as_babel_writes_them(value: Decimal, lang: str) -> None:
    expected = format_decimal(value + 0, locale=lang)
    assert formats.number(str(value), lang) == ("0" if value == 0 else expected)


@calm
@given(st.integers(-1000, 100_000), LANGS)
def test_per_cents_read_as_babel_writes_them(value: int, lang: str) -> None:
    assert formats.percent(value, lang) == _plain(format_percent(Decimal(value) / 100, locale=lang))


@calm
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4), LANGS)
def test_what_is_written_is_read_as_the_same_number(value: Decimal, lang: str) -> None:
    read = read_number(formats.number(str(value), lang), lang)
    assert read is not None and Decimal(read) == value


@pytest.mark.parametrize(
    ("written", "got"),
    [
        (formats.money("48000.00", "EUR", "de"), "48.000 €"),
        (formats.money("48000.00", "EUR", "en"), "€48,000"),
        (formats.money("48000.5", "EUR", "de"), "48.000,50 €"),
        (formats.money("-48000", "CHF", "en"), "-CHF 48,000"),
        (formats.money("12", "", "de"), "12"),
        (formats.percent(55, "de"), "55 %"),
        (formats.percent("12.25", "en", decimals=1), "12.2%"),
        (formats.date_short(date(2026, 11, 23), "de"), "Mo 23. Nov"),
        (formats.date(date(2026, 11, 23), "en"), "23 Nov 2026"),
        (formats.time(datetime(2026, 11, 23, 9, 5)), "09:05"),  # noqa: DTZ001 - only the hands of a clock
        (formats.time(time(17, 30)), "17:30"),
        (formats.hours_minutes(5_400), "1 h 30 min"),
        (formats.hours_minutes(2_710), "45 min"),
        (formats.hours_minutes(7_200), "2 h"),
        (formats.period(date(2026, 10, 1), date(2026, 10, 31), "de"), "Oktober 2026"),
        (formats.period(date(2026, 7, 1), date(2026, 9, 30), "en"), "Q3 2026"),
        (formats.period(date(2026, 1, 1), date(2026, 12, 31), "en"), "2026"),
        (formats.period(date(2026, 11, 16), date(2026, 11, 22), "de"), "16.11.2026 – 22.11.2026"),
        (formats.period(date(2026, 2, 1), date(2026, 4, 30), "en"), "1 Feb 2026 – 30 Apr 2026"),
    ],
)
def test_how_it_reads(written: str, got: str) -> None:
    assert written == got


@pytest.mark.parametrize("wrong", ["", "abc", "1e9", "1E+500000", "NaN", "1,5", "٣"])
def test_a_number_that_a_file_has_wrong_is_shown_as_it_stands(wrong: str) -> None:
    assert formats.number(wrong, "de") == wrong
    assert formats.money(wrong, "EUR", "de") == f"{wrong} EUR".strip()


def test_no_babel_at_run_time() -> None:
    code = (
        "import sys, retrotui.locale as l, retrotui.locale.formats as f; l.use('de'); l.tr('x'); f.money('1', 'EUR'); "
        "print('babel' in sys.modules or 'textual' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_a_box_is_said_exactly() -> None:
    assert [formats.length(seconds, "de") for seconds in (0, 30, 60, 90, 300, 803)] == [
        "0 min", "30 s", "1 min", "1,5 min", "5 min", "13 min 23 s",
    ]  # fmt: skip
    assert formats.length(150, "en") == "2.5 min"


@given(st.lists(st.integers(0, 10_000), max_size=20))
def test_whole_minutes_add_up_and_each_is_less_than_a_minute_away(seconds: list[int]) -> None:
    minutes = formats.whole_minutes(seconds)
    assert sum(minutes) == (sum(seconds) + 30) // 60
    assert all(abs(60 * shown - each) < 60 for shown, each in zip(minutes, seconds, strict=True))
    assert formats.whole_minutes([20, 20, 20]) == [0, 1, 0]
