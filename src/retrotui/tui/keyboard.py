"""What comes in from the terminal: bytes become keys and pastes, whatever the bytes are.

Owns the reading thread's loop and the three things that the framework's own one does not do: it ends with an exception
at bytes that are no UTF-8; a paste without its end swallows every key from then on; and what stands behind an escape
byte in a paste is typed as keys, Enter too. And it hands on keys faster than they have their effect. What keys and
pastes mean is the screens'.
"""

from __future__ import annotations

import asyncio
import errno
import os
import re
import select
import threading
import time
from codecs import getincrementaldecoder
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.app import App, ReturnType
from textual.drivers import linux_driver
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.widget import Widget
from textual.widgets import Input

from retrotui.tui.pen import sparing

ESC = "\x1b"
BEGIN, END = "\x1b[200~", "\x1b[201~"
"""The marks around a paste."""
SILENCE_S = 2.0
"""A paste that has paused for so long has lost its end: what there is of it is taken."""
WAIT_S = 0.1
"""How long a read waits before it looks whether it should end (the framework's own value)."""
EFFECT_S = 0.5
"""How long a key may take to have its effect before the next one is handed on all the same."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Text for the parser of keys."""

    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A whole paste, as it came: nothing in it is a key."""

    text: str


class Incoming:
    """Typed and pasted text, out of the terminal's bytes. Pure: instants are given, in seconds."""

    def __init__(self) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._tail = ""
        """The end of what was typed: the mark of a paste may come in two halves."""
        self._paste: str | None = None
        self._cut_short = False
        self._last = 0.0

    def take(self, data: bytes, now: float) -> list[Typed | Pasted]:
        """What these bytes say. What is no UTF-8 becomes U+FFFD, so that it is seen to have been there."""
        self._last = now
        text = self._decoder.decode(data)
        if self._cut_short and (end := text.find(END)) >= 0 and BEGIN not in text[:end]:
            self._paste, self._cut_short = "", False  # it was only slow: the rest is no typing either
        found: list[Typed | Pasted] = []
        while text:
            text = self._typed(text, found) if self._paste is None else self._pasted(text, found)
        return found

    def _typed(self, text: str, found: list[Typed | Pasted]) -> str:
        """Up to the mark of a paste; gives back what stands behind it."""
        gone, seen = len(self._tail), self._tail + text
        begin = seen.find(BEGIN)
        if begin < 0:
            found.append(Typed(text))
            self._tail = seen[-(len(BEGIN) - 1) :]
            return ""
        behind = begin + len(BEGIN)
        # the parser has half of the mark already: it gets the other half, and a paste of nothing
        keys = seen[gone:begin] if begin >= gone else seen[gone:behind] + END
        if keys:
            found.append(Typed(keys))
        self._tail, self._paste, self._cut_short = "", "", False
        return seen[behind:]

    def _pasted(self, text: str, found: list[Typed | Pasted]) -> str:
        """Up to the end of the paste; gives back what stands behind it."""
        before = self._paste or ""
        whole = before + text
        end = whole.find(END, max(0, len(before) - len(END)))
        if end < 0:
            self._paste = whole
            return ""
        self._paste = None
        found.append(Pasted(whole[:end]))
        return whole[end + len(END) :]

    def tick(self, now: float) -> list[Typed | Pasted]:
        """Nothing came: a paste that has lost its end is taken as far as it came."""
        if self._paste is None or now - self._last < SILENCE_S:
            return []
        text, self._paste, self._cut_short = self._paste, None, True
        return [Pasted(text)]


class Escapes:
    """Parts Esc from what is typed behind it in one burst: "Esc, then the letter", however much follows. Pure.

    The framework's parser would make another character of some ("\x1b-" is a dash), and a caret of an Esc before a long
    burst. What may begin a key or an answer of the terminal is left to it.
    """

    LONE: ClassVar = re.compile(r"\x1b(?=\x1b*(?:[^\x00-\x1f\x7f\[\]OPX^_]|$))")

    def __init__(self) -> None:
        self._held = False
        """An Esc came last: the next bytes say whether it is one."""

    def parted(self, text: str) -> list[str]:
        """`ESC` for the key, anything else for the parser; an Esc at the end is held back."""
        text = ESC + text if self._held else text
        self._held = text.endswith(ESC)
        found: list[str] = []
        at = 0
        for lone in self.LONE.finditer(text):
            found.append(text[at : lone.start()])
            at = lone.end()
            if at < len(text):
                found.append(ESC)
        return [part for part in (*found, text[at:]) if part]

    def silence(self) -> bool:
        """Nothing came behind the Esc that was held back: it is the key."""
        held, self._held = self._held, False
        return held


class Keyboard(linux_driver.LinuxDriver):
    """The framework's driver with a reading loop that goes on, and only one of it; what it writes is kept short."""

    _away = False

    def write(self, data: str) -> None:
        """A frame, in as few bytes as it needs."""
        super().write(sparing(data))

    def suspend_application_mode(self) -> None:
        """Gives the terminal back for a while (SIGTSTP)."""
        self._away = True
        super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Takes the terminal again (SIGCONT); nothing where it was never given back.

        After a mere SIGSTOP the framework would begin a second reading loop beside the first, and two of them mix up
        the letters.
        """
        if self._away:
            self._away = False
            super().resume_application_mode()

    def run_input_thread(self) -> None:
        """Reads until the driver is told to end, or the terminal is gone.

        What breaks here is told as of any other thread: the framework would only tell the app that something did.
        """
        try:
            self._read_on()
        except Exception as error:
            thread = threading.current_thread()
            threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, thread)))

    def _read_on(self) -> None:
        # The parser of keys is the framework's own, and this is its only name; tests type at it in a pty.
        parser = linux_driver.XTermParser()  # type: ignore[attr-defined]
        incoming, escapes = Incoming(), Escapes()
        while not self.exit_event.is_set():
            readable, _, _ = select.select([self.fileno], [], [], WAIT_S)
            now = time.monotonic()
            for part in incoming.take(self._read(), now) if readable else incoming.tick(now):
                if isinstance(part, Pasted):
                    self.process_message(Paste(part.text))
                    continue
                for keys in escapes.parted(part.text):
                    if keys == ESC:
                        self.process_message(Key("escape", ESC))
                        continue
                    for message in parser.feed(keys):
                        if not isinstance(message, Paste):
                            self.process_message(message)
            if not readable and escapes.silence():
                self.process_message(Key("escape", ESC))
            for message in parser.tick():
                self.process_message(message)

    def _read(self) -> bytes:
        data = os.read(self.fileno, 65536)
        if not data:
            # a raw terminal has no end of input: nobody holds the other side any more
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return data


class KeysInOrder(App[ReturnType]):
    """An app that hands on keys and pastes one after another: the next waits until the last has had its effect.

    The framework hands on all that have come to whatever has the focus now, and runs bindings (Enter in a field) only
    after that. Who types faster than messages travel would find the second field's answer in the first.
    """

    in_order_headless = False
    """True: also where there is no terminal (a test that waits for `typed_out`)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._typed: asyncio.Queue[Event] = asyncio.Queue()
        self._handing_on: asyncio.Task[None] | None = None

    async def on_event(self, event: Event) -> None:
        """Keys and pastes queue up; everything else goes its way. Without a terminal (in tests) all of it does."""
        free = self.is_headless and not self.in_order_headless
        if free or not isinstance(event, (Key, Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        for part in parted(event):
            self._typed.put_nowait(part)
        if self._handing_on is None:
            self._handing_on = asyncio.create_task(self._hand_on())

    async def _hand_on(self) -> None:
        while self.is_running:
            event = await self._typed.get()
            try:
                target = self.focused or self.screen
                await super().on_event(event)
                if not _only_types(event, target):
                    await self._effect(target)
            except Exception as error:
                self._handle_exception(error)
                return
            finally:
                self._typed.task_done()

    def on_unmount(self) -> None:
        if self._handing_on is not None:
            self._handing_on.cancel()

    async def typed_out(self) -> None:
        """Returns when everything that was typed has had its effect."""
        await self._typed.join()

    async def _effect(self, target: Widget) -> None:
        """Waits until everybody on the way up has seen it, and once more for what a binding sent the same way."""
        way = [node for node in target.ancestors_with_self if isinstance(node, MessagePump)]
        for node in (*way, *way):
            reached = asyncio.Event()
            if node.is_running and node.call_later(reached.set):
                with suppress(TimeoutError):
                    await asyncio.wait_for(reached.wait(), EFFECT_S)
        until = time.monotonic() + EFFECT_S
        while time.monotonic() < until and self._is_opening():
            await asyncio.sleep(0.001)

    def _is_opening(self) -> bool:
        """Something is about to open over the screen (which says so), or is just opening."""
        if not self.is_running or not self.screen_stack:
            return False
        busy = getattr(self.screen, "busy", None)
        return not self.screen.is_mounted or (busy is not None and bool(busy()))


def parted(event: Event) -> tuple[Event, ...]:
    """Esc and a letter in one burst: the terminal makes alt+letter of it. It means Esc, then the letter."""
    if not isinstance(event, Key) or not event.key.startswith("alt+"):
        return (event,)
    name = event.key.removeprefix("alt+")
    letter = name.removeprefix("shift+").upper() if name.startswith("shift+") else name
    character = event.character if event.is_printable else letter if len(letter) == 1 else None
    if character is None:
        return (event,)
    return Key("escape", ESC), Key(letter if len(letter) == 1 else name, character)


def _only_types(event: Event, target: Widget) -> bool:
    """Whether it is a character for a line, and can have no effect elsewhere."""
    if not isinstance(event, Key) or not isinstance(target, Input):
        return False
    return event.is_printable and not getattr(target, "commanding", False)
