"""An index that was kept up holds what one that is built anew holds, whatever was done to the files."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.clock import FakeClock
from retrotui.domain.minutes import Action, AgendaRef, FactorUse, Minutes, Note, Verdict
from retrotui.store import index_database as database
from retrotui.store import index_reading as reading
from retrotui.store.index import Index, discard
from retrotui.store.index_database import ROW_BITS
from retrotui.store.toml_codec import encode
from retrotui.store.workspace import Workspace

WORDS = ("Preis zu spät", "Einkauf am Tisch", "Pilot im Schwesterwerk", "Service am Telefon")
Change = tuple[Literal["write", "delete", "break", "touch", "rename"], int, tuple[int, ...]]

changes: st.SearchStrategy[list[Change]] = st.lists(
    st.tuples(
        st.sampled_from(["write", "write", "delete", "break", "touch", "rename"]),
        st.integers(1, 3),
        st.lists(st.integers(0, len(WORDS) - 1), max_size=4).map(tuple),
    ),
    min_size=2,
    max_size=8,
)


def clock() -> FakeClock:
    """Far enough ahead for every file to count as settled."""
    ahead = FakeClock()
    ahead.set_wall(ahead.wall().replace(year=2100))
    return ahead


def write(here: Workspace, number: int, said: tuple[int, ...]) -> None:
    """Minutes with these sentences as notes, and the same number of factors, actions and verdicts."""
    at = datetime(2026, number, 9, 9, tzinfo=UTC)
    values: dict[str, Any] = {
        "note": tuple(Note(id=f"n{one}", at=at, text=WORDS[word]) for one, word in enumerate(said)),
        "factor": tuple(
            FactorUse(id=f"f{one}", at=at, factor="price", deal=f"D{word}") for one, word in enumerate(said)
        ),
        "action": tuple(
            Action(id=f"m{number}-a{one}", at=at, text=WORDS[word]) for one, word in enumerate(said)
        ),
        "verdict": tuple(Verdict(item=f"m1-a{word}", kind="action", decision="done") for word in said),
    }
    minutes = Minutes(
        id=f"m{number}",
        date=date(2026, number, 9),
        started=at,
        status="closed",
        agenda=AgendaRef(id="m"),
        **values,
    )
    here.minutes_folder.mkdir(parents=True, exist_ok=True)
    (here.minutes_folder / f"m{number}.toml").write_bytes(encode(minutes))


def do(here: Workspace, change: Change) -> None:
    what, number, said = change
    path = here.minutes_folder / f"m{number}.toml"
    if what == "write":
        write(here, number, said)
    elif path.exists() and what == "delete":
        path.unlink()
    elif path.exists() and what == "break":
        path.write_text(path.read_text(encoding="utf-8") + "[[[", encoding="utf-8")
    elif path.exists() and what == "touch":
        path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    elif path.exists():
        path.rename(path.with_name(f"of-{number}.toml"))


def held(db: sqlite3.Connection) -> dict[str, Any]:
    """What the tables hold, with names in the place of keys: a file that was renamed may have another key."""
    names = dict(db.execute("SELECT key, name FROM file"))

    def of(an_id: int) -> tuple[str, int]:
        return names[an_id >> ROW_BITS], an_id & ((1 << ROW_BITS) - 1)

    entries = db.execute("SELECT rowid, words, kind, step, deal, text FROM entry")
    return {
        "file": sorted(db.execute("SELECT name, meeting, date, fault FROM file")),
        "entry": sorted((*of(row[0]), *row[1:]) for row in entries),
        "mention": sorted((*of(row[0]), *row[1:]) for row in db.execute("SELECT * FROM mention")),
        "loop": sorted((names[row[0]], *row[1:]) for row in db.execute("SELECT * FROM loop")),
        "card": sorted((names[row[0]], *row[1:]) for row in db.execute("SELECT * FROM card")),
        "term": {term for (term,) in db.execute("SELECT term FROM term")},
    }


@settings(max_examples=60, deadline=None)
@given(changes)
def test_a_kept_up_index_is_a_new_one(tmp_path_factory: pytest.TempPathFactory, done: list[Change]) -> None:
    place = tmp_path_factory.mktemp("kept")
    here = Workspace(place / "team", place / "state", place / "cache")
    here.minutes_folder.mkdir(parents=True)
    with Index.open(here, clock()) as index:
        for change in done:
            do(here, change)
            index.refresh()
        kept = index.ask(held)
    discard(here)
    with Index.open(here, clock()) as index:
        new = index.ask(held)
    assert new.pop("term") <= kept.pop("term"), "words that no longer occur may stay: they find nothing"
    assert kept == new


def test_a_corrected_word_rewrites_its_row_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")
    write(here, 1, (0, 1, 2))
    written: list[str] = []
    replace = database.replace_entries

    def watched(db: sqlite3.Connection, gone: Any, entries: Any) -> None:
        rows = list(entries)
        written.extend(row[5] for row in rows)
        replace(db, gone, rows)

    monkeypatch.setattr(database, "replace_entries", watched)
    with Index.open(here, clock()) as index:
        index.refresh()
        path = here.minutes_folder / "m1.toml"
        text = path.read_text(encoding="utf-8")
        note = text.index("[[note]]")
        text = text[:note] + text[note:].replace("Einkauf", "Verkauf", 1)
        path.write_text(text, encoding="utf-8")
        assert index.refresh().changed == 1
        assert [hit.text for hit in index.search("verkauf")] == written != []
        assert all("Verkauf" in one for one in written)


def test_a_look_at_a_folder_that_did_not_change_reads_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")
    for number in (1, 2, 3):
        write(here, number, (0,))
    with Index.open(here, clock()) as index:
        index.refresh()
        monkeypatch.setattr(reading, "update", lambda *_: pytest.fail("it was brought up to date"))
        assert index.refresh().changed == 0
