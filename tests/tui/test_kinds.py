"""The kinds of step on the screen: tallies, people, figures, experiments, rounds, whispers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from retrotui.tui import figures_file
from retrotui.tui.screens.dialogs.blind import BlindRound
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.experiment import ExperimentForm
from tests.tui.driver import Room, meeting
from tests.tui.stage import EVERY_KIND, PEOPLE, past, pipeline

# -- checkin ---------------------------------------------------------------------------------------------------


async def test_people_by_name_by_function_and_without_a_name(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.say("Anna Berg", "Ola Nord, Delivery", "?, Finance")
        people = [(one.name, one.function) for one in m.minutes.participant]
        assert people == [("Anna Berg", "sales"), ("Ola Nord", "delivery"), ("", "finance")]
        assert m.sees("3 people here", "Missing: Service, Product")
        await m.say("@-Ola")
        assert m.sees("2 people here") and "Delivery" in m.part("#panel").split("Missing")[1]


async def test_several_who_arrive_and_leave_in_one_line_are_named_in_one_sentence(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.say("@anna @ben")
        assert m.notice == "Anna Berg, Ben Kurz are here" and m.sees("2 people here")
        await m.say("@carla @-anna @-ben")
        assert m.notice == "Carla Weiß is here · Anna Berg, Ben Kurz have left"
        assert not m.minutes.note and [one.id for one in m.minutes.participant if one.present] == [
            "carla-weiss"
        ]


async def test_f7_ticks_people_with_space(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.press("f7")
        assert m.shows(ChooseDialog) and m.sees("Anna Berg", "Deniz Öz")
        await m.press("space", "down", "space", "f7")
        assert len([one for one in m.minutes.participant if one.present]) == 2 and m.uncovered


async def test_f7_opens_on_the_roles_once_people_are_there_and_a_role_waits(tmp_path: Path) -> None:
    async with meeting(tmp_path, "case-consulting", person=PEOPLE) as m:
        await m.press("f7")
        assert m.sees("▸ Anna Berg") or m.sees("▸   Anna Berg")
        await m.press("escape")
        await m.say("@anna @ben @carla")
        await m.press("f7")
        assert m.sees("1 Facilitation", "▸ Anna Berg · Sales") or m.sees("▸   Anna Berg · Sales")
        await m.press("2", "down", "3", "down", "4", "escape", "f7")
        assert not m.sees("1 Facilitation"), "all that the step names are given"


async def test_f7_searches_by_slash(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.press("f7", "/")
        await m.type("carla")
        assert m.sees("/ carla", "Carla Weiß") and "Deniz" not in m.text()
        await m.press("enter", "space", "escape")
        assert [one.id for one in m.minutes.participant] == ["carla-weiss"]


async def test_slips_are_digits_in_any_order_and_shown_from_four_votes_up(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("345")
        safety = m.minutes.safety
        assert safety is not None and safety.votes == 3 and not safety.counts
        assert not m.sees("3 ■ 1")
        await m.say("3445235")
        safety = m.minutes.safety
        assert safety is not None and safety.counts == (0, 1, 2, 2, 2) and m.sees("7 of 7")
        await m.press("f9")
        assert m.minutes.safety is not None and m.minutes.safety.votes == 3


async def test_the_wall_shows_the_bars_too(tmp_path: Path) -> None:
    async with meeting(tmp_path, size=(80, 24)) as m:
        await m.say("@Anna Berg, Sales", "3445")
        await m.press("f8")
        assert m.sees("4 of 4", "4  ■■ 2", "Reflecting") and not m.sees("Anna Berg")


async def test_two_low_votes_change_the_next_prompt_and_say_no_verdict(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("1145")
        await m.press("tab")
        assert "in pairs first" in m.part("#prompt") and not m.sees("low")


async def test_a_blind_round_shows_how_many_and_never_which(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.say("Anna Berg", "Ben Kurz", "Carla Weiß", "Deniz Öz")
        await m.press("f7", "1")
        assert m.shows(BlindRound)
        await m.press("5")
        one_five = m.text()
        await m.press("backspace", "1")
        assert m.text() == one_five, "a five looks like a one"
        await m.press("4", "4", "2", "enter")
        safety = m.minutes.safety
        assert safety is not None and safety.counts == (1, 1, 0, 2, 0)


async def test_slips_are_thrown_away_by_esc_twice_only(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.press("f7", "1", "4", "escape")
        assert m.shows(BlindRound) and m.sees("Esc once more throws them away, Enter takes them.")
        await m.press("3")
        assert m.shows(BlindRound) and not m.sees("throws them away")
        await m.press("escape", "escape")
        assert not m.shows(BlindRound) and m.minutes.safety is None
        await m.press("f7", "1", "escape")
        assert not m.shows(BlindRound), "nothing would be lost"


# -- numbers ---------------------------------------------------------------------------------------------------


async def test_figures_are_typed_and_compared_with_the_last_meetings(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await m.go_to("numbers")
        await m.say("Revenue 480/520 T€", "Cycle 92/80 days <")
        assert [(one.label, one.actual, one.target, one.better) for one in m.minutes.metric] == [
            ("Revenue", "480000.00", "520000.00", "higher"), ("Cycle", "92", "80", "lower"),
        ]  # fmt: skip
        assert m.sees("€480,000", "8% worse", "15% worse") and "▁" in m.part("#panel")
        await m.press("f7", "2", "escape")
        assert [one.surprise for one in m.minutes.metric] == [False, True] and m.sees("★")


async def test_the_file_of_figures_stands_there_when_the_step_comes_and_bad_lines_are_named(
    tmp_path: Path,
) -> None:
    file = tmp_path / "figures.csv"
    file.write_text(
        "metric,actual,target,unit,better\nRevenue,480000,520000,€,\n,1,2,,\nCycle,92,80,days,<\nRate,x,35,%,\n"
    )
    async with meeting(tmp_path) as m:
        figures_file.bring(m.session, file)
        await m.go_to("numbers")
        assert [one.label for one in m.minutes.metric] == ["Revenue", "Cycle", "Rate"]
        assert m.notice == "figures.csv: 2 lines not wholly read: 3, 5."
        await m.press("f9")
        assert not m.minutes.metric, "taken in at once, taken back at once"
        await m.press("f3", "f4")
        assert not m.minutes.metric, "and not brought again"


async def test_a_sixth_figure_is_said_to_be_a_note(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("numbers")
        await m.say(*(f"Figure {letter} 4/5" for letter in "ABCDE"), "Figure F 4/5")
        assert m.notice == "5 figures are enough for one meeting: kept as a note."
        assert [one.text for one in m.minutes.note] == ["Figure F 4/5"]


async def test_figures_come_from_the_pipeline_for_the_agenda_s_period(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=pipeline()) as m:
        await m.go_to("numbers")
        await m.press("f7")  # opens on what there is to take
        assert m.sees("Pipeline") and m.sees("October 2026")
        await m.press("space", "escape")
        assert len(m.minutes.metric) == 1
        await m.press("f7")  # and from then on where the surprising one is marked
        assert m.sees("this one surprises us")


# -- deal ------------------------------------------------------------------------------------------------------


async def test_the_picker_is_preset_by_the_step_and_one_deal_has_the_floor(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=pipeline()) as m:
        await m.go_to("deal-lost")
        await m.press("f7")
        assert m.sees("Müller GmbH", "Ostwerk KG") and not m.sees("Nord AG") and not m.sees("Selma Owner")
        await m.press("space", "down", "space", "escape")
        assert len(m.meeting.step.deals) == 2 and m.meeting.deal is not None
        assert m.meeting.deal.account in m.part("#folded") or m.sees(m.meeting.deal.account)
        first = m.meeting.deal
        await m.say("- too dear #price")
        await m.press("f4")
        await m.say("+ quick #responsiveness")
        await m.press("f3")
        assert (
            m.meeting.deal == first and "too dear" in m.part("#entries") and "quick" not in m.part("#entries")
        )
        assert [one.deal for one in m.minutes.factor] == list(m.meeting.step.deals)


async def test_a_lost_deal_of_this_meeting_is_not_under_the_cursor_where_won_ones_are_wanted(
    tmp_path: Path,
) -> None:
    async with meeting(tmp_path, deals=pipeline()) as m:
        await m.go_to("deal-lost")
        await m.say("Westwerk lost 9.000")
        await m.go_to("deal-won")
        await m.press("f7", "space", "escape")
        assert m.meeting.deal is not None and m.meeting.deal.outcome == "won"


async def test_the_owner_s_name_is_never_on_the_wall(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=pipeline()) as m:
        await m.go_to("deal-lost")
        await m.press("f7", "space", "escape")
        assert m.minutes.deal[0].owner == "Selma Owner"
        for key in ("f8", "f8", "f7", "escape"):
            assert "Selma" not in m.text()
            await m.press(key)


async def test_the_tips_are_leafed_through_and_taken_as_factors(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("deal-lost")
        await m.say("Müller GmbH lost 48.000")
        await m.press("f7", "tab")
        assert m.sees("Human", "Listening")
        await m.press("space", "escape")
        assert m.minutes.factor and m.minutes.factor[0].deal


# -- experiments -----------------------------------------------------------------------------------------------


async def at_experiments(m: Room) -> None:
    await m.go_to("experiments")


async def test_a_line_is_the_title_and_the_form_asks_for_the_rest(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await at_experiments(m)
        await m.say("Name the range early @anna =21.12.")
        assert (
            m.shows(ExperimentForm)
            and m.sees("Still missing: Hypothesis, Change, Measure, Expected") is False
        )
        await m.burst(*"it helps", "enter", *"earlier", "enter", *"jumps", "enter", *"1 of 8", "enter")
        assert m.uncovered
        one = m.minutes.experiment[0]
        assert (one.title, one.owner, one.due) == ("Name the range early", "anna-berg", date(2026, 12, 21))
        assert (one.hypothesis, one.measure, one.expected) == ("it helps", "jumps", "1 of 8")
        assert one.state == "running" and m.sees("1 of at most 2 begins today")


async def test_the_form_proposes_the_next_meeting_and_enter_takes_it(tmp_path: Path) -> None:
    async with meeting(tmp_path, "weekly-call", person=PEOPLE) as m:
        await m.go_to("experiments")
        await m.say("Name the range early @anna")
        assert m.shows(ExperimentForm) and m.sees("30 Nov 2026: Enter takes it")
        await m.press("escape")
        assert m.minutes.experiment[0].due is None, "a proposal alone sets nothing"
        await m.say("Ask about the budget @ben")
        await m.press("enter")
        one = m.minutes.experiment[1]
        assert m.uncovered and (one.due, one.state) == (date(2026, 11, 30), "running")


async def test_the_form_can_be_left_at_any_time_and_it_is_an_idea(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await at_experiments(m)
        await m.say("Half thought")
        await m.type("only the hypothesis")
        await m.press("escape")
        one = m.minutes.experiment[0]
        assert (one.state, one.hypothesis) == ("idea", "only the hypothesis"), "nothing typed is lost"
        await m.press("f4")
        assert "details are missing, it stays an idea" in m.notice


async def test_the_form_refuses_what_is_no_date_and_keeps_it_in_its_field(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_experiments(m)
        await m.say("Something")
        await m.press("up")
        await m.burst(*"someday", "enter")
        assert m.shows(ExperimentForm) and m.sees("This is no date", "someday")
        await m.press(*["backspace"] * 7)
        await m.burst(*"+2w", "enter")
        assert m.minutes.experiment[0].due == date(2026, 12, 7)


async def test_a_third_running_one_stays_an_idea(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await at_experiments(m)
        for number in range(3):
            await m.say(f"Number {number} @anna =21.12.")
            await m.burst(*"h", "enter", *"c", "enter", *"m", "enter", *"e", "enter", "escape")
        assert [one.state for one in m.minutes.experiment] == ["running", "running", "idea"]
        assert m.sees("no more today")


async def test_ideas_of_earlier_meetings_are_taken_up_first(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past(), person=PEOPLE) as m:
        await at_experiments(m)
        assert m.sees("A checklist for handovers", "idea of 26 Oct 2026")
        await m.press("f7", "enter")
        assert m.shows(ExperimentForm) and m.sees("A checklist for handovers")
        await m.press("escape")
        assert m.minutes.experiment[0].id == "2026-10-26-monthly-reflection-x2"


# -- rounds, whispers, fields, close ---------------------------------------------------------------------------


async def test_a_go_round_names_whose_turn_it_is_and_enter_goes_on(tmp_path: Path) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND], person=PEOPLE) as m:
        await m.say("Anna Berg", "Carla Weiß")
        await m.go_to("perspectives")
        first = m.part("#prompt").strip()
        await m.press("enter")
        second = m.part("#prompt").strip()
        await m.press("enter")
        assert first != second and m.part("#prompt").strip() == first and ":" in first
        assert not any(True for _ in m.minutes.entries()), "turns are not stored"


async def test_confidential_notes_are_on_the_wall_and_in_no_file(tmp_path: Path) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND]) as m:
        await m.go_to("case")
        assert m.sees("is not saved")
        await m.say("the key question", "a whisper nobody writes", "! a lesson that is kept")
        assert m.sees("a whisper nobody writes")
        await m.press("f4")
        await m.saved()
        await m.press("f3")
        assert m.sees("a whisper nobody writes")
        folders = (m.place.workspace.folder, m.place.workspace.state)
        written = "".join(
            path.read_text("utf-8") for at in folders for path in at.rglob("*") if path.is_file()
        )
        assert "a lesson that is kept" in written and "the key question" in written
        assert "whisper" not in written


async def test_the_break_shows_a_large_clock_and_when_it_goes_on(tmp_path: Path) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND]) as m:
        await m.go_to("pause")
        assert m.wall.query_one("#clock").size.height >= 10 and m.sees("We go on at 09:05", "New experiments")
        await m.press("f8")
        assert m.sees("We go on at 09:05")
        await m.resize(160, 50)
        assert m.part("#prompt").count("█") > 20, "in large letters where there is room"
        await m.resize(110, 30)
        await m.press("f4")
        assert m.meeting.step.kind == "experiments"
        await m.press("f8")
        assert m.wall.query_one("#clock").size.height == 3


async def test_after_a_break_the_question_has_its_whole_place_again(tmp_path: Path) -> None:
    async with meeting(tmp_path, "quarterly-learning", person=PEOPLE, language="de", size=(80, 24)) as m:
        await m.say("@anna @carla")
        await m.go_to("break")
        await m.press("f4")
        assert "Was seht ihr, was wir nicht" in m.part("#prompt")


async def test_the_close_takes_worth_remarks_and_the_next_date(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.go_to("close")
        await m.say("44345", "I call delivery first", "21.12.")
        worth = m.minutes.worth
        assert (
            worth is not None
            and worth.counts == (0, 0, 1, 3, 1)
            and worth.remarks == ("I call delivery first",)
        )
        assert m.minutes.next_date == date(2026, 12, 21) and m.sees("Mon 21 Dec 2026")


async def test_what_is_parked_is_offered_at_the_deal_and_shown_at_the_close(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("& Trade fair 2027")
        assert m.minutes.parked == ("Trade fair 2027",)
        await m.go_to("deal-lost")
        await m.press("f7")
        assert m.sees("Trade fair 2027")
        await m.press("escape")
        await m.go_to("close")
        assert m.sees("& Trade fair 2027")
