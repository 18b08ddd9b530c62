"""Agendas from practice, written in the format of files.md and held: what each key does on the wall and in the minutes.

The files lie in `tests/fixtures/agendas`; the meeting is German.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from retrotui.domain.minutes import Note
from retrotui.interchange.linear import linear_text
from retrotui.tui.run_options import RunOptions
from tests.tui.driver import Room, meeting
from tests.tui.stage import pipeline

AGENDAS = Path(__file__).parents[1] / "fixtures" / "agendas"
PEOPLE = ("Anna Berg, Vertrieb", "Ben Kurz, Service", "Carla Weiß, Produkt")


def held(folder: Path, agenda: str, **more: Any) -> AbstractAsyncContextManager[Room]:
    """A German meeting of one of the agendas."""
    source = (AGENDAS / f"{agenda}.toml").read_text(encoding="utf-8")
    return meeting(folder, agenda, agendas=[source], language="de", **more)


def planned(m: Room) -> dict[str, int | None]:
    """Planned minutes by step."""
    return {one.id: None if one.planned_s is None else one.planned_s // 60 for one in m.minutes.step}


def on_disk(m: Room) -> bytes:
    """Every byte that this meeting has left anywhere: team folder, drafts, index."""
    root = m.place.workspace.folder.parent
    return b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    "length, boxes", [(30, (3, 7, 9, 7, 3)), (60, (6, 15, 18, 15, 6)), (90, (9, 22, 27, 22, 9))]
)
async def test_an_after_action_review_in_shares_serves_any_length(
    tmp_path: Path, length: int, boxes: tuple[int, ...]
) -> None:
    options = RunOptions(minutes=length, hold=True)
    async with held(tmp_path, "after-action", options=options, deals=pipeline("de")) as m:
        assert m.sees("Vorab lesen", "vorab lesen", f"{length} min")
        assert tuple(planned(m).values()) == (0, *boxes)
        assert sum(one.planned_s or 0 for one in m.minutes.step) == length * 60
        await m.press("f2")
        assert m.meeting.step.id == "ziel", "what is read beforehand never has the floor"
        await m.go_to("warum")
        part = round(length * 60 * 0.3 / 15 * 5) / 60
        assert m.sees("Warum · Jeder für sich", f"dieser Teil 0/{part:g} min")
        assert m.part("#prompt").strip().startswith("Was hat geholfen")
        await m.press("f4")
        assert m.sees("Warum · Gemeinsam") and "gleich gewesen" in m.part("#prompt")


async def test_start_stop_continue_is_written_in_silence_put_together_voted_and_talked_through(
    tmp_path: Path,
) -> None:
    async with held(tmp_path, "start-stop-continue", size=(120, 36)) as m:
        assert m.sees("Alle schreiben, niemand spricht.", "Anfangen", "Aufhören", "Weitermachen")
        await m.press("f8")
        assert m.sees("Alle schreiben, niemand spricht.")
        await m.press("f8")
        await m.say("Preisrahmen nennen", "Preis früh sagen")
        m.session.selected = "aufhoeren"
        await m.say("Folien mit vierzig Seiten")
        assert [one.column for one in m.minutes.note] == ["anfangen", "anfangen", "aufhoeren"]
        await m.press("escape", "k", "k", "g", "k", "g")
        assert [one.group for one in m.minutes.note] == ["", "n1", ""]
        await m.press("escape", "v")
        assert "3 Punkte je Person" in m.notice
        await m.press("2", "enter", "4", "enter", "1", "enter", "escape", "i")
        assert sum(one.votes for one in m.minutes.note) == 7
        await m.later(minutes=8)
        await m.press("f4")
        assert m.meeting.step.kind == "perspectives"
        await m.go_to("reden")
        topics = [one for one in m.minutes.step if one.note]
        assert len(topics) == 2 and m.sees("Reden · "), "what was put together is one topic"
        await m.later(minutes=30)
        assert "Das Ende steht fest" in m.notice
        await m.press("f6")
        assert "später enden" not in m.text()


async def test_lean_coffee_has_topics_of_five_minutes_that_the_room_renews(tmp_path: Path) -> None:
    async with held(tmp_path, "lean-coffee") as m:
        topics = [f"Thema Nummer {number}" for number in range(1, 11)]
        await m.say(*topics)
        notes: tuple[Note, ...] = tuple(
            one.model_copy(update={"votes": 3 if one.text.endswith(" 4") else 0}) for one in m.minutes.note
        )
        m.session.become(replace(m.meeting, minutes=m.minutes.model_copy(update={"note": notes}), past=()))
        await m.press("f4")
        assert m.sees("Thema · Thema Nummer 4", "F5 +2,5 min") and m.clock_text == "05:00"
        rounds = [one for one in m.minutes.step if one.note]
        assert [one.planned_s for one in rounds if one.state != "skipped"] == [300] * 8
        assert [one.state for one in rounds[8:]] == ["skipped"] * 2, "no time is left for them"
        await m.press("f8")
        assert m.sees("Thema Nummer 4")
        await m.press("f8")
        await m.later(minutes=5)
        asked = " ".join(m.part("#prompt").split())
        assert asked == "Zeit ist um. Daumen hoch: F5 gibt 2,5 min mehr. Daumen runter: F4."
        await m.press("f5")
        assert m.clock_text == "02:30" and "Was wissen wir" in m.part("#prompt")
        await m.say("Wir nennen ihn zu spät")
        await m.later(minutes=3)
        assert m.sees("Gezählt? 5:2 für und gegen in die Zeile")
        await m.type("5:2")
        assert "Stimmen fürs Weiter" in m.part("#edge")
        await m.press("enter")
        assert "5 dafür, 2 dagegen: 2,5 min mehr." in m.notice and m.clock_text == "02:00"
        await m.later(minutes=2)
        await m.say("3:3")
        assert m.sees("Weiter?", "5:2, 3:3")
        assert " ".join(m.part("#prompt").split()) == "3 für mehr Zeit, 3 dagegen: F4 geht weiter."
        await m.press("f4")
        await m.saved()
        first = m.file().find_step("thema")
        assert first is not None and (first.extended_s, first.spent_s) == (300, 600)
        assert [(one.ayes, one.noes) for one in first.vote] == [(5, 2), (3, 3)]
        assert m.meeting.step.note == "n1" and m.sees("Thema Nummer 1") and not m.sees("5:2")
        assert [one.text for one in m.minutes.note][-1] == "Wir nennen ihn zu spät"
        written = linear_text(m.file(), "de")
        assert "Thema: Thema Nummer 4" in written and "Abstimmung über mehr Zeit 5:2, 3:3" in written


async def test_a_case_is_told_in_confidence_while_the_giver_only_listens(tmp_path: Path) -> None:
    async with held(tmp_path, "case-circle") as m:
        await m.say(*PEOPLE)
        await m.press("f7", "3", "escape")
        await m.press("f4")
        assert m.sees("Fall · Erzählen · wird nicht gespeichert", "Bringt den Fall Anna Berg spricht")
        assert m.sees("Beratung alle anderen hört nur zu")
        await m.say("Geheimnis eins", "- Geheimnis zwei *3 /kunde", '"Geheimnis drei')
        await m.type("Geheimnis halb getippt")
        await m.later(minutes=1)
        await m.saved()
        assert b"Geheimnis" not in on_disk(m) and m.sees("Geheimnis eins", "ungespeichert")
        for _ in range(30):
            await m.press("backspace")
        await m.press("f4", "f8")
        assert m.sees("Bringt den Fall (Anna Berg) hört nur zu", "wird nicht gespeichert")
        await m.press("f8")
        await m.say("Geheimnis vier", "! Den Einkauf früher fragen")
        await m.press("f4")
        await m.say("Geheimnis ist hier keines mehr")
        await m.saved()
        written = on_disk(m)
        assert b"Den Einkauf fr" in written and written.count(b"Geheimnis") == 2, "minutes and draft"
        assert m.file().field[0].value == "Geheimnis ist hier keines mehr"
        step = m.file().find_step("erzaehlen")
        assert step is not None and [(one.role, one.person) for one in step.held] == [
            ("case_giver", "anna-berg")
        ]


async def test_each_open_deal_has_its_round_with_score_evidence_and_decision(tmp_path: Path) -> None:
    async with held(tmp_path, "deal-round", deals=pipeline("de"), size=(120, 36)) as m:
        await m.say(*[f"@{one}" for one in PEOPLE])
        await m.press("f7")
        assert m.sees("Westbau SE") and "Nord AG" not in m.text(), "only the open ones are offered"
        await m.press("space", "escape")
        assert m.meeting.deal is not None and m.meeting.deal.id == "D-4"
        await m.say("Einkauf hat den Termin bestätigt")
        await m.press("f7", "4")
        assert m.sees("3 Absagen", "Wer ruft an")
        await m.press(*["down"] * 6, "3", "escape")
        values = {one.id: one.value for one in m.minutes.field}
        assert values == {"chance": "4", "beleg": "Einkauf hat den Termin bestätigt", "entscheid": "Absagen"}
        assert m.sees("Was sagen wir ab"), "asked once the decision is to cancel"
        assert "Stunden bis zur" not in m.text()
        await m.say("Die Ausbaustufe")
        assert m.session.apply(_choose_second)
        await m.settle()
        assert [one.planned_s for one in m.minutes.step] == [900, 900, 300]
        assert m.sees("F4 → Ostwerk KG")
        await m.press("f4")
        assert m.meeting.deal is not None and m.meeting.deal.id == "D-3" and m.clock_text == "15:00"
        assert not any(one.deal == "D-3" for one in m.minutes.field), "each round asks anew"
        await m.saved()
        told = linear_text(m.file(), "de")
        assert "Westbau SE, Entscheidung: Absagen" in told and "Deal: Ostwerk KG" in told


async def test_fields_of_every_type_are_answered_by_keyboard_at_80_cells_and_kept_in_the_file(
    tmp_path: Path,
) -> None:
    async with held(tmp_path, "deal-round", size=(80, 24)) as m:
        await m.say("@Anna Berg, Vertrieb", "@Ben Kurz, Service")
        await m.say("Müller GmbH offen 48.000", "Mail von gestern")
        await m.press("f7", "4", *["down"] * 6, "1")
        assert m.sees("Stunden bis zur Entscheidung", "… Enter fragt"), "asked once the decision is to go on"
        await m.press(*["down"] * 3, "enter")
        await m.say("bald")
        assert m.sees("Das ist keine Zahl."), "and the words stay in the line"
        await m.press("ctrl+u")
        await m.say("2,5")
        await m.press("enter")
        assert m.screen.query_one(Input).value == "2,5", "as it could be typed again"
        await m.press("escape", "down", "2", *["down"] * 2, "enter")
        await m.say("21.12.")
        await m.press("down", "1")
        assert m.sees("● 21.12.2026", "● ja")
        await m.press("escape")
        assert m.sees("Stunden bis zur Entscheidung 2,5", "Wer ruft an Ben Kurz", "Bis wann 21.12.2026")
        await m.press("f4")
        await m.saved()
        kept = [(one.id, one.type, one.value) for one in m.file().field]
        assert kept == [
            ("beleg", "", "Mail von gestern"),
            ("chance", "", "4"),
            ("entscheid", "", "Weiter"),
            ("stunden", "number", "2.5"),
            ("wer", "person", "ben-kurz"),
            ("wann", "date", "2026-12-21"),
            ("chef", "yesno", "yes"),
        ]
        assert {(one.step, one.deal) for one in m.file().field} == {("deals", "mueller-gmbh")}
        told = linear_text(m.file(), "de")
        assert all(
            words in told
            for words in ("Stunden bis zur Entscheidung: 2,5", "Wer ruft an: Ben Kurz", "Bis wann: 21.12.2026",
                          "Leitung einbinden: ja", "Wie sicher (1 bis 5): 4")
        )  # fmt: skip


ROUNDS = """
schema = 1
id = "runde"
title = "Runde"
minutes = 13
hard_end = true
loop = false
step = [
  { id = "an", kind = "checkin", minutes = 5, title = "Ankommen", safety = false },
  { id = "je", kind = "notes", minutes = 3, title = "Je Person", repeat = "person" },
  { id = "ende", kind = "close", minutes = 5, title = "Schluss" },
]
"""


async def test_a_fixed_end_that_more_rounds_break_is_said_when_the_rounds_are_known(tmp_path: Path) -> None:
    async with meeting(tmp_path, "runde", agendas=[ROUNDS], language="de", size=(80, 24)) as m:
        await m.say(*PEOPLE, "Doris, Vertrieb")
        assert m.notice == "" or "zu viel" not in m.notice
        await m.press("f4")
        assert m.sees("Ende 09:17 (+4 min)"), "five minutes of arriving were not used"
        assert "Das Ende steht fest, 4 Minuten zu viel" in m.notice
        await m.press("f6")
        assert m.sees("4 min nach dem Plan") and "später enden" not in m.text()
        await m.press("escape")
        await m.saved()
        assert m.file().agenda.planned_s == 13 * 60


def _choose_second(meeting: Any, now: Any) -> Any:
    from retrotui.domain import floor

    deal = next(one for one in pipeline("de").index.deals if one.key == "D-3")
    return floor.choose(meeting, floor.record_of(deal), now)


async def test_three_rounds_pass_a_role_on_and_the_minutes_know_who_had_it(tmp_path: Path) -> None:
    async with held(tmp_path, "three-rounds") as m:
        await m.say(*PEOPLE)
        await m.press("f4")
        assert m.sees("Gespräch · 1 · Spielen", "dieser Teil 0/6 min")
        for at, person in enumerate(("Anna Berg", "Ben Kurz", "Carla Weiß")):
            assert m.sees("Neue Runde: F7 gibt die Rollen weiter.") == (at > 0)
            await m.press("f7", *["down"] * at, "3", "escape")
            assert m.sees(f"Verkauf {person} spricht")
            await m.press("f4")
            assert m.sees(f"Verkauf {person} hört nur zu", "Spiegeln")
            await m.later(minutes=10)
            await m.press("f4")
        await m.saved()
        rounds = [one for one in m.file().step if "spiel" in (one.id, one.of)]
        assert [(one.round, one.spent_s, one.held[0].person) for one in rounds] == [
            (1, 600, "anna-berg"),
            (2, 600, "ben-kurz"),
            (3, 600, "carla-weiss"),
        ]
        told = linear_text(m.file(), "de")
        assert "Gespräch 2" in told and "Verkauf: Ben Kurz" in told
