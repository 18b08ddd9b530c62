"""The cursor among the entries: voting never stops the meeting, and a digit counts for the entry under it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui import opening
from retrotui.tui.entry_cursor import EntryCursor
from retrotui.tui.place import Place
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A rehearsal with two notes."""
    workspace = Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")
    place = Place(workspace, Settings(), FakeClock())
    options = RunOptions(agenda="monthly-reflection", rehearse=1)
    found = opening.new_session(place, options)
    found.record(". one")
    found.record(". two")
    return found


def votes(session: Session) -> list[int]:
    return [one.votes for one in session.meeting.minutes.note]


def over(session: Session, *keys: str) -> EntryCursor:
    cursor = EntryCursor(session)
    cursor.show(keys or ("n1", "n2"))
    return cursor


@pytest.mark.parametrize("key", ["metric:revenue", "remark:0", "parked:0", "gone", "x1"])
def test_voting_for_what_takes_no_votes_is_refused_before_a_digit_is_typed(
    session: Session, key: str
) -> None:
    session.record("? an experiment")
    cursor = over(session, session.meeting.minutes.experiment[0].id if key == "x1" else key)
    said: list[object] = []
    session.on_notice = said.append
    cursor.vote()
    assert len(said) == 1 and "Votes go to" in str(said[0]) and cursor.mode == "" and cursor.at


def test_voting_passes_over_what_takes_no_votes(session: Session) -> None:
    session.record("? an experiment")
    experiment = session.meeting.minutes.experiment[0].id
    cursor = over(session, experiment, "n1", experiment, "n2", experiment)
    cursor.vote()
    assert cursor.at == "n1"
    cursor.vote(2)
    cursor.next_vote()
    cursor.vote(1)
    assert votes(session) == [2, 1]
    cursor.next_vote()
    assert (cursor.mode, cursor.at) == ("", "")


def test_a_digit_on_what_takes_no_votes_is_refused_and_voting_goes_on(session: Session) -> None:
    session.record("? an experiment")
    cursor = over(session, "n1", session.meeting.minutes.experiment[0].id)
    cursor.vote()
    cursor.move(1)
    cursor.vote(3)
    cursor.move(-1)
    assert cursor.mode == "vote"
    cursor.vote(1)
    assert votes(session) == [1, 0]


def test_voting_ends_where_the_last_entry_was_deleted(session: Session) -> None:
    cursor = over(session)
    cursor.vote()
    cursor.show(())
    cursor.next_vote()
    assert (cursor.mode, cursor.at) == ("", "")


def test_two_digits_are_one_number_for_one_entry(session: Session) -> None:
    cursor = over(session)
    cursor.vote()
    cursor.vote(1)
    cursor.vote(2)
    cursor.next_vote()
    cursor.vote(3)
    assert votes(session) == [12, 3]


@pytest.mark.parametrize("way", ["arrow", "esc"])
def test_a_digit_for_another_entry_begins_anew(session: Session, way: str) -> None:
    cursor = over(session)
    cursor.vote()
    cursor.vote(1)
    cursor.move(1)
    cursor.vote(1)
    if way == "esc":
        cursor.leave()
        cursor.vote()
    else:
        cursor.move(-1)
    cursor.vote(2)
    assert votes(session) == [2, 1]
