"""The footer: what works now, with its target, from the one declaration of commands.

Pure: commands in, a drawing out. Must not know why a command does not work; the screen says whether it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from textual.content import Content

from retrotui.errors import Message
from retrotui.locale import tr
from retrotui.tui import text
from retrotui.tui.commands import Command, shown

Words = Callable[[Command], Message | None]


class _Cell(NamedTuple):
    """A key with its words, the short ones too."""

    key: str
    words: str
    short: str = ""
    spare: bool = False


def footer(
    commands: tuple[Command, ...],
    words: Words,
    width: int,
    *,
    twins: bool = False,
    short: Words | None = None,
) -> Content:
    """The commands that have a place in the footer, in its order, as many as fit.

    `words` tells what a command would do now; None: it does nothing now, and is left out. `twins`: after Esc the
    letters are shown instead of the function keys. Where the line is too long, a shorter form of it is taken; `short`
    tells the words of that form.
    """
    cells: list[_Cell] = []
    stays = 0
    for command in sorted((one for one in commands if one.footer), key=lambda one: one.footer):
        said = words(command)
        if said is None:
            continue
        key = command.twins[0] if twins and command.twins else command.key
        stays = len(cells) if command.id == HELP else stays
        brief = short(command) if short is not None else None
        spare = short is not None and command.spare
        cells.append(_Cell(shown(key), tr(said), tr(brief) if brief is not None else "", spare))
    return _line(_fitting(cells, width, stays))


HELP = "help"
WORDED = ((30, False), (24, False), (20, False), (16, False), (24, True), (16, True))
"""The declared forms with a word beside each key: how long words may be, and whether they are the short ones."""
SPARING = range(24, 10, -1)
"""The same with the short words and without the spare keys."""
FORMS = ((30, 0), (24, 0), (24, 1), (24, 2), (24, 3), (20, 3), (16, 3), (11, 3), (8, 3), (8, 4))
"""The forms below that, the longest first: how long words may be, and how many keys from the right have none."""


def _fitting(cells: list[_Cell], width: int, stays: int) -> list[_Cell]:
    """The longest form that fits, else the shortest."""
    form = cells
    for form in _forms(cells, stays):
        if _width(form) <= width:
            break
    return form


def _forms(cells: list[_Cell], stays: int) -> Iterator[list[_Cell]]:
    """Words get short, spare keys go, keys lose their words from the right; help keeps its word longest."""
    left = cells
    if any(cell.short for cell in cells):
        brief = [cell._replace(words=cell.short or cell.words) for cell in cells]
        for most, is_short in WORDED:
            yield [_cut(cell, most) for cell in (brief if is_short else cells)]
        left = [cell for cell in brief if not cell.spare]
        yield from ([_cut(cell, most) for cell in left] for most in SPARING)
        stays -= sum(cell.spare for cell in cells[:stays])
    from_right = sorted(range(len(left)), key=lambda place: (place == stays, -place))
    for most, bare in (*FORMS, *((8, bare) for bare in range(5, len(left) + 1))):
        gone = set(from_right[:bare])
        yield [_cut(cell, 0 if at in gone else most) for at, cell in enumerate(left)]


def _cut(cell: _Cell, most: int) -> _Cell:
    return cell._replace(words=text.cut(cell.words, most) if most else "")


def _width(cells: list[_Cell]) -> int:
    spaces = sum(_space(cells, at) for at in range(1, len(cells)))
    return (
        1
        + spaces
        + sum(text.cells(one.key) + (1 + text.cells(one.words) if one.words else 0) for one in cells)
    )


def _space(cells: list[_Cell], at: int) -> int:
    """Cells before this key: keys without words stand close to one another."""
    return 1 if not cells[at].words and not cells[at - 1].words else 2


def _line(cells: list[_Cell]) -> Content:
    parts = [text.mark(" ")]
    for at, cell in enumerate(cells):
        if at:
            parts.append(text.mark(" " * _space(cells, at)))
        parts.append(text.mark(cell.key, "bold $accent"))
        if cell.words:
            parts += [text.mark(" "), text.line(cell.words, "$muted")]
    return text.join(*parts)
