"""No state by colour alone: what is told by colour is told by a word or a sign as well (meeting.md, "Two views")."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from rich.color import ColorType
from rich.style import Style
from textual.widgets import Input

from tests.tui.driver import Room, home, meeting
from tests.tui.stage import PEOPLE, past


def plain(m: Room) -> str:
    """The screen as somebody sees it who sees no colours: words, signs, and what is drawn inverse."""
    rows = []
    for strip in m.strips():
        rows.append(
            "".join(f"⟦{seg.text}⟧" if seg.style and seg.style.reverse else seg.text for seg in strip)
        )
    return "\n".join(rows)


async def differs(m: Room, *keys: str) -> None:
    before = plain(m)
    await m.press(*keys)
    assert plain(m) != before, f"{keys} change nothing but colours"


@pytest.mark.parametrize("wall", [False, True])
async def test_the_phases_of_the_clock_differ_without_colours(tmp_path: Path, wall: bool) -> None:
    async with meeting(tmp_path) as m:
        if wall:
            await m.press("f8")
        bars = {}
        for name, seconds in (("normal", 0), ("soon", 241), ("over", 120)):
            await m.later(seconds=seconds)
            bars[name] = m.part("#bar")
        await m.say(". one")
        await m.press("f2")
        bars["paused"] = m.part("#bar")
        signs = {name: (bar.strip()[0], " ".join(bar.split()[1:])) for name, bar in bars.items()}
        assert (
            len({sign for sign, _ in signs.values()}) == 4
            and len({words for _, words in signs.values()}) == 4
        )


async def test_modes_of_the_line_differ_without_colours(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one", ". two")
        await differs(m, "escape")
        await differs(m, "k")
        await differs(m, "k")
        await differs(m, "v")
        await differs(m, "3")
        await differs(m, "escape")
        await differs(m, "g")
        await differs(m, "escape", "i", "up")


async def test_helped_and_hurt_differ_by_their_signs(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("deal-lost")
        await m.say("Müller GmbH lost 48.000", "+ same words #price", "- same words #price")
        first, second = (line for line in m.part("#entries").splitlines() if "same words" in line)
        assert first.strip()[0] == "+" and second.strip()[0] == "−"
        assert first.strip()[1:] == second.strip()[1:], "all else is alike but for colour"


async def test_every_kind_of_entry_has_a_sign_of_its_own(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("deal-lost")
        await m.say(
            "Müller GmbH lost 48.000", "+ x #price", "- x #price", '" x', ". x", "! x", "? x", "> x", "- x unsorted"
        )  # fmt: skip
        signs = [line.split()[0] for line in m.part("#entries").splitlines() if line.strip()]
        assert len(set(signs)) == 8 and signs[-1] == "•", signs


async def test_steps_done_running_skipped_and_to_come_differ(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f4", "f6", "b")
        await m.press(m.digit("Close-up: won"))
        rail = m.part("#rail").splitlines()
        marks = {line.strip().split("  ")[0][:1] for line in rail[:8]}
        assert {"✓", "▶", "–"} <= marks and any(line.startswith("  ") for line in rail[:8])


async def test_late_overdue_and_not_saved_are_words(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past(), person=PEOPLE) as m:
        await m.press("f4")
        assert m.sees("21 days overdue", "runs until 30 Nov")
        await m.later(minutes=20)
        assert m.sees("late", "over by")


async def test_without_colours_everything_still_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def with_entries(folder: Path) -> AsyncIterator[Room]:
        async with meeting(folder, person=PEOPLE) as m:
            await m.go_to("deal-lost")
            await m.say("Müller GmbH lost 48.000", "+ quick", "- late #price *3 /buyer", "! learned")
            await m.saved()
            yield m

    async for m in with_entries(tmp_path / "a"):
        coloured = m.text()
    monkeypatch.setenv("NO_COLOR", "1")
    async for m in with_entries(tmp_path / "b"):
        assert m.app.no_color and m.text() == coloured
        for keys in (("f8",), ("f8", "escape", "k", "v"), ("f7",), ("escape", "f1")):
            await m.press(*keys)
            for style in _painted(m):
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.type is ColorType.DEFAULT, (keys, style)


def _painted(m: Room) -> set[Style]:
    """The styles that go to the terminal: after the line filters."""
    filters, ground = m.app.get_line_filters(), m.app.screen.background_colors[0]
    found = set()
    for strip in m.strips():
        for one in filters:
            strip = strip.apply_filter(one, ground)
        found |= {segment.style for segment in strip if segment.style is not None}
    return found


async def test_the_marked_row_of_home_and_lists_has_a_sign(tmp_path: Path) -> None:
    async with home(tmp_path, past=past()) as m:
        await differs(m, "down")
        assert sum("▸" in line for line in m.lines()) == 1
        await m.press("1", "f7")
        await differs(m, "down")


async def test_the_cursor_does_not_blink(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        assert not m.wall.line.cursor_blink
        for keys in (("ctrl+p",), ("escape", "f6", "d", "9")):
            await m.press(*keys)
            boxes = list(m.screen.query(Input))
            assert boxes and not any(box.cursor_blink for box in boxes), keys
