"""Memory at the right moment: discussed before, coming back, adapted from (product.md, "Memory")."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from retrotui.demo import folder as demo
from retrotui.domain.memory import deal_question
from retrotui.domain.minutes import Action, DealRecord, FactorUse, Minutes
from retrotui.store import minutes as minutes_store
from retrotui.store import settings
from retrotui.store.index import discard
from retrotui.store.review import Stopped
from retrotui.tui.place import Place
from retrotui.tui.remembering import look_back, recall
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.reader import Reader
from retrotui.tui.screens.home import HomeScreen
from tests.tui.driver import Room, home, meeting, place_in
from tests.tui.stage import PEOPLE, ZONE, earlier, past

PRICE_HURT = "Price hurt on 3 deals, in 3 meetings since August 2026"


def about_price(month: int, account: str) -> Minutes:
    """An earlier meeting in which a deal with this customer was lost over the price."""
    deal = DealRecord(
        id=f"P-{month}", account=account, title="Retrofit", outcome="lost", decided=date(2026, month, 1)
    )
    at = datetime(2026, month, 12, 9, 30, tzinfo=ZONE)
    late = FactorUse(
        id="f1",
        at=at,
        step="deal-lost",
        deal=deal.id,
        factor="price",
        effect="hurt",
        text="Named in the third round",
    )
    return earlier(date(2026, month, 12), deal=(deal,), factor=(late,))


def three_times_price() -> tuple[Minutes, ...]:
    return about_price(8, "Ostwerk KG"), about_price(9, "Westbau SE"), about_price(10, "Quellwerk AG")


async def at_deal(m: Room, line: str) -> None:
    await m.go_to("deal-lost")
    await m.say(line)
    await m.settle()


async def test_a_customer_was_discussed_before_and_one_key_reads_that_meeting(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=three_times_price()) as m:
        await at_deal(m, "Quellwerk AG lost 48.000")
        assert m.sees("Discussed · F10 12 Oct 2026: lost · − Price · Named in the third round")
        await m.press("f10")
        assert m.shows(Reader) and m.sees("Quellwerk AG", "Named in the third round")
        await m.press("escape")
        assert m.uncovered
        await m.press("escape", "m")
        assert m.shows(Reader)


async def test_another_spelling_is_asked_about_not_taken(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=three_times_price()) as m:
        await at_deal(m, "Quelwerk GmbH lost 48.000")
        assert m.sees("Do you mean · F10 Quellwerk AG (12 Oct 2026)?") and not m.sees("Discussed")
        assert m.minutes.deal[0].account == "Quelwerk GmbH"
        await m.press("f7", "tab", "tab", "tab")
        assert m.shows(ChooseDialog) and m.sees("Do you mean", "12 Oct 2026 · Quellwerk AG")
        await m.press("enter")
        assert m.shows(Reader)


async def test_a_factor_that_recurs_has_one_n_at_home_and_in_the_meeting(tmp_path: Path) -> None:
    place = place_in(tmp_path, past=three_times_price())
    async with home(tmp_path, place=place) as m:
        assert m.sees("Keeps coming back", PRICE_HURT)
    async with meeting(tmp_path, place=place) as m:
        await at_deal(m, "Nord AG lost 48.000")
        await m.say("- came late #price *2")
        assert m.notice == PRICE_HURT and " ".join(m.part("#panel").split()).count(PRICE_HURT) == 1
        await m.say("- nobody answered #timing")
        assert m.notice != PRICE_HURT
        await m.press("f9", "f9", "f7", "tab", "tab", "/", *"#price", "enter", "2")
        assert m.minutes.factor[-1].factor == "price" and m.notice == PRICE_HURT, "chosen, not typed"


async def test_a_lesson_that_is_typed_again_says_for_which_time(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past()) as m:
        await m.go_to("lessons")
        await m.say("The range belongs in the FIRST talk!")
        await m.settle()
        said = "comes back: for the third time since September 2026, no experiment yet"
        assert m.notice == said and said in m.part("#panel")
        await m.say("Something new")
        assert m.notice != said


async def test_an_idea_leaves_the_loop_by_a_verdict_and_not_by_itself(tmp_path: Path) -> None:
    idea = "A checklist for handovers"
    async with meeting(tmp_path, past=past(), person=PEOPLE) as m:
        await m.go_to("experiments")
        await m.press("f7")
        assert m.sees(idea, "idea of 26 Oct 2026", "3: drop an idea")
        await m.press("4")
        assert not m.minutes.verdict
        await m.press("3")
        assert [(one.item, one.decision) for one in m.minutes.verdict] == [
            ("2026-10-26-monthly-reflection-x2", "drop")
        ]
        assert not m.sees("Ideas of earlier meetings")
        await m.press("escape", "f9")
        assert not m.minutes.verdict and m.sees(idea)


async def test_the_meeting_in_which_an_open_item_began_is_one_key_away(tmp_path: Path) -> None:
    async with meeting(tmp_path, past=past(), person=PEOPLE) as m:
        await m.next_step()
        await m.press("f10")
        assert m.shows(Reader) and m.sees("Call purchasing at Nord AG (Ben Kurz")


async def test_nothing_was_said_before(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await at_deal(m, "Nord AG lost 48.000")
        await m.press("f10")
        assert m.uncovered and m.notice == "Nothing was said of this before."


async def test_a_colleagues_file_is_seen_in_followup_and_at_home_without_a_restart(tmp_path: Path) -> None:
    place = place_in(tmp_path, past=past(), person=PEOPLE)
    async with home(tmp_path, place=place) as m:
        screen = m.screen
        assert isinstance(screen, HomeScreen) and not m.sees("Written by a colleague")
        add_action(place, "Written by a colleague")
        screen._glance()
        await m.settle()
        assert m.sees("Written by a colleague")
        await m.press("1")
        add_action(place, "Merged by git", month=10, day=27)
        await m.next_step()
        await m.settle()
        assert m.meeting.step.kind == "followup" and m.sees("Written by a colleague", "Merged by git")
        by_hand = place.workspace.minutes_folder / "2026-10-27-monthly-reflection.toml"
        by_hand.write_text(
            by_hand.read_text(encoding="utf-8").replace("Merged by git", "Edited by hand"), "utf-8"
        )
        await m.press("f4", "f3")
        await m.settle()
        assert m.sees("Edited by hand") and not m.sees("Merged by git")


def add_action(place: Place, words: str, month: int = 10, day: int = 28) -> None:
    """A file that somebody else puts into the folder."""
    held = date(2026, month, day)
    at = datetime(2026, month, day, 10, tzinfo=ZONE)
    action = Action(id=f"{held}-monthly-reflection-a1", at=at, text=words, due=date(2026, 11, 1))
    minutes_store.save_new(place.workspace, earlier(held, action=(action,)))


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("de", "Kein Termin ohne Datum für den nächsten", "behalten 11.08.2026"),
        ("en", "No meeting without a date for the next", "kept 11 Aug 2026"),
    ],
)
async def test_the_demos_year_shows_a_lineage_from_the_first_hypothesis_to_the_last_verdict(
    tmp_path: Path, language: str, first: str, last: str
) -> None:
    place = place_in(tmp_path, language=language)
    demo.prepare(place.workspace, language, place.clock, zone=ZONE)
    place.settings = settings.load(place.workspace).settings
    async with meeting(tmp_path, place=place, size=(120, 36)) as m:
        await m.next_step()
        await m.press("f10")
        assert m.shows(ChooseDialog) and m.sees(first, last)
        wanted = next(one for one in m.session.memory.adapted if one[0].experiment.title == first)
        dialog = m.screen
        assert isinstance(dialog, ChooseDialog)
        keys = [row.key for row in dialog.found.rows if row.key]
        await m.press(*["down"] * keys.index(f"lineage:{wanted[0].experiment.id}"), "enter")
        assert m.shows(Reader)
        page = m.text()
        assert page.index(first) < page.index("└─") and last in page
        assert page.count("└─") == 2, "adapted twice"


async def test_who_leaves_the_meeting_does_not_wait_for_the_index(tmp_path: Path) -> None:
    """Ten thousand minutes take a minute to be read for the first time."""
    async with meeting(tmp_path, past=past()) as m:
        reading, place = m.app.remembering, m.place
        reading._told(0, 10_000)
    discard(place.workspace)
    for way in (
        lambda: look_back(place, "", reading._told),
        lambda: recall(place, "", frozenset({deal_question("d", "Quellwerk AG")}), reading._told),
    ):
        with pytest.raises(Stopped):
            way()
    assert not [*place.workspace.index_folder.glob("*.sqlite")]
    assert look_back(place, "").open_items
