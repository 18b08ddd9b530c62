"""Repeated steps: one table a round, made when the step takes the floor and it is known how many there are.

Owns how `repeat` (a number, "person", "deal", "note") becomes rounds, how their time is shared, and that a deal which
is chosen in such a step is a round more. Must not move the floor. Source: files.md, "A step may also say".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retrotui.domain.agenda import Step
from retrotui.domain.groups import groups, votes_together
from retrotui.domain.meeting import Meeting, deal_words
from retrotui.domain.minutes import Holder, Minutes, StepRun, StepState, change
from retrotui.domain.timebox import replace_step
from retrotui.errors import Message

MAX_ROUNDS = 60
"""More rounds than a meeting can hold are a slip of the keyboard."""


def with_rounds(meeting: Meeting, step: StepRun) -> Minutes:
    """The minutes in which `step`, a repeated one, is the first of its rounds and the others follow it.

    Nothing changes where the step is not repeated, or has its rounds already.
    """
    minutes, agenda_step = meeting.minutes, meeting.agenda_step_of(step)
    if agenda_step is None or not agenda_step.repeat or step.of or step.round is not None:
        return minutes
    subjects = _subjects(meeting, agenda_step)
    if not subjects:
        return minutes
    planned, fitting = _planned(agenda_step, step, len(subjects))
    replanned = _shared(step.replanned_s, len(subjects))
    taken = {one.id for one in minutes.step}
    rounds = []
    for number, subject in enumerate(subjects, start=1):
        values: dict[str, object] = {"round": number, **subject}
        values |= {"planned_s": planned[number - 1], "replanned_s": replanned[number - 1]}
        if number > 1:
            values |= {"id": _fresh_id(step.id, number, taken), "of": step.id, **UNSPENT}
        if number > fitting:
            values |= {"state": "skipped", "added": True}
        rounds.append(change(step, **values))
        taken.add(rounds[-1].id)
    position = [one.id for one in minutes.step].index(step.id)
    return change(minutes, step=(*minutes.step[:position], *rounds, *minutes.step[position + 1 :]))


UNSPENT: Mapping[str, object] = {
    "spans": (), "spent_s": 0, "extended_s": 0, "state": "pending", "floor": (), "held": (),
    "vote": (),
}  # fmt: skip
"""What a round that has not begun does not take over from the first."""


def is_round_per_deal(agenda_step: Step | None) -> bool:
    """Whether each deal that is chosen in the step has a round of its own."""
    return agenda_step is not None and agenda_step.repeat == "deal"


def deals_of_rounds(meeting: Meeting) -> tuple[str, ...]:
    """The deals chosen for the step on the floor: with a round for each, those of all its rounds."""
    step = meeting.step
    if not is_round_per_deal(meeting.agenda_step):
        return step.deals
    rounds = [one for one in meeting.minutes.step if _first_of(one) == _first_of(step)]
    return tuple(deal for one in rounds for deal in one.deals)


def round_of(meeting: Meeting, deal_id: str) -> StepRun | None:
    """The round of the step on the floor that is about this deal; None where it has no round per deal."""
    if not is_round_per_deal(meeting.agenda_step):
        return None
    mine = _first_of(meeting.step)
    return next(
        (one for one in meeting.minutes.step if _first_of(one) == mine and deal_id in one.deals), None
    )


def first_round(meeting: Meeting) -> StepRun:
    """The step on the floor as it is with one deal: `total_minutes` cap more deals than one."""
    step, agenda_step = meeting.step, meeting.agenda_step
    if agenda_step is None or not agenda_step.total_minutes or step.planned_s is None:
        return step
    if not (each := _minutes_each(agenda_step)):
        return step
    return change(step, planned_s=round(step.planned_s * min(1, each / agenda_step.total_minutes)))


def _minutes_each(agenda_step: Step) -> float | None:
    """The minutes of one round: the step's, else what its parts add up to; None where the rounds share the whole."""
    if agenda_step.share is not None or agenda_step.minutes is not None:
        return agenda_step.minutes
    parts = [part.minutes for part in agenda_step.parts]
    return sum(minutes or 0 for minutes in parts) if parts and None not in parts else None


def with_round_for(meeting: Meeting, deal_id: str) -> Minutes:
    """The minutes with one more round of the step on the floor, for this deal, after those that there are.

    It has the agenda's minutes; rounds that are not over share what `total_minutes` leave. Where nothing tells how
    long the meeting was to be, the deals chosen while the first round is on are the plan, and later ones come on top.
    """
    return _with_one_more(meeting, deals=(deal_id,))


def with_turn_of(meeting: Meeting, person_id: str) -> Minutes:
    """The minutes with a round for somebody who came while the step on the floor gives one to each person; the rounds
    that are not over make room. Nothing changes in any other step, nor for whoever has a round."""
    minutes, step, agenda_step = meeting.minutes, meeting.step, meeting.agenda_step
    if agenda_step is None or agenda_step.repeat != "person" or not (meeting.begun and meeting.running):
        return minutes
    if step.round is None:
        return with_rounds(meeting, step)
    mine = [one for one in minutes.step if _first_of(one) == _first_of(step) and one.round is not None]
    if had := [one for one in mine if one.person == person_id]:
        return _in_state(minutes, [one for one in had if one.state == "skipped" and not one.spans], "pending")
    if len(mine) >= MAX_ROUNDS:
        return minutes
    return _with_one_more(meeting, person=person_id)


def without_turn_of(minutes: Minutes, person_id: str) -> Minutes:
    """Whoever leaves has no round any more; one that they had, or have, stays."""
    waiting = [
        one for one in minutes.step if one.person == person_id and one.state == "pending" and not one.spans
    ]
    return _in_state(minutes, waiting, "skipped")


def _in_state(minutes: Minutes, which: Sequence[StepRun], state: StepState) -> Minutes:
    ids = {one.id for one in which}
    if not ids:
        return minutes
    return change(
        minutes, step=tuple(change(one, state=state) if one.id in ids else one for one in minutes.step)
    )


def _with_one_more(meeting: Meeting, **about: object) -> Minutes:
    """One more round of the step on the floor, after those that there are."""
    minutes, step = meeting.minutes, meeting.step
    first = _first_of(step)
    rounds = [
        one for one in minutes.step if _first_of(one) == first and (one.round is not None or not one.added)
    ]
    number = len(rounds) + 1
    new = change(
        step,
        id=_fresh_id(first, number, {one.id for one in minutes.step}),
        of=first,
        round=number,
        replanned_s=0,
        added=minutes.agenda.planned_s is None and step.id != first,
        **UNSPENT,
        **about,
    )
    steps = [change(one, round=1) if one.id == step.id and one.round is None else one for one in minutes.step]
    steps.insert([one.id for one in steps].index(rounds[-1].id) + 1, new)
    capped = _capped(meeting, [*rounds, new])
    return change(
        minutes, step=tuple(change(one, planned_s=capped.get(one.id, one.planned_s)) for one in steps)
    )


def _capped(meeting: Meeting, rounds: Sequence[StepRun]) -> Mapping[str, int | None]:
    """Planned seconds of the rounds that are not over, where `total_minutes` cap them all."""
    agenda_step = meeting.agenda_step
    if agenda_step is None:
        return {}
    if agenda_step.total_minutes is None:
        return {} if _minutes_each(agenda_step) else _spread(rounds)
    nominal = {one.id: one.own_minutes for one in meeting.agenda.steps if one.repeat is None}
    whole = [(one.planned_s, nominal.get(one.id)) for one in meeting.minutes.step]
    known = [(seconds, minutes) for seconds, minutes in whole if seconds and minutes]
    # a meeting of another length scales its rounds as it does its other steps
    scale = sum(seconds for seconds, _ in known) / sum(60 * minutes for _, minutes in known) if known else 1
    waiting = [one for one in rounds if one.state != "done"]
    spoken_for = sum(one.planned_s or 0 for one in rounds if one.state == "done")
    left = max(60 * len(waiting), round(agenda_step.total_minutes * 60 * scale) - spoken_for)
    if each := _minutes_each(agenda_step):
        left = min(left, round(each * 60 * scale) * len(waiting))
    return dict(zip((one.id for one in waiting), _shared(left, len(waiting)), strict=True))


def _spread(rounds: Sequence[StepRun]) -> Mapping[str, int | None]:
    """A share, or free time, is spread over the rounds that are not over; the last one is new and brings none."""
    waiting = [one for one in rounds if one.state != "done"]
    whole = [one.planned_s for one in waiting[:-1]]
    if not whole or None in whole:
        return {}
    shared = _shared(sum(seconds or 0 for seconds in whole), len(waiting))
    return dict(zip((one.id for one in waiting), shared, strict=True))


def subject(minutes: Minutes, step: StepRun) -> str | Message:
    """What a round is about, in words: a person, a deal or a note; "" where it is about nothing but its number."""
    if step.note:
        return str(getattr(minutes.find_entry(step.note), "text", ""))
    if step.person:
        person = minutes.find_person(step.person)
        return person.name if person is not None and not minutes.discretion.people else ""
    return deal_words(minutes, step.deals[0]) if is_about_its_deal(minutes, step) else ""


def is_about_its_deal(minutes: Minutes, step: StepRun) -> bool:
    """Whether a deal tells this round from the others: five times "why" on one deal are told apart by number."""
    if step.round is None or step.person or step.note or len(step.deals) != 1:
        return False
    first = _first_of(step)
    deals = [one.deals for one in minutes.step if _first_of(one) == first and one.round is not None]
    return all(len(each) == 1 for each in deals) and len(set(deals)) == len(deals)


def named_roles(agenda_step: Step | None) -> tuple[str, ...]:
    """The roles of a step: those that it names, and who speaks or only listens in its parts."""
    if agenda_step is None:
        return ()
    said = [role for part in agenda_step.parts for role in (part.speaks, part.listens)]
    return tuple(dict.fromkeys(role for role in (*agenda_step.roles, *said) if role))


def with_holders(meeting: Meeting, minutes: Minutes) -> Minutes:
    """The minutes in which the step on the floor knows who holds its roles: they may pass on with the next round."""
    step = minutes.find_step(meeting.step.id)
    if step is None:
        return minutes
    held = tuple(
        Holder(role=role, person=one.id)
        for role in named_roles(meeting.agenda_step)
        for one in minutes.participant
        if role in one.roles
    )
    return minutes if held == step.held else replace_step(minutes, change(step, held=held))


def _first_of(step: StepRun) -> str:
    return step.of or step.id


def _fresh_id(step_id: str, number: int, taken: set[str]) -> str:
    """`case-2` for the second round, or the next number that nobody has."""
    while f"{step_id}-{number}" in taken:
        number += 1
    return f"{step_id}-{number}"


def _subjects(meeting: Meeting, step: Step) -> Sequence[Mapping[str, object]]:
    """What each round is about: a person, a deal, a note, or nothing but its number."""
    minutes = meeting.minutes
    if isinstance(step.repeat, int):
        return [{} for _ in range(step.repeat)]
    if step.repeat == "person":
        return [{"person": person.id} for person in minutes.participant if person.present][:MAX_ROUNDS]
    if step.repeat == "deal":
        wanted = [deal for deal in minutes.deal if not step.outcomes or deal.outcome in step.outcomes]
        return [{"deals": (deal.id,)} for deal in wanted][:MAX_ROUNDS]
    sources = {one.id for one in minutes.step if step.of in (one.id, one.of)}
    heads = groups(note for note in minutes.note if note.step in sources)
    heads.sort(key=lambda one: -votes_together(*one))
    return [{"note": head.id} for head, _ in heads][:MAX_ROUNDS]


def _planned(agenda_step: Step, step: StepRun, rounds: int) -> tuple[list[int | None], int]:
    """Planned seconds of each round, and how many rounds there is time for: the others are left out, but listed.

    `total_minutes` are shared evenly among persons, deals and numbers, who are all to have their turn; topics (notes)
    keep their minutes each, as many as fit.
    """
    each, whole, cap = agenda_step.minutes, step.planned_s, agenda_step.total_minutes
    if agenda_step.repeat != "note" or not each or not whole or cap is None or each * rounds <= cap:
        return _shared(_seconds_of_all(agenda_step, step, rounds), rounds), rounds
    box = max(1, round(each * whole / cap))
    fitting = max(1, round(whole / box))
    planned: list[int | None] = [min(box, max(1, whole - box * before)) for before in range(fitting)]
    return [*planned, *[box] * (rounds - fitting)], fitting


def _seconds_of_all(agenda_step: Step, step: StepRun, rounds: int) -> int | None:
    """Planned seconds of all rounds together: `minutes` (or the parts') each, capped by `total_minutes`.

    Where the plan has the whole already (a number of rounds, `total_minutes` alone, a `share`, free time), it stays.
    A meeting that was scaled to another length scales its rounds.
    """
    own = agenda_step.own_minutes
    each = _minutes_each(agenda_step)
    if isinstance(agenda_step.repeat, int) or each is None or not own or step.planned_s is None:
        return step.planned_s
    whole = each * rounds
    if agenda_step.total_minutes is not None:
        whole = min(whole, agenda_step.total_minutes)
    return round(whole * step.planned_s / own)


def _shared(whole: int | None, rounds: int) -> list[int | None]:
    """Seconds shared evenly, the first rounds taking the odd ones; None stays None."""
    if whole is None:
        return [None] * rounds
    each, odd = divmod(whole, rounds)
    return [each + (1 if index < odd else 0) for index in range(rounds)]
