"""Whether a screen can be opened here at all, and the sentence where it cannot.

Owns the one refusal of the command line and of the screens. Loads nothing of the framework: the command line asks
before it does. Source: promises.md, "Nothing is lost".
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from retrotui.errors import RetroError, msg


def refusal(environ: Mapping[str, str] = os.environ) -> RetroError | None:
    """Why no screen can be drawn: input, output or error output is no terminal, or it cannot draw. None: it can."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if any(stream is None or not stream.isatty() for stream in streams):
        return RetroError(
            msg("There is no terminal here, and the screens need one."),
            msg("Start it in a terminal window; list, show, search and export work without one."),
        )
    term = environ.get("TERM", "")
    if term in {"dumb", "unknown"}:
        return RetroError(
            msg("This terminal (TERM={term}) cannot draw a screen.", term=term),
            msg("Use another terminal; list, show, search and export work in this one."),
        )
    encoding = getattr(sys.stderr, "encoding", "") or ""
    if encoding.lower().replace("-", "") != "utf8":
        return RetroError(
            msg(
                "This terminal is set to {encoding}, which has no letters for the screens.", encoding=encoding
            ),
            msg("Set the locale to one with UTF-8, for example LANG=C.UTF-8."),
        )
    return None


def check() -> None:
    """Raises RetroError with what `refusal` finds."""
    if (found := refusal()) is not None:
        raise found
