"""meeting.md, "The capture line", "Keys": what was typed is never lost, every row can be changed and brought back."""

from __future__ import annotations

import pytest

from retrotui.domain import corrections, entries, fields, followup
from retrotui.domain.factors import FactorList
from retrotui.domain.minutes import Carried
from retrotui.errors import Refused
from tests.unit.domain.items import experiment_item
from tests.unit.domain.room import Room, step

FACTORS = FactorList.of_team(())
SECRET = step("case", "notes", 10, confidential=True)


def said(room: Room, *lines: str) -> Room:
    for line in lines:
        room.do(entries.say, line, factors=FACTORS)
    return room


def rewritten(room: Room, entry_id: str, line: str) -> Room:
    return room.do(corrections.rewrite, entry_id, line, factors=FACTORS)


def whispered(room: Room) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in room.meeting.whispers]


# -- nothing is refused, nothing is lost -----------------------------------------------------------------------


def test_a_sixth_figure_becomes_a_note_and_takes_nothing_with_it() -> None:
    room = Room(step("numbers", "numbers", 10))
    figures = [f"Figure {letter} {n}0/50" for n, letter in enumerate("ABCDEF", start=1)]
    said(room, "\n".join(figures))
    assert len(room.minutes.metric) == 5
    assert [one.text for one in room.minutes.note] == ["Figure F 60/50"]


def test_what_was_typed_for_an_entry_that_is_gone_is_said_anew() -> None:
    room = said(Room(step("talk")), "first").undo()
    assert [one.text for one in rewritten(room, "n1", "second").minutes.note] == ["second"]


# -- notes that are never written ------------------------------------------------------------------------------


def test_what_happened_with_an_item_is_not_written_in_a_confidential_followup() -> None:
    room = Room(step("check", "followup", 10, confidential=True), items=(experiment_item("x1"),))
    room.do(entries.say, "they cried", factors=FACTORS, selected="x1")
    assert room.minutes.note == () and [words for _, words in whispered(room)] == ["they cried"]


def test_ids_of_whispers_are_never_used_again() -> None:
    room = said(Room(SECRET), "one", "two").do(corrections.delete, "w1")
    said(room, "three")
    assert whispered(room) == [("w2", "two"), ("w3", "three")]
    assert whispered(room.do(corrections.delete, "w2")) == [("w3", "three")]


def test_whispers_are_put_together_and_parted_among_themselves() -> None:
    room = said(Room(SECRET), "one", "two").do(corrections.put_together, "w2", "w1")
    assert [one.group for one in room.meeting.whispers] == ["", "w1"]
    room.do(corrections.put_together, "w2", "w1")
    assert [one.group for one in room.meeting.whispers] == ["", ""]
    room.do(corrections.put_together, "w2", "w1").do(corrections.delete, "w1")
    assert [one.group for one in room.meeting.whispers] == [""]


def test_dots_on_a_whisper_are_counted_and_cleared_and_written_nowhere() -> None:
    room = said(Room(SECRET), "One", "Two")
    written, first = room.minutes, room.meeting.whispers[0].id
    room.do(corrections.set_votes, first, 3)
    assert [one.votes for one in room.meeting.whispers] == [3, 0] and room.minutes == written
    assert corrections.votes_given(room.meeting, [one.id for one in room.meeting.whispers]) == 3
    room.do(corrections.clear_votes, [first])
    assert not any(one.votes for one in room.meeting.whispers)
    room.undo()
    assert corrections.votes_of(room.meeting, first) == 3


def test_no_note_that_is_written_goes_under_one_that_is_not() -> None:
    room = said(said(Room(step("talk"), SECRET), "open").on(), "secret")
    for first, second in (("n1", "w1"), ("w1", "n1")):
        with pytest.raises(Refused):
            room.do(corrections.put_together, first, second)
    assert room.minutes.note[0].group == ""


def test_a_whisper_that_reads_as_a_lesson_becomes_one_and_comes_back() -> None:
    room = said(Room(SECRET), "ask the buyer first")
    rewritten(room, "w1", "! Ask the buyer first")
    assert room.meeting.whispers == () and [one.text for one in room.minutes.lesson] == [
        "Ask the buyer first"
    ]
    assert whispered(room.undo()) == [("w1", "ask the buyer first")] and room.minutes.lesson == ()
    assert whispered(rewritten(room, "w1", "ask first")) == [("w1", "ask first")]


# -- what has no time of its own -------------------------------------------------------------------------------


def test_a_figure_is_edited_as_it_could_be_typed_and_keeps_its_place_and_mark() -> None:
    from retrotui.domain import floor

    room = said(Room(step("numbers", "numbers", 10)), "Umsatz 480/520 T€", "Zyklus 61/55 Tage <")
    room.do(floor.mark_surprise, "umsatz")
    assert corrections.last_entry(room.meeting) == "metric:zyklus"
    line = corrections.line_of(room.meeting, "metric:umsatz", FACTORS)
    before = room.minutes.metric
    assert rewritten(room, "metric:umsatz", line).minutes.metric == before
    rewritten(room, "metric:umsatz", line.replace("480", "490"))
    assert [(one.id, one.actual, one.surprise) for one in room.minutes.metric] == [
        ("umsatz", "490000.00", True),
        ("zyklus", "61", False),
    ]
    rewritten(room, "metric:zyklus", "no figure after all")
    assert [one.id for one in room.minutes.metric] == ["umsatz"]
    assert [one.text for one in room.minutes.note] == ["no figure after all"]


def test_the_last_remark_is_edited_where_nothing_else_was_said() -> None:
    room = said(Room(step("close", "close", 5)), "good", "short")
    assert corrections.last_entry(room.meeting) == "remark:1"
    assert corrections.line_of(room.meeting, "remark:1", FACTORS) == "short"


# -- the loop --------------------------------------------------------------------------------------------------


def test_what_happened_made_a_lesson_stays_tied_to_its_item() -> None:
    room = Room(step("check", "followup", 10), items=(experiment_item("x1"),))
    room.do(entries.say, "they called first", factors=FACTORS, selected="x1").do(followup.judge, "x1", "keep")
    room.do(corrections.turn_into, "n1", "lesson")
    assert room.minutes.lesson[0].experiment == "x1"
    verdict = room.minutes.verdict[0]
    assert (verdict.happened, verdict.learned) == ("", "they called first")


def test_what_was_carried_stays_while_the_earlier_meetings_are_not_read_yet() -> None:
    room = Room(step("check", "followup", 10))
    late = (Carried(item="2026-10-26-monthly-x1"),)
    room.meeting = room.meeting.__class__(
        agenda=room.meeting.agenda, minutes=room.minutes.model_copy(update={"carried": late})
    )
    assert followup.with_carried(room.meeting).carried == late


# -- fields ----------------------------------------------------------------------------------------------------


def test_a_field_that_waits_for_a_yes_is_asked_after_it() -> None:
    asked = [
        {"id": "again", "label": "Again?", "type": "yesno"},
        {"id": "when", "label": "When?", "type": "text", "when": {"again": True}},
    ]
    room = Room(step("case", "case", 10, field=asked))
    assert [one.id for one in fields.asked_fields(room.meeting)] == ["again"]
    room.do(fields.answer, "again", "yes")
    assert [one.id for one in fields.asked_fields(room.meeting)] == ["again", "when"]


# -- a paste while an entry is edited ---------------------------------------------------------------------------


def test_later_lines_of_a_paste_are_entries_of_their_own() -> None:
    room = said(Room(step("talk")), "first", "other")
    rewritten(room, "n1", "first, said better\n! a lesson\n\n? an experiment\n. a note")
    assert [one.text for one in room.minutes.note] == ["first, said better", "other", "a note"]
    assert [one.text for one in room.minutes.lesson] == ["a lesson"]
    assert [one.title for one in room.minutes.experiment] == ["an experiment"]


def test_later_lines_that_a_rule_has_no_place_for_are_kept_as_notes() -> None:
    room = Room(step("numbers", "numbers", 10))
    said(room, *(f"Figure {letter} {n}0/50" for n, letter in enumerate("ABCDE", start=1)), ". aside")
    rewritten(room, "n1", "aside, said better\nFigure F 60/50")
    assert len(room.minutes.metric) == 5
    assert [one.text for one in room.minutes.note] == ["aside, said better", "Figure F 60/50"]


def test_a_factor_after_the_edited_one_needs_a_deal_as_any_other() -> None:
    room = Room(step("look", "deal", 10), step("talk"))
    said(room, "Müller GmbH lost 48.000", "- late #price").on()
    used = room.minutes.factor[0].id
    rewritten(room, used, "- very late #price\n- and dear #price")
    assert [one.text for one in room.minutes.factor] == ["very late", "and dear"]


# -- answers that grow ------------------------------------------------------------------------------------------


CONSULTING = step(
    "feedback",
    "case",
    8,
    confidential=True,
    fields=[{"id": "take_aways", "label": "Take-aways", "type": "text"}],
)


def test_in_peer_consulting_plus_adds_to_the_answer_and_a_plain_line_is_not_saved() -> None:
    room = said(Room(CONSULTING), "I call him", "aside", "+ and ask what he needs")
    assert [one.value for one in room.minutes.field] == ["I call him · and ask what he needs"]
    assert [words for _, words in whispered(room)] == ["aside"]
    room.undo()
    assert [one.value for one in room.minutes.field] == ["I call him"]


def test_before_there_is_an_answer_plus_is_what_it_is_elsewhere() -> None:
    room = said(Room(CONSULTING), "+ helped")
    assert not room.minutes.field and whispered(room)
