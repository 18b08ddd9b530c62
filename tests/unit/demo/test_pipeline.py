"""The demo's pipeline: two hundred deals that fit the meetings, in a file that the import understands."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from retrotui.demo.pipeline import pipeline_file
from retrotui.domain.deals import decided_in
from retrotui.domain.period import Period
from retrotui.interchange import crm
from tests.unit.demo.demo_samples import DAYS, TODAY, year

LANGUAGES = ("de", "en")


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_two_hundred_deals_of_every_outcome(language: str, today: date) -> None:
    deals = year(language, today).pipeline.deals
    assert len(deals) == 200
    assert len({deal.id for deal in deals}) == 200
    counts = Counter(deal.outcome for deal in deals)
    assert set(counts) == {"won", "lost", "no_decision", "withdrawn", "open"}
    assert counts["open"] >= 15 and counts["lost"] > counts["won"] > counts["no_decision"]


@pytest.mark.parametrize("today", DAYS)
def test_dates_are_in_order_and_nothing_was_decided_in_the_future(today: date) -> None:
    for deal in year("de", today).pipeline.deals:
        assert deal.created is not None and deal.created < today
        if deal.outcome == "open":
            assert deal.decided is None and deal.expected is not None
        else:
            assert deal.decided is not None and deal.created < deal.decided < today


def test_each_month_has_enough_decided_deals_for_a_rate() -> None:
    for minutes in year().meetings:
        if minutes.agenda.id == "monthly-reflection" and minutes.period:
            period = Period(minutes.period.since, minutes.period.until)
            assert len(decided_in(year().pipeline.deals, period)) >= 8


def test_some_customers_come_back() -> None:
    accounts = Counter(deal.account for deal in year().pipeline.deals)
    assert sum(count > 1 for count in accounts.values()) >= 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_understood_whole(language: str, tmp_path: Path) -> None:
    told = year(language)
    path = tmp_path / told.pipeline.file
    path.write_bytes(pipeline_file(told.pipeline, told.story))
    found = crm.read(path)
    assert found.skipped == () or list(found.skipped) == []
    assert not found.unknown_columns and not found.warnings
    for row, deal in zip(found.deals, told.pipeline.deals, strict=True):
        for name in (
            "id", "record", "title", "account", "owner", "currency", "stage", "outcome", "created", "decided",
            "expected", "reason_raw", "competitors", "contributors",
        ):  # fmt: skip
            assert getattr(row, name) == getattr(deal, name), (name, deal)
        assert Decimal(row.amount or 0) == Decimal(deal.amount or 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deals_of_the_meetings_are_those_of_the_file(language: str) -> None:
    told = year(language)
    rows = {deal.key: deal for deal in told.pipeline.deals}
    for minutes in told.meetings:
        for record in minutes.deal:
            row = rows[record.id]
            assert (record.account, record.title, record.amount) == (row.account, row.title, row.amount)
            assert record.origin is not None
            assert (record.origin.file, record.origin.record) == (told.pipeline.file, row.record)
            if record.outcome == "open":
                assert record.decided is None and not record.reason_raw
            else:
                assert (record.outcome, record.decided) == (row.outcome, row.decided)


def test_lost_deals_of_the_meetings_have_the_crms_reason() -> None:
    for minutes in year().meetings:
        for record in minutes.deal:
            assert bool(record.reason_raw) == (record.outcome in ("lost", "no_decision"))


def test_the_german_file_is_in_the_dialect_of_a_german_crm() -> None:
    told = year("de")
    lines = pipeline_file(told.pipeline, told.story).decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("Vorgangsnummer;Titel;Kunde;Auftragswert;")
    assert any(";84.000,00;EUR;Verloren;" in line for line in lines)
    assert TODAY.strftime("%Y-") not in lines[1]
