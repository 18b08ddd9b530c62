"""`retrotui deals FILE`: the table, the JSON, the refusal, the columns that are remembered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from retrotui.cli import main

TEXT = """Kunde;Deal;Status;Unser Anteil;Wählbar
Müller GmbH;Rampe;gewonnen;1.234,56;x
Nord AG;Silo;verloren;2.000,00;x

"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(TEXT.replace("Unser Anteil", "Betrag"), encoding="utf-8")
    return path


@pytest.fixture
def odd_export(tmp_path: Path) -> Path:
    path = tmp_path / "odd.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "retrotui.toml").write_text('schema = 1\nteam = "Süd"  # unser Team\n', encoding="utf-8")
    return folder


def deals(file: Path, team: Path, *more: str) -> int:
    return main(["deals", str(file), "--dir", str(team), *more])


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(capsys.readouterr().out)
    return loaded


def test_the_table_says_what_was_understood_and_what_was_left_out(
    export: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deals(export, team, "--lang", "en") == 0
    said = capsys.readouterr()
    assert said.err == ""
    for words in (
        "3 rows = 2 deals + 1 left out",
        "Müller GmbH",
        "1,234.56",
        "won: 1",
        "not used: Wählbar",
        "line 4: A blank row.",
    ):
        assert words in said.out


def test_the_json_is_one_document_and_nothing_else(
    export: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deals(export, team, "--json") == 0
    found = document(capsys)
    assert (found["file"], found["rows"], found["imported"]) == ("deals.csv", 3, 2)
    assert [deal["amount"] for deal in found["deals"]] == ["1234.56", "2000.00"]


def test_what_is_no_table_of_deals_gives_exit_2_and_an_error(
    tmp_path: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "accounts.csv"
    other.write_text("account,sector,revenue\nA,B,1\n", encoding="utf-8")
    assert deals(other, team, "--json") == 2
    found = document(capsys)
    assert list(found) == ["error"]
    assert "accounts.csv" in found["error"]
    assert deals(other, team) == 2
    assert "sector" in capsys.readouterr().err


def test_a_column_named_by_hand_is_remembered_in_the_team_folder(
    odd_export: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deals(odd_export, team) == 2
    capsys.readouterr()
    assert deals(odd_export, team, "--map", "amount=Unser Anteil", "--json") == 0
    assert document(capsys)["columns"]["amount"] == "Unser Anteil"
    kept = (team / "retrotui.toml").read_text(encoding="utf-8")
    assert '[columns]\namount = "Unser Anteil"' in kept
    assert "# unser Team" in kept
    assert deals(odd_export, team, "--json") == 0
    assert document(capsys)["deals"][0]["amount"] == "1234.56"


def test_a_remembered_column_that_a_file_lacks_hinders_nothing_and_can_be_forgotten(
    export: Path, odd_export: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deals(odd_export, team, "--map", "amount=Unser Anteil") == 0
    capsys.readouterr()
    assert deals(export, team, "--json") == 0
    assert document(capsys)["columns"]["amount"] == "Betrag"
    assert deals(export, team, "--map", "amount=") == 0
    assert "Auftragswert" not in (team / "retrotui.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("pair", ["amount", "=x", "price=Betrag", "amount=Preisschild"])
def test_a_mapping_that_means_nothing_is_refused_and_not_remembered(
    export: Path, team: Path, pair: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert deals(export, team, "--map", pair) == 2
    assert capsys.readouterr().err
    assert "columns" not in (team / "retrotui.toml").read_text(encoding="utf-8")


def test_a_damaged_settings_file_is_said_and_hinders_no_dry_run(
    export: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (team / "retrotui.toml").write_text("schema = [", encoding="utf-8")
    assert deals(export, team, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["imported"] == 2
    assert "retrotui.toml" in said.err


def test_a_long_list_is_cut_and_says_so(
    tmp_path: Path, team: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(f"Deal {n} mit einem sehr langen Namen, der nicht passt;offen;x{n}\n" for n in range(50))
    path.write_text(f"Deal;Status;Betrag\n{rows}", encoding="utf-8")
    assert deals(path, team, "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "and 10 more deals" in out
    assert "…" in out
    assert max(map(len, out.splitlines())) < 130


def test_a_dry_run_loads_no_screen(export: Path, team: Path) -> None:
    call = f"main(['deals', {str(export)!r}, '--dir', {str(team)!r}])"
    code = f"import sys; from retrotui.cli import main; {call}; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
