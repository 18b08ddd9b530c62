"""A person taken out of a meeting: what stays, what goes, and when "Carla" is this Carla."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.forgetting import Known, Person, candidates, forget, people_in, person_of, stranger
from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    DealRecord,
    Experiment,
    FieldValue,
    Minutes,
    Note,
    Participant,
    StepRun,
    Tally,
    change,
)
from retrotui.domain.text import fold, slug
from retrotui.store.toml_codec import encode

AT = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
CARLA = Participant(
    id="carla-weiss", name="Carla Weiß", function="service", present=False, roles=("moderator",)
)
BEN = Participant(id="ben-kurz", name="Ben Kurz", function="sales")


def meeting(*notes: str, **values: Any) -> Minutes:
    return Minutes(
        **{
            "id": "2026-11-23-x",
            "date": date(2026, 11, 23),
            "language": "de",
            "agenda": AgendaRef(id="x"),
            "participant": (CARLA, BEN),
            "note": tuple(Note(id=f"n{number}", at=AT, text=text) for number, text in enumerate(notes, 1)),
            **values,
        }
    )


def carla(*others: Known) -> Person:
    return person_of(
        Known("carla-weiss", "Carla Weiß"), [Known("carla-weiss", "Carla Weiß"), Known("ben-kurz", "Ben Kurz"), *others]
    )  # fmt: skip


def texts(minutes: Minutes) -> list[str]:
    return [one.text for one in minutes.note]


def test_a_participant_without_a_name_stays_with_all_that_is_no_name() -> None:
    after, found = forget(meeting(facilitator="carla-weiss"), carla(), "jemand")
    one = after.participant[0]
    assert (one.name, one.function, one.present, one.roles) == ("", "service", False, ("moderator",))
    assert after.facilitator == one.id and "carla" not in one.id
    assert after.participant[1] == BEN
    assert found.changes == {"participant": 1, "facilitator": 1}


def test_ids_stay_apart_also_beside_others_without_a_name() -> None:
    nameless = Participant(id="person", name="", function="sales")
    after, _ = forget(meeting(participant=(nameless, CARLA, BEN)), carla(), "jemand")
    assert len({one.id for one in after.participant}) == 3


def test_what_was_hers_has_no_owner_and_somebody_is_asked() -> None:
    minutes = meeting(
        action=(
            Action(id="a1", at=AT, text="x", owner="carla-weiss"),
            Action(id="a2", at=AT, text="x", owner_text="Carla W."),
            Action(id="a3", at=AT, text="x", owner="ben-kurz"),
        ),
        experiment=(Experiment(id="x1", at=AT, title="x", owner="carla-weiss"),),
        note=(Note(id="n1", at=AT, text="x", ask="carla-weiss"), Note(id="n2", at=AT, text="x", ask="Carla")),
        step=(StepRun(id="s", kind="notes", person="carla-weiss"),),
    )
    after, found = forget(minutes, carla(), "jemand")
    assert [(one.owner, one.owner_text) for one in after.action] == [("", ""), ("", ""), ("ben-kurz", "")]
    assert after.experiment[0].owner == ""
    assert [one.ask for one in after.note] == ["jemand", "Jemand"]
    assert after.step[0].person == after.participant[0].id
    assert found.changes["owner"] == 3 and found.changes["round"] == 1 and found.changes["ask"] == 1


def test_of_deals_the_seller_goes_and_the_contributors_function_stays() -> None:
    deal = DealRecord(
        id="d", account="Nord AG", owner="WEISS, CARLA", contributors=("Service: Carla", "Carla Weiß", "Ola")
    )
    after, found = forget(meeting(deal=(deal,)), carla(), "jemand")
    assert (after.deal[0].owner, after.deal[0].contributors) == ("", ("Service", "Ola"))
    assert found.changes["seller"] == 1 and found.changes["contributor"] == 2


def test_every_text_and_every_key_of_somebody_else_is_looked_through() -> None:
    minutes = meeting(
        title="Runde mit Carla Weiß",
        parked=("Carla fragen",),
        field=(FieldValue(step="s", id="who", label="Wer", value="carla-weiss"),),
        worth=Tally(counts=(), votes=2, remarks=("Danke, Carla",)),
        mood={"of": ["Carla Weiß", 3]},
    )
    after, _ = forget(minutes, carla(), "jemand")
    assert after.title == "Runde mit jemand" and after.parked == ("Jemand fragen",)
    assert after.field[0].value == "jemand" and after.worth is not None
    assert after.worth.remarks == ("Danke, jemand",)
    assert after.model_extra == {"mood": {"of": ["Jemand", 3]}}


def test_a_first_name_is_hers_where_nobody_else_there_bears_it() -> None:
    after, found = forget(meeting("Carla sagt", "Frau Weiß auch", "weiß ich nicht"), carla(), "jemand")
    assert texts(after) == ["Jemand sagt", "Jemand auch", "weiß ich nicht"]
    assert found.changes["part"] == 2 and not found.kept


def test_a_first_name_that_another_in_the_room_bears_stays_and_is_counted() -> None:
    other = Participant(id="carla-berg", name="Carla Berg", function="sales")
    minutes = meeting("Carla sagt", "Carla Berg sagt", "Carla Weiß sagt", participant=(CARLA, other))
    after, found = forget(minutes, carla(Known("carla-berg", "Carla Berg")), "jemand")
    assert texts(after) == ["Carla sagt", "Carla Berg sagt", "Jemand sagt"]
    assert found.kept == {"namesake": 1}


def test_where_she_was_not_there_anybody_known_may_be_meant() -> None:
    minutes = meeting("Carla sagt", "Carla Weiß sagt", participant=(BEN,))
    known = Known("carla-berg", "Carla Berg")
    assert texts(forget(minutes, carla(known), "jemand")[0]) == ["Carla sagt", "Jemand sagt"]
    assert texts(forget(minutes, carla(), "jemand")[0]) == ["Jemand sagt", "Jemand sagt"]


def test_of_two_with_one_name_only_the_one_goes() -> None:
    second = Participant(id="carla-weiss-2", name="Carla Weiß", function="sales")
    known = [Known("carla-weiss", "Carla Weiß"), Known("carla-weiss-2", "Carla Weiß")]
    minutes = meeting("Carla Weiß sagt", participant=(CARLA, second))
    after, found = forget(minutes, person_of(known[0], known), "jemand")
    assert [one.name for one in after.participant] == ["", "Carla Weiß"]
    assert after.participant[1].id == "carla-weiss-2"
    assert texts(after) == ["Carla Weiß sagt"] and found.kept["namesake"] == 1
    alone = meeting("Carla Weiß sagt", participant=(CARLA,))
    assert texts(forget(alone, person_of(known[0], known), "jemand")[0]) == ["Jemand sagt"]


def test_an_id_of_ours_that_is_made_of_the_name_is_said_and_stays() -> None:
    deal = DealRecord(id="carla-weiss-gmbh", account="Nord AG")
    after, found = forget(meeting(deal=(deal,)), carla(), "jemand")
    assert after.deal == (deal,) and found.kept["id"] == 1


@given(st.lists(st.text("CarlaWeißBen .,@-", max_size=30), max_size=6))
def test_twice_is_once_and_counts_stay(notes: list[str]) -> None:
    minutes = meeting(*notes, facilitator="carla-weiss")
    once, _ = forget(minutes, carla(), "jemand")
    twice, found = forget(once, carla(), "jemand")
    assert twice == once and not found.changes
    assert len(once.participant) == len(minutes.participant) and len(once.note) == len(minutes.note)


def test_a_meeting_without_her_is_the_same_object() -> None:
    minutes = meeting("Ben sagt", participant=(BEN,))
    assert forget(minutes, carla(), "jemand")[0] is minutes


PEOPLE = (
    Known("carla-weiss", "Carla Weiß"), Known("anna-berg", "Anna Berg"), Known("anna-berg-2", "Anna Berg"),
    Known("", "Dora Lang"), Known("carla-weiss", "Carla Weiss"), Known("ola", "Ola"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("Carla Weiß", ["carla-weiss"]), ("carla weiss", ["carla-weiss"]), ("carla-weiss", ["carla-weiss"]),
        ("CARLA WEISS", ["carla-weiss"]), ("Anna Berg", ["anna-berg", "anna-berg-2"]), ("anna-berg-2", ["anna-berg-2"]),
        ("anna-berg", ["anna-berg"]), ("dora lang", [""]), ("Ola", ["ola"]), ("ola", ["ola"]), ("Carla", []), ("", []),
    ],
)  # fmt: skip
def test_who_is_meant(typed: str, ids: list[str]) -> None:
    assert [one.id for one in candidates(typed, PEOPLE)] == ids


def test_an_id_brings_all_its_spellings() -> None:
    assert set(person_of(PEOPLE[0], PEOPLE).name.names) == {"Carla Weiß", "Carla Weiss"}


def test_a_stranger_needs_two_words() -> None:
    assert stranger("Carla") is None
    one = stranger("carla-weiss")
    assert one is not None and one.name.whole == {"carla weiss"}


def test_people_are_read_from_anything() -> None:
    odd: Mapping[str, Any] = {
        "participant": [3, {"id": 5, "name": ["x"]}],
        "deal": {"owner": "x"},
        "action": "x",
    }
    assert people_in(odd) == []
    raw = {
        "participant": [{"id": "a", "name": "A B"}],
        "deal": [{"owner": "Dora Lang", "contributors": ["Technik: Ola Novak", 3]}],
        "action": [{"owner_text": "Eva Sommer"}],
    }
    assert [one.name for one in people_in(raw)] == ["A B", "Dora Lang", "Eva Sommer", "Ola Novak"]


def test_nothing_else_changes() -> None:
    minutes = meeting("Ben ruft an")
    after, _ = forget(minutes, carla(), "jemand")
    assert change(after, participant=minutes.participant) == minutes


NAMES = (
    "Jürgen Müller",
    "Zoë Weiß",
    "Hans-Peter Kurz",
    "Łukasz von Berg",
    "Sean O'Neill",
    "Ann Li",
    "Dr. Ilse Öz",
)
SPELT: tuple[Callable[[str], str], ...] = (
    str, str.upper, str.lower, str.casefold, slug, lambda name: slug(name).replace("-", "."),
    lambda name: ", ".join(reversed(name.rsplit(" ", 1))), lambda name: unicodedata.normalize("NFD", name),
)  # fmt: skip


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(SPELT), min_size=9, max_size=9))
def test_no_byte_of_the_document_spells_the_name(name: str, spelt: list[Callable[[str], str]]) -> None:
    said = [f"gestern hat {spell(name)} gesagt" for spell in spelt]
    an_id = slug(name)
    minutes = meeting(
        *said[:4],
        title=said[4],
        team=said[5],
        parked=(said[6],),
        facilitator=an_id,
        participant=(Participant(id=an_id, name=name, function="sales"), BEN),
        deal=(
            DealRecord(id="d", account="Nord AG", owner=spelt[7](name), contributors=(f"Technik: {name}",)),
        ),
        action=(Action(id="a1", at=AT, text=said[8], owner=an_id), Action(id="a2", at=AT, owner_text=name)),
        mood={"said by": [name]},
    )
    known = [Known(an_id, name), Known("ben-kurz", "Ben Kurz")]
    after, _ = forget(minutes, person_of(known[0], known), "jemand")
    written = encode(after).decode()
    last = name.rsplit(" ", 1)[1]
    for spelling in {spell(part) for spell in SPELT[:5] for part in (name, last) if len(part) > 2}:
        if fold(spelling) not in fold("Ben Kurz"):
            assert fold(spelling) not in fold(written), spelling
    assert len(after.participant) == 2 and written.count("jemand") >= 8
