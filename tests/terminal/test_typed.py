"""What people type and paste, and what stands in files of others: nothing is lost, nothing reaches the terminal.

The keys' way in (`tui.keyboard`) by rule and in a real terminal; the byte test of promises.md, "Text is text".
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.tui.keyboard import BEGIN, END, ESC, SILENCE_S, Escapes, Incoming, Pasted, Typed
from tests.terminal.room import PATIENCE, Room, texts
from tests.terminal.test_terminal import OURS

pytestmark = pytest.mark.terminal

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
NOTE_LIMIT = 20_000
NASTY = "A\x1b]52;c;aGk=\x07B\x1b[2JC\x1b[31mD\x9b2JE\u202eF\x00G\x1bPqxH\x1b\\I"
"""Steals the clipboard, clears the screen, colours, turns the direction round, begins a picture."""
WAIT = 10.0


# -- Esc and what is typed behind it -----------------------------------------------------------------------------


LONG = "- Preis zu spät genannt, wie schon im März #preis *2"
KEYS = ("\x1b", "\x1b[A", "\x1bOP", "w", " ", "ä", "[", "\r")


def esc_and_keys(*pieces: str) -> list[str]:
    """What comes of text in these pieces, and then of a silence; neighbours for the parser are put together."""
    escapes = Escapes()
    found: list[str] = []
    for part in (part for piece in pieces for part in escapes.parted(piece)):
        if found and ESC not in (part, found[-1]):
            found[-1] += part
        else:
            found.append(part)
    return [*found, *([ESC] if escapes.silence() else [])]


@pytest.mark.parametrize(
    "typed, keys",
    [
        ("\x1bw", [ESC, "w"]),
        (f"so\x1b{LONG}", ["so", ESC, LONG]),
        ("\x1b", [ESC]),
        ("\x1b\x1b", [ESC, ESC]),
        ("\x1b\x1bx", [ESC, ESC, "x"]),
        ("\x1b[A", ["\x1b[A"]),
        ("\x1b\x1b[A", ["\x1b\x1b[A"]),
        ("\x1bOP", ["\x1bOP"]),
        ("\x1b\x7f", ["\x1b\x7f"]),
    ],
)  # fmt: skip
def test_esc_is_esc_however_much_is_typed_behind_it(typed: str, keys: list[str]) -> None:
    assert esc_and_keys(typed) == keys


@given(
    st.lists(st.sampled_from(["\x1b", "\x1b[A", "\x1bOP", "w", " ", "ä", "[", "\r"]), max_size=8).map(
        "".join
    ),
    st.integers(0, 20),
)
def test_it_does_not_matter_how_the_bytes_come_in(typed: str, cut: int) -> None:
    """But between an Esc and the rest of a key, where a silence would part them."""
    whole = "".join(esc_and_keys(typed))
    assert "".join(esc_and_keys(typed[:cut], typed[cut:])) == whole == typed
    assert esc_and_keys(typed).count(ESC) >= len(re.findall("\x1b(?=[w ä])", typed))


# -- bytes to keys and pastes ------------------------------------------------------------------------------------


def all_of(incoming: Incoming, data: bytes, cuts: list[int]) -> list[Typed | Pasted]:
    """The bytes in pieces; neighbours of one kind are put together, and the empty pastes of split marks go."""
    found: list[Typed | Pasted] = []
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    for begin, end in pairwise(edges):
        for part in incoming.take(data[begin:end], 0.0):
            if isinstance(part, Typed) and found and isinstance(found[-1], Typed):
                found[-1] = Typed(found[-1].text + part.text)
            else:
                found.append(part)
    return found


def without_marks(found: list[Typed | Pasted]) -> list[str]:
    """What is typed, and what is pasted in angle brackets."""
    shown = ""
    for part in found:
        shown += f"<{part.text}>" if isinstance(part, Pasted) else part.text.replace(BEGIN + END, "")
    return [shown.replace(END, "").replace(BEGIN, "")]


WORDS = st.text(st.characters(exclude_characters="<>", codec="utf-8"), max_size=12).filter(
    lambda words: "\x1b" not in words
)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=4), WORDS, st.lists(st.integers(0, 400), max_size=8))
def test_a_paste_is_a_paste_however_its_bytes_are_cut(
    parts: list[tuple[str, str]], last: str, cuts: list[int]
) -> None:
    data = "".join(f"{typed}{BEGIN}{pasted}{END}" for typed, pasted in parts) + last
    whole = "".join(f"{typed}<{pasted}>" for typed, pasted in parts) + last
    assert without_marks(all_of(Incoming(), data.encode(), cuts)) == [whole]


@given(st.binary(max_size=200), st.lists(st.integers(0, 400), max_size=8))
def test_no_byte_stops_it(data: bytes, cuts: list[int]) -> None:
    incoming = Incoming()
    all_of(incoming, data, cuts)
    later = [*incoming.tick(SILENCE_S), *incoming.take(b"weiter", SILENCE_S)]
    # a character may be unfinished; after it, and after a lost end of a paste, typing is typing
    assert "weiter" in "".join(part.text for part in later if isinstance(part, Typed))


def test_what_is_no_utf8_is_seen_to_have_been_there() -> None:
    assert Incoming().take(b"a\xff\xfeb\xc3(", 0.0) == [Typed("a��b�(")]


def test_a_letter_may_come_in_two_halves() -> None:
    incoming = Incoming()
    assert [*incoming.take(b"\xc3", 0.0), *incoming.take(b"\xbc", 0.0)] == [Typed("ü")]


def test_a_paste_that_has_lost_its_end_is_taken_after_a_silence() -> None:
    incoming = Incoming()
    assert incoming.take(f"{BEGIN}halb".encode(), 1.0) == []
    assert incoming.tick(1.0 + SILENCE_S - 0.1) == []
    assert incoming.take(b" und", 2.0) == []
    assert incoming.tick(2.0 + SILENCE_S) == [Pasted("halb und")]
    assert incoming.take(b"x", 9.0) == [Typed("x")]


def test_a_paste_that_was_only_slow_is_still_no_typing() -> None:
    incoming = Incoming()
    incoming.take(f"{BEGIN}eins\r".encode(), 0.0)
    assert incoming.tick(SILENCE_S) == [Pasted("eins\r")]
    assert incoming.take(f"zwei\r{END}x".encode(), 9.0) == [Pasted("zwei\r"), Typed("x")]


def test_what_stands_behind_an_escape_in_a_paste_is_no_key() -> None:
    pasted = f"a\x1bOSb\x1b[Ac\rd{NASTY}"
    assert Incoming().take(f"{BEGIN}{pasted}{END}\r".encode(), 0.0) == [Pasted(pasted), Typed("\r")]


# -- in the terminal ---------------------------------------------------------------------------------------------


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with Room(tmp_path / "team", "run", "weekly-call") as started:
        started.on_floor("Ankommen")
        yield started


def clean_at_the_end(room: Room) -> None:
    """It ended in good order, and no control character of anybody's text reached the terminal."""
    room.signal(15)
    assert room.exit_code(PATIENCE) == 143
    rest = OURS.sub(b"", bytes(room.log)).decode()
    assert set(CONTROL.findall(rest)) <= {"\r"}
    for stolen in (b"\x1b]52", b"\x1b[2J", b"\xc2\x9b", "\u202e".encode(), b"\x1bP"):
        assert stolen not in room.log


def test_invalid_utf8_is_survived(room: Room) -> None:
    room.send(b"vorher \xff\xfe nachher \xc3( ende\r")
    room.says("und weiter")
    assert {"vorher \ufffd\ufffd nachher \ufffd( ende", "und weiter"} <= texts(room.kept())
    clean_at_the_end(room)


def test_a_paste_with_escape_bytes_is_harmless_text(room: Room) -> None:
    room.paste(NASTY)
    room.sees("ABCD")
    assert not room.minutes_files(), "something in the paste was taken for Enter"
    room.press("enter")
    room.says("und weiter")
    [note, _] = room.kept().note
    assert not CONTROL.search(note.text)
    assert note.text.replace("\ufffd", "").startswith("ABCD")
    clean_at_the_end(room)


def test_control_bytes_typed_by_hand_are_no_text(room: Room) -> None:
    room.send(b"A\x07B\x00C\x1b]0;x\x07D\x9bE\r")
    room.says("und weiter")
    assert all(not CONTROL.search(words) for words in texts(room.kept()))
    clean_at_the_end(room)


def test_a_megabyte_in_one_line_is_cut_with_a_count(room: Room) -> None:
    began = time.monotonic()
    room.send(BEGIN.encode() + b"x" * 1_000_000 + END.encode(), patience=PATIENCE)
    room.sees("980.000 Zeichen fielen weg")
    assert time.monotonic() - began < WAIT
    room.press("enter")
    room.says("und weiter")
    assert {len(note.text.encode()) for note in room.kept().note} == {NOTE_LIMIT, len("und weiter")}
    clean_at_the_end(room)


def test_a_megabyte_of_lines_is_cut_with_a_count_and_stays_quick(room: Room) -> None:
    began = time.monotonic()
    room.send(BEGIN.encode() + b"noch eine Zeile\n" * 62_500 + END.encode(), patience=PATIENCE)
    room.sees("500 Einträge notiert")
    assert time.monotonic() - began < WAIT
    assert any("Zeichen fielen weg" in line for line in room.screen())
    room.says("und weiter")
    assert len(room.kept().note) == 501
    clean_at_the_end(room)


def test_several_pasted_lines_are_several_entries(room: Room) -> None:
    room.paste("- Preis zu spät\n! Rahmen früh nennen\nnur eine Notiz\n")
    room.called_saved("Preis zu spät", "Rahmen früh nennen", "nur eine Notiz")
    assert [one.text for one in room.kept().lesson] == ["Rahmen früh nennen"]


def test_a_paste_that_never_ends_swallows_nothing(room: Room) -> None:
    room.send(BEGIN.encode() + b"halb eingef")
    room.type("ügt")
    room.sees("halb eingefügt")
    room.type(" und weiter")
    room.press("enter")
    room.called_saved("halb eingefügt und weiter")
    clean_at_the_end(room)


def test_keys_have_their_effect_in_the_order_in_which_they_were_typed(tmp_path: Path) -> None:
    """All at once, as fast as the line takes it: dialogs open and close in between, and nothing is overtaken."""
    with Room(tmp_path / "team", "run", "monthly-reflection") as room:
        room.on_floor("Ankommen")
        for _ in range(6):
            room.press("f4")
        room.on_floor("Neue Experimente")
        room.send(
            "Rahmen früh nennen @anna =+4w\rbleibt eher\rSpanne nennen\rAbsprünge\r1 von 8\r"
            "Einkauf früher @ben =+3w\rbremst nicht\rEinladung\rWochen\runter 6\r"
            "\x1bi"
            "! dazwischen eine Erkenntnis\r".encode()
        )
        room.called_saved("dazwischen eine Erkenntnis")
        minutes = room.kept()
    found = [(one.title, one.hypothesis, one.change, one.measure, one.expected) for one in minutes.experiment]
    assert found == [
        ("Rahmen früh nennen", "bleibt eher", "Spanne nennen", "Absprünge", "1 von 8"),
        ("Einkauf früher", "bremst nicht", "Einladung", "Wochen", "unter 6"),
    ]
    assert [one.text for one in minutes.lesson] == ["dazwischen eine Erkenntnis"]


# -- text of others ----------------------------------------------------------------------------------------------


def toml(words: str) -> str:
    """As a TOML string whose escapes hide what it is."""
    return '"' + "".join(f"\\u{ord(letter):04x}" for letter in words) + '"'


def test_no_control_byte_of_a_file_or_an_argument_reaches_the_terminal(tmp_path: Path) -> None:
    team = tmp_path / "team"
    (team / "agendas").mkdir(parents=True)
    (team / "retrotui.toml").write_text(
        f'schema = 1\nteam = {toml("T" + NASTY)}\n\n[[person]]\nid = "eve"\nname = {toml("P" + NASTY)}\n'
        f'function = {toml("F" + NASTY)}\n\n[[factor]]\nid = "evil"\nlabel = {toml("L" + NASTY)}\ncontrol = "ours"\n'
    )
    (team / "agendas/evil.toml").write_text(
        f'schema = 1\nid = "evil"\ntitle = {toml("Titel" + NASTY)}\npurpose = {toml("Z" + NASTY)}\nminutes = 20\n\n'
        f'[[step]]\nid = "arrive"\nkind = "checkin"\nminutes = 5\ntitle = {toml("Start" + NASTY)}\n'
        f"prompts = [{toml('Frage' + NASTY)}]\n\n"
        f'[[step]]\nid = "deal"\nkind = "deal"\nminutes = 10\ntitle = {toml("Deal" + NASTY)}\n'
    )
    nasty = NASTY.replace("\0", "")  # no text file and no argument has a zero byte
    deals = tmp_path / "deals.csv"
    deals.write_text(
        "id,account,title,stage,close_date,amount\n"
        f'1,"Konto{nasty}","Name{nasty}",Lost,2026-10-01,1000\n2,"Zweites{nasty}","X",Won,2026-10-02,2000\n'
    )
    words = ("run", "evil", "--deals", str(deals), "--title", f"Treffen{nasty}")
    with Room(team, *words) as room:
        room.sees("Start")
        room.press("f7")
        room.sees("PA")
        room.press("space", "escape", "f6")
        room.sees("╭─ Ablauf")
        room.press("escape", "f1")
        room.sees("Taste")
        room.press("escape", "f4")
        room.on_floor("Deal")
        room.press("f7")
        room.sees("KontoA")
        room.press("escape", "f8")
        room.settle()
        room.press("f8")
        room.type("- teuer #")
        room.sees("teuer #")
        room.settle()
        room.press("escape", "ctrl+q")
        room.sees("Verlassen?")
        clean_at_the_end(room)
    with Room(team) as home:
        home.sees("TA")
        home.settle()
        clean_at_the_end(home)


def test_a_long_line_typed_at_once_behind_esc_is_taken_down_whole(tmp_path: Path) -> None:
    words = "Der Kunde hat den Preisrahmen erst im dritten Termin gehört"
    with Room(tmp_path, "run", "monthly-reflection") as room:
        room.on_floor("Ankommen")
        room.press("f6")
        room.sees("╭─ Ablauf")
        room.type(f"\x1b. {words}\r")
        room.called_saved(words)
        assert texts(room.kept()) == {words}
