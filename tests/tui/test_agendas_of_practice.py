"""Agendas of known practice, written from the page on the format alone, and held: what people see, and what is kept.

A premortem, a win/loss interview, a pipeline review, five times why, a sailboat in shares, a quarterly review with a
hard end. The files lie in `tests/fixtures/agendas`; each test holds one.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from retrotui.domain import floor
from retrotui.domain.meeting import Meeting
from retrotui.interchange.linear import linear_text
from retrotui.interchange.run_sheet import rows
from retrotui.locale import catalogue
from retrotui.store import agendas
from retrotui.tui.run_options import RunOptions
from tests.tui.driver import Room, meeting
from tests.tui.stage import pipeline
from tests.unit.domain.room import sound

AGENDAS = Path(__file__).parents[1] / "fixtures" / "agendas"
PEOPLE = ("@Anna Berg, Vertrieb", "@Ben Kurz, Service", "@Carla Weiß, Produkt")


def held(folder: Path, agenda: str, **more: Any) -> AbstractAsyncContextManager[Room]:
    """A meeting of one of the agendas; in German, unless something else is said."""
    source = (AGENDAS / f"{agenda}.toml").read_text(encoding="utf-8")
    return meeting(folder, agenda, agendas=[source], **({"language": "de"} | more))


async def closed(m: Room) -> None:
    """The meeting ends; its times are whole, and the minutes have all of them."""
    await m.press("f4", "enter")
    await m.saved()
    minutes = m.file()
    sound(m.meeting, m.session.now())
    assert minutes.status == "closed" and minutes.started and minutes.ended
    length = (minutes.ended - minutes.started).total_seconds()
    assert minutes.share.total == sum(one.spent_s for one in minutes.step) == length


def written(m: Room) -> bytes:
    """Every byte that this meeting has left anywhere."""
    root = m.place.workspace.folder.parent
    return b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())


async def test_a_premortem_talks_through_as_many_reasons_as_there_is_time_for(tmp_path: Path) -> None:
    async with held(tmp_path, "premortem", size=(100, 36)) as m:
        await m.say(*PEOPLE)
        await m.later(minutes=3)
        await m.press("f4")
        assert m.sees("Warum gescheitert · in Stille", "Alle schreiben, niemand spricht.", "Kunde", "Markt")
        await m.say("Preis", "Technik nie dabei", "Einkauf kippt", "Zu spät", "Budget weg")
        await m.press("f7", "2")
        await m.say("Leitung wechselt")
        await m.press("escape", "v")
        assert "3 Punkte je Person · 9 zu vergeben" in m.notice
        await m.press("1", "enter", "4", "enter", "escape", "i")
        await m.later(minutes=7)
        await m.press("f4")
        assert "Anna Berg: Ein Grund je Runde." in m.part("#prompt")
        await m.later(minutes=10)
        await m.press("f4")
        assert m.sees("Grund · Technik nie dabei", "Thema Technik nie dabei") and m.clock_text == "06:00"
        reasons = [one for one in m.minutes.step if one.note]
        assert [one.state for one in reasons] == ["running", *["pending"] * 3, *["skipped"] * 2]
        await m.say("Technik zum ersten Termin")
        await m.press("f7", "4", "escape")
        await m.later(minutes=6)
        await m.press("f4")
        assert not m.sees("Technik zum ersten Termin"), "each round asks anew"
        await m.press("f9")
        assert m.meeting.step.id == "grund" and m.sees("Technik zum ersten Termin", "(1-5) 4")
        await m.press("f6", "b")
        assert m.sees("Technik nie dabei · bisher 6 min von 6 min", "Einkauf kippt · 6 min"), "told apart"
        await m.press("escape")
        await m.later(minutes=5)
        await m.press("f6")
        assert m.sees("Luft überspringen") and not m.sees("Später enden"), "the end is hard"
        await m.press(m.digit("Luft überspringen"))
        await m.go_to("ende")
        await m.later(minutes=3)
        await closed(m)
        told = linear_text(m.file(), "de")
        assert "Kunde: Leitung wechselt" in told and "Wir: Preis" in told, "by the columns' titles"
        assert "Grund: Technik nie dabei, Was beugt vor: Technik zum ersten Termin" in told


async def test_an_interview_in_confidence_is_nowhere_but_for_what_its_last_part_asks(tmp_path: Path) -> None:
    async with held(tmp_path, "win-loss", size=(80, 24)) as m:
        await m.say(*PEOPLE)
        await m.press("f4")
        await m.say("Müller GmbH verloren 48.000")
        await m.press("f4")
        assert m.sees("Gespräch · Müller GmbH · Suche · wird nicht gespeichert")
        assert m.sees("Kunde – spricht", "Vertrieb – hört nur zu", "Freigegebener Satz … F7")
        await m.press("f7", *["tab"] * 4, "2", "escape")
        assert m.sees("Kunde Anna Berg spricht"), "F7 gives roles that only a part names"
        await m.say("Geheim eins", "- Geheim zwei #preis *3", '"Geheim drei')
        await m.type("Geheim halb getippt")
        await m.later(minutes=11)
        await m.saved()
        assert m.sees("dieser Teil 11/10 min", "Geheim drei ungespeichert") and b"Geheim" not in written(m)
        await m.press(*["backspace"] * 19, "f8")
        assert m.sees("Kunde (Anna Berg) spricht", "wird nicht gespeichert")
        await m.press("f8", "f4")
        await m.say("Geheim vier")
        running, before = m.minutes.id, m.session
        await m.press("ctrl+q")
        assert m.sees("4 ungespeicherte Notizen")
        await m.press("enter")
    assert not before.meeting.minutes.field
    async with meeting(tmp_path, resume=running, place=m.place, size=(80, 24)) as m:
        assert m.sees("Müller GmbH · Wahl") and not m.sees("Geheim")
        await m.press("f4")
        assert m.sees("· Rat ·", "Freigegebener Satz … tippen") and m.edge.startswith("· Freigegebener Satz")
        await m.say("Wir waren zu langsam", "Geheim fünf", "! Früher fragen")
        await m.press("f9", "f9", "ctrl+y")
        assert [one.text for one in m.meeting.whispers] == ["Geheim fünf"] and not m.minutes.lesson
        await m.press("ctrl+y")
        await m.go_to("dank")
        await m.later(minutes=2)
        await closed(m)
        kept = m.file()
        assert [one.value for one in kept.field] == ["Wir waren zu langsam"]
        assert [one.text for one in kept.lesson] == ["Früher fragen"]
        assert not kept.note and not kept.factor and not kept.quote and b"Geheim" not in written(m)


def _choose_all(meeting: Meeting, now: Any) -> Meeting:
    for deal in pipeline("de").index.deals:
        meeting = floor.choose(meeting, floor.record_of(deal), now)
    return meeting


async def _mark(m: Room, words: str) -> None:
    """Down to the row with these words."""
    for _ in range(40):
        if any("▸" in line and words in line for line in m.lines() if line.startswith("││")):
            return
        await m.press("down")
    raise AssertionError(words)


async def test_a_pipeline_review_asks_each_deal_in_fields_of_every_type(tmp_path: Path) -> None:
    async with held(tmp_path, "pipeline-review", size=(100, 36), deals=pipeline("de")) as m:
        await m.say(*PEOPLE)
        await m.press("f4")
        assert m.sees("Noch liegt kein Deal unter der Lupe.")
        assert m.session.apply(_choose_all)
        await m.settle()
        boxes = [one.planned_s for one in m.minutes.step if one.deals]
        assert boxes == [480] * 5, "forty minutes are shared"
        await m.say("Einkauf hat bestätigt")
        await m.press("f7")
        assert not m.sees("Wer aus der Leitung") and not m.sees("Warten bis")
        await _mark(m, "○ 0")
        await m.press("7")
        await _mark(m, "Enter fragt")
        await m.press("enter")
        await m.type("12.500,50")
        await m.press("enter", "down", "1")
        await _mark(m, "Ben Kurz")
        await m.press("enter")
        await _mark(m, "Weiter")
        await m.press("2")
        await _mark(m, "Enter fragt")
        await m.press("enter")
        await m.type("12.11.")
        await m.press("enter", "escape")
        assert m.sees(
            "Chance (0-10) 7", "Wert 12.500,5", "dazu ja", "Leitung Ben Kurz", "Warten bis 12.11.2026"
        )
        await m.press("f9", "f9")
        assert not m.sees("Warten bis"), "asked once the decision is to wait"
        await m.press("ctrl+y", "ctrl+y", "f4")
        assert m.sees("Offener Deal · Ostwerk KG", "Beleg … tippen") and not m.sees("12.500,5")
        await m.saved()
        told = linear_text(m.file(), "de")
        assert "Westbau SE, Warten bis: 12.11.2026" in told and "Westbau SE, Entscheidung: Warten" in told
        assert [one.value for one in m.file().field] == [
            *("Einkauf hat bestätigt", "7", "12500.5", "yes", "ben-kurz", "Warten", "2026-11-12")
        ]


async def test_five_times_why_on_one_deal_is_told_apart_by_number(tmp_path: Path) -> None:
    async with held(tmp_path, "five-whys") as m:
        await m.say("Müller GmbH verloren 48.000")
        await m.later(minutes=5)
        for number in range(1, 6):
            await m.press("f4")
            assert m.sees(f"Warum · Müller GmbH · 48.000 € · {number}", f"▶ Warum {number}", "Weil … tippen")
            await m.say(f"Grund {number}")
            await m.later(minutes=5)
        assert m.sees("F4 → Ursache") and m.meeting.deal is not None
        await m.press("f6", "a")
        assert m.sees("Warum 3 · bisher 5 min von 5 min")
        await m.press("escape")
        await m.go_to("ende")
        await m.later(minutes=2)
        await closed(m)
        told = linear_text(m.file(), "de")
        assert "  4. Warum 3: 5 min geplant, 5 min gebraucht" in told
        assert "  Müller GmbH, Warum 5, Weil: Grund 5" in told


async def test_a_sailboat_in_shares_scales_its_parts(tmp_path: Path) -> None:
    loaded = agendas.load(AGENDAS / "sailboat.toml")
    assert not [one for one in loaded.findings if one.severity == "error"], "parts and share are no sum"
    assert isinstance(loaded, agendas.LoadedAgenda)
    sheet = rows(loaded.agenda, "en", catalogue("en").tr, minutes=100)
    assert [one.title for one in sheet[2].parts] == ["Write · 18 min", "Tell · 27 min"]
    async with held(tmp_path, "sailboat", language="en", options=RunOptions(minutes=45)) as m:
        assert sum(one.planned_s or 0 for one in m.minutes.step) == 45 * 60
        await m.go_to("boat")
        assert m.sees("The boat · Write", "this part 0/8.1 min", "▶ The boat 0/20.2")
        await m.later(minutes=8.1)
        await m.press("f4", "f7", "3")
        await m.say("The price list")
        assert m.minutes.note[-1].part == "2" and m.minutes.note[-1].column == "rocks"
        assert m.sees("The boat · Tell", "Tell us about your most important note.")
        await m.go_to("ashore")
        await m.later(minutes=1)
        await closed(m)
        assert "Rocks: what threatens: The price list" in linear_text(m.file(), "en")


async def test_a_review_with_a_hard_end_takes_time_from_what_is_not_protected(tmp_path: Path) -> None:
    async with held(tmp_path, "qbr") as m:
        await m.say(*PEOPLE)
        await m.later(minutes=5)
        await m.press("f4")
        await m.later(minutes=10)
        assert m.sees("Zeit für Zahlen ist um. Zu welchem Deal führt uns")
        await m.press("f5")
        assert "& parkt das Thema" in m.notice
        await m.later(minutes=8)
        await m.press("f4")
        assert (
            m.sees("Regionen · Anna Berg", "An der Reihe Anna Berg", "▶ Vertrieb") and m.clock_text == "06:40"
        )
        await m.press("enter")
        assert m.sees("▶ Produkt"), "she began; one turn each, in every round"
        assert "Das Ende steht fest, 8 Minuten zu viel" in m.notice
        await m.press("f6")
        assert m.sees("8 min nach dem Plan", "Regionen: Ben Kurz −2 min", "Carla Weiß −2")
        assert not m.sees("Später enden") and not m.sees("Ein Paar −") and not m.sees("Wetten −")
        await m.press("1")
        taken = {one.id: one.replanned_s for one in m.minutes.step if one.replanned_s}
        assert sum(taken.values()) == -480 and m.sees("Ende 10:30")
        await m.press("f9")
        assert not any(one.replanned_s for one in m.minutes.step)
        await m.later(minutes=2)
        running = m.minutes.id
        await m.saved()
        await m.press("ctrl+q", "enter")
    async with meeting(tmp_path, resume=running, place=m.place) as m:
        assert m.sees("Regionen · Anna Berg", "Regionen: Anna Be… 2/6,7"), "in the middle of her round"
        await m.later(minutes=2)
        await m.press("f4")
        assert m.sees("Regionen · Ben Kurz", "▶ Service")
        await m.go_to("close")
        await m.later(minutes=4)
        await closed(m)
        rounds = [one for one in m.file().step if one.person]
        assert [one.person for one in rounds] == ["anna-berg", "ben-kurz", "carla-weiss"]
        assert rounds[0].spent_s == 240
