"""Proposals for the picker, each with its reason; balance hints that name nobody; factors that a reason may propose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.deals import OUTCOMES, Deal, Outcome
from retrotui.domain.loss_reasons import proposed_factors
from retrotui.domain.minutes import AgendaRef, DealRecord, Minutes, StepRun
from retrotui.domain.period import parse_period
from retrotui.domain.proposals import Proposal, balance_hints, leaning, proposals

OCTOBER = parse_period("2026-10")
DAY = date(2026, 10, 15)


def deal(key: str, outcome: Outcome, **about: object) -> Deal:
    made = Deal(
        id=key,
        outcome=outcome,
        decided=DAY,
        account=f"Kunde {key}",
        title=f"Deal {key}",
        currency="EUR",
        owner="Ben Kurz",
    )
    return replace(made, **about)  # type: ignore[arg-type]


def kinds(found: list[Proposal]) -> dict[str, Proposal]:
    return {each.kind: each for each in found}


def test_the_biggest_loss_is_proposed_once_for_each_currency() -> None:
    deals = [
        deal("a", "lost", amount="100.00"),
        deal("b", "no_decision", amount="900.00"),
        deal("c", "lost", amount="5.00", currency="USD"),
        deal("d", "won", amount="9999.00"),
        deal("e", "lost", amount=None),
        deal("f", "lost", amount="0.00"),
        deal("g", "lost", amount="5000.00", decided=date(2026, 9, 30)),
    ]
    found = proposals(deals, OCTOBER)
    assert [(each.deal.key, each.kind) for each in found] == [("b", "biggest_loss"), ("c", "biggest_loss")]
    assert "900.00" in str(found[0].reason)


def test_a_surprise_is_what_the_crm_did_not_expect() -> None:
    deals = [
        deal("a", "lost", probability=90),
        deal("b", "lost", probability=75),
        deal("c", "won", probability=20),
        deal("d", "won", probability=60),
    ]
    found = kinds(proposals(deals, OCTOBER))
    assert found["surprise_loss"].deal.key == "a"
    assert "90" in str(found["surprise_loss"].reason)
    assert found["surprise_win"].deal.key == "c"


def test_chances_that_the_crm_set_on_closing_are_no_surprise() -> None:
    assert proposals([deal("a", "lost", probability=100), deal("b", "won", probability=0)], OCTOBER) == []


def history(outcome: Outcome, count: int, account: str = "Nord AG") -> list[Deal]:
    first = date(2026, 1, 1)
    return [
        deal(f"h{n}", outcome, account=account, title="", decided=first + timedelta(days=n))
        for n in range(count)
    ]


def test_a_surprise_is_what_the_customers_history_did_not_expect() -> None:
    deals = [*history("won", 5), deal("a", "lost", account="NORD AG")]
    found = kinds(proposals(deals, OCTOBER))
    assert found["surprise_loss"].deal.key == "a"
    assert "5 of 5" in str(found["surprise_loss"].reason)
    deals = [*history("lost", 6), deal("a", "won", account="Nord AG")]
    assert "0 of 6" in str(kinds(proposals(deals, OCTOBER))["surprise_win"].reason)


def test_a_history_of_fewer_than_five_deals_says_nothing() -> None:
    assert "surprise_loss" not in kinds(
        proposals([*history("won", 4), deal("a", "lost", account="Nord AG")], OCTOBER)
    )


def test_what_came_later_is_no_history() -> None:
    late = [replace(each, decided=date(2026, 11, 1)) for each in history("won", 9)]
    assert "surprise_loss" not in kinds(proposals([*late, deal("a", "lost", account="Nord AG")], OCTOBER))


def test_the_longest_way_is_proposed_beside_the_median() -> None:
    deals = [
        deal(f"{n}", "won", created=DAY - timedelta(days=10 + n), title="", account="") for n in range(5)
    ]
    deals.append(deal("slow", "won", created=DAY - timedelta(days=300)))
    found = kinds(proposals(deals, OCTOBER))
    assert found["longest_cycle"].deal.key == "slow"
    assert "300 days" in str(found["longest_cycle"].reason)
    assert "longest_cycle" not in kinds(proposals(deals[3:], OCTOBER))


def test_a_loss_in_a_late_stage_is_lost_late() -> None:
    found = kinds(
        proposals(
            [deal("a", "lost", stage="Negotiations Started"), deal("b", "lost", stage="Qualified")], OCTOBER
        )
    )
    assert found["lost_late"].deal.key == "a"
    assert "Negotiations Started" in str(found["lost_late"].reason)


def test_without_stages_a_loss_after_nearly_all_wins_is_lost_late() -> None:
    wins = [
        deal(f"w{n}", "won", created=DAY - timedelta(days=n), decided=DAY, title="", account="")
        for n in range(1, 11)
    ]
    losses = [
        deal("a", "lost", created=DAY - timedelta(days=50)),
        deal("b", "lost", created=DAY - timedelta(days=5)),
    ]
    assert kinds(proposals([*wins, *losses], OCTOBER))["lost_late"].deal.key == "a"
    assert "lost_late" not in kinds(proposals([*wins[:9], *losses], OCTOBER))


def test_a_win_beside_a_similar_loss_is_a_pair() -> None:
    deals = [
        deal("a", "lost", account="Nord AG", amount="100.00"),
        deal("b", "won", account="Nord AG", amount="900.00"),
        deal("c", "won", account="NORD AG", amount="120.00", title="Rampe"),
        deal("d", "won", account="Nord AG", amount="100.00", currency="USD"),
    ]
    pair = kinds(proposals(deals, OCTOBER))["pair"]
    assert (pair.deal.key, pair.beside and pair.beside.key) == ("a", "c")
    assert "Rampe" in str(pair.reason)


def test_deals_without_anything_in_common_are_no_pair() -> None:
    assert "pair" not in kinds(proposals([deal("a", "lost"), deal("b", "won")], OCTOBER))


def test_what_was_discussed_is_not_proposed_again_and_no_deal_twice() -> None:
    deals = [
        deal("a", "lost", amount="100.00", probability=90, stage="Verhandlung"),
        deal("b", "lost", amount="50.00"),
    ]
    assert [each.deal.key for each in proposals(deals, OCTOBER)] == ["a"]
    assert [each.deal.key for each in proposals(deals, OCTOBER, {"a"})] == ["b"]


DEALS = st.builds(
    Deal,
    record=st.integers(1, 10**6),
    title=st.sampled_from(["", "Rampe", "Silo"]),
    account=st.sampled_from(["", "Nord AG", "Süd AG"]),
    owner=st.just("Ben Kurz"),
    amount=st.one_of(st.none(), st.integers(0, 10**6).map(lambda n: f"{n}.00")),
    currency=st.sampled_from(["EUR", "USD"]),
    stage=st.sampled_from(["", "Angebot", "Won"]),
    outcome=st.sampled_from([*OUTCOMES, None]),
    created=st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2026, 12, 31))),
    decided=st.one_of(st.none(), st.dates(date(2026, 8, 1), date(2026, 11, 30))),
    probability=st.one_of(st.none(), st.integers(0, 100)),
)


@given(st.lists(DEALS, max_size=40, unique_by=lambda each: each.record))
def test_every_proposal_is_a_decided_deal_of_the_period_with_a_reason_that_names_no_seller(
    deals: list[Deal],
) -> None:
    found = proposals(deals, OCTOBER)
    single = [each.deal.key for each in found if each.kind != "pair"]
    assert len(single) == len(set(single))
    for each in found:
        assert each.deal.decided in OCTOBER
        assert each.deal.outcome not in ("open", None)
        assert str(each.reason)
        assert "Kurz" not in str(each.reason)
        assert (each.beside is not None) == (each.kind == "pair")


def test_hints_when_a_team_looks_at_one_side_only() -> None:
    lost = [deal(f"{n}", "lost", owner=f"P{n}") for n in range(4)]
    won = [deal(f"{n}", "won", owner=f"P{n}") for n in range(4)]
    assert [str(hint) for hint in balance_hints(lost)] == ["lately only lost deals"]
    assert [str(hint) for hint in balance_hints(won)] == ["lately only won deals"]
    assert balance_hints(lost[:3]) == []
    assert balance_hints([won[0], *lost]) == []


def test_a_hint_when_the_deals_are_of_one_hand_names_nobody() -> None:
    same = [deal("1", "lost"), deal("2", "won"), deal("3", "won"), deal("4", "lost", owner="Ada")]
    hints = [str(hint) for hint in balance_hints(same)]
    assert hints == ["lately often deals from one hand"]
    assert balance_hints(same, sellers=1) == []
    assert balance_hints([replace(each, owner="") for each in same]) == []


def test_only_the_last_few_count_for_a_hint() -> None:
    old = [deal(f"o{n}", "lost", owner=f"P{n}") for n in range(20)]
    assert balance_hints([deal("n", "won", owner="X"), *old]) == []


def held(day: int, *deals: tuple[str, Outcome, str], status: str = "closed") -> Minutes:
    """A meeting with these deals on its floor, one after the other: id, outcome, owner."""
    records = tuple(DealRecord(id=key, outcome=outcome, owner=owner) for key, outcome, owner in deals)
    aside = DealRecord(id="aside", outcome="won", owner="Zoe")  # in the minutes, never under the lens
    lens = StepRun(id="lens", kind="deal", deals=tuple(one.id for one in records))
    return Minutes.model_validate(
        {
            "id": f"m{day}", "date": date(2026, 10, day), "status": status, "agenda": AgendaRef(id="a"),
            "step": (lens,), "deal": (*records, aside),
        }
    )  # fmt: skip


def test_the_last_meetings_deals_are_what_leans() -> None:
    lost = held(20, ("1", "lost", "A"), ("2", "lost", "B")), held(10, ("3", "lost", "C"), ("4", "lost", "D"))
    assert [str(hint) for hint in leaning(lost)] == ["lately only lost deals"]
    assert leaning((held(21, ("5", "won", "E")), *lost)) == []
    assert [str(hint) for hint in leaning((held(21, ("5", "won", "E"), status="aborted"), *lost))] == [
        "lately only lost deals"
    ]


def test_within_a_long_meeting_the_last_deals_count() -> None:
    many = [(str(n), "won" if n < 4 else "lost", f"P{n}") for n in range(10)]
    assert [str(hint) for hint in leaning([held(20, *many)])] == ["lately only lost deals"]  # type: ignore[arg-type]


def test_with_one_seller_all_deals_are_of_one_hand_and_no_hint_says_so() -> None:
    same = [held(20, *[(str(n), "won" if n % 2 else "lost", "A") for n in range(5)])]
    assert [str(hint) for hint in leaning(same)] == ["lately often deals from one hand"]
    assert leaning(same, sellers=1) == []


@pytest.mark.parametrize(
    ("reason", "factors"),
    [
        ("Price too high", ("price",)),
        ("Zu teuer, Preis", ("price",)),
        ("No Budget / Lost Funding", ("budget",)),
        ("No Decision / Non-Responsive", ("no_decision",)),
        ("Canceled", ("no_decision",)),
        ("Projekt verschoben", ("timing",)),
        ("Out-Sold", ("competitor",)),
        ("Wettbewerber war günstiger", ("competitor",)),
        ("Intern gelöst", ("incumbent",)),
        ("Formfehler", ("procurement",)),
        ("Fehlendes Produktmerkmal", ("product_fit",)),
        ("Preis und Wettbewerb", ("price", "competitor")),
        ("Bauchgefühl", ()),
        ("", ()),
    ],
)
def test_a_reason_may_propose_a_factor(reason: str, factors: tuple[str, ...]) -> None:
    assert proposed_factors(reason) == factors


def test_a_deal_that_two_things_speak_for_is_proposed_once_with_both() -> None:
    (only,) = proposals([deal("1", "lost", amount="9000.00", probability=80)], OCTOBER)
    assert [each.kind for each in (only, *only.also)] == ["biggest_loss", "surprise_loss"]
