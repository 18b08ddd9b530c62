"""Exports on the disk, seen as texts: which file is one, and one without a person's name.

Owns the names under which exports are written (`tui.exporting`) and what holds them together as a file: a calendar's
lines are folded, a name may be parted by it. Must not know what stands in them otherwise.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from retrotui.domain.forgetting import Texts
from retrotui.errors import RetroError, msg

ENDINGS = (".md", ".html", ".csv", ".json", ".ics")
TABLES = ("notes", "factors", "experiments")


def is_export(path: Path, meetings: Collection[str]) -> bool:
    """Whether a file is called as an export of one of these meetings is, or lies with the tables of several."""
    if path.suffix not in ENDINGS:
        return False
    if path.suffix != ".csv":
        return path.stem in meetings
    if path.stem in TABLES:
        return path.parent.name.startswith("retrotui-")
    return any(path.stem == f"{meeting}-{table}" for table in TABLES for meeting in meetings)


def without_name(path: Path, content: bytes, texts: Texts) -> bytes:
    """The export without the person. Raises RetroError where the name would stay, or the file is no text."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise _by_hand(path) from error
    if path.suffix == ".ics":
        from icalendar.parser import Contentlines

        unfolded = text.replace("\r\n ", "").replace("\r\n\t", "")
        new = texts.without(unfolded)
        if new == unfolded:
            return content
        read: Callable[[str], Any] = Contentlines.from_ical
        written: bytes = read(new).to_ical()
        return written
    new = texts.without(text)
    if path.suffix == ".html" and texts.mentions_whole(html.unescape(new)) and not texts.found.kept:
        raise _by_hand(path)
    return new.encode()


def _by_hand(path: Path) -> RetroError:
    return RetroError(
        msg("{file} holds the name in a way that cannot be changed.", file=path.name),
        msg("Remove it, and export the meeting anew."),
        file=path,
    )
