"""Six agendas from practice, held in German by keyboard alone in a real terminal: what issue 5 must show.

What each of their keys does on the wall is looked at more closely in `tests/tui/test_agendas_held.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.room import ROOT, Room

pytestmark = pytest.mark.terminal

AGENDAS = ROOT / "tests/fixtures/agendas"


def team_with(tmp_path: Path, agenda: str) -> Path:
    """A German team folder that has the agenda."""
    team = tmp_path / "team"
    (team / "agendas").mkdir(parents=True)
    (team / "retrotui.toml").write_text('schema = 1\nteam = "Süd"\nlanguage = "de"\n', encoding="utf-8")
    (team / "agendas" / f"{agenda}.toml").write_bytes((AGENDAS / f"{agenda}.toml").read_bytes())
    return team


def test_peer_consulting_leaves_nothing_of_what_was_told(tmp_path: Path) -> None:
    with Room(team_with(tmp_path, "case-circle"), "run", "case-circle", size=(80, 24)) as room:
        room.on_floor("Rollen")
        for person in ("Anna Berg", "Ben Kurz", "Carla Weiß"):
            room.says(f"{person}, Vertrieb", shows=person)
        room.press("f7")  # the people are there, and nobody has a role yet
        room.sees("3 Bringt den Fall")
        room.does("3", "escape")
        room.goes_on("Fall · Erzählen · wird nicht gespeichert")
        room.sees_row("Bringt den Fall", "Anna Berg", "spricht")
        for told in ("Verratener Rabatt", "- Verratener Chef *3 /kunde", '"Verratener Kunde'):
            room.type(told)
            room.press("enter")
            room.sees_row(told.strip('-" ').split(" *")[0], "ungespeichert")
        room.press("f4")
        room.on_floor("Fall · Beraten")
        room.sees_row("Bringt den Fall", "Anna Berg", "hört nur zu")
        room.type("Verratener Gedanke, halb getippt")
        room.sees("halb getippt")
        room.press("f8")
        room.sees_row("Bringt den Fall (Anna Berg)", "hört nur zu")
        room.press("f8")
        for _ in range(40):
            room.press("backspace")
        room.says("! Den Einkauf früher fragen")
        room.goes_on("Antwort")
        room.says("Morgen rufe ich dort an")
        room.ends()
        kept = room.minutes()
        assert [one.text for one in kept.lesson] == ["Den Einkauf früher fragen"]
        assert [(one.label, one.value) for one in kept.field] == [
            ("Erster Schritt", "Morgen rufe ich dort an")
        ]
        assert not kept.note and not kept.factor and not kept.quote
        left = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert left and not [path for path in left if b"Verratener" in path.read_bytes()]


def test_lean_coffee_talks_of_the_topics_with_most_votes_first(tmp_path: Path) -> None:
    with Room(team_with(tmp_path, "lean-coffee"), "run", "lean-coffee", size=(80, 24)) as room:
        room.on_floor("Themen")
        for topic in ("Preisrahmen", "Technik am Tisch", "Angebote kürzen"):
            room.says(topic)
        room.does("escape", "v")
        room.sees("2 Punkte je Person")
        room.does("1", "enter", "4", "enter", "2", "escape")
        room.sees("7 vergeben", gone=True)
        room.press("f4")
        room.on_floor("Thema · Technik am Tisch")
        room.sees("F5 +2,5 min")
        room.press("f5")
        room.sees("2,5 min mehr")
        room.says("Wir laden sie zum zweiten Termin ein")
        room.goes_on("Thema · Angebote kürzen")
        room.press("f8")
        room.sees("Angebote kürzen")
        room.press("f8")
        room.goes_on("Thema · Preisrahmen")
        room.goes_on("Schluss")
        room.ends()
        topics = [one for one in room.minutes().step if one.note]
        assert [(one.note, one.planned_s, one.extended_s) for one in topics] == [
            ("n2", 300, 150),
            ("n3", 300, 0),
            ("n1", 300, 0),
        ]
        assert [one.step for one in room.minutes().note][3:] == ["thema"]


@pytest.mark.parametrize("length", [30, 60, 90])
def test_an_after_action_review_in_shares_is_run_at_any_length(tmp_path: Path, length: int) -> None:
    team = team_with(tmp_path, "after-action")
    with Room(team, "run", "after-action", "--minutes", str(length), size=(80, 24)) as room:
        room.on_floor("Ziel")
        room.says(". Den Auftrag im Oktober")
        room.goes_on("Was geschah")
        room.says("Müller GmbH verloren 48.000", shows="Müller GmbH")
        room.says("- Preis zu spät genannt")
        room.goes_on("Warum · Jeder für sich")
        room.goes_on("Warum · Gemeinsam")
        room.goes_on("Nächstes Mal")
        room.says("Den Preisrahmen früh nennen")
        room.ends()
        kept = room.minutes()
        assert sum(one.planned_s or 0 for one in kept.step) == length * 60
        assert [one.planned_s for one in kept.step][:2] == [0, length * 6], (
            "a tenth of it; reading is done before"
        )
        assert kept.lesson[0].text == "Den Preisrahmen früh nennen" and kept.factor[0].deal == kept.deal[0].id


def test_start_stop_continue_is_written_in_silence_and_the_groups_are_talked_through(tmp_path: Path) -> None:
    team = team_with(tmp_path, "start-stop-continue")
    with Room(team, "run", "start-stop-continue", size=(80, 24)) as room:
        room.on_floor("Schreiben")
        room.sees("Alle schreiben, niemand spricht.")
        for note in ("Preisrahmen nennen", "Preis früh sagen", "Kürzere Angebote"):
            room.says(note)
        room.does("escape", "k", "k", "g", "k", "g", "escape", "v")
        room.sees("3 Punkte je Person")
        room.does("4", "enter", "2", "enter", "escape")
        room.goes_on("Nachfragen")
        room.goes_on("Reden · Preisrahmen nennen")
        room.says("Im ersten Gespräch")
        room.goes_on("Reden · Kürzere Angebote")
        room.goes_on("Abschluss")
        room.ends()
        kept = room.minutes()
        assert {one.column for one in kept.note[:3]} == {"anfangen"} and sum(
            one.votes for one in kept.note
        ) == 6
        assert [one.note for one in kept.step if one.note] == ["n1", "n3"] and kept.note[1].group == "n1"


def test_each_open_deal_has_a_quarter_of_an_hour_with_score_evidence_and_decision(tmp_path: Path) -> None:
    deals = tmp_path / "deals.csv"
    deals.write_text(
        "Opportunity ID,Account,Stage,Amount,Close Date\n"
        "D-1,Westbau SE,Negotiation,90000,\nD-2,Ostwerk KG,Proposal,40000,\nD-3,Nord AG,Lost,12000,2026-10-02\n",
        encoding="utf-8",
    )
    with Room(
        team_with(tmp_path, "deal-round"), "run", "deal-round", "--deals", str(deals), size=(80, 24)
    ) as room:
        room.sees("3 Deals")
        room.press("f7")
        room.sees("Westbau SE")
        room.does("space", "down", "space", "escape")
        for account, chance in (("Westbau SE", "4"), ("Ostwerk KG", "2")):
            room.on_floor(account)
            room.says(f"{account} hat den Termin bestätigt", shows="Termin bestätigt")
            room.chooses("Deal", "Tab: nächste Seite")
            room.does(chance, *["down"] * 6, "3", "escape")
            room.sees("Was sagen wir ab")
            room.press("f4")
        room.ends()
        kept = room.minutes()
        rounds = [one for one in kept.step if one.deals]
        assert [one.planned_s for one in rounds] == [900, 900]
        by_deal = [{one.id: one.value for one in kept.field if one.deal == each.deals[0]} for each in rounds]
        assert [(one["chance"], one["entscheid"]) for one in by_deal] == [("4", "Absagen"), ("2", "Absagen")]


def test_three_rounds_pass_a_role_on(tmp_path: Path) -> None:
    with Room(team_with(tmp_path, "three-rounds"), "run", "three-rounds", size=(80, 24)) as room:
        people = ("Anna Berg", "Ben Kurz", "Carla Weiß")
        room.on_floor("Ankommen")
        for person in people:
            room.says(f"{person}, Vertrieb", shows=person)
        room.press("f4")
        for at, person in enumerate(people):
            room.on_floor(f"Gespräch · {at + 1} · Spielen")
            room.press("f7")
            room.sees_row("3", "Verkauf")
            room.does(*["down"] * at, "3", "escape")
            room.sees_row("Verkauf", person, "spricht")
            room.press("f4")
            room.sees_row("Verkauf", person, "hört nur zu")
            room.press("f4")
        room.ends()
        rounds = [one for one in room.minutes().step if "spiel" in (one.id, one.of)]
        assert [(one.round, one.held[0].person) for one in rounds] == [
            (1, "anna-berg"),
            (2, "ben-kurz"),
            (3, "carla-weiss"),
        ]
