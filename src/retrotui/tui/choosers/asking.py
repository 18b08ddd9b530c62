"""Questions over the list: a line, a menu, a blind round; what is answered comes back to the chooser.

Owns the way to a dialog and back to a fresh list. A chooser cannot wait, so each answer goes to a function; Esc calls
nothing. Must not know what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from retrotui.domain import roundtable
from retrotui.errors import Message, msg
from retrotui.tui.screens.dialogs.ask import Ask, Check, something
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.screens.dialogs.blind import BlindRound
from retrotui.tui.screens.dialogs.menu import Answer, Menu

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

QUESTIONS: dict[roundtable.TallyOf, Message] = {
    "safety": msg("How openly can I speak today?"),
    "worth": msg("Was it worth the time?"),
}


def ask(
    screen: MeetingScreen,
    question: Message,
    then: Callable[[str], object],
    *,
    explained: Message | None = None,
    value: str = "",
    check: Check | None = None,
) -> None:
    """One line; `then` gets it, and the list is drawn anew."""
    _open(screen, Ask(question, explained=explained, value=value, check=check or something), then)


def choose_one(
    screen: MeetingScreen,
    title: Message,
    answers: tuple[Answer, ...],
    then: Callable[[str], object],
    *,
    explained: Message | None = None,
) -> None:
    """One of several; `then` gets its key."""
    _open(screen, Menu(title, answers, explained=explained), then)


def blind_round(screen: MeetingScreen, which: roundtable.TallyOf) -> None:
    """Each person presses a digit at the laptop; the tally is taken when all have."""
    session = screen.session
    dialog = BlindRound(QUESTIONS[which], len(roundtable.present(session.meeting)))
    _open(screen, dialog, lambda digits: session.apply(roundtable.tally, which, digits))


def _open(screen: MeetingScreen, dialog: Dialog[str], then: Callable[[str], object]) -> None:
    def answered(answer: str | None) -> None:
        if answer is not None:
            then(answer)
        refresh(screen)

    screen.app.push_screen(dialog, answered)


def refresh(screen: MeetingScreen) -> None:
    """The list on top is drawn anew."""
    top = screen.app.screen
    if isinstance(top, Dialog):
        top.follow()


def close(screen: MeetingScreen) -> None:
    """The list on top closes: what was asked has settled it."""
    top = screen.app.screen
    if isinstance(top, Dialog):
        top.dismiss(True)
