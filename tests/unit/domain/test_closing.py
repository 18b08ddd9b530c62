"""meeting.md, "Beginning and end": what is missing before the close, and the lines of the summary."""

from __future__ import annotations

from datetime import date
from typing import Any

from retrotui.domain import closing, course, floor, lifecycle, roundtable
from retrotui.domain.meeting import commit
from retrotui.domain.minutes import Action, Experiment, FactorUse, change
from retrotui.errors import msg
from tests.unit.domain.items import TODAY, experiment_item
from tests.unit.domain.room import MINUTE, Room, deal, step


def with_tables(room: Room, **tables: Any) -> Room:
    room.meeting = commit(room.meeting, change(room.minutes, **tables), msg("x"), room.now)
    return room


def gaps(room: Room) -> dict[str, str]:
    return {gap.kind: str(gap.what) for gap in closing.gaps(room.meeting)}


def test_a_meeting_with_all_it_needs_has_no_gaps() -> None:
    room = with_tables(Room(), next_date=date(2026, 12, 21))
    assert gaps(room) == {}


def test_each_gap_is_a_line_with_what_it_is_about() -> None:
    room = Room(items=(experiment_item("x1"),)).on().after(1).do(course.jump, "lost")
    room.do(floor.choose, deal("ada")).do(floor.choose, deal("bob")).do(roundtable.arrive, "Anna", "sales")
    factors = (
        FactorUse(id="f1", at=room.now, deal="ada", factor="price", source="buyer"),
        FactorUse(id="f2", at=room.now, deal="ada", factor="", source="team"),
        FactorUse(id="f3", at=room.now, deal="ada", factor="", source=""),
    )
    action = Action(id="a1", at=room.now, text="call")
    with_tables(room, factor=factors, action=(action,), parked=("fair",))
    found = {gap.kind: gap for gap in closing.gaps(room.meeting)}
    assert {kind: gap.about for kind, gap in found.items()} == {
        "verdict": ("x1",),
        "unsorted": ("f2", "f3"),
        "source": ("f3",),
        "no_factors": ("bob",),
        "owner": ("a1",),
        "due": ("a1",),
        "parked": ("fair",),
        "next_date": (),
        "only_sales": (),
    }
    assert str(found["unsorted"].what) == "2 factors are unsorted"
    assert str(found["source"].what) == "1 factor without a source"


def test_without_a_follow_up_nothing_is_carried() -> None:
    """A loss autopsy closes without a word on the loop."""
    room = Room(step("talk", minutes=5), step("end", "close", 1), items=(experiment_item("x1"),), loop=False)
    assert "verdict" not in gaps(room)
    monthly = Room(items=(experiment_item("x1"),))
    assert "verdict" not in gaps(monthly)
    assert "verdict" in gaps(monthly.on().after(1))


def test_an_agenda_without_a_close_asks_for_no_next_date() -> None:
    assert "next_date" not in gaps(Room(step("talk", minutes=5)))
    assert "next_date" in gaps(Room())


def test_gaps_of_experiments_are_shown_when_the_step_is_left() -> None:
    room = Room(experiment_needs=["owner", "due"])
    idea = Experiment(id="x1", at=room.now, title="Early")
    half = Experiment(id="x2", at=room.now, title="Late", owner="anna")
    full = Experiment(id="x3", at=room.now, title="Both", owner="anna", due=TODAY)
    with_tables(room, experiment=(idea, half, full))
    assert [(str(gap.what), gap.about) for gap in closing.experiment_gaps(room.meeting)] == [
        ("Early: 2 details are missing, it stays an idea", ("x1",)),
        ("Late: 1 detail is missing, it stays an idea", ("x2",)),
    ]


def test_the_summary_has_planned_and_spent_per_step() -> None:
    steps = (step("a", minutes=5), step("paper", minutes=0), step("b", minutes=10), step("c", minutes=3))
    room = Room(*steps).after(6).do(course.skip, "c").on().after(2).do(lifecycle.close).after(60)
    assert closing.step_lines(room.meeting, room.now) == (
        closing.StepLine("A", 5 * MINUTE, 6 * MINUTE, False),
        closing.StepLine("B", 10 * MINUTE, 2 * MINUTE, False),
        closing.StepLine("C", 3 * MINUTE, 0, True),
    )
