"""The story as it is written in `chapters/`, read in one language.

Owns the shape of those files. Must not know dates: `calendar` tells when a position of the story is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

Raw = Mapping[str, Any]
CHAPTERS = ("year-1.toml", "year-2.toml", "year-3.toml", "year-4.toml")
OWN_AGENDA = "offer-review.toml"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said: what it is (`head`, in words), and the text; `more` is what was learned."""

    head: tuple[str, ...]
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """A deal on the floor. `as_open`: it was still open then, in `stage`."""

    deal: str
    said: tuple[Line, ...]
    as_open: bool = False
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment as it was begun, or filed as an idea. `lessons` count from 1 in the same meeting."""

    key: str
    title: str
    parent: str = ""
    owner: str = ""
    due: str = ""
    hypothesis: str = ""
    change: str = ""
    measure: str = ""
    expected: str = ""
    lessons: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """One meeting of the story. `pace` and `extend` go by step: how its time relates to the plan, minutes added."""

    agenda: str
    at: str
    facilitator: str
    absent: tuple[str, ...]
    guests: tuple[str, ...]
    safety: str
    worth: str
    pace: Mapping[str, float]
    extend: Mapping[str, float]
    pause_in: str
    pause_minutes: int
    replan: bool
    hide: tuple[str, ...]
    roles: Mapping[str, str]
    remarks: tuple[str, ...]
    parked: tuple[str, ...]
    notes: tuple[Line, ...]
    lessons: tuple[Line, ...]
    verdicts: tuple[Line, ...]
    actions: tuple[Line, ...]
    fields: tuple[Line, ...]
    talks: tuple[Talk, ...]
    trials: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The whole story in one language. `team` and `deals` are as their files have them: `pick` chooses the words."""

    language: str
    team: Raw
    deals: tuple[Raw, ...]
    scenes: tuple[Scene, ...]

    def pick(self, pair: Sequence[str]) -> str:
        """Of German and English, the one that is told."""
        return pair[0 if self.language == "de" else 1]


def own_agenda() -> str:
    """The text of the team's own agenda, which holds both languages."""
    return _text(OWN_AGENDA)


def read_story(language: str) -> Story:
    """The story in "de" or "en"."""
    told = Story(language, _table("team.toml"), tuple(_table("deals.toml")["deal"]), ())
    scenes = tuple(_scene(raw, told) for chapter in CHAPTERS for raw in _table(chapter)["meeting"])
    return Story(language, told.team, told.deals, scenes)


def _text(name: str) -> str:
    return files("retrotui.demo").joinpath("chapters", name).read_text(encoding="utf-8")


@cache
def _table(name: str) -> Raw:
    import tomli

    return tomli.loads(_text(name))


def _scene(raw: Raw, told: Story) -> Scene:
    pause = raw.get("pause", {})
    return Scene(
        agenda=raw["agenda"],
        at=raw["at"],
        facilitator=raw["facilitator"],
        absent=tuple(raw.get("absent", ())),
        guests=tuple(raw.get("guests", ())),
        safety=raw.get("safety", ""),
        worth=raw.get("worth", ""),
        pace=raw.get("pace", {}),
        extend=raw.get("extend", {}),
        pause_in=pause.get("step", ""),
        pause_minutes=pause.get("minutes", 0),
        replan=raw.get("replan", False),
        hide=tuple(raw.get("hide", ())),
        roles=raw.get("roles", {}),
        remarks=tuple(told.pick(pair) for pair in raw.get("remarks", ())),
        parked=tuple(told.pick(pair) for pair in raw.get("parked", ())),
        notes=_lines(raw, "notes", told),
        lessons=_lines(raw, "lessons", told),
        verdicts=_lines(raw, "verdicts", told),
        actions=_lines(raw, "actions", told),
        fields=_lines(raw, "fields", told),
        talks=tuple(_talk(each, told) for each in raw.get("deal", ())),
        trials=tuple(_trial(each, told) for each in raw.get("experiment", ())),
    )


def _lines(raw: Raw, key: str, told: Story) -> tuple[Line, ...]:
    """Each is a head, German, English, and perhaps both once more for what was learned."""
    return tuple(
        Line(tuple(head.split()), told.pick(texts[:2]), told.pick(texts[2:]) if len(texts) > 2 else "")
        for head, *texts in raw.get(key, ())
    )


def _talk(raw: Raw, told: Story) -> Talk:
    stage = told.pick(raw["stage"]) if "stage" in raw else ""
    return Talk(raw["deal"], _lines(raw, "said", told), raw.get("open", False), stage)


def _trial(raw: Raw, told: Story) -> Trial:
    words = {
        name: told.pick(raw[name])
        for name in ("title", "hypothesis", "change", "measure", "expected")
        if name in raw
    }
    return Trial(
        key=raw["key"],
        parent=raw.get("parent", ""),
        owner=raw.get("owner", ""),
        due=raw.get("due", ""),
        lessons=tuple(raw.get("lessons", ())),
        **words,
    )
