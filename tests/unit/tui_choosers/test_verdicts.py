"""`followup`, `lessons`, `experiments`: verdicts, votes, ideas that are taken up."""

from __future__ import annotations

from dataclasses import replace

from retrotui.domain import followup
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Experiment, Lesson
from tests.unit.tui_choosers.opened import Opened, open_list
from tests.unit.tui_panels.staging import START, at, begun, having, open_items


def reviewing() -> Opened:
    return open_list(replace(at(begun(), "followup"), open_items=open_items()))


def test_open_items_come_overdue_first_with_age_and_carried_and_without_ideas() -> None:
    rows = reviewing().shown().rows
    assert [row.key for row in rows] == ["old-x1", "old-a1", "old-x2"]
    assert "3 days overdue" in rows[0].detail
    assert "28 days old" in rows[0].detail
    assert "carried for the third time" in rows[0].detail
    assert "extended once" in rows[0].detail


def test_digits_judge_the_marked_item_through_the_screen() -> None:
    opened = reviewing()
    for number, decision in enumerate(("keep", "adapt", "drop", "extend"), start=1):
        assert not opened.chooser.digit(number, "old-x2")
        assert opened.screen.judged[-1] == ("old-x2", decision)


def test_a_digit_that_is_no_verdict_judges_nothing_and_none_judges_a_heading() -> None:
    opened = reviewing()
    assert not opened.chooser.digit(6, "old-a1") and not opened.chooser.digit(5, "")
    assert opened.screen.judged == []
    opened.chooser.digit(5, "old-a1")
    assert opened.screen.judged == [("old-a1", "done")]


def test_a_verdict_is_a_mark_and_0_takes_it_back() -> None:
    opened = reviewing()
    opened.session.apply(followup.judge, "old-x1", "drop")
    assert opened.shown().rows[0].mark == "×"
    opened.chooser.digit(0, "old-x1")
    assert opened.meeting.minutes.verdict == ()


def test_enter_puts_the_item_onto_the_wall_and_closes() -> None:
    opened = reviewing()
    assert opened.chooser.take("old-x2")
    assert opened.session.selected == "old-x2"


# -- lessons -----------------------------------------------------------------------------------------------


def lesson(number: int, text: str, votes: int = 0) -> Lesson:
    return Lesson(id=f"l{number}", at=START, step="lessons", text=text, votes=votes, factors=("price",))


def learned(kind: str = "lessons") -> Meeting:
    lessons = (lesson(1, "Name the range"), lesson(2, "Call twice", 3), lesson(3, "Bring delivery"))
    return having(at(begun(), kind), lesson=lessons)


def test_lessons_are_ranked_by_votes_and_digits_vote() -> None:
    opened = open_list(learned())
    assert opened.labels() == ["Call twice", "Name the range", "Bring delivery"]
    opened.press(5, "Bring")
    assert opened.labels()[0] == "Bring delivery"
    assert opened.row("Bring").mark == "5"


def test_space_puts_one_lesson_under_another_and_lets_go() -> None:
    opened = open_list(learned())
    opened.space("Call")
    assert opened.row("Call").mark == "◆"
    opened.space("Name")
    assert opened.labels() == ["Call twice", "  + Name the range", "Bring delivery"]
    opened.space("Bring")
    opened.space("Bring")
    assert opened.row("Bring").mark == "·"


def test_a_lesson_is_sharpened_and_keeps_its_votes_and_factors() -> None:
    opened = open_list(learned())
    opened.enter("Call")
    opened.answer("sharpen")
    opened.answer("Call  twice\nbefore the offer")
    kept = next(one for one in opened.meeting.minutes.lesson if one.id == "l2")
    assert (kept.text, kept.votes, kept.factors) == ("Call twice before the offer", 3, ("price",))


def test_a_lesson_is_put_on_top_and_tried_out() -> None:
    opened = open_list(learned())
    opened.enter("Bring")
    opened.answer("top")
    assert opened.labels()[0] == "Bring delivery"
    opened.enter("Bring")
    opened.answer("experiment")
    made = opened.meeting.minutes.experiment[-1]
    assert (made.title, made.lessons, made.state) == ("Bring delivery", ("l3",), "idea")
    assert len(opened.meeting.minutes.lesson) == 3


# -- experiments -------------------------------------------------------------------------------------------


def trying() -> Opened:
    today = Experiment(id="new-x1", at=START, step="experiments", title="Ask for the budget")
    known = Experiment(id="old-x3", at=START, title="Old idea", state="idea")
    items = tuple(replace(one, experiment=known) if one.idea else one for one in open_items("Old idea"))
    return open_list(replace(having(learned("experiments"), experiment=(today,)), open_items=items))


def test_ideas_of_earlier_meetings_come_first_then_today_then_lessons() -> None:
    opened = trying()
    assert opened.headings() == ["Ideas of earlier meetings", "Today", "Lessons"]
    assert opened.labels() == [
        "Old idea",
        "Ask for the budget",
        "Call twice",
        "Name the range",
        "Bring delivery",
    ]


def test_an_earlier_idea_is_taken_up_under_its_own_id_and_its_form_opens() -> None:
    opened = trying()
    assert opened.enter("Old idea")
    assert opened.meeting.minutes.experiment[-1].id == "old-x3"
    assert opened.screen.forms == ["old-x3"]
    assert opened.session.selected == "old-x3"


def test_an_idea_of_today_opens_its_form() -> None:
    opened = trying()
    assert opened.enter("Ask for")
    assert opened.screen.forms == ["new-x1"]
    assert len(opened.meeting.minutes.experiment) == 1


def test_a_lesson_becomes_an_experiment_that_names_it() -> None:
    opened = trying()
    assert opened.enter("Call twice")
    made = opened.meeting.minutes.experiment[-1]
    assert (made.title, made.lessons) == ("Call twice", ("l2",))
    assert opened.screen.forms == [made.id]
    assert "lesson:l2" not in [row.key for row in opened.shown().rows]


def test_the_legend_says_how_much_room_there_is() -> None:
    opened = trying()
    assert "room for 2 of 2" in opened.shown().legend
