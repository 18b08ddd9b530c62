"""Damaged files of all kinds: named with line and column, in less than half a second, and left alone."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as dt_time
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.store import toml_reading
from retrotui.store.toml_codec import decode
from retrotui.store.toml_reading import DamagedFile, Raw, migrate, parse, parse_quickly, parse_text, text_of

GOLDEN = (Path(__file__).parents[2] / "golden" / "minutes.toml").read_bytes()
FILE = Path("minutes/2026-11-23-weekly-call.toml")
PROSE = "Der Preis kam spät, = so sagt er. Dann: [ja]. " * 40

CORPUS: dict[str, tuple[bytes, int | None, str]] = {
    "empty": (b"", 1, "empty"),
    "blank": (b" \n\t\r\n", 1, "empty"),
    "zero-filled": (b"\0" * 4096, 1, "zero bytes"),
    "zero-filled end": (GOLDEN[:200] + b"\0" * 300, 9, "zero bytes"),
    "not UTF-8": (b'schema = 1\nid = "M\xfcller"\n', 2, "not UTF-8"),
    "UTF-16": ("schema = 1\n".encode("utf-16"), 1, "not UTF-8"),
    "cut in a text": (GOLDEN[: GOLDEN.index(b"Monatliche") + 4], 4, "cut off"),
    "cut in a key": (GOLDEN[: GOLDEN.index(b"language") + 3], 6, "equals sign"),
    "cut in a list": (b"schema = 1\nparked = ['a',\n", 3, "no value"),
    "cut in a header": (b"schema = 1\n[[no", 2, "bracket"),
    "merged": (b"schema = 1\n<<<<<<< HEAD\nid = 'a'\n=======\nid = 'b'\n>>>>>>> x\n", 2, "merged"),
    "merged within a table": (GOLDEN.replace(b"votes = 3\n", b"<<<<<<< HEAD\nvotes = 3\n"), 121, "merged"),
    "a key twice": (b"schema = 1\nid = 'a'\nid = 'b'\n", 3, "second time"),
    "a table twice": (b"schema = 1\n[now]\n[now]\n", 3, "second time"),
    "no quotes": (b"schema = 1\nid = weekly\n", 2, "needs quotes"),
    "no such day": (b"schema = 1\ndate = 2026-02-30\n", 2, "no such day"),
    "escape byte": (b'schema = 1\nid = "\x1b[2J"\n', 2, "may not stand here"),
    "bad escape": (b'schema = 1\nid = "\\q"\n', 2, "backslash"),
    "half a pair": (b'schema = 1\nid = "\\ud800"\n', 2, "backslash"),
    "a page of HTML": (b"<!DOCTYPE html>\n<html></html>\n", 1, "as TOML writes it"),
    "a list of files": (b"\x7fELF\x02\x01\x01\n", 1, "TOML"),
    "too large": (b"a = '" + b"x" * 5_000_000 + b"'", None, "larger than 3 MB"),
    "too many entries": (b"[[note]]\nid = 1\n" * 180_000, None, "more than 50000 entries"),
    "a long list": (b"a = [" + b"1," * 1_400_000 + b"]", None, "more than 50000 entries"),
    "a long dotted key": (b"schema = 1\n" + b"a." * 50_000 + b"a = 1\n", None, "entries"),
    "a dotted key": (b"schema = 1\n" + b"a." * 500 + b"a = 1\n", 2, "more than 64 parts"),
    "a dotted table": (b"schema = 1\n[" + b"a." * 500 + b"a]\n", 2, "more than 64 parts"),
    "many dotted keys": (b"".join(b"a." * 200 + b"k%d = 1\n" % n for n in range(200)), 1, "64 parts"),
    "a dotted key in braces": (b"x = { a = 1, " + b"'b' . " * 500 + b"c = 1 }\n", 1, "more than 64 parts"),
    "deep lists": (b"schema = 1\nx = " + b"[" * 20_000, 2, "nested too deeply"),
    "many lists": (b"schema = 1\nx = " + b"[," * 20_000, 2, "no value"),
    "deep tables": (b"schema = 1\nx = " + b"{a=" * 20_000, 2, "nested too deeply"),
    "a long number": (b"schema = 1\nx = 1" + b"0" * 100_000, 2, "number is too long"),
    "a long comment": (b"# " + b"x" * 2_900_000, 1, "id is missing"),
    "a long text": (b'a = "' + b"x" * 2_900_000, 1, "closing quote"),
    "many quotes": (b'a = """' + b'"" ' * 900_000, 1, "closing quote"),
    "blanks": (b"a" + b" " * 2_900_000 + b"b", 1, "equals sign"),
    "many wrong tables": (b"[[step]]\n" * 20_000, 1, "missing"),
    "many wrong keys": (b"[[step]]\nid = 1\n" * 15_000, 1, "missing"),
}  # fmt: skip


@pytest.mark.parametrize("name", CORPUS)
def test_a_damaged_file_is_named_with_its_line_in_half_a_second(name: str) -> None:
    content, line, words = CORPUS[name]
    seconds = []
    for _ in range(2):  # the better of two: the machine has other things to do
        began = time.process_time()
        with pytest.raises(DamagedFile) as caught:
            decode(content, FILE)
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.5
    assert words in str(caught.value.what)
    assert FILE.name in str(caught.value.what)
    assert caught.value.file == FILE
    assert caught.value.line == line
    assert caught.value.column is None or caught.value.column >= 1
    assert caught.value.hint is not None


def test_every_cut_is_damage_or_still_a_document() -> None:
    whole = 0
    for end in range(0, len(GOLDEN), 7):
        try:
            decode(GOLDEN[:end], FILE)
        except DamagedFile as error:
            assert error.file == FILE
        else:
            whole += 1
            assert GOLDEN[end - 1 : end + 1].count(b"\n") or b"=" in GOLDEN[:end].splitlines()[-1]
    assert whole < len(GOLDEN) // 7 / 2


def test_flipped_bits_never_raise_anything_else() -> None:
    chance = random.Random(7)
    for _ in range(600):
        flipped = bytearray(GOLDEN)
        for _ in range(chance.randrange(1, 4)):
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        try:
            decode(bytes(flipped), FILE)
        except DamagedFile as error:
            assert error.file == FILE


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    try:
        parse(content, FILE)
    except DamagedFile as error:
        assert error.file == FILE


def test_words_may_hold_any_number_of_marks() -> None:
    text = f'schema = 1\nid = "x"\nnote = "{PROSE * 800}"\n'
    assert sum(map(text.count, ",=[{.")) > toml_reading.MAX_MARKS
    assert parse(text.encode())["note"] == PROSE * 800
    dotted = "1." * 500
    assert parse(f"a = \"x,{dotted}\"\nb = '{dotted}'\n".encode())["b"] == dotted


def test_a_byte_order_mark_and_windows_line_ends_are_taken() -> None:
    content = b"\xef\xbb\xbf" + GOLDEN.replace(b"\n", b"\r\n")
    assert decode(content).minutes == decode(GOLDEN).minutes
    with pytest.raises(DamagedFile) as caught:
        parse(b"\xef\xbb\xbfa = 1\r\nb = \xff\r\n")
    assert (caught.value.line, caught.value.column) == (2, 5)


def test_marks_of_a_merge_inside_a_text_are_no_damage() -> None:
    assert parse(b'a = """\n<<<<<<< HEAD\n"""\n') == {"a": "<<<<<<< HEAD\n"}


def test_older_schemas_are_migrated_one_after_the_other() -> None:
    def second(raw: Raw) -> Raw:
        return {**raw, "title": raw["name"]}

    def third(raw: Raw) -> Raw:
        return {**raw, "title": raw["title"].upper()}

    steps = (second, third)
    assert migrate({"schema": 1, "name": "a"}, steps) == ({"schema": 3, "name": "a", "title": "A"}, False)
    assert migrate({"schema": 2, "title": "a"}, steps) == ({"schema": 3, "title": "A"}, False)
    assert migrate({"schema": 3, "title": "a"}, steps) == ({"schema": 3, "title": "a"}, False)
    assert migrate({"schema": 4, "title": "a"}, steps) == ({"schema": 4, "title": "a"}, True)
    assert migrate({"name": "a"}, steps)[0]["schema"] == 3


# -- the index's reader -------------------------------------------------------------------------------------

FRAGMENTS = [
    "a", "b", "é", "a.b", "date", '"', "'", '"""', "'''", "=", " = ", "[", "]", "[[", "]]", "{", "}", "{a = 1,\n}",
    ",", ".", "\n", "\r", "\r\n", "\t", "\x07", "\x7f", "\x85", "\ufeff", "# x\n", "\\", "\\e", "\\x41", "\\u00e4",
    "\\ud800", "\\\n  ", "0x1f", "0o17", "1_000", "1__0", "01", "+1", "-0", "1.", "1e5", "1e400", "inf", "-nan", "true",
    "9223372036854775808", "9" * 4301, "2026-02-30", "2026-11-23", "0000-01-01", "2026-11-23T09:00", "09:00:12.9999999",
    "2026-11-23 09:00:12", "2026-11-23T09:00:12.1234567+01:00", "2026-11-23T09:00:60Z", "2026-11-23T09:00:12-05:30",
    "2026-11-23T09:00:12+24:00", "[a]\n", "[[a]]\n", "[a.b]\n", "[[a.b]]\n", "a = 1\n", "a.b = 1\n", "b = [1,\n2,]\n",
    "a = [" + "[" * 90 + "]" * 90 + "]\n",
]  # fmt: skip
"""What TOML is made of, and what parsers do not agree about."""


def read_by(reader: Callable[[str, Path], Raw], text: str) -> object:
    """The document, or the sentence and the place of the damage. In words: `nan` is not like itself, and two instants
    may be alike though one of them says another offset."""
    try:
        return _spelt(reader(text, FILE))
    except DamagedFile as error:
        return str(error.what), error.line, error.column


def _spelt(value: object) -> object:
    if isinstance(value, dict):
        return {key: _spelt(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_spelt(each) for each in value]
    kind = next(kind for kind in (bool, int, float, str, datetime, date, dt_time) if isinstance(value, kind))
    return kind, value.isoformat() if isinstance(value, (date, dt_time)) else repr(value)


needs_rtoml = pytest.mark.skipif(find_spec("rtoml") is None, reason="rtoml is not built for this system")


@needs_rtoml
@pytest.mark.parametrize("name", CORPUS)
def test_the_index_calls_the_same_files_damaged_in_half_a_second(name: str) -> None:
    try:
        text = text_of(CORPUS[name][0], FILE)
    except DamagedFile:
        return  # before any parser is asked
    seconds = []
    for _ in range(2):
        began = time.process_time()
        found = read_by(parse_quickly, text)
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.5
    assert found == read_by(parse_text, text)


@needs_rtoml
def test_the_index_reads_every_cut_and_every_flipped_bit_as_all_others_do() -> None:
    chance = random.Random(11)
    text = GOLDEN.decode()
    assert read_by(parse_quickly, text) == read_by(parse_text, text)
    for _ in range(250):
        at, end = chance.randrange(len(text)), chance.randrange(len(text))
        flipped = text[:at] + chr(ord(text[at]) ^ 1 << chance.randrange(7)) + text[at + 1 :]
        for damaged in (text[:end], flipped, text[:end] + chance.choice(FRAGMENTS) + text[end:]):
            assert read_by(parse_quickly, damaged) == read_by(parse_text, damaged)


@needs_rtoml
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join), st.booleans())
@settings(max_examples=400)
def test_the_index_reads_all_toml_as_all_others_do(text: str, a_value: bool) -> None:
    text = f"a = {text}" if a_value else text
    assert read_by(parse_quickly, text) == read_by(parse_text, text)


def test_the_index_reads_minutes_where_rtoml_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml_reading, "_quick_reader", lambda: None)
    assert parse_quickly(GOLDEN.decode()) == parse(GOLDEN)


@needs_rtoml
def test_tomli_reads_what_rtoml_refuses() -> None:
    assert parse_quickly("a = 1e400\n") == {"a": float("inf")}
    nested = parse_quickly("a = " + "[" * 90 + "]" * 90)["a"]
    assert nested == parse(b"a = " + b"[" * 90 + b"]" * 90)["a"]
