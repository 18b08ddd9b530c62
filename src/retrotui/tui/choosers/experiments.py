"""`experiments`: ideas of earlier meetings first, then those of today, then the lessons that wait to be tried.

Owns the list; what makes an idea run is `followup`'s, and the form is a dialog. Source: meeting.md, `experiments`.
"""

from __future__ import annotations

from retrotui.domain import corrections, followup
from retrotui.domain.minutes import Experiment
from retrotui.errors import msg
from retrotui.locale import formats, tr
from retrotui.tui import recall_words
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page, dotted, heading
from retrotui.tui.naming import owner_name, shown_owner
from retrotui.tui.widgets.entries import VOTE
from retrotui.tui.widgets.panels.experiments import earlier_ideas, lacking, waiting_lessons

EARLIER, TODAY, LESSON = "earlier:", "today:", "lesson:"


class ExperimentsPage(Page):
    """Enter takes the marked one up and opens its form; Space puts one of today on the wall."""

    name = msg("Experiments")

    def rows(self) -> tuple[Row, ...]:
        return (*self._earlier(), *self._today(), *self._lessons())

    def _earlier(self) -> list[Row]:
        view = self.view
        found = [
            Row(f"{EARLIER}{one.id}", one.title,
                dotted(shown_owner(view, one.owner), tr("idea of {day}", day=formats.date(one.born)),
                       recall_words.adapted_from(view.memory.lineages.get(one.id, ()), one.id)), "?")
            for one in earlier_ideas(view)
        ]  # fmt: skip
        return [heading(tr("Ideas of earlier meetings")), *found] if found else []

    def _today(self) -> list[Row]:
        # ideas before what runs already: they are what waits for an answer
        every = sorted(self.meeting.minutes.experiment, key=lambda one: one.state == "running")
        return [heading(tr("Today")), *(self._row(one) for one in every)] if every else []

    def _row(self, one: Experiment) -> Row:
        view = self.view
        state = (
            tr("runs until {day}", day=formats.near_day(one.due, view.today))
            if one.state == "running" and one.due
            else ""
        )
        who = owner_name(view, one.owner, one.owner_text)
        mark = "✓" if one.state == "running" else "?"
        return Row(f"{TODAY}{one.id}", one.title, dotted(who, state or lacking(view, one)), mark)

    def _lessons(self) -> list[Row]:
        found = [
            Row(f"{LESSON}{one.id}", one.text, f"{VOTE} {votes}" if votes else "", "!")
            for one, votes in waiting_lessons(self.view)
        ]
        return [heading(tr("Lessons")), *found] if found else []

    def legend(self) -> str:
        most = self.meeting.agenda.max_experiments
        room = followup.room_for_more(self.meeting)
        left = tr("room for {n} of {most} today", n=room, most=most)
        drop = tr("3: drop an idea") if earlier_ideas(self.view) else ""
        return dotted(tr("Enter: take up and fill in"), tr("Space: onto the wall"), drop, left)

    def empty(self) -> str:
        return tr("No ideas and no lessons yet. Type a title: each line is an experiment.")

    def take(self, key: str) -> bool:
        kind, _, an_id = key.partition(":")
        before = {one.id for one in self.meeting.minutes.experiment}
        if kind == EARLIER[:-1] and not self.session.apply(followup.take_up_idea, an_id):
            return False
        if kind == LESSON[:-1] and not self.session.apply(corrections.turn_into, an_id, "experiment"):
            return False
        new = next((one.id for one in self.meeting.minutes.experiment if one.id not in before), an_id)
        self._select(new)
        self.screen.ask_experiment(new)
        return True

    def tick(self, key: str) -> bool:
        if key.startswith(TODAY):
            self._select(key.removeprefix(TODAY))
            return False
        return self.take(key)

    def digit(self, number: int, key: str) -> bool:
        """3, as in `followup`: an idea that nobody wants any more leaves the loop by a verdict, not by itself."""
        if number == 3 and key.startswith(EARLIER):
            idea = followup.item(self.meeting, key.removeprefix(EARLIER))
            if self.session.apply(followup.judge, idea.id, "drop"):
                self.session.say(msg("Dropped: {title}", title=idea.title))
        return False

    def _select(self, experiment: str) -> None:
        self.session.selected = experiment
        self.session.on_change()
