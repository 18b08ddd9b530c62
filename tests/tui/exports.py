"""Exports of deals for the tests of the screens, and waiting for what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from retrotui.tui.run_options import RunOptions
from retrotui.tui.screens.dialogs.import_preview import ImportPreview
from tests.tui.driver import SETTLES_IN, Room

HEAD = "Deal-Nr;Kunde;Verkäufer;Wert;Währung;Phase;Verlustgrund;Abschluss\n"
CLEAN = (
    f"{HEAD}1;Müller GmbH;Selma Owner;1.250,50;EUR;Gewonnen;;01.10.2026\n"
    "2;Nord AG;Selma Owner;900,00;USD;Verloren;Preis;13.10.2026\n"
)
UNSURE = f"{CLEAN}3;Ost AG;Selma Owner;7,00;EUR;Schwebend;;02.10.2026\nSumme;;;2.157,50;;;;\n"
NO_DEALS = "Von;Bis;Was\n1;2;3\n4;5;6\n"
ODD = "Deal-Nr;Kunde;Summe netto;Auftragswert neu;Phase;Abschluss\n1;Nord;1,00;48.000,00;Verloren;01.10.2026\nx;;;;;\n"


def file_of(folder: Path, text: str = CLEAN, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def bringing(file: Path, **more: Any) -> RunOptions:
    return RunOptions(deals=file, **more)


async def until(m: Room, happened: Callable[[], bool]) -> None:
    """Reading goes on beside the screen: wait for what comes of it."""
    ends = time.monotonic() + 4 * SETTLES_IN
    while not happened():
        assert time.monotonic() < ends, m.text()
        await m.pilot.pause(0.01)
    await m.settle()


async def shown(m: Room) -> ImportPreview:
    await until(m, lambda: isinstance(m.screen, ImportPreview))
    assert isinstance(m.screen, ImportPreview)
    return m.screen


def kept(m: Room) -> str:
    path = m.place.workspace.settings_file
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def name_the_amount(m: Room) -> None:
    """5 is the amount; its column is searched for."""
    await m.press("5")
    assert m.sees("Which column is “Amount”?")
    await m.press("slash", *"auftrag", "enter", "enter")
    await shown(m)
