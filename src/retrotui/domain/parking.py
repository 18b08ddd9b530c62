"""The parking lot: what becomes of a topic that was put off.

Owns taking a parked topic up as a deal or an action. Parking one is `entries`', striking it `corrections`'. Each is one
change, and one undo brings the topic back among the parked ones. Source: meeting.md, "The capture line", `close`.
"""

from __future__ import annotations

from datetime import datetime

from retrotui.domain import entries, floor
from retrotui.domain.capture_reading import Reading
from retrotui.domain.meeting import Meeting, amend
from retrotui.domain.minutes import Minutes, change
from retrotui.errors import Refused, msg


def into_action(meeting: Meeting, place: int, now: datetime) -> Meeting:
    """The topic at this place, from 0, becomes an action. Raises Refused when it is gone."""
    made = entries.record(meeting, Reading(kind="action", text=_topic(meeting, place)), now=now)
    return amend(made, without(made.minutes, place))


def onto_the_floor(meeting: Meeting, place: int, now: datetime) -> Meeting:
    """The topic at this place, from 0, is taken up as a deal. Raises Refused when it is gone."""
    taken = floor.typed_deal(meeting, _topic(meeting, place), None, None, "", now)
    return amend(taken, without(taken.minutes, place))


def without(minutes: Minutes, place: int) -> Minutes:
    """The minutes without the topic at this place, from 0."""
    return change(minutes, parked=minutes.parked[:place] + minutes.parked[place + 1 :])


def _topic(meeting: Meeting, place: int) -> str:
    if place >= len(meeting.minutes.parked):
        raise Refused(msg("This topic is not parked any more."))
    return meeting.minutes.parked[place]
