"""Tables, read by a spreadsheet's rules: its marks, its columns, and no cell that computes."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrotui.domain.minutes import DealRecord, change
from retrotui.domain.text import one_line
from retrotui.interchange import exports
from retrotui.interchange.tables import SHEETS, csv_text, defused
from tests.unit.interchange.export_samples import (
    HOSTILE,
    filled_with,
    hostile,
    neighbours,
    out_of,
    said,
    same_as_golden,
    sample,
)

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NAMES = [sheet.name for sheet in SHEETS]


def rows(content: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True))


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_golden_tables(lang: str, name: str, update_goldens: bool) -> None:
    part = next(one for one in exports.tables([out_of(lang=lang)], lang) if one.table == name)
    same_as_golden(part.content, f"export-{name}.{lang}.csv", update=update_goldens)


@pytest.mark.parametrize(("lang", "separator", "amount"), [("de", ";", "48000,00"), ("en", ",", "48000.00")])
def test_separator_and_decimal_mark_are_those_of_the_language(lang: str, separator: str, amount: str) -> None:
    for part in exports.tables([out_of(lang=lang)], lang):
        text = part.content.decode("utf-8-sig")
        assert part.content.startswith(b"\xef\xbb\xbf") and not text.startswith("\ufeff")
        assert text.count("\r\n") == text.count("\n") == len(rows(text, separator))
        read = rows(text, separator)
        assert len(read[0]) > 10 and {len(row) for row in read} == {len(read[0])}
        if part.table != "experiments":
            assert any(amount in row for row in read)


def test_nothing_that_was_said_is_left_out_of_all_tables_together() -> None:
    cells = {cell for sheet in SHEETS for row in rows(csv_text(sheet, [out_of()], "de"), ";") for cell in row}
    figures = {" ".join(one.label.split()) for one in sample().metric} | {one.title for one in sample().deal}
    for words in set(said(sample())) - figures:
        assert words in cells, words


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["de", "en"]), hostile)
@example("de", "=1+1")
@example("en", " \t=1+1")
@example("de", "a,@SUM(1)")
def test_no_cell_is_a_formula_and_no_row_is_forged(lang: str, words: str) -> None:
    out = out_of(filled_with(words), lang)
    plain = out_of(filled_with("plain"), lang)
    for sheet in SHEETS:
        text = csv_text(sheet, [out], lang)
        read = rows(text, ";" if lang == "de" else ",")
        assert len(read) == len(rows(csv_text(sheet, [plain], lang), ";" if lang == "de" else ","))
        assert {len(row) for row in read} == {len(sheet.head)}
        assert not [cell for row in read for cell in row if cell.startswith(FORMULA)]
        assert all(letter in "\r\n" or ord(letter) >= 32 for letter in text)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_computes_although_the_wrong_separator_is_taken(words: str, separator: str) -> None:
    for sheet in SHEETS:
        for lang in ("de", "en"):
            for row in csv.reader(
                io.StringIO(csv_text(sheet, [out_of(filled_with(words), lang)], lang)), delimiter=separator
            ):
                assert not [cell for cell in row if cell.startswith(("=", "@", "+1", "-2"))], (words, row)


@given(hostile)
def test_words_stay_the_same_but_for_the_apostrophes(words: str) -> None:
    shown = one_line(words)
    cell = defused(shown)
    assert cell.replace("'", "") == shown.replace("'", "")
    assert len(cell) - len(shown) <= shown.count(",") + shown.count(";") + 1


@pytest.mark.parametrize(
    "words", ["5,- Euro", "310.000,--", "a, -5 %", "Preis; = zu hoch", "1-2", "x=1", "mail@x.de"]
)
def test_what_is_no_formula_stays_untouched(words: str) -> None:
    assert defused(words) == words


def test_a_negative_amount_is_a_number_and_no_formula() -> None:
    deal = DealRecord(id="nord-ag", account="Nord AG", amount="-1234.50", outcome="lost")
    factor = change(sample().factor[0], deal="nord-ag")
    out = out_of(change(sample(), deal=(deal,), factor=(factor,), currency="EUR"))
    row = rows(csv_text(SHEETS[1], [out], "de"), ";")[1]
    assert "-1234,50" in row and row[row.index("-1234,50") + 1] == "EUR"
    assert Decimal(row[row.index("-1234,50")].replace(",", ".")) == Decimal("-1234.50")


def test_several_meetings_stand_in_one_table_under_one_head() -> None:
    meetings = [out_of(), out_of(neighbours()[0])]
    read = rows(csv_text(SHEETS[2], meetings, "de"), ";")
    ids = {row[0] for row in read[1:]}
    assert ids == {out.minutes.id for out in meetings}
    assert sum(row[0] == read[0][0] for row in read) == 1


def test_a_pipe_gets_the_tables_one_after_the_other_without_marks() -> None:
    parts = exports.tables([out_of()], "de")
    content = exports.for_a_pipe(parts)
    assert b"\xef\xbb\xbf" not in content
    blocks = content.decode().split("\r\n\r\n")
    assert [block.split(";", 1)[0] for block in blocks] == [rows(blocks[0], ";")[0][0]] * 3
