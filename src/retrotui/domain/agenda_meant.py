"""What somebody meant who wrote a key that its table does not have: another word for one, or one of another table.

Owns the words that people write in place of an agenda's keys, in both languages, and where each key belongs. Must not
judge an agenda: `agenda_reading` says what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping

from retrotui.domain.agenda import SINGULARS, Agenda, Column, Field, Part, Step, Table
from retrotui.errors import Message, msg

_WORDS: Mapping[str, str] = {
    "minutes": "dauer zeit länge laenge duration time length timebox mins",
    "title": "name überschrift ueberschrift heading caption",
    "kind": "art typ type",
    "prompts": "frage fragen question questions leitfragen",
    "share": "anteil prozent percent percentage",
    "votes": "stimmen punkte dots voting",
    "columns": "spalte spalten",
    "field": "feld felder",
    "part": "teil teile phase phases phasen",
    "step": "punkt schritt schritte",
    "repeat": "wiederholen wiederholung runden rounds repetitions",
    "silent": "still silence schweigen",
    "go_round": "reihum runde round",
    "confidential": "vertraulich private secret",
    "protected": "geschützt geschuetzt",
    "optional": "freiwillig",
    "extend_by": "verlängern verlaengern extend extension",
    "roles": "rolle rollen role",
    "cap": "gedeckelt capped",
    "purpose": "zweck goal aim",
    "period": "zeitraum",
    "hard_end": "festes_ende",
    "label": "beschriftung",
    "choices": "auswahl optionen options",
    "when": "wenn if",
    "speaks": "spricht speaker",
    "listens": "listener zuhörer zuhoerer",
}
_MEANT: Mapping[str, str] = {word: key for key, words in _WORDS.items() for word in words.split()}
_LABELS: Mapping[str, str] = {"name": "label", "title": "label", "frage": "label", "question": "label"}
"""In a field, which has no title."""


def _keys(table: type[Table]) -> frozenset[str]:
    names = {SINGULARS.get(name, name) for name in table.model_fields}
    return frozenset(names | {"schema"} if table is Agenda else names)


def meant_key(key: str, table: type[Table]) -> str:
    """The key of this table for which people also write `key`; "" where none is known."""
    word = key.casefold().replace("-", "_")
    wanted = (_LABELS.get(word) if table is Field else None) or _MEANT.get(word, "")
    return wanted if wanted in _keys(table) else ""


def where_it_belongs(key: str, table: type[Table]) -> Message | None:
    """Where a key goes that another table has; None where none has it."""
    if table is Agenda and key in ("part", "field"):
        return msg("Write its header in two brackets: [[{header}]].", header=f"step.{key}")
    if key in _keys(Agenda) and table is not Agenda:
        return msg("It belongs to the whole agenda: write it at the top, above the first [[step]].")
    if key in _keys(Step) and table is not Step:
        return msg("It belongs to a step: write it below its [[step]].")
    if key in _keys(Part) and table is not Part:
        return msg("It belongs to a part: write it below a [[step.part]].")
    if key in _keys(Field) and table not in (Field, Column):
        return msg("It belongs to a field: write it below a [[step.field]].")
    return None
