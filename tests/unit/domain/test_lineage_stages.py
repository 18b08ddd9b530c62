"""Lineage: an experiment from its first hypothesis, over what it was adapted to, to the last verdict."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from retrotui.domain.experiments import Extension, lineages, open_items
from retrotui.domain.minutes import AgendaRef, Carried, Experiment, Minutes, Verdict

TODAY = date(2026, 12, 21)


def meeting(month: int, **keys: Any) -> Minutes:
    at = datetime(2026, month, 23, 9, tzinfo=UTC)
    head: dict[str, Any] = {"id": f"m{month}", "date": at.date(), "started": at, "status": "closed"}
    return Minutes(agenda=AgendaRef(id="m"), **(head | keys))


def trial(item_id: str, parent: str = "", **keys: Any) -> Experiment:
    at = datetime(2026, 1, 23, tzinfo=UTC)
    return Experiment(
        id=item_id, at=at, title=item_id, parent=parent, state=keys.pop("state", "running"), **keys
    )


def verdict(item_id: str, decision: Any, **keys: Any) -> Verdict:
    return Verdict(item=item_id, kind="experiment", decision=decision, **keys)


ADAPTED_TWICE = (
    meeting(1, experiment=(trial("x1", hypothesis="first"),)),
    meeting(
        2, experiment=(trial("x2", "x1"),), verdict=(verdict("x1", "adapt", child="x2", learned="too late"),)
    ),
    meeting(3, carried=(Carried(item="x2"),)),
    meeting(4, verdict=(verdict("x2", "extend", due=date(2026, 5, 1), reason="no offers"),)),
    meeting(5, experiment=(trial("x3", "x2", state="idea"),), verdict=(verdict("x2", "adapt", child="x3"),)),
    meeting(6, experiment=(trial("x3", "x2"),)),
    meeting(7, verdict=(verdict("x3", "keep", happened="it held"),)),
)


def test_an_experiment_adapted_twice_has_one_lineage_to_its_last_verdict() -> None:
    told = lineages(ADAPTED_TWICE, ["x1", "x2", "x3"])
    assert told["x1"] == told["x2"] == told["x3"]
    first, second, last = told["x1"]
    assert (first.experiment.hypothesis, first.decision, first.judged, first.learned) == (
        "first", "adapt", date(2026, 2, 23), "too late",
    )  # fmt: skip
    assert (second.carried, second.extended) == (
        1,
        (Extension(date(2026, 4, 23), date(2026, 5, 1), "no offers"),),
    )
    assert (last.begun, last.decision, last.judged_in, last.happened) == (
        date(2026, 5, 23),
        "keep",
        "m7",
        "it held",
    )
    assert [one.depth for one in told["x1"]] == [0, 1, 2]


def test_the_order_of_reading_does_not_matter() -> None:
    orders = itertools.islice(itertools.permutations(ADAPTED_TWICE), 0, None, 97)
    told = [lineages(order, ["x3"]) for order in orders]
    assert all(one == told[0] for one in told)


def test_two_adaptations_of_one_follow_it_the_older_first_each_with_its_own_children() -> None:
    meetings = [
        meeting(1, experiment=(trial("a"),)),
        meeting(2, experiment=(trial("b", "a"),)),
        meeting(3, experiment=(trial("c", "a"),)),
        meeting(4, experiment=(trial("d", "b"),)),
    ]
    assert [(one.experiment.id, one.depth) for one in lineages(meetings, ["d"])["d"]] == [
        ("a", 0), ("b", 1), ("d", 2), ("c", 1),
    ]  # fmt: skip


def test_without_its_parent_a_lineage_begins_with_the_child_and_a_ring_is_cut() -> None:
    orphan = [meeting(1, experiment=(trial("x2", "gone"),))]
    assert [one.experiment.id for one in lineages(orphan, ["x2"])["x2"]] == ["x2"]
    ring = [meeting(1, experiment=(trial("a", "b"), trial("b", "a"), trial("self", "self")))]
    told = lineages(ring, ["a", "b", "self"])
    assert {len(told["a"]), len(told["b"])} == {2} and len(told["self"]) == 1


def test_what_nobody_knows_and_what_was_aborted_has_none() -> None:
    aborted = meeting(1, status="aborted", experiment=(trial("x1"),))
    assert lineages([aborted], ["x1", "nowhere"]) == {}


def test_a_long_chain_is_followed_to_its_beginning() -> None:
    chain = tuple(trial(f"x{number}", f"x{number - 1}" if number else "") for number in range(3000))
    assert len(lineages([meeting(1, experiment=chain)], ["x2999"])["x2999"]) == 3000


def test_an_open_item_tells_its_extensions_with_their_reasons() -> None:
    meetings = [
        meeting(1, experiment=(trial("x1", due=date(2026, 2, 1)),)),
        meeting(2, verdict=(verdict("x1", "extend", due=date(2026, 3, 1)),)),
        meeting(3, verdict=(verdict("x1", "extend", due=date(2026, 4, 1), reason="nobody called back"),)),
    ]
    (item,) = open_items(meetings, TODAY)
    assert item.extensions == 2
    assert [one.reason for one in item.extended] == ["", "nobody called back"]
    assert item.extended[-1] == Extension(date(2026, 3, 23), date(2026, 4, 1), "nobody called back")


def test_an_owner_whom_no_meeting_lists_has_the_teams_name_for_him() -> None:
    born = meeting(1, experiment=(trial("x1", owner="carla-weiss"),))
    assert open_items([born], TODAY, {"carla-weiss": "Carla Weiß"})[0].owner == "Carla Weiß"
    assert open_items([born], TODAY)[0].owner == "carla-weiss"
