"""The story's calendar: it ends last week, whatever day it is, and nothing in it lies in the future."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retrotui.demo.calendar import Calendar, next_workday, second_tuesday
from retrotui.demo.story import read_story

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 12, 31))


@given(days)
def test_the_year_ends_with_the_last_complete_week(today: date) -> None:
    calendar = Calendar.ending_before(today)
    monday = today - timedelta(days=today.weekday())
    assert monday - timedelta(days=7) <= calendar.end < monday
    assert calendar.monthly[12] < calendar.end
    assert calendar.monthly[13] > calendar.end


@given(days)
def test_monthly_meetings_are_second_tuesdays_of_one_month_after_the_other(today: date) -> None:
    monthly = Calendar.ending_before(today).monthly
    assert len(monthly) == 14
    for before, after in pairwise(monthly):
        assert before.weekday() == 1 and 8 <= before.day <= 14
        assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == 1


@given(days)
def test_no_two_meetings_of_the_story_fall_on_one_day_and_none_on_a_weekend(today: date) -> None:
    calendar = Calendar.ending_before(today)
    held = [calendar.at(scene.at) for scene in read_story("de").scenes]
    assert len(set(held)) == len(held)
    assert all(day.weekday() < 5 and day < today for day in held)


@given(days)
def test_quarterly_reviews_follow_a_quarters_end(today: date) -> None:
    calendar = Calendar.ending_before(today)
    for number in (1, 2):
        review = calendar.quarterly(number)
        assert review.month in (1, 4, 7, 10)
        assert review.weekday() == 2
        assert review <= calendar.end


@given(days)
def test_what_is_due_is_seen_from_today(today: date) -> None:
    calendar = Calendar.ending_before(today)
    before = calendar.due("workday-1", calendar.end)
    assert before is not None and calendar.end < before < today and before.weekday() < 5
    assert calendar.due("today", calendar.end) == today
    after = calendar.due("next-workday", calendar.end)
    assert after is not None and after > today and after.weekday() < 5
    assert calendar.due("", calendar.end) is None


@given(days, st.integers(1, 120))
def test_a_due_date_in_so_many_days_is_a_working_day(since: date, count: int) -> None:
    due = Calendar.ending_before(since).due(f"+{count}d", since)
    assert due is not None and due.weekday() < 5
    assert count <= (due - since).days <= count + 2


@given(days)
def test_a_monthly_meeting_looks_back_on_the_month_before_it(today: date) -> None:
    calendar = Calendar.ending_before(today)
    for month in range(1, 13):
        period = calendar.look_back(month)
        assert period.kind == "month"
        assert period.until + timedelta(days=1) == calendar.monthly[month].replace(day=1)


def test_second_tuesday_and_next_workday_by_hand() -> None:
    assert second_tuesday(2026, 11) == date(2026, 11, 10)
    assert second_tuesday(2026, 12) == date(2026, 12, 8)
    assert next_workday(date(2026, 11, 20)) == date(2026, 11, 23)
