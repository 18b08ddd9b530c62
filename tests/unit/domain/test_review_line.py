"""The one line of the review: words and conditions, both ways (domain/review.py)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.factors import FactorList
from retrotui.domain.review import KINDS, condition, holds, read_period, read_wanted, toggled, words_to_mark
from retrotui.domain.wanted import Name, Wanted

TODAY = date(2026, 11, 23)
FACTORS = FactorList.of_team()


def read(line: str) -> Wanted:
    return read_wanted(line, FACTORS, TODAY)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", Wanted()),
        ("  ", Wanted()),
        ("preis spät", Wanted(text="preis spät")),
        ('"zu spät" preis', Wanted(text='"zu spät" preis')),
        ("@anna", Wanted(owners=(Name("anna"),))),
        ('@"Anna Berg" x', Wanted(text="x", owners=(Name("Anna Berg", whole=True),))),
        ("wer:anna owner:ben", Wanted(owners=(Name("anna"), Name("ben")))),
        ("kunde:müller", Wanted(customers=(Name("müller"),))),
        ("Customer:„Müller GmbH“", Wanted(customers=(Name("Müller GmbH", whole=True),))),
        ("#preis", Wanted(factors=(frozenset({"price"}),))),
        ("#price", Wanted(factors=(frozenset({"price"}),))),
        ("#unknown_one", Wanted(factors=(frozenset({"unknown_one"}),))),
        ("ausgang:verl", Wanted(outcomes=(frozenset({"lost"}),))),
        ("outcome:won", Wanted(outcomes=(frozenset({"won"}),))),
        ('outcome:"no decision"', Wanted(outcomes=(frozenset({"no_decision"}),))),
        ("stand:offen", Wanted(statuses=(frozenset({"running"}),))),
        ("=2026-Q3", Wanted(since=date(2026, 7, 1), until=date(2026, 9, 30))),
        ("zeit:2026-10", Wanted(since=date(2026, 10, 1), until=date(2026, 10, 31))),
        ("=2026 =2026-Q3", Wanted(since=date(2026, 7, 1), until=date(2026, 9, 30))),
        # what is being typed says nothing yet; what is no condition is a word
        ("@", Wanted()),
        ("kunde:", Wanted()),
        ("http://x Preis: 3:4", Wanted(text="http://x Preis: 3:4")),
    ],
)
def test_a_line_reads_as(line: str, wanted: Wanted) -> None:
    assert read(line) == wanted


def test_a_factor_that_is_half_typed_means_all_that_begin_so() -> None:
    (ids,) = read("#pr").factors
    assert {"price", "procurement"} <= ids


@pytest.mark.parametrize("line", ["ausgang:blau", "stand:blau", "=gestern", "zeit:2026-13"])
def test_what_cannot_be_read_is_said_and_filters_nothing(line: str) -> None:
    wanted = read(line)
    assert wanted.unread and wanted.is_everything


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("1.9...30.9.", date(2026, 9, 1), date(2026, 9, 30)),
        ("1.12.", date(2025, 12, 1), date(2025, 12, 1)),  # the last first of December that has been
        ("2026-01-01..2026-02-01", date(2026, 1, 1), date(2026, 2, 1)),
        ("1.11...", date(2026, 11, 1), TODAY),
    ],
)
def test_days_are_days_that_have_been(typed: str, since: date, until: date) -> None:
    period = read_period(typed, TODAY)
    assert period is not None and (period.since, period.until) == (since, until)


def test_a_period_that_ends_before_it_begins_is_none() -> None:
    assert read_period("30.9...1.9.", TODAY) is None


VALUES = {
    "owner": st.sampled_from(["Anna Berg", "Ben", 'O"Neil', "Öz"]),
    "customer": st.sampled_from(["Müller GmbH", "Nord AG", "«X» & Y"]),
    "factor": st.sampled_from(["price", "value_case", "joy"]),
    "outcome": st.sampled_from(["won", "lost", "no_decision", "withdrawn", "open"]),
    "status": st.sampled_from(["running", "closed", "aborted"]),
    "period": st.sampled_from(["2026", "2026-Q3", "2026-10"]),
}


@given(
    st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])),
    st.sampled_from(["de", "en"]),
)
def test_what_was_chosen_reads_as_what_was_chosen(chosen: tuple[str, str], language: str) -> None:
    kind, value = chosen
    typed = condition(kind, value, FACTORS, language)  # type: ignore[arg-type]
    wanted = read(typed)
    assert wanted.text == "" and not wanted.unread
    if kind in ("owner", "customer"):
        (name,) = wanted.owners or wanted.customers
        assert name.whole and set(name.words) <= set(value) | {" "}
    elif kind == "period":
        assert wanted.since is not None
    else:
        assert (wanted.factors or wanted.outcomes or wanted.statuses) == (frozenset({value}),)


@given(st.text(st.characters(exclude_characters="\0"), max_size=60))
def test_no_line_breaks_it(line: str) -> None:
    assert isinstance(read(line), Wanted)
    words_to_mark(read(line), FACTORS)
    toggled(line, "#preis")


def test_a_choice_goes_in_and_out_of_the_line() -> None:
    once = toggled("preis", '@"Anna Berg"')
    assert once == 'preis @"Anna Berg"' and holds(once, '@"Anna Berg"')
    assert toggled(once, '@"anna berg"') == "preis" and not holds("preis", '@"Anna Berg"')


def test_what_was_looked_for_is_what_is_marked() -> None:
    marked = words_to_mark(read('spät @anna kunde:"Müller GmbH" #preis =2026'), FACTORS)
    assert marked.startswith('spät anna "Müller GmbH"') and '"Preis"' in marked and '"Price"' in marked
