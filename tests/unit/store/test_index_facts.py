"""The facts of the insights: what the index keeps of a file is what the file says, whatever happens to either."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.side_by_side import columns_of
from tests.unit.store.index_samples import LATER, index_files, meeting, workspace

from retrotui.domain.insights.columns import Column, number_of
from retrotui.domain.insights.facts import Facts
from retrotui.domain.insights.report import insights, named_in
from retrotui.domain.recurring import looked_at, recurring_factors
from retrotui.store import minutes as minutes_store
from retrotui.store import recall
from retrotui.store.index import Index
from retrotui.store.index_facts import facts_kept, facts_of, unpacked
from retrotui.store.index_rows import text_in
from retrotui.store.insights import all_facts, meetings_behind, read_insights
from retrotui.store.toml_reading import parse_text
from retrotui.store.workspace import Workspace

GOLDEN = Path(__file__).parents[2] / "golden" / "minutes.toml"
TODAY = date(2026, 11, 24)
MORE = """
[share]
report = 600
reflect = 3000
[[participant]]
id = "anna"
name = "Anna Berg"
function = "sales"
[[participant]]
id = "ola"
name = "Ola"
function = "delivery"
present = false
[safety]
counts = [0, 1, 2, 1, 0]
[worth]
counts = [0, 0, 1, 1, 0]
[[step]]
id = "numbers"
kind = "numbers"
counts_as = "report"
planned_s = 600
spent_s = 600
[[step]]
id = "spot"
kind = "notes"
counts_as = "reflect"
added = true
planned_s = 300
spent_s = 60
[[deal]]
id = "D1"
account = "Müller GmbH"
outcome = "lost"
decided = 2026-11-03
amount = "48000.00"
currency = "EUR"
[[factor]]
id = "f1"
deal = "D1"
factor = "price"
effect = "hurt"
source = "buyer"
[[factor]]
id = "f2"
deal = "D1"
factor = "price"
effect = "helped"
source = "team"
[[factor]]
id = "f3"
deal = "D1"
factor = ""
effect = "hurt"
[[factor]]
id = "f4"
factor = "timing"
effect = "hurt"
[[factor]]
id = "f5"
deal = "D9"
factor = "service"
effect = "helped"
[[experiment]]
id = "x1"
state = "running"
due = 2026-12-01
[[experiment]]
id = "x2"
state = "idea"
[[action]]
id = "a1"
[[verdict]]
item = "x0"
decision = "extend"
due = 2026-12-24
[[verdict]]
item = "a0"
decision = "done"
[[carried]]
item = "x9"
"""


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture
def index(here: Workspace) -> Iterator[Index]:
    with Index.open(here, LATER) as opened:
        yield opened


def test_a_meeting_leaves_what_can_be_counted_and_nothing_else(here: Workspace, index: Index) -> None:
    meeting(here, "m1", head='status = "closed"', more=MORE)
    assert all_facts(index) == columns_of([Facts(
        meeting="m1", day=date(2026, 11, 23), closed=True,
        deals=["D1", "D9"], outcomes=["lost", ""], days=[20, None], named=["*price", "+service"],
        uses=["-0price", "+2price", "-3", "-3timing", "+3service"], loose="-timing",
        experiments={"x1": date(2026, 12, 1).toordinal()}, actions={"a1": None},
        judged={"a0": "done"}, extended={"x0": date(2026, 12, 24).toordinal()}, carried=["x9"],
        planned=[600, 0, 0, 0], spent=[600, 3000, 0, 0], capped=[1, 1], functions=["sales"],
        safety=[0, 1, 2, 1, 0], worth=[],
    )])  # fmt: skip


def test_no_name_no_text_and_no_amount_is_kept() -> None:
    packed = facts_kept(parse_text(GOLDEN.read_text(encoding="utf-8"), GOLDEN))
    assert packed is not None
    kept = " ".join(one.decode("latin-1") if isinstance(one, bytes) else str(one) for one in packed)
    minutes = minutes_store.load(GOLDEN).minutes
    words = {one.name for one in minutes.participant} | {one.account for one in minutes.deal}
    words |= {one.owner for one in minutes.deal} | {one.text for one in minutes.note}
    words |= {one.text for one in minutes.factor} | {one.amount or "" for one in minutes.deal}
    assert kept and not [word for word in words if word and word in kept]


def test_an_aborted_meeting_leaves_nothing(here: Workspace, index: Index) -> None:
    meeting(here, "m1", head='status = "aborted"', more=MORE)
    assert len(all_facts(index)) == 0


def test_what_the_facts_name_is_what_home_and_the_meeting_count(here: Workspace, index: Index) -> None:
    meeting(here, "m1", head='status = "closed"', more=MORE)
    by_facts = list(named_in(all_facts(index)))
    told = recall.factors_named(index, looked_at(TODAY))
    assert set(by_facts) == {one._replace(deal=one.deal and str(number_of(one.deal))) for one in told}
    assert recurring_factors(by_facts * 3, TODAY) == ()


def test_a_changed_added_and_removed_file_is_seen_at_the_next_look(here: Workspace, index: Index) -> None:
    path = meeting(here, "m1", more=MORE)
    assert all_facts(index).outcomes == Column([2], ["lost", ""])
    path.write_text(path.read_text().replace('outcome = "lost"', 'outcome = "won"'), encoding="utf-8")
    meeting(here, "m0", day="2026-10-01")
    found = all_facts(index)
    assert (found.meetings, found.outcomes) == (["m0", "m1"], Column([0, 2], ["won", ""]))
    path.unlink()
    assert all_facts(index).meetings == ["m0"]


def test_without_an_index_on_the_disk_the_figures_are_the_same(here: Workspace, index: Index) -> None:
    meeting(here, "m1", head='status = "closed"', more=MORE)
    before = read_insights(index, TODAY)
    for path in index_files(here):
        path.unlink()
    assert read_insights(index, TODAY) == before
    here.index_folder.chmod(0o500)
    try:
        with Index.open(here, LATER) as other:
            assert read_insights(other, TODAY) == before
    finally:
        here.index_folder.chmod(0o700)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("deals", "X'0102'"), ("deals", "''"), ("outcomes", "'won'"), ("named", "X'00'"), ("uses", "X'00'"),
        ("loose", "char(31)"), ("counts", "X'0000000000000000'"), ("counts", "''"), ("judged", "X''"),
    ],
)  # fmt: skip
def test_kept_facts_that_make_no_sense_are_a_fault_of_the_index(
    here: Workspace, index: Index, column: str, value: str
) -> None:
    meeting(here, "m1", more=MORE)
    before = all_facts(index)
    (path,) = index_files(here)
    with sqlite3.connect(path) as db:
        db.execute(f"UPDATE facts SET {column} = {value}")
    assert all_facts(index) == before


def test_two_files_with_one_id_are_one_meeting(here: Workspace, index: Index) -> None:
    path = meeting(here, "m1", more=MORE)
    path.with_name("m1-copy.toml").write_bytes(path.read_bytes())
    assert len(all_facts(index)) == 1


def test_of_two_versions_the_one_with_the_votes_counts(here: Workspace, index: Index) -> None:
    head = 'status = "closed"'
    meeting(here, "m1", head=head)
    meeting(here, "m1-copy-1", head=head, more="[safety]\ncounts = [0, 0, 1, 2, 1]")
    found = read_insights(index, TODAY)
    assert (found.meetings, found.room.safety.whole.n) == (("m1-copy-1",), 4)


def test_the_meetings_behind_a_figure_are_found_newest_first(here: Workspace, index: Index) -> None:
    meeting(here, "m1", head='title = "First"', day="2026-10-01")
    meeting(here, "m2", day="2026-11-01")
    all_facts(index)
    found = meetings_behind(index, here.minutes_folder, ("m1", "m2", "gone"))
    assert [(one.title, one.path.name) for one in found] == [("m2", "m2.toml"), ("First", "m1.toml")]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("id", "deal", "factor", "effect", "source", "state", "due", "item", "decision", "function", "counts_as",
        "planned_s", "spent_s", "replanned_s", "kind", "decided", "outcome", "counts", "present")  # fmt: skip
TABLE = st.dictionaries(
    st.sampled_from(KEYS), ANYTHING | st.sampled_from(["hurt", "helped", "buyer", "numbers"])
)
RAW = st.dictionaries(
    st.sampled_from(
        [
            "deal",
            "factor",
            "experiment",
            "action",
            "verdict",
            "carried",
            "step",
            "participant",
            "share",
            "safety",
        ]
    ),
    ANYTHING | st.lists(TABLE, max_size=3) | TABLE,
)


@given(RAW)
def test_any_dictionary_leaves_facts_that_can_be_kept_and_counted(raw: dict[str, Any]) -> None:
    kept = facts_kept({**raw, "date": TODAY})
    assert kept is not None
    read = unpacked([text_in(raw, "id")], [TODAY.toordinal()], [[one] for one in kept])
    assert read == columns_of([facts_of(raw, TODAY)])
    insights(read, TODAY)
