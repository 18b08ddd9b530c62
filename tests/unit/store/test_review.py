"""All meetings as the review lists and filters them (store/review.py, store/index_cards.py)."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.store.index_samples import LATER, index_files, meeting, workspace

from retrotui.domain.factors import FactorList
from retrotui.domain.review import read_wanted
from retrotui.domain.wanted import Name, Wanted
from retrotui.store import index_cards
from retrotui.store.index_cards import CUSTOMER, FACTOR, OUTCOME, OWNER, card_in, facets_of
from retrotui.store.index_text import read_query
from retrotui.store.review import Archive
from retrotui.store.workspace import Workspace

TODAY = LATER.wall().date()

MUELLER = """
[share]
report = 600
reflect = 1800
[[participant]]
id = "anna-berg"
name = "Anna Berg"
[[deal]]
id = "D1"
account = "Müller GmbH"
outcome = "lost"
[[factor]]
id = "f1"
deal = "D1"
factor = "price"
text = "zu spät"
[[experiment]]
id = "m-x1"
title = "Preisrahmen"
owner = "anna-berg"
parent = "k-x1"
"""
OSTWERK = """
[[deal]]
id = "D2"
account = "Ostwerk KG"
outcome = "won"
[[lesson]]
id = "l1"
text = "Pilot zuerst"
factors = ["references"]
[[action]]
id = "o-a1"
text = "anrufen"
owner_text = "Ben Müller"
[[verdict]]
item = "m-x1"
kind = "experiment"
decision = "keep"
"""
HIDDEN = MUELLER + "[discretion]\npeople = true\ncustomers = true\n"


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    place = workspace(tmp_path)
    meeting(
        place,
        "m",
        ["Der Einkaufsleiter kam dazu"],
        day="2026-10-05",
        more=MUELLER,
        head='title = "Monat"\nstatus = "closed"',
    )
    meeting(place, "o", ["Preisliste"], day="2026-11-05", more=OSTWERK, head='status = "running"')
    meeting(place, "h", [], day="2026-12-05", more=HIDDEN, head='status = "closed"')
    return place


def found(here: Workspace, line: str) -> list[str]:
    """The ids of the meetings that answer, as the index says; the files must say the same."""
    wanted = read_wanted(line, FactorList.of_team(), TODAY)
    archive = Archive(here, LATER)
    try:
        archive.look()
        keys = archive.find(wanted)
        cards = archive.cards(keys)
        by_files = [card_in(path) for path in archive.by_name()]
    finally:
        archive.close()
    told = [cards[key].summary.id for key in keys]
    query = read_query(wanted.text)
    if not query.terms:
        assert set(told) == {card.summary.id for card in by_files if index_cards.answers(card, wanted)}
    return told


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("", ["h", "o", "m"]),
        ("preis", ["o", "m", "h"]),
        ("einkauf", ["m"]),
        ("preisliste pilot", ["o"]),  # every word somewhere in the meeting
        ("einkauf pilot", []),
        ("@anna", ["m"]),
        ("@berg", ["m"]),
        ("@ben", ["o"]),
        ('@"Anna"', []),
        ('@"anna berg"', ["m"]),
        ("kunde:mueller", ["m"]),  # the owner of an action is no customer
        ("kunde:werk", ["o"]),
        ('kunde:"Müller GmbH"', ["m"]),
        ("#preis", ["h", "m"]),
        ("#referenzen", ["o"]),
        ("ausgang:verloren", ["h", "m"]),
        ("=2026-10", ["m"]),
        ("=2026-11-05..2026-12-31", ["h", "o"]),
        ("stand:offen", ["o"]),
        ("#preis @anna =2026-10 einkaufsleiter", ["m"]),
    ],
)
def test_a_filter_finds(here: Workspace, line: str, ids: list[str]) -> None:
    if line in ("", "=2026-11-05..2026-12-31", "#preis", "ausgang:verloren"):
        assert found(here, line) == ids
    else:
        assert set(found(here, line)) == set(ids)


def test_an_item_leads_to_the_meetings_that_speak_of_it(here: Workspace) -> None:
    archive = Archive(here, LATER)
    archive.look()
    assert [archive.cards([key])[key].summary.id for key in archive.find(Wanted(item="m-x1"))] == [
        "h",
        "o",
        "m",
    ]
    assert archive.find(Wanted(item="m-x")) == ()
    assert len(archive.find(Wanted(item="k-x1"))) == 2


def test_what_a_meeting_hides_cannot_be_looked_for(here: Workspace) -> None:
    assert "h" not in found(here, "@anna") and "h" not in found(here, "kunde:müller")
    hidden = card_in(here.minutes_folder / "h.toml")
    assert hidden.values(OWNER) == hidden.values(CUSTOMER) == [] and hidden.values(FACTOR) == ["price"]


def test_a_card_says_what_the_list_shows(here: Workspace) -> None:
    archive = Archive(here, LATER)
    archive.look()
    (key,) = archive.find(Wanted(owners=(Name("anna"),)))
    card = archive.cards([key])[key]
    assert card == card_in(here.minutes_folder / "m.toml")
    assert (card.summary.title, card.summary.reflecting, card.summary.counts["factor"]) == ("Monat", 0.75, 1)
    assert card.values(OUTCOME) == ["lost"]
    assert archive.values()[CUSTOMER] == {"Müller GmbH": 1, "Ostwerk KG": 1}


def test_passages_are_what_answers_else_what_weighs_most(here: Workspace) -> None:
    archive = Archive(here, LATER)
    archive.look()
    (key,) = archive.find(Wanted(text="pilot"))
    assert [one.text for one in archive.passages(key, "pilot")] == ["Pilot zuerst · #references"]
    assert [one.kind for one in archive.passages(key, "")] == ["lesson", "deal"]


def test_without_an_index_the_names_make_the_list_and_the_files_the_cards(here: Workspace) -> None:
    (here.minutes_folder / "x.toml").write_text("broken = [", encoding="utf-8")
    archive = Archive(here, LATER)
    assert not archive.is_indexed()
    rows = archive.by_name()
    assert [path.stem for path in rows] == ["x", "o", "m", "h"]
    assert set(archive.cards(rows)) == set(rows[1:])
    assert not index_files(here)
    told: list[tuple[int, int]] = []
    looked = archive.look(lambda done, total: told.append((done, total)))
    assert archive.is_indexed() and told[0] == (0, 4) and not looked.slow
    assert [one.path.name for one in looked.damaged] == ["x.toml"] and len(archive.find(Wanted())) == 3


def test_files_that_others_add_edit_rename_and_remove_are_seen_at_the_next_look(here: Workspace) -> None:
    archive = Archive(here, LATER)
    archive.look()
    path = here.minutes_folder / "m.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Müller GmbH", "Meier GmbH"), encoding="utf-8")
    path.rename(here.minutes_folder / "renamed.toml")
    (here.minutes_folder / "o.toml").unlink()
    meeting(here, "new", ["Neues"], day="2027-01-01")
    assert archive.look().changed
    assert {one.path.stem for one in archive.cards(archive.find(Wanted())).values()} == {
        "new",
        "h",
        "renamed",
    }
    assert len(archive.find(Wanted(customers=(Name("meier"),)))) == 1
    assert archive.key_of(here.minutes_folder / "renamed.toml") is not None
    assert archive.key_of(path) is None


def test_an_index_that_others_hold_delete_or_damage_costs_nothing_but_time(here: Workspace) -> None:
    archive = Archive(here, LATER)
    archive.look()
    everything = archive.find(Wanted())
    for path in index_files(here):
        path.unlink()
    assert archive.find(Wanted()) == everything
    (database,) = index_files(here)
    os.truncate(database, 5000)
    assert archive.find(Wanted(text="einkauf")) == everything[-1:]
    (database,) = index_files(here)
    held = sqlite3.connect(database)
    try:
        held.execute("BEGIN EXCLUSIVE")
        meeting(here, "new", ["Neues"], day="2027-01-01")
        looked = archive.look()
        assert looked.slow and len(archive.find(Wanted())) == 4
    finally:
        held.close()


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    accounts=st.lists(_TEXTS, max_size=3),
    owner=_TEXTS,
    wanted=st.sampled_from(["", "a", "mue", "ss", "gmbh b"]),
)
def test_the_index_answers_as_the_file_does(
    tmp_path_factory: pytest.TempPathFactory, accounts: list[str], owner: str, wanted: str
) -> None:
    """Whatever stands in a name, in a file that somebody edited."""
    import tomli_w

    here = workspace(tmp_path_factory.mktemp("any"))
    deals = [{"id": str(number), "account": account} for number, account in enumerate(accounts)]
    text = tomli_w.dumps({"deal": deals, "action": [{"id": "a1", "owner_text": owner}]})
    path = meeting(here, "m", more=text)
    archive = Archive(here, LATER)
    archive.look()
    for asked in (
        Wanted(customers=(Name(wanted),)),
        Wanted(owners=(Name(wanted),)),
        Wanted(owners=(Name(owner, True),)),
    ):
        answered = bool(archive.find(asked))
        assert answered == index_cards.answers(card_in(path), asked)
    archive.close()


@given(
    st.recursive(
        st.none() | st.integers() | _TEXTS, lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner)
    )
)
def test_any_dictionary_has_facets_and_never_an_error(raw: object) -> None:
    keys = (
        "deal",
        "factor",
        "lesson",
        "action",
        "experiment",
        "verdict",
        "carried",
        "participant",
        "discretion",
    )
    assert all("\n" not in one for one in facets_of(dict.fromkeys(keys, raw)))


def test_the_other_versions_of_a_meeting_are_told_from_it(here: Workspace) -> None:
    meeting(here, "m-copy-1", ["mine"])
    meeting(here, "gone-conflict-1", ["the only one that is left"])
    synced = here.minutes_folder / "a copy of o.toml"
    synced.write_bytes((here.minutes_folder / "o.toml").read_bytes())
    archive = Archive(here, LATER)
    try:
        archive.look()
        second = archive.second_versions()
        assert {card.path.name for card in archive.cards(sorted(second)).values()} == {
            "m-copy-1.toml",
            synced.name,
        }
    finally:
        archive.close()
