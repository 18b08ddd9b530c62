"""Large letters for the question on the wall: drawn in half blocks, four rows high.

Owns the glyphs and how words are set in lines of them. Must not know a prompt. Where a word has a letter that is not
drawn here, or there is too little room, nothing is given back, and the words stand in the terminal's own letters.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

ROWS = 4
"""Rows of cells of a line of letters: eight squares, the last of them for what hangs below the line."""
LEADING = 1
"""Free rows between two lines."""
SPACE = 3
"""Squares between two words."""

_DRAWN = """
A .###. #...# #...# ##### #...# #...# #...#
B ####. #...# #...# ####. #...# #...# ####.
C .#### #.... #.... #.... #.... #.... .####
D ####. #...# #...# #...# #...# #...# ####.
E ##### #.... #.... ####. #.... #.... #####
F ##### #.... #.... ####. #.... #.... #....
G .#### #.... #.... #..## #...# #...# .####
H #...# #...# #...# ##### #...# #...# #...#
I ### .#. .#. .#. .#. .#. ###
J ..### ....# ....# ....# ....# #...# .###.
K #...# #..#. #.#.. ##... #.#.. #..#. #...#
L #.... #.... #.... #.... #.... #.... #####
M #...# ##.## #.#.# #.#.# #...# #...# #...#
N #...# ##..# #.#.# #.#.# #..## #...# #...#
O .###. #...# #...# #...# #...# #...# .###.
P ####. #...# #...# ####. #.... #.... #....
Q .###. #...# #...# #...# #.#.# #..#. .##.#
R ####. #...# #...# ####. #.#.. #..#. #...#
S .#### #.... #.... .###. ....# ....# ####.
T ##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..
U #...# #...# #...# #...# #...# #...# .###.
V #...# #...# #...# #...# #...# .#.#. ..#..
W #...# #...# #...# #.#.# #.#.# ##.## #...#
X #...# #...# .#.#. ..#.. .#.#. #...# #...#
Y #...# #...# .#.#. ..#.. ..#.. ..#.. ..#..
Z ##### ....# ...#. ..#.. .#... #.... #####
Ä #...# ..... .###. #...# ##### #...# #...#
Ö #...# ..... .###. #...# #...# #...# .###.
Ü #...# ..... #...# #...# #...# #...# .###.
a .... .... ###. ...# .### #..# .###
b #... #... ###. #..# #..# #..# ###.
c ... ... .## #.. #.. #.. .##
d ...# ...# .### #..# #..# #..# .###
e .... .... .##. #..# #### #... .###
f .## #.. ### #.. #.. #.. #..
g .... .... .### #..# #..# .### ...# ###.
h #... #... ###. #..# #..# #..# #..#
i # . # # # # #
j .# .. .# .# .# .# .# #.
k #... #... #..# #.#. ##.. #.#. #..#
l #. #. #. #. #. #. ##
m ..... ..... ####. #.#.# #.#.# #.#.# #.#.#
n .... .... ###. #..# #..# #..# #..#
o .... .... .##. #..# #..# #..# .##.
p .... .... ###. #..# #..# ###. #... #...
q .... .... .### #..# #..# .### ...# ...#
r ... ... #.# ##. #.. #.. #..
s .... .... .### #... .##. ...# ###.
t #.. #.. ### #.. #.. #.. .##
u .... .... #..# #..# #..# #..# .###
v ..... ..... #...# #...# #...# .#.#. ..#..
w ..... ..... #...# #.#.# #.#.# #.#.# .#.#.
x .... .... #..# #..# .##. #..# #..#
y .... .... #..# #..# #..# .### ...# ###.
z .... .... #### ...# .##. #... ####
ä #..# .... ###. ...# .### #..# .###
ö #..# .... .##. #..# #..# #..# .##.
ü #..# .... #..# #..# #..# #..# .###
ß .##. #..# #..# #.#. #..# #..# #.#.
0 .##. #..# #..# #..# #..# #..# .##.
1 .#. ##. .#. .#. .#. .#. ###
2 ###. ...# ...# .##. #... #... ####
3 ###. ...# ...# .##. ...# ...# ###.
4 #..# #..# #..# #### ...# ...# ...#
5 #### #... #... ###. ...# ...# ###.
6 .##. #... #... ###. #..# #..# .##.
7 #### ...# ...# ..#. .#.. .#.. .#..
8 .##. #..# #..# .##. #..# #..# .##.
9 .##. #..# #..# .### ...# ...# .##.
. . . . . . . #
, .. .. .. .. .. .. .# #.
: . . # . . . #
; .. .. .# .. .. .. .# #.
! # # # # # . #
? ###. ...# ...# .##. .#.. .... .#..
- ... ... ... ### ... ... ...
– .... .... .... #### .... .... ....
+ ... ... .#. ### .#. ... ...
= ... ... ### ... ### ... ...
/ ...# ...# ..#. ..#. .#.. #... #...
( .# #. #. #. #. #. .#
) #. .# .# .# .# .# #.
„ ... ... ... ... ... ... #.# #.#
" #.# #.# ... ... ... ... ...
' # # . . . . .
… ..... ..... ..... ..... ..... ..... #.#.#
· . . . # . . .
& .##.. #..#. #.#.. .#... #.#.# #..#. .##.#
% ##..# ##..# ...#. ..#.. .#... #..## #..##
€ ..### .#... ####. .#... ####. .#... ..###
« ..... ..... .#.#. #.#.. .#.#. ..... .....
» ..... ..... #.#.. .#.#. #.#.. ..... .....
"""
"""A glyph a line: its letter, and its rows from the top; the eighth is left out where nothing hangs below."""
_ALIKE = {"“": '"', "”": '"', "’": "'", "‘": "'", "−": "-", "—": "–", "‑": "-"}

Glyph = tuple[str, ...]


@lru_cache(maxsize=1)
def _glyphs() -> dict[str, Glyph]:
    found = {}
    for line in _DRAWN.strip().splitlines():
        letter, *rows = line.split(" ")
        wide = len(rows[0])
        found[letter] = (*rows, *["." * wide] * (2 * ROWS - len(rows)))
    return found


def _glyph(letter: str) -> Glyph | None:
    """The glyph of a letter; one with an accent that is not drawn loses it."""
    known = _glyphs()
    letter = _ALIKE.get(letter, letter)
    return known.get(letter) or known.get(unicodedata.normalize("NFD", letter)[0])


@lru_cache(maxsize=256)
def _word(word: str) -> Glyph | None:
    """A word as eight rows of squares; None where one of its letters is not drawn."""
    glyphs = [_glyph(letter) for letter in unicodedata.normalize("NFC", word)]
    drawn = [glyph for glyph in glyphs if glyph is not None]
    if len(drawn) < len(glyphs):
        return None
    return tuple(".".join(glyph[row] for glyph in drawn) for row in range(2 * ROWS))


@lru_cache(maxsize=64)
def large(words: str, width: int, rows: int) -> tuple[str, ...]:
    """The words in large letters, in lines of at most `width` cells and at most `rows` rows altogether.

    Nothing where they do not fit, or where a letter is not drawn.
    """
    lines: list[list[Glyph]] = []
    used = 0
    for word in words.split():
        drawn = _word(word)
        if drawn is None or len(drawn[0]) > width:
            return ()
        if lines and used + SPACE + len(drawn[0]) <= width:
            lines[-1].append(drawn)
            used += SPACE + len(drawn[0])
        else:
            lines.append([drawn])
            used = len(drawn[0])
    if not lines or len(lines) * (ROWS + LEADING) - LEADING > rows:
        return ()
    found: list[str] = []
    for line in lines:
        squares = [("." * SPACE).join(word[row] for word in line) for row in range(2 * ROWS)]
        found += [*([""] * LEADING if found else []), *_halved(squares)]
    return tuple(found)


def _halved(squares: list[str]) -> list[str]:
    """Two rows of squares in one of cells."""
    blocks = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}
    return [
        "".join(blocks[upper + lower] for upper, lower in zip(*pair, strict=True)).rstrip()
        for pair in zip(squares[::2], squares[1::2], strict=True)
    ]
