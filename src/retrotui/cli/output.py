"""What the command line prints: plain text, one JSON document, sentences for people.

Owns the streams and what may stand in them: no control character of somebody's text reaches a terminal. Colour is never
used. Must not know commands.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any, TextIO

from retrotui.domain.text import clean
from retrotui.errors import RetroError
from retrotui.locale import tr

PIPE_CLOSED = 141
"""128 + SIGPIPE: who read our output has gone."""

# json.dumps escapes what is below a space; these would still mean something to a terminal, or break a line.
_LOUD = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def prepare() -> None:
    """Characters that a stream cannot write become question marks instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def text(words: str) -> None:
    """Text on stdout, several lines at once, without any control character but the line's end."""
    _write(sys.stdout, clean(words, limit=None).text)


def document(content: Any) -> None:
    """One JSON document on stdout: UTF-8 letters as they are, everything that a terminal could obey escaped."""
    plain = json.dumps(content, ensure_ascii=False, indent=2)
    _write(sys.stdout, _LOUD.sub(lambda found: f"\\u{ord(found[0]):04x}", plain))


def remark(words: str) -> None:
    """A sentence for a person, on stderr."""
    _write(sys.stderr, clean(words, limit=None).text)


def sentence(error: RetroError) -> str:
    """What an error says, in the language of the interface, with its place where it is known."""
    said = " ".join(part for part in (tr(error.what), tr(error.hint) if error.hint else "") if part)
    return place(error) + said


def place(error: RetroError) -> str:
    """`file:line:column: `, as editors and people read it; "" where no line is meant."""
    if error.file is None or error.line is None:
        return ""
    column = f":{error.column}" if error.column is not None else ""
    return f"{error.file}:{error.line}{column}: "


def give_up_stdout() -> None:
    """After a broken pipe: what is still buffered goes nowhere, and the interpreter's last flush does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # no real file behind it, as under a test
        pass
    finally:
        os.close(nowhere)


def _write(stream: TextIO, words: str) -> None:
    stream.write(words if words.endswith("\n") else f"{words}\n")
    stream.flush()
