"""clock.py: the one maker of time. Real, sped up, faked; and the timeline that a meeting's instants come from."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.clock import Clock, FakeClock, RehearsalClock, SystemClock, Timeline

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(params=["system", "rehearsal", "fake"])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: dict[str, Clock] = {
        "system": SystemClock(),
        "rehearsal": RehearsalClock(SystemClock(), 20),
        "fake": FakeClock(),
    }
    return made[request.param]


def test_wall_time_carries_its_offset_and_whole_seconds(clock: Clock) -> None:
    wall = clock.wall()
    assert wall.utcoffset() is not None
    assert wall.microsecond == 0


def test_elapsed_time_never_goes_back(clock: Clock) -> None:
    seen = [clock.elapsed() for _ in range(50)]
    assert seen == sorted(seen)


def test_a_local_instant_is_the_same_instant(clock: Clock) -> None:
    instant = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert clock.local(instant) == instant
    assert isinstance(clock.local(instant).tzinfo, timezone)  # a fixed offset: subtracting is honest


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no CLOCK_BOOTTIME")
def test_the_system_clock_runs_while_the_machine_sleeps() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    assert before <= SystemClock().elapsed() <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_the_system_clock_tells_the_wall_time() -> None:
    assert abs(SystemClock().wall() - datetime.now(UTC)) < timedelta(seconds=3)


@given(st.floats(0.1, 1000), st.floats(0, 100_000))
def test_a_rehearsal_runs_so_many_times_as_fast(speed: float, seconds: float) -> None:
    real = FakeClock()
    rehearsal = RehearsalClock(real, speed)
    began, wall = rehearsal.elapsed(), rehearsal.wall()
    real.advance(seconds)
    assert rehearsal.elapsed() - began == pytest.approx(seconds * speed, abs=1e-3)
    assert abs((rehearsal.wall() - wall).total_seconds() - seconds * speed) <= 1


def test_a_rehearsal_over_a_change_of_daylight_saving_adds_up() -> None:
    real = FakeClock(datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), BERLIN)
    rehearsal = RehearsalClock(real, 20)
    before = rehearsal.wall()
    real.advance(180)
    assert rehearsal.wall() - before == timedelta(hours=1)
    assert rehearsal.wall().hour == 2  # for the second time


def test_a_fake_clock_stands_still_until_it_is_moved() -> None:
    clock = FakeClock()
    wall, elapsed = clock.wall(), clock.elapsed()
    assert (clock.wall(), clock.elapsed()) == (wall, elapsed)
    clock.advance(90.5)
    assert (clock.wall() - wall, clock.elapsed() - elapsed) == (timedelta(seconds=90), 90.5)


# -- the timeline ------------------------------------------------------------------------------------------------


def test_instants_are_the_anchor_plus_elapsed_seconds() -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    began = timeline.now()
    clock.advance(61)
    assert timeline.now() - began == timedelta(seconds=61)
    assert timeline.now().utcoffset() == timedelta(hours=1)


@given(st.lists(st.floats(0, 3000), max_size=40))
def test_they_are_rounded_once_and_never_go_back(steps: list[float]) -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    began, last = timeline.now(), timeline.now()
    for seconds in steps:
        clock.advance(seconds)
        now = timeline.now()
        assert now >= last
        assert now.microsecond == 0
        last = now
    assert abs((last - began).total_seconds() - sum(steps)) <= 0.5 + 1e-6


@given(st.floats(0, 3000))
def test_it_says_in_how_many_seconds_the_next_instant_comes(seconds: float) -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    clock.advance(seconds)
    now, left = timeline.now(), timeline.seconds_to_next()
    assert 0 < left <= 1
    clock.advance(left / 2)
    assert timeline.now() == now
    clock.advance(left / 2 + 1e-6)
    assert timeline.now() == now + timedelta(seconds=1)


@pytest.mark.parametrize("hours", [-1, 1, -24])
def test_a_wall_clock_that_is_set_changes_nothing(hours: int) -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    began = timeline.now()
    clock.set_wall(clock.wall() + timedelta(hours=hours))
    clock.advance(30)
    assert timeline.now() - began == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("wall", "hour", "offset"),
    [
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), 2, 1),
        (datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), 3, 2),
    ],
)
def test_over_a_change_of_daylight_saving_instants_carry_the_offset_that_holds(
    wall: datetime, hour: int, offset: int
) -> None:
    clock = FakeClock(wall, BERLIN)
    timeline = Timeline(clock)
    began = timeline.now()
    clock.advance(3600)
    now = timeline.now()
    assert now - began == timedelta(hours=1)
    assert (now.hour, now.utcoffset()) == (hour, timedelta(hours=offset))


def test_a_sleep_of_eight_minutes_is_eight_minutes() -> None:
    clock = FakeClock()
    timeline = Timeline(clock)
    began = timeline.now()
    clock.advance(480)  # one step: nobody looked meanwhile
    assert timeline.now() - began == timedelta(minutes=8)


def test_a_resumed_meeting_does_not_begin_before_its_own_last_instant() -> None:
    """Somebody set the clock back while the meeting was left open."""
    clock = FakeClock()
    last = clock.wall()
    clock.set_wall(last - timedelta(hours=1))
    timeline = Timeline(clock, not_before=last)
    assert timeline.now() == last
    clock.advance(5)
    assert timeline.now() == last + timedelta(seconds=5)


def test_else_it_goes_on_now() -> None:
    clock = FakeClock()
    last = clock.wall()
    clock.advance(500)
    assert Timeline(clock, not_before=last).now() == clock.wall()
