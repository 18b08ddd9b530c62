"""The terminal: that it is left as it was found, whatever happens.

Owns the signals, the reset of a terminal's modes, the last wall against control characters, and the run of an app
between them. Must not know the meeting: it calls the `save` that it is given.

Ending by a signal does not use the framework's shutdown, which waits for the terminal and for the event loop. The
handler itself asks the saver, writes the reset without blocking and leaves by `os._exit`; a thread that is woken by
the C-level signal handler does the same where Python's handler does not come to run.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.app import ReturnType
from textual.color import Color
from textual.events import Resize
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Size
from textual.timer import Timer
from textual.worker import WorkerFailed

from retrotui.clock import Clock, SystemClock
from retrotui.tui import terminal_check
from retrotui.tui.crash import Crash
from retrotui.tui.keyboard import Keyboard, KeysInOrder

SAVE_SECONDS = 2.5
"""How long the end waits for the saver; what is not on disk by then is in the draft of two seconds ago."""
RESET_SECONDS = 1.0
"""How long a terminal that does not read is asked to take the reset."""
LAST_SECONDS = 4.5
"""After this the kernel ends the process, whatever hangs (promises.md: gone within 5 s)."""
SWITCH_SECONDS = 0.0001
"""How long one thread keeps the others waiting. With Python's own 5 ms, the saver waits so long after each of a save's
dozen system calls while the screen is drawn: 60 ms and more for a draft that takes 10."""
SECOND_LOOK_SECONDS = 0.1
"""How long after a resize the size is looked at again."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
RESET = (
    b"\x1b\\"  # ends whatever sequence was cut short
    b"\x1b[?2026l"  # synchronised output
    b"\x1b[?2004l\x1b[?7h\x1b[?2048l"  # bracketed paste off, line wrap on, resize reports off
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"  # mouse
    b"\x1b[?1004l"  # focus reports
    b"\x1b]22;default\x07"  # the mouse pointer's shape
    b"\x1b[<u"  # kitty's keys: before leaving the alternate screen, which has a stack of its own
    b"\x1b[?1049l\x1b[?25h\x1b[m"  # the screen and the cursor as they were
)

Save = Callable[[float], None]
"""Brings everything to disk, in at most the seconds given."""


# The last wall


class Wall(LineFilter):
    """No control character of a drawn line reaches the terminal, whoever drew it.

    The framework hands every line of every widget (frames, titles and its own widgets too) through its filters just
    before it writes. Text is made harmless in `tui.text`, where it can be seen; this only stops what got past. A
    character that the layout gave no cell is dropped, one that has a cell keeps it, so that nothing moves.
    """

    _NO_CELL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
    _ONE_CELL = re.compile("[\ud800-\udfff]")

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The same segments, without what a terminal would obey (links lead out of the program: they go too)."""
        if any(self._suspect(text, style) for text, style, _ in segments):
            return [self._walled(*segment) for segment in segments]
        return segments

    def _suspect(self, text: str, style: Style | None) -> bool:
        if style is not None and style.link:
            return True
        return not text.isprintable() and self._hides(text)

    def _hides(self, text: str) -> bool:
        return bool(self._NO_CELL.search(text) or self._ONE_CELL.search(text))

    def _walled(self, text: str, style: Style | None, control: object) -> Segment:  # noqa: ARG002
        if style is not None and style.link:
            style = style.update_link(None)
        return Segment(self._ONE_CELL.sub("�", self._NO_CELL.sub("", text)), style)


class GuardedApp(KeysInOrder[ReturnType]):
    """An app behind the last wall, whose crashes show nobody's words.

    `broke` is told of the first exception that nothing caught. By itself the framework would print a report with the
    values of all local variables, which on a projector are people's words.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"driver_class": Keyboard, **options})
        self.broke: Callable[[BaseException], None] = lambda _error: None
        self.error_console = Console(file=io.StringIO(), color_system=None)
        self._wall = Wall()
        self._second_look: Timer | None = None

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The framework's filters, no colours at all where NO_COLOR is set, and the wall last."""
        filters = list(super().get_line_filters())
        if self.no_color:
            # the framework's answer to NO_COLOR is greys
            filters = [*(one for one in filters if not isinstance(one, Monochrome)), NoColor()]
        return [*filters, self._wall]

    def on_resize(self, event: Resize) -> None:
        """Draws anew where sizes came and went unseen, and looks again whether this one is the last.

        In a storm of resizes the framework's signal handler interrupts itself, and reports an older size last.
        """
        if event.size == self.size:
            self.refresh()  # the same size again, but the terminal has lost the picture in between
        if not self.is_headless and self._second_look is None:
            self._second_look = self.set_timer(SECOND_LOOK_SECONDS, self._look_at_size)

    def _look_at_size(self) -> None:
        self._second_look = None
        size = Size(*shutil.get_terminal_size())
        if size != self.size:
            self.post_message(Resize(size, size))
        self.refresh()  # sizes that followed one another faster than they were drawn: only the terminal has seen them

    def _handle_exception(self, error: Exception) -> None:
        # The one private name of the framework that we override: there is no public one for "an exception nobody
        # caught". A test raises in a handler, a worker, a timer and a panel, and fails if this is no longer called.
        self.broke(error.error if isinstance(error, WorkerFailed) else error)
        with suppress(AttributeError, TypeError):
            # an exception that draws itself is spared the report with the local variables
            error.__rich__ = lambda: ""  # type: ignore[attr-defined]
        super()._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Ends the app. What it would show is not shown (see `error_console`)."""
        self.broke(sys.exc_info()[1] or RuntimeError())
        super().panic(*renderables)


# What is left as it was found


class Keeper:
    """Keeps the terminal's state from before the screens, and brings it back when the process must end now.

    A context manager for the main thread; it serves one run.
    """

    def __init__(self, save: Save) -> None:
        self._save = save
        self._ending = threading.Lock()
        self._saving = threading.Event()
        self._saved = threading.Event()

    def __enter__(self) -> Keeper:
        assert sys.__stdin__ is not None and sys.__stderr__ is not None
        # the framework draws to the error output
        self._output = sys.__stderr__.fileno()
        self._attributes = termios.tcgetattr(sys.__stdin__.fileno())
        self._own = _own_description(self._output)
        self._null = os.open(os.devnull, os.O_WRONLY)
        ear, self._bell = os.pipe()
        os.set_blocking(self._bell, False)
        self._wakeup = signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)
        threading.Thread(target=self._listen, args=(ear,), name="retrotui-keeper", daemon=True).start()
        self._before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        for descriptor in (self._bell, self._own, self._null):  # the listener sees its end, and goes
            os.close(descriptor)

    def save(self, seconds: float = SAVE_SECONDS) -> bool:
        """Has everything saved once, from a thread that hangs nobody; whether it was done in so many seconds."""
        with suppress(OSError):
            os.write(self._bell, b"\0")
        return self._saved.wait(seconds)

    def end(self, code: int, words: str = "") -> None:
        """Saves, resets the terminal, says `words` and is gone with the exit code. From any thread; only once."""
        if not self._ending.acquire(blocking=False):
            return
        # whatever hangs from here on, the kernel ends it
        signal.setitimer(signal.ITIMER_REAL, LAST_SECONDS)
        self.save()
        self._leave(code, words)

    def reset(self, words: str = "") -> None:
        """Takes the terminal back from the framework, without blocking; nothing can be drawn after this."""
        # a job in the background may not set its terminal, and would be stopped for trying
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU, signal.SIGTTIN})
        with suppress(OSError):
            os.dup2(self._null, self._output)  # what the framework's writer still holds goes nowhere
        with suppress(OSError):
            os.set_blocking(self._own, False)
        with suppress(termios.error, OSError):
            termios.tcsetattr(self._own, termios.TCSANOW, self._attributes)
        rest = RESET + words.encode(errors="replace")
        until = time.monotonic() + RESET_SECONDS
        while rest and time.monotonic() < until:
            try:
                rest = rest[os.write(self._own, rest) :]
            except BlockingIOError:
                # full, or held by the writer's unfinished write: make room, and shake that write loose
                with suppress(termios.error, OSError):
                    termios.tcflush(self._own, termios.TCOFLUSH)
                _interrupt_other_threads()
                time.sleep(0.01)
            except OSError:
                break  # the terminal is gone
        with suppress(OSError):
            os.set_blocking(self._own, True)

    def _leave(self, code: int, words: str = "") -> None:
        try:
            self.reset(words)
        finally:
            os._exit(code)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.end(128 + number)

    def _listen(self, ear: int) -> None:
        """Saves when asked, and ends the process where a signal came and its handler does not come to its end."""
        while heard := os.read(ear, 64):
            fatal = next((number for number in heard if number in SIGNALS), None)
            if fatal is None and 0 not in heard:
                continue  # some other signal: the window's size, for one
            if not self._saving.is_set():
                self._saving.set()
                threading.Thread(target=self._run_save, name="retrotui-last-save", daemon=True).start()
            if fatal is not None:
                self._saved.wait(SAVE_SECONDS)
                time.sleep(0.2)
                self.end(128 + fatal)
                time.sleep(RESET_SECONDS)
                self._leave(128 + fatal)
        os.close(ear)

    def _run_save(self) -> None:
        try:
            self._save(SAVE_SECONDS)
        finally:
            self._saved.set()


def _own_description(descriptor: int) -> int:
    """The same terminal, opened once more: "does not block" set on it is not seen by the shell, nor by the writer."""
    try:
        return os.open(os.ttyname(descriptor), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return os.dup(descriptor)  # shared after all: `reset` switches over only at the end


def _interrupt_other_threads() -> None:
    # SIGTERM, because it has a handler that does nothing by now: an ignored signal interrupts nobody
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.ident is not None:
            with suppress(OSError):
                signal.pthread_kill(thread.ident, signal.SIGTERM)


def run(
    app: GuardedApp[Any],
    save: Save,
    logs: Path,
    *,
    ids: Callable[[], Mapping[str, str]] = dict,
    clock: Clock | None = None,
    mouse: bool = True,
) -> int:
    """Runs the app, and gives the exit code: what the app returned, or 1 after a crash, with a sentence on stderr.

    Args:
        app: Not started yet. What it was exited with is in `app.return_value`.
        save: Called once, in a thread of its own, when the process is ended by a signal or a crash.
        logs: The folder for crash reports (in the user's state folder); made when it is needed.
        ids: What a report may say of where it happened: ids, never words.
        clock: Dates the report.
        mouse: Whether the terminal reports the mouse, and so does not select text by itself.

    Raises:
        RetroError: There is no terminal, or it cannot draw.
    """
    terminal_check.check()
    sys.setswitchinterval(SWITCH_SECONDS)
    with Keeper(save) as keeper:
        crash = Crash(keeper, logs, ids, clock or SystemClock())
        app.broke = crash.note
        try:
            with crash.watching_threads(lambda: app.call_later(app.exit, None, 1)):
                app.run(mouse=mouse)
        except BaseException as error:
            crash.note(error)
            keeper.reset(crash.words() + "\n")
            return 1
        finally:
            crash.over()
        if crash.happened:
            print(crash.words(), file=sys.stderr)
            return 1
    return app.return_code or 0
