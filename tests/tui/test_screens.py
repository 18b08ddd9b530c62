"""All screens as golden pictures: three sizes, light and dark, German and English.

One meeting with every kind of step is held for each combination and photographed on its way. To take new pictures over:
`pytest tests/tui/test_screens.py --update-goldens`, then look at the difference.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.meeting import MeetingScreen
from tests.tui.driver import SIZES, Room, home, meeting
from tests.tui.stage import EVERY_KIND, PEOPLE, past, pipeline, play

Photograph = Callable[[App[Any], str], None]

STEPS = ("checkin", "followup", "numbers", "deal", "factors", "lessons", "experiments", "close")
ON_THE_WALL = ("deal", "lessons")


class Camera:
    """Names each picture by what it shows and by the combination."""

    def __init__(self, photograph: Photograph, size: tuple[int, int], theme: str, language: str) -> None:
        self.photograph = photograph
        self.suffix = f"{size[0]}x{size[1]}-{theme}-{language}"

    async def take(self, room: Room, name: str) -> None:
        await room.settle()
        if any(isinstance(screen, MeetingScreen) for screen in room.app.screen_stack):
            # the fake clock runs ahead of the disk: wait for it, and let the wall say so
            await room.saved()
            room.wall.show()
            await room.settle()
        self.photograph(room.app, f"{name}-{self.suffix}")


@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_meeting_from_arriving_to_the_summary(
    tmp_path: Path,
    golden_screen: Photograph,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    theme: str,
    language: str,
) -> None:
    camera = Camera(golden_screen, size, theme, language)
    async with meeting(
        tmp_path,
        "every-kind",
        agendas=[EVERY_KIND],
        past=past(language),
        person=PEOPLE,
        size=size,
        language=language,
        theme=theme,
        deals=pipeline(language),
    ) as m:
        for step in STEPS:
            await play(m, step)
            await m.saved()
            await camera.take(m, f"desk-{step}")
            if step in ON_THE_WALL:
                await m.press("f8")
                await camera.take(m, f"wall-{step}")
                await m.press("f8")
            if step == "deal":
                for name, key in (("course", "f6"), ("choose", "f7"), ("help", "f1")):
                    await m.press(key)
                    await camera.take(m, name)
                    await m.press("escape")
            if step != "close":
                await m.go_past(step)
        await m.press("f4")
        await camera.take(m, "closing")
        monkeypatch.setattr(
            m.session, "minutes_path", lambda: Path("/team/minutes/2026-11-23-every-kind.toml")
        )
        await m.press("enter")
        await camera.take(m, "summary")


@pytest.mark.parametrize("size", SIZES, ids=[f"{width}x{height}" for width, height in SIZES])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
async def test_home_with_meetings(
    tmp_path: Path, golden_screen: Photograph, size: tuple[int, int], theme: str, language: str
) -> None:
    camera = Camera(golden_screen, size, theme, language)
    async with home(
        tmp_path, past=past(language), person=PEOPLE, size=size, language=language, theme=theme
    ) as room:
        for _ in range(100):
            if isinstance(room.app.screen, HomeScreen) and room.app.screen.overview.read:
                break
            await room.pilot.pause(0.05)
        await camera.take(room, "home")
