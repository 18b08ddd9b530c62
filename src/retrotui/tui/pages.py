"""What home opens besides meetings: minutes as pages of text, and the demo's folder.

Owns reading the file and choosing the page; how a page is written is `interchange`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from retrotui.domain.minutes import Minutes, Share, change
from retrotui.errors import msg
from retrotui.interchange import linear, outgoing
from retrotui.locale import language, tr
from retrotui.store import minutes as minutes_store
from retrotui.store import settings
from retrotui.store.drafts import FoundDraft
from retrotui.store.workspace import find_workspace
from retrotui.tui.place import Place


def minutes_page(place: Place, path: Path) -> tuple[str, str]:
    """Title and text of minutes, discretion obeyed. Raises RetroError for a damaged file."""
    minutes = minutes_store.load(path).minutes
    titles = outgoing.around_of(minutes_store.earlier_meetings(place.workspace, minutes), language()).titles
    return minutes.title or minutes.id, linear.linear_text(
        minutes, language(), own_factors=place.settings.factor, titles=titles
    )


def versions_page(place: Place, found: FoundDraft) -> str:
    """A draft beside its minutes: first what only one of them says, then both whole."""
    draft = linear.linear_text(found.draft.minutes, language(), own_factors=place.settings.factor)
    if found.minutes is None:
        return draft
    minutes = linear.linear_text(found.minutes.minutes, language(), own_factors=place.settings.factor)
    only_draft, only_minutes = _alone(place, found.draft.minutes, found.minutes.minutes)
    parts = (
        (msg("Only in the draft"), only_draft),
        (msg("Only in the minutes"), only_minutes),
        (msg("The draft"), draft),
        (msg("The minutes"), minutes),
    )
    return "\n\n".join(
        f"── {tr(title)} ──\n\n{words.rstrip() or tr(msg('nothing'))}" for title, words in parts
    )


def _alone(place: Place, one: Minutes, other: Minutes) -> tuple[str, str]:
    """The lines that stand in one version alone; what time was spent is no such thing: it grows by itself."""
    first, second = (
        linear.linear_text(_timeless(each), language(), own_factors=place.settings.factor).split("\n")
        for each in (one, other)
    )
    return _missing(first, second), _missing(second, first)


def _timeless(minutes: Minutes) -> Minutes:
    steps = tuple(change(step, spans=(), spent_s=0, state="pending") for step in minutes.step)
    return change(minutes, step=steps, pause=(), share=Share())


def _missing(lines: Sequence[str], others: Sequence[str]) -> str:
    known = set(others)
    return "\n".join(line for line in lines if line not in known)


def demo(place: Place) -> tuple[Place, Path | None]:
    """The demo's folder, made where there is none yet, and its file of deals. Raises RetroError as a save does."""
    from retrotui.demo import folder

    workspace = find_workspace(folder.default_folder(language()))
    _, deals = folder.prepare(workspace, language(), place.clock)
    loaded = settings.load(workspace)
    return Place(workspace, loaded.settings, place.clock), workspace.folder / deals if deals else None
