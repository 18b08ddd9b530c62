"""The capture line: the rules of meeting.md by their names."""

from __future__ import annotations

from datetime import date

import pytest

from retrotui.domain.capture import Context, read
from retrotui.domain.minutes import Participant
from tests.unit.capture.lines import KINDS, PEOPLE, one, room, said

# --- the first character decides the kind -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind", "says"),
    [
        ("+ Pilot half", "factor", {"text": "Pilot half", "effect": "helped"}),
        ("-Preis spät", "factor", {"text": "Preis spät", "effect": "hurt"}),
        ("! Rahmen früh nennen", "lesson", {"text": "Rahmen früh nennen"}),
        ("? Rahmen früh", "experiment", {"text": "Rahmen früh"}),
        ("> Einkauf anrufen", "action", {"text": "Einkauf anrufen"}),
        ('"Zu teuer', "quote", {"text": "Zu teuer"}),
        ("„Zu teuer.“", "quote", {"text": "Zu teuer."}),
        ("»Zu teuer«", "quote", {"text": "Zu teuer"}),
        ('"Zu teuer"', "quote", {"text": "Zu teuer"}),
        ('"Zu teuer" sagt er', "quote", {"text": '"Zu teuer" sagt er'}),
        ("& Messeauftritt 2027", "parked", {"text": "Messeauftritt 2027"}),
        (". - Techniker fehlte", "note", {"text": "- Techniker fehlte"}),
        ("Techniker war nur am Telefon dabei", "note", {"text": "Techniker war nur am Telefon dabei"}),
        (" - so gemeint #preis @ben", "note", {"text": "- so gemeint #preis @ben"}),
        ("\\! kein Zeichen", "note", {"text": "! kein Zeichen"}),
    ],
)
def test_the_first_character_decides(line: str, kind: str, says: dict[str, object]) -> None:
    reading = one(line)
    assert (reading.kind, said(reading)) == (kind, says)


@pytest.mark.parametrize("kind", KINDS)
def test_prefixes_mean_the_same_in_every_step(kind: str) -> None:
    context = room(kind, deal_at_hand=True, item_selected=False, field="question")
    got = [
        one(line, context).kind
        for line in ("+ a", "- a", "! a", "? a", "> a", '"a', "& a", ". a", "@Zoe", "@-Ben")
    ]
    assert got == [
        *(
            "factor",
            "factor",
            "lesson",
            "experiment",
            "action",
            "quote",
            "parked",
            "note",
            "arrival",
            "departure",
        )
    ]


@pytest.mark.parametrize(
    "line", ["-20 % Rabatt", "+49 171 123", ".5 Prozent fehlten", ">3 Wochen", "&2 mehr", "?2", "!3"]
)
def test_a_prefix_right_before_a_digit_is_text(line: str) -> None:
    assert said(one(line)) == {"text": line}
    assert one(line).kind == "note"


def test_a_buyers_words_may_begin_with_a_digit() -> None:
    assert (one('"20 % zu teuer"').kind, one('"20 % zu teuer"').text) == ("quote", "20 % zu teuer")


def test_a_space_before_the_digit_makes_it_a_prefix_again() -> None:
    assert (one("- 20 % Rabatt").kind, one("- 20 % Rabatt").text) == ("factor", "20 % Rabatt")


@pytest.mark.parametrize(("line", "mark"), [("+ Pilot #preis", "+"), ("- spät *2", "-"), ('"Zu teuer"', '"')])
def test_before_any_deal_factors_and_quotes_are_marked_notes(line: str, mark: str) -> None:
    reading = one(line, room("numbers"))
    assert (reading.kind, reading.text, reading.mark) == ("note", line, mark)
    assert one(line, room("numbers", deal_at_hand=True)).kind in ("factor", "quote")


@pytest.mark.parametrize("line", ["", "   ", "-", "+", "!", "@", "\\", "\n\n", "\u200b"])
def test_where_nothing_is_said_nothing_is_made(line: str) -> None:
    assert read(line, room()) == ()


def test_a_pasted_text_makes_an_entry_of_each_line() -> None:
    got = read("- Preis\r\n\n! Lehre\u2028am Ende\r  eingerückt", room())
    assert [(reading.kind, reading.text) for reading in got] == [
        ("factor", "Preis"),
        ("lesson", "Lehre"),
        ("note", "am Ende"),
        ("note", "eingerückt"),
    ]


def test_what_does_not_get_in_is_counted() -> None:
    assert one("a\x1b[31mb\u202ec").dropped == 6
    long = one("> " + "ä" * 15_000)
    assert (long.kind, len(long.text), long.cut) == ("action", 10_000, 5_000)


# --- tags -------------------------------------------------------------------------------------------------------


def test_a_factor_with_all_its_tags() -> None:
    reading = one("- Preis erst in der dritten Runde genannt #preis *3 /kunde")
    assert said(reading) == {
        "text": "Preis erst in der dritten Runde genannt",
        "effect": "hurt",
        "factor": "price",
        "weight": 3,
        "source": "buyer",
    }
    assert reading.taken == ("#preis", "*3", "/kunde")


@pytest.mark.parametrize("tag", ["#einkauf", "#Einkauf", "#procurement", "#eink", "#procu"])
def test_a_factor_by_its_short_name_in_either_language_or_its_id(tag: str) -> None:
    assert one(f"- spät {tag}").factor == "procurement"


def test_weight_is_one_and_source_open_unless_said() -> None:
    reading = one("- spät #preis")
    assert (reading.weight, reading.source) == (1, "")


@pytest.mark.parametrize(
    ("tag", "source"),
    [
        *(
            ("/kunde", "buyer"),
            ("/k", "buyer"),
            ("~buyer", "buyer"),
            ("/customer", "buyer"),
            ("/Käufer", "buyer"),
        ),
        *(
            ("/beleg", "document"),
            ("/doc", "document"),
            ("~d", "document"),
            ("/wir", "team"),
            ("/team", "team"),
        ),
        *(("/us", "team"), ("/we", "team")),
    ],
)
def test_sources_in_both_languages(tag: str, source: str) -> None:
    assert (one(f"+ Pilot {tag}").source, one(f"+ Pilot {tag}").text) == (source, "Pilot")


def test_a_factor_without_a_tag_is_unsorted_and_a_unique_match_only_proposed() -> None:
    reading = one("- Preisliste kam zu spät")
    assert (reading.factor, reading.proposal) == ("", "price")
    assert one("- Preis und Budget").proposal == ""
    assert one("- Preis #budget").proposal == ""


@pytest.mark.parametrize(
    ("line", "text", "marked"),
    [
        ("- spät #unbekannt", "spät #unbekannt", ["#unbekannt"]),
        ("- spät *4 *2", "spät *4", ["*4"]),
        ("- spät /mars", "spät /mars", ["/mars"]),
        ("- spät *2 *3", "spät *3", ["*3"]),
        ("> anrufen =irgendwann =31.2.", "anrufen =irgendwann =31.2.", ["=irgendwann", "=31.2."]),
        ("! Lehre #preis #nix", "Lehre #nix", ["#nix"]),
        ("Frage an @niemand", "Frage an @niemand", ["@niemand"]),
        ("@-Zoe", "@-Zoe", ["@-Zoe"]),
    ],
)
def test_what_cannot_be_read_stays_text_and_is_marked(line: str, text: str, marked: list[str]) -> None:
    reading = one(line)
    assert reading.text == text
    assert [text[mark.start : mark.end] for mark in reading.unread] == marked


@pytest.mark.parametrize(
    "line", ["- 3 / 4 = gut", "- a * b", "- => weiter", "- (#preis)", "- mail@ben.de", "- und/oder"]
)
def test_signs_amid_words_are_words(line: str) -> None:
    reading = one(line)
    assert (reading.text, reading.unread, reading.factor) == (line[2:], (), "")


def test_a_tag_may_have_punctuation_behind_it() -> None:
    assert one("> Kunde anrufen @ben, bald =fr.").text == "Kunde anrufen, bald."
    assert one("> Kunde anrufen @ben, bald =fr.").owner == "ben-kurz"


def test_a_backslash_before_a_tag_leaves_it_text() -> None:
    reading = one(r"- Preis \#preis \*2 \\@ben C:\temp")
    assert (reading.text, reading.factor, reading.weight) == (r"Preis #preis *2 \@ben C:\temp", "", 1)


# --- people -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag", ["@ben", "@be", "@Ben", "@BEN", "@ben-kurz", "@kurz", "@Ben Kurz", '@"Ben Kurz"']
)
def test_a_unique_beginning_resolves(tag: str) -> None:
    reading = one(f"> anrufen {tag} =fr")
    assert (reading.owner, reading.text, reading.due) == ("ben-kurz", "anrufen", date(2026, 11, 27))


@pytest.mark.parametrize("tag", ["@weiß", "@weiss", "@Carla Weiß", "@carla weiss", "@carla-weiss"])
def test_names_are_found_in_any_spelling(tag: str) -> None:
    assert one(f"? Titel {tag}").owner == "carla-weiss"


def test_more_than_one_who_can_be_meant_is_nobody() -> None:
    people = (*PEOPLE, Participant(id="ben-lang", name="Ben Lang"))
    context = Context(today=date(2026, 11, 23), kind="deal", people=people)
    reading = one("> anrufen @ben", context)
    assert (reading.owner, reading.owner_text, reading.text) == ("", "", "anrufen @ben")
    assert len(reading.unread) == 1
    assert one("> anrufen @Ben Lang", context).owner == "ben-lang"


def test_an_owner_nobody_knows_is_kept_in_words() -> None:
    assert said(one("> anrufen @Peter")) == {"text": "anrufen", "owner_text": "Peter"}
    assert said(one('> anrufen @"Peter Lang"')) == {"text": "anrufen", "owner_text": "Peter Lang"}


def test_in_other_entries_it_is_the_person_to_ask() -> None:
    assert said(one("Lieferzeit klären @carla")) == {"text": "Lieferzeit klären", "ask": "carla-weiss"}
    factor = one("- Lieferzeit @carla")
    assert (factor.ask, factor.text) == ("carla-weiss", "Lieferzeit @carla")
    assert one("! Lehre @carla").ask == "carla-weiss"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("@Zoe Klein, Service", {"name": "Zoe Klein", "function": "service"}),
        ("@Zoe Klein", {"name": "Zoe Klein"}),
        ("@zoe", {"name": "zoe"}),
        ("@Dr. Max von Berg, Technik", {"name": "Dr. Max von Berg", "function": "delivery"}),
        ("@Zoe, Lager", {"name": "Zoe", "function": "Lager"}),
        ("@be", {"person": "ben-kurz", "name": "Ben Kurz", "function": "sales"}),
        ("@Carla Weiß, Finanzen", {"person": "carla-weiss", "name": "Carla Weiß", "function": "finance"}),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_somebody_arrives_at_any_step(line: str, says: dict[str, object], kind: str) -> None:
    reading = one(line, room(kind))
    assert (reading.kind, said(reading)) == ("arrival", says)


@pytest.mark.parametrize("line", ["@-Carla", "@-carla weiß", "@- Carla", "@-ca"])
def test_somebody_leaves(line: str) -> None:
    reading = one(line)
    assert (reading.kind, reading.person) == ("departure", "carla-weiss")


def test_people_arrive_and_leave_only_at_the_start() -> None:
    assert one("gleich kommt @Carla").kind == "note"
    assert one("es geht @-Carla").text == "es geht @-Carla"


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("@anna @ben", ["@anna-berg", "@ben-kurz"]),
        ("@anna, @ben; @ca", ["@anna-berg", "@ben-kurz", "@carla-weiss"]),
        ("@Anna Berg, Vertrieb @Zoe Neu, Lager", ["@anna-berg", "@Zoe Neu"]),
        ("@zoe @-ben", ["@zoe", "-ben-kurz"]),
        ("@-anna @-ben @otto", ["-anna-berg", "-ben-kurz", "@otto-alt"]),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_several_in_one_line_arrive_and_leave_each(line: str, who: list[str], kind: str) -> None:
    readings = read(line, room(kind))
    signs = {"arrival": "@", "departure": "-"}
    assert [signs[each.kind] + (each.person or each.name) for each in readings] == who


@pytest.mark.parametrize(
    "line",
    [
        "@anna @ben fragen",
        "@anna und @ben",
        "@anna @",
        "@anna @-zoe",
        "@anna @a b c d e",
        "@ben ruft @anna an",
    ],
)
def test_where_any_of_it_is_more_than_a_person_the_line_is_kept_as_it_is(line: str) -> None:
    reading = one(line)
    assert reading.kind == "note" and "anna" in f"{reading.text} {reading.ask}"


@pytest.mark.parametrize("line", ["@ben fragt nach dem Preis", "@ben fragt"])
def test_a_name_with_more_behind_it_is_somebody_to_ask(line: str) -> None:
    reading = one(line)
    assert (reading.kind, reading.ask, reading.text) == ("note", "ben-kurz", line.removeprefix("@ben "))


# --- dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["=", "^"])
@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("fr", date(2026, 11, 27)),
        ("15.12.", date(2026, 12, 15)),
        ("2026-12-15", date(2026, 12, 15)),
        ("+2w", date(2026, 12, 7)),
        ("+3d", date(2026, 11, 26)),
        ("+1m", date(2026, 12, 23)),
    ],
)
def test_due_in_both_styles(sign: str, typed: str, day: date) -> None:
    for prefix in (">", "?"):
        assert said(one(f"{prefix} Titel {sign}{typed}")) == {"text": "Titel", "due": day}
