"""meeting.md, `deal`, `close`: what becomes of a topic that was parked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from retrotui.domain import entries, parking
from retrotui.domain.capture_reading import Reading
from retrotui.domain.meeting import undo
from retrotui.errors import Refused
from tests.unit.domain.room import Room, step

TOPICS = ("Fair 2027", "Prices", "A new car")


def with_topics() -> Room:
    room = Room(step("lost", "deal", 20))
    for words in TOPICS:
        room.do(lambda meeting, now, words=words: entries.record(
            meeting, Reading(kind="parked", text=words), now=now))  # fmt: skip
    return room


def test_a_topic_becomes_an_action() -> None:
    room = with_topics().do(parking.into_action, 1)
    assert [one.text for one in room.minutes.action] == ["Prices"]
    assert room.minutes.parked == ("Fair 2027", "A new car")


def test_a_topic_is_taken_up_as_a_deal() -> None:
    room = with_topics().do(parking.onto_the_floor, 0)
    assert room.meeting.deal is not None and room.meeting.deal.account == "Fair 2027"
    assert room.minutes.parked == ("Prices", "A new car")


@pytest.mark.parametrize("rule", [parking.into_action, parking.onto_the_floor])
def test_one_undo_brings_it_back(rule: Callable[..., Any]) -> None:
    room = with_topics()
    before = room.minutes
    room.do(rule, 2)
    meeting, _ = undo(room.meeting, room.now)
    assert (meeting.minutes.parked, meeting.minutes.action, meeting.minutes.deal) == (TOPICS, (), before.deal)


@pytest.mark.parametrize("rule", [parking.into_action, parking.onto_the_floor])
def test_a_topic_that_is_gone_meanwhile_is_refused(rule: Callable[..., Any]) -> None:
    with pytest.raises(Refused, match="not parked any more"):
        with_topics().do(rule, 3)
