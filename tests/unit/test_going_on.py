"""A meeting goes on: what draft and minutes make of it, what is asked, and what is never lost (promises.md)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.domain import timebox
from retrotui.errors import RetroError, msg
from retrotui.store import drafts, durable, lock
from retrotui.store import minutes as minutes_store
from retrotui.store.drafts import Standing
from retrotui.store.durable import NotSaved
from retrotui.store.toml_codec import encode
from retrotui.tui import going_on, last_words, opening
from retrotui.tui.going_on import TwoVersions
from retrotui.tui.place import Place
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session
from tests.unit.kept_meetings import (
    ID,
    WEEKLY,
    begun,
    clock_of,
    drafted,
    edited,
    killed,
    notes,
    place_in,
    said,
)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


@pytest.fixture(autouse=True)
def ended() -> Iterator[list[Session]]:
    """Sessions that a test leaves running; their threads end with it."""
    held: list[Session] = []
    yield held
    for one in held:
        one.end_saving()


# -- the draft says more -----------------------------------------------------------------------------------------


def test_a_draft_that_only_adds_goes_on_at_once_and_says_how_much(place: Place, ended: list[Session]) -> None:
    session = begun(place, "one")
    for line in ("two", "three"):
        session.record(f". {line}")
        drafted(session)
    killed(place, session)
    [found], _ = drafts.list_drafts(place.workspace)
    assert found.standing is Standing.DRAFT_NEWER
    again = going_on.resume_session(place)
    ended.append(again)
    assert notes(again.meeting.minutes) == ["one", "two", "three"]
    assert str(again.opening) == "On with the meeting of 09:00, 2 entries from the draft. Start afresh: F6."


def test_what_only_the_draft_says_is_in_the_team_folder_before_anything_is_typed(
    place: Place, ended: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(place, "one")
    session.record(". two")
    drafted(session)
    killed(place, session)
    asked: list[bool] = []
    monkeypatch.setattr(Session, "save", lambda _, *, milestone=False: asked.append(milestone))
    ended.append(going_on.resume_session(place))
    assert asked == [True]


def test_where_draft_and_minutes_agree_nothing_is_said_of_a_draft(place: Place, ended: list[Session]) -> None:
    killed(place, begun(place, "one"))
    again = going_on.resume_session(place)
    ended.append(again)
    assert str(again.opening) == "On with the meeting of 09:00. Start afresh: F6."


# -- two versions ------------------------------------------------------------------------------------------------


def test_minutes_changed_meanwhile_are_asked_about_and_nothing_is_touched(place: Place) -> None:
    killed(place, begun(place, "one", "two"))
    theirs = edited(place)
    before = {path: path.read_bytes() for path in place.workspace.folder.rglob("*") if path.is_file()}
    ways: list[Callable[[], Session]] = [
        lambda: going_on.resume_session(place),
        lambda: opening.new_session(place, WEEKLY),
    ]
    for way in ways:
        with pytest.raises(TwoVersions) as asked:
            way()
        assert notes(asked.value.found.draft.minutes) == ["one", "two"]
    assert [one.two_versions for one in going_on.open_meetings(place)] == [True]
    assert {path: path.read_bytes() for path in place.workspace.folder.rglob("*") if path.is_file()} == before
    assert place.workspace.minutes_file(ID).read_bytes() == theirs


def test_the_draft_goes_on_in_a_file_beside_the_changed_minutes(place: Place) -> None:
    killed(place, begun(place, "one", "two"))
    theirs = edited(place)
    session = going_on.resume_session(place, from_draft=True)
    said(session, "three")
    session.end_saving()
    assert place.workspace.minutes_file(ID).read_bytes() == theirs
    beside = place.workspace.minutes_file(f"{ID}-conflict-1")
    assert notes(minutes_store.load(beside).minutes) == ["one", "two", "three"]
    assert {one.id: one.two_versions for one in going_on.open_meetings(place)} == {
        f"{ID}-conflict-1": False, ID: False,
    }  # fmt: skip
    again = going_on.resume_session(place)  # the one that was run here comes first
    assert again.meeting.minutes.id == f"{ID}-conflict-1"
    again.end_saving()


def test_changed_minutes_that_were_renamed_too_stay_and_the_draft_gets_an_id_of_its_own(place: Place) -> None:
    killed(place, begun(place, "one"))
    theirs = edited(place)
    renamed = place.workspace.minutes_folder / "renamed.toml"
    place.workspace.minutes_file(ID).rename(renamed)
    session = going_on.resume_session(place, from_draft=True)
    session.end_saving()
    assert renamed.read_bytes() == theirs
    _, broken = minutes_store.summaries(place.workspace)
    assert broken == []


def test_both_are_kept_and_the_minutes_go_on(place: Place, ended: list[Session]) -> None:
    session = begun(place, "one", "two")
    session.type("half")
    session.save()
    assert session.saver is not None and session.saver.flush(5)
    killed(place, session)
    edited(place)
    with pytest.raises(TwoVersions) as asked:
        going_on.resume_session(place)
    assert going_on.keep_both(place, asked.value.found) == f"{ID}-copy-1.toml"
    copy = minutes_store.load(place.workspace.minutes_file(f"{ID}-copy-1")).minutes
    assert notes(copy) == ["one", "two"] and copy.parked == ("half",)
    again = going_on.resume_session(place)
    ended.append(again)
    assert again.meeting.minutes.id in (ID, f"{ID}-copy-1")
    assert len(going_on.open_meetings(place)) == 2


def test_a_meeting_that_was_closed_elsewhere_is_two_versions_and_not_reopened(place: Place) -> None:
    killed(place, begun(place, "one"))
    file = place.workspace.minutes_file(ID)
    closed = minutes_store.load(file).minutes.model_copy(
        update={"status": "closed", "ended": place.clock.wall()}
    )
    file.write_bytes(encode(closed))
    with pytest.raises(TwoVersions):
        going_on.resume_session(place)


def test_damaged_minutes_are_left_and_the_draft_goes_on_beside_them(place: Place) -> None:
    killed(place, begun(place, "one"))
    file = place.workspace.minutes_file(ID)
    file.write_bytes(b"\0" * 50)
    session = going_on.resume_session(place)
    assert "damaged" in str(session.opening)
    said(session, "two")
    session.end_saving()
    assert file.read_bytes() == b"\0" * 50
    assert notes(minutes_store.load(place.workspace.minutes_file(f"{ID}-conflict-1")).minutes) == [
        "one",
        "two",
    ]


def test_minutes_that_are_gone_are_written_again(place: Place) -> None:
    killed(place, begun(place, "one"))
    place.workspace.minutes_file(ID).unlink()
    session = going_on.resume_session(place)
    assert "gone" in str(session.opening)
    said(session, "two")
    session.end_saving()
    assert notes(minutes_store.load(place.workspace.minutes_file(ID)).minutes) == ["one", "two"]


def test_a_damaged_draft_is_named_and_the_minutes_go_on(place: Place, ended: list[Session]) -> None:
    killed(place, begun(place, "one"))
    place.workspace.draft_file(ID).write_bytes(b"\0")
    session = going_on.resume_session(place)
    ended.append(session)
    assert "draft is damaged" in str(session.opening) and notes(session.meeting.minutes) == ["one"]
    said(session, "two")
    assert place.workspace.draft_file(ID).read_bytes() == b"\0"


def test_a_damaged_draft_without_minutes_is_named_instead_of_no_meeting(place: Place) -> None:
    killed(place, begun(place, "one"))
    place.workspace.minutes_file(ID).unlink()
    place.workspace.draft_file(ID).write_bytes(b"\0")
    for wanted in ("", ID):
        with pytest.raises(RetroError, match=f"draft {ID}.toml is damaged"):
            going_on.resume_session(place, wanted)


# -- time --------------------------------------------------------------------------------------------------------


def silent(session: Session, clock: FakeClock, minutes: int) -> None:
    """Nobody types; the screen ticks."""
    for _ in range(minutes * 4):
        clock.advance(15)
        session.tick()
    assert session.saver is not None and session.saver.flush(5)


def test_after_a_crash_the_silent_minutes_before_it_count(place: Place, ended: list[Session]) -> None:
    clock = clock_of(place)
    session = begun(place, "one")
    silent(session, clock, 25)
    killed(place, session)
    clock.advance(20 * 60)  # away: longer than people stay in the room
    again = going_on.resume_session(place)
    ended.append(again)
    spent = timebox.spent(again.meeting.step, again.now())
    assert timedelta(minutes=24) <= timedelta(seconds=spent) <= timedelta(minutes=25)
    [away] = again.meeting.minutes.pause
    assert away.until is not None and away.until - away.since <= timedelta(minutes=21)


def test_a_silence_costs_one_small_write_a_minute_and_none_of_the_minutes(place: Place) -> None:
    clock = clock_of(place)
    session = begun(place, "one")
    file, draft = place.workspace.minutes_file(ID), place.workspace.draft_file(ID)
    before, writes, seen = file.read_bytes(), 0, draft.read_bytes()
    for _ in range(10 * 60 * 2):
        clock.advance(0.5)
        session.tick()
        drafted(session)
        if draft.read_bytes() != seen:
            seen, writes = draft.read_bytes(), writes + 1
    assert 9 <= writes <= 10
    assert file.read_bytes() == before
    session.end_saving()


def test_a_clock_set_back_between_crash_and_start_takes_no_time_away(
    place: Place, ended: list[Session]
) -> None:
    clock = clock_of(place)
    session = begun(place, "one")
    silent(session, clock, 5)
    killed(place, session)
    clock.set_wall(clock.wall() - timedelta(hours=1))
    again = going_on.resume_session(place)
    ended.append(again)
    minutes = timebox.derived(again.meeting.minutes, again.now())
    assert 4 * 60 <= minutes.step[0].spent_s <= 5 * 60 + 1
    assert again.now() >= (minutes.note[0].at + timedelta(minutes=4))


# -- the agenda is gone ------------------------------------------------------------------------------------------

OWN = """schema = 1
id = "own"
title = "Own"
period = "week"
minutes = 30
[[step]]
id = "figures"
kind = "numbers"
minutes = 10
cap = true
title = "Figures"
[[step]]
id = "case"
kind = "case"
minutes = 12.5
confidential = true
title = "Case"
[[step.field]]
id = "question"
label = "Question"
type = "text"
[[step]]
id = "talk"
kind = "notes"
title = "Talk"
"""


def test_without_draft_and_agenda_the_minutes_tell_the_steps(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(OWN, encoding="utf-8")
    session = opening.new_session(place, RunOptions(agenda=str(file)))
    said(session, "one")
    session.end_saving()
    file.unlink()
    shutil.rmtree(place.workspace.drafts_folder)
    again = going_on.resume_session(place)
    assert str(again.opening) == "The agenda “own” is gone: on with the steps of the minutes."
    agenda = again.meeting.agenda
    assert [(one.id, one.kind, one.minutes) for one in agenda.steps] == [
        ("figures", "numbers", 10), ("case", "case", 12.5), ("talk", "notes", 7.5),
    ]  # fmt: skip
    assert agenda.period == "week" and agenda.steps[0].cap
    assert agenda.steps[1].confidential, "what was not to be written must not be written now"
    again.next()
    said(again, "a secret")
    again.end_saving()
    third = going_on.resume_session(place)  # and so does the draft of it
    assert notes(third.meeting.minutes) == ["one"]
    third.close()
    third.end_saving()
    reopened = going_on.reopen_session(place, third.meeting.minutes.id)
    assert "gone" in str(reopened.opening) and reopened.meeting.running
    reopened.end_saving()


def test_minutes_without_steps_are_refused_in_words(place: Place) -> None:
    place.workspace.minutes_folder.mkdir(parents=True)
    place.workspace.minutes_file(ID).write_text(
        f'schema = 1\nid = "{ID}"\nstatus = "running"\ndate = 2026-11-23\n[agenda]\nid = "weekly-call"\n'
    )
    with pytest.raises(RetroError, match="has no steps"):
        going_on.resume_session(place, ID)
    assert lock.holder_of(place.workspace, ID, place.clock) is None


# -- a folder that cannot be written -------------------------------------------------------------------------------


def test_a_mark_that_cannot_be_made_does_not_stop_the_meeting(
    place: Place, ended: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed(place, begun(place, "one"))

    def full(*_args: object, **_values: object) -> None:
        raise NotSaved(msg("The disk is full."))

    monkeypatch.setattr(durable, "create", full)
    session = going_on.resume_session(place)
    ended.append(session)
    assert session.lock is None and "The disk is full." in str(session.unwritable)
    assert str(session.opening) == "The disk is full. The meeting goes on in the draft."


def test_a_full_disk_is_said_before_the_meeting(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.workspace.folder.mkdir()
    real = os.statvfs(place.workspace.folder)

    class Full:
        f_blocks, f_frsize, f_bavail = real.f_blocks, real.f_frsize, 10

    monkeypatch.setattr(os, "statvfs", lambda _path: Full)
    session = opening.new_session(place, WEEKLY)
    assert "disk is full" in str(session.unwritable) and not session.meeting.begun
    session.end_saving()


def test_where_no_draft_can_be_kept_the_meeting_begins_and_says_so(
    place: Place, ended: list[Session]
) -> None:
    place.workspace.state.write_text("no folder")
    session = opening.new_session(place, WEEKLY)
    ended.append(session)
    assert session.meeting.begun and session.unwritable is None
    assert "There is no draft" in str(session.opening)
    session.record("Anna Berg, Sales")
    drafted(session)
    heard: list[str] = []
    session.on_notice = lambda message: heard.append(str(message))
    session.tick()
    assert heard == [], "it was said already"
    [anna] = minutes_store.load(place.workspace.minutes_file(ID)).minutes.participant
    assert anna.name == "Anna Berg", "it waits for no entry and no step: there is no other place"


@pytest.mark.parametrize("draftless", [False, True])
def test_where_no_draft_keeps_the_half_typed_line_leaving_makes_it_an_entry(
    place: Place, draftless: bool
) -> None:
    if draftless:
        place.workspace.state.write_text("no folder")
    session = begun(place, "one")
    drafted(session)
    session.type("half typed")
    assert session.leave()
    kept = minutes_store.load(place.workspace.minutes_file(ID)).minutes
    assert kept.status == "running" and notes(kept) == ["one", *(["half typed"] if draftless else [])]


def test_a_half_typed_line_that_is_refused_as_what_it_would_be_is_kept_as_a_note(place: Place) -> None:
    session = begun(place, "one")
    session.editing, session.edited_from = "taken-back-meanwhile", "one"
    session.type("one and a half")
    last_words.take_down(session)
    assert session.leave() and session.line == ""
    assert notes(minutes_store.load(place.workspace.minutes_file(ID)).minutes) == ["one", "one and a half"]
