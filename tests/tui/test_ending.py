"""Leaving, going on, ending with gaps, the summary, reopening (meeting.md, "Beginning and end")."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from retrotui.domain import timebox
from retrotui.store import drafts
from retrotui.tui.screens.dialogs.closing import ClosingDialog
from retrotui.tui.screens.dialogs.experiment import ExperimentForm
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.screens.summary import SummaryScreen
from tests.tui.driver import Room, meeting, place_in
from tests.tui.stage import EVERY_KIND, PEOPLE, past, play

SHORT = """\
schema = 1
id = "short"
title = "Short"
[[step]]
id = "checkin"
kind = "checkin"
minutes = 5
title = "Arrive"
[[step]]
id = "deal"
kind = "deal"
minutes = 10
title = "Deal"
[[step]]
id = "experiments"
kind = "experiments"
minutes = 10
title = "Experiments"
[[step]]
id = "close"
kind = "close"
minutes = 5
title = "Close"
"""


async def to_the_end(m: Room) -> None:
    """A short meeting with a gap of every kind that can be mended."""
    await m.say("Anna Berg, Sales", "Ben Kurz, Sales")
    await m.go_to("deal")
    await m.say("Müller GmbH lost 48.000", "- the technician was late", "> Call them", "& Trade fair")
    await m.go_to("experiments")
    await m.say("Try something @anna")
    await m.press("escape")
    await m.go_to("close")
    await m.later(minutes=5)
    await m.press("f4")
    assert m.shows(ClosingDialog)


# -- leaving and coming back -----------------------------------------------------------------------------------


async def test_leaving_keeps_the_meeting_open_by_default_and_resume_asks_nothing(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place) as m:
        await m.say(". one")
        await m.type("half typed")
        await m.later(minutes=2)
        await m.press("ctrl+q")
        assert m.shows(Menu) and m.sees("▸ 1 Leave, the meeting stays open")
        await m.press("enter")
        assert m.app._exit
        assert m.app.return_value is not None and "stays open" in m.app.return_value.id
    m.clock.advance(30 * 60)
    async with meeting(tmp_path, place=place, resume="") as m:
        assert m.uncovered and m.line == "half typed" and m.minutes.note[0].text == "one"
        assert m.clock_text == "03:00", "the time away is not the meeting's"
        assert m.notice == "On with the meeting of 09:00. Start afresh: F6."
        away = m.minutes.pause[-1]
        assert (
            away.why == "away" and away.until is not None and away.until - away.since == timedelta(minutes=30)
        )


async def test_running_the_same_agenda_within_twelve_hours_goes_on(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place) as m:
        await m.say(". one")
        await m.press("ctrl+q", "enter")
    m.clock.advance(60 * 60)
    async with meeting(tmp_path, place=place) as m:
        assert m.minutes.note[0].text == "one" and "On with the meeting of 09:00" in m.notice
        await m.press("ctrl+q", "enter")
    m.clock.advance(12 * 60 * 60)
    async with meeting(tmp_path, place=place) as m:
        assert not m.minutes.note


async def test_staying_and_esc_stay(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        for keys in (("3",), ("escape",), ("ctrl+q",)):
            await m.press("ctrl+q", *keys)
            assert m.uncovered and not m.app._exit


async def test_leaving_can_end_the_meeting_too(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.press("ctrl+q", "2")
        assert m.shows(ClosingDialog)
        await m.press("enter")
        assert m.shows(SummaryScreen) and m.minutes.status == "closed"


async def test_after_two_hours_away_the_first_offer_is_that_it_ended(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place) as m:
        await m.later(minutes=4)
        await m.say(". last word")
        await m.press("ctrl+q", "enter")
    m.clock.advance(3 * 60 * 60)
    async with meeting(tmp_path, place=place, resume="") as m:
        assert m.shows(Menu) and m.sees("▸ 1 It ended at 09:04 (last entry)")
        await m.press("enter")
        assert m.shows(SummaryScreen) and m.minutes.ended is not None
        assert f"{m.minutes.ended:%H:%M}" == "09:04"


async def test_after_two_hours_away_it_can_go_on_as_well(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place) as m:
        await m.say(". one")
        await m.press("ctrl+q", "enter")
    m.clock.advance(3 * 60 * 60)
    async with meeting(tmp_path, place=place, resume="") as m:
        await m.press("2")
        await m.later(minutes=1)
        assert m.uncovered and m.minutes.status == "running" and m.clock_text == "04:00"


async def test_a_program_that_died_comes_back_with_every_entry_and_the_half_typed_line(
    tmp_path: Path,
) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place) as m:
        await m.say(". one", ". two")
        await m.type("half")
        await m.later(seconds=5)
        await m.saved()
        draft = next(place.workspace.drafts_folder.glob("*.toml"))
        kept, at = draft.read_bytes(), m.clock.wall().timestamp()
        if m.session.lock is not None:
            m.session.lock.release()
    draft.write_bytes(kept)  # as kill -9 leaves it
    os.utime(draft, (at, at))
    m.clock.advance(120)
    async with meeting(tmp_path, place=place, resume="") as m:
        assert [one.text for one in m.minutes.note] == ["one", "two"] and m.line == "half"
        assert m.clock_text == "02:55", "the people went on talking"


# -- the end ---------------------------------------------------------------------------------------------------


async def test_on_from_the_last_step_lists_what_is_missing_and_enter_closes_anyway(tmp_path: Path) -> None:
    async with meeting(tmp_path, "short", agendas=[SHORT]) as m:
        await to_the_end(m)
        assert m.sees(
            "Try something: 5 details are missing, it stays an idea", "1 factor is unsorted", "1 topic is parked",
            "1 factor without a source", "1 action without an owner", "1 action without a date",
            "There is no next date yet.", "Nobody from outside sales was here.",
        )  # fmt: skip
        assert m.meeting.running
        await m.press("enter")
        assert m.shows(SummaryScreen) and m.minutes.status == "closed"
        await m.saved()
        assert m.file().status == "closed" and m.file().ended is not None


async def test_esc_goes_back_into_the_meeting(tmp_path: Path) -> None:
    async with meeting(tmp_path, "short", agendas=[SHORT]) as m:
        await to_the_end(m)
        await m.press("escape")
        assert m.uncovered and m.minutes.status == "running"
        await m.press("f4", "f4")
        assert m.uncovered and m.minutes.status == "running", "its key closes the list again"


async def test_digits_mend_one_gap_after_another(tmp_path: Path) -> None:
    async with meeting(tmp_path, "short", agendas=[SHORT], person=PEOPLE) as m:
        await to_the_end(m)
        await m.press(m.digit("factor is unsorted"))
        await m.type("tim")
        assert m.sees("▸ timing", "Timing, urgency")
        await m.press("tab", "enter")
        await m.press(m.digit("without a source"))
        assert m.sees("How do we know?") and not m.sees("without an owner"), "one question is seen at a time"
        await m.press("1")
        assert m.sees("without an owner")
        factor = m.minutes.factor[0]
        assert (factor.factor, factor.source) == ("timing", "buyer")
        await m.press(m.digit("without an owner"))
        await m.type("ben")
        await m.press("enter")
        await m.press(m.digit("without a date"), "enter")
        action = m.minutes.action[0]
        assert action.owner == "ben-kurz" and action.due is not None
        await m.press(m.digit("no next date"), "enter")
        assert m.minutes.next_date == date(2026, 12, 21)
        await m.press(m.digit("outside"))
        await m.type("Ola from delivery")
        await m.press("enter")
        assert m.minutes.action[-1].text == "Invite next time: Ola from delivery"
        assert m.shows(ClosingDialog) and not m.sees("without a source") and not m.sees("unsorted")
        await m.press("f9")
        assert len(m.minutes.action) == 1, "undo works over the list"
        await m.press(m.digit("5 details are missing"))
        await m.burst(*"it is faster", "enter", *"the order", "enter", *"days", "enter", *"under 5", "enter")
        assert m.shows(ExperimentForm)
        await m.burst(*"+4w", "enter")
        assert m.shows(ClosingDialog) and not m.sees("details are missing")
        experiment = m.minutes.experiment[0]
        assert (experiment.hypothesis, experiment.change, experiment.measure) == (
            "it is faster",
            "the order",
            "days",
        )
        assert experiment.state == "running"


async def test_nothing_missing_is_said_too(tmp_path: Path) -> None:
    async with meeting(tmp_path, "short", agendas=[SHORT]) as m:
        await m.say("Anna Berg, Sales", "Carla Weiß, Service")
        await m.go_to("close")
        await m.say("21.12.", "4445")
        await m.press("f4")
        assert m.sees("Nothing is missing. Enter ends the meeting.")


# -- what is half typed then -----------------------------------------------------------------------------------


@pytest.mark.parametrize("way", [("ctrl+q", "2"), ("f4",)])
async def test_what_stands_half_typed_in_the_line_is_said_and_taken_down_with_the_end(
    tmp_path: Path, way: tuple[str, ...]
) -> None:
    async with meeting(tmp_path, "short", agendas=[SHORT], person=PEOPLE) as m:
        if way == ("f4",):
            await m.go_to("close")
        await m.type("> Call them @ben")
        await m.press(*way)
        assert m.sees("In the line, Enter takes it down too: > Call them @ben")
        await m.press("escape")
        assert m.uncovered and m.line == "> Call them @ben" and not m.minutes.action
        await m.press(*way, "enter")
        assert m.shows(SummaryScreen) and m.sees("Call them", "Ben Kurz")
        await m.saved()
        assert [(one.text, one.owner) for one in m.file().action] == [("Call them", "ben-kurz")]
        await m.press("o")
        assert m.line == "", "it is an entry now"


async def test_an_entry_opened_and_left_as_it_was_is_no_half_typed_line(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.press("up", "ctrl+q", "2")
        assert not m.sees("In the line")
        await m.press("escape")
        await m.type(" and more")
        await m.press("ctrl+q", "2")
        assert m.sees("In the line, Enter takes it down too: one and more")
        await m.press("enter")
        assert [one.text for one in m.minutes.note] == ["one and more"]


@pytest.mark.parametrize("way", ["Abort:", "Start afresh:"])
async def test_an_aborted_meeting_takes_the_half_typed_line_along(tmp_path: Path, way: str) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.type("half typed")
        await m.press("f6")
        await m.press(m.digit(way), "2")
        kept = m.held[0].meeting.minutes
        assert kept.status == "aborted" and [one.text for one in kept.note] == ["one", "half typed"]
        assert m.session is m.held[0] or not (m.session.line or m.minutes.note), "the new one begins empty"


async def test_half_typed_slips_are_dots_in_the_last_question_too(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("close")
        await m.type("3445")
        await m.press("f4")
        assert m.sees("takes it down too: ••••") and not m.sees("3445")
        await m.press("enter")
        assert m.minutes.worth is not None and m.minutes.worth.counts == (0, 0, 1, 2, 1)


async def test_what_was_begun_in_a_confidential_step_is_said_not_to_be_saved(tmp_path: Path) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND]) as m:
        await m.go_to("case")
        await m.say("the key question")
        await m.type("a secret")
        await m.press("ctrl+q", "2")
        assert m.sees("In the line, confidential and not saved: a secret")
        await m.press("escape", "f4", "ctrl+q", "2")
        assert m.sees("In the line, confidential and not saved: a secret")
        await m.press("enter")
        await m.saved()
        folders = (m.place.workspace.folder, m.place.workspace.state)
        written = "".join(one.read_text("utf-8") for at in folders for one in at.rglob("*") if one.is_file())
        assert "the key question" in written and "a secret" not in written


async def test_a_meeting_that_ended_hours_ago_has_the_half_typed_line_at_its_end(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    async with meeting(tmp_path, place=place) as m:
        await m.later(minutes=4)
        await m.say(". last word")
        await m.type("half typed")
        await m.later(minutes=1)
        await m.press("ctrl+q", "enter")
    m.clock.advance(3 * 60 * 60)
    async with meeting(tmp_path, place=place, resume="") as m:
        await m.press("enter")
        assert m.shows(SummaryScreen) and [one.text for one in m.minutes.note] == ["last word", "half typed"]
        assert m.minutes.ended == m.minutes.note[-1].at == m.minutes.note[0].at


# -- the summary -----------------------------------------------------------------------------------------------


async def test_the_summary_says_what_was_learned_what_will_be_tried_and_where_the_file_lies(
    tmp_path: Path,
) -> None:
    async with meeting(
        tmp_path, "every-kind", agendas=[EVERY_KIND], past=past(), person=PEOPLE, size=(160, 90)
    ) as m:
        await play(m, "close")
        await m.press("f4", "enter")
        assert m.shows(SummaryScreen)
        assert m.sees(
            "Mon 23 Nov 2026", "Planned and spent, minutes", "Check experiments", "Reflecting", "plan 62%",
            "Name the price range in the first talk", "Name the price range early", "Anna Berg · until 21 Dec 2026",
            "Verdicts of today", "Deals under the lens", "Müller GmbH · €48,000 · lost", "hurt: Price, Procurement",
            "Call purchasing at Nord AG carried",
            "Call their purchasing", "Ben Kurz · until 30 Nov 2026", "Trade fair 2027", "Next meeting: 21 Dec 2026",
            "2026-11-23-every-kind.toml",
        )  # fmt: skip
        spent = sum(timebox.spent(step, m.session.now()) for step in m.minutes.step)
        assert spent == m.minutes.share.total, "shares are of all the time"


async def test_c_copies_the_text_for_a_mail(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". what was said")
        await m.press("ctrl+q", "2", "enter", "c")
        assert "what was said" in m.app.clipboard and m.sees("Copied")


async def test_what_is_hidden_is_hidden_in_the_summary_and_in_the_mail(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE, size=(110, 60)) as m:
        await m.go_to("deal-lost")
        await m.say("Müller GmbH lost 48.000", "! Learned", "> Call them @ben =fr")
        await m.press("f6")
        for _ in range(2):
            menu = m.screen
            assert isinstance(menu, Menu)
            signs = zip(menu.answers, menu.signs, strict=True)
            await m.press(next(sign for answer, sign in signs if answer.key in ("discretion", "people")))
        await m.press("escape", "ctrl+q", "2", "enter", "c")
        assert not m.sees("Ben Kurz") and "Ben Kurz" not in m.app.clipboard and m.sees("Call them")


async def test_a_closed_meeting_is_reopened_and_the_file_says_so(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=3)
        await m.say(". before")
        await m.press("ctrl+q", "2", "enter")
        m.clock.advance(600)
        await m.press("o")
        assert m.shows(MeetingScreen) and m.minutes.status == "running" and len(m.minutes.reopened) == 1
        await m.say(". after")
        assert [one.text for one in m.minutes.note] == ["before", "after"]
        assert m.clock_text == "02:00", "the time between was time away"
        await m.saved()
        assert m.file().reopened == m.minutes.reopened


async def test_enter_on_the_summary_leads_home_and_q_leaves(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.press("ctrl+q", "2", "enter", "enter")
        assert m.shows(HomeScreen) and m.sees("Last minutes")
        await m.press("q")
        assert m.app._exit
    place = m.place
    drafted, _ = drafts.list_drafts(place.workspace)
    assert not drafted, "the draft of a closed meeting goes"


async def test_after_the_end_the_lock_is_gone(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.saved()
        await m.later(seconds=1)
        folder = m.place.workspace.minutes_folder
        assert list(folder.glob(".*.lock"))
        await m.press("ctrl+q", "2", "enter", "q")
    assert not list(folder.glob(".*.lock"))


async def test_a_saver_that_answers_while_the_screen_is_taken_down_breaks_nothing(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        screen = m.app.screen
        assert isinstance(screen, MeetingScreen)
        await screen.query_one("#saved").remove()  # areas go one after another
        screen.picture.saver_answered()
        assert not screen.query("#saved")
