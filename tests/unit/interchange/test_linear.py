"""Minutes as linear text: complete, discreet, harmless, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.factors import Factor, FactorList
from retrotui.domain.minutes import Discretion, GoOnVote, Lesson, Minutes, Note, Table, Tally, change
from retrotui.domain.words import Words
from retrotui.interchange.discretion import discreet
from retrotui.interchange.html import html_page
from retrotui.interchange.linear import linear_text
from retrotui.interchange.markdown import markdown_text
from retrotui.locale import catalogue
from retrotui.store.toml_codec import decode
from retrotui.tui.reading_page import page_of
from tests.unit.demo.demo_samples import year
from tests.unit.interchange.export_samples import GOLDEN, out_of, same_as_golden

OWN = (Factor(id="trade_fair", label=Words.of(de="Messe", en="Trade fair")),)
TITLES = {
    "2026-10-26-monthly-reflection-x1": "Preis früher nennen",
    "2026-10-26-monthly-reflection-a1": "Liste der Kunden",
    "2026-10-26-monthly-reflection-x2": "Zwanzig Minuten fragen",
}
TEXTS = (
    "text", "title", "hypothesis", "change", "measure", "expected", "happened", "learned", "value", "label",
)  # fmt: skip
OWNER = "Ben Kurz"


def sample() -> Minutes:
    return decode((GOLDEN / "linear-minutes.toml").read_bytes()).minutes


def tables(minutes: Minutes) -> Iterator[Table]:
    """Everything that holds words of people."""
    yield from minutes.entries()
    yield from (*minutes.verdict, *minutes.field, *minutes.metric, *minutes.deal)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_golden_text(lang: str, update_goldens: bool) -> None:
    text = linear_text(sample(), lang, own_factors=OWN, titles=TITLES)
    same_as_golden(text, f"linear.{lang}.txt", update=update_goldens)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_that_was_said_is_left_out(lang: str) -> None:
    meetings = [one for one in year(lang).meetings if not one.discretion.amounts]
    for minutes in (sample(), *meetings):
        text = linear_text(minutes, lang)
        for table in tables(minutes):
            for name in TEXTS:
                words = " ".join(str(getattr(table, name, "")).split())
                assert words in text, (minutes.id, words)
        for words in (*minutes.parked, *(minutes.worth.remarks if minutes.worth else ())):
            assert words in text
        for person in minutes.participant:
            assert person.name in text


def test_the_owner_of_a_deal_is_never_told() -> None:
    minutes = sample()
    assert minutes.deal[0].owner == OWNER
    for lang in ("de", "en"):
        assert OWNER not in linear_text(minutes, lang)


@given(st.booleans(), st.booleans(), st.booleans())
def test_what_the_meeting_hides_is_not_told(amounts: bool, customers: bool, people: bool) -> None:
    hidden = Discretion(amounts=amounts, customers=customers, people=people)
    text = linear_text(change(sample(), discretion=hidden), "de")
    assert ("48.000" in text) is not amounts
    assert ("480.000" in text) is not amounts
    assert ("Müller" in text) is not customers
    assert ("Nord AG" in text) is not customers
    assert ("Telematik" in text) is not customers
    for name in ("Anna", "Berg", "Ola", "Novak", "(Ben"):
        assert (name in text) is not people
    assert "Beim zweiten Anbieter" in text and "Gewinnquote" in text


def test_names_are_taken_out_of_what_was_said_too() -> None:
    minutes = change(
        sample(),
        discretion=Discretion(customers=True, people=True),
        note=(
            Note(
                id="n1",
                at=sample().note[0].at,
                text="Anna war bei Müller GmbH, Ola Novak nicht, Annahme offen",
            ),
        ),
        worth=Tally(remarks=("Danke, Ola!",)),
    )
    text = linear_text(minutes, "en")
    assert "somebody war bei Deal 1, somebody nicht, Annahme offen" in text
    assert "Danke, somebody!" in text


def test_counted_votes_to_go_on_stand_in_the_course_of_every_page() -> None:
    minutes = sample()
    votes = [
        GoOnVote.model_validate(
            {"at": minutes.date.isoformat() + "T09:30:00+01:00", "for": ayes, "against": noes}
        )
        for ayes, noes in ((5, 2), (3, 3))
    ]
    voted = change(minutes.step[1], vote=tuple(votes))
    minutes = change(minutes, step=(minutes.step[0], voted, *minutes.step[2:]))
    words = "Abstimmung über mehr Zeit 5:2, 3:3"
    (told,) = (line for line in linear_text(minutes, "de").splitlines() if "Abstimmung" in line)
    assert words in told and voted.title in told
    page = [one.words for one in page_of(minutes, "de", FactorList.of_team())]
    assert page[page.index(words) - 1].startswith(voted.title)
    for text in (markdown_text(out_of(minutes)), html_page(out_of(minutes))):
        assert words in text.replace("\\", "")


def test_discretion_changes_nothing_where_nothing_is_hidden_but_the_owner() -> None:
    minutes = sample()
    shown = discreet(minutes, catalogue("en").tr)
    assert change(shown, deal=()) == change(minutes, deal=())
    assert [change(deal, owner="") for deal in minutes.deal] == list(shown.deal)


def test_a_tally_of_fewer_than_four_is_only_counted() -> None:
    text = linear_text(change(sample(), safety=Tally(votes=3), worth=None), "en")
    assert "3 votes, too few to show" in text


hostile = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("\x1b\x07\x9b\u202e\u200b\r\n\x00[]31m;")), min_size=1
)


@given(hostile)
def test_no_control_character_comes_out_and_no_line_is_forged(words: str) -> None:
    minutes = sample()
    before = len(linear_text(minutes, "en").splitlines())
    minutes = change(
        minutes,
        title=words,
        team=words,
        parked=(words,),
        participant=tuple(
            change(one, name=words, function=words, roles=(words,)) for one in minutes.participant
        ),
        deal=tuple(change(one, account=words, stage=words, competitors=(words,)) for one in minutes.deal),
        note=tuple(change(one, text=words) for one in minutes.note),
        factor=tuple(change(one, text=words, factor=words) for one in minutes.factor),
        worth=Tally(counts=(1, 1, 1, 1, 1), remarks=(words,)),
    )
    text = linear_text(minutes, "en")
    assert all(letter == "\n" or ord(letter) >= 32 for letter in text)
    assert not set("\x9b\x1b\u202e\u200b\x7f\x85\u2028") & set(text)
    assert len(text.split("\n")) <= before + 4  # a team, a title or a stage may be empty or not


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=7, unique_by=lambda pair: pair[0]))
def test_entries_put_together_in_any_way_all_come_out_once(pairs: list[tuple[int, int]]) -> None:
    minutes = sample()
    lessons = tuple(
        Lesson(id=f"l{own}", at=minutes.lesson[0].at, text=f"lesson number {own}.", group=f"l{other}")
        for own, other in pairs
    )
    text = linear_text(change(minutes, lesson=lessons), "en")
    assert [text.count(lesson.text) for lesson in lessons] == [1] * len(lessons)


def test_a_member_stands_under_what_it_was_put_together_with() -> None:
    at = sample().lesson[0].at
    lessons = (
        Lesson(id="l1", at=at, text="first", group="l2"),
        Lesson(id="l2", at=at, text="second"),
        Lesson(id="l3", at=at, text="third", group="l1"),
    )
    lines = linear_text(change(sample(), lesson=lessons), "en").splitlines()
    place = lines.index("Lessons")
    assert lines[place + 1 : place + 4] == ["  second", "    first", "      third"]


def test_an_empty_meeting_is_text_too() -> None:
    bare = decode(b'id = "2026-11-23-x"\ndate = 2026-11-23\n[agenda]\nid = "x"\n').minutes
    assert linear_text(bare, "en").startswith("x\nMon 23 Nov 2026\nMinutes: still running\n")


def test_a_team_that_names_its_factor_itself_reads_its_name() -> None:
    assert "Helped: Trade fair (" in linear_text(sample(), "en", own_factors=OWN)
    assert "Helped: trade_fair (" in linear_text(sample(), "en")
