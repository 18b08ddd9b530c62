"""Recall: what the index knows for the next meeting is what the files say, whatever happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrotui.clock import FakeClock
from retrotui.domain.experiments import open_items
from retrotui.domain.memory import Question, Recalled, deal_question, lesson_question
from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    Carried,
    DealRecord,
    Discretion,
    Experiment,
    FactorUse,
    Lesson,
    Minutes,
    Participant,
    StepRun,
    Verdict,
)
from retrotui.domain.recurring import Named
from retrotui.store import minutes as minutes_store
from retrotui.store import recall
from retrotui.store.index import Index
from retrotui.store.insights import all_facts
from retrotui.store.toml_codec import encode
from retrotui.store.workspace import Workspace

TODAY = date(2026, 11, 23)


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")


@pytest.fixture
def index(here: Workspace) -> Iterator[Index]:
    with Index.open(here, FakeClock()) as opened:
        yield opened


def at(month: int, day: int = 9) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def write(here: Workspace, month: int, name: str = "", **tables: Any) -> Path:
    """Closed minutes of the 9th of a month, in a file of their id, or of another `name`."""
    an_id = tables.pop("id", f"2026-{month:02}-09-m")
    head: dict[str, Any] = {"id": an_id, "date": at(month).date(), "started": at(month), "status": "closed"}
    path = here.minutes_folder / f"{name or an_id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(Minutes(agenda=AgendaRef(id="m"), **(head | tables))))
    return path


def trial(item_id: str, **keys: Any) -> Experiment:
    return Experiment(id=item_id, at=at(1), title=item_id, state="running", **keys)


def loop(index: Index, here: Workspace, **keys: Any) -> recall.Loop:
    return recall.open_loop(index, here.minutes_folder, TODAY, names={}, **keys)


def ask(index: Index, here: Workspace, question: Question, without: str = "") -> Recalled:
    return recall.recall(index, here.minutes_folder, [question], without=without)[question]


# -- the loop ----------------------------------------------------------------------------------------------

ITEMS = st.sampled_from(["x1", "x2", "x3", "a1"])
MONTHS = st.lists(
    st.fixed_dictionaries(
        {
            "begun": st.lists(ITEMS, max_size=2, unique=True),
            "judged": st.dictionaries(
                ITEMS, st.sampled_from(["keep", "adapt", "drop", "extend"]), max_size=2
            ),
            "carried": st.lists(ITEMS, max_size=2),
            "status": st.sampled_from(["closed", "running", "aborted"]),
            "hidden": st.booleans(),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MONTHS)
def test_what_is_open_by_the_index_is_what_is_open_by_the_files(
    tmp_path_factory: pytest.TempPathFactory, months: list[dict[str, Any]]
) -> None:
    place = tmp_path_factory.mktemp("loop")
    here = Workspace(place / "team", place / "state", place / "cache")
    for month, told in enumerate(months, start=1):
        write(
            here, month, status=told["status"], discretion=Discretion(people=told["hidden"]),
            participant=(Participant(id="anna-berg", name="Anna Berg"),),
            experiment=tuple(trial(one, owner="anna-berg", due=at(month + 1).date()) for one in told["begun"]),
            verdict=tuple(
                Verdict(item=item, kind="experiment", decision=decision, due=TODAY)
                for item, decision in told["judged"].items()
            ),
            carried=tuple(Carried(item=one) for one in told["carried"]),
        )  # fmt: skip
    files = [one.minutes for one in minutes_store.all_meetings(here)[0]]
    with Index.open(here, FakeClock()) as index:
        assert loop(index, here).items == open_items(files, TODAY)
        last = files[0].id
        assert loop(index, here, without=last).items == open_items(files[1:], TODAY)


def test_an_item_of_the_oldest_of_many_meetings_is_open_until_somebody_judges_it(
    index: Index, here: Workspace
) -> None:
    write(here, 1, action=(Action(id="a1", at=at(1), text="Call Nord AG", owner_text="Ben"),))
    for month in range(2, 12):
        write(here, month, lesson=(Lesson(id="l1", at=at(month), text="nothing of it"),))
    assert [(one.id, one.owner) for one in loop(index, here).items] == [("a1", "Ben")]
    write(here, 12, verdict=(Verdict(item="a1", kind="action", decision="done"),))
    assert loop(index, here).items == ()


def test_the_family_of_an_open_experiment_comes_with_it_and_that_of_a_judged_one_is_told(
    index: Index, here: Workspace
) -> None:
    write(here, 1, experiment=(trial("x1", hypothesis="first"),))
    write(here, 2, experiment=(trial("x2", parent="x1"),), verdict=(adapted("x1", "x2"),))
    write(here, 3, experiment=(trial("x3", parent="x2"),), verdict=(adapted("x2", "x3"),))
    told = loop(index, here)
    assert [one.experiment.id for one in told.lineages["x3"]] == ["x1", "x2", "x3"]
    write(here, 4, verdict=(Verdict(item="x3", kind="experiment", decision="keep"),))
    told = loop(index, here)
    assert told.items == () and told.lineages == {}
    (family,) = told.adapted
    assert [one.decision for one in family] == ["adapt", "adapt", "keep"]


def adapted(item: str, child: str) -> Verdict:
    return Verdict(item=item, kind="experiment", decision="adapt", child=child)


def test_files_edited_renamed_added_and_taken_away_are_seen_at_the_next_look(
    index: Index, here: Workspace
) -> None:
    path = write(here, 1, experiment=(trial("x1"),))
    assert [one.title for one in loop(index, here).items] == ["x1"]
    before = minutes_store.picture(here)
    path.write_text(path.read_text().replace('title = "x1"', 'title = "by hand"'))
    assert [one.title for one in loop(index, here).items] == ["by hand"]
    renamed = path.rename(path.with_name("merged-by-git.toml"))
    assert [one.title for one in loop(index, here).items] == ["by hand"]
    write(here, 2, name="of-a-colleague", experiment=(trial("x2"),))
    assert {one.id for one in loop(index, here).items} == {"x1", "x2"}
    renamed.unlink()
    assert [one.id for one in loop(index, here).items] == ["x2"]
    assert minutes_store.picture(here) != before


def test_ones_own_file_does_not_change_the_picture_of_the_others(here: Workspace) -> None:
    own, other = write(here, 1), write(here, 2)
    before = minutes_store.picture(here, without=own.stem)
    own.write_text(own.read_text() + "# more\n")
    assert minutes_store.picture(here, without=own.stem) == before != minutes_store.picture(here)
    other.rename(other.with_name("renamed.toml"))
    assert minutes_store.picture(here, without=own.stem) != before


def test_a_file_that_cannot_be_taken_is_named_and_the_others_speak(index: Index, here: Workspace) -> None:
    path = write(here, 1, experiment=(trial("x1"),))
    write(here, 2, experiment=(trial("x2"),))
    path.write_text(path.read_text().replace('state = "running"', "state = 7"))
    told = loop(index, here)
    assert [one.id for one in told.items] == ["x2"]
    assert [(one.path.name, one.line is not None) for one in told.damaged] == [(path.name, True)]


def test_what_a_meeting_hides_is_not_in_the_index(index: Index, here: Workspace) -> None:
    hides = Discretion(people=True, customers=True)
    write(
        here, 1, discretion=hides, participant=(Participant(id="carla-weiss", name="Carla Weiß"),),
        experiment=(trial("x1", owner="carla-weiss", hypothesis="Quellwerk trusts Carla"),),
        deal=(DealRecord(id="D-1", account="Quellwerk AG"),),
    )  # fmt: skip
    (item,) = loop(index, here).items
    assert (
        item.owner == ""
        and item.experiment is not None
        and item.experiment.hypothesis == "Quellwerk trusts Carla"
    )
    index.close()
    kept = b"".join(one.read_bytes() for one in here.index_folder.iterdir())
    assert b"trusts Carla" not in kept and b"carla-weiss" not in kept


# -- discussed before --------------------------------------------------------------------------------------


def discussed(here: Workspace, month: int, account: str, deal: str = "D-1", **more: Any) -> Path:
    """Minutes in which a deal was under the lens."""
    step = StepRun(id="deal", kind="deal", deals=(deal,))
    late = FactorUse(
        id="f1", at=at(month), deal=deal, factor="price", effect="hurt", weight=2, text="too late"
    )
    return write(
        here, month, step=(step,), factor=(late,),
        deal=(DealRecord(id=deal, account=account, outcome="lost"), DealRecord(id="other", account=account)),
        **more,
    )  # fmt: skip


def test_a_customer_is_found_by_name_and_by_deal_the_newest_first(index: Index, here: Workspace) -> None:
    discussed(here, 3, "Müller GmbH")
    discussed(here, 5, "Müller GmbH", deal="D-2")
    discussed(here, 7, "Renamed AG")
    discussed(here, 8, "Nord AG", deal="D-9")
    known = ask(index, here, deal_question("D-1", "Müller GmbH"))
    assert [(one.day.month, one.account) for one in known.talked] == [
        (7, "Renamed AG"), (5, "Müller GmbH"), (3, "Müller GmbH"),
    ]  # fmt: skip
    newest = known.talked[0]
    assert (newest.outcome, newest.factors, newest.said) == ("lost", (("hurt", "price"),), "too late")
    assert not known.like
    assert (
        ask(index, here, deal_question("D-1", "Müller GmbH"), without="2026-07-09-m").talked[0].day.month == 5
    )


@pytest.mark.parametrize(
    "account", ["Mueller GmbH", "MÜLLER AG", "Müller", "Mülller GmbH", "Muller Gmbh & Co. KG"]
)
def test_another_spelling_is_proposed_not_assumed(index: Index, here: Workspace, account: str) -> None:
    discussed(here, 3, "Müller GmbH")
    known = ask(index, here, deal_question("D-7", account))
    assert not known.talked and [one.account for one in known.like] == ["Müller GmbH"]


def test_an_unlike_customer_and_a_deal_without_one_find_nothing(index: Index, here: Workspace) -> None:
    discussed(here, 3, "Müller GmbH")
    for account in ("Nord AG", "", "--", '" OR words:*'):
        assert ask(index, here, deal_question("D-7", account)) == Recalled()


def test_a_deal_that_was_only_listed_was_not_discussed(index: Index, here: Workspace) -> None:
    write(here, 3, deal=(DealRecord(id="D-1", account="Müller GmbH"),))
    assert ask(index, here, deal_question("D-1", "Müller GmbH")) == Recalled()


def test_a_meeting_that_hides_its_customers_is_found_by_the_deal_alone(index: Index, here: Workspace) -> None:
    discussed(here, 3, "Müller GmbH", discretion=Discretion(customers=True))
    (one,) = ask(index, here, deal_question("D-1", "Nord AG")).talked
    assert (one.account, one.title) == ("", "")
    assert ask(index, here, deal_question("D-7", "Müller GmbH")) == Recalled()


@pytest.mark.parametrize("before", range(recall.LONGEST - 12, recall.LONGEST))
def test_a_hidden_name_at_the_end_of_what_is_told_is_not_cut_in_two(
    index: Index, here: Workspace, before: int
) -> None:
    said = lesson(f"{'x' * before} Quellwerk said no", deals=("D-1",))
    discussed(here, 3, "Quellwerk AG", lesson=(said,), discretion=Discretion(customers=True))
    (one,) = ask(index, here, deal_question("D-1", "Nord AG")).talked
    assert one.said.startswith("xxx") and "Q" not in one.said and len(one.said) <= recall.LONGEST


def lesson(text: str, **keys: Any) -> Lesson:
    return Lesson(id="l1", at=at(1), text=text, **keys)


def test_a_lesson_comes_back_however_it_is_worded_and_says_whether_it_was_tried(
    index: Index, here: Workspace
) -> None:
    write(here, 3, lesson=(lesson("Preisrahmen im ersten Gespräch nennen", factors=("price",)),))
    write(here, 5, lesson=(lesson("Im ersten Gespräch den PREISRAHMEN nennen!"),))
    write(here, 6, lesson=(lesson("Preisrahmen schon im ersten Gespräch nennen"),))
    asked = lesson_question("preisrahmen im ersten gespraech nennen")
    known = ask(index, here, asked)
    assert known.learned is not None and (known.learned.times, known.learned.since) == (2, date(2026, 3, 9))
    assert not known.learned.tried
    assert [one.text for one in known.learned_like] == ["Preisrahmen schon im ersten Gespräch nennen"]
    write(
        here,
        7,
        lesson=(lesson("Preisrahmen im ersten Gespräch nennen"),),
        experiment=(trial("x", lessons=("l1",)),),
    )
    tried = ask(index, here, asked).learned
    assert tried is not None and tried.tried and tried.times == 3
    assert ask(index, here, asked, without="2026-07-09-m").learned == known.learned


@pytest.mark.parametrize("text", ["", "der die das", '"', "x" * 5000, "NEAR(a b) OR *"])
def test_any_lesson_can_be_asked_for(index: Index, here: Workspace, text: str) -> None:
    write(here, 3, lesson=(lesson("Preisrahmen nennen"),))
    assert ask(index, here, lesson_question(text)) == Recalled()


def test_factors_are_told_with_their_deals_since_a_day(index: Index, here: Workspace) -> None:
    discussed(here, 3, "Müller GmbH")
    discussed(here, 5, "Nord AG", deal="D-2")
    discussed(here, 6, "Nord AG", deal="D-3", status="aborted")
    named = recall.factors_named(index, date(2026, 4, 1))
    assert named == [Named("2026-05-09-m", date(2026, 5, 9), "price", "hurt", "D-2")]
    assert recall.factors_named(index, date(2026, 4, 1), without="2026-05-09-m") == []


def test_an_empty_folder_knows_nothing(index: Index, here: Workspace) -> None:
    assert loop(index, here) == recall.Loop((), {})
    assert ask(index, here, deal_question("D-1", "Müller GmbH")) == Recalled()


# -- versions of one meeting -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("an_id", "name"),
    [
        ("2026-09-09-m-conflict-1", ""),
        ("2026-09-09-m-copy-2", ""),
        ("2026-09-09-m", "2026-09-09-m (conflicted copy of Anna 2026-09-10)"),
    ],
)
def test_a_second_version_counts_nowhere_and_loses_nothing(
    index: Index, here: Workspace, an_id: str, name: str
) -> None:
    write(here, 8, experiment=(trial("x1", due=date(2026, 9, 1)),))
    said: dict[str, Any] = {"carried": (Carried(item="x1"),), "lesson": (lesson("Name the price first"),)}
    discussed(here, 9, "Müller GmbH", **said)
    known = lesson_question("Name the price first!")

    def told() -> tuple[Any, ...]:
        by_name = ask(index, here, deal_question("D-1", "Müller GmbH"))
        learned = ask(index, here, known).learned
        named = set(recall.factors_named(index, date(2026, 1, 1)))
        facts = all_facts(index)
        counted = list(zip(facts.meetings, facts.deals.sizes, strict=True))
        return by_name, learned, named, loop(index, here).items, counted

    before = told()
    assert before[1] is not None and before[1].times == 1 and before[3][0].carried == 1
    more = Action(id="2026-09-09-m-a9", at=at(9), text="Call")
    path = discussed(here, 9, "Müller GmbH", id=an_id, name=name, **said)
    assert told() == before
    path.write_bytes(encode(minutes_store.load(path).minutes.model_copy(update={"action": (more,)})))
    assert {one.id: one.carried for one in loop(index, here).items} == {"x1": 1, more.id: 0}
    assert len(all_facts(index)) == len(before[4])


def test_a_meeting_that_goes_on_beside_its_file_is_no_earlier_meeting(index: Index, here: Workspace) -> None:
    write(here, 8, experiment=(trial("x1"),))
    for an_id in ("2026-09-09-m", "2026-09-09-m-conflict-1"):
        discussed(here, 9, "Müller GmbH", id=an_id, experiment=(trial("x2"),))
    for own in ("2026-09-09-m", "2026-09-09-m-conflict-1"):
        assert [one.id for one in loop(index, here, without=own).items] == ["x1"]
        assert ask(index, here, deal_question("D-1", "Müller GmbH"), without=own) == Recalled()
        assert not recall.factors_named(index, date(2026, 1, 1), without=own)
