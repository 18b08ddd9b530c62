"""Versions of one meeting are one meeting: it counts once, and nothing that only one of them says is lost."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from retrotui.domain.experiments import lineages, open_items
from retrotui.domain.lineage import stops
from retrotui.domain.minutes import Action, AgendaRef, Carried, Experiment, Minutes, Verdict
from retrotui.domain.versions import one_each, own_id, version_of

DAY = date(2026, 11, 23)
ID = "2026-11-23-m"


def at(day: int) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day:02}T09:00:00+01:00")


def minutes(an_id: str, day: int = 23, **keys: Any) -> Minutes:
    values: dict[str, Any] = {"status": "closed", **keys}
    return Minutes(id=an_id, date=date(2026, 11, day), started=at(day), agenda=AgendaRef(id="m"), **values)


def trial(an_id: str) -> Experiment:
    return Experiment(id=an_id, at=at(2), title=an_id, state="running", due=date(2026, 11, 9))


BEFORE = minutes("2026-11-02-m", 2, experiment=(trial("x1"),))
EXTENDED = (Verdict(item="x1", kind="experiment", decision="extend", due=date(2026, 12, 1)),)
CARRIED = (Carried(item="x1"),)


def test_only_what_stands_beside_a_meeting_is_a_version_of_it() -> None:
    assert own_id(f"{ID}-copy-1") == own_id(f"{ID}-conflict-12") == ID
    assert own_id(f"{ID}-2") == f"{ID}-2"
    assert version_of(f"{ID}-copy-1", {ID}) == ID
    assert version_of(f"{ID}-copy-1", set()) == f"{ID}-copy-1", "what it was kept beside is gone"


def test_a_closed_version_counts_then_the_fullest_then_the_first() -> None:
    running = minutes(ID, status="running", parked=("a", "b", "c"))
    closed = minutes(f"{ID}-conflict-1")
    fuller = minutes(f"{ID}-copy-1", parked=("a",))
    assert one_each([running, closed, fuller, BEFORE]) == [fuller, BEFORE]
    assert one_each([closed, minutes(ID)]) == [minutes(ID)]
    assert one_each([minutes(ID), minutes(ID, parked=("a",))]) == [minutes(ID, parked=("a",))], (
        "one id, two files"
    )


def test_a_copy_carries_and_extends_nothing_a_second_time() -> None:
    for other in (f"{ID}-copy-1", f"{ID}-conflict-1", ID):
        for rows in ({"carried": CARRIED}, {"verdict": EXTENDED}):
            once = open_items([BEFORE, minutes(ID, **rows)], DAY)
            twice = open_items([BEFORE, minutes(ID, **rows), minutes(other, **rows)], DAY)
            assert once == twice
            told = lineages([BEFORE, minutes(ID, **rows), minutes(other, **rows)], ["x1"])
            assert told == lineages([BEFORE, minutes(ID, **rows)], ["x1"])


def test_what_only_one_version_says_is_not_lost() -> None:
    """The meeting went on beside a file that a colleague had changed: what it began then stands only there."""
    half = minutes(ID, status="running", carried=CARRIED)
    whole = minutes(
        f"{ID}-conflict-1", carried=CARRIED, action=(Action(id=f"{ID}-a1", at=at(23), text="Call"),)
    )
    titles = {one.id: one.carried for one in open_items([BEFORE, half, whole], DAY)}
    assert titles == {"x1": 1, f"{ID}-a1": 0}
    assert [one.meeting for one in stops([BEFORE, half, whole], "x1")] == ["2026-11-02-m", f"{ID}-conflict-1"]
