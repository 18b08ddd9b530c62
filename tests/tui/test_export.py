"""Export from the summary: `e`, a digit, Enter."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from retrotui.interchange.json_document import read_json
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.summary import SummaryScreen
from tests.tui.driver import DESK, Room, meeting


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's documents lie."""
    folder = tmp_path / "documents"
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: folder)
    return folder


async def summary(room: Room) -> None:
    """A short meeting, ended: what was said last stands in the notes."""
    await room.say("Ana Maria, Service", ". ein Satz =1+1 <b>fett</b>")
    room.session.close()
    room.wall.show_summary()
    await room.settle()
    assert isinstance(room.screen, SummaryScreen)


async def written(room: Room) -> None:
    """Until the writing, which runs beside the screen, is done."""
    for _ in range(250):
        await room.settle()
        if not any(worker.group == "export" and worker.is_running for worker in room.app.workers):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the export does not end")


@pytest.mark.parametrize(
    ("digit", "names"),
    [
        ("1", ["{id}.md"]),
        ("2", ["{id}.html"]),
        ("3", ["{id}-experiments.csv", "{id}-factors.csv", "{id}-notes.csv"]),
    ],
)
async def test_one_key_a_digit_and_enter(
    digit: str, names: list[str], tmp_path: Path, documents: Path
) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        assert room.sees("export")
        await room.press("e", digit, "enter")
        await written(room)
        found = sorted(path.name for path in documents.iterdir())
        assert found == [name.format(id=room.minutes.id) for name in names]
        assert room.sees("Exported:")


async def test_the_document_is_what_was_held(tmp_path: Path, documents: Path) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        await room.press("e", "4", "enter")
        await written(room)
        document = read_json((documents / f"{room.minutes.id}.json").read_text(encoding="utf-8"))
        await room.saved()
        assert document == room.file()


@pytest.mark.parametrize(("keys", "named"), [(("e", "a", "1"), False), (("e", "a", "a", "1"), True)])
async def test_without_the_names_of_people_by_one_more_key(
    keys: tuple[str, ...], named: bool, tmp_path: Path, documents: Path
) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        await room.press("e")
        assert room.sees("Without the names of people")
        await room.press("escape")
        await room.press(*keys, "enter")
        await written(room)
        (page,) = documents.iterdir()
        assert ("Ana Maria" in page.read_text()) is named and "Service" in page.read_text()
        assert not room.session.meeting.minutes.discretion.people


async def test_nothing_is_overwritten_and_another_name_can_be_typed(tmp_path: Path, documents: Path) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        documents.mkdir()
        target = documents / f"{room.minutes.id}.md"
        target.write_text("mine")
        await room.press("e", "1", "enter")
        assert isinstance(room.screen, Ask) and room.sees("is there already")
        await room.press("home", "ctrl+k")
        await room.type(str(tmp_path / "other.md"))
        await room.press("enter")
        await written(room)
        assert target.read_text() == "mine" and (tmp_path / "other.md").read_text().startswith("# ")


async def test_esc_leads_back_and_writes_nothing(tmp_path: Path, documents: Path) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        for keys in (("e", "escape"), ("e", "2", "escape")):
            await room.press(*keys)
            await written(room)
            assert isinstance(room.screen, SummaryScreen)
        assert not documents.exists()


async def test_a_calendar_without_a_day_is_said(tmp_path: Path, documents: Path) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        await room.press("e", "5")
        await written(room)
        assert room.sees("has a date") and not documents.exists()


async def test_a_place_that_cannot_be_is_said(tmp_path: Path, documents: Path) -> None:
    async with meeting(tmp_path) as room:
        await summary(room)
        documents.write_text("a file in the way")
        await room.press("e", "1", "enter")
        await written(room)
        assert isinstance(room.screen, SummaryScreen) and room.sees("could not be saved")


@pytest.mark.parametrize("size", [(80, 24), DESK])
async def test_the_key_is_in_the_footer(size: tuple[int, int], tmp_path: Path) -> None:
    async with meeting(tmp_path, size=size) as room:
        await summary(room)
        assert "e export" in " ".join(room.lines()[-1].split())
