"""files.md, last paragraphs: what is open after many meetings. The newest word counts."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from retrotui.domain.experiments import OpenItem, age_order, open_items
from retrotui.domain.minutes import Action, AgendaRef, Carried, Experiment, Minutes, Participant, Verdict

TODAY = date(2026, 12, 21)


def meeting(month: int, day: int = 23, **keys: Any) -> Minutes:
    at = datetime(2026, month, day, 9, tzinfo=UTC)
    return Minutes(
        id=keys.pop("id", f"{at.date()}-m"),
        date=at.date(),
        started=keys.pop("started", at),
        status=keys.pop("status", "closed"),
        agenda=AgendaRef(id="m"),
        **keys,
    )


def trial(item_id: str, due: date | None = None, **keys: Any) -> Experiment:
    at = datetime(2026, 9, 23, tzinfo=UTC)
    return Experiment(id=item_id, at=at, title=item_id, due=due, state=keys.pop("state", "running"), **keys)


def task(item_id: str, due: date | None = None, **keys: Any) -> Action:
    return Action(id=item_id, at=datetime(2026, 9, 23, tzinfo=UTC), text=item_id, due=due, **keys)


def verdict(item_id: str, decision: Any, due: date | None = None) -> Verdict:
    return Verdict(item=item_id, kind="experiment", decision=decision, due=due)


def is_open(*meetings: Minutes) -> list[str]:
    return [one.id for one in open_items(meetings, TODAY)]


@pytest.mark.parametrize("decision", ["keep", "adapt", "drop", "done"])
def test_a_last_word_ends_it(decision: str) -> None:
    born, judged = meeting(9, experiment=(trial("x1"),)), meeting(10, verdict=(verdict("x1", decision),))
    assert is_open(born) == ["x1"]
    assert is_open(born, judged) == []


def test_extend_keeps_it_running_to_the_new_date() -> None:
    born = meeting(9, experiment=(trial("x1", date(2026, 10, 23)),))
    first = meeting(10, verdict=(verdict("x1", "extend", date(2026, 11, 23)),))
    second = meeting(11, verdict=(verdict("x1", "extend", date(2027, 1, 23)),))
    (item,) = open_items([born, first, second], TODAY)
    assert (item.due, item.extensions) == (date(2027, 1, 23), 2)
    assert not item.overdue(TODAY)


def test_times_carried_is_counted() -> None:
    born = meeting(9, action=(task("a1", date(2026, 10, 1)),))
    later = [meeting(month, carried=(Carried(item="a1"), Carried(item="gone"))) for month in (10, 11)]
    (item,) = open_items([born, *later], TODAY)
    assert (item.carried, item.age_days(TODAY)) == (2, 89)


def test_the_order_of_reading_does_not_matter() -> None:
    meetings = [
        meeting(9, experiment=(trial("x1", date(2026, 10, 23)),)),
        meeting(10, verdict=(verdict("x1", "extend", date(2026, 11, 23)),), carried=(Carried(item="x1"),)),
        meeting(11, experiment=(trial("x2"),), carried=(Carried(item="x1"),)),
    ]
    orders = {open_items(order, TODAY) for order in itertools.permutations(meetings)}
    assert len(orders) == 1


def test_the_newest_is_the_one_that_began_last_as_an_instant_then_by_id() -> None:
    east = datetime(2026, 10, 23, 9, tzinfo=timezone(timedelta(hours=9)))
    west = datetime(2026, 10, 23, 3, tzinfo=UTC)  # later, though its clock says earlier
    assert age_order(meeting(10, started=east)) < age_order(meeting(10, started=west))
    assert age_order(meeting(10, id="a")) < age_order(meeting(10, id="b"))
    held = meeting(10, started=None)
    assert age_order(held) < age_order(meeting(10, started=west))


def test_an_item_that_is_defined_anew_is_open_again_and_keeps_its_age() -> None:
    born = meeting(9, experiment=(trial("x1", state="idea"),))
    taken_up = meeting(11, experiment=(trial("x1", date(2026, 12, 1)),))
    (item,) = open_items([born, taken_up], TODAY)
    assert (item.idea, item.born, item.meeting, item.due) == (
        False, date(2026, 9, 23), "2026-09-23-m", date(2026, 12, 1),
    )  # fmt: skip
    dropped = meeting(10, verdict=(verdict("x1", "drop"),))
    assert is_open(born, dropped) == []
    assert is_open(born, dropped, taken_up) == ["x1"]


def test_running_and_closed_meetings_speak_and_aborted_ones_do_not() -> None:
    born = meeting(9, experiment=(trial("x1"),))
    assert is_open(born, meeting(10, status="running", verdict=(verdict("x1", "drop"),))) == []
    assert is_open(born, meeting(10, status="aborted", verdict=(verdict("x1", "drop"),))) == ["x1"]


def test_a_verdict_on_something_unknown_says_nothing() -> None:
    assert is_open(meeting(10, verdict=(verdict("nowhere", "extend", TODAY),))) == []


def test_overdue_first_then_by_date_and_ideas_last() -> None:
    items = (
        trial("idea", date(2026, 9, 1), state="idea"),
        trial("later", date(2027, 1, 1)),
        trial("undated"),
        trial("today", TODAY),
        trial("late", date(2026, 12, 1)),
        trial("later-still", date(2027, 2, 1)),
        trial("latest", date(2026, 10, 1)),
    )
    assert is_open(meeting(9, experiment=items)) == [
        "latest", "late", "today", "undated", "later", "later-still", "idea",
    ]  # fmt: skip


def test_an_owner_is_called_by_name() -> None:
    anna = Participant(id="anna-berg", name="Anna Berg")
    born = meeting(
        9,
        participant=(anna,),
        action=(
            task("a1", owner="anna-berg"),
            task("a2", owner_text="the boss"),
            task("a3", owner="ben-kurz"),
        ),
    )
    assert owners(born) == {"a1": "Anna Berg", "a2": "the boss", "a3": "ben-kurz"}


def test_an_owner_need_not_be_there_when_the_item_is_defined_anew() -> None:
    anna = Participant(id="anna-berg", name="Anna Berg")
    born = meeting(9, participant=(anna,), experiment=(trial("x1", owner="anna-berg", state="idea"),))
    assert owners(born, meeting(10, experiment=(trial("x1", owner="anna-berg"),))) == {"x1": "Anna Berg"}


def owners(*meetings: Minutes) -> dict[str, str]:
    return {one.id: one.owner for one in open_items(meetings, TODAY)}


def test_an_item_without_a_date_is_never_overdue() -> None:
    item = OpenItem("a1", "action", "t", "", None, TODAY, "m")
    assert item.asks(TODAY)
    assert not item.overdue(TODAY)
