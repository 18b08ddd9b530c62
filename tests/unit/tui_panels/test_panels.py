"""The panel of each kind of step: what it shows, and what it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from retrotui.domain.experiments import Extension
from retrotui.domain.meeting import Meeting
from retrotui.domain.memory import Memory, Recalled, deal_question
from retrotui.domain.minutes import (
    Discretion,
    Experiment,
    FactorUse,
    FieldValue,
    Lesson,
    Metric,
    Note,
    Participant,
    Period,
    Source,
    Tally,
    Verdict,
    change,
)
from retrotui.store.settings import Settings
from retrotui.tui.themes import ROLES
from retrotui.tui.widgets.panels import panel
from retrotui.tui.widgets.rail import folded_rail, rail
from retrotui.tui.widgets.rows import rows
from retrotui.tui.widgets.topline import topline
from tests.unit.tui_panels.staging import (
    KINDS,
    MUELLER,
    NORD,
    PEOPLE,
    START,
    TODAY,
    agenda,
    at,
    begun,
    earlier,
    entries,
    everything,
    having,
    look,
    memory,
    open_items,
    talked,
    with_deals,
)


def drawn(meeting: Meeting, minute: float = 3, **more: Any) -> str:
    """The plain text of the panel; "" where there is none."""
    content = panel(look(meeting, minute, **more))
    return content.plain if content is not None else ""


def on(kind: str, language: str = "en", **tables: Any) -> Meeting:
    """A meeting with the step of a kind on the floor."""
    return having(at(begun(language), kind), **tables)


# -- all kinds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_panel_that_says_something_before_anything_was_said(kind: str) -> None:
    assert drawn(on(kind)).strip()


def test_a_kind_that_we_do_not_know_has_no_panel() -> None:
    meeting = begun()
    step = change(meeting.step, kind="dance")
    meeting = having(meeting, step=(step, *meeting.minutes.step[1:]))
    assert panel(look(meeting)) is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_view_gives_the_same_picture(kind: str) -> None:
    view = look(at(everything(), kind))
    first, second = panel(view), panel(view)
    assert first is not None and second is not None
    assert first.is_same(second)


def test_no_height_is_no_panel() -> None:
    assert panel(look(on("numbers"), height=0)) is None


# -- check-in --------------------------------------------------------------------------------------------------


def test_checkin_counts_who_is_here_by_function_and_says_who_is_missing() -> None:
    shown = drawn(on("checkin", participant=PEOPLE))
    assert "3 people here" in shown
    assert "Sales    2  Anna Berg, Ben Kurz" in shown
    assert "Otto Weg" not in shown
    assert "Missing: Delivery, Product" in shown


def test_nobody_is_missing_where_the_team_expects_nobody() -> None:
    assert "Missing" not in drawn(on("checkin", participant=PEOPLE), settings=Settings(expected_functions=()))


def test_somebody_without_a_name_counts_for_their_function() -> None:
    people = (Participant(id="x", function="service"), Participant(id="y"))
    shown = drawn(on("checkin", participant=people))
    assert "Service            1  ?" in shown
    assert "no function named  1  ?" in shown


def test_checkin_shows_bars_from_four_votes_up() -> None:
    shown = drawn(on("checkin", participant=PEOPLE, safety=Tally(counts=(0, 1, 0, 2, 1))))
    assert "4 of 4" in shown
    assert "4  ■■ 2" in shown and "1  ·" in shown


@pytest.mark.parametrize("few", [Tally(votes=3), Tally(counts=(1, 0, 0, 1, 1))])
def test_checkin_shows_only_a_count_under_four_votes(few: Tally) -> None:
    people = (*PEOPLE, *(Participant(id=f"p{n}", name=f"P {n}", function="sales") for n in range(4)))
    shown = drawn(on("checkin", participant=people, safety=few))
    assert "3 of 7" in shown and "Shown from 4 votes up." in shown
    assert "■" not in shown


def test_checkin_explains_itself_when_nobody_is_noted() -> None:
    assert "F7" in drawn(on("checkin"))
    assert "F10" in drawn(on("checkin"), settings=Settings(keys={"choose": "f10"}))


# -- followup --------------------------------------------------------------------------------------------------


def followup(**tables: Any) -> Meeting:
    return replace(on("followup", **tables), open_items=open_items())


def test_followup_says_age_carried_extended_and_until_when_one_runs() -> None:
    shown = drawn(followup())
    assert "2 ask for a verdict" in shown
    assert "3 days overdue" in shown and "due today" in shown and "runs until 21 Dec" in shown
    assert "carried for the third time · extended once" in shown
    assert "begun 26 Oct 2026, 28 days ago" in shown


def test_followup_shows_the_lineage_as_a_small_tree_from_the_first_hypothesis() -> None:
    lines = drawn(followup(), selected="old-x1", memory=memory()).splitlines()
    at = next(number for number, line in enumerate(lines) if "Lineage" in line)
    tree = [line.strip() for line in lines[at + 1 : at + 5]]
    assert tree[0].startswith("First came late  begun 10 Mar 2026, adapted 12 May 2026")
    assert tree[1] == "H First came late"
    assert tree[2].startswith("└─ Second came late  begun 12 May 2026, adapted 11 Aug 2026")
    assert tree[3].startswith("└─ came late  begun 11 Aug 2026, runs until 20 Nov 2026")
    assert "Lineage" not in drawn(followup(), selected="old-a1", memory=memory())


def test_followup_says_why_an_item_was_extended() -> None:
    first, *others = open_items()
    reasons = (
        Extension(date(2026, 10, 26), date(2026, 11, 13)),
        Extension(date(2026, 11, 13), TODAY, "No offers"),
    )
    meeting = replace(on("followup"), open_items=(replace(first, extensions=2, extended=reasons), *others))
    assert "13 Nov 2026  extended to 23 Nov 2026: No offers" in drawn(meeting, selected="old-x1")


def test_followup_leaves_ideas_to_the_step_for_experiments() -> None:
    meeting = replace(on("followup"), open_items=open_items()[3:])
    assert "Nothing is open" in drawn(meeting)


def test_followup_expands_the_selected_item_with_the_digits_of_its_kind() -> None:
    shown = drawn(followup(), selected="old-x1")
    for words in ("Hypothesis  H Name", "Change      C Name", "Measure     M Name", "Expected    E Name"):
        assert words in shown
    assert "1 keep   2 adapt   3 drop   4 extend" in shown and "5 done" not in shown
    shown = drawn(followup(), selected="old-a1")
    assert "3 drop   4 extend   5 done" in shown and "1 keep" not in shown and "H Name" not in shown


def test_followup_asks_nothing_before_its_date() -> None:
    assert "1 keep" not in drawn(followup(), selected="old-x2")


def test_followup_selects_what_asks_first() -> None:
    assert "▸ ?" in drawn(followup()).splitlines()[2]


def test_followup_shows_the_verdict_given() -> None:
    verdicts = (
        Verdict(
            item="old-x1", kind="experiment", decision="extend", due=date(2027, 1, 18), reason="no case yet"
        ),
        Verdict(item="old-a1", kind="action", decision="done"),
    )
    shown = drawn(followup(verdict=verdicts), selected="old-x1")
    assert "✓ extended until 18 Jan" in shown and "✓ done" in shown and "no case yet" in shown
    assert "Nothing asks for a verdict any more." in shown


@pytest.mark.parametrize(("carried", "words"), [(1, "first time"), (2, "second time"), (9, "9 times by now")])
def test_carried_is_counted_in_words(carried: int, words: str) -> None:
    one = replace(open_items()[0], carried=carried)
    shown = drawn(replace(on("followup"), open_items=(one,)))
    assert "carried" in shown and words in shown


def test_the_selected_item_is_seen_on_a_low_screen() -> None:
    items = tuple(replace(open_items()[1], id=f"a{n}", title=f"Item {n}") for n in range(20))
    shown = drawn(replace(on("followup"), open_items=items), selected="a15", height=6)
    assert "Item 15" in shown and len(shown.splitlines()) == 6


# -- numbers ---------------------------------------------------------------------------------------------------


def metric(**more: Any) -> Metric:
    values: dict[str, Any] = {"id": "m", "label": "Revenue", "unit": "currency", "currency": "EUR"}
    return Metric(**(values | {"actual": "480000", "target": "520000"} | more))


def test_numbers_shows_actual_target_deviation() -> None:
    shown = drawn(on("numbers", metric=(metric(),)))
    assert "Revenue  €480,000  €520,000  8% worse" in shown


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"actual": "600000"}, "15% better"),
        ({"actual": "600000", "better": "lower"}, "15% worse"),
        ({"actual": "520000"}, "on target"),
        ({"actual": "519000"}, "0.2% worse"),
        ({"unit": "percent", "actual": "31.5", "target": "35"}, "3.5 pts worse"),
        ({"unit": "count", "actual": "4", "target": "0", "better": "lower"}, "by 4 worse"),
        ({"unit": "days", "actual": "62", "target": "70", "better": "lower"}, "62 days  70 days  11% better"),
    ],
)
def test_a_deviation_reads_by_the_direction_that_is_better(more: dict[str, Any], words: str) -> None:
    assert words in drawn(on("numbers", metric=(metric(**more),)))


@pytest.mark.parametrize("more", [{"target": ""}, {"actual": ""}, {"actual": "", "target": ""}])
def test_a_figure_without_one_of_its_values_has_no_deviation(more: dict[str, Any]) -> None:
    shown = drawn(on("numbers", metric=(metric(**more),)))
    assert "Revenue" in shown and "better" not in shown and "worse" not in shown


def test_the_curve_goes_from_the_oldest_meeting_to_today() -> None:
    past = (
        earlier("newest", date(2026, 10, 26), metric=(metric(actual="400000"),)),
        earlier("oldest", date(2026, 9, 26), metric=(metric(actual="300000"), metric(id="other"))),
        replace_status(earlier("aborted", date(2026, 8, 26), metric=(metric(actual="1"),))),
        earlier("dollars", date(2026, 8, 26), metric=(metric(actual="9", currency="USD"),)),
    )
    shown = drawn(on("numbers", metric=(metric(),)), past=past)
    assert "▁▄█" in shown


def replace_status(minutes: Any) -> Any:
    return change(minutes, status="aborted")


def test_the_pipeline_s_previous_value_begins_the_curve_where_no_meeting_had_the_figure() -> None:
    assert "█▁" in drawn(on("numbers", metric=(metric(previous="500000"),)))


def test_few_cases_are_said() -> None:
    shown = drawn(on("numbers", metric=(metric(n=3),)), width=40)
    assert "Revenue stands on only 3 cases" in shown
    assert "only" not in drawn(on("numbers", metric=(metric(n=5),)))


def test_the_surprise_is_marked_and_says_where_it_leads() -> None:
    meeting = on("numbers", metric=(metric(surprise=True),), deal=(MUELLER,))
    shown = drawn(meeting)
    assert "★" in shown and "surprises us. Which deal does it lead to? F7" in shown
    meeting = having(meeting, metric=(metric(surprise=True, deal="d1"),))
    assert "Revenue surprises us and leads to Müller GmbH" in drawn(meeting)


def test_numbers_without_figures_says_how_to_type_one() -> None:
    shown = drawn(on("numbers"))
    assert "480/520 T€" in shown and "F7" in shown


def test_hidden_amounts_leave_the_deviation() -> None:
    shown = drawn(on("numbers", metric=(metric(),), discretion=Discretion(amounts=True)))
    assert "480" not in shown and "•••" in shown and "8% worse" in shown


# -- deal ------------------------------------------------------------------------------------------------------


def test_the_card_of_a_deal() -> None:
    shown = drawn(with_deals(begun(), MUELLER, NORD), minute=2)
    for words in (
        "Müller GmbH · Telematik, Ausbaustufe 2",
        "2 of 5 min",
        "lost · €48,000 · Verhandlung · 195 days open, decided on 14 Oct 2026",
        "Competitors        Plantlytics",
        "Contributors       Technik: Ola",
        "Reason in the CRM  “Preis”",
        "Waiting            Nord AG",
    ):
        assert words in shown


def test_an_open_deal_says_since_when() -> None:
    deal = change(MUELLER, outcome="open", decided=None, created=TODAY - timedelta(days=30))
    assert "open for 30 days" in drawn(with_deals(begun(), deal))


def test_the_box_of_a_deal_says_in_words_that_its_time_is_up() -> None:
    assert "time is up: 6 of 5 min" in drawn(with_deals(begun(), MUELLER, NORD), minute=6)


@pytest.mark.parametrize("width", [40, 66, 120])
def test_the_owner_of_a_deal_is_never_on_the_wall(width: int) -> None:
    for kind in KINDS:
        meeting = at(with_deals(having(begun(), **entries()), MUELLER, NORD), kind)
        assert "Selma" not in drawn(meeting, width=width)


def test_a_customer_that_was_discussed_before_says_when_and_in_one_line_what_was_said() -> None:
    shown = drawn(with_deals(begun(), MUELLER), memory=memory(account=MUELLER.account))
    discussed = shown[shown.index("Discussed · F10") :]
    assert "26 Oct 2026: lost · − Price, + References" in discussed and "26 Sep 2026" in discussed


def test_another_spelling_is_proposed_never_assumed() -> None:
    shown = drawn(with_deals(begun(), MUELLER), memory=memory(account="Mueller Gmbh & Co. KG"))
    assert "Do you mean        Mueller Gmbh & Co. KG (26 Oct 2026)?" in shown
    other = Memory(
        answers={deal_question("d1", MUELLER.account): Recalled(like=(talked(TODAY, "Möller GmbH"),))}
    )
    shown = drawn(with_deals(begun(), MUELLER), memory=other)
    assert "Möller GmbH (23 Nov 2026)?" in shown and "Discussed" not in shown


def test_hidden_customers_are_hidden_in_what_was_discussed_before() -> None:
    meeting = having(with_deals(begun(), MUELLER), discretion=Discretion(customers=True))
    shown = drawn(meeting, memory=memory("Müller told us", account="Mueller KG"))
    assert "Müller" not in shown and "Mueller" not in shown and "26 Oct 2026: lost" in shown


def test_a_factor_of_the_deal_that_recurs_is_named_with_its_n() -> None:
    use = FactorUse(id="f1", at=START, step="deal", deal="d1", factor="price", effect="hurt")
    other = change(use, id="f2", factor="price", effect="helped")
    meeting = having(with_deals(begun(), MUELLER), factor=(use, other))
    shown = " ".join(drawn(meeting, memory=memory()).split())
    assert "Price hurt on 6 deals, in 5 meetings since March 2026" in shown
    assert "References" not in shown[shown.index("Comes back") :], "it was not named today"


def test_discretion_hides_amount_customer_and_people_of_a_deal() -> None:
    hidden = Discretion(amounts=True, customers=True, people=True)
    shown = drawn(having(with_deals(begun(), MUELLER, NORD), discretion=hidden))
    for word in ("Müller", "Telematik", "48", "Nord", "Ola", "d1"):
        assert word not in shown.replace("14 Oct", "")
    assert "Customer 1" in shown and "Customer 2" in shown


def test_without_a_deal_it_says_how_to_choose_one_and_where_the_figures_lead() -> None:
    shown = drawn(on("deal", metric=(metric(deal="d1"),), deal=(MUELLER,)))
    assert "F7" in shown and "→ Revenue leads to Müller GmbH" in shown


# -- factors ---------------------------------------------------------------------------------------------------


def use(
    factor: str, effect: str = "hurt", source: Source = "", weight: int = 1, number: int = 1
) -> FactorUse:
    return FactorUse.model_validate(
        {
            "id": f"f{number}",
            "at": START,
            "factor": factor,
            "effect": effect,
            "source": source,
            "weight": weight,
        }
    )


def test_factors_stand_side_by_side_by_who_controls_them() -> None:
    uses = (
        use("price", weight=3),
        use("price"),
        use("budget"),
        use("references", "helped", "buyer"),
        use("", "helped"),
    )
    lines = drawn(on("factors", factor=uses), width=72).splitlines()
    assert lines[0].startswith("5 uses")
    assert "+ helped  n = 2" in lines[1] and "− hurt  n = 3" in lines[1]
    shown = "\n".join(lines)
    assert shown.index("shared with the buyer") < shown.index("outside our hands")
    assert "in our hands" in shown and "References" in shown and "unsorted" in shown
    price = next(line for line in lines if "Price" in line)
    assert price.endswith("■■■■  2")
    assert "1 of 5 by the buyer's word or a document" in shown


def test_factors_of_a_narrow_screen_stand_below_one_another() -> None:
    shown = drawn(on("factors", factor=(use("price"), use("references", "helped"))), width=48)
    assert shown.index("References") < shown.index("− hurt")


def test_a_factor_on_fewer_than_five_uses_is_grey() -> None:
    def styles(n: int) -> set[str]:
        content = panel(look(on("factors", factor=(use("price"),) * n)))
        assert content is not None
        start = content.plain.index("Price")
        return {str(span.style) for span in content.spans if span.start <= start < span.end}

    assert styles(4) == {"$muted"}
    assert styles(5) == set()


def test_a_quarterly_review_takes_all_meetings_of_its_period() -> None:
    period = Period.model_validate({"from": date(2026, 7, 1), "to": date(2026, 9, 30)})
    past = (
        earlier("in", date(2026, 9, 28), factor=(use("price"), use("price"))),
        earlier("out", date(2026, 10, 26), factor=(use("price"),)),
    )
    tables: dict[str, Any] = {"factor": (use("price"),), "period": period}
    quarterly = having(at(begun(of=agenda(period="quarter")), "factors"), **tables)
    shown = drawn(quarterly, past=past, width=120)
    assert shown.startswith("3 uses · 1 meeting of Q3 2026, and today")
    assert drawn(on("factors", **tables), past=past).startswith("1 use ")


# -- lessons ---------------------------------------------------------------------------------------------------


def lesson(number: int, words: str, **more: Any) -> Lesson:
    return Lesson(id=f"l{number}", at=START, step="lessons", text=words, **more)


def test_lessons_are_ranked_by_votes_and_groups_count_together() -> None:
    lessons = (
        lesson(1, "one", votes=3),
        lesson(2, "two", votes=2, deals=("d1",), factors=("price",)),
        lesson(3, "three", votes=2, group="l2"),
        lesson(4, "four"),
    )
    lines = drawn(on("lessons", lesson=lessons, deal=(MUELLER,))).splitlines()
    assert lines == [
        " ◆4  two",
        "     + three",
        "     Müller GmbH · Price",
        " ◆3  one",
        "  ·  four",
    ]


def test_a_lesson_that_comes_back_says_for_which_time_since_when_and_that_nobody_tried_it() -> None:
    meeting = on("lessons", lesson=(lesson(1, "Name the PRICE early!"), lesson(2, "New")))
    shown = drawn(meeting, memory=memory("the price, name early"))
    assert shown.count("comes back") == 1
    assert "comes back: for the third time since September 2026, no experiment yet" in shown


def test_a_recurring_factor_stands_under_the_factors_with_its_n() -> None:
    use = FactorUse(id="f1", at=START, step="deal", factor="references", effect="helped")
    shown = drawn(on("factors", factor=(use,)), memory=memory())
    assert "References helped on one deal, in 3 meetings since May 2026" in shown and "hurt on 6" not in shown


# -- perspectives, case, notes -----------------------------------------------------------------------------------


def test_perspectives_goes_round_by_function_and_asks_who_is_missing() -> None:
    ask = Note(id="n1", at=START, step="perspectives", text="Can we keep it?", ask="ben-kurz")
    shown = drawn(on("perspectives", participant=PEOPLE, note=(ask,)))
    lines = shown.splitlines()
    assert lines[0].startswith("▶  Service  Carla Weiß")
    assert lines[1].strip().startswith("Sales")
    assert "!  Delivery  is missing" in shown and "!  Product" in shown
    assert "→  Ben Kurz  Can we keep it?" in shown


def test_case_names_roles_who_listens_fields_and_that_nothing_is_saved() -> None:
    shown = drawn(
        on("case", participant=PEOPLE, field=(FieldValue(step="case", id="key", value="What now?"),))
    )
    assert "Case giver  Ben Kurz        only listens" in shown
    assert "Advisers    everybody else  speaks" in shown
    assert "Key question  What now?" in shown and "Resonance · Headstand" in shown
    assert "not saved" in shown


def test_notes_stand_in_their_columns_with_votes_and_groups() -> None:
    def note(number: int, words: str, **more: Any) -> Note:
        return Note(id=f"n{number}", at=START, step="notes", text=words, **more)

    notes = (
        note(1, "first", column="keep"),
        note(2, "second", column="keep", votes=2),
        note(3, "under it", column="keep", group="n2", votes=1),
        note(4, "other side", column="stop"),
    )
    lines = drawn(on("notes", note=notes), width=60).splitlines()
    assert lines[0].startswith("▸ Keep  3") and lines[0].index("Stop") == lines[1].index("other side")
    assert "· second ◆3" in lines[1]
    assert "+ under it" in lines[2] and "· first" in lines[3]
    narrow = drawn(on("notes", note=notes), width=40).splitlines()
    assert narrow.index("  Stop  1") > 3


def test_a_notes_step_without_columns_leaves_the_room_to_the_entries() -> None:
    plain = agenda(steps=[{"id": "notes", "kind": "notes", "title": "Notes"}])
    assert panel(look(begun(of=plain))) is None


# -- experiments, close, break -----------------------------------------------------------------------------------


def experiment(number: int, **more: Any) -> Experiment:
    return Experiment(id=f"x{number}", at=START, step="experiments", **({"title": f"Try {number}"} | more))


def test_experiments_lists_running_ones_ideas_and_lessons_without_one() -> None:
    tried = (
        experiment(1, state="running", owner="ben-kurz", due=date(2026, 12, 21), lessons=("l1",)),
        experiment(2, hypothesis="h", change="c", measure="m"),
    )
    lessons = (lesson(1, "used"), lesson(2, "few", votes=1), lesson(3, "most", votes=4))
    meeting = on("experiments", experiment=tried, lesson=lessons, participant=PEOPLE)
    shown = drawn(replace(meeting, open_items=open_items("Old idea")))
    assert "1 of at most 2 begins today" in shown
    assert "✓ ?  Try 1     Ben Kurz · until 21 Dec" in shown
    assert shown.index("Ideas") < shown.index("Try 2") < shown.index("Old idea") < shown.index("Lessons")
    assert "lacks: Owner, Expected, Due" in shown and "idea of 26 Oct 2026" in shown
    assert shown.index("most") < shown.index("few") and "used" not in shown


def test_no_more_experiments_than_the_agenda_allows_is_said() -> None:
    tried = (experiment(1, state="running"), experiment(2, state="running"))
    assert "no more today" in drawn(on("experiments", experiment=tried))


def test_the_selected_experiment_is_shown_in_full() -> None:
    tried = (experiment(1, hypothesis="Who knows early stays"),)
    assert "Hypothesis  Who knows early stays" in drawn(on("experiments", experiment=tried), selected="x1")
    assert "Who knows" not in drawn(on("experiments", experiment=tried))


def test_close_shows_worth_next_date_and_how_much_is_open() -> None:
    tables: dict[str, Any] = {
        "worth": Tally(counts=(0, 0, 1, 4, 3), remarks=("good", "long")),
        "next_date": date(2026, 12, 21),
        "parked": ("Fair",),
    }
    shown = drawn(on("close", **tables))
    assert "Next date  Mon 21 Dec 2026" in shown and "Remarks    2" in shown
    assert "1 thing is left open" in shown and "1 topic is parked" in shown
    assert "8 of 8" in shown and "4  ■■■■ 4" in shown


def test_close_asks_for_a_date_and_says_when_nothing_is_open() -> None:
    shown = drawn(on("close"), width=110)
    assert "none yet; it would be Mon 21 Dec 2026" in shown
    assert "1 thing is left open\n· There is no next date yet." in shown, (
        "as many lines as the question lists"
    )
    assert "Nothing is left open." in drawn(on("close", next_date=date(2026, 12, 21)), width=110)


def test_what_is_left_open_has_the_whole_width_where_no_tally_stands_beside_it() -> None:
    idea = Experiment(
        id="x9", at=START, step="close", title="A checklist for each handover to service and delivery"
    )
    shown = drawn(on("close", experiment=(idea,)), width=70)
    assert (
        "· A checklist for each handover to service and delivery: 6 details are\n  missing, it stays an idea"
        in shown
    )


def test_worth_under_four_votes_is_only_a_count() -> None:
    shown = drawn(on("close", worth=Tally(votes=3)))
    assert "3 of 3" in shown and "■" not in shown


def test_a_break_says_when_and_with_what_we_go_on() -> None:
    shown = drawn(at(begun(), "break", 0), minute=3)
    assert "We go on at 09:10" in shown and "Then  Step " in shown
    assert "The break is over" in drawn(at(begun(), "break", 0), minute=11)


# -- what any kind may have ----------------------------------------------------------------------------------------


def test_any_kind_shows_its_roles_and_the_subject_of_its_round() -> None:
    step = {"id": "notes", "kind": "notes", "title": "Round", "roles": ["moderator"]}
    meeting = having(begun(of=agenda(steps=[step])), participant=PEOPLE)
    run = change(meeting.step, person="carla-weiss")
    shown = drawn(having(meeting, step=(run,)))
    assert "Turn  Carla Weiß" in shown and "Moderator  –" in shown


# -- styles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_styles_name_roles_of_the_themes_only(kind: str) -> None:
    view = look(at(everything(), kind), 12)
    for content in (panel(view), rail(view), topline(view), folded_rail(view)):
        assert content is not None
        words = {word for span in content.spans for word in str(span.style).split()}
        assert {word[1:] for word in words if word.startswith("$")} <= set(ROLES)
        assert {word for word in words if not word.startswith("$")} <= {
            "bold",
            "italic",
            "underline",
            "strike",
        }
    assert {role for row in rows(view) for _, role in row.tags} <= set(ROLES)
    assert {row.role for row in rows(view)} <= set(ROLES)
