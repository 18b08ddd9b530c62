"""Amounts in thousands and millions, days as a spreadsheet's numbers: read, and told in the account."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.interchange.amounts import decimal_string, in_ones, shape_of, unit_of
from retrotui.interchange.dates import day_of, serial_of
from tests.unit.deals.tables import read_text, warned


@pytest.mark.parametrize(
    ("text", "mark", "amount", "currency"),
    [
        ("480 T€", ",", "480000.00", "EUR"),
        ("T€ 480", ",", "480000.00", "EUR"),
        ("350 TEUR", ",", "350000.00", "EUR"),
        ("1.250,5 TCHF", ",", "1250500.00", "CHF"),
        ("1,2 Mio. €", ",", "1200000.00", "EUR"),
        ("EUR 1,2 Mio.", ",", "1200000.00", "EUR"),
        ("0,0485 MEUR", ",", "48500.00", "EUR"),
        ("75 Tsd. EUR", ",", "75000.00", "EUR"),
        ("2,5 Mrd. €", ",", "2500000000.00", "EUR"),
        ("(480 T€)", ",", "-480000.00", "EUR"),
        ("$1.2M", ".", "1200000.00", "USD"),
        ("USD 3.5m", ".", "3500000.00", "USD"),
        ("€25K", ".", "25000.00", "EUR"),
        ("75k", ".", "75000.00", ""),
        ("$1.1bn", ".", "1100000000.00", "USD"),
    ],
)
def test_an_amount_in_thousands_or_millions_reads_in_full(
    text: str, mark: str, amount: str, currency: str
) -> None:
    shape = shape_of(text)
    assert shape is not None
    assert (decimal_string(shape, mark), shape.currency) == (amount, currency)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["480 t", "12 Stück", "5 k m", "3 Mio. Stück", "4 EUR USD", "5 km", "2 Billionen €"]
)
def test_what_may_be_something_else_is_no_amount(text: str) -> None:
    assert shape_of(text) is None


@pytest.mark.parametrize("header", ["m", "T", "Team", "Status", "t", "Monat", "Tag"])
def test_a_header_of_letters_is_no_unit(header: str) -> None:
    assert unit_of(header, column=True) is None


@given(st.decimals(Decimal("0.01"), 10**6, places=2), st.sampled_from([3, 6]))
def test_zeros_left_out_come_back(amount: Decimal, power: int) -> None:
    found = in_ones(f"{amount:f}", power)
    assert found is not None
    assert Decimal(found) == amount.scaleb(power)


@pytest.mark.parametrize(
    ("header", "amount", "currency"),
    [
        ("Auftragswert (T€)", "12500.00", "EUR"),
        ("Umsatz in TEUR", "12500.00", "EUR"),
        ("Volumen Mio. €", "12500000.00", "EUR"),
        ("Betrag [Mio EUR]", "12500000.00", "EUR"),
        ("Betrag (in Tausend Euro)", "12500.00", "EUR"),
        ("Wert MEUR", "12500000.00", "EUR"),
        ("Wert/TCHF", "12500.00", "CHF"),
        ("Amount (in thousands)", "12500.00", ""),
        ("Betrag in EUR", "12.50", "EUR"),
        ("Betrag", "12.50", ""),
    ],
)
def test_a_header_in_thousands_multiplies_its_column_and_says_so(
    tmp_path: Path, header: str, amount: str, currency: str
) -> None:
    found = read_text(tmp_path, f"Kunde;Deal;{header};Status\nNord;Kran;12,5;gewonnen\n")
    assert (found.deals[0].amount, found.deals[0].currency) == (amount, currency)
    assert warned(found) == ([(None, "amount")] if amount != "12.50" else [])


def test_a_cell_that_counts_in_thousands_is_not_multiplied_twice(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Kunde;Deal;Wert (T€);Status\nA;B;480 T€;Won\nC;D;7,5;Won\n")
    assert [deal.amount for deal in found.deals] == ["480000.00", "7500.00"]
    assert warned(found) == [(None, "amount"), (2, "amount")]


@given(st.dates(date(1970, 1, 1), date(2060, 12, 31)))
def test_a_day_of_a_spreadsheet_is_that_day(day: date) -> None:
    shape = serial_of(
        str((day - date(1900, 3, 1)) // timedelta(days=1) + 61)
    )  # Excel: 61 is the 1st of March 1900
    assert shape is not None
    assert day_of(shape, None) == day


HEAD = "Kunde;Deal;Betrag;Status;Angelegt am;Abschlussdatum\n"


def test_a_column_of_nothing_but_day_numbers_reads_as_days_and_says_so(tmp_path: Path) -> None:
    found = read_text(
        tmp_path, HEAD + "A;B;1,50;Won;02.05.2025;45944\nC;D;2,50;Lost;-;45950,5\nE;F;1;Open;;\n"
    )
    assert [deal.decided for deal in found.deals] == [date(2025, 10, 14), date(2025, 10, 20), None]
    assert warned(found) == [(None, "decided")]
    assert found.date_order == "DMY"


@pytest.mark.parametrize("other", ["14.10.2025", "4594", "99999", "bald"])
def test_a_number_among_other_things_is_no_day(tmp_path: Path, other: str) -> None:
    found = read_text(tmp_path, HEAD + f"A;B;1,50;Won;;45944\nC;D;2,50;Lost;;{other}\n")
    assert found.deals[0].decided is None
    assert (2, "decided") in warned(found)


def test_a_column_closed_that_holds_days_is_the_closing_date(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Account,Deal,Amount,Outcome,Closed\nA,B,1,won,2025-10-14\nC,D,1,lost,\n")
    assert [deal.decided for deal in found.deals] == [date(2025, 10, 14), None]
    assert found.columns["decided"] == "Closed"
    flags = read_text(tmp_path, "Account,Deal,Amount,Stage,Closed\nA,B,1,won,yes\nC,D,1,lost,no\n")
    assert "decided" not in flags.columns


@pytest.mark.parametrize(
    ("rows", "more", "amount"),
    [
        ("A,B,Won,90,100\nC,D,Lost,0,0\n", "", None),  # weighted: what is lost has no chance
        ("A,B,Won,90,100\nC,D,Lost,70,0\n", "", "90.00"),
        ("A,B,Won,90,100\nC,D,Lost,0,0\n", ",Weighted Revenue", "90.00"),
    ],
)
def test_an_expected_revenue_is_the_amount_only_where_the_file_shows_that_it_is_not_weighted(
    tmp_path: Path, rows: str, more: str, amount: str | None
) -> None:
    found = read_text(tmp_path, f"Account,Deal,Stage,Expected Revenue,Probability (%){more}\n{rows}")
    assert found.deals[0].amount == amount
    assert ((None, "amount") in warned(found)) is (amount is None)
    assert ("Expected Revenue" in found.unknown_columns) is (amount is None)


def test_a_sum_with_a_name_is_a_sum_and_a_company_with_such_a_name_is_none(tmp_path: Path) -> None:
    text = "Kunde;Deal;Summe netto;Status\nA;B;1,50;Won\nZwischensumme Ina;;1,50;\nA Ergebnis;;1,50;\n"
    found = read_text(tmp_path, text + "Total Energies;C;2,50;Won\nSumme AG;;9,50;Lost\n;;;Total\n")
    assert [deal.account for deal in found.deals] == ["A", "Total Energies", "Summe AG"]
    assert [row.line for row in found.skipped] == [3, 4, 7]
