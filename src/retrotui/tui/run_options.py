"""What the command line asks of the screens.

Owns `RunOptions` and nothing else. Must not load Textual: the command line reads the options before a screen opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from retrotui.domain.period import Period


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `retrotui`, `run`, `resume` and `demo`. What was not said is empty or None."""

    agenda: str = ""
    """An id or a file; "": the team's own default."""
    deals: Path | None = None
    numbers: Path | None = None
    period: Period | None = None
    """None: the last complete one of the agenda's kind."""
    minutes: int | None = None
    """The meeting's length; None: the agenda's own."""
    hold: bool = False
    rehearse: float | None = None
    """So many times the speed, and nothing is saved; None: in earnest."""
    title: str = ""
    team: str = ""
    meeting: str = ""
    """Of `resume`: the id of the meeting, or a beginning of it; "": the open one."""
    dir: Path | None = None
    lang: str | None = None
