"""Figures from a file: German and English, with the same separators and numbers as every table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrotui.errors import RetroError
from retrotui.interchange import numbers_file
from retrotui.interchange.numbers_file import Number, NumbersFile


def read(folder: Path, text: str, encoding: str = "utf-8") -> NumbersFile:
    path = folder / "numbers.csv"
    path.write_bytes(text.encode(encoding))
    return numbers_file.read(path)


def test_a_german_file_of_figures(tmp_path: Path) -> None:
    text = (
        "Kennzahl;Ist;Ziel;Einheit;Besser\r\nUmsatz Süd;480,5;520;T€;höher\r\nAbschlussquote;63,2 %;65;;\r\n"
        "Tage bis Abschluss;45;40;Tage;niedriger\r\nNeukunden;1.200;1.500;Stück;\r\n"
    )
    found = read(tmp_path, text, "cp1252")
    assert found.numbers == (
        Number("umsatz-sued", "Umsatz Süd", "480500.00", "520000.00", "currency", "EUR", "higher"),
        Number("abschlussquote", "Abschlussquote", "63.2", "65", "percent", "", "higher"),
        Number("tage-bis-abschluss", "Tage bis Abschluss", "45", "40", "days", "", "lower"),
        Number("neukunden", "Neukunden", "1200", "1500", "count", "", "higher"),
    )
    assert found.remarks == ()


def test_an_english_file_of_figures(tmp_path: Path) -> None:
    rows = ('Revenue,"$480,000.50","520,000",,higher', "Churn,2.5,2,%,lower", "Calls,,40,count,")
    text = "\n".join(("metric,actual,target,unit,better", *rows))
    assert read(tmp_path, text).numbers == (
        Number("revenue", "Revenue", "480000.50", "520000.00", "currency", "USD", "higher"),
        Number("churn", "Churn", "2.5", "2", "percent", "", "lower"),
        Number("calls", "Calls", "", "40", "count", "", "higher"),
    )


def test_only_the_name_and_the_actual_value_are_needed(tmp_path: Path) -> None:
    assert read(tmp_path, "Kennzahl;Ist\nTermine;12\n").numbers == (
        Number("termine", "Termine", "12", "", "", "", "higher"),
    )


def test_what_is_no_number_is_unknown_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, "metric,actual,target\nA,viel,3\n,1,2\nA,4,\nB,999999999999999 Mrd. €,1\n")
    assert [(number.id, number.actual) for number in found.numbers] == [("a", ""), ("a-2", "4"), ("b", "")]
    assert [line for line, _ in found.remarks] == [2, 3, 5]


@pytest.mark.parametrize(
    ("unit", "actual", "currency"),
    [
        ("T€", "480000.00", "EUR"),
        ("Tsd. EUR", "480000.00", "EUR"),
        ("Tausend €", "480000.00", "EUR"),
        ("Mio. CHF", "480000000.00", "CHF"),
        ("€", "480.00", "EUR"),
    ],
)
def test_money_in_thousands_and_millions_is_written_out(
    tmp_path: Path, unit: str, actual: str, currency: str
) -> None:
    (number,) = read(tmp_path, f"Kennzahl;Ist;Einheit\nUmsatz;480;{unit}\n").numbers
    assert (number.actual, number.unit, number.currency) == (actual, "currency", currency)


def test_a_unit_that_is_not_known_is_left_open_and_never_half_read(tmp_path: Path) -> None:
    (number,) = read(tmp_path, "Kennzahl;Ist;Einheit\nUmsatz;480;Kisten €\n").numbers
    assert (number.actual, number.unit) == ("480", "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kennzahl;Ist\n",
        "Deal;Status;Betrag\nA;won;1\n",
        "foo\nbar\n",
        "metric,target\nA,1\n",
        "Kennzahl;Ist\n" + "A;1\n" * 201,
    ],
)
def test_what_is_no_file_of_figures_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(RetroError) as refused:
        read(tmp_path, text)
    assert refused.value.hint is not None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_any_rows_are_read_or_refused(tmp_path: Path, rows: list[list[str]]) -> None:
    text = "\n".join(["Kennzahl;Ist;Ziel;Einheit;Besser", *(";".join(row) for row in rows)])
    try:
        found = read(tmp_path, text.encode("utf-8", "replace").decode())
    except RetroError:
        return
    assert len({number.id for number in found.numbers}) == len(found.numbers)
    for number in found.numbers:
        assert number.label
        for value in (number.actual, number.target):
            assert value == "" or float(value) is not None
            assert len(value.partition(".")[0].lstrip("-")) <= 15
