"""What is written when while a meeting runs: the work of the saver, without its thread.

Owns the two files of promises.md ("Two files, one truth"): the draft at every change, the minutes at the first
entry, at step changes, every 30 s when changed, and when asked. Never overwrites what somebody else wrote: after a
conflict the meeting goes on in a file beside. Must not know threads or screens, and must not change the meeting.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from retrotui.clock import Clock
from retrotui.errors import Message, RetroError, msg
from retrotui.store import drafts, durable
from retrotui.store.drafts import Draft, LoadedDraft
from retrotui.store.durable import Conflict, Expectation, Hash, NotSaved, hash_of
from retrotui.store.minutes import Loaded, minutes_files
from retrotui.store.toml_codec import Memory, check_fresh, check_toml, encode
from retrotui.store.workspace import Workspace, check_own_folder, free_id

if TYPE_CHECKING:
    from retrotui.domain.minutes import Minutes

MINUTES_EVERY_S: Final = 30.0
"""The minutes are written this often when changed: seldom, since synced folders make conflict copies of busy files."""
RETRY_S: Final = 2.0
"""Seconds after which a failed save is tried again, without a change."""

_CONTENT = (
    "factor", "quote", "note", "lesson", "action", "experiment", "verdict", "field", "parked", "safety", "worth",
)  # fmt: skip
_MAY_BE_BROUGHT_ALONG = ("participant", "metric", "deal", "carried")


@dataclass(frozen=True, slots=True)
class SavedState:
    """What the disk has acknowledged. The screen shows "saved" from this and from nothing else."""

    revision: int = 0
    """The caller's number of the newest state that is safe: in the draft, or in the minutes."""
    serial: int = 0
    """The same in our own count, in which half-typed text counts too."""
    saved_at: datetime | None = None
    """When that was, by the wall clock."""
    minutes_revision: int = 0
    """The newest state that is in the team folder."""
    failing_since: float | None = None
    """In the clock's elapsed seconds: since when something could not be written. None: all is well."""
    reason: Message | None = None
    """What could not be written, and why."""
    draftless: Message | None = None
    """Why no draft can be kept, where the minutes hold everything instead: they take each change at once."""
    conflict: Path | None = None
    """Somebody else changed the minutes: since then the meeting is written to this file beside them."""
    beside: Path | None = None
    """The same file, where a person decided so before the meeting went on: nothing to be told."""


@dataclass(frozen=True, slots=True)
class State:
    """One state of the meeting to be saved. `revision` is the caller's number, `serial` grows with every state."""

    minutes: Minutes
    line: str
    revision: int
    serial: int
    alive: datetime | None = None
    """When it was; the draft remembers it, so that after a crash the time until then counts."""


class Writer(Protocol):
    """`durable.write`, or what a test puts in its place."""

    def __call__(
        self, path: Path, content: bytes, *, expected: Expectation, check: Callable[[bytes], object]
    ) -> Hash: ...


@dataclass(slots=True)
class Target:
    """One file that we keep writing. `tried` are contents that a failed save may have brought there all the same."""

    path: Path
    expected: Hash | None
    writer: Writer
    tried: set[Hash] = field(default_factory=set)

    def write(self, content: bytes, check: Callable[[bytes], object] = check_toml) -> None:
        """Raises `Conflict` only where somebody else's content stands there; else as `durable.write`."""
        try:
            self._write(content, check)
        except Conflict as conflict:
            if conflict.found is not None and conflict.found not in self.tried:
                raise
            self.expected = (
                conflict.found
            )  # our own, from a save that failed at its last step; or the file is gone
            self._write(content, check)

    def _write(self, content: bytes, check: Callable[[bytes], object]) -> None:
        try:
            self.expected = self.writer(self.path, content, expected=self.expected, check=check)
        except NotSaved:
            self.tried.add(hash_of(content))
            raise
        self.tried.clear()


class Saving:
    """The two files of one running meeting. One thread at a time may use it."""

    def __init__(
        self,
        workspace: Workspace,
        clock: Clock,
        meeting_id: str,
        *,
        agenda: str = "",
        deals: str = "",
        minutes: Loaded | None = None,
        draft: LoadedDraft | None = None,
        beside: bool = False,
        writer: Writer = durable.write,
    ) -> None:
        """`agenda` is the text of the running agenda's file, `deals` the file of deals that was brought along;
        `minutes` and `draft` are what was loaded to resume. `beside`: the minutes that there are stay as they are.

        Raises RetroError for an id that cannot be a file name.
        """
        self._workspace = workspace
        self._clock = clock
        self._id = meeting_id
        self._agenda = agenda
        self._deals = deals
        self._writer = writer
        minutes_path = minutes.path if minutes else workspace.minutes_file(meeting_id)
        draft_path = draft.path if draft else workspace.draft_file(meeting_id)
        self._minutes = Target(minutes_path, minutes.hash if minutes else None, writer)
        self._draft = Target(draft_path, draft.hash if draft else None, writer)
        self._in_file = minutes.minutes if minutes else None
        self._beside = beside
        self._first: Minutes | None = None
        self._memory: Memory = {}  # holds only blocks of files that were checked: emptied when a save fails
        self._last_try = clock.elapsed()
        self._failures: dict[str, Message] = {}
        self.saved = SavedState()
        for target in (self._minutes, self._draft):
            durable.sweep(target.path)

    def save(self, state: State, *, minutes_now: bool = False) -> float | None:
        """Writes what is due of this state, and never raises: failures are in `saved`.

        Returns after how many seconds there is more to do for the same state; None: nothing.
        """
        try:
            return self._save(state, minutes_now)
        except Exception as error:  # a fault of ours must not stop the thread: the next state may be fine
            self._fail("minutes", _our_fault(error))
            return RETRY_S
        finally:
            self._tell_failures(state)

    def _save(self, state: State, minutes_now: bool) -> float | None:
        self._first = self._first or state.minutes
        drafted = self._save_draft(state)
        if state.minutes == self._in_file:
            self._failures.pop("minutes", None)
            self._keep(minutes_revision=state.revision)
        elif minutes_now or not drafted or self._has_begun(state.minutes):
            if minutes_now or self._is_due(state.minutes, drafted):
                self._save_minutes(state)
        else:
            return RETRY_S if self._failures else None
        if self._failures:
            return RETRY_S
        if state.minutes == self._in_file:
            return None
        return max(0.0, MINUTES_EVERY_S - (self._clock.elapsed() - self._last_try))

    def finish(self, state: State) -> None:
        """After the last save: a meeting that is over needs no draft once its minutes are safe."""
        over = state.minutes.status != "running" and state.minutes == self._in_file
        if over and "minutes" not in self._failures and self._draft.expected is not None:
            with contextlib.suppress(RetroError):  # one that stays agrees with the minutes and asks nothing
                durable.remove(self._draft.path, expected=self._draft.expected)
                self._draft.expected = None

    def _has_begun(self, minutes: Minutes) -> bool:
        """Whether the minutes' file may be made: not before the first entry or step change."""
        first = self._first
        if self._minutes.expected is not None or minutes.status != "running" or first is None:
            return True
        if any(getattr(minutes, name) for name in _CONTENT) or _course(minutes) != _course(first):
            return True
        return any(getattr(minutes, name) != getattr(first, name) for name in _MAY_BE_BROUGHT_ALONG)

    def _is_due(self, minutes: Minutes, drafted: bool) -> bool:
        waited = self._clock.elapsed() - self._last_try
        if "minutes" in self._failures:
            return waited >= RETRY_S
        if not drafted or self._in_file is None:  # without a draft the minutes are the only place
            return True
        return _course(minutes) != _course(self._in_file) or waited >= MINUTES_EVERY_S

    def _save_draft(self, state: State) -> bool:
        try:
            draft = Draft(
                self._own(state.minutes),
                state.line,
                self._minutes.expected,
                str(self._workspace.folder),
                self._agenda,
                self._deals,
                state.alive,
            )
            fresh: list[str] = []
            content = drafts.encode_draft(draft, self._memory, fresh)
            if self._draft.expected != hash_of(content):
                self._draft.write(content, lambda _: check_fresh(fresh))
        except Conflict:  # another program writes our draft: its words stay, ours go beside
            self._memory.clear()
            taken = {path.stem for path in self._draft.path.parent.glob("*.toml")}
            beside = self._draft.path.with_name(f"{free_id(self._draft.path.stem, taken, '-draft-{n}')}.toml")
            self._draft = Target(beside, None, self._writer)
            return self._save_draft(state)
        except RetroError as error:
            return self._fail("draft", error.what)
        except Exception as error:
            return self._fail("draft", _our_fault(error))
        return self._succeed("draft", state)

    def _save_minutes(self, state: State) -> None:
        self._last_try = self._clock.elapsed()
        if self._beside:
            self._go_beside(state)
            return
        try:
            check_own_folder(self._minutes.path.parent)
            self._minutes.write(encode(self._own(state.minutes), memory=self._memory))
        except Conflict:
            self._memory.clear()
            self._go_beside(state)
            return
        except RetroError as error:
            self._fail("minutes", error.what)
            return
        self._in_file = state.minutes
        self._keep(minutes_revision=state.revision)
        self._succeed("minutes", state)
        self._save_draft(state)  # it goes on from what is now in the team folder

    def _go_beside(self, state: State) -> None:
        """Somebody else changed the minutes: theirs stay, the meeting goes on in a file with an id of its own.

        The draft keeps its place; its document carries the new id, so that the two belong together on the next start.
        """
        try:
            taken = {path.stem for path in minutes_files(self._workspace)}
        except RetroError as error:
            self._fail("minutes", error.what)
            return
        self._id = free_id(state.minutes.id, taken, "-conflict-{n}")
        self._minutes = Target(self._workspace.minutes_file(self._id), None, self._writer)
        self._in_file = None
        decided, self._beside = self._beside, False
        self._keep(**{"beside" if decided else "conflict": self._minutes.path})
        self._save_minutes(state)

    def _own(self, minutes: Minutes) -> Minutes:
        return minutes if minutes.id == self._id else minutes.model_copy(update={"id": self._id})

    def _fail(self, what: str, reason: Message) -> bool:
        self._memory.clear()
        self._failures[what] = reason
        return False

    def _succeed(self, what: str, state: State) -> bool:
        self._failures.pop(what, None)
        if state.serial > self.saved.serial:
            self._keep(revision=state.revision, serial=state.serial, saved_at=self._clock.wall())
        return True

    def _tell_failures(self, state: State) -> None:
        """Once everything was tried: what is in the minutes is safe, whatever became of the draft."""
        failed = dict(self._failures)
        draftless = failed.pop("draft", None) if state.minutes == self._in_file else None
        self._keep(draftless=draftless)
        if not failed:
            self._keep(failing_since=None, reason=None)
            return
        since = self.saved.failing_since
        since = self._clock.elapsed() if since is None else since
        # without a draft nothing is safe: that is the graver one
        reason = failed.get("draft") or failed["minutes"]
        self._keep(failing_since=since, reason=reason)

    def _keep(self, **values: Any) -> None:
        self.saved = replace(self.saved, **values)


def _course(minutes: Minutes) -> tuple[object, ...]:
    """What a step change changes."""
    now = minutes.now.step if minutes.now else ""
    return (minutes.status, now, *((step.id, step.state) for step in minutes.step))


def _our_fault(error: Exception) -> Message:
    return msg("The program made a mistake while saving ({kind}).", kind=type(error).__name__)
