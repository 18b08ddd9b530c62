"""`close`: the blind round, the next date, and what was parked.

Owns the list and its questions. Must not say when the usual next date is: `rhythm` does. Source: meeting.md, `close`.
"""

from __future__ import annotations

from datetime import date, timedelta

from retrotui.domain import corrections, entries, parking, rhythm
from retrotui.domain.capture_reading import Reading
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask, blind_round, choose_one
from retrotui.tui.choosers.pages import DO, Page, heading
from retrotui.tui.screens.dialogs.ask import NO_DATE, day_of
from retrotui.tui.screens.dialogs.menu import Answer

DATE, PARKED = "date:", "parked:"
WEEK = timedelta(weeks=1)


class ClosePage(Page):
    """1 opens the blind round; Enter takes a date, or asks what becomes of a parked topic."""

    name = msg("Close")

    def rows(self) -> tuple[Row, ...]:
        minutes = self.meeting.minutes
        found = [
            Row(f"{DO}blind", tr("Blind round"), tr("was it worth the time?"), "1"),
            heading(tr("Next date")),
        ]
        for day in self._days():
            mark = "✓" if day == minutes.next_date else ""
            found.append(
                Row(
                    f"{DATE}{day.isoformat()}",
                    f"{formats.weekday(day)} {formats.date(day)}",
                    self._away(day),
                    mark,
                )
            )
        found.append(Row(f"{DO}date", tr("Another day …")))
        if minutes.parked:
            found.append(heading(tr("Parked topics")))
            found += [Row(f"{PARKED}{at}", words, mark="&") for at, words in enumerate(minutes.parked)]
        return tuple(found)

    def _days(self) -> list[date]:
        """The usual day with its neighbours, and the one that was said."""
        minutes = self.meeting.minutes
        usual = rhythm.proposed_next(minutes.date, self.meeting.agenda.period)
        days = {usual - WEEK, usual, usual + WEEK} | ({minutes.next_date} if minutes.next_date else set())
        return sorted(day for day in days if day > minutes.date)

    def _away(self, day: date) -> str:
        days = (day - self.meeting.minutes.date).days
        if days % 7:
            return tr(plural("in {n} day", "in {n} days", days))
        return tr("in a week") if days == 7 else tr("in {n} weeks", n=days // 7)

    def legend(self) -> str:
        return tr("1: blind round · Enter: take")

    def tick(self, key: str) -> bool:
        kind, _, value = key.partition(":")
        if key == f"{DO}blind":
            blind_round(self.screen, "worth")
        elif key == f"{DO}date":
            self._ask_date()
        elif kind == DATE[:-1]:
            self._set_date(date.fromisoformat(value))
        elif value.isdecimal() and int(value) < len(self.meeting.minutes.parked):
            self._ask_parked(int(value))
        return False

    def digit(self, number: int, _key: str) -> bool:
        if number == 1:
            blind_round(self.screen, "worth")
        return False

    # -- the next date ---------------------------------------------------------------------------------------

    def _set_date(self, day: date) -> None:
        """The same day once more takes it away."""
        due = None if day == self.meeting.minutes.next_date else day
        self.session.apply(entries.record, Reading(kind="next_date", due=due))

    def _ask_date(self) -> None:
        today = self.meeting.minutes.date

        def take(line: str) -> None:
            if (day := day_of(line, today)) is not None and day != self.meeting.minutes.next_date:
                self._set_date(day)

        def check(line: str) -> Message | None:
            return NO_DATE if day_of(line, today) is None else None

        ask(
            self.screen,
            msg("When do we meet next?"),
            take,
            value=formats.date(self.session.next_date()),
            check=check,
        )

    # -- parked topics ---------------------------------------------------------------------------------------

    def _ask_parked(self, place: int) -> None:
        topic = self.meeting.minutes.parked[place]
        answers = (
            Answer("action", msg("Make it an action"), msg("@Name and =date can be added on its line.")),
            Answer("strike", msg("Strike it")),
            Answer("keep", msg("Leave it parked")),
        )

        def take(answer: str) -> None:
            if self.meeting.minutes.parked[place : place + 1] != (topic,):
                return
            if answer == "action":
                self.session.apply(parking.into_action, place)
            elif answer == "strike":
                self.session.apply(corrections.delete, f"{corrections.PARKED}{place}")

        choose_one(
            self.screen, msg("What becomes of it?"), answers, take, explained=msg("{words}", words=topic)
        )
