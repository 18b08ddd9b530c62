"""The mark that somebody runs a meeting: `minutes/.ID.lock`, one facilitator at a time.

Owns making, judging and taking over that file. A holder that died on this machine is taken over by itself; one on
another machine only when a person says so, since nobody here can know. Must not know what the meeting is about.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from retrotui.clock import Clock
from retrotui.errors import RetroError, msg
from retrotui.store import durable
from retrotui.store.durable import Conflict, Hash, Missing
from retrotui.store.toml_codec import encode_keys
from retrotui.store.toml_reading import parse
from retrotui.store.workspace import Workspace, check_own_folder

_LIMIT = 10_000
ENDED = (["Z"], ["X"])
"""States of a process that has ended and was not waited for yet: it holds a number, and no meeting."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who runs a meeting. `began` is the start of the process in ticks since boot, where the system tells it."""

    host: str
    user: str
    pid: int
    since: datetime
    began: int = 0


class Held(RetroError):
    """Somebody else runs the meeting. `holder` is None where the lock cannot be read."""

    holder: Holder | None = None
    meeting: str = ""
    """The meeting's id."""
    elsewhere: bool = False
    """On another machine: whether the program still runs there cannot be known here."""


class Lock:
    """A lock that we hold, to be released at the end; also as `with`."""

    def __init__(self, path: Path, its_hash: Hash) -> None:
        self._path = path
        self._hash = its_hash

    def release(self) -> None:
        """Takes the mark away, if it is still ours. Never raises: a mark that stays is taken over later."""
        with contextlib.suppress(RetroError):
            durable.remove(self._path, expected=self._hash)

    def __enter__(self) -> Lock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def acquire(
    workspace: Workspace, meeting_id: str, clock: Clock, *, force: bool = False, me: Holder | None = None
) -> Lock:
    """Marks the meeting as run by us. `force` takes it from whoever holds it: a person decided so.

    `me` is this process unless given. Raises `Held` with the holder, RetroError where the mark cannot be made.
    """
    path = workspace.lock_file(meeting_id)
    check_own_folder(path.parent)
    me = me or this_process(clock)
    content = _encoded(me)
    with _one_at_a_time(path.parent):
        try:
            return Lock(path, durable.create(path, content))
        except Conflict:
            found, its_hash = _read(path)
        if its_hash is None:  # released this very moment
            return Lock(path, durable.create(path, content))
        if not force and not _may_be_taken(found, me):
            raise held(meeting_id, found, me)
        return Lock(path, durable.write(path, content, expected=its_hash, check=_check))


def holder_of(workspace: Workspace, meeting_id: str, clock: Clock) -> Holder | None:
    """Who runs the meeting, by all that can be known here; None where nobody does or the holder died on this host."""
    found, _ = _read(workspace.lock_file(meeting_id))
    return None if found is None or _may_be_taken(found, this_process(clock)) else found


def held(meeting_id: str, holder: Holder | None, me: Holder) -> Held:
    """The refusal: who holds the meeting and since when."""
    if holder is None:
        error = Held(
            msg("The meeting {id} is marked as running, but its mark cannot be read.", id=meeting_id),
            msg("Read it, or take it over if nobody runs it."),
        )
        error.meeting, error.elsewhere = meeting_id, True
        return error
    elsewhere = holder.host != me.host
    hint = msg("Read it with retrotui show {id}, or end the program that runs it.", id=meeting_id)
    if elsewhere:
        hint = msg(
            "Read it with retrotui show {id}. If the program does not run there any more, take it over on the home"
            " screen (retrotui, then r).",
            id=meeting_id,
        )
    error = Held(
        msg(
            "{user} on {host} has been running this meeting since {since}.",
            user=holder.user,
            host=holder.host,
            since=holder.since.strftime("%H:%M (%Y-%m-%d)"),
        ),
        hint,
    )
    error.holder, error.meeting = holder, meeting_id
    error.elsewhere = elsewhere
    return error


def this_process(clock: Clock) -> Holder:
    """Us, now."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # an account without a name
        user = str(os.getuid())
    return Holder(socket.gethostname(), user, os.getpid(), clock.wall(), _process_began(os.getpid()))


def _may_be_taken(found: Holder | None, me: Holder) -> bool:
    """Ours already, or left by a process of this machine that is gone."""
    if found is None or found.host != me.host:
        return False
    if (found.pid, found.began) == (me.pid, me.began):
        return True
    return not _alive(found)


def _alive(holder: Holder) -> bool:
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):  # somebody else's process
        pass
    if _told_of(holder.pid)[:1] in ENDED:
        return False
    began = _process_began(holder.pid)
    # the number may have been given to another process since
    return not (holder.began and began and began != holder.began)


def _process_began(pid: int) -> int:
    """Ticks since boot at which the process began; 0 where the system does not tell."""
    try:
        return int(_told_of(pid)[19])
    except (ValueError, IndexError):
        return 0


def _told_of(pid: int) -> list[str]:
    """What Linux tells of a process after its name (proc(5), "stat"), its state first; nothing elsewhere."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _encoded(holder: Holder) -> bytes:
    return encode_keys(
        {
            "host": holder.host,
            "user": holder.user,
            "pid": holder.pid,
            "since": holder.since,
            "began": holder.began,
        }
    )


def _check(content: bytes) -> None:
    parse(content)


def _read(path: Path) -> tuple[Holder | None, Hash | None]:
    """The holder, None where the mark cannot be understood; and its hash, None where there is no mark."""
    try:
        content, its_hash = durable.read(path, limit=_LIMIT)
    except Missing:
        return None, None
    try:
        raw = parse(content, path)
    except RetroError:
        return None, its_hash
    host, user, pid, since, began = (raw.get(key) for key in ("host", "user", "pid", "since", "began"))
    if not isinstance(host, str) or not isinstance(since, datetime) or type(pid) is not int or pid < 1:
        return None, its_hash
    return Holder(host, str(user or "?"), pid, since, began if type(began) is int else 0), its_hash


@contextlib.contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Among the processes of this machine: judging a mark and taking it over is one step.

    Where the disk knows no such locks it goes without: then only the hash guards the take-over.
    """
    descriptor = -1
    try:
        with contextlib.suppress(OSError):
            durable.make_folder(folder)
            descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)
