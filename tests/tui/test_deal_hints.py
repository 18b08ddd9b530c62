"""Hints about deals that decide nothing: what the CRM's reason may mean, and what the choice of deals leans to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from retrotui.domain.deals import Deal, DealIndex, Outcome
from retrotui.domain.minutes import AgendaRef, DealRecord, Minutes, StepRun
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.view import Pipeline
from tests.tui.driver import Room, home, meeting, place_in

LOST = Deal(
    id="D1", record=1, line=2, account="Müller GmbH", owner="Selma Owner", amount="48000.00", currency="EUR",
    stage="Verhandlung", outcome="lost", decided=date(2026, 10, 14), reason_raw="Zu teuer, Wettbewerb",
)  # fmt: skip


# -- what the CRM's reason may mean ----------------------------------------------------------------------------


async def under_the_lens(m: Room) -> None:
    await m.go_to("deal-lost")
    await m.press("f7", "slash", *"müller", "enter", "enter")
    assert m.meeting.deal is not None


def deals(*some: Deal) -> Pipeline:
    return Pipeline(DealIndex.of(some or (LOST,)), "deals.csv")


async def test_the_card_asks_whether_the_crms_reason_is_a_factor_until_it_was_said(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=deals()) as m:
        await under_the_lens(m)
        assert m.sees("“Zu teuer, Wettbewerb” → #price, #competitor?")
        assert m.minutes.factor == ()  # a question, never an answer
        await m.say("- too dear #price *2")
        assert m.sees("“Zu teuer, Wettbewerb” → #competitor?")
        await m.say("- they were faster #competitor")
        assert m.sees("“Zu teuer, Wettbewerb”") and not m.sees("#competitor?")


async def test_in_german_the_tags_are_german(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=deals(), language="de") as m:
        await under_the_lens(m)
        assert m.sees("Grund im CRM", "„Zu teuer, Wettbewerb“ → #preis, #wettbewerb?")


async def test_a_tag_that_is_begun_offers_it_first_and_tab_takes_it(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=deals()) as m:
        await under_the_lens(m)
        await m.type("- #")
        assert [one.insert for one in m.wall.options.found.options[:2]] == ["#price", "#competitor"]  # type: ignore[union-attr]
        assert m.sees("the CRM's reason")
        await m.press("tab")
        assert m.line == "- #price "
        await m.press("enter")
        assert [(one.factor, one.effect) for one in m.minutes.factor] == [("price", "hurt")]


async def test_tab_on_an_empty_line_is_still_the_next_prompt(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=deals()) as m:
        await under_the_lens(m)
        before = m.minutes.now.prompt if m.minutes.now else 0
        await m.press("tab")
        assert m.line == "" and m.minutes.now is not None and m.minutes.now.prompt == before + 1
        assert m.minutes.factor == ()


async def test_f7_asks_it_before_all_other_factors(tmp_path: Path) -> None:
    async with meeting(tmp_path, deals=deals()) as m:
        await under_the_lens(m)
        await m.press("f7", "tab", "tab")
        assert isinstance(m.screen, ChooseDialog)
        assert m.sees("The CRM says “Zu teuer, Wettbewerb”. Is it that?")
        assert [row.key for row in m.screen.found.rows[1:3]] == ["crm:price", "crm:competitor"]
        await m.press("2")
        assert [(one.factor, one.effect) for one in m.minutes.factor] == [("price", "hurt")]


async def test_a_reason_that_means_nothing_to_us_stays_raw_text(tmp_path: Path) -> None:
    import dataclasses

    odd = dataclasses.replace(LOST, reason_raw="[red]Bauch[/]gefühl \x1b[2J")
    async with meeting(tmp_path, deals=deals(odd)) as m:
        await under_the_lens(m)
        assert m.sees("“[red]Bauch[/]gefühl") and "→ #" not in m.text() and "\x1b" not in m.text()


# -- what the choice of deals leans to -------------------------------------------------------------------------


def held(day: int, *some: tuple[str, Outcome, str]) -> Minutes:
    """A meeting in October with these deals under the lens: id, outcome, owner."""
    records = tuple(
        DealRecord(id=key, account=f"K{key}", outcome=how, owner=owner) for key, how, owner in some
    )
    lens = StepRun(id="lens", kind="deal", state="done", deals=tuple(one.id for one in records))
    return Minutes(
        id=f"2026-10-{day:02}-weekly-call", date=date(2026, 10, day), status="closed", title="Weekly call",
        agenda=AgendaRef(id="weekly-call"), step=(lens,), deal=records,
    )  # fmt: skip


ONE_HAND: tuple[tuple[str, Outcome, str], ...] = tuple((str(n), "lost", "Selma Owner") for n in range(5))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Choice of deals: lately only lost deals · lately often deals from one hand"),
        ("de", "Auswahl der Deals: zuletzt nur Verlorenes · zuletzt oft Deals aus einer Hand"),
    ],
)
async def test_home_says_what_the_choice_leans_to_and_names_nobody(
    tmp_path: Path, language: str, words: str
) -> None:
    place = place_in(tmp_path, language=language, past=(held(20, *ONE_HAND[:3]), held(10, *ONE_HAND[3:])))
    async with home(tmp_path, place=place, size=(110, 40)) as m:
        assert m.sees(words)
        assert "Selma" not in m.text()


async def test_home_says_nothing_of_a_choice_that_leans_nowhere(tmp_path: Path) -> None:
    mixed = held(20, ("1", "lost", "A"), ("2", "won", "B"), ("3", "lost", "C"), ("4", "won", "D"))
    async with home(tmp_path, place=place_in(tmp_path, past=(mixed,))) as m:
        assert m.sees("Last minutes") and not m.sees("Choice of deals")


async def test_a_team_of_one_seller_is_not_told_that_all_is_of_one_hand(tmp_path: Path) -> None:
    people = [{"id": "selma", "name": "Selma Owner", "function": "sales"}]
    place = place_in(tmp_path, past=(held(20, *ONE_HAND),), person=people)
    async with home(tmp_path, place=place) as m:
        assert m.sees("Choice of deals: lately only lost deals") and not m.sees("one hand")
