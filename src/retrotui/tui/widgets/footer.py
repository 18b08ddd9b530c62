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
    letters are shown instead of the function keys. Where the line is too long, a shorter form of it is taken.
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
FORMS = ((30, 0), (24, 0), (24, 1), (24, 2), (24, 3), (20, 3), (16, 3), (11, 3), (8, 3), (8, 4))
"""The declared short forms, the longest first: how long words may be, and how many keys from the right have none."""


def _fitting(cells: list[tuple[str, str]], width: int, stays: int) -> list[tuple[str, str]]:
    """Keys lose their words from the right and the target of the way on gets shorter; help keeps its word longest."""
    from_right = sorted(range(len(cells)), key=lambda place: (place == stays, -place))
    short = cells
    for most, bare in (*FORMS, *((8, bare) for bare in range(5, len(cells) + 1))):
        gone = set(from_right[:bare])
        short = [(key, "" if at in gone else text.cut(words, most)) for at, (key, words) in enumerate(cells)]
        if _width(short) <= width:
            break
    return short


def _width(cells: list[tuple[str, str]]) -> int:
    spaces = sum(_space(cells, at) for at in range(1, len(cells)))
    return 1 + spaces + sum(text.cells(key) + (1 + text.cells(words) if words else 0) for key, words in cells)


def _space(cells: list[tuple[str, str]], at: int) -> int:
    """Cells before this key: keys without words stand close to one another."""
    return 1 if not cells[at][1] and not cells[at - 1][1] else 2


def _line(cells: list[tuple[str, str]]) -> Content:
    parts = [text.mark(" ")]
    for at, (key, words) in enumerate(cells):
        if at:
            parts.append(text.mark(" " * _space(cells, at)))
        parts.append(text.mark(key, "bold $accent"))
        if words:
            parts += [text.mark(" "), text.line(words, "$muted")]
    return text.join(*parts)
