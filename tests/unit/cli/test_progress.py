"""The line of a command that takes a while: at a terminal only, late enough, and gone at the end."""

from __future__ import annotations

import io
import sys

import pytest

from retrotui.cli.progress import SILENT_S, progress
from retrotui.clock import FakeClock


class Screen(io.StringIO):
    """A stream that is a terminal, or is none."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def said(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, seconds: float) -> str:
    """What stands on stderr after a thousand files that take so long together."""
    screen, clock = Screen(terminal), FakeClock()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress(clock=clock) as told:
        for number in range(1, 1001):
            clock.advance(seconds / 1000)
            told(number, 1000)
    return screen.getvalue()


def test_what_takes_a_while_is_counted_and_the_line_is_empty_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = said(monkeypatch, terminal=True, seconds=4 * SILENT_S).split("\r")
    assert "Reading the minutes: 251 of 1,000" in [line.strip() for line in lines]
    assert len(lines) < 30
    assert not lines[-1]
    assert lines[-2] == " " * len(lines[-3])


def test_what_is_quick_stays_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, terminal=True, seconds=SILENT_S * 0.9) == ""


def test_no_line_reaches_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, terminal=False, seconds=60) == ""
