"""`perspectives`: whose turn it is, function by function; who is absent becomes a question with an owner.

Owns the list and the two questions (what, and who asks). Must not say who is missing: `roundtable` does. Source:
meeting.md, `perspectives`.
"""

from __future__ import annotations

from retrotui.domain import capture, entries, functions, roundtable
from retrotui.domain.functions import FUNCTIONS
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask, choose_one
from retrotui.tui.choosers.pages import Page, heading
from retrotui.tui.naming import function_name, participant_name
from retrotui.tui.screens.dialogs.menu import Answer
from retrotui.tui.turns import first_turn

HERE, MISSING = "here:", "missing:"
NOBODY = "nobody"
MOST_ASKERS = 8


class PerspectivesPage(Page):
    """Enter or Space gives a function the floor, or asks what to ask one that is missing."""

    name = msg("Perspectives")

    def rows(self) -> tuple[Row, ...]:
        return (*self._here(), *self._missing())

    def _here(self) -> list[Row]:
        view, here = self.view, roundtable.functions_here(self.view.meeting)
        now = (first_turn(view) + self.session.turn) % len(here) if here else 0
        found = []
        for place, one in enumerate(here):
            people = [
                participant_name(view, who) for who in roundtable.present(self.meeting) if who.function == one
            ]
            mark = "▶" if place == now else "✓" if place < now else ""
            found.append(
                Row(f"{HERE}{one}", function_name(one), ", ".join(filter(None, people)), mark, place < now)
            )
        return [heading(tr("Here")), *found] if found else []

    def _missing(self) -> list[Row]:
        here = set(roundtable.functions_here(self.view.meeting))
        expected = [one for one in self.session.settings.expected_functions if one not in here]
        others = [one.id for one in FUNCTIONS if one.id not in here and one.id not in expected]
        found = []
        for number, group in enumerate((expected, others)):
            if group:
                found.append(
                    heading(tr("Not here: what do we ask?") if number == 0 or not expected else tr("Others"))
                )
            found += [Row(f"{MISSING}{one}", function_name(one), mark="?", muted=number > 0) for one in group]
        return found

    def legend(self) -> str:
        return tr("Enter: their turn, or a question to them · Space: their turn, and stay")

    def take(self, key: str) -> bool:
        self.tick(key)
        return key.startswith(HERE)

    def tick(self, key: str) -> bool:
        function = key.partition(":")[2]
        if key.startswith(HERE):
            here = roundtable.functions_here(self.view.meeting)
            if function in here:
                self.session.turn = here.index(function) - first_turn(self.view)
                self.session.on_change()
        else:
            self._ask(function)
        return False

    # -- a question to somebody who is not here --------------------------------------------------------------

    def _ask(self, function: str) -> None:
        question = msg("What do we ask {function}?", function=function_name(function))
        how = msg("@Name says who asks, =fr until when.")
        ask(self.screen, question, lambda line: self._asked(function, line), explained=how)

    def _asked(self, function: str, line: str) -> None:
        """Without an owner in the line, the next question is who asks."""
        line = one_line(line)
        reading = next(iter(capture.read(f"> {line}", self.session.context())), None)
        here = roundtable.present(self.meeting)
        if (reading is not None and (reading.owner or reading.owner_text)) or not here:
            self._take_down(function, line)
            return
        view = self.view
        answers = [
            Answer(one.id, _named(participant_name(view, one), function_name(one.function)))
            for one in here[:MOST_ASKERS]
        ]
        answers.append(Answer(NOBODY, msg("Nobody yet")))
        choose_one(
            self.screen, msg("Who asks?"), tuple(answers), lambda who: self._take_down(function, line, who)
        )

    def _take_down(self, function: str, line: str, owner: str = "") -> None:
        name = functions.label(function, self.view.language)
        tag = f" @{owner}" if owner and owner != NOBODY else ""
        self.session.apply(entries.say, f"> {name}: {line}{tag}", factors=self.session.factors)
        self.session.say(msg("An action now: {words}", words=f"{name}: {line}"))


def _named(name: str, function: str) -> Message:
    if name and function:
        return msg("{name}, {function}", name=name, function=function)
    return msg("{words}", words=name or function or "?")
