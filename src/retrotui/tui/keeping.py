"""The running meeting and its way to the disk: what is handed to the saver when, and the mark that we run it.

Owns the current `Meeting`, the half-typed line, the saver and the lock. Must not change a meeting but to leave it: what
people say and do is `session`'s. Knows no widget. Source: promises.md, "Nothing is lost".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from retrotui.clock import Clock, Timeline
from retrotui.domain import lifecycle, timebox
from retrotui.domain.meeting import Meeting
from retrotui.errors import Message, RetroError, msg
from retrotui.store import lock
from retrotui.store.durable import Hash
from retrotui.store.lock import Lock
from retrotui.store.saver import Saver
from retrotui.store.saving import SavedState
from retrotui.store.workspace import Workspace

BEAT_SECONDS = 60.0
"""So often the draft of a quiet meeting says that it goes on: after a crash the time until then counts."""


@dataclass(kw_only=True)
class KeptMeeting:
    """A meeting that is kept. What is said of it goes to `on_notice`."""

    clock: Clock
    timeline: Timeline
    meeting: Meeting
    saver: Saver | None = None
    """None in a rehearsal: nothing is saved."""
    workspace: Workspace | None = None
    lock: Lock | None = None
    line: str = ""
    """What is half typed."""
    asked: int = 0
    """The newest state that the saver was given."""
    unwritable: Message | None = None
    """Why the team folder cannot be written: the meeting waits, and can be held in the draft."""
    told_draftless: bool = False
    """It was said that no draft can be kept."""
    on_notice: Callable[[Message], None] = field(default=lambda _: None, repr=False)
    line_shown: Callable[[], str] = field(default=lambda: "", repr=False)
    """What stands in the line on the screen, of which word may still be on its way. May be called from any thread."""
    _line_waits: bool = False
    _line_is_secret: bool = False
    """It was begun in a confidential step."""
    _told_at: float = 0.0
    """When the draft was last told that the meeting goes on, in the clock's elapsed seconds."""

    def now(self) -> datetime:
        return self.timeline.now()

    def elapsed(self) -> float:
        return self.clock.elapsed()

    def say(self, message: Message) -> None:
        self.on_notice(message)

    # -- to the saver --------------------------------------------------------------------------------------

    def save(self, *, milestone: bool = False) -> None:
        """Hand the state to the saver; before anything was said or moved there is nothing to save."""
        self._line_waits = False
        if self.saver is not None and self.meeting.revision:
            self.asked = self._put(self.saver, milestone=milestone)

    def _put(self, saver: Saver, *, milestone: bool = False) -> int:
        now, self._told_at = self.now(), self.elapsed()
        state = timebox.derived(self.meeting.minutes, now)
        return saver.put(state, self._line_to_keep(), milestone=milestone, alive=now)

    @property
    def line_is_secret(self) -> bool:
        """It was begun in a confidential step: it goes nowhere, the draft included, also where it is carried on."""
        return self.meeting.is_confidential or self._line_is_secret

    def _line_to_keep(self) -> str:
        return "" if self.line_is_secret else self.line

    def type(self, line: str) -> None:
        """Half-typed text goes into the draft as well, with the next tick: not at every letter."""
        if line != self.line:
            self.line, self._line_waits = line, True
            self._line_is_secret = self._line_is_secret and bool(line)

    def keep_up(self) -> None:
        """With each tick: half-typed text reaches the draft, and in a silence the draft is told that we are there."""
        if self._line_waits:
            self.save()
        elif (
            self.saver is not None and self.meeting.running and self.elapsed() - self._told_at >= BEAT_SECONDS
        ):
            self._told_at = self.elapsed()
            self.saver.beat(self.now())
        self._mark_as_ours()
        draftless = self.saver.state.draftless if self.saver is not None else None
        if draftless is not None and not self.told_draftless:
            self.told_draftless = True
            self.say(msg("There is no draft: each entry goes to the minutes at once. {why}", why=draftless))

    def _mark_as_ours(self) -> None:
        """Once the minutes are in the team folder, a second facilitator is told who holds them."""
        saver, workspace = self.saver, self.workspace
        if self.lock is not None or saver is None or workspace is None:
            return
        if self.meeting.running and saver.state.minutes_revision:
            meeting_id = self.meeting.minutes.id
            try:
                self.lock = lock.acquire(workspace, meeting_id, self.clock)
            except RetroError as error:
                self.say(error.what)
                self.lock = Lock(workspace.lock_file(meeting_id), Hash(""))

    # -- the end -------------------------------------------------------------------------------------------

    def leave(self) -> bool:
        """The meeting stays open, time goes away from now on. True when all of it is safe."""
        self.meeting = lifecycle.leave(self.meeting, self.now())
        self.save()
        return self.end_saving()

    def end_saving(self, seconds: float = 3.0) -> bool:
        """Write what there is, end the saver, and take our mark away."""
        safe = self.saver.close(seconds) if self.saver is not None else True
        if self.lock is not None:
            self.lock.release()
        return safe

    def last_save(self, seconds: float) -> None:
        """When a signal ends the program: from any thread, in at most so many seconds."""
        if self.saver is not None:
            if shown := self.line_shown():
                self.type(shown)
            self._put(self.saver)
            self.saver.flush(seconds)
        if self.lock is not None:
            self.lock.release()

    # -- what is acknowledged ------------------------------------------------------------------------------

    def saved_state(self) -> SavedState | None:
        """The writer's own word; None in a rehearsal."""
        return self.saver.state if self.saver is not None else None

    @property
    def is_saving(self) -> bool:
        """The saver has not yet answered to the newest state."""
        return self.saver is not None and self.saver.unsaved_since is not None

    def minutes_path(self) -> Path | None:
        """Where the minutes lie; None in a rehearsal."""
        if self.saver is None or self.workspace is None:
            return None
        state = self.saver.state
        return state.conflict or state.beside or self.workspace.minutes_file(self.meeting.minutes.id)
