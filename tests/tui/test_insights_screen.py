"""The insights on the screen: sections, the meetings behind a figure, the time that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from retrotui.demo import folder as demo
from retrotui.domain.minutes import Tally
from retrotui.store import settings
from retrotui.store.index import Index
from retrotui.store.insights import read_insights
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.meetings import MeetingsDialog
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.insights import InsightsScreen
from retrotui.tui.screens.minutes import MinutesScreen
from retrotui.tui.themes import DARK, LIGHT
from tests.tui.driver import Room, home, place_in
from tests.tui.stage import earlier
from tests.tui.test_memory_screen import PRICE_HURT, three_times_price

Photograph = Callable[[App[Any], str], None]


def demo_place(folder: Path, language: str) -> Place:
    """The demo's year in its own folder."""
    place = place_in(folder, language=language)
    demo.prepare(place.workspace, language, place.clock)
    return Place(place.workspace, settings.load(place.workspace).settings, place.clock)


def row_of(m: Room, words: str) -> str:
    return next(line.strip() for line in m.lines() if words in line)


async def test_from_home_through_the_sections_to_the_minutes_and_back(tmp_path: Path) -> None:
    async with home(tmp_path, past=three_times_price()) as m:
        assert m.sees(PRICE_HURT)
        await m.press("i")
        assert m.shows(InsightsScreen) and m.sees("[1 Factors]", "3 meetings · 12 Aug 2026 – 12 Oct 2026")
        assert row_of(m, "▸").startswith("▸ Price · hurt") and "few · 3 meetings since" in row_of(m, "▸")
        assert m.sees("Only together with the buyer", "“few” stands beside what rests on fewer than 5 cases")
        await m.press("enter")
        assert m.shows(MeetingsDialog) and m.sees("Price · hurt: 3 deals", "▸ 12 Oct 2026")
        await m.press("down", "enter")
        assert m.shows(MinutesScreen) and m.sees("12 Sep 2026", "Westbau SE")
        await m.press("escape")
        assert m.shows(InsightsScreen) and row_of(m, "▸").startswith("▸ Price · hurt")
        await m.press("2")
        assert m.sees("[2 Win rate]", "all of them", "0 of 3")
        await m.press("right")
        assert m.sees("[3 Experiments]", "Nothing yet.")
        await m.press("enter", "left", "left", "left", "escape")
        assert m.shows(HomeScreen)


async def test_the_time_is_chosen_by_digit_or_typed_and_said(tmp_path: Path) -> None:
    async with home(tmp_path, past=three_times_price()) as m:
        await m.press("i", "p")
        assert m.shows(Menu)
        await m.press(m.digit("the last whole quarter"))
        assert m.sees("2 meetings · 12 Aug 2026 – 12 Sep 2026", "Q3 2026") and not m.sees("Keeps coming back")
        await m.press("p")
        await m.press(m.digit("another time"))
        await m.say("2026-13")
        assert m.sees("is no period")
        await m.press(*["backspace"] * 7)
        await m.say("2025")
        assert m.sees("There are no meetings in this time. p chooses another one.")
        await m.press("p", "1")
        assert m.sees("3 meetings")


async def test_an_empty_folder_says_what_will_stand_here(tmp_path: Path) -> None:
    async with home(tmp_path, size=(80, 24)) as m:
        await m.press("i")
        assert m.sees("There are no meetings in", "Every figure says how many cases it rests on")
        await m.press("down", "enter", "p", "escape", "r")
        assert m.shows(InsightsScreen)


async def test_help_palette_and_keys_name_the_same_commands(tmp_path: Path) -> None:
    async with home(tmp_path, past=three_times_price()) as m:
        await m.press("i", "f1")
        assert m.shows(HelpDialog) and m.sees("the meetings behind the marked figure", "the sections")
        await m.press("escape", "ctrl+p")
        await m.type("use of time")
        await m.press("enter")
        assert m.shows(InsightsScreen) and m.sees("[4 Use of time]", "A meeting's time")


async def test_a_file_that_was_changed_meanwhile_counts_at_the_next_look(tmp_path: Path) -> None:
    place = place_in(tmp_path, past=three_times_price())
    async with home(tmp_path, place=place) as m:
        await m.press("i")
        for path in place.workspace.minutes_folder.iterdir():
            path.write_text(
                path.read_text().replace('effect = "hurt"', 'effect = "helped"'), encoding="utf-8"
            )
        await m.press("r")
        assert m.sees("▸ Price · helped") and not m.sees("Price · hurt")


async def test_hidden_votes_and_hostile_words_do_no_harm(tmp_path: Path) -> None:
    bad = earlier(
        date(2026, 10, 1),
        title="[@click=app.quit]x[/] \x1b[31m",
        safety=Tally(votes=3),
        worth=Tally(counts=(0, 0, 0, 4, 0)),
    )  # fmt: skip
    async with home(tmp_path, past=(bad,)) as m:
        await m.press("i", "5")
        assert m.sees("Was it worth the time", "few · 4 votes") and not m.sees("How openly")
        await m.press("end", "up", "enter")
        assert m.shows(MeetingsDialog) and m.sees("[@click=app.quit]x[/]")


@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_demos_year_in_pictures_and_with_one_n(
    tmp_path: Path, golden_screen: Photograph, language: str
) -> None:
    place = demo_place(tmp_path, language)
    with Index.open(place.workspace, place.clock) as index:
        found = read_insights(index, place.clock.wall().date())
    first = found.recurring[0].found
    async with home(tmp_path, place=place, size=(80, 24)) as m:
        label = place.factors.label(first.factor, language)
        at_home = next(line for line in m.lines() if label in line and str(first.n) in line)
        assert f"{first.meetings} {'Treffen' if language == 'de' else 'meetings'}" in at_home
        await m.press("i")
        row = row_of(m, "▸")
        assert label in row and f"{first.n} Deals" in row.replace("deals", "Deals")
        for section, size, theme in (("1", (80, 24), DARK), ("4", (110, 30), LIGHT), ("2", (160, 45), LIGHT)):
            m.app.theme = theme
            await m.resize(*size)
            await m.press(section)
            golden_screen(m.app, f"insights-{section}-{size[0]}x{size[1]}-{language}")
