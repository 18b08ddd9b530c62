"""The agenda's editor, held by its keyboard at 80x24: each key does what it says, and nobody's words are lost."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tomli
from textual import events
from textual.app import App
from textual.strip import Strip

from retrotui.domain.agenda_changes import steps
from retrotui.store import agenda_editing, agenda_unsaved
from retrotui.store.toml_places import Places
from retrotui.tui.commands import COMMANDS
from retrotui.tui.place import Place
from retrotui.tui.screens.agenda_preview import WallPreview
from retrotui.tui.screens.agenda_text import AgendaText
from retrotui.tui.screens.agendas import AgendasScreen
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.difference import Difference
from retrotui.tui.screens.dialogs.help import HelpDialog
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.widgets.lines import Lines
from tests.tui.driver import Room, home, place_in
from tests.tui.editor_room import desk, editor, fill, notice
from tests.unit.agendas.agenda_samples import HAND_WRITTEN


def ids(m: Room) -> list[str]:
    return [str(step["id"]) for step in steps(desk(m).look.raw)]


def step_of(m: Room, at: int) -> dict[str, object]:
    return dict(steps(desk(m).look.raw)[at])


def on_disk(m: Room, name: str = "ours") -> str:
    return (m.place.workspace.agendas_folder / f"{name}.toml").read_text(encoding="utf-8")


def desk_path(place: Place) -> Path:
    return place.workspace.agendas_folder / "ours.toml"


async def to_row(m: Room, label: str) -> None:
    """Among the keys, down to this one."""
    place = [row.label for row in desk(m).rows].index(label)
    await m.burst("home", *["down"] * place)


# -- the hand-written agenda -------------------------------------------------------------------------------


async def test_a_hand_written_agenda_edited_in_three_places_differs_in_three_lines(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="de", interface="en") as m:
        await m.press("t")
        await fill(m, "Hallo")
        await m.press("down", *["-"] * 5, "p", "down", "enter")
        await fill(m, "Was nun?")
        await m.press("ctrl+s")
        assert not desk(m).sheet.dirty
        changed = [
            line
            for line in difflib.unified_diff(
                HAND_WRITTEN.splitlines(), on_disk(m).splitlines(), lineterm="", n=0
            )
            if line.startswith("+") and not line.startswith("+++")
        ]
    assert changed == [
        '+  title   =  {de="Hallo" , en = "Arrive"}   # both languages',
        "+minutes=15     # was 15 until March",
        '+\t"Was nun?", # keep this one',
    ]
    assert len(on_disk(m).splitlines()) == len(HAND_WRITTEN.splitlines())


# -- the list ----------------------------------------------------------------------------------------------


async def test_the_list_shows_running_starts_and_the_total_against_the_length(tmp_path: Path) -> None:
    async with editor(tmp_path, "monthly-reflection", language="en") as m:
        assert m.sees("0:25     20  Close-up: lost", "90 of 90 min · Reflecting 56%")
        await m.press("home", "down", "+")
        assert m.sees("0:26     20  Close-up: lost", "91 of 90 min · 1 min too many")
        assert m.sees("The steps add up to 91 minutes, the agenda has 90.")
        await m.press("home", "+")
        assert m.sees("91 of 95 min · 4 min free")


async def test_steps_are_added_copied_moved_and_deleted_and_everything_comes_back(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("a")
        assert m.shows(Menu)
        await m.press(m.digit("Lessons"))
        assert m.shows(Ask) and ids(m) == ["hello", "lessons", "case"]
        await fill(m, "What holds")
        assert step_of(m, 1) == {"id": "lessons", "kind": "lessons", "minutes": 5, "title": "What holds"}
        await m.press("c", "J")
        assert ids(m) == ["hello", "lessons", "case", "lessons-2"] and desk(m).at == 3
        await m.press("K", "K")
        assert ids(m) == ["hello", "lessons-2", "lessons", "case"]
        await m.press("d")
        assert ids(m) == ["hello", "lessons", "case"] and "F9" in notice(m)
        await m.press(*["u"] * 7)
        assert desk(m).sheet.text == HAND_WRITTEN and not desk(m).sheet.dirty
        await m.press("u")
        assert notice(m) == "There is nothing to take back."
        await m.press(*["U"] * 7)
        assert ids(m) == ["hello", "lessons", "case"]


async def test_flags_turn_by_digit_and_minutes_are_typed(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("1", "4", "6")
        assert {key: step_of(m, 0)[key] for key in ("cap", "silent", "confidential")} == dict.fromkeys(
            ("cap", "silent", "confidential"), True
        )
        assert m.sees("capped · silent · confidential")
        await m.press("m")
        await fill(m, "ten")
        assert m.shows(Ask) and m.sees("is no time for a step")
        await m.press("ctrl+u")
        await fill(m, "30 %")
        assert step_of(m, 0)["share"] == 30 and "minutes" not in step_of(m, 0)
        await m.press("y", m.digit("Numbers") if m.shows(Menu) else "3")
        assert step_of(m, 0)["kind"] == "numbers"


async def test_every_key_of_a_step_is_shown_and_can_be_changed(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en", size=(120, 36)) as m:
        await m.press("end", "enter")
        labels = [row.label for row in desk(m).rows]
        assert {"Outcomes", "Repeat", "Votes", "Roles", "Parts", "Fields", "Renewable by", "wiggle"} <= set(
            labels
        )
        for label, words, key, value in (
            ("Outcomes", "lost, won", "outcomes", ["lost", "won"]),
            ("Repeat", "deal", "repeat", "deal"),
            ("Votes", "3", "votes", 3),
            ("Renewable by", "2.5", "extend_by", 2.5),
            ("Roles", "adviser", "roles", ["adviser"]),
        ):
            await to_row(m, label)
            await m.press("enter")
            await fill(m, words)
            assert step_of(m, 1)[key] == value, label
        await m.press("home")
        await to_row(m, "Counts as")
        await m.press("enter", m.digit("Deciding") if m.shows(Menu) else "3")
        assert step_of(m, 1)["counts_as"] == "decide"
        await to_row(m, "Votes")
        await m.press("d")
        assert "votes" not in step_of(m, 1)
        await m.press("home")
        await to_row(m, "protected")
        await m.press("space")
        assert step_of(m, 1)["protected"] is True  # what counts as deciding is not protected by itself


async def test_questions_are_added_changed_moved_and_taken_away(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("end", "p", "a")
        await fill(m, "And then?")
        assert step_of(m, 1)["prompts"] == ["What happened?", "What do we learn?", "And then?"]
        await m.press("K")
        assert step_of(m, 1)["prompts"] == ["What happened?", "And then?", "What do we learn?"]
        await m.press("d")
        assert step_of(m, 1)["prompts"] == ["What happened?", "What do we learn?"]
        await m.press("enter")
        await fill(m, "")
        assert step_of(m, 1)["prompts"] == ["What happened?"]


async def test_the_agenda_itself_is_the_first_row(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("home", "enter")
        await to_row(m, "Purpose")
        await m.press("enter")
        await fill(m, "To learn")
        await to_row(m, "Hard end")
        await m.press("space")
        await to_row(m, "Period")
        await m.press("enter", m.digit("week") if m.shows(Menu) else "1")
        raw = desk(m).look.raw
        assert (raw["purpose"], raw["hard_end"], raw["period"]) == ("To learn", True, "week")


async def test_the_other_language_is_shown_and_edited_on_request(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="de", interface="en") as m:
        assert m.sees("Ankommen", "German")
        await m.press("l")
        assert m.sees("Arrive", "English")
        await m.press("t")
        await fill(m, "Hello")
        assert step_of(m, 0)["title"] == {"de": "Ankommen", "en": "Hello"}
        await m.press("down", "t")
        await fill(m, "Case")
        assert step_of(m, 1)["title"] == {"de": "Fall", "en": "Case"}


# -- what is wrong, and what the room will see -------------------------------------------------------------


async def test_checks_are_live_and_n_goes_to_them(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("end", "t")
        await fill(m, "A title that is much too long")
        assert m.sees("has 29 characters; the rail shows 18. Shorten it.")
        await m.press("home", "n", "n", "n")
        assert desk(m).at in (-1, 0, 1) and notice(m)
        await m.press("u")
        assert not m.sees("the rail shows 18")


async def test_the_preview_shows_the_wall_of_each_step(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("4", "f8")
        assert m.shows(WallPreview) and m.sees("Arrive", "Everybody writes, nobody speaks.", "10 min left")
        await m.press("down")
        assert m.sees("Fall", "What happened?", "1/2", "20 min left")
        await m.press("right")
        assert m.sees("What do we learn?")
        await m.press("escape")
        assert m.screen is desk(m) and desk(m).at == 1


# -- the text ----------------------------------------------------------------------------------------------


async def test_the_text_is_one_key_away_and_says_what_is_wrong_at_its_line(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("end", "r")
        assert m.shows(AgendaText)
        text = m.screen
        assert isinstance(text, AgendaText)
        assert HAND_WRITTEN.splitlines()[text.area.cursor_location[0]] == "[[step]]"
        await m.press("down", "down", "home")
        await m.type("x")
        await m.pilot.pause(0.3)
        assert m.sees("line 22: The key “xtitle” is unknown") and text.area.wrong == {21}
        await m.press("backspace", "escape")
        await m.settle()
        assert m.screen is desk(m) and not desk(m).sheet.dirty
        await m.press("r", "down", "end")
        await m.type("!")
        await m.press("escape")
        assert desk(m).sheet.dirty and desk(m).look.errors
        await m.press("u")
        assert not desk(m).sheet.dirty


async def test_what_is_no_toml_opens_as_text_and_can_be_mended(tmp_path: Path) -> None:
    broken = HAND_WRITTEN.replace('title = "Fall"', "title = Fall")
    async with editor(tmp_path, "ours", agendas=[broken], language="en") as m:
        assert m.shows(AgendaText) and m.sees('A text needs quotes. Write title = "Fall".')
        await m.press("escape")
        await m.press("a")
        assert "mend it first" in notice(m)
        await m.press("r", "end", *["backspace"] * 4)
        await m.type('"Fall"')
        await m.press("ctrl+s")
        await m.settle()
        assert on_disk(m) == HAND_WRITTEN and m.sees("0:10     20  Fall")


async def test_the_own_editor_gives_its_text_back_as_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\npath = pathlib.Path(sys.argv[1])\n"
        "path.write_text(path.read_text(encoding='utf-8').replace('Fall', 'Case'), encoding='utf-8')\n"
    )
    monkeypatch.setenv("VISUAL", f"'{sys.executable}' '{script}'")
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("x")
        assert "cannot be given to an editor" in notice(m)  # a test has no terminal to give away
        monkeypatch.setattr(m.app, "suspend", nullcontext)
        await m.press("x")
        assert desk(m).sheet.text == HAND_WRITTEN.replace("Fall", "Case")
        await m.press("u")
        assert desk(m).sheet.text == HAND_WRITTEN
        monkeypatch.setenv("VISUAL", "no-such-editor")
        await m.press("x")
        assert "cannot be started" in notice(m)


# -- the disk ----------------------------------------------------------------------------------------------


async def test_a_bundled_agenda_becomes_the_teams_copy_only_when_it_is_changed_and_saved(
    tmp_path: Path,
) -> None:
    async with editor(tmp_path, "weekly-call", language="de", interface="en") as m:
        assert m.sees("bundled; changing it makes your copy")
        await m.press("s")
        assert notice(m) == "There is nothing to save."
        await m.press("+", "home", "+", "s")
        assert m.sees("Saved:") or not desk(m).sheet.dirty
        found = tomli.loads(on_disk(m, "weekly-call"))
        assert found["title"] == "Wochen-Telefonat" and found["step"][0]["minutes"] == 3
        await m.press("v", "1")
        assert m.shows(Difference) and m.sees("-minutes = 30", "+minutes = 35")
        await m.press("escape", "B", m.digit("Keep the copy") if m.shows(Menu) else "1")
        assert (m.place.workspace.agendas_folder / "weekly-call.toml").exists()
        await m.press("B", "2")
        assert not (m.place.workspace.agendas_folder / "weekly-call.toml").exists()
        assert m.sees("bundled; changing it makes your copy", "weekly-call.toml.bak")


async def test_errors_are_asked_about_before_they_are_saved(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("+", "s")
        assert m.shows(Menu) and m.sees("The agenda has 1 error.")
        await m.press("enter")
        assert on_disk(m) == HAND_WRITTEN and desk(m).sheet.dirty
        await m.press("s", m.digit("Save it as it is") if m.shows(Menu) else "2")
        assert on_disk(m) != HAND_WRITTEN and not desk(m).sheet.dirty


@pytest.mark.parametrize("answer", ["theirs", "beside", "compare"])
async def test_a_file_that_changed_underneath_is_asked_about(tmp_path: Path, answer: str) -> None:
    theirs = HAND_WRITTEN.replace("half an hour", "thirty")
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("home", "t")
        await fill(m, "Mine")
        (m.place.workspace.agendas_folder / "ours.toml").write_text(theirs, encoding="utf-8")
        await m.press("s")
        assert m.shows(Menu) and m.sees("was changed by somebody else")
        words = {"theirs": "Go on with the file", "beside": "Keep both", "compare": "See what differs"}[
            answer
        ]
        await m.press(m.digit(words))
        assert on_disk(m) == theirs
        if answer == "compare":
            assert m.shows(Difference) and m.sees('+title = "Mine"')
        elif answer == "theirs":
            assert desk(m).sheet.text == theirs and not desk(m).sheet.dirty
            await m.press("u")
            assert 'title = "Mine"' in desk(m).sheet.text
        else:
            assert 'title = "Mine"' in on_disk(m, "ours-2") and not desk(m).sheet.dirty


async def test_what_somebody_else_saved_comes_by_itself_where_nothing_was_changed(tmp_path: Path) -> None:
    theirs = HAND_WRITTEN.replace('"Fall"', '"Unser Fall"')
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        path = m.place.workspace.agendas_folder / "ours.toml"
        path.write_text(theirs, encoding="utf-8")
        await desk(m)._look_underneath().wait()
        await m.settle()
        assert m.sees("Unser Fall") and "F9" in notice(m) and not desk(m).sheet.dirty
        await m.press("+")
        path.write_text(HAND_WRITTEN, encoding="utf-8")
        await desk(m)._look_underneath().wait()
        await m.settle()
        assert "s asks" in notice(m) and desk(m).sheet.dirty


@pytest.mark.parametrize(("key", "left"), [("1", True), ("2", False), ("3", True), ("escape", False)])
async def test_leaving_asks_about_what_is_not_saved(tmp_path: Path, key: str, left: bool) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("home", "t")
        await fill(m, "Mine")
        await m.press("q")
        assert m.shows(Menu)
        await m.press(key)
        assert m.app._exit is left
    assert ('title = "Mine"' in on_disk(m)) is (key == "1")


# -- from home, and help -----------------------------------------------------------------------------------


async def test_from_home_to_the_list_to_a_new_agenda_and_back(tmp_path: Path) -> None:
    async with home(tmp_path, size=(80, 24)) as m:
        await m.press("a")
        assert m.shows(AgendasScreen) and m.sees("Weekly call · weekly-call", "bundled")
        await m.press("r")
        assert m.sees("How openly can I speak today") or m.sees("1.")
        await m.press("escape")
        await m.type("n")
        assert m.shows(Ask)
        await fill(m, "a b")
        assert m.shows(AgendasScreen) and m.sees("cannot be an id")
        await m.press("n")
        await fill(m, "our-own")
        assert m.screen is desk(m) and m.sees("our-own.toml")
        await m.press("escape")
        assert m.shows(AgendasScreen) and m.sees("our-own", "your own")
        await m.press("home", "enter")
        assert desk(m).sheet.path.stem == "our-own"
        await m.press("q", "b")
        await m.settle()
        assert m.shows(MeetingScreen) and m.minutes.agenda.id == "our-own"


async def test_a_broken_agenda_is_in_the_list_and_opens(tmp_path: Path) -> None:
    broken = HAND_WRITTEN.replace('kind = "deal"', 'knd = "deal"')
    async with home(tmp_path, agendas=[broken], size=(80, 24)) as m:
        await m.press("a")
        assert m.sees("✗ ours.toml", "The key “knd” is unknown.")
        await m.press("n")
        assert m.sees("mend it first")
        await m.press("enter")
        assert m.screen is desk(m) and m.sees("“kind” is meant, it seems.")
        await m.press("escape", "escape")
        assert m.shows(HomeScreen)


@pytest.mark.parametrize("language", ["en", "de"])
async def test_help_and_palette_name_every_command_of_the_editor(tmp_path: Path, language: str) -> None:
    async with editor(tmp_path, "weekly-call", language=language, size=(100, 60)) as m:
        known = set(desk(m).runs._ways) | {"help", "palette"}
        assert known == {one.id for one in COMMANDS if "editor" in one.where}
        await m.press("?")
        assert m.shows(HelpDialog)
        await m.press("escape", "ctrl+p")
        await m.pilot.pause(0.2)
        assert m.sees("Großbild" if language == "de" else "Wall view")


async def test_keys_of_the_editor_do_not_collide() -> None:
    for where in ("editor", "agendas"):
        keys = [key for one in COMMANDS if where in one.where for key in (*one.keys, *one.twins)]
        assert len(keys) == len(set(keys))
        assert not set(keys) & {"up", "down", "j", "k", "enter", "tab", "space", *"123456"}


# -- size --------------------------------------------------------------------------------------------------


def two_hundred() -> str:
    head = 'schema = 1\nid = "long"\ntitle = "Long"\nminutes = 1000\nloop = false\n'
    return head + "".join(
        f'\n[[step]]\nid = "s{n}"\nkind = "deal"\nminutes = 5\ntitle = "Step {n}"\nprompts = ["One?", "Two?"]\n'
        for n in range(200)
    )


async def test_two_hundred_steps_are_drawn_as_lines_not_as_widgets(tmp_path: Path) -> None:
    async with editor(tmp_path, "long", agendas=[two_hundred()], language="en") as m:
        few = len(list(desk(m).walk_children()))
        assert few < 15
        await m.press("end")
        assert m.sees("16:35      5  Step 199")
        await m.press("-", "J", "K", "c", "d", "u", "u", "u", "u")
        assert m.sees("1,000 of 1,000 min") and not desk(m).sheet.done
        assert len(list(desk(m).walk_children())) == few


async def test_a_key_in_a_long_agenda_costs_what_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[int] = []
    painted: list[int] = []
    search, paint = Places.__init__, Lines.render_line

    def searching(places: Places, text: str) -> None:
        searched.append(len(text))
        search(places, text)

    def painting(area: Lines, y: int) -> Strip:
        painted.extend([y] if area.id == "steps" else [])
        return paint(area, y)

    async with editor(tmp_path, "long", agendas=[two_hundred()], language="en", size=(120, 36)) as m:
        await m.press("down", "down", "+")  # the text is looked through once
        monkeypatch.setattr(Places, "__init__", searching)
        await m.press("+", "J", "K", "c", "d", "-", "u")
        assert sum(searched) < 8 * 500 < len(two_hundred()) / 3, "only the steps that changed"
        monkeypatch.setattr(Lines, "render_line", painting)
        await m.press("down")
        assert painted == [4, 5], "the row that was marked, and the one that is"
        painted.clear()
        await m.press("z")
        assert painted == []


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (160, 45)])
async def test_list_keys_and_checks_are_there_in_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with editor(tmp_path, "monthly-reflection", language="de", size=size) as m:
        assert m.sees("Ankommen", "90 von 90 min", "Nichts zu beanstanden")
        await m.press("enter")
        assert m.sees("Zeitfenster")
        await m.resize(40, 10)
        assert m.sees("60 x 16")


async def test_hostile_words_of_a_file_are_shown_harmlessly(tmp_path: Path) -> None:
    hostile = HAND_WRITTEN.replace('"Fall"', '"[red]x[/red] [@click=app.quit]y[/] \\u001b[31m \\u202eabc"')
    async with editor(
        tmp_path, "ours", agendas=[hostile], language="de", interface="en", size=(120, 36)
    ) as m:
        await m.press("end")
        assert m.sees("[red]x[/red]") and "\x1b" not in m.text() and "\u202e" not in m.text()
        await m.press("enter", "f8")
        assert m.sees("[red]x[/red]") and "\x1b" not in m.text()
        await m.press("escape", "r")
        assert "\x1b" not in m.text()


def test_the_sheet_of_the_editor_is_the_stores(tmp_path: Path) -> None:
    place = place_in(tmp_path, agendas=[HAND_WRITTEN])
    sheet = agenda_editing.open_sheet(place.workspace, "ours", "de")
    assert sheet.text == HAND_WRITTEN


# -- a crash -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["Go on with them", "Throw them away"])
async def test_what_was_not_saved_is_offered_the_next_time(tmp_path: Path, answer: str) -> None:
    place = place_in(tmp_path, agendas=[HAND_WRITTEN])
    async with editor(tmp_path, "ours", place=place) as m:
        await m.press("home", "t")
        await fill(m, "Mine")
        m.app.save_everything(1.0)  # as the terminal's keeper does when the process must end
    assert agenda_unsaved.found(place.workspace, desk_path(place)) is not None
    async with editor(tmp_path, "ours", place=place) as m:
        assert m.shows(Menu) and m.sees("were not saved when the program ended")
        await m.press(m.digit(answer))
        assert desk(m).sheet.dirty is (answer == "Go on with them")
        assert ('title = "Mine"' in desk(m).sheet.text) is (answer == "Go on with them")
        await m.press("u", "q")
    assert agenda_unsaved.found(place.workspace, desk_path(place)) is None
    assert desk_path(place).read_text(encoding="utf-8") == HAND_WRITTEN


async def test_what_is_typed_in_the_text_view_is_kept_too(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        await m.press("r")
        await m.type("# half a thought")
        await m.press("enter")
        await m.pilot.pause(0.3)
        m.app.save_everything(1.0)
        found = agenda_unsaved.found(m.place.workspace, desk(m).sheet.path)
        assert found is not None and "# half a thought" in found
        await m.press("ctrl+s")
        await m.settle()
        assert "# half a thought" in on_disk(m)
        assert agenda_unsaved.found(m.place.workspace, desk(m).sheet.path) is None


# -- pictures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "size", "theme"),
    [("de", (80, 24), "light"), ("en", (120, 36), "dark")],
    ids=["small", "wide"],
)
async def test_the_editor_in_pictures(
    tmp_path: Path,
    golden_screen: Callable[[App[Any], str], None],
    language: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    async def photograph(m: Room, name: str) -> None:
        golden_screen(m.app, f"agenda-{name}-{size[0]}x{size[1]}-{theme}-{language}")

    given: dict[str, Any] = {"language": language, "theme": theme, "agendas": [HAND_WRITTEN]}
    async with editor(tmp_path / "a", "monthly-reflection", size=size, **given) as m:
        await m.press("down", "down", "+")
        await photograph(m, "steps")
        await m.press("enter", "down", "down", "down")
        await photograph(m, "keys")
        await m.press("r", "end", "x")
        await m.pilot.pause(0.3)
        await photograph(m, "text")
        await m.press("backspace", "escape", "w")
        await photograph(m, "preview")
    async with home(tmp_path / "b", size=size, **given) as m:
        await m.press("a")
        await photograph(m, "list")


async def test_what_can_be_meant_is_offered_and_completed(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en", size=(100, 40)) as m:
        await m.press("end", "enter")
        await to_row(m, "Outcomes")
        await m.press("enter", *"won, lo")
        await m.press("tab", "enter")
        assert step_of(m, 1)["outcomes"] == ["won", "lost"] and m.sees("won, lost")
        await to_row(m, "Roles")
        await m.press("enter", *"cas")
        await m.press("tab", "enter")
        assert step_of(m, 1)["roles"] == ["case_giver"]
        await to_row(m, "Repeat")
        await m.press("enter", *"not")
        await m.press("tab", "enter")
        await to_row(m, "Notes of")
        await m.press("enter", "tab", "enter")
        assert (step_of(m, 1)["repeat"], step_of(m, 1)["of"]) == ("note", "hello")


async def test_esc_and_a_letter_in_one_burst_are_esc_and_then_the_letter(tmp_path: Path) -> None:
    async with editor(tmp_path, "ours", agendas=[HAND_WRITTEN], language="en") as m:
        driver = m.app._driver
        assert driver is not None
        await m.press("t")
        assert m.shows(Ask)
        event = events.Key("alt+c", "c")
        event.set_sender(m.app)
        driver.send_message(event)
        await m.settle()
        assert m.screen is desk(m) and ids(m) == ["hello", "hello-2", "case"]
        await m.press("enter")
        event = events.Key("alt+shift+k", "K")
        event.set_sender(m.app)
        driver.send_message(event)
        await m.settle()
        assert desk(m).pane == "steps" and ids(m) == ["hello-2", "hello", "case"]
