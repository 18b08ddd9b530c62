"""What can be done to an entry after Esc: moving among them, editing, deleting, voting, putting together, turning."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driver import Room, meeting
from tests.tui.stage import EVERY_KIND


def marked(m: Room) -> str:
    """The words of the entry under the cursor, "" for none."""
    found = [line for line in m.part("#entries").splitlines() if line.lstrip().startswith("▸")]
    return found[0].strip("▸ ") if found else ""


async def with_notes(m: Room, *notes: str) -> None:
    await m.say(*(f". {note}" for note in notes))
    await m.press("escape")


async def test_arrows_and_j_k_move_among_the_entries(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "one", "two", "three")
        await m.press("k")
        assert "three" in marked(m), "the first press marks the newest"
        await m.press("up")
        assert "two" in marked(m)
        await m.press("k", "k", "k")
        assert "one" in marked(m)
        await m.press("j", "down", "down", "down")
        assert "three" in marked(m)


async def test_without_entries_the_cursor_says_so(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        for key in ("k", "d", "e", "v", "g", "x"):
            await m.press("escape", key)
            assert m.notice == "There are no entries in this step yet."


async def test_e_edits_and_d_deletes_what_is_marked(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "one", "two", "three")
        await m.press("k", "k", "e")
        assert m.line == "two" and not m.wall.line.commanding
        await m.say(" changed")
        assert [one.text for one in m.minutes.note] == ["one", "two changed", "three"]
        await m.press("escape", "k", "k", "k", "d")
        assert [one.text for one in m.minutes.note] == ["two changed", "three"]
        assert m.notice == "Deleted. F9 takes it back."
        await m.press("f9")
        assert [one.text for one in m.minutes.note] == ["one", "two changed", "three"]


async def test_votes_by_digits_enter_goes_to_the_next_and_esc_ends(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "one", "two", "three")
        await m.press("v")
        assert m.edge.startswith("VOTES") and "one" in marked(m), "voting begins at the first"
        await m.press("3", "enter", "1", "2", "enter")
        await m.press("escape")
        assert [one.votes for one in m.minutes.note] == [3, 12, 0]
        assert "VOTES" not in m.edge and m.sees("◆ 12")
        await m.press("V")
        assert [one.votes for one in m.minutes.note] == [0, 0, 0]
        await m.press("u")
        assert [one.votes for one in m.minutes.note] == [3, 12, 0]


async def test_the_votes_end_after_the_last_entry(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "one")
        await m.press("v", "5", "enter")
        assert m.notice == "The votes are in." and "VOTES" not in m.edge
        assert m.minutes.note[0].votes == 5


DOTS = """\
schema = 1
id = "dots"
title = "Dots"
[[step]]
id = "a"
kind = "notes"
minutes = 10
votes = 3
title = "Collect"
[[step]]
id = "b"
kind = "notes"
minutes = 10
votes = 0
title = "Talk"
"""


async def test_while_voting_it_says_how_many_dots_there_are_and_how_many_are_given(tmp_path: Path) -> None:
    async with meeting(tmp_path, "dots", agendas=[DOTS]) as m:
        await m.say("one", "two", "@Anna Berg, Sales", "@Ben Kurz, Sales")
        await m.press("escape", "v")
        assert m.notice == "3 dots per person · 6 to give, 0 given"
        await m.press("4", "enter", "3")
        assert m.notice == "3 dots per person · 6 to give, 7 given: 1 too many"
        await m.press("escape", "escape")
        assert "dots" not in m.notice
        await m.press("f4")
        await m.say("three")
        await m.press("escape", "v")
        assert m.notice == "This step is held without votes. Its agenda says so (votes = 0)."
        assert m.wall.cursor.mode == "" and m.edge == "COMMAND, i writes"


async def test_g_puts_an_entry_together_with_another(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "one", "two", "three")
        await m.press("k", "g")
        assert m.edge.startswith("TOGETHER")
        await m.press("k", "k", "g")
        first, _, third = m.minutes.note
        assert third.group == first.id and m.sees("└ · three")
        rows = [line.strip() for line in m.part("#entries").splitlines() if line.strip()]
        assert "three" in rows[1], "it follows what it was put together with"
        await m.press("u")
        assert m.minutes.note[2].group == ""


async def test_esc_ends_the_grouping_without_a_change(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "one", "two")
        before = m.meeting
        await m.press("k", "g", "escape")
        assert m.meeting is before and "TOGETHER" not in m.edge and marked(m) == ""


async def test_x_bang_and_greater_make_something_else_of_an_entry(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await with_notes(m, "try it", "learned it", "do it")
        await m.press("k", ">")
        assert m.minutes.action[0].text == "do it" and "action" in m.notice
        await m.press("k", "!")
        assert m.minutes.lesson[0].text == "learned it" and "lesson" in m.notice
        await m.press("k", "k", "k", "x")
        assert m.minutes.experiment[0].title == "try it" and m.minutes.experiment[0].state == "idea"
        assert not m.minutes.note and m.uncovered, "outside `experiments` it opens nothing"
        await m.press("u", "u", "u")
        assert [one.text for one in m.minutes.note] == ["try it", "learned it", "do it"]


async def test_undo_takes_back_every_change_of_fifty_and_redo_brings_all_back(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        nothing = m.minutes
        await m.paste("\n".join(f". note {number}" for number in range(50)))
        everything = m.minutes
        await m.burst(*["f9"] * 50)
        assert m.minutes == nothing
        await m.press("f9")
        assert m.notice == "There is nothing to take back."
        await m.burst(*["ctrl+y"] * 50)
        assert m.minutes == everything
        await m.press("ctrl+y")
        assert m.notice == "There is nothing to bring back."


async def test_undo_gives_no_time_back_but_for_a_move_within_a_minute(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.later(minutes=3)
        await m.press("f4")
        await m.later(seconds=30)
        await m.press("f9")
        first, second = m.minutes.step[:2]
        assert m.meeting.step.id == first.id and m.clock_text == "01:30" and not second.spans
        await m.press("f4")
        await m.later(seconds=61)
        await m.press("f9")
        assert m.meeting.step.id == first.id and m.clock_text == "01:30", (
            "these seconds stay with the other step"
        )


async def test_on_the_wall_the_cursor_is_seen_wherever_it_goes(tmp_path: Path) -> None:
    async with meeting(tmp_path) as m:
        await m.press("f8")
        await with_notes(m, *(f"note {number}" for number in range(9)))
        assert [line.split()[-1] for line in m.part("#entries").splitlines() if "note" in line] == list(
            "45678"
        )
        for seen in range(8, -1, -1):
            await m.press("k")
            assert marked(m).endswith(f"note {seen}")
            assert m.part("#entries").count("note") == 5


async def test_what_the_panel_shows_can_be_marked_after_esc(tmp_path: Path) -> None:
    """On the desk notes in columns, figures and experiments stand in the panel; after Esc they are rows as well."""
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND]) as m:
        await m.go_to("numbers")
        await m.say("Revenue 480/520 T€", "Win rate 31/35 %")
        assert m.part("#entries").strip() == ""
        await m.burst("escape", "k", "d")
        assert [one.label for one in m.minutes.metric] == ["Revenue"]
        await m.go_to("notes")
        await m.say("one", "two")
        assert m.text().count("one") == 1
        await m.burst("alt+k", "d")
        assert [one.text for one in m.minutes.note] == ["one"]


async def test_notes_go_to_the_column_that_is_chosen(tmp_path: Path) -> None:
    async with meeting(tmp_path, "every-kind", agendas=[EVERY_KIND]) as m:
        await m.go_to("notes")
        await m.say("keep this")
        await m.press("f7", "down", "enter")
        assert m.uncovered and "Stop" in m.part("#panel").split("▸")[1]
        await m.say("stop that")
        assert [one.column for one in m.minutes.note] == ["keep", "stop"]
