"""The one writer: the old file or the new one, byte for byte, whatever fails and whenever it dies."""

from __future__ import annotations

import errno
import os
import random
import signal
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retrotui.errors import RetroError, msg
from retrotui.store import durable
from retrotui.store.durable import ANY, Conflict, Missing, NotSaved, Unreadable, hash_of
from retrotui.store.system_calls import SYSTEM, SystemCalls

OLD = b"the old words\n"
NEW = b"the new words, which are longer than the old ones\n" * 400


def anything(_: bytes) -> None:
    """A check that lets everything through."""


class Failing:
    """A table of system calls whose N-th call fails, and that remembers what it was asked."""

    def __init__(self, nth: int, fault: int | str) -> None:
        self.nth = nth
        self.fault = fault
        self.names: list[str] = []
        self.slept: list[float] = []

    @property
    def failed(self) -> bool:
        return len(self.names) >= self.nth

    def table(self) -> SystemCalls:
        return SystemCalls(**{name: self._wrapped(name) for name in SystemCalls.__dataclass_fields__})

    def _wrapped(self, name: str) -> Callable[..., Any]:
        real = getattr(SYSTEM, name)

        def call(*arguments: Any) -> Any:
            self.names.append(name)
            if len(self.names) != self.nth:
                return real(*arguments)
            if self.fault == "short":
                if name == "write":
                    return real(arguments[0], arguments[1][: max(1, len(arguments[1]) // 2)])
                if name == "read":
                    return real(arguments[0], max(1, arguments[1] // 2))
                return real(*arguments)
            assert isinstance(self.fault, int)
            if name == "close":  # the descriptor is gone all the same
                real(*arguments)
            raise OSError(self.fault, os.strerror(self.fault))

        return call


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize(
    "fault",
    [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EBUSY, errno.EROFS, "short"],
    ids=["ENOSPC", "EIO", "EACCES", "EBUSY", "EROFS", "short"],
)
@pytest.mark.parametrize("there_is_one", [True, False], ids=["replace", "first"])
def test_any_failing_call_leaves_the_old_or_the_new_file(
    tmp_path: Path, fault: int | str, there_is_one: bool
) -> None:
    path = tmp_path / "team" / "minutes" / "x.toml"
    outcomes: set[str] = set()
    for nth in range(1, 200):
        if there_is_one:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(OLD)
        else:
            for left in (path, path.parent, path.parent.parent):
                if left.is_dir():
                    left.rmdir()
                elif left.exists():
                    left.unlink()
        calls = Failing(nth, fault)
        expected = hash_of(OLD) if there_is_one else None
        try:
            written = durable.write(
                path, NEW, expected=expected, check=anything, calls=calls.table(), sleep=calls.slept.append
            )
        except NotSaved as error:
            outcomes.add("failed")
            assert fault != "short"
            assert calls.failed
            assert str(error.what)
            found = path.read_bytes() if path.exists() else None
            assert found in (OLD if there_is_one else None, NEW)
            if error.on_disk is not None:
                assert found is not None
                assert error.on_disk == hash_of(found) == hash_of(NEW)
        else:
            outcomes.add("saved")
            assert written == hash_of(NEW)
            assert path.read_bytes() == NEW
        if path.parent.exists():
            assert leftovers(path.parent) == []
        if not calls.failed:
            break
    else:
        pytest.fail("the calls never came to an end")
    assert outcomes == ({"saved"} if fault == "short" else {"saved", "failed"})
    assert nth > 15


def test_short_writes_are_written_to_the_end(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"

    def three_bytes(descriptor: int, left: memoryview) -> int:
        return os.write(descriptor, left[:3])

    durable.write(path, OLD, expected=None, check=anything, calls=SystemCalls(write=three_bytes))
    assert path.read_bytes() == OLD


def test_a_write_that_takes_nothing_is_a_failure_and_no_endless_loop(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    with pytest.raises(NotSaved):
        durable.write(path, OLD, expected=None, check=anything, calls=SystemCalls(write=lambda *_: 0))
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_gives_back_other_bytes_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(OLD)

    def flipped(descriptor: int, count: int) -> bytes:
        return os.read(descriptor, count).replace(b"new", b"nEw")

    with pytest.raises(NotSaved):
        durable.write(path, NEW, expected=ANY, check=anything, calls=SystemCalls(read=flipped))
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_what_the_check_refuses_never_replaces(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(OLD)

    def refuse(content: bytes) -> None:
        assert content == NEW
        raise RetroError(msg("no"))

    with pytest.raises(RetroError, match="no"):
        durable.write(path, NEW, expected=ANY, check=refuse)
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_a_failed_fsync_is_never_tried_again_on_the_same_file(tmp_path: Path) -> None:
    synced: list[int] = []

    def fail(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        raise OSError(errno.EIO, "no")

    for _ in range(3):
        with pytest.raises(NotSaved):
            durable.write(tmp_path / "x", NEW, expected=None, check=anything, calls=SystemCalls(fsync=fail))
        assert list(tmp_path.iterdir()) == []
    assert len(synced) == 3


def test_the_content_is_on_the_disk_before_it_takes_the_name(tmp_path: Path) -> None:
    calls = Failing(10**6, "short")
    durable.write(tmp_path / "x", NEW, expected=None, check=anything, calls=calls.table())
    order = [name for name in calls.names if name in ("write", "fsync", "replace")]
    assert order == ["write", "fsync", "replace", "fsync"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EBUSY])
def test_a_refused_replace_is_tried_for_two_and_a_half_seconds(tmp_path: Path, number: int) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)
    slept: list[float] = []

    def refuse(*_: str) -> None:
        raise OSError(number, "held by a scanner")

    with pytest.raises(NotSaved):
        durable.write(
            path,
            NEW,
            expected=ANY,
            check=anything,
            calls=SystemCalls(replace=refuse),
            sleep=slept.append,
        )
    assert sum(slept) == pytest.approx(2.5)
    assert path.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_a_replace_that_is_let_through_in_the_end_saves(tmp_path: Path) -> None:
    path = tmp_path / "x"
    refusals = [1, 2, 3]

    def refuse_thrice(source: str, target: str) -> None:
        if refusals:
            refusals.pop()
            raise PermissionError(errno.EACCES, "held")
        Path(source).replace(target)

    durable.write(
        path,
        NEW,
        expected=None,
        check=anything,
        calls=SystemCalls(replace=refuse_thrice),
        sleep=lambda _: None,
    )
    assert path.read_bytes() == NEW


def test_a_change_during_the_waiting_for_a_replace_is_a_conflict(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)

    def refuse(*_: str) -> None:
        raise PermissionError(errno.EACCES, "held")

    def somebody_writes(_: float) -> None:
        path.write_bytes(b"somebody else")

    with pytest.raises(Conflict):
        durable.write(
            path,
            NEW,
            expected=hash_of(OLD),
            check=anything,
            calls=SystemCalls(replace=refuse),
            sleep=somebody_writes,
        )
    assert path.read_bytes() == b"somebody else"


def test_a_file_changed_meanwhile_is_not_overwritten_even_with_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)
    times = path.stat()
    path.write_bytes(OLD.upper())
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(Conflict) as caught:
        durable.write(path, NEW, expected=hash_of(OLD), check=anything)
    assert caught.value.found == hash_of(OLD.upper())
    assert path.read_bytes() == OLD.upper()


def test_a_file_that_should_not_be_there_or_is_gone_is_a_conflict(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with pytest.raises(Conflict) as caught:
        durable.write(path, NEW, expected=hash_of(OLD), check=anything)
    assert caught.value.found is None
    path.write_bytes(OLD)
    with pytest.raises(Conflict):
        durable.write(path, NEW, expected=None, check=anything)
    assert path.read_bytes() == OLD


def test_files_and_folders_are_for_the_user_alone_unless_the_team_widened_them(tmp_path: Path) -> None:
    path = tmp_path / "team" / "minutes" / "x"
    old_mask = os.umask(0)
    try:
        first = durable.write(path, OLD, expected=None, check=anything)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
        path.chmod(0o664)
        path.parent.chmod(0o775)
        durable.write(path, NEW, expected=first, check=anything)
        assert stat.S_IMODE(path.stat().st_mode) == 0o664
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o775
    finally:
        os.umask(old_mask)


def test_a_disk_without_modes_still_saves(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)

    def refuse(*_: int) -> None:
        raise OSError(errno.EPERM, "no modes here")

    durable.write(path, NEW, expected=ANY, check=anything, calls=SystemCalls(fchmod=refuse))
    assert path.read_bytes() == NEW


@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
def test_links_and_special_files_are_neither_read_nor_replaced(tmp_path: Path, kind: str) -> None:
    path, other = tmp_path / "x", tmp_path / "other"
    other.write_bytes(OLD)
    match kind:
        case "link":
            path.symlink_to(other)
        case "dangling":
            path.symlink_to(tmp_path / "nowhere")
        case "folder":
            path.mkdir()
        case _:
            os.mkfifo(path)
    before = path.lstat()
    with pytest.raises(Unreadable):
        durable.read(path)
    with pytest.raises(NotSaved):
        durable.write(path, NEW, expected=ANY, check=anything)
    assert path.lstat().st_ino == before.st_ino
    assert other.read_bytes() == OLD
    assert not (tmp_path / "nowhere").exists()
    assert leftovers(tmp_path) == []


def test_reading_gives_content_and_hash_and_knows_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with pytest.raises(Missing):
        durable.read(path)
    path.write_bytes(OLD)
    assert durable.read(path, limit=len(OLD)) == (OLD, hash_of(OLD))
    with pytest.raises(Unreadable) as caught:
        durable.read(path, limit=len(OLD) - 1)
    assert caught.value.file == path
    assert path.read_bytes() == OLD


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(OLD)
    path.chmod(0)
    with pytest.raises(Unreadable, match="not allowed"):
        durable.read(path)


def test_of_two_who_create_one_gets_it(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    durable.create(path, b"first")
    with pytest.raises(Conflict):
        durable.create(path, b"second")
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert leftovers(tmp_path) == []


def test_creating_works_on_a_disk_without_hard_links(tmp_path: Path) -> None:
    def refuse(*_: str) -> None:
        raise OSError(errno.EPERM, "no links here")

    path = tmp_path / "x.lock"
    durable.create(path, b"first", calls=SystemCalls(link=refuse))
    assert path.read_bytes() == b"first"
    with pytest.raises(Conflict):
        durable.create(path, b"second", calls=SystemCalls(link=refuse))
    assert path.read_bytes() == b"first"


def test_removing_takes_only_what_was_loaded(tmp_path: Path) -> None:
    path = tmp_path / "x"
    durable.remove(path, expected=hash_of(OLD))
    path.write_bytes(OLD)
    with pytest.raises(Conflict):
        durable.remove(path, expected=hash_of(NEW))
    assert path.read_bytes() == OLD
    durable.remove(path, expected=hash_of(OLD))
    assert not path.exists()
    durable.remove(path, expected=ANY)


def test_what_a_killed_writer_left_is_swept_after_ten_minutes(tmp_path: Path) -> None:
    path = tmp_path / "x[1].toml"
    path.write_bytes(OLD)
    old, fresh, foreign = (
        tmp_path / name for name in (".x[1].toml.a.tmp", ".x[1].toml.b.tmp", ".y.toml.a.tmp")
    )
    for left in (old, fresh, foreign):
        left.write_bytes(b"half")
    now = path.stat().st_mtime
    os.utime(old, (now - 601, now - 601))
    os.utime(foreign, (now - 601, now - 601))
    assert durable.sweep(path) == 1
    assert leftovers(tmp_path) == sorted([fresh.name, foreign.name])
    assert durable.sweep(tmp_path / "none" / "x") == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "not allowed"),
        (errno.EROFS, "only be read"),
        (errno.EIO, "reports an error"),
        (errno.ENOENT, "folder is not there"),
        (errno.ENXIO, "the system says"),
    ],
)
def test_a_failure_says_what_and_what_to_do(tmp_path: Path, number: int, words: str) -> None:
    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with pytest.raises(NotSaved) as caught:
        durable.write(tmp_path / "x.toml", NEW, expected=None, check=anything, calls=SystemCalls(write=fail))
    assert words in str(caught.value.what)
    assert "x.toml" in str(caught.value.what)
    assert caught.value.hint is not None


WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from retrotui.store import durable

    path, known = Path(sys.argv[1]), None
    for number in range(100_000):
        content = b"%d\\n" % number * 3000
        known = durable.write(path, content, expected=known, check=lambda _: None)
        print(number, flush=True)
    """
)


def test_kill_9_at_any_moment_leaves_a_whole_file_no_older_than_acknowledged(tmp_path: Path) -> None:
    moments = random.Random(20261123)
    for turn in range(8):
        path = tmp_path / f"{turn}" / "x"
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(moments.randrange(1, 12)):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            rest = process.stdout.read().split()
        acknowledged = int(rest[-1]) if rest else 0
        lines = path.read_bytes().splitlines()
        assert len(lines) == 3000
        assert len(set(lines)) == 1
        assert int(lines[0]) >= acknowledged
        known = hash_of(path.read_bytes())
        durable.write(path, NEW, expected=known, check=anything)
        assert path.read_bytes() == NEW
