"""One facilitator a meeting: the second is told who holds it and since when."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.errors import RetroError
from retrotui.store import durable, lock
from retrotui.store.lock import Held, Holder
from retrotui.store.toml_reading import parse
from retrotui.store.workspace import Workspace

ID = "2026-11-23-weekly-call"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def dead_pid() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def put(workspace: Workspace, holder: Holder) -> None:
    """A mark that this holder left."""
    lock.acquire(workspace, ID, FakeClock(), me=holder, force=True)


def somebody(clock: FakeClock, **other: object) -> Holder:
    """A live process of this machine that is not us: the one that started us."""
    parent = Holder(socket.gethostname(), "carla", os.getppid(), clock.wall())
    return replace(parent, **other)  # type: ignore[arg-type]


def test_the_mark_says_host_user_process_and_since_when(workspace: Workspace, clock: FakeClock) -> None:
    with lock.acquire(workspace, ID, clock):
        path = workspace.minutes_folder / f".{ID}.lock"
        raw = parse(path.read_bytes())
        assert raw["host"] == socket.gethostname()
        assert raw["pid"] == os.getpid()
        assert raw["since"] == clock.wall()
        assert raw["user"]
        assert path.stat().st_mode & 0o777 == 0o600
    assert not path.exists()


def test_the_second_is_told_who_holds_it_and_since_when(workspace: Workspace, clock: FakeClock) -> None:
    put(workspace, somebody(clock))
    before = workspace.lock_file(ID).read_bytes()
    clock.advance(3600)
    with pytest.raises(Held) as caught:
        lock.acquire(workspace, ID, clock)
    assert "carla on " in str(caught.value.what)
    assert "since 09:00" in str(caught.value.what)
    assert caught.value.holder is not None
    assert not caught.value.elsewhere
    assert workspace.lock_file(ID).read_bytes() == before
    found = lock.holder_of(workspace, ID, clock)
    assert found is not None
    assert found.user == "carla"


def test_a_dead_holder_on_the_same_machine_is_taken_over(workspace: Workspace, clock: FakeClock) -> None:
    put(workspace, somebody(clock, pid=dead_pid()))
    assert lock.holder_of(workspace, ID, clock) is None
    with lock.acquire(workspace, ID, clock):
        assert parse(workspace.lock_file(ID).read_bytes())["pid"] == os.getpid()


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system does not tell the state of a process"
)
def test_a_killed_holder_that_nobody_has_waited_for_yet_is_dead(
    workspace: Workspace, clock: FakeClock
) -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    put(workspace, somebody(clock, pid=process.pid))
    assert lock.holder_of(workspace, ID, clock) is not None
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and its number is still taken
    with lock.acquire(workspace, ID, clock):
        pass
    process.communicate()


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="the system does not tell when a process began"
)
def test_a_number_given_to_another_process_since_is_a_dead_holder(
    workspace: Workspace, clock: FakeClock
) -> None:
    put(workspace, somebody(clock, began=7))
    with lock.acquire(workspace, ID, clock):
        pass


def test_a_holder_on_another_machine_is_taken_over_only_by_hand(
    workspace: Workspace, clock: FakeClock
) -> None:
    put(workspace, somebody(clock, host="elsewhere", pid=dead_pid()))
    with pytest.raises(Held) as caught:
        lock.acquire(workspace, ID, clock)
    assert caught.value.elsewhere
    assert "carla on elsewhere" in str(caught.value.what)
    assert lock.holder_of(workspace, ID, clock) is not None
    with lock.acquire(workspace, ID, clock, force=True):
        assert parse(workspace.lock_file(ID).read_bytes())["pid"] == os.getpid()


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\0", b"host = 'x'\n", b"host = 1\npid = 1\n", b"host = 'h'\npid = true\nsince = 2026-11-23"],
    ids=["empty", "zeros", "short", "wrong", "types"],
)
def test_a_mark_that_cannot_be_read_is_held_and_taken_by_hand(
    workspace: Workspace, clock: FakeClock, content: bytes
) -> None:
    workspace.minutes_folder.mkdir(parents=True)
    workspace.lock_file(ID).write_bytes(content)
    with pytest.raises(Held) as caught:
        lock.acquire(workspace, ID, clock)
    assert caught.value.holder is None
    with lock.acquire(workspace, ID, clock, force=True):
        pass
    assert not workspace.lock_file(ID).exists()


def test_the_same_process_takes_its_own_mark_again(workspace: Workspace, clock: FakeClock) -> None:
    first = lock.acquire(workspace, ID, clock)
    clock.advance(60)
    second = lock.acquire(workspace, ID, clock)
    first.release()  # no longer its own: it stays
    assert workspace.lock_file(ID).exists()
    second.release()
    assert not workspace.lock_file(ID).exists()


def test_a_mark_taken_over_by_somebody_is_not_removed(workspace: Workspace, clock: FakeClock) -> None:
    ours = lock.acquire(workspace, ID, clock)
    put(workspace, somebody(clock))
    ours.release()
    assert lock.holder_of(workspace, ID, clock) is not None


def test_a_link_in_its_place_is_not_followed(workspace: Workspace, clock: FakeClock, tmp_path: Path) -> None:
    workspace.minutes_folder.mkdir(parents=True)
    target = tmp_path / "target"
    target.write_bytes(b"precious")
    workspace.lock_file(ID).symlink_to(target)
    with pytest.raises(RetroError):
        lock.acquire(workspace, ID, clock, force=True)
    assert target.read_bytes() == b"precious"


RACER = """
import sys, time
from pathlib import Path
from retrotui.clock import SystemClock
from retrotui.store import lock
from retrotui.store.workspace import Workspace
folder = Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
try:
    lock.acquire(Workspace(folder, folder, folder), "x", SystemClock())
    print("mine", flush=True)
except lock.Held:
    print("held", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("left", ["nothing", "dead"])
def test_of_many_at_once_one_gets_it(workspace: Workspace, clock: FakeClock, left: str) -> None:
    if left == "dead":
        lock.acquire(workspace, "x", clock, me=somebody(clock, pid=dead_pid()))
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(workspace.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = []
    for step in ("ready", "go", "end"):
        for racer in racers:
            assert racer.stdin is not None
            assert racer.stdout is not None
            if step == "ready":
                assert racer.stdout.readline() == "ready\n"
            else:
                racer.stdin.write("\n")
                racer.stdin.flush()
        if step == "go":
            said = [racer.stdout.readline().strip() for racer in racers if racer.stdout]
    for racer in racers:
        racer.communicate()
    assert sorted(said) == ["held", "held", "held", "mine"]


def test_a_folder_that_cannot_be_written_says_so(workspace: Workspace, clock: FakeClock) -> None:
    workspace.folder.parent.mkdir(parents=True, exist_ok=True)
    workspace.folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(durable.NotSaved):
        lock.acquire(workspace, ID, clock)
