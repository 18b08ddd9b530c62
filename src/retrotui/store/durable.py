"""The one writer: a file is replaced whole and survives a power cut, or it stays as it was, byte for byte.

Owns every byte that the program writes to a disk, the hashes by which changes are noticed, and the refusal to follow
links. Must not know what is in a file (a `check` is handed in), and must not decide what to do about a failure: it
says what failed and leaves nothing of its own behind.
"""

from __future__ import annotations

import contextlib
import enum
import errno
import glob
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, NewType

from retrotui.errors import Message, RetroError, msg
from retrotui.store.system_calls import SYSTEM, SystemCalls, reason_of

Hash = NewType("Hash", str)
"""The name of a content: two files with the same hash hold the same bytes."""


class Expected(enum.Enum):
    """What the writer may find where no particular content is expected."""

    ANY = "any"


ANY: Final = Expected.ANY
Expectation = Hash | None | Literal[Expected.ANY]
MAX_BYTES: Final = 3_000_000
"""Larger files are not ours."""
REPLACE_DELAYS: Final = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
"""Seconds between the tries of a replace that a sync client or a virus scanner refuses: 2.5 s in all."""
STALE_TEMPORARY_S: Final = 600.0

_HELD_FOR_A_MOMENT = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})
_NOT_SUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_NO_LINKS = _NOT_SUPPORTED | {errno.EPERM, errno.EMLINK, errno.EXDEV}
_READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATING = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class NotSaved(RetroError):
    """The content is not safely on the disk. `on_disk` names what stands at the path, where we know it.

    `on_disk` is the hash of the new content when only the last step, securing the folder, failed.
    """

    on_disk: Hash | None = None


class Conflict(RetroError):
    """Somebody else changed the file: nothing was written. `found` is the hash of what is there; None: it is gone."""

    found: Hash | None = None


class Unreadable(RetroError):
    """There is something at the path, but we may not or will not read it."""


class Missing(Unreadable):
    """There is no file at the path."""


def hash_of(content: bytes) -> Hash:
    """The hash of a content, as in `write` and `read`."""
    return Hash(hashlib.blake2b(content, digest_size=20).hexdigest())


def read(path: Path, *, limit: int = MAX_BYTES, calls: SystemCalls = SYSTEM) -> tuple[bytes, Hash]:
    """The content of a file, and its hash. Links are not followed, special files not opened, `limit` is in bytes.

    Raises `Missing` where there is none, `Unreadable` otherwise.
    """
    try:
        with _opened(path, _READING, calls) as descriptor:
            status = calls.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(*_not_a_file(path), file=path)
            content = b"" if status.st_size > limit else _read_all(descriptor, limit + 1, calls)
            if status.st_size > limit or len(content) > limit:
                raise Unreadable(
                    msg("{file} is larger than {limit} MB.", file=path.name, limit=f"{limit / 1_000_000:g}"),
                    msg("It is left as it is. Look whether it is the right file."),
                    file=path,
                )
    except FileNotFoundError as error:
        raise Missing(
            msg("{file} is not there.", file=path.name),
            msg("Look whether it was moved or renamed."),
            file=path,
        ) from error
    except OSError as error:
        raise Unreadable(
            msg("{file} cannot be read: {reason}.", file=path.name, reason=reason_of(error)),
            msg("Look at the file and at who may read it."),
            file=path,
        ) from error
    return content, hash_of(content)


def write(
    path: Path,
    content: bytes,
    *,
    expected: Expectation,
    check: Callable[[bytes], object],
    mode: int = 0o600,
    calls: SystemCalls = SYSTEM,
    sleep: Callable[[float], None] = time.sleep,
) -> Hash:
    """Replaces the file at `path` by `content`; its hash comes back when it is safely on the disk.

    `expected` is the hash of what was loaded, None where there must be no file, ANY where anything may be replaced.
    `check` parses what was read back, and raises where it is not what it should be. `mode` is that of a new file;
    that of an existing one is kept. Missing folders are made, for the user alone.

    Raises `Conflict` when something else stands there, `NotSaved` when the system refused.
    """
    temporary = ""
    replaced = False
    try:
        make_folder(path.parent, calls=calls)
        kept_mode = _compare(path, expected, calls)
        temporary, descriptor = _create_beside(path, mode, calls)
        try:
            if kept_mode is not None:
                _set_mode(descriptor, kept_mode, calls)
            _write_all(descriptor, content, calls)
            calls.fsync(descriptor)
            _read_back(descriptor, content, calls)
            check(content)
        except BaseException:
            with contextlib.suppress(OSError):
                calls.close(descriptor)
            raise
        calls.close(descriptor)
        _replace(temporary, path, expected, calls, sleep)
        replaced = True
        _secure_folder(path.parent, calls)
    except OSError as error:
        raise _not_saved(path, error, hash_of(content) if replaced else None) from error
    finally:
        if temporary and not replaced:
            with contextlib.suppress(OSError):
                calls.unlink(temporary)
    return hash_of(content)


def create(path: Path, content: bytes, *, mode: int = 0o600, calls: SystemCalls = SYSTEM) -> Hash:
    """Makes a file that must not exist yet, in one step: of two who try, one gets `Conflict`.

    For locks. Raises `Conflict` when there is anything at the path, `NotSaved` when the system refused.
    """
    temporary = ""
    try:
        make_folder(path.parent, calls=calls)
        temporary, descriptor = _create_beside(path, mode, calls)
        try:
            _write_all(descriptor, content, calls)
            calls.fsync(descriptor)
        finally:
            calls.close(descriptor)
        _link_or_create(temporary, path, content, mode, calls)
    except FileExistsError as error:
        raise _conflict(path, None) from error
    except OSError as error:
        raise _not_saved(path, error, None) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                calls.unlink(temporary)
    return hash_of(content)


def remove(path: Path, *, expected: Hash | Literal[Expected.ANY], calls: SystemCalls = SYSTEM) -> None:
    """Takes a file away, when it still is what was loaded. A file that is gone already is no error.

    Raises `Conflict` when something else stands there, `NotSaved` when the system refused.
    """
    try:
        if expected is not ANY:
            found, _ = _current(path, calls)
            if found is None:
                return
            if found != expected:
                raise _conflict(path, found)
        calls.unlink(str(path))
        _secure_folder(path.parent, calls)
    except FileNotFoundError:
        return
    except OSError as error:
        raise NotSaved(
            msg("{file} cannot be removed: {reason}.", file=path.name, reason=reason_of(error)),
            msg("Remove it by hand."),
            file=path,
        ) from error


def make_folder(folder: Path, *, calls: SystemCalls = SYSTEM) -> None:
    """Makes a folder and what is missing above it, for the user alone (0700). An existing one keeps its mode.

    Raises OSError.
    """
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent, calls=calls)
    try:
        calls.mkdir(str(folder), 0o700)
    except FileExistsError as error:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error
    _secure_folder(folder.parent, calls)


def sweep(path: Path, *, calls: SystemCalls = SYSTEM) -> int:
    """Removes temporary files that a killed writer of `path` left ten minutes ago or earlier; returns how many.

    Age is measured against the file itself, so that the clocks of a share and of this machine need not agree. Never
    raises: it is housekeeping.
    """
    swept = 0
    with contextlib.suppress(OSError):
        newest = path.stat(follow_symlinks=False).st_mtime
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            if newest - left.stat(follow_symlinks=False).st_mtime >= STALE_TEMPORARY_S:
                calls.unlink(str(left))
                swept += 1
    return swept


@contextlib.contextmanager
def _opened(path: Path, flags: int, calls: SystemCalls) -> Iterator[int]:
    descriptor = calls.open(str(path), flags, 0)
    try:
        yield descriptor
    finally:
        calls.close(descriptor)


def _read_all(descriptor: int, at_most: int, calls: SystemCalls) -> bytes:
    chunks: list[bytes] = []
    left = at_most
    while left > 0:
        chunk = calls.read(descriptor, min(left, 1 << 20))
        if not chunk:
            break
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks)


def _write_all(descriptor: int, content: bytes, calls: SystemCalls) -> None:
    left = memoryview(content)
    while left:
        written = calls.write(descriptor, left)
        if written <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        left = left[written:]


def _read_back(descriptor: int, content: bytes, calls: SystemCalls) -> None:
    calls.lseek(descriptor, 0, os.SEEK_SET)
    if _read_all(descriptor, len(content) + 1, calls) != content:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def _create_beside(path: Path, mode: int, calls: SystemCalls) -> tuple[str, int]:
    """A new file in the same folder: a replace over folders would not be one step."""
    for _ in range(100):
        name = str(path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp"))
        try:
            return name, calls.open(name, _CREATING, mode)
        except FileExistsError:
            continue
    raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))


def _set_mode(descriptor: int, mode: int, calls: SystemCalls) -> None:
    """The new file may be read by those who could read the old one. A disk without modes still saves."""
    try:
        calls.fchmod(descriptor, mode & 0o777 | stat.S_IRUSR | stat.S_IWUSR)
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED | {errno.EPERM}:
            raise


def _current(path: Path, calls: SystemCalls) -> tuple[Hash | None, int]:
    """The hash and the mode of what stands at the path; None where nothing does.

    Raises OSError, and `NotSaved` where it is a folder or a special file.
    """
    try:
        with _opened(path, _READING, calls) as descriptor:
            status = calls.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise NotSaved(*_not_a_file(path), file=path)
            digest = hashlib.blake2b(digest_size=20)
            while chunk := calls.read(descriptor, 1 << 20):
                digest.update(chunk)
    except FileNotFoundError:
        return None, 0
    return Hash(digest.hexdigest()), stat.S_IMODE(status.st_mode)


def _compare(path: Path, expected: Expectation, calls: SystemCalls) -> int | None:
    """The mode of the file that will be replaced; None where there is none. Raises `Conflict` where it is another."""
    found, mode = _current(path, calls)
    if expected is not ANY and found != expected:
        raise _conflict(path, found)
    return mode if found is not None else None


def _replace(
    temporary: str,
    path: Path,
    expected: Expectation,
    calls: SystemCalls,
    sleep: Callable[[float], None],
) -> None:
    for delay in (*REPLACE_DELAYS, None):
        _compare(path, expected, calls)
        try:
            calls.replace(temporary, str(path))
        except OSError as error:
            if error.errno not in _HELD_FOR_A_MOMENT or delay is None:
                raise
            sleep(delay)
        else:
            return


def _link_or_create(temporary: str, path: Path, content: bytes, mode: int, calls: SystemCalls) -> None:
    try:
        calls.link(temporary, str(path))
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        descriptor = calls.open(
            str(path), _CREATING, mode
        )  # a disk without hard links: whole, but not in one step
        try:
            _write_all(descriptor, content, calls)
        finally:
            calls.close(descriptor)
    _secure_folder(path.parent, calls)


def _secure_folder(folder: Path, calls: SystemCalls) -> None:
    with _opened(folder, _FOLDER, calls) as descriptor:
        try:
            calls.fsync(descriptor)
        except OSError as error:
            if (
                error.errno not in _NOT_SUPPORTED
            ):  # some shares cannot secure a folder; there the rename is enough
                raise


def _not_a_file(path: Path) -> tuple[Message, Message]:
    return msg("{file} is not a file.", file=path.name), msg("Put a plain file in its place.")


def _conflict(path: Path, found: Hash | None) -> Conflict:
    conflict = Conflict(
        msg("{file} was changed by somebody else.", file=path.name),
        msg("Nothing was overwritten. Look at both versions."),
        file=path,
    )
    conflict.found = found
    return conflict


def _not_saved(path: Path, error: OSError, on_disk: Hash | None) -> NotSaved:
    failure = NotSaved(
        msg("{file} could not be saved: {reason}.", file=path.name, reason=reason_of(error)),
        msg("Make room, mend the folder or choose another; a running meeting tries again by itself."),
        file=path,
    )
    failure.on_disk = on_disk
    return failure
