"""`tui.text`: what people write is shown as text, whole, and obeyed by nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.command import Hit
from textual.content import Content
from textual.fuzzy import Matcher
from textual.markup import MarkupError
from textual.widgets import Button, Input, Label, OptionList, Static

from retrotui.tui import text

HOSTILE = [
    "deal [EMEA] 2026",
    "[/x]",
    "[@click=app.quit]here[/]",
    "[$x][bold]",
    "a\\[b",
    "\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x07",
    "\x9b2J\x85",
    "abc\u202edef\u202c",
    "\u2066x\u2069\u200e",
    "a\u0301\u0302\u0303\u0304\u0305",
    "\ud800lone\udfff",
    "line\nbreak\ttab\rback\x00",
    "👩\u200d🔧👍🏽🇩🇪❤️",
    "\u200b\ufeff\u00ad\u2060",
]
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(codec=None)),
    st.lists(st.sampled_from(HOSTILE)).map("".join),
)


DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def obeyed(shown: str) -> list[str]:
    """Characters in the text that a terminal would act on, or that turn the reading direction."""
    return [
        char
        for char in shown
        if char != "\n"
        and (
            unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(char) in DIRECTIONS
            or char in "\u200e\u200f\u061c\u200b\u200d\ufeff"
        )
    ]


@given(hostile)
def test_nothing_shown_is_obeyed_by_a_terminal(words: str) -> None:
    assert obeyed(text.neutral(words)) == []


@given(hostile)
def test_making_harmless_twice_changes_nothing(words: str) -> None:
    once = text.neutral(words)
    assert text.neutral(once) == once


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x2FF)))
def test_ordinary_text_stays_as_it_is(words: str) -> None:
    assert text.neutral(words) == words


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("\x1b[0m", "␛[0m"),
        ("\x7f", "␡"),
        ("a\u202eb", "a�b"),
        ("a\tb", "a b"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a␍b"),
        ("\x9b", "�"),
        ("🇩🇪", "DE"),
        ("❤\ufe0f", "❤"),
        ("e\u0301\u0302\u0303\u0304", "e\u0301\u0302"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u0301\u200d\u0302\u0303", "a\u0301\u0302"),
    ],
)
def test_what_is_taken_away_is_seen(words: str, shown: str) -> None:
    assert text.neutral(words) == shown


@given(hostile, st.integers(0, 90))
def test_cutting_keeps_to_the_width_and_says_so(words: str, width: int) -> None:
    short = text.cut(words, width)
    assert cell_len(short) <= width
    assert "\n" not in short
    if text.cells(words) <= width:
        assert short == text.bare(words)
    elif width:
        assert short.endswith("…")


@given(hostile, st.integers(0, 90), st.sampled_from(["left", "right"]))
def test_padding_fills_exactly(words: str, width: int, side: str) -> None:
    assert cell_len(text.pad(words, width, "right" if side == "right" else "left")) == width


@given(hostile, st.integers(2, 90), st.none() | st.integers(1, 4))
def test_wrapping_keeps_to_the_width(words: str, width: int, lines: int | None) -> None:
    shown = text.wrap(words, width, lines=lines)
    assert shown
    assert all(cell_len(part) <= width for part in shown)
    assert lines is None or len(shown) <= lines


@given(hostile, st.integers(2, 90))
def test_wrapping_loses_no_letter(words: str, width: int) -> None:
    whole = text.neutral(words)
    squeezed = "".join("".join(text.wrap(words, width)).split())
    assert squeezed == "".join(whole.split())


def test_wrapping_breaks_at_spaces_and_marks_what_is_left_out() -> None:
    words = "Preis erst in der dritten Runde genannt"
    assert text.wrap(words, 16) == ["Preis erst in", "der dritten", "Runde genannt"]
    assert text.wrap(words, 16, lines=2) == ["Preis erst in", "der dritten…"]
    assert text.wrap("", 16) == [""]
    assert text.wrap("漢字漢字", 5) == ["漢字", "漢字"]


SINKS: list[Callable[[str], Content]] = [text.plain, text.line, text.sentence, text.mark]


@pytest.mark.parametrize("sink", SINKS)
@given(words=hostile)
def test_content_is_never_parsed(sink: Callable[[str], Content], words: str) -> None:
    content = sink(words)
    expected = text.neutral(words) if sink is not text.line else text.bare(words)
    assert content.plain == expected
    assert content.spans == []


class Everything(App[None]):
    """Every place that the wrappers serve, at once."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def compose(self) -> ComposeResult:
        framed = Static(text.plain(self.words))
        framed.border_title = text.line(self.words)
        framed.styles.border = ("round", "red")
        framed.tooltip = text.plain(self.words)
        yield framed
        yield Label(text.sentence(self.words))
        yield Button(text.line(self.words))
        yield OptionList(text.option(self.words, "one"))
        yield Input(placeholder=text.bare(self.words))


@pytest.mark.parametrize("words", HOSTILE)
async def test_every_widget_shows_it_as_text(words: str) -> None:
    app = Everything(words)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        app.title = text.bare(words)
        text.notify(app, words, title=words, severity="warning")
        await pilot.pause()
        drawn = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert obeyed(drawn) == []
        first = text.neutral(words).split("\n")[0].strip()
        assert drawn.count(first) >= 6


async def test_palette_hits_are_not_parsed() -> None:
    hit = text.hit(Matcher("emea"), "deal [EMEA] [/x]", lambda: None, help="[/y] [EMEA]")
    assert isinstance(hit, Hit)
    assert isinstance(hit.prompt, Content)
    assert hit.prompt.plain == "deal [EMEA] [/x]"
    assert len(hit.prompt.spans) == 4
    assert hit.help is not None
    assert Content.from_markup(hit.help).plain == "[/y] [EMEA]"
    assert text.hit(Matcher("zzz"), "deal", lambda: None) is None
    found = text.discovery("[/x]", lambda: None, help="[/y]")
    assert isinstance(found.prompt, Content)
    assert found.prompt.plain == "[/x]"


async def test_the_framework_still_parses_plain_strings() -> None:
    """The reason for this room. When it fails, the framework has changed, and the list in `text` with it."""
    app = App[None]()
    async with app.run_test() as pilot:
        await app.mount(Label("deal [EMEA]"))
        await pilot.pause()
        assert "[EMEA]" not in "".join(strip.text for strip in app.screen._compositor.render_strips())
        with pytest.raises(MarkupError):
            Label("[/x]").render_str("[/x]")
