"""What an editor may do to an agenda, as plain values: each change says what the file will hold afterwards.

Owns the changes, what they make of the parsed document, and the rules behind the keys: more minutes, a text in one
of its languages, a new step. Must not know the file's text, its comments or its layout: `store.agenda_text` keeps
those. Documents are the plain dictionaries of the TOML parser, since an agenda on the desk may be broken.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from typing import Any, TypeAlias

from retrotui.domain.agenda import Path, StepKind
from retrotui.errors import Refused, msg

Raw: TypeAlias = Mapping[str, Any]
LONGEST = 24 * 60
"""Minutes that a step or a meeting can have at most."""
NEW_MINUTES = 5
"""Minutes of a new step, and of an open end that gets a box."""

_NUMBER = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(%|min)?")


@dataclass(frozen=True, slots=True)
class SetValue:
    """`path` has this value from now on; a key that is not there is added."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Remove:
    """The key goes, and with it what stood behind it on its line."""

    path: Path


@dataclass(frozen=True, slots=True)
class AddStep:
    """A new step that will be number `at`, from 0."""

    at: int
    step: Raw


@dataclass(frozen=True, slots=True)
class CopyStep:
    """The step `at` once more, behind itself, under another id."""

    at: int
    new_id: str


@dataclass(frozen=True, slots=True)
class MoveStep:
    """The step `at` becomes number `to`."""

    at: int
    to: int


@dataclass(frozen=True, slots=True)
class DeleteStep:
    """The step `at` goes."""

    at: int


Change: TypeAlias = SetValue | Remove | AddStep | CopyStep | MoveStep | DeleteStep


def changed(raw: Raw, change: Change) -> dict[str, Any]:
    """What the document holds after the change; the given one stays as it is, and lends what did not change.

    Raises LookupError where there is no such place.
    """
    document: dict[str, Any] = dict(raw)
    match change:
        case SetValue(path, value):
            _holder(document, path)[path[-1]] = deepcopy(value)
        case Remove(path):
            del _holder(document, path)[path[-1]]
        case _:
            _change_steps(document, change)
    return document


def _holder(document: Any, path: Path) -> Any:
    """The table or list around `path`, for a change: copies on the way there."""
    for part in path[:-1]:
        document[part] = copy(document[part])
        document = document[part]
    return document


def _change_steps(document: dict[str, Any], change: AddStep | CopyStep | MoveStep | DeleteStep) -> None:
    found: list[Any] = list(document.get("step", []))
    if not isinstance(change, AddStep) and not 0 <= change.at < len(found):
        raise IndexError(change.at)
    match change:
        case AddStep(at, step):
            found.insert(at, deepcopy(dict(step)))
        case CopyStep(at, new_id):
            found.insert(at + 1, {**found[at], "id": new_id})
        case MoveStep(at, to):
            if not 0 <= to < len(found):
                raise IndexError(to)
            found.insert(to, found.pop(at))
        case DeleteStep(at):
            del found[at]
    document["step"] = found
    if not found:
        del document["step"]


# -- reading what stands there -----------------------------------------------------------------------------


def steps(raw: Raw) -> tuple[Raw, ...]:
    """The steps that are tables; a broken document may have none."""
    found = raw.get("step", raw.get("steps", ()))
    return (
        tuple(each if isinstance(each, Mapping) else {} for each in found) if isinstance(found, list) else ()
    )


def value_at(raw: Any, path: Path) -> Any:
    """What stands at `path`; None where nothing does."""
    for part in path:
        in_list = isinstance(raw, list) and isinstance(part, int) and 0 <= part < len(raw)
        if not in_list and not (isinstance(raw, Mapping) and part in raw):
            return None
        raw = raw[part]
    return raw


def number(value: object) -> float | None:
    """A number that is none of TOML's other values, nor infinite."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def words_in(value: object, language: str, own: str) -> str:
    """A text as it stands in `language`; a plain one is in the team's `own`. "" where it does not speak it."""
    if isinstance(value, str):
        return value if language == own else ""
    found = value.get(language) if isinstance(value, Mapping) else None
    return found if isinstance(found, str) else ""


def any_words(value: object, language: str) -> str:
    """A text in `language`, else in any: what a list shows."""
    if isinstance(value, Mapping):
        value = value.get(language) or next((each for each in value.values() if each), "")
    return value if isinstance(value, str) else ""


def lines_in(value: object, language: str, own: str) -> tuple[str, ...]:
    """A list of texts as it stands in `language`; a plain one is in the team's `own`."""
    if isinstance(value, Mapping):
        value = value.get(language)
    elif language != own:
        return ()
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def free_id(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or `wanted-2`, `-3` … where that is taken."""
    found, count = wanted, 1
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    return found


def step_ids(raw: Raw) -> set[str]:
    return {str(each.get("id", "")) for each in steps(raw)}


# -- the rules behind the keys -----------------------------------------------------------------------------


def whole(minutes: float) -> int | float:
    """Without a fraction where there is none: so it is written."""
    return int(minutes) if float(minutes).is_integer() else round(minutes, 2)


def more_minutes(raw: Raw, at: int, by: int) -> tuple[Change, ...]:
    """The step gets `by` whole minutes more or less, at least 1; a share as many per cent; an open end a box.

    Raises Refused where its time stands elsewhere (in its parts).
    """
    step = steps(raw)[at]
    here: Path = ("step", at)
    share, minutes = number(step.get("share")), number(step.get("minutes"))
    if minutes is None and share is not None:
        return (SetValue((*here, "share"), whole(_stepped(share, by, 100))),)
    if minutes is None and (total := number(step.get("total_minutes"))) is not None:
        return (SetValue((*here, "total_minutes"), whole(_stepped(total, by, LONGEST))),)
    if minutes is None and step.get("part"):
        raise Refused(
            msg("The time of this step is that of its parts."), msg("Change it in the text, or type minutes.")
        )
    if minutes is None:
        if by < 0:
            raise Refused(msg("This step is an open end: it takes the free time."), msg("+ gives it a box."))
        return (SetValue((*here, "minutes"), NEW_MINUTES),)
    if minutes == 0 and by < 0:
        raise Refused(msg("This step is read beforehand and takes no time."), msg("+ gives it a box."))
    return (SetValue((*here, "minutes"), whole(_stepped(minutes, by, LONGEST))),)


def longer_meeting(raw: Raw, by: int) -> tuple[Change, ...]:
    """The whole meeting gets `by` minutes more or less, at least 1."""
    return (SetValue(("minutes",), whole(_stepped(number(raw.get("minutes")) or 0.0, by, LONGEST))),)


def _stepped(value: float, by: int, most: float) -> float:
    """On to the next whole number, at least 1, at most `most`."""
    stepped = math.floor(value) + by if by > 0 else math.ceil(value) + by
    return max(1.0, min(most, float(stepped)))


def read_minutes(raw: Raw, at: int, line: str) -> tuple[Change, ...]:
    """The step's time as it is typed: `10`, `2,5`, `30 %` of the meeting, `0` to read beforehand, nothing: open end.

    Raises Refused for anything else.
    """
    here: Path = ("step", at)
    step = steps(raw)[at]
    typed = line.strip().casefold()
    gone = [Remove((*here, key)) for key in ("minutes", "share") if key in step]
    if typed in ("", "offen", "open"):
        return tuple(gone)
    found = _NUMBER.fullmatch(typed)
    value = float(found[1].replace(",", ".")) if found else -1.0
    is_share = found is not None and found[2] == "%"
    if found is None or value > (100 if is_share else LONGEST) or (is_share and not value):
        raise Refused(
            msg("“{given}” is no time for a step.", given=line.strip()[:40]),
            msg("Type 10, 2.5, or 30 % of the meeting; 0: to read beforehand; nothing: open end."),
        )
    key, other = ("share", "minutes") if is_share else ("minutes", "share")
    removed = [Remove((*here, other))] if other in step else []
    return (*removed, SetValue((*here, key), whole(value)))


def set_words(raw: Raw, path: Path, language: str, own: str, text: str) -> tuple[Change, ...]:
    """A text in one of its languages; the others stay. An empty one goes."""
    old = value_at(raw, path)
    if isinstance(old, Mapping):
        if text:
            return (SetValue((*path, language), text),)
        if set(old) <= {language}:
            return (Remove(path),)
        return (Remove((*path, language)),) if language in old else ()
    if language != own:
        return (SetValue(path, {own: old, language: text} if old else {language: text}),) if text else ()
    if text:
        return (SetValue(path, text),)
    return (Remove(path),) if old is not None else ()


def set_lines(raw: Raw, path: Path, language: str, own: str, lines: Sequence[str]) -> tuple[Change, ...]:
    """A list of texts in one of its languages; the others stay. An empty one goes."""
    old = value_at(raw, path)
    kept = [line for line in lines if line.strip()]
    if isinstance(old, Mapping):
        if kept:
            return (SetValue((*path, language), kept),)
        if set(old) <= {language}:
            return (Remove(path),)
        return (Remove((*path, language)),) if language in old else ()
    if language != own:
        both = {own: old, language: kept} if old else {language: kept}
        return (SetValue(path, both),) if kept else ()
    if kept:
        return (SetValue(path, kept[0] if isinstance(old, str) and len(kept) == 1 else kept),)
    return (Remove(path),) if old is not None else ()


def new_step(raw: Raw, kind: StepKind, title: str, at: int) -> AddStep:
    """A step of five minutes."""
    step_id = free_id(kind.value, step_ids(raw))
    return AddStep(at, {"id": step_id, "kind": kind.value, "minutes": NEW_MINUTES, "title": title})


def copied(raw: Raw, at: int) -> CopyStep:
    """The same step once more, with a free id."""
    step_id = str(steps(raw)[at].get("id", "")) or "step"
    return CopyStep(at, free_id(step_id, step_ids(raw)))


# -- one language ------------------------------------------------------------------------------------------

SPEAKING: Mapping[str, tuple[str, ...]] = {
    "": ("title", "purpose"),
    "step": ("title", "prompts"),
    "part": ("title", "prompts"),
    "field": ("label", "choices"),
    "columns": ("title",),
}
"""The keys that hold texts in languages, by the table that holds them."""


def speaking_paths(raw: Raw) -> list[Path]:
    """Where the document has texts with a table of languages."""
    found: list[Path] = [(key,) for key in SPEAKING[""] if isinstance(raw.get(key), Mapping)]
    for at, step in enumerate(steps(raw)):
        here: Path = ("step", at)
        found += [(*here, key) for key in SPEAKING["step"] if isinstance(step.get(key), Mapping)]
        for table in ("part", "field", "columns"):
            rows = step.get(table)
            for place, row in enumerate(rows if isinstance(rows, list) else ()):
                inside: Path = (*here, table, place)
                if isinstance(row, Mapping):
                    found += [(*inside, key) for key in SPEAKING[table] if isinstance(row.get(key), Mapping)]
    return found


def in_one_language(raw: Raw, language: str) -> tuple[Change, ...]:
    """Every text in this language alone, as a plain one, so that no translation lies beside it and goes stale.

    What does not speak the language stays as it is.
    """
    changes: list[Change] = []
    for path in speaking_paths(raw):
        texts = value_at(raw, path)
        if isinstance(texts, Mapping) and texts.get(language):
            changes.append(SetValue(path, deepcopy(texts[language])))
    return tuple(changes)
