"""The drafts: what a running meeting holds beyond its minutes, in the user's own state folder.

Owns the draft's file (the minutes' document and a `[draft]` table) and the comparison with the minutes on the next
start. A draft is never thrown away while it says something that the minutes do not. Must not decide which of two
versions is right: a person does.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from retrotui.errors import RetroError, msg
from retrotui.store import durable
from retrotui.store import minutes as minutes_store
from retrotui.store.durable import Expectation, Hash, Missing
from retrotui.store.minutes import Damaged, Loaded
from retrotui.store.toml_codec import Memory, decode, encode
from retrotui.store.toml_reading import damaged
from retrotui.store.workspace import Workspace

if TYPE_CHECKING:
    from retrotui.domain.minutes import Minutes

TABLE: Final = "draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """A running meeting as it was at the last key."""

    minutes: Minutes
    line: str = ""
    """The half-typed text of the capture line."""
    base: Hash | None = None
    """The minutes' file that it goes on from; None: there was none yet."""
    team_folder: str = ""
    agenda: str = ""
    """The running agenda's file as it was at the start: editing the agenda changes nothing in this meeting."""
    deals: str = ""
    """The file of deals that was brought along: it is read again when the meeting goes on."""
    alive: datetime | None = None
    """When the program that ran the meeting last said that it was there: what follows, after a crash, is time away."""


@dataclass(frozen=True, slots=True)
class LoadedDraft:
    """A draft with its file. `read_only`: a newer program wrote it."""

    draft: Draft
    hash: Hash
    path: Path
    read_only: bool = False


class Standing(enum.Enum):
    """How a draft stands to its minutes."""

    AGREE = "agree"
    """The same document: nothing to ask. A half-typed line may be there beside it."""
    DRAFT_NEWER = "draft newer"
    """The minutes are what the draft goes on from: the draft says more."""
    MINUTES_CHANGED = "minutes changed"
    """The minutes were changed, damaged or removed meanwhile: two versions, both kept."""


@dataclass(frozen=True, slots=True)
class FoundDraft:
    """A draft beside its minutes. `minutes` is None where there are none, or only damaged ones."""

    loaded: LoadedDraft
    standing: Standing
    minutes: Loaded | None = None
    damage: Damaged | None = None

    @property
    def draft(self) -> Draft:
        return self.loaded.draft

    @property
    def has_ended(self) -> bool:
        """The meeting is over, and its minutes do not say so yet."""
        return self.draft.minutes.status != "running" and self.standing is Standing.DRAFT_NEWER

    @property
    def entries_beyond(self) -> int:
        """How many entries the draft has that the minutes have not, or not in these words."""
        known = set(self.minutes.minutes.entries()) if self.minutes is not None else set()
        return sum(1 for entry in self.draft.minutes.entries() if entry not in known)


def encode_draft(draft: Draft, memory: Memory | None = None, fresh: list[str] | None = None) -> bytes:
    """The draft's file. `memory` and `fresh` as for `toml_codec.encode`."""
    table: dict[str, Any] = {
        "line": draft.line,
        "base": draft.base or "",
        "team_folder": draft.team_folder,
        "agenda": draft.agenda,
        "deals": draft.deals,
    }
    if draft.alive is not None:
        table["alive"] = draft.alive
    return encode(draft.minutes, {TABLE: table}, memory, fresh)


def decode_draft(content: bytes, file: Path | None = None) -> tuple[Draft, bool]:
    """The draft in a file, and whether a newer program wrote it. Raises `DamagedFile`."""
    document = decode(content, file, aside=(TABLE,))
    table = document.aside.get(TABLE)
    if not isinstance(table, Mapping):
        raise damaged(msg("the key {key} is missing", key=TABLE), file, 1, 1)
    line, base, folder, agenda, deals = (
        _text(table, key) for key in ("line", "base", "team_folder", "agenda", "deals")
    )
    alive = table.get("alive")
    if not isinstance(alive, datetime) or alive.tzinfo is None:
        alive = None
    draft = Draft(document.minutes, line, Hash(base) if base else None, folder, agenda, deals, alive)
    return draft, document.read_only


def load(path: Path) -> LoadedDraft:
    """A draft. Raises RetroError: `Missing`, `Unreadable`, `DamagedFile`."""
    content, its_hash = durable.read(path)
    draft, newer = decode_draft(content, path)
    return LoadedDraft(draft, its_hash, path, newer)


def save(path: Path, draft: Draft, *, expected: Expectation) -> Hash:
    """Replaces the draft. Raises as `durable.write` does."""
    return durable.write(path, encode_draft(draft), expected=expected, check=decode_draft)


def discard(loaded: LoadedDraft) -> None:
    """Removes a draft that is no longer needed, if it still is the one that was loaded. Raises as `durable.remove`."""
    durable.remove(loaded.path, expected=loaded.hash)


def list_drafts(workspace: Workspace) -> tuple[list[FoundDraft], list[Damaged]]:
    """The drafts of this team folder beside their minutes, the newest meeting first, and the damaged ones.

    Of two drafts of one meeting the one that belongs to its minutes comes first, then the one that lived longer.
    """
    found: list[FoundDraft] = []
    broken: list[Damaged] = []
    try:
        paths = sorted(workspace.drafts_folder.glob("*.toml"))
    except OSError:
        paths = []
    for path in paths:
        if path.name.startswith("."):
            continue
        try:
            found.append(compare(workspace, load(path)))
        except Missing:
            continue
        except RetroError as error:
            broken.append(Damaged(path, error.line, error.what))
    found.sort(key=_likelihood, reverse=True)
    return found, broken


def _likelihood(found: FoundDraft) -> tuple[date, str, bool, datetime]:
    draft = found.draft
    fits = found.standing is not Standing.MINUTES_CHANGED
    return draft.minutes.date, draft.minutes.id, fits, draft.alive or datetime.min.replace(tzinfo=UTC)


def compare(workspace: Workspace, loaded: LoadedDraft) -> FoundDraft:
    """A draft beside its minutes: by content, never by the time of a file."""
    draft = loaded.draft
    try:
        minutes = _minutes_of(workspace, draft)
    except RetroError as error:
        damage = Damaged(error.file or workspace.minutes_folder, error.line, error.what)
        return FoundDraft(loaded, Standing.MINUTES_CHANGED, None, damage)
    if minutes is None:
        return FoundDraft(loaded, Standing.DRAFT_NEWER if draft.base is None else Standing.MINUTES_CHANGED)
    if minutes.minutes == draft.minutes:
        return FoundDraft(loaded, Standing.AGREE, minutes)
    standing = Standing.DRAFT_NEWER if minutes.hash == draft.base else Standing.MINUTES_CHANGED
    return FoundDraft(loaded, standing, minutes)


def _minutes_of(workspace: Workspace, draft: Draft) -> Loaded | None:
    try:
        return minutes_store.load(workspace.minutes_file(draft.minutes.id))
    except Missing:
        if draft.base is None:
            return None
    try:
        return minutes_store.load(
            minutes_store.find(workspace, draft.minutes.id)
        )  # somebody renamed the file
    except minutes_store.NoSuchMeeting:
        return None


def keep_both(workspace: Workspace, found: FoundDraft) -> Loaded:
    """Keeps the draft's version as minutes of their own beside the others; only then is the draft removed.

    The half-typed line goes in as a parked topic, so that it is not lost. Raises as `minutes.save_new` does.
    """
    minutes = found.draft.minutes
    if found.draft.line.strip():
        minutes = minutes.model_copy(update={"parked": (*minutes.parked, found.draft.line.strip())})
    copy = minutes_store.save_beside(workspace, minutes)
    discard(found.loaded)
    return copy


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    return value if isinstance(value, str) else ""
