"""Whose turn it is in a step that goes round.

Owns the order of a round. Which turn it is stands in the view and is not stored (files.md, `go_round`): Enter on an
empty line moves it on.
"""

from __future__ import annotations

from typing import NamedTuple

from retrotui.domain.agenda import StepKind
from retrotui.domain.roundtable import functions_here, present
from retrotui.tui.naming import function_name, participant_name
from retrotui.tui.view import View


class Turn(NamedTuple):
    """One turn of a round: `key` is a person's id, or a function in a round by function."""

    key: str
    name: str


def turns(view: View) -> tuple[Turn, ...]:
    """The turns of the step on the floor; none where it does not go round."""
    step = view.meeting.agenda_step
    if step is None or not step.go_round:
        return ()
    if view.meeting.step.kind == StepKind.PERSPECTIVES:
        return tuple(Turn(one, function_name(one)) for one in functions_here(view.meeting))
    return tuple(
        Turn(one.id, participant_name(view, one) or function_name(one.function))
        for one in present(view.meeting)
    )


def first_turn(view: View) -> int:
    """The place in the order with which a round begins: in somebody's own round with them, or their function."""
    person = view.meeting.minutes.find_person(view.meeting.step.person)
    mine = (person.id, person.function) if person is not None else ()
    return next((at for at, turn in enumerate(turns(view)) if turn.key in mine), 0)


def whose_turn(view: View) -> Turn | None:
    """The turn that the view counts to, from 0, beginning anew after the last; None where nobody is noted."""
    order = turns(view)
    return order[(first_turn(view) + view.turn) % len(order)] if order else None
