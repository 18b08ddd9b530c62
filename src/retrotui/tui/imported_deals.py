"""Deals on their way from a file into a meeting: read, taken, summed up, and the columns that a person named.

Owns these four. Must not know a widget or ask anything: `bringing_deals` does. The reading of an export is
`interchange.crm`'s and is loaded only when there is one. Source: import.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from retrotui.domain.deals import Deal, DealIndex
from retrotui.domain.meeting import Meeting, commit
from retrotui.domain.minutes import Period as PeriodTable
from retrotui.domain.minutes import change
from retrotui.domain.period import last_complete
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats
from retrotui.store import settings
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui.commands import by_id, remapped, shown
from retrotui.tui.session import Session
from retrotui.tui.view import DealSource, Pipeline

QUICK_BYTES = 1_500_000
"""A file of deals up to this size is read before the first frame; a larger one in sight, with progress."""
_READ = 0.85
"""How much is done when the deals are read; the rest is making them ready to search."""

Progress = Callable[[float], bool]


def is_quick(path: Path) -> bool:
    """Whether reading the file takes no time worth speaking of. A missing one is: it is refused at once."""
    try:
        return path.stat().st_size <= QUICK_BYTES
    except OSError:
        return True


def read_deals(
    path: Path,
    own: Settings,
    *,
    by_hand: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Pipeline:
    """The deals of a CRM's export, ready to search, with the account of how they were read.

    `by_hand` overrides the columns that the settings remember; "" lets a field be found by itself. `progress` is told
    how much is done (0 to 1) and stops the reading by answering False. Raises RetroError for what is no table of deals.
    """
    from retrotui.interchange import crm
    from retrotui.interchange.crm.understood import Totals

    by_hand = dict(by_hand or {})

    def step(done: float) -> None:
        if progress is not None and not progress(done):
            raise crm.ReadingStopped(path.name)

    account = crm.read(
        path,
        columns={field: header for field, header in by_hand.items() if header},
        remembered={field: header for field, header in own.columns.items() if field not in by_hand},
        currency=own.currency,
        progress=(lambda done: progress(done * _READ)) if progress is not None else None,
    )
    index = DealIndex.of(account.deals)
    step(0.95)
    source = DealSource(path, account, Totals.of(account), by_hand)
    step(1.0)
    return Pipeline(index, path.name, source)


def take_deals(session: Session, pipeline: Pipeline) -> Message:
    """The deals belong to the meeting from now on. Returns what there is to say about it."""
    moved = _to_a_period_that_it_covers(session, pipeline)
    session.pipeline = pipeline
    said = summed_up(session, pipeline)
    return said if moved is None else msg("{what} {hint}", what=moved, hint=said)


def begin_with(session: Session, pipeline: Pipeline) -> None:
    """Before the first frame: deals that leave nothing to decide are taken, and one line says so.

    Any others wait for a look: they are not in the meeting yet.
    """
    if pipeline.source is None or pipeline.source.totals.clean:
        said = take_deals(session, pipeline)
        before = session.opening
        session.opening = said if before is None else msg("{what} {hint}", what=before, hint=said)


def summed_up(session: Session, pipeline: Pipeline) -> Message:
    """One line: how many deals, what they lack, and where the whole account is."""
    from retrotui.interchange.crm import understood

    if pipeline.source is None:
        return plural("{file}: {n} deal", "{file}: {n} deals", len(pipeline.index.deals), file=pipeline.file)
    what = understood.summed_up(pipeline.source.totals)
    return msg("{what}. {key} at the deals: the report", what=what, key=choosing(session))


def choosing(session: Session) -> str:
    """The key that opens the list of deals, as people read it."""
    return shown(by_id(remapped(session.settings.keys), "choose").key)


def _to_a_period_that_it_covers(session: Session, pipeline: Pipeline) -> Message | None:
    """A file that ends before the meeting's period moves it to the file's own last one, and that is said.

    An export of last year says nothing about last month. A period that somebody chose stays.
    """
    meeting = session.meeting
    found = _covered_period(meeting, pipeline.index.deals)
    if found is None or session.period_chosen:
        return None
    before = meeting.minutes.period
    assert before is not None
    if meeting.past:
        session.apply(_look_at, found)
    else:  # nothing was said yet: this is still how the meeting begins, and no entry to save or to take back
        session.meeting = replace(meeting, minutes=change(meeting.minutes, period=found))
    return msg(
        "{file} has no deals of {period}; shown is {found}.",
        file=pipeline.file,
        period=formats.period(before.since, before.until),
        found=formats.period(found.since, found.until),
    )


def _covered_period(meeting: Meeting, deals: tuple[Deal, ...]) -> PeriodTable | None:
    """The last complete period that the deals cover, where they end before the meeting's own begins."""
    minutes = meeting.minutes
    days = [deal.decided for deal in deals if deal.decided is not None]
    if minutes.period is None or minutes.metric or not days:
        return None
    if any(minutes.period.since <= day <= minutes.period.until for day in days):
        return None
    newest = max(days)
    if newest > minutes.period.until and min(days) <= minutes.period.until:
        return None
    found = last_complete(meeting.agenda.period, min(newest, minutes.date) + timedelta(days=1))
    return PeriodTable(since=found.since, until=found.until)


def _look_at(meeting: Meeting, period: PeriodTable, now: datetime) -> Meeting:
    return commit(meeting, change(meeting.minutes, period=period), msg("the period"), now)


def remember_columns(workspace: Workspace, by_hand: Mapping[str, str]) -> Settings:
    """Keeps the columns named by hand in the team's settings, and gives these back. Comments stay.

    Raises RetroError as `settings.load` and `settings.save` do.
    """
    loaded = settings.load(workspace)
    columns = {**loaded.settings.columns, **by_hand}
    kept = {field: header for field, header in columns.items() if header}
    return settings.save(loaded, loaded.settings.model_copy(update={"columns": kept})).settings
