"""What is found in an agenda: errors that refuse it, warnings, and keys that are kept but not acted on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrotui.domain.agenda import KEPT, Agenda, Part, Step
from retrotui.domain.agenda import Field as AgendaField
from retrotui.domain.agenda_reading import read_agenda
from tests.unit.agendas.agenda_samples import only, raw_agenda, read, step, told

SOUND = (step("a", "deal", 20), step("b", "close", 5))


def test_a_sound_agenda_has_no_findings() -> None:
    assert read(*SOUND, minutes=25).findings == ()


def test_steps_longer_than_the_meeting_are_an_error() -> None:
    found = only(read(*SOUND, minutes=20), "error")
    assert found.path == ("minutes",)
    assert "25" in str(found.what) and "20" in str(found.what)


def test_steps_shorter_than_the_meeting_are_a_warning_of_free_time() -> None:
    found = only(read(*SOUND, minutes=30), "warning")
    assert found.path == ("minutes",)
    assert "5 minutes" in str(found.what)


def test_an_open_end_takes_the_free_time_so_nothing_is_warned() -> None:
    assert read(*SOUND, step("c", "close"), minutes=40).findings == ()


def test_an_agenda_without_length_is_warned_unless_a_step_repeats() -> None:
    assert "how long" in str(only(read(*SOUND), "warning").what)
    repeating = read(step("a", "deal", 20, repeat="deal"), step("b", "close", 1))
    assert told(repeating, "warning") == []


def test_shares_may_be_a_hundred_and_no_more() -> None:
    assert read(step("a", "deal", share=60), step("b", "deal", share=40), minutes=60).findings == ()
    found = only(read(step("a", "deal", share=60), step("b", "deal", share=41), minutes=60), "error")
    assert found.path == ("step", 1, "share")


def test_shares_and_minutes_together_fill_the_meeting() -> None:
    found = only(read(step("a", "deal", share=60), step("b", "deal", 30), minutes=60), "error")
    assert found.path == ("minutes",)


def test_a_step_has_minutes_or_a_share_not_both() -> None:
    found = only(read(step("a", "deal", 10, share=10), minutes=20), "error")
    assert found.path == ("step", 0, "share")


def test_at_least_one_step() -> None:
    assert "no step" in str(only(read(), "error").what)


def test_ids_are_unique_among_steps_fields_and_columns() -> None:
    assert only(read(*SOUND, step("a", "close", 1), minutes=26), "error").path == ("step", 2, "id")
    fields = [{"id": "x"}, {"id": "x"}]
    assert only(read(step("a", "deal", 5, field=fields), minutes=5), "error").path == (
        "step",
        0,
        "field",
        1,
        "id",
    )
    columns = [{"id": "x"}, {"id": "x"}]
    found = only(read(step("a", "notes", 5, columns=columns), minutes=5), "error")
    assert found.path == ("step", 0, "columns", 1, "id")


def test_an_unknown_kind_is_an_error_that_names_the_nearest() -> None:
    found = only(read(step("a", "numbrs", 5), minutes=5), "error")
    assert found.path == ("step", 0, "kind")
    assert "numbers" in str(found.hint)


def test_a_kind_like_no_other_is_told_all_kinds() -> None:
    found = only(read(step("a", "xyzzy", 5), minutes=5), "error")
    assert "checkin" in str(found.hint) and "break" in str(found.hint)


def test_prompts_are_in_the_titles_languages() -> None:
    both = {"de": "Titel", "en": "Title"}
    reading = read(step("a", "deal", 5, title=both, prompts={"de": ["Was?"]}), minutes=5)
    found = only(reading, "error")
    assert found.path == ("step", 0, "prompts")
    assert "en" in str(found.what)


def test_one_list_of_prompts_serves_all_languages() -> None:
    both = {"de": "Titel", "en": "Title"}
    assert read(step("a", "deal", 5, title=both, prompts=["Was?"]), minutes=5).findings == ()


def test_the_agendas_title_counts_for_prompts_too() -> None:
    reading = read(step("a", "deal", 5, prompts={"en": ["What?"]}), title={"de": "T", "en": "T"}, minutes=5)
    assert only(reading, "error").path == ("step", 0, "prompts")


def test_a_title_that_lacks_a_language_is_only_warned() -> None:
    reading = read(step("a", "deal", 5, title={"de": "T"}), title={"de": "T", "en": "T"}, minutes=5)
    assert only(reading, "warning").path == ("step", 0, "title")


def test_prompts_that_differ_in_number_are_warned() -> None:
    reading = read(step("a", "deal", 5, prompts={"de": ["1", "2"], "en": ["1"]}), minutes=5)
    assert only(reading, "warning").path == ("step", 0, "prompts")


@pytest.mark.parametrize(("figures", "warned"), [(15, False), (15.5, True), (16, True)])
def test_figures_over_fifteen_per_cent_are_warned(figures: float, warned: bool) -> None:
    reading = read(step("a", "numbers", figures), step("b", "deal", 100 - figures), minutes=100)
    assert (told(reading, "warning") != []) is warned
    assert told(reading, "error") == []


@pytest.mark.parametrize(("reflecting", "warned"), [(50, False), (49, True)])
def test_reflecting_under_half_is_warned(reflecting: int, warned: bool) -> None:
    reading = read(step("a", "deal", reflecting), step("b", "close", 100 - reflecting), minutes=100)
    assert (told(reading, "warning") != []) is warned


def test_a_followup_after_experiments_is_warned() -> None:
    reading = read(
        step("a", "deal", 20), step("b", "experiments", 5), step("c", "followup", 5), loop=True, minutes=30
    )
    assert only(reading, "warning").path == ("step", 2)


def test_a_loop_without_followup_is_warned_and_a_single_case_is_not() -> None:
    assert only(read(*SOUND, minutes=25, loop=True), "warning").path == ("loop",)
    assert read(*SOUND, minutes=25, loop=False).findings == ()


def test_a_title_over_eighteen_characters_is_warned_in_the_language_that_has_it() -> None:
    long = {"de": "x" * 19, "en": "x" * 18}
    assert only(read(step("a", "deal", 5, title=long), minutes=5), "warning").path == (
        "step",
        0,
        "title",
        "de",
    )


@pytest.mark.parametrize(
    ("key", "value"), [("outcomes", ["won"]), ("deal", "same"), ("columns", []), ("safety", True)]
)
def test_a_key_of_another_kind_is_warned(key: str, value: object) -> None:
    reading = read(step("z", "deal", 5), step("a", "lessons", 5, **{key: value}), minutes=10)
    assert only(reading, "warning").path == ("step", 1, key)


def test_the_same_deal_needs_a_deal_before() -> None:
    assert only(read(step("a", "deal", 5, deal="same"), minutes=5), "warning").path == ("step", 0, "deal")


def test_a_round_for_each_note_names_an_earlier_step() -> None:
    assert only(read(step("a", "deal", 5, repeat="note")), "error").path == ("step", 0, "repeat")
    reading = read(step("topics", "notes", 5), step("a", "deal", 5, repeat="note", of="topcs"))
    found = only(reading, "error")
    assert found.path == ("step", 1, "of")
    assert "topics" in str(found.hint)


def test_a_choice_needs_choices_and_a_scale_a_range() -> None:
    fields = [{"id": "x", "type": "choice"}, {"id": "y", "type": "scale", "min": 5, "max": 5}]
    reading = read(step("a", "deal", 5, field=fields), minutes=5)
    assert [path for path, _ in told(reading, "error")] == [("step", 0, "field", 0), ("step", 0, "field", 1)]


def test_a_condition_names_another_field_of_the_step() -> None:
    fields = [{"id": "x", "when": {"z": True}}, {"id": "y", "when": {"x": "a"}}]
    found = only(read(step("a", "deal", 5, field=fields), minutes=5), "error")
    assert found.path == ("step", 0, "field", 0, "when")


def test_parts_longer_than_their_step_are_warned() -> None:
    reading = read(step("a", "deal", 5, part=[{"minutes": 3}, {"minutes": 3}]), minutes=5)
    assert only(reading, "warning").path == ("step", 0, "part")


def test_a_key_within_two_letters_of_a_known_one_is_an_error_at_its_place() -> None:
    found = only(read(step("a", "deal", 5, promts=["Was?"]), minutes=5), "error")
    assert found.path == ("step", 0, "promts")
    assert "prompts" in str(found.hint)


def test_another_unknown_key_is_a_warning_and_is_kept() -> None:
    reading = read(step("a", "deal", 5, colour="red"), minutes=5, house_style="blue")
    assert [path for path, _ in told(reading, "warning")] == [("house_style",), ("step", 0, "colour")]
    assert reading.agenda is not None
    assert reading.agenda.model_extra == {"house_style": "blue", "schema": 1}
    assert reading.agenda.steps[0].model_extra == {"colour": "red"}


def test_a_misspelt_key_is_not_told_a_second_time_as_a_missing_one() -> None:
    reading = read({"id": "a", "knd": "deal", "title": "A", "minutes": 5}, minutes=5)
    assert only(reading, "error").path == ("step", 0, "knd")


def test_a_missing_key_is_told_at_its_table() -> None:
    found = only(read({"id": "a", "title": "A", "minutes": 5}, minutes=5), "error")
    assert (found.path, "kind" in str(found.what)) == (("step", 0), True)


def test_a_missing_schema_is_warned_and_a_newer_one_too() -> None:
    raw = raw_agenda(*SOUND, minutes=25)
    del raw["schema"]
    assert only(read_agenda(raw), "warning").path == ()
    assert only(read_agenda({**raw, "schema": 2}), "warning").path == ("schema",)
    assert only(read_agenda({**raw, "schema": "one"}), "error").path == ("schema",)


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ({"minutes": "90"}, ("minutes",)),
        ({"minutes": -1}, ("minutes",)),
        ({"minutes": True}, ("minutes",)),
        ({"minutes": float("nan")}, ("minutes",)),
        ({"loop": "yes"}, ("loop",)),
        ({"period": "year"}, ("period",)),
        ({"max_experiments": 2.5}, ("max_experiments",)),
        ({"experiment_needs": ["owner", "mesure"]}, ("experiment_needs", 1)),
        ({"experiment_needs": "owner"}, ("experiment_needs",)),
        ({"id": "not an id"}, ("id",)),
        ({"id": "../x"}, ("id",)),
        ({"title": 3}, ("title",)),
        ({"title": ""}, ("title",)),
        ({"step": "a"}, ("step",)),
        ({"step": ["a"]}, ("step", 0)),
    ],
)
def test_a_value_that_does_not_fit_is_an_error_at_its_place(
    keys: dict[str, object], path: tuple[Any, ...]
) -> None:
    raw = {**raw_agenda(*SOUND, minutes=25), **keys}
    assert only(read_agenda(raw), "error").path == path


@pytest.mark.parametrize(
    ("keys", "name"),
    [
        ({"minutes": 1e9}, "minutes"),
        ({"share": 0}, "share"),
        ({"share": 101}, "share"),
        ({"cap": 1}, "cap"),
        ({"outcomes": ["lots"]}, "outcomes"),
        ({"deal": "other"}, "deal"),
        ({"votes": -1}, "votes"),
        ({"counts_as": "reflection"}, "counts_as"),
        ({"prompts": [1]}, "prompts"),
        ({"columns": [{"title": "no id"}]}, "columns"),
        ({"repeat": "week"}, "repeat"),
        ({"repeat": 0}, "repeat"),
    ],
)
def test_a_steps_value_that_does_not_fit_is_an_error_at_its_place(keys: dict[str, object], name: str) -> None:
    reading = read_agenda(raw_agenda({"id": "a", "kind": "deal", "title": "A", **keys}, minutes=25))
    errors = told(reading, "error")
    assert errors and {path[:3] for path, _ in errors} == {("step", 0, name)}


def test_a_wrong_value_is_told_once() -> None:
    reading = read_agenda(raw_agenda(step("a", "deal", 5, repeat="week"), minutes=5))
    assert "1, 2, 3" in str(only(reading, "error").hint)
    number = read_agenda(raw_agenda(step("a", "deal", 5, repeat=0), minutes=5))
    assert "at least 1" in str(only(number, "error").hint)


def test_keys_that_the_meeting_does_not_act_on_are_told_as_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = {"repeat", "of", "total_minutes", "parts", "extend_by", "when"}
    monkeypatch.setattr("retrotui.domain.agenda_checks.KEPT", frozenset(keys))
    parts = [{"minutes": 1}, {"minutes": 2}]
    fields = [{"id": "x"}, {"id": "y", "when": {"x": "a"}}]
    reading = read(
        step("n", "notes", 5),
        step("a", "deal", 5, repeat="note", of="n", total_minutes=9, part=parts, extend_by=2, field=fields),
    )
    assert told(reading, "error") == []
    assert {path[-1] for path, _ in told(reading, "kept")} == (keys - {"parts"}) | {"part"}


def test_every_kept_key_is_a_key_of_the_schema() -> None:
    known = (
        set(Agenda.model_fields)
        | set(Step.model_fields)
        | set(Part.model_fields)
        | set(AgendaField.model_fields)
    )
    assert known >= KEPT


def test_a_deeply_nested_value_is_an_error_and_costs_nothing() -> None:
    deep: Any = 1
    for _ in range(300):
        deep = {"a": deep}
    assert "nested" in str(only(read(*SOUND, minutes=25, ours=deep), "error").what)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(sorted({*Agenda.model_fields, "step", "schema"} - {"steps"}))
STEP_KEYS = st.sampled_from(sorted({*Step.model_fields, "part", "field"} - {"parts", "fields"}))


@given(
    st.dictionaries(KEYS | st.text(max_size=8), ANYTHING, max_size=4),
    st.dictionaries(STEP_KEYS, ANYTHING, max_size=5),
)
def test_whatever_a_file_holds_reading_it_raises_nothing(
    keys: dict[str, Any], step_keys: dict[str, Any]
) -> None:
    raw: dict[str, Any] = {**raw_agenda({**step("a", "deal", 5), **step_keys}, minutes=5), **keys}
    reading = read_agenda(raw)
    assert reading.agenda is not None or reading.errors
    for each in reading.findings:
        assert str(each.what)
