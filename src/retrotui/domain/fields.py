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


def _is_answered(field: Field, answer: str, wanted: str | bool | int | float) -> bool:
    """Whether an answer is the value that a `when` waits for: yes and no may stand as true and false, a number in any
    spelling, and a choice in any language of the agenda."""
    if isinstance(wanted, bool):
        return answer == ("yes" if wanted else "no")
    if isinstance(wanted, int | float):
        try:
            return float(answer) == wanted
        except ValueError:
            return False
    if answer == wanted:
        return True
    places = {lines.index(wanted) for _, lines in field.choices.texts if wanted in lines}
    return any(answer in lines and lines.index(answer) in places for _, lines in field.choices.texts)


def asked_fields(meeting: Meeting) -> tuple[Field, ...]:
    """The fields that the step asks for now; one with `when` only where the others have these values.

    An answer to what is no longer asked for does not count: it is kept, but nothing hangs on it.
    """
    step = meeting.agenda_step
    if step is None:
        return ()
    by_id = {field.id: field for field in step.fields}
    asked = {field.id for field in step.fields if not field.when}
    while True:
        more = {
            field.id
            for field in step.fields
            if all(
                key in asked and _is_answered(by_id[key], field_value(meeting, key), value)
                for key, value in field.when
            )
        }
        if more == asked:
            return tuple(field for field in step.fields if field.id in asked)
        asked = more


def waits_for_deal(meeting: Meeting) -> bool:
    """Whether a deal is to be chosen before anything else: what is asked is asked of a deal."""
    return meeting.step.kind == StepKind.DEAL and meeting.deal is None


def open_fields(meeting: Meeting) -> tuple[Field, ...]:
    """Those that have no value yet."""
    return tuple(field for field in asked_fields(meeting) if not field_value(meeting, field.id))


def typed_field(meeting: Meeting) -> Field | None:
    """The field that a plain line answers: the first empty one of text; None where the line is something else.

    In a confidential step with parts only its last part asks: until then a line is what somebody tells.
    """
    if waits_for_deal(meeting):
        return None
    step, now = meeting.agenda_step, meeting.minutes.now
    if step is not None and step.confidential and now is not None and now.part < len(step.parts):
        return None
    return next((field for field in open_fields(meeting) if field.type == "text"), None)


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
