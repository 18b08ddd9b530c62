"""All screens as golden pictures: three sizes, light and dark, German and English.

One meeting with every kind of step is held in each language and photographed on its way, at each size and in each
theme. To take new pictures over: `pytest tests/tui/test_screens.py --update-goldens`, then look at the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from retrotui.tui.themes import DARK, LIGHT
from tests.tui.driver import DESK, SIZES, Room, home, meeting
from tests.tui.stage import BROKEN_AGENDA, EVERY_KIND, PEOPLE, past, pipeline, play

Photograph = Callable[[App[Any], str], None]

THEMES = {"light": LIGHT, "dark": DARK}
EVERY = tuple((size, theme) for theme in THEMES for size in SIZES)
"""Every size in each theme."""
SOME = ((SIZES[0], "dark"), (DESK, "light"), (SIZES[2], "light"))
"""Each size once."""
FEW = SOME[:2]
"""For what differs little: the smallest size, and the desk."""
STEPS = ("followup", "deal")
"""The steps of which there is a picture of every size in each theme; of the others there are some."""
ON_THE_WALL = {"deal": EVERY, "lessons": SOME, "pause": FEW}


class Camera:
    """Names each picture by what it shows, the size, the theme and the language."""

    def __init__(self, photograph: Photograph, room: Room, language: str) -> None:
        self.photograph = photograph
        self.room = room
        self.language = language

    async def take(self, name: str, combinations: Iterable[tuple[tuple[int, int], str]] = EVERY) -> None:
        room = self.room
        for (width, height), theme in combinations:
            if room.app.theme != THEMES[theme]:
                room.app.theme = THEMES[theme]
                await room.settle()
            if tuple(room.app.size) != (width, height):
                await room.resize(width, height)
            if room.app.session is not None:
                await room.saved()  # the sign of the saver is the same in every picture
                if room.uncovered:
                    room.wall.show()
                    await room.settle()
            self.photograph(room.app, f"{name}-{width}x{height}-{theme}-{self.language}")

    async def take_over(self, name: str, *keys: str) -> None:
        """What these keys open; Esc closes it again."""
        await self.room.press(*keys)
        await self.take(name, FEW)
        await self.room.press("escape")
        assert self.room.uncovered


@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_meeting_from_arriving_to_the_summary(
    tmp_path: Path, golden_screen: Photograph, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)  # the summary names the file: its name must be the same everywhere
    async with meeting(
        Path("sales"), "every-kind", agendas=[EVERY_KIND], past=past(language), person=PEOPLE, language=language,
        deals=pipeline(language),
    ) as m:  # fmt: skip
        camera = Camera(golden_screen, m, language)
        for step in m.minutes.step:
            await play(m, step.id)
            await camera.take(f"desk-{step.id}", EVERY if step.id in STEPS else SOME)
            if step.id in ON_THE_WALL:
                await m.press("f8")
                await camera.take(f"wall-{step.id}", ON_THE_WALL[step.id])
                await m.press("f8")
            if step.id == "deal":
                await _over_the_deal(camera)
            if step.id == "experiments":
                await m.say(
                    "Technik früher dazuholen @ben" if language == "de" else "Bring in delivery earlier @ben"
                )
                await camera.take("experiment", FEW)
                await m.press("escape", "f9")
            if step.id != "close":
                await m.go_past(step.id)
        await camera.take_over("leave", "ctrl+q")
        await m.press("f4")
        await camera.take("closing", FEW)
        await m.press("enter")
        await camera.take("summary")


async def _over_the_deal(camera: Camera) -> None:
    """Lists, modes and the half-typed line, with a deal on the floor."""
    m = camera.room
    await camera.take_over("course", "f6")
    await camera.take_over("choose", "f7")
    await camera.take_over("help", "f1")
    await camera.take_over("palette", "ctrl+p")
    await m.type("- spät #")
    await camera.take("completing", FEW)
    await m.press("escape", "escape", "k", "k")
    await camera.take("commanding", FEW)
    await m.press("v", "3")
    await camera.take("voting", FEW)
    await m.press("escape", "f9", "i", *["backspace"] * 8)
    assert m.line == ""


@pytest.mark.parametrize("language", ["de", "en"])
async def test_phases_and_states_of_the_clock(
    tmp_path: Path, golden_screen: Photograph, language: str
) -> None:
    async with meeting(tmp_path, language=language, person=PEOPLE) as m:
        camera = Camera(golden_screen, m, language)
        await m.press("f2")
        await camera.take("waiting", FEW)
        await m.press("f2")
        await m.say("@anna", "@ben", "@carla")
        await m.go_to("numbers")
        await m.later(minutes=9, seconds=15)
        await camera.take("soon", FEW)
        await m.later(minutes=3)
        await camera.take("over", FEW)
        await m.press("f2")
        await m.later(minutes=2)
        await camera.take("paused", FEW)
        await m.press("f2", "f8")
        await m.later(minutes=12)
        await camera.take("late-on-the-wall", FEW)
        await camera.take("too-small", (((50, 12), "light"),))


@pytest.mark.parametrize("language", ["de", "en"])
async def test_home(
    tmp_path: Path, golden_screen: Photograph, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with home(Path("sales"), past=past(language), person=PEOPLE, language=language) as room:
        await Camera(golden_screen, room, language).take("home")
    async with home(Path("new"), language=language) as room:
        await Camera(golden_screen, room, language).take("home-empty", FEW)
    async with home(Path("damaged"), past=past(language), agendas=[BROKEN_AGENDA], language=language) as room:
        minutes = room.place.workspace.minutes_folder / "2026-11-02-weekly-call.toml"
        minutes.write_text('schema = 1\nid = "2026-11-02-weekly-call"\n[[deal\n', encoding="utf-8")
        await room.press("a", "escape")  # look again
        await Camera(golden_screen, room, language).take("home-damaged", FEW)


@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_review_and_a_page_of_it(tmp_path: Path, golden_screen: Photograph, language: str) -> None:
    async with home(tmp_path, past=past(language), person=PEOPLE, language=language) as m:
        camera = Camera(golden_screen, m, language)
        await m.press("m", "/")
        await m.paste("#preis" if language == "de" else "#price")
        await m.press("enter")
        await camera.take("review", FEW)
        await m.press("enter", "home")
        await camera.take("minutes", FEW)
