"""The cursor among the entries of the step, and what can be done to the entry under it.

Owns which entry is marked and the small modes of voting and putting together. Changes go through the session.
Must not draw. Source: meeting.md, "Keys" (right table).
"""

from __future__ import annotations

from typing import Literal

from retrotui.domain import corrections, roundtable
from retrotui.errors import Message, Refused, msg, plural
from retrotui.tui.session import Session

Mode = Literal["", "vote", "group"]


class EntryCursor:
    """Where `↑ ↓ j k` are, among the keys of the entries that the screen shows."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.keys: tuple[str, ...] = ()
        """The entries on the screen, oldest first."""
        self.at: str = ""
        self.mode: Mode = ""
        self._first: str = ""
        self._typed = False
        """A digit was typed for the marked entry: the next one goes behind it."""

    def show(self, keys: tuple[str, ...]) -> None:
        """The screen shows other entries; a cursor on one that is gone goes to the newest."""
        self.keys = keys
        if self.at and self.at not in keys:
            self.at = keys[-1] if keys else ""

    def move(self, by: int) -> None:
        self._typed = False
        if not self.keys:
            self.session.say(msg("There are no entries in this step yet."))
            return
        if self.at in self.keys:
            position = self.keys.index(self.at) + by
            self.at = self.keys[max(0, min(len(self.keys) - 1, position))]
        else:
            self.at = self.keys[-1]
        self.session.on_change()

    def leave(self) -> None:
        """Back to the line: nothing is marked."""
        self.at, self.mode, self._first, self._typed = "", "", "", False

    def _have(self) -> bool:
        if not self.at:
            self.move(0)
        return bool(self.at)

    def delete(self) -> None:
        if self._have() and self.session.apply(corrections.delete, self.at):
            self.session.say(msg("Deleted. F9 takes it back."))

    def make(self, kind: Literal["experiment", "lesson", "action"]) -> None:
        """`x` `!` `>`: the entry becomes something else."""
        if self._have() and self.session.apply(corrections.turn_into, self.at, kind):
            words = {
                "experiment": msg(
                    "It is an experiment now: an idea, until the rest is said. F9 takes it back."
                ),
                "lesson": msg("It is a lesson now. F9 takes it back."),
                "action": msg("It is an action now. F9 takes it back."),
            }
            self.session.say(words[kind])

    def vote(self, digit: int | None = None) -> None:
        """`v` begins, where none is marked at the first entry that takes votes; digits give them, Enter goes on.

        What takes none is refused before a digit is typed.
        """
        if not self.at and self.keys:
            self.at = next(iter(self._voted()), self.keys[0])
        if not self._have():
            return
        try:
            corrections.check_votes(self.session.meeting, self.at)
        except Refused as refused:
            self.mode = self.mode if digit is not None else ""
            self.session.refuse(refused)
            return
        self.mode = "vote"
        if digit is None:
            self._typed = False
        else:
            have = corrections.votes_of(self.session.meeting, self.at)
            number = have * 10 + digit if self._typed else digit
            self._typed = True
            self.session.apply(corrections.set_votes, self.at, min(number, 99))
        self.session.on_change()

    def said_of_votes(self) -> Message:
        """While votes are counted: how many dots each person has, how many that makes, and how many are given."""
        meeting = self.session.meeting
        step, given = meeting.agenda_step, corrections.votes_given(meeting, self.keys)
        if step is None or not step.votes:
            return plural(
                "{n} vote so far. A number for this entry.",
                "{n} votes so far. A number for this entry.",
                given,
            )
        people = len(roundtable.present(meeting))
        each = plural("{n} dot per person", "{n} dots per person", step.votes)
        if not people:
            return msg("{each} · {given} given", each=each, given=given)
        total = people * step.votes
        if given > total:
            return msg(
                "{each} · {total} to give, {given} given: {over} too many",
                each=each, total=total, given=given, over=given - total,
            )  # fmt: skip
        return msg("{each} · {total} to give, {given} given", each=each, total=total, given=given)

    def _voted(self) -> list[str]:
        """Those among the entries that take votes."""
        return [key for key in self.keys if corrections.takes_votes(self.session.meeting, key)]

    def next_vote(self) -> None:
        place = self.keys.index(self.at) if self.at in self.keys else len(self.keys)
        after = next((key for key in self._voted() if self.keys.index(key) > place), "")
        if not after:
            self.leave()
            self.session.say(msg("The votes are in."))
        else:
            self.at, self._typed = after, False
            self.session.on_change()

    def clear_votes(self) -> None:
        if self.session.apply(corrections.clear_votes, self.keys):
            self.session.say(msg("The votes are cleared. F9 takes it back."))

    def group(self) -> None:
        """`g` on one entry, then `g` or Enter on another puts the first together with it."""
        if not self._have():
            return
        if self.mode != "group":
            self.mode, self._first = "group", self.at
            self.session.say(msg("With which one? ↑ ↓, then g. Esc ends."))
            self.session.on_change()
            return
        first, self._first, self.mode = self._first, "", ""
        if self.session.apply(corrections.put_together, first, self.at):
            self.session.say(msg("Put together. F9 takes it back."))
