"""The list and its questions on a real screen: keys, answers, and words that must not break out."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from retrotui.errors import msg
from retrotui.store.settings import Settings
from retrotui.tui.choosers.by_kind import chooser_for
from retrotui.tui.screens.dialogs.blind import BlindRound
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.import_preview import ImportPreview
from retrotui.tui.screens.dialogs.reading import ReadingDialog
from retrotui.tui.session import Session
from retrotui.tui.themes import dress
from retrotui.tui.view import Pipeline
from tests.unit.tui_choosers.opened import HOSTILE, deal, pipeline, session_of
from tests.unit.tui_choosers.test_deals import lens
from tests.unit.tui_panels.staging import PEOPLE, begun, everything, having

PAUSES = 50
"""So often a test looks again for what a screen that comes back to the top draws."""


class Below(Screen[None]):
    """A meeting screen as far as dialogs need one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.ran: list[str] = []

    def action_run(self, command: str) -> None:
        self.ran.append(command)


class Small(App[None]):
    def __init__(self, session: Session) -> None:
        super().__init__()
        self.below = Below(session)
        self.results: list[Any] = []
        dress(self, "light")

    async def on_mount(self) -> None:
        await self.push_screen(self.below)

    def over(self, dialog: Any) -> None:
        self.push_screen(dialog, self.results.append)

    def choose(self) -> None:
        chooser = chooser_for(cast(Any, self.below))
        assert chooser is not None
        self.over(ChooseDialog(chooser))


def seen(app: Small) -> str:
    return "\n".join(str(strip.text) for strip in app.screen._compositor.render_strips())


async def typed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_a_blind_round_is_pressed_taken_back_and_finished() -> None:
    app = Small(session_of(begun()))
    async with app.run_test(size=(80, 24)) as pilot:
        app.over(BlindRound(msg("How openly?"), 5))
        await typed(pilot, "3", "5", "1", "9", "backspace", "4")
        assert "3 of 5" in seen(app)
        assert not any(digit in seen(app).replace("3 of 5", "") for digit in "34")
        await typed(pilot, "enter")
        assert app.results == ["354"]


async def test_a_key_that_leads_elsewhere_takes_the_round_along() -> None:
    app = Small(session_of(begun()))
    async with app.run_test() as pilot:
        app.over(BlindRound(msg("How openly?"), 5))
        await typed(pilot, "4", "4", "f9", "f4")
        assert app.results == ["4"]
        assert app.below.ran == ["step.next"]


async def test_f9_in_a_blind_round_never_undoes_the_meeting() -> None:
    app = Small(session_of(begun()))
    async with app.run_test() as pilot:
        app.over(BlindRound(msg("How openly?"), 5))
        await typed(pilot, "f9", "ctrl+y", "f5", "escape")
        assert app.below.ran == ["extend"]
        assert app.results == [None]


async def test_the_list_asks_over_itself_and_is_fresh_when_it_comes_back() -> None:
    session = session_of(having(begun(), participant=PEOPLE))
    app = Small(session)
    async with app.run_test(size=(100, 30)) as pilot:
        app.choose()
        await typed(pilot, "slash", *"add", "enter", "enter")
        await typed(pilot, *"Emil Rot, Finance", "enter")
        assert session.meeting.minutes.participant[-1].name == "Emil Rot"
        await typed(pilot, "slash", "escape")
        assert "Emil Rot" in seen(app)
        await typed(pilot, "1")
        assert isinstance(app.screen, BlindRound)
        await typed(pilot, *"44444", "enter")
        assert session.meeting.minutes.safety is not None


async def test_a_deal_is_searched_and_put_under_the_lens_by_keys() -> None:
    session = session_of(lens(), pipeline=pipeline(deal(1, "Müller GmbH"), deal(2, "Nord AG")))
    app = Small(session)
    async with app.run_test(size=(100, 30)) as pilot:
        app.choose()
        await typed(pilot, "slash", *"nord", "enter", "enter")
        assert session.meeting.deal is not None and session.meeting.deal.account == "Nord AG"
        assert app.results == [True]


async def test_a_letter_searches_as_it_means_nothing_else_and_digits_and_space_keep_their_meaning() -> None:
    deals = pipeline(deal(1, "Müller GmbH"), deal(2, "Kjell & Jonas"), deal(3, "Nord AG"))
    session = session_of(lens(), pipeline=deals)
    app = Small(session)
    async with app.run_test(size=(100, 30)) as pilot:
        app.choose()
        await typed(pilot, *"kj")
        assert "Kjell & Jonas" in seen(app) and "Nord AG" not in seen(app) and "/ kj" in seen(app)
        await typed(pilot, "enter", "space")
        assert session.meeting.deal is not None and session.meeting.deal.account == "Kjell & Jonas"


@pytest.mark.parametrize("kind", ["checkin", "deal", "numbers", "lessons", "case", "close"])
async def test_no_words_break_out_of_the_list(kind: str) -> None:
    from tests.unit.tui_panels.staging import at

    words = " ".join(HOSTILE)
    session = session_of(at(everything(words=words), kind), pipeline=pipeline(deal(1, words, title=words)))
    app = Small(session)
    async with app.run_test(size=(80, 24)) as pilot:
        app.choose()
        await typed(pilot, "down", "up", "tab", "down", "tab", "end")
        assert "\x1b" not in seen(app) and "\u202e" not in seen(app)
        await typed(pilot, "escape")
        assert app.results == [None]


# -- reading a file ----------------------------------------------------------------------------------------

CSV = "Deal ID;Kunde;Betrag;Status;Abschlussdatum\nA1;Müller GmbH;48.000,00;verloren;14.10.2026\n"


async def test_a_file_is_read_beside_the_screen(tmp_path: Path) -> None:
    file = tmp_path / "deals.csv"
    file.write_text(CSV, encoding="utf-8")
    session = session_of(lens())
    app = Small(session)
    async with app.run_test(size=(100, 30)) as pilot:
        app.choose()
        await typed(pilot, "enter")  # without a pipeline the first row asks for a file
        await typed(pilot, *str(file), "enter")
        while not isinstance(app.screen, ImportPreview):
            await pilot.pause()
        assert session.pipeline is None  # nothing is taken before it was seen
        await typed(pilot, "enter")
        assert isinstance(session.pipeline, Pipeline)
        assert (session.pipeline.file, session.pipeline.index.deals[0].account) == (
            "deals.csv",
            "Müller GmbH",
        )
        for _ in range(PAUSES):  # the list comes back to the top, and is drawn then
            if "Müller GmbH" in seen(app):
                break
            await pilot.pause(0.02)
        assert "Müller GmbH" in seen(app)


async def test_what_is_no_table_of_deals_is_said_and_enter_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "[red]x.csv"
    file.write_text("Frühstück\nBrot\n", encoding="utf-8")
    app = Small(session_of(begun()))
    async with app.run_test(size=(100, 30)) as pilot:
        dialog = ReadingDialog(file, Settings())
        app.over(dialog)
        while dialog.wrong is None:
            await pilot.pause()
        await pilot.pause()
        assert "is no table of deals" in seen(app)
        await typed(pilot, "enter")
        assert app.results == [None]


async def test_esc_stops_the_reading(tmp_path: Path) -> None:
    app = Small(session_of(begun()))
    file = tmp_path / "deals.csv"
    file.write_text(CSV, encoding="utf-8")
    async with app.run_test() as pilot:
        dialog = ReadingDialog(file, Settings())
        app.over(dialog)
        await pilot.press("escape")
        await pilot.pause()
        assert dialog._progress(0.5) is False
        assert len(app.results) == 1
