"""The entries of the step on the floor, as rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Action, Discretion, Metric, Note, Tally
from retrotui.tui.widgets.entries import EntryRow
from retrotui.tui.widgets.rows import rows
from tests.unit.tui_panels.staging import (
    MUELLER,
    NORD,
    PEOPLE,
    START,
    at,
    begun,
    entries,
    having,
    look,
    with_deals,
)


def of(meeting: Meeting, **more: Any) -> tuple[EntryRow, ...]:
    return rows(look(meeting, **more))


def said(meeting: Meeting, **more: Any) -> list[str]:
    return [f"{row.sign} {row.text}" for row in of(meeting, **more)]


def words_of(row: EntryRow) -> list[str]:
    return [words for words, _ in row.tags]


def lens(**tables: Any) -> Meeting:
    return having(with_deals(begun(), MUELLER, NORD), participant=PEOPLE, **(entries() | tables))


def test_each_kind_has_its_sign_its_role_and_its_tags() -> None:
    hurt, helped, quote, note, lesson, action, experiment = of(lens())
    assert (hurt.sign, hurt.role, words_of(hurt)) == ("−", "hurt", ["Price", "●●●", "buyer"])
    assert (helped.sign, helped.role, words_of(helped)) == ("+", "helped", ["unsorted", "●"])
    assert (quote.sign, quote.role, quote.text) == ("“", "quote", "came late”")
    assert (note.sign, note.votes, words_of(note)) == ("·", 2, ["→ Ben Kurz"])
    assert (lesson.sign, lesson.role, lesson.votes, words_of(lesson)) == ("!", "lesson", 4, ["Price"])
    assert (action.sign, action.role, words_of(action)) == (">", "action", ["Ben Kurz", "until 15 Dec"])
    assert (experiment.sign, experiment.role, words_of(experiment)) == (
        "?",
        "experiment",
        ["Ben Kurz", "idea"],
    )


def test_what_is_unsorted_is_marked() -> None:
    assert [row.marked for row in of(lens())] == [False, True, False, False, False, False, False]


def test_factor_labels_are_in_the_meeting_s_language() -> None:
    meeting = having(with_deals(begun("de"), MUELLER), **entries())
    assert words_of(of(meeting)[0])[0] == "Preis"


def test_a_deal_step_shows_what_belongs_to_the_deal_on_the_floor() -> None:
    other = Note(id="n2", at=START, step="deal", deal="d2", text="of the other")
    before = Note(id="n3", at=START, step="checkin", deal="d1", text="said before")
    free = Note(id="n4", at=START + timedelta(minutes=9), step="deal", text="of none")
    found = said(having(lens(), note=(other, before, free)))
    assert "· of the other" not in found
    assert found[0] == "· said before" and found[-1] == "· of none"


def test_without_a_deal_the_step_shows_what_was_said_in_it() -> None:
    assert len(said(having(at(begun(), "deal"), **entries()))) == 7


def test_entries_stand_as_they_were_said() -> None:
    late = Note(id="n9", at=START + timedelta(seconds=1), step="deal", deal="d1", text="earliest")
    assert said(having(lens(), note=(late,)))[0] == "· earliest"


def test_lessons_shows_all_lessons_of_the_meeting_and_its_own_notes() -> None:
    meeting = at(lens(note=(Note(id="n5", at=START, step="lessons", text="here"),)), "lessons")
    assert [row.sign for row in of(meeting)] == ["·"], "ranked by votes, they stand in the panel"
    found = of(meeting, commanding=True)
    assert [row.sign for row in found] == ["·", "!"]
    assert words_of(found[1]) == ["Price", "Müller GmbH"]


def test_experiments_shows_experiments_and_actions_of_the_meeting() -> None:
    shown = at(lens(), "experiments")
    assert [row.sign for row in of(shown, wall=True)] == [">", "?"]
    assert [row.sign for row in of(shown, commanding=True)] == [">", "?"]


def test_on_the_desk_what_the_panel_shows_is_no_row() -> None:
    assert [row.sign for row in of(at(lens(), "experiments"))] == [">"]
    notes = having(at(lens(), "notes"), note=(Note(id="n7", at=START, step="notes", text="here"),))
    assert said(notes) == []
    assert said(notes, wall=True) == said(notes, commanding=True) == ["· here"]


def test_close_shows_remarks_and_parked_topics_by_the_keys_that_corrections_know() -> None:
    meeting = at(lens(worth=Tally(votes=1, remarks=("good",)), parked=("Fair",)), "close")
    found = of(meeting)
    assert [(row.key, row.sign, row.text) for row in found[1:]] == [
        ("remark:0", "·", "good"),
        ("parked:0", "&", "Fair"),
    ]


def test_numbers_shows_its_figures_so_that_one_can_be_taken_away() -> None:
    figure = Metric(id="rate", label="Rate", unit="percent", actual="31", target="35", surprise=True)
    meeting = having(at(begun(), "numbers"), metric=(figure,))
    assert of(meeting) == ()  # on the desk they stand in their table
    (row,) = of(meeting, commanding=True)
    assert (row.key, row.sign, row.text) == ("metric:rate", "★", "Rate  31% / 35%")
    assert row.tags == (("4 pts worse", "hurt"),)


def test_followup_shows_what_was_said_of_the_selected_item() -> None:
    notes = (
        Note(id="n1", at=START, step="followup", experiment="a", text="of a"),
        Note(id="n2", at=START, step="followup", experiment="b", text="of b"),
        Note(id="n3", at=START, step="followup", text="of none"),
    )
    assert said(having(at(begun(), "followup"), note=notes), selected="a") == ["· of a", "· of none"]


def test_whispers_are_shown_in_their_step_and_marked_as_not_saved() -> None:
    whisper = Note(id="w1", at=START, step="case", text="between us")
    meeting = replace(at(begun(), "case"), whispers=(whisper,))
    (row,) = of(meeting)
    assert row.text == "between us" and words_of(row) == ["unsaved"]
    assert of(replace(at(begun(), "lessons"), whispers=(whisper,))) == ()


def test_an_action_says_what_it_lacks_and_when_it_is_late() -> None:
    actions = (
        Action(id="x-a1", at=START, step="lessons", text="one"),
        Action(id="x-a2", at=START, step="lessons", text="two", owner_text="Kim", due=date(2026, 11, 1)),
    )
    first, second = of(having(at(begun(), "lessons"), action=actions))
    assert words_of(first) == ["no owner", "no date"]
    assert second.tags == (("Kim", "muted"), ("until 1 Nov", "over"))


def test_discretion_hides_people_and_customers_in_tags() -> None:
    meeting = having(at(lens(), "lessons"), discretion=Discretion(customers=True, people=True))
    assert words_of(of(meeting, commanding=True)[0]) == ["Price", "Customer 1"]
    hidden = having(lens(), discretion=Discretion(people=True))
    assert not any("Ben" in words for row in of(hidden) for words in words_of(row))


def note(number: int, group: str = "") -> Note:
    return Note(
        id=f"n{number}", at=START + timedelta(seconds=number), step="notes", text=f"{number}", group=group
    )


def told(*notes: Note) -> list[tuple[str, bool]]:
    return [(row.text, row.grouped) for row in of(having(at(begun(), "notes"), note=notes), wall=True)]


def test_what_was_put_together_follows_its_head() -> None:
    assert told(note(1), note(2), note(3, "n1")) == [("1", False), ("3", True), ("2", False)]
    assert told(note(1, "n2"), note(2)) == [("2", False), ("1", True)]


def test_what_belongs_to_an_entry_that_is_not_shown_stands_alone() -> None:
    assert told(note(1, "n7")) == [("1", False)]


@given(st.lists(st.integers(0, 6), max_size=6))
def test_no_entry_is_lost_or_doubled_whatever_its_group(groups: list[int]) -> None:
    notes = [note(number, f"n{head}" if head else "") for number, head in enumerate(groups, start=1)]
    assert sorted(words for words, _ in told(*notes)) == sorted(one.text for one in notes)


def test_a_factor_that_is_only_a_tag_reads_as_its_label() -> None:
    hurt = entries("")["factor"][0]
    (row,) = of(lens(factor=(hurt,), note=(), quote=(), lesson=(), action=(), experiment=()))
    assert row.text == "Price" and words_of(row) == ["●●●", "buyer"]
