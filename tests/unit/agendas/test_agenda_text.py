"""Changes in an agenda's text: the value goes in; comments, order, spacing and unknown keys stay as they are."""

from __future__ import annotations

import difflib
from pathlib import Path as FilePath
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from retrotui.domain.agenda import Path
from retrotui.domain.agenda_changes import (
    AddStep,
    Change,
    CopyStep,
    DeleteStep,
    MoveStep,
    Remove,
    SetValue,
    changed,
    speaking_paths,
    steps,
)
from retrotui.domain.agenda_reading import read_agenda
from retrotui.store import agenda_text
from retrotui.store.agendas import bundled_folder
from retrotui.store.toml_places import Places
from tests.unit.agendas.agenda_samples import HAND_WRITTEN

BUNDLED = sorted(bundled_folder().glob("*.toml"))
HEAD = 'schema = 1\nid = "a"\ntitle = "A"\n'
TWO = f'{HEAD}\n[[step]]\nid = "x"\nkind = "notes"\ntitle = "X"\n\n[[step]]\nid = "y"\nkind = "close"\ntitle = "Y"\n'


def diff(old: str, new: str) -> list[str]:
    """The lines that went and came."""
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0))
    return [line for line in lines[2:] if not line.startswith("@@")]


def test_three_edits_of_a_hand_written_agenda_are_three_changed_lines() -> None:
    changes = (
        SetValue(("step", 1, "minutes"), 25),
        SetValue(("step", 0, "title", "de"), "Hallo"),
        SetValue(("step", 1, "prompts", 1), "Was nun?"),
    )
    new = agenda_text.apply(HAND_WRITTEN, changes)
    assert diff(HAND_WRITTEN, new) == [
        '-  title   =  {de="Ankommen" , en = "Arrive"}   # both languages',
        '+  title   =  {de="Hallo" , en = "Arrive"}   # both languages',
        "-minutes=20     # was 15 until March",
        "+minutes=25     # was 15 until March",
        "-\t'What do we learn?', # keep this one",
        '+\t"Was nun?", # keep this one',
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (SetValue(("minutes",), 45), ["-minutes = 30   # half an hour", "+minutes = 45   # half an hour"]),
        (SetValue(("step", 1, "optional"), True), ["+optional = true"]),
        (Remove(("step", 1, "wiggle")), ["-wiggle = { deep = [1, 2] }"]),
        (SetValue(("purpose",), "Weil"), ['+purpose = "Weil"']),
        (SetValue(("step", 1, "part", 0, "minutes"), 7), ["-minutes = 5", "+minutes = 7"]),
    ],
)
def test_one_change_touches_one_line(change: Change, expected: list[str]) -> None:
    assert diff(HAND_WRITTEN, agenda_text.apply(HAND_WRITTEN, (change,))) == expected


def test_a_question_more_or_less_leaves_the_others_and_their_comments() -> None:
    path = ("step", 1, "prompts")
    one_more = agenda_text.apply(
        HAND_WRITTEN, (SetValue(path, ["What happened?", "New?", "What do we learn?"]),)
    )
    assert diff(HAND_WRITTEN, one_more) == ['+\t"New?",']
    one_less = agenda_text.apply(one_more, (SetValue(path, ["New?", "What do we learn?"]),))
    assert '"What happened?"' not in one_less and "# keep this one" in one_less


def test_a_moved_step_takes_the_comment_above_it_along_and_nothing_else() -> None:
    new = agenda_text.apply(HAND_WRITTEN, (MoveStep(1, 0),))
    assert new.index("# -- the case") < new.index('id = "case"') < new.index("#arrive") < new.index("'hello'")
    assert agenda_text.apply(new, (MoveStep(0, 1),)) == HAND_WRITTEN


def test_a_step_deleted_and_added_again_keeps_the_gaps() -> None:
    deleted = agenda_text.apply(TWO, (DeleteStep(1),))
    assert deleted == TWO[: TWO.index('\n[[step]]\nid = "y"')]
    added = agenda_text.apply(deleted, (AddStep(1, {"id": "y", "kind": "close", "title": "Y"}),))
    assert added == TWO


def test_the_only_step_can_go_and_come_back() -> None:
    none = agenda_text.apply(TWO, (DeleteStep(1), DeleteStep(0)))
    assert "step" not in tomli.loads(none)
    again = agenda_text.apply(none, (AddStep(0, {"id": "x", "kind": "notes", "title": "X"}),))
    assert again == TWO[: TWO.index('\n[[step]]\nid = "y"')]


def test_a_copy_stands_behind_its_step_with_its_comments() -> None:
    new = agenda_text.apply(HAND_WRITTEN, (CopyStep(1, "case-2"),))
    assert new.count("# was 15 until March") == 2
    assert [step["id"] for step in tomli.loads(new)["step"]] == ["hello", "case", "case-2"]


def test_a_text_without_a_last_line_end_is_changed_too() -> None:
    new = agenda_text.apply(TWO.rstrip("\n"), (SetValue(("step", 1, "kind"), "break"),))
    assert tomli.loads(new)["step"][1]["kind"] == "break"


X_INLINE = '{ id = "x", kind = "notes", title = "X" }'
Y_INLINE = '{ id = "y", kind = "close", title = "Y" }'
ON_ONE_LINE = f"{HEAD}step = [{X_INLINE}, {Y_INLINE}]\n"
INLINE = (
    HEAD
    + """step = [ # our steps
  # say hello
  { id = "x", kind = "notes", title = "X", minutes = 5 },   # was { 7 }

  { id = "y", kind = "deal", title = "Y, [z]", prompts = ["One?", "Two?"], odd = { a = 1 } }, # 2

  # at last
  {id="z",kind="close",title='Z'}
  # the end
]

[other]
kept = 1
"""
)
ALIGNED = f"""{HEAD}step = [{{ id = "x", kind = "notes", title = "X" }},
        {{ id = "y", kind = "close", title = "Y" }},]
minutes = 30  # half an hour
"""


def test_steps_on_one_line_move_come_and_go() -> None:
    x, y = X_INLINE, Y_INLINE
    bare = '{ id = "x",  title = "X" }'
    timed, copied = x[:-2] + ", minutes = 5 }", x.replace('"x"', '"x-2"')
    told: dict[Change, str] = {
        SetValue(("step", 1, "title"), "Z"): "[" + x + ", " + y.replace("Y", "Z") + "]",
        SetValue(("step", 0, "minutes"), 5): f"[{timed}, {y}]",
        Remove(("step", 0, "kind")): f"[{bare}, {y}]",
        MoveStep(0, 1): f"[{y}, {x}]",
        DeleteStep(0): f"[{y}]",
        DeleteStep(1): f"[{x}]",
        CopyStep(0, "x-2"): f"[{x}, {copied}, {y}]",
    }
    for change, expected in told.items():
        assert agenda_text.apply(ON_ONE_LINE, (change,)) == f"{HEAD}step = {expected}\n", change
    added = AddStep(1, {"id": "n", "kind": "break", "title": "N"})
    new = agenda_text.apply(ON_ONE_LINE, (added,))
    assert new == f'{HEAD}step = [{x}, {{ id = "n", kind = "break", title = "N" }}, {y}]\n'


def test_inline_steps_on_lines_of_their_own_take_their_comments_along() -> None:
    moved = agenda_text.apply(INLINE, (MoveStep(0, 2),))
    assert moved.index("# 2") < moved.index("# at last") < moved.index("id=") < moved.index("# say hello")
    assert '{ id = "x", kind = "notes", title = "X", minutes = 5 }   # was { 7 }\n  # the end' in moved
    assert agenda_text.apply(moved, (MoveStep(2, 0),)) == INLINE
    gone = agenda_text.apply(INLINE, (DeleteStep(0),))
    assert "# was" not in gone and "# our steps\n" in gone and gone.count("\n\n") == 2
    assert diff(INLINE, agenda_text.apply(INLINE, (SetValue(("step", 0, "minutes"), 6),))) == [
        '-  { id = "x", kind = "notes", title = "X", minutes = 5 },   # was { 7 }',
        '+  { id = "x", kind = "notes", title = "X", minutes = 6 },   # was { 7 }',
    ]
    asked = agenda_text.apply(INLINE, (SetValue(("step", 1, "prompts"), ["One?", "New?", "Two?"]),))
    assert 'prompts = ["One?", "New?", "Two?"]' in asked


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_new_inline_step_stands_on_a_line_as_the_others_do(at: int) -> None:
    step = {"id": "n", "kind": "break", "title": "N"}
    for text in (INLINE, ALIGNED):
        new = agenda_text.apply(text, (AddStep(at, step),))
        assert new.count("\n") == text.count("\n") + 1 and new.count("\n\n") == text.count("\n\n")
        assert agenda_text.apply(new, (DeleteStep(at),)) == text


def test_the_only_inline_step_can_go_and_come_back() -> None:
    none = agenda_text.apply(ON_ONE_LINE, (DeleteStep(1), DeleteStep(0)))
    assert none == HEAD
    empty = agenda_text.apply(f"{HEAD}step = []\n", (AddStep(0, {"id": "x"}),))
    assert empty == f'{HEAD}step = [{{ id = "x" }}]\n'


@pytest.mark.parametrize(
    "steps_as",
    [
        'step = [{ id = "x" }\n, { id = "y" }]\n',
        'step = [{ id = "x" }, 7]\n',
        "step.x = 1\n",
    ],
)
def test_steps_written_in_another_way_are_left_to_the_text_view(steps_as: str) -> None:
    with pytest.raises(agenda_text.NotChangeable) as refused:
        agenda_text.apply(HEAD + steps_as, (MoveStep(0, 1),))
    assert "r shows it" in str(refused.value.hint)


def test_a_place_that_is_not_there_is_refused() -> None:
    for change in (SetValue(("step", 7, "title"), "Z"), Remove(("step", 0, "cap")), MoveStep(0, 9)):
        with pytest.raises(agenda_text.NotChangeable):
            agenda_text.apply(TWO, (change,))


def test_a_deleted_step_takes_no_table_behind_it_along() -> None:
    """A table of somebody else's between two steps: its lines lie with the step, its content is not ours to delete."""
    between = TWO.replace('\n[[step]]\nid = "y"', '\n[other]\nkept = 1\n\n[[step]]\nid = "y"')
    with pytest.raises(agenda_text.NotChangeable):
        agenda_text.apply(between, (DeleteStep(0),))
    assert tomli.loads(agenda_text.apply(between, (MoveStep(0, 1),)))["other"] == {"kept": 1}


def test_a_title_in_a_table_of_its_own_behind_the_steps_is_found() -> None:
    behind = TWO.replace('title = "A"\n', "", 1) + '\n[title]\nde = "A"\n'
    new = agenda_text.apply(behind, (SetValue(("title", "de"), "B"),))
    assert diff(behind, new) == ['-de = "A"', '+de = "B"']


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_copy_in_one_language_says_all_and_keeps_the_comments(path: FilePath, language: str) -> None:
    text = path.read_text(encoding="utf-8")
    new = agenda_text.one_language(text, language)
    assert speaking_paths(tomli.loads(new)) == []
    was, now = tomli.loads(text), tomli.loads(new)
    for old, copy in zip(was["step"], now["step"], strict=True):
        assert copy["title"] == old["title"][language]
        assert copy.get("prompts") == (old["prompts"][language] if "prompts" in old else None)
    comments = [line[line.index("#") :] for line in text.splitlines() if "#" in line]
    assert all(comment in new for comment in comments)


def test_what_does_not_speak_the_language_stays() -> None:
    text = TWO.replace('title = "X"', 'title = { fr = "Bonjour" }')
    assert agenda_text.one_language(text, "de") == text


# -- any change of any agenda ------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


def change_of(raw: dict[str, Any], draw: st.DrawFn) -> Change:
    """A change that fits this document."""
    count = len(steps(raw))
    at = draw(st.integers(0, count - 1))
    step = steps(raw)[at]
    prompts = st.lists(WORDS, min_size=1, max_size=4)
    title = step["title"]
    title_path = ("step", at, "title", "de") if isinstance(title, dict) else ("step", at, "title")
    texts = step.get("prompts")
    prompt_path = ("step", at, "prompts", "de") if isinstance(texts, dict) else ("step", at, "prompts")
    options: list[Change] = [
        SetValue(("step", at, "minutes"), draw(st.integers(0, 99))),
        SetValue(("minutes",), draw(st.floats(1, 99, allow_nan=False))),
        SetValue(title_path, draw(WORDS)),
        SetValue(prompt_path, draw(prompts)),
        SetValue(("step", at, draw(st.sampled_from(["cap", "optional", "silent"]))), draw(st.booleans())),
        SetValue(("step", at, "roles"), draw(prompts)),
        SetValue(("purpose",), {"de": draw(WORDS), "en": draw(WORDS)}),
        AddStep(
            draw(st.integers(0, count)), {"id": "new", "kind": "notes", "minutes": 5, "title": draw(WORDS)}
        ),
        CopyStep(at, "copy"),
        MoveStep(at, draw(st.integers(0, count - 1))),
    ]
    options += [Remove(("step", at, key)) for key in ("minutes", "cap", "prompts") if key in step]
    options += [DeleteStep(at)] if count > 1 else []
    return draw(st.sampled_from(options))


def paths_of(raw: dict[str, Any]) -> list[Path]:
    """Where something can be found: keys of the agenda and of its steps, and some that are not there."""
    found: list[Path] = [(), ("step",), ("loop",), ("nothing",), *((key,) for key in raw)]
    for at, step in enumerate(steps(raw)):
        found += [("step", at), ("step", at, "nothing"), *(("step", at, key) for key in step)]
    return found


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_changes_in_a_row_say_what_the_rules_say_and_lose_no_comment(data: st.DataObject) -> None:
    bundled = [path.read_text(encoding="utf-8") for path in BUNDLED]
    text = data.draw(st.sampled_from([HAND_WRITTEN, TWO, ON_ONE_LINE, INLINE, ALIGNED, *bundled]))
    parts = agenda_text.blocks(text)
    head = parts.head if parts is not None else ""
    for _ in range(data.draw(st.integers(1, 5))):
        raw = tomli.loads(text)
        change = data.draw(st.composite(lambda draw, raw=raw: change_of(raw, draw))())
        new = agenda_text.apply(text, (change,))
        assert tomli.loads(new) == changed(raw, change)
        before = read_agenda(agenda_text.parsed(text))
        assert read_agenda(agenda_text.parsed(new), before) == read_agenda(tomli.loads(new))
        for path in paths_of(tomli.loads(new)):
            assert agenda_text.locate(new, path) == Places(new).locate(path), path
        text = new
    kept = [line[line.index("#") :] for line in head.splitlines() if "#" in line and '"' not in line]
    assert all(comment in text for comment in kept)
