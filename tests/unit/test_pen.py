"""A frame in fewer bytes is the same frame: seen by an emulator, whatever is drawn and in whatever colours."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st

from retrotui.tui.pen import sparing

WIDTH, HEIGHT = 12, 4
_colours = st.sampled_from(
    ["\x1b[38;2;1;2;3;48;2;9;9;9m", "\x1b[1;38;2;1;2;3m", "\x1b[31m", "\x1b[7m", "\x1b[4m"]
)
_words = st.text(st.sampled_from("ab█▀ ü"), max_size=5)
_pieces = st.one_of(
    st.builds(lambda row, column: f"\x1b[{row};{column}H", st.integers(1, HEIGHT), st.integers(1, WIDTH)),
    st.builds(lambda colour, words: f"{colour}{words}\x1b[0m", _colours, _words),
    _colours,
    st.sampled_from(["\x1b[0m", "\x1b[m", "\n", "\x1b[2J", "\x1b[K", "\x1b[?25l", "\x1b[2A"]),
    _words,
)


def _seen(frame: str) -> tuple[object, ...]:
    """Every cell with its colours, the cursor, and the colours that are left."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    pyte.Stream(screen).feed(frame)
    cells = [[screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]
    return cells, screen.cursor.x, screen.cursor.y, screen.cursor.attrs


@given(st.lists(_pieces, max_size=20).map("".join))
def test_a_frame_in_fewer_bytes_looks_the_same(frame: str) -> None:
    assert len(sparing(frame)) <= len(frame)
    if "\n" not in frame:
        assert _seen(sparing(frame)) == _seen(frame)


@given(st.lists(st.tuples(st.integers(1, HEIGHT - 1), _colours, _words), max_size=8))
def test_lines_as_the_framework_writes_them_look_the_same(lines: list[tuple[int, str, str]]) -> None:
    frame = "".join(
        f"\x1b[{row};1H{colour}{words}\x1b[0m\x1b[{row};{WIDTH}H\n" for row, colour, words in lines
    )
    assert _seen(sparing(frame)) == _seen(frame)


def test_a_colour_is_said_once_and_a_line_is_moved_to_once() -> None:
    ink = "\x1b[38;2;26;28;32;48;2;250;249;246m"
    rows = [f"\x1b[{row};3H{ink}██\x1b[0m\x1b[{row};5H\n" for row in (3, 4, 5)]
    assert sparing("".join(rows)) == f"\x1b[3;3H{ink}██\x1b[4;3H██\x1b[5;3H██\x1b[5;5H\x1b[m\n"


def test_what_is_no_colour_and_no_move_passes_as_it_is() -> None:
    title = "\x1b]22;default\x07\x1b[?1049h\x1b[>25u\x1bP=1s\x1b\\"
    assert sparing(title) == title
