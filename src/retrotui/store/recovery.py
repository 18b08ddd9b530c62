"""What a start brings to rest by itself: drafts that leave nothing to decide.

Owns four cases: a meeting that was ended while its minutes could not be written, a draft that says nothing beyond its
minutes, a second draft of one meeting, and a draft whose team folder was moved or renamed. Must not decide between two
versions: a person does, and until then both are kept. Whatever somebody else holds is left alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from retrotui.clock import Clock
from retrotui.errors import RetroError
from retrotui.store import drafts, durable, lock
from retrotui.store import minutes as minutes_store
from retrotui.store.drafts import FoundDraft, Standing
from retrotui.store.minutes import Loaded
from retrotui.store.workspace import Workspace

STILL_ALIVE = timedelta(minutes=3)
"""A program that runs a meeting tells its draft each minute that it is there."""


def settle(workspace: Workspace, clock: Clock) -> tuple[Loaded, ...]:
    """The minutes that were written now from what only a draft held. Raises nothing: what fails is tried next time.

    Must not be called while this program runs a meeting of the folder: its mark would be taken away.
    """
    _follow_the_folder(workspace)
    found, _ = drafts.list_drafts(workspace)
    written: list[Loaded] = []
    for number, one in enumerate(found):
        before = [other for other in found[:number] if other.draft.minutes.id == one.draft.minutes.id]
        if one.loaded.read_only or not (_is_left(one, clock) if before else _is_over(one)):
            continue
        try:
            with lock.acquire(workspace, one.draft.minutes.id, clock):
                kept = _keep_second(workspace, one, before) if before else _finish(workspace, one)
        except RetroError:
            continue
        written += [kept] if kept is not None else []
    return tuple(written)


def _follow_the_folder(workspace: Workspace) -> None:
    """Drafts are kept by the path of their team folder: those of a folder that is here now come along.

    They are known by the minutes that they go on from. While the old folder is there as well, it is another one.
    """
    try:
        others = sorted(workspace.drafts_folder.parent.glob("*/*.toml"))
    except OSError:
        return
    for path in others:
        here = workspace.drafts_folder / path.name
        if path == here or path.name.startswith(".") or not (workspace.minutes_folder / path.name).exists():
            continue
        with contextlib.suppress(RetroError):
            found = drafts.compare(workspace, drafts.load(path))
            if found.standing is Standing.MINUTES_CHANGED or Path(found.draft.team_folder).exists():
                continue
            content, its_hash = durable.read(path)
            durable.write(here, content, expected=None, check=drafts.decode_draft)
            durable.remove(path, expected=its_hash)


def _is_over(found: FoundDraft) -> bool:
    """The meeting has ended, and nobody else changed its minutes."""
    return found.draft.minutes.status != "running" and found.standing is not Standing.MINUTES_CHANGED


def _is_left(found: FoundDraft, clock: Clock) -> bool:
    """No program writes this draft any more."""
    alive = found.draft.alive
    return alive is None or abs(clock.wall() - alive) > STILL_ALIVE


def _finish(workspace: Workspace, found: FoundDraft) -> Loaded | None:
    """The end of a meeting reaches its minutes; then the draft is done with."""
    kept = None
    if found.standing is Standing.DRAFT_NEWER:
        minutes = found.draft.minutes
        if found.minutes is None:
            kept = minutes_store.save_new(workspace, minutes)
        else:
            kept = minutes_store.save(found.minutes, minutes)
    drafts.discard(found.loaded)
    return kept


def _keep_second(workspace: Workspace, found: FoundDraft, before: Sequence[FoundDraft]) -> Loaded | None:
    """Two programs wrote drafts of one meeting: the second stands beside the minutes, unless it says the same."""
    said = [other.draft.minutes for other in before]
    said += [other.minutes.minutes for other in before if other.minutes is not None]
    if found.draft.minutes in said and not found.draft.line.strip():
        drafts.discard(found.loaded)
        return None
    return drafts.keep_both(workspace, found)
