"""What is said around the list of all minutes: how many there are, what is being read, what is missing.

Owns these sentences. Must not draw, and must not look anything up.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui.review_list import ReviewList

_COPY: Final = re.compile(r"-copy-(\d+)$")


def counted(rows: ReviewList, *, working: bool) -> str:
    """`12 meetings`, `3 of 12 meetings`; a second version is no meeting of its own. `working`: they are searched."""
    if working:
        words = tr("searching …")
    elif rows.wanted.is_everything:
        words = tr(plural("{n} meeting", "{n} meetings", rows.meetings))
    else:
        found, total = formats.number(len(rows.found)), formats.number(rows.meetings)
        words = tr("{n} of {total} meetings", n=found, total=total)
    if not rows.marked:
        return words
    marked = tr(plural("{n} marked", "{n} marked", len(rows.marked)))
    return f"{marked} · {words}"


def second_version(an_id: str) -> str:
    """What stands behind the title of one: `copy 1`, kept because the file had changed; else `second version`."""
    copy = _COPY.search(an_id)
    return tr("copy {n}", n=copy[1]) if copy is not None else tr("second version")


def nothing(rows: ReviewList, folder: Path, *, reading: bool) -> Message:
    """What stands in the place of an empty list."""
    if reading:
        return msg("reading the minutes …")
    if rows.total:
        return msg("Nothing was found. c shows all meetings again.")
    return msg("There are no meetings in {folder} yet.", folder=str(folder))


def quietly(rows: ReviewList, wrong: Message | None, *, slow: bool) -> tuple[Message | None, str]:
    """What there is to know beside the list, and its style: what was not understood, a slow index, damaged files."""
    if wrong is not None:
        return wrong, "bold $warn"
    if rows.wanted.unread:
        return rows.wanted.unread[0], "$warn"
    if slow:
        return msg("The index cannot be used: the files are read instead, which takes longer."), "$muted"
    if rows.damaged and not rows.broken:
        count = len(rows.damaged)
        words = plural(
            "{n} file is not searched as a whole.", "{n} files are not searched as a whole.", count
        )
        return words, "$muted"
    return None, ""


def progress(done: int, total: int, *, asked: bool) -> Message | None:
    """While all files are read: how many have been; None when all are. `asked`: somebody waits for what is found."""
    numbers = {"n": formats.number(done), "total": formats.number(total)}
    if asked:
        return msg("Reading the minutes: {n} of {total}; then they are searched", **numbers)
    return msg("Reading the minutes: {n} of {total}", **numbers) if total > done else None
