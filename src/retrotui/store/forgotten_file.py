"""What a file becomes when a person is forgotten: minutes, drafts, settings, agendas, exports, each in its own way.

Owns these ways, up to the bytes. Must not write, nor decide whether a file may be changed now: that is `forgetting`'s.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from retrotui.clock import Clock
from retrotui.domain import forgetting as rules
from retrotui.domain.forgetting import Found, Known, Person, Texts
from retrotui.domain.names import Name
from retrotui.errors import RetroError, msg
from retrotui.store import drafts, durable
from retrotui.store import minutes as minutes_store
from retrotui.store import settings as settings_store
from retrotui.store.durable import Hash
from retrotui.store.exported import without_name
from retrotui.store.toml_codec import decode, encode
from retrotui.store.toml_reading import parse, text_of
from retrotui.store.workspace import Workspace

Kind: TypeAlias = Literal[
    "minutes", "draft", "settings", "agenda", "export", "log", "mark", "unfinished", "index", "other"
]
REMOVED: Final[frozenset[Kind]] = frozenset({"log", "mark", "unfinished", "index"})
"""What is taken away instead of changed."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file that holds the person, and how often what."""

    path: Path
    kind: Kind
    found: Found = field(default_factory=Found)
    meeting: str = ""
    """The id of the meeting whose minutes or draft it is."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is forgotten. `somebody` is the word that takes the place of a name, by language; `documents` the
    folder in which exports are proposed to lie."""

    workspace: Workspace
    clock: Clock
    somebody: Callable[[str], str]
    documents: Path | None = None

    @property
    def word(self) -> str:
        """What stands for a person in files that belong to no meeting."""
        with contextlib.suppress(RetroError):
            return self.somebody(settings_store.load(self.workspace).settings.language or "en")
        return self.somebody("en")


Written: TypeAlias = tuple[bytes, Hash]
Made: TypeAlias = Callable[[], bytes]
"""What a file becomes, made when it is asked for: of minutes, writing them costs as much as all that comes before."""


def judged(place: Place, person: Person, path: Path, kind: Kind) -> Item:
    """What `changed` would do, without making the new file. Raises RetroError: damaged, newer."""
    content, _ = durable.read(path, limit=durable.MAX_BYTES)
    return _changed(place, person, path, kind, content)[0]


def changed(place: Place, person: Person, path: Path, kind: Kind) -> tuple[Item, Written | None]:
    """What a file becomes, and the hash of what it was; None where it stays. Raises RetroError: damaged, newer."""
    content, was = durable.read(path, limit=durable.MAX_BYTES)
    item, made = _changed(place, person, path, kind, content)
    new = made()
    return item, None if new == content else (new, was)


def _changed(place: Place, person: Person, path: Path, kind: Kind, content: bytes) -> tuple[Item, Made]:
    if kind == "minutes":
        return _minutes(place, person, path, content)
    if kind == "draft":
        item, new = _draft(place, person, path, content)
    elif kind == "settings":
        item, new = _settings(place, person, path)
    elif kind == "agenda":
        item, new = _agenda(place, person, path, content)
    elif kind == "export":
        item, new = _export(place, person, path, content)
    else:
        raise _not_ours(path)
    return item, lambda: new


def _minutes(place: Place, person: Person, path: Path, content: bytes) -> tuple[Item, Made]:
    document = decode(content, path)
    if document.read_only:
        raise _newer(path)
    minutes, found = rules.forget(document.minutes, person, place.somebody(document.minutes.language))
    item = Item(path, "minutes", found, document.minutes.id)
    if minutes != document.minutes:
        return item, lambda: encode(minutes)
    if beyond := _times(person, content) - _times(person, written := encode(minutes)):
        found.changes["whole"] += beyond  # a comment that somebody wrote into the file
        return item, lambda: written
    return item, lambda: content


def _times(person: Person, content: bytes) -> int:
    """How often the whole name stands in a file."""
    return sum(one.kind == "whole" for one in person.name.mentions(content.decode()))


def _draft(place: Place, person: Person, path: Path, content: bytes) -> tuple[Item, bytes]:
    draft, newer = drafts.decode_draft(content, path)
    if newer:
        raise _newer(path)
    somebody = place.somebody(draft.minutes.language)
    minutes, found = rules.forget(draft.minutes, person, somebody)
    texts = replace(rules.texts_in(draft.minutes, person, somebody), found=found)
    base = draft.base
    if base is not None:
        base = _base_to_be(place, person, draft.minutes.id, base)
    gone = replace(
        draft,
        minutes=minutes,
        line=texts.without(draft.line),
        agenda=texts.without(draft.agenda),
        deals="" if texts.mentions_whole(Path(draft.deals).name) else draft.deals,
        base=base,
    )
    item = Item(path, "draft", found, draft.minutes.id)
    return item, content if gone == draft else drafts.encode_draft(gone)


def _base_to_be(place: Place, person: Person, meeting: str, base: Hash) -> Hash:
    """The hash that the minutes of a draft will have, when it goes on from those that are there."""
    with contextlib.suppress(RetroError):
        path = minutes_store.find(place.workspace, meeting)
        _, written = changed(place, person, path, "minutes")
        if written is not None and written[1] == base:
            return durable.hash_of(written[0])
    return base


def _settings(place: Place, person: Person, path: Path) -> tuple[Item, bytes]:
    loaded = settings_store.load(place.workspace)
    if loaded.read_only:
        raise _newer(path)
    rows = tuple(one for one in loaded.settings.person if not _is_row_of(person, one.id, one.name))
    others = [Known(one.id, one.name) for one in rows]
    texts = Texts(person, place.somebody(loaded.settings.language or "en"), others, there=True)
    found = texts.found
    changed = loaded.settings.model_copy(update={"person": rows})
    text = settings_store.changed_text(loaded, changed) if rows != loaded.settings.person else loaded.text
    text = texts.without(text)
    if gone := len(loaded.settings.person) - len(rows):
        found.changes["person"] += gone
    return Item(path, "settings", found), text.encode()


def _is_row_of(person: Person, an_id: str, name: str) -> bool:
    return person.is_meant(an_id) or (not person.name.ids and Name((name,)).whole <= person.name.whole)


def _agenda(place: Place, person: Person, path: Path, content: bytes) -> tuple[Item, bytes]:
    text = text_of(content, path)
    raw = parse(content, path)
    texts = Texts(person, place.word)
    if texts.mentions_whole(str(raw.get("id", ""))):
        raise RetroError(
            msg("The id of {file} holds the name.", file=path.name),
            msg("Give the agenda another id, then forget again."),
            file=path,
        )
    new = texts.without(text).encode()
    return Item(path, "agenda", texts.found), new


def _export(place: Place, person: Person, path: Path, content: bytes) -> tuple[Item, bytes]:
    texts = Texts(person, place.word)
    new = without_name(path, content, texts)
    return Item(path, "export", texts.found), new


def _newer(path: Path) -> RetroError:
    return RetroError(
        msg("{file} was written by a newer retrotui and can only be read.", file=path.name),
        msg("Forget the person with the newer program."),
        file=path,
    )


def _not_ours(path: Path) -> RetroError:
    return RetroError(
        msg("{file} is none of retrotui's files.", file=path.name),
        msg("Look at it and change it by hand."),
        file=path,
    )
