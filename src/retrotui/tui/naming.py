"""What people, functions, deals, sources and verdicts are called on the wall, and what discretion leaves out.

Owns the words for ids and the one place where names, customers and amounts are hidden. Must not draw. Factor labels
and agenda texts are in the meeting's language, all else in the interface's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from retrotui.domain import functions
from retrotui.domain.minutes import DealRecord, Participant
from retrotui.errors import Message, msg
from retrotui.interchange.labels import DECISIONS
from retrotui.locale import formats, language, tr
from retrotui.tui.commands import by_id, remapped, shown
from retrotui.tui.view import View

OUTCOMES: Mapping[str, Message] = {
    "won": msg("won"),
    "lost": msg("lost"),
    "no_decision": msg("no decision"),
    "withdrawn": msg("withdrawn"),
    "open": msg("open"),
}
SOURCES: Mapping[str, Message] = {"buyer": msg("buyer"), "document": msg("document"), "team": msg("we")}
NEEDS: Mapping[str, Message] = {
    "hypothesis": msg("Hypothesis"),
    "change": msg("Change"),
    "owner": msg("Owner"),
    "measure": msg("Measure"),
    "expected": msg("Expected"),
    "due": msg("Due"),
}
ROLES: Mapping[str, Message] = {
    "facilitator": msg("Facilitation"),
    "moderator": msg("Moderator"),
    "case_giver": msg("Case giver"),
    "adviser": msg("Advisers"),
    "minute_keeper": msg("Minutes taker"),
}
CONTROLS: Mapping[str, Message] = {
    "ours": msg("in our hands"),
    "shared": msg("shared with the buyer"),
    "outside": msg("outside our hands"),
}
TIMES: Mapping[int, Message] = {
    1: msg("for the first time"),
    2: msg("for the second time"),
    3: msg("for the third time"),
    4: msg("for the fourth time"),
    5: msg("for the fifth time"),
}


def _worded(words: Mapping[str, Message], an_id: str) -> str:
    """Our word for an id, else the id itself (a team's own)."""
    return tr(words[an_id]) if an_id in words else an_id


def outcome_name(an_id: str | None) -> str:
    return _worded(OUTCOMES, an_id or "")


def source_name(an_id: str) -> str:
    return _worded(SOURCES, an_id)


def verdict_name(an_id: str) -> str:
    return _worded(DECISIONS, an_id)


def need_name(an_id: str) -> str:
    return _worded(NEEDS, an_id)


def role_name(an_id: str) -> str:
    return _worded(ROLES, an_id)


def control_name(an_id: str) -> str:
    return _worded(CONTROLS, an_id)


def function_name(an_id: str) -> str:
    return functions.label(an_id, language()) if an_id else ""


def function_names(ids: Iterable[str]) -> str:
    return ", ".join(function_name(one) for one in ids)


def times(n: int) -> str:
    """`for the third time`; from the sixth on as a number."""
    return tr(TIMES[n]) if n in TIMES else tr("{n} times by now", n=n)


def key_of(view: View, command: str) -> str:
    """The key that runs a command, as people read it: F7, or what the team put in its place."""
    return shown(by_id(remapped(view.settings.keys), command).key)


# -- people ----------------------------------------------------------------------------------------------


def participant_name(view: View, person: Participant) -> str:
    """The name; nothing for one without a name, and for everybody where people are hidden."""
    return "" if view.meeting.minutes.discretion.people else person.name


def person_name(view: View, person_id: str) -> str:
    """The name behind an id, of today's people or the team's; else the words themselves, since somebody said them."""
    if not person_id or view.meeting.minutes.discretion.people:
        return ""
    known = view.meeting.minutes.find_person(person_id) or next(
        (one for one in view.meeting.known_people if one.id == person_id), None
    )
    return (known.name or function_name(known.function)) if known else person_id


def owner_name(view: View, owner: str, owner_text: str = "") -> str:
    """Who owns an action or an experiment of this meeting."""
    return person_name(view, owner or owner_text)


def shown_owner(view: View, name: str) -> str:
    """A name that `experiments` has found already; an id where the earlier meeting did not know who that was."""
    meeting = view.meeting
    if meeting.minutes.discretion.people:
        return ""
    here = next(
        (one for one in (*meeting.minutes.participant, *meeting.known_people) if one.id == name), None
    )
    return (here.name if here else "") or name


# -- deals -----------------------------------------------------------------------------------------------


def deal_name(view: View, deal: DealRecord) -> str:
    """The account, else the title, else the id; `Customer 2` where customers are hidden."""
    minutes = view.meeting.minutes
    if minutes.discretion.customers:
        place = next((at for at, one in enumerate(minutes.deal, start=1) if one.id == deal.id), 0)
        return tr("Customer {n}", n=place) if place else tr("a customer")
    return deal.account or deal.title or deal.id


def deal_name_of(view: View, deal_id: str) -> str:
    """The name behind a deal's id: of a deal of the meeting, else of the imported ones; nothing for nothing."""
    if not deal_id:
        return ""
    known = view.meeting.minutes.find_deal(deal_id)
    if known is not None:
        return deal_name(view, known)
    if view.meeting.minutes.discretion.customers:
        return tr("a customer")
    imported = view.pipeline.index.deals if view.pipeline else ()
    return next((one.name for one in imported if one.key == deal_id), deal_id)


def amount(view: View, value: str | None, currency: str = "") -> str:
    """Money as it may be shown; nothing where amounts are hidden."""
    if not value or view.meeting.minutes.discretion.amounts:
        return ""
    return formats.money(value, currency or view.meeting.minutes.currency)
