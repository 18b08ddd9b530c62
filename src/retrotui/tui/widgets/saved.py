"""The sign of the saver: saved, not saved since when and why, or a rehearsal that saves nothing.

Pure: what the writer acknowledged in, a drawing out. It never says "saved" of what the writer has not acknowledged.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.locale import tr
from retrotui.store.saving import SavedState
from retrotui.tui import text

HANGING_S = 3.0
"""From so many seconds without an acknowledgement on, the disk hangs, and the screen says so."""


def saved(state: SavedState | None, asked: int, waiting_since: float | None, elapsed: float) -> Content:
    """`state` is the last acknowledgement, `asked` the newest state given; seconds are those of the saver's clock."""
    if state is None:
        return text.sentence(tr("rehearsal: nothing is saved"), "$warn")
    since = failing_since(state, waiting_since, elapsed)
    if since is not None:
        return text.sentence(tr("NOT SAVED since {n} s", n=max(0, int(elapsed - since))), "bold $over")
    if state.conflict is not None:
        return text.sentence(tr("the file was changed elsewhere: both are kept"), "bold $over")
    if state.revision >= asked and asked:
        return text.sentence(tr("✓ saved"), "$helped")
    return text.sentence(tr("saving …") if asked else "", "$muted")


def why_not(state: SavedState | None, waiting_since: float | None, elapsed: float) -> str:
    """Why it could not be saved, to be said above the line; nothing where all is well."""
    if state is None or failing_since(state, waiting_since, elapsed) is None:
        return ""
    why = tr(state.reason) if state.reason is not None else tr("the disk does not answer")
    return tr("NOT SAVED: {why}", why=why)


def failing_since(state: SavedState, waiting_since: float | None, elapsed: float) -> float | None:
    """Since when nothing could be saved, in the saver's seconds; None where all is well."""
    if state.failing_since is not None:
        return state.failing_since
    hangs = waiting_since is not None and elapsed - waiting_since > HANGING_S
    return waiting_since if hangs else None
