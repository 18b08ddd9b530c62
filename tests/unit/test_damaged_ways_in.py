"""Damaged, newer, strange files at each way into a meeting: it opens or is refused in a sentence; nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.errors import RetroError
from retrotui.store import recovery
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui import going_on, opening
from retrotui.tui.overview import first_look, second_look
from retrotui.tui.place import Place
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session

WEEKLY = RunOptions(agenda="weekly-call")
ID = "2026-11-23-weekly-call"


def without(start: bytes) -> Callable[[bytes], bytes]:
    """The lines that do not begin so."""
    return lambda content: b"\n".join(line for line in content.split(b"\n") if not line.startswith(start))


def swapped(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new)


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda content: content[: len(content) // 2],
    "zeros": lambda content: b"\0" * len(content),
    "merge marks": lambda content: b"<<<<<<< HEAD\n" + content,
    "newer": swapped(b"schema = 1\n", b"schema = 99\n"),
    "another id": swapped(f'id = "{ID}"'.encode(), b'id = "../../evil"'),
    "no such step": swapped(b'step = "', b'step = "x'),
    "a status that is none": swapped(b'status = "running"', b'status = "odd"'),
    "closed": swapped(b'status = "running"', b'status = "closed"'),
    "never started": without(b"started"),
    "no time kept": without(b"spans"),
    "nothing on the wall": swapped(b"[now]", b"[later]"),
    "of the future": swapped(b"2026-11-23T", b"2031-11-23T"),
    "of long ago": swapped(b"2026-11-23T", b"1999-11-23T"),
    "steps of one id": swapped(b'id = "followup"', b'id = "checkin"'),
    "no steps": lambda content: re.sub(rb"(?s)\[\[step\]\].*?(?=\n\[(?!\[step)|\Z)", b"", content),
}
"""What may have become of minutes or a draft; `DAMAGED` of them cannot be read as what they were."""
DAMAGED = ("empty", "cut", "zeros", "merge marks", "newer", "a status that is none")

WAYS: dict[str, Callable[[Place], Session]] = {
    "resume": going_on.resume_session,
    "resume ID": lambda place: going_on.resume_session(place, ID),
    "resume from the draft": lambda place: going_on.resume_session(place, ID, from_draft=True),
    "run": lambda place: opening.new_session(place, WEEKLY),
    "reopen": lambda place: going_on.reopen_session(place, ID),
}


def files(place: Place) -> dict[Path, bytes]:
    """Minutes and drafts."""
    folders = (place.workspace.minutes_folder, place.workspace.drafts_folder)
    return {path: path.read_bytes() for folder in folders for path in folder.glob("*.toml")}


def restored(place: Place, before: dict[Path, bytes]) -> None:
    for path in files(place).keys() - before.keys():
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("which", ["minutes", "draft", "draft alone"])
def test_every_way_in_opens_or_refuses_in_a_sentence(tmp_path: Path, which: str, damage: str) -> None:
    place = Place(
        Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache"), Settings(), FakeClock()
    )
    session = opening.new_session(place, WEEKLY)
    session.record(". one")
    session.next()
    session.leave()
    minutes, draft = place.workspace.minutes_file(ID), place.workspace.draft_file(ID)
    if which == "draft alone":
        minutes.unlink()
    damaged = minutes if which == "minutes" else draft
    damaged.write_bytes(DAMAGE[damage](damaged.read_bytes()))
    before = files(place)
    for name, way in WAYS.items():
        try:
            session = way(place)
        except RetroError as refused:
            assert str(refused.what), name
            assert files(place) == before, name
            continue
        session.record(". two")
        session.next()
        session.view()
        session.close()
        session.end_saving()
        if damage in DAMAGED:
            assert damaged.read_bytes() == before[damaged], name
        restored(place, before)
    recovery.settle(place.workspace, place.clock)
    seen = second_look(place, first_look(place))
    if damage in DAMAGED and damage != "newer":
        assert damaged.read_bytes() == before[damaged]
        assert damaged in [one.path for one in (*seen.damaged, *seen.drafts)]
