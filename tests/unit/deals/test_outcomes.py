"""Outcomes: the words of five systems in two languages, who outranks whom, and what stays unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.deals import OUTCOMES
from retrotui.interchange.crm.headings import key
from retrotui.interchange.crm.outcomes import of_flag, of_reason, of_words, says_nothing
from retrotui.interchange.knowledge import table
from tests.unit.deals.tables import read_text, warned

STAGES = table("crm/stages.toml")
WORDS = [(outcome, word) for outcome, words in STAGES["outcome"].items() for word in words]


@pytest.mark.parametrize(("outcome", "word"), WORDS)
def test_every_word_of_the_table_means_its_outcome(outcome: str, word: str) -> None:
    assert of_words(word) == outcome
    assert of_words(f" {word.upper()} ") == outcome
    assert of_words(f"{word} (Sales Pipeline)") == outcome


def test_no_word_of_the_table_means_two_outcomes() -> None:
    meanings: dict[str, set[str]] = {}
    for outcome, word in WORDS:
        meanings.setdefault(key(word), set()).add(outcome)
    assert {word: outcomes for word, outcomes in meanings.items() if len(outcomes) > 1} == {}
    assert set(STAGES["outcome"]) == set(OUTCOMES)


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        ("5. Gewonnen", "won"),
        ("100 % - Won", "won"),
        ("06 Closed Lost", "lost"),
        ("Deal gewonnen, Vertrag folgt", "won"),
        ("Verloren: Preis", "lost"),
        ("Lost (no decision)", "no_decision"),
        ("Geschlossen - Verloren", "lost"),
        ("CLOSED WON!", "won"),
        ("Verloren – keine Entscheidung", "no_decision"),
        ("Lost - we withdrew", "withdrawn"),
    ],
)
def test_what_surrounds_a_word_does_not_matter(stage: str, outcome: str) -> None:
    assert of_words(stage) == outcome


@pytest.mark.parametrize(
    "stage",
    [
        "",
        "Won or lost?",
        "noch nicht gewonnen",
        "won't buy",
        "Zombie",
        "Phase 7",
        "Geschlossen",
        "Closed",
        "Abgeschlossen",
        "Wonderful",
        "3",
        "%",
    ],
)
def test_what_we_do_not_know_stays_unknown(stage: str) -> None:
    assert of_words(stage) is None


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("TRUE", True),
        ("ja", True),
        ("1", True),
        ("x", True),
        ("Nein", False),
        ("0", False),
        ("", None),
        ("?", None),
    ],
)
def test_yes_and_no_are_known(text: str, flag: bool | None) -> None:
    assert of_flag(text) is flag


@given(st.text(max_size=300))
def test_any_text_has_an_outcome_or_none(text: str) -> None:
    assert of_words(text) in (*OUTCOMES, None)
    assert of_reason(text) in (*OUTCOMES, None)
    assert isinstance(says_nothing(text), bool)


def outcomes(folder: Path, text: str) -> list[str | None]:
    return [deal.outcome for deal in read_text(folder, text).deals]


def test_the_status_outranks_the_stage(tmp_path: Path) -> None:
    text = "Title,Value,Stage,Status\nA,1,Proposal Made,Lost\nB,2,Won,Open\nC,3,Closed Won,Archived\n"
    assert outcomes(tmp_path, text) == ["lost", "open", "won"]


def test_a_status_that_we_do_not_know_is_asked_about_and_no_stage_makes_it_open(tmp_path: Path) -> None:
    rows = ("A,1,Qualified,deleted", "B,2,Qualified,Lost", "C,3,Closed Won,deleted", "D,4,Qualified,")
    found = read_text(tmp_path, "\n".join(("Title,Value,Stage,Status", *rows)))
    assert [deal.outcome for deal in found.deals] == [None, "lost", "won", "open"]
    assert warned(found) == [(2, "outcome")]


def test_a_status_that_is_about_something_else_is_passed_over(tmp_path: Path) -> None:
    assert outcomes(tmp_path, "Title,Value,Stage,Status\nA,1,Qualified,red\nB,2,Closed Won,green\n") == [
        "open",
        "won",
    ]


def test_a_closed_deal_is_not_open_because_its_stage_says_so(tmp_path: Path) -> None:
    assert outcomes(tmp_path, "Name,Amount,Stage,Closed\nA,1,Negotiation,1\nB,2,Negotiation,0\n") == [
        None,
        "open",
    ]


def test_flags_of_won_and_closed_tell_where_no_status_does(tmp_path: Path) -> None:
    rows = ("A,1,true,true,x", "B,2,false,true,x", "C,3,false,false,x", "D,4,false,true,Disqualified")
    text = "\n".join(("Name,Amount,IsWon,IsClosed,StageName", *rows))
    assert outcomes(tmp_path, text) == ["won", "lost", "open", "withdrawn"]


def test_two_flags_that_say_no_mean_open(tmp_path: Path) -> None:
    text = "Deal Name,Amount,Is Closed Won,Is closed lost\nA,1,true,false\nB,2,false,true\nC,3,false,false\nD,4,,\n"
    assert outcomes(tmp_path, text) == ["won", "lost", "open", None]


def test_a_won_lost_column_tells(tmp_path: Path) -> None:
    assert outcomes(tmp_path, "Kunde;Betrag;Gewonnen/Verloren\nA;1;gewonnen\nB;2;verloren\nC;3;\n") == [
        "won",
        "lost",
        None,
    ]


def test_where_won_is_all_there_is_a_no_with_a_closing_date_was_lost(tmp_path: Path) -> None:
    text = "Kunde;Betrag;Gewonnen;Abschlussdatum\nA;1;ja;01.02.2026\nB;2;nein;13.02.2026\nC;3;nein;\n"
    assert outcomes(tmp_path, text) == ["won", "lost", None]


def test_the_days_of_winning_and_losing_tell(tmp_path: Path) -> None:
    text = "Deal,Value,Won time,Lost time\nA,1,2026-01-01,\nB,2,,2026-01-02\nC,3,,\n"
    assert outcomes(tmp_path, text) == ["won", "lost", "open"]


def test_a_deal_that_was_won_and_then_lost_was_decided_when_it_was_lost(tmp_path: Path) -> None:
    text = "Deal,Value,Status,Won time,Lost time\nA,1,Lost,2026-01-01,2026-03-01\n"
    assert str(read_text(tmp_path, text).deals[0].decided) == "2026-03-01"


def test_a_reason_tells_what_kind_of_loss_it_was_and_the_report_says_so(tmp_path: Path) -> None:
    rows = ("A,1,Lost,No decision", "B,2,Lost,Price", "C,3,Won,No decision", "D,4,Lost,we withdrew")
    text = "\n".join(("Deal,Value,Status,Lost reason", *rows))
    found = read_text(tmp_path, text)
    assert [deal.outcome for deal in found.deals] == ["no_decision", "lost", "won", "withdrawn"]
    assert [deal.reason_raw for deal in found.deals] == ["No decision", "Price", "No decision", "we withdrew"]
    assert (None, "outcome") in warned(found)


def test_unknown_stages_stay_raw_and_are_asked_about_once_each(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Deal,Value,Stage\nA,1,Zombie\nB,2,Won\nC,3,Zombie\nD,4,Limbo\n")
    assert [(deal.stage, deal.outcome) for deal in found.deals] == [
        ("Zombie", None),
        ("Won", "won"),
        ("Zombie", None),
        ("Limbo", None),
    ]
    assert warned(found) == [(2, "stage"), (5, "stage")]


def test_a_closing_date_decides_closed_deals_and_is_expected_of_open_ones(tmp_path: Path) -> None:
    found = read_text(
        tmp_path,
        "Deal,Amount,Stage,Close Date\nA,1,Won,2026-01-31\nB,2,Open,2026-02-28\nC,3,Limbo,2026-03-31\n",
    )
    days = [(str(deal.decided or ""), str(deal.expected or "")) for deal in found.deals]
    assert days == [("2026-01-31", ""), ("", "2026-02-28"), ("", "")]


def test_a_decision_before_the_creation_is_kept_and_said(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Deal,Amount,Stage,Created,Close Date\nA,1,Won,2026-02-01,2026-01-31\n")
    assert found.deals[0].cycle_days is None
    assert warned(found) == [(2, "decided")]
