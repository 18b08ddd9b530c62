"""What a step takes down beyond notes: which of its fields are asked for now, and their answers.

Owns `when`, and that a field is answered once a step, round or deal. How an answer is typed or chosen is the screen's.
Source: files.md, `fields`.
"""

from __future__ import annotations

from datetime import datetime

from retrotui.domain.agenda import Field, StepKind
from retrotui.domain.meeting import Meeting, commit
from retrotui.domain.minutes import FieldValue, change
from retrotui.errors import msg


def field_value(meeting: Meeting, field_id: str) -> str:
    """What was taken down for a field of the step (and deal) on the floor; empty for nothing yet."""
    deal = meeting.deal.id if meeting.deal else ""
    for value in meeting.minutes.field:
        if (value.step, value.deal, value.id) == (meeting.step.id, deal, field_id):
            return value.value
    return ""


def _is_answered(field: Field | None, answer: str, wanted: str | bool | int | float) -> bool:
    """Whether an answer is the value that a `when` waits for: yes and no may stand as true and false, a number in any
    spelling, and a choice in any language of the agenda."""
    if isinstance(wanted, bool):
        return answer == ("yes" if wanted else "no")
    if isinstance(wanted, int | float):
        try:
            return float(answer) == wanted
        except ValueError:
            return False
    if answer == wanted or field is None:
        return answer == wanted
    places = {lines.index(wanted) for _, lines in field.choices.texts if wanted in lines}
    return any(answer in lines and lines.index(answer) in places for _, lines in field.choices.texts)


def asked_fields(meeting: Meeting) -> tuple[Field, ...]:
    """The fields that the step asks for now; one with `when` only where the others have these values."""
    step = meeting.agenda_step
    if step is None:
        return ()
    by_id = {field.id: field for field in step.fields}
    return tuple(
        field
        for field in step.fields
        if all(_is_answered(by_id.get(key), field_value(meeting, key), value) for key, value in field.when)
    )


def waits_for_deal(meeting: Meeting) -> bool:
    """Whether a deal is to be chosen before anything else: what is asked is asked of a deal."""
    return meeting.step.kind == StepKind.DEAL and meeting.deal is None


def open_fields(meeting: Meeting) -> tuple[Field, ...]:
    """Those that have no value yet."""
    return tuple(field for field in asked_fields(meeting) if not field_value(meeting, field.id))


def growing_field(meeting: Meeting) -> str:
    """The field to which `+` adds in peer consulting: the last answered one of text; empty for none.

    A plain line stays a note there, and is not saved where the step is confidential: what is written must be asked for.
    """
    if meeting.step.kind != StepKind.CASE:
        return ""
    answered = (one for one in asked_fields(meeting) if one.type == "text" and field_value(meeting, one.id))
    return next((one.id for one in reversed(tuple(answered))), "")


WORDED = ("number", "yesno", "date", "person")
"""Fields whose answer is kept in another form than a reader sees: the minutes say which."""


def answer(meeting: Meeting, field_id: str, value: str, now: datetime) -> Meeting:
    """A value for a field; a second one takes the place of the first, an empty one takes it away."""
    deal = meeting.deal.id if meeting.deal else ""
    place = (meeting.step.id, deal, field_id)
    others = tuple(one for one in meeting.minutes.field if (one.step, one.deal, one.id) != place)
    step = meeting.agenda_step
    asked = next((one for one in step.fields if one.id == field_id), None) if step is not None else None
    label = asked.label.text(meeting.minutes.language) if asked is not None else ""
    kind = asked.type if asked is not None and asked.type in WORDED else ""
    new = FieldValue(step=place[0], deal=deal, id=field_id, label=label, type=kind, value=value)
    return commit(
        meeting, change(meeting.minutes, field=(*others, *((new,) if value else ()))), msg("the answer"), now
    )
