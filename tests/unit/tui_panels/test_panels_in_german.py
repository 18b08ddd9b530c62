"""The wall in German, in the words of the design."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retrotui import locale
from retrotui.domain.meeting import draft_meeting
from retrotui.domain.minutes import Lesson, Tally
from retrotui.tui.prompts import current_prompt, prompts
from retrotui.tui.widgets.panels import panel
from retrotui.tui.widgets.rail import rail
from retrotui.tui.widgets.topline import notice_words, topline
from tests.unit.tui_panels.staging import (
    MUELLER,
    PEOPLE,
    START,
    TODAY,
    agenda,
    at,
    begun,
    having,
    look,
    memory,
    open_items,
    with_deals,
)


@pytest.fixture(autouse=True)
def german() -> None:
    locale.use("de")


def test_the_top_line() -> None:
    line = topline(look(begun("de"), 12.5, width=80)).plain
    assert line.startswith(" Monatliche Reflexion · Vertrieb Süd")
    assert line.endswith("09:12   Ende 11:02 (+3 min) ")
    waiting = draft_meeting(agenda(), meeting_id="m", day=TODAY, language="de")
    assert "Gleich geht es los" in topline(look(waiting, 0)).plain
    there = panel(look(having(waiting, participant=PEOPLE), 0))
    assert (
        there is not None
        and there.plain.startswith("3 Personen hier: Anna Berg, ")
        and "zusammen" in there.plain
    )


def test_the_rail() -> None:
    shown = rail(look(having(begun("de"), participant=PEOPLE), 3, width=24, height=24)).plain
    assert "Reflektieren        50 %" in shown and "  Plan              50 %" in shown
    assert shown.endswith("Es fehlt:\nTechnik/Umsetzung,\nProdukt")


def test_the_prompts_of_ours() -> None:
    capped = look(at(begun("de"), "numbers", 0), 10)
    assert current_prompt(capped)[0] == "Zeit für Zahlen ist um. Zu welchem Deal führt uns das?"
    low = look(having(begun("de"), safety=Tally(counts=(2, 0, 0, 1, 1))))
    assert prompts(low)[1] == "Heute erst zu zweit, dann in der Runde; die Leitung spricht zuletzt."


def test_our_prompts_are_in_the_meeting_s_language_and_not_the_interface_s() -> None:
    locale.use("en")
    assert "Zeit für Zahlen" in current_prompt(look(at(begun("de"), "numbers", 0), 10))[0]


def test_followup() -> None:
    content = panel(look(replace(at(begun("de"), "followup"), open_items=open_items())))
    assert content is not None
    for words in (
        "zum dritten Mal vertagt",
        "läuft bis 21.12.",
        "3 Tage überfällig",
        "1 behalten   2 anpassen",
    ):
        assert words in content.plain


def test_the_card_of_a_deal() -> None:
    content = panel(look(with_deals(begun("de"), MUELLER)))
    assert content is not None
    assert "verloren · 48.000 € · Verhandlung" in content.plain
    assert "Grund im CRM  „Preis“" in content.plain and "entschieden am 14.10.2026" in content.plain


def test_a_lesson_that_comes_back() -> None:
    one = Lesson(id="l1", at=START, step="lessons", text="Rahmen nennen")
    known = memory("Den Rahmen nennen")
    content = panel(look(having(at(begun("de"), "lessons"), lesson=(one,)), memory=known))
    assert content is not None
    assert "kommt wieder: zum dritten Mal seit September 2026, noch kein Experiment" in content.plain


def test_what_was_discussed_before() -> None:
    content = panel(look(with_deals(begun("de"), MUELLER), memory=memory(account="Mueller KG")))
    assert content is not None
    assert "26.10.2026: verloren · − Preis, + Referenzen" in content.plain
    assert "Meint ihr" in content.plain and "Mueller KG (26.10.2026)?" in content.plain


def test_being_late() -> None:
    line = notice_words(look(begun("de"), 12.5))
    assert line.startswith("F6: ") and "3 Minuten" in line
