"""What home opens besides meetings: minutes and agendas as pages of text, and the demo's folder.

Owns reading the file and choosing the page; how a page is written is `interchange`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from retrotui.errors import msg
from retrotui.interchange import agenda_pages, linear
from retrotui.locale import language, tr
from retrotui.store import minutes as minutes_store
from retrotui.store import settings
from retrotui.store.agendas import BrokenAgenda, LoadedAgenda
from retrotui.store.workspace import find_workspace
from retrotui.tui.opening import Place


def minutes_page(place: Place, path: Path) -> tuple[str, str]:
    """Title and text of minutes, discretion obeyed. Raises RetroError for a damaged file."""
    minutes = minutes_store.load(path).minutes
    return minutes.title or minutes.id, linear.linear_text(
        minutes, language(), own_factors=place.settings.factor
    )


def agendas_page(good: Iterable[LoadedAgenda], broken: Iterable[BrokenAgenda]) -> str:
    """All agendas with their steps and prompts; the broken ones first, with what is wrong."""
    parts = [
        tr(msg("{file}:{line}: {what}", file=one.path.name, line=one.error.line or 1, what=one.error.what))
        for one in broken
    ]
    parts += [agenda_pages.text_page(one.agenda, language(), tr) for one in good]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def demo(place: Place) -> tuple[Place, Path | None]:
    """The demo's folder, made where there is none yet, and its file of deals. Raises RetroError as a save does."""
    from retrotui.demo import folder

    workspace = find_workspace(folder.default_folder(language()))
    _, deals = folder.prepare(workspace, language(), place.clock)
    loaded = settings.load(workspace)
    return Place(workspace, loaded.settings, place.clock), workspace.folder / deals if deals else None
