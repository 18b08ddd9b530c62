"""Where an action or experiment was begun, carried and judged (domain/lineage.py)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from retrotui.domain.lineage import family, stops
from retrotui.domain.minutes import Action, AgendaRef, Carried, Experiment, Minutes, Verdict


def meeting(month: int, **tables: Any) -> Minutes:
    day = date(2026, month, 3)
    started = datetime(2026, month, 3, 9, tzinfo=UTC)
    return Minutes(
        id=f"m{month}", date=day, started=started, agenda=AgendaRef(id="x"), status="closed"
    ).model_copy(update=tables)


def experiment(month: int, title: str, parent: str = "", state: str = "running") -> Experiment:
    at = datetime(2026, month, 3, 10, tzinfo=UTC)
    return Experiment(id=f"m{month}-x1", at=at, title=title, parent=parent, state=state)


YEAR = (
    meeting(1, experiment=(experiment(1, "early price"),)),
    meeting(2, carried=(Carried(item="m1-x1"),)),
    meeting(
        3,
        experiment=(experiment(3, "early price", "m1-x1", "idea"),),
        verdict=(Verdict(item="m1-x1", kind="experiment", decision="adapt", child="m3-x1"),),
    ),
    meeting(4, experiment=(experiment(3, "price range", "m1-x1"),)),
    meeting(5, verdict=(Verdict(item="m3-x1", kind="experiment", decision="keep"),)),
    meeting(6, action=(Action(id="m6-a1", at=datetime(2026, 6, 3, tzinfo=UTC), text="call"),)),
)


def test_the_stops_of_a_family_are_told_in_order_whoever_of_it_is_asked_about() -> None:
    told = [(one.meeting, one.item, one.what.id, one.depth) for one in stops(reversed(YEAR), "m3-x1")]
    assert told == [
        ("m1", "m1-x1", "begun", 0),
        ("m2", "m1-x1", "carried", 0),
        ("m3", "m1-x1", "adapted", 0),
        ("m3", "m3-x1", "filed as an idea", 1),
        ("m4", "m3-x1", "taken up", 1),
        ("m5", "m3-x1", "kept", 1),
    ]
    assert stops(YEAR, "m1-x1") == stops(YEAR, "m3-x1")
    assert stops(YEAR, "m1-x1")[-1].title == "price range"


def test_an_action_has_stops_too_and_what_nobody_knows_has_none() -> None:
    assert [one.what.id for one in stops(YEAR, "m6-a1")] == ["begun"]
    assert stops(YEAR, "gone") == ()


def test_an_aborted_meeting_says_nothing() -> None:
    aborted = YEAR[1].model_copy(update={"status": "aborted"})
    assert "carried" not in [one.what.id for one in stops((YEAR[0], aborted), "m1-x1")]


def test_a_ring_that_a_hand_made_ends() -> None:
    ring = (
        meeting(1, experiment=(experiment(1, "a", "m2-x1"),)),
        meeting(2, experiment=(experiment(2, "b", "m1-x1"),)),
    )
    assert family(ring, ["m1-x1"]) == {"m1-x1", "m2-x1"}
    assert len(stops(ring, "m1-x1")) == 2
