"""How a meeting begins: settings, agenda and options become a `Session`.

Owns the order of questions when a meeting begins, and what is said about them. Makes no file: that happens at the
first save. Must not know widgets, nor how an open meeting goes on (`going_on` does). Source: meeting.md, "Beginning and
end".
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from retrotui.clock import Timeline
from retrotui.domain import lifecycle
from retrotui.domain.meeting import draft_meeting
from retrotui.domain.minutes import Period as PeriodTable
from retrotui.domain.period import last_complete
from retrotui.errors import RetroError
from retrotui.locale import language
from retrotui.store import agendas
from retrotui.store import minutes as minutes_store
from retrotui.store.workspace import named_path, new_meeting_id
from retrotui.tui.going_on import open_meetings, resume_session
from retrotui.tui.place import Place, agenda_file
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session

GO_ON_WITHIN = timedelta(hours=12)
"""An open meeting of the same agenda that is younger is gone on with instead of a new one."""


def new_session(place: Place, options: RunOptions) -> Session:
    """A new meeting, running from now (or held); or the open one of the same agenda that is younger than twelve hours.

    Raises RetroError for an unknown or broken agenda, and as `resume_session`.
    """
    loaded = agendas.find(options.agenda or place.settings.agenda, place.workspace.folder)
    if not options.rehearse and (found := _open_meeting_of(place, loaded.agenda.id)) is not None:
        return resume_session(place, found)
    return fresh_session(place, options, loaded)


def fresh_session(place: Place, options: RunOptions, loaded: agendas.LoadedAgenda) -> Session:
    """A new meeting even where one of the same agenda is open ("start afresh" in F6)."""
    timeline = Timeline(place.clock)
    now = timeline.now()
    agenda, own = loaded.agenda, place.settings
    period = options.period or last_complete(agenda.period, now.date())
    meeting = draft_meeting(
        agenda,
        meeting_id=new_meeting_id(now.date(), agenda.id, _taken_ids(place)),
        day=now.date(),
        language=own.language or language(),
        title=options.title,
        team=options.team or own.team,
        currency=own.currency,
        period=PeriodTable(since=period.since, until=period.until),
        total_minutes=options.minutes,
    )
    meeting = replace(meeting, known_people=place.people)
    session = place.session(timeline, meeting, loaded.source_text)
    session.period_chosen = options.period is not None
    if not options.rehearse:
        session.deals_file = named_path(str(options.deals)).absolute() if options.deals is not None else None
        session.saver = place.saver(session)
        session.unwritable = place.unwritable
        session.opening = place.draftless
        session.told_draftless = session.opening is not None
    if not options.hold and session.unwritable is None:
        session.meeting = lifecycle.begin(session.meeting, now)
    return session


def session_afresh(place: Place, options: RunOptions, agenda_id: str, old: Session | None) -> Session:
    """A new meeting in the place of one that was aborted; the deals and figures that were brought along stay.

    Raises RetroError as `agenda_afresh` does.
    """
    session = fresh_session(place, options, agenda_afresh(place, options, agenda_id, old))
    if old is not None:
        session.pipeline, session.figures = old.pipeline, old.figures
        session.figures_remark = old.figures_remark
    return session


def agenda_afresh(
    place: Place, options: RunOptions, agenda_id: str, old: Session | None
) -> agendas.LoadedAgenda:
    """The agenda to begin again with, as its file is now; where that is gone or broken, as the old meeting carried it.

    Raises RetroError where there is neither.
    """
    for wanted in (options.agenda, agenda_id):
        with suppress(RetroError):
            found = agendas.find(wanted, place.workspace.folder)
            if wanted and found.agenda.id == agenda_id:
                return found
    if old is None:
        return agendas.find(agenda_id, place.workspace.folder)
    return agendas.LoadedAgenda(old.meeting.agenda, old.agenda_text, agenda_file(agenda_id), bundled=False)


def _taken_ids(place: Place) -> set[str]:
    """The ids in use; none where the folder of minutes cannot be read: `Place.unwritable` says so."""
    try:
        return minutes_store.taken_ids(place.workspace)
    except RetroError:
        return set()


def _open_meeting_of(place: Place, agenda_id: str) -> str | None:
    """The running meeting of this agenda that is younger than twelve hours."""
    now = place.clock.wall()
    for one in open_meetings(place):
        young = one.started is not None and now - one.started < GO_ON_WITHIN
        if one.agenda == agenda_id and young and not one.newer:
            return one.id
    return None


# -- options -----------------------------------------------------------------------------------------------


def with_agenda(options: RunOptions, agenda: str) -> RunOptions:
    """The same options for another agenda: what home starts."""
    return replace(options, agenda=agenda)
