"""Insights: what many meetings show (issue 4, point 5). Each rule by its name, over plain facts."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.insights.causes import deals_of
from retrotui.domain.insights.columns import number_of
from retrotui.domain.insights.facts import Facts, joined, name_words, use_of, use_word
from retrotui.domain.insights.figures import FEW, Figure, spread
from retrotui.domain.insights.report import Insights, insights
from retrotui.domain.insights.trials import Trials
from retrotui.domain.recurring import FEWEST_MEETINGS
from tests.unit.domain.side_by_side import columns_of

TODAY = date(2026, 11, 23)
NOTHING = Facts(
    "",
    TODAY,
    True,
    (),
    (),
    (),
    (),
    (),
    "",
    {},
    {},
    {},
    {},
    (),
    (0, 0, 0, 0),
    (0, 0, 0, 0),
    (0, 0),
    (),
    (),
    (),
)


def held(day: int, deals: Mapping[str, tuple[str, str]] | None = None, **changed: Any) -> Facts:
    """A meeting so many days before today. `deals`: outcome and named factors ("-price +service") by id."""
    when = TODAY - timedelta(days=day)
    known = deals or {}
    named = [names for _, names in known.values()]
    uses = [f"{word[0]}2{word[1:]}" for names in named for word in name_words(names)]
    columns: dict[str, Any] = {
        "meeting": f"m{day}",
        "day": when,
        "deals": list(known),
        "outcomes": [outcome for outcome, _ in known.values()],
        "days": [10] * len(known),
        "named": named,
        "uses": uses,
    }
    return NOTHING._replace(**columns | changed)


def over(*meetings: Facts, **period: Any) -> Insights:
    return insights(columns_of(sorted(meetings, key=lambda one: one.day)), TODAY, **period)


# -- side by side ----------------------------------------------------------------------------------------


NUMBERED = st.dictionaries(st.text(max_size=3), st.none() | st.integers(1, 9), max_size=3)
MEETINGS = st.lists(
    st.builds(
        held,
        st.integers(0, 99),
        st.dictionaries(st.text(max_size=3), st.just(("won", "-price")), max_size=3),
        experiments=NUMBERED,
        extended=NUMBERED,
        carried=st.lists(st.text(max_size=3), max_size=2),
        safety=st.sampled_from([(), (0, 1, 2, 3, 4)]),
        functions=st.lists(st.sampled_from(["sales", "delivery"]), max_size=2),
    ),
    max_size=6,
)


@given(MEETINGS, st.integers(0, 7), st.integers(0, 7))
def test_a_part_of_the_columns_is_the_columns_of_a_part(some: list[Facts], first: int, end: int) -> None:
    assert columns_of(some).part(first, end) == columns_of(some[first:end])


def test_an_id_has_one_number_and_others_have_others() -> None:
    ids = [f"2026-10-{day:02}-monthly-reflection-x{n}" for day in range(1, 32) for n in range(1, 9)]
    assert len({number_of(an_id) for an_id in ids}) == len(ids)
    assert number_of("D1") == number_of("D" + "1")
    assert number_of("\ud800") != number_of("")


# -- factors ---------------------------------------------------------------------------------------------


def test_a_deal_that_two_meetings_look_at_counts_once_with_all_that_was_said_on_it() -> None:
    found = over(held(40, {"D1": ("open", "-price")}), held(9, {"D1": ("lost", "-price -timing")})).causes
    price = next(one for one in found.factors if one.factor == "price")
    assert (price.hurt.value, price.helped.value) == (1, 0)
    assert price.hurt.meetings == ("m40", "m9")
    assert price.buyer == Figure(0, 2)


def test_a_use_on_no_deal_counts_as_one_for_its_meeting() -> None:
    found = over(held(9, {"D1": ("lost", "-price")}), held(5, loose="-price", uses=["-0price"])).causes
    assert found.factors[0].hurt.value == 2
    assert found.factors[0].buyer == Figure(1, 2)


def test_what_helped_and_hurt_one_deal_counts_on_both_sides_and_once_for_the_win_rate() -> None:
    found = over(held(9, {"D1": ("won", "*price"), "D2": ("lost", "")})).causes
    assert (found.factors[0].helped.value, found.factors[0].hurt.value) == (1, 1)
    assert found.rates[0].having == Figure(1, 1) and found.rates[0].without == Figure(0, 1)


def test_sources_count_every_use_sorted_or_not() -> None:
    uses = [
        use_word("hurt", source, factor) for source, factor in (("buyer", "price"), ("team", ""), ("", "x"))
    ]
    found = over(held(9, uses=uses)).causes
    assert [one.value for one in found.sources] == [1, 0, 1, 1]
    assert {one.n for one in found.sources} == {3} and found.sources[0].meetings == ("m9",)
    assert [one.factor for one in found.factors] == ["price", "x"]


def test_the_newest_outcome_of_a_deal_counts_and_an_unknown_one_takes_nothing_back() -> None:
    looks = [held(9, {"D": ("open", "")}), held(5, {"D": ("won", "")}), held(2, {"D": ("", "")})]
    deals = deals_of(columns_of(looks))
    assert deals.outcomes == ("won",)


def test_win_rate_counts_won_and_lost_alone_and_names_the_meetings() -> None:
    found = over(
        held(30, {"A": ("won", "+service"), "B": ("lost", "-price")}),
        held(20, {"C": ("lost", "-price"), "D": ("no_decision", "-price"), "E": ("open", "")}),
    ).causes
    assert found.won == Figure(1, 3)
    price = next(one for one in found.rates if one.factor == "price")
    assert (price.having, price.without) == (Figure(0, 2), Figure(1, 1))
    assert price.having.meetings == ("m30", "m20") and price.without.meetings == ("m30",)


def test_a_factor_that_recurs_has_the_n_of_the_frequency_and_its_meetings() -> None:
    meetings = [held(day, {f"D{day}": ("lost", "-price")}) for day in (300, 200, 100)]
    found = over(*meetings)
    assert [(one.found.factor, one.found.n) for one in found.recurring] == [("price", 3)]
    assert found.recurring[0].meetings == ("m300", "m200", "m100")
    assert found.causes.factors[0].hurt.value == 3


def test_what_lies_more_than_a_year_back_does_not_recur_but_counts() -> None:
    found = over(*(held(day, {f"D{day}": ("lost", "-price")}) for day in (500, 200, 100)))
    assert found.recurring == () and found.causes.factors[0].hurt.value == 3


EFFECTS = st.sampled_from(["+price", "-price", "*price", "+service", "-service", "-timing"])
NAMED = st.lists(EFFECTS, max_size=3, unique_by=lambda word: word[1:]).map(" ".join)
DEALS = st.dictionaries(
    st.sampled_from(["A", "B", "C", "D"]),
    st.tuples(st.sampled_from(["won", "lost", "open", ""]), NAMED),
    max_size=3,
)


@given(st.lists(DEALS, max_size=6))
def test_figures_add_up_whatever_was_said(days: list[dict[str, tuple[str, str]]]) -> None:
    meetings = [held(300 - 10 * place, deals) for place, deals in enumerate(days)]
    found = over(*meetings)
    ids = {an_id for deals in days for an_id in deals}
    assert sum(one.value for one in found.looked.outcomes) == len(ids)
    for rate in found.causes.rates:
        assert rate.having.value + rate.without.value == found.causes.won.value
        assert rate.having.n + rate.without.n == found.causes.won.n
        assert bool(rate.having.meetings) == bool(rate.having.n)
        assert bool(rate.without.meetings) == bool(rate.without.n)
    for one in found.causes.factors:
        for figure in (one.helped, one.hurt):
            assert figure.value <= len(ids) and bool(figure.meetings) == bool(figure.value)
    known = {(one.factor, effect): figure for one in found.causes.factors for effect, figure in
             (("helped", one.helped), ("hurt", one.hurt))}  # fmt: skip
    for back in found.recurring:
        assert back.found.n == known[back.found.factor, back.found.effect].value
        assert len(back.meetings) == back.found.meetings >= FEWEST_MEETINGS


@given(st.lists(st.sampled_from(["+a", "-a", "+b", "-b", "-c"])))
def test_factors_of_a_deal_are_joined_and_read_again(words: list[str]) -> None:
    assert set(name_words(joined(words))) == set(words)


@given(st.sampled_from(["helped", "hurt"]), st.sampled_from(["buyer", "document", "team", ""]), st.text())
def test_a_use_is_written_and_read_again(effect: str, source: str, factor: str) -> None:
    assert use_of(use_word(effect, source, factor)) == (effect, source, factor)


# -- few, and the period ---------------------------------------------------------------------------------


def test_under_five_cases_is_few() -> None:
    assert [Figure(0, n).few for n in (0, FEW - 1, FEW)] == [True, True, False]
    assert Figure(0, 0).share is None and Figure(1, 4).share == 0.25


def test_only_meetings_of_the_period_count_both_days_included() -> None:
    meetings = [held(day, {f"D{day}": ("won", "")}) for day in (30, 20, 10, 1)]
    found = over(*meetings, since=TODAY - timedelta(days=20), until=TODAY - timedelta(days=10))
    assert found.meetings == ("m20", "m10") and found.causes.won.n == 2
    assert (found.first, found.last) == (meetings[1].day, meetings[2].day)


def test_a_meeting_of_tomorrow_does_not_count_yet() -> None:
    assert over(held(-1, {"D": ("won", "")})).meetings == ()


def test_nothing_at_all_has_figures_of_nothing() -> None:
    found = over()
    assert found.meetings == () and found.causes.won == Figure(0, 0) and found.causes.factors == ()
    assert found.looked.days.median is None and found.room.safety.mean is None and found.room.months == ()


# -- what was tried --------------------------------------------------------------------------------------


def day_number(days_ago: int) -> int:
    return (TODAY - timedelta(days=days_ago)).toordinal()


def tried(*meetings: Facts, **period: Any) -> Trials:
    return over(*meetings, **period).experiments


BEGUN = held(60, experiments={"x": day_number(30)})


@pytest.mark.parametrize(
    ("judged", "timely"), [(40, True), (30, True), (29, False)], ids=["before", "on it", "a day late"]
)
def test_an_experiment_is_judged_by_its_date(judged: int, timely: bool) -> None:
    found = tried(BEGUN, held(judged, judged={"x": "keep"}))
    assert found.by_date == Figure(int(timely), 1) and found.late == Figure(int(not timely), 1)
    assert found.verdicts[0] == Figure(1, 1) and found.verdicts[0].meetings == (f"m{judged}",)
    assert found.days.median == 60 - judged


def test_an_extension_moves_the_date_and_is_told() -> None:
    found = tried(BEGUN, held(30, extended={"x": day_number(5)}), held(5, judged={"x": "drop"}))
    assert found.by_date == Figure(1, 1) and found.extended == Figure(1, 1)


def test_past_its_date_without_a_verdict_is_told_with_the_meeting_that_began_it() -> None:
    found = tried(BEGUN)
    assert found.unjudged == Figure(1, 1) and found.unjudged.meetings == ("m60",)
    assert tried(held(60, experiments={"x": day_number(0)})).unjudged == Figure(0, 0)


def test_an_experiment_without_a_date_has_a_verdict_but_no_date_to_keep() -> None:
    found = tried(held(60, experiments={"x": None}), held(30, judged={"x": "adapt"}))
    assert found.by_date.n == 0 and found.verdicts[1] == Figure(1, 1)


def test_one_that_was_begun_before_the_period_is_judged_within_it() -> None:
    found = tried(BEGUN, held(30, judged={"x": "keep"}), since=TODAY - timedelta(days=40))
    assert found.by_date == Figure(1, 1) and found.days.median == 30
    assert tried(BEGUN, held(50, judged={"x": "keep"}), since=TODAY - timedelta(days=40)).by_date.n == 0


def test_taken_up_once_more_it_has_no_last_word() -> None:
    again = held(20, experiments={"x": day_number(10)})
    found = tried(BEGUN, held(30, judged={"x": "drop"}), again)
    assert found.verdicts[2].n == 0 and found.unjudged == Figure(1, 1)
    judged = tried(BEGUN, held(30, judged={"x": "drop"}), again, held(12, judged={"x": "keep"}))
    assert judged.days.median == 60 - 12 and judged.verdicts[0] == Figure(1, 1)


def test_carried_over_by_age_when_it_was_last_and_how_often() -> None:
    meetings = [BEGUN, *(held(day, carried=["x"]) for day in (29, 20))]
    found = tried(*meetings)
    assert found.carried.median == 40 and found.often == Figure(1, 1)
    assert [one.figure.value for one in found.carried.brackets] == [0, 1, 0, 0]
    assert found.carried.brackets[1].figure.meetings == ("m20",) and found.often.meetings == ("m29", "m20")
    assert tried(*meetings, since=TODAY - timedelta(days=25)).often == Figure(0, 1)


def test_actions_are_counted_apart() -> None:
    found = over(held(60, actions={"a": day_number(30)}), held(30, judged={"a": "done"}))
    assert found.actions.verdicts[0] == Figure(1, 1) and found.experiments.verdicts[0].n == 0


ITEMS = st.fixed_dictionaries(
    {
        "experiments": st.dictionaries(
            st.sampled_from(["x1", "x2"]),
            st.one_of(st.none(), st.integers(0, 300).map(day_number)),
            max_size=2,
        ),
        "judged": st.dictionaries(
            st.sampled_from(["x1", "x2", "x3"]), st.sampled_from(["keep", "adapt", "drop"]), max_size=2
        ),
        "extended": st.dictionaries(st.sampled_from(["x1", "x2"]), st.none(), max_size=1),
        "carried": st.lists(st.sampled_from(["x1", "x2", "x3"]), max_size=2, unique=True),
    }
)


@given(st.lists(ITEMS, max_size=6), st.integers(0, 300))
def test_trials_add_up_whatever_became_of_them(said: list[dict[str, Any]], since: int) -> None:
    meetings = [held(290 - 40 * place, **one) for place, one in enumerate(said)]
    found = tried(*meetings, since=TODAY - timedelta(days=since))
    assert found.by_date.value + found.late.value + found.unjudged.value == found.by_date.n
    assert sum(one.value for one in found.verdicts) == found.days.n
    assert found.often.n == found.carried.n
    for figure in (found.by_date, found.late, found.unjudged, found.often, *found.verdicts):
        assert bool(figure.meetings) == bool(figure.value)


# -- the deals that were looked at -----------------------------------------------------------------------


def test_days_from_decision_to_review_count_for_the_first_meeting_alone() -> None:
    first = held(30, {"A": ("lost", ""), "B": ("won", "")}, days=[12, None])
    found = over(first, held(10, {"A": ("lost", "")}, days=[32])).looked
    assert found.days.median == 12 and found.days.n == 1
    assert found.days.brackets[0].figure.meetings == ("m30",) and found.days.whole.meetings == ("m30",)


def test_a_deal_that_was_decided_after_the_meeting_has_no_days() -> None:
    assert over(held(30, {"A": ("open", "")}, days=[-4])).looked.days.n == 0


def test_won_against_lost_names_the_meetings_by_the_outcome_in_the_end() -> None:
    found = over(held(30, {"A": ("open", "")}), held(10, {"A": ("won", "")})).looked
    assert found.outcomes[0] == Figure(1, 1) and found.outcomes[0].meetings == ("m30", "m10")
    assert found.outcomes[4] == Figure(0, 1) and found.outcomes[4].meetings == ()


@given(st.lists(st.integers(0, 400)))
def test_a_spread_has_every_value_in_one_bracket_and_their_median(values: list[int]) -> None:
    found = spread(values, (14, 30), lambda: [(value, f"m{value}") for value in values])
    assert sum(one.figure.value for one in found.brackets) == found.n == len(values)
    assert found.median == (statistics.median(values) if values else None)
    for one in found.brackets:
        own = {f"m{value}" for value in values if one.low <= value <= (one.high or 400)}
        assert set(one.figure.meetings) == own


# -- the room --------------------------------------------------------------------------------------------


def test_time_is_that_of_closed_meetings_by_what_it_counted_as() -> None:
    time: dict[str, Any] = {"planned": (600, 1800, 900, 300), "spent": (900, 1800, 900, 600)}
    found = over(held(40, **time), held(5, closed=False, **time), held(3)).room
    assert found.time.n == 1 and found.time.meetings == ("m40",)
    assert found.time.spent == (900, 1800, 900, 600) and found.time.spent_share(1) == 1800 / 4200
    assert found.over == Figure(1, 1) and found.over.meetings == ("m40",)


def test_months_are_in_order_and_those_without_a_meeting_left_out() -> None:
    time: dict[str, Any] = {"planned": (0, 60, 0, 0), "spent": (0, 60, 0, 0)}
    found = over(held(100, **time), held(99, **time), held(5, **time)).room
    assert [(one.first, one.time.n) for one in found.months] == [
        (date(2026, 8, 1), 2),
        (date(2026, 11, 1), 1),
    ]


def test_caps_count_steps_of_figures_that_used_their_whole_box() -> None:
    spent: dict[str, Any] = {"spent": (60, 0, 0, 0)}
    found = over(held(9, capped=(1, 1), **spent), held(5, capped=(0, 1), **spent)).room
    assert found.caps == Figure(1, 2) and found.caps.meetings == ("m9",)


def test_functions_count_meetings_and_never_heads() -> None:
    found = over(held(9, functions=("sales", "service")), held(5, functions=("sales",)), held(3)).room
    assert [(name, one.value, one.n) for name, one in found.functions] == [("sales", 2, 2), ("service", 1, 2)]
    assert found.functions[1][1].meetings == ("m9",)


def test_safety_and_worth_are_spread_over_all_votes() -> None:
    found = over(held(9, safety=(0, 0, 2, 1, 1)), held(5, safety=(0, 0, 0, 4, 0)), held(3)).room
    assert [one.value for one in found.safety.counts] == [0, 0, 2, 5, 1]
    assert found.safety.mean == 31 / 8 and found.safety.whole == Figure(8, 8)
    assert found.safety.counts[2].meetings == ("m9",) and found.safety.whole.meetings == ("m9", "m5")
    assert found.worth.mean is None


def test_facts_hold_no_person() -> None:
    assert {"participant", "owner", "person", "facilitator"}.isdisjoint(Facts._fields)
