"""The room in which the tests type their lines: three people, the bundled factors, Monday the 23rd of November."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from hypothesis import strategies as st

from retrotui.domain.capture import Context, Reading, read
from retrotui.domain.minutes import Participant

TODAY = date(2026, 11, 23)
PEOPLE = (
    Participant(id="anna-berg", name="Anna Berg", function="sales"),
    Participant(id="ben-kurz", name="Ben Kurz", function="sales"),
    Participant(id="carla-weiss", name="Carla Weiß", function="service"),
    Participant(id="otto-alt", name="Otto Alt", function="Werkstatt", present=False),
)


def room(kind: str = "deal", **more: Any) -> Context:
    """The context of a line; with a deal on the floor unless `deal_on_floor=False` says otherwise."""
    more.setdefault("deal_on_floor", kind == "deal")
    return Context(today=TODAY, people=PEOPLE, kind=kind, **more)


def one(line: str, context: Context | None = None) -> Reading:
    """The only reading of a line."""
    readings = read(line, context or room())
    assert len(readings) == 1, readings
    return readings[0]


def said(reading: Reading) -> dict[str, object]:
    """What a reading says beyond its kind, without what only helps the screen."""
    empty = Reading(kind=reading.kind)
    names = [each.name for each in fields(reading) if each.compare]
    return {name: getattr(reading, name) for name in names if getattr(reading, name) != getattr(empty, name)}


KINDS = (
    *("checkin", "followup", "numbers", "deal", "factors", "lessons", "perspectives", "case", "notes"),
    *("experiments", "close", "break"),
)

CONTEXTS = st.builds(
    lambda kind, floor, hand, item, field, language, next_date: Context(
        today=TODAY,
        people=PEOPLE,
        kind=kind,
        deal_on_floor=floor,
        deal_at_hand=hand,
        item_selected=item,
        field=field,
        language=language,
        next_date=next_date,
    ),
    st.sampled_from(KINDS),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "", "", "key_question"]),
    st.sampled_from(["de", "en"]),
    st.sampled_from([None, date(2026, 12, 21)]),
)

PIECES = st.one_of(
    st.sampled_from(
        [
            *(
                "+",
                "-",
                "!",
                "?",
                ">",
                '"',
                "„",
                "»",
                "“",
                "@",
                ".",
                "&",
                "\\",
                " ",
                "  ",
                ",",
                ":",
                ";",
                "<",
                "/",
                "#",
            ),
            *(
                "#preis",
                "#price",
                "#einkauf",
                "#xyz",
                "#",
                "@ben",
                "@be",
                "@Anna Berg",
                "@Zoe",
                '@"Peter Lang"',
                "@-Carla",
            ),
            *(
                "=fr",
                "=15.12.",
                "=2026-12-15",
                "=+2w",
                "^+3d",
                "=x",
                "*1",
                "*2",
                "*3",
                "*4",
                "/kunde",
                "~beleg",
                "/wir",
            ),
            *(
                "/k",
                "/api",
                "\\#preis",
                "\\\\@ben",
                "Preis",
                "spät",
                "Müller GmbH",
                "verloren",
                "gewonnen",
                "48.000",
            ),
            *(
                "48 T€",
                "480/520",
                "12 Tage",
                "25 %",
                "Umsatz",
                "Anna Berg",
                "Ben",
                "Service",
                "?, Vertrieb",
                "21.12.",
            ),
            *(
                "Mo",
                "keine Entscheidung",
                "1,2 Mio",
                "2026",
                "😀",
                "=fr,",
                "(@ben)",
                "a\u0308",
                "\u200b",
                "\x1b[1m",
                "open",
            ),
        ]
    ),
    st.text(max_size=6),
)
_FIGURES = st.sampled_from(
    [
        "480",
        "12,5",
        "1.234",
        "1.234,56",
        "-3",
        "0,500",
        "12 500",
        "2026",
        "1.234.567,8",
        "999999999999999",
        "0",
        "1e5",
    ]
)
_UNITS = st.sampled_from(
    ["", " T€", " €", " %", " Tage", " days", "k", " Mio. €", " CHF", " Stk", "€", " TEUR", " Prozent"]
)
_NAMES = st.sampled_from(
    [
        "Umsatz",
        "Neue Kunden",
        "Halle 7",
        "Müller GmbH",
        "Nord AG, Süd",
        "Zoe",
        "Ben",
        "Anna Berg",
        "wir",
        "Q3: Ziel",
        "?",
    ]
)
_OUTCOMES = st.sampled_from(["verloren", "won", "keine Entscheidung", "offen", "zurückgezogen", "Lost", ""])
_SHAPED = st.one_of(
    st.builds("{}{}".format, st.sampled_from('+-!?>.&@"„»'), st.lists(PIECES, max_size=6).map(" ".join)),
    st.builds(
        "{} {}{}/{}{}{}".format, _NAMES, _FIGURES, _UNITS, _FIGURES, _UNITS, st.sampled_from(["", " <", ">"])
    ),
    st.builds("{} {}{}".format, _NAMES, _FIGURES, _UNITS),
    st.builds(
        "{} {} {} {}{}".format, _NAMES, _OUTCOMES, st.sampled_from(["", "gegen X", ","]), _FIGURES, _UNITS
    ),
    st.builds("{}{} {} {}".format, _FIGURES, _UNITS, _NAMES, _OUTCOMES),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["", "@", "@-", " "]),
        _NAMES,
        st.sampled_from(["", ", ", ","]),
        st.sampled_from(["", "Service", "technik", "Lager", "Vert", "Technik/Umsetzung", "aber da"]),
    ),
)
LINES = st.one_of(
    _SHAPED,
    _SHAPED,
    st.lists(PIECES, max_size=8).map(" ".join),
    st.lists(PIECES, max_size=8).map("".join),
    st.text(max_size=40),
)
