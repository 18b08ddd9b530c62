"""The roles of a step on the wall, who speaks and who only listens, and what the step takes down in fields.

Owns what any kind of step may have besides its own drawing: roles, parts, fields, the subject of a round, votes to go
on. Must not give a role: F7 does. Source: files.md, "A step may also say".
"""

from __future__ import annotations

from datetime import date

from textual.content import Content

from retrotui.domain import pacing
from retrotui.domain.agenda import Field, StepKind
from retrotui.domain.fields import asked_fields, field_value, growing_field, typed_field, waits_for_deal
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
    lines = labelled(told, view.width, lines=3)
    step = view.meeting.agenda_step
    if step is not None and run.round is None and not run.of:
        if step.repeat == "person":
            lines += said(
                tr("Nobody is noted yet: @Name, and everybody gets a round."), "$muted", width=view.width
            )
        elif step.repeat == "note":
            source = view.meeting.agenda.step(step.of or "")
            title = source.title.text(view.language) if source is not None else ""
            words = tr(
                "No notes in “{title}”: {key} goes back to take some down.",
                title=title,
                key=key_of(view, "step.back"),
            )
            lines += said(words, "$muted", width=view.width)
    return lines


def field_lines(view: View) -> list[Content]:
    """What the step takes down beyond notes, each with its value or what it waits for."""
    step = view.meeting.agenda_step
    if step is None:
        return []
    pairs = []
    for field in asked_fields(view.meeting):
        value = field_value(view.meeting, field.id)
        label = field.label.text(view.language) or field.id
        shown = answer_words(view, field, value) if value else _choices(view, field)
        pairs.append((label, shown, "bold" if value else "$muted"))
    lines = labelled(pairs, view.width, lines=3)
    if growing_field(view.meeting):
        lines += said(tr("+ adds to the answer."), "$muted", width=view.width)
    return lines


def answer_words(view: View, field: Field, value: str) -> str:
    """An answer as a person reads it: a day, a number and a name in the interface's language."""
    if field.type == "date":
        try:
            return formats.date(date.fromisoformat(value))
        except ValueError:
            return value
    if field.type == "yesno":
        words = {"yes": tr("yes"), "true": tr("yes"), "no": tr("no"), "false": tr("no")}
        return words.get(value.casefold(), value)
    if field.type in ("number", "scale"):
        return formats.number(value)
    if field.type == "person":
        return person_name(view, value) or "–"
    return value


def _choices(view: View, field: Field) -> str:
    """What can be answered; a text is typed, all else is chosen."""
    if field.type == "text":
        typed = typed_field(view.meeting)
        if typed is None and not waits_for_deal(view.meeting):
            return tr("… {key}", key=key_of(view, "choose"))
        return tr("… type it") if field is typed else "…"
    if field.type == "choice":
        return " · ".join(field.choices.lines(view.language)) or "…"
    if field.type == "scale":
        return f"{field.min:g} – {field.max:g}"
    return tr("… {key}", key=key_of(view, "choose"))


def vote_lines(view: View) -> list[Content]:
    """The counted votes to go on with a renewable box; while it asks for one, how a count is taken down."""
    counted = ", ".join(f"{one.ayes}:{one.noes}" for one in view.meeting.step.vote)
    lines = labelled([(tr("Go on?"), counted, "bold")] if counted else [], view.width)
    if pacing.asks_to_go_on(view.meeting, view.now):
        words = tr("Counted? 5:2 for and against in the line; the minutes keep it.")
        lines += said(words, "$muted", width=view.width)
    return lines


def confidential_line(view: View) -> list[Content]:
    """Said in words, since nothing else tells that notes are gone after the meeting."""
    if not view.meeting.is_confidential:
        return []
    words = tr("Notes of this step are not saved; answers, lessons and next steps are.")
    return said(words, "$warn", width=view.width)
