"""The left edge of the line: what Enter will make, and for which deal or item.

Pure: the line and the meeting in, a drawing out. What the line means is `domain.capture`'s.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from retrotui.domain import capture
from retrotui.domain.capture_reading import Context
from retrotui.locale import tr
from retrotui.tui import text

WIDEST_NAME = 22
ROLE = {
    "quote": "quote",
    "lesson": "lesson",
    "learned": "lesson",
    "experiment": "experiment",
    "action": "action",
    "parked": "warn",
}
"""The colour of the sign; factors are coloured by their direction."""


def edge(
    line: str,
    context: Context,
    about: str,
    *,
    commanding: bool,
    mode: str,
    editing: bool,
    places: Mapping[str, str] | None = None,
) -> Content:
    """` − Müller GmbH │ `; after Esc `BEFEHL, i schreibt`, inverse. `places`: where a note goes (its column), what an
    answer is asked for (its field)."""
    if mode == "vote":
        return _loud(tr(" VOTES, Enter: next, Esc: done "))
    if mode == "group":
        return _loud(tr(" TOGETHER WITH WHICH? g takes it "))
    if commanding:
        return _loud(tr(" COMMAND, i writes "))
    will = capture.left_edge(line, context)
    role = ROLE.get(will.kind, "accent")
    if will.kind == "factor":
        role = "helped" if will.symbol == "+" else "hurt"
    parts = [text.mark(" "), text.mark(will.symbol, f"bold ${role}")]
    if editing:
        parts += [text.mark(" "), text.sentence(tr("changes"), "$warn")]
    words = (places or {}).get(will.kind, "") or (about if will.for_deal and about else tr(will.what))
    parts += [text.mark(" "), text.line(words, width=WIDEST_NAME), text.mark(" │ ", "$muted")]
    return text.join(*parts)


def _loud(words: str) -> Content:
    return text.join(text.sentence(words, "reverse bold"), text.mark(" "))
