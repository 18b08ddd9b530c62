"""What an import came to: counted once, currencies apart, and whether a person should look before it is taken."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.deals import OUTCOMES, Deal
from retrotui.errors import RetroError
from retrotui.interchange.crm import FIELDS, Import
from retrotui.interchange.crm import understood as words
from retrotui.interchange.crm.understood import Totals
from tests.unit.deals.tables import read_text

HEAD = "Deal-Nr;Kunde;Wert;Währung;Phase;Abschluss\n"
GOOD = f"{HEAD}1;Müller GmbH;1.250,50;EUR;Gewonnen;01.10.2026\n2;Nord AG;900,00;USD;Verloren;13.10.2026\n"
DATA = Path(__file__).parents[3] / "../shared/data/sales_pipeline.csv"


def of(*deals: Deal) -> Totals:
    return Totals.of(Import("x.csv", "utf-8", ";", ",", "DMY", len(deals), {}, (), (), (), deals))


deals = st.builds(
    Deal,
    outcome=st.sampled_from((*OUTCOMES, None)),
    amount=st.none() | st.integers(0, 10**9).map(lambda cents: f"{Decimal(cents) / 100:.2f}"),
    currency=st.sampled_from(("EUR", "USD", "")),
    account=st.sampled_from(("", "Nord AG")),
)


@given(st.lists(deals, max_size=30))
def test_every_deal_counts_once_and_no_currency_is_added_to_another(some: list[Deal]) -> None:
    totals = of(*some)
    assert totals.deals == len(some) == sum(each.deals for each in totals.by_outcome)
    for each in totals.by_outcome:
        for code, total in each.sums.items():
            parts = [one for one in some if (one.outcome, one.currency) == (each.outcome, code)]
            assert total == sum(Decimal(one.amount) for one in parts if one.amount is not None)
    assert totals.without_amount == sum(one.amount is None for one in some)
    assert {one.outcome for one in totals.samples} == {one.outcome for one in some}


@pytest.mark.parametrize(
    ("more", "clean"),
    [
        ("", True),
        ("Summe;;2.150,50;;;\n", True),  # every report has one: nobody would take it for a deal
        (";;;;;\n", True),
        ("2;Nord AG;900,00;USD;Verloren;13.10.2026\n", False),  # twice the same: worth a look
        ("3;Ost AG;5,00;EUR;Schwebend;01.10.2026\n", False),  # won, lost or open?
        ("4;Ost AG;5,00;EUR;Verloren;01.10.2026;zu;viel\n", False),
    ],
)
def test_a_file_is_clean_where_nothing_is_to_be_decided(tmp_path: Path, more: str, clean: bool) -> None:
    assert Totals.of(read_text(tmp_path, GOOD + more)).clean is clean


def test_an_import_is_summed_up_on_one_line(tmp_path: Path) -> None:
    found = read_text(tmp_path, f"{GOOD}3;Ost AG;;EUR;Verloren;01.10.2026\nSumme;;2.150,50;;;\n")
    assert str(words.summed_up(Totals.of(found))) == "3 deals read, 1 without an amount, 1 row left out"
    assert str(words.summed_up(of(Deal(amount="1.00")))) == "1 deal read"


def test_how_the_file_is_written_is_said_as_far_as_it_says_so(tmp_path: Path) -> None:
    assert [str(one) for one in words.how_written(read_text(tmp_path, GOOD, encoding="cp1252"))] == [
        "encoding Windows-1252", "separator semicolon", "decimal mark “,”", "dates: day first",
    ]  # fmt: skip
    bare = Import("x", "utf-8", "|", None, None, 0, {}, (), (), (), ())
    assert [str(one) for one in words.how_written(bare)] == ["encoding UTF-8", "separator “|”"]


def test_every_field_has_a_word_and_its_headers(tmp_path: Path) -> None:
    assert set(words.FIELDS) == set(FIELDS)
    found = words.headers_by_field(read_text(tmp_path, GOOD))
    assert list(found) == list(words.FIELDS)
    assert found["amount"] == ("Wert",) and found["note"] == ()


def test_the_headers_of_a_file_that_is_refused_are_known_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Von|Bis\x1b[2J|[red]Was[/]|Von\n1|2|3|4\n", encoding="utf-8")
    assert words.headers_of(file) == ("Von", "Bis", "[red]Was[/]")
    file.write_text("sep=;\nA;B\n1;2\n", encoding="utf-8")
    assert words.headers_of(file) == ("A", "B")
    file.write_text("Bericht vom 1.1.\nKunde;Betrag;Phase\n1;2;3\n", encoding="utf-8")
    assert words.headers_of(file) == ("Kunde", "Betrag", "Phase")
    file.write_bytes(b"PK\x03\x04zip")
    with pytest.raises(RetroError):
        words.headers_of(file)


def test_the_real_pipeline_is_clean() -> None:
    if not DATA.is_file():
        pytest.skip("the real pipeline is not there")
    from retrotui.interchange import crm

    totals = Totals.of(crm.read(DATA, currency="USD"))
    assert totals.clean and totals.deals == 8800
    assert {each.outcome: (each.deals, dict(each.sums)) for each in totals.by_outcome} == {
        "won": (4238, {"USD": Decimal("10005534.00")}), "lost": (2473, {}), "open": (2089, {}),
    }  # fmt: skip
