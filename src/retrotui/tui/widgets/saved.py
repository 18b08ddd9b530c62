"""The sign of the saver: saved, not saved since when and why, or a rehearsal that saves nothing.

Pure: what the writer acknowledged in, a drawing out. It never says "saved" of what the writer has not acknowledged.
"""

from __future__ import annotations

from textual.content import Content

from retrotui.locale import tr
from retrotui.store.saver import SavedState
from retrotui.tui import text


def saved(state: SavedState | None, revision: int, elapsed: float) -> Content:
    """`state` is the last acknowledgement, `elapsed` the saver's clock now in seconds."""
    if state is None:
        return text.sentence(tr("rehearsal: nothing is saved"), "$warn")
    if state.conflict is not None:
        return text.sentence(tr("the file was changed elsewhere: both are kept"), "bold $over")
    if state.failing_since is not None:
        since = int(elapsed - state.failing_since)
        words = tr("NOT SAVED since {n} s: {why}", n=max(0, since), why=state.reason or "")
        return text.sentence(words, "bold $over")
    if state.revision >= revision and revision:
        return text.sentence(tr("✓ saved"), "$helped")
    return text.sentence(tr("saving …") if revision else "", "$muted")
