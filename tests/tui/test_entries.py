"""The list of entries: lines for people, harmless for terminals, cheap for long meetings."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widgets import Input

from retrotui.tui import text, themes
from retrotui.tui.widgets.entries import CURSOR, MARKED, EntryList, EntryRow, column_widths
from tests.tui.test_text import hostile, obeyed

PRICE = EntryRow(
    "f1",
    "−",
    "Preis erst in der dritten Runde genannt",
    (("Preis", "muted"), ("●●●", "hurt"), ("Kunde", "muted")),
    "hurt",
)
BUYING = EntryRow(
    "f2", "−", "Einkauf zu spät am Tisch", (("Einkauf", "muted"), ("●●", "hurt"), ("wir", "muted")), "hurt"
)
PILOT = EntryRow(
    "f3",
    "+",
    "Pilot beim Schwesterwerk",
    (("Referenzen", "muted"), ("●", "helped"), ("Beleg", "muted")),
    "helped",
)
QUOTE = EntryRow("q1", "„", "Beim zweiten Anbieter wusste ich, woran ich bin.“", role="quote")
LESSON = EntryRow("l1", "!", "Preisrahmen im ersten Gespräch nennen", role="lesson")
MEETING = (PRICE, BUYING, PILOT, QUOTE, LESSON)
LONG = "ein Wort nach dem anderen, " * 20


class Wall(App[None]):
    CSS = "EntryList { height: 1fr; } Input { height: 1; border: none; }"

    def __init__(self, theme: str = "light") -> None:
        super().__init__()
        themes.dress(self, theme)

    def compose(self) -> ComposeResult:
        yield EntryList(id="entries")
        yield Input()

    @property
    def entries(self) -> EntryList:
        return self.query_one(EntryList)

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return [strip.text.rstrip() for strip in strips][: self.entries.size.height]


async def test_a_meeting_reads_as_in_the_design() -> None:
    app = Wall()
    async with app.run_test(size=(66, 8)) as pilot:
        app.entries.show(MEETING)
        await pilot.pause()
        assert app.lines()[:5] == [
            "  − Preis erst in der dritten Runde genannt       Preis ●●● Kunde",
            "  − Einkauf zu spät am Tisch                    Einkauf ●●  wir",
            "  + Pilot beim Schwesterwerk                 Referenzen ●   Beleg",
            "  „Beim zweiten Anbieter wusste ich, woran ich bin.“",
            "  ! Preisrahmen im ersten Gespräch nennen",
        ]


async def test_older_rows_are_cut_and_the_newest_has_three_lines() -> None:
    app = Wall()
    long = EntryRow("n1", "·", LONG)
    async with app.run_test(size=(110, 12)) as pilot:
        app.entries.show((long, EntryRow("n2", "·", LONG)))
        await pilot.pause()
        lines = [line for line in app.lines() if line]
        assert len(lines) == 4
        assert lines[0].endswith("…")
        assert lines[3].endswith("…")
        assert not lines[1].endswith("…")
        assert all(cell_len(line.strip().removeprefix("· ")) <= text.MEASURE for line in lines)
        assert lines[2].startswith("    ")
        app.entries.show((long, EntryRow("n2", "·", "kurz")), "n1")
        await pilot.pause()
        assert len([line for line in app.lines() if line]) == 4, "the row under the cursor is shown in full"


async def test_the_newest_is_in_view_unless_the_cursor_is_elsewhere() -> None:
    app = Wall()
    rows = tuple(EntryRow(f"n{n}", "·", f"Notiz {n}") for n in range(300))
    async with app.run_test(size=(80, 11)) as pilot:
        app.entries.show(rows)
        await pilot.pause()
        assert app.lines()[-1] == "  · Notiz 299"
        assert app.lines()[0].startswith("  · Notiz 290")
        assert app.lines()[0].endswith("↑")
        app.entries.show(rows, "n7")
        await pilot.pause()
        assert f"{CURSOR} · Notiz 7" in "\n".join(app.lines())
        assert app.lines()[-1].endswith("↓")
        app.entries.show(rows, "n9")
        await pilot.pause()
        assert app.lines()[0].startswith("  · Notiz 7"), "it scrolls no further than it must"
        app.entries.scroll_lines(-100)
        await pilot.pause()
        assert app.lines()[0].split() == ["·", "Notiz", "0"], "no arrow: nothing is older"
        app.entries.show(rows)
        await pilot.pause()
        assert app.lines()[-1] == "  · Notiz 299"


async def test_the_cursor_is_seen_without_colours() -> None:
    app = Wall()
    async with app.run_test(size=(80, 8)) as pilot:
        app.entries.show(MEETING, "f2")
        await pilot.pause()
        assert app.lines()[1].startswith(f"{CURSOR} − Einkauf")
        strip = app.entries.render_line(1)
        assert all(segment.style is not None and segment.style.bold for segment in strip)
        other = app.entries.render_line(0)
        assert {s.style.bgcolor for s in strip if s.style}.isdisjoint(
            {s.style.bgcolor for s in other if s.style}
        )


async def test_marks_groups_and_votes_have_signs() -> None:
    app = Wall()
    rows = (
        EntryRow("n1", "+", "Messe", (("unsortiert", "warn"),), "helped", marked=True),
        EntryRow("n2", "·", "Technik", votes=3),
        EntryRow("n3", "·", "Technik zu spät", grouped=True),
    )
    async with app.run_test(size=(60, 8)) as pilot:
        app.entries.show(rows)
        await pilot.pause()
        assert app.lines()[0].startswith(f"{MARKED} + Messe")
        assert app.lines()[1].endswith("◆ 3")
        assert app.lines()[2] == "  └ · Technik zu spät"


@pytest.mark.parametrize("width", [1, 3, 10, 20, 40, 60, 80, 200])
async def test_every_width_is_kept(width: int) -> None:
    app = Wall()
    async with app.run_test(size=(width, 8)) as pilot:
        app.entries.show((*MEETING, EntryRow("n", "·", LONG, (("Preis", "muted"),), marked=True)), "n")
        await pilot.pause()
        for y in range(app.entries.size.height):
            assert app.entries.render_line(y).cell_length == width


async def test_another_theme_draws_anew() -> None:
    app = Wall()
    async with app.run_test(size=(80, 8)) as pilot:
        app.entries.show(MEETING)
        await pilot.pause()
        before = app.entries.render_line(0)
        app.theme = themes.DARK
        await pilot.pause()
        after = app.entries.render_line(0)
        assert before.text == after.text
        assert before != after


rows = st.builds(
    EntryRow,
    key=st.text(max_size=5),
    sign=st.sampled_from(["−", "+", "!", "?", ">", "„", "·", "\x1b", "漢"]),
    text=hostile,
    tags=st.lists(st.tuples(hostile, st.sampled_from([*themes.ROLES, "[bold]", ""])), max_size=4).map(tuple),
    role=st.sampled_from([*themes.ROLES, "unknown"]),
    marked=st.booleans(),
    votes=st.integers(-1, 10**9),
    grouped=st.booleans(),
)


async def test_hostile_rows_are_drawn_harmlessly_in_their_width() -> None:
    app = Wall()
    async with app.run_test(size=(70, 12)):
        entries = app.entries

        @settings(max_examples=150, deadline=None)
        @given(st.lists(rows, max_size=12).map(tuple), st.integers(0, 11))
        def check(found: tuple[EntryRow, ...], at: int) -> None:
            entries.show(found, found[at].key if at < len(found) else "")
            for y in range(entries.size.height):
                strip = entries.render_line(y)
                assert obeyed(strip.text) == []
                assert "\n" not in strip.text
                assert sum(cell_len(segment.text) for segment in strip) == 70

        check()


@given(st.lists(rows, max_size=8), st.integers(0, 200))
def test_tags_leave_room_for_words(found: list[EntryRow], width: int) -> None:
    widths = column_widths(found, width)
    assert all(cells >= 0 for cells in widths)
    assert sum(widths) <= max(width / 2, 0)


async def test_a_key_in_the_line_draws_no_entry() -> None:
    """What keeps typing fast in a long meeting: the list is not asked for a line."""
    app = Wall()
    many = tuple(EntryRow(f"n{n}", "·", f"Notiz {n}") for n in range(300))
    async with app.run_test(size=(110, 30)) as pilot:
        app.entries.show(many)
        app.query_one(Input).focus()
        await pilot.pause()
        asked: list[int] = []
        draw = app.entries.render_line

        def watched(y: int) -> Strip:
            asked.append(y)
            return draw(y)

        app.entries.render_line = watched  # type: ignore[method-assign]
        await pilot.press("a", "b", "c")
        app.entries.show(many)
        await pilot.pause()
        assert asked == []


async def test_a_new_entry_draws_only_what_is_visible() -> None:
    app = Wall()
    many = tuple(EntryRow(f"n{n}", "·", f"Notiz {n}", (("Preis", "muted"),)) for n in range(3000))
    async with app.run_test(size=(110, 30)) as pilot:
        app.entries.show(many)
        await pilot.pause()
        drawn: list[tuple[int, int]] = []
        draw = app.entries._draw

        def watched(at: int, part: int) -> Strip:
            drawn.append((at, part))
            return draw(at, part)

        app.entries._draw = watched  # type: ignore[method-assign]
        began = time.perf_counter()
        app.entries.show((*many, EntryRow("new", "·", "neu")))
        await pilot.pause()
        assert len(drawn) <= 30
        assert time.perf_counter() - began < 1
