"""What whole columns decide: decimal marks, dates, currencies, zeros, chances, names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.deals.tables import read_text, warned


def amounts(folder: Path, text: str) -> tuple[list[str | None], str | None, list[tuple[int | None, str]]]:
    found = read_text(folder, text)
    return [deal.amount for deal in found.deals], found.decimal, warned(found)


def test_a_doubtful_amount_is_read_by_the_rest_of_its_column(tmp_path: Path) -> None:
    assert amounts(tmp_path, "Deal;Status;Value\nA;won;18.500\nB;won;1,5\n") == (
        ["18500.00", "1.50"],
        ",",
        [],
    )
    assert amounts(tmp_path, "Deal;Status;Value\nA;won;18,500\nB;won;1.5\n") == (
        ["18500.00", "1.50"],
        ".",
        [],
    )


@pytest.mark.parametrize(
    ("text", "amount", "decimal"),
    [
        ("Deal;Status;Value\nA;won;18.500\n", "18500.00", ","),
        ("Deal;Status;Value\nA;won;18,500\n", "18.500", ","),
        ("Deal,Status,Value\nA,won,18.500\n", "18.500", "."),
        ('Deal,Status,Value\nA,won,"18,500"\n', "18500.00", "."),
        ('Deal,Status,Value,Hours\nA,won,18.500,"7,5"\n', "18500.00", ","),
        ("Deal,Status,Value,Created\nA,won,18.500,31.12.2025\n", "18500.00", ","),
        ("Deal;Status;Value;Created\nA;won;18,500;12/31/2025\n", "18500.00", "."),
        ("Deal,Status,Betrag\nA,won,18.500\n", "18500.00", ","),
        ("Deal\tStatus\tValue\nA\twon\t18,500\n", "18500.00", "."),
    ],
)
def test_where_a_column_cannot_tell_the_other_columns_and_the_separator_decide_and_the_report_says_so(
    tmp_path: Path, text: str, amount: str, decimal: str
) -> None:
    assert amounts(tmp_path, text) == ([amount], decimal, [(None, "amount")])


def test_where_no_column_of_amounts_is_understood_the_report_says_so(tmp_path: Path) -> None:
    assert amounts(tmp_path, "Deal;Status;Closed on\nA;won;01.02.2026\n") == (
        [None],
        None,
        [(None, "amount")],
    )


def test_whole_numbers_need_no_decision(tmp_path: Path) -> None:
    assert amounts(tmp_path, "Deal,Status,Value\nA,won,1500\n") == (["1500.00"], ".", [])


def test_a_column_of_mixed_marks_reads_what_is_plain_and_reports_the_rest(tmp_path: Path) -> None:
    text = "Deal;Status;Value\nA;won;1.234,56\nB;won;1,234.56\nC;won;1.500\n"
    assert amounts(tmp_path, text)[::2] == (["1234.56", "1234.56", None], [(4, "amount")])


def test_what_says_that_nothing_is_known_is_unknown_without_a_warning(tmp_path: Path) -> None:
    text = "Deal;Status;Betrag;Abschlussdatum;Wettbewerber\nA;offen;-;k. A.;keine\nB;offen;n/a;;–\n"
    found = read_text(tmp_path, text)
    assert [(deal.amount, deal.expected, deal.competitors) for deal in found.deals] == [(None, None, ())] * 2
    assert warned(found) == []


def test_a_zero_on_all_lost_deals_means_no_revenue_and_is_said_once(tmp_path: Path) -> None:
    text = "Deal;Status;Betrag\nA;gewonnen;5\nB;verloren;0\nC;verloren;0,00\nD;verloren;\n"
    assert amounts(tmp_path, text) == (["5.00", None, None, None], ",", [(3, "amount")])


def test_a_zero_among_lost_deals_with_amounts_stays(tmp_path: Path) -> None:
    assert amounts(tmp_path, "Deal;Status;Betrag\nA;verloren;5\nB;verloren;0\n")[0] == ["5.00", "0.00"]


def test_a_lost_deal_is_worth_what_was_offered_and_a_won_one_what_came_of_it(tmp_path: Path) -> None:
    text = "Topic,Status,Est. Revenue,Actual Revenue\nA,Won,10,8\nB,Lost,10,0\nC,Open,10,\nD,Won,10,\n"
    assert amounts(tmp_path, text)[0] == ["8.00", "10.00", "10.00", "10.00"]


@pytest.mark.parametrize(
    ("header", "row", "currency"),
    [
        ("Deal;Status;Betrag;Währung", "A;won;5;CHF", "CHF"),
        ("Deal;Status;Betrag;Währung", "A;won;5 €;CHF", "EUR"),
        ("Deal;Status;Betrag (USD);Notiz", "A;won;5;", "USD"),
        ("Deal;Status;Betrag;Notiz", "A;won;£5;", "GBP"),
        ("Deal;Status;Betrag;Notiz", "A;won;5;", ""),
        ("Deal;Status;Betrag;Währung", "A;won;5;XAU", "XAU"),
        ("Deal;Status;Betrag;Währung", "A;won;5;", ""),
    ],
)
def test_the_currency_is_the_cells_else_the_columns_else_the_headers(
    tmp_path: Path, header: str, row: str, currency: str
) -> None:
    assert read_text(tmp_path, f"{header}\n{row}\n").deals[0].currency == currency


def test_a_default_currency_is_for_amounts_that_name_none(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Deal;Status;Betrag\nA;won;5\nB;won;$6\n", currency="EUR")
    assert [deal.currency for deal in found.deals] == ["EUR", "USD"]


def test_an_unknown_currency_is_unknown_and_said(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Deal;Status;Betrag;Währung\nA;won;5;Taler\nB;won;5;EUR\n")
    assert [deal.currency for deal in found.deals] == ["", "EUR"]
    assert warned(found) == [(2, "currency")]


def test_several_currencies_are_said(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Deal;Status;Betrag;Währung\nA;won;5;USD\nB;won;5;EUR\n")
    assert warned(found) == [(None, "currency")]


def test_impossible_dates_are_unknown_with_a_warning(tmp_path: Path) -> None:
    days = ("31.02.2026", "00/00/0000", "2026-13-01", "01.02.2026")
    rows = "".join(f"D{at};won;1;{day}\n" for at, day in enumerate(days))
    found = read_text(tmp_path, f"Deal;Status;Betrag;Abschlussdatum\n{rows}")
    assert [deal.decided is None for deal in found.deals] == [True, True, True, False]
    assert warned(found) == [(2, "decided"), (3, "decided"), (4, "decided")]


@pytest.mark.parametrize(
    ("text", "day", "order"),
    [
        ("Deal,Status,Amount,Created,Close Date\nA,won,1,1/13/2026,2/3/2026\n", "2026-02-03", "MDY"),
        ("Deal,Status,Amount,Created,Close Date\nA,won,1,13/1/2026,2/3/2026\n", "2026-03-02", "DMY"),
        ("Deal,Status,Amount,Close Date\nA,won,1,2/3/2026\n", "2026-02-03", "MDY"),
        ("Deal,Status,Amount,Close Date\nA,won,1,02-03-26\n", "2026-03-02", "DMY"),
        ("Deal;Status;Amount;Close Date\nA;won;1;2/3/2026\n", "2026-03-02", "DMY"),
        ('Deal,Status,Amount,Close Date\nA,won,"1,5",2/3/2026\n', "2026-03-02", "DMY"),
        ("Deal,Status,Betrag,Close Date\nA,won,1,2/3/2026\n", "2026-03-02", "DMY"),
    ],
)
def test_where_dates_cannot_tell_their_order_the_rest_of_the_file_does_and_the_report_says_so(
    tmp_path: Path, text: str, day: str, order: str
) -> None:
    found = read_text(tmp_path, text)
    assert str(found.deals[0].decided) == day
    assert found.date_order == order
    assert (None, "decided") in warned(found)


@pytest.mark.parametrize(
    ("cells", "chances"),
    [
        (["60", "100", "5"], [60, 100, 5]),
        (["0.6", "1", "0"], [60, 100, 0]),
        (["60 %", "0 %", ""], [60, 0, None]),
        (["60,5 %", "x", "-"], [60, None, None]),
        (["1 %", "0 %", "150"], [1, 0, None]),
    ],
)
def test_chances_are_per_cent(tmp_path: Path, cells: list[str], chances: list[int | None]) -> None:
    rows = "".join(f"D{at};offen;1;{cell}\n" for at, cell in enumerate(cells))
    found = read_text(tmp_path, f"Deal;Status;Betrag;Wahrscheinlichkeit\n{rows}")
    assert [deal.probability for deal in found.deals] == chances


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Acme", ("Acme",)),
        ("Acme; Globex", ("Acme", "Globex")),
        ("Acme, Globex", ("Acme", "Globex")),
        ("Acme, Inc.", ("Acme, Inc.",)),
        ("Müller GmbH, Co. KG", ("Müller GmbH, Co. KG",)),
        ("Acme|Globex|Acme", ("Acme", "Globex")),
        ("-", ()),
        ("Keine", ()),
    ],
)
def test_competitors_are_parted_and_nobody_is_nobody(
    tmp_path: Path, cell: str, names: tuple[str, ...]
) -> None:
    found = read_text(tmp_path, f'Deal\tStatus\tBetrag\tWettbewerber\nA\toffen\t1\t"{cell}"\n')
    assert found.deals[0].competitors == names


def test_contributors_are_kept(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Deal\tStatus\tBetrag\tBeteiligte\nA\toffen\t1\tTechnik: Ola; Service: Jo\n")
    assert found.deals[0].contributors == ("Technik: Ola", "Service: Jo")
