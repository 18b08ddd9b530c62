"""Texts in several languages: one string or a table, read, asked for in a language, and written back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from retrotui.domain.words import PromptWords, Words

WORDS = TypeAdapter(Words)
PROMPTS = TypeAdapter(PromptWords)


def test_a_plain_string_is_the_text_in_every_language() -> None:
    assert Words.read("Zahlen").text("en") == "Zahlen"
    assert Words.read("Zahlen").languages == frozenset()


def test_each_language_gets_its_own_text() -> None:
    words = Words.read({"de": "Zahlen", "en": "Numbers"})
    assert (words.text("de"), words.text("en")) == ("Zahlen", "Numbers")


@pytest.mark.parametrize(
    ("raw", "lang", "expected"),
    [
        ({"de": "Zahlen"}, "en", "Zahlen"),
        ({"en": "Numbers"}, "de", "Numbers"),
        ({"fr": "Chiffres"}, "de", "Chiffres"),
        ({"fr": "Chiffres", "en": "Numbers"}, "de", "Numbers"),
        ("", "de", ""),
    ],
)
def test_a_missing_language_falls_back_to_another(raw: object, lang: str, expected: str) -> None:
    assert Words.read(raw).text(lang) == expected


def test_prompts_fall_back_like_titles() -> None:
    assert PromptWords.read({"de": ["Was?", "Wann?"]}).lines("en") == ("Was?", "Wann?")
    assert PromptWords.read(["Was?"]).lines("en") == ("Was?",)
    assert PromptWords.read("Was?").lines("de") == ("Was?",)
    assert PromptWords().lines("de") == ()


def test_a_text_is_cleaned_and_on_one_line() -> None:
    assert Words.read("Zah\x1b[31mlen\nund mehr").text("de") == "Zahlen und mehr"


@pytest.mark.parametrize("raw", [3, ["a"], {"de": 3}, {}, None, True])
def test_what_is_no_text_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        WORDS.validate_python(raw)


@pytest.mark.parametrize("raw", [3, {"de": 3}, [1], {"de": [1]}, None])
def test_what_is_no_list_of_texts_is_refused(raw: object) -> None:
    with pytest.raises(ValidationError):
        PROMPTS.validate_python(raw)


PLAIN = st.text(alphabet="abcäöü ?", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
LANGS = st.sampled_from(["de", "en", "fr"])


@given(PLAIN | st.dictionaries(LANGS, PLAIN, min_size=1))
def test_words_survive_writing_and_reading(raw: object) -> None:
    words = WORDS.validate_python(raw)
    assert WORDS.validate_python(WORDS.dump_python(words, mode="json")) == words
    assert words.raw == raw


@given(st.lists(PLAIN, min_size=1) | st.dictionaries(LANGS, st.lists(PLAIN, min_size=1), min_size=1))
def test_prompts_survive_writing_and_reading(raw: object) -> None:
    prompts = PROMPTS.validate_python(raw)
    assert PROMPTS.validate_python(PROMPTS.dump_python(prompts, mode="json")) == prompts
    assert prompts.raw == raw
