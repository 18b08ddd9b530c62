"""Headers: every one of the table, in every spelling; columns by hand; what is no table of deals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.errors import RetroError
from retrotui.interchange.crm.columns import FIELDS, field_named, match, score, what_is_missing
from retrotui.interchange.crm.headings import key
from retrotui.interchange.knowledge import table
from tests.unit.deals.tables import read_text

HEADERS = table("crm/headers.toml")
KNOWN = [
    (field, header)
    for field, systems in HEADERS.items()
    if isinstance(systems, dict) and field != "not_deals"
    for system, headers in systems.items()
    if system not in ("together", "weak")
    for header in headers
]


def fields_of(*headers: str) -> dict[str, tuple[int, ...]]:
    return dict(match(headers, {}, {}).at)


@pytest.mark.parametrize(("field", "header"), KNOWN)
def test_every_header_of_the_table_means_its_field(field: str, header: str) -> None:
    assert fields_of(header).get(field) == (0,)


@given(
    st.sampled_from(KNOWN),
    st.sampled_from([str.upper, str.lower, str.title, str]),
    st.sampled_from(["", " ", "-", "_"]),
)
def test_case_and_spaces_and_hyphens_do_not_matter(known: tuple[str, str], case: object, space: str) -> None:
    field, header = known
    written = f" {case(header)} ".replace(" ", space) if callable(case) else header
    assert fields_of(written).get(field) == (0,)


@pytest.mark.parametrize(
    "header",
    ["Währung", "Waehrung", "WÄHRUNG", "Wa\u0308hrung", "Deal - Währung", "deal_waehrung", "Deal: Währung"],
)
def test_umlauts_and_a_prefix_do_not_matter(header: str) -> None:
    assert "currency" in fields_of(header)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Betrag (EUR)", "amount"),
        ("Amount in USD", "amount"),
        ("Umsatz €", "amount"),
        ("Loss_Reason__c", "reason_raw"),
        ("Deal Amount", "amount"),
        ("ACCOUNT.NAME", "account"),
        ("STAGENAME", "stage"),
        ("Probability (%)", "probability"),
        ("Deal\nName", "title"),
        ("Close Date*", "closing"),
        ("Auftragswert netto", "amount"),
        ("Umsatz in TEUR", "amount"),
        ("Volumen Mio. €", "amount"),
        ("Amount ($K)", "amount"),
        ("Vertriebsmitarbeiter/in", "owner"),
        ("Verkäufer:in", "owner"),
        ("Abschlussdatum (erw.)", "expected"),
        ("Close Date (Est.)", "expected"),
        ("Opportunity-Inhaber: Vollständiger Name", "owner"),
        ("Reason_For_Loss__s", "reason_raw"),
    ],
)
def test_what_surrounds_a_header_does_not_matter(header: str, field: str) -> None:
    assert field in fields_of(header)


@pytest.mark.parametrize(
    "header",
    [
        "Weighted amount",
        "Gewichteter Umsatz",
        "Betrag (gewichtet)",
        "Amount (weighted)",
        "Deal - Weighted value",
        "Last Stage Change Date",
    ],
)
def test_what_is_not_the_amount_is_not_taken_for_it(header: str) -> None:
    assert fields_of(header) == {}


def test_the_exact_header_is_preferred_to_a_likeness() -> None:
    assert fields_of("Amount (converted)", "Amount")["amount"] == (1,)


def test_a_weak_likeness_counts_only_where_there_is_no_better_one() -> None:
    assert fields_of("Product", "Deal Name")["title"] == (1,)
    assert fields_of("Product", "Account")["title"] == (0,)


def test_a_header_serves_one_field() -> None:
    columns = match(["Description", "Stage"], {}, {})
    assert [field for field, places in columns.at.items() if 0 in places] == ["title"]


def test_unused_columns_are_listed_as_they_are_written() -> None:
    assert match(["Deal Name", "Next Step", "", "Stage", "Stage"], {}, {}).unknown == ("Next Step", "Stage")


def test_a_column_named_by_hand_comes_first() -> None:
    columns = match(["Betrag", "Auftragswert netto"], {"amount": "auftragswert  NETTO"}, {})
    assert columns.at["amount"] == (1,)
    assert columns.unknown == ("Betrag",)


def test_a_remembered_column_counts_where_the_file_has_it() -> None:
    assert match(["Betrag", "Netto"], {}, {"amount": "Netto"}).at["amount"] == (1,)
    assert match(["Betrag", "Kunde"], {}, {"amount": "Netto"}).at["amount"] == (0,)


def test_a_header_that_the_file_lacks_is_refused_with_the_nearest() -> None:
    with pytest.raises(RetroError) as refused:
        match(["Betrag", "Auftragswert netto"], {"amount": "Auftragswert"}, {})
    assert "Auftragswert netto" in str(refused.value.hint)


@pytest.mark.parametrize(
    ("typed", "field"),
    [("Amount", "amount"), ("reason", "reason_raw"), ("Status", "outcome"), (" competitor", "competitors")],
)
def test_fields_are_named_as_people_say(typed: str, field: str) -> None:
    assert field_named(typed) == field


def test_a_field_that_there_is_not_is_refused_with_all_there_are() -> None:
    with pytest.raises(RetroError) as refused:
        field_named("price")
    assert all(field in str(refused.value.hint) for field in FIELDS)


def test_a_column_by_hand_overrides_in_the_deals(tmp_path: Path) -> None:
    text = "Deal;Status;Betrag;Auftragswert netto\nA;Won;1,00;2,00\n"
    assert read_text(tmp_path, text).deals[0].amount == "1.00"
    assert read_text(tmp_path, text, columns={"amount": "Auftragswert netto"}).deals[0].amount == "2.00"


def test_a_header_of_unknown_words_is_found_by_the_columns_named_by_hand(tmp_path: Path) -> None:
    text = "Liste\n\nWer;Wie;Was\nNord AG;gewonnen;12,50\n"
    found = read_text(tmp_path, text, columns={"account": "Wer", "outcome": "Wie", "amount": "Was"})
    assert [(deal.account, deal.outcome, deal.amount) for deal in found.deals] == [
        ("Nord AG", "won", "12.50")
    ]


@pytest.mark.parametrize(
    ("headers", "missing"),
    [
        ("account,sector,year_established,revenue,employees,office_location,subsidiary_of", "stage"),
        ("Firma,Straße,PLZ,Ort,Umsatz,Status", "title"),
        ("Account Name,Type,Billing City,Annual Revenue,Status", "amount"),
        ("Vorname,Nachname,Firma,Status,Erstellt am", "amount"),
        ("Rechnungsnummer,Kunde,Betrag,Status,Datum", "title"),
        ("Row Labels,Sum of Amount,Count of Deals", "customer"),
        ("Stage,Count,Sum of Amount", "customer"),
        ("Kunde,Gewonnen,Verloren,Gesamtergebnis", "amount"),
        ("product,series,sales_price", "stage"),
        ("sales_agent,manager,regional_office", "customer"),
        ("Deal Name,Deal owner", "stage"),
    ],
)
def test_a_table_of_something_else_is_refused_with_what_is_missing_and_what_was_found(
    tmp_path: Path, headers: str, missing: str
) -> None:
    with pytest.raises(RetroError) as refused:
        read_text(tmp_path, headers + "\n" + ",".join("x" for _ in headers.split(",")) + "\n")
    said = str(refused.value.what)
    assert missing in said
    assert headers.split(",")[0] in said
    assert said.count(". ") == 0


def test_customers_with_a_status_are_no_deals(tmp_path: Path) -> None:
    with pytest.raises(RetroError) as refused:
        read_text(tmp_path, "Kunde;Umsatz;Status\nA;1.000;aktiv\nB;2.000;Interessent\n")
    assert "aktiv" in str(refused.value.what)


def test_deals_without_a_stage_are_deals_whose_outcome_is_unknown(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Opportunity Name,Account Name,Amount,Close Date\nA,B,1,2026-01-31\n")
    assert found.deals[0].outcome is None
    assert ("outcome") in [notice.field for notice in found.warnings]


@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_row_can_be_judged(row: list[str]) -> None:
    assert score(row) >= 0
    columns = match(row, {}, {})
    what_is_missing(columns)
    for place in range(len(row)):
        columns.unit_of(place)
    assert len(columns.unknown) <= len(row)


def test_the_table_has_no_header_twice_with_two_meanings() -> None:
    strong: dict[str, set[str]] = {}
    for field, header in KNOWN:
        strong.setdefault(key(header), set()).add(field)
    assert {header: fields for header, fields in strong.items() if len(fields) > 1} == {}
