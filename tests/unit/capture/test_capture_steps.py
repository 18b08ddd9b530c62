"""The step's own kind: what a line without a prefix becomes, by the step on the floor."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.capture.lines import one, room, said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Anna Berg", {"person": "anna-berg", "name": "Anna Berg", "function": "sales"}),
        ("anna", {"person": "anna-berg", "name": "Anna Berg", "function": "sales"}),
        ("Zoe, Technik", {"name": "Zoe", "function": "delivery"}),
        ("Zoe Klein, werkstatt", {"name": "Zoe Klein", "function": "Werkstatt"}),
        ("?, Vertrieb", {"function": "sales"}),
        ("Ben, Service", {"person": "ben-kurz", "name": "Ben Kurz", "function": "service"}),
    ],
)
def test_checkin_takes_people(line: str, says: dict[str, object]) -> None:
    reading = one(line, room("checkin"))
    assert (reading.kind, said(reading)) == ("participant", says)


@pytest.mark.parametrize("line", ["müde", "gut", "Müde, aber da", "Heute erst zu zweit", "An", "3445235"])
def test_checkin_keeps_everything_else_as_a_note(line: str) -> None:
    assert (one(line, room("checkin")).kind, one(line, room("checkin")).text) == ("note", line)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "Umsatz 480/520 T€",
            {
                "label": "Umsatz",
                "actual": "480000.00",
                "target": "520000.00",
                "unit": "currency",
                "currency": "EUR",
            },
        ),
        (
            "Zyklus 61/55 Tage <",
            {"label": "Zyklus", "actual": "61", "target": "55", "unit": "days", "better": "lower"},
        ),
        ("Marge: 12,5 / 11 %", {"label": "Marge", "actual": "12.5", "target": "11", "unit": "percent"}),
        ("Angebote 14", {"label": "Angebote", "actual": "14"}),
        ("Halle 7 12/15", {"label": "Halle 7", "actual": "12", "target": "15"}),
        (
            "Umsatz 900 T€ / 1,1 Mio. €",
            {
                "label": "Umsatz",
                "actual": "900000.00",
                "target": "1100000.00",
                "unit": "currency",
                "currency": "EUR",
            },
        ),
        (
            "Ergebnis -20 T€/10",
            {
                "label": "Ergebnis",
                "actual": "-20000.00",
                "target": "10000.00",
                "unit": "currency",
                "currency": "EUR",
            },
        ),
    ],
)
def test_numbers_takes_label_actual_and_target(line: str, says: dict[str, object]) -> None:
    reading = one(line, room("numbers"))
    assert (reading.kind, said(reading)) == ("metric", says)


@pytest.mark.parametrize(
    "line", ["Wir waren 3", "Umsatz seit 2024", "480/520", "Preis 5 %/3 Tage", "Warum 3 von 4?"]
)
def test_numbers_keeps_sentences_as_notes(line: str) -> None:
    assert (one(line, room("numbers")).kind, one(line, room("numbers")).text) == ("note", line)


def test_a_typed_figure_is_read_in_the_meetings_language() -> None:
    assert one("Umsatz 1.234", room("numbers", language="de")).actual == "1234"
    assert one("Umsatz 1.234", room("numbers", language="en")).actual == "1.234"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Müller GmbH verloren 48.000", {"account": "Müller GmbH", "outcome": "lost", "amount": "48000.00"}),
        ("Müller GmbH 48 T€", {"account": "Müller GmbH", "amount": "48000.00", "currency": "EUR"}),
        ("€48,000 Miller", {"account": "Miller", "amount": "48000.00", "currency": "EUR"}),
        ("Miller won", {"account": "Miller", "outcome": "won"}),
        ("gewonnen: Nord AG", {"account": "Nord AG", "outcome": "won"}),
        ("Nord AG, keine Entscheidung", {"account": "Nord AG", "outcome": "no_decision"}),
        (
            "Nord AG verloren gegen Plantlytics 1,2 Mio. €",
            {
                "account": "Nord AG",
                "outcome": "lost",
                "text": "gegen Plantlytics",
                "amount": "1200000.00",
                "currency": "EUR",
            },
        ),
        ("Halle 7 zurückgezogen", {"account": "Halle 7", "outcome": "withdrawn"}),
    ],
)
def test_deal_takes_a_customer_while_none_is_on_the_floor(line: str, says: dict[str, object]) -> None:
    reading = one(line, room("deal", deal_on_floor=False))
    assert (reading.kind, said(reading)) == ("new_deal", says)
    assert one(line).kind == "note"


@pytest.mark.parametrize(
    "line", ["Wir haben verloren", "Nord 2026", "Halle 7", "verloren", "Wer fragt Ben?", "48.000"]
)
def test_deal_keeps_everything_else_as_a_note(line: str) -> None:
    assert one(line, room("deal", deal_on_floor=False)).kind == "note"


def test_followup_takes_what_happened_and_what_was_learned() -> None:
    context = room("followup")
    assert (one("lief gut @ben", context).kind, one("lief gut @ben", context).text) == (
        "happened",
        "lief gut @ben",
    )
    assert one("! früher fragen", context).kind == "learned"
    nothing = room("followup", item_selected=False)
    assert (one("lief gut", nothing).kind, one("! früher fragen", nothing).kind) == ("note", "lesson")


def test_lessons_and_experiments_take_their_own() -> None:
    assert said(one("Rahmen nennen #preis", room("lessons"))) == {
        "text": "Rahmen nennen",
        "factors": ("price",),
    }
    assert said(one("Rahmen früh @ben =15.12.", room("experiments"))) == {
        "text": "Rahmen früh",
        "owner": "ben-kurz",
        "due": date(2026, 12, 15),
    }
    assert one("\\#1 am Markt @ben", room("experiments")).kind == "experiment"
    assert said(one("\\#1 am Markt @ben", room("experiments"))) == {"text": "#1 am Markt @ben"}


@pytest.mark.parametrize("line", ["21.12.", "=21.12.", "Mo 21.12.2026", "2026-12-21", "+4w"])
def test_close_takes_a_date_alone_as_the_next_meeting(line: str) -> None:
    reading = one(line, room("close"))
    assert (reading.kind, reading.due) == ("next_date", date(2026, 12, 21))


@pytest.mark.parametrize(
    "line", ["Danke.", "so", "do", "21.12. passt mir nicht", "Es war gut @ben", "32.12."]
)
def test_close_keeps_everything_else_as_a_remark(line: str) -> None:
    assert (one(line, room("close")).kind, one(line, room("close")).text) == ("remark", line)


@pytest.mark.parametrize("kind", ["case", "notes", "deal", "experiments", "close"])
def test_in_a_step_with_fields_the_first_empty_one_is_answered(kind: str) -> None:
    reading = one("Was wollen wir? @ben", room(kind, field="key_question"))
    assert (reading.kind, reading.field, reading.text) == ("field", "key_question", "Was wollen wir? @ben")
    assert one(". nur so", room(kind, field="key_question")).kind == "note"


@pytest.mark.parametrize(
    "kind, line, wanted",
    [
        ("checkin", "Eva Klug, Service", "participant"),
        ("checkin", "Müde", "field"),
        ("numbers", "Umsatz 480/520", "metric"),
        ("numbers", "Umsatz 480", "field"),
        ("close", "21.12.", "next_date"),
        ("close", "Am 21.12. wieder", "field"),
    ],
)
def test_what_a_step_is_for_is_no_answer(kind: str, line: str, wanted: str) -> None:
    assert one(line, room(kind, field="motto")).kind == wanted
