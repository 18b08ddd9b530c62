"""Every export under `tests/fixtures/crm` reads as the JSON beside it says, which was written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retrotui.interchange import crm

FIXTURES = Path(__file__).parents[2] / "fixtures" / "crm"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.csv"))
NOTHING: dict[str, Any] = {
    **dict.fromkeys(("id", "title", "account", "owner", "amount", "currency", "stage", "outcome")),
    **dict.fromkeys(("created", "decided", "expected", "reason_raw", "note")),
    "competitors": [],
}


def test_there_are_two_files_for_each_system_german_and_english() -> None:
    for system in ("hubspot", "salesforce", "pipedrive", "dynamics", "excel"):
        assert {f"{system}-de", f"{system}-en"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_export_reads_as_written_down(name: str) -> None:
    expected = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    found = crm.read(FIXTURES / f"{name}.csv")
    document: dict[str, Any] = json.loads(json.dumps(found.document(str)))
    assert document["deals"] == [{**NOTHING, **deal} for deal in expected["deals"]]
    for key in (
        "encoding",
        "delimiter",
        "decimal",
        "date_order",
        "rows",
        "imported",
        "columns",
        "unknown_columns",
    ):
        assert document[key] == expected[key], key
    assert [row["line"] for row in document["skipped"]] == expected["skipped"]
    assert [[warning["line"], warning["field"]] for warning in document["warnings"]] == expected["warnings"]
    if "probability" in expected:
        assert [deal.probability for deal in found.deals] == expected["probability"]


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_accounted_for(name: str) -> None:
    found = crm.read(FIXTURES / f"{name}.csv")
    assert found.imported + len(found.skipped) == found.rows
    assert all(str(row.reason) for row in found.skipped)
