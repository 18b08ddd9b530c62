"""What is hidden is hidden however it is spelt, in the index and in every export alike."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.companies import Companies, core
from retrotui.domain.masking import masking, people_in
from retrotui.domain.minutes import AgendaRef, DealRecord, Discretion, Minutes, Note, Participant
from retrotui.domain.text import fold, plain_letters
from retrotui.interchange.discretion import masking as export_mask
from retrotui.interchange.outgoing import outgoing
from retrotui.store.index_rows import rows_of
from retrotui.store.toml_codec import encode
from retrotui.store.toml_reading import parse

AT = datetime.fromisoformat("2026-11-23T09:00:00+01:00")
ROOTS = ("Müller", "Nordwerk", "Größler", "Quelle", "Baeckström", "Süßmann", "Étoile", "Bauer")
FORMS = ("GmbH", "AG", "GmbH & Co. KG", "SE", "Ltd.", "e.K.", "")


def without(text: str, account: str) -> str:
    mask = masking((), Companies({}, short={account: "X"}), "Y")
    assert mask is not None
    return mask(text)


def meeting(text: str, account: str = "", people: tuple[str, ...] = ()) -> Minutes:
    return Minutes(
        id="2026-11-23-m", date=date(2026, 11, 23), agenda=AgendaRef(id="m"), started=AT, language="en",
        discretion=Discretion(customers=True, people=True),
        participant=tuple(Participant(id=fold(one).replace(" ", "-"), name=one) for one in people),
        deal=(DealRecord(id="d", account=account),) if account else (),
        note=(Note(id="n1", at=AT, text=text),),
    )  # fmt: skip


def indexed(minutes: Minutes) -> str:
    return "\n".join(row.text for row in rows_of(parse(encode(minutes))))


def exported(minutes: Minutes) -> str:
    return outgoing(minutes, "en").minutes.note[0].text


# -- customers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "text", "left"),
    [
        ("Müller GmbH", "Mueller war da", "X war da"),
        ("Müller GmbH", "MÜLLER GMBH, dann muller", "X, dann X"),
        ("Mueller", "bei Müller GmbH & Co. KG gewesen", "bei X gewesen"),
        ("Müller GmbH", "Müllers Einkauf", "X Einkauf"),
        ("Müller GmbH", "info@mueller-gmbh.example", "info@X.example"),
        ("Müller GmbH", "Müllerei und Mühle bleiben", "Müllerei und Mühle bleiben"),
        ("Müller & Söhne GmbH & Co. KG", "Müller und Söhne kommt", "X kommt"),
        ("Müller & Söhne GmbH", "Müller fand es teuer", "X fand es teuer"),
        ("Deutsche Röhren AG", "Deutsche Kunden zögern", "Deutsche Kunden zögern"),
        ("Nordwerk AG", "Nord-Werk und NORD WERK", "X und X"),
        ("Quellwerk AG", "Qellwerk rief an", "Qellwerk rief an"),
        ("Quellenwerk AG", "Quelenwerk rief an", "X rief an"),
        ("H & M", "hm, bei H&M", "hm, bei X"),
        ("Werk 1", "Werk 2 liefert, Werk 1 nicht", "Werk 2 liefert, X nicht"),
        ("Holding AG", "die Holding AG zahlt", "die X zahlt"),
        ("E.ON SE", "E.ON und e.on", "X und X"),
        ("Acme Ltd.", "Acme as a customer", "X as a customer"),
    ],
)
def test_a_customer_goes_in_any_spelling(account: str, text: str, left: str) -> None:
    assert without(text, account) == left


@st.composite
def spelt(draw: st.DrawFn) -> tuple[str, str]:
    """A customer, and another way to write it."""
    words = draw(st.lists(st.sampled_from(ROOTS), min_size=1, max_size=2, unique=True))
    account = " ".join([*words, draw(st.sampled_from(FORMS))]).strip()
    other = draw(st.sampled_from((" ", "-", " & ", ""))).join(words)
    if draw(st.booleans()):
        other = plain_letters(other, spell_out=draw(st.booleans())).title()
    case = draw(st.sampled_from(("", "upper", "lower", "title")))
    other = getattr(other, case)() if case else other
    return account, f"{other} {draw(st.sampled_from(FORMS))}".strip()


@given(spelt(), st.sampled_from(("{} war da", "bei {}, sagt er", "({})", "Einkauf: {}.")))
def test_no_spelling_of_a_hidden_customer_is_left(names: tuple[str, str], sentence: str) -> None:
    account, other = names
    minutes = meeting(sentence.format(other), account)
    letters = core(account).replace(" ", "").replace("ue", "u")
    for text in (indexed(minutes), exported(minutes)):
        assert letters not in fold(text.replace(" ", "").replace("-", "").replace("&", "")).replace(
            "ue", "u"
        ), text
        assert sentence.split("{}")[1].strip(" .,)") in text


@given(st.text(max_size=60), st.text(min_size=1, max_size=20))
def test_any_text_is_masked_and_any_customer_is_hidden(text: str, account: str) -> None:
    if account.strip():
        assert "X" in without(account, account)
        without(text, account)


@given(st.lists(st.sampled_from((*ROOTS, "und", "Preis", "spät", "GmbH", "Berg", ".", ",")), max_size=12))
def test_masking_twice_changes_nothing(words: list[str]) -> None:
    minutes = meeting("", "Müller & Quelle GmbH", ("Anna Berg",))
    mask = export_mask(minutes, lambda message: message.id)
    once = mask(" ".join(words))
    assert mask(once) == once


# -- people ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Jörg Weiß", "Joerg sagt, WEISS auch", "Y sagt, Y auch"),
        ("Jörg Weiß", "frag joerg", "frag Y"),
        ("Jörg Weiß", "weiß nicht", "weiß nicht"),
        ("Max Kurz", "max. 3 Termine, kurz gesagt", "max. 3 Termine, kurz gesagt"),
        ("Max Kurz", "Kurz und Max", "Y und Y"),
        ("Anna von Berg", "von vorn, Anna", "von vorn, Y"),
        ("Eva Maria Lang", "Maria fehlt", "Y fehlt"),
        ("Ann-Kathrin Meyer", "ann-kathrin und Kathrin", "Y und Y"),
        ("Anna Berg", "Annas Idee, Bergbau", "Ys Idee, Bergbau"),
        ("Dr. Carla Weiß", "Dr. Ott sagt", "Dr. Ott sagt"),
    ],
)
def test_a_person_goes_in_any_spelling(name: str, text: str, left: str) -> None:
    mask = masking([name], Companies({}), "Y")
    assert mask is not None and mask(text) == left
    both = meeting(text, people=(name,))
    assert indexed(both) == left.replace("Ys", "…").replace("Y", "…")
    assert exported(both) == left.replace("Ys", "somebodys").replace("Y", "somebody")


def test_a_whole_name_goes_before_a_customer_and_that_before_a_part_of_a_name() -> None:
    mask = masking(["Anna Berg"], Companies({}, short={"Berg AG": "X"}), "Y")
    assert mask is not None
    assert mask("Anna Berg bei Berg AG, Anna") == "Y bei X, Y"


def test_nobody_hidden_needs_no_mask() -> None:
    assert masking((), Companies({}), "Y") is None


def test_everybody_is_found_wherever_minutes_name_somebody() -> None:
    document = {
        "facilitator": "Frieda",
        "participant": [{"id": "carla-weiss", "name": "Carla Weiß"}, {"id": "person-2", "name": ""}],
        "deal": [{"owner": "Ben Kurz", "contributors": ["Technik: Ola", "Ida Sommer", "Technik"]}],
        "action": [{"owner": "dora-lang"}, {"owner_text": "Vertrieb"}, {"owner_text": "alle"}],
        "note": [{"ask": "Tom"}],
        "step": [{"person": "carla-weiss"}, "kein Punkt"],
        "field": [{"type": "person", "value": "Uwe Alt"}, {"type": "text", "value": "Kein Name"}],
    }
    assert people_in(document) == [
        "Carla Weiß", "carla-weiss", "Ben Kurz", "Frieda", "dora-lang", "Tom", "Uwe Alt", "Ola", "Ida Sommer",
    ]  # fmt: skip
