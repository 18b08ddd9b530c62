"""The index deleted, corrupted, held by others: nothing worse than a slower search."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from tests.unit.store.index_samples import LATER, index_files, meeting, workspace

from retrotui.store import index_database as database
from retrotui.store import index_shelf
from retrotui.store.index import Index
from retrotui.store.workspace import Workspace

MEETINGS = 30


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A team folder with an index."""
    one = workspace(tmp_path)
    for number in range(MEETINGS):
        meeting(one, f"m{number:02}", [f"Preis {number} {word}" for word in ("Rabatt", "Zentraleinkauf")])
    with Index.open(one, LATER) as index:
        assert index.refresh().changed == MEETINGS
    return one


@pytest.fixture
def index(here: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """The index of that folder, which waits a moment for others, not a second."""
    monkeypatch.setattr(index_shelf, "WAIT_S", 0.02)
    with Index.open(here, LATER) as one:
        yield one


def works(index: Index) -> bool:
    """Everything is found, and nothing twice."""
    return len(index.search("preis", 500)) == 2 * MEETINGS and len(index.search("einkauf", 500)) == MEETINGS


def test_deleted_in_the_middle_it_is_built_anew(here: Workspace, index: Index) -> None:
    assert works(index)
    for path in here.index_folder.iterdir():
        path.unlink()
    assert works(index) and len(index_files(here)) == 1
    assert index.refresh().changed in (0, MEETINGS) and not index.in_memory


def test_the_whole_cache_deleted_in_the_middle(here: Workspace, index: Index) -> None:
    assert works(index)
    for path in here.index_folder.iterdir():
        path.unlink()
    here.index_folder.rmdir()
    here.cache.rmdir()
    assert works(index) and not index.in_memory


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_database_is_replaced(here: Workspace, index: Index, content: bytes) -> None:
    (path,) = index_files(here)
    path.write_bytes(content)
    assert works(index) and index_files(here) != [path] and not index.in_memory


def test_one_that_is_cut_off_is_replaced(here: Workspace, index: Index) -> None:
    (path,) = index_files(here)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert works(index) and not index.in_memory


@pytest.mark.parametrize("seed", range(8))
def test_pages_overwritten_while_it_is_open_are_noticed_or_not_needed(
    here: Workspace, index: Index, seed: int
) -> None:
    assert works(index)
    (path,) = index_files(here)
    random = Random(seed)
    content = bytearray(path.read_bytes())
    for page in random.sample(range(1, len(content) // 4096), 3):
        content[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    index.close()
    path.write_bytes(content)
    meeting(here, "m00", ["Preis 0 Rabatt", "Zentraleinkauf und Preis"])
    index.refresh()
    assert works(index)


def test_of_another_version_it_is_built_anew(here: Workspace, index: Index) -> None:
    (path,) = index_files(here)
    old = path.rename(path.with_name("index-0-old.sqlite"))
    assert works(index) and not old.exists() and len(index_files(here)) == 1
    (path,) = index_files(here)
    index.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    assert works(index) and index_files(here) != [path]


def test_a_link_in_its_place_is_not_followed(here: Workspace, index: Index, tmp_path: Path) -> None:
    (path,) = index_files(here)
    elsewhere = path.rename(tmp_path / "elsewhere.sqlite")
    path.symlink_to(elsewhere)
    assert works(index) and elsewhere.exists() and not path.is_symlink()


def test_a_build_that_died_is_never_believed(here: Workspace, index: Index) -> None:
    (path,) = index_files(here)
    path.unlink()
    (here.index_folder / "new-0123.sqlite").write_bytes(b"half")
    assert works(index) and len(list(here.index_folder.glob("index-*.sqlite"))) == 1


def test_while_another_writes_it_goes_on_with_a_copy(here: Workspace, index: Index) -> None:
    assert works(index)
    other = sqlite3.connect(index_files(here)[0], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    meeting(here, "new", ["Preis neu"])
    assert len(index.search("preis", 500)) == 2 * MEETINGS + 1 and index.in_memory
    other.execute("ROLLBACK")
    other.close()


def test_held_by_another_process_alone_it_is_built_in_memory(here: Workspace, index: Index) -> None:
    (path,) = index_files(here)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("UPDATE file SET fault = ''")
    assert works(index) and index.in_memory
    meeting(here, "new", ["Preis neu"])
    assert index.refresh().changed == 1 and len(index.search("preis", 500)) == 2 * MEETINGS + 1
    other.execute("ROLLBACK")
    other.close()
    assert index_files(here) == [path], "it is not ours to remove"


def test_where_no_folder_can_be_made_it_is_built_in_memory(tmp_path: Path) -> None:
    here = workspace(tmp_path)
    here.cache.write_text("a file")
    for number in range(MEETINGS):
        meeting(here, f"m{number:02}", [f"Preis {number} Rabatt", f"Preis Zentraleinkauf {number}"])
    with Index.open(here, LATER) as index:
        assert works(index) and index.in_memory
    assert here.cache.read_text() == "a file"


def test_a_disk_that_is_full_costs_the_index_not_the_search(
    here: Workspace, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert works(index)
    add = database.add

    def full(db: sqlite3.Connection, *values: object) -> None:
        if db.execute("PRAGMA database_list").fetchone()[2]:
            raise sqlite3.OperationalError("database or disk is full")
        add(db, *values)  # type: ignore[arg-type]

    monkeypatch.setattr(database, "add", full)
    meeting(here, "new", ["Preis neu"])
    assert len(index.search("preis", 500)) == 2 * MEETINGS + 1 and index.in_memory


CHILD = """
import sys
from pathlib import Path
from retrotui.store.index import Index
from retrotui.store.workspace import Workspace
here = Workspace(*map(Path, sys.argv[1:4]))
with Index.open(here) as index:
    for number in range(10):
        assert index.refresh().damaged == ()
        path = here.minutes_folder / f"{sys.argv[4]}-{number}.toml"
        half = path.with_name(f".{path.name}.tmp")
        half.write_text(f'id = "{path.stem}"\\ndate = 2026-11-25\\nparked = ["Messe {path.stem}"]\\n')
        half.replace(path)
        assert len(index.search(f'"Messe {sys.argv[4]} {number}"')) == 1, number
        assert len(index.search("zentraleinkauf", 500)) == 30
"""


def test_several_processes_at_once_each_find_everything(here: Workspace) -> None:
    for path in here.index_folder.iterdir():
        path.unlink()
    places = [str(here.folder), str(here.state), str(here.cache)]
    children = [
        subprocess.Popen([sys.executable, "-c", CHILD, *places, name], stderr=subprocess.PIPE, text=True)
        for name in ("one", "two", "three")
    ]
    said = [(child.communicate(timeout=120)[1], child.returncode) for child in children]
    assert said == [("", 0)] * 3
    with Index.open(here, LATER) as index:
        index.refresh()
        assert len(index.search("messe", 500)) == 30 and works(index)
