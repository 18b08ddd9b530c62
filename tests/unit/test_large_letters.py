"""The large letters of the wall: every question that we ship can be drawn, and none leaves its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.store.agendas import all_agendas
from retrotui.tui.widgets.letters import LEADING, ROWS, large

WORDS = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäöüßABCXYZÄÖÜ0189 .,:;!?-–()„“"), max_size=60)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_of_the_bundled_agendas_is_drawn(language: str) -> None:
    found, _ = all_agendas(None)
    assert len(found) >= 6
    for loaded in found:
        for step in loaded.agenda.steps:
            for words in step.prompts.lines(language):
                assert large(words, 400, 400), words


@given(WORDS, st.integers(1, 160), st.integers(0, 40))
def test_they_fit_their_place_or_give_nothing(words: str, width: int, rows: int) -> None:
    drawn = large(words, width, rows)
    assert len(drawn) <= rows and all(len(row) <= width for row in drawn)
    if drawn:
        assert (len(drawn) + LEADING) % (ROWS + LEADING) == 0


def test_a_letter_that_is_not_drawn_leaves_the_words_to_the_terminal() -> None:
    assert large("Предложение", 400, 40) == () and large("見積", 400, 40) == ()
    assert large("Café", 400, 40) == large("Cafe", 400, 40), "an accent may go"


def test_words_are_set_in_lines_and_a_word_is_never_cut() -> None:
    one = large("Was ist passiert?", 400, 40)
    assert len(one) == ROWS
    two = large("Was ist passiert?", len(max(one, key=len)) - 1, 40)
    assert len(two) == 2 * ROWS + LEADING
    assert large("passiert", 10, 40) == ()
