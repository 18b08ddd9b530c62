"""A meeting of eight hours: memory and descriptors stay where they are (promises.md, "Nothing is lost")."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from textual.strip import Strip

from tests.tui.driver import Room, meeting

HOURS = 8
proc = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="there is no /proc here")


async def an_hour(m: Room) -> None:
    """Sixty minutes at a tick each, with the keys of an hour."""
    await m.later(minutes=30, every=60)
    await m.press("f6", "escape", "f8", "f7", "escape", "f8", "f1", "escape")
    await m.burst(*". said and taken back", "enter")
    await m.press("f9", "escape", "k", "i")
    await m.later(minutes=30, every=60)


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def resident_bytes() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@proc
async def test_eight_hours_leak_neither_memory_nor_descriptors(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await an_hour(m)
        await m.saved()
        before, open_before = resident_bytes(), descriptors()
        for _ in range(HOURS - 1):
            await an_hour(m)
        await m.saved()
        grown = resident_bytes() / before - 1
        assert grown < 0.10, f"{grown:.0%} in {HOURS - 1} hours"
        assert descriptors() <= open_before + 2
        assert m.clock_text == "+7:55:00" and m.minutes.note[0].text == "one"


async def test_a_dialog_leaves_no_picture_of_itself_behind(tmp_path: Path) -> None:
    """The framework keeps the pictures of up to 1,024 widgets: opened again and again, a dialog must empty its own."""

    def painted() -> int:
        gc.collect()
        return sum(isinstance(one, Strip) for one in gc.get_objects())

    async with meeting(tmp_path) as m:
        for key in ("f6", "f7", "f1"):
            await m.press(key, "escape")
            before = painted()
            for _ in range(10):
                await m.press(key, "escape")
            assert painted() < before + 100, key
