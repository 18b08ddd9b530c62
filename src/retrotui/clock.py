"""The one maker of time. Everything else is told what time it is.

Owns the system clock, the sped-up clock of a rehearsal, the fake clock of the tests, and `Timeline`, which turns
elapsed seconds into the instants of a meeting. Must not know what a meeting is.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Protocol


class Clock(Protocol):
    """What the program asks for time."""

    def wall(self) -> datetime:
        """The local wall time with its offset, whole seconds."""
        ...

    def elapsed(self) -> float:
        """Seconds since an arbitrary moment, never going back, running on while the machine sleeps."""
        ...

    def local(self, instant: datetime) -> datetime:
        """The same instant with the local offset that holds at that instant."""
        ...


class SystemClock:
    """Real time. Elapsed seconds come from CLOCK_BOOTTIME where there is one, so that a closed lid counts."""

    _source = getattr(time, "CLOCK_BOOTTIME", None)

    def wall(self) -> datetime:
        return datetime.now(UTC).astimezone().replace(microsecond=0)

    def elapsed(self) -> float:
        if self._source is not None:
            return time.clock_gettime(self._source)
        return time.monotonic()

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone()


class RehearsalClock:
    """Real time run `speed` times as fast from the moment it is made."""

    def __init__(self, clock: Clock, speed: float) -> None:
        self._clock = clock
        self._speed = speed
        self._began = clock.elapsed()
        self._wall = clock.wall()

    def elapsed(self) -> float:
        return self._began + (self._clock.elapsed() - self._began) * self._speed

    def wall(self) -> datetime:
        ahead = timedelta(seconds=int(self.elapsed() - self._began))
        return self.local(self._wall.astimezone(UTC) + ahead)

    def local(self, instant: datetime) -> datetime:
        return self._clock.local(instant)


class FakeClock:
    """Time that stands still until a test moves it."""

    def __init__(self, wall: datetime | None = None, zone: tzinfo | None = None) -> None:
        self.zone = zone or timezone(timedelta(hours=1))
        self._wall = wall or datetime(2026, 11, 23, 9, 0, 12, tzinfo=self.zone)
        self._elapsed = 1000.0

    def wall(self) -> datetime:
        return self.local(self._wall).replace(microsecond=0)

    def elapsed(self) -> float:
        return self._elapsed

    def local(self, instant: datetime) -> datetime:
        # a fixed offset, as the system gives it: two instants of one named zone would be compared by the wall
        there = instant.astimezone(self.zone)
        return there.replace(tzinfo=timezone(there.utcoffset() or timedelta()))

    def advance(self, seconds: float) -> None:
        """Both clocks go on, as they do in life."""
        self._elapsed += seconds
        self._wall = self._wall.astimezone(UTC) + timedelta(seconds=seconds)

    def set_wall(self, wall: datetime) -> None:
        """Somebody sets the wall clock: elapsed time does not notice."""
        self._wall = wall


class Timeline:
    """The instants of one meeting: an anchor plus elapsed seconds, rounded once to whole seconds.

    A wall clock that is set back or forward after the anchor was taken changes nothing. `not_before` keeps a resumed
    meeting from beginning before its own last instant.
    """

    def __init__(self, clock: Clock, *, not_before: datetime | None = None) -> None:
        anchor = clock.wall()
        if not_before is not None and anchor < not_before:
            anchor = not_before
        self._clock = clock
        self._anchor = anchor
        self._began = clock.elapsed()

    def now(self) -> datetime:
        """The current instant with its local offset."""
        seconds = int(self._since_anchor())
        # through UTC: adding to a zoned time would count wall seconds over a change to daylight saving
        return self._clock.local(self._anchor.astimezone(UTC) + timedelta(seconds=seconds))

    def seconds_to_next(self) -> float:
        """In how many of the clock's elapsed seconds `now` is another instant: more than 0, at most 1."""
        return 1.0 - self._since_anchor() % 1.0

    def _since_anchor(self) -> float:
        return self._clock.elapsed() - self._began + 0.5
