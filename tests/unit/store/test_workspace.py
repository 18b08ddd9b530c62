"""Where the team folder is, what lies where in it, and that nothing is made before the first save."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.errors import RetroError
from retrotui.store.workspace import (
    Workspace,
    check_writable,
    checked_name,
    find_workspace,
    named_path,
    new_meeting_id,
)


def found(
    tmp_path: Path, directory: str | None = None, start: Path | None = None, **environment: str
) -> Workspace:
    home = {"RETROTUI_STATE_DIR": str(tmp_path / "state"), "RETROTUI_CACHE_DIR": str(tmp_path / "cache")}
    return find_workspace(
        directory,
        environment={**home, **environment},
        start=start or tmp_path,
        documents=lambda: tmp_path / "Documents",
    )


def test_a_folder_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for impossible in ("a" * 300, "a\0b"):
        with pytest.raises(RetroError) as refused:
            found(tmp_path, impossible)
        assert "cannot be a folder" in refused.value.what.id


def test_a_home_that_nobody_has_is_a_folder_of_that_name(tmp_path: Path) -> None:
    assert found(tmp_path, "~nobody-is-called-so/x").folder == tmp_path / "~nobody-is-called-so" / "x"
    assert named_path("~/x") == Path.home() / "x"


def test_the_order_is_option_then_variable_then_marked_folder_above_then_documents(tmp_path: Path) -> None:
    marked = tmp_path / "team"
    deep = marked / "a" / "b"
    deep.mkdir(parents=True)
    assert found(tmp_path, start=deep).folder == tmp_path / "Documents" / "retrotui"
    (marked / "retrotui.toml").write_text("")
    assert found(tmp_path, start=deep).folder == marked
    (marked / "a" / "retrotui.toml").write_text("")
    assert found(tmp_path, start=deep).folder == marked / "a"
    assert found(tmp_path, start=deep, RETROTUI_DIR=str(tmp_path / "v")).folder == tmp_path / "v"
    assert found(tmp_path, "o", start=deep, RETROTUI_DIR=str(tmp_path / "v")).folder == deep / "o"
    assert found(tmp_path, str(tmp_path / "o"), start=deep).folder == tmp_path / "o"


def test_looking_makes_nothing(tmp_path: Path) -> None:
    workspace = found(tmp_path)
    check_writable(workspace)
    assert not workspace.exists
    assert list(tmp_path.iterdir()) == []


def test_a_folder_named_retrotui_toml_marks_nothing(tmp_path: Path) -> None:
    (tmp_path / "retrotui.toml").mkdir()
    assert found(tmp_path).folder == tmp_path / "Documents" / "retrotui"


def test_a_file_is_no_team_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(RetroError, match="not a folder") as caught:
        found(tmp_path, "x")
    assert "--dir" in str(caught.value.hint)


def test_the_users_own_folders_follow_the_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "s"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    workspace = find_workspace(tmp_path, environment={}, start=tmp_path)
    assert workspace.state == tmp_path / "s" / "retrotui"
    assert workspace.cache == tmp_path / "c" / "retrotui"
    monkeypatch.setenv("RETROTUI_STATE_DIR", str(tmp_path / "elsewhere"))
    assert find_workspace(tmp_path).state == tmp_path / "elsewhere"


def test_drafts_of_different_team_folders_lie_apart_and_links_to_one_lie_together(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "a")
    one, same, other = (found(tmp_path, name) for name in ("a", "b", "c"))
    assert one.key == same.key != other.key
    assert one.drafts_folder.is_relative_to(tmp_path / "state")
    assert not one.drafts_folder.is_relative_to(one.folder)


def test_paths_in_the_team_folder(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path, tmp_path / "state", tmp_path / "cache")
    assert workspace.minutes_file("2026-11-23-x") == tmp_path / "minutes" / "2026-11-23-x.toml"
    assert workspace.lock_file("2026-11-23-x") == tmp_path / "minutes" / ".2026-11-23-x.lock"
    assert workspace.settings_file == tmp_path / "retrotui.toml"
    assert workspace.agendas_folder == tmp_path / "agendas"


@pytest.mark.parametrize(
    "bad", ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a\x00", "a\nb", "x" * 201, "a:b"]
)
def test_an_id_that_leaves_the_folder_is_no_file_name(tmp_path: Path, bad: str) -> None:
    workspace = Workspace(tmp_path, tmp_path / "state", tmp_path / "cache")
    for path in (workspace.minutes_file, workspace.draft_file, workspace.lock_file):
        with pytest.raises(RetroError, match="cannot be the id"):
            path(bad)


@given(st.text(max_size=40))
def test_no_id_leaves_the_folder(name: str) -> None:
    try:
        checked = checked_name(name)
    except RetroError:
        return
    path = Path("/team/minutes") / f"{checked}.toml"
    assert os.path.normpath(path) == str(path)
    assert path.parent == Path("/team/minutes")


def test_a_meeting_is_called_by_date_and_agenda_and_counted_on_the_same_day() -> None:
    day = date(2026, 11, 23)
    taken: set[str] = set()
    for wanted in ("2026-11-23-weekly-call", "2026-11-23-weekly-call-2", "2026-11-23-weekly-call-3"):
        assert new_meeting_id(day, "weekly-call", taken) == wanted
        taken.add(wanted)
    assert new_meeting_id(day, "../Über & Größe", taken) == "2026-11-23-ueber-groesse"
    assert new_meeting_id(day, "会议", taken) == "2026-11-23-meeting"


@given(st.text(max_size=300))
def test_whatever_the_agenda_is_called_the_id_is_a_file_name(agenda: str) -> None:
    name = new_meeting_id(date(2026, 11, 23), agenda, ())
    assert checked_name(name) == name
    assert name.isascii()


def test_a_folder_of_ours_that_is_a_link_is_refused_before_the_meeting(tmp_path: Path) -> None:
    workspace = found(tmp_path, "team")
    workspace.folder.mkdir()
    workspace.minutes_folder.symlink_to(tmp_path)
    with pytest.raises(RetroError) as caught:
        check_writable(workspace)
    assert "Links are not followed" in str(caught.value.hint)
    assert caught.value.file == workspace.minutes_folder


@pytest.mark.parametrize("blocked", ["team", "state"])
def test_where_nothing_can_be_written_it_says_so_before_the_meeting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blocked: str
) -> None:
    workspace = found(tmp_path, "team")
    workspace.folder.mkdir()
    workspace.state.mkdir()
    check_writable(workspace)
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: blocked != Path(path).name and real(path, mode))
    with pytest.raises(RetroError, match=f"Nothing can be saved in .*{blocked}") as caught:
        check_writable(workspace)
    assert caught.value.hint is not None
