"""What a panel, the rail and a chooser are given to draw: one frozen look at the meeting.

Owns `View` and nothing else. A panel is a pure function of it: same view, same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.domain.factors import FactorList
from retrotui.domain.meeting import Meeting
from retrotui.domain.memory import Memory
from retrotui.domain.minutes import Minutes
from retrotui.store.settings import Settings

if TYPE_CHECKING:
    from retrotui.domain.deals import DealIndex
    from retrotui.interchange.crm import Import
    from retrotui.interchange.crm.understood import Totals


@dataclass(frozen=True, slots=True)
class DealSource:
    """Where deals were read from, and the account of how. `by_hand` maps fields to the headers that a person named in
    this run; "" for a field that is to be found by itself again.
    """

    path: Path
    account: Import
    totals: Totals
    by_hand: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The imported deals of this run, ready to search; `file` is the name that the minutes keep."""

    index: DealIndex
    file: str = ""
    source: DealSource | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class View:
    """One look at the meeting. `width` and `height` are the cells that the drawer may fill."""

    meeting: Meeting
    now: datetime
    settings: Settings
    factors: FactorList
    width: int = 72
    height: int = 12
    wall: bool = False
    commanding: bool = False
    """After Esc: the cursor goes through everything that can be edited."""
    selected: str = ""
    """The item, metric or experiment that text goes to (followup, numbers, experiments)."""
    turn: int = 0
    """Whose turn it is in a go-round, from 0; not stored."""
    pipeline: Pipeline | None = None
    past: tuple[Minutes, ...] = field(default=(), repr=False)
    """Earlier meetings of the folder, newest first; of a large folder the newest alone."""
    memory: Memory = field(default_factory=Memory, repr=False)
    """What all earlier meetings knew of what is on the table."""

    @property
    def today(self) -> date:
        return self.meeting.minutes.date

    @property
    def language(self) -> str:
        """The meeting's language: of agenda texts and factor labels; sentences of ours go through `tr`."""
        return self.meeting.minutes.language
