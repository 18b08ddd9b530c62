"""Figures from a file (`--numbers`, or one that is read in F7): read, remarked on, laid on the table.

Owns the way from the file to the numbers step: the first figures stand there when it takes the floor, with a sentence
on what of the file could not be read. What the file means is `interchange.numbers_file`'s.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.domain import floor
from retrotui.domain.agenda import StepKind
from retrotui.domain.minutes import Metric
from retrotui.errors import Message, msg, plural

if TYPE_CHECKING:
    from retrotui.interchange.numbers_file import NumbersFile
    from retrotui.tui.session import Session

MOST_NAMED = 6
"""Lines of the file that a sentence names."""


def bring(session: Session, path: Path) -> None:
    """Read the figures of a file, to choose from. Raises RetroError for what is no such file."""
    from retrotui.interchange import numbers_file  # not on the way to the first frame

    found = numbers_file.read(path)
    session.figures = tuple(
        Metric(
            id=one.id,
            label=one.label,
            unit=one.unit,
            currency=one.currency,
            actual=one.actual,
            target=one.target,
            better=one.better,
        )
        for one in found.numbers
    )
    session.figures_remark = unread(found)


def unread(file: NumbersFile) -> Message | None:
    """`3 lines not read: line 4, 7, 9`; of a single one also why. None where all was understood."""
    lines = sorted({line for line, _ in file.remarks})
    if not lines:
        return None
    if len(lines) == 1:
        why = next(words for line, words in file.remarks if line == lines[0])
        return msg("{file}, line {line}: {why}", file=file.file, line=lines[0], why=why)
    named = ", ".join(map(str, lines[:MOST_NAMED])) + (" …" if len(lines) > MOST_NAMED else "")
    return plural(
        "{file}: {n} line not wholly read: {lines}.",
        "{file}: {n} lines not wholly read: {lines}.",
        len(lines),
        file=file.file,
        lines=named,
    )


def lay_out(session: Session) -> Message | None:
    """Once, when the numbers step has the floor: the file's figures stand in it, where nobody noted others before.

    Gives back what is to be said of the file.
    """
    meeting = session.meeting
    if session.figures_laid or not session.figures or meeting.step.kind != StepKind.NUMBERS:
        return None
    session.figures_laid = True
    wanted = [one for one in session.figures if one.actual or one.target][: floor.MAX_METRICS]
    if wanted and not meeting.minutes.metric:
        before = meeting
        for one in wanted:
            meeting = floor.put_metric(meeting, one, session.now())
        last = replace(meeting.past[-1], before=before.minutes, label=msg("the figures of the file"))
        session.become(replace(meeting, past=(*before.past, last)))
    return session.figures_remark
