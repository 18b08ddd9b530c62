"""Draft and minutes went two ways: home offers them, a digit decides, and looking first changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.store import lock
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.dialogs.reader import Reader
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.meeting import MeetingScreen
from tests.tui.driver import home, meeting, place_in

ID = "2026-11-23-weekly-call"


async def parted(tmp_path: Path) -> Place:
    """A weekly call with "one" and "two" in its draft, whose minutes somebody has changed to "ONE" and "two"."""
    place = place_in(tmp_path)
    async with meeting(tmp_path, "weekly-call", place=place) as m:
        await m.say(". one", ". two")
        await m.press("ctrl+q", "enter")
    file = place.workspace.minutes_file(ID)
    file.write_text(file.read_text(encoding="utf-8").replace('"one"', '"ONE"'), encoding="utf-8")
    return place


def everything(place: Place) -> dict[Path, bytes]:
    """What people have written."""
    folders = (place.workspace.folder, place.workspace.state)
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


async def test_home_offers_the_two_and_looking_first_shows_what_only_one_says(tmp_path: Path) -> None:
    place = await parted(tmp_path)
    before = everything(place)
    async with home(tmp_path, place=place) as m:
        assert m.sees("since 09:00 · two versions")
        await m.press("r")
        assert m.shows(Menu)
        assert m.sees("1 Go on with the draft", "2 Keep both", f"{ID}-copy-1.toml.", "▸ 3 Look first")
        await m.press("enter")
        assert m.shows(Reader)
        page = m.text()
        only_draft, only_minutes = page.index("Only in the draft"), page.index("Only in the minutes")
        assert only_draft < page.index("one") < only_minutes < page.index("ONE")
        assert "two" not in page[: page.index("The draft ──")]
        await m.press("escape")
        assert m.shows(Menu), "the question comes back"
        await m.press("escape")
        assert m.shows(HomeScreen)
    assert everything(place) == before


@pytest.mark.parametrize(("digit", "note", "says"), [("1", "one", "beside"), ("2", "ONE", "copy-1.toml now")])
async def test_one_goes_on_and_the_other_stays(tmp_path: Path, digit: str, note: str, says: str) -> None:
    place = await parted(tmp_path)
    async with home(tmp_path, place=place) as m:
        await m.press("r", digit)
        assert m.shows(MeetingScreen) and [one.text for one in m.minutes.note] == [note, "two"]
        assert says in m.notice
        await m.say(". three")
        await m.saved()
    written = [path.read_text(encoding="utf-8") for path in place.workspace.minutes_folder.glob("*.toml")]
    assert sorted('"ONE"' in one for one in written) == [False, True]
    assert sum('"three"' in one for one in written) == 1


async def test_beginning_the_same_agenda_asks_as_well(tmp_path: Path) -> None:
    place = await parted(tmp_path)
    async with home(tmp_path, place=place, agenda="weekly-call") as m:
        number = next(row.digit for row in page_of(m.app.screen).rows if row.id == "weekly-call")
        await m.press(str(number))
        assert m.shows(Menu) and m.sees("Two versions")


def page_of(screen: object) -> HomeScreen:
    assert isinstance(screen, HomeScreen)
    return screen


async def test_a_meeting_that_somebody_holds_is_read_or_taken_over_and_then_asked_about(
    tmp_path: Path,
) -> None:
    place = await parted(tmp_path)
    elsewhere = lock.Holder("elsewhere", "ben", 4711, place.clock.wall())
    lock.acquire(place.workspace, ID, place.clock, me=elsewhere)
    file = place.workspace.minutes_file(ID)
    file.rename(file.with_name("renamed.toml"))
    async with home(tmp_path, place=place) as m:
        await m.press("r")
        assert m.sees("ben on elsewhere")
        await m.press("1")
        assert m.shows(Reader) and m.sees("ONE")
        await m.press("escape", "r", "2")
        assert m.sees("Two versions")
        await m.press("1")
        assert m.shows(MeetingScreen)


async def test_a_damaged_draft_is_named_on_home_and_left_alone(tmp_path: Path) -> None:
    place = await parted(tmp_path)
    draft = place.workspace.draft_file(ID)
    draft.write_bytes(b'schema = 1\nid = "a"\n[[deal\n')
    async with home(tmp_path, place=place) as m:
        assert m.sees(f"✗ Draft {draft.name}:3")
        await m.press("r")
        assert m.shows(MeetingScreen) and "draft is damaged" in m.notice
    assert draft.read_bytes() == b'schema = 1\nid = "a"\n[[deal\n'
