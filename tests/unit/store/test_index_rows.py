"""What of a file is searched, and what a meeting keeps out of it."""

from __future__ import annotations

from pathlib import Path

import tomli
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.text import one_line
from retrotui.store.index_rows import Row, rows_of
from retrotui.store.toml_reading import Raw

GOLDEN = Path(__file__).parents[2] / "golden" / "linear-minutes.toml"
TABLES = (
    "title", "parked", "participant", "metric", "deal", "factor", "quote", "note", "lesson", "action", "experiment",
    "verdict", "field", "worth", "step", "discretion",
)  # fmt: skip
KEYS = (
    "id", "text", "name", "account", "title", "owner", "owner_text", "step", "deal", "factors", "factor",
    "contributors", "people", "customers", "remarks", "happened", "value",
)  # fmt: skip

SECRETS = """
id = "x"
date = 2026-11-23
title = "Treffen mit Nordwerk AG"
parked = ["Carla fragen", "Nordwerk AG anrufen"]
[discretion]
people = {people}
customers = {customers}
[[participant]]
id = "carla-weiss"
name = "Carla Weiß"
[[step]]
id = "s"
title = "Fall von Weiß"
[[deal]]
id = "D1"
account = "Nordwerk AG"
title = "Telematik"
owner = "Ben Kurz"
amount = "48000.00"
contributors = ["Technik: Ola"]
[[note]]
id = "n1"
step = "s"
deal = "D1"
text = "Carlas Idee: Nordwerk AG, Ola und Ben Kurz an einen Tisch"
[[action]]
id = "x-a1"
text = "Anrufen"
owner = "carla-weiss"
[[action]]
id = "x-a2"
text = "Nachfassen"
owner_text = "Frieda"
"""


def rows(people: bool, customers: bool) -> list[Row]:
    text = SECRETS.format(people=str(people).lower(), customers=str(customers).lower())
    return rows_of(tomli.loads(text))


def all_words(found: list[Row]) -> str:
    return "\n".join(" | ".join(row) for row in found)


def test_everything_that_was_said_is_a_row() -> None:
    raw = tomli.loads(GOLDEN.read_text(encoding="utf-8"))
    found = rows_of(raw)
    words = all_words(found)
    for kind in ("quote", "note", "lesson", "action", "factor"):
        for one in raw[kind]:
            assert one_line(one.get("text", "")) in words
    for one in raw["experiment"]:
        assert all(one_line(one[key]) in words for key in ("title", "hypothesis") if key in one)
    assert {row.kind for row in found} >= {"title", "participant", "deal", "factor", "verdict", "experiment"}


def test_an_owner_is_found_by_name() -> None:
    texts = [row.text for row in rows(people=False, customers=False) if row.kind == "action"]
    assert texts == ["Anrufen · Carla Weiß", "Nachfassen · Frieda"]


def test_amounts_and_the_owner_of_a_deal_are_never_searched() -> None:
    for row in rows(people=False, customers=False):
        assert "48000" not in row.text
        assert "Ben Kurz" not in row.text or row.kind == "note"


def test_hidden_people_are_in_no_row() -> None:
    words = all_words(rows(people=True, customers=False))
    for name in ("Carla", "Weiß", "carla-weiss", "Ben", "Kurz", "Ola", "Frieda"):
        assert name not in words
    assert "Nordwerk AG" in words and "an einen Tisch" in words and "… Idee" in words


def test_hidden_people_are_in_no_row_however_they_are_spelt() -> None:
    raw: Raw = {
        "discretion": {"people": True},
        "participant": [{"id": "carla-weiss", "name": "Carla Weiß"}],
        "deal": [{"id": "d", "account": "Nordwerk AG", "contributors": ["Ola Novak", "Technik"]}],
        "note": [{"text": "CARLA WEISS, carla weiss und Weiß, Carla fragten Ola Novak; die Technik half"}],
    }
    (note,) = (row.text for row in rows_of(raw) if row.kind == "note")
    assert not any(name in note.casefold() for name in ("carla", "weis", "ola", "novak"))
    assert "fragten" in note and "die Technik half" in note


def test_hidden_customers_are_in_no_row() -> None:
    words = all_words(rows(people=False, customers=True))
    assert "Nordwerk" not in words and "Telematik" not in words
    assert "Carla Weiß" in words and "Treffen mit …" in words


def test_what_is_neither_yes_nor_no_hides() -> None:
    raw = tomli.loads(SECRETS.format(people='"ja"', customers="1"))
    words = all_words(rows_of(raw))
    assert "Carla" not in words and "Nordwerk" not in words


def test_rows_are_one_clean_line() -> None:
    (row,) = rows_of({"note": [{"text": "  Preis\n\x1b[31mzu\u202e  spät \u0000"}]})
    assert row.text == one_line("  Preis\n\x1b[31mzu\u202e  spät \u0000") == "Preis zu spät"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(TABLES), VALUES))
def test_any_dictionary_makes_rows_and_never_an_error(raw: Raw) -> None:
    for row in rows_of(raw):
        assert row.text and all(isinstance(part, str) and part == one_line(part, limit=None) for part in row)


@given(st.text(max_size=30))
def test_a_text_is_cleaned_as_everywhere(text: str) -> None:
    wanted = one_line(text, limit=None)
    assert [row.text for row in rows_of({"note": [{"text": text}]})] == ([wanted] if wanted else [])
