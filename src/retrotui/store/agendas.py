"""The agendas that there are: the bundled ones, the team's own, and any file that somebody names.

Owns finding and reading them, the line and column of everything found in them, and new ones made from a
template. Must not change an agenda that a person wrote, and must not judge one: the rules are
`domain.agenda_checks`. A bundled agenda takes no place where the team has one with its id.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from retrotui.domain.agenda import Agenda, Severity
from retrotui.domain.agenda_reading import read_agenda
from retrotui.domain.nearness import nearest
from retrotui.errors import Message, RetroError, msg
from retrotui.store import durable
from retrotui.store.toml_mending import mend
from retrotui.store.toml_places import Places
from retrotui.store.toml_reading import parse_text, text_of

MAX_BYTES = 1_000_000
"""Bytes of an agenda's file; larger ones are something else."""
FOLDER = "agendas"
"""The folder of a team's agendas, in the team folder."""

_ID = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_ID_LINE = re.compile(r"""(?P<key>[ \t]*(?:id|"id"|'id')[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""")


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding with its line and column in the file, counting from 1."""

    severity: Severity
    line: int
    column: int
    what: Message
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class LoadedAgenda:
    """An agenda that can be run, its text with all comments, and what there is to say about it."""

    agenda: Agenda
    source_text: str
    path: Path
    bundled: bool
    findings: tuple[PlacedFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenAgenda:
    """A file that is no agenda we can run. `error` says the first thing that is wrong, `findings` all of
    them."""

    id: str
    path: Path
    bundled: bool
    error: RetroError
    findings: tuple[PlacedFinding, ...]


def bundled_folder() -> Path:
    """Where the bundled agendas lie: in the installed package, else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "bundled_agendas"
    return installed if installed.is_dir() else package.parent.parent / FOLDER


def load(path: Path, *, bundled: bool = False) -> LoadedAgenda | BrokenAgenda:
    """One agenda's file. Raises nothing: what is wrong is in the `BrokenAgenda`."""
    try:
        content, _ = durable.read(path, limit=MAX_BYTES)
        text = text_of(content, path, limit=MAX_BYTES)
    except RetroError as unread:
        return _unread(unread, path, bundled)
    return parse(text, path, bundled=bundled)


def _unread(error: RetroError, path: Path, bundled: bool, text: str = "") -> BrokenAgenda:
    error = mended(error, text)
    finding = PlacedFinding("error", error.line or 1, error.column or 1, error.what, error.hint)
    return BrokenAgenda(path.stem, path, bundled, error, (finding,))


def mended(error: RetroError, text: str) -> RetroError:
    """The parser's error with the words of somebody who sees the line: what to write there."""
    found = mend(error, text)
    if found is None:
        return error
    return RetroError(found.what, found.hint, file=error.file, line=found.line, column=found.column)


def parse(text: str, path: Path, *, bundled: bool = False) -> LoadedAgenda | BrokenAgenda:
    """An agenda in a text that came from, or belongs to, `path`. Raises nothing, as `load`."""
    try:
        raw = parse_text(text, path)
    except RetroError as unread:
        return _unread(unread, path, bundled, text)
    reading = read_agenda(raw)
    places = Places(text) if reading.findings else None
    placed = (
        PlacedFinding(each.severity, *(places.locate(each.path) if places else (1, 1)), each.what, each.hint)
        for each in reading.findings
    )
    found = [*placed, *_file_name(reading.agenda, path, text)]
    findings = tuple(sorted(found, key=lambda each: (each.line, each.column)))
    if reading.agenda is None or reading.errors:
        first = next(each for each in findings if each.severity == "error")
        error = RetroError(first.what, first.hint, file=path, line=first.line, column=first.column)
        an_id = raw.get("id")
        return BrokenAgenda(
            an_id if isinstance(an_id, str) and _ID.fullmatch(an_id) else path.stem,
            path,
            bundled,
            error,
            findings,
        )
    return LoadedAgenda(reading.agenda, text, path, bundled, findings)


def all_agendas(folder: Path | None) -> tuple[list[LoadedAgenda], list[BrokenAgenda]]:
    """All agendas of the team folder `folder` and the bundled ones, by id; and the files that cannot be used.

    A team's agenda takes the place of the bundled one with its id, also where it is broken: nobody should
    run the bundled one and believe it is theirs. Of two files with one id the second is broken.
    """
    good: dict[str, LoadedAgenda] = {}
    broken: list[BrokenAgenda] = []
    for path in _toml_files(folder / FOLDER) if folder is not None else []:
        loaded = load(path)
        if isinstance(loaded, BrokenAgenda):
            broken.append(loaded)
        elif loaded.agenda.id in good:
            broken.append(_second(loaded, good[loaded.agenda.id].path))
        else:
            good[loaded.agenda.id] = loaded
    taken = set(good) | {each.id for each in broken}
    for path in _toml_files(bundled_folder()):
        if path.stem in taken:
            continue
        loaded = load(path.resolve(), bundled=True)
        if isinstance(loaded, BrokenAgenda):
            broken.append(loaded)
        else:
            good[loaded.agenda.id] = loaded
    return [good[an_id] for an_id in sorted(good)], broken


def find(id_or_path: str, folder: Path | None) -> LoadedAgenda:
    """The agenda that AGENDA means on the command line: an id, or a file.

    Raises RetroError: with file, line and column where it is broken, with the nearest ids where it is
    unknown.
    """
    found = look_up(id_or_path, folder)
    if isinstance(found, BrokenAgenda):
        raise found.error
    return found


def look_up(id_or_path: str, folder: Path | None) -> LoadedAgenda | BrokenAgenda:
    """Like `find`, but a broken one is a result, so that it can be mended. Raises RetroError for an unknown
    id."""
    wanted = id_or_path.strip()
    if _looks_like_file(wanted):
        return load(real_path(Path(wanted)))
    # the usual case first: one file read, not all of them
    for path, bundled in _candidates(wanted, folder):
        loaded = load(path, bundled=bundled)
        if isinstance(loaded, LoadedAgenda) and loaded.agenda.id != wanted:
            break  # its id is what counts, so another file may be the one
        return loaded
    good, broken = all_agendas(folder)
    known: list[LoadedAgenda | BrokenAgenda] = [each for each in good if each.agenda.id == wanted]
    known += [each for each in broken if each.id == wanted]
    if known:
        return known[0]
    if os.path.isfile(wanted):  # noqa: PTH113 - Path.is_file raises on a name that is too long
        return load(real_path(Path(wanted)))
    raise _unknown(wanted, good)


def new_agenda(folder: Path, an_id: str, template: LoadedAgenda, language: str = "") -> Path:
    """Copies `template`, comments and all, to the team folder under another id; returns the new file.

    Of a bundled one the copy takes `language` alone, so that no translation goes stale beside an edited text.
    Raises RetroError where the id is none, is taken by a file, or the folder cannot be written.
    """
    if not _ID.fullmatch(an_id) or len(an_id) > 60:
        raise RetroError(
            msg("“{given}” cannot be an id.", given=an_id[:60]),
            msg("An id has letters a to z, digits and single hyphens, like monthly-reflection."),
        )
    path = folder / FOLDER / f"{an_id}.toml"
    taken = next((e for e in all_agendas(folder)[0] if e.agenda.id == an_id and not e.bundled), None)
    if taken is not None or os.path.lexists(path):
        raise RetroError(
            msg("There is an agenda “{id}” already.", id=an_id),
            msg("Take another id, or open it with: retrotui agendas edit {id}", id=an_id),
            file=taken.path if taken else path,
        )
    text = _with_id(template, an_id)
    if language and template.bundled:
        from retrotui.store.agenda_text import one_language  # loads tomlkit

        text = one_language(text, language)
    durable.write(
        path, text.encode(), expected=None, check=lambda content: parse_text(text_of(content, path))
    )
    return path


def _file_name(agenda: Agenda | None, path: Path, text: str) -> list[PlacedFinding]:
    """The id is what counts; a file of another name is only harder to find for people."""
    if agenda is None or path.parent.name != FOLDER or path.stem == agenda.id:
        return []
    line, column = Places(text).locate(("id",))
    what = msg("The file is called {file}, its agenda {id}.", file=path.name, id=agenda.id)
    return [PlacedFinding("warning", line, column, what, msg("Call it {file}.", file=f"{agenda.id}.toml"))]


def _toml_files(folder: Path) -> list[Path]:
    """The agendas' files of a folder, by name; none where it is not there or may not be read."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.name[0] != ".")
    except OSError:
        return []


def _candidates(an_id: str, folder: Path | None) -> list[tuple[Path, bool]]:
    """Where an agenda with this id lies if its file is named after it, the team's before the bundled."""
    if not _ID.fullmatch(an_id):
        return []
    name = f"{an_id}.toml"
    own = [(folder / FOLDER / name, False)] if folder is not None else []
    # a team's file of another name may hold a bundled id: then all have to be looked at
    if folder is not None and not os.path.lexists(own[0][0]) and _toml_files(folder / FOLDER):
        return []
    bundled = [((bundled_folder() / name).resolve(), True)]
    return [(path, is_bundled) for path, is_bundled in own + bundled if os.path.lexists(path)]


def _looks_like_file(text: str) -> bool:
    return text.endswith(".toml") or "/" in text or os.sep in text


def real_path(path: Path) -> Path:
    """A file that a person named may be reached through links; those inside the team folder may not."""
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError, ValueError):
        return path


def _second(loaded: LoadedAgenda, first: Path) -> BrokenAgenda:
    line, column = Places(loaded.source_text).locate(("id",))
    what = msg("{file} has the id “{id}” too.", file=first.name, id=loaded.agenda.id)
    hint = msg("Give this one another id.")
    error = RetroError(what, hint, file=loaded.path, line=line, column=column)
    finding = PlacedFinding("error", line, column, what, hint)
    return BrokenAgenda(loaded.agenda.id, loaded.path, loaded.bundled, error, (finding, *loaded.findings))


def _unknown(wanted: str, good: list[LoadedAgenda]) -> RetroError:
    """The nearest ids by id or title; all of them where none is near."""
    by_name = {each.agenda.id: each.agenda.id for each in good}
    for each in good:
        by_name |= {title: each.agenda.id for _, title in each.agenda.title.texts}
    ids = list(dict.fromkeys(by_name[name] for name in nearest(wanted, list(by_name))))
    what = msg("There is no agenda “{id}”.", id=wanted[:60])
    if ids:
        return RetroError(what, msg("The nearest: {ids}.", ids=", ".join(ids)))
    return RetroError(what, msg("There are: {ids}.", ids=", ".join(each.agenda.id for each in good)))


def _with_id(template: LoadedAgenda, an_id: str) -> str:
    """The template's text with another id and everything else as it was, but for Windows line ends."""
    text = template.source_text
    line, _ = Places(text).locate(("id",))
    lines = text.split("\n")
    lines[line - 1] = _ID_LINE.sub(lambda found: f'{found["key"]}"{an_id}"', lines[line - 1], count=1)
    changed = "\n".join(lines).replace("\r\n", "\n")
    if parse_text(changed) != {**parse_text(text), "id": an_id}:
        raise RetroError(
            msg("The id of {file} cannot be changed by itself.", file=template.path.name),
            msg('Write it as id = "…" on a line of its own, or copy the file by hand.'),
            file=template.path,
            line=line,
        )
    return changed
