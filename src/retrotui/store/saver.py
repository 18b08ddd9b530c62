"""The saver: one thread that brings the running meeting to the disk while the screen goes on.

Owns the thread, the newest state that waits for it, and telling others what was acknowledged. Must not know the screen:
it calls back from its own thread, and a terminal that stops reading does not stop it. What is written when is
`saving`'s business.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from retrotui.clock import Clock
from retrotui.store.saving import SavedState, Saving, State

if TYPE_CHECKING:
    from retrotui.domain.minutes import Minutes

__all__ = ["SavedState", "Saver", "Saving"]


class Saver:
    """Takes the states of a meeting; the latest wins. All methods may be called from any thread, and from a signal's
    handler in the middle of any of them."""

    def __init__(
        self, saving: Saving, clock: Clock, announce: Callable[[SavedState], None] = lambda _: None
    ) -> None:
        """`announce` is called in the saver's thread after each attempt. It must not wait for the screen: hand the
        state over (`loop.call_soon_threadsafe`) and return. What it raises is dropped."""
        self._saving = saving
        self._clock = clock
        self.announce = announce
        # reentrant: a signal's handler may flush while its own thread is inside `put`
        self._condition = threading.Condition(threading.RLock())
        self._latest: State | None = None
        self._serial = 0
        self._unsaved_since: float | None = None
        self._wanted = 0
        self._done = 0
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    def put(
        self,
        minutes: Minutes,
        line: str = "",
        *,
        revision: int | None = None,
        milestone: bool = False,
        alive: datetime | None = None,
    ) -> int:
        """A new state: the minutes and the half-typed line. Returns at once, with the revision to look out for.

        `revision` is the caller's own count, ours by default. `milestone` (a step change): the minutes' file too, now.
        `alive` is the instant of it, for the draft.
        """
        with self._condition:
            self._wanted += milestone
            revision = self._serial + 1 if revision is None else revision
            self._take(State(minutes, line, revision, self._serial + 1, alive))
            return revision

    def beat(self, alive: datetime) -> None:
        """Nothing has changed, and the meeting goes on: the draft says that it did at this instant."""
        with self._condition:
            if self._latest is not None:
                self._take(replace(self._latest, serial=self._serial + 1, alive=alive))

    def _take(self, state: State) -> None:
        self._serial = state.serial
        self._latest = state
        if self._unsaved_since is None:
            self._unsaved_since = self._clock.elapsed()
        self._condition.notify_all()

    @property
    def state(self) -> SavedState:
        """What is acknowledged by now."""
        return self._saving.saved

    @property
    def unsaved_since(self) -> float | None:
        """In the clock's elapsed seconds: since when the newest state waits, also where a disk hangs without an error.
        None: everything is acknowledged."""
        return self._unsaved_since

    def flush(self, timeout: float) -> bool:
        """Writes draft and minutes now. True when both are safe; False after `timeout` seconds or a failure."""
        with self._condition:
            self._wanted += 1
            mine = self._wanted
            self._condition.notify_all()
            done = self._condition.wait_for(
                lambda: self._done >= mine or not self._thread.is_alive(), timeout=timeout
            )
            saved = self._saving.saved
            return done and saved.failing_since is None and saved.serial >= self._serial

    def close(self, timeout: float) -> bool:
        """Writes what there is and ends the thread; the draft of a closed meeting goes. As `flush` otherwise."""
        with self._condition:
            self._stopping = True
            safe = self.flush(timeout)
        self._thread.join(timeout)
        return safe and not self._thread.is_alive()

    def _run(self) -> None:
        wait: float | None = None
        seen: State | None = None
        while True:
            with self._condition:
                if self._latest is seen and self._wanted == self._done and not self._stopping:
                    self._condition.wait(wait)
                state, wanted, stopping = self._latest, self._wanted, self._stopping
            if state is not None:
                wait = self._saving.save(state, minutes_now=wanted > self._done)
                if stopping:
                    self._saving.finish(state)
            seen = state
            self._tell(state, wanted)
            if stopping and state is self._latest:
                return

    def _tell(self, state: State | None, wanted: int) -> None:
        with self._condition:
            self._done = wanted
            saved = self._saving.saved
            if saved.serial >= self._serial:
                self._unsaved_since = None
            self._condition.notify_all()
        if state is not None:
            with contextlib.suppress(Exception):
                self.announce(saved)
