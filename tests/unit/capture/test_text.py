"""Text is text: what `clean` keeps and drops, how `fold` compares, what ids are made of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.text import clean, fold, one_line, person_id, slug

calm = settings(deadline=None)
HOSTILE = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x9b\x07\u200d\u200c\u202e\ufe0f\U000e0061\U000e007f\U0001f3f4👩🔬äa\u0308\ud800\udc00\r\n\t[]8;m"
        ),
    )
)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("ein\r\nzwei\rdrei\u2028vier", "ein\nzwei\ndrei\nvier"),
        ("Mu\u0308ller", "Müller"),
        ("rot \x1b[31mrot\x1b[0m", "rot rot"),
        ("\x1b]0;Titel\x07Wort", "Wort"),
        ("\x1b]8;;http://x\x1b\\Link\x1b]8;;\x1b\\", "Link"),
        ("\x1b[200~eingefügt\x1b[201~", "eingefügt"),
        ("\x1b]0;ohne Ende", "]0;ohne Ende"),
        ("a\x1bHallo", "aHallo"),
        ("a\x00b\x9bc\x7fd", "abcd"),
        ("ab\u202ecd\u2066ef", "abcdef"),
        ("null\u200bbreit\ufeff", "nullbreit"),
        ("x\u200dy", "xy"),
        ("👩\u200d🔬 und ❤\ufe0f\u200d🔥", "👩\u200d🔬 und ❤\ufe0f\u200d🔥"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🏴\U000e0067\U000e0062\U000e007f", "🏴\U000e0067\U000e0062\U000e007f"),
        ("versteckt\U000e0067\U000e0062\U000e007f", "versteckt"),
        ("\ud83d\ude00", "😀"),
        ("halb \ud83d", "halb "),
        ("Tab\tda", "Tab da"),
        ("deal [EMEA] [/x] [@click=app.quit]", "deal [EMEA] [/x] [@click=app.quit]"),
    ],
)
def test_cleaning_keeps_words_and_drops_what_nobody_reads(raw: str, kept: str) -> None:
    assert clean(raw).text == kept


def test_what_is_dropped_is_counted() -> None:
    assert clean("a\x00b\u202ec\x1b[1md").dropped == 6
    assert clean("Größe, 5 € – „ja“").dropped == 0


def test_a_note_is_cut_at_its_bytes_and_the_rest_counted() -> None:
    got = clean("ä" * 15_000)
    assert (len(got.text.encode()), got.cut) == (20_000, 5_000)
    assert clean("ä" * 15_000, limit=None).cut == 0
    assert clean("a" * 20_000).cut == 0


def test_a_cut_does_not_part_an_emoji() -> None:
    family = "👩\u200d🔬"
    for limit in range(1, 40):
        kept = clean(family * 4, limit=limit).text
        assert kept == family * (len(kept) // len(family))


@calm
@given(HOSTILE)
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean(raw)
    assert clean(once.text) == type(once)(once.text, 0, 0)


@calm
@given(HOSTILE)
def test_no_control_direction_or_half_character_gets_in(raw: str) -> None:
    text = clean(raw).text
    text.encode()
    for character in text:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }


@calm
@given(HOSTILE, st.integers(0, 60))
def test_the_limit_holds_in_bytes(raw: str, limit: int) -> None:
    got = clean(raw, limit=limit)
    whole = clean(raw, limit=None).text
    assert len(got.text.encode()) <= limit
    assert whole.startswith(got.text)
    assert len(got.text) + got.cut == len(whole)


@pytest.mark.parametrize(
    "spellings",
    [
        ("Müller", "Mueller", "MULLER", "mu\u0308ller"),
        ("Weiß", "weiss", "WEISS"),
        ("José", "jose"),
        ("Søren", "soren"),
    ],
)
def test_spellings_of_the_same_fold_alike(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_folding_keeps_apart_what_was_no_umlaut() -> None:
    assert fold("neue") != fold("neu")
    assert fold("Quelle") != fold("Qulle")


@calm
@given(st.text(alphabet="aeouäöüßqnN éø"), st.integers(0, 10))
def test_the_fold_of_a_beginning_is_a_beginning_of_the_fold(word: str, length: int) -> None:
    assert fold(word).startswith(fold(word[:length]))


@calm
@given(st.text())
def test_folding_twice_is_folding_once_in_case_and_marks(word: str) -> None:
    folded = fold(word)
    assert folded == folded.casefold()
    assert "ß" not in folded and "ü" not in folded


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Carla Weiß", "carla-weiss"),
        ("Müller & Söhne", "mueller-soehne"),
        ("  Ä ", "ae"),
        ("李", ""),
        ("Æsir", "aesir"),
    ],
)
def test_ids_are_the_folded_name(name: str, made: str) -> None:
    assert slug(name) == made


@calm
@given(st.text())
def test_ids_hold_letters_digits_and_single_hyphens(name: str) -> None:
    made = slug(name)
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in made)
    assert "--" not in made and made == made.strip("-") and len(made) <= 60
    assert slug(made) == made


def test_a_person_whose_id_is_taken_gets_a_number() -> None:
    assert person_id("Ben Kurz", set()) == "ben-kurz"
    assert person_id("Ben Kurz", {"ben-kurz", "ben-kurz-2"}) == "ben-kurz-3"
    assert person_id("李", {"person"}) == "person-2"


def test_one_line_has_single_spaces() -> None:
    assert one_line("  Ein\n Titel\t\tmit   Lücken ") == "Ein Titel mit Lücken"
