"""meeting.md, `deal` and `numbers`: the deals on the table, and the figures."""

from __future__ import annotations

from datetime import date

import pytest

from retrotui.domain import course, floor
from retrotui.domain.deals import Deal
from retrotui.domain.minutes import Metric, Origin
from retrotui.errors import Refused
from tests.unit.domain.room import Room, blame, deal, step


def at_deal() -> Room:
    return Room(step("lens", "deal", 20), step("next", "deal", 20), step("end", "close", 5))


def test_one_deal_at_a_time_is_on_the_floor_the_others_wait() -> None:
    room = at_deal().do(floor.choose, deal("ada")).after(1).do(floor.choose, deal("bob"))
    assert (room.deal, room.step("lens").deals) == ("ada", ("ada", "bob"))
    assert [turn.deal for turn in room.step("lens").floor] == ["ada"]
    with pytest.raises(Refused, match="already"):
        room.do(floor.choose, deal("bob"))


def test_a_deal_is_kept_once_for_all_steps() -> None:
    room = at_deal().do(floor.choose, deal("ada")).on().do(floor.choose, deal("ada"))
    assert [one.id for one in room.minutes.deal] == ["ada"]


def test_put_aside_the_next_one_takes_the_floor() -> None:
    room = at_deal()
    for deal_id in ("ada", "bob", "cid"):
        room.do(floor.choose, deal(deal_id))
    room.on().do(floor.put_aside, "bob")
    assert (room.deal, room.step("lens").deals) == ("cid", ("ada", "cid"))
    assert room.do(floor.put_aside, "cid").deal == "ada"
    room.do(floor.put_aside, "ada")
    assert (room.deal, room.minutes.deal) == ("", ())
    with pytest.raises(Refused):
        room.do(floor.put_aside, "ada")


def test_one_that_waits_is_put_aside_without_taking_the_floor() -> None:
    room = at_deal().do(floor.choose, deal("ada")).do(floor.choose, deal("bob")).do(floor.put_aside, "bob")
    assert room.deal == "ada"


def test_what_was_said_of_it_stays() -> None:
    room = at_deal().do(floor.choose, deal("ada")).do(blame, "late").do(floor.put_aside, "ada")
    assert [one.id for one in room.minutes.deal] == ["ada"]
    assert room.minutes.factor[0].deal == "ada"


def test_a_deal_of_another_step_stays() -> None:
    room = at_deal().do(floor.choose, deal("ada")).on().do(floor.choose, deal("ada"))
    assert [one.id for one in room.do(floor.put_aside, "ada").minutes.deal] == ["ada"]


def test_a_typed_deal_gets_an_id_of_its_own() -> None:
    room = at_deal()
    for _ in range(2):
        room.do(floor.typed_deal, "Müller GmbH", "lost", "48000", "")
    room.do(floor.typed_deal, "???", None, None, "")
    assert [one.id for one in room.minutes.deal] == ["mueller-gmbh", "mueller-gmbh-2", "deal"]
    assert room.deal == "mueller-gmbh"


def test_a_typed_amount_is_in_the_meetings_currency_unless_it_says_so() -> None:
    room = at_deal()
    room.meeting = room.meeting.__class__(
        agenda=room.agenda, minutes=room.minutes.model_copy(update={"currency": "EUR"})
    )
    room.do(floor.typed_deal, "A", None, "1", "").do(floor.typed_deal, "B", None, "1", "CHF")
    room.do(floor.typed_deal, "C", None, None, "")
    assert [one.currency for one in room.minutes.deal] == ["EUR", "CHF", ""]


def test_what_the_minutes_keep_of_an_imported_deal() -> None:
    imported = Deal(
        record=2, line=3, id="0061", title="Telematik", account="Müller GmbH", owner="Ben", amount="48000.00",
        currency="EUR", stage="Verhandlung", outcome="lost", decided=date(2026, 10, 14), reason_raw="Preis",
    )  # fmt: skip
    kept = floor.record_of(imported, "opportunities.csv")
    assert (kept.id, kept.account, kept.outcome, kept.reason_raw) == ("0061", "Müller GmbH", "lost", "Preis")
    assert kept.origin == Origin(file="opportunities.csv", record=2)
    assert floor.record_of(imported).origin is None


# -- figures -----------------------------------------------------------------------------------------------------


def figures(*ids: str) -> Room:
    room = Room().do(course.jump, "numbers")
    for metric_id in ids:
        room.do(floor.put_metric, Metric(id=metric_id, label=metric_id.title(), actual="480", target="520"))
    return room


def test_five_figures_are_enough() -> None:
    room = figures("a", "b", "c", "d", "e")
    with pytest.raises(Refused, match="5 figures are enough"):
        room.do(floor.put_metric, Metric(id="f", label="F"))
    room.do(floor.put_metric, Metric(id="e", label="E", actual="1"))
    assert len(room.do(floor.drop_metric, "a").minutes.metric) == 4


def test_a_figure_said_again_takes_the_place_of_the_first_and_keeps_its_marks() -> None:
    room = figures("a", "b").do(floor.mark_surprise, "a").do(floor.sends_us_to, "a", "ada")
    room.do(floor.put_metric, Metric(id="a", label="A", actual="490"))
    first = room.minutes.metric[0]
    assert (first.actual, first.target, first.surprise, first.deal) == ("490", "520", True, "ada")


def test_one_figure_surprises_us() -> None:
    room = figures("a", "b").do(floor.mark_surprise, "a").do(floor.mark_surprise, "b")
    assert [one.surprise for one in room.minutes.metric] == [False, True]
    assert [one.surprise for one in room.do(floor.mark_surprise, "b").minutes.metric] == [False, False]


@pytest.mark.parametrize("rule", [floor.drop_metric, floor.mark_surprise])
def test_a_figure_that_is_not_there(rule: object) -> None:
    with pytest.raises(Refused, match="no such figure"):
        figures("a").do(rule, "z")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="no such figure"):
        figures("a").do(floor.sends_us_to, "z", "ada")


def test_the_id_of_a_typed_figure_is_its_folded_label() -> None:
    assert floor.metric_id("Umsatz (netto)") == "umsatz-netto"
    assert floor.metric_id("???") == "metric"


def test_a_figure_leads_to_a_deal_which_the_minutes_keep_once() -> None:
    room = figures("a", "b")
    before = len(room.meeting.past)
    room.do(floor.leads_to, "a", deal("ada")).do(floor.leads_to, "b", deal("ada"))
    assert [one.deal for one in room.minutes.metric] == ["ada", "ada"]
    assert [one.id for one in room.minutes.deal] == ["ada"]
    assert len(room.meeting.past) == before + 2, "each is one change"
