"""The footer: what works now, with its target, from the one declaration of commands.

Pure: commands in, a drawing out. Must not know why a command does not work; the screen says whether it does.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.commands import Command, shown


def footer(
    commands: tuple[Command, ...],
    words: Callable[[Command], Message | None],
    width: int,
    *,
    twins: bool = False,
) -> Content:
    """The commands that have a place in the footer, in its order, as many as fit.

    `words` tells what a command would do now; None: it does nothing now, and is left out. `twins`: after Esc the
    letters are shown instead of the function keys. Where the line is too long, keys lose their words from the right,
    and help stays.
    """
    cells: list[tuple[str, str]] = []
    stays = 0
    for command in sorted((one for one in commands if one.footer), key=lambda one: one.footer):
        said = words(command)
        if said is None:
            continue
        key = command.twins[0] if twins and command.twins else command.key
        stays = len(cells) if command.id == HELP else stays
        cells.append((shown(key), tr(said)))
    return _line(_fitting(cells, width, stays))


HELP = "help"


def _fitting(cells: list[tuple[str, str]], width: int, stays: int) -> list[tuple[str, str]]:
    """The declared short forms: the last one goes without words, then long words are cut, then others go without."""
    for most in (24, 16, 11, 8):
        short = [(key, text.cut(words, most)) for key, words in cells]
        if _width(short) <= width:
            return short
        short[-1:] = [(key, "") for key, _ in short[-1:]]
        if _width(short) <= width:
            return short
    for bare in sorted(range(len(cells)), key=lambda place: (place == stays, -place)):
        short[bare] = (short[bare][0], "")
        if _width(short) <= width:
            break
    return short


def _width(cells: list[tuple[str, str]]) -> int:
    return 1 + sum(text.cells(key) + (1 + text.cells(words) if words else 0) + 2 for key, words in cells)


def _line(cells: list[tuple[str, str]]) -> Content:
    parts = [text.mark(" ")]
    for key, words in cells:
        parts.append(text.mark(key, "bold $accent"))
        parts.append(text.mark(" "))
        if words:
            parts += [text.line(words, "$muted"), text.mark("  ")]
    return text.join(*parts)
