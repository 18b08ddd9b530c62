"""Periods: reading, writing, the one before, the last complete one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.period import Period, PeriodKind, last_complete, parse_period, period_of
from retrotui.errors import RetroError

KINDS: tuple[PeriodKind, ...] = ("week", "month", "quarter")
DAYS = st.dates(date(1950, 1, 10), date(2199, 12, 1))


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026-2", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-KW41", date(2026, 10, 5), date(2026, 10, 11)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-10-05", date(2026, 10, 5), date(2026, 10, 5)),
        ("2026-07-01..2026-09-15", date(2026, 7, 1), date(2026, 9, 15)),
        (" 2026-01 .. 2026-03 ", date(2026, 1, 1), date(2026, 3, 31)),
    ],
)
def test_a_period_reads_as_typed(text: str, since: date, until: date) -> None:
    assert parse_period(text) == Period(since, until)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "2026-13",
        "2026-Q5",
        "2026-W60",
        "oktober",
        "2026-02-30",
        "2026-10-01..",
        "0000",
        "20261-10",
        "²026",
        "x" * 9000,
    ],
)
def test_what_is_no_period_is_refused_with_what_can_be_typed(text: str) -> None:
    with pytest.raises(RetroError) as refused:
        parse_period(text)
    assert "2026-Q3" in str(refused.value.hint)
    assert len(str(refused.value.what)) < 200


def test_a_period_that_ends_before_it_begins_is_refused_with_the_days_put_right() -> None:
    with pytest.raises(RetroError) as refused:
        parse_period("2026-09-15..2026-07-01")
    assert "2026-07-01..2026-09-15" in str(refused.value.hint)


def test_what_was_typed_is_repeated_in_quotes_without_control_characters() -> None:
    for typed, repeated in (("2026-13", "“2026-13” is no period."), ("a\x1b[31mb", "“ab” is no period.")):
        with pytest.raises(RetroError) as refused:
            parse_period(typed)
        assert str(refused.value.what) == repeated


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026-10", "2026-09"),
        ("2026-01", "2025-12"),
        ("2026-Q1", "2025-Q4"),
        ("2026-W01", "2025-W52"),
        ("2026", "2025"),
        ("2026-10-11..2026-10-20", "2026-10-01..2026-10-10"),
    ],
)
def test_the_period_before_is_of_the_same_kind(text: str, before: str) -> None:
    assert str(parse_period(text).before()) == before


@given(DAYS, st.sampled_from(KINDS))
def test_the_last_complete_period_is_over_and_nothing_lies_between(today: date, kind: PeriodKind) -> None:
    last = last_complete(kind, today)
    assert last.until < today
    assert last.until + timedelta(days=1) == period_of(kind, today).since
    assert period_of(kind, last.since) == last


@given(DAYS, st.integers(0, 900))
def test_a_period_reads_back_as_it_is_written(since: date, length: int) -> None:
    period = Period(since, since + timedelta(days=length))
    assert parse_period(str(period)) == period
    before = period.before()
    assert before.until + timedelta(days=1) == period.since


@given(st.text(max_size=40))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = parse_period(text)
    except RetroError:
        return
    assert period.since <= period.until


def test_before_the_first_day_there_is_no_period() -> None:
    with pytest.raises(RetroError):
        parse_period("0001-01").before()
