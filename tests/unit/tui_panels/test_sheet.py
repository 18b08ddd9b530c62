"""The sheet: nothing is wider or higher than its place, and what is missing is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrotui.tui import text
from retrotui.tui.widgets.panels import sheet
from retrotui.tui.widgets.panels.sheet import Cell, Column, Sheet

words = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    ["漢字漢字漢字", "a\nb", "", "x" * 300]
)
columns = st.lists(
    st.builds(
        Column,
        side=st.sampled_from(["left", "right"]),
        gives=st.booleans(),
        leaves=st.integers(0, 3),
        least=st.integers(1, 20),
    ),
    min_size=1,
    max_size=5,
)


@given(columns, st.lists(st.lists(words.map(Cell), max_size=6), max_size=5), st.integers(1, 120))
def test_a_table_is_never_wider_than_its_place(
    given_columns: list[Column], rows: list[list[Cell]], width: int
) -> None:
    lines = sheet.table(rows, given_columns, width)
    assert len(lines) == len(rows)
    assert all(line.cell_length <= width and "\n" not in line.plain for line in lines)


def test_columns_are_aligned_and_empty_ones_take_no_room() -> None:
    rows = [(Cell("a"), Cell(""), Cell("1")), (Cell("long"), Cell(""), Cell("200"))]
    drawn = sheet.table(rows, (Column(), Column(), Column("right")), 40)
    assert [line.plain for line in drawn] == ["a       1", "long  200"]


def test_a_column_that_may_leave_leaves_before_the_one_that_gives_is_cut_to_nothing() -> None:
    rows = [(Cell("x" * 30), Cell("owner name"), Cell("3 days overdue"))]
    wanted = (Column(gives=True, least=20), Column(leaves=1), Column())
    assert sheet.table(rows, wanted, 40)[0].plain == "x" * 23 + "…  3 days overdue"


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_sheet_fits_its_height_and_keeps_the_line_that_must_be_seen(
    n: int, height: int, around: int
) -> None:
    lines = tuple(text.mark(f"·{number}·") for number in range(n))
    shown = sheet.fit(Sheet(lines, around), height)
    assert len(shown) == min(n, height)
    if height >= 5 and around < n:
        assert f"·{around}·" in [line.plain for line in shown]


def test_lines_that_are_left_out_are_counted() -> None:
    lines = tuple(text.mark(str(number)) for number in range(10))
    assert [line.plain for line in sheet.fit(Sheet(lines), 4)] == ["0", "1", "2", "… 7 more lines"]
    assert [line.plain for line in sheet.fit(Sheet(lines, 9), 4)] == ["… 7 more lines", "7", "8", "9"]


@given(st.lists(words.map(Cell), max_size=8), st.integers(1, 100))
def test_flowing_pieces_fit_and_none_is_lost_that_fits_a_line(cells: list[Cell], width: int) -> None:
    lines = sheet.flow(cells, width)
    assert all(line.cell_length <= width for line in lines)
    told = "\n".join(line.plain for line in lines)
    for cell in cells:
        if text.cells(cell.words) <= width:
            assert text.bare(cell.words) in told


@given(st.lists(words.map(Cell), max_size=4), st.lists(words.map(Cell), max_size=4), st.integers(1, 120))
def test_a_line_with_two_ends_fits(left: list[Cell], right: list[Cell], width: int) -> None:
    assert sheet.ends(left, right, width).cell_length <= width


def test_the_right_end_stands_at_the_right_and_is_kept_whole() -> None:
    assert sheet.ends((Cell("a very long title"),), (Cell("5/10"),), 14).plain == "a very…   5/10"
    assert sheet.ends((Cell("short"),), (Cell("5/10"),), 14).plain == "short     5/10"


@given(st.lists(st.tuples(words, words, st.just("")), max_size=4), st.integers(1, 120))
def test_labelled_lines_fit(pairs: list[tuple[str, str, str]], width: int) -> None:
    assert all(line.cell_length <= width for line in sheet.labelled(pairs, width))


def test_two_drawings_side_by_side_begin_in_their_columns() -> None:
    left, right = [text.mark("a")], [text.mark("b"), text.mark("c")]
    assert [line.plain for line in sheet.beside(left, right, 4)] == ["a   b", "    c"]


@given(st.floats(0, 1), st.integers(0, 40))
def test_a_bar_is_empty_for_nothing_only(part: float, width: int) -> None:
    drawn = sheet.bar(part, width)
    assert len(drawn) <= width
    assert bool(drawn) == (part > 0 and width > 0)
