"""`notes`, `factors`, `close`, and the fields of any step."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain import meeting as meetings
from retrotui.domain.fields import field_value
from retrotui.domain.minutes import FactorUse, Period
from tests.unit.tui_choosers.opened import Opened, open_list
from tests.unit.tui_panels.staging import (
    MUELLER,
    PEOPLE,
    START,
    agenda,
    at,
    begun,
    earlier,
    entries,
    having,
    with_deals,
)


def test_a_column_is_chosen_by_enter_or_its_digit() -> None:
    opened = open_list(at(begun(), "notes"))
    assert opened.labels() == ["Keep", "Stop"]
    assert opened.row("Keep").mark == "▸"  # text goes to the first until another is chosen
    assert opened.press(2)
    assert opened.session.selected == "stop"
    assert opened.row("Stop").mark == "▸"


# -- factors -----------------------------------------------------------------------------------------------


def test_a_factor_opens_for_the_entries_behind_it() -> None:
    meeting = at(having(with_deals(begun(), MUELLER), **entries("came late")), "factors")
    opened = open_list(meeting)
    assert opened.headings() == ["What helped: 1 use", "What hurt: 1 use"]
    opened.enter("− Price")
    behind = opened.row("came late")
    assert "Müller GmbH" in behind.detail and "●●●" in behind.detail and "buyer" in behind.detail
    opened.enter("came late")  # an entry itself opens nothing
    opened.enter("− Price")
    assert len(opened.labels()) == 2


def test_a_quarterly_review_opens_entries_of_its_meetings_with_their_day() -> None:
    of = agenda(period="quarter")
    use = FactorUse(id="f1", at=START, step="deal", deal="d1", factor="price", text="too late")
    old = earlier("old", date(2026, 8, 3), factor=(use,), deal=(MUELLER,))
    meeting = having(begun(of=of), period=Period(since=date(2026, 7, 1), until=date(2026, 9, 30)))
    opened = open_list(at(meeting, "factors"), past=(old,))
    opened.enter("− Price")
    assert "3 Aug 2026" in opened.row("too late").detail


# -- close -------------------------------------------------------------------------------------------------


def closing(**more: Any) -> Opened:
    return open_list(at(having(begun(), participant=PEOPLE, **more), "close"))


def test_the_next_date_is_proposed_by_the_rhythm_with_its_neighbours() -> None:
    opened = closing()
    assert opened.labels()[1:4] == ["Mon 14 Dec 2026", "Mon 21 Dec 2026", "Mon 28 Dec 2026"]
    opened.enter("21 Dec")
    assert opened.meeting.minutes.next_date == date(2026, 12, 21)
    assert opened.row("21 Dec").mark == "✓"
    opened.enter("21 Dec")
    assert opened.meeting.minutes.next_date is None


def test_another_day_is_typed() -> None:
    opened = closing()
    opened.enter("Another day")
    assert opened.refuses("some day")
    opened.answer("15.12.")
    assert opened.meeting.minutes.next_date == date(2026, 12, 15)


def test_worth_is_tallied_blind() -> None:
    opened = closing()
    opened.press(1)
    opened.answer("44445")
    assert opened.meeting.minutes.worth is not None
    assert opened.meeting.minutes.worth.counts == (0, 0, 0, 4, 1)


def test_a_parked_topic_becomes_an_action_and_one_undo_brings_it_back() -> None:
    opened = closing(parked=("Fair 2027", "Prices"))
    opened.enter("Fair 2027")
    opened.answer("action")
    assert opened.meeting.minutes.parked == ("Prices",)
    assert opened.meeting.minutes.action[-1].text == "Fair 2027"
    before, _ = meetings.undo(opened.meeting, START)
    assert before.minutes.parked == ("Fair 2027", "Prices")
    assert before.minutes.action == ()


def test_a_parked_topic_is_struck_or_left() -> None:
    opened = closing(parked=("Fair 2027", "Prices"))
    opened.enter("Prices")
    opened.answer("keep")
    opened.enter("Prices")
    opened.answer("strike")
    assert opened.meeting.minutes.parked == ("Fair 2027",)


# -- fields ------------------------------------------------------------------------------------------------

FIELDS: list[dict[str, Any]] = [
    {"id": "agreed", "label": "Agreed?", "type": "yesno"},
    {"id": "method", "label": "Method", "type": "choice", "choices": ["Resonance", "Headstand"]},
    {"id": "trust", "label": "Trust", "type": "scale", "min": 1, "max": 5},
    {"id": "percent", "label": "Percent", "type": "scale", "min": 0, "max": 100},
    {"id": "when", "label": "When", "type": "date"},
    {"id": "who", "label": "Who", "type": "person"},
    {"id": "sum", "label": "Sum", "type": "number"},
    {"id": "why", "label": "Why", "type": "text", "when": {"method": "Headstand"}},
]


def asking(kind: str = "lessons") -> Opened:
    steps = [{"id": "s", "kind": kind, "minutes": 5, "title": "S", "fields": FIELDS}]
    opened = open_list(having(begun(of=agenda(steps=steps)), participant=PEOPLE))
    opened.page("Fields")
    return opened


def value(opened: Opened, field: str) -> str:
    return field_value(opened.meeting, field)


def test_fields_can_be_answered_in_every_kind_even_a_break() -> None:
    assert asking("break").headings()[0] == "Agreed?"
    assert asking("lessons").shown().tabs[0] == "Fields"  # a question that waits comes first
    assert asking("deal").shown().tabs[0] == "Deals"  # but what it asks, it asks of a deal


def test_a_choice_is_taken_by_enter_or_digit_and_taken_back_by_the_same_again() -> None:
    opened = asking()
    opened.enter("Headstand")
    assert value(opened, "method") == "Headstand"
    opened.press(1, "Headstand")
    assert value(opened, "method") == "Resonance"
    opened.enter("Resonance")
    assert value(opened, "method") == ""


def test_a_field_that_hangs_on_another_is_asked_when_its_time_comes() -> None:
    opened = asking()
    assert "Why" not in opened.headings()
    opened.enter("Headstand")
    assert "Why" in opened.headings()


def test_yes_and_no_and_a_scale() -> None:
    opened = asking()
    opened.enter("yes")
    assert value(opened, "agreed") == "yes"
    trust = next(row for row in opened.shown().rows if row.key.startswith("set:trust"))
    opened.chooser.digit(4, trust.key)
    assert value(opened, "trust") == "4"
    opened.chooser.digit(9, trust.key)
    assert value(opened, "trust") == "4"


def test_a_person_is_kept_by_id() -> None:
    opened = asking()
    opened.enter("Carla")
    assert value(opened, "who") == "carla-weiss"


def test_dates_numbers_and_long_scales_are_typed_and_checked() -> None:
    opened = asking()
    for field, wrong, typed, kept in (
        ("when", "never", "15.12.", "2026-12-15"),
        ("sum", "much", "1.234,5", "1234.5"),
        ("percent", "101", "80", "80"),
    ):
        opened.chooser.take(f"ask:{field}")
        assert opened.refuses(wrong)
        opened.answer(typed)
        assert value(opened, field) == kept
        opened.chooser.take(f"ask:{field}")
        opened.answer("")
        assert value(opened, field) == ""


@given(st.text(max_size=60))
def test_no_answer_breaks_a_field(line: str) -> None:
    opened = asking()
    opened.enter("Headstand")
    for field in ("when", "sum", "percent", "why"):
        opened.chooser.take(f"ask:{field}")
        dialog, callback = opened.screen.app.dialogs.pop()
        if dialog.check(line) is None:
            callback(line)
    assert "\n" not in value(opened, "why")
