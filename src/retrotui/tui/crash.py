"""What is left behind by a crash: a report with ids, and one sentence.

Owns the report's form and place. It names the kind of error and the lines of code that led to it, never a message
or a variable: both may hold what people said, and the screen may be a wall with ten people before it.
"""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import termios
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from retrotui.clock import Clock
from retrotui.errors import RetroError, msg

KEPT = 20
"""Reports that are kept; older ones are deleted."""
PATIENCE_SECONDS = 4.0
"""How long the framework may take to close its screens after a crash."""
GONE = {errno.EIO, errno.EBADF, errno.ENXIO, errno.EPIPE}
"""What reading or writing says when nobody holds the other end of the terminal."""


class Ender(Protocol):
    """What a crash needs of the terminal's keeper."""

    def save(self) -> bool: ...

    def end(self, code: int, words: str = "") -> None: ...


class Crash:
    """The first exception that nothing caught."""

    def __init__(self, keeper: Ender, logs: Path, ids: Callable[[], Mapping[str, str]], clock: Clock) -> None:
        self._keeper = keeper
        self._logs = logs
        self._ids = ids
        self._clock = clock
        self._first = threading.Lock()
        self._timer: threading.Timer | None = None
        self.happened = False
        self.saved = False
        self.file: Path | None = None

    def note(self, error: BaseException) -> None:
        """Writes the report, has everything saved, and sees to it that the process ends. From any thread.

        A terminal that is gone is no crash: the process ends as if it had been told so by a signal.
        """
        if hung_up(error):
            self._keeper.end(128 + signal.SIGHUP)
            return  # a signal was quicker, and is ending it already
        if not self._first.acquire(blocking=False):
            return
        self.happened = True
        with suppress(OSError):
            self.file = write_report(
                self._logs, report(error, self._known_ids(), self._clock.wall()), self._clock
            )
        self.saved = self._keeper.save()
        # a worker that never ends must not keep a broken screen on the wall
        self._timer = threading.Timer(PATIENCE_SECONDS, lambda: self._keeper.end(1, self.words() + "\r\n"))
        self._timer.daemon = True
        self._timer.start()

    def over(self) -> None:
        """The app has closed by itself."""
        if self._timer is not None:
            self._timer.cancel()

    def words(self) -> str:
        """The one sentence for the person at the keyboard, in their language."""
        from retrotui.locale import tr

        file = str(self.file) if self.file is not None else ""
        if not self.saved:
            said = msg("retrotui broke and ended before it could save the last seconds. {file}", file=file)
        elif file:
            said = msg(
                "retrotui broke and ended; what was entered is saved. Where it broke: {file}", file=file
            )
        else:
            said = msg("retrotui broke and ended; what was entered is saved.")
        return tr(said).strip()

    @contextmanager
    def watching_threads(self, leave: Callable[[], object]) -> Iterator[None]:
        """While this holds, an exception in any thread is a crash; `leave` is called to end the app."""

        def broke(thrown: threading.ExceptHookArgs) -> None:
            error = thrown.exc_value
            if error is None or isinstance(error, SystemExit):
                return
            self.note(error)
            with suppress(Exception):
                leave()

        before = threading.excepthook
        threading.excepthook = broke
        try:
            yield
        finally:
            threading.excepthook = before

    def _known_ids(self) -> Mapping[str, str]:
        with suppress(Exception):  # the crash may have broken what knows them
            return self._ids()
        return {}


def hung_up(error: BaseException) -> bool:
    """Whether this is what a terminal says that nobody holds any more: a closed window, a dropped connection."""
    if not isinstance(error, (OSError, termios.error)) or not error.args:
        return False
    return error.args[0] in GONE and not _terminal_is_there()


def _terminal_is_there() -> bool:
    assert sys.__stdin__ is not None
    try:
        os.tcgetpgrp(sys.__stdin__.fileno())
    except OSError as error:
        return error.errno == errno.ENOTTY  # a terminal, but not the controlling one
    return True


def report(error: BaseException, ids: Mapping[str, str], when: datetime) -> str:
    """The report's text: versions, ids, and the way through the code. No message, no value."""
    import platform  # these two are slow to load, and never needed where nothing breaks
    from importlib.metadata import version

    lines = [
        f"retrotui {version('retrotui')} · {when.isoformat()}",
        f"Python {platform.python_version()} · Textual {version('textual')} · {platform.system()}",
        *(f"{name} = {_only_an_id(value)}" for name, value in ids.items()),
    ]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines += ["", _kind(cause), *_way(cause)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _kind(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    if isinstance(error, RetroError):
        return f"{name}: {error.what.id}"  # the sentence without its values
    if isinstance(error, OSError) and error.errno is not None:
        return f"{name}: {errno.errorcode.get(error.errno, error.errno)}"
    return name


def _way(error: BaseException) -> list[str]:
    steps = ((frame.f_code, line) for frame, line in traceback.walk_tb(error.__traceback__))
    # three parts of a path tell the place; more would tell whose machine it is
    return [f"  {'/'.join(Path(code.co_filename).parts[-3:])}:{line} {code.co_name}" for code, line in steps]


def _only_an_id(value: str) -> str:
    # what is no id may be somebody's words
    return value if re.fullmatch(r"[\w.:-]{1,80}", value, flags=re.ASCII) else "?"


def write_report(folder: Path, words: str, clock: Clock) -> Path:
    """Writes a report that only its owner may read, and gives its path; old ones are deleted.

    Raises:
        OSError: The folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"crash-{clock.wall():%Y%m%d-%H%M%S}"
    for n in range(1, 100):
        path = folder / (f"{stem}.log" if n == 1 else f"{stem}-{n}.log")
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(words)
        break
    for old in sorted(folder.glob("crash-*.log"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path
