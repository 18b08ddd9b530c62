"""The account of the rows: nothing is dropped in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrotui.errors import RetroError
from retrotui.interchange.crm import Import
from tests.unit.deals.tables import read_text, warned

HEAD = "Deal;Kunde;Status;Betrag\n"
ROW = "A;Nord AG;gewonnen;1,00\n"


def skipped(found: Import) -> list[tuple[int, str]]:
    assert found.imported + len(found.skipped) == found.rows
    return [(row.line, str(row.reason)) for row in found.skipped]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("\n", "blank"),
        (";;;\n", "blank"),
        (" ; ;\t;\n", "blank"),
        ("Summe;;;12,00\n", "totals"),
        ("Gesamtsumme (12 Datensätze);;;12,00\n", "totals"),
        ("Grand Totals (12 records)\n", "totals"),
        ("Total:;;;12\n", "totals"),
        (";;;12,00\n", "one cell"),
        (";;offen;12,00\n", "Names no deal"),
        ("Vertraulich - nicht weitergeben\n", "one cell"),
        ("Copyright 2026, alle Rechte vorbehalten;;;\n", "one cell"),
        (HEAD, "headers once more"),
        ("deal;KUNDE;status;betrag\n", "headers once more"),
        (ROW, "same as line 2"),
        ("B;Nord AG;offen;1;50\n", "5 cells for 4 columns"),
    ],
)
def test_what_is_no_deal_is_left_out_with_its_line_and_reason(tmp_path: Path, row: str, why: str) -> None:
    found = read_text(tmp_path, HEAD + ROW + row)
    ((line, reason),) = skipped(found)
    assert line == 3
    assert why in reason


@pytest.mark.parametrize(
    "row",
    [
        "Total Energies;Nord AG;offen;1,00",
        "Summe;Nord AG;offen;1,00",
        "B;;offen;1,00",
        ";Süd AG;offen;1,00",
        "B;Nord AG;;1,00",
        "B;Nord AG;offen",
        "B;Nord AG;offen;1,00;;;",
        "=1+2;Nord AG;offen;1",
    ],
)
def test_what_could_be_a_deal_is_kept(tmp_path: Path, row: str) -> None:
    found = read_text(tmp_path, HEAD + ROW + row + "\n")
    assert skipped(found) == []
    assert found.imported == 2


def test_identical_rows_collapse_into_the_first(tmp_path: Path) -> None:
    found = read_text(tmp_path, HEAD + ROW + "B;Nord AG;offen;2\n" + ROW + ROW)
    assert [deal.title for deal in found.deals] == ["A", "B"]
    assert [line for line, _ in skipped(found)] == [4, 5]


def test_the_same_id_with_different_content_stays_apart_and_is_marked(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Id;Name;Stage;Amount\n7;A;Won;1\n8;B;Won;1\n7;C;Won;1\n7;D;Won;1\n")
    assert [(deal.id, deal.key) for deal in found.deals] == [
        ("7", "7"),
        ("8", "8"),
        ("7", "7-2"),
        ("7", "7-3"),
    ]
    assert warned(found) == [(4, "id"), (5, "id")]


def test_records_and_lines_count_what_stands_in_the_file(tmp_path: Path) -> None:
    found = read_text(tmp_path, 'Export\n\nDeal;Status;Betrag;Notiz\n\nA;offen;1;"x\ny"\n\nB;offen;2;z\n')
    assert [(deal.record, deal.line) for deal in found.deals] == [(2, 5), (4, 8)]
    assert [line for line, _ in skipped(found)] == [4, 7]
    assert warned(found) == [(1, "")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count_as_one(tmp_path: Path, end: str) -> None:
    text = 'Deal;Status;Betrag;Notiz\nA;offen;1;"x\ny"\nB;offen;2;z\n'.replace("\n", end)
    found = read_text(tmp_path, text)
    assert [(deal.title, deal.line, deal.note) for deal in found.deals] == [("A", 2, "x\ny"), ("B", 4, "z")]


def test_lines_above_the_header_are_reported(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Vertrieb Süd\nStand;01.02.2026\n" + HEAD + ROW)
    assert warned(found) == [(1, ""), (2, "")]
    assert "Stand" in str(found.warnings[1].text)


def test_a_separator_line_is_obeyed_and_is_no_row(tmp_path: Path) -> None:
    found = read_text(tmp_path, "sep=|\nDeal|Status|Betrag\nA;x|offen|1\n")
    assert (found.delimiter, found.rows, found.deals[0].title, found.deals[0].line) == ("|", 1, "A;x", 3)
    assert warned(found) == []


def test_headers_without_rows_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RetroError, match="no rows"):
        read_text(tmp_path, HEAD)


def test_a_crowd_of_one_kind_of_warning_becomes_a_few_and_a_sum(tmp_path: Path) -> None:
    found = read_text(tmp_path, HEAD + "".join(f"D{n};Nord AG;offen;x{n}\n" for n in range(100)))
    assert len(found.warnings) == 21
    assert "80 more" in str(found.warnings[-1].text)
    assert found.imported == 100


def test_the_account_as_json_has_exactly_the_keys_of_the_contract(tmp_path: Path) -> None:
    document = read_text(tmp_path, HEAD + ROW + "B;Nord AG;offen;x\n\n").document(str)
    assert list(document) == [
        *("file", "encoding", "delimiter", "decimal", "date_order", "rows", "imported", "columns"),
        *("unknown_columns", "skipped", "warnings", "deals"),
    ]
    deals = document["deals"]
    assert isinstance(deals, list)
    deal = deals[0]
    assert list(deal) == [
        *("record", "line", "id", "title", "account", "owner", "amount", "currency", "stage", "outcome"),
        *("created", "decided", "expected", "reason_raw", "competitors", "note"),
    ]
    assert document["warnings"] == [{"line": 3, "field": "amount", "text": "“x” is no amount. Unknown."}]
    assert document["skipped"] == [{"line": 4, "reason": "A blank row."}]
    assert deal["owner"] is None
    assert deal["competitors"] == []
