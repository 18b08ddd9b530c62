"""How a meeting goes on: after it was left, after its program died, or after its end.

Owns which meetings are open, what draft and minutes together make of one, and what is said about it. Which of two
versions goes on is a person's decision (`TwoVersions`). Makes no file but the mark that somebody runs the meeting: the
rest happens at the first save. Must not know widgets. Source: meeting.md, "Beginning and end"; promises.md, "Nothing is
lost".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from retrotui.clock import Timeline
from retrotui.domain import lifecycle
from retrotui.domain.agenda import Agenda
from retrotui.domain.agenda_rebuilt import agenda_from
from retrotui.domain.meeting import take_up
from retrotui.domain.minutes import Minutes
from retrotui.errors import Message, RetroError, msg, plural
from retrotui.store import agendas, drafts, lock
from retrotui.store import minutes as minutes_store
from retrotui.store.drafts import FoundDraft, Standing
from retrotui.store.lock import Held, Lock
from retrotui.tui.looking_back import newest_files
from retrotui.tui.place import Place, agenda_file
from retrotui.tui.session import Session

STILL_IN_THE_ROOM = timedelta(minutes=10)
"""A program that died and is back within this: the people went on talking, and the time is the step's."""
LATEST = 12
"""How many of the newest minutes are looked at for an open meeting before the first frame."""


@dataclass(frozen=True, slots=True)
class OpenMeeting:
    """A meeting that can be gone on with."""

    id: str
    title: str
    agenda: str
    started: datetime | None
    drafted: bool = False
    """There is a draft of it on this machine."""
    two_versions: bool = False
    """Draft and minutes went two ways: which one goes on is asked."""
    newer: bool = False
    """A newer program wrote it: it can only be read."""


class TwoVersions(RetroError):
    """Draft and minutes of a meeting went two ways. `found` is the draft beside its minutes."""

    found: FoundDraft


Obstacle = Held | TwoVersions
"""What stands in the way of a meeting that is to go on, and can be asked about."""


# -- which are open ----------------------------------------------------------------------------------------


def open_meetings(place: Place, summaries: list[minutes_store.Summary] | None = None) -> list[OpenMeeting]:
    """Meetings that are still running, by their drafts and their minutes, the newest first.

    Without `summaries` only the minutes of the last days are read: an older meeting is not gone on with by itself.
    """
    found: dict[str, OpenMeeting] = {}
    over: set[str] = set()
    for one in drafts.list_drafts(place.workspace)[0]:
        minutes = one.draft.minutes
        if minutes.id in found:
            continue
        if minutes.status == "running" or one.standing is Standing.MINUTES_CHANGED:
            found[minutes.id] = OpenMeeting(
                minutes.id, minutes.title, minutes.agenda.id, minutes.started,
                drafted=True, two_versions=_is_two(one), newer=one.loaded.read_only,
            )  # fmt: skip
        else:
            over.add(minutes.id)  # its end is in the draft, and not in the minutes yet
    for summary in _latest(place) if summaries is None else summaries:
        if summary.status == "running" and summary.id not in over:
            found.setdefault(
                summary.id,
                OpenMeeting(summary.id, summary.title, summary.agenda, summary.started, newer=summary.newer),
            )
    return sorted(found.values(), key=_likelihood, reverse=True)


def _likelihood(one: OpenMeeting) -> tuple[float, bool, str]:
    """A second version of a meeting began when the first did: the one that was run here comes first."""
    return (one.started.timestamp() if one.started else 0.0, one.drafted, one.id)


def _latest(place: Place) -> list[minutes_store.Summary]:
    """The summaries of the newest files, by their names: dates come first in them."""
    found = []
    for path in newest_files(place)[:LATEST]:
        try:
            found.append(minutes_store.read_summary(path))
        except RetroError:
            continue  # listed as damaged by home and doctor
    return found


def _is_two(found: FoundDraft) -> bool:
    """Whether a person must choose: both can be read, or the draft is of a meeting that is over."""
    return found.standing is Standing.MINUTES_CHANGED and (
        found.minutes is not None or found.draft.minutes.status != "running"
    )


# -- going on ----------------------------------------------------------------------------------------------


def resume_session(
    place: Place, meeting_id: str = "", *, take_over: bool = False, from_draft: bool = False
) -> Session:
    """The open meeting goes on, or the one with this id (or the only one that begins so).

    `from_draft`: of two versions the draft's goes on, in a file beside the other. Raises `Held` where somebody else
    runs it, `TwoVersions` where a person must choose, RetroError where there is none or it can only be read.
    """
    chosen = _chosen(place, open_meetings(place), meeting_id)
    held, unwritable = _marked(place, chosen.id, take_over)
    try:
        session = _taken_up(place, chosen.id, from_draft=from_draft)
    except BaseException:
        if held is not None:
            held.release()
        raise
    session.lock = held
    session.unwritable = unwritable
    if unwritable is not None:
        session.opening = msg("{why} The meeting goes on in the draft.", why=unwritable)
    elif (draftless := place.draftless) is not None:
        session.opening, session.told_draftless = draftless, True
    return session


def reopen_session(place: Place, meeting_id: str) -> Session:
    """A closed meeting goes on; the file says that it was reopened. Raises as `resume_session`."""
    held = lock.acquire(place.workspace, meeting_id, place.clock)
    try:
        session = _taken_up(place, meeting_id, reopening=True)
    except BaseException:
        held.release()
        raise
    session.lock = held
    try:
        session.become(lifecycle.reopen(session.meeting, session.now()), milestone=True)
    except BaseException:
        session.end_saving()
        raise
    session.opening = session.opening or msg("The meeting goes on; the file says that it was reopened.")
    return session


def keep_both(place: Place, found: FoundDraft, *, take_over: bool = False) -> str:
    """The draft's version becomes minutes of their own, beside the others. Gives the name of their file.

    Raises RetroError where it cannot be written, and `Held` where somebody runs the meeting.
    """
    with lock.acquire(place.workspace, found.draft.minutes.id, place.clock, force=take_over):
        return drafts.keep_both(place.workspace, found).path.name


def _marked(place: Place, meeting_id: str, take_over: bool) -> tuple[Lock | None, Message | None]:
    """Our mark on the meeting; where none can be made, why nothing can be saved there. Raises `Held`."""
    unwritable = place.unwritable
    try:
        return lock.acquire(place.workspace, meeting_id, place.clock, force=take_over), unwritable
    except Held:
        raise
    except RetroError as error:
        return None, unwritable or error.what


def _chosen(place: Place, running: list[OpenMeeting], wanted: str) -> OpenMeeting:
    fitting = [one for one in running if one.id == wanted] or [
        one for one in running if one.id.startswith(wanted)
    ]
    if not wanted:
        fitting.sort(key=lambda one: one.newer)
    if len(fitting) == 1 or (fitting and not wanted):
        return fitting[0]
    if fitting:
        raise RetroError(
            msg("{n} open meetings begin with “{id}”.", n=len(fitting), id=wanted),
            msg("Type more of it: {ids}", ids=", ".join(one.id for one in fitting)),
        )
    _raise_damage(place, wanted)
    if wanted:
        raise RetroError(
            msg("There is no open meeting “{id}”.", id=wanted),
            msg("retrotui list shows the meetings; a closed one is reopened from the review."),
        )
    raise RetroError(msg("No meeting is open."), msg("retrotui run starts one."))


def _raise_damage(place: Place, wanted: str) -> None:
    """Where nothing open fits, a damaged file may be what was meant."""
    broken = [one for one in drafts.list_drafts(place.workspace)[1] if one.path.stem.startswith(wanted)]
    if broken:
        raise RetroError(
            msg("The draft {file} is damaged: {what}", file=broken[0].path.name, what=broken[0].sentence),
            msg("It is left as it is. Look at it, or move it away."),
            file=broken[0].path,
            line=broken[0].line,
        )
    if wanted:
        try:
            minutes_store.load_id(place.workspace, wanted)
        except minutes_store.NoSuchMeeting:
            return


# -- draft and minutes together ----------------------------------------------------------------------------


def _draft_of(place: Place, meeting_id: str) -> FoundDraft | None:
    found, _ = drafts.list_drafts(place.workspace)
    return next((one for one in found if one.draft.minutes.id == meeting_id), None)


def _taken_up(place: Place, meeting_id: str, *, from_draft: bool = False, reopening: bool = False) -> Session:
    draft = _draft_of(place, meeting_id)
    if draft is not None:
        _check_draft(draft, from_draft)
    loaded = draft.minutes if draft is not None else minutes_store.load_id(place.workspace, meeting_id)
    if loaded is not None and loaded.read_only and not from_draft:
        raise _newer(meeting_id)
    minutes = draft.draft.minutes if draft is not None else loaded.minutes  # type: ignore[union-attr]
    if reopening and minutes.status == "running":
        raise RetroError(
            msg("This meeting is still running."),
            msg("r on the home screen, or retrotui resume, goes on with it."),
        )
    if not minutes.step:
        raise RetroError(
            msg("{id} has no steps: there is nothing to go on with.", id=meeting_id),
            msg("retrotui show {id} shows it.", id=meeting_id),
        )
    agenda, source = _agenda_of(place, minutes, draft.draft.agenda if draft else "")
    meeting = replace(take_up(agenda, minutes), known_people=place.people)
    alive = draft.draft.alive if draft is not None and not _was_left(minutes) else None
    known = [instant for instant in (lifecycle.last_word(meeting), alive) if instant is not None]
    session = place.session(Timeline(place.clock, not_before=max(known, default=None)), meeting, source)
    if draft is not None:
        session.line = draft.draft.line
        session.deals_file = Path(draft.draft.deals) if draft.draft.deals else None
    beside = from_draft or (draft is not None and draft.damage is not None)
    session.saver = place.saver(
        session, minutes=None if beside else loaded, draft=draft.loaded if draft else None, beside=beside
    )
    _come_back(session, alive)
    session.opening = _said(place, session, draft, rebuilt=not source, from_draft=from_draft)
    if beside or (draft is not None and draft.standing is not Standing.AGREE):
        session.save(milestone=True)  # what only the draft says is in the team folder at once
    return session


def _check_draft(draft: FoundDraft, from_draft: bool) -> None:
    """Raises where this draft cannot be gone on with, or not without a person's word."""
    meeting_id = draft.draft.minutes.id
    if draft.loaded.read_only:
        raise _newer(meeting_id)
    if _is_two(draft) and not from_draft:
        raise two_versions(draft)
    if draft.draft.minutes.status != "running" and draft.standing is not Standing.AGREE:
        raise RetroError(
            msg("This meeting is over; its end is in the draft, and not in the minutes yet."),
            msg("Mend the folder: it is written there at the next start."),
            file=draft.loaded.path,
        )


def two_versions(found: FoundDraft) -> TwoVersions:
    """The question, as an error for whoever cannot ask it."""
    error = TwoVersions(
        msg("The minutes of this meeting were changed since its draft was written."),
        msg("Both are kept: retrotui resume asks which one goes on."),
        file=found.minutes.path if found.minutes else found.loaded.path,
    )
    error.found = found
    return error


def _newer(meeting_id: str) -> RetroError:
    return RetroError(
        msg("{id} was written by a newer retrotui and can only be read.", id=meeting_id),
        msg("retrotui show {id} shows it.", id=meeting_id),
    )


def _agenda_of(place: Place, minutes: Minutes, carried: str) -> tuple[Agenda, str]:
    """The agenda that the meeting carries; without a draft, the one that its folder has under its id.

    Where that is gone too, what the minutes tell of it, and no text.
    """
    if carried:
        loaded = agendas.parse(carried, agenda_file(minutes.agenda.id))
        if isinstance(loaded, agendas.LoadedAgenda):
            return loaded.agenda, carried
    try:
        found = agendas.find(minutes.agenda.id, place.workspace.folder)
    except RetroError:
        return agenda_from(minutes), ""
    return found.agenda, found.source_text


def _has_damaged_draft(place: Place, meeting_id: str) -> bool:
    return any(one.path.stem == meeting_id for one in drafts.list_drafts(place.workspace)[1])


# -- coming back -------------------------------------------------------------------------------------------


def _was_left(minutes: Minutes) -> bool:
    """In good order: time has been away since then."""
    return bool(minutes.pause) and minutes.pause[-1].until is None and minutes.pause[-1].why == "away"


def _come_back(session: Session, alive: datetime | None) -> None:
    """Time goes on; after a long time away the first offer is to end the meeting at its last entry.

    `alive` is when the program that died last said that it was there; None where the meeting was left.
    """
    meeting, now = session.meeting, session.now()
    if not meeting.begun or not meeting.running:
        return
    left_at = alive or lifecycle.last_word(meeting) or now
    if now - left_at > lifecycle.LONG_AWAY:
        session.long_away = lifecycle.last_entry_at(meeting)
    in_the_room = alive is not None and now - alive <= STILL_IN_THE_ROOM
    session.meeting = lifecycle.come_back(meeting, now if in_the_room else left_at, now)


def _said(
    place: Place, session: Session, draft: FoundDraft | None, *, rebuilt: bool, from_draft: bool
) -> Message | None:
    """What there is to say when the meeting comes back onto the wall: the gravest thing alone."""
    minutes = session.meeting.minutes
    if from_draft:
        return msg("The draft goes on, in a file beside the changed minutes: both are kept.")
    if draft is not None and draft.damage is not None:
        return msg("The minutes are damaged and left as they are: the draft goes on, in a file beside them.")
    if draft is not None and draft.standing is Standing.MINUTES_CHANGED:
        return msg("The minutes are gone: the draft goes on, and writes them again.")
    if draft is None and _has_damaged_draft(place, minutes.id):
        return msg("The draft is damaged and left as it is: the minutes go on.")
    if rebuilt:
        return msg("The agenda “{id}” is gone: on with the steps of the minutes.", id=minutes.agenda.id)
    if not session.meeting.begun or not session.meeting.running or minutes.started is None:
        return None
    time = f"{session.clock.local(minutes.started):%H:%M}"
    if draft is not None and draft.standing is Standing.DRAFT_NEWER and (n := draft.entries_beyond):
        return plural(
            "On with the meeting of {time}, {n} entry from the draft. Start afresh: F6.",
            "On with the meeting of {time}, {n} entries from the draft. Start afresh: F6.",
            n,
            time=time,
        )
    return msg("On with the meeting of {time}. Start afresh: F6.", time=time)
