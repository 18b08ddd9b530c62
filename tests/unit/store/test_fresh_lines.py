"""What is parsed before a draft replaces the one before: everything once, and afterwards what is new."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from retrotui.clock import FakeClock
from retrotui.domain.minutes import AgendaRef, DealRecord, Minutes, Note, Origin, change
from retrotui.store import drafts, toml_codec
from retrotui.store.saving import RETRY_S, Saving, State
from retrotui.store.toml_codec import Memory, check_fresh, encode
from retrotui.store.toml_reading import DamagedFile
from retrotui.store.workspace import Workspace

ID = "2026-11-23-weekly-call"
NINE = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=1)))
TEXTS = st.text(max_size=12) | st.sampled_from(['"', "[[note]]", "a\nb", "\\", "[note]", "x = 1"])


def note(number: int, text: str) -> Note:
    return Note(id=f"n{number}", at=NINE, text=text)


def meeting(*notes: Note, **more: Any) -> Minutes:
    return Minutes(id=ID, date=date(2026, 11, 23), agenda=AgendaRef(id="weekly-call"), note=notes, **more)


def parsed(fresh: list[str]) -> dict[str, Any]:
    return tomli.loads("\n".join(fresh).encode("utf-8", "replace").decode())


def test_without_a_memory_everything_is_fresh() -> None:
    deal = DealRecord(id="D1", origin=Origin(file="x.csv", record=2))
    minutes = meeting(note(1, "eins"), deal=(deal,))
    fresh: list[str] = []
    content = encode(minutes, {"draft": {"line": "halb"}}, None, fresh)
    assert parsed(fresh) == tomli.loads(content.decode())


@given(st.lists(TEXTS, max_size=5), st.lists(TEXTS, max_size=3))
def test_what_is_not_fresh_was_fresh_before(before: list[str], after: list[str]) -> None:
    first = meeting(*(note(number, text) for number, text in enumerate(before)))
    added = tuple(note(number, text) for number, text in enumerate(after, len(before)))
    then = change(first, note=(*first.note, *added), title="a title")
    memory: Memory = {}
    whole: list[str] = []
    fresh: list[str] = []
    encode(first, None, memory, whole)
    content = encode(then, None, memory, fresh)
    assert content == encode(then)
    known, new, all_of_it = parsed(whole), parsed(fresh), tomli.loads(content.decode())
    notes = known.pop("note", []) + new.pop("note", [])
    assert notes == all_of_it.pop("note", [])
    assert {**known, **new} == all_of_it


def test_a_fresh_line_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(DamagedFile):
        check_fresh(["[[note]]", 'text = "open'])


class Breaking:
    """The codec with a fault: one text comes out without its last quotation mark."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        right = toml_codec._text
        self.word = "kaputt"
        monkeypatch.setattr(
            toml_codec, "_text", lambda text: f'"{text}' if text == self.word else right(text)
        )


def test_a_block_that_was_refused_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the next save would take it for checked, and bring it to the disk."""
    workspace = Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")
    clock = FakeClock()
    saving = Saving(workspace, clock, ID)
    codec = Breaking(monkeypatch)
    good = meeting(note(1, "heil"))
    saving.save(State(good, "", 1, 1))
    broken = change(good, note=(*good.note, note(2, codec.word)))
    for serial in (2, 3, 4):
        clock.advance(RETRY_S)
        saving.save(State(broken, f"line {serial}", serial, serial))
        assert saving.saved.failing_since is not None
        assert saving.saved.revision == 1
    assert drafts.load(workspace.draft_file(ID)).draft.minutes == good
    codec.word = "mended"
    saving.save(State(broken, "", 5, 5))
    assert saving.saved.revision == 5
    assert drafts.load(workspace.draft_file(ID)).draft.minutes == broken
