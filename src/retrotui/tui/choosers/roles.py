"""The roles of a meeting: who moderates, who brings the case, who takes the minutes.

Owns the page on which they are given, in `checkin`, `case` and every step that names roles. Advisers are not given:
they are everybody else. Source: files.md, `roles`; meeting.md, `case`.
"""

from __future__ import annotations

from collections.abc import Iterable

from retrotui.domain import roundtable
from retrotui.domain.meeting import Meeting
from retrotui.errors import msg
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import Page, dotted
from retrotui.tui.naming import function_name, participant_name, role_name

EVERYBODY_ELSE = "adviser"
MOST = 9
"""Roles that a digit can give."""


def roles_of(meeting: Meeting) -> tuple[str, ...]:
    """Facilitation, the roles of this step, then those of the agenda's other steps and parts."""
    found = ["facilitator"]
    here = meeting.agenda_step
    for step in ([here] if here else []) + list(meeting.agenda.steps):
        found += [*step.roles, *(role for part in step.parts for role in (part.speaks, part.listens))]
    return tuple(dict.fromkeys(role for role in found if role and role != EVERYBODY_ELSE))[:MOST]


def role_names(roles: Iterable[str]) -> str:
    return ", ".join(role_name(one) for one in roles)


class RolesPage(Page):
    """The people who are here; a digit gives the marked one a role, or takes it away again."""

    name = msg("Roles")

    def rows(self) -> tuple[Row, ...]:
        view = self.view
        found = []
        for place, one in enumerate(roundtable.present(self.meeting), start=1):
            name = participant_name(view, one) or ("?" if not one.name else tr("Person {n}", n=place))
            label = dotted(name, function_name(one.function))
            found.append(Row(one.id, label, role_names(one.roles), "●" if one.roles else ""))
        return tuple(found)

    def legend(self) -> str:
        return "  ".join(
            f"{number} {role_name(role)}" for number, role in enumerate(roles_of(self.meeting), start=1)
        )

    def empty(self) -> str:
        return tr("Nobody is noted yet: Tab says who is here.")

    def tick(self, key: str) -> bool:
        """The first role that nobody has yet."""
        held = {role for one in roundtable.present(self.meeting) for role in one.roles}
        free = next((role for role in roles_of(self.meeting) if role not in held), None)
        if free is None:
            self.session.say(msg("All roles are given; a digit gives one to somebody else."))
        else:
            self.session.apply(roundtable.give_role, key, free)
        return False

    def digit(self, number: int, key: str) -> bool:
        roles = roles_of(self.meeting)
        if key and 1 <= number <= len(roles):
            self.session.apply(roundtable.give_role, key, roles[number - 1])
        return False
