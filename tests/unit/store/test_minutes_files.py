"""The minutes in the team folder: listed, loaded, saved; damaged ones named and left alone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from retrotui.domain.minutes import AgendaRef, Minutes, Note, Share
from retrotui.errors import RetroError
from retrotui.store import minutes as store
from retrotui.store.durable import Conflict, Missing, Unreadable
from retrotui.store.toml_codec import encode
from retrotui.store.toml_reading import DamagedFile
from retrotui.store.workspace import Workspace

GOLDEN = Path(__file__).parents[2] / "golden" / "minutes.toml"
NINE = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")


def meeting(an_id: str = "2026-11-23-weekly-call", started: datetime | None = NINE) -> Minutes:
    day = started.date() if started else date(2026, 11, 23)
    return Minutes(id=an_id, date=day, started=started, agenda=AgendaRef(id="weekly-call"), title="Woche")


def put(workspace: Workspace, name: str, content: bytes) -> Path:
    workspace.minutes_folder.mkdir(parents=True, exist_ok=True)
    path = workspace.minutes_folder / f"{name}.toml"
    path.write_bytes(content)
    return path


def test_an_empty_or_missing_folder_has_no_meetings(workspace: Workspace) -> None:
    assert store.summaries(workspace) == ([], [])
    assert store.all_meetings(workspace) == ([], [])
    assert not workspace.folder.exists()


def test_what_is_saved_new_is_loaded_the_same(workspace: Workspace) -> None:
    saved = store.save_new(workspace, meeting())
    assert saved.path == workspace.minutes_folder / "2026-11-23-weekly-call.toml"
    assert store.load(saved.path) == saved
    assert store.load_id(workspace, saved.minutes.id) == saved
    with pytest.raises(Conflict):
        store.save_new(workspace, meeting())


def test_a_summary_says_what_a_list_shows(workspace: Workspace) -> None:
    path = put(workspace, "x", GOLDEN.read_bytes())
    (summary,), broken = store.summaries(workspace)
    assert broken == []
    assert (summary.id, summary.title, summary.status) == (
        "2026-11-23-monthly-reflection",
        "Monatliche Reflexion",
        "closed",
    )
    assert (summary.date, summary.path, summary.agenda) == (date(2026, 11, 23), path, "monthly-reflection")
    assert summary.share == {"report": 610, "reflect": 3460, "decide": 900, "frame": 518}
    assert summary.reflecting == pytest.approx(3460 / 5488)
    assert summary.counts == dict.fromkeys(store.COUNTED, 1)
    assert store.Summary("a", date(2026, 1, 1), "", "closed", path).reflecting is None


def test_the_newest_is_first_by_instant_then_by_id_never_by_the_files_time(workspace: Workspace) -> None:
    utc = NINE.astimezone(UTC)
    for an_id, started in (
        ("c", NINE + timedelta(minutes=1)),
        ("a", NINE),
        ("b", utc),  # the same instant, written otherwise
        ("d", None),
    ):
        put(workspace, an_id, encode(meeting(an_id, started)))
    assert [each.id for each in store.summaries(workspace)[0]] == ["c", "b", "a", "d"]
    assert [each.minutes.id for each in store.all_meetings(workspace)[0]] == ["c", "b", "a", "d"]


def test_damaged_files_are_named_with_their_line_and_left_as_they_are(workspace: Workspace) -> None:
    put(workspace, "good", encode(meeting("good")))
    contents = {
        "cut": GOLDEN.read_bytes().partition(b"trieb")[0],
        "empty": b"",
        "merged": b"schema = 1\n<<<<<<< HEAD\n",
        "no-id": b"schema = 1\ndate = 2026-11-23\n[agenda]\nid = 'a'\n",
        "no-date": b"schema = 1\nid = 'x'\n[agenda]\nid = 'a'\n",
        "status": b"schema = 1\nid = 'y'\ndate = 2026-11-23\nstatus = 'asleep'\n[agenda]\nid = 'a'\n",
        "started": b"schema = 1\nid = 'z'\ndate = 2026-11-23\nstarted = 2026-11-23\n[agenda]\nid = 'a'\n",
    }
    paths = {name: put(workspace, name, content) for name, content in contents.items()}
    for listed, broken in (store.summaries(workspace), store.all_meetings(workspace)):
        assert len(listed) == 1
        lines = {each.path.stem: each.line for each in broken}
        assert lines == {
            "cut": 5,
            "empty": 1,
            "merged": 2,
            "no-id": 1,
            "no-date": 1,
            "status": 4,
            "started": 4,
        }
        assert all(each.path.name in str(each.sentence) for each in broken)
    for name, path in paths.items():
        assert path.read_bytes() == contents[name]
        with pytest.raises(DamagedFile):
            store.load(path)


def test_links_folders_hidden_and_other_files_are_no_minutes(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "a", encode(meeting("a")))
    outside = tmp_path / "outside.toml"
    outside.write_bytes(encode(meeting("outside")))
    (workspace.minutes_folder / "link.toml").symlink_to(outside)
    (workspace.minutes_folder / "folder.toml").mkdir()
    for name in (".hidden.toml", "notes.txt", ".a.toml.0123.tmp", ".a.lock"):
        (workspace.minutes_folder / name).write_bytes(b"x")
    listed, broken = store.summaries(workspace)
    assert [each.id for each in listed] == ["a"]
    assert sorted(each.path.name for each in broken) == ["folder.toml", "link.toml"]
    with pytest.raises(Unreadable):
        store.load(workspace.minutes_folder / "link.toml")


def test_two_files_with_one_id_are_reported_and_both_listed(workspace: Workspace) -> None:
    put(workspace, "a", encode(meeting("same")))
    second = put(workspace, "b", encode(meeting("same")))
    for listed, broken in (store.summaries(workspace), store.all_meetings(workspace)):
        assert len(listed) == 2
        assert [(each.path, each.line) for each in broken] == [(second, 2)]
        assert "a.toml" in str(broken[0].sentence)
        assert "b.toml" in str(broken[0].sentence)
    with pytest.raises(RetroError, match="Two files"):
        store.load_id(workspace, "same")


def test_a_meeting_is_found_by_its_id_whatever_its_file_is_called(workspace: Workspace) -> None:
    put(workspace, "renamed", encode(meeting("wanted")))
    put(workspace, "wanted", encode(meeting("other")))
    assert store.load_id(workspace, "wanted").path.name == "renamed.toml"
    with pytest.raises(store.NoSuchMeeting):
        store.load_id(workspace, "nobody")
    with pytest.raises(RetroError):
        store.load_id(workspace, "../wanted")


def test_a_damaged_file_of_that_name_is_told_as_damaged(workspace: Workspace) -> None:
    put(workspace, "wanted", b"id = ")
    with pytest.raises(DamagedFile):
        store.load_id(workspace, "wanted")


def test_a_changed_model_is_saved_and_an_unchanged_one_leaves_the_file(workspace: Workspace) -> None:
    path = put(workspace, "x", b"# a comment of ours\n" + encode(meeting("x")))
    loaded = store.load(path)
    before = path.stat()
    assert store.save(loaded, loaded.minutes.model_copy()) is loaded
    assert path.stat().st_ino == before.st_ino
    changed = loaded.minutes.model_copy(update={"title": "Anders"})
    saved = store.save(loaded, changed)
    assert store.load(path) == saved
    assert saved.minutes == changed


def test_minutes_changed_meanwhile_are_not_overwritten(workspace: Workspace) -> None:
    path = put(workspace, "x", encode(meeting("x")))
    loaded = store.load(path)
    theirs = encode(meeting("x").model_copy(update={"title": "Ihres"}))
    path.write_bytes(theirs)
    with pytest.raises(Conflict):
        store.save(loaded, loaded.minutes.model_copy(update={"title": "Meins"}))
    assert path.read_bytes() == theirs
    path.unlink()
    with pytest.raises(Conflict):
        store.save(loaded, loaded.minutes.model_copy(update={"title": "Meins"}))
    assert not path.exists()


def test_a_newer_schema_is_listed_loaded_and_never_saved(workspace: Workspace) -> None:
    content = encode(meeting("x")).replace(b"schema = 1", b"schema = 5").replace(b"running", b"paused")
    path = put(workspace, "x", content)
    (summary,), broken = store.summaries(workspace)
    assert summary.newer
    assert broken == []
    with pytest.raises(DamagedFile, match="newer"):
        store.load(path)
    path.write_bytes(content.replace(b"paused", b"running"))
    loaded = store.load(path)
    assert loaded.read_only
    with pytest.raises(RetroError, match="newer"):
        store.save(loaded, loaded.minutes.model_copy(update={"title": "B"}))
    assert path.read_bytes() == content.replace(b"paused", b"running")


def test_an_invalid_model_is_refused_before_anything_is_replaced(workspace: Workspace) -> None:
    saved = store.save_new(workspace, meeting("x"))
    before = saved.path.read_bytes()
    wrong = saved.minutes.model_copy(update={"status": "asleep"})
    with pytest.raises(DamagedFile):
        store.save(saved, wrong)
    assert saved.path.read_bytes() == before


def test_a_second_version_is_kept_beside_under_an_id_of_its_own(workspace: Workspace) -> None:
    store.save_new(workspace, meeting("x"))
    first, second = store.save_beside(workspace, meeting("x")), store.save_beside(workspace, meeting("x"))
    assert [each.minutes.id for each in (first, second)] == ["x-copy-1", "x-copy-2"]
    listed, broken = store.summaries(workspace)
    assert {each.id for each in listed} == {"x", "x-copy-1", "x-copy-2"}
    assert broken == []


def test_ids_of_minutes_and_drafts_are_taken(workspace: Workspace) -> None:
    assert store.taken_ids(workspace) == set()
    put(workspace, "a", b"")
    workspace.drafts_folder.mkdir(parents=True)
    (workspace.drafts_folder / "b.toml").write_bytes(b"")
    assert store.taken_ids(workspace) == {"a", "b"}


def test_a_file_that_is_gone_is_missing(workspace: Workspace) -> None:
    with pytest.raises(Missing):
        store.load(workspace.minutes_folder / "x.toml")


def test_listing_loads_no_pydantic(workspace: Workspace) -> None:
    note = Note(id="n1", at=NINE, text="x")
    put(workspace, "a", encode(meeting("a").model_copy(update={"note": (note,), "share": Share(reflect=5)})))
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from retrotui.store import minutes\n"
        "from retrotui.store.workspace import Workspace\n"
        "folder = Path(sys.argv[1])\n"
        "found, broken = minutes.summaries(Workspace(folder, folder, folder))\n"
        "print([each.id for each in found], broken)\n"
        "loaded = {'pydantic', 'textual', 'tomlkit', 'babel', 'tomllib'} & set(sys.modules)\n"
        "print(sorted(loaded))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(workspace.folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["['a'] []", "[]"]
