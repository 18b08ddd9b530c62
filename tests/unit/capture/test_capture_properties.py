"""Nothing refused, nothing lost; what is written is read as the same: for any line in any room."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.capture import Context, Reading, left_edge, read
from retrotui.domain.capture_people import whom
from retrotui.domain.capture_words import outcome_of
from retrotui.domain.capture_writing import write
from retrotui.domain.completion import completions
from retrotui.domain.minutes import Metric
from retrotui.domain.text import clean
from tests.unit.capture.lines import CONTEXTS, LINES, TODAY, one, room

calm = settings(deadline=None)
UNITS = frozenset(
    ["t", "k", "m", "mio", "tage", "tag", "days", "day", "d", "stk", "teur", "chf", "eur", "prozent"]
)
_WORD = re.compile(r"\w+")


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _left_over(line: str, reading: Reading) -> list[str]:
    """The words of the line that are neither in the text nor in a tag that was read."""
    kept = " ".join((reading.text, reading.account, reading.label, reading.name, *reading.taken))
    return list((_words(clean(line, limit=None).text) - _words(kept)).elements())


@settings(max_examples=600, deadline=None)
@given(LINES, CONTEXTS)
def test_nothing_is_lost(line: str, context: Context) -> None:
    for typed in re.split("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", line):
        readings = read(typed, context)
        if not readings:
            assert not _words(clean(typed).text) or clean(typed).text.strip("\\ ") in "_"
            continue
        (reading,) = readings
        rest = _left_over(typed, reading)
        if reading.kind in ("arrival", "departure", "participant"):
            # what is not the name as it stands was read as somebody known, or as the function
            assert not rest or reading.person or reading.function
            if reading.person and rest:
                assert whom(rest[0], context.people) or reading.function or rest[0] in ("id",)
        elif reading.kind == "metric":
            assert all(not word[0].isalpha() or word.casefold() in UNITS for word in rest)
        elif reading.kind == "new_deal":
            assert (
                outcome_of(" ".join(word for word in rest if word[0].isalpha()))
                or reading.outcome
                or reading.amount
            )
        elif reading.kind == "next_date":
            assert reading.due is not None
        else:
            assert rest == []


@settings(max_examples=600, deadline=None)
@given(LINES, CONTEXTS)
def test_what_is_written_is_read_as_the_same(line: str, context: Context) -> None:
    for reading in read(line, context):
        assert read(write(reading, context), context) == (reading,)


@calm
@given(LINES, CONTEXTS)
def test_marks_stand_on_words_of_the_text(line: str, context: Context) -> None:
    for reading in read(line, context):
        for mark in reading.unread:
            word = reading.text[mark.start : mark.end]
            assert word and word == word.strip() and word[0] in "#@=^*/~"


@calm
@given(LINES, CONTEXTS)
def test_a_pasted_text_is_its_lines(line: str, context: Context) -> None:
    lines = re.split("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", line)
    assert read(line, context) == tuple(reading for each in lines for reading in read(each, context))


@calm
@given(LINES, CONTEXTS)
def test_the_edge_says_what_enter_makes(line: str, context: Context) -> None:
    edge = left_edge(line, context)
    readings = read(line, context)
    if readings and len(line) < 1000:
        assert edge.kind == readings[0].kind
    assert edge.symbol in "−+!?>„·&@=" and str(edge.what)


@calm
@given(LINES, CONTEXTS, st.integers(-2, 60))
def test_what_is_completed_keeps_the_rest_of_the_line(line: str, context: Context, cursor: int) -> None:
    found = completions(line, cursor, context)
    assert 0 <= found.start <= found.end <= len(line)
    for option in found.options[:3]:
        taken, place = found.taken(line, option)
        assert taken.startswith(line[: found.start]) and taken[:place].rstrip().endswith(
            option.insert.strip()
        )
        assert taken.endswith(line[found.end :].lstrip(" "))


@calm
@given(LINES, st.sampled_from(["de", "en"]))
def test_figures_fit_the_file(line: str, language: str) -> None:
    for reading in read(f"Umsatz {line}", room("numbers", language=language)):
        if reading.kind == "metric":
            Metric(
                id="x", label=reading.label, unit=reading.unit, actual=reading.actual, target=reading.target
            )


@calm
@given(st.text(alphabet='#@=^*/~\\ab1 "', max_size=30), CONTEXTS)
def test_any_text_can_be_edited_as_a_factor_and_as_an_action(text: str, context: Context) -> None:
    text = " ".join(text.split())
    context = replace(context, deal_on_floor=True)
    entries = [Reading(kind="factor", effect="hurt", factor="price", weight=2, source="buyer", text=text)]
    if any(map(str.isalnum, text)):
        entries.append(Reading(kind="action", text=text, owner="ben-kurz", due=TODAY))
    for entry in entries:
        got = read(write(entry, context), context)
        assert [replace(reading, ask="") for reading in got] == [entry]


@pytest.mark.parametrize(
    "letters", ["#", "@", '@"', "\\", "=1", "1 ", "9.9 ", "a:1 ", "1/", "verloren ", '"', "k€ "]
)
def test_a_long_line_is_read_in_time_that_grows_with_it(letters: str) -> None:
    """A backtracking pattern would not come back from these within the life of the test run."""
    for kind in ("deal", "numbers", "checkin", "close"):
        assert read(letters * (20_000 // len(letters)), room(kind, deal_on_floor=False)) is not None


@pytest.mark.parametrize(
    ("line", "language", "written"),
    [
        ("-   Preis spät   /customer *2 #price", "de", "- Preis spät #preis *2 /kunde"),
        ("- Preis spät /kunde #preis", "en", "- Preis spät #price /buyer"),
        ("+ #referenzen ~beleg", "de", "+ #referenzen /beleg"),
        ("> Einkauf anrufen ^fr @Ben Kurz", "de", "> Einkauf anrufen @ben =27.11."),
        ("> Einkauf anrufen ^fr @Ben Kurz", "en", "> Einkauf anrufen @ben =2026-11-27"),
        ("? Rahmen früh =15.12.2028", "de", "? Rahmen früh =15.12.2028"),
        ('> anrufen @"Peter Lang"', "de", '> anrufen @"Peter Lang"'),
        ("! Rahmen nennen #preis", "de", "! Rahmen nennen #preis"),
        ("„Zu teuer“", "de", '"Zu teuer"'),
        ("& Messe", "de", "& Messe"),
        ("Techniker fehlte @ca", "de", "Techniker fehlte @carla"),
        (". - Techniker", "de", ". - Techniker"),
        (r"- Preis \#preis", "de", r"- Preis \#preis"),
        ("@Zoe Klein, service", "de", "@Zoe Klein, Service"),
        ("@-ca", "de", "@-carla"),
    ],
)
def test_an_entry_is_edited_as_it_could_be_typed(line: str, language: str, written: str) -> None:
    context = room(language=language)
    assert write(one(line, context), context) == written


@pytest.mark.parametrize(
    ("kind", "line", "written"),
    [
        ("numbers", "Umsatz 480.000/520.000 €", "Umsatz 480/520 T€"),
        ("numbers", "Zyklus 61/55 days <", "Zyklus 61/55 Tage <"),
        ("deal", "lost: Müller 48.000 EUR", "Müller verloren 48 T€"),
        ("deal", "Müller won 48.000", "Müller gewonnen 48000,00"),
        ("checkin", "zoe, tech", "zoe, Technik/Umsetzung"),
        ("checkin", "?, sales", "?, Vertrieb"),
        ("checkin", "Ben Kurz", "ben"),
        ("close", "=fr", "27.11."),
        ("lessons", "! Rahmen nennen #price", "Rahmen nennen #preis"),
    ],
)
def test_what_a_step_takes_is_edited_as_it_could_be_typed(kind: str, line: str, written: str) -> None:
    context = room(kind, deal_on_floor=False)
    assert write(one(line, context), context) == written


def test_a_note_of_several_lines_is_edited_on_one() -> None:
    assert write(Reading(kind="note", text="eins\nzwei"), room()) == "eins zwei"
