"""What still stands in the capture line when a meeting ends: it becomes an entry, as with Enter.

Owns whether the half-typed line would be an entry, and whether it may be one: what was begun in a confidential step is
in no file. Must not draw. Source: promises.md, "Nothing is lost"; files.md, `confidential`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from retrotui.domain import capture
from retrotui.domain.entries import WHISPERED
from retrotui.errors import Message, msg

if TYPE_CHECKING:
    from retrotui.tui.session import Session

DOT = "•"
"""A slip of a tally, as the line shows it."""


def unsaid(session: Session) -> str:
    """What Enter would take down of the line as it stands; nothing for a lone prefix or an entry opened and left."""
    line = session.line
    if session.editing:
        return "" if line == session.edited_from else line.strip()
    says = session.counts_slips(line) or capture.read(line, session.context())
    return line.strip() if says else ""


def may_be_kept(session: Session) -> bool:
    """False where Enter would save nothing, or would carry words out of the confidential step they were begun in."""
    if session.meeting.is_confidential and not session.counts_slips(session.line):
        return any(one.kind not in WHISPERED for one in capture.read(session.line, session.context()))
    return session.meeting.is_confidential or not session.line_is_secret


def announced(session: Session) -> Message | None:
    """What the last question says of the line, before the meeting ends; None where nothing stands in it."""
    if not (words := unsaid(session)):
        return None
    if session.counts_slips(session.line):
        words = DOT * sum(character.isdigit() for character in words)
    if may_be_kept(session):
        return msg("In the line, Enter takes it down too: {text}", text=words)
    return msg("In the line, confidential and not saved: {text}", text=words)


def take_down(session: Session, at: datetime | None = None) -> None:
    """The line becomes an entry, said now or `at` an instant before; then the line is empty.

    What is refused as what it would be (a vote of nobody, a change to what is gone) is kept as a note.
    """
    if (words := unsaid(session)) and may_be_kept(session):
        before = session.meeting.revision
        session.record(session.line, at=at)
        if session.meeting.revision == before:
            session.editing = ""
            session.record(f". {words}", at=at)
    session.editing = ""
    session.type("")
