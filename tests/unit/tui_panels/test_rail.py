"""The agenda's rail: marks, minutes, shares, and its one line on narrow screens."""

from __future__ import annotations

from typing import Any

import pytest

from retrotui.domain.course import skip
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Now, StepRun, change
from retrotui.tui.widgets.rail import folded_rail, rail
from tests.unit.tui_panels.staging import (
    MUELLER,
    NORD,
    PEOPLE,
    START,
    agenda,
    at,
    begun,
    having,
    look,
    with_deals,
)


def lines(meeting: Meeting, minute: float = 14, **more: Any) -> list[str]:
    view = look(meeting, minute, **({"width": 24, "height": 24} | more))
    return [line.rstrip() for line in rail(view).plain.split("\n")]


def test_the_rail_marks_what_was_is_and_comes_with_its_minutes() -> None:
    meeting = with_deals(skip(begun(), "followup", START), MUELLER, NORD, minute=5)
    found = lines(having(meeting, participant=PEOPLE))
    assert found[:6] == [
        "✓ Step checkin      5/10",
        "– Step followup        –",
        "  Numbers ■           10",
        "▶ Close-up: lost    9/10",
        "    Müller GmbH        ▶",
        "    Nord AG",
    ]


def test_the_foot_tells_reflecting_expected_beside_the_plan_and_who_is_missing() -> None:
    found = lines(having(begun(), participant=PEOPLE), 3)
    place = next(at for at, line in enumerate(found) if line.startswith("Reflecting"))
    assert found[place] == "Reflecting           50%"
    assert found[place + 1] == "  Plan               50%"
    assert " ".join(found[place + 2 :]) == "Missing: Delivery, Product"


def test_a_title_that_is_too_long_is_cut_and_its_minutes_stay() -> None:
    meeting = begun(of=agenda(steps=[{"id": "a", "kind": "notes", "title": "x" * 30, "minutes": 20}]))
    assert lines(meeting, 14)[0] == "▶ " + "x" * 15 + "… 14/20"


def test_an_open_end_counts_up_and_a_pre_read_has_no_time() -> None:
    steps = [
        {"id": "a", "kind": "notes", "title": "Open"},
        {"id": "b", "kind": "notes", "title": "Read", "minutes": 0},
        {"id": "c", "kind": "notes", "title": "Later"},
    ]
    assert lines(begun(of=agenda(steps=steps)), 7)[:3] == [
        "▶ Open                 7",
        "· Read",
        "  Later             open",
    ]


def test_parts_stand_below_the_step_with_the_one_that_is_on() -> None:
    step = {
        "id": "a",
        "kind": "case",
        "title": "Case",
        "minutes": 9,
        "parts": [{"title": "Tell"}, {"title": "Ask"}],
    }
    meeting = having(begun(of=agenda(steps=[step])), now=Now(step="a", part=2))
    assert lines(meeting)[1:3] == ["    Tell", "    Ask                ▶"]


def test_a_round_bears_its_number() -> None:
    run = StepRun(id="a", kind="notes", title="Round", round=2, planned_s=60)
    assert lines(having(begun(), step=(run,), now=Now(step="a")), 0)[0].startswith("▶ Round 2")


@pytest.mark.parametrize("height", range(4, 18))
@pytest.mark.parametrize("kind", ["checkin", "perspectives", "break"])
def test_a_low_rail_is_cut_around_the_step_on_the_floor(height: int, kind: str) -> None:
    found = lines(at(begun(), kind, 5), height=height)
    assert len(found) <= height
    assert any(line.startswith(f"▶ Step {kind}"[:12]) for line in found)


def test_a_very_low_rail_gives_up_its_foot_before_the_steps() -> None:
    assert not any("Reflecting" in line for line in lines(begun(), height=5))


def test_the_folded_rail_is_one_line_that_keeps_the_place() -> None:
    meeting = having(at(begun(), "deal", 5), participant=PEOPLE)
    whole = folded_rail(look(meeting, 14, width=78)).plain
    assert whole.startswith("4/12 · Reflecting 5") and "(Plan 50%)" in whole and "Missing:" in whole
    assert folded_rail(look(meeting, 14, width=10)).plain == "4/12"


def test_a_pre_read_is_not_counted_in_the_place() -> None:
    meeting = at(begun(), "followup", 5)
    first = change(meeting.minutes.step[0], planned_s=0)
    meeting = having(meeting, step=(first, *meeting.minutes.step[1:]))
    assert folded_rail(look(meeting, 14)).plain.startswith("1/11")
