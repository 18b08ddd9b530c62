"""The rules behind the editor's keys: minutes, texts in languages, flags, and what a typed line makes of a key."""

from __future__ import annotations

from typing import Any

import pytest

from retrotui.domain.agenda import Agenda, CountsAs, Step
from retrotui.domain.agenda_changes import (
    Change,
    CopyStep,
    Remove,
    SetValue,
    changed,
    copied,
    in_one_language,
    longer_meeting,
    more_minutes,
    new_step,
    read_minutes,
    set_lines,
    set_words,
)
from retrotui.domain.agenda_keys import AGENDA_KEYS, FLAGS, STEP_KEYS, default_of, fits, step_key
from retrotui.domain.agenda_outline import outline
from retrotui.domain.agenda_reading import read_agenda
from retrotui.domain.agenda_typed import as_typed, moved_prompt, offered, toggled, typed, typed_prompt
from retrotui.errors import Refused
from tests.unit.agendas.agenda_samples import raw_agenda, step

TITLE = ("step", 0, "title")
PROMPTS = ("step", 0, "prompts")


def after(raw: dict[str, Any], changes: tuple[Change, ...]) -> dict[str, Any]:
    for change in changes:
        raw = changed(raw, change)
    return raw


def first(raw: dict[str, Any], changes: tuple[Change, ...]) -> dict[str, Any]:
    found: dict[str, Any] = after(raw, changes)["step"][0]
    return found


# -- the list of keys is the model's -----------------------------------------------------------------------


def test_every_key_of_the_model_can_be_reached_in_the_editor() -> None:
    named = {key.name for key in STEP_KEYS} | {"share"}
    plural = {"parts": "part", "fields": "field"}
    assert {plural.get(name, name) for name in Step.model_fields} == named
    assert set(Agenda.model_fields) - {"steps"} == {key.name for key in AGENDA_KEYS}


@pytest.mark.parametrize("key", AGENDA_KEYS, ids=lambda key: key.name)
def test_the_defaults_of_the_agenda_are_the_models(key: Any) -> None:
    if key.default is not None:
        default = Agenda.model_fields[key.name].default
        assert key.default == (list(default) if isinstance(default, tuple) else default)


@pytest.mark.parametrize("kind", ["deal", "notes", "experiments", "close", "numbers", "followup"])
def test_what_holds_by_itself_is_what_the_model_says(kind: str) -> None:
    raw = step("a", kind)
    model = Step.model_validate(raw)
    assert default_of(step_key("protected"), raw) == model.is_protected
    assert default_of(step_key("counts_as"), raw) == model.counts.value
    for name in FLAGS:
        if name != "protected":
            assert default_of(step_key(name), raw) == getattr(model, name)
    assert default_of(step_key("protected"), {"kind": "nonsense"}) is None


def test_a_key_of_one_kind_is_offered_there_and_where_somebody_wrote_it() -> None:
    key = step_key("outcomes")
    assert fits(key, step("a", "deal")) and not fits(key, step("a", "notes"))
    assert fits(key, step("a", "notes", outcomes=["won"]))


# -- minutes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "by", "expected"),
    [
        ({"minutes": 10}, 1, {"minutes": 11}),
        ({"minutes": 10}, -1, {"minutes": 9}),
        ({"minutes": 2.5}, 1, {"minutes": 3}),
        ({"minutes": 2.5}, -1, {"minutes": 2}),
        ({"minutes": 1}, -1, {"minutes": 1}),
        ({"minutes": 0}, 1, {"minutes": 1}),
        ({"share": 30}, 1, {"share": 31}),
        ({"share": 100}, 1, {"share": 100}),
        ({"repeat": "note", "total_minutes": 20}, -1, {"total_minutes": 19}),
        ({}, 1, {"minutes": 5}),
        ({"minutes": 1440}, 1, {"minutes": 1440}),
    ],
)
def test_a_minute_more_or_less(keys: dict[str, Any], by: int, expected: dict[str, Any]) -> None:
    found = first(raw := raw_agenda(step("a", **keys)), more_minutes(raw, 0, by))
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("keys", [{}, {"minutes": 0}, {"part": [{"title": "P", "minutes": 5}]}])
def test_what_has_no_minutes_of_its_own_says_so(keys: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        more_minutes(raw_agenda(step("a", **keys)), 0, -1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [("10", {"minutes": 10}), ("2,5", {"minutes": 2.5}), ("2.5 min", {"minutes": 2.5}), ("30 %", {"share": 30}),
     ("0", {"minutes": 0}), ("", {}), ("offen", {}), ("OPEN", {})],
)  # fmt: skip
@pytest.mark.parametrize("before", [{}, {"minutes": 7}, {"share": 20}])
def test_a_time_as_it_is_typed(line: str, expected: dict[str, Any], before: dict[str, Any]) -> None:
    raw = raw_agenda(step("a", **before))
    found = first(raw, read_minutes(raw, 0, line))
    assert {key: found[key] for key in ("minutes", "share") if key in found} == expected


@pytest.mark.parametrize("line", ["ten", "130 %", "0 %", "-5", "99999", "5 5", "1.234", "٣"])
def test_what_is_no_time_is_refused(line: str) -> None:
    raw = raw_agenda(step("a", minutes=5))
    if line == "٣":
        assert first(raw, read_minutes(raw, 0, line)) == {**raw["step"][0], "minutes": 3}
        return
    with pytest.raises(Refused):
        read_minutes(raw, 0, line)


def test_the_meeting_gets_longer_by_five() -> None:
    raw = raw_agenda(step("a"), minutes=60)
    assert after(raw, longer_meeting(raw, 5))["minutes"] == 65
    assert after(raw_agenda(), longer_meeting(raw_agenda(), 5))["minutes"] == 5


# -- texts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "language", "text", "new"),
    [
        ("A", "de", "B", "B"),
        ("A", "en", "B", {"de": "A", "en": "B"}),
        ({"de": "A", "en": "X"}, "de", "B", {"de": "B", "en": "X"}),
        ({"de": "A", "en": "X"}, "en", "", {"de": "A"}),
        ({"en": "X"}, "de", "B", {"en": "X", "de": "B"}),
        ({"de": "A"}, "de", "", None),
        ("A", "en", "", "A"),
    ],
)
def test_a_text_is_changed_in_one_language(old: Any, language: str, text: str, new: Any) -> None:
    raw = raw_agenda(step("a", title=old))
    assert first(raw, set_words(raw, TITLE, language, "de", text)).get("title") == new


@pytest.mark.parametrize(
    ("old", "language", "lines", "new"),
    [
        (["A"], "de", ["A", "B"], ["A", "B"]),
        ("A", "de", ["B"], "B"),
        ("A", "de", ["B", "C"], ["B", "C"]),
        (["A"], "en", ["B"], {"de": ["A"], "en": ["B"]}),
        ({"de": ["A"], "en": ["X"]}, "de", [], {"en": ["X"]}),
        ({"de": ["A"]}, "de", [" "], None),
        (["A"], "de", [], None),
    ],
)
def test_a_list_of_texts_is_changed_in_one_language(
    old: Any, language: str, lines: list[str], new: Any
) -> None:
    raw = raw_agenda(step("a", prompts=old))
    assert first(raw, set_lines(raw, PROMPTS, language, "de", lines)).get("prompts") == new


def test_questions_are_added_changed_moved_and_taken_away() -> None:
    raw = raw_agenda(step("a", prompts=["A", "B"]))
    assert first(raw, typed_prompt(raw, PROMPTS, 2, " C ", "de", "de"))["prompts"] == ["A", "B", "C"]
    assert first(raw, typed_prompt(raw, PROMPTS, 0, "Z", "de", "de"))["prompts"] == ["Z", "B"]
    assert first(raw, typed_prompt(raw, PROMPTS, 0, "", "de", "de"))["prompts"] == ["B"]
    assert first(raw, moved_prompt(raw, PROMPTS, 0, 1, "de", "de"))["prompts"] == ["B", "A"]
    assert moved_prompt(raw, PROMPTS, 1, 1, "de", "de") == ()


def test_one_language_takes_the_plain_place_of_all() -> None:
    part = {"title": {"de": "Teil", "en": "Part"}}
    raw = raw_agenda(step("a", title={"de": "A", "en": "B"}, prompts={"de": ["F"], "en": ["Q"]}, part=[part]))
    found = first(raw, in_one_language(raw, "de"))
    assert (found["title"], found["prompts"], found["part"][0]["title"]) == ("A", ["F"], "Teil")


# -- steps -------------------------------------------------------------------------------------------------


def test_new_and_copied_steps_have_free_ids() -> None:
    raw = raw_agenda(step("notes"), step("a"))
    from retrotui.domain.agenda import StepKind

    assert new_step(raw, StepKind.NOTES, "New", 1).step["id"] == "notes-2"
    assert copied(raw, 1) == CopyStep(1, "a-2")


# -- keys as they are typed --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("votes", "3", 3),
        ("extend_by", "2,5", 2.5),
        ("repeat", "deal", "deal"),
        ("repeat", "3", 3),
        ("outcomes", "won, lost", ["won", "lost"]),
        ("roles", "adviser , scribe", ["adviser", "scribe"]),
        ("of", "a", "a"),
        ("id", "b-2", "b-2"),
        ("counts_as", "REPORT", "report"),
    ],
)
def test_a_line_becomes_the_value_and_reads_the_same_again(name: str, line: str, value: Any) -> None:
    raw = raw_agenda(step("a", "deal"))
    key, path = step_key(name), ("step", 0, name)
    new = after(raw, typed(raw, key, path, line, "de", "de"))
    assert new["step"][0][name] == value
    again = as_typed(new, key, path, "de", "de")
    if key.form != "choice":
        assert after(new, typed(new, key, path, again, "de", "de")) == new


@pytest.mark.parametrize(
    ("name", "line"),
    [("votes", "2.5"), ("votes", "-1"), ("votes", "100"), ("repeat", "deals"), ("repeat", "0"), ("outcomes", "loss"),
     ("id", "a b"), ("id", ""), ("title", ""), ("extend_by", "soon")],
)  # fmt: skip
def test_a_line_that_cannot_be_meant_is_refused_with_a_hint(name: str, line: str) -> None:
    raw = raw_agenda(step("a", "deal"))
    with pytest.raises(Refused) as refused:
        typed(raw, step_key(name), ("step", 0, name), line, "de", "de")
    assert refused.value.hint is not None


def test_an_empty_line_takes_the_key_out() -> None:
    raw = raw_agenda(step("a", votes=3))
    assert typed(raw, step_key("votes"), ("step", 0, "votes"), "", "de", "de") == (
        Remove(("step", 0, "votes")),
    )
    assert typed(raw, step_key("roles"), ("step", 0, "roles"), "", "de", "de") == ()


def test_a_flag_turns_what_holds_now() -> None:
    raw = raw_agenda(step("a", "deal", cap=True))
    assert toggled(raw, step_key("cap"), ("step", 0, "cap")) == (SetValue(("step", 0, "cap"), False),)
    assert toggled(raw, step_key("protected"), ("step", 0, "protected")) == (
        SetValue(("step", 0, "protected"), False),
    )


# -- the list ----------------------------------------------------------------------------------------------


def test_the_list_has_running_starts_and_what_all_comes_to() -> None:
    raw = raw_agenda(step("a", "deal", 20), step("b", share=25), step("c", "close", minutes=0), minutes=60)
    found = outline(raw, read_agenda(raw).agenda, "de")
    assert [(row.start, row.minutes, row.box) for row in found.rows] == [
        (0, 20, "minutes"), (20, 15, "share"), (35, 0, "before"),
    ]  # fmt: skip
    assert (found.total, found.length, found.free) == (35, 60, 25)
    assert found.shares[CountsAs.REFLECT] == 1


def test_a_broken_agenda_has_a_list_too() -> None:
    raw = raw_agenda(step("a", "nonsense", 20), step("b", minutes="ten"), step("c", share=50), minutes=60)  # type: ignore[arg-type]
    assert read_agenda(raw).agenda is None
    found = outline(raw, None, "de")
    assert [(row.start, row.minutes, row.box) for row in found.rows] == [
        (0, 20, "minutes"), (20, None, "unknown"), (None, 30, "share"),
    ]  # fmt: skip
    assert outline({"step": 5}, None, "de").rows == ()


def test_an_open_end_takes_the_free_time_and_repeats_are_told_apart() -> None:
    raw = raw_agenda(step("a", "deal", 5, repeat="deal"), step("b", "notes"), minutes=30)
    found = outline(raw, read_agenda(raw).agenda, "de")
    assert [(row.box, row.minutes) for row in found.rows] == [("each", 5), ("open", 25)]


@pytest.mark.parametrize(
    ("line", "several", "expected"),
    [
        ("", False, ["deal", "person", "note"]),
        ("no", False, ["note"]),
        ("note", False, []),
        ("3", False, []),
        ("deal, p", True, ["deal, person"]),
        ("deal", True, ["deal, person", "deal, note"]),
        ("deal, person, note", True, []),
    ],
)
def test_what_a_half_typed_line_can_become(line: str, several: bool, expected: list[str]) -> None:
    found = offered(("deal", "person", "note"), {}, line, several=several)
    assert [option.insert for option in found] == expected
