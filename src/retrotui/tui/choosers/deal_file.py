"""Reading a CRM's export in the middle of a meeting, and the report on what was read.

Owns the rows for it and the question for the file. What follows (reading in sight, the preview) is `bringing_deals`'.
Source: import.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from retrotui.errors import Message, msg
from retrotui.locale import tr
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.asking import ask, refresh
from retrotui.tui.choosers.pages import DO
from retrotui.tui.screens.dialogs.ask import something
from retrotui.tui.view import Pipeline

if TYPE_CHECKING:
    from retrotui.tui.bringing_deals import Bringing
    from retrotui.tui.screens.meeting import MeetingScreen

FILE = f"{DO}file"
REPORT = f"{DO}report"


def file_row() -> Row:
    """The row that asks for a file."""
    return Row(FILE, tr("Read a file of deals …"), tr("the CRM's export, CSV"), "…")


def report_rows(pipeline: Pipeline) -> tuple[Row, ...]:
    """The row that opens the account of the import; none for deals that no file is known of."""
    if pipeline.source is None:
        return ()
    from retrotui.interchange.crm.understood import summed_up

    return (Row(REPORT, tr("Report on the import"), tr(summed_up(pipeline.source.totals)), "…"),)


def open_row(screen: MeetingScreen, key: str) -> bool:
    """What `FILE` and `REPORT` do; False for any other key."""
    if key == FILE:
        ask_for_deals(screen)
    elif key == REPORT and screen.session.pipeline is not None:
        _bringing(screen).report(screen.session.pipeline)
    else:
        return False
    return True


def ask_for_deals(screen: MeetingScreen) -> None:
    """Where the export lies; then it is read, and looked at before its deals are taken."""
    how = msg("The CRM's export as CSV: type or paste where it lies.")
    ask(
        screen,
        msg("Which file?"),
        lambda line: _bringing(screen).look(path_of(line)),
        explained=how,
        check=is_there,
    )


def _bringing(screen: MeetingScreen) -> Bringing:
    from retrotui.tui.bringing_deals import Bringing

    return Bringing(screen.app, screen.session, lambda: refresh(screen))


def path_of(line: str) -> Path:
    """A typed or pasted path; file managers put it in quotes."""
    return Path(line.strip().strip("\"'")).expanduser()


def is_there(line: str) -> Message | None:
    """The check of a question for a file."""
    if (wrong := something(line)) is not None:
        return wrong
    try:
        return None if path_of(line).is_file() else msg("There is no such file.")
    except (OSError, ValueError, RuntimeError):  # too long, a null byte, a home that nobody has
        return msg("There is no such file.")
