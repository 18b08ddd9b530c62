"""Footer, palette and help grow from one declaration, and everything that they name exists (meeting.md, "Keys")."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retrotui.domain import capture
from retrotui.locale import tr
from retrotui.tui.commands import COMMANDS, shown
from retrotui.tui.palette import ScreenCommands
from retrotui.tui.screens.dialogs.help import LINE, HelpDialog
from retrotui.tui.screens.meeting import MeetingScreen
from tests.tui.driver import Room, home, meeting
from tests.tui.stage import PEOPLE


async def page_of_help(m: Room) -> str:
    """The whole page, scrolled through."""
    await m.press("f1")
    assert m.shows(HelpDialog)
    seen: list[str] = []
    for _ in range(12):
        seen += [line for line in m.lines() if line not in seen]
        await m.press("pagedown")
    return "\n".join(seen)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_help_names_every_command_with_its_keys_and_every_sign_of_the_line(
    tmp_path: Path, language: str
) -> None:
    async with meeting(tmp_path, language=language) as m:
        words = " ".join((await page_of_help(m)).split())
        for command in COMMANDS:
            if "meeting" in command.where:
                keys = " ".join(shown(key) for key in (*command.keys, *command.twins))
                assert keys in words, command.id
                assert tr(command.explained).split()[0] in words, command.id
        for sign, _ in LINE:
            assert " ".join(tr(sign).split()) in words


async def test_every_key_in_help_does_what_it_says_it_exists_for(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        for command in COMMANDS:
            if "meeting" in command.where:
                assert command.id in m.wall.runs._ways, f"{command.id} is declared, but nothing runs"
        assert set(m.wall.runs._ways) == {one.id for one in COMMANDS if "meeting" in one.where}


async def test_every_sign_in_help_is_read_as_it_says(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.go_to("deal-lost")
        await m.say("Müller GmbH lost 48.000")
        await m.paste(
            "\n".join(
                (
                    "+ helped", "- hurt #price *3 /buyer", "! lesson", "? experiment @ben", "> action @ben =fr",
                    '" quoted', "„ quoted too", ". note", "& parked", "@Carla Weiß, Service", "\\ - as it is",
                )
            )
        )  # fmt: skip
        minutes = m.minutes
        assert [one.effect for one in minutes.factor] == ["helped", "hurt"]
        assert (minutes.factor[1].factor, minutes.factor[1].weight, minutes.factor[1].source) == (
            "price",
            3,
            "buyer",
        )
        assert (
            len(minutes.lesson) == len(minutes.experiment) == len(minutes.action) == len(minutes.parked) == 1
        )
        assert minutes.action[0].owner == "ben-kurz" and minutes.action[0].due is not None
        assert len(minutes.quote) == 2 and minutes.participant[-1].name == "Carla Weiß"
        assert [one.text for one in minutes.note] == ["note", "- as it is"]
        await m.say("@-Carla")
        assert not minutes.find_person("carla-weiss") or not m.minutes.participant[-1].present


@pytest.mark.parametrize("key", ["f1", "escape", "q", "enter", "?"])
async def test_help_closes_by(tmp_path: Path, key: str) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f1", key)
        assert m.uncovered and m.line == ""


async def test_the_footer_lists_what_works_now_with_its_target(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        footer = m.part("#footer")
        assert "F3" not in footer and "F9" not in footer and "F4 → Check experiments" in footer
        await m.say(". one")
        assert "F9 Undo" in m.part("#footer")
        await m.press("f4")
        assert "F3 Back" in m.part("#footer")
        await m.press("escape")
        assert "n → Numbers" in m.part("#footer") and "F4" not in m.part("#footer")
        await m.press("i")
        await m.go_to("close")
        assert "F4 → End" in m.part("#footer")


async def test_the_footer_names_the_next_deal_while_one_waits(tmp_path: Path) -> None:
    from tests.tui.stage import pipeline

    async with meeting(tmp_path, deals=pipeline()) as m:
        await m.go_to("deal-lost")
        await m.press("f7", "space", "down", "space", "escape")
        deals = m.meeting.step.deals
        assert len(deals) == 2
        waiting = m.minutes.find_deal(deals[1])
        assert waiting is not None and f"F4 → {waiting.account}" in m.part("#footer")
        await m.press("f4")
        assert m.meeting.step.id == "deal-lost" and m.meeting.deal == waiting


@pytest.mark.parametrize("width", [60, 80, 100])
async def test_the_short_footer_keeps_its_keys_and_the_words_of_help_but_for_undo(
    tmp_path: Path, width: int
) -> None:
    async with meeting(tmp_path, size=(width, 24), language="de") as m:
        await m.say(". eins")
        await m.press("f4")
        footer = m.part("#footer")
        for number in range(1, 9):
            assert f"F{number}" in footer, footer
        assert "Hilfe" in footer
        assert ("F9 Rückgängig" in footer) == (width == 100), (
            "what was done says itself that F9 takes it back"
        )


# -- the palette -----------------------------------------------------------------------------------------------


async def test_the_palette_offers_what_works_now_and_runs_it(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("ctrl+p")
        await m.type("wall")
        await m.pilot.pause(0.2)
        assert m.sees("Wall view (F8 w)")
        await m.press("enter")
        await m.settle()
        assert m.uncovered and m.wall.wall


async def test_everything_that_the_footer_shows_is_in_the_palette(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        offered = {command.id for command, _ in ScreenCommands(m.wall).offered()}
        for command in m.wall.declared:
            if command.footer and m.wall.runs.words(command) is not None:
                assert command.id in offered
        assert "palette" not in offered


async def test_the_palette_says_in_our_words_that_nothing_is_called_that(tmp_path: Path) -> None:
    async with meeting(tmp_path, language="de") as m:
        await m.press("ctrl+p")
        assert m.sees("Einen Befehl suchen")
        await m.type("zzzz")
        await m.pilot.pause(0.3)
        assert m.sees("So heißt kein Befehl.")
        await m.press("enter", "escape")
        assert m.uncovered


async def test_home_has_a_palette_and_help_too(tmp_path: Path) -> None:
    async with home(tmp_path) as m:
        await m.press("f1")
        assert m.shows(HelpDialog) and m.sees("ctrl") is False
        await m.press("escape", "ctrl+p")
        await m.type("weekly")
        await m.pilot.pause(0.2)
        assert m.sees("Weekly call")
        await m.press("enter")
        await m.settle()
        assert m.shows(MeetingScreen) and m.minutes.agenda.id == "weekly-call"


def test_no_key_is_declared_twice() -> None:
    for where in ("meeting", "home", "summary"):
        for kind in ("keys", "twins"):
            keys = [key for one in COMMANDS if where in one.where for key in getattr(one, kind)]
            assert len(keys) == len(set(keys)), where


def test_no_command_is_reached_by_a_key_that_terminals_confuse() -> None:
    for command in COMMANDS:
        for key in (*command.keys, *command.twins):
            assert not re.fullmatch(r"ctrl\+(enter|m|i)|alt\+.*", key), command.id
        if any(re.fullmatch(r"f\d+", key) for key in command.keys):
            assert command.twins, f"{command.id} has no twin after Esc"


def test_the_signs_of_the_line_in_help_are_those_of_the_grammar() -> None:
    named = " ".join(tr(sign) for sign, _ in LINE)
    for sign in ("+", "-", "!", "?", ">", '"', "„", "&", ".", "@", "#", "=", "*", "/", "\\"):
        assert sign in named
    assert capture.USES, "the grammar has kinds of entries"
