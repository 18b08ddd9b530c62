"""How far a command is that takes a while: one line on stderr that is written over and taken away at the end.

Owns when there is such a line: at a terminal, and only once half a second has passed, so that what is quick stays
silent. Must not know commands; stdout is theirs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from retrotui.clock import Clock, SystemClock
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr

Told = Callable[[int, int], None]
"""Is told how much is done, of how much."""

SILENT_S: Final = 0.5
"""So long nothing is said."""
_BETWEEN_S: Final = 0.1
"""Between two numbers."""


def reading(done: str, total: str) -> Message:
    """While minutes are read."""
    return msg("Reading the minutes: {n} of {total}", n=done, total=total)


def exporting(done: str, total: str) -> Message:
    """While minutes are exported."""
    return msg("Exporting the minutes: {n} of {total}", n=done, total=total)


def changing(done: str, total: str) -> Message:
    """While files are changed."""
    return msg("Changing the files: {n} of {total}", n=done, total=total)


@contextmanager
def progress(words: Callable[[str, str], Message] = reading, *, clock: Clock | None = None) -> Iterator[Told]:
    """What is to be told of each file. The line is gone when the block ends."""
    line = _Line(clock or SystemClock(), words)
    try:
        yield line.told if sys.stderr.isatty() else _silent
    finally:
        line.wipe()


def _silent(_done: int, _total: int) -> None:
    """Where nobody watches."""


class _Line:
    def __init__(self, clock: Clock, words: Callable[[str, str], Message]) -> None:
        self._clock, self._words = clock, words
        self._next = clock.elapsed() + SILENT_S
        self._width = 0

    def told(self, done: int, total: int) -> None:
        now = self._clock.elapsed()
        if now < self._next:
            return
        self._next = now + _BETWEEN_S
        said = tr(self._words(formats.number(done), formats.number(total)))
        self._write(said.ljust(self._width))
        self._width = len(said)

    def wipe(self) -> None:
        if self._width:
            self._write(" " * self._width)
            self._write("")

    def _write(self, words: str) -> None:
        sys.stderr.write(f"\r{words}")
        sys.stderr.flush()
