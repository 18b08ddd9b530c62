"""An agenda on the desk that a test can hold by its keyboard.

    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN]) as m:
        await m.press("+")
        assert desk(m).sheet.dirty

Owns opening the editor as `retrotui agendas edit ID` does. Typing and looking are the driver's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from retrotui.store import agenda_editing
from retrotui.tui.app import RetroApp
from retrotui.tui.place import Place
from retrotui.tui.screens.agenda_editor import AgendaEditor
from tests.tui.driver import Room, _room, place_in

SMALL = (80, 24)


@asynccontextmanager
async def editor(
    folder: Path, wanted: str, *, size: tuple[int, int] = SMALL, place: Place | None = None, **given: Any
) -> AsyncIterator[Room]:
    """`retrotui agendas edit WANTED` in a room of this size."""
    place = place or place_in(folder, **given)
    app = RetroApp(place)
    sheet = agenda_editing.open_sheet(place.workspace, wanted, place.settings.language or "de")
    app.first_screen = lambda: AgendaEditor(place, sheet, app.declared)
    async with _room(app, place, size) as room:
        yield room


def desk(m: Room) -> AgendaEditor:
    """The editor's own screen, also under a dialog."""
    return next(one for one in m.app.screen_stack if isinstance(one, AgendaEditor))


def notice(m: Room) -> str:
    """The sentence over the footer."""
    area = desk(m).query_one("#notice")
    return "\n".join(area.render_line(y).text.rstrip() for y in range(area.size.height)).strip()


async def fill(m: Room, words: str) -> None:
    """Takes what stands in the line out, types the words and Enter."""
    await m.press("ctrl+u")
    await m.type(words)
    await m.press("enter")
