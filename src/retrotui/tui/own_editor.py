"""A person's own editor: which one it is, and a text that is opened in it.

Owns `VISUAL` and `EDITOR`, and the file of a text that has none. Must not load Textual: the command line uses it too.
"""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from retrotui.errors import RetroError, msg
from retrotui.store import durable

LARGEST = 1_000_000
"""Bytes that come back at most."""


def editor_command(environment: Mapping[str, str]) -> list[str]:
    """The editor of `VISUAL`, else of `EDITOR`, with its arguments. Raises RetroError where there is none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            words = shlex.split(environment.get(name, ""))
        except ValueError as error:
            raise RetroError(
                msg("{name} cannot be read: a quote is not closed.", name=name),
                msg("Set it to your editor's command."),
            ) from error
        if words:
            return words
    raise RetroError(
        msg("No editor is set."), msg("Set EDITOR to your editor's command, for instance: EDITOR=nano")
    )


def open_file(editor: Sequence[str], path: Path) -> None:
    """The file in the editor, until it is closed. Raises RetroError where it does not open or ends with an error."""
    try:
        code = subprocess.call([*editor, str(path)])
    except OSError as error:
        raise RetroError(
            msg("The editor “{editor}” cannot be started.", editor=editor[0]),
            msg("Set EDITOR to your editor's command, or open {file} yourself.", file=str(path)),
        ) from error
    if code != 0:
        raise RetroError(
            msg("The editor ended with an error ({code}).", code=code),
            msg("The agenda is as the editor left it: {file}", file=str(path)),
        )


def edit_text(editor: Sequence[str], text: str, name: str) -> str:
    """The text as the editor gives it back, through a file of this name that goes away. Raises RetroError."""
    with TemporaryDirectory(prefix="retrotui-") as folder:
        path = Path(folder) / name
        durable.write(path, text.encode(), expected=None, check=lambda _content: None)
        open_file(editor, path)
        content, _ = durable.read(path, limit=LARGEST)
        return content.decode("utf-8", "replace").replace("\r\n", "\n")
