"""The calendar, read again by a parser: its days, its names for life, and no line that somebody wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from icalendar import Calendar

from retrotui.domain.experiments import open_items
from retrotui.domain.minutes import AgendaRef, Minutes, Verdict, change
from retrotui.domain.text import one_line
from retrotui.errors import RetroError
from retrotui.interchange import exports
from retrotui.interchange.calendar import calendar_bytes
from tests.unit.interchange.export_samples import (
    filled_with,
    hostile,
    neighbours,
    out_of,
    same_as_golden,
    sample,
)

STAMP = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)
TODAY = date(2026, 11, 24)


def content(minutes: Minutes, *later: Minutes, lang: str = "de", **values: Any) -> bytes:
    items = open_items((*neighbours(), minutes, *later), TODAY)
    written = calendar_bytes(out_of(minutes, lang, **values), items, STAMP)
    assert written is not None
    return written


def events(raw: bytes) -> dict[str, Any]:
    """The entries by their title."""
    calendar = Calendar.from_ical(raw)
    assert not calendar.errors
    return {str(event["summary"]): event for event in calendar.walk("VEVENT")}


def later(**values: Any) -> Minutes:
    """A month later."""
    return Minutes(
        id="2026-12-21-monthly-reflection",
        status="closed",
        team="Vertrieb Süd",
        language="de",
        date=date(2026, 12, 21),
        agenda=AgendaRef(id="monthly-reflection"),
        **values,
    )


def extended(until: date) -> Minutes:
    item = f"{sample().id}-x1"
    return later(verdict=(Verdict(item=item, kind="experiment", decision="extend", due=until),))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_golden_calendar(lang: str, update_goldens: bool) -> None:
    raw = content(sample(), lang=lang)
    same_as_golden(raw, f"export.{lang}.ics", update=update_goldens)


def test_due_dates_and_the_next_meeting_are_whole_days() -> None:
    found = events(content(sample(), lang="en"))
    days = {title: event["dtstart"].dt for title, event in found.items()}
    assert days == {
        "Experiment: Preisrahmen früh nennen": date(2026, 12, 21),
        "Action: Einkauf bei Nord AG anrufen": date(2026, 11, 30),
        "Action: Liste der Kunden": date(2026, 12, 1),
        "Monatliche Reflexion": date(2026, 12, 21),
    }
    for event in found.values():
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert (event["dtend"].dt - event["dtstart"].dt).days == 1
        assert event["dtstamp"].dt == STAMP and event["transp"] == "TRANSPARENT"


def test_ideas_and_what_has_no_date_are_left_out() -> None:
    titles = " ".join(events(content(sample())))
    assert "Service nimmt" not in titles and "Vorlage ablegen" not in titles


def test_the_newest_word_counts() -> None:
    judged = later(verdict=(Verdict(item=f"{sample().id}-x1", kind="experiment", decision="keep"),))
    assert "Preisrahmen" not in " ".join(events(content(sample(), judged)))
    moved = events(content(sample(), extended(date(2027, 1, 15)), lang="en"))
    assert moved["Experiment: Preisrahmen früh nennen"]["dtstart"].dt == date(2027, 1, 15)


def test_a_name_for_life_and_a_higher_number_when_the_day_moves() -> None:
    first = events(content(sample(), lang="en"))["Experiment: Preisrahmen früh nennen"]
    moved = events(content(sample(), extended(date(2027, 1, 15)), lang="en"))[
        "Experiment: Preisrahmen früh nennen"
    ]
    assert first["uid"] == moved["uid"] and moved["sequence"] == first["sequence"] + 1
    mover = extended(date(2027, 1, 15))
    items = open_items((*neighbours(), sample(), mover), TODAY)
    from retrotui.interchange.outgoing import around_of, outgoing

    out = outgoing(mover, "en", around=around_of([sample()], "en"))
    raw = calendar_bytes(out, items, STAMP)
    assert raw is not None
    assert events(raw)["Experiment: Preisrahmen früh nennen"]["uid"] == first["uid"]


def test_no_two_entries_and_no_two_teams_share_a_name() -> None:
    ours = [event["uid"] for event in events(content(sample())).values()]
    theirs = [event["uid"] for event in events(content(change(sample(), team="Vertrieb Nord"))).values()]
    assert len({*ours, *theirs}) == 8


def test_anonymous_names_nobody() -> None:
    raw = content(sample(), anonymous=True).decode()
    unfolded = raw.replace("\r\n ", "")
    for name in ("Anna", "Berg", "Ben", "Ola", "Carla"):
        assert name not in unfolded
    assert "Anna Berg" in content(sample()).decode().replace("\r\n ", "")


def test_nobody_is_invited() -> None:
    raw = content(sample())
    assert b"ATTENDEE" not in raw and b"ORGANIZER" not in raw and b"VALARM" not in raw


@settings(max_examples=80, deadline=None)
@given(hostile)
def test_words_forge_no_line_and_come_back(words: str) -> None:
    raw = content(filled_with(words), lang="en")
    calendar = Calendar.from_ical(raw)
    plain = Calendar.from_ical(content(filled_with("plain"), lang="en"))
    assert [part.name for part in calendar.walk()] == [part.name for part in plain.walk()]
    for found, meant in zip(calendar.walk("VEVENT"), plain.walk("VEVENT"), strict=True):
        assert set(found) <= set(meant)
    shown = one_line(words)
    if shown:
        assert f"Action: {shown}" in {str(event["summary"]) for event in calendar.walk("VEVENT")}
    assert b"\r" not in raw.replace(b"\r\n", b"") and b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_a_meeting_without_a_day_has_no_calendar() -> None:
    bare = change(sample(), next_date=None, experiment=(), action=(), verdict=())
    assert calendar_bytes(out_of(bare), (), STAMP) is None
    with pytest.raises(RetroError):
        exports.written(out_of(bare), "ics", stamp=STAMP)


def test_the_last_day_that_there_is_can_be_written() -> None:
    raw = content(change(sample(), next_date=date.max))
    assert events(raw)["Monatliche Reflexion"]["dtstart"].dt == date.max
