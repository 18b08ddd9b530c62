"""`retrotui` with one thing altered, for the terminal tests: python altered.py HOW WORDS…

HOW is a key of `ALTERATIONS`. What breaks, breaks with a sentence of somebody's in its hands, so that a test can look
for it where it must not be.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any, NoReturn

SPEED = 20.0
FSYNC_S = 0.04
TRIGGER = "Kaputt"
"""Typed as an entry, this makes happen what was altered."""
SECRET = "Carla sagt: zu teuer"


def fast() -> None:
    """A clock that runs twenty times as fast, in a meeting that is saved like any other."""
    from retrotui import clock
    from retrotui.tui import place

    def made() -> Any:
        return clock.RehearsalClock(clock.SystemClock(), SPEED)

    place.SystemClock = made  # type: ignore[attr-defined,assignment]


def slow_disk() -> None:
    """Every fsync takes its time, as on a share or a tired disk."""
    fsync = os.fsync

    def slow(descriptor: Any) -> None:
        time.sleep(FSYNC_S)
        fsync(descriptor)

    os.fsync = slow  # type: ignore[assignment]  # before the table of system calls is made


def broken_handler() -> None:
    """The listener of the capture line raises."""
    from retrotui.tui.meeting_line import MeetingLine

    entered = MeetingLine.entered

    def breaks(self: MeetingLine, line: str) -> None:
        participant = SECRET
        entered(self, line)
        if line == TRIGGER:
            raise ValueError(participant)

    MeetingLine.entered = breaks  # type: ignore[method-assign]


def broken_worker() -> None:
    """The worker that opens a dialog raises."""
    from retrotui.tui.screens.dialogs import over_meeting

    async def breaks(_screen: object) -> NoReturn:
        participant = SECRET
        raise KeyError(participant)

    over_meeting.OPENERS["help"] = breaks


def broken_thread() -> None:
    """Reading earlier meetings, beside the screen, raises."""
    from retrotui.tui import remembering

    def breaks(*_args: object, **_values: object) -> NoReturn:
        participant = SECRET
        raise RuntimeError(participant)

    remembering.look_back = breaks


def broken_panel() -> None:
    """Drawing the panel raises, once somebody has said so."""
    from retrotui.tui import meeting_picture

    drawn: Callable[..., Any] = meeting_picture.panel  # type: ignore[attr-defined]

    def breaks(view: Any) -> Any:
        participant = SECRET
        if any(note.text == TRIGGER for note in view.meeting.minutes.note):
            raise IndexError(participant)
        return drawn(view)

    meeting_picture.panel = breaks  # type: ignore[attr-defined]


def broken_rule() -> None:
    """A rule of the domain raises what it never should, with the words that it was given."""
    from retrotui.domain import entries

    say: Callable[..., Any] = entries.say

    def breaks(meeting: Any, text: str, **values: Any) -> Any:
        if text == TRIGGER:
            raise AssertionError(SECRET)
        return say(meeting, text, **values)

    entries.say = breaks


def without_rights() -> None:
    """A root without its powers, so that the permissions of a folder mean something to it as well."""
    import ctypes

    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None, use_errno=True).capset(header, nothing):
        raise OSError(ctypes.get_errno(), "capset")


ALTERATIONS: dict[str, Callable[[], None]] = {
    "fast": fast,
    "slow-disk": slow_disk,
    "handler": broken_handler,
    "worker": broken_worker,
    "thread": broken_thread,
    "panel": broken_panel,
    "rule": broken_rule,
    "without-rights": without_rights,
}


if __name__ == "__main__":
    ALTERATIONS[sys.argv[1]]()
    from retrotui.cli import main

    sys.exit(main(sys.argv[2:]))
