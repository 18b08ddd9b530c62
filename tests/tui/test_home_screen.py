"""Home: what comes next, first (meeting.md, "Home")."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.store.index import discard
from retrotui.store.review import Stopped
from retrotui.tui.overview import first_look, second_look
from retrotui.tui.screens.agendas import AgendasScreen
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.screens.minutes import MinutesScreen
from tests.tui.driver import Room, home, meeting, place_in
from tests.tui.stage import BROKEN_AGENDA, PEOPLE, past


def page(m: Room) -> HomeScreen:
    found = m.app.screen_stack[0]
    assert isinstance(found, HomeScreen)
    return found


async def test_an_empty_folder_explains_itself_in_five_lines_and_makes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for language in ("de", "en"):
        place = place_in(Path("sales"), language=language)
        async with home(tmp_path, place=place) as m:
            lines = m.lines()
            welcome = next(
                number for number, line in enumerate(lines) if "Willkommen" in line or "Welcome" in line
            )
            demo = next(number for number, line in enumerate(lines) if "Demo" in line or "demo:" in line)
            assert demo - welcome - 1 <= 5
            assert m.sees("sales/team")
        assert not place.workspace.folder.exists() and not place.workspace.state.exists()


async def test_who_leaves_does_not_wait_for_the_index(tmp_path: Path) -> None:
    """Ten thousand minutes take a minute to be read for the first time."""
    async with home(tmp_path, past=past()) as m:
        screen, place = page(m), m.place
        screen._told(0, 10_000)
    with pytest.raises(Stopped):
        screen._told(0, 10_000)
    discard(place.workspace)
    with pytest.raises(Stopped):
        second_look(place, first_look(place), screen._told)
    assert not [*place.workspace.index_folder.glob("*.sqlite")]
    assert second_look(place, first_look(place)).minutes


async def test_every_agenda_has_a_digit_its_length_and_its_last_use(tmp_path: Path) -> None:
    async with home(tmp_path, past=past()) as m:
        assert m.sees("1 Monthly reflection", "90 min · last on 26 Oct 2026", "Weekly call", "30 min")
        await m.press("1")
        assert m.shows(MeetingScreen) and m.minutes.agenda.id == "monthly-reflection" and m.meeting.begun


async def test_arrows_and_enter_choose(tmp_path: Path) -> None:
    async with home(tmp_path, past=past()) as m:
        await m.press("down", "j", "up", "enter")
        assert m.minutes.agenda.id == [one.agenda.id for one in page(m).overview.agendas][1]


async def test_what_is_due_stands_there_overdue_first(tmp_path: Path) -> None:
    async with home(tmp_path, past=past(), person=PEOPLE) as m:
        text = m.text()
        assert text.index("Call purchasing at Nord AG") < text.index("Name the price range early")
        assert m.sees("Ben Kurz · 21 days late", "Anna Berg · 3 days late")


async def test_the_last_minutes_are_read_and_reopened(tmp_path: Path) -> None:
    async with home(tmp_path, past=past()) as m:
        assert m.sees("Last minutes", "26 Oct 2026 Monthly reflection")
        while not page(m).at.startswith("minutes:"):
            await m.press("down")
        await m.press("enter")
        assert m.shows(MinutesScreen) and m.sees("26 Oct 2026", "Anna Berg")
        await m.press("escape", "o")
        assert (
            m.shows(MeetingScreen) and m.minutes.id == "2026-10-26-monthly-reflection" and m.minutes.reopened
        )


async def test_a_running_meeting_comes_first_and_r_goes_on_with_it(tmp_path: Path) -> None:
    place = place_in(tmp_path, past=past())
    async with meeting(tmp_path, place=place) as m:
        await m.say(". one")
        await m.press("ctrl+q", "enter")
    async with home(tmp_path, place=place) as m:
        assert m.text().index("Go on") < m.text().index("Begin") and m.sees("since 09:00")
        await m.press("r")
        assert m.shows(MeetingScreen) and m.minutes.note[0].text == "one"


async def test_a_damaged_file_is_named_with_its_line_and_left_alone(tmp_path: Path) -> None:
    place = place_in(tmp_path, past=past())
    damaged = place.workspace.minutes_folder / "2026-10-01-weekly-call.toml"
    damaged.write_text('schema = 1\nid = "2026-10-01-weekly-call"\n[[deal\n', encoding="utf-8")
    async with home(tmp_path, place=place) as m:
        assert m.sees("✗ 2026-10-01-weekly-call.toml:3")
        while not page(m).at.startswith("damaged:"):
            await m.press("down")
        await m.press("enter")
        assert m.shows(MinutesScreen) and m.sees("2026-10-01-weekly-call.toml")
    assert damaged.read_text(encoding="utf-8").endswith("[[deal\n")


async def test_a_broken_agenda_is_named_and_the_others_work(tmp_path: Path) -> None:
    async with home(tmp_path, agendas=[BROKEN_AGENDA]) as m:
        assert m.sees("broken:")
        await m.press("a")
        assert m.shows(AgendasScreen) and m.sees("✗ broken.toml")
        await m.press("escape", "1")
        assert m.shows(MeetingScreen)


async def test_leaving_a_meeting_that_began_here_and_ending_one_lead_back(tmp_path: Path) -> None:
    async with home(tmp_path) as m:
        await m.press("5")
        await m.say(". one")
        await m.press("ctrl+q", "2", "enter")
        await m.press("enter")
        assert m.shows(HomeScreen) and m.app.session is None
        await m.settle()
        assert m.sees("Last minutes")


async def test_q_leaves_the_program(tmp_path: Path) -> None:
    async with home(tmp_path) as m:
        await m.press("q")
        assert m.app._exit


async def test_a_key_that_means_nothing_does_nothing(tmp_path: Path) -> None:
    async with home(tmp_path) as m:
        before = m.text()
        for key in ("0", "9", "z", "f4", "f5", "tab", "escape", "space", "f12"):
            await m.press(key)
        assert m.text() == before and m.shows(HomeScreen)


async def test_every_row_can_be_reached_and_is_then_in_view(tmp_path: Path) -> None:
    async with home(tmp_path, past=past(), size=(80, 24)) as m:
        for size in ((80, 24), (60, 16)):
            await m.resize(*size)
            await m.press(*["up"] * 20)
            rows = len(page(m).rows)
            for _ in range(rows):
                assert any("▸" in line for line in m.lines())
                await m.press("down")


@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_both_keys_of_help_open_it(tmp_path: Path, key: str) -> None:
    async with home(tmp_path) as room:
        await room.press(key)
        assert isinstance(room.app.screen, HelpDialog)
