"""The draft beside the minutes: found on start, compared by content, never thrown away while it says more."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.minutes import AgendaRef, Minutes, Note
from retrotui.store import drafts
from retrotui.store import minutes as store
from retrotui.store.drafts import Draft, Standing
from retrotui.store.durable import ANY, Conflict, Hash
from retrotui.store.toml_codec import encode
from retrotui.store.toml_reading import DamagedFile
from retrotui.store.workspace import Workspace

ID = "2026-11-23-weekly-call"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")


def meeting(title: str = "Woche", an_id: str = ID) -> Minutes:
    return Minutes(id=an_id, date=date(2026, 11, 23), agenda=AgendaRef(id="weekly-call"), title=title)


def put(workspace: Workspace, minutes: Minutes, base: Hash | None, line: str = "") -> Path:
    path = workspace.draft_file(minutes.id)
    drafts.save(path, Draft(minutes, line, base, str(workspace.folder), "id = 'weekly-call'\n"), expected=ANY)
    return path


def standing(workspace: Workspace) -> Standing:
    (found,), broken = drafts.list_drafts(workspace)
    assert broken == []
    return found.standing


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_a_draft_is_read_back_as_it_was(line: str, agenda: str) -> None:
    draft = Draft(meeting(), line, Hash("abc"), "/team", agenda)
    assert drafts.decode_draft(drafts.encode_draft(draft)) == (draft, False)


def test_a_draft_knows_when_its_program_was_there_and_a_strange_word_for_it_is_none() -> None:
    alive = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
    content = drafts.encode_draft(Draft(meeting(), alive=alive))
    assert drafts.decode_draft(content)[0].alive == alive
    for strange in (b'"nine"', b"2026-11-23", b"2026-11-23T09:41:00", b"9"):
        changed = content.replace(b"alive = 2026-11-23T09:41:00+00:00", b"alive = " + strange)
        assert changed != content and drafts.decode_draft(changed)[0].alive is None


def test_what_a_draft_says_beyond_its_minutes_is_counted(workspace: Workspace) -> None:
    def said(*texts: str) -> Minutes:
        at = datetime(2026, 11, 23, 9, tzinfo=UTC)
        notes = tuple(Note(id=f"n{n}", at=at, text=text) for n, text in enumerate(texts, 1))
        return meeting().model_copy(update={"note": notes})

    put(workspace, said("one", "two"), None)
    (found,), _ = drafts.list_drafts(workspace)
    assert found.entries_beyond == 2
    saved = store.save_new(workspace, said("one", "TWO", "three"))
    put(workspace, said("one", "two"), saved.hash)
    (found,), _ = drafts.list_drafts(workspace)
    assert found.entries_beyond == 1


def test_the_draft_lies_in_the_users_folder_and_holds_the_minutes_and_its_own_table(
    workspace: Workspace,
) -> None:
    path = put(workspace, meeting(), Hash("abc"), "- Preis zu")
    assert path.is_relative_to(workspace.state)
    assert not workspace.folder.exists()
    assert path.read_text() == encode(meeting()).decode() + (
        f'\n[draft]\nline = "- Preis zu"\nbase = "abc"\nteam_folder = "{workspace.folder}"\n'
        "agenda = \"id = 'weekly-call'\\n\"\n"
        'deals = ""\n'
    )
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_same_document_agrees_and_asks_nothing(workspace: Workspace) -> None:
    saved = store.save_new(workspace, meeting())
    put(workspace, meeting(), saved.hash, "half")
    assert standing(workspace) is Standing.AGREE
    put(workspace, meeting(), Hash("older"))  # killed between the minutes and the draft's new base
    assert standing(workspace) is Standing.AGREE


def test_a_draft_that_goes_on_from_the_minutes_is_newer(workspace: Workspace) -> None:
    saved = store.save_new(workspace, meeting())
    put(workspace, meeting("weiter"), saved.hash)
    assert standing(workspace) is Standing.DRAFT_NEWER


def test_a_draft_before_the_first_minutes_is_newer(workspace: Workspace) -> None:
    put(workspace, meeting(), None)
    assert standing(workspace) is Standing.DRAFT_NEWER


@pytest.mark.parametrize("how", ["edited", "same time", "removed", "damaged", "somebody's first"])
def test_minutes_changed_meanwhile_are_two_versions_both_kept(workspace: Workspace, how: str) -> None:
    saved = store.save_new(workspace, meeting())
    base: Hash | None = saved.hash
    times = saved.path.stat()
    put(workspace, meeting("weiter"), base)
    match how:
        case "removed":
            saved.path.unlink()
        case "damaged":
            saved.path.write_bytes(b"schema = 1\n<<<<<<< HEAD\n")
        case "somebody's first":
            put(workspace, meeting("weiter"), None)
        case _:
            saved.path.write_bytes(encode(meeting("Woche!")))
            if how == "same time":
                os.utime(saved.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    (found,), _ = drafts.list_drafts(workspace)
    assert found.standing is Standing.MINUTES_CHANGED
    assert (found.damage is not None) == (how == "damaged")
    if found.damage:
        assert (found.damage.path, found.damage.line) == (saved.path, 2)
    theirs = saved.path.read_bytes() if saved.path.exists() else None
    copy = drafts.keep_both(workspace, found)
    assert copy.minutes.title == "weiter"
    assert copy.path.name == f"{ID}-copy-1.toml"
    assert (saved.path.read_bytes() if saved.path.exists() else None) == theirs
    assert drafts.list_drafts(workspace) == ([], [])


def test_minutes_that_somebody_renamed_are_found_by_their_id(workspace: Workspace) -> None:
    saved = store.save_new(workspace, meeting())
    put(workspace, meeting("weiter"), saved.hash)
    saved.path.rename(saved.path.with_name("renamed.toml"))
    assert standing(workspace) is Standing.DRAFT_NEWER


def test_keeping_both_keeps_the_half_typed_line(workspace: Workspace) -> None:
    put(workspace, meeting(), None, "- Preis zu")
    (found,), _ = drafts.list_drafts(workspace)
    copy = drafts.keep_both(workspace, found)
    assert copy.minutes.parked == ("- Preis zu",)


def test_a_copy_never_takes_the_place_of_another(workspace: Workspace) -> None:
    for title in ("eins", "zwei"):
        put(workspace, meeting(title), None)
        (found,), _ = drafts.list_drafts(workspace)
        drafts.keep_both(workspace, found)
    assert [each.title for each in store.summaries(workspace)[0]] == ["zwei", "eins"]


def test_damaged_drafts_are_named_and_left(workspace: Workspace) -> None:
    path = put(workspace, meeting(), None)
    good = path.read_bytes()
    for content in (b"", b"\0" * 50, good[:100], encode(meeting())):
        path.write_bytes(content)
        found, broken = drafts.list_drafts(workspace)
        assert found == []
        assert [each.path for each in broken] == [path]
        assert path.read_bytes() == content
    with pytest.raises(DamagedFile):
        drafts.load(path)


def test_drafts_of_another_team_folder_are_not_found(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, meeting(), None)
    other = Workspace(tmp_path / "other", workspace.state, workspace.cache)
    assert drafts.list_drafts(other) == ([], [])
    assert drafts.list_drafts(Workspace(tmp_path, tmp_path / "none", tmp_path)) == ([], [])


def test_a_half_written_file_is_no_draft(workspace: Workspace) -> None:
    path = put(workspace, meeting(), None)
    path.with_name(f".{ID}.toml.abc.tmp").write_bytes(b"half")
    path.with_name(f".{ID}.toml").write_bytes(b"half")
    assert standing(workspace) is Standing.DRAFT_NEWER


def test_a_draft_of_a_newer_program_is_read_only(workspace: Workspace) -> None:
    path = put(workspace, meeting(), None)
    path.write_bytes(path.read_bytes().replace(b"schema = 1", b"schema = 2"))
    assert drafts.load(path).read_only


def test_discarding_takes_only_the_draft_that_was_seen(workspace: Workspace) -> None:
    path = put(workspace, meeting(), None)
    loaded = drafts.load(path)
    put(workspace, meeting("weiter"), None)
    with pytest.raises(Conflict):
        drafts.discard(loaded)
    drafts.discard(drafts.load(path))
    assert not path.exists()


def test_the_newest_meeting_is_first(workspace: Workspace) -> None:
    for an_id in ("a", "c", "b"):
        put(workspace, meeting(an_id=an_id), None)
    assert [each.draft.minutes.id for each in drafts.list_drafts(workspace)[0]] == ["c", "b", "a"]
