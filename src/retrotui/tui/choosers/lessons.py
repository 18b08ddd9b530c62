"""`lessons`: what was learned, ranked: votes, putting together, sharper words, an experiment.

Owns the list and the questions; the rules are `corrections`'. Source: meeting.md, `lessons`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrotui.domain import corrections
from retrotui.domain.groups import ranked, votes_together
from retrotui.domain.minutes import Lesson
from retrotui.domain.text import one_line
from retrotui.errors import msg, plural
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask, choose_one
from retrotui.tui.choosers.pages import Page, dotted
from retrotui.tui.naming import deal_name_of
from retrotui.tui.screens.dialogs.menu import Answer
from retrotui.tui.widgets.panels.lessons import came_back

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen


class LessonsPage(Page):
    """Digits are votes; Space marks one, and on another puts that one under it; Enter asks what is to become of it."""

    name = msg("Lessons")

    def __init__(self, screen: MeetingScreen) -> None:
        super().__init__(screen)
        self.head = ""
        """The lesson to which others are put."""

    def rows(self) -> tuple[Row, ...]:
        found: list[Row] = []
        for head, members in ranked(self.meeting.minutes.lesson):
            found.append(self._row(head, votes_together(head, members)))
            found += [
                Row(one.id, f"  + {one.text}", mark=self._mark(one, one.votes), muted=True) for one in members
            ]
        return tuple(found)

    def _row(self, one: Lesson, votes: int) -> Row:
        view = self.view
        deals = ", ".join(deal_name_of(view, deal) for deal in one.deals)
        factors = ", ".join(view.factors.label(factor, view.language) for factor in one.factors)
        return Row(one.id, one.text, dotted(came_back(view, one), deals, factors), self._mark(one, votes))

    def _mark(self, one: Lesson, votes: int) -> str:
        return "◆" if one.id == self.head else str(votes) if votes else "·"

    def legend(self) -> str:
        if self.head:
            return tr("Space on another puts it under the marked one; on the marked one lets go")
        return tr("digit: votes · Space: put together · Enter: sharpen, try out, put on top")

    def empty(self) -> str:
        return tr("No lessons yet. ! in front of a line takes one down.")

    def tick(self, key: str) -> bool:
        if not self.head:
            self.head = key
        elif self.head == key:
            self.head = ""
        else:
            self.session.apply(corrections.put_together, key, self.head)
            self.head = ""
        return False

    def digit(self, number: int, key: str) -> bool:
        if key:
            self.session.apply(corrections.set_votes, key, number)
        return False

    def take(self, key: str) -> bool:
        lesson = self._lesson(key)
        if lesson is None:
            return False
        answers = (
            Answer("sharpen", msg("Sharpen its words")),
            Answer(
                "experiment", msg("Try it out: make an experiment of it"), msg("It waits among the ideas.")
            ),
            Answer(
                "top",
                msg("Put it on top"),
                plural("It gets {n} vote.", "It gets {n} votes.", self._on_top(lesson)),
            ),
        )
        ways = {"sharpen": self._sharpen, "experiment": self._try_out, "top": self._put_on_top}
        choose_one(self.screen, msg("What becomes of it?"), answers, lambda way: ways[way](lesson),
                   explained=msg("{words}", words=lesson.text))  # fmt: skip
        return False

    def _lesson(self, key: str) -> Lesson | None:
        return next((one for one in self.meeting.minutes.lesson if one.id == key), None)

    def _sharpen(self, lesson: Lesson) -> None:
        """The words alone: deals, factors and votes stay as they are."""

        def take(line: str) -> None:
            self.session.apply(corrections.set_values, lesson.id, text=one_line(line))

        ask(self.screen, msg("What holds beyond the one deal?"), take, value=one_line(lesson.text))

    def _try_out(self, lesson: Lesson) -> None:
        if self.session.apply(corrections.turn_into, lesson.id, "experiment"):
            self.session.say(msg("An idea now: {title}", title=lesson.text))

    def _on_top(self, lesson: Lesson) -> int:
        """The votes that put it above all others; its own where it is there already."""
        others = [
            votes_together(*one) for one in ranked(self.meeting.minutes.lesson) if one[0].id != lesson.id
        ]
        return max(lesson.votes, max(others, default=0) + 1)

    def _put_on_top(self, lesson: Lesson) -> None:
        self.session.apply(corrections.set_votes, lesson.id, self._on_top(lesson))
