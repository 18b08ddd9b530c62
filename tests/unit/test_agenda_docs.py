"""The page on writing agendas is tested: every key has its example, and every example is loaded, checked and held."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from retrotui.domain import course, lifecycle
from retrotui.domain.agenda import CHILDREN, SINGULARS, Agenda, Table
from retrotui.domain.agenda_reading import read_agenda
from retrotui.domain.meeting import draft_meeting

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "agendas.md", "de": DOCS / "agendas.de.md"}
EXAMPLE = re.compile(r"^### `([a-z_.]+)`\n\n(.+?)\n\n```toml\n(.+?)\n```$", re.DOTALL | re.MULTILINE)
WHOLE = re.compile(r"```toml\n(.+?)\n```", re.DOTALL)
HEAD: dict[str, Any] = {"schema": 1, "id": "example", "title": "Example", "loop": False}
STEP: dict[str, Any] = {"id": "talk", "kind": "notes", "minutes": 30, "title": "Talk"}


def keys(table: type[Table], before: str = "") -> list[str]:
    """Every key of the format, as the page names it."""
    found = []
    for name in table.model_fields:
        key = f"{before}{SINGULARS.get(name, name)}"
        found.append(key)
        child = CHILDREN.get(table, {}).get(name)
        found += keys(child, f"{key}.") if child is not None else []
    return found


@cache
def examples(language: str) -> dict[str, str]:
    """The examples of a page by their key."""
    found = EXAMPLE.findall(PAGES[language].read_text(encoding="utf-8"))
    return {key: example for key, _, example in found}


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_key_has_an_example_and_no_other(language: str) -> None:
    headings = re.findall(r"^### `(.+)`$", PAGES[language].read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(["schema", *keys(Agenda)])
    assert list(examples(language)) == headings, "each with words and one example"


def test_a_page_is_in_one_language() -> None:
    """The headings between the keys; the keys themselves are the format's."""
    heads = {
        lang: re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.M) for lang, page in PAGES.items()
    }
    assert heads["en"] == ["The agenda", "A step", "A part of a step", "A column", "A field"]
    assert heads["de"] == ["Die Agenda", "Ein Punkt", "Ein Teil eines Punkts", "Eine Spalte", "Ein Feld"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_whole_agenda_at_the_top_has_nothing_wrong(language: str) -> None:
    whole = WHOLE.search(PAGES[language].read_text(encoding="utf-8"))
    assert whole is not None and not read_agenda(tomli.loads(whole[1])).findings


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("key", ["schema", *keys(Agenda)])
def test_the_example_of_a_key_has_it_and_is_held(key: str, language: str) -> None:
    raw = tomli.loads(examples(language)[key])
    assert _has(raw, key.split(".")), "the example shows its key"
    reading = read_agenda({**HEAD, **({} if "step" in raw else {"step": [STEP]}), **raw})
    assert reading.agenda is not None and not reading.errors
    unheard = ("unknown", "no effect", "an effect only", "kept")
    assert not [one for one in reading.findings if any(words in one.what.id for words in unheard)]
    _hold(reading.agenda, language)


def _has(value: Any, path: list[str]) -> bool:
    if isinstance(value, list):
        return any(_has(one, path) for one in value)
    return not path or (isinstance(value, dict) and path[0] in value and _has(value[path[0]], path[1:]))


def _hold(agenda: Agenda, language: str) -> None:
    """From the first step to the last with F4, a minute each."""
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    meeting = draft_meeting(
        agenda, meeting_id="m", day=date(2026, 11, 23), language=language, total_minutes=60
    )
    meeting = lifecycle.begin(meeting, now)
    while course.ahead(meeting).kind != "close":
        now += timedelta(minutes=1)
        meeting = course.on(meeting, now)
    closed = lifecycle.close(meeting, now + timedelta(minutes=1)).minutes
    assert closed.share.total == sum(one.spent_s for one in closed.step) > 0
    assert all(one.spent_s or one.planned_s == 0 for one in closed.step)
