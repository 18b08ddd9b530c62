"""The demo's folder: made whole, kept, made anew, and nothing else is ever taken away."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import tomli

from retrotui.clock import FakeClock
from retrotui.demo import folder
from retrotui.errors import RetroError
from retrotui.interchange import crm
from retrotui.store import agendas, durable, lock, settings
from retrotui.store import minutes as store
from retrotui.store.workspace import Workspace
from tests.unit.demo.demo_samples import TODAY, ZONE, year

CLOCK = FakeClock(datetime(TODAY.year, TODAY.month, TODAY.day, 8, 0, tzinfo=ZONE), ZONE)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "demo", tmp_path / "state", tmp_path / "cache")


def prepare(workspace: Workspace, *, fresh: bool = False, language: str = "de") -> bool:
    made, _ = folder.prepare(workspace, language, CLOCK, fresh=fresh, zone=ZONE)
    return made


def contents(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_folder_is_a_team_folder_without_a_fault(workspace: Workspace, language: str) -> None:
    assert prepare(workspace, language=language)
    told = year(language)
    loaded, damaged = store.all_meetings(workspace)
    assert damaged == []
    assert {one.minutes.id: one.minutes for one in loaded} == {one.id: one for one in told.meetings}
    team = settings.load(workspace)
    assert team.remarks == ()
    assert team.settings.team == told.meetings[0].team and team.settings.language == language
    assert {person.id for person in team.settings.person} == {one.id for one in told.people.values()}
    assert [factor.id for factor in team.settings.factor] == ["it_security"]
    good, broken = agendas.all_agendas(workspace.folder)
    assert broken == []
    assert [(one.agenda.id, one.findings) for one in good if not one.bundled] == [("offer-review", ())]
    assert crm.read(workspace.folder / told.pipeline.file).imported == 200


def test_only_its_owner_may_read_it(workspace: Workspace) -> None:
    prepare(workspace)
    for path in (workspace.folder, *workspace.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_an_existing_demo_is_kept(workspace: Workspace) -> None:
    prepare(workspace)
    (workspace.folder / "mine.txt").write_text("mine")
    before = contents(workspace.folder)
    assert not prepare(workspace)
    assert contents(workspace.folder) == before


def test_a_kept_demo_still_knows_its_deals(workspace: Workspace) -> None:
    prepare(workspace)
    assert folder.prepare(workspace, "de", CLOCK) == (False, "verkaufschancen.csv")


def test_fresh_makes_it_anew(workspace: Workspace) -> None:
    prepare(workspace)
    first = contents(workspace.folder)
    (workspace.minutes_folder / "extra.toml").write_text("mine")
    workspace.settings_file.write_text("changed")
    assert prepare(workspace, fresh=True)
    assert contents(workspace.folder) == first


def test_drafts_of_the_old_demo_do_not_come_back_in_the_new_one(workspace: Workspace) -> None:
    prepare(workspace)
    workspace.drafts_folder.mkdir(parents=True)
    draft = workspace.drafts_folder / "old.toml"
    draft.write_text("old")
    other = workspace.state / "drafts" / "other" / "theirs.toml"
    other.parent.mkdir()
    other.write_text("theirs")
    prepare(workspace, fresh=True)
    assert not draft.exists() and other.exists()


def test_a_demo_that_was_cut_off_is_made_anew(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store, "save_new", cut)
        with pytest.raises(RetroError):
            prepare(workspace)
    assert (workspace.folder / folder.MARK).exists()
    assert prepare(workspace)
    assert len(store.minutes_files(workspace)) == len(year().meetings)


def _strange_folder(workspace: Workspace) -> None:
    workspace.folder.mkdir()
    (workspace.folder / "letter.txt").write_text("mine")


def _broken_mark(workspace: Workspace) -> None:
    _strange_folder(workspace)
    (workspace.folder / folder.MARK).write_text("[[[")


def _team_folder(workspace: Workspace) -> None:
    workspace.minutes_folder.mkdir(parents=True)
    workspace.settings_file.write_text('team = "Real"\n')


@pytest.mark.parametrize("make", [_strange_folder, _broken_mark, _team_folder])
@pytest.mark.parametrize("fresh", [False, True])
def test_a_folder_that_is_no_demo_is_refused_and_left_alone(
    workspace: Workspace, make: Callable[[Workspace], None], fresh: bool
) -> None:
    make(workspace)
    before = contents(workspace.folder)
    with pytest.raises(RetroError) as refused:
        prepare(workspace, fresh=fresh)
    assert refused.value.hint is not None
    assert contents(workspace.folder) == before


def test_a_copy_of_a_demo_is_somebodys_work_and_is_not_deleted(workspace: Workspace, tmp_path: Path) -> None:
    prepare(workspace)
    copy = Workspace(tmp_path / "ours", workspace.state, workspace.cache)
    workspace.folder.rename(copy.folder)
    before = contents(copy.folder)
    with pytest.raises(RetroError):
        prepare(copy, fresh=True)
    assert contents(copy.folder) == before


def test_a_running_meeting_keeps_the_demo(workspace: Workspace) -> None:
    prepare(workspace)
    mine = lock.this_process(CLOCK)
    other = lock.Holder("elsewhere", mine.user, mine.pid, mine.since)
    held = lock.acquire(workspace, "2026-11-23-weekly-call", CLOCK, me=other)
    with pytest.raises(RetroError):
        prepare(workspace, fresh=True)
    assert workspace.settings_file.exists()
    held.release()
    assert prepare(workspace, fresh=True)


def test_a_link_in_the_demo_is_not_followed_when_it_is_deleted(workspace: Workspace, tmp_path: Path) -> None:
    prepare(workspace)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "letter.txt").write_text("mine")
    (workspace.folder / "link").symlink_to(outside)
    prepare(workspace, fresh=True)
    assert (outside / "letter.txt").read_text() == "mine"


def test_an_empty_folder_is_taken(workspace: Workspace) -> None:
    workspace.folder.mkdir()
    assert prepare(workspace)


def test_a_folder_that_cannot_be_written_is_refused_in_words(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_values: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(durable, "make_folder", refuse)
    with pytest.raises(RetroError):
        prepare(workspace)


def test_the_mark_says_when_and_for_which_folder_the_demo_was_made(workspace: Workspace) -> None:
    prepare(workspace)
    mark = tomli.loads((workspace.folder / folder.MARK).read_text())
    assert mark["folder"] == str(workspace.folder) and mark["made"] == date(2026, 11, 23)
    assert mark["finished"] is True


def test_it_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert folder.default_folder("de") == tmp_path / "retrotui" / "demo-de"
    assert folder.default_folder("en") == tmp_path / "retrotui" / "demo-en"
