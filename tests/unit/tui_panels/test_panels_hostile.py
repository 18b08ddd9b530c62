"""Whatever stands in the minutes: every drawing fits its place, holds no control character and raises nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from retrotui import locale
from retrotui.domain.minutes import Discretion, Note
from retrotui.tui.prompts import current_prompt, prompts
from retrotui.tui.view import View
from retrotui.tui.widgets.panels import panel
from retrotui.tui.widgets.rail import folded_rail, rail
from retrotui.tui.widgets.rows import rows
from retrotui.tui.widgets.topline import notice_words, topline
from tests.unit.tui_panels.staging import (
    KINDS,
    START,
    at,
    earlier,
    entries,
    everything,
    having,
    look,
    memory,
    titled,
)

HOSTILE = [
    "deal [EMEA] 2026",
    "[/x]",
    "[@click=app.quit]here[/]",
    "[$x][bold]",
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "abc\u202edef\u202c",
    "a\u0301\u0302\u0303\u0304\u0305",
    "\ud800lone",
    "line\nbreak\ttab\rback\x00",
    "👩\u200d🔧👍🏽🇩🇪❤️",
    "\u200b\ufeff\u00ad",
    "漢字" * 50,
    "word " * 80,
    "{n} {0} %s {figure",
    "",
]
hostile = st.sampled_from(HOSTILE) | st.text(st.characters(codec=None), max_size=60)


SEEN = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
"""Signs before a number or a verse: their category says "format", and they are seen and take a cell."""


def harmful(shown: str) -> list[str]:
    return [
        char
        for char in shown
        if char != "\n" and unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp", "Cf"} and char not in SEEN
    ]


def fits(content: Content, width: int, height: int) -> None:
    lines = content.plain.split("\n")
    assert len(lines) <= height
    for line in lines:
        assert cell_len(line) <= width, (width, line)
    assert not harmful(content.plain)


def a_view(words: str, kind: str, language: str, width: int, height: int, minute: float) -> View:
    meeting = titled(at(everything(language, words), kind, 1), words)
    whisper = Note(id="w1", at=START, step=meeting.step.id, text=words)
    past = (earlier("old", START.date(), **{key: entries(words)[key] for key in ("lesson", "factor")}),)
    meeting = replace(meeting, whispers=(whisper,))
    return look(meeting, minute, width=width, height=height, past=past, memory=memory(words, words))


@settings(max_examples=120, deadline=None)
@given(
    hostile,
    st.sampled_from(KINDS),
    st.sampled_from(["de", "en"]),
    st.integers(40, 120),
    st.integers(1, 40),
    st.sampled_from([0.5, 9, 12, 45]),
)
def test_every_drawing_fits_its_place(
    words: str, kind: str, language: str, width: int, height: int, minute: float
) -> None:
    locale.use(language)
    view = a_view(words, kind, language, width, height, minute)
    drawn = panel(view)
    assert drawn is not None
    fits(drawn, width, height)
    fits(topline(view), width, 1)
    fits(folded_rail(view), width, 1)
    fits(rail(replace(view, width=width // 2)), width // 2, height)
    for gap in (None, (START, START)):
        assert "\n" not in notice_words(view, gap)
    said, number, of = current_prompt(view)
    assert of == len(prompts(view)) and (said in prompts(view) if of else number == 0)
    assert all(row.key for row in rows(view))


@settings(max_examples=60, deadline=None)
@given(hostile, st.sampled_from(KINDS), st.integers(4, 39), st.integers(0, 6))
def test_a_place_that_is_too_small_for_anything_is_survived(
    words: str, kind: str, width: int, height: int
) -> None:
    view = a_view(words, kind, "en", width, height, 12)
    for drawn in (panel(view), topline(view), folded_rail(view), rail(view)):
        if drawn is not None:
            assert all(cell_len(line) <= width for line in drawn.plain.split("\n"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [40, 66, 78, 120])
def test_markup_is_shown_as_it_was_typed(kind: str, language: str, width: int) -> None:
    locale.use(language)
    drawn = panel(a_view("[b]x[/b]", kind, language, width, 40, 3))
    assert drawn is not None
    assert "[b]x[/b]" in drawn.plain or kind in ("checkin", "factors", "notes", "close", "break")
    fits(drawn, width, 40)


@pytest.mark.parametrize("kind", KINDS)
def test_what_discretion_hides_is_on_no_drawing(kind: str) -> None:
    """People, customers and amounts are told apart by their words."""
    meeting = at(everything("en", "Zzyzx"), kind)
    minutes = meeting.minutes
    meeting = having(
        meeting,
        title="Title",
        team="",
        discretion=Discretion(amounts=True, customers=True, people=True),
        participant=tuple(one.model_copy(update={"function": "sales"}) for one in minutes.participant),
        metric=tuple(one.model_copy(update={"label": "Revenue"}) for one in minutes.metric),
        deal=tuple(
            one.model_copy(update={"stage": "", "competitors": (), "reason_raw": ""}) for one in minutes.deal
        ),
        field=(),
        parked=(),
        worth=None,
        **dict.fromkeys(entries(), ()),
    )
    meeting = replace(
        meeting, open_items=tuple(replace(one, title="T", experiment=None) for one in meeting.open_items)
    )
    view = look(meeting, 3, selected="old-x1")
    shown = "\n".join(one.plain for one in (panel(view), rail(view), topline(view)) if one is not None)
    assert "Zzyzx" not in shown
    assert "480" not in shown and "48,000" not in shown
