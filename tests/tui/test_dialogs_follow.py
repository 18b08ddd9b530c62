"""A dialog over a meeting that goes on below: undo changes what it offers, and drawing too early breaks nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from retrotui.errors import msg
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.base import Dialog
from retrotui.tui.screens.dialogs.blind import BlindRound
from retrotui.tui.screens.dialogs.closing import ClosingDialog
from retrotui.tui.screens.dialogs.experiment import ExperimentForm
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.menu import Answer, Menu
from retrotui.tui.screens.dialogs.reader import Reader
from tests.tui.driver import meeting
from tests.tui.exports import until


async def test_f9_over_the_discretion_menu_changes_what_it_says(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f6")
        await m.press(m.digit("Discretion"))
        await m.press("1")
        assert m.shows(Menu) and m.sees("1 amounts: left out")
        await m.press("f9")
        assert m.shows(Menu) and m.sees("1 amounts: shown") and not m.minutes.discretion.amounts
        await m.press("ctrl+y")
        assert m.sees("1 amounts: left out") and m.minutes.discretion.amounts


async def test_f9_over_the_course_menu_takes_the_answers_anew(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f6")
        await m.press(m.digit("Discretion"))
        await m.press("1", "escape", "f6")
        assert m.sees("Discretion") and m.sees("amounts")
        await m.press("f9")
        assert m.shows(Menu) and not m.sees("amounts") and not m.minutes.discretion.amounts


async def test_a_dialog_that_is_not_drawn_yet_can_be_told_that_the_meeting_changed(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.say("? Name the range")
        early: list[Dialog[Any]] = [
            ClosingDialog(m.session),
            ExperimentForm(m.session, m.minutes.experiment[0].id),
            HelpDialog(m.wall.declared, "meeting"),
            Menu(msg("Which?"), (Answer("a", msg("This")),)),
            Ask(msg("What?"), check=lambda _: None),
            BlindRound(msg("How?"), 3),
            Reader("Title", "words"),
        ]
        for dialog in early:
            dialog.follow()
            m.app.push_screen(dialog)
            m.wall.show()  # before its first picture
            await m.settle()
            assert m.screen is dialog
            dialog.dismiss(None)
            await m.settle()
        assert m.uncovered


async def test_f8_under_a_dialog_draws_the_desk_for_the_room_that_it_has_again(tmp_path: Path) -> None:
    async with meeting(tmp_path, size=(80, 24)) as m:
        top, keys = m.part("#topline"), m.part("#footer")
        await m.press("f7", "f8", "f8")
        await until(m, lambda: (m.part("#topline"), m.part("#footer")) == (top, keys))
