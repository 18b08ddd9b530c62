"""What a step is: its kind's default and what it says itself; planned seconds; shares of time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.agenda import COUNTS, Agenda, CountsAs, StepKind
from retrotui.domain.agenda_times import scaled
from tests.unit.agendas.agenda_samples import agenda, step


def test_every_kind_counts_as_something() -> None:
    assert set(COUNTS) == set(StepKind)


@pytest.mark.parametrize(
    ("kind", "counts"),
    [
        ("checkin", "frame"),
        ("followup", "decide"),
        ("numbers", "report"),
        ("deal", "reflect"),
        ("factors", "reflect"),
        ("lessons", "reflect"),
        ("perspectives", "reflect"),
        ("case", "reflect"),
        ("notes", "reflect"),
        ("experiments", "decide"),
        ("close", "frame"),
        ("break", "frame"),
    ],
)
def test_a_kind_counts_as_its_own_unless_the_step_says_otherwise(kind: str, counts: str) -> None:
    assert agenda(step("a", kind)).steps[0].counts == counts
    assert agenda(step("a", kind, counts_as="report")).steps[0].counts is CountsAs.REPORT


@pytest.mark.parametrize(
    ("kind", "keys", "protected"),
    [
        ("deal", {}, True),
        ("lessons", {}, True),
        ("experiments", {}, True),
        ("followup", {}, False),
        ("numbers", {}, False),
        ("numbers", {"counts_as": "reflect"}, True),
        ("deal", {"protected": False}, False),
        ("numbers", {"protected": True}, True),
        ("deal", {"counts_as": "report"}, False),
    ],
)
def test_reflecting_and_experiments_are_protected(kind: str, keys: dict[str, Any], protected: bool) -> None:
    assert agenda(step("a", kind, **keys)).steps[0].is_protected is protected


def test_without_minutes_a_step_is_an_open_end_and_with_zero_a_preread() -> None:
    open_end, preread, timed = agenda(step("a"), step("b", minutes=0), step("c", minutes=5)).steps
    assert open_end.is_open_end and not open_end.is_preread
    assert preread.is_preread and not preread.is_open_end
    assert not timed.is_open_end and not timed.is_preread


def test_planned_seconds_take_fractions_of_minutes() -> None:
    assert agenda(step("a", minutes=2.5), step("b", minutes=10)).planned_seconds() == {"a": 150, "b": 600}


def test_open_ends_take_the_free_time_evenly() -> None:
    plan = agenda(step("a", minutes=10), step("b"), step("c"), minutes=20).planned_seconds()
    assert plan == {"a": 600, "b": 300, "c": 300}


def test_an_open_end_without_free_time_has_no_plan() -> None:
    assert agenda(step("a", minutes=10), step("b"), minutes=10).planned_seconds() == {"a": 600, "b": None}
    assert agenda(step("a", minutes=10), step("b")).planned_seconds() == {"a": 600, "b": None}


def test_a_preread_is_never_on_the_clock_whatever_the_length() -> None:
    made = agenda(step("a", minutes=0), step("b", minutes=10), minutes=10)
    assert made.planned_seconds() == {"a": 0, "b": 600}
    assert made.planned_seconds(60) == {"a": 0, "b": 3600}


def test_shares_serve_any_length() -> None:
    made = agenda(step("a", share=25), step("b", share=75), minutes=60)
    assert made.planned_seconds() == {"a": 900, "b": 2700}
    assert made.planned_seconds(90) == {"a": 1350, "b": 4050}


def test_minutes_are_scaled_in_proportion_to_whole_minutes() -> None:
    made = agenda(step("a", minutes=10), step("b", minutes=20), step("c", minutes=60), minutes=90)
    assert made.planned_seconds(60) == {"a": 7 * 60, "b": 13 * 60, "c": 40 * 60}
    assert made.planned_seconds(90) == {"a": 600, "b": 1200, "c": 3600}


def test_a_scaled_step_keeps_one_minute() -> None:
    made = agenda(step("a", minutes=1), step("b", minutes=29), minutes=30)
    assert made.planned_seconds(5) == {"a": 60, "b": 240}
    assert made.planned_seconds(1) == {"a": 60, "b": 60}


def test_free_time_is_scaled_too() -> None:
    made = agenda(step("a", minutes=20), minutes=40)
    assert made.planned_seconds(20) == {"a": 600}


@pytest.mark.parametrize(
    ("keys", "seconds"),
    [
        ({"repeat": 3, "minutes": 5}, 900),
        ({"repeat": 3, "minutes": 5, "total_minutes": 12}, 720),
        ({"repeat": "deal", "total_minutes": 20}, 1200),
        ({"repeat": "deal", "minutes": 5, "total_minutes": 20}, 1200),
        ({"repeat": "deal", "minutes": 5}, 300),
        ({"part": [{"minutes": 4}, {"minutes": 6}]}, 600),
        ({"part": [{"minutes": 4}, {"minutes": 6}], "repeat": 2}, 1200),
    ],
)
def test_a_repeated_step_takes_its_rounds_and_no_more_than_its_total(
    keys: dict[str, Any], seconds: int
) -> None:
    assert agenda(step("a", **keys)).planned_seconds() == {"a": seconds}


def test_one_listener_for_the_whole_step_is_told_and_different_ones_are_not() -> None:
    one, two = agenda(
        step("a", part=[{"listens": "case_giver"}]),
        step("b", part=[{"listens": "case_giver"}, {"listens": "adviser"}]),
    ).steps
    assert (one.listens, two.listens) == ("case_giver", "")


MINUTES = st.lists(st.integers(min_value=1, max_value=60), min_size=1, max_size=12)


@given(MINUTES, st.integers(min_value=1, max_value=300))
def test_scaled_minutes_come_to_the_new_length_and_none_falls_under_one(
    minutes: list[int], total: int
) -> None:
    made = agenda(*(step(f"s{i}", minutes=each) for i, each in enumerate(minutes)), minutes=sum(minutes))
    plan = [seconds or 0 for seconds in made.planned_seconds(total).values()]
    assert all(seconds >= 60 and seconds % 60 == 0 for seconds in plan)
    assert sum(plan) == max(total, len(minutes)) * 60


@given(st.lists(st.floats(min_value=0.01, max_value=90), min_size=1, max_size=12))
def test_scaling_keeps_the_order_of_sizes_within_a_minute(exact: list[float]) -> None:
    whole = scaled(exact)
    for one, a in zip(exact, whole, strict=True):
        for other, b in zip(exact, whole, strict=True):
            if one > other + 1:
                assert a >= b - 1


@given(st.lists(st.integers(min_value=1, max_value=40), min_size=1, max_size=10), st.integers(1, 200))
def test_shares_of_a_hundred_give_the_whole_length(parts: list[int], total: int) -> None:
    shares = [100 * part / sum(parts) for part in parts]
    made = agenda(*(step(f"s{i}", share=share) for i, share in enumerate(shares)), minutes=total)
    assert sum(seconds or 0 for seconds in made.planned_seconds().values()) == total * 60


def test_shares_of_time_are_told_by_what_steps_count_as() -> None:
    shares = agenda(step("a", "numbers", 10), step("b", "deal", 30), step("c", "close", minutes=0)).shares()
    assert shares == {"report": 0.25, "reflect": 0.75, "decide": 0, "frame": 0}


def test_an_agenda_of_shares_has_shares_of_time_without_a_length() -> None:
    shares = agenda(step("a", "numbers", share=10), step("b", "deal", share=90)).shares()
    assert shares[CountsAs.REFLECT] == pytest.approx(0.9)


def test_nothing_planned_has_no_shares() -> None:
    assert set(agenda(step("a")).shares().values()) == {0.0}


def test_an_agenda_can_be_kept_in_a_draft_and_read_back() -> None:
    made = agenda(
        step("a", "deal", 10, outcomes=["won"], part=[{"minutes": 10, "listens": "case_giver"}]),
        step(
            "b",
            "case",
            5,
            field=[{"id": "x", "type": "scale", "when": {"y": True}}, {"id": "y", "type": "yesno"}],
        ),
        step("c", "notes", columns=[{"id": "good", "title": {"de": "Gut", "en": "Good"}}], ours="kept"),
        title={"de": "Titel", "en": "Title"},
        minutes=30,
    )
    again = Agenda.model_validate(made.model_dump(mode="json"))
    assert again == made
    assert again.steps[2].model_extra == {"ours": "kept"}
    assert hash(again) == hash(made)


def test_a_step_is_found_by_its_id() -> None:
    made = agenda(step("a"), step("b"))
    assert made.step("b") is made.steps[1]
    assert made.step("c") is None
