"""`retrotui forget`: a person taken out of all that this folder and this machine hold.

Owns whether a file is changed, in which order, and what is left and why; which files there are is `forgotten_places`'.
Each file is read anew, changed as `forgotten_file` says, and replaced by the one writer only while it is what was read;
running meetings are left as they are.
Killed in the middle, the next run does the rest: the settings, by which somebody is found, come last. The draft of a
meeting comes before its minutes and already names the hash that these will have. Must not ask or print anything.

What is changed: minutes (also copies and running ones that nobody holds), drafts of this folder, agendas, exports that
lie in the team folder or the documents folder under a meeting's name, `retrotui.toml`. What is removed: crash reports,
marks of dead holders and unfinished files that hold the name, and the index, which is built anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from retrotui.domain import forgetting as rules
from retrotui.domain.forgetting import Known, Person, Texts
from retrotui.domain.names import Name
from retrotui.domain.nearness import nearest
from retrotui.errors import Message, RetroError, msg
from retrotui.store import drafts, durable, lock
from retrotui.store import minutes as minutes_store
from retrotui.store.durable import Unreadable
from retrotui.store.forgotten_file import REMOVED, Item, Kind, Place, changed, judged
from retrotui.store.forgotten_places import documents, files
from retrotui.store.index_shelf import Shelf
from retrotui.store.toml_codec import decode
from retrotui.store.toml_reading import parse

OURS: Final[frozenset[Kind]] = frozenset({"minutes", "draft", "settings", "agenda"})
"""Files that hold the name or may, where they cannot be read."""
Told: TypeAlias = Callable[[int, int], None]
"""Is told how many files were gone through, of how many."""


@dataclass(frozen=True, slots=True)
class Left:
    """A file that holds the person and is left as it is, why, and what to do."""

    path: Path
    why: Message
    hint: Message
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What forgetting somebody means here. `names` are the spellings that are looked for."""

    person: Person
    items: tuple[Item, ...]
    left: tuple[Left, ...]
    elsewhere: tuple[Path, ...]
    """Other team folders whose drafts on this machine name the person."""
    repository: Path | None
    """The git repository in which the team folder lies: its history keeps what was."""
    ownerless: int = 0
    """Actions and experiments, open ones among them, that have no owner afterwards."""


class SeveralOfThatName(RetroError):
    """More than one person is called so."""

    people: tuple[Known, ...] = ()


# -- who, and where ----------------------------------------------------------------------------------------


def plan(place: Place, typed: str, told: Told | None = None) -> Plan:
    """Who is meant and what would be changed. Writes nothing. `told` hears how many files are done; reading is half.

    Raises RetroError: nobody is called so (the nearest are named), `SeveralOfThatName`, or a folder cannot be read.
    """
    return _Search(place).plan(typed, told or _nobody_listens)


def _nobody_listens(_done: int, _total: int) -> None:
    """Where no progress is shown."""


@dataclass(frozen=True, slots=True)
class _Document:
    """A file of words as it was read. `raw` is None where it is damaged."""

    path: Path
    kind: Kind
    content: bytes
    people: tuple[Known, ...] = ()
    damage: RetroError | None = None

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")


class _Search:
    """The folders being gone through."""

    def __init__(self, place: Place) -> None:
        self.place, self.workspace = place, place.workspace

    def plan(self, typed: str, told: Told) -> Plan:
        there = [*documents(self.place)]
        read: list[_Document] = []
        for path, kind in there:
            read.append(_read(path, kind))
            told(len(read) // 2, len(there))
        person = self._who(typed, read)
        items: list[Item] = []
        left: list[Left] = []
        for number, one in enumerate(read, len(read)):
            told(number // 2, len(there))
            if one.kind in OURS and isinstance(one.damage, Unreadable):
                left.append(_unread(one.path, one.damage))
                continue
            if not (_names(one, person) or person.name.is_mentioned(f"{one.path.name}\n{one.text}")):
                continue
            for found in _judged(self.place, person, one):
                if isinstance(found, Item):
                    items.append(found)
                else:
                    left.append(found)
        items += [Item(path, "index") for path in self._indexes(person)]
        # of a stranger the whole name must stand somewhere: a first name alone is somebody else's
        if (not items and not left) or (
            not person.name.ids and not self._stands_anywhere(person, read, items)
        ):
            raise self._nobody(typed, [known for one in read for known in one.people])
        ownerless = sum(item.found.changes["owner"] for item in items if item.kind == "minutes")
        return Plan(
            person, tuple(items), tuple(left), tuple(self._elsewhere(person)),
            _repository(self.workspace.folder), ownerless,
        )  # fmt: skip

    def _stands_anywhere(self, person: Person, read: list[_Document], items: list[Item]) -> bool:
        whole = Texts(person, "").mentions_whole
        known = any(one in person.name.names for each in read for one in (p.name for p in each.people))
        return known or any(item.kind == "index" for item in items) or any(whole(one.text) for one in read)

    def _who(self, typed: str, read: list[_Document]) -> Person:
        known = [each for one in read for each in one.people]
        found = rules.candidates(typed, known)
        if len(found) > 1:
            raise _several(typed, found)
        if found:
            return rules.person_of(found[0], known)
        person = rules.stranger(typed)
        if person is None:
            raise self._nobody(typed, known)
        return replace(person, others=tuple(dict.fromkeys(known)))

    def _nobody(self, typed: str, known: Iterable[Known]) -> RetroError:
        names = list(dict.fromkeys(one.name for one in known))
        parts = [name for name in names if typed.casefold().strip() in name.casefold().split()]
        near = parts or nearest(typed, names)
        what = msg("Nobody here is called “{name}”.", name=typed.strip()[:60])
        if near:
            return RetroError(what, msg("The nearest: {names}.", names=", ".join(near[:5])))
        return RetroError(what, msg("Type the whole name, as in the minutes, or the id."))

    def _indexes(self, person: Person) -> Iterator[Path]:
        """Index folders that hold the name: this team folder's, and those of folders that were moved."""
        needles = [needle.encode() for name in person.name.names for needle in {name, *Name((name,)).whole}]
        needles += [an_id.encode() for an_id in person.name.ids]
        with contextlib.suppress(OSError):
            for folder in sorted(each for each in self.workspace.cache.iterdir() if each.is_dir()):
                for path in files(folder, deep=0):
                    with contextlib.suppress(OSError):
                        content = path.read_bytes()
                        if any(needle in content for needle in needles):
                            yield folder
                            break

    def _elsewhere(self, person: Person) -> Iterator[Path]:
        """Team folders of other drafts on this machine that name the person."""
        found: set[str] = set()
        for path in files(self.workspace.state / "drafts", deep=1):
            if path.parent in (self.workspace.drafts_folder, self.workspace.state / "drafts"):
                continue
            one = _read(path, "draft")
            if Texts(person, "").mentions_whole(one.text):
                with contextlib.suppress(RetroError):
                    found.add(drafts.decode_draft(one.content, path)[0].team_folder or str(path))
        yield from map(Path, sorted(found))


def _unread(path: Path, error: RetroError) -> Left:
    """A file of ours that nobody could look into: it may hold the name."""
    return Left(path, error.what, msg("See that it can be read, then forget again."))


def _several(typed: str, found: list[Known]) -> SeveralOfThatName:
    error = SeveralOfThatName(
        msg("{n} people are called “{name}”.", n=len(found), name=typed.strip()[:60]),
        msg("Name one by the id: {ids}.", ids=", ".join(one.id for one in found)),
    )
    error.people = tuple(found)
    return error


def _repository(folder: Path) -> Path | None:
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def _read(path: Path, kind: Kind) -> _Document:
    try:
        content, _ = durable.read(path, limit=durable.MAX_BYTES)
    except RetroError as error:
        return _Document(path, kind, b"", damage=error)
    if kind not in ("minutes", "draft", "settings"):
        return _Document(path, kind, content)
    try:
        raw = parse(content, path)
    except RetroError as error:
        return _Document(path, kind, content, damage=error)
    if kind != "settings":
        return _Document(path, kind, content, tuple(rules.people_in(raw)))
    people = rules.people_in({"participant": raw.get("person")})
    return _Document(
        path, kind, content, tuple(replace(one, id=one.id or _id_of(one.name)) for one in people)
    )


def _id_of(name: str) -> str:
    from retrotui.domain.text import person_id

    return person_id(name, ())


def _names(one: _Document, person: Person) -> bool:
    """Whether the person is a row of the file, as it was read: then nobody need look for the name."""
    names, ids = person.name.names, person.name.ids
    return any(each.name in names or each.id in ids for each in one.people)


# -- one file ----------------------------------------------------------------------------------------------


def _judged(place: Place, person: Person, one: _Document) -> Iterator[Item | Left]:
    """What is to become of a file that holds the name, or a part of it."""
    whole = Texts(person, "").mentions_whole
    if one.kind in REMOVED:
        mentions = person.name.mentions(one.text)
        if one.kind in ("mark", "log") or any(each.kind != "loose" for each in mentions):
            yield from _removable(place, one)
        return
    if whole(one.path.stem):
        yield Left(
            one.path,
            msg("The name of {file} holds the name.", file=one.path.name),
            msg("Rename the file by hand."),
        )
    try:
        item = judged(place, person, one.path, one.kind)
    except RetroError as error:
        if whole(one.text) or one.damage is None:
            yield Left(one.path, error.what, error.hint or msg("Mend it, then forget again."), error.line)
        return
    if item.found.changes and (held := _held(place, item)) is not None:
        yield Left(one.path, held.what, msg("End the meeting, then forget again."))
    elif item.found.changes or item.found.kept:
        yield item


def _removable(place: Place, one: _Document) -> Iterator[Item | Left]:
    if one.kind == "mark":
        meeting = one.path.name.removeprefix(".").removesuffix(".lock")
        if lock.holder_of(place.workspace, meeting, place.clock) is not None:
            return  # it goes with the meeting
    yield Item(one.path, one.kind)


def _held(place: Place, item: Item) -> RetroError | None:
    """Why nobody may change this meeting now; None where nothing stands in the way."""
    if not item.meeting:
        return None
    holder = lock.holder_of(place.workspace, item.meeting, place.clock)
    return lock.held(item.meeting, holder, lock.this_process(place.clock)) if holder is not None else None


# -- doing it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """What was changed or removed, and what could not be."""

    paths: tuple[Path, ...]
    left: tuple[Left, ...]


def carry_out(place: Place, what: Plan, told: Told | None = None) -> Done:
    """Does what was planned, file by file, and goes on after what cannot be done."""
    told = told or _nobody_listens
    done: list[Path] = []
    left = list(what.left)
    for number, item in enumerate(what.items, 1):
        told(number, len(what.items))
        if item.kind == "index":
            continue
        try:
            if _do(place, what.person, item):
                done.append(item.path)
        except durable.Missing:
            continue
        except RetroError as error:
            left.append(Left(item.path, error.what, error.hint or msg("Forget again."), error.line))
    # last: another process may have looked at the old files meanwhile
    folders = {item.path for item in what.items if item.kind == "index"} | {place.workspace.index_folder}
    for folder in sorted(folders):
        Shelf(folder).clear()
    done += [item.path for item in what.items if item.kind == "index"]
    return Done(tuple(done), tuple(left))


_CHECKS: Final[dict[Kind, Callable[[bytes], object]]] = {
    "minutes": decode, "draft": drafts.decode_draft, "agenda": parse, "settings": parse,
}  # fmt: skip


def _do(place: Place, person: Person, item: Item) -> bool:
    """Changes or removes one file; whether it did. Raises RetroError: held, damaged meanwhile, not saved."""
    if item.kind in REMOVED:
        durable.remove(item.path, expected=durable.ANY)
        return True
    with contextlib.ExitStack() as holding:
        if item.meeting and item.found.changes:
            holding.enter_context(_quiet(place, item))
        _, written = changed(place, person, item.path, item.kind)
        if written is None:
            return False
        content, was = written
        check = _CHECKS.get(item.kind, bytes.decode)
        durable.write(item.path, content, expected=was, check=check)
    return True


@contextlib.contextmanager
def _quiet(place: Place, item: Item) -> Iterator[None]:
    """While a running meeting is changed, nobody can go on with it. One that is over is guarded by its hash alone."""
    if item.kind == "minutes" and not _is_running(item.path):
        yield
        return
    with lock.acquire(place.workspace, item.meeting, place.clock):
        yield


def _is_running(path: Path) -> bool:
    try:
        return minutes_store.read_summary(path).status == "running"
    except RetroError:
        return True
