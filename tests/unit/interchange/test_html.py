"""The page for the printer, read again by a parser and, where there is one, by a browser: text stays text."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from retrotui.domain.minutes import Discretion, change
from retrotui.domain.text import one_line
from retrotui.interchange.html import html_page
from tests.export_picture import BROWSER, browse, photograph
from tests.unit.interchange.export_samples import (
    HOSTILE,
    filled_with,
    hostile,
    out_of,
    said,
    same_as_golden,
    sample,
)


class Reader(HTMLParser):
    """The elements with their attributes, and the text of each leaf."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_golden_page(lang: str, update_goldens: bool) -> None:
    page = html_page(out_of(lang=lang))
    same_as_golden(page, f"export.{lang}.html", update=update_goldens)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_that_was_said_is_left_out(lang: str) -> None:
    texts = Reader(html_page(out_of(lang=lang))).texts
    for words in said(sample()):
        assert any(words in text for text in texts), words


def test_nothing_runs_and_nothing_is_loaded() -> None:
    page = html_page(out_of())
    read = Reader(page)
    assert not {"script", "link", "img", "iframe", "object", "embed", "a", "form", "base"} & set(
        read.elements
    )
    assert not [
        name for name, _ in read.attributes if name.startswith("on") or name in ("src", "href", "style")
    ]
    assert "url(" not in page and "@import" not in page and "http" not in re.sub("http-equiv", "", page)


def test_the_policy_shows_our_style_sheet_and_nothing_else() -> None:
    page = html_page(out_of())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy is not None and style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    directives = policy[1].replace("&#39;", "'").split("; ")
    assert directives == [
        "default-src 'none'", f"style-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'none'",
    ]  # fmt: skip
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<body>")


@settings(max_examples=80, deadline=None)
@given(hostile)
def test_no_words_become_an_element(words: str) -> None:
    read, plain = (
        Reader(html_page(out_of(filled_with(words), "en"))),
        Reader(html_page(out_of(filled_with("x"), "en"))),
    )
    shown = one_line(words)
    if shown:
        assert read.elements == plain.elements
        assert sum(shown in text for text in read.texts) >= 20
    assert [name for name, _ in read.attributes if name.startswith("on")] == []
    assert dict(read.attributes) == dict(plain.attributes)


def test_it_is_made_for_the_printer() -> None:
    page = html_page(out_of())
    assert "@media print" in page and "size: A4" in page and '<html lang="de">' in page


def test_what_the_meeting_hides_is_not_on_the_page() -> None:
    hidden = Discretion(amounts=True, customers=True, people=True)
    page = html_page(out_of(change(sample(), discretion=hidden)))
    for word in ("48.000", "480.000", "Müller", "Nord AG", "Anna", "Novak", "Ben"):
        assert word not in page


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here to open the page with")
def test_a_browser_runs_nothing_and_shows_the_words(tmp_path: Path) -> None:
    words = " ".join(HOSTILE)
    file = tmp_path / "page.html"
    file.write_text(html_page(out_of(filled_with(words), "en")), encoding="utf-8")
    done = browse(file, tmp_path, "--dump-dom")
    read = Reader(done.stdout)
    assert one_line(words) in read.texts
    assert "gotcha" not in re.findall(r"<title>(.*?)</title>", done.stdout)
    assert not {"script", "img"} & set(read.elements)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here to open the page with")
def test_a_browser_shows_the_page_and_prints_it(tmp_path: Path) -> None:
    file, picture, paper = tmp_path / "page.html", tmp_path / "page.png", tmp_path / "page.pdf"
    file.write_text(html_page(out_of()), encoding="utf-8")
    photograph(file, picture, tmp_path, (600, 900))
    image = picture.read_bytes()
    assert image.startswith(b"\x89PNG") and struct.unpack(">II", image[16:24]) == (600, 900)
    file.write_text(re.sub(r"<body>.*</body>", "<body></body>", file.read_text(), flags=re.DOTALL))
    blank = tmp_path / "blank.png"
    photograph(file, blank, tmp_path, (600, 900))
    assert len(image) > 5 * blank.stat().st_size, "the page looks empty"
    file.write_text(html_page(out_of()), encoding="utf-8")
    browse(file, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    printed = paper.read_bytes()
    assert printed.startswith(b"%PDF") and 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 3
