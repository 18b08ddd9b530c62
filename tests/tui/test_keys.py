"""Keys: typing comes first, the left table always works, the right one after Esc (meeting.md, "Keys")."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.domain import timebox
from retrotui.tui.commands import COMMANDS
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.menu import Menu
from tests.tui.driver import Room, meeting
from tests.tui.stage import PEOPLE

TO_THE_DEAL = 3
"""Steps before the first deal of the monthly reflection."""


def prompt(m: Room) -> int:
    now = m.minutes.now
    return now.prompt if now else 0


async def at_the_deal(m: Room) -> None:
    await m.next_step(TO_THE_DEAL)
    await m.say("Müller GmbH lost 48.000")


# -- the left table: always ------------------------------------------------------------------------------------


async def test_the_first_step_runs_on_the_first_frame_and_the_line_has_the_focus(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        assert m.meeting.begun and m.meeting.step.state == "running"
        assert m.app.focused is m.wall.line
        await m.type("hello")
        assert m.line == "hello"


async def test_f4_and_f3_move_on_and_back(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        first = m.meeting.step.id
        await m.press("f4")
        second = m.meeting.step.id
        assert second != first
        await m.press("f3")
        assert m.meeting.step.id == first
        await m.press("f3")
        assert m.meeting.step.id == first and m.notice == "This is the first step."


async def test_f2_pauses_and_goes_on(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("Anna Berg, Sales")
        await m.press("f2")
        assert timebox.paused(m.minutes) is not None and m.sees("Pause since 09:00")
        await m.press("f2")
        assert timebox.paused(m.minutes) is None


async def test_f5_gives_a_minute(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f5")
        assert m.meeting.step.extended_s == 60 and m.clock_text == "06:00"


async def test_f8_shows_the_wall_and_the_desk(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f8")
        assert m.wall.wall and not m.sees("F2 Pause") and m.sees("Reflecting")
        await m.press("f8")
        assert not m.wall.wall and m.sees("F2 Pause")


@pytest.mark.parametrize("key", ["f9", "ctrl+z"])
async def test_undo_and_redo(tmp_path: Path, key: str) -> None:
    async with meeting(tmp_path) as m:
        await m.say(". one")
        await m.press(key)
        assert not m.minutes.note and m.notice.startswith("Taken back")
        await m.press("ctrl+y")
        assert m.minutes.note and m.notice.startswith("Brought back")


async def test_tab_and_page_keys_leaf_through_the_prompts(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("tab")
        assert prompt(m) == 2 and m.sees("2/2")
        await m.press("tab")
        assert prompt(m) == 1
        await m.press("shift+tab")
        assert prompt(m) == 2
        await m.press("pagedown")
        assert prompt(m) == 1
        await m.type("half")
        await m.press("pageup")
        assert prompt(m) == 2 and m.line == "half"
        assert not m.meeting.past, "a prompt is nothing to take back"


async def test_dialogs_open_by_their_keys_and_close_by_them_too(tmp_path: Path) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        for key, dialog in (("f1", HelpDialog), ("f6", Menu), ("f7", ChooseDialog)):
            await m.press(key)
            assert m.shows(dialog)
            await m.press(key)
            assert m.uncovered


async def test_keys_that_always_work_work_over_a_dialog(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f6", "f5")
        assert m.meeting.step.extended_s == 60 and m.shows(Menu)
        await m.press("f4")
        assert m.uncovered and m.meeting.step.id != m.minutes.step[0].id


# -- function keys that nothing binds --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["f10", "f11", "f12", "f13", "f24", "ctrl+t", "ctrl+b", "insert", "ctrl+g", "ctrl+f5", "shift+f3"]
)
async def test_a_key_without_binding_does_nothing(tmp_path: Path, key: str) -> None:
    async with meeting(tmp_path) as m:
        await m.type("so")
        before = m.meeting
        await m.press(key)
        assert m.meeting is before and m.line == "so" and m.uncovered
        assert m.app.focused is m.wall.line


# -- after Esc -------------------------------------------------------------------------------------------------


async def test_esc_leaves_the_line_and_keeps_what_is_half_typed(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.type("half typ")
        await m.press("escape")
        assert m.edge.startswith("COMMAND, i writes") and m.line == "half typ"
        await m.press("i")
        assert m.line == "half typ" and "COMMAND" not in m.edge
        await m.type("ed")
        assert m.line == "half typed"


async def test_esc_reads_german_words_in_german(tmp_path: Path) -> None:
    async with meeting(tmp_path, language="de") as m:
        await m.press("escape")
        assert m.edge.startswith("BEFEHL, i schreibt")


async def test_a_letter_without_a_meaning_is_typed(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        meant = {key for command in COMMANDS for key in command.twins}
        for letter in "zäY8":
            assert letter not in meant
            await m.press("escape", letter)
            assert m.line.endswith(letter) and not m.wall.line.commanding


async def test_enter_returns_to_the_line_without_taking_it(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.type("- half")
        await m.press("escape", "enter")
        assert m.line == "- half" and not any(True for _ in m.minutes.entries())
        assert not m.wall.line.commanding


@pytest.mark.parametrize("key", ["n", ".", "b", ",", "space"])
async def test_next_back_and_pause_bring_the_line_back(tmp_path: Path, key: str) -> None:
    async with meeting(tmp_path) as m:
        await m.say("Anna Berg, Sales")
        await m.next_step()
        await m.press("escape", key)
        assert not m.wall.line.commanding and m.line == ""
        if key == "space":
            assert timebox.paused(m.minutes) is not None
        else:
            assert m.meeting.step.id == m.minutes.step[2 if key in "n." else 0].id


@pytest.mark.parametrize(
    ("key", "dialog"), [("?", HelpDialog), ("t", Menu), ("a", ChooseDialog), ("q", Menu)]
)
async def test_twins_open_what_the_function_keys_open(tmp_path: Path, key: str, dialog: type) -> None:
    async with meeting(tmp_path, person=PEOPLE) as m:
        await m.press("escape", key)
        assert m.shows(dialog)


async def test_the_other_twins(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("escape", "+")
        assert m.meeting.step.extended_s == 60
        await m.press("w")
        assert m.wall.wall
        await m.press("w", "u")
        assert m.meeting.step.extended_s == 0
        await m.press("U")
        assert m.meeting.step.extended_s == 60
        await m.press("right")
        assert prompt(m) == 2
        await m.press("left")
        assert prompt(m) == 1
        assert m.wall.line.commanding, "these do not bring the line back"


async def test_the_palette_opens_by_both_of_its_keys(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("ctrl+p")
        assert not m.uncovered and m.sees("Find a command")
        await m.press("escape", "escape", ":")
        assert not m.uncovered and m.sees("Find a command")


async def test_alt_and_a_letter_mean_esc_and_then_the_letter(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.type("so")
        await m.press("alt+w")
        assert m.wall.wall and m.wall.line.commanding and m.line == "so"
        await m.press("alt+n")
        assert m.meeting.step.id == m.minutes.step[1].id and not m.wall.line.commanding
        await m.press("alt+y")
        assert m.line == "soy"


async def test_a_key_that_the_team_chose_takes_the_place_of_ours(tmp_path: Path) -> None:
    async with meeting(tmp_path, keys={"step.next": "f10", "extend": "f4"}) as m:
        await m.press("f10")
        assert m.meeting.step.id == m.minutes.step[1].id
        await m.press("f4")
        assert m.meeting.step.id == m.minutes.step[1].id and m.meeting.step.extended_s == 60
        assert m.sees("F10 → Numbers", "F4 +1 min")


# -- fast typing -----------------------------------------------------------------------------------------------


async def test_no_key_overtakes_another(tmp_path: Path) -> None:
    """Whole lines, steps between them, Esc and back: all of it in one burst, in the order in which it was typed."""
    async with meeting(tmp_path, agenda="monthly-reflection") as m:
        await m.burst(*". in the first", "enter", "f4", *". in the second", "enter", "f4", *"- half")
        first, second, third = (step.id for step in m.minutes.step[:3])
        assert [(one.step, one.text) for one in m.minutes.note] == [
            (first, "in the first"), (second, "in the second"),
        ]  # fmt: skip
        assert m.meeting.step.id == third and m.line == "- half"


async def test_fast_commands_and_letters_keep_their_order(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.burst(*". one", "enter", *". two", "enter", "escape", "k", "k", "d", "i", *". three", "enter")
        assert [one.text for one in m.minutes.note] == ["two", "three"]


async def test_keys_typed_while_a_dialog_opens_go_to_the_dialog(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.burst("f6", "a", "2")
        assert m.meeting.step.id == m.minutes.step[2].id, "jump, to the second of the other steps"
        assert m.line == ""


async def test_esc_and_a_letter_in_one_burst_close_the_dialog_and_the_letter_is_typed(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f6", "alt+x")
        assert m.uncovered and m.line == "x"


async def test_what_is_typed_after_esc_and_a_letter_in_one_burst_stays_behind_it(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f7")
        await m.burst("alt+W", *"est")
        assert m.uncovered and m.line == "West"


async def test_esc_closes_the_dialog_it_was_typed_for(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.burst("f6", "escape", *". after", "enter")
        assert m.uncovered and [one.text for one in m.minutes.note] == ["after"]


async def test_three_hundred_letters_in_a_burst_all_arrive(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        words = " ".join(f"word{number}" for number in range(50))
        await m.burst(*words, "enter")
        assert m.minutes.note[-1].text == words
