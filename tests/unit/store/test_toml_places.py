"""An error names the line and the column of the key that it means."""

from __future__ import annotations

import time

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from retrotui.store.toml_places import Places, locate

Place = tuple[int, int]

AGENDA = '''schema = 1
id = "monthly"  # a comment with id = "no"
title = { de = "Monatlich", en = "Monthly" }

[[step]]
id = "numbers"
minutes = 10
prompts = { de = [
    "Wo liegen wir?",  # [[step]]
    "Was = neu?",
], en = ["Where?"] }

[[step.field]]
id = "method"
choices = ["a", "b"]

[[step.field]]
id = "other"

[[step]]
id = "lessons"
note = """
[[step]]
minutes = 3 \\""" still inside"""
minutes = 15

[keys]
"step.next" = "f4"
a.b.c = 1
'''


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("schema",), (1, 1)),
        (("id",), (2, 1)),
        (("title", "en"), (3, 29)),
        (("step",), (5, 1)),
        (("step", 0), (5, 1)),
        (("step", 0, "minutes"), (7, 1)),
        (("step", 0, "prompts", "de", 1), (10, 5)),
        (("step", 0, "prompts", "en", 0), (11, 10)),
        (("step", 0, "field", 1, "id"), (18, 1)),
        (("step", 0, "field", 0, "choices", 1), (15, 17)),
        (("step", 1), (20, 1)),
        (("step", 1, "minutes"), (25, 1)),
        (("keys", "step.next"), (28, 1)),
        (("keys", "a", "b", "c"), (29, 5)),
    ],
)
def test_every_key_is_found_at_its_line_and_column(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    assert locate(AGENDA, path) == place
    assert Places(AGENDA).find(path) == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("step", 1, "kind"), (20, 1)),
        (("step", 7, "kind"), (5, 1)),
        (("title", "fr"), (3, 1)),
        (("nothing",), (1, 1)),
        ((), (1, 1)),
    ],
)
def test_a_missing_key_is_placed_at_what_is_around_it(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    assert locate(AGENDA, path) == place
    if path:
        assert Places(AGENDA).find(path) is None


def test_windows_line_ends_count_as_one_line() -> None:
    assert locate("a = 1\r\nb = 2\r\n[c]\r\nd = 3\r\n", ("c", "d")) == (4, 1)


def test_escaped_and_literal_keys_are_found_by_what_they_mean() -> None:
    text = '"a\\"b\\u00e4" = 1\n\'c d\' = 2\n"" = 3\n'
    assert locate(text, ('a"bä',)) == (1, 1)
    assert locate(text, ("c d",)) == (2, 1)
    assert Places(text).find(("",)) == (3, 1)


def test_a_table_inside_an_entry_belongs_to_the_newest_entry() -> None:
    text = "[[deal]]\nid='1'\n[deal.origin]\nfile='a'\n[[deal]]\nid='2'\n[deal.origin]\nfile='b'\n"
    assert locate(text, ("deal", 0, "origin", "file")) == (4, 1)
    assert locate(text, ("deal", 1, "origin", "file")) == (8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "[[",
        "]]",
        "= 1",
        "a = ",
        "a = [1, 2",
        "a = {b = ",
        "a = {=,}",
        "a = [}",
        'a = "',
        'a = """x\\',
        "a = '''x",
        "<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> x\n",
        "\x00\x00\x00",
        "a.b.\n.c = 1",
        '"a',
    ],
)
def test_broken_texts_still_give_a_place(text: str) -> None:
    line, column = locate(text, ("a", 0, "b"))
    assert line >= 1
    assert column >= 1


@pytest.mark.parametrize(
    "text",
    [
        "a." * 200_000 + "a = 1",
        "a = " + "[" * 300_000,
        "a = " + "{a=" * 200_000,
        "[" + "a." * 200_000 + "a]\n" + "b = 1",
        'a = """' + '""x' * 200_000,
        "[[a]]\n" * 100_000,
        "#" * 500_000,
        "a = '" + "x" * 1_000_000,
    ],
    ids=["dotted", "arrays", "tables", "header", "quotes", "entries", "comment", "literal"],
)
def test_huge_texts_are_scanned_in_linear_time(text: str) -> None:
    began = time.process_time()
    locate(text, ("a", 0, "b"))
    assert time.process_time() - began < 3.0


@given(st.text(alphabet="ab.=[]{}\"'#\\\n\r, \t1é\x00"))
def test_no_text_makes_it_raise(text: str) -> None:
    line, column = locate(text, ("a", "b", 0))
    lines = text.split("\n")
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


KEYS = st.text(min_size=0, max_size=5)
VALUES = st.recursive(
    st.integers(0, 9) | st.text(max_size=6) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.booleans())
def test_every_key_of_a_valid_document_has_a_place_of_its_own(
    document: dict[str, object], multiline: bool
) -> None:
    text = tomli_w.dumps(document, multiline_strings=multiline)
    places = Places(text)
    paths = list(_paths(tomli.loads(text)))
    found = [places.find(path) for path in paths]
    assert None not in found
    lines = text.split("\n")
    for path, place in zip(paths, found, strict=True):
        assert place is not None
        name = path[-1]
        if isinstance(name, str) and name.isascii() and name.isalnum():
            assert name in lines[place[0] - 1]


def _paths(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    paths = [at] if at else []
    for name, part in inner:
        paths += _paths(part, (*at, name))
    return paths
