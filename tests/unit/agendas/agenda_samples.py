"""Agendas for tests, in as few words as a rule needs."""

from __future__ import annotations

from typing import Any

from retrotui.domain.agenda import Agenda, Finding
from retrotui.domain.agenda_reading import Reading, read_agenda

HAND_WRITTEN = """\
# our own, made in a hurry
schema=1
id = "ours"
title = "Unseres"
minutes = 30   # half an hour
loop = false
weather = "good"         # nobody knows why

#arrive: no safety check here
[[step]]
  id = 'hello'
  kind = "checkin"
  title   =  {de="Ankommen" , en = "Arrive"}   # both languages
  minutes = 10
  safety = false


# -- the case ------------------
# (from the handbook)
[[step]]
id = "case"
title = "Fall"
minutes=20     # was 15 until March
kind = "deal"
prompts = [
\t"What happened?",
\t'What do we learn?', # keep this one
]
wiggle = { deep = [1, 2] }

[[step.part]]
title = "Tell"
minutes = 5
"""
"""An agenda as people write one: comments, odd spacing, other quotes, keys that we do not know."""


def step(step_id: str, kind: str = "notes", minutes: float | None = None, **keys: Any) -> dict[str, Any]:
    raw: dict[str, Any] = {"id": step_id, "kind": kind, "title": step_id, **keys}
    return raw if minutes is None else {**raw, "minutes": minutes}


def raw_agenda(*steps: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A sound frame: no loop, as long as its steps, so that only what a test adds is found."""
    return {"schema": 1, "id": "test", "title": "Test", "loop": False, "step": list(steps), **keys}


def agenda(*steps: dict[str, Any], **keys: Any) -> Agenda:
    return Agenda.model_validate(raw_agenda(*steps, **keys))


def read(*steps: dict[str, Any], **keys: Any) -> Reading:
    return read_agenda(raw_agenda(*steps, **keys))


def told(reading: Reading, severity: str) -> list[tuple[tuple[str | int, ...], str]]:
    return [(each.path, str(each.what)) for each in reading.findings if each.severity == severity]


def only(reading: Reading, severity: str) -> Finding:
    found = [each for each in reading.findings if each.severity == severity]
    assert len(found) == 1, [str(each.what) for each in found]
    return found[0]
