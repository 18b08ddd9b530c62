"""Figures of a pipeline: what is counted, on how many cases, and the period before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.deals import OUTCOMES, Deal, Outcome
from retrotui.domain.period import Period, parse_period
from retrotui.domain.pipeline import Counted, PipelineFigure, figures

OCTOBER = parse_period("2026-10")


def deal(
    outcome: Outcome | None,
    day: str = "2026-10-15",
    amount: str | None = None,
    currency: str = "EUR",
    days: int | None = None,
) -> Deal:
    decided = date.fromisoformat(day)
    created = decided - timedelta(days=days) if days is not None else None
    if outcome == "open":
        return Deal(outcome=outcome, expected=decided, amount=amount, currency=currency)
    return Deal(outcome=outcome, decided=decided, created=created, amount=amount, currency=currency)


def found(*deals: Deal) -> dict[str, PipelineFigure]:
    return {figure.id: figure for figure in figures(deals, OCTOBER)}


def test_won_and_lost_are_counted_in_the_period_and_in_the_one_before() -> None:
    of = found(
        deal("won"),
        deal("won"),
        deal("lost"),
        deal("open"),
        deal(None),
        deal("won", "2026-09-30"),
        deal("lost", "2026-11-01"),
    )
    assert (of["won"].now, of["won"].before) == (Counted("2", 2), Counted("1", 1))
    assert (of["lost"].now, of["lost"].before) == (Counted("1", 1), Counted("0", 0))


def test_the_narrow_win_rate_is_of_won_and_lost_the_broad_one_of_all_decided() -> None:
    of = found(*[deal("won")] * 3, *[deal("lost")] * 3, deal("no_decision"), deal("withdrawn"))
    assert of["win_rate"].now == Counted("50.0", 6, 3)
    assert of["win_rate_broad"].now == Counted("37.5", 8, 3)
    assert of["win_rate"].label != of["win_rate_broad"].label


def test_where_nothing_else_was_decided_there_is_one_win_rate() -> None:
    assert "win_rate_broad" not in found(deal("won"), deal("lost"))
    assert "win_rate_broad" in found(deal("won"), deal("no_decision", "2026-09-15"))


def test_a_rate_on_fewer_than_five_cases_says_so_and_has_its_counts() -> None:
    of = found(deal("won"), deal("won"), deal("lost"))
    assert of["win_rate"].now.few
    assert str(of["win_rate"].now.counts) == "2 of 3"
    assert not found(*[deal("won")] * 5)["win_rate"].now.few


def test_a_rate_on_no_case_has_no_value() -> None:
    assert found()["win_rate"].now == Counted("", 0, 0)
    assert found()["days_to_close"].now == Counted("", 0)


def test_won_amounts_are_summed_by_currency_and_never_together() -> None:
    of = found(
        deal("won", amount="10.50"),
        deal("won", amount="1.00"),
        deal("won", amount="7", currency="USD"),
        deal("won"),
        deal("lost", amount="99"),
    )
    assert "won_amount" not in of
    assert (of["won_amount_eur"].now, of["won_amount_eur"].currency) == (
        Counted("11.50", 2, left_out=1),
        "EUR",
    )
    assert (of["won_amount_usd"].now.value, of["won_amount_usd"].currency) == ("7.00", "USD")


def test_with_one_currency_there_is_one_won_amount() -> None:
    of = found(deal("won", amount="10.50"), deal("open", amount="1", currency="USD"))
    assert (of["won_amount"].now.value, of["won_amount"].currency) == ("10.50", "EUR")


@pytest.mark.parametrize(("days", "value"), [([10, 20, 90], "20"), ([10, 15], "12.5"), ([7], "7")])
def test_days_to_close_are_the_median_of_all_decided(days: list[int], value: str) -> None:
    deals = [deal("won" if at % 2 else "lost", days=each) for at, each in enumerate(days)]
    assert found(*deals, deal("won"))["days_to_close"].now == Counted(value, len(days), left_out=1)


def test_before_the_first_day_there_is_nothing_to_compare_with() -> None:
    first = Period(date.min, date(1, 1, 31))
    assert {figure.before for figure in figures([deal("won")], first)} == {None}


DEALS = st.builds(
    deal,
    st.sampled_from([*OUTCOMES, None]),
    st.sampled_from(["2026-09-01", "2026-10-01", "2026-10-31", "2026-11-01"]),
    st.one_of(st.none(), st.integers(0, 10**6).map(lambda n: f"{n}.00")),
    st.sampled_from(["EUR", "USD", ""]),
    st.one_of(st.none(), st.integers(0, 400)),
)


@given(st.lists(DEALS, max_size=30))
def test_every_figure_stands_on_cases_of_its_period(deals: list[Deal]) -> None:
    of = {figure.id: figure for figure in figures(deals, OCTOBER)}
    won, lost = of["won"].now.n, of["lost"].now.n
    assert of["win_rate"].now.n == won + lost
    assert of["win_rate"].now.part == won
    sums = [figure.now for name, figure in of.items() if name.startswith("won_amount")]
    known = [
        each
        for each in deals
        if each.outcome == "won" and each.decided in OCTOBER and each.amount is not None
    ]
    assert sum(each.n for each in sums) == len(known)
    assert sum(Decimal(each.value) for each in sums) == sum(Decimal(each.amount or 0) for each in known)
    if "win_rate_broad" in of:
        assert of["win_rate_broad"].now.n >= of["win_rate"].now.n


def test_an_export_that_does_not_reach_back_says_nothing_about_the_period_before() -> None:
    assert {figure.before for figure in figures([deal("won"), deal("lost")], OCTOBER)} == {None}
    older = figures([deal("won"), deal("lost", "2026-08-15")], OCTOBER)
    assert {figure.id: figure.before for figure in older}["won"] == Counted("0", 0)
