"""What is visible at every size: the clock, the title, one prompt, the line, five entries (meeting.md, "Two views")."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.events import Resize
from textual.geometry import Size

from retrotui.tui.terminal_size import FEWEST_ENTRIES, MIN_HEIGHT, MIN_WIDTH
from tests.tui.driver import SIZES, Room, meeting
from tests.tui.stage import EVERY_KIND, PEOPLE, past, pipeline

NOTES = tuple(f"entry number {number} of this step" for number in range(1, 9))


def entries_seen(m: Room) -> int:
    return sum("entry number" in line for line in m.part("#entries").splitlines())


async def each_kind(m: Room) -> None:
    """Every kind of step with more entries than are to be seen, on the desk and on the wall."""
    for step in m.minutes.step:
        if step.kind == "deal":
            await m.say("Müller GmbH lost 48.000")
        await m.paste("\n".join(f". {note}" for note in NOTES))
        for wall in (False, True):
            if m.wall.wall != wall:
                await m.press("f8")
            where = f"{step.kind}, {'wall' if wall else 'desk'}, {m.app.size.width}x{m.app.size.height}"
            clock, line = m.wall.query_one("#clock").region, m.wall.query_one("#line").region
            assert clock.height >= 3, where
            assert m.wall.query_one("#prompt").region.height >= 1 or step.kind == "break", where
            assert m.screen.region.contains_region(clock) and m.screen.region.contains_region(line), where
            if wall:
                assert clock.height >= m.app.size.height / 3, where
            text = m.lines()
            assert any("█" in row for row in text), where
            assert any(step.title in row for row in text), where
            prompt = m.part("#prompt").strip()
            assert prompt or step.kind == "break", where
            # in columns the panel shows them on the desk
            in_columns = step.kind == "notes" and not wall
            seen = sum("entry number" in row for row in text) if in_columns else entries_seen(m)
            assert seen >= FEWEST_ENTRIES, f"{where}: {seen} entries"
            if not in_columns:
                assert NOTES[-1] in m.part("#entries"), f"{where}: the newest is not seen"
        await m.press("f8")
        if step.kind != "close":
            await m.go_past(step.id)


@pytest.mark.parametrize("size", SIZES)
async def test_clock_title_prompt_line_and_five_entries_are_always_visible(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with meeting(
        tmp_path, "every-kind", agendas=[EVERY_KIND], past=past(), deals=pipeline(), person=PEOPLE, size=size
    ) as m:
        await each_kind(m)


async def test_under_a_hundred_columns_the_rail_folds_to_one_line(tmp_path: Path) -> None:
    async with meeting(tmp_path, size=(100, 24)) as m:
        assert m.sees("✓", "Close-up: won") or m.sees("▶ Arrive")
        assert "1/8" not in m.text().replace("11/8", "")
        await m.resize(99, 24)
        assert m.sees("1/8 · Reflecting") and not m.sees("Close-up: won")
        await m.resize(100, 24)
        assert m.sees("Close-up: won")


@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_short_footer_names_what_each_key_does_in_every_kind_of_step(
    tmp_path: Path, language: str
) -> None:
    bare = re.compile(r"\bF\d+(?=\s+F\d|\s*$)")
    async with meeting(
        tmp_path, "every-kind", agendas=[EVERY_KIND], past=past(language), language=language, size=(80, 24)
    ) as m:
        for step in m.minutes.step:
            await m.say(". so that there is something to take back")
            foot = m.part("#footer")
            assert not bare.findall(foot) and "F1 " in foot and "F7 " in foot and "F8 " in foot, foot
            target = re.search(r"F4 → (\S+)", foot)
            assert target is not None and len(target[1]) >= 3, foot
            if step.kind != "close":
                await m.go_past(step.id)
        await m.press("escape")
        assert m.part("#footer").split()[0::2][:2] == ["␣", "b"] and not m.part("#footer").endswith(" u")


@pytest.mark.parametrize("size", [(60, 16), (70, 18), (79, 23), (200, 60), (300, 20)])
@pytest.mark.parametrize("wall", [False, True])
async def test_other_sizes_keep_clock_line_and_newest_entry(
    tmp_path: Path, size: tuple[int, int], wall: bool
) -> None:
    async with meeting(tmp_path, size=size) as m:
        if wall:
            await m.press("f8")
        await m.paste("\n".join(f". {note}" for note in NOTES))
        assert any("█" in row for row in m.lines())
        assert NOTES[-1] in m.text() and m.screen.region.contains_region(m.wall.query_one("#line").region)


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5), (8, 2), (1, 1)])
async def test_under_sixty_by_sixteen_it_says_so_and_keeps_time(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". before")
        await m.resize(*size)
        if size[0] * size[1] > 90:
            assert m.sees(f"{size[0]} x {size[1]} is too small: {MIN_WIDTH} x {MIN_HEIGHT} is needed.")
        await m.later(minutes=1)
        if size[0] >= 5:
            assert m.lines()[0].startswith("04:00")
        await m.say(". typed without seeing it")
        await m.press("f4")
        await m.resize(110, 30)
        assert [one.text for one in m.minutes.note] == ["before", "typed without seeing it"]
        assert m.meeting.step.id == m.minutes.step[1].id and m.sees("Check experiments")


async def test_a_dialog_survives_any_size(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        for key in ("f1", "f6", "f7", "ctrl+p", "ctrl+q"):
            await m.press(key)
            for size in ((60, 16), (20, 5), (1, 1), (160, 45), (110, 30)):
                await m.resize(*size)
            await m.press("escape")
            assert m.uncovered, key


async def test_a_storm_of_sizes_ends_in_the_right_picture(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        before = m.text()
        for number in range(30):
            m.app.post_message(_resize(20 + 7 * number % 140, 5 + 3 * number % 40))
        await m.resize(110, 30)
        assert m.text() == before


def _resize(width: int, height: int) -> Resize:
    return Resize(Size(width, height), Size(width, height))
