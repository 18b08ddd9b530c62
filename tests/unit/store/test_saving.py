"""What is written when while a meeting runs, and what the screen is told about it."""

from __future__ import annotations

import errno
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from retrotui.clock import FakeClock
from retrotui.domain.minutes import AgendaRef, Minutes, Note, Now, Participant, StepRun
from retrotui.errors import RetroError, msg
from retrotui.store import drafts, durable
from retrotui.store import minutes as store
from retrotui.store.drafts import Standing
from retrotui.store.durable import Expectation, Hash, NotSaved
from retrotui.store.saver import SavedState, Saver
from retrotui.store.saving import RETRY_S, Saving, State
from retrotui.store.system_calls import SYSTEM, SystemCalls
from retrotui.store.toml_codec import encode
from retrotui.store.workspace import Workspace

ID = "2026-11-23-weekly-call"
NINE = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=1)))
AGENDA = "schema = 1\nid = 'weekly-call'\n"


def meeting(*notes: str, step: str = "arrive", status: str = "running", **more: object) -> Minutes:
    """A meeting with these notes, on this step."""
    values = {
        "id": ID,
        "status": status,
        "date": date(2026, 11, 23),
        "started": NINE,
        "agenda": AgendaRef(id="weekly-call"),
        "now": Now(step=step),
        "step": (
            StepRun(id="arrive", kind="checkin", state="running" if step == "arrive" else "done"),
            StepRun(id="lessons", kind="lessons", state="running" if step == "lessons" else "pending"),
        ),
        "note": tuple(Note(id=f"n{n}", at=NINE, text=text) for n, text in enumerate(notes, 1)),
        **more,
    }
    return Minutes.model_validate(values)


class Disk:
    """A writer that counts, and that fails where it is told to."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.failing: set[str] = set()
        self.late: set[str] = set()
        self.before: Callable[[], None] = lambda: None

    def __call__(
        self, path: Path, content: bytes, *, expected: Expectation, check: Callable[[bytes], object]
    ) -> Hash:
        self.before()
        place = path.parent.name if path.parent.name == "minutes" else "draft"
        if place in self.failing:
            raise NotSaved(msg("the disk is full"), file=path)
        done = durable.write(path, content, expected=expected, check=check)
        if place in self.late:  # the last step failed: the content is there, the folder not secured
            failure = NotSaved(msg("the folder is not safe"), file=path)
            failure.on_disk = done
            raise failure
        self.written.append(place)
        return done


class Desk:
    """A meeting at the saver's desk, without a thread."""

    def __init__(self, tmp_path: Path, **resumed: Any) -> None:
        self.workspace = Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")
        self.clock = FakeClock()
        self.disk = Disk()
        self.saving = Saving(self.workspace, self.clock, ID, agenda=AGENDA, writer=self.disk, **resumed)
        self.serial = 0
        self.last: State | None = None

    def put(self, minutes: Minutes, line: str = "", *, now: bool = False) -> float | None:
        self.serial += 1
        self.last = State(minutes, line, self.serial, self.serial)
        return self.saving.save(self.last, minutes_now=now)

    def again(self, seconds: float) -> float | None:
        """Time goes by, and the saver looks once more at the same state."""
        assert self.last is not None
        self.clock.advance(seconds)
        return self.saving.save(self.last)

    @property
    def saved(self) -> SavedState:
        return self.saving.saved

    @property
    def file(self) -> Path:
        return self.workspace.minutes_file(ID)

    def in_file(self) -> Minutes:
        return store.load(self.file).minutes

    def found(self) -> drafts.FoundDraft:
        (found,), broken = drafts.list_drafts(self.workspace)
        assert broken == []
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# -- when -------------------------------------------------------------------------------------------------


def test_before_the_first_entry_there_is_a_draft_and_no_team_folder(desk: Desk) -> None:
    desk.put(meeting(), "hal")
    desk.again(3600)
    assert not desk.workspace.folder.exists()
    assert desk.found().draft.line == "hal"
    assert desk.found().draft.agenda == AGENDA
    assert desk.found().standing is Standing.DRAFT_NEWER
    assert desk.saved.revision == 1
    assert desk.saved.saved_at == NINE + timedelta(seconds=12)


def test_the_first_entry_makes_the_minutes(desk: Desk) -> None:
    desk.put(meeting())
    desk.put(meeting("eins"))
    assert desk.in_file() == meeting("eins")
    assert desk.workspace.folder.stat().st_mode & 0o777 == 0o700


def test_the_first_step_change_makes_the_minutes(desk: Desk) -> None:
    desk.put(meeting())
    desk.put(meeting(step="lessons"))
    assert desk.in_file() == meeting(step="lessons")


def test_people_brought_along_make_no_minutes_but_one_who_arrives_does(desk: Desk) -> None:
    here = (Participant(id="anna", name="Anna"),)
    desk.put(meeting(participant=here))
    assert not desk.file.exists()
    desk.put(meeting(participant=(*here, Participant(id="ben", name="Ben"))))
    assert desk.file.exists()


def test_the_draft_is_replaced_at_every_change_the_minutes_every_thirty_seconds(desk: Desk) -> None:
    desk.put(meeting("eins"))
    del desk.disk.written[:]
    for second in range(29):
        desk.clock.advance(1)
        desk.put(meeting("eins", f"zwei{second}"))
    assert desk.disk.written == ["draft"] * 29
    assert desk.saved.minutes_revision == 1
    desk.clock.advance(1)
    desk.put(meeting("eins", "drei"))
    assert desk.disk.written[29:] == ["draft", "minutes", "draft"]
    assert desk.in_file() == meeting("eins", "drei")
    assert desk.saved.minutes_revision == desk.saved.revision == desk.serial


def test_what_is_changed_is_written_after_thirty_seconds_without_another_change(desk: Desk) -> None:
    desk.put(meeting("eins"))
    desk.clock.advance(10)
    wait = desk.put(meeting("zwei"))
    assert wait == pytest.approx(20)
    assert wait is not None
    assert desk.again(wait) is None
    assert desk.in_file() == meeting("zwei")


def test_nothing_is_written_while_nothing_changes(desk: Desk) -> None:
    desk.put(meeting("eins"))
    del desk.disk.written[:]
    assert desk.put(meeting("eins")) is None
    assert desk.again(3600) is None
    assert desk.disk.written == []


def test_half_typed_text_goes_to_the_draft_only(desk: Desk) -> None:
    desk.put(meeting("eins"))
    before = desk.file.stat().st_ino
    for line in ("a", "ab", "abc"):
        desk.put(meeting("eins"), line)
    desk.again(3600)
    assert desk.found().draft.line == "abc"
    assert desk.found().standing is Standing.AGREE
    assert desk.file.stat().st_ino == before


@pytest.mark.parametrize("changed", [{"step": "lessons"}, {"status": "closed"}])
def test_a_step_change_and_the_end_are_written_at_once(desk: Desk, changed: dict[str, str]) -> None:
    desk.put(meeting("eins"))
    desk.clock.advance(1)
    desk.put(meeting("eins", "zwei", **changed))
    assert desk.in_file() == meeting("eins", "zwei", **changed)


def test_asked_for_the_minutes_are_written_at_once(desk: Desk) -> None:
    desk.put(meeting("eins"))
    desk.clock.advance(1)
    desk.put(meeting("zwei"), "halb", now=True)
    assert desk.in_file() == meeting("zwei")
    assert desk.found().standing is Standing.AGREE
    assert desk.found().draft.line == "halb"
    assert desk.found().draft.base == store.load(desk.file).hash


def test_a_meeting_that_is_over_leaves_no_draft_an_open_one_keeps_its_agenda(desk: Desk) -> None:
    desk.put(meeting("eins"), now=True)
    assert desk.last is not None
    desk.saving.finish(desk.last)
    assert desk.found().draft.agenda == AGENDA
    desk.put(meeting("eins", status="closed"))
    desk.saving.finish(desk.last)
    assert drafts.list_drafts(desk.workspace) == ([], [])
    assert desk.in_file().status == "closed"


def test_a_meeting_goes_on_from_what_was_loaded(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.put(meeting("eins"), "halb")
    loaded, draft = store.load(first.file), first.found().loaded
    second = Desk(tmp_path, minutes=loaded, draft=draft)
    second.put(meeting("eins"), "halb")
    assert second.disk.written == []
    second.put(meeting("eins", "zwei"), now=True)
    assert second.saved.conflict is None
    assert second.in_file() == meeting("eins", "zwei")
    assert second.found().standing is Standing.AGREE


# -- when it fails --------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_since_when_and_why_and_the_meeting_goes_on(desk: Desk) -> None:
    desk.put(meeting("eins"))
    desk.disk.failing = {"draft", "minutes"}
    began = desk.clock.elapsed()
    assert desk.put(meeting("zwei")) == RETRY_S
    desk.clock.advance(12)
    assert desk.put(meeting("drei")) == RETRY_S
    assert desk.saved.failing_since == began
    assert str(desk.saved.reason) == "the disk is full"
    assert desk.saved.revision == 1
    assert desk.in_file() == meeting("eins")
    desk.disk.failing = set()
    desk.again(RETRY_S)
    assert desk.saved.failing_since is None
    assert desk.saved.reason is None
    assert desk.saved.revision == desk.serial == desk.saved.minutes_revision
    assert desk.in_file() == meeting("drei")


def test_without_a_draft_the_minutes_take_every_change(desk: Desk) -> None:
    desk.disk.failing = {"draft"}
    for text in ("eins", "zwei"):
        desk.put(meeting(text))
        assert desk.in_file() == meeting(text)
        assert desk.saved.revision == desk.serial
        assert desk.saved.failing_since is None, "what is in the minutes is saved"
        assert str(desk.saved.draftless) == "the disk is full"
    desk.disk.failing = {"draft", "minutes"}
    desk.put(meeting("drei"))
    assert desk.saved.failing_since is not None and desk.saved.draftless is None
    desk.disk.failing = set()
    desk.again(RETRY_S)
    recovered = desk.saved
    assert recovered.failing_since is None and recovered.draftless is None
    assert desk.found().draft.minutes == meeting("drei")


def test_without_a_draft_what_is_said_waits_for_no_first_entry(desk: Desk) -> None:
    desk.disk.failing = {"draft"}
    desk.put(meeting(participant=[{"id": "anna", "name": "Anna"}]))
    assert [one.name for one in desk.in_file().participant] == ["Anna"]


def test_a_closed_meeting_leaves_no_stale_draft_where_drafts_fail(desk: Desk) -> None:
    desk.put(meeting("eins"))
    desk.disk.failing = {"draft"}
    desk.put(meeting("eins", "zwei", status="closed"))
    assert desk.last is not None
    desk.saving.finish(desk.last)
    assert drafts.list_drafts(desk.workspace) == ([], [])


def test_a_team_folder_that_cannot_be_written_leaves_the_draft(desk: Desk) -> None:
    desk.disk.failing = {"minutes"}
    desk.put(meeting("eins"), "halb")
    assert desk.saved.revision == 1
    assert desk.saved.minutes_revision == 0
    assert desk.saved.failing_since is not None
    assert desk.found().draft.minutes == meeting("eins")
    del desk.disk.written[:]
    for _ in range(5):  # a hanging share is not asked at every key
        desk.clock.advance(0.1)
        desk.put(meeting("eins", "zwei"))
    assert desk.disk.written == ["draft"]
    desk.disk.failing = set()
    desk.again(RETRY_S)
    assert desk.in_file() == meeting("eins", "zwei")


@pytest.mark.parametrize("place", ["minutes", "draft"])
def test_a_save_that_failed_at_its_last_step_is_no_conflict_with_itself(desk: Desk, place: str) -> None:
    desk.put(meeting("eins"))
    desk.disk.late = {place}
    desk.put(meeting("zwei"), now=True)
    desk.clock.advance(RETRY_S)
    desk.put(meeting("drei"), now=True)
    assert (desk.saved.failing_since or desk.saved.draftless) is not None
    desk.disk.late = set()
    desk.clock.advance(RETRY_S)
    desk.put(meeting("vier"), now=True)
    assert desk.saved.failing_since is None
    assert desk.saved.conflict is None
    assert desk.in_file() == meeting("vier")
    assert desk.found().standing is Standing.AGREE
    assert len(store.minutes_files(desk.workspace)) == 1


def test_a_fault_of_our_own_is_told_and_the_next_state_is_saved(desk: Desk) -> None:
    broken = meeting("eins").model_copy(update={"title": object()})
    assert desk.put(broken) == RETRY_S
    assert "TypeError" in str(desk.saved.reason)
    desk.clock.advance(RETRY_S)
    desk.put(meeting("zwei"))
    assert desk.saved.failing_since is None
    assert desk.in_file() == meeting("zwei")


def test_words_that_do_not_fit_the_model_are_saved_all_the_same(desk: Desk) -> None:
    desk.put(meeting("eins").model_copy(update={"language": "fr"}))
    assert desk.saved.failing_since is None
    assert b'text = "eins"' in desk.file.read_bytes()


# -- when somebody else writes ----------------------------------------------------------------------------------


def test_minutes_changed_under_the_meeting_are_kept_and_ours_stand_beside(desk: Desk) -> None:
    desk.put(meeting("eins"))
    theirs = encode(meeting("ihres"))
    desk.file.write_bytes(theirs)
    desk.put(meeting("eins", "zwei"), now=True)
    beside = desk.workspace.minutes_file(f"{ID}-conflict-1")
    assert desk.saved.conflict == beside
    assert desk.saved.revision == desk.saved.minutes_revision == 2
    assert desk.saved.failing_since is None
    desk.put(meeting("eins", "zwei", "drei"), "halb", now=True)
    assert desk.file.read_bytes() == theirs
    ours = store.load(beside).minutes
    assert ours.id == f"{ID}-conflict-1"
    assert [note.text for note in ours.note] == ["eins", "zwei", "drei"]
    listed, broken = store.summaries(desk.workspace)
    assert len(listed) == 2
    assert broken == []
    assert desk.found().standing is Standing.AGREE
    assert desk.found().draft.minutes == ours


def test_a_second_change_goes_beside_once_more(desk: Desk) -> None:
    desk.put(meeting("eins"))
    for number in (1, 2):
        last = desk.saved.conflict or desk.file
        last.write_bytes(encode(meeting(f"ihres {number}")))
        desk.put(meeting("eins", f"unseres {number}"), now=True)
        assert desk.saved.conflict == desk.workspace.minutes_file(f"{ID}-conflict-{number}")
    texts = {store.load(path).minutes.note[-1].text for path in store.minutes_files(desk.workspace)}
    assert texts == {"ihres 1", "ihres 2", "unseres 2"}


def test_a_file_beside_that_fails_at_first_is_written_later(desk: Desk) -> None:
    desk.put(meeting("eins"))
    theirs = encode(meeting("ihres"))
    desk.file.write_bytes(theirs)
    desk.clock.advance(30)
    refusals = [1]

    def refuse_the_second() -> None:
        if desk.saved.conflict is not None and refusals:
            refusals.pop()
            raise NotSaved(msg("the disk is full"))

    desk.disk.before = refuse_the_second
    desk.put(meeting("zwei"))
    assert desk.saved.failing_since is not None
    desk.again(RETRY_S)
    assert desk.saved.failing_since is None
    assert desk.saved.conflict is not None
    assert store.load(desk.saved.conflict).minutes.note[0].text == "zwei"
    assert desk.file.read_bytes() == theirs


def test_a_file_that_is_there_before_the_first_save_is_not_overwritten(desk: Desk) -> None:
    theirs = encode(meeting("ihres"))
    desk.file.parent.mkdir(parents=True)
    desk.file.write_bytes(theirs)
    desk.put(meeting("eins"))
    assert desk.saved.conflict is not None
    assert desk.file.read_bytes() == theirs


def test_minutes_that_somebody_removed_are_written_again(desk: Desk) -> None:
    desk.put(meeting("eins"))
    desk.file.unlink()
    desk.put(meeting("zwei"), now=True)
    assert desk.saved.conflict is None
    assert desk.in_file() == meeting("zwei")


def test_a_draft_that_another_program_writes_is_kept(desk: Desk) -> None:
    path = desk.workspace.draft_file(ID)
    path.parent.mkdir(parents=True)
    theirs = drafts.encode_draft(drafts.Draft(meeting("ihres")))
    path.write_bytes(theirs)
    desk.put(meeting("eins"), "halb")
    assert path.read_bytes() == theirs
    found, _ = drafts.list_drafts(desk.workspace)
    assert {each.draft.minutes.note[0].text for each in found} == {"ihres", "eins"}
    assert desk.saved.revision == 1


# -- the thread ----------------------------------------------------------------------------------------------------


@pytest.fixture
def heard() -> list[SavedState]:
    return []


def saver_of(desk: Desk, heard: list[SavedState]) -> Saver:
    return Saver(desk.saving, desk.clock, heard.append)


def test_what_is_put_is_flushed_and_acknowledged_from_the_savers_thread(
    desk: Desk, heard: list[SavedState]
) -> None:
    threads: set[str] = set()
    desk.disk.before = lambda: threads.add(threading.current_thread().name)
    saver = saver_of(desk, heard)
    assert saver.put(meeting("eins"), "halb", revision=41) == 41
    assert saver.flush(10)
    assert saver.state.revision == saver.state.minutes_revision == 41
    assert saver.unsaved_since is None
    assert desk.in_file() == meeting("eins")
    assert saver.close(10)
    assert heard[-1] == saver.state
    assert threads == {"saver"}


def test_the_latest_state_wins(desk: Desk, heard: list[SavedState]) -> None:
    gate, waiting = threading.Event(), threading.Event()

    def hold() -> None:
        waiting.set()
        assert gate.wait(10)

    desk.disk.before = hold
    saver = saver_of(desk, heard)
    saver.put(meeting("eins"))
    assert waiting.wait(10)
    for number in range(50):
        saver.put(meeting("eins", f"n{number}"))
    assert saver.state.revision == 0
    assert saver.unsaved_since == desk.clock.elapsed()
    gate.set()
    assert saver.close(10)
    assert desk.in_file() == meeting("eins", "n49")
    assert len(desk.disk.written) < 20


def test_a_milestone_is_written_even_when_a_newer_state_overtakes_it(
    desk: Desk, heard: list[SavedState]
) -> None:
    saver = saver_of(desk, heard)
    saver.put(meeting("eins"))
    assert saver.flush(10)
    saver.put(meeting("eins", "zwei"), milestone=True)
    saver.put(meeting("eins", "zwei", "drei"))
    assert saver.close(10)
    assert desk.in_file() == meeting("eins", "zwei", "drei")


def test_a_disk_that_hangs_ends_the_waiting_and_not_the_program(desk: Desk, heard: list[SavedState]) -> None:
    gate = threading.Event()

    def hang() -> None:
        gate.wait(10)

    desk.disk.before = hang
    saver = saver_of(desk, heard)
    saver.put(meeting("eins"))
    assert not saver.flush(0.05)
    assert not saver.close(0.05)
    gate.set()
    saver.close(10)
    assert desk.in_file() == meeting("eins")


def test_a_failure_is_announced_and_flush_says_no(desk: Desk, heard: list[SavedState]) -> None:
    desk.disk.failing = {"draft", "minutes"}
    saver = saver_of(desk, heard)
    saver.put(meeting("eins"))
    assert not saver.flush(10)
    assert heard[-1].failing_since == desk.clock.elapsed()
    assert saver.unsaved_since == desk.clock.elapsed()
    desk.disk.failing = set()
    assert saver.close(10)
    assert desk.in_file() == meeting("eins")


def test_a_listener_that_breaks_does_not_stop_the_saving(desk: Desk) -> None:
    def broken(_: SavedState) -> None:
        raise RuntimeError("the screen is gone")

    saver = Saver(desk.saving, desk.clock, broken)
    for text in ("eins", "zwei"):
        saver.put(meeting(text))
        assert saver.flush(10)
    assert saver.close(10)
    assert desk.in_file() == meeting("zwei")


def test_flush_works_in_the_middle_of_put_as_a_signals_handler_would(desk: Desk) -> None:
    """The clock is asked inside `put`, with the lock held: there the handler strikes."""
    saver: Saver | None = None
    flushed: list[bool] = []

    class Struck(FakeClock):
        def elapsed(self) -> float:
            if threading.current_thread() is threading.main_thread() and saver is not None and not flushed:
                flushed.append(False)
                flushed[0] = saver.flush(10)
            return super().elapsed()

    saver = Saver(desk.saving, Struck())
    saver.put(meeting("eins"))
    assert flushed == [True]
    assert saver.close(10)
    assert desk.in_file() == meeting("eins")


def test_closing_without_a_state_ends_the_thread(desk: Desk, heard: list[SavedState]) -> None:
    assert saver_of(desk, heard).close(10)
    assert heard == []
    assert not desk.workspace.state.exists()


def test_closing_a_closed_meeting_removes_its_draft(desk: Desk, heard: list[SavedState]) -> None:
    saver = saver_of(desk, heard)
    saver.put(meeting("eins"))
    saver.put(meeting("eins", status="closed"))
    assert saver.close(10)
    assert drafts.list_drafts(desk.workspace) == ([], [])
    assert desk.in_file().status == "closed"


def test_an_id_that_is_no_file_name_is_refused(desk: Desk) -> None:
    with pytest.raises(RetroError):
        Saving(desk.workspace, desk.clock, "../x")


KILLED = """
import sys
from pathlib import Path
from retrotui.clock import SystemClock
from retrotui.store.saver import Saver, Saving
from retrotui.store.toml_codec import decode
from retrotui.store.workspace import Workspace
from retrotui.domain.minutes import Note
folder = Path(sys.argv[1])
minutes = decode((folder / "start.toml").read_bytes()).minutes
clock = SystemClock()
saver = Saver(
    Saving(Workspace(folder / "team", folder / "state", folder / "cache"), clock, minutes.id),
    clock,
    lambda saved: print(saved.revision, flush=True),
)
number = 0
while True:
    number += 1
    note = Note(id=f"n{number}", at=minutes.started, text="Wort " * 40)
    minutes = minutes.model_copy(update={"note": (*minutes.note, note)})
    saver.put(minutes, "halb", revision=number, milestone=number % 7 == 0)
    while saver.state.revision < number - 3:
        saver.flush(10)
"""


def test_kill_9_loses_no_entry_that_was_shown_as_saved(tmp_path: Path) -> None:
    moments = random.Random(20261123)
    for turn in range(4):
        folder = tmp_path / str(turn)
        folder.mkdir()
        (folder / "start.toml").write_bytes(encode(meeting()))
        with subprocess.Popen([sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            shown = [int(process.stdout.readline()) for _ in range(moments.randrange(1, 40))]
            process.send_signal(signal.SIGKILL)
            shown += [int(line) for line in process.stdout.read().split()]
        (found,), broken = drafts.list_drafts(Workspace(folder / "team", folder / "state", folder / "cache"))
        assert broken == []
        assert found.standing in (Standing.AGREE, Standing.DRAFT_NEWER)
        assert len(found.draft.minutes.note) >= shown[-1]
        assert found.draft.line == "halb"


def test_every_failing_call_of_a_save_is_told_and_overcome(tmp_path: Path) -> None:
    """Fault injection through the whole saver: the N-th system call fails, then all go well."""
    told = 0
    for nth in range(1, 200):
        desk = Desk(tmp_path / str(nth))
        counted = [0]
        failed: list[str] = []

        def table(counted: list[int] = counted, nth: int = nth, failed: list[str] = failed) -> SystemCalls:
            def wrapped(name: str) -> Callable[..., Any]:
                def call(*arguments: Any) -> Any:
                    counted[0] += 1
                    if counted[0] == nth:
                        failed.append(name)
                        if name == "close":
                            SYSTEM.close(*arguments)
                        raise OSError(errno.ENOSPC, "full")
                    return getattr(SYSTEM, name)(*arguments)

                return call

            return SystemCalls(**{name: wrapped(name) for name in SystemCalls.__dataclass_fields__})

        def writer(
            path: Path,
            content: bytes,
            *,
            expected: Expectation,
            check: Callable[[bytes], object],
            calls: Callable[[], SystemCalls] = table,
        ) -> Hash:
            return durable.write(path, content, expected=expected, check=check, calls=calls())

        desk.saving = Saving(desk.workspace, desk.clock, ID, writer=writer)
        desk.put(meeting("eins"))
        assert desk.saved.revision == 1 or desk.saved.failing_since is not None
        assert failed or desk.saved.failing_since is None
        told += desk.saved.failing_since is not None
        counted[0] = 10**6  # from here on all go well
        desk.clock.advance(RETRY_S)
        desk.put(meeting("eins", "zwei"), now=True)
        assert desk.saved.failing_since is None
        assert desk.saved.conflict is None
        assert desk.in_file() == meeting("eins", "zwei")
        assert desk.found().standing is Standing.AGREE
        if not failed:
            assert nth > 30
            assert told > 15  # a draft that fails is made good in the same save, once the minutes are written
            return
    pytest.fail("the calls never came to an end")
