"""An agenda on the desk: opening, steps back, saving, and nobody's words overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.agendas.agenda_samples import HAND_WRITTEN

from retrotui.domain.agenda_changes import SetValue
from retrotui.errors import RetroError
from retrotui.store import agenda_editing, agendas, durable
from retrotui.store.agenda_editing import Sheet, open_sheet, read_sheet, save
from retrotui.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "team", tmp_path / "state", tmp_path / "cache")


def put(workspace: Workspace, text: str, name: str = "ours.toml") -> Path:
    path = workspace.agendas_folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def retitled(sheet: Sheet, title: str = "Neu") -> Sheet:
    return sheet.changed((SetValue(("title",), title),))


def test_a_bundled_agenda_opens_as_a_copy_in_the_teams_language_that_has_no_file(
    workspace: Workspace,
) -> None:
    sheet = open_sheet(workspace, "weekly-call", "de")
    assert sheet.is_copy and not sheet.dirty and not sheet.path.exists()
    assert "One deal" not in sheet.text and "Ein Deal" in sheet.text
    assert not workspace.folder.exists()
    saved = save(retitled(sheet))
    assert saved.path == workspace.agendas_folder / "weekly-call.toml" and saved.path.is_file()
    assert not saved.dirty and not saved.is_copy
    assert agendas.find("weekly-call", workspace.folder).agenda.title.text("de") == "Neu"


def test_opening_and_saving_nothing_keeps_the_bytes(workspace: Workspace) -> None:
    path = put(workspace, HAND_WRITTEN)
    sheet = open_sheet(workspace, "ours", "de")
    assert save(sheet).text == HAND_WRITTEN and path.read_bytes() == HAND_WRITTEN.encode()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_a_byte_order_mark_stay(workspace: Workspace, mark: bytes) -> None:
    path = put(workspace, "")
    path.write_bytes(mark + HAND_WRITTEN.replace("\n", "\r\n").encode())
    save(retitled(open_sheet(workspace, "ours", "de")))
    expected = HAND_WRITTEN.replace('title = "Unseres"', 'title = "Neu"').replace("\n", "\r\n")
    assert path.read_bytes() == mark + expected.encode()


def test_a_broken_file_opens_and_can_be_saved_as_it_is(workspace: Workspace) -> None:
    path = put(workspace, 'id = "ours"\ntitle = Unser\n')
    sheet = open_sheet(workspace, "ours", "de")
    assert sheet.look().fault is not None and sheet.look().raw == {}
    saved = save(sheet.edited('id = "ours"\ntitle = Unsere\n'))
    assert path.read_text() == saved.text


def test_undo_is_deep_and_of_everything(workspace: Workspace) -> None:
    put(workspace, HAND_WRITTEN)
    sheet = open_sheet(workspace, "ours", "de")
    texts = [sheet.text]
    for number in range(300):
        sheet = sheet.changed((SetValue(("minutes",), number + 31),), at=number % 2)
        texts.append(sheet.text)
    at = 0
    for text in reversed(texts[:-1]):
        sheet, at = sheet.undo(at)
        assert sheet.text == text
    assert sheet.undo(7) == (sheet, 7) and not sheet.dirty
    for text in texts[1:]:
        sheet, at = sheet.redo(at)
        assert sheet.text == text
    assert sheet.redo(7) == (sheet, 7)


def test_undo_gives_the_cursor_back_and_a_new_change_ends_redo(workspace: Workspace) -> None:
    put(workspace, HAND_WRITTEN)
    sheet = open_sheet(workspace, "ours", "de").changed((SetValue(("minutes",), 40),), at=1)
    before, at = sheet.undo(0)
    assert at == 1
    assert before.changed((SetValue(("minutes",), 50),)).undone == ()


def test_saving_is_no_end_of_undo(workspace: Workspace) -> None:
    put(workspace, HAND_WRITTEN)
    saved = save(retitled(open_sheet(workspace, "ours", "de")))
    before, _ = saved.undo()
    assert before.dirty and save(before).path.read_text(encoding="utf-8") == HAND_WRITTEN


def test_what_somebody_else_wrote_meanwhile_is_never_overwritten(workspace: Workspace) -> None:
    path = put(workspace, HAND_WRITTEN)
    sheet = retitled(open_sheet(workspace, "ours", "de"))
    assert not agenda_editing.changed_underneath(sheet)
    theirs = HAND_WRITTEN.replace("half an hour", "thirty")
    path.write_text(theirs, encoding="utf-8")
    assert agenda_editing.changed_underneath(sheet)
    with pytest.raises(durable.Conflict):
        save(sheet)
    assert path.read_text(encoding="utf-8") == theirs


def test_theirs_comes_onto_the_desk_and_ours_is_a_step_back(workspace: Workspace) -> None:
    path = put(workspace, HAND_WRITTEN)
    sheet = retitled(open_sheet(workspace, "ours", "de"))
    path.write_text(HAND_WRITTEN.replace("half an hour", "thirty"), encoding="utf-8")
    taken = agenda_editing.take_theirs(sheet)
    assert "thirty" in taken.text and not taken.dirty
    ours, _ = taken.undo()
    assert 'title = "Neu"' in ours.text and ours.dirty


def test_both_are_kept_where_ours_goes_beside(workspace: Workspace) -> None:
    path = put(workspace, HAND_WRITTEN)
    sheet = retitled(open_sheet(workspace, "ours", "de"))
    path.write_text(HAND_WRITTEN.replace("half an hour", "thirty"), encoding="utf-8")
    saved = save(agenda_editing.beside(sheet))
    assert saved.path.name == "ours-2.toml" and "thirty" in path.read_text(encoding="utf-8")
    good, broken = agendas.all_agendas(workspace.folder)
    assert broken == [] and {"ours", "ours-2"} <= {one.agenda.id for one in good}


def test_a_file_that_is_gone_is_noticed(workspace: Workspace) -> None:
    path = put(workspace, HAND_WRITTEN)
    sheet = open_sheet(workspace, "ours", "de")
    path.unlink()
    assert agenda_editing.changed_underneath(sheet)
    with pytest.raises(durable.Missing):
        agenda_editing.take_theirs(sheet)


def test_back_to_the_bundled_one_keeps_the_copy_beside(workspace: Workspace) -> None:
    saved = save(retitled(open_sheet(workspace, "weekly-call", "de")))
    again = read_sheet(saved.path, "de")
    assert agenda_editing.difference(again.bundled, again.text, "a", "b").count("\n-") == 1
    kept = agenda_editing.back_to_bundled(again)
    assert kept.name == "weekly-call.toml.bak" and kept.read_text(encoding="utf-8") == saved.text
    assert agendas.find("weekly-call", workspace.folder).bundled
    assert agenda_editing.bundled_again(again).is_copy
    save(retitled(open_sheet(workspace, "weekly-call", "de"), "Zweite"))
    assert agenda_editing.back_to_bundled(read_sheet(saved.path, "de")).name == "weekly-call.toml.bak2"


def test_back_to_the_bundled_one_asks_first_where_the_file_was_changed(workspace: Workspace) -> None:
    saved = save(retitled(open_sheet(workspace, "weekly-call", "de")))
    saved.path.write_text(saved.text + "# theirs\n", encoding="utf-8")
    with pytest.raises(RetroError):
        agenda_editing.back_to_bundled(saved)
    assert saved.path.read_text(encoding="utf-8").endswith("# theirs\n")


def test_a_new_agenda_begins_as_any_other(workspace: Workspace) -> None:
    put(workspace, HAND_WRITTEN)
    mine = agenda_editing.new_sheet(workspace, "mine", "ours", "de")
    assert mine.text == HAND_WRITTEN.replace('id = "ours"', 'id = "mine"') and mine.path.is_file()
    call = agenda_editing.new_sheet(workspace, "our-call", "weekly-call", "en")
    assert "One deal" in call.text and "Ein Deal" not in call.text


def test_a_look_tells_in_which_step_something_is_wrong(workspace: Workspace) -> None:
    put(workspace, HAND_WRITTEN.replace('kind = "deal"', 'kind = "deals"'))
    look = open_sheet(workspace, "ours", "de").look()
    assert look.agenda is None and look.errors == 1 and look.checks[0].step == 1
    assert look.raw["step"][1]["kind"] == "deals"
