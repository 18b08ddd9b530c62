"""The pages of every kind: they open, search, and survive what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.agenda import StepKind
from retrotui.domain.minutes import Discretion, Period
from retrotui.tui.choosers import Row
from retrotui.tui.choosers.pages import fitting, heading
from tests.unit.tui_choosers.opened import HOSTILE, deal, nothing_to_choose, open_list, pipeline
from tests.unit.tui_panels.staging import TODAY, agenda, at, begun, earlier, everything, having, titled

CHOOSING = [kind for kind in StepKind if kind != StepKind.BREAK]


def test_a_break_has_nothing_to_choose() -> None:
    assert nothing_to_choose(at(begun(), "break"))


def test_notes_without_columns_have_nothing_to_choose() -> None:
    plain = agenda(steps=[{"id": "n", "kind": "notes", "minutes": 5, "title": "N"}])
    assert nothing_to_choose(begun(of=plain))


@pytest.mark.parametrize("kind", CHOOSING)
@pytest.mark.parametrize("words", HOSTILE)
def test_every_page_of_every_kind_takes_hostile_words_and_every_key(kind: StepKind, words: str) -> None:
    meeting = at(titled(everything(words=words), words), str(kind))
    imported = pipeline(deal(1, words, title=words, stage=words, reason_raw=words), deal(2, words, "won"))
    opened = open_list(meeting, pipeline=imported)
    for _ in opened.shown().tabs:
        for row in opened.shown().rows:
            if row.key:
                opened.chooser.tick(row.key)
        for number in range(10):
            for row in opened.shown().rows[:3]:
                opened.chooser.digit(number, row.key)
        opened.shown(words)
        opened.chooser.turn(1)
    assert opened.shown().tab == 0  # all pages seen, and back at the first
    assert "Selma Owner" not in str(opened.shown())


@pytest.mark.parametrize("kind", CHOOSING)
def test_keys_are_unique_on_every_page(kind: StepKind) -> None:
    opened = open_list(at(everything(), str(kind)), pipeline=pipeline(*(deal(n, f"K{n}") for n in range(8))))
    for _ in opened.shown().tabs:
        keys = [row.key for row in opened.shown().rows if row.key]
        assert len(keys) == len(set(keys))
        opened.chooser.turn(1)


@pytest.mark.parametrize("kind", CHOOSING)
def test_every_page_says_its_keys_or_why_it_is_empty(kind: StepKind) -> None:
    opened = open_list(at(begun(), str(kind)))
    for _ in opened.shown().tabs:
        choices = opened.shown()
        assert choices.legend or (choices.empty and not choices.rows)
        opened.chooser.turn(1)


def test_what_is_hidden_is_on_no_page() -> None:
    meeting = everything(words="Geheimname")
    meeting = having(
        meeting,
        discretion=Discretion(amounts=True, customers=True, people=True),
        period=Period(since=TODAY.replace(month=10, day=1), until=TODAY.replace(month=10, day=31)),
        parked=(), lesson=(), factor=(), note=(), metric=(), experiment=(), quote=(), action=(), field=(),
        participant=tuple(p.model_copy(update={"function": "sales"}) for p in meeting.minutes.participant),
        deal=tuple(d.model_copy(update={"stage": "", "reason_raw": ""}) for d in meeting.minutes.deal),
    )  # fmt: skip
    imported = pipeline(
        deal(1, "Geheimname", amount="777777.00"),
        deal(2, "Geheimname", "won", "777777.00"),
        *(deal(n, f"Geheimname {n}", title="Geheimname", amount="777777.00") for n in range(3, 12)),
    )
    for kind in ("checkin", "deal", "numbers", "perspectives", "case"):
        opened = open_list(at(meeting, kind), pipeline=imported)
        for _ in opened.shown().tabs:
            told = "\n".join(f"{row.label} {row.detail}" for row in opened.shown().rows)
            assert "Geheimname" not in told
            assert "777" not in told
            opened.chooser.turn(1)


def test_a_search_keeps_headings_of_what_it_keeps() -> None:
    rows = [heading("A"), Row("1", "Müller", "lost"), heading("B"), Row("2", "Nord"), Row("do:add", "Add")]
    assert [row.label for row in fitting(rows, "mueller LOST")] == ["A", "Müller", "Add"]


@given(st.lists(st.text(max_size=20), max_size=8), st.text(max_size=20))
def test_a_search_never_invents_rows_nor_leaves_a_heading_alone(labels: list[str], search: str) -> None:
    rows = [Row("" if n % 3 == 0 else str(n), label) for n, label in enumerate(labels)]
    kept = fitting(rows, search)
    assert set(kept) <= set(rows)
    assert all(kept[n + 1].key for n, row in enumerate(kept[:-1]) if not row.key)
    assert not kept or kept[-1].key


def test_the_meetings_language_names_factors_and_fields_and_the_interface_the_rest() -> None:
    opened = open_list(at(everything("de"), "case"))
    opened.page("Fields")
    assert "Schlüsselfrage" in opened.headings()


def test_a_search_that_finds_nothing_says_so() -> None:
    opened = open_list(at(everything(), "lessons"))
    assert opened.labels("zzz") == []
    assert "zzz" in opened.shown("zzz").empty


def test_roles_can_be_given_in_any_step_that_names_some() -> None:
    steps = [{"id": "n", "kind": "lessons", "minutes": 5, "title": "N", "roles": ["timekeeper"]}]
    opened = open_list(begun(of=agenda(steps=steps)), past=(earlier("old", TODAY),))
    assert opened.shown().tabs == ("Lessons", "Roles")
