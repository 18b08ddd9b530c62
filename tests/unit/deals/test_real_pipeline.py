"""The real pipeline: the figures of its README, also re-saved as a German Excel would."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from retrotui.domain.deals import DealFilter, DealIndex
from retrotui.domain.period import parse_period
from retrotui.domain.pipeline import figures
from retrotui.domain.proposals import proposals
from retrotui.errors import RetroError
from retrotui.interchange import crm
from retrotui.interchange.crm import Import

DATA = Path(__file__).parents[3] / "../shared/data"
PIPELINE = DATA / "sales_pipeline.csv"
pytestmark = pytest.mark.skipif(
    not PIPELINE.is_file(), reason="the real data does not lie beside this checkout"
)


@pytest.fixture(scope="module")
def pipeline() -> Import:
    return crm.read(PIPELINE)


def _figures(found: Import) -> tuple[object, ...]:
    outcomes = Counter(deal.outcome for deal in found.deals)
    won = sum(Decimal(deal.amount or 0) for deal in found.deals if deal.outcome == "won")
    without = sum(not deal.account for deal in found.deals)
    return found.imported, dict(outcomes), won, without


EXPECTED = (8800, {"won": 4238, "lost": 2473, "open": 2089}, Decimal(10_005_534), 1425)


def test_the_figures_of_the_readme(pipeline: Import) -> None:
    assert _figures(pipeline) == EXPECTED
    assert (pipeline.encoding, pipeline.delimiter, pipeline.date_order, pipeline.rows) == (
        "utf-8",
        ",",
        "YMD",
        8800,
    )
    assert pipeline.skipped == ()
    assert sum(deal.created is None for deal in pipeline.deals) == 500
    days = sorted(deal.cycle_days for deal in pipeline.deals if deal.cycle_days is not None)
    assert (days[0], days[len(days) // 2], days[-1]) == (1, 45, 138)


def test_the_zero_of_the_lost_is_one_warning_and_no_amount(pipeline: Import) -> None:
    (warning,) = pipeline.warnings
    assert (warning.field, "2473" in str(warning.text)) == ("amount", True)
    assert all(deal.amount is None for deal in pipeline.deals if deal.outcome != "won")


def test_the_same_table_re_saved_by_a_german_excel_has_the_same_deals(
    pipeline: Import, tmp_path: Path
) -> None:
    with PIPELINE.open(newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        days = [date.fromisoformat(day).strftime("%d.%m.%Y") if day else "" for day in row[5:7]]
        money = f"{int(row[7]):,}".replace(",", ".") + ",00" if row[7] else ""
        writer.writerow([*row[:5], *days, money])
    path = tmp_path / "pipeline.csv"
    path.write_bytes(out.getvalue().replace("Konex", "Könex").encode("cp1252"))
    found = crm.read(path)
    assert (found.encoding, found.delimiter, found.decimal, found.date_order) == ("cp1252", ";", ",", "DMY")
    assert _figures(found) == EXPECTED
    # a physical line and a text with an umlaut put in apart, every deal is the same
    assert [(d.id, d.amount, d.created, d.decided, d.outcome, d.line) for d in found.deals] == [
        (d.id, d.amount, d.created, d.decided, d.outcome, d.line) for d in pipeline.deals
    ]


@pytest.mark.parametrize("name", ["accounts", "products", "sales_teams", "data_dictionary"])
def test_the_other_tables_are_refused(name: str) -> None:
    with pytest.raises(RetroError, match="no table of deals"):
        crm.read(DATA / f"{name}.csv")


@pytest.mark.parametrize(
    ("period", "won", "lost"),
    [
        ("2017-Q1", 531, 116),
        ("2017-Q2", 1254, 778),
        ("2017-Q3", 1257, 790),
        ("2017-Q4", 1196, 789),
        ("2017", 4238, 2473),
    ],
)
def test_won_and_lost_by_period(pipeline: Import, period: str, won: int, lost: int) -> None:
    found = {figure.id: figure for figure in figures(pipeline.deals, parse_period(period))}
    assert (found["won"].now.value, found["lost"].now.value) == (str(won), str(lost))
    assert (found["win_rate"].now.part, found["win_rate"].now.n) == (won, won + lost)
    assert found["days_to_close"].now.n == won + lost


def test_the_year_in_figures(pipeline: Import) -> None:
    found = {figure.id: figure.now.value for figure in figures(pipeline.deals, parse_period("2017"))}
    assert found == {
        "won": "4238", "lost": "2473", "win_rate": "63.2", "won_amount": "10005534.00", "days_to_close": "45",
    }  # fmt: skip


def test_there_is_something_to_talk_about_in_every_quarter(pipeline: Import) -> None:
    for quarter in ("2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4"):
        period = parse_period(quarter)
        found = proposals(pipeline.deals, period)
        assert len({each.kind for each in found}) >= 3
        assert all(each.deal.decided in period for each in found)


def test_the_picker_finds_by_customer_and_outcome(pipeline: Import) -> None:
    index = DealIndex.of(pipeline.deals)
    found = index.select(
        DealFilter(text="isdom gtx", outcomes=frozenset({"lost"}), period=parse_period("2017-Q4"))
    )
    assert found
    assert all(deal.account == "Isdom" and "GTX" in deal.title and deal.outcome == "lost" for deal in found)
