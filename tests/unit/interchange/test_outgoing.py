"""What goes out of a meeting: what is hidden, what `--anonymous` takes out, and that nothing else is lost."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.experiments import open_items
from retrotui.domain.minutes import ColumnHead, Discretion, Minutes, Note, change
from retrotui.interchange.exports import Format, Written
from retrotui.interchange.exports import written as exported
from retrotui.interchange.json_document import read_json
from retrotui.interchange.outgoing import Outgoing, around_of, outgoing
from retrotui.locale import catalogue
from retrotui.store.toml_codec import decode, encode
from tests.unit.interchange.export_samples import AT, EARLIER, OWN, neighbours, out_of, sample

PEOPLE = ("Anna", "Berg", "Ola", "Novak", "Ben Kurz", "Ben", "Carla", "Dora", "anna-berg", "ola-novak")


def written(minutes: Minutes) -> str:
    return encode(minutes).decode()


def written_as(out: Outgoing, wanted: Format) -> tuple[Written, ...]:
    return exported(out, wanted, stamp=AT)


def saying(*texts: str, hidden: Discretion | None = None) -> Minutes:
    notes = tuple(Note(id=f"n{number}", at=AT, text=text) for number, text in enumerate(texts, 1))
    return change(sample(), note=notes, discretion=hidden or Discretion())


def test_where_nothing_is_hidden_the_document_is_the_minutes() -> None:
    assert out_of().document == sample()
    assert encode(out_of().document) == encode(sample())


def test_the_owner_of_a_deal_is_in_the_document_only() -> None:
    out = out_of()
    assert [deal.owner for deal in out.minutes.deal] == ["", ""]
    assert out.document.deal[0].owner == "Ben Kurz"


def test_anonymous_carries_no_names_anywhere() -> None:
    out = out_of(anonymous=True)
    for text in (written(out.document), written(out.minutes), *out.titles.values()):
        assert not [name for name in PEOPLE if name in text], text
    assert [one.function for one in out.minutes.participant] == ["sales", "delivery", "Qualität"]


def test_anonymous_leaves_customers_to_the_meetings_own_discretion() -> None:
    assert out_of(anonymous=True).minutes.deal[0].account == "Müller GmbH"


def test_names_go_out_of_what_was_said_also_those_of_other_meetings_and_the_team() -> None:
    minutes = saying(
        "Annas Idee, Ola Novak dagegen", "Carla fragt", "Dora Lang verkauft", "Eva war krank", "Ben Kurz ruft an",
        "Bergbau und Annahme bleiben", "frag anna-berg",
    )  # fmt: skip
    around = around_of(neighbours(), "en", people=("Eva Sommer",))
    out = outgoing(minutes, "en", anonymous=True, around=around)
    assert [one.text for one in out.minutes.note] == [
        "somebodys Idee, somebody dagegen", "somebody fragt", "somebody verkauft", "somebody war krank",
        "somebody ruft an", "Bergbau und Annahme bleiben", "frag somebody",
    ]  # fmt: skip


def test_an_owner_that_is_a_function_or_everybody_is_no_name() -> None:
    minutes = saying("Vertrieb und alle machen mit")
    actions = [change(minutes.action[0], owner_text=words) for words in ("Vertrieb", "alle", "Ben")]
    out = outgoing(change(minutes, action=tuple(actions)), anonymous=True)
    assert out.minutes.note[0].text == "Vertrieb und alle machen mit"
    assert {one.owner_text for one in out.minutes.action} == {""}


def test_hidden_customers_are_numbered_also_where_an_id_would_tell_them() -> None:
    minutes = saying("Müller GmbH und Ostwerk KG", hidden=Discretion(customers=True))
    out = out_of(minutes, "en")
    assert out.minutes.note[0].text == "Deal 1 und a customer"
    text = written(out.document)
    for word in ("Müller", "Nord AG", "nord-ag", "0061i", "Telematik", "Ostwerk"):
        assert word not in text, word
    assert {use.deal for use in out.document.factor} == {"deal-1", ""}
    assert out.document.lesson[0].deals == ("deal-1",)
    assert out.document.metric[0].deal == out.document.field[0].deal == "deal-1"


def test_titles_of_earlier_meetings_are_as_discreet_as_the_minutes() -> None:
    assert out_of().titles[f"{EARLIER}-a2"] == "Ostwerk KG mit Carla anrufen"
    hidden = Discretion(customers=True, people=True)
    out = out_of(change(sample(), discretion=hidden), "en")
    assert out.titles[f"{EARLIER}-a2"] == "a customer mit somebody anrufen"


def test_what_another_meeting_hides_stays_hidden_here() -> None:
    other = change(neighbours()[0], discretion=Discretion(customers=True))
    out = outgoing(sample(), "en", around=around_of([other], "en"))
    assert out.titles[f"{EARLIER}-a2"] == "a customer mit Carla anrufen"


def test_only_titles_that_the_minutes_speak_of_go_out() -> None:
    quiet = change(sample(), verdict=(), carried=(), note=(), experiment=())
    assert out_of(quiet).titles == {}


@pytest.mark.parametrize(
    "hidden", [Discretion(amounts=True), Discretion(people=True), Discretion(customers=True)]
)
def test_keys_that_nobody_knows_stay_only_while_nothing_is_hidden(hidden: Discretion) -> None:
    text = written(sample()).replace(
        '[[participant]]\nid = "anna-berg"', '[[participant]]\nid = "anna-berg"\nmail = "a@x"'
    )
    minutes = decode(('mood = "Anna"\n' + text).encode()).minutes
    assert out_of(minutes).document == minutes
    hiding = written(out_of(change(minutes, discretion=hidden)).document)
    assert "mood" not in hiding and "a@x" not in hiding


@given(st.sampled_from(list(itertools.product((False, True), repeat=3))), st.booleans())
def test_what_goes_out_is_still_minutes(flags: tuple[bool, bool, bool], anonymous: bool) -> None:
    amounts, customers, people = flags
    hidden = Discretion(amounts=amounts, customers=customers, people=people)
    out = out_of(change(sample(), discretion=hidden), anonymous=anonymous)
    assert decode(encode(out.document)).minutes == out.document
    assert ("48000" in written(out.document)) is not amounts
    assert len(out.document.note) == len(sample().note)
    assert out.document.discretion.people is (people or anonymous)


def test_the_language_is_the_meetings_unless_another_is_named() -> None:
    assert outgoing(sample()).lang == "de"
    assert outgoing(sample(), "en").lang == "en"
    assert outgoing(sample(), own_factors=OWN).wording.factor_name("trade_fair") == "Messe"
    assert catalogue("de").tr("somebody") != "somebody"


@pytest.mark.parametrize(
    "text",
    [
        "ANNA BERG fragt", "anna berg fragt", "Berg, Anna fragt", "anna.berg@firma.example fragt", "A. Berg fragt",
        "@anna-berg fragt", "CARLA WEISS fragt", "Carla Weiss fragt", "weiß, carla fragt", "ola nova\u0301k fragt",
    ],
)  # fmt: skip
def test_a_whole_name_goes_out_in_any_spelling(text: str) -> None:
    out = out_of(saying(text), "en", anonymous=True)
    assert out.minutes.note[0].text.startswith("somebody") and out.minutes.note[0].text.endswith("fragt")


def test_ids_and_so_the_names_of_files_name_nobody() -> None:
    an_id = "2026-11-23-jour-fixe-anna-berg"
    named = change(sample(), id=an_id, agenda=change(sample().agenda, id="jour-fixe-anna-berg"))
    named = change(named, action=tuple(change(one, id=f"{an_id}-a1") for one in named.action[:1]))
    out = out_of(named, "en", anonymous=True)
    assert out.unnamed(an_id) == "2026-11-23-jour-fixe-somebody"
    assert out.unnamed("2026-11-23-eins-zu-eins-ola") == "2026-11-23-eins-zu-eins-somebody"
    assert out.unnamed(sample().id) == sample().id
    assert out_of(named).unnamed(an_id) == an_id
    wanted: tuple[Format, ...] = ("md", "html", "csv", "json")
    for one in wanted:
        for part in written_as(out, one):
            text = part.content.decode().casefold()
            assert "anna" not in text and "berg" not in text.replace("ausbau", ""), one


def test_what_was_added_in_the_meeting_names_nobody_by_its_id() -> None:
    first, *rest = sample().step
    heads = (ColumnHead(id="von-anna", title="Von Anna"),)
    added = (
        change(first, id="fall-anna", title="Fall Anna", columns=heads),
        change(first, id="fall-ola", of="fall-anna"),
    )
    note = change(sample().note[0], step="fall-anna", column="von-anna")
    out = out_of(change(sample(), step=(*added, *rest), note=(note,)), "en", anonymous=True)
    assert [one.id for one in out.document.step[:2]] == ["fall-somebody", "fall-somebody-2"]
    assert out.document.step[1].of == out.document.note[0].step == "fall-somebody"
    assert out.document.note[0].column == out.document.step[0].columns[0].id == "von-somebody"
    assert out.document.step[0].columns[0].title == "Von somebody"
    (part,) = written_as(out, "json")
    assert "anna" not in part.content.decode().casefold() and read_json(part.content.decode()) == out.document


def test_an_anonymous_json_is_read_back() -> None:
    out = out_of(anonymous=True)
    (part,) = written_as(out, "json")
    assert read_json(part.content.decode()) == out.document


@pytest.mark.parametrize("wanted", ["md", "html", "csv", "json", "ics"])
def test_a_hidden_customer_is_in_no_format_however_it_was_typed(wanted: Format) -> None:
    """Case, umlauts, the legal form, the first word alone, a genitive, an address; in every kind of text."""
    spelt = (
        "Müller",
        "MUELLER GMBH",
        "muller gmbh & co. kg",
        "Müllers",
        "info@mueller-gmbh.example",
        "Nord Ag",
        "NORD",
    )
    minutes = saying(*spelt, hidden=Discretion(customers=True))
    minutes = change(
        minutes, parked=("Mueller fragen",), title="Treffen mit müller", next_date=minutes.date,
        action=(change(minutes.action[0], text="Müller Gmbh anrufen"), *minutes.action[1:]),
        lesson=(change(minutes.lesson[0], text="MÜLLER kauft später"), *minutes.lesson[1:]),
        worth=change(minutes.worth, remarks=("Danke an Mueller",)) if minutes.worth else None,
    )  # fmt: skip
    assert {deal.account for deal in minutes.deal} == {"Müller GmbH", "Nord AG"}
    out = out_of(minutes, "en")
    for part in exported(out, wanted, open_items=open_items([minutes], AT.date()), stamp=AT):
        text = part.content.decode().replace("\r\n ", "").casefold()
        assert not [
            word for word in ("müller", "mueller", "muller", "nord ag", "> nord", '"nord') if word in text
        ], text
        assert "deal 1" in text
