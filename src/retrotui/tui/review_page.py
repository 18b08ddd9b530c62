"""The list of all minutes as lines: columns, rows, what answers in the marked meeting.

Pure: cards in, drawings out. Only the rows that are seen are asked for. Must not read files or the index.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from textual.content import Content

from retrotui.domain.factors import FactorList
from retrotui.domain.text import one_line
from retrotui.errors import Message, msg
from retrotui.interchange.labels import STATUSES
from retrotui.locale import formats, language, tr
from retrotui.store.index_cards import Card
from retrotui.store.index_database import Entry
from retrotui.store.index_text import marks, read_query
from retrotui.store.minutes import Damaged
from retrotui.tui import text
from retrotui.tui.widgets.reading import HIT

COUNTED: Final[tuple[tuple[str, Message], ...]] = (
    ("deal", msg("Deals")),
    ("factor", msg("Fact.")),
    ("lesson", msg("Less.")),
    ("experiment", msg("Exp.")),
    ("action", msg("Act.")),
)
"""What is counted of a meeting, and the heads of these columns."""
COUNT, SHARE, STATUS, DATE, HEAD = 6, 7, 12, 13, 4
STATUS_FROM: Final = 100
"""Columns from which the state has a column of its own; under it, it stands behind the title."""
COUNTS_FROM: Final = 74
"""Columns from which the counts have room."""
SIGNS: Final = {
    "factor": "±", "quote": "„", "note": "·", "lesson": "!", "action": ">", "experiment": "?", "verdict": "»",
    "deal": "€", "parked": "&",
}  # fmt: skip
_TAG: Final = re.compile(r"(?<!\S)#([a-z0-9_]+)(?!\S)")
NEWER: Final = msg("newer file")


def widest(width: int) -> int:
    """Rows do not get longer with the screen: the eye must find their other end."""
    return min(width - 1, 118)


def heads(width: int) -> Content:
    """What stands above the columns."""
    width = widest(width)
    words = (
        " " * HEAD + text.pad(tr("Date"), DATE - 2, "right") + "  " + text.pad(tr("Meeting"), _title(width))
    )
    words += text.pad(tr("State"), STATUS) if width >= STATUS_FROM else ""
    words += text.pad(tr("Refl."), SHARE, "right")
    if width >= COUNTS_FROM:
        words += "".join(text.pad(tr(head), COUNT, "right") for _, head in COUNTED)
    return text.line(words, "$muted", width=width)


def _title(width: int) -> int:
    counts = COUNT * len(COUNTED) if width >= COUNTS_FROM else 0
    status = STATUS if width >= STATUS_FROM else 0
    return max(8, width - HEAD - DATE - status - SHARE - counts)


def row(card: Card, width: int, *, here: bool, marked: bool, agenda: str = "") -> Content:
    """One meeting. `agenda` stands behind a title that is not the agenda's own."""
    one, width = card.summary, widest(width)
    share = one.reflecting
    state = (
        tr(NEWER)
        if one.newer
        else ""
        if one.status == "closed"
        else tr(STATUSES.get(one.status, msg("open")))
    )
    room, apart = _title(width) - 1, width >= STATUS_FROM
    behind = "" if apart or not state else f" · {state}"
    title = text.cut(one_line(one.title or one.id), room - text.cells(behind))
    agenda = text.cut(f" · {agenda}", room - text.cells(title) - text.cells(behind)) if agenda else ""
    parts = [
        _head(here=here, mark="✓" if marked else ""),
        text.line(text.pad(formats.date(one.date), DATE - 2, "right") + "  ", "$muted"),
        text.line(title, "bold" if here else ""),
        text.line(agenda, "$muted"),
        text.line(behind, "$warn"),
        text.mark(" " * max(1, room + 1 - text.cells(title) - text.cells(agenda) - text.cells(behind))),
        text.line(text.pad(state, STATUS) if apart else "", "$warn"),
        text.line(text.pad("" if share is None else formats.percent(round(share * 100)), SHARE, "right")),
    ]
    if width >= COUNTS_FROM:
        for table, _ in COUNTED:
            count = one.counts.get(table, 0)
            parts.append(
                text.line(text.pad(str(count) if count else "·", COUNT, "right"), "" if count else "$muted")
            )
    return _lit(text.join(*parts), here)


def file_row(name: str, width: int, *, here: bool, marked: bool) -> Content:
    """A file of which nothing is known yet but its name."""
    label = text.pad(name, max(8, widest(width) - HEAD))
    return _lit(text.join(_head(here=here, mark="✓" if marked else ""), text.line(label, "$muted")), here)


def damaged_row(damaged: Damaged, width: int, *, here: bool) -> Content:
    """A file that cannot be read as minutes, and why."""
    at = f":{damaged.line}" if damaged.line is not None else ""
    words = f"{damaged.path.name}{at}  {tr(damaged.sentence)}"
    label = text.pad(words, max(8, widest(width) - HEAD))
    return _lit(text.join(_head(here=here, mark="✗"), text.line(label, "$warn")), here)


def _head(*, here: bool, mark: str) -> Content:
    return text.mark(f"{'▸' if here else ' '} {mark or ' '} ", "bold $accent")


def _lit(content: Content, here: bool) -> Content:
    return content.stylize("on $lit") if here else content


# -- what answers in the marked meeting --------------------------------------------------------------------


def passages(found: Sequence[Entry], words: str, factors: FactorList, width: int, height: int) -> Content:
    """What was said in the marked meeting: with words to look for what answers, else what weighs most."""
    query = read_query(words)
    lines = []
    for entry in found[:height]:
        content = text.line(_labelled(entry, factors))
        hits = marks(content.plain, query) if query.terms else ()
        for start, end in hits:
            content = content.stylize(HIT, start, end)
        sign = text.mark(f"  {SIGNS.get(entry.kind, '·')} ", _role(entry.kind))
        place = (
            text.line(f"{entry.deal}: ", "$muted") if entry.deal and entry.kind != "deal" else text.mark("")
        )
        room = max(8, widest(width) - sign.cell_length - place.cell_length)
        lines.append(text.join(sign, place, _around(content, hits[0][0] if hits else 0, room)))
    return text.stack(lines) if lines else text.mark("")


def _labelled(entry: Entry, factors: FactorList) -> str:
    """The index knows a factor by its id; people know it by its short name."""
    if entry.kind not in ("factor", "lesson"):
        return entry.text
    spoken = language()
    return _TAG.sub(lambda found: f"#{factors.label(found[1], spoken)}", entry.text)


def _around(content: Content, first: int, room: int) -> Content:
    """As much of the line as has room, with the first hit in it."""
    if content.cell_length <= room or first < room // 2:
        return content.truncate(room, ellipsis=True)
    start = max(0, first - room // 3)
    return text.join(text.mark("…"), content[start:].truncate(room - 1, ellipsis=True))


def _role(kind: str) -> str:
    return f"bold ${kind}" if kind in ("lesson", "experiment", "action", "quote") else "bold $muted"
