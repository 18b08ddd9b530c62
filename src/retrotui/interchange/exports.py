"""The formats in which minutes go out, and which files each makes of a meeting.

Owns the choice of the writer; nothing heavy is loaded before its format is asked for. Must not touch the disk: it hands
over bytes. Source: cli.md, `export`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, TypeAlias

from retrotui.domain.experiments import OpenItem
from retrotui.errors import RetroError, msg
from retrotui.interchange.outgoing import Outgoing

Format: TypeAlias = Literal["md", "html", "csv", "json", "ics"]
FORMATS: Final[tuple[Format, ...]] = ("md", "html", "csv", "json", "ics")

_MEETING_ID: Final = re.compile(r"\b\d{4}-\d\d-\d\d-[\w-]+")


@dataclass(frozen=True, slots=True)
class Written:
    """One file's worth of an export. `table` is its name where the format makes several; "" otherwise."""

    table: str
    content: bytes


def written(
    out: Outgoing, wanted: Format, *, open_items: Iterable[OpenItem] = (), stamp: datetime
) -> tuple[Written, ...]:
    """One meeting in a format, as the files should be. `open_items` and `stamp` are for the calendar.

    Raises RetroError where there is nothing to write: a calendar without a day.
    """
    if wanted == "csv":
        return tables((out,), out.lang)
    if wanted == "ics":
        from retrotui.interchange.calendar import calendar_bytes

        content = calendar_bytes(out, open_items, stamp)
        if content is None:
            raise RetroError(
                msg("Nothing that is open in {id} has a date.", id=out.minutes.id),
                msg("A calendar needs one: a due date, or the next meeting."),
            )
        return (Written("", content),)
    return (Written("", _unnamed(_writer(wanted)(out), (out,)).encode("utf-8", "replace")),)


def _unnamed(text: str, meetings: Sequence[Outgoing]) -> str:
    """The text with ids of meetings, and of what began in them, that name nobody where people are hidden."""
    hiding = [out.unnamed for out in meetings if out.minutes.discretion.people]
    for unnamed in hiding:
        text = _MEETING_ID.sub(lambda found, unnamed=unnamed: unnamed(found[0]), text)  # type: ignore[misc]
    return text


def _writer(wanted: Format) -> Callable[[Outgoing], str]:
    if wanted == "md":
        from retrotui.interchange.markdown import markdown_text

        return markdown_text
    if wanted == "html":
        from retrotui.interchange.html import html_page

        return html_page
    from retrotui.interchange.json_document import json_text

    return json_text


def tables(meetings: Sequence[Outgoing], lang: str) -> tuple[Written, ...]:
    """Every table over these meetings, each with its byte order mark."""
    from retrotui.interchange.tables import BYTE_ORDER_MARK, SHEETS, csv_text

    return tuple(
        Written(
            each.name,
            (BYTE_ORDER_MARK + _unnamed(csv_text(each, meetings, lang), meetings)).encode("utf-8", "replace"),
        )
        for each in SHEETS
    )


def for_a_pipe(parts: Sequence[Written]) -> bytes:
    """What goes to stdout: tables one after the other, an empty line between them, without byte order marks."""
    return b"\r\n".join(part.content.removeprefix(b"\xef\xbb\xbf") for part in parts)
