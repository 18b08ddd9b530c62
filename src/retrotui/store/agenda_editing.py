"""An agenda on the desk: its text, what is wrong with it, every step back, and the way to the disk.

Owns opening (a bundled one as the team's own copy, in the team's language alone), deep undo, and saving without
overwriting anybody's words: what lies on the disk is known by its hash. Must not know keys or screens; what a change
does to the text is `store.agenda_text`'s.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from retrotui.domain.agenda import Agenda, Severity
from retrotui.domain.agenda_changes import Change, SetValue
from retrotui.domain.agenda_reading import Reading, read_agenda
from retrotui.errors import Message, RetroError, msg
from retrotui.store import agenda_text, agendas, durable
from retrotui.store.toml_reading import parse_text, text_of
from retrotui.store.workspace import Workspace, check_writable

DEEPEST = 1000
"""Steps back that are kept."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something to know about the text: where it stands, and in which step (None: the whole agenda)."""

    severity: Severity
    step: int | None
    line: int
    column: int
    what: Message
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a text holds. `fault`: it is no TOML, and `raw` is empty; `agenda` is None where it cannot be run."""

    raw: Mapping[str, Any]
    agenda: Agenda | None
    checks: tuple[Check, ...]
    fault: RetroError | None = None

    @property
    def errors(self) -> int:
        return sum(check.severity == "error" for check in self.checks)


@dataclass(frozen=True, slots=True)
class Version:
    """The text as it was, and where the cursor stood."""

    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The agenda on the desk. `base` is what lies at `path` as far as we know, None where nothing does."""

    path: Path
    text: str
    language: str
    """The team's: of plain texts, and what is edited unless another is asked for."""
    base: durable.Hash | None
    saved: str
    """The text as it was opened or saved last."""
    bundled: str = ""
    """The bundled agenda with the same id, in the team's language; "" where there is none."""
    windows: bool = False
    marked: bool = False
    """Whether the file's lines end as Windows writes them; whether it begins with a byte order mark."""
    done: tuple[Version, ...] = ()
    undone: tuple[Version, ...] = ()

    @property
    def is_copy(self) -> bool:
        """A copy that has no file yet."""
        return self.base is None

    @property
    def dirty(self) -> bool:
        return self.text != self.saved

    def look(self) -> Look:
        """What the text holds now."""
        return look_at(self.text, self.path)

    def edited(self, text: str, at: int = -1) -> Sheet:
        """The same with another text; a step back leads here, with the cursor on step `at`."""
        if text == self.text:
            return self
        done = (*self.done, Version(self.text, at))[-DEEPEST:]
        return replace(self, text=text, done=done, undone=())

    def changed(self, changes: Iterable[Change], at: int = -1) -> Sheet:
        """After these changes, which are one step back. Raises `agenda_text.NotChangeable`."""
        return self.edited(agenda_text.apply(self.text, changes), at)

    def undo(self, at: int = -1) -> tuple[Sheet, int]:
        """One step back, and where the cursor was; the same where there is none."""
        if not self.done:
            return self, at
        last = self.done[-1]
        undone = (*self.undone, Version(self.text, at))
        return replace(self, text=last.text, done=self.done[:-1], undone=undone), last.at

    def redo(self, at: int = -1) -> tuple[Sheet, int]:
        """One step forth again."""
        if not self.undone:
            return self, at
        last = self.undone[-1]
        done = (*self.done, Version(self.text, at))
        return replace(self, text=last.text, done=done, undone=self.undone[:-1]), last.at


_last_reading: list[Reading] = []
"""Of the text that was looked at last: a change of one step leaves the others as they were read."""


@lru_cache(maxsize=4)
def look_at(text: str, path: Path) -> Look:
    """What a text holds, and what there is to say about it, in the order of its lines. Raises nothing."""
    try:
        raw = agenda_text.parsed(text)
    except RetroError as unread:
        what = msg(unread.what.id, **{**unread.what.values, "file": path.name})
        named = RetroError(what, unread.hint, file=path, line=unread.line, column=unread.column)
        fault = agendas.mended(named, text)
        check = Check("error", None, fault.line or 1, fault.column or 1, fault.what, fault.hint)
        return Look({}, None, (check,), fault)
    reading = read_agenda(raw, _last_reading[0] if _last_reading else None)
    _last_reading[:] = [reading]
    checks = []
    for each in reading.findings:
        line, column = agenda_text.locate(text, each.path)
        at = each.path[1] if len(each.path) > 1 and each.path[0] in ("step", "steps") else None
        checks.append(
            Check(each.severity, at if isinstance(at, int) else None, line, column, each.what, each.hint)
        )
    checks.sort(key=lambda each: (each.severity != "error", each.line, each.column))
    return Look(raw, reading.agenda, tuple(checks))


# -- opening -----------------------------------------------------------------------------------------------


def open_sheet(workspace: Workspace, wanted: str, language: str) -> Sheet:
    """The agenda with this id, or in this file, on the desk. A bundled one is a copy that has no file yet.

    Raises RetroError for an unknown id and for a file that is no text.
    """
    found = agendas.look_up(wanted, workspace.folder)
    if found.bundled:
        check_writable(workspace)
        text = bundled_text(found.path.stem, language)
        return Sheet(workspace.agendas_folder / found.path.name, text, language, None, text, bundled=text)
    return read_sheet(found.path, language)


def read_sheet(path: Path, language: str) -> Sheet:
    """A file on the desk, also one that is broken. Raises RetroError where it cannot be read as text at all."""
    content, base = durable.read(path, limit=agendas.MAX_BYTES)
    text = text_of(content, path, limit=agendas.MAX_BYTES)
    windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    an_id = look_at(text, path).raw.get("id", path.stem)
    return Sheet(
        path, text, language, base, text, bundled_text(str(an_id), language),
        windows, content.startswith(b"\xef\xbb\xbf"),
    )  # fmt: skip


def new_sheet(workspace: Workspace, an_id: str, template: str, language: str) -> Sheet:
    """A new agenda from any other; its file is made at once. Raises RetroError as `agendas.new_agenda`."""
    found = agendas.find(template, workspace.folder)
    check_writable(workspace)
    return read_sheet(agendas.new_agenda(workspace.folder, an_id, found, language), language)


def bundled_text(an_id: str, language: str) -> str:
    """The bundled agenda with this id in one language; "" where there is none."""
    path = agendas.bundled_folder() / f"{an_id}.toml"
    if path.parent != agendas.bundled_folder() or not path.is_file():
        return ""  # an id is what somebody wrote: it may be a path
    loaded = agendas.load(path.resolve(), bundled=True)
    if not isinstance(loaded, agendas.LoadedAgenda):
        return ""
    return agenda_text.one_language(loaded.source_text.replace("\r\n", "\n"), language)


# -- the disk ----------------------------------------------------------------------------------------------


def save(sheet: Sheet) -> Sheet:
    """Writes the text; what it was before is still a step back.

    Raises `durable.Conflict` where something else lies there than we know, `durable.NotSaved` otherwise.
    """
    text = sheet.text if sheet.text.endswith("\n") or not sheet.text else sheet.text + "\n"
    content = text.replace("\n", "\r\n") if sheet.windows else text
    encoded = content.encode("utf-8", "surrogatepass")
    if sheet.marked:
        encoded = b"\xef\xbb\xbf" + encoded
    sound = sheet.look().fault is None
    written = durable.write(
        sheet.path,
        encoded,
        expected=sheet.base,
        check=lambda found: parse_text(text_of(found, sheet.path)) if sound else None,
    )
    return replace(sheet, text=text, saved=text, base=written)


def changed_underneath(sheet: Sheet) -> bool:
    """Whether something else lies on the disk than was opened or saved last."""
    try:
        _, found = durable.read(sheet.path, limit=agendas.MAX_BYTES)
    except durable.Missing:
        return sheet.base is not None
    except durable.Unreadable:
        return True
    return found != sheet.base


def take_theirs(sheet: Sheet, at: int = -1) -> Sheet:
    """What lies on the disk comes onto the desk; our text is a step back. Raises RetroError where it is unreadable."""
    theirs = read_sheet(sheet.path, sheet.language)
    return replace(
        sheet.edited(theirs.text, at),
        base=theirs.base, saved=theirs.text, windows=theirs.windows, marked=theirs.marked,
    )  # fmt: skip


def beside(sheet: Sheet) -> Sheet:
    """Our text under a free id and file name of its own, so that both versions stay. Not saved yet.

    Raises `agenda_text.NotChangeable` where the id does not stand on a line of its own.
    """
    number = 2
    while (path := sheet.path.with_name(f"{sheet.path.stem}-{number}.toml")).exists():
        number += 1
    moved = sheet if sheet.look().fault else sheet.changed((SetValue(("id",), path.stem),))
    return replace(moved, path=path, base=None, bundled="")


def back_to_bundled(sheet: Sheet) -> Path:
    """The team's copy goes, and the bundled agenda takes its place again; the copy is kept beside as `.bak`.

    Raises RetroError where the disk does not let it, or where the file was changed underneath.
    """
    content, found = durable.read(sheet.path, limit=agendas.MAX_BYTES)
    if found != sheet.base:
        raise RetroError(
            msg("{file} was changed by somebody else.", file=sheet.path.name),
            msg("Look at what is there now first: s asks."),
        )
    number, kept = 1, sheet.path.with_name(f"{sheet.path.name}.bak")
    while kept.exists():
        number += 1
        kept = sheet.path.with_name(f"{sheet.path.name}.bak{number}")
    durable.write(kept, content, expected=None, check=lambda _content: None)
    durable.remove(sheet.path, expected=found)
    return kept


def bundled_again(sheet: Sheet, at: int = -1) -> Sheet:
    """The bundled agenda on the desk, as a copy that has no file; the team's text is a step back."""
    return replace(sheet.edited(sheet.bundled, at), saved=sheet.bundled, base=None)


def difference(old: str, new: str, old_name: str, new_name: str) -> str:
    """A unified diff of two texts; "" where they are the same."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), old_name, new_name, lineterm="")
    return "\n".join(lines)
