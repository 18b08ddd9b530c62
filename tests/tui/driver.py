"""A meeting that a test can hold: it types, waits on a fake clock, and reads what stands on the screen.

    async with meeting(tmp_path) as m:
        await m.next_step()
        await m.say("- price came late #price *3")
        assert m.minutes.factor[-1].weight == 3
        await m.press("f8")

Owns the app under test with its temporary team folder. Time is `m.clock`: it stands still until `m.later(...)` moves
it.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual import events
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from retrotui import locale
from retrotui.clock import FakeClock
from retrotui.domain.meeting import Meeting
from retrotui.domain.minutes import Minutes
from retrotui.store import minutes as minutes_store
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui import going_on, opening
from retrotui.tui.app import RetroApp
from retrotui.tui.place import Place
from retrotui.tui.run_options import RunOptions
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.session import Session
from retrotui.tui.view import Pipeline

DESK = (110, 30)
SIZES = ((80, 24), (110, 30), (160, 45))
SETTLES_IN = 20.0
"""Seconds of real time after which a test gives up waiting for the screen."""
MOVES_IN = 2.0
"""Seconds of real time after which F4 counts as refused."""
DISK_WAITS = 2.0
"""Seconds of real time after which a disk counts as one that does not answer."""
QUIET_ROUNDS = 2
"""So often in a row nothing must be under way."""
READING = frozenset(
    {"overview", "glance", "remember", "demo", "deals", "review", "correcting"}
    | {"insights", "review-begin", "review-look", "review-find", "review-cards", "review-passages"}
)
"""Work in threads that a test waits for."""
ANSWERING = frozenset({"dialog", "summary"})
"""Work that waits for dialogs, and for the saver after the last of them."""


@dataclass
class Room:
    """The program on its screen, and the hands on its keyboard."""

    app: RetroApp
    pilot: Pilot[Any]
    clock: FakeClock
    place: Place
    held: list[Session] = field(default_factory=list)

    # -- looking -------------------------------------------------------------------------------------------

    @property
    def session(self) -> Session:
        """The meeting that is on the wall now."""
        session = self.app.session
        assert session is not None, "no meeting is on the wall"
        if not any(session is one for one in self.held):
            self.held.append(session)
        return session

    @property
    def meeting(self) -> Meeting:
        return self.session.meeting

    @property
    def minutes(self) -> Minutes:
        return self.session.meeting.minutes

    @property
    def wall(self) -> MeetingScreen:
        """The meeting's own screen, also under a dialog."""
        return next(one for one in self.app.screen_stack if isinstance(one, MeetingScreen))

    @property
    def screen(self) -> Screen[Any]:
        """What lies on top."""
        return self.app.screen

    @property
    def menu(self) -> Menu:
        """The menu that lies on top."""
        assert isinstance(self.app.screen, Menu)
        return self.app.screen

    @property
    def uncovered(self) -> bool:
        """Whether no dialog lies over the meeting."""
        return self.app.screen is self.wall

    def shows(self, kind: type[Screen[Any]]) -> bool:
        """Whether a screen of this kind lies on top."""
        return isinstance(self.app.screen, kind)

    @property
    def line(self) -> str:
        """What stands in the capture line."""
        return self.wall.line.value

    def lines(self) -> list[str]:
        """The rows of the screen as they are seen, without colours; what lies under a dialog is seen around it."""
        return [strip.text.rstrip() for strip in self.strips()]

    def strips(self) -> list[Strip]:
        """The rows of the screen as they are painted."""
        compositor = self.screen._compositor
        compositor.render_update(full=True, screen_stack=self.app._background_screens)
        return compositor.render_strips()

    def text(self) -> str:
        return "\n".join(self.lines())

    def sees(self, *words: str) -> bool:
        """Whether all of these words stand on the screen."""
        seen = " ".join(self.text().split())
        return all(" ".join(one.split()) in seen for one in words)

    def digit(self, words: str) -> str:
        """The digit or letter that stands beside these words in a menu or a list."""
        found = re.search(rf"│ (?:[▸ ] )?(\w)  [^│\n]*{re.escape(words)}", self.text())
        assert found is not None, f"no digit beside “{words}”:\n{self.text()}"
        return found[1]

    def part(self, selector: str) -> str:
        """The words of one area of the meeting's screen."""
        return _words_of(self.wall.query_one(selector, Widget))

    @property
    def notice(self) -> str:
        """The sentence above the line."""
        return self.part("#notice").strip()

    @property
    def edge(self) -> str:
        """What stands left of the line: what Enter will make."""
        return self.part("#edge").strip()

    @property
    def clock_text(self) -> str:
        """What the large digits say."""
        from retrotui.tui.widgets.stage import clock_text

        return clock_text(self.session.view())

    # -- typing --------------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Wait until the program has done what it was asked for, and has laid it out and painted it."""
        until = asyncio.get_running_loop().time() + SETTLES_IN
        quiet = 0
        while quiet < QUIET_ROUNDS and asyncio.get_running_loop().time() < until:
            await self.pilot._wait_for_screen()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.app.typed_out(), SETTLES_IN)
            if self.app._exit:
                return
            self.screen._on_timer_update()
            quiet = quiet + 1 if self._quiet() else 0
            await asyncio.sleep(0)

    def _quiet(self) -> bool:
        screen = self.screen
        if self.app._batch_count or self._opening():  # not yet seen; about to come up
            return False
        if screen._layout_required or screen._dirty_widgets or screen._callbacks:
            return False
        nodes: list[Any] = [self.app, *self.app.screen_stack, *screen.walk_children()]
        if not all(node._message_queue.empty() and not node._next_callbacks for node in nodes):
            return False
        # a dialog's work goes on by itself only while no dialog is there to be answered
        at_work = READING | ANSWERING if isinstance(screen, MeetingScreen) else READING
        return not any(worker.group in at_work and worker.is_running for worker in self.app.workers)

    def _opening(self) -> bool:
        """Whether a dialog is about to come up, or has just gone and its answer is at work."""
        busy = getattr(self.screen, "busy", None)
        return bool(busy is not None and busy())

    async def press(self, *keys: str) -> None:
        """One key after another, as a person presses them: the screen has answered before the next."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """All keys at once, as a fast typist or a barcode reader sends them."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def type(self, words: str) -> None:
        """Letters, without pauses."""
        await self.burst(*words)

    async def say(self, *lines: str) -> None:
        """Lines with Enter after each, each in one piece (`type` sends letters): that is quicker to test."""
        for line in lines:
            self._paste(line)
            await self.burst("enter")

    def _send(self, key: str) -> None:
        driver = self.app._driver
        assert driver is not None
        if len(key) == 1:
            name = key if key.isalnum() and key.isascii() else _character_to_key(key)
            event = events.Key(name, key)
        else:
            event = events.Key(key, _character_of(key))
        event.set_sender(self.app)
        driver.send_message(event)

    async def paste(self, words: str) -> None:
        self._paste(words)
        await self.settle()

    def _paste(self, words: str) -> None:
        driver = self.app._driver
        assert driver is not None
        driver.send_message(events.Paste(words))

    # -- moving --------------------------------------------------------------------------------------------

    async def next_step(self, times: int = 1) -> None:
        for _ in range(times):
            await self.press("f4")

    async def go_to(self, step_id: str) -> None:
        """On with F4 until this step has the floor."""
        for _ in range(len(self.minutes.step) * 8):
            if self.meeting.step.id == step_id:
                await self.settle()
                return
            await self._on()
        raise AssertionError(f"F4 does not lead to {step_id}")

    async def go_past(self, step_id: str) -> None:
        """On with F4 until another step has the floor: past its deals, rounds and parts."""
        for _ in range(20):
            await self._on()
            if self.meeting.step.id != step_id:
                await self.settle()
                return
        raise AssertionError(f"F4 does not lead out of {step_id}")

    async def _on(self) -> None:
        """F4, and the meeting has moved. What is only passed need not be painted: that is quicker to test."""
        # by its revision: what earlier meetings left may come in at the same time, and moves nothing
        before, until = self.meeting.revision, asyncio.get_running_loop().time() + MOVES_IN
        self._send("f4")
        while (
            self.meeting.revision == before
            and self.app.is_running
            and asyncio.get_running_loop().time() < until
        ):
            await asyncio.sleep(0)
        await self.app.typed_out()

    async def later(self, *, minutes: float = 0, seconds: float = 0, every: float = 30) -> None:
        """Time goes by: the screen ticks at least every `every` seconds of it (a second is its real pace), and is
        painted at the end."""
        left = minutes * 60 + seconds
        while left > 0:
            step = min(every, left)
            self.clock.advance(step)
            left -= step
            self.wall._tick()
        await self._disk_catches_up()
        await self.settle()

    async def _disk_catches_up(self) -> None:
        """The fake clock runs ahead of a real disk: what is being written is waited for, unless the disk fails."""
        saver = self.session.saver
        if saver is not None and self.session.asked:
            await asyncio.to_thread(saver.flush, DISK_WAITS)

    async def sleep(self, *, minutes: float) -> None:
        """The lid is closed for so long: one tick after it."""
        self.wall._tick()
        self.clock.advance(minutes * 60)
        self.wall._tick()
        await self.settle()

    async def resize(self, width: int, height: int) -> None:
        await self.pilot.resize_terminal(width, height)
        await self.settle()

    async def saved(self) -> None:
        """Wait until the writer has acknowledged the newest state, and the screen shows it."""
        saver = self.session.saver
        if saver is not None and self.session.asked:
            assert await asyncio.to_thread(saver.flush, SETTLES_IN), saver.state
        await self.settle()

    def file(self) -> Minutes:
        """The minutes as they lie in the team folder."""
        path = self.session.minutes_path()
        assert path is not None
        return minutes_store.load(path).minutes


def _character_of(key: str) -> str | None:
    """What a key types by itself: a space, or nothing (as the terminal's parser says)."""
    import unicodedata

    original = REPLACED_KEYS.get(key, key)
    try:
        return unicodedata.lookup(_get_unicode_name_from_key(original))
    except KeyError:
        return None


def _words_of(widget: Widget) -> str:
    lines = [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]
    return "\n".join(lines)


# -- the room and its folder -------------------------------------------------------------------------------


def place_in(
    folder: Path,
    *,
    language: str = "en",
    interface: str | None = None,
    theme: str = "light",
    clock: FakeClock | None = None,
    past: Sequence[Minutes] = (),
    agendas: Iterable[str] = (),
    **settings: Any,
) -> Place:
    """A team folder with these minutes and agendas (TOML texts by their id), and the clock of the test."""
    locale.use(interface or language)
    workspace = Workspace(folder / "team", folder / "state", folder / "cache")
    for minutes in past:
        minutes_store.save_new(workspace, minutes)
    for source in agendas:
        name = next(line.split('"')[1] for line in source.splitlines() if line.startswith("id ="))
        workspace.agendas_folder.mkdir(parents=True, exist_ok=True)
        (workspace.agendas_folder / f"{name}.toml").write_text(source, encoding="utf-8")
    own = Settings.model_validate({"team": "Vertrieb Süd", "language": language, "theme": theme} | settings)
    return Place(workspace, own, clock or FakeClock())


@asynccontextmanager
async def meeting(
    folder: Path,
    agenda: str = "monthly-reflection",
    *,
    size: tuple[int, int] = DESK,
    deals: Pipeline | None = None,
    options: RunOptions | None = None,
    place: Place | None = None,
    resume: str | None = None,
    **settings: Any,
) -> AsyncIterator[Room]:
    """`retrotui run AGENDA` (or `resume ID`) in a room of this size."""
    place = place or place_in(folder, **settings)
    if resume is None:
        wanted = opening.with_agenda(options or RunOptions(), agenda)
        session = opening.new_session(place, wanted)
    else:
        wanted = options or RunOptions()
        session = going_on.resume_session(place, resume)
    if deals is not None:
        session.pipeline = deals
    async with _room(RetroApp(place, session, wanted), place, size) as room:
        yield room


@asynccontextmanager
async def home(
    folder: Path, *, size: tuple[int, int] = DESK, place: Place | None = None, **settings: Any
) -> AsyncIterator[Room]:
    """`retrotui`: the home screen."""
    place = place or place_in(folder, **settings)
    async with _room(RetroApp(place), place, size) as room:
        yield room


@asynccontextmanager
async def _room(app: RetroApp, place: Place, size: tuple[int, int]) -> AsyncIterator[Room]:
    clock = place.clock
    assert isinstance(clock, FakeClock)
    app.in_order_headless = True
    room = Room(app, None, clock, place)  # type: ignore[arg-type]
    if app.session is not None:
        room.held.append(app.session)
    try:
        async with app.run_test(size=size) as pilot:
            room.pilot = pilot
            await room.settle()
            try:
                yield room
            finally:
                # a test may have left the program already
                with contextlib.suppress(AssertionError):
                    assert room.session is not None
    finally:
        for session in room.held:
            await asyncio.to_thread(session.end_saving)


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    """An instant in the fake clock's zone."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC).replace(tzinfo=FakeClock().zone) + timedelta()
