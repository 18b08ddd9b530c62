"""A file of deals is read in sight and can be stopped; a column can be named by hand (import.md)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from retrotui.errors import RetroError
from retrotui.interchange.crm import ReadingStopped
from retrotui.store.settings import Settings
from retrotui.tui import imported_deals
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.import_preview import ImportPreview
from retrotui.tui.screens.dialogs.reading import ReadingDialog
from retrotui.tui.view import Pipeline
from tests.tui.driver import meeting, place_in
from tests.tui.exports import (
    CLEAN,
    ODD,
    bringing,
    file_of,
    kept,
    name_the_amount,
    shown,
    until,
)

# -- a column by hand ------------------------------------------------------------------------------------------

OWN = '# ours\nteam = "Süd"  # the south\n\n[columns]\n# by Anna\nstage = "Phase"\n'


async def test_a_digit_names_a_column_and_the_team_remembers_it_with_its_comments(tmp_path: Path) -> None:
    place = place_in(tmp_path)
    place.workspace.folder.mkdir(parents=True)
    place.workspace.settings_file.write_text(OWN, encoding="utf-8")
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure)), place=place) as m:
        await shown(m)
        await name_the_amount(m)
        await m.press("end")
        assert m.sees("Auftragswert neu (by hand)")
        assert kept(m) == OWN  # not before the deals are taken
        await m.press("enter")
        assert m.session.pipeline is not None
        assert m.session.pipeline.index.deals[0].amount == "48000.00"
        await until(m, lambda: "amount" in kept(m))
        assert kept(m) == OWN + 'amount = "Auftragswert neu"\n'
        await until(m, lambda: place.settings.columns.get("amount") == "Auftragswert neu")


async def test_m_lists_all_fields_and_none_lets_a_column_be_found_by_itself(tmp_path: Path) -> None:
    place = place_in(tmp_path, columns={"amount": "Auftragswert neu"})
    place.workspace.folder.mkdir(parents=True)
    place.workspace.settings_file.write_text('[columns]\namount = "Auftragswert neu"\n', encoding="utf-8")
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure)), place=place) as m:
        preview = await shown(m)
        assert preview.source is not None and preview.source.account.columns["amount"] == "Auftragswert neu"
        await m.press("m")
        assert isinstance(m.screen, ChooseDialog) and m.sees("Which field?", "Customer")
        assert len(m.screen.found.rows) == 16
        await m.press("slash", *"amount", "enter", "enter")
        await m.press("end", "enter")  # none of these
        await until(m, lambda: isinstance(m.screen, ImportPreview))
        assert preview.source.account.columns.get("amount") != "Auftragswert neu"
        await m.press("enter")
        await until(m, lambda: "Auftragswert" not in kept(m))


async def test_a_rehearsal_keeps_no_column(tmp_path: Path) -> None:
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure), rehearse=1)) as m:
        await shown(m)
        await name_the_amount(m)
        await m.press("enter")
        assert m.session.pipeline is not None
        assert kept(m) == "" and not any(one.group == "columns" for one in m.app.workers)


async def test_a_file_that_is_refused_can_be_helped_by_naming_a_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imported_deals, "QUICK_BYTES", 0)
    text = "Kunde;Betrag;Schluss;Wie\nNord AG;900,00;01.10.2026;verloren\nSüd KG;5,00;02.10.2026;gewonnen\n"
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, text))) as m:
        await until(m, lambda: isinstance(m.screen, ReadingDialog) and m.screen.wrong is not None)
        await until(m, lambda: m.sees("m: name a column by hand"))
        await m.press("m", "3")
        assert m.sees("Which column is “Outcome”?")
        await m.press("4")
        await shown(m)
        await m.press("enter")
        assert m.session.pipeline is not None
        assert [one.outcome for one in m.session.pipeline.index.deals] == ["lost", "won"]


async def test_settings_that_cannot_be_written_do_not_hinder_the_meeting(tmp_path: Path) -> None:
    unsure = ODD.replace("Verloren", "Schwebend")
    async with meeting(tmp_path, options=bringing(file_of(tmp_path, unsure))) as m:
        await shown(m)
        await name_the_amount(m)
        m.place.workspace.folder.mkdir(parents=True, exist_ok=True)
        m.place.workspace.settings_file.write_text("team = [broken", encoding="utf-8")
        await m.press("enter")
        await until(m, lambda: not any(one.group == "columns" and one.is_running for one in m.app.workers))
        assert m.session.pipeline is not None and kept(m) == "team = [broken"
        assert "retrotui.toml" in m.notice or "TOML" in m.notice or "line 1" in m.notice


# -- long reads ------------------------------------------------------------------------------------------------


class Slow:
    """Reading that takes as long as the test wants, and hears when nobody wants it any more."""

    def __init__(self, found: Pipeline | None = None) -> None:
        self.go_on = Event()
        self.stopped = Event()
        self.found = found

    def read(self, path: Path, _: Settings, *, progress: Callable[[float], bool], **__: object) -> Pipeline:
        while not self.go_on.wait(0.01):
            if not progress(0.4):
                self.stopped.set()
                raise ReadingStopped(path.name)
        assert self.found is not None
        return self.found


def slow_file(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = CLEAN) -> tuple[Path, Slow]:
    file = file_of(folder, text)
    slow = Slow(imported_deals.read_deals(file, Settings()))
    monkeypatch.setattr(imported_deals, "QUICK_BYTES", 0)
    monkeypatch.setattr(imported_deals, "read_deals", slow.read)
    return file, slow


async def test_a_long_read_shows_how_far_it_is_and_then_the_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: m.sees("Reading export.csv", "40%"))
        await m.later(seconds=3)
        assert m.clock_text != "05:00"  # the meeting goes on below
        slow.go_on.set()
        await shown(m)
        await m.press("enter")
        assert m.session.pipeline is slow.found


async def test_esc_stops_a_long_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: m.sees("Reading export.csv"))
        await m.press("escape")
        await until(m, slow.stopped.is_set)
        assert m.screen is m.wall and m.session.pipeline is None
        assert "No deals were taken from export.csv" in m.notice


async def test_moving_on_in_the_meeting_does_not_stop_a_long_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: m.sees("Reading export.csv"))
        await m.press("f4", "f5")
        assert m.meeting.step.id == m.minutes.step[1].id and isinstance(m.screen, ReadingDialog)
        assert not slow.stopped.is_set()
        slow.go_on.set()
        await shown(m)


async def test_a_list_that_lies_over_the_reading_is_not_closed_by_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retrotui.tui.screens.dialogs.reader import Reader

    file, slow = slow_file(tmp_path, monkeypatch)
    async with meeting(tmp_path, options=bringing(file)) as m:
        await until(m, lambda: isinstance(m.screen, ReadingDialog))
        reading = m.screen
        await m.app.push_screen(Reader("x", "y"))
        slow.go_on.set()
        await until(m, lambda: isinstance(reading, ReadingDialog) and reading.found is not None)
        assert isinstance(m.screen, Reader)
        await m.press("escape")
        await shown(m)


@pytest.mark.parametrize("stop", [0.0, 0.5, 0.9, 0.97, 1.0])
def test_whoever_asked_can_stop_the_reading_at_any_point(tmp_path: Path, stop: float) -> None:
    told: list[float] = []

    def progress(done: float) -> bool:
        told.append(done)
        return done < stop

    with pytest.raises(RetroError, match="was stopped"):
        imported_deals.read_deals(file_of(tmp_path), Settings(), progress=progress)
    assert told == sorted(told) and all(0 <= done <= 1 for done in told)
