"""Who sits round the table, and what they tell by show of slips: participants, roles, safety and worth.

Owns the rule that a tally knows only how many said what, and nothing under four votes. Must not know widgets.
Source: meeting.md, `checkin`, `close`; promises.md, "People".
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Literal

from retrotui.domain.functions import FUNCTIONS
from retrotui.domain.meeting import Meeting, amend, commit
from retrotui.domain.minutes import Minutes, Participant, Tally, change
from retrotui.domain.rounds import with_holders, with_turn_of, without_turn_of
from retrotui.domain.text import person_id
from retrotui.errors import Refused, msg, plural

FEWEST_VOTES = 4
"""Under so many votes a tally would show who said what: it is neither shown nor written."""
LOW = 2
"""A vote of at most so much is low; two of them change the next prompt."""
MAX_SLIPS = 60

TallyOf = Literal["safety", "worth"]
SALES = ("sales", "presales")


def is_tally(text: str) -> bool:
    """Whether a line reads as slips: only digits from 1 to 5, spaces between them allowed (`3445 235`)."""
    return bool(re.fullmatch(r"\s*[1-5](?:\s*[1-5])*\s*", text)) and len(text) <= 2 * MAX_SLIPS


def counted(digits: str) -> Tally:
    """How many said 1 … 5."""
    votes = [int(digit) for digit in digits if digit in "12345"]
    if len(votes) < FEWEST_VOTES:
        return Tally(votes=len(votes))
    return Tally(counts=tuple(votes.count(value) for value in range(1, 6)))


def votes_in(tally: Tally | None) -> int:
    if tally is None:
        return 0
    return tally.votes if tally.votes is not None else sum(tally.counts)


def is_low(tally: Tally | None) -> bool:
    """Two or more low votes: the next prompt lets people talk in pairs first."""
    return tally is not None and sum(tally.counts[:LOW]) >= 2


def tally(meeting: Meeting, which: TallyOf, digits: str, now: datetime) -> Meeting:
    """Take the slips, all at once; a second count takes the place of the first. Remarks stay.

    Slips are never added to a count: from the fifth on, each would show who gave it.
    """
    new = counted(digits)
    if which == "worth":
        old = meeting.minutes.worth
        minutes = change(meeting.minutes, worth=change(new, remarks=old.remarks if old else ()))
    else:
        minutes = change(meeting.minutes, safety=new)
    return commit(
        meeting,
        minutes,
        plural("the tally of {n} vote", "the tally of {n} votes", votes_in(new)),
        now,
    )


def remark(meeting: Meeting, text: str, now: datetime) -> Meeting:
    """A sentence at the close, without a name."""
    worth = meeting.minutes.worth or Tally()
    minutes = change(meeting.minutes, worth=change(worth, remarks=(*worth.remarks, text)))
    return commit(meeting, minutes, msg("the remark"), now)


def arrive(meeting: Meeting, name: str, function: str, now: datetime) -> Meeting:
    """Somebody is here. The same exact name is the same person in every meeting; one may be without a name."""
    people = meeting.minutes.participant
    if name:
        known = _by_name(people, name)
        if known is not None:
            here = change(known, present=True, function=function or known.function)
            return _with_people(
                meeting, tuple(here if one.id == known.id else one for one in people), here, now
            )
        template = _by_name(meeting.known_people, name)
        if template is not None:
            here = change(template, present=True, function=function or template.function, roles=())
            return _with_people(meeting, (*people, here), here, now)
    taken = {one.id for one in (*people, *meeting.known_people)}
    here = Participant(id=person_id(name or "?", taken), name=name, function=function)
    return _with_people(meeting, (*people, here), here, now)


def _by_name(people: tuple[Participant, ...], name: str) -> Participant | None:
    return next((one for one in people if one.name and one.name == name), None)


def _with_people(
    meeting: Meeting, people: tuple[Participant, ...], who: Participant, now: datetime
) -> Meeting:
    minutes = _with_turn(meeting, change(meeting.minutes, participant=people), who.id)
    return commit(meeting, minutes, msg("{name} is here", name=said_name(meeting.minutes, who)), now)


def _with_turn(meeting: Meeting, minutes: Minutes, person: str) -> Minutes:
    """Whoever comes while everybody has a round of their own gets one too."""
    return with_turn_of(replace(meeting, minutes=minutes), person)


def said_name(minutes: Minutes, who: Participant) -> str:
    """The name in a sentence; ? for nobody's, and for everybody's where people are hidden."""
    return (not minutes.discretion.people and who.name) or "?"


def set_present(meeting: Meeting, person: str, present: bool, now: datetime) -> Meeting:
    """Tick somebody on or off (F7, `@-Carla`). Somebody known from before is taken in with the tick."""
    found = meeting.minutes.find_person(person)
    people = meeting.minutes.participant
    if found is None:
        template = next((one for one in meeting.known_people if one.id == person), None)
        if template is None:
            raise Refused(msg("Nobody of that name is here."))
        people = (*people, change(template, present=present, roles=()))
        found = template
    else:
        people = tuple(change(one, present=present) if one.id == person else one for one in people)
    minutes = change(meeting.minutes, participant=people)
    minutes = _with_turn(meeting, minutes, found.id) if present else without_turn_of(minutes, found.id)
    name = said_name(meeting.minutes, found)
    label = msg("{name} is here", name=name) if present else msg("{name} has left", name=name)
    return commit(meeting, minutes, label, now)


def with_function(meeting: Meeting, person: str, function: str) -> Meeting:
    """Somebody known speaks for another function today: part of the change that noted them."""
    if not function:
        return meeting
    people = tuple(
        change(one, function=function) if one.id == person else one for one in meeting.minutes.participant
    )
    return amend(meeting, change(meeting.minutes, participant=people))


def give_role(meeting: Meeting, person: str, role: str, now: datetime) -> Meeting:
    """A role has one holder; giving it to its holder takes it away. `facilitator` is kept in the head as well."""
    holder = meeting.minutes.find_person(person)
    if holder is None:
        raise Refused(msg("Nobody of that name is here."))
    takes = role not in holder.roles
    people = tuple(
        change(
            one,
            roles=(*(r for r in one.roles if r != role), *((role,) if takes and one.id == person else ())),
        )
        for one in meeting.minutes.participant
    )
    minutes = change(meeting.minutes, participant=people)
    if role == "facilitator":
        minutes = change(minutes, facilitator=person if takes else "")
    if meeting.begun:
        minutes = with_holders(meeting, minutes)
    return commit(meeting, minutes, msg("the role of {name}", name=said_name(meeting.minutes, holder)), now)


def present(meeting: Meeting) -> tuple[Participant, ...]:
    return tuple(one for one in meeting.minutes.participant if one.present)


def candidates(meeting: Meeting) -> tuple[Participant, ...]:
    """Whom F7 lists at the check-in: who is noted already, then whom the team knows; nobody twice."""
    here = meeting.minutes.participant
    ids = {one.id for one in here}
    return (*here, *(change(one, present=False) for one in meeting.known_people if one.id not in ids))


def missing_functions(meeting: Meeting, expected: tuple[str, ...]) -> tuple[str, ...]:
    """The functions whose view is missing today. Nothing is said before the first person is noted."""
    here = {one.function for one in present(meeting)}
    return tuple(one for one in expected if one not in here) if here else ()


def functions_here(meeting: Meeting) -> tuple[str, ...]:
    """The functions of who is present, others before sales: those who see what sales does not speak first."""
    here = {one.function for one in present(meeting) if one.function}
    known = [one.id for one in FUNCTIONS]
    order = {an_id: place for place, an_id in enumerate(known)}
    return tuple(sorted(here, key=lambda one: (one in SALES, order.get(one, len(known)), one)))


def only_sales(meeting: Meeting) -> bool:
    """Whether nobody from outside sales is here."""
    here = present(meeting)
    return bool(here) and all(one.function in SALES or not one.function for one in here)
