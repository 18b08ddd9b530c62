"""How a query is read, what answers it, and what is marked."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.store.index_samples import LATER, meeting, workspace

from retrotui.domain.text import fold, one_line
from retrotui.store.index import Index
from retrotui.store.index_text import Query, Term, marks, read_query, words_of


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("einkauf", "Der Einkaufsleiter"),
        ("einkauf", "Zentraleinkauf"),
        ("EINKAUF", "einkauf"),
        ("muller", "Müller GmbH"),
        ("mueller", "Müller GmbH"),
        ("müller", "Mueller GmbH"),
        ("strasse", "Hauptstraße 4"),
        ("straße", "HAUPTSTRASSE"),
        ("preis spät", "Zu spät: der Preisrahmen"),
        ("preis*", "Preisrahmen"),
        ('"zu spät"', "Der Preis kam zu spät."),
        ("„zu spät“", "Der Preis kam zu spät."),
        ("«zu spät»", "Der Preis kam zu spät."),
        ('"zu spät', "Der Preis kam zu spät."),
        ("co-op", "Die Co-Operation"),
        ("an", "Anbieter"),
        ("#price", "Zu spät · #price"),
        ("2027", "Messe 2027"),
    ],
)
def test_it_is_found(query: str, text: str) -> None:
    assert read_query(query).matches(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("kauf*", "Einkauf"),
        ("an", "Wand"),
        ('"spät zu"', "zu spät"),
        ('"einkauf"', "Einkaufsleiter"),
        ('"zu spät"', "zu spätem"),
        ("preis rabatt", "nur der Preis"),
        ("", "alles"),
        ("- ! *", "alles"),
        ('""', "alles"),
    ],
)
def test_it_is_not_found(query: str, text: str) -> None:
    assert not read_query(query).matches(text)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("einkauf", "Der Zentraleinkauf, Einkäufer", ["einkauf", "Einkäuf"]),
        ("mull", "Bei Müller", ["Müll"]),
        ("mull", "Bei Mueller", ["Muell"]),
        ("weis", "Frau Weiß", ["Weiß"]),
        ('"zu spät"', "viel zu spät, zu spät", ["zu spät", "zu spät"]),
        ("preis rahmen", "Preisrahmen", ["Preisrahmen"]),
        ("co-op", "(Co-Operation)", ["Co-Op"]),
        ("grüße", "Gru\u0308ße!", ["Gru\u0308ße"]),
    ],
)
def test_what_answers_is_marked(query: str, text: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, read_query(query))] == marked


def test_a_query_without_end_is_read_all_the_same() -> None:
    assert len(read_query(" ".join(f"w{n}" for n in range(10_000))).terms) == 32


def test_the_same_word_twice_is_asked_once() -> None:
    assert read_query("Preis preis") == Query((Term(("preis",), open_start=True, open_end=True),))


PIECES = st.sampled_from(
    ["Einkauf", "Zentraleinkauf", "kauf", "Müller", "mueller", "Straße", "STRASSE", "neue", "Quelle", "bauer", "aue",
     "über", "ueber", "ß", "e", "an", "Co-Op", "co", "op", "naïve", "I\u0307", "ﬁn", "½", "x_y", "№5", "日本", "·"]
)  # fmt: skip
LETTERS = st.text("aeouäöüßnNrsE-'", min_size=1, max_size=6)
WORDS = PIECES | LETTERS | st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=4)
TEXTS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
BARE = WORDS.filter(lambda word: not re.search('["„“”«»*]', word))
ASKED = st.tuples(st.sampled_from(["word", "prefix", "phrase"]), st.lists(BARE, min_size=1, max_size=2))


def naive(text: str, asked: list[tuple[str, list[str]]]) -> bool:
    """Fold the whole text and look: the plainest way to say what a search finds."""
    said = re.findall(r"[^\W_]+", fold(text))
    for kind, typed in asked:
        parts = [re.findall(r"[^\W_]+", fold(word)) for word in typed]
        wanted = [[word for part in parts for word in part]] if kind == "phrase" else parts
        for words in filter(None, wanted):
            places = [said[at : at + len(words)] for at in range(len(said) - len(words) + 1)]
            if kind == "phrase":
                found = words in places
            elif kind == "word" and len(words) == 1 and len(words[0]) >= 3:
                found = any(words[0] in word for word in said)
            else:
                found = any(there[:-1] == words[:-1] and there[-1].startswith(words[-1]) for there in places)
            if not found:
                return False
    return True


def rendered(asked: list[tuple[str, list[str]]]) -> str:
    shapes = {"word": "{}", "prefix": "{}*", "phrase": '"{}"'}
    return " ".join(
        shapes[kind].format(" ".join(words))
        if kind == "phrase"
        else " ".join(map(shapes[kind].format, words))
        for kind, words in asked
    )


@given(st.lists(TEXTS, min_size=1, max_size=8), st.lists(st.lists(ASKED, min_size=1, max_size=3), max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_index_finds_exactly_what_fold_and_scan_finds(
    texts: list[str], queries: list[list[tuple[str, list[str]]]]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        here = workspace(Path(place))
        meeting(here, "a", texts[::2])
        meeting(here, "b", texts[1::2])
        with Index.open(here, LATER) as index:
            assert not index.refresh().damaged
            for asked in queries:
                typed = rendered(asked)
                found = sorted(hit.text for hit in index.search(typed, 500))
                wanted = [one_line(text) for text in texts if naive(one_line(text), asked)]
                assert found == (sorted(wanted) if read_query(typed).terms else []), typed


@given(TEXTS, st.lists(ASKED, min_size=1, max_size=3))
def test_marks_lie_in_order_within_the_text_wherever_it_answers(
    text: str, asked: list[tuple[str, list[str]]]
) -> None:
    query = read_query(rendered(asked))
    found = marks(text, query)
    assert bool(found) >= query.matches(text)
    ends = [0, *(place for mark in found for place in mark)]
    assert ends[1:] == sorted(ends[1:]) and all(0 <= at <= len(text) for at in ends)
    assert all(start < end for start, end in found)


@given(st.text(max_size=40))
def test_words_are_those_of_the_folded_text(text: str) -> None:
    assert words_of(text).split() == re.findall(r"[^\W_]+", fold(text))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_query_and_no_text_breaks_it(query: str, text: str) -> None:
    asked = read_query(query)
    assert (
        asked.matches(text)
        or not all(term.quality(f" {words_of(text)} ") for term in asked.terms)
        or not asked.terms
    )
    marks(text, asked)
