"""`checkin`: who is here, by function, and the blind round.

Owns the list of people to tick. Must not count a person, nor show names that are hidden. Source: meeting.md, `checkin`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from retrotui.domain import functions, roundtable
from retrotui.domain.capture_people import whom
from retrotui.domain.minutes import Participant
from retrotui.domain.text import fold, one_line
from retrotui.errors import Message, msg
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask, blind_round
from retrotui.tui.choosers.pages import DO, Page, heading
from retrotui.tui.choosers.roles import EVERYBODY_ELSE, RolesPage, role_names
from retrotui.tui.naming import function_name, function_names, participant_name

if TYPE_CHECKING:
    from retrotui.tui.screens.meeting import MeetingScreen

ADD = f"{DO}add"
NAME = 200
"""Bytes of a name or a function."""


def pages(screen: MeetingScreen) -> tuple[Page, ...]:
    """Who is here, then the roles."""
    return PeoplePage(screen), RolesPage(screen)


def first_page(screen: MeetingScreen) -> type[Page]:
    """Where F7 opens: on the roles, once people are there and the step names a role that nobody has."""
    meeting = screen.session.meeting
    here = roundtable.present(meeting)
    held = {role for one in here for role in one.roles} | {EVERYBODY_ELSE}
    named = meeting.agenda_step.roles if meeting.agenda_step is not None else ()
    return RolesPage if here and set(named) - held else PeoplePage


class PeoplePage(Page):
    """The people noted and those whom the team knows; Space or Enter ticks them on and off."""

    name = msg("Who is here")

    def rows(self) -> tuple[Row, ...]:
        found: list[Row] = []
        view, group = self.view, None
        for place, one in enumerate(by_function(roundtable.candidates(self.meeting)), start=1):
            if one.function != group:
                group = one.function
                found.append(heading(function_name(group) or tr("no function named")))
            name = participant_name(view, one) or ("?" if not one.name else tr("Person {n}", n=place))
            mark = "✓" if one.present else ""
            found.append(Row(one.id, name, role_names(one.roles), mark, not one.present))
        if missing := roundtable.missing_functions(self.meeting, self.session.settings.expected_functions):
            found.append(heading(tr("Missing: {functions}", functions=function_names(missing))))
        found.append(Row(ADD, tr("Add a person …"), tr("Name, Function"), "+"))
        if self._is_safe_to_ask:
            found.append(Row(f"{DO}blind", tr("Blind round"), tr("each presses a digit at the laptop"), "1"))
        return tuple(found)

    @property
    def _is_safe_to_ask(self) -> bool:
        """Whether the step has a safety check."""
        step = self.meeting.agenda_step
        return self.meeting.step.kind == "checkin" and (step is None or step.safety)

    def legend(self) -> str:
        return (
            tr("Space: here or not · 1: blind round · / searches")
            if self._is_safe_to_ask
            else tr("Space: here or not · / searches")
        )

    def tick(self, key: str) -> bool:
        if key == ADD:
            question = msg("Who is here?")
            ask(self.screen, question, self._add, explained=msg("Name, Function. ? is somebody without a name."),
                check=_named)  # fmt: skip
        elif key.startswith(DO):
            blind_round(self.screen, "safety")
        else:
            person = next((one for one in roundtable.candidates(self.meeting) if one.id == key), None)
            if person is not None:
                self.session.apply(roundtable.set_present, key, not person.present)
        return False

    def digit(self, number: int, _key: str) -> bool:
        if number == 1 and self._is_safe_to_ask:
            blind_round(self.screen, "safety")
        return False

    def _add(self, line: str) -> None:
        name, function = parted(line)
        known = [
            one for one in whom(name, roundtable.candidates(self.meeting)) if fold(one.name) == fold(name)
        ]
        # "carla weiss" is Carla Weiß, whom the team knows
        self.session.apply(roundtable.arrive, known[0].name if len(known) == 1 else name, function)


def parted(line: str) -> tuple[str, str]:
    """`Carla Weiß, Service` as a name ("" for `?`) and the id of a function."""
    name, _, function = one_line(line, limit=NAME).removeprefix("@").partition(",")
    name = name.strip()
    return "" if name == "?" else name, functions.function_id(function)


def _named(line: str) -> Message | None:
    name, function = parted(line)
    return (
        None
        if name or function
        else msg("A name, please: Anna Berg, Sales. ?, Sales is somebody without a name.")
    )


def by_function(people: Iterable[Participant]) -> list[Participant]:
    """By function in our order, others after them, nobody's last; by name within, so that ticking moves nobody."""
    order = {one.id: place for place, one in enumerate(functions.FUNCTIONS)}
    last = len(order)
    return sorted(
        people,
        key=lambda one: (
            not one.function,
            order.get(one.function, last),
            one.function,
            fold(one.name),
            one.id,
        ),
    )
