"""The index over a team folder: what is found, and that it follows the files."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.store.index_samples import LATER, index_files, meeting, workspace

from retrotui.clock import FakeClock
from retrotui.errors import RetroError
from retrotui.store import durable
from retrotui.store import minutes as store
from retrotui.store.index import Index, discard
from retrotui.store.workspace import Workspace


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def found(index: Index, query: str) -> list[tuple[str, str]]:
    return [(hit.meeting, hit.text) for hit in index.search(query)]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read."""
    names: list[str] = []
    read = durable.read

    def watched(path: Path) -> object:
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(durable, "read", watched)
    return names


# -- what is found ---------------------------------------------------------------------------------------


def test_a_hit_says_when_where_and_about_what(here: Workspace) -> None:
    more = """
[[step]]
id = "deal-lost"
title = "Lupe: verloren"
[[deal]]
id = "D1"
account = "Müller GmbH"
title = "Telematik"
[[factor]]
id = "f1"
step = "deal-lost"
deal = "D1"
factor = "price"
text = "Preis erst spät genannt"
"""
    path = meeting(here, "2026-11-23-x", more=more)
    with Index.open(here, LATER) as index:
        (hit,) = index.search("preis")
    assert (hit.meeting, hit.date.isoformat(), hit.kind) == ("2026-11-23-x", "2026-11-23", "factor")
    assert (hit.step, hit.deal, hit.place) == ("Lupe: verloren", "Müller GmbH", "Müller GmbH")
    assert hit.text == "Preis erst spät genannt · #price" and hit.marks == ((0, 5),) and hit.path == path


def test_minutes_of_a_running_meeting_are_searched_too(here: Workspace) -> None:
    meeting(here, "a", ["Preis"], head='status = "running"')
    with Index.open(here, LATER) as index:
        assert found(index, "preis") == [("a", "Preis")]


def test_of_hits_that_answer_equally_well_the_newest_comes_first(here: Workspace) -> None:
    meeting(here, "z", ["Preis"], day="2025-01-07")
    meeting(here, "a", ["Preis"], day="2026-01-07")
    meeting(here, "m", ["Preis"], day="2026-01-06")
    with Index.open(here, LATER) as index:
        assert [hit.meeting for hit in index.search("preis")] == ["a", "m", "z"]
        assert [hit.meeting for hit in index.search("preis", 2)] == ["a", "m"]
        assert index.search("preis", 0) == []


def test_the_whole_word_comes_before_its_beginning_and_its_inside(here: Workspace) -> None:
    meeting(here, "a", ["Zentraleinkauf", "Einkaufsleiter", "Einkauf"], day="2026-01-07")
    meeting(here, "b", ["Einkauf"], day="2025-01-07")
    with Index.open(here, LATER) as index:
        texts = [hit.text for hit in index.search("einkauf")]
    assert texts == ["Einkauf", "Einkauf", "Einkaufsleiter", "Zentraleinkauf"]


def test_only_the_newest_hits_are_compared(here: Workspace) -> None:
    meeting(here, "new", [f"Zentraleinkauf {n}" for n in range(500)], day="2026-01-07")
    meeting(here, "old", ["Einkauf"], day="2025-01-07")
    with Index.open(here, LATER) as index:
        assert {hit.meeting for hit in index.search("einkauf", 500)} == {"new"}


def test_a_part_that_stands_in_hundreds_of_words_is_found_in_each(here: Workspace) -> None:
    meeting(here, "a", [f"x{n:03}ung nummer{n}" for n in range(450)] + ["Zusage"])
    with Index.open(here, LATER) as index:
        assert len(index.search("ung", 500)) == 450
        assert next(hit.text for hit in index.search("ung nummer7*", 500)) == "x007ung nummer7"
        assert len(index.search('ung "nummer7"', 500)) == 1


# -- following the files ---------------------------------------------------------------------------------


def test_only_changed_files_are_read_again(here: Workspace, reads: list[str]) -> None:
    for name in ("a", "b", "c"):
        meeting(here, name, ["Preis"])
    with Index.open(here, LATER) as index:
        assert index.refresh().changed == 3
        assert sorted(reads) == ["a.toml", "b.toml", "c.toml"]
        reads.clear()
        assert index.refresh().changed == 0 and reads == []
        meeting(here, "b", ["Rabatt"])
        assert index.refresh().changed == 1 and reads == ["b.toml"]
        assert found(index, "rabatt") == [("b", "Rabatt")]
        assert [hit.meeting for hit in index.search("preis")] == ["c", "a"]


def test_the_next_process_reads_nothing_again(here: Workspace, reads: list[str]) -> None:
    meeting(here, "a", ["Preis"])
    with Index.open(here, LATER) as index:
        index.refresh()
    reads.clear()
    with Index.open(here, LATER) as index:
        assert found(index, "preis") == [("a", "Preis")]
        assert index.refresh().changed == 0 and reads == []


def test_an_edit_with_the_same_size_and_time_is_seen(here: Workspace) -> None:
    path = meeting(here, "a", ["Preis"])
    with Index.open(here, LATER) as index:
        index.refresh()
        before = path.stat()
        path.write_text(path.read_text().replace("Preis", "Kreis"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
        assert index.refresh().changed == 1
        assert found(index, "kreis") == [("a", "Kreis")] and found(index, "preis") == []


def test_a_file_that_changed_just_now_is_read_again_until_its_time_has_passed(
    here: Workspace, reads: list[str]
) -> None:
    """Within a tick of the file system's clock a second edit would look like the first."""
    meeting(here, "a", ["Preis"])
    clock = FakeClock()
    clock.set_wall(LATER.wall().replace(year=2000))
    with Index.open(here, clock) as index:
        index.refresh()
        reads.clear()
        assert index.refresh().changed == 0 and reads == ["a.toml"]
        clock.set_wall(LATER.wall())
        index.refresh()
        reads.clear()
        assert index.refresh().changed == 0 and reads == []


def test_a_file_whose_time_alone_changed_is_not_taken_for_a_change(here: Workspace) -> None:
    path = meeting(here, "a", ["Preis"])
    with Index.open(here, LATER) as index:
        index.refresh()
        os.utime(path, (1, 1))
        assert index.refresh().changed == 0
        assert found(index, "preis") == [("a", "Preis")]


def test_added_renamed_and_removed_files_are_seen_by_the_search_itself(here: Workspace) -> None:
    first = meeting(here, "a", ["Preis"])
    with Index.open(here, LATER) as index:
        assert found(index, "preis") == [("a", "Preis")]
        meeting(here, "b", ["Preis"], day="2026-11-24")
        assert [hit.meeting for hit in index.search("preis")] == ["b", "a"]
        moved = first.rename(first.with_name("moved.toml"))
        assert {hit.path.name for hit in index.search("preis")} == {"b.toml", "moved.toml"}
        moved.unlink()
        assert [hit.meeting for hit in index.search("preis")] == ["b"]


def test_a_hit_is_shown_only_as_its_file_says_it_now(here: Workspace) -> None:
    path = meeting(here, "a", ["Preis zu spät"])
    with Index.open(here, LATER) as index:
        assert found(index, "spät") == [("a", "Preis zu spät")]
        with path.open("r+", encoding="utf-8") as file:  # the folder's time stays as it was
            file.write(path.read_text(encoding="utf-8").replace("zu spät", "zu  früh"))
        assert found(index, "spät") == [] and found(index, "früh") == [("a", "Preis zu früh")]


def test_a_folder_that_is_not_there_holds_nothing_and_is_not_made(here: Workspace) -> None:
    with Index.open(here, LATER) as index:
        assert index.refresh() == (index.refresh()) and index.refresh().changed == 0
        assert index.search("preis") == []
        assert not here.folder.exists()
        meeting(here, "a", ["Preis"])
        assert found(index, "preis") == [("a", "Preis")]


def test_a_folder_that_cannot_be_read_is_a_sentence(here: Workspace) -> None:
    here.folder.mkdir()
    here.minutes_folder.write_text("")
    with Index.open(here, LATER) as index, pytest.raises(RetroError):
        index.refresh()


# -- what cannot be read ---------------------------------------------------------------------------------


def test_damaged_newer_and_double_files_are_named_and_the_rest_works(
    here: Workspace, reads: list[str]
) -> None:
    meeting(here, "a", ["Preis"])
    (here.minutes_folder / "b.toml").write_text('id = "b"\ndate = 2026-11-23\ntitle = "x\n')
    meeting(here, "c", ["Preis im Neuen"], head="schema = 99")
    (here.minutes_folder / "d.toml").write_bytes((here.minutes_folder / "a.toml").read_bytes())
    (here.minutes_folder / "e.toml").symlink_to(here.minutes_folder / "a.toml")
    with Index.open(here, LATER) as index:
        named = index.refresh().damaged
        assert [each.path.name for each in named] == ["b.toml", "c.toml", "d.toml", "e.toml"]
        assert named[0].line == 3 and "newer" in str(named[1].sentence)
        assert {hit.path.name for hit in index.search("preis")} == {"a.toml", "c.toml", "d.toml"}
        listed = {each.path.name: each for each in store.summaries(here)[1]}
        assert named[0] == listed["b.toml"] and named[2].sentence == listed["d.toml"].sentence
        reads.clear()
        assert index.refresh().damaged == named
        assert reads == ["e.toml"], "what the system refused is tried again, what is damaged is known"


def test_a_mended_file_is_found(here: Workspace) -> None:
    path = meeting(here, "a", ["Preis"])
    good = path.read_bytes()
    path.write_bytes(good + b"\0")
    with Index.open(here, LATER) as index:
        assert len(index.refresh().damaged) == 1 and index.search("preis") == []
        path.write_bytes(good)
        assert index.refresh().damaged == () and found(index, "preis") == [("a", "Preis")]


# -- where it lies ---------------------------------------------------------------------------------------


def test_it_lies_in_the_cache_for_the_user_alone_and_never_in_the_team_folder(here: Workspace) -> None:
    meeting(here, "a", ["Preis"])
    before = {path: path.stat().st_mtime_ns for path in here.folder.rglob("*")}
    with Index.open(here, LATER) as index:
        index.refresh()
        meeting(here, "a", ["Rabatt"])
        before |= {here.minutes_folder / "a.toml": (here.minutes_folder / "a.toml").stat().st_mtime_ns}
        index.refresh()
        assert stat.S_IMODE(here.index_folder.stat().st_mode) == 0o700
        files = list(here.index_folder.iterdir())
        assert files and {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {path: path.stat().st_mtime_ns for path in here.folder.rglob("*")} == before


def test_discard_leaves_nothing_of_it(here: Workspace) -> None:
    meeting(here, "a", ["Preis"])
    with Index.open(here, LATER) as index:
        index.refresh()
        discard(here)
        assert list(here.index_folder.iterdir()) == []
        assert found(index, "preis") == [("a", "Preis")]
        assert len(index_files(here)) == 1


def test_searching_loads_no_model(here: Workspace) -> None:
    meeting(here, "a", ["Preis"])
    code = (
        "import sys\nfrom pathlib import Path\nfrom retrotui.store.index import Index\n"
        "from retrotui.store.workspace import Workspace\n"
        f"here = Workspace(*map(Path, {[str(here.folder), str(here.state), str(here.cache)]}))\n"
        "assert len(Index.open(here).search('preis')) == 1\nassert 'pydantic' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
