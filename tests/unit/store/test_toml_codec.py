"""The layout of the minutes' file: what it is, that it is stable, and that nothing gets lost on the way."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from retrotui.domain.minutes import (
    Action,
    AgendaRef,
    Carried,
    DealRecord,
    Discretion,
    Experiment,
    FactorUse,
    FieldValue,
    FloorTurn,
    GoOnVote,
    Lesson,
    Metric,
    Minutes,
    Note,
    Now,
    Origin,
    Participant,
    Pause,
    Period,
    Quote,
    Share,
    StepRun,
    Tally,
    Verdict,
)
from retrotui.store.toml_codec import Memory, check_toml, decode, encode, encode_keys
from retrotui.store.toml_reading import DamagedFile

GOLDEN = Path(__file__).parents[2] / "golden" / "minutes.toml"

# -- random minutes ----------------------------------------------------------------------------------

ZONES = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
EARLIEST, LATEST = datetime(1970, 1, 2), datetime(2999, 1, 1)  # noqa: DTZ001 (hypothesis adds the zone)
INSTANTS = st.datetimes(EARLIEST, LATEST, timezones=ZONES).map(lambda instant: instant.replace(microsecond=0))
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        '"',
        "\\",
        "'''",
        '"""',
        "a = 1",
        "[[note]]",
        "# no",
        "\r\n",
        "\t",
        "\x7f",
        "\x00",
        "Müller",
        "…",
        "true",
    ]
)
IDS = st.text("abcxyz0123456789-", min_size=1, max_size=8)
NUMBERS = st.integers(0, 10**6)
FIGURES = st.sampled_from(["", "0", "480000.00", "-3.5"])
UNKNOWN_VALUES = st.recursive(
    st.integers(-(2**63), 2**63 - 1) | st.booleans() | TEXTS | INSTANTS | DAYS | st.times()
    | st.floats(allow_nan=False) | st.datetimes(EARLIEST, LATEST),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)  # fmt: skip
UNKNOWN = st.dictionaries(TEXTS.map(lambda text: f"x_{text}"), UNKNOWN_VALUES, max_size=2)


def tables(model: type[BaseModel], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Tables of this kind, some with keys that nobody knows."""

    def make(known: dict[str, Any], unknown: dict[str, Any]) -> BaseModel:
        return model.model_validate({**known, **unknown})

    return st.builds(make, st.fixed_dictionaries(fields), UNKNOWN | st.just({}))


def some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(values, max_size=2).map(tuple)


def perhaps(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


ENTRY: dict[str, st.SearchStrategy[Any]] = {"id": IDS, "at": INSTANTS, "step": IDS}
SPANS = st.tuples(INSTANTS) | st.tuples(INSTANTS, INSTANTS)
MINUTES: st.SearchStrategy[Minutes] = tables(
    Minutes,
    id=IDS,
    status=st.sampled_from(["running", "closed", "aborted"]),
    title=TEXTS,
    language=st.sampled_from(["de", "en"]),
    date=DAYS,
    started=perhaps(INSTANTS),
    ended=perhaps(INSTANTS),
    next_date=perhaps(DAYS),
    reopened=some(INSTANTS),
    parked=some(TEXTS),
    agenda=tables(AgendaRef, id=IDS, version=NUMBERS, planned_s=perhaps(NUMBERS)),
    period=perhaps(tables(Period, **{"from": DAYS, "to": DAYS})),
    now=perhaps(tables(Now, step=IDS, deal=TEXTS, prompt=NUMBERS)),
    share=tables(Share, report=NUMBERS, reflect=NUMBERS),
    discretion=tables(Discretion, amounts=st.booleans(), people=st.booleans()),
    participant=some(tables(Participant, id=IDS, name=TEXTS, present=st.booleans(), roles=some(IDS))),
    safety=perhaps(tables(Tally, counts=some(NUMBERS), votes=perhaps(NUMBERS))),
    step=some(
        tables(
            StepRun,
            id=IDS,
            kind=IDS,
            round=perhaps(NUMBERS),
            planned_s=perhaps(NUMBERS),
            spans=some(SPANS),
            deals=some(TEXTS),
            floor=some(tables(FloorTurn, deal=TEXTS, at=INSTANTS)),
            vote=some(tables(GoOnVote, **{"at": INSTANTS, "for": NUMBERS, "against": NUMBERS})),
        )
    ),
    pause=some(tables(Pause, **{"from": INSTANTS, "to": perhaps(INSTANTS)})),
    metric=some(tables(Metric, id=IDS, label=TEXTS, actual=FIGURES, surprise=st.booleans())),
    deal=some(
        tables(
            DealRecord,
            id=TEXTS,
            account=TEXTS,
            outcome=perhaps(st.sampled_from(["won", "lost"])),
            competitors=some(TEXTS),
            created=perhaps(DAYS),
            origin=perhaps(tables(Origin, file=TEXTS, record=perhaps(NUMBERS))),
        )
    ),
    factor=some(tables(FactorUse, **ENTRY, factor=TEXTS, weight=st.integers(1, 3), text=TEXTS)),
    quote=some(tables(Quote, **ENTRY, text=TEXTS)),
    note=some(tables(Note, **ENTRY, text=TEXTS, column=TEXTS, ask=TEXTS, group=IDS)),
    lesson=some(tables(Lesson, **ENTRY, text=TEXTS, deals=some(TEXTS), factors=some(TEXTS))),
    action=some(tables(Action, **ENTRY, text=TEXTS, owner_text=TEXTS, due=perhaps(DAYS))),
    experiment=some(tables(Experiment, **ENTRY, title=TEXTS, lessons=some(IDS), parent=IDS)),
    verdict=some(
        tables(Verdict, item=IDS, kind=st.just("action"), decision=st.just("extend"), at=perhaps(INSTANTS))
    ),
    carried=some(tables(Carried, item=IDS)),
    field=some(tables(FieldValue, step=IDS, id=IDS, value=TEXTS)),
    worth=perhaps(tables(Tally, counts=some(NUMBERS), remarks=some(TEXTS))),
)


@settings(max_examples=150, deadline=None)
@given(MINUTES)
def test_whatever_is_written_is_read_back_the_same_and_in_the_same_bytes(minutes: Minutes) -> None:
    content = encode(minutes)
    document = decode(content)
    assert document.minutes == minutes
    assert not document.read_only
    assert encode(document.minutes) == content
    assert b"\r" not in content
    assert content.startswith(b"schema = ")
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")


@settings(max_examples=60, deadline=None)
@given(MINUTES, MINUTES, st.dictionaries(IDS, TEXTS, max_size=3))
def test_a_draft_is_the_same_document_and_its_table(
    one: Minutes, other: Minutes, table: dict[str, str]
) -> None:
    memory: Memory = {}
    encode(other, {"draft": {"line": "x"}}, memory)
    content = encode(one, {"draft": table}, memory)
    assert content.startswith(encode(one)[:-1])
    assert content == encode(one, {"draft": table})
    document = decode(content, aside=["draft"])
    assert document.minutes == one
    assert document.aside == {"draft": table}


@given(st.text(max_size=30))
def test_texts_are_written_as_tomli_w_writes_them(text: str) -> None:
    if text.encode("utf-8", "ignore").decode() == text:
        assert encode_keys({"v": text}) == tomli_w.dumps({"v": text}).encode()


# -- the layout ----------------------------------------------------------------------------------------


def golden() -> Minutes:
    return decode(GOLDEN.read_bytes(), GOLDEN).minutes


def test_the_example_of_the_design_comes_out_in_its_bytes() -> None:
    assert encode(golden()) == GOLDEN.read_bytes()


def test_the_golden_holds_every_table_of_the_model() -> None:
    raw = tomli.loads(GOLDEN.read_text())
    tables_of_the_model = {
        name for name, value in golden() if isinstance(value, tuple | BaseModel) or value is None
    } - {"started", "ended", "next_date", "corrected"}
    assert tables_of_the_model <= raw.keys()
    assert {"agenda", "deal", "field", "worth"} <= tables_of_the_model


def test_one_changed_word_is_one_changed_line() -> None:
    before = golden()
    note = before.note[0].model_copy(update={"text": "Der Techniker war da"})
    after = encode(before.model_copy(update={"note": (note,)}))
    lines = list(zip(GOLDEN.read_bytes().splitlines(), after.splitlines(), strict=True))
    assert [new for old, new in lines if old != new] == [b'text = "Der Techniker war da"']


def test_what_is_unset_or_empty_is_left_out_except_where_emptiness_says_something() -> None:
    bare = Minutes(id="m", date=date(2026, 11, 23), agenda=AgendaRef(id="a"))
    at = datetime(2026, 11, 23, 9, tzinfo=timezone(timedelta(hours=1)))
    minutes = bare.model_copy(update={"factor": (FactorUse(id="f1", at=at),)})
    assert encode(minutes).decode() == (
        'schema = 1\nid = "m"\nstatus = "running"\nlanguage = "en"\ndate = 2026-11-23\nreopened = []\n'
        '\n[agenda]\nid = "a"\nversion = 1\n'
        "\n[share]\nreport = 0\nreflect = 0\ndecide = 0\nframe = 0\n"
        "\n[discretion]\namounts = false\ncustomers = false\npeople = false\n"
        '\n[[factor]]\nid = "f1"\nat = 2026-11-23T09:00:00+01:00\nfactor = ""\neffect = "hurt"\nweight = 1\n'
        'source = ""\nvotes = 0\n'
    )


def test_unknown_keys_stand_after_the_known_ones_and_unknown_tables_at_the_end() -> None:
    text = (
        'mood = "good"\nschema = 1\nid = "m"\ndate = 2026-11-23\n'
        '[agenda]\ncolour = "red"\nid = "a"\n'
        "[weather]\nsunny = true\n[weather.wind]\nfrom = { de = 'West' }\n"
        '[[song]]\nname = "x"\n[[song]]\nname = "y"\n'
    )
    written = encode(decode(text.encode()).minutes).decode()
    assert 'reopened = []\nmood = "good"\n\n[agenda]\nid = "a"\nversion = 1\ncolour = "red"\n' in written
    assert written.endswith(
        '\n[weather]\nsunny = true\nwind = { from = { de = "West" } }\n'
        '\n[[song]]\nname = "x"\n\n[[song]]\nname = "y"\n'
    )
    assert encode(decode(written.encode()).minutes).decode() == written


def test_half_characters_do_not_keep_the_rest_from_being_saved() -> None:
    minutes = golden().model_copy(update={"title": "a\ud800b"})
    assert decode(encode(minutes)).minutes.title == "a?b"


def test_the_deepest_nesting_that_can_be_read_can_be_written() -> None:
    deep = "x = " + "[" * 390 + "]" * 390 + "\n"
    minutes = decode(deep.encode() + GOLDEN.read_bytes()).minutes
    assert decode(encode(minutes)).minutes == minutes


def test_numbers_of_any_length_survive() -> None:
    text = "x = 0x" + "f" * 20_000 + "\n"
    minutes = decode(text.encode() + GOLDEN.read_bytes()).minutes
    assert decode(encode(minutes)).minutes == minutes


# -- schema ----------------------------------------------------------------------------------------------


def test_a_newer_schema_opens_read_only() -> None:
    content = GOLDEN.read_bytes().replace(b"schema = 1", b"schema = 2")
    document = decode(content)
    assert document.read_only
    assert document.minutes.id == "2026-11-23-monthly-reflection"
    assert document.minutes.schema_ == 2


def test_a_newer_schema_that_does_not_fit_says_so_instead_of_damaged() -> None:
    content = GOLDEN.read_bytes().replace(b"schema = 1", b"schema = 7").replace(b'"closed"', b'"asleep"')
    with pytest.raises(DamagedFile, match=r"newer retrotui \(schema 7\)") as caught:
        decode(content, GOLDEN)
    assert "damaged" not in str(caught.value)


def test_without_a_schema_it_is_the_first() -> None:
    document = decode(GOLDEN.read_bytes().replace(b"schema = 1\n", b""))
    assert document.minutes.schema_ == 1
    assert not document.read_only


@pytest.mark.parametrize("schema", ["0", "-1", '"1"', "true", "1.0", "[]"])
def test_a_schema_that_is_no_number_is_damage(schema: str) -> None:
    with pytest.raises(DamagedFile, match="schema"):
        decode(GOLDEN.read_bytes().replace(b"schema = 1", b"schema = " + schema.encode()))


# -- what does not fit the model ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('status = "closed"', 'status = "asleep"', "status must be one of"),
        ("date = 2026-11-23\n", 'date = "soon"\n', "date must be a date"),
        ("started = 2026-11-23T09:00:12+01:00", "started = 2026-11-23T09:00:12", "started needs an offset"),
        ("started = 2026-11-23T09:00:12+01:00", "started = true", "started must be an instant"),
        ('title = "Telematik, Ausbaustufe 2"', "title = 2", "title must be a text in quotes"),
        ('amount = "48000.00"', 'amount = "48.000,00"', "amount must be a number in quotes"),
        ("weight = 3", "weight = 9", "weight must be a whole number in its range"),
        ("spent_s = 610", 'spent_s = "long"', "spent_s must be a whole number"),
        ("surprise = true", 'surprise = "perhaps"', "surprise must be true or false"),
        ('deals = ["0061i000003Aa2AAB"]', "deals = 7", "deals must be a list"),
        ("report = 610", "report = []", "report must be a whole number"),
        ("spans = [[2026-11-23T09:14:02+01:00,", "spans = [['soon',", "spans"),
        ('decision = "adapt"\n', "", "the key decision is missing"),
    ],
)
def test_what_does_not_fit_is_one_sentence_with_key_and_line(old: str, new: str, words: str) -> None:
    text = GOLDEN.read_text()
    assert text.count(old) == 1
    line = text[: text.index(old)].count("\n") + 1
    if new == "":  # a missing key is told at its table
        line = text[: text.index("[[verdict]]")].count("\n") + 1
    with pytest.raises(DamagedFile) as caught:
        decode(text.replace(old, new).encode(), GOLDEN)
    assert words in str(caught.value.what)
    assert (caught.value.file, caught.value.line) == (GOLDEN, line)
    assert f"line {line}" in str(caught.value.what)
    assert caught.value.hint is not None


def test_a_table_where_a_value_belongs_and_the_other_way_round() -> None:
    for old, new, words in (
        ("[share]\n", "[other]\n", None),
        ("[period]\n", "[[period]]\n", "period must be a table"),
        ("[[note]]\n", "[note]\n", "note must be a list"),
    ):
        content = GOLDEN.read_text().replace(old, new).encode()
        if words is None:
            assert decode(content).minutes.share == Share()
            continue
        with pytest.raises(DamagedFile, match=words):
            decode(content)


def test_our_own_check_refuses_what_is_no_toml() -> None:
    check_toml(GOLDEN.read_bytes())
    for content in (b"a = ", b"\xff", b"a = 1\na = 2"):
        with pytest.raises(DamagedFile):
            check_toml(content)


def test_a_large_meeting_is_written_and_read_in_time() -> None:
    note = golden().note[0]
    notes = tuple(note.model_copy(update={"id": f"n{n}", "text": "Wort " * 500}) for n in range(500))
    minutes = golden().model_copy(update={"note": notes})
    began = time.process_time()
    content = encode(minutes)
    assert decode(content).minutes == minutes
    assert time.process_time() - began < 2.0
    assert len(content) > 1_000_000
