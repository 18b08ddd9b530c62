"""files.md, `fields`: what a step takes down beyond notes, once a step, round or deal, and what `when` asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from retrotui.domain import entries, fields, floor, roundtable
from retrotui.domain.factors import FactorList
from retrotui.domain.minutes import FieldValue, Participant
from retrotui.interchange.linear import linear_text
from retrotui.store.toml_codec import decode, encode
from tests.unit.domain.room import Room, deal, step

CHOICES = {"de": ["Weiter", "Pause", "Absagen"], "en": ["Go on", "Pause", "Cancel"]}
EVERY_TYPE: tuple[dict[str, Any], ...] = (
    {"id": "words", "label": "In words", "type": "text"},
    {"id": "amount", "label": "How much", "type": "number"},
    {"id": "sure", "label": "How sure", "type": "scale", "min": 0, "max": 10},
    {"id": "boss", "label": "Tell the boss", "type": "yesno"},
    {"id": "what", "label": "Decision", "type": "choice", "choices": CHOICES},
    {"id": "day", "label": "By when", "type": "date"},
    {"id": "who", "label": "Who", "type": "person"},
)
ANSWERS = {
    "words": "as it was said",
    "amount": "2.5",
    "sure": "0",
    "boss": "no",
    "what": "Cancel",
    "day": "2026-12-21",
    "who": "carla-weiss",
}


def field(an_id: str, kind: str = "text", **keys: Any) -> dict[str, Any]:
    return {"id": an_id, "label": an_id, "type": kind, **keys}


def asking(*asked: dict[str, Any], kind: str = "notes") -> Room:
    return Room(step("talk", kind, 5, field=list(asked)), step("end", "close", 5))


def asked(room: Room) -> list[str]:
    return [one.id for one in fields.asked_fields(room.meeting)]


def values(room: Room) -> dict[str, str]:
    return {one.id: one.value for one in room.minutes.field}


def test_answers_of_every_type_are_kept_in_the_file_with_what_they_answer() -> None:
    room = asking(*EVERY_TYPE)
    for an_id, value in ANSWERS.items():
        room.do(fields.answer, an_id, value)
    kept = decode(encode(room.minutes)).minutes
    assert kept == room.minutes and values(room) == ANSWERS
    assert [(one.step, one.deal, one.label) for one in kept.field][:2] == [
        ("talk", "", "In words"),
        ("talk", "", "How much"),
    ]
    text = encode(room.minutes).decode()
    assert '[[field]]\nstep = "talk"\ndeal = ""\nid = "day"\nlabel = "By when"\ntype = "date"\n' in text
    assert not fields.open_fields(room.meeting)
    room.undo()
    assert "who" not in values(room) and fields.open_fields(room.meeting)[0].id == "who"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("de", ("How much: 2,5", "Tell the boss: nein", "By when: 21.12.2026", "Who: Carla Weiß")),
        ("en", ("How much: 2.5", "Tell the boss: no", "By when: 21 Dec 2026", "Who: Carla Weiß")),
    ],
)
def test_a_reader_gets_them_in_his_language(lang: str, told: tuple[str, ...]) -> None:
    room = asking(*EVERY_TYPE)
    room.meeting = replace(room.meeting, known_people=(Participant(id="carla-weiss", name="Carla Weiß"),))
    for an_id, value in ANSWERS.items():
        room.do(fields.answer, an_id, value)
    text = linear_text(room.minutes, lang)
    for words in told:
        assert words in text


def test_who_is_an_answer_is_named_in_the_file_also_when_absent() -> None:
    room = asking(field("who", "person"))
    room.meeting = replace(room.meeting, known_people=(Participant(id="carla-weiss", name="Carla Weiß"),))
    room.do(fields.answer, "who", "carla-weiss")
    assert [(one.name, one.present) for one in room.minutes.participant] == [("Carla Weiß", False)]
    assert "who: Carla Weiß" in linear_text(room.minutes, "en")
    assert room.undo().minutes.participant == ()


@pytest.mark.parametrize(
    ("other", "wanted", "answered", "others"),
    [
        (field("a", "yesno"), True, "yes", ("no", "")),
        (field("a", "yesno"), False, "no", ("yes", "")),
        (field("a", "number"), 3, "3.0", ("4", "three", "")),
        (field("a", "scale", min=0, max=5), 0, "0", ("1", "")),
        (field("a", "choice", choices=CHOICES), "Absagen", "Cancel", ("Pause", "Go on", "")),
        (field("a"), "so", "so", ("not so", "")),
    ],
)
def test_when_asks_only_where_the_other_field_has_that_value(
    other: dict[str, Any], wanted: Any, answered: str, others: tuple[str, ...]
) -> None:
    room = asking(other, field("b", when={"a": wanted}))
    for value in others:
        assert asked(room.do(fields.answer, "a", value)) == ["a"]
    assert asked(room.do(fields.answer, "a", answered)) == ["a", "b"]


def test_nothing_hangs_on_an_answer_that_is_no_longer_asked_for() -> None:
    room = asking(field("a", "yesno"), field("b", "yesno", when={"a": True}), field("c", when={"b": True}))
    room.do(fields.answer, "a", "yes").do(fields.answer, "b", "yes").do(fields.answer, "c", "because")
    assert asked(room) == ["a", "b", "c"]
    room.do(fields.answer, "a", "no")
    assert asked(room) == ["a"]
    assert values(room)["c"] == "because", "what was said is kept"
    assert asked(room.do(fields.answer, "a", "yes")) == ["a", "b", "c"]


def test_a_field_may_stand_before_the_one_it_hangs_on_and_a_ring_asks_nothing() -> None:
    room = asking(field("b", when={"a": True}), field("a", "yesno"))
    assert asked(room.do(fields.answer, "a", "yes")) == ["b", "a"]
    ring = asking(field("a", when={"b": "x"}), field("b", when={"a": "x"}), field("c"))
    assert asked(ring) == ["c"]


def test_a_field_is_answered_once_a_round_and_once_a_deal() -> None:
    room = Room(step("talk", "notes", 5, repeat=2, field=[field("a")]), step("end", "close", 5))
    for words in ("first", "second"):
        room.do(entries.say, words, factors=FactorList.of_team())
        room.on()
    assert [(one.step, one.value) for one in room.minutes.field] == [("talk", "first"), ("talk-2", "second")]
    room = asking(field("a"), kind="deal").do(floor.choose, deal("ada")).do(floor.choose, deal("bob"))
    room.do(fields.answer, "a", "of ada").on().do(fields.answer, "a", "of bob")
    assert {one.deal: one.value for one in room.minutes.field} == {"ada": "of ada", "bob": "of bob"}


def test_a_value_in_a_file_that_does_not_fit_its_type_is_told_as_it_is() -> None:
    room = asking(*EVERY_TYPE)
    room.do(roundtable.arrive, "Anna", "").do(fields.answer, "day", "someday").do(
        fields.answer, "amount", "much"
    )
    text = linear_text(room.minutes, "de")
    assert "By when: someday" in text and "How much: much" in text
    odd = FieldValue(step="talk", id="x", type="colour", value="red")
    assert decode(encode(room.minutes.model_copy(update={"field": (odd,)}))).minutes.field == (odd,)
