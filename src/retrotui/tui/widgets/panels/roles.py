"""The roles of a step on the wall, who speaks and who only listens, and what the step takes down in fields.

Owns what any kind of step may have besides its own drawing: roles, parts, fields, the subject of a round. Must not
give a role: F7 does. Source: files.md, "A step may also say".
"""

from __future__ import annotations

from textual.content import Content

from retrotui.domain.agenda import Field, Step, StepKind
from retrotui.domain.fields import asked_fields, field_value, growing_field
from retrotui.locale import formats, tr
from retrotui.tui.naming import key_of, participant_name, person_name, role_name
from retrotui.tui.view import View
from retrotui.tui.widgets.panels.sheet import Cell, Column, labelled, row, said, table


def listening_role(view: View) -> str:
    """The role that only listens now, or ""."""
    step, part = view.meeting.agenda_step, view.meeting.part
    return part.listens if part is not None else step.listens if step is not None else ""


def role_lines(view: View) -> list[Content]:
    """Who holds which role of the step; who only listens is marked."""
    step = view.meeting.agenda_step
    if step is None:
        return []
    part = view.meeting.part
    speaks, listens = (part.speaks if part else ""), listening_role(view)
    named = list(dict.fromkeys([*step.roles, *(role for role in (speaks, listens) if role)]))
    rows = []
    for role in named:
        state = tr("only listens") if role == listens else tr("speaks") if role == speaks else ""
        rows.append(
            (
                Cell(role_name(role), "$muted"),
                Cell(_holders(view, role) or _everybody_else(role) or "–", "bold"),
                Cell(state, "bold $warn" if role == listens else "$accent"),
            )
        )
    lines = table(rows, (Column(), Column(gives=True), Column()), view.width)
    if (
        named
        and step.kind == StepKind.CHECKIN
        and not any(one.roles for one in view.meeting.minutes.participant)
    ):
        lines += said(tr("{key} gives the roles.", key=key_of(view, "choose")), "$muted", width=view.width)
    if _held_as_before(view):
        words = tr("A new round: {key} passes the roles on.", key=key_of(view, "choose"))
        lines += said(words, "$warn", width=view.width)
    return lines


def _held_as_before(view: View) -> bool:
    """Whether in a further round everybody still has the role of the round before."""
    run = view.meeting.step
    if run.round is None or run.round < 2 or not run.held:
        return False
    first = run.of or run.id
    before = (one for one in view.meeting.minutes.step if first in (one.id, one.of))
    return any(one.round == run.round - 1 and one.held == run.held for one in before)


def speaking_lines(view: View) -> list[Content]:
    """Who speaks and who only listens now, as the wall says it: one line each."""
    step, part = view.meeting.agenda_step, view.meeting.part
    if step is None:
        return []
    speaks, listens = (part.speaks if part else ""), listening_role(view)
    said_of = ((speaks, tr("speaks"), "$accent"), (listens, tr("only listens"), "bold $warn"))
    lines = []
    for role, state, style in said_of:
        if role:
            who = _holders(view, role)
            name = f"{role_name(role)} ({who})" if who else role_name(role)
            lines.append(row((Cell(f"{name}  "), Cell(state, style)), view.width))
    return lines


def _holders(view: View, role: str) -> str:
    names = [
        participant_name(view, one) or "?" for one in view.meeting.minutes.participant if role in one.roles
    ]
    return ", ".join(names)


def _everybody_else(role: str) -> str:
    """Advisers need not be named: it is everybody without a role of their own."""
    return tr("everybody else") if role == "adviser" else ""


def subject_lines(view: View) -> list[Content]:
    """What this round is about: a person, or a note of another step."""
    run = view.meeting.step
    told = []
    if run.person:
        told.append((tr("Turn"), person_name(view, run.person), "bold"))
    if run.note:
        entry = view.meeting.minutes.find_entry(run.note)
        told.append((tr("Topic"), getattr(entry, "text", ""), "bold"))
    return labelled(told, view.width, lines=3)


def field_lines(view: View) -> list[Content]:
    """What the step takes down beyond notes, each with its value or what it waits for."""
    step = view.meeting.agenda_step
    if step is None:
        return []
    pairs = []
    for field in asked_fields(view.meeting):
        value = field_value(view.meeting, field.id)
        label = field.label.text(view.language) or field.id
        shown = _answer(view, field, value) if value else _choices(view, step, field)
        pairs.append((label, shown, "bold" if value else "$muted"))
    lines = labelled(pairs, view.width, lines=3)
    if growing_field(view.meeting):
        lines += said(tr("+ adds to the answer."), "$muted", width=view.width)
    return lines


def _answer(view: View, field: Field, value: str) -> str:
    if field.type == "yesno":
        words = {"yes": tr("yes"), "true": tr("yes"), "no": tr("no"), "false": tr("no")}
        return words.get(value.casefold(), value)
    if field.type == "number":
        return formats.number(value)
    if field.type == "person":
        return person_name(view, value) or "–"
    return value


def _choices(view: View, step: Step, field: Field) -> str:
    """What can be answered; a text is typed, all else is chosen."""
    if field.type == "text":
        first = next(
            (one for one in step.fields if one.type == "text" and not field_value(view.meeting, one.id)), None
        )
        return tr("… type it") if field is first else "…"
    if field.type == "choice":
        return " · ".join(field.choices.lines(view.language)) or "…"
    if field.type == "scale":
        return f"{field.min:g} – {field.max:g}"
    return tr("… {key}", key=key_of(view, "choose"))


def confidential_line(view: View) -> list[Content]:
    """Said in words, since nothing else tells that notes are gone after the meeting."""
    if not view.meeting.is_confidential:
        return []
    words = tr("Notes of this step are not saved; answers, lessons and next steps are.")
    return said(words, "$warn", width=view.width)
