"""JSON and back: equal, whatever stands in the minutes; anything else is refused in a sentence."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.minutes import Minutes, Note, change
from retrotui.errors import RetroError
from retrotui.interchange.json_document import json_text, read_json
from retrotui.interchange.outgoing import outgoing
from retrotui.store.toml_codec import decode, encode
from tests.unit.demo.demo_samples import year
from tests.unit.interchange.export_samples import (
    filled_with,
    hostile,
    out_of,
    same_as_golden,
    sample,
)

scalars = st.one_of(
    st.booleans(),
    st.integers(),
    st.integers(min_value=1 << 62, max_value=1 << 20000),
    st.floats(allow_nan=False),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(),
    st.times(),
)
keys = st.one_of(
    st.text(max_size=5), st.sampled_from(["$date", "$datetime", "$time", "$int", "$float", "$table"])
)
foreign = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)


def again(minutes: Minutes) -> Minutes:
    return read_json(json_text(outgoing(minutes)))


def test_the_golden_document(update_goldens: bool) -> None:
    text = json_text(out_of())
    same_as_golden(text, "export.json", update=update_goldens)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_meeting_of_the_demo_is_read_back_equal(lang: str) -> None:
    for minutes in (sample(), *year(lang).meetings):
        out = outgoing(minutes)
        back = read_json(json_text(out))
        assert back == out.document
        assert encode(back) == encode(out.document)
        if not any((minutes.discretion.amounts, minutes.discretion.customers, minutes.discretion.people)):
            assert back == minutes


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(min_size=1, max_size=6).map("x-".__add__), foreign, max_size=3), hostile)
def test_unknown_keys_come_back_with_their_types(extra: dict[str, Any], words: str) -> None:
    plain = sample().model_dump(by_alias=True)
    note = {"id": "n1", "at": sample().note[0].at, "text": words, **extra}
    minutes = Minutes.model_validate({**plain, "note": [note], **extra})
    assert minutes.model_extra == extra
    back = again(minutes)
    assert back == minutes
    assert back.model_extra == extra and back.note[0].model_extra == extra


def test_the_types_of_toml_come_back() -> None:
    odd = (
        b"odd = [1979-05-27T07:32:00.5-07:00, 1979-05-27T07:32:00, 1979-05-27, 07:32:00, inf, 0x7fffffffffffffff1, "
        b'{ "$date" = "no date" }, { "$table" = { "$int" = 1 } }]\n'
    )
    minutes = decode(odd + encode(sample())).minutes
    back = again(minutes)
    assert back == minutes and encode(back) == encode(minutes)
    assert [type(each) for each in (back.model_extra or {})["odd"]] == [
        datetime, datetime, date, time, float, int, dict, dict,
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(hostile)
def test_words_come_back_to_the_letter_and_no_terminal_obeys_the_document(words: str) -> None:
    minutes = filled_with(words)
    text = json_text(outgoing(minutes))
    assert read_json(text) == outgoing(minutes).document
    assert all(letter == "\n" or ord(letter) >= 32 for letter in text)
    assert not set("\x1b\x9b\u202e\u200b\u2028\x7f\ufeff") & set(text)
    assert json.loads(text)["title"] == words


def test_a_half_character_does_not_break_the_document() -> None:
    note = Note(id="n1", at=sample().note[0].at, text="half \ud83d of one")
    text = json_text(outgoing(change(sample(), note=(note,))))
    text.encode()
    assert read_json(text).note[0].text == note.text


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", "3", '"x"', "{}", '{"schema": 1}', '{"id": {"$date": "2026-11-23"}}',
        '{"id": "x", "date": {"$date": "soon"}}', '{"id": "x", "date": {"$int": 3}}', '{"x": {"$table": 3}}',
        "[" * 100_000, '{"x": ' * 50_000, '{"x": {"$int": "zz"}}', '{"id": 1' + "0" * 5000 + "}",
    ],
)  # fmt: skip
def test_what_is_no_document_of_ours_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(RetroError) as refused:
        read_json(text)
    assert str(refused.value.what).endswith(".") and refused.value.hint is not None


def test_a_newer_document_is_not_guessed_at() -> None:
    text = json_text(out_of()).replace('"schema": 1', '"schema": 2')
    with pytest.raises(RetroError, match="newer"):
        read_json(text)


@given(st.text(max_size=30) | st.binary(max_size=30).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(RetroError):
        read_json(text)
