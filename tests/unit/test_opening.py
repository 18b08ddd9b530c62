"""How a meeting gets onto the wall where something is in the way: it begins all the same, or says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.clock import FakeClock
from retrotui.errors import RetroError
from retrotui.store import agendas, drafts
from retrotui.store.settings import Settings
from retrotui.store.workspace import Workspace
from retrotui.tui import going_on, looking_back, opening
from retrotui.tui.overview import first_look, second_look
from retrotui.tui.place import Place
from retrotui.tui.run_options import RunOptions

AGENDA = """schema = 1
id = "own-call"
title = "{title}"
minutes = 10
[[step]]
id = "talk"
kind = "notes"
minutes = 10
title = "Talk"
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(
        Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache"), Settings(), FakeClock()
    )


def in_the_way(place: Place) -> None:
    """A file where the folder of minutes should be."""
    place.workspace.folder.mkdir(parents=True)
    place.workspace.minutes_folder.write_text("no folder", encoding="utf-8")


# -- the folder of minutes cannot be read ------------------------------------------------------------------------


def test_home_names_what_stands_where_the_minutes_should_be(place: Place) -> None:
    in_the_way(place)
    seen = second_look(place, first_look(place))
    assert (
        seen.read
        and seen.minutes == ()
        and [one.path for one in seen.damaged] == [place.workspace.minutes_folder]
    )


def test_a_meeting_that_cannot_be_saved_waits_and_says_why(place: Place) -> None:
    in_the_way(place)
    session = opening.new_session(place, RunOptions(agenda="monthly-reflection"))
    assert session.unwritable is not None and not session.meeting.begun
    assert looking_back.look_back(place) == ()
    session.end_saving()
    assert place.workspace.minutes_folder.read_text(encoding="utf-8") == "no folder"


# -- start afresh ------------------------------------------------------------------------------------------------


def test_afresh_takes_the_file_that_was_named_as_it_is_now(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(AGENDA.format(title="Before"), encoding="utf-8")
    options = RunOptions(agenda=str(file), rehearse=1)
    old = opening.new_session(place, options)
    file.write_text(AGENDA.format(title="After"), encoding="utf-8")
    assert opening.agenda_afresh(place, options, "own-call", old).agenda.title.text("en") == "After"


@pytest.mark.parametrize("left", [None, "id = broken"])
def test_afresh_goes_on_with_the_agenda_that_the_meeting_carries(
    place: Place, tmp_path: Path, left: str | None
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(AGENDA.format(title="Before"), encoding="utf-8")
    options = RunOptions(agenda=str(file), rehearse=1)
    old = opening.new_session(place, options)
    file.unlink() if left is None else file.write_text(left, encoding="utf-8")
    found = opening.agenda_afresh(place, options, "own-call", old)
    assert found.agenda == old.meeting.agenda and found.source_text == AGENDA.format(title="Before")
    assert isinstance(agendas.parse(found.source_text, found.path), agendas.LoadedAgenda)
    with pytest.raises(RetroError):
        opening.agenda_afresh(place, options, "own-call", None)


# -- what a draft says -------------------------------------------------------------------------------------------

SECRET = """schema = 1
id = "own-call"
title = "Own"
minutes = 10
[[step]]
id = "case"
kind = "case"
minutes = 5
confidential = true
title = "Case"
[[step]]
id = "talk"
kind = "notes"
minutes = 5
title = "Talk"
"""


def test_words_begun_in_a_confidential_step_stay_out_of_the_draft_in_the_next(
    place: Place, tmp_path: Path
) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SECRET, encoding="utf-8")
    session = opening.new_session(place, RunOptions(agenda=str(file)))

    def drafted() -> str:
        assert session.saver is not None and session.saver.flush(5)
        return drafts.load(place.workspace.draft_file(session.meeting.minutes.id)).draft.line

    session.type("he broke down")
    session.next()
    assert drafted() == ""
    session.type("he broke down again")
    session.save()
    assert drafted() == ""
    session.type("")
    session.type("open words")
    session.save()
    assert drafted() == "open words"
    session.end_saving()


def test_a_draft_of_a_newer_program_is_not_gone_on_with(place: Place) -> None:
    session = opening.new_session(place, RunOptions(agenda="monthly-reflection"))
    session.record(". one")
    session.end_saving()
    meeting_id = session.meeting.minutes.id
    draft = place.workspace.draft_file(meeting_id)
    newer = draft.read_text(encoding="utf-8").replace("schema = 1\n", "schema = 99\n", 1)
    draft.write_text(newer, encoding="utf-8")
    place.workspace.minutes_file(meeting_id).unlink()
    with pytest.raises(RetroError, match="newer"):
        going_on.resume_session(place, meeting_id)
    assert draft.read_text(encoding="utf-8") == newer
