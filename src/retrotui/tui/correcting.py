"""A past meeting in the hands of somebody who corrects it: what may be changed, undo, and the way to the file.

Owns the sitting: the minutes as they were found, as they are now, and what can be taken back. Each correction is
written at once. What a correction means is `domain.hindsight`'s, the writing `store`'s: a file that changed underneath
is never overwritten, both versions are kept. Must not know widgets; saving blocks, so a screen calls it in a thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from retrotui.domain import hindsight
from retrotui.domain.capture_reading import Context
from retrotui.domain.minutes import Minutes, Participant
from retrotui.errors import Message, Refused, RetroError, msg
from retrotui.store import lock
from retrotui.store import minutes as minutes_store
from retrotui.store.durable import Conflict
from retrotui.store.minutes import Loaded
from retrotui.tui.place import Place, people_of


class KeptBoth(RetroError):
    """The file was changed by somebody else: it stays as it is now, and ours lies beside it, in `copy`."""

    copy: Path


@dataclass(frozen=True, slots=True)
class _Step:
    """One correction: the minutes before it and after it."""

    before: Minutes
    after: Minutes


@dataclass
class Sitting:
    """The corrections of one meeting from opening its page to leaving it. Not for two threads at a time."""

    place: Place
    loaded: Loaded
    """The file as it is."""
    untouched: Minutes
    """As it was when the first correction was made."""
    past: tuple[_Step, ...] = ()
    future: tuple[_Step, ...] = ()
    at: datetime | None = field(default=None)
    """When the first correction was made."""

    @classmethod
    def over(cls, place: Place, path: Path) -> Sitting:
        """The minutes of this file, to be read and corrected. Raises RetroError where it cannot be read."""
        loaded = minutes_store.load(path)
        return cls(place, loaded, loaded.minutes)

    @property
    def minutes(self) -> Minutes:
        return self.loaded.minutes

    def why_not(self) -> Message | None:
        """Why nothing can be corrected; None where it can."""
        if self.loaded.read_only:
            return msg(
                "{file} was written by a newer retrotui and can only be read.", file=self.loaded.path.name
            )
        try:
            holder = lock.holder_of(self.place.workspace, self.minutes.id, self.place.clock)
        except RetroError as error:  # an id that is no file name
            return error.what
        if holder is not None and (holder.pid, holder.host) != (self._me.pid, self._me.host):
            return lock.held(self.minutes.id, holder, self._me).what
        if self.minutes.status == "running":
            return msg("This meeting is still open: o goes on with it, and there it can be changed.")
        return None

    @property
    def _me(self) -> lock.Holder:
        return lock.this_process(self.place.clock)

    # -- correcting ----------------------------------------------------------------------------------------

    def line_of(self, anchor: str) -> str:
        """What stands there, as it could be typed. Raises Refused."""
        return hindsight.line_of(self.minutes, anchor, self.place.factors, self._people)

    def context_of(self, anchor: str) -> Context | None:
        """How the line there is read; None for a plain text."""
        return hindsight.context_of(self.minutes, anchor, self.place.factors, self._people)

    def correct(self, anchor: str, line: str) -> bool:
        """What the line says instead. False where nothing is different. Raises Refused, RetroError, `KeptBoth`."""
        return self._become(hindsight.corrected(self.minutes, anchor, line, self.place.factors, self._people))

    def delete(self, anchor: str) -> bool:
        """Takes it out. Raises as `correct`."""
        return self._become(hindsight.deleted(self.minutes, anchor, self._people))

    def undo(self) -> None:
        """Takes the last correction of this sitting back. Raises Refused where there is none, and as `correct`."""
        if not self.past:
            raise Refused(msg("There is nothing to take back."))
        last = self.past[-1]
        self._save(last.before)
        self.past, self.future = self.past[:-1], (*self.future, last)

    def redo(self) -> None:
        """Brings back what was taken back last. Raises as `undo`."""
        if not self.future:
            raise Refused(msg("There is nothing to bring back."))
        last = self.future[-1]
        self._save(last.after)
        self.past, self.future = (*self.past, last), self.future[:-1]

    @property
    def _people(self) -> tuple[Participant, ...]:
        return people_of(self.place.settings)

    def _become(self, minutes: Minutes) -> bool:
        if minutes == self.minutes:
            return False
        before = self.minutes
        self._save(minutes)
        self.past, self.future = (*self.past, _Step(before, self.minutes)), ()
        return True

    def _save(self, minutes: Minutes) -> None:
        """Writes it at once, with the instant of this sitting; nothing has changed where that fails."""
        if (refused := self.why_not()) is not None:
            raise Refused(refused)
        at = self.at or self.place.clock.wall()
        new = hindsight.stamped(minutes, self.untouched, at)
        workspace = self.place.workspace
        with lock.acquire(workspace, new.id, self.place.clock):
            try:
                self.loaded = minutes_store.save(self.loaded, new)
            except Conflict as error:
                raise self._kept_both(new) from error
        self.at = at

    def _kept_both(self, ours: Minutes) -> KeptBoth:
        """Nobody's words are overwritten: ours go into a file of their own."""
        copy = minutes_store.save_beside(self.place.workspace, ours)
        kept = KeptBoth(
            msg(
                "The file was changed meanwhile: both versions are kept, yours as {file}.",
                file=copy.path.name,
            ),
            msg("Compare the two, and take one of them away."),
            file=copy.path,
        )
        kept.copy = copy.path
        return kept

    def read_again(self) -> bool:
        """The file as it is now. True where it holds something else: then nothing can be taken back any more.

        Raises RetroError where it cannot be read.
        """
        loaded = minutes_store.load(self.loaded.path)
        if loaded.hash == self.loaded.hash:
            return False
        self.loaded, self.untouched = loaded, loaded.minutes
        self.past, self.future, self.at = (), (), None
        return True

    def moved_to(self, path: Path) -> None:
        """The file is called otherwise now."""
        self.loaded = replace(self.loaded, path=path)


def looks(path: Path) -> tuple[int, int, int] | None:
    """What a file looks like from outside; None where it is gone."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
