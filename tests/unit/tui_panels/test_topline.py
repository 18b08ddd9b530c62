"""The line at the top, and the line that warns."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from retrotui.domain.lifecycle import close
from retrotui.domain.meeting import draft_meeting
from retrotui.domain.pacing import accept_late, pause
from retrotui.store.settings import Settings
from retrotui.tui.widgets.topline import notice_words, topline
from tests.unit.tui_panels.staging import START, TODAY, agenda, at, begun, look


def test_the_top_line_says_which_meeting_what_time_and_when_it_ends() -> None:
    line = topline(look(begun(), 12.5, width=80)).plain
    assert line.startswith(" Monthly reflection · Vertrieb Süd  ")
    assert line.endswith("09:12   End 11:02 (+3 min) ")
    assert len(line) == 80


def test_a_meeting_on_time_says_no_difference_and_an_early_one_says_minus() -> None:
    assert topline(look(begun(), 3)).plain.endswith("09:03   End 11:00 ")
    assert "(−6 min)" in topline(look(at(begun(), "deal", 4), 5)).plain


@pytest.mark.parametrize("width", range(16, 60))
def test_a_narrow_top_line_keeps_the_time(width: int) -> None:
    line = topline(look(begun(), 12.5, width=width)).plain
    assert "09:12" in line and len(line) <= width


def test_the_team_gives_way_before_the_difference() -> None:
    line = topline(look(begun(), 12.5, width=56)).plain
    assert "Monthly reflection" in line and "Vertrieb" not in line and "(+3 min)" in line


def test_a_held_meeting_is_about_to_begin() -> None:
    meeting = draft_meeting(agenda(), meeting_id="m", day=TODAY, language="en")
    assert "We are about to begin" in topline(look(meeting, 0)).plain


def test_a_pause_says_since_when() -> None:
    meeting = pause(begun(), START + timedelta(minutes=4))
    assert "Pause since 09:04" in topline(look(meeting, 9)).plain


def test_a_closed_meeting_says_when_it_ended() -> None:
    meeting = close(begun(), START + timedelta(minutes=4))
    line = topline(look(meeting, 9)).plain
    assert "ended at 09:04" in line and "End " not in line


def test_nothing_is_said_up_to_two_minutes_late() -> None:
    assert notice_words(look(begun(), 12)) == ""


def test_from_then_on_it_says_which_key_re_plans() -> None:
    line = notice_words(look(begun(), 12.5))
    assert line == "F6: the end is 3 minutes late, re-plan"
    other = notice_words(look(begun(), 12.5, settings=Settings(keys={"course": "f11"})))
    assert other.startswith("F11:")


def test_accepted_lateness_is_quiet_until_two_more_minutes_are_lost() -> None:
    meeting = accept_late(begun(), START + timedelta(minutes=13))
    assert notice_words(look(meeting, 14)) == ""
    assert notice_words(look(meeting, 15.5))


def test_a_late_meeting_with_nothing_to_give_only_says_so() -> None:
    one = agenda(steps=[{"id": "a", "kind": "notes", "title": "A", "minutes": 5}], hard_end=True)
    line = notice_words(look(begun(of=one), 9))
    assert line == "The end is fixed: 4 minutes too many."


def test_a_gap_is_told_before_being_late() -> None:
    gap = (START + timedelta(minutes=4), START + timedelta(minutes=12))
    line = notice_words(look(begun(), 13), gap)
    assert line == "F6: the clock stood still for 8 minutes (09:04 – 09:12), take it out"


def test_before_the_beginning_and_after_the_end_nobody_is_late() -> None:
    meeting = begun()
    assert notice_words(look(close(meeting, START + timedelta(minutes=30)), 40)) == ""
    assert (
        notice_words(look(replace(meeting, minutes=meeting.minutes.model_copy(update={"started": None})), 40))
        == ""
    )
