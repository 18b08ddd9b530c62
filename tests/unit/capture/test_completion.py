"""`#` `@` `=` `/` complete as you type; the left edge says what Enter will make."""

from __future__ import annotations

from datetime import date

import pytest

from retrotui.domain.capture import Context, left_edge
from retrotui.domain.completion import Completions, completions
from tests.unit.capture.lines import room


def offered(line: str, context: Context | None = None, cursor: int | None = None) -> list[str]:
    """What is offered at the cursor, which stands at the end unless told otherwise."""
    at = len(line) if cursor is None else cursor
    return [option.insert for option in completions(line, at, context or room()).options]


def test_factors_are_offered_by_their_short_names() -> None:
    assert offered("- spät #pr") == ["#preis", "#rückfragen"] or offered("- spät #pr")[0] == "#preis"
    assert offered("- late #pri", room(language="en")) == ["#price"]
    assert len(offered("- spät #")) > 20


def test_people_are_offered_and_who_is_meant_comes_first() -> None:
    assert offered("> anrufen @be") == ["@ben", "@anna"]
    assert offered("> anrufen @") == ["@anna", "@ben", "@carla", "@otto"]


def test_at_the_start_people_arrive_and_leave() -> None:
    assert offered("@") == ["@anna", "@ben", "@carla", "@otto"]
    assert offered("@-") == ["@-anna", "@-ben", "@-carla"]
    assert "Service" in [option.label for option in completions("@Zoe, Se", 8, room()).options]


def test_days_are_offered_with_the_day_that_they_are() -> None:
    options = completions("> anrufen =f", 12, room()).options
    assert [(option.insert, option.detail) for option in options] == [("=fr", date(2026, 11, 27))]
    assert offered("> anrufen ^+")[0] == "^+1w"


def test_sources_and_weights_are_offered_for_a_factor_only() -> None:
    assert offered("- spät /") == ["/kunde", "/beleg", "/wir"]
    assert offered("- late ~b", room(language="en")) == ["~buyer", "~document"]
    assert offered("- spät *") == ["*1", "*2", "*3"]
    assert offered("> anrufen /") == [] and offered("! Lehre *") == []


@pytest.mark.parametrize(
    "line", ["", "Preis", "- Preis", " #pr", "\\- #pr", "- a#pr", "& Messe #pr", '"Zu #pr', "- spät #xyzw"]
)
def test_where_nothing_is_offered(line: str) -> None:
    assert completions(line, len(line), room()) == Completions()


def test_what_stands_there_already_is_not_offered() -> None:
    assert offered("- spät #preis") == []


def test_taking_one_replaces_the_word_under_the_cursor() -> None:
    line = "- spät #prei und /kunde"
    found = completions(line, 9, room())
    assert (found.start, found.end) == (7, 12)
    assert found.taken(line, found.options[0]) == ("- spät #preis und /kunde", 14)
    line = "- spät #pre"
    found = completions(line, len(line), room())
    assert found.taken(line, found.options[0]) == ("- spät #preis ", 14)


@pytest.mark.parametrize(
    ("line", "symbol", "what"),
    [
        ("", "·", "note"),
        ("-", "−", "hurt"),
        ("- Preis", "−", "hurt"),
        ("+", "+", "helped"),
        ("!", "!", "lesson"),
        ("?", "?", "experiment"),
        (">", ">", "action"),
        ('"', "„", "buyer's words"),
        ("&", "&", "for later"),
        (".", "·", "note"),
        ("@", "@", "arrives"),
        ("@-", "@", "leaves"),
        ("-20 % Rabatt", "·", "note"),
    ],
)
def test_the_left_edge_says_what_enter_will_make(line: str, symbol: str, what: str) -> None:
    edge = left_edge(line, room())
    assert (edge.symbol, str(edge.what)) == (symbol, what)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        *(
            ("lessons", "lesson"),
            ("experiments", "experiment"),
            ("followup", "what happened"),
            ("close", "remark"),
        ),
        *(("checkin", "note"), ("break", "note")),
    ],
)
def test_on_an_empty_line_the_steps_own_kind_is_meant(kind: str, what: str) -> None:
    assert str(left_edge("", room(kind)).what) == what
    assert str(left_edge("", room(kind, field="question")).what) == "answer"


def test_while_a_vote_is_asked_for_the_edge_knows_its_counts() -> None:
    assert str(left_edge("5:2", room("notes", voting=True)).what) == "votes to go on"
    assert (
        str(left_edge("5:2", room("notes")).what)
        == str(left_edge("", room("notes", voting=True)).what)
        == "note"
    )


def test_the_edge_names_the_deal_where_the_entry_goes_to_it() -> None:
    assert left_edge("- Preis", room()).for_deal and left_edge("Notiz", room()).for_deal
    assert left_edge("- Preis", room("lessons", deal_at_hand=True)).for_deal
    assert not left_edge("Notiz", room("lessons", deal_at_hand=True)).for_deal
    assert not left_edge("- Preis", room("numbers")).for_deal


def test_what_the_crms_reason_may_mean_is_offered_first_and_never_set() -> None:
    reason = room(language="en", proposed=("budget", "price"))
    assert offered("- #", reason)[:3] == ["#price", "#budget", "#value"]  # in the order of the list
    assert offered("+ late #", reason)[:2] == ["#price", "#budget"]
    assert len(offered("- #", reason)) == len(offered("- #", room(language="en")))
    assert [str(one.detail) for one in completions("- #", 3, reason).options[:2]] == ["the CRM's reason"] * 2
    assert left_edge("- ", reason) == left_edge("- ", room(language="en"))


def test_a_reason_proposes_nothing_where_no_factor_is_typed() -> None:
    reason = room(language="en", proposed=("competitor",))
    assert offered("! name the range #", reason) == offered("! name the range #", room(language="en"))
