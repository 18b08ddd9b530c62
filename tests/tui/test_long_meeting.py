"""A meeting of eight hours: memory and descriptors stay where they are (promises.md, "Nothing is lost")."""

from __future__ import annotations

import gc
import os
import tracemalloc
from pathlib import Path

import pytest

from tests.tui.driver import Room, meeting

HOURS = 8
GROWTH = 0.10
"""What the memory may grow by from the first hour to the last, besides what is said."""


async def an_hour(m: Room) -> None:
    """Sixty minutes at a tick every five seconds, with the keys of an hour."""
    for minute in range(60):
        await m.later(minutes=1, every=5)
        if minute % 20 == 5:
            await m.press("f6", "escape", "f8", "f7", "escape", "f8")
        if minute % 20 == 10:
            await m.burst(*". said and taken back", "enter")
            await m.press("f9", "escape", "k", "i")


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="there is no /proc here")
async def test_eight_hours_leak_neither_memory_nor_descriptors(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await an_hour(m)
        await m.saved()
        gc.collect()
        open_before = descriptors()
        tracemalloc.start()
        try:
            await an_hour(m)
            gc.collect()
            first = tracemalloc.take_snapshot()
            used = sum(one.size for one in first.statistics("filename"))
            for _ in range(HOURS - 2):
                await an_hour(m)
            gc.collect()
            last = sum(one.size for one in tracemalloc.take_snapshot().statistics("filename"))
        finally:
            tracemalloc.stop()
        await m.saved()
        assert descriptors() <= open_before + 2
        # what an empty interpreter with the program loaded holds is far more: this is what hours may add to it
        assert last - used < GROWTH * 40_000_000, f"{(last - used) / 1e6:.1f} MB in {HOURS - 2} hours"
        assert m.clock_text.startswith("+7:") and m.minutes.note[0].text == "one"
        assert len(m.meeting.past) < 20
