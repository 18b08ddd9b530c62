"""A chooser over a meeting without a screen: what it asks is recorded, and answered by the test."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from retrotui.clock import FakeClock, Timeline
from retrotui.domain.deals import Deal, DealIndex
from retrotui.domain.factors import FactorList
from retrotui.domain.meeting import Meeting
from retrotui.errors import Message
from retrotui.store.settings import Settings
from retrotui.tui.choosers import Choices, Chooser, Row
from retrotui.tui.choosers.by_kind import chooser_for
from retrotui.tui.session import Session
from retrotui.tui.view import Pipeline

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

HOSTILE = (
    "[red]x[/]",
    "[@click=app.quit]y[/]",
    "[/x] deal [EMEA] [$x]",
    "\x1b[31m\x9b0m \u202eabc\u2066 \x07",
    "a\nb\r\nc\td \u200b\ufeff",
    "{name} {0} %s %(n)d {{",
    "漢字 😀 " + "w" * 300,
)


@dataclass
class FakeApp:
    """Keeps the dialogs that were opened, with what to do with their answers."""

    dialogs: list[tuple[Any, Callable[[Any], None]]] = field(default_factory=list)
    screen: object = None

    def push_screen(self, dialog: Any, callback: Callable[[Any], None]) -> None:
        self.dialogs.append((dialog, callback))


@dataclass
class FakeScreen:
    """What a chooser knows of the meeting screen."""

    session: Session
    app: FakeApp = field(default_factory=FakeApp)
    judged: list[tuple[str, str]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)

    def judge(self, item: str, decision: str) -> None:
        self.judged.append((item, decision))

    def ask_experiment(self, experiment: str) -> None:
        self.forms.append(experiment)

    def run_worker(self, work: Coroutine[Any, Any, None], **_: Any) -> None:
        asyncio.run(work)


@dataclass
class Opened:
    """A list that is open over a meeting, worked as people do: by what a row says."""

    screen: FakeScreen
    chooser: Chooser
    notices: list[Message] = field(default_factory=list)

    @property
    def session(self) -> Session:
        return self.screen.session

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    def shown(self, search: str = "") -> Choices:
        return self.chooser.choices(search)

    def labels(self, search: str = "") -> list[str]:
        """What can be chosen, without headings."""
        return [row.label for row in self.shown(search).rows if row.key]

    def headings(self, search: str = "") -> list[str]:
        return [row.label for row in self.shown(search).rows if not row.key]

    def row(self, words: str, search: str = "") -> Row:
        """The first row that says so."""
        return next(
            row for row in self.shown(search).rows if row.key and words in f"{row.label} {row.detail}"
        )

    def enter(self, words: str) -> bool:
        return self.chooser.take(self.row(words).key)

    def space(self, words: str) -> bool:
        return self.chooser.tick(self.row(words).key)

    def press(self, number: int, words: str = "") -> bool:
        return self.chooser.digit(number, self.row(words).key if words else "")

    def page(self, name: str) -> None:
        """Tab until this page is open."""
        for _ in self.shown().tabs:
            choices = self.shown()
            if choices.tabs[choices.tab] == name:
                return
            self.chooser.turn(1)
        raise AssertionError(f"no page {name}")

    def answer(self, words: str) -> None:
        """Answers the question that was asked last, after its own check."""
        dialog, callback = self.screen.app.dialogs.pop()
        check = getattr(dialog, "check", None)
        assert check is None or check(words) is None, check and check(words)
        keys = [one.key for one in getattr(dialog, "answers", ())]
        assert not keys or words in keys, keys
        callback(words)

    def refuses(self, words: str) -> bool:
        """Whether the question that is open does not take this."""
        return self.screen.app.dialogs[-1][0].check(words) is not None

    def said(self) -> str:
        """The last sentence above the line."""
        return str(self.notices[-1]) if self.notices else ""


def session_of(meeting: Meeting, **more: Any) -> Session:
    clock = FakeClock()
    values: dict[str, Any] = {"settings": Settings(), "factors": FactorList.of_team()} | more
    session = Session(clock=clock, timeline=Timeline(clock), meeting=meeting, **values)
    session.select_something()
    return session


def open_list(meeting: Meeting, **more: Any) -> Opened:
    """F7 in this meeting."""
    session = session_of(meeting, **more)
    screen = FakeScreen(session)
    chooser = chooser_for(cast("MeetingScreen", screen))
    assert chooser is not None
    opened = Opened(screen, chooser)
    session.on_notice = opened.notices.append
    return opened


def nothing_to_choose(meeting: Meeting) -> bool:
    return chooser_for(cast("MeetingScreen", FakeScreen(session_of(meeting)))) is None


def pipeline(*deals: Deal, file: str = "deals.csv") -> Pipeline:
    return Pipeline(DealIndex.of(deals), file)


def deal(
    number: int, account: str, outcome: Any = "lost", amount: str | None = "1000.00", **more: Any
) -> Deal:
    """Decided in October 2026 unless said otherwise, by somebody whose name must never be seen."""
    values: dict[str, Any] = {
        "id": f"D{number}",
        "record": number,
        "line": number + 1,
        "owner": "Selma Owner",
        "currency": "EUR",
        "created": date(2026, 4, 1),
        "decided": date(2026, 10, number % 28 + 1),
    } | more
    return Deal(account=account, outcome=outcome, amount=amount, **values)
