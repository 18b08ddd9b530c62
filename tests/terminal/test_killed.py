"""kill -9 at any moment: what the screen called saved is there after the next start (promises.md, "Nothing is lost").

SIGKILL leaves the files as they are at that moment, and so does SIGSTOP: one run is stopped at many moments, its files
are copied each time, and each copy is gone on with. A few real kills stand beside it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from retrotui import locale
from retrotui.domain.minutes import Minutes
from retrotui.store.workspace import CACHE_DIR, STATE_DIR
from retrotui.tui import going_on
from retrotui.tui.place import open_place
from retrotui.tui.run_options import RunOptions
from tests.terminal.room import PATIENCE, Room, altered, shows_saved, texts

pytestmark = pytest.mark.terminal

MOMENTS = int(os.environ.get("RETROTUI_MOMENTS", "50"))
KILLS = int(os.environ.get("RETROTUI_KILLS", "3"))
LAST_STEP = 5
"""Lessons: behind it a line opens the form of an experiment, and the next ones are its fields."""
END_OF_FRAME = b"\x1b[?2026l"
HALF_TYPED_S = 2.0
"""So much half-typed text may be lost."""
PARKED = "& "
"""Taken down, but not on the wall."""
PREFIXES = ("", "! ", PARKED, "> ", "? ", "„", ". ")


class Watched(Room):
    """A terminal that draws whole frames only, as those do that support synchronised output: no half-drawn promise."""

    promised: set[str]

    def __enter__(self) -> Watched:
        super().__enter__()
        self.promised = set()
        self.send(b"\x1b[?2026;2$y")  # "I know synchronised output"
        return self

    def _catch_up(self) -> None:
        end = self.log.rfind(END_OF_FRAME) + len(END_OF_FRAME)
        if self._fed < end and END_OF_FRAME in self.log:
            self._stream.feed(bytes(self.log[self._fed : end]).replace(b"\x1b[?2026$p", b""))
            self._fed = end

    def look(self) -> None:
        """What the screen calls saved now is promised for good."""
        lines = self.screen()
        if shows_saved(lines):
            words = "\n".join(lines[:-3]).replace("│", " ").split()
            self.promised |= {word.strip("„“") for word in words if word.strip("„“").startswith("eintrag-")}

    def until_promised(self, entry: str) -> None:
        """Reads on until the screen calls this entry saved."""
        until = time.monotonic() + PATIENCE
        while entry not in self.promised:
            assert time.monotonic() < until, str(self)
            self._pump(0.02)
            self.look()


@dataclass
class Moment:
    """The files as they were, and what the screen had called saved by then."""

    folder: Path
    promised: frozenset[str]
    typed: int = field(default=0)


def freeze(room: Watched, folder: Path, typed: int) -> Moment:
    """Stops the program in the middle of whatever it does, reads what it has written, copies its files."""
    room.signal(signal.SIGSTOP)
    until = time.monotonic() + PATIENCE
    while Path(f"/proc/{room.pid}/stat").read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < until, "it does not stop"
    room.look()
    for name, source in (("team", room.team), ("state", room.workspace.state)):
        if source.exists():
            shutil.copytree(source, folder / name)
    moment = Moment(folder, frozenset(room.promised), typed)
    room.signal(signal.SIGCONT)
    return moment


def resumed(room: Watched, moment: Moment) -> Minutes | None:
    """What `retrotui resume` has in its hands where the files are as they were at that moment."""
    for name, target in (("team", room.team), ("state", room.workspace.state)):
        shutil.rmtree(target, ignore_errors=True)
        if (moment.folder / name).exists():
            shutil.copytree(moment.folder / name, target)
    place = open_place(RunOptions(dir=room.team, lang="de"))
    if not going_on.open_meetings(place):
        return None
    session = going_on.resume_session(place)
    minutes = session.meeting.minutes
    session.end_saving()
    return minutes


@pytest.fixture
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folders of the person in the room, for the part of the test that runs here; and the language as it was."""
    monkeypatch.setenv(STATE_DIR, str(tmp_path / "home/.local/state/retrotui"))
    monkeypatch.setenv(CACHE_DIR, str(tmp_path / "home/.cache/retrotui"))
    before = locale.language()
    yield
    locale.use(before)


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="needs /proc to see that the program has stopped"
)
@pytest.mark.usefixtures("own_folders")
def test_killed_at_any_moment_everything_called_saved_is_there(tmp_path: Path) -> None:
    seed = int(os.environ.get("RETROTUI_SEED", "20261124"))
    chance = random.Random(seed)
    moments: list[Moment] = []
    typed = step = 0
    # on a quick disk all is saved before it is painted, and no sign could be wrong
    slow = altered("slow-disk")
    with Watched(tmp_path / "team", "run", "monthly-reflection", size=(100, 30), program=slow) as room:
        room.on_floor("Ankommen")
        while len(moments) < MOMENTS:
            prefix = chance.choice(PREFIXES)
            room.type(f"{prefix}eintrag-{typed:03}")
            room.press("enter")
            typed += 1
            if typed % 4 == 0 and prefix != PARKED:  # now and then somebody looks up
                room.until_promised(f"eintrag-{typed - 1:03}")
            if typed % 9 == 0:
                key = chance.choice(["f4", "f4", "f3", "f2"] if step < LAST_STEP else ["f3", "f2"])
                step = max(0, step + {"f4": 1, "f3": -1}.get(key, 0))
                room.press(key)
            if typed > 3 and chance.random() < 0.6:
                until = time.monotonic() + chance.random() * 0.12
                while (left := until - time.monotonic()) > 0:
                    room._pump(left)
                    room.look()
                moments.append(freeze(room, tmp_path / f"moment-{len(moments)}", typed))
        room.signal(signal.SIGKILL)
        assert room.exit_code() == -signal.SIGKILL
        promises = [len(one.promised) for one in moments]
        assert promises[-1] >= MOMENTS // 2, (
            "the screen called next to nothing saved: this would prove nothing"
        )
        for moment in moments:
            found = resumed(room, moment)
            # before any deal a quote is a note that keeps its mark
            kept = {words.lstrip("„") for words in texts(found)} if found is not None else set()
            lost = moment.promised - kept
            assert not lost, (seed, moment)
            assert kept <= {f"eintrag-{number:03}" for number in range(moment.typed)}


@pytest.mark.parametrize("seed", range(KILLS))
def test_after_a_real_kill_the_meeting_goes_on(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    team = tmp_path / "team"
    with Watched(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        for number in range(chance.randint(2, 6)):
            room.type(f"eintrag-{number:03}")
            room.press("enter")
        room.until_promised("eintrag-000")
        until = time.monotonic() + chance.random() * 0.2
        while (left := until - time.monotonic()) > 0:
            room._pump(left)
            room.look()
        room.signal(signal.SIGKILL)
        assert room.exit_code() == -signal.SIGKILL
        promised = room.promised
    with Room(team, "resume") as room:
        room.on_floor("Ankommen")
        room.sees(lambda lines: all(any(entry in line for line in lines) for entry in promised))
        room.press("ctrl+u")  # what was half typed came back too
        room.says("und weiter")
        minutes = room.kept()
        assert promised <= texts(minutes)
        assert "und weiter" in texts(minutes)


def test_half_typed_text_survives_but_for_its_last_two_seconds(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("vorher")
        room.type("halb getippt über d")
        room.sees("halb getippt über d")
        shown = time.time()
        while (room.draft() or (None, ""))[1] != "halb getippt über d":
            assert time.time() < shown + PATIENCE
            room._pump(0.02)
        [draft] = room.workspace.drafts_folder.glob("*.toml")
        assert draft.stat().st_mtime - shown < HALF_TYPED_S
        room.signal(signal.SIGKILL)
        room.exit_code()
    with Room(team, "resume") as room:
        room.on_floor("Ankommen")
        room.sees("halb getippt über d")
        room.type("en Preis")
        room.press("enter")
        room.called_saved("halb getippt über den Preis")


def test_a_half_typed_answer_in_the_form_of_an_experiment_survives_too(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "monthly-reflection") as room:
        room.on_floor("Ankommen")
        for _ in range(6):
            room.press("f4")
        room.on_floor("Neue Experimente")
        room.type("Rahmen früh nennen")
        room.press("enter")
        room.sees("╭─ Rahmen früh nennen")
        room.type("Wer ihn kennt")
        room.press("enter")
        room.sees(lambda _: (room.draft() or (None, "?"))[1] == "")
        room.type("die Spanne im er")
        room.sees("die Spanne im er")
        room.sees(lambda _: (room.draft() or (None, ""))[1] == "die Spanne im er")
        room.signal(signal.SIGKILL)
        room.exit_code()
    with Room(team, "resume") as room:
        room.on_floor("Neue Experimente")
        room.sees(lambda lines: "die Spanne im er" in lines[-2])
        [experiment] = room.kept().experiment
        assert (experiment.hypothesis, experiment.change) == ("Wer ihn kennt", "")


def test_resume_asks_nothing_where_draft_and_minutes_agree(tmp_path: Path) -> None:
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("vorher")
        room.press("ctrl+q")
        room.sees("das Treffen bleibt offen")
        room.press("enter")
        assert room.exit_code(PATIENCE) == 0
        assert b"retrotui resume" in room.log
    with Room(team, "resume") as room:
        lines = room.sees("vorher")
        assert not any("╭" in line for line in lines[2:]), "a dialog on the first frame"
        room.says("nachher")
        assert texts(room.minutes()) >= {"vorher"}


def test_an_open_meeting_of_the_same_agenda_is_gone_on_with(tmp_path: Path) -> None:
    """`run` again after a kill: the meeting goes on, and says since when; nothing is lost and no second file begins."""
    team = tmp_path / "team"
    with Room(team, "run", "weekly-call") as room:
        room.on_floor("Ankommen")
        room.says("vorher")
        room.signal(signal.SIGKILL)
        room.exit_code()
    with Room(team, "run", "weekly-call") as room:
        room.sees("Weiter mit dem Treffen von")
        room.sees("vorher")
        assert len(room.minutes_files()) <= 1
