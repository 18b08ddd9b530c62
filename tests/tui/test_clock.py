"""The clock: digits for every room, words and glyphs for every phase, and few repainted cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region

from retrotui.errors import msg
from retrotui.tui import text, themes
from retrotui.tui.widgets.clock import PHASES, SHORTEST_ROWS, ClockFace, Glyphs, TimeBar, digits, used_cells

times = st.from_regex(r"[+-]?\d{1,2}(:[0-5]\d){1,2}", fullmatch=True)


def test_the_desk_has_the_digits_of_the_design() -> None:
    assert digits("20:17", 3, 40) == [
        "▀▀█ █▀█   ▀█  ▀▀█",
        "▄▄█ █ █ ▀  █    █",
        "█▄▄ █▄█ ▀ ▄█▄   █",
    ]


def test_every_digit_looks_different_at_every_size() -> None:
    for rows in range(SHORTEST_ROWS, 30):
        drawn = {tuple(digits(glyph, rows, 200)) for glyph in "0123456789:+-"}
        assert len(drawn) == 13, rows


@given(times, st.integers(0, 40), st.integers(0, 200))
def test_digits_keep_to_their_room(shown: str, rows: int, width: int) -> None:
    drawn = digits(shown, rows, width)
    assert len(drawn) <= rows
    assert len({len(row) for row in drawn}) <= 1
    assert all(len(row) <= width for row in drawn)
    if len(drawn) > 1:
        assert set("".join(drawn)) <= set(" ▀▄█")


@given(times, st.integers(0, 40), st.integers(0, 200))
def test_more_room_never_makes_them_smaller(shown: str, rows: int, width: int) -> None:
    assert len(digits(shown, rows + 1, width)) >= len(digits(shown, rows, width))
    assert len(digits(shown, rows, width + 1)) >= len(digits(shown, rows, width))


@pytest.mark.parametrize(("width", "height"), [(80, 24), (110, 30), (160, 45), (300, 90)])
@pytest.mark.parametrize("shown", ["06:12", "+02:10"])
def test_the_wall_has_them_a_third_of_the_height(width: int, height: int, shown: str) -> None:
    third = -(-height // 3)
    assert len(digits(shown, third, width - 10)) == third


def test_without_room_the_time_is_words() -> None:
    assert digits("06:12", 2, 80) == ["06:12"]
    assert digits("06:12", 9, 8) == ["06:12"]
    assert digits("06:12", 0, 80) == []
    assert "".join(digits("", 3, 80)) == ""


class Desk(App[None]):
    CSS = "#head { height: 3; } #clock { width: auto; } .wall #clock { width: 100%; height: 12; } .wall { height: 12; }"

    def __init__(self) -> None:
        super().__init__()
        themes.dress(self)

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield ClockFace(id="clock")
        yield TimeBar(id="bar")

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

    def repainted(self) -> list[Region]:
        return sorted(self.screen._compositor._dirty_regions)


async def test_the_clock_shows_what_it_is_told_in_its_phase() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        clock = app.query_one(ClockFace)
        for shown, phase in [
            ("06:12", "normal"),
            ("02:48", "soon"),
            ("+02:10", "over"),
            ("9:00:00", "paused"),
        ]:
            clock.show(shown, phase)
            await pilot.pause()
            assert app.lines()[:3] == [row.rstrip() for row in digits(shown, 3, 80)]
            colours = {glyphs.styles.color.hex for glyphs in app.query(Glyphs) if glyphs.display}
            inks = themes.PALETTES[themes.LIGHT].inks
            expected = {"normal": inks.ink, "soon": inks.warn, "over": inks.over, "paused": inks.muted}
            assert colours == {expected[phase]}


async def test_the_clock_grows_with_the_wall_and_back() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(ClockFace).show("06:12")
        app.query_one("#head").add_class("wall")
        app.query_one(ClockFace).styles.height = 12
        app.query_one(ClockFace).styles.width = "100%"
        app.query_one("#head").styles.height = 12
        await pilot.pause()
        wide = digits("06:12", 12, 80)
        assert len(wide) > 8
        drawn = [line.strip() for line in app.lines() if line.strip()]
        assert drawn[: len(wide)] == [row.strip() for row in wide if row.strip()]
        await pilot.resize_terminal(30, 24)
        await pilot.pause()
        top = next(line.strip() for line in app.lines() if line.strip())
        assert top == digits("06:12", 12, 30)[0].strip()


async def test_a_second_repaints_only_the_rows_that_changed() -> None:
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        clock = app.query_one(ClockFace)
        clock.show("06:18")
        app.query_one(TimeBar).show(0.5, msg("{n} min left", n=6))
        await pilot.pause()
        painted: list[Region] = []
        for glyphs in app.query(Glyphs):
            refresh = glyphs.refresh

            def spy(*regions: Region, _of: object = refresh, **options: object) -> object:
                painted.extend(regions or [Region(0, 0, 99, 99)])
                return _of(*regions, **options)  # type: ignore[operator]

            glyphs.refresh = spy  # type: ignore[method-assign,assignment]
        clock.show("06:19")  # 8 and 9 differ in the lowest row only
        assert painted == [Region(0, 2, 3, 1)]
        painted.clear()
        clock.show("06:19")
        app.query_one(TimeBar).show(0.5, msg("{n} min left", n=6))
        assert painted == []


async def test_the_bar_says_it_with_glyphs_and_words() -> None:
    app = Desk()
    seen = {}
    async with app.run_test(size=(60, 10)) as pilot:
        bar = app.query_one(TimeBar)
        shown = [(0.5, "6 min left"), (0.85, "only 3 min left"), (1.0, "time is up"), (1.4, "over by 2 min")]
        for part, words in shown:
            bar.show(part, text.sentence(words))
            await pilot.pause()
            seen[words] = next(line for line in app.lines() if words in line)
        bar.show(0.5, text.sentence("paused"), "paused")
        await pilot.pause()
        paused = next(line for line in app.lines() if "paused" in line)
        bar.show(None, text.sentence("open end"))
        await pilot.pause()
        open_end = next(line for line in app.lines() if "open end" in line)
    assert seen["6 min left"].startswith("━" * 22 + "─" * 22)
    assert seen["only 3 min left"].startswith("╍" * 37 + "─")
    assert set(seen["time is up"].split("  ")[0]) == {"═"}
    assert seen["over by 2 min"].split("  ")[0] == seen["time is up"].split("  ")[0]
    assert set(paused.split("  ")[0]) == {"┅", "┈"}
    assert set(open_end.split("  ")[0]) == {"─"}
    assert all(len(line) <= 60 for line in [*seen.values(), paused])
    assert len({PHASES[0], *seen}) == 5


@given(st.floats(0, 3), st.integers(0, 200))
def test_a_bar_is_full_only_when_the_time_is_up(part: float, cells: int) -> None:
    used = used_cells(part, cells)
    assert 0 <= used <= cells
    if cells > 1:
        assert (used == cells) == (part >= 1)
        assert (used == 0) == (part == 0)
