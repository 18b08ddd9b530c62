"""Markdown, read again by a parser: nothing that people wrote is markup, and nothing of it is missing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from retrotui.domain.text import one_line
from retrotui.interchange.markdown import escaped, markdown_text
from tests.unit.interchange.export_samples import (
    HOSTILE,
    filled_with,
    hostile,
    out_of,
    said,
    same_as_golden,
    sample,
)

HARMLESS = {"text", "strong_open", "strong_close"}
BLOCKS = {
    "heading",
    "paragraph",
    "bullet_list",
    "list_item",
    "inline",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def parser() -> MarkdownIt:
    """As GitHub reads: tables, strike-through, and addresses that become links by themselves."""
    reader = MarkdownIt("gfm-like")
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})
    reader.linkify.add("//", None)
    return reader


READER = parser()


def tokens(text: str) -> list[Token]:
    return READER.parse(text)


def words_of(text: str) -> list[str]:
    """The text of each block, without its marks."""
    return [
        "".join(child.content for child in token.children or ())
        for token in tokens(text)
        if token.type == "inline"
    ]


def kinds(text: str) -> set[str]:
    return {child.type for token in tokens(text) for child in token.children or ()}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_golden_markdown(lang: str, update_goldens: bool) -> None:
    text = markdown_text(out_of(lang=lang))
    same_as_golden(text, f"export.{lang}.md", update=update_goldens)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_that_was_said_is_left_out(lang: str) -> None:
    blocks = words_of(markdown_text(out_of(lang=lang)))
    for words in said(sample()):
        assert any(words in block for block in blocks), words


@pytest.mark.parametrize("words", HOSTILE)
def test_words_come_out_as_they_are_wherever_they_stand(words: str) -> None:
    shown = one_line(words)
    for block in (f"# {escaped(shown)}", f"- {escaped(shown)}", escaped(shown), f"**{escaped(shown)}**"):
        assert words_of(block) == [shown]
        assert kinds(block) <= HARMLESS


@settings(max_examples=60, deadline=None)
@given(hostile)
@example("C #")
@example("1.")
@example("\\")
@example("a" + "*" * 30)
def test_no_words_become_markup(words: str) -> None:
    text = markdown_text(out_of(filled_with(words), "en"))
    assert kinds(text) <= HARMLESS
    blocks = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(text)}
    assert blocks <= BLOCKS
    shown = one_line(words)
    found = words_of(text)
    assert not shown or any(block == shown for block in found)
    assert sum(shown in block for block in found) >= 20 or not shown


@settings(max_examples=60, deadline=None)
@given(hostile)
def test_words_forge_no_heading_item_or_row(words: str) -> None:
    def shape(text: str) -> list[str]:
        return [token.type for token in tokens(text) if token.type != "inline"]

    shown = one_line(words)
    if shown:
        assert shape(markdown_text(out_of(filled_with(words), "en"))) == shape(
            markdown_text(out_of(filled_with("plain"), "en"))
        )


def test_what_was_put_together_stands_under_it() -> None:
    lines = markdown_text(out_of(lang="en")).splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("- **Hurt: Price**"))
    assert lines[place + 1].startswith("  - **Hurt: unsorted**")


@pytest.mark.parametrize("words", ["a | b", "|", "| --- |", "\\|"])
def test_words_in_a_table_stay_in_their_cell(words: str) -> None:
    found = words_of(markdown_text(out_of(filled_with(words), "en")))
    plain = words_of(markdown_text(out_of(filled_with("plain"), "en")))
    assert found.count(words) == plain.count("plain") > 7
