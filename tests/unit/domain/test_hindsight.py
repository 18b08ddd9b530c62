"""Corrections of a meeting that is over (domain/hindsight.py)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.factors import FactorList
from retrotui.domain.hindsight import context_of, corrected, deleted, line_of, stamped
from retrotui.domain.minutes import Experiment, Minutes, Participant, change
from retrotui.errors import Refused
from retrotui.store.toml_codec import decode
from retrotui.tui.reading_page import page_of
from tests.unit.tui_panels.staging import everything

FACTORS = FactorList.of_team()
NOW = datetime(2026, 12, 1, 9, 30, 12, 345, tzinfo=UTC)
GOLDEN = Path(__file__).parents[2] / "golden/minutes.toml"


def golden() -> Minutes:
    return decode(GOLDEN.read_bytes(), GOLDEN).minutes


def over(words: str = "came late") -> Minutes:
    """A closed meeting with something in every table."""
    return change(everything("en", words).minutes, status="closed", now=None)


def anchors(minutes: Minutes) -> list[str]:
    found = [thing.anchor for thing in page_of(minutes, "en", FACTORS) if thing.anchor]
    return list(dict.fromkeys(found))


def said(minutes: Minutes, anchor: str, line: str) -> Minutes:
    return corrected(minutes, anchor, line, FACTORS)


@pytest.mark.parametrize("minutes", [golden(), over()], ids=["golden", "everything"])
def test_what_is_taken_as_it_stands_changes_nothing(minutes: Minutes) -> None:
    """Every line of the page that can be corrected, typed again as it is shown."""
    found = anchors(minutes)
    assert len(found) > 15
    for anchor in found:
        assert said(minutes, anchor, line_of(minutes, anchor, FACTORS)) == minutes, anchor


def test_a_factor_is_edited_as_it_could_be_typed() -> None:
    minutes = golden()
    use = minutes.factor[0]
    after = said(minutes, use.id, "+ Der Preis half uns #einkauf *2 /beleg").factor[0]
    assert (after.text, after.effect, after.factor) == ("Der Preis half uns", "helped", "procurement")
    assert (after.weight, after.source) == (2, "document")
    assert (after.id, after.at, after.step, after.deal, after.votes) == (
        use.id,
        use.at,
        use.step,
        use.deal,
        use.votes,
    )


def test_a_line_that_reads_as_another_kind_becomes_that_and_keeps_its_time_and_deal() -> None:
    minutes = golden()
    use = minutes.factor[0]
    after = said(minutes, use.id, ". nur eine Notiz")
    assert all(one.id != use.id for one in after.factor)
    note = after.note[-1]
    assert (note.text, note.at, note.step, note.deal) == ("nur eine Notiz", use.at, use.step, use.deal)
    assert (after.status, after.now, after.step) == (minutes.status, minutes.now, minutes.step)


@pytest.mark.parametrize("state", ["idea", "running"])
def test_a_typo_in_a_title_makes_no_idea_of_an_experiment_and_none_of_an_idea(state: str) -> None:
    one = change(golden().experiment[0], state=state, measure="", expected="", start=None)
    minutes = change(golden(), experiment=(one,))
    after = said(minutes, one.id, "? Ein anderer Titel").experiment[0]
    assert isinstance(after, Experiment) and (after.title, after.state) == ("Ein anderer Titel", state)


def test_an_owner_of_the_team_is_named_in_the_file() -> None:
    minutes = golden()
    people = (Participant(id="eva-roth", name="Eva Roth", function="finance"),)
    line = line_of(minutes, minutes.action[0].id, FACTORS).split("@")[0] + "@eva"
    after = corrected(minutes, minutes.action[0].id, line, FACTORS, people)
    assert after.action[0].owner == "eva-roth" and after.find_person("eva-roth") is not None


def test_a_figure_keeps_its_marks_and_its_id_follows_its_label() -> None:
    minutes = over()
    old = minutes.metric[0]  # an imported one: its id is the file's own
    after = said(minutes, f"metric:{old.id}", "Turnover 500/520 T€").metric[0]
    assert (after.id, after.label, after.actual) == ("revenue", "Turnover", "500000.00")
    assert (after.surprise, after.deal) == (old.surprise, old.deal)
    typed = change(minutes, metric=(change(old, id="came-late"),))
    assert said(typed, "metric:came-late", "Turnover 500/520 T€").metric[0].id == "turnover"
    with pytest.raises(Refused):
        said(minutes, f"metric:{old.id}", "no figure at all")


@pytest.mark.parametrize(
    ("anchor", "line", "found"),
    [
        ("title", "  Ein  Titel ", lambda one: one.title == "Ein Titel"),
        ("parked:0", "& Später", lambda one: one.parked[0] == "Später"),
        ("remark:0", "anders", lambda one: one.worth.remarks[0] == "anders"),
        ("participant.0.name", "Anna Bergmann", lambda one: one.participant[0].name == "Anna Bergmann"),
        ("deal.0.account", "Müller AG", lambda one: one.deal[0].account == "Müller AG"),
        ("experiment.0.measure", "Absprünge", lambda one: one.experiment[0].measure == "Absprünge"),
        ("field.0.value", "Antwort", lambda one: one.field[0].value == "Antwort"),
    ],
)
def test_any_text_can_be_corrected(anchor: str, line: str, found: object) -> None:
    assert callable(found) and found(said(over(), anchor, line))
    assert context_of(over(), anchor, FACTORS) is None


def test_what_is_typed_is_cleaned() -> None:
    assert said(over(), "field.0.value", "a\x1b[31mb\u202e").field[0].value == "ab"


def test_deleting_takes_one_thing_away() -> None:
    minutes = over()
    assert all(one.id != minutes.factor[0].id for one in deleted(minutes, minutes.factor[0].id).factor)
    assert deleted(minutes, "parked:0").parked == minutes.parked[1:]
    assert deleted(minutes, f"metric:{minutes.metric[0].id}").metric == minutes.metric[1:]
    assert deleted(minutes, "field.0.value").field == minutes.field[1:]
    assert deleted(minutes, "experiment.0.measure").experiment[0].measure == ""
    for needed in ("title", "deal.0.account", "participant.0.name"):
        with pytest.raises(Refused):
            deleted(minutes, needed)


@pytest.mark.parametrize(
    "anchor", ["f99", "metric:none", "parked:9", "remark:9", "field.9.value", "verdict.99.learned"]
)
def test_what_is_gone_is_refused(anchor: str) -> None:
    for way in (
        lambda: line_of(over(), anchor, FACTORS),
        lambda: said(over(), anchor, "x"),
        lambda: deleted(over(), anchor),
    ):
        with pytest.raises(Refused):
            way()


def test_the_file_says_once_a_sitting_when_it_was_corrected() -> None:
    before = change(golden(), corrected=(NOW - timedelta(days=9),))
    once = stamped(said(before, "title", "Anders"), before, NOW)
    assert once.corrected == (NOW - timedelta(days=9), NOW.replace(microsecond=0))
    twice = stamped(said(once, "parked:0", "Anders"), before, NOW)
    assert twice.corrected == once.corrected
    assert stamped(change(once, title=before.title), before, NOW) == before


def test_an_entry_of_a_step_that_the_file_does_not_know_can_be_corrected() -> None:
    minutes = change(golden(), step=())
    assert said(minutes, minutes.note[0].id, "anders").note[0].text == "anders"


@given(st.text(max_size=40), st.integers(0, 10_000))
def test_no_line_breaks_a_meeting(line: str, place: int) -> None:
    minutes = over()
    found = anchors(minutes)
    try:
        after = said(minutes, found[place % len(found)], line)
    except Refused:
        return
    assert (after.status, after.now, after.step, after.pause) == (
        minutes.status,
        None,
        minutes.step,
        minutes.pause,
    )
    assert after.date == date(minutes.date.year, minutes.date.month, minutes.date.day)
