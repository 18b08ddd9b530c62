"""A person's name in a text: every spelling of the whole name, parts of it, and what is no name."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.names import Name, replaced

CARLA = Name(("Carla Weiß",), ("carla-weiss",))


def found(text: str, name: Name = CARLA) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in name.mentions(text)]


def without(text: str, name: Name = CARLA) -> str:
    return replaced(text, [one for one in name.mentions(text) if one.kind != "loose"], "jemand")


@pytest.mark.parametrize(
    "text",
    [
        "Carla Weiß", "carla weiß", "CARLA WEISS", "Carla Weiss", "Carla Wei\u00df", "Carla  Weiß", "Weiß, Carla",
        "Weiss Carla", "carla-weiss", "carla.weiss", "carla_weiss", "Carla-Weiss", "carlaweiss", "C. Weiß", "Carla W.",
    ],
)  # fmt: skip
def test_the_whole_name_in_every_spelling(text: str) -> None:
    assert found(text) == [("whole", text)]
    assert found(f"gestern sagte {text} das, {text}.") == [("whole", text)] * 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jürgen Müller", "Juergen Mueller"), ("Jürgen Müller", "Jurgen Mu\u0308ller"),
        ("Juergen Mueller", "Jürgen Müller"),
        ("Dr. Anna von Berg", "Anna von Berg"), ("Dr. Anna von Berg", "anna berg"), ("Zoë Łucki", "Zoe Lucki"),
        ("Hans-Peter Kurz", "Hans Peter Kurz"), ("Sean O'Brien", "sean o’brien"),
    ],
)  # fmt: skip
def test_umlauts_marks_titles_and_hyphens_do_not_matter(name: str, text: str) -> None:
    assert found(text, Name((name,))) == [("whole", text)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Carla sagt", ["first"]), ("Carlas Idee", ["first"]), ("frag @carla", ["first"]), ("Frau Weiß", ["last"]),
        ("carla sagt", ["loose"]), ("Weiß keiner", ["loose"]), ("ich weiß nicht", []), ("Weißbier", []),
        ("Carlaville", []), ("carla-weiss-2", ["loose"]),
    ],
)  # fmt: skip
def test_a_part_alone_is_one_and_may_be_another_word(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in found(text)] == kinds


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Carla Weiß fragt.", "Jemand fragt."), ("Dann Carla Weiss’ Idee", "Dann jemand’ Idee"),
        ("Carlas Idee", "Jemands Idee"), ("Nein. Carla fragt", "Nein. Jemand fragt"), ("mit @carla", "mit jemand"),
        ("Frau Weiß war da", "Jemand war da"), ("carla.weiss@firma.example", "jemand@firma.example"),
    ],
)  # fmt: skip
def test_somebody_stands_in_its_place(text: str, after: str) -> None:
    assert without(text) == after


@given(st.text("CarlaWeißs .,-@_\n2é", max_size=60))
def test_mentions_stand_in_order_and_do_not_overlap(text: str) -> None:
    mentions = CARLA.mentions(text)
    assert all(one.start < one.end for one in mentions)
    assert all(one.end <= two.start for one, two in pairwise(mentions))
    assert all(text[one.start : one.end].strip() for one in mentions)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert without(text, Name(("Xaver Quorn",), ("xaver-quorn",))) == text or "quorn" in text.casefold()
