"""What a start brings to rest by itself, and what it leaves to a person (`store.recovery`)."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from retrotui.errors import RetroError
from retrotui.store import drafts, lock, recovery
from retrotui.store import minutes as minutes_store
from retrotui.store.durable import ANY
from retrotui.store.workspace import Workspace
from retrotui.tui import going_on
from retrotui.tui.place import Place
from tests.unit.kept_meetings import ID, begun, clock_of, drafted, edited, killed, notes, place_in


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def test_an_end_that_did_not_reach_the_minutes_is_brought_there_at_the_next_start(place: Place) -> None:
    session = begun(place, "one")
    file, draft = place.workspace.minutes_file(ID), place.workspace.draft_file(ID)
    before = file.read_bytes(), draft.read_bytes()
    session.record(". two")
    session.close()
    session.end_saving()
    closed = minutes_store.load(file).minutes
    file.write_bytes(before[0])  # the share was gone at the end
    base = drafts.decode_draft(before[1])[0]
    drafts.save(draft, drafts.Draft(closed, base=base.base, agenda=base.agenda), expected=ANY)
    assert going_on.open_meetings(place) == []
    with pytest.raises(RetroError, match="its end is in the draft"):
        going_on._taken_up(place, ID)
    [written] = recovery.settle(place.workspace, place.clock)
    assert written.path == file and minutes_store.load(file).minutes == closed
    assert drafts.list_drafts(place.workspace) == ([], [])
    assert recovery.settle(place.workspace, place.clock) == ()


def test_what_somebody_holds_or_changed_is_not_brought_to_rest(place: Place) -> None:
    session = begun(place, "one")
    file, draft = place.workspace.minutes_file(ID), place.workspace.draft_file(ID)
    base = drafts.load(draft).draft.base
    before = file.read_bytes()
    session.close()
    session.end_saving()
    closed = minutes_store.load(file).minutes
    drafts.save(draft, drafts.Draft(closed, base=base), expected=ANY)
    file.write_bytes(before)
    elsewhere = lock.Holder("elsewhere", "ben", 1, place.clock.wall())
    held = lock.acquire(place.workspace, ID, place.clock, me=elsewhere)
    assert recovery.settle(place.workspace, place.clock) == ()
    held.release()
    theirs = edited(place)
    assert recovery.settle(place.workspace, place.clock) == ()
    assert file.read_bytes() == theirs and draft.exists()
    assert [one.two_versions for one in going_on.open_meetings(place)] == [True]


def test_a_second_draft_of_one_meeting_stands_beside_the_minutes_in_the_end(place: Place) -> None:
    killed(place, begun(place, "one"))
    first = drafts.load(place.workspace.draft_file(ID)).draft
    other = first.minutes.model_copy(
        update={"note": (first.minutes.note[0].model_copy(update={"text": "else"}),)}
    )
    second = place.workspace.draft_file(f"{ID}-draft-1")
    earlier = place.clock.wall() - timedelta(seconds=1)
    drafts.save(second, drafts.Draft(other, base=first.base, alive=earlier), expected=ANY)
    assert recovery.settle(place.workspace, place.clock) == (), "its program may still run"
    clock_of(place).advance(10 * 60)
    [kept] = recovery.settle(place.workspace, place.clock)
    assert notes(kept.minutes) == ["else"] and kept.path.stem == f"{ID}-copy-1"
    [left], _ = drafts.list_drafts(place.workspace)
    assert left.loaded.path == place.workspace.draft_file(ID)


def test_a_draft_follows_a_team_folder_that_was_renamed_and_no_copy_of_it(
    place: Place, tmp_path: Path
) -> None:
    session = begun(place, "one")
    session.record(". two")
    drafted(session)
    killed(place, session)
    own = place.workspace
    shutil.copytree(own.folder, tmp_path / "copy")
    copied = Workspace(tmp_path / "copy", own.state, own.cache)
    recovery.settle(copied, place.clock)
    assert drafts.list_drafts(copied) == ([], []) and own.draft_file(ID).exists()
    own.folder.rename(tmp_path / "renamed")
    moved = Place(Workspace(tmp_path / "renamed", own.state, own.cache), place.settings, place.clock)
    recovery.settle(moved.workspace, place.clock)
    again = going_on.resume_session(moved)
    assert notes(again.meeting.minutes) == ["one", "two"]
    again.end_saving()
    assert not own.draft_file(ID).exists()
