"""`deal`: the picker, the tips and the factors; `numbers`: figures, and where one leads."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from retrotui.domain import meeting as meetings
from retrotui.domain.deals import Deal
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import DealRecord, Discretion, Metric, Period, StepRun
from retrotui.domain.pipeline import Counted, PipelineFigure
from retrotui.errors import msg
from retrotui.tui.choosers import proposed
from retrotui.tui.choosers.deal_list import MOST_ROWS
from retrotui.tui.choosers.figures import as_metric
from tests.unit.tui_choosers.opened import Opened, deal, open_list, pipeline
from tests.unit.tui_panels.staging import MUELLER, START, agenda, at, begun, earlier, having, look, with_deals

OCTOBER = Period(since=date(2026, 10, 1), until=date(2026, 10, 31))
DEALS = (
    deal(1, "Müller GmbH", title="Telematik", amount="48000.00", stage="Verhandlung"),
    deal(2, "Nord AG", "won", "12000.00", title="Pilot"),
    deal(3, "Süd KG", "no_decision", "500.00"),
    deal(4, "West SE", "open", None, decided=None, expected=date(2026, 10, 9)),
    deal(5, "Alt GmbH", "lost", "9000.00", decided=date(2025, 3, 1)),
)


def lens(outcomes: tuple[str, ...] = ()) -> Meeting:
    """A deal step on the floor, and October to look at."""
    steps = [{"id": "d", "kind": "deal", "minutes": 20, "title": "Lupe", "outcomes": list(outcomes)}]
    return having(begun(of=agenda(steps=steps)), period=OCTOBER)


def picking(*deals: Deal, outcomes: tuple[str, ...] = (), **more: Any) -> Opened:
    return open_list(lens(outcomes), pipeline=pipeline(*(deals or DEALS)), **more)


def imported(opened: Opened, search: str = "") -> list[str]:
    return [row.key.removeprefix("deal:") for row in opened.shown(search).rows if row.key.startswith("deal:")]


def chosen(opened: Opened) -> list[str]:
    return list(opened.meeting.step.deals)


# -- the list ----------------------------------------------------------------------------------------------


def test_the_steps_outcomes_and_the_period_preset_the_filter() -> None:
    opened = picking(outcomes=("lost", "no_decision"))
    assert imported(opened) == ["D3", "D1"]  # newest first
    assert "1 lost, no decision" in opened.shown().legend
    assert "2 October 2026" in opened.shown().legend


def test_1_goes_through_the_outcomes_and_comes_back_to_the_preset() -> None:
    opened = picking(outcomes=("lost", "no_decision"))
    opened.press(1)
    assert len(imported(opened)) == 4
    opened.press(1)
    assert imported(opened) == ["D2"]
    for _ in range(5):
        opened.press(1)
    assert imported(opened) == ["D3", "D1"]


def test_2_switches_the_period() -> None:
    opened = picking()
    opened.press(2)
    assert "D5" in imported(opened)
    assert "any time" in opened.shown().legend
    opened.press(2)
    assert "D5" not in imported(opened)


def test_3_asks_for_an_amount_and_an_empty_line_shows_all() -> None:
    opened = picking()
    opened.press(3)
    assert opened.refuses("much")
    opened.answer("10k")
    assert imported(opened) == ["D2", "D1"]
    assert "from €10,000" in opened.shown().legend
    opened.press(3)
    opened.answer("")
    assert len(imported(opened)) == 4


def test_amounts_of_several_currencies_are_not_compared() -> None:
    opened = picking(*DEALS, deal(6, "Dollar Inc", amount="99000.00", currency="USD"))
    opened.press(3)
    opened.answer("10000")
    assert "D6" not in imported(opened)
    opened.press(3)
    opened.answer("10000 USD")
    assert imported(opened) == ["D6"]


def test_hidden_amounts_cannot_be_found_out_by_filtering() -> None:
    opened = open_list(having(lens(), discretion=Discretion(amounts=True)), pipeline=pipeline(*DEALS))
    opened.press(3)
    assert opened.screen.app.dialogs == []
    assert "hidden" in opened.said()


def test_a_search_looks_into_names_and_never_for_owners() -> None:
    opened = picking()
    assert imported(opened, "mueller tele") == ["D1"]
    assert imported(opened, "selma") == []


def test_an_export_of_other_years_is_shown_whole() -> None:
    opened = picking(*(deal(n, f"K{n}", decided=date(2017, 5, 1)) for n in range(1, 4)))
    assert len(imported(opened)) == 3
    assert "any time" in opened.shown().legend


def test_what_the_filters_leave_out_is_said() -> None:
    opened = picking(outcomes=("lost",))
    assert any("nothing fits; 1 without the filters" in one for one in opened.headings("nord"))


def test_a_long_list_is_cut_and_says_how_many_more_there_are() -> None:
    opened = picking(*(deal(n, f"K{n}") for n in range(MOST_ROWS + 50)))
    choices = opened.shown()
    assert len(imported(opened)) == MOST_ROWS
    assert choices.total == 50
    assert "50 more" in opened.headings()[-1]


def test_a_keystroke_over_100_000_deals_stays_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposed, "_look", lambda _: ())
    many = [deal(n, f"Kunde {n % 4000} GmbH", ("lost", "won")[n % 2], f"{n}.00") for n in range(100_000)]
    opened = picking(*many)
    for search in ("", "k", "ku"):
        opened.shown(search)  # filters are narrowed once, keystrokes look through what is left
    best = 1.0
    for search in ("kun", "kund", "kunde", "kunde 3", "kunde 39"):
        began = time.perf_counter()
        opened.shown(search)
        best = min(best, time.perf_counter() - began)
    assert best < 0.05


# -- choosing ----------------------------------------------------------------------------------------------


def test_space_chooses_and_puts_aside_and_the_record_has_its_origin() -> None:
    opened = picking()
    assert not opened.chooser.tick("deal:D1")
    kept = opened.meeting.minutes.deal[0]
    assert (kept.id, kept.account, kept.outcome, kept.amount) == ("D1", "Müller GmbH", "lost", "48000.00")
    assert kept.origin is not None and (kept.origin.file, kept.origin.record) == ("deals.csv", 1)
    assert opened.meeting.deal is not None
    opened.chooser.tick("deal:D2")
    assert chosen(opened) == ["D1", "D2"]
    assert [row.mark for row in opened.shown().rows if row.key.startswith("ours:")] == ["▶", "✓"]
    opened.chooser.tick("ours:D1")
    assert chosen(opened) == ["D2"]


def test_enter_puts_a_deal_under_the_lens_and_closes() -> None:
    opened = picking()
    opened.chooser.tick("deal:D1")
    assert opened.chooser.take("deal:D2")
    assert opened.meeting.deal is not None and opened.meeting.deal.id == "D2"
    assert opened.chooser.take("ours:D1")
    assert opened.meeting.deal.id == "D1"
    assert opened.meeting.step.deals == ("D1", "D2")


def test_proposals_come_with_their_reason_and_not_again_once_discussed() -> None:
    opened = picking()
    assert "biggest loss: €48,000" in opened.row("Müller").detail
    record = DealRecord(id="D1", account="Müller GmbH", outcome="lost")
    step = StepRun(id="d", kind="deal", deals=("D1",))
    past = (earlier("old", date(2026, 10, 26), deal=(record,), step=(step,)),)
    again = picking(past=past)
    assert not any(row.key.endswith("biggest_loss:D1") for row in again.shown().rows)
    assert "discussed 26 Oct" in again.row("Müller").detail


def test_a_pair_puts_both_deals_onto_the_step() -> None:
    opened = picking(deal(1, "Müller", amount="900.00"), deal(2, "Müller", "won", "1000.00"))
    pair = opened.row("Müller × Müller")
    opened.chooser.tick(pair.key)
    assert chosen(opened) == ["D1", "D2"]
    opened.chooser.tick(pair.key)
    assert chosen(opened) == []


def test_many_deals_are_looked_through_beside_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposed, "AT_ONCE", 1)
    opened = picking()
    assert "still looking" in opened.headings()[0]  # the list is there at once
    assert "biggest loss" in opened.row("Müller").detail


def test_what_the_team_leans_to_stands_over_the_proposals() -> None:
    records = tuple(DealRecord(id=f"o{n}", outcome="lost") for n in range(4))
    step = StepRun(id="d", kind="deal", deals=tuple(one.id for one in records))
    opened = picking(past=(earlier("old", date(2026, 9, 1), deal=records, step=(step,)),))
    assert "Worth a look · lately only lost deals" in opened.headings()


def test_a_parked_topic_goes_under_the_lens_and_one_undo_parks_it_again() -> None:
    opened = open_list(having(lens(), parked=("Messe 2027",)), pipeline=pipeline(*DEALS))
    assert opened.enter("Messe")
    assert opened.meeting.minutes.parked == ()
    assert opened.meeting.deal is not None and opened.meeting.deal.account == "Messe 2027"
    before, _ = meetings.undo(opened.meeting, START)
    assert before.minutes.parked == ("Messe 2027",)
    assert before.step.deals == ()


def test_without_a_file_the_list_explains_itself_and_asks_for_one() -> None:
    opened = open_list(lens())
    assert "--deals FILE" in opened.shown().legend
    opened.enter("Read a file")
    assert opened.refuses("/nowhere/there.csv")
    assert opened.refuses("a\0b")


# -- tips and factors --------------------------------------------------------------------------------------


def with_a_deal(**more: Any) -> Opened:
    return open_list(having(with_deals(begun(), MUELLER), **more))


def factors(opened: Opened) -> list[tuple[str, str, str]]:
    return [(one.factor, one.effect, one.deal) for one in opened.meeting.minutes.factor]


def test_the_nine_tips_are_taken_as_factors_that_helped_or_hurt() -> None:
    opened = with_a_deal()
    opened.page("Tips")
    assert len(opened.labels()) == 9
    opened.space("no hasty lecture")
    assert factors(opened) == [("listening", "helped", "d1")]
    assert opened.row("no hasty lecture").mark == "+"
    opened.press(2, "no hasty lecture")
    assert factors(opened) == [("listening", "hurt", "d1")]
    opened.press(0, "no hasty lecture")
    assert factors(opened) == []


def test_what_was_typed_with_words_is_not_taken_away_here() -> None:
    opened = with_a_deal()
    opened.page("Factors")
    opened.session.record("- came late #price")
    opened.space("#budget")
    opened.press(0, "#price")
    assert [one[0] for one in factors(opened)] == ["price", "budget"]
    assert opened.row("#price").mark == "−"


def test_the_crms_reason_asks_for_its_factor_and_sets_none() -> None:
    opened = with_a_deal()
    opened.page("Factors")
    assert opened.headings()[0] == "The CRM says “Preis”. Is it that?"
    assert opened.shown().rows[1].key == "crm:price"
    assert factors(opened) == []


def test_factors_stand_by_who_controls_them_without_the_tips() -> None:
    opened = with_a_deal()
    opened.page("Factors")
    assert opened.headings()[1:] == ["in our hands", "shared with the buyer", "outside our hands"]
    assert not any("hasty" in label for label in opened.labels())


def test_without_a_deal_the_tips_can_be_read_and_nothing_is_taken() -> None:
    opened = open_list(at(begun(), "deal"))
    opened.page("Tips")
    opened.space("no hasty lecture")
    assert factors(opened) == []
    assert "Choose a deal first" in opened.said()


# -- figures -----------------------------------------------------------------------------------------------

REVENUE = Metric(id="revenue", label="Revenue", unit="currency", actual="480000", target="520000")
RATE = Metric(id="rate", label="Win rate", unit="percent", actual="31.5", n=3)


def counting(**more: Any) -> Opened:
    metrics = more.pop("metric", (REVENUE, RATE))
    meeting = having(at(begun(), "numbers"), metric=metrics, period=OCTOBER)
    return open_list(meeting, pipeline=pipeline(*DEALS), **more)


def surprises(opened: Opened) -> list[str]:
    return [one.id for one in opened.meeting.minutes.metric if one.surprise]


def test_one_figure_surprises_us_marked_by_space_or_its_digit() -> None:
    opened = counting()
    opened.space("Revenue")
    assert surprises(opened) == ["revenue"]
    opened.press(2)
    assert surprises(opened) == ["rate"]
    assert opened.row("Win rate").mark == "★"
    opened.press(2)
    assert surprises(opened) == []


def test_the_pipelines_figures_are_taken_and_left_with_the_period_before() -> None:
    opened = counting(metric=())
    opened.page("Pipeline")
    assert opened.headings() == ["October 2026, before: September 2026"]
    opened.space("Won amount")
    taken = opened.meeting.minutes.metric[0]
    assert (taken.id, taken.actual, taken.target, taken.currency, taken.n) == (
        "won_amount", "12000.00", "", "EUR", None,
    )  # fmt: skip
    assert taken.previous == "0.00"
    assert opened.row("Won amount").mark == "✓"
    opened.space("Won amount")
    assert opened.meeting.minutes.metric == ()


def test_a_rate_brings_the_cases_it_stands_on() -> None:
    opened = counting(metric=())
    opened.page("Pipeline")
    assert "1 of 2 (50%)" in opened.row("Win rate: won of won and lost").detail  # under five the counts lead
    opened.space("Win rate: won of won and lost")
    assert opened.meeting.minutes.metric[0].n == 2


def many(count: int, won: int, **more: Any) -> list[Deal]:
    """So many decided deals, `won` of them won."""
    return [deal(n, "Nord AG", "won" if n < won else "lost", "10.00", **more) for n in range(count)]


def offered(*some: Deal) -> Opened:
    meeting = having(at(begun(), "numbers"), metric=(), period=OCTOBER)
    opened = open_list(meeting, pipeline=pipeline(*some))
    opened.page("Pipeline")
    return opened


NARROW, BROAD = (
    "Win rate: won of won and lost",
    "Win rate: won of all decided, standstill and withdrawn among them",
)


def test_no_rate_is_shown_without_its_counts_in_neither_period() -> None:
    september = {"decided": date(2026, 9, 9), "created": date(2026, 9, 1)}
    few_before = offered(*many(8, 6), *many(3, 1, **september))
    assert few_before.row(NARROW).detail == "75% (6 of 8) · before: 1 of 3 (33.3%)"
    few_now = offered(*many(4, 1), *many(10, 5, **september))
    assert few_now.row(NARROW).detail == "1 of 4 (25%) · before: 50% (5 of 10)"
    assert "(n = 4)" in few_now.row("Days to close").detail
    none = offered(*many(2, 2, **september))
    assert none.row(NARROW).detail == "– · before: 2 of 2 (100%)"


def test_a_rate_of_before_on_few_cases_is_not_kept_without_its_counts() -> None:
    september = {"decided": date(2026, 9, 9), "created": date(2026, 9, 1)}
    opened = offered(*many(8, 6), *many(3, 1, **september))
    opened.space(NARROW)
    assert (opened.meeting.minutes.metric[0].n, opened.meeting.minutes.metric[0].previous) == (8, "")
    opened = offered(*many(8, 6), *many(5, 1, **september))
    opened.space(NARROW)
    assert opened.meeting.minutes.metric[0].previous == "20.0"


def test_the_narrow_and_the_broad_rate_are_labelled_and_each_currency_is_by_itself() -> None:
    opened = offered(
        *many(6, 3), deal(90, "Süd KG", "withdrawn"), deal(91, "A", "won", "7.00", currency="USD")
    )
    assert opened.row(NARROW).detail.startswith("57.1% (4 of 7)")
    assert opened.row(BROAD).detail.startswith("50% (4 of 8)")
    assert opened.row("Won amount (EUR)").detail.startswith("€30")
    assert opened.row("Won amount (USD)").detail.startswith("$7")


def test_deals_that_do_not_say_a_figure_are_counted_beside_it() -> None:
    opened = offered(*many(6, 3), deal(90, "Süd KG", "won", None))
    assert "1 does not say it" in opened.row("Won amount").detail


def test_a_figure_in_the_meeting_brings_its_cases_along() -> None:
    opened = counting()
    assert "n = 3" in opened.row("Win rate").detail


def test_five_figures_are_enough() -> None:
    five = tuple(Metric(id=f"m{n}", label=f"M{n}") for n in range(5))
    opened = counting(metric=five)
    opened.page("Pipeline")
    opened.space("Deals won")
    assert len(opened.meeting.minutes.metric) == 5
    assert "enough" in opened.said()


def test_figures_are_named_in_the_meetings_language_and_several_currencies_apart() -> None:
    one = PipelineFigure(
        "won_amount_usd", msg("Won amount"), "currency", "higher", Counted("5.00", 1), None, "USD"
    )
    assert as_metric(look(begun()), one, names_currency=True).label == "Won amount (USD)"


def test_a_sum_with_more_digits_than_minutes_keep_is_left_out() -> None:
    huge = Counted(f"{Decimal(10) ** 16:f}", 1)
    one = PipelineFigure("won_amount", msg("Won amount"), "currency", "higher", huge, None, "EUR")
    assert as_metric(look(begun()), one).actual == ""


def test_figures_of_a_file_are_offered_and_another_file_can_be_read(tmp_path: Any) -> None:
    opened = counting(metric=(), figures=(REVENUE,))
    opened.page("File")
    opened.space("Revenue")
    assert opened.meeting.minutes.metric == (REVENUE,)
    file = tmp_path / "n.csv"
    file.write_text("metric,actual,target,unit,better\nVisits,12,20,count,higher\n", encoding="utf-8")
    opened.enter("Read a file")
    opened.answer(str(file))
    assert opened.labels()[0] == "Visits"
    file.write_text("nothing\n", encoding="utf-8")
    opened.enter("Read a file")
    opened.answer(str(file))
    assert "no table of figures" in opened.said()


def test_the_surprise_leads_to_a_deal_that_the_minutes_keep() -> None:
    opened = counting()
    opened.press(2)
    opened.page("Leads to")
    assert "Win rate leads to" in opened.headings()
    assert opened.chooser.take("deal:D1")
    rate = next(one for one in opened.meeting.minutes.metric if one.id == "rate")
    assert rate.deal == "D1"
    assert opened.meeting.minutes.find_deal("D1") is not None
    before, _ = meetings.undo(opened.meeting, START)
    assert before.minutes.deal == ()
    opened.chooser.tick("ours:D1")
    assert all(not one.deal for one in opened.meeting.minutes.metric)
