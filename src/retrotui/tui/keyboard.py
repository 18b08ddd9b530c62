"""What comes in from the terminal: bytes become keys and pastes, whatever the bytes are.

Owns the reading thread's loop and the two things that the framework's own one does not survive: bytes that are no
UTF-8 (it ends with an exception), and a paste without its end (it swallows every key from then on). What keys mean is
the screens'.
"""

from __future__ import annotations

import errno
import os
import select
import time
from codecs import getincrementaldecoder

from textual.drivers import linux_driver

BEGIN, END = "\x1b[200~", "\x1b[201~"
"""The marks around a paste."""
SILENCE_S = 1.0
"""A paste that has paused for so long has lost its end: what there is of it is taken."""
WAIT_S = 0.1
"""How long a read waits before it looks whether it should end (the framework's own value)."""


class Typed:
    """The text that a terminal sends, out of its bytes. Pure: instants are given, in seconds."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        self._pasting = False
        self._cut_short = False
        self._last = 0.0

    def take(self, data: bytes, now: float) -> str:
        """The bytes as text. What is no UTF-8 becomes U+FFFD, so that it is seen to have been there."""
        text = self._decoder.decode(data)
        known, seen = len(self._tail), self._tail + text
        begins, ends = seen.find(BEGIN), seen.find(END)
        if self._cut_short and ends >= known and not 0 <= begins < ends:
            text = BEGIN + text  # the rest of a paste that was only slow: still no keys
        if begins >= 0 or ends >= 0:
            self._pasting = seen.rfind(BEGIN) > seen.rfind(END)
            self._cut_short = False
        self._tail = seen[-(len(END) - 1) :]
        self._last = now
        return text

    def tick(self, now: float) -> str:
        """Nothing came. The end of a paste that has lost its own; else nothing."""
        if not self._pasting or now - self._last < SILENCE_S:
            return ""
        self._pasting, self._cut_short, self._tail = False, True, ""
        return END


class Keyboard(linux_driver.LinuxDriver):
    """The framework's driver with a reading loop that goes on."""

    def run_input_thread(self) -> None:
        """Reads until the driver is told to end.

        Raises:
            OSError: The terminal is gone.
        """
        # The parser is the framework's own; it has no public name but this one. A test types at it in a pty.
        parser = linux_driver.XTermParser()  # type: ignore[attr-defined, no-untyped-call, unused-ignore]
        typed = Typed()
        while not self.exit_event.is_set():
            readable, _, _ = select.select([self.fileno], [], [], WAIT_S)
            if readable:
                data = os.read(self.fileno, 4096)
                if not data:
                    # a raw terminal has no end of input: nobody holds the other side any more
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                text = typed.take(data, time.monotonic())
            else:
                text = typed.tick(time.monotonic())
            if text:  # the parser takes an empty text for the end
                for message in parser.feed(text):
                    self.process_message(message)
            for message in parser.tick():
                self.process_message(message)
