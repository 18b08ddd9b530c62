"""The review: the list of all minutes, the page of one meeting, and its corrections."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retrotui.domain.minutes import Discretion, Minutes, Note, change
from retrotui.store import lock
from retrotui.store import minutes as minutes_store
from retrotui.store.lock import Holder
from retrotui.tui import exporting_several
from retrotui.tui.place import Place
from retrotui.tui.screens.dialogs.ask import Ask
from retrotui.tui.screens.dialogs.choose import ChooseDialog
from retrotui.tui.screens.dialogs.menu import Menu
from retrotui.tui.screens.home import HomeScreen
from retrotui.tui.screens.meeting import MeetingScreen
from retrotui.tui.screens.minutes import MinutesScreen
from retrotui.tui.screens.review import ReviewScreen
from tests.tui.driver import DESK, Room, home, place_in
from tests.tui.stage import earlier, past

SEPTEMBER, OCTOBER = "2026-09-28-monthly-reflection", "2026-10-26-monthly-reflection"


@asynccontextmanager
async def review(place: Place, *keys: str, size: tuple[int, int] = DESK) -> AsyncIterator[Room]:
    """The list from home, and what these keys do there."""
    async with home(place.workspace.folder.parent, place=place, size=size) as m:
        await m.press("m", *keys)
        yield m


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path, past=past())


def listed(m: Room) -> ReviewScreen:
    return next(one for one in m.app.screen_stack if isinstance(one, ReviewScreen))


def page(m: Room) -> MinutesScreen:
    assert isinstance(m.screen, MinutesScreen)
    return m.screen


def file(place: Place, meeting_id: str) -> Path:
    return place.workspace.minutes_file(meeting_id)


def minutes(place: Place, meeting_id: str) -> Minutes:
    return minutes_store.load(file(place, meeting_id)).minutes


async def hit(m: Room, words: str) -> None:
    """The cursor goes to where these words stand on the page."""
    await m.press("/")
    await m.type(words)
    await m.press("enter")
    assert page(m).page.hit_number, m.text()


async def looks_again(m: Room) -> None:
    """The next look at the files: an interval of real seconds, which a test does not wait for."""
    screen = m.screen
    if isinstance(screen, MinutesScreen):
        screen._look()
    else:
        listed(m).look()
    await m.settle()


# -- the list ----------------------------------------------------------------------------------------------


async def test_all_meetings_newest_first_filtered_as_one_types(place: Place) -> None:
    async with review(place) as m:
        rows = m.lines()
        newest, oldest = (next(n for n, row in enumerate(rows) if day in row) for day in ("26 Oct", "28 Sep"))
        assert newest < oldest and m.sees("2 meetings")
        await m.press("/")
        await m.type("technic")
        assert m.sees("1 of 2 meetings", "A technician at the second meeting") and not m.sees("28 Sep 2026")
        await m.press("escape")
        assert m.sees("2 meetings", "28 Sep 2026")
        for line, count in (
            ("@ben", 1),
            ("customer:mü", 1),
            ("#price", 2),
            ("=2026-09", 1),
            ("outcome:won", 0),
        ):
            await m.press("/")
            await m.paste(line)
            assert m.sees(f"{count} of 2 meetings"), line
            await m.press("escape")
        await m.press("/")
        await m.paste("outcome:blue")
        assert m.sees("“blue” is no outcome: try won, lost", "2 meetings")
        await m.press("enter", "escape")
        assert m.shows(ReviewScreen) and listed(m).typed == ""
        await m.press("escape")
        assert m.shows(HomeScreen)


async def test_f7_offers_what_there_is_and_the_line_shows_what_was_chosen(place: Place) -> None:
    async with review(place, "f7") as m:
        assert m.shows(ChooseDialog) and m.sees("Anna Berg", "Ben Kurz", "2 meetings")
        await m.press("tab", "space")
        assert listed(m).typed == 'customer:"Müller GmbH"'
        await m.press("tab")
        assert m.sees("Price")
        await m.press("enter")
        assert m.shows(ReviewScreen) and m.sees('customer:"Müller GmbH" #price', "1 of 2 meetings")
        await m.press("f7", "tab", "space", "escape")
        assert listed(m).typed == "#price"


async def test_what_others_do_to_the_files_is_seen_at_the_next_look(place: Place) -> None:
    async with review(place) as m:
        new = earlier(date(2026, 11, 9), title="Added by a colleague")
        minutes_store.save_new(place.workspace, new)
        old = file(place, SEPTEMBER)
        old.rename(old.with_name("renamed.toml"))
        october = file(place, OCTOBER)
        text = october.read_text(encoding="utf-8")
        october.write_text(text.replace("Call purchasing", "Ring purchasing"), encoding="utf-8")
        (place.workspace.minutes_folder / "broken.toml").write_text("a = [", encoding="utf-8")
        m.app.app_focus = False
        m.app.app_focus = True  # back from the other window
        await m.settle()
        assert m.sees("3 meetings", "Added by a colleague", "broken.toml:1", "28 Sep 2026")
        await m.press("/")
        await m.paste("ring purchasing")
        assert m.sees("1 of 3 meetings", "1 file is not searched as a whole.")
        await m.press("escape", "home", "enter")
        assert m.shows(MinutesScreen) and m.sees("broken.toml", "The file is left as it is.")
    assert (place.workspace.minutes_folder / "broken.toml").read_text(encoding="utf-8") == "a = ["


async def test_an_index_that_is_gone_or_damaged_costs_nothing_but_time(place: Place) -> None:
    async with review(place) as m:
        for harm in (lambda path: path.unlink(), lambda path: os.truncate(path, 3000)):
            for path in place.workspace.index_folder.glob("*.sqlite"):
                harm(path)
            await m.press("/")
            await m.paste("technician")
            assert m.sees("1 of 2 meetings")
            await m.press("escape")


async def test_marked_meetings_are_exported_at_once(place: Place, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    async with review(place, "space", "space") as m:
        assert m.sees("2 marked")
        await m.press("e")
        assert m.shows(Menu) and m.sees("Export 2 meetings")
        await m.press("1", "enter")
        for _ in range(200):
            if m.sees("Exported: 2 files"):
                break
            await asyncio.sleep(0.02)
            await m.settle()
        names = sorted(path.name for path in (tmp_path / "documents/retrotui-2026-11-23").iterdir())
        assert names == [f"{SEPTEMBER}.md", f"{OCTOBER}.md"] and m.sees("Exported: 2 files")
        await m.press("e", "1", "enter")
        assert m.shows(Ask) and m.sees(".md is there already")
        await m.press("escape", "c")
        assert not m.sees("2 marked")
        await m.press("home", "enter", "e", "4", "enter")
        for _ in range(200):
            if m.sees("Exported:"):
                break
            await asyncio.sleep(0.02)
            await m.settle()
        assert (tmp_path / f"documents/{OCTOBER}.json").is_file()


@pytest.mark.parametrize("typed", ["~nobody-is-called-so/x", "/" + "a" * 300, "a\0b", "new"])
def test_a_folder_that_cannot_be_is_refused_by_the_writing_and_breaks_nothing(typed: str) -> None:
    assert exporting_several._is_folder(typed) is None
    assert exporting_several._is_folder(__file__) is not None


async def test_ten_thousand_rows_are_drawn_a_window_at_a_time(place: Place) -> None:
    """What is read and drawn does not grow with the list: the cards of a window, and some around it."""
    async with review(place) as m:
        screen = listed(m)
        screen.list.found *= 5000
        screen.draw_all()
        await m.press("end")
        assert screen.list.at == 9999 and len(m.lines()) == DESK[1]
        await m.press("pageup", "home")
        assert screen.list.at == 0 and len(screen.list.cards) == 2


# -- the page ----------------------------------------------------------------------------------------------


async def test_the_page_shows_the_agenda_deals_lessons_and_verdicts_with_hits(place: Place) -> None:
    async with review(place, "/") as m:
        await m.paste("range #price")
        await m.press("down", "enter")
        screen = page(m)
        assert m.sees("hit 1 of") and screen.page.here is not None and "range" in screen.page.here.words
        first = screen.page.at
        await m.press("n")
        assert screen.page.at != first and m.sees("hit 2 of")
        await m.press("N", "end", "home")
        assert m.sees("Course", "Planned", "Spent", "Counts as")
        words = "\n".join(thing.words for thing in screen.page.things)
        for told in (
            "Müller GmbH",
            "Price",
            "The range belongs in the first talk",
            "Name the price range early",
        ):
            assert told in words
        assert f"{SEPTEMBER}-x1" not in words  # earlier items are called by their titles
        before = screen.path
        await m.press("right")
        assert screen.path != before or m.sees("There is no other meeting that way.")
        await m.press("escape")
        assert m.shows(ReviewScreen)


async def test_a_note_longer_than_the_screen_is_read_line_by_line(tmp_path: Path) -> None:
    at = past()[1].factor[0].at
    long = Note(id="n1", at=at, step="x", text=" ".join(f"word{number}" for number in range(900)))
    place = place_in(tmp_path, past=(earlier(date(2026, 11, 1), note=(long,), lesson=()),))
    async with review(place, "enter", size=(80, 24)) as m:
        seen: set[str] = set()
        for key in ("pagedown",) * 12:
            seen |= {word for word in m.text().split() if word.startswith("word")}
            await m.press(key)
        assert seen == {f"word{number}" for number in range(900)}
        await hit(m, "word5 word6")
        before = m.text()
        await m.press("down")
        assert m.text() != before and page(m).page.at == page(m).page.hits[0]
        await m.press("up", "up", "end")
        assert m.sees("100%")


async def test_an_experiment_leads_to_where_it_was_begun_and_judged(place: Place) -> None:
    async with review(place, "enter") as m:
        await hit(m, "Name the price range early")
        await m.press("l")
        assert m.shows(Menu) and m.sees("28 Sep 2026 begun", "26 Oct 2026 extended", "(shown now)")
        await m.press("1")
        assert page(m).path == file(place, SEPTEMBER)
        here = page(m).page.here
        assert here is not None and here.item == f"{SEPTEMBER}-x1"
        await m.press("escape")
        assert page(m).path == file(place, OCTOBER)


async def test_a_correction_is_typed_written_dated_taken_back_and_brought_back(place: Place) -> None:
    untouched = file(place, OCTOBER).read_bytes()
    async with review(place, "enter") as m:
        await hit(m, "spät")
        await m.press("c")
        assert page(m).line.value == "- spät #price *2 /buyer" and m.sees("hurt")
        await m.press("ctrl+a", "ctrl+k")
        await m.paste("+ early #procurement /team")
        await m.press("enter")
        assert m.sees("Corrected; the file says when.", "early")
        after = minutes(place, OCTOBER)
        use = after.factor[0]
        assert (use.text, use.effect, use.factor, use.weight, use.source) == (
            "early",
            "helped",
            "procurement",
            1,
            "team",
        )
        assert after.corrected == (m.clock.wall(),)
        await hit(m, "Ben Kurz")
        await m.press("u")
        assert m.sees("Taken back.") and file(place, OCTOBER).read_bytes() == untouched
        await m.press("U")
        assert minutes(place, OCTOBER) == after
        await hit(m, "Send the reference film")
        await m.press("d")
        assert (
            len(minutes(place, OCTOBER).action) == 1 and minutes(place, OCTOBER).corrected == after.corrected
        )
        await m.press("f9")
        assert minutes(place, OCTOBER) == after
        await m.press("home", "c", "ctrl+a", "ctrl+k")
        await m.paste("Another title")
        await m.press("escape")
        assert minutes(place, OCTOBER) == after
        await m.press("escape")
        assert m.shows(ReviewScreen) and m.sees("26 Oct 2026")


async def test_a_file_that_changed_underneath_is_not_overwritten_and_both_are_kept(place: Place) -> None:
    async with review(place, "enter") as m:
        await hit(m, "spät")
        await m.press("c")
        theirs = (
            file(place, OCTOBER).read_text(encoding="utf-8").replace("Call purchasing", "Ring purchasing")
        )
        file(place, OCTOBER).write_text(theirs, encoding="utf-8")
        await m.press("ctrl+a", "ctrl+k")
        await m.paste("- late #price")
        await m.press("enter")
        assert m.sees("both versions are kept") and file(place, OCTOBER).read_text(encoding="utf-8") == theirs
        ours = minutes(place, f"{OCTOBER}-copy-1")
        assert ours.factor[0].text == "late" and ours.corrected
        assert m.sees("spät")  # what stands in the file
        # without a line open, a change from outside is read anew
        file(place, OCTOBER).write_text(
            theirs.replace("Ring purchasing", "Write to purchasing"), encoding="utf-8"
        )
        await looks_again(m)
        await hit(m, "Write to purchasing")
        moved = file(place, OCTOBER).rename(place.workspace.minutes_folder / "other.toml")
        await looks_again(m)
        assert page(m).path == moved and m.sees("The file is called other.toml now.")
        await m.press("escape")
        assert m.sees("Monthly reflection · copy 1") and listed(m).list.total == listed(m).list.meetings + 1
        synced = file(place, OCTOBER).with_name(f"{OCTOBER} (conflicted copy).toml")
        synced.write_bytes(moved.read_bytes())
        await looks_again(m)
        assert m.sees("Monthly reflection · second version", "Two files have the id")
        assert listed(m).list.total == listed(m).list.meetings + 2


async def test_what_may_not_be_changed_says_why(place: Place) -> None:
    running = change(earlier(date(2026, 11, 20)), status="running")
    minutes_store.save_new(place.workspace, running)
    newer = file(place, SEPTEMBER)
    newer.write_text(newer.read_text(encoding="utf-8").replace("schema = 1", "schema = 99"), encoding="utf-8")
    untouched = newer.read_bytes()
    elsewhere = Holder("other-host", "carla", 42, place.clock.wall())
    async with review(place, "enter", "c") as m:
        assert m.sees("This meeting is still open"), m.text()
        lock.acquire(place.workspace, running.id, place.clock, me=elsewhere)
        await m.press("d")
        assert m.sees("carla on other-host has been running this meeting since")
        await m.press("escape", "end")
        assert m.sees("newer file")
        await m.press("enter", "c")
        assert m.sees("was written by a newer retrotui and can only be read")
        await m.press("escape", "up", "enter", "down", "c")
        assert m.sees("This line is derived, or a fact of the meeting")
    assert newer.read_bytes() == untouched


async def test_a_meeting_goes_on_from_its_page(place: Place) -> None:
    async with review(place, "enter", "o") as m:
        assert m.shows(MeetingScreen) and m.minutes.id == OCTOBER and m.minutes.reopened
        await m.saved()
    assert minutes(place, OCTOBER).reopened


async def test_a_meeting_that_hides_names_hides_them_here(tmp_path: Path) -> None:
    hiding = change(past()[1], discretion=Discretion(people=True, customers=True, amounts=True))
    place = place_in(tmp_path, past=(past()[0], hiding))
    async with review(place, "enter") as m:
        words = "\n".join(thing.words for thing in page(m).page.things)
        assert not any(hidden in words for hidden in ("Anna", "Ben", "Müller", "48,000"))
        await hit(m, "spät")
        await m.press("c")
        assert m.sees("This meeting hides names")
