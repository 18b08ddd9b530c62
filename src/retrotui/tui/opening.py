"""How a meeting gets onto the wall: settings, agenda, drafts and earlier minutes become a `Session`.

Owns the order of questions when a meeting begins or goes on, and what is said about them. Makes no file: that happens
at the first save. Must not know widgets. Source: meeting.md, "Beginning and end"; promises.md, "Nothing is lost".
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from retrotui.clock import Clock, RehearsalClock, SystemClock, Timeline
from retrotui.domain import lifecycle
from retrotui.domain.agenda import Agenda
from retrotui.domain.experiments import age_order, open_items
from retrotui.domain.factors import FactorList
from retrotui.domain.meeting import Meeting, draft_meeting, take_up
from retrotui.domain.minutes import Metric, Minutes, Participant
from retrotui.domain.minutes import Period as PeriodTable
from retrotui.domain.period import last_complete
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import language, system_language, use
from retrotui.store import agendas, drafts, lock, settings
from retrotui.store import minutes as minutes_store
from retrotui.store.drafts import FoundDraft, Standing
from retrotui.store.saver import Saver
from retrotui.store.saving import Saving
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace, check_writable, find_workspace, new_meeting_id
from retrotui.tui.run_options import RunOptions
from retrotui.tui.session import Session

GO_ON_WITHIN = timedelta(hours=12)
"""An open meeting of the same agenda that is younger is gone on with instead of a new one."""
STILL_IN_THE_ROOM = timedelta(minutes=10)
"""A program that died and is back within this: the people went on talking, and the time is the step's."""
LATEST = 12
"""How many of the newest minutes are looked at for an open meeting before the first frame."""
REMEMBERED = 200
"""How many of the newest minutes a meeting looks back on."""


@dataclass
class Place:
    """The team folder with what was read of it before a screen opens."""

    workspace: Workspace
    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @property
    def factors(self) -> FactorList:
        return FactorList.of_team(self.settings.factor)


def open_place(options: RunOptions, clock: Clock | None = None) -> Place:
    """Find the team folder, read its settings, and choose the interface's language. Raises RetroError."""
    workspace = find_workspace(options.dir)
    loaded = settings.load(workspace)
    use(options.lang or loaded.settings.interface or system_language())
    real = clock or SystemClock()
    return Place(
        workspace, loaded.settings, RehearsalClock(real, options.rehearse) if options.rehearse else real
    )


# -- beginning ---------------------------------------------------------------------------------------------


def new_session(place: Place, options: RunOptions) -> Session:
    """A new meeting, running from now (or held). Raises RetroError for an unknown or broken agenda."""
    loaded = agendas.find(options.agenda or place.settings.agenda, place.workspace.folder)
    if not options.rehearse and (found := _open_meeting_of(place, loaded.agenda.id)) is not None:
        return found
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
    meeting = replace(meeting, known_people=people_of(own))
    session = _session(place, timeline, meeting, loaded.source_text)
    session.period_chosen = options.period is not None
    if not options.rehearse:
        session.deals_file = options.deals.expanduser().absolute() if options.deals is not None else None
        session.saver = _saver(place, meeting, loaded.source_text, deals=session.deals_file)
        session.unwritable = _unwritable(place.workspace)
    if not options.hold and session.unwritable is None:
        session.meeting = lifecycle.begin(session.meeting, now)
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
    return agendas.LoadedAgenda(old.meeting.agenda, old.agenda_text, Path(f"{agenda_id}.toml"), bundled=False)


def _taken_ids(place: Place) -> set[str]:
    """The ids in use; none where the folder of minutes cannot be read: `_unwritable` says so."""
    try:
        return minutes_store.taken_ids(place.workspace)
    except RetroError:
        return set()


def _session(place: Place, timeline: Timeline, meeting: Meeting, agenda_text: str) -> Session:
    return Session(
        clock=place.clock,
        timeline=timeline,
        meeting=meeting,
        settings=place.settings,
        factors=place.factors,
        workspace=place.workspace,
        agenda_text=agenda_text,
    )


def _saver(
    place: Place,
    meeting: Meeting,
    agenda_text: str,
    loaded: minutes_store.Loaded | None = None,
    draft: drafts.LoadedDraft | None = None,
    deals: Path | None = None,
) -> Saver:
    saving = Saving(
        place.workspace,
        place.clock,
        meeting.minutes.id,
        agenda=agenda_text,
        deals=str(deals) if deals is not None else "",
        minutes=loaded,
        draft=draft,
    )
    return Saver(saving, place.clock)


def _unwritable(workspace: Workspace) -> Message | None:
    """Why nothing can be saved in the team folder; None where all is well."""
    try:
        check_writable(workspace)
    except RetroError as error:
        return error.what
    return None


def people_of(own: Settings) -> tuple[Participant, ...]:
    return tuple(Participant(id=one.id, name=one.name, function=one.function) for one in own.person)


# -- going on ----------------------------------------------------------------------------------------------


def open_drafts(place: Place) -> list[FoundDraft]:
    """Drafts of meetings that are still running, the newest first."""
    found, _ = drafts.list_drafts(place.workspace)
    return [one for one in found if one.draft.minutes.status == "running"]


def _open_meeting_of(place: Place, agenda_id: str) -> Session | None:
    """The running meeting of this agenda that is younger than twelve hours, ready to go on."""
    now = place.clock.wall()
    for one in open_meetings(place):
        young = one.started is not None and now - one.started < GO_ON_WITHIN
        if one.agenda == agenda_id and young:
            return resume_session(place, one.id)
    return None


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """A meeting that can be gone on with."""

    id: str
    title: str
    agenda: str
    started: datetime | None


def open_meetings(place: Place, summaries: list[minutes_store.Summary] | None = None) -> list[OpenMeeting]:
    """Meetings that are still running, by their drafts and their minutes, the newest first.

    Without `summaries` only the minutes of the last days are read: an older meeting is not gone on with by itself.
    """
    found = {
        one.draft.minutes.id: OpenMeeting(
            one.draft.minutes.id,
            one.draft.minutes.title,
            one.draft.minutes.agenda.id,
            one.draft.minutes.started,
        )
        for one in open_drafts(place)
    }
    for one in _latest(place) if summaries is None else summaries:
        if one.status == "running":
            found.setdefault(one.id, OpenMeeting(one.id, one.title, one.agenda, one.started))
    return sorted(found.values(), key=_began, reverse=True)


def _began(one: OpenMeeting) -> tuple[float, str]:
    return (one.started.timestamp() if one.started else 0.0, one.id)


def _latest(place: Place) -> list[minutes_store.Summary]:
    """The summaries of the newest files, by their names: dates come first in them."""
    found = []
    for path in _newest_files(place)[:LATEST]:
        try:
            found.append(minutes_store.read_summary(path))
        except RetroError:
            continue  # listed as damaged by home and doctor
    return found


def _newest_files(place: Place) -> list[Path]:
    """The files of minutes, the newest first, by their names; none where the folder cannot be read: home says so."""
    try:
        return sorted(minutes_store.minutes_files(place.workspace), reverse=True)
    except RetroError:
        return []


def resume_session(place: Place, meeting_id: str = "", *, take_over: bool = False) -> Session:
    """The open meeting goes on, or the one with this id (or the only one that begins so).

    Raises RetroError where there is none, where somebody else runs it, or where draft and minutes went two ways.
    """
    chosen = _chosen(open_meetings(place), meeting_id)
    unwritable = _unwritable(place.workspace)
    if unwritable is not None:
        # no mark can be made there: the draft is gone on with
        session = _taken_up(place, chosen.id)
        session.unwritable = unwritable
        session.opening = unwritable
        return session
    held = lock.acquire(place.workspace, chosen.id, place.clock, force=take_over)
    try:
        session = _taken_up(place, chosen.id)
    except BaseException:
        held.release()
        raise
    session.lock = held
    return session


def reopen_session(place: Place, meeting_id: str) -> Session:
    """A closed meeting goes on; the file says that it was reopened. Raises RetroError as `resume_session`."""
    held = lock.acquire(place.workspace, meeting_id, place.clock)
    try:
        session = _taken_up(place, meeting_id)
        session.become(lifecycle.reopen(session.meeting, session.now()), milestone=True)
    except BaseException:
        held.release()
        raise
    session.lock = held
    session.opening = msg("The meeting goes on; the file says that it was reopened.")
    return session


def _chosen(running: list[OpenMeeting], wanted: str) -> OpenMeeting:
    fitting = [one for one in running if one.id == wanted] or [
        one for one in running if one.id.startswith(wanted)
    ]
    if len(fitting) == 1 or (fitting and not wanted):
        return fitting[0]
    if fitting:
        raise RetroError(
            msg("{n} open meetings begin with “{id}”.", n=len(fitting), id=wanted),
            msg("Type more of it: {ids}", ids=", ".join(one.id for one in fitting)),
        )
    if wanted:
        raise RetroError(
            msg("There is no open meeting “{id}”.", id=wanted),
            msg("retrotui list shows the meetings; a closed one is reopened from the review."),
        )
    raise RetroError(msg("No meeting is open."), msg("retrotui run starts one."))


def _taken_up(place: Place, meeting_id: str) -> Session:
    draft = next((one for one in open_drafts(place) if one.draft.minutes.id == meeting_id), None)
    if draft is not None and draft.loaded.read_only:
        raise _newer(meeting_id)
    kept: minutes_store.Loaded | None = None
    if draft is not None and draft.standing is Standing.MINUTES_CHANGED and draft.minutes is not None:
        kept = drafts.keep_both(place.workspace, draft)
        draft = None
    loaded = draft.minutes if draft is not None else minutes_store.load_id(place.workspace, meeting_id)
    if loaded is not None and loaded.read_only:
        raise _newer(meeting_id)
    minutes = draft.draft.minutes if draft is not None else loaded.minutes  # type: ignore[union-attr]
    agenda, source = _agenda_of(place, minutes, draft.draft.agenda if draft else "")
    meeting = replace(take_up(agenda, minutes), known_people=people_of(place.settings))
    died = _last_alive(draft, minutes)
    timeline = Timeline(place.clock, not_before=lifecycle.last_word(meeting))
    session = _session(place, timeline, meeting, source)
    carried_deals = draft.draft.deals if draft is not None else ""
    session.deals_file = Path(carried_deals) if carried_deals else None
    session.saver = _saver(
        place, meeting, source, loaded, draft.loaded if draft else None, deals=session.deals_file
    )
    session.line = draft.draft.line if draft else ""
    _come_back(session, died)
    if kept is not None:
        session.opening = msg(
            "The minutes were changed meanwhile: both versions are kept, the other one as {file}.",
            file=kept.path.name,
        )
    return session


def _newer(meeting_id: str) -> RetroError:
    return RetroError(
        msg("{id} was written by a newer retrotui and can only be read.", id=meeting_id),
        msg("retrotui show {id} shows it.", id=meeting_id),
    )


def _come_back(session: Session, died: datetime | None) -> None:
    """Time goes on; after a long time away the first offer is to end the meeting at its last entry."""
    meeting, now = session.meeting, session.now()
    if not meeting.begun or not meeting.running:
        return
    session.opening = msg(
        "On with the meeting of {time}. Start afresh: F6.", time=f"{meeting.minutes.started:%H:%M}"
    )
    last = lifecycle.last_word(meeting) or now
    left_at = died or last
    if now - left_at > lifecycle.LONG_AWAY:
        session.long_away = lifecycle.last_entry_at(meeting)
    in_the_room = died is not None and now - died <= STILL_IN_THE_ROOM
    session.meeting = lifecycle.come_back(meeting, now if in_the_room else left_at, now)


def _last_alive(draft: FoundDraft | None, minutes: Minutes) -> datetime | None:
    """When the program that ran the meeting last wrote its draft; None where it was left in good order."""
    if draft is None or (
        minutes.pause and minutes.pause[-1].until is None and minutes.pause[-1].why == "away"
    ):
        return None
    try:
        return datetime.fromtimestamp(draft.loaded.path.stat().st_mtime).astimezone().replace(microsecond=0)
    except OSError:
        return None


def _agenda_of(place: Place, minutes: Minutes, carried: str) -> tuple[Agenda, str]:
    """The agenda that the meeting carries; without a draft, the one that its folder has under its id."""
    if carried:
        loaded = agendas.parse(carried, Path(f"{minutes.agenda.id}.toml"))
        if isinstance(loaded, agendas.LoadedAgenda):
            return loaded.agenda, carried
    found = agendas.find(minutes.agenda.id, place.workspace.folder)
    return found.agenda, found.source_text


# -- looking back ------------------------------------------------------------------------------------------


def look_back(place: Place, without: str = "") -> tuple[Minutes, ...]:
    """Earlier meetings, newest first. Slow: it is done beside the screen."""
    found = []
    for path in _newest_files(place)[:REMEMBERED]:
        try:
            loaded = minutes_store.load(path)
        except RetroError:
            continue  # listed as damaged by home and doctor
        if loaded.minutes.id != without and loaded.minutes.status != "aborted":
            found.append(loaded.minutes)
    return tuple(sorted(found, key=age_order, reverse=True))


def remember(session: Session, past: tuple[Minutes, ...]) -> None:
    """What earlier meetings left: open items, people, figures of before."""
    today = session.meeting.minutes.date
    known = {one.id: one for one in session.meeting.known_people}
    for person in past[0].participant if past else ():
        known.setdefault(person.id, person.model_copy(update={"roles": (), "present": False}))
    session.past = past
    session.meeting = replace(
        session.meeting, open_items=open_items(past, today), known_people=tuple(known.values())
    )
    session.select_something()
    session.on_change()


# -- options and figures -----------------------------------------------------------------------------------


def with_agenda(options: RunOptions, agenda: str) -> RunOptions:
    """The same options for another agenda: what home starts."""
    return replace(options, agenda=agenda)


def read_figures(path: Path) -> tuple[Metric, ...]:
    """The figures of `--numbers`, to choose from in the numbers step. Raises RetroError for what is no such file."""
    from retrotui.interchange import numbers_file  # not on the way to the first frame

    return tuple(
        Metric(
            id=one.id,
            label=one.label,
            unit=one.unit,
            currency=one.currency,
            actual=one.actual,
            target=one.target,
            better=one.better,
        )
        for one in numbers_file.read(path).numbers
    )
