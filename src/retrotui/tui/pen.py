"""What a drawn frame costs on its way to the terminal: colours and places are said once, not with every piece.

Owns the shortening of a frame; what is seen is the same. The framework ends each piece with a reset and begins the next
with all its colours, and moves the cursor twice from line to line. A clock that fills a third of the wall is a dozen
pieces of one colour a second. Must not know what is drawn. Source: promises.md, "It is fast" (bytes of an idle minute).
"""

from __future__ import annotations

import re
from typing import Final

RESET: Final = "\x1b[m"
_MOVED_TWICE: Final = re.compile(r"(?:\x1b\[\d+;\d+H(?:\r?\n)?)+(?=\x1b\[\d+;\d+H)")
"""Moves that another one makes void."""
_PIECES: Final = re.compile(r"\x1b\[[\d;]*m|\x1b\[\d+;\d+H|\x1b|[^\x1b]+")
"""Colours, a move, the beginning of anything else, or what stands between."""


def sparing(frame: str) -> str:
    """The same frame in fewer bytes, for a terminal that is in its own colours, as each frame leaves it."""
    pen = wanted = ""
    """The colours that the terminal has, and those that the next piece is to have; "" are its own."""
    said: list[str] = []
    for piece in _PIECES.findall(_MOVED_TWICE.sub("", frame)):
        if piece.endswith("m") and piece[0] == "\x1b":
            wanted = "" if piece in (RESET, "\x1b[0m") else wanted + piece
        elif piece.endswith("H") and piece[0] == "\x1b":
            said.append(piece)
        else:
            if wanted != pen:
                said.append(_turned(pen, wanted))
                pen = wanted
            said.append(piece)
    if wanted != pen:
        said.append(_turned(pen, wanted))
    return "".join(said)


def _turned(pen: str, wanted: str) -> str:
    """From these colours to those: what is added, else all anew."""
    return wanted.removeprefix(pen) if wanted.startswith(pen) else RESET + wanted
