"""A question that is answered by one line.

Owns the line, the list of what it can become, and the sentence about what is wrong with it. What counts as an answer,
and what is offered for what is typed, is the asker's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input

from retrotui.domain.completion import Option
from retrotui.domain.spoken_dates import read_date
from retrotui.errors import Message, msg
from retrotui.locale import formats, tr
from retrotui.tui import text
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.widgets.drawn import Drawn

Check = Callable[[str], Message | None]
"""What is wrong with an answer; None: nothing."""
Offer = Callable[[str], Sequence[Option]]
"""What a half-typed answer can become; an option's `insert` takes the line's place."""
MOST_OFFERS = 6
NO_DATE = msg("This is no date: try 21.12. or fr or +2w.")


class Ask(Dialog[str]):
    """Gives back the line, or None for Esc."""

    DEFAULT_CSS = """
    Ask Input { height: 1; border: none; padding: 0; background: $surface; color: $ink; margin: 1 0; }
    Ask #why { height: auto; }
    Ask #wrong { height: 1; }
    """

    def __init__(
        self,
        title: Message,
        *,
        explained: Message | None = None,
        value: str = "",
        check: Check,
        offer: Offer | None = None,
    ) -> None:
        super().__init__()
        self.title_of_box = tr(title)
        self.hint_of_box = tr("Enter takes it; Esc: back")
        self.explained = explained
        self.value = value
        self.check = check
        self.offer = offer
        self.at = 0
        if offer is not None:
            self.hint_of_box = tr("↑ ↓ and Tab complete · Enter takes it; Esc: back")
            for key, way in (("tab", "take"), ("down", "down"), ("up", "up")):
                self._bindings.bind(key, f"offer('{way}')", show=False, priority=True)

    def body(self) -> ComposeResult:
        yield Drawn(id="why")
        line = Input(self.value, compact=True)
        line.cursor_blink = False
        yield line
        yield Drawn(id="offers")
        yield Drawn(id="wrong")

    def on_mount(self) -> None:
        lines = text.wrap(tr(self.explained), 70) if self.explained is not None else []
        why = self.query_one("#why", Drawn)
        why.display = bool(lines)
        why.styles.height = max(1, len(lines))
        why.draw(text.stack([text.plain(line, "$muted") for line in lines]) if lines else text.mark(""))
        self.set_focus(self.query_one(Input))
        self._show_offers()

    # -- what it can become --------------------------------------------------------------------------------

    def _offered(self) -> Sequence[Option]:
        typed = self.query_one(Input).value
        found = self.offer(typed) if self.offer is not None else ()
        return () if [one.insert for one in found] == [typed] else found

    def _show_offers(self) -> None:
        area, found = self.query_one("#offers", Drawn), self._offered()
        area.display = self.offer is not None
        area.styles.height = MOST_OFFERS
        if not found:
            area.draw(text.mark(""))
            return
        self.at = min(self.at, len(found) - 1)
        first = max(0, min(self.at - MOST_OFFERS // 2, len(found) - MOST_OFFERS))
        lines = []
        for place, one in enumerate(found[first : first + MOST_OFFERS], start=first):
            here = place == self.at
            lines.append(
                text.join(
                    text.mark("▸ " if here else "  ", "bold $accent"),
                    text.line(text.pad(one.insert, 22), "bold" if here else ""),
                    text.line(worded(one.label), "bold" if here else ""),
                    text.line(f"  {worded(one.detail)}" if one.detail else "", "$muted"),
                )
            )
        area.draw(text.stack([one.truncate(72, ellipsis=True) for one in lines]))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.at = 0
        self._show_offers()

    def action_offer(self, way: str) -> None:
        """Tab takes the marked one into the line; ↓ and ↑ mark another."""
        found = self._offered()
        if not found:
            return
        if way == "take":
            line = self.query_one(Input)
            line.value = found[self.at].insert
            line.cursor_position = len(line.value)
        else:
            self.at = (self.at + (1 if way == "down" else -1)) % len(found)
            self._show_offers()

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        wrong = self.check(event.value)
        if wrong is None:
            self.dismiss(event.value)
        else:
            lines = text.wrap(tr(wrong), 72, lines=2)
            area = self.query_one("#wrong", Drawn)
            area.styles.height = len(lines)
            area.draw(text.stack([text.plain(line, "bold $warn") for line in lines]))


def something(line: str) -> Message | None:
    """The check of a question that wants words."""
    return None if line.strip() else msg("A few words, please; Esc goes back.")


def anything(_line: str) -> Message | None:
    """The check of a question that may be left empty."""
    return None


def day_of(line: str, today: date) -> date | None:
    """A date as the answer to a question; the mark that it has in the capture line may stand before it."""
    return read_date(line.strip().lstrip("=^ "), today)


async def ask_date(screen: Screen[Any], question: Message, proposed: date, today: date) -> date | None:
    """A day, typed in any of the ways that the capture line knows."""

    def check(line: str) -> Message | None:
        return NO_DATE if day_of(line, today) is None else None

    value = formats.date(proposed)
    answer = await screen.app.push_screen_wait(Ask(question, value=value, check=check))
    return day_of(answer, today) if answer is not None else None


async def ask_minutes(screen: Screen[Any], question: Message, value: int = 1) -> int | None:
    """A whole number of minutes from 1 to 240."""

    def check(line: str) -> Message | None:
        typed = line.strip()
        return (
            None
            if typed.isdecimal() and 1 <= int(typed[:5]) <= 240
            else msg("A whole number from 1 to 240, please.")
        )

    answer = await screen.app.push_screen_wait(Ask(question, value=str(value), check=check))
    return int(answer) if answer is not None else None


def worded(words: str | Message | date) -> str:
    """What an option shows, in the interface's language."""
    if isinstance(words, date):
        return formats.date_short(words)
    return tr(words) if isinstance(words, Message) else words
