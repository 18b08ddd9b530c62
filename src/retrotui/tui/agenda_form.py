"""The keys of a step, or of the agenda, as rows: what each is called, what stands there, and how it is given.

Pure: a parsed document in, rows out. Must not draw and must not change anything. A text is shown in one language; a
key that nobody wrote shows what holds without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from retrotui.domain.agenda import SINGULARS, Path, StepKind
from retrotui.domain.agenda_changes import Raw, lines_in, steps, value_at
from retrotui.domain.agenda_keys import AGENDA_KEYS, FLAGS, STEP_KEYS, Key, default_of, fits
from retrotui.domain.agenda_typed import as_typed
from retrotui.errors import Message, msg, plural
from retrotui.locale import formats, tr
from retrotui.tui.naming import NEEDS, OUTCOMES
from retrotui.tui.step_words import KINDS

CHOICE_WORDS: Mapping[str, Message] = {
    "week": msg("week"),
    "month": msg("month"),
    "quarter": msg("quarter"),
    "report": msg("Reporting"),
    "reflect": msg("Reflecting"),
    "decide": msg("Deciding"),
    "frame": msg("Framing"),
    "same": msg("the same as before"),
    **OUTCOMES,
    **NEEDS,
}
"""What choices are called, where a person would not know them by their word in the file."""


_FRACTION = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row. `key` is None for a key that we do not know; `place` is the number of a question."""

    path: Path
    key: Key | None
    label: str
    value: str
    written: bool
    """Whether it stands in the file; else it is what holds by itself."""
    place: int = -1
    digit: int = 0

    @property
    def is_prompt(self) -> bool:
        return self.place >= 0


def form_rows(raw: Raw, at: int, language: str, own: str) -> tuple[FormRow, ...]:
    """The rows of the step `at`; of the agenda itself for -1."""
    if at < 0:
        return tuple(_agenda_rows(raw, language, own))
    found = steps(raw)
    return tuple(_step_rows(raw, found[at], at, language, own)) if at < len(found) else ()


def choice_words(value: str) -> str:
    """What a choice is called."""
    if value in CHOICE_WORDS:
        return tr(CHOICE_WORDS[value])
    return tr(KINDS[StepKind(value)]) if value in set(StepKind) else value


def _agenda_rows(raw: Raw, language: str, own: str) -> Iterator[FormRow]:
    known = {"schema", "step", "steps"}
    for key in AGENDA_KEYS:
        known.add(key.name)
        yield _row(raw, key, (key.name,), raw, language, own)
    yield from _unknown(raw, known, ())


def _step_rows(raw: Raw, step: Raw, at: int, language: str, own: str) -> Iterator[FormRow]:
    known = {"share"}
    for key in STEP_KEYS:
        name = next(
            (each for each in (key.name, f"{key.name}s") if SINGULARS.get(each) and each in step), key.name
        )
        known.add(name)
        path: Path = ("step", at, name)
        if key.form == "lines":
            yield from _prompts(raw, key, path, language, own)
        elif fits(key, step) and not (key.name == "of" and "repeat" not in step and "of" not in step):
            yield _row(raw, key, path, step, language, own)
    yield from _unknown(step, known, ("step", at))


def _prompts(raw: Raw, key: Key, path: Path, language: str, own: str) -> Iterator[FormRow]:
    lines = lines_in(value_at(raw, path), language, own)
    for place, line in enumerate(lines):
        label = tr(msg("Question {n}", n=place + 1))
        yield FormRow(path, key, label, line, written=True, place=place)
    yield FormRow(path, key, tr(msg("New question")), "", written=False, place=len(lines))


def _row(raw: Raw, key: Key, path: Path, table: Raw, language: str, own: str) -> FormRow:
    value = value_at(raw, path)
    written = value is not None or (key.form == "time" and "share" in table)
    digit = FLAGS.index(key.name) + 1 if key.name in FLAGS else 0
    shown = _shown(raw, key, path, value, language, own) if written else _by_itself(key, table)
    return FormRow(path, key, tr(key.words), shown, written, digit=digit)


def _shown(raw: Raw, key: Key, path: Path, value: Any, language: str, own: str) -> str:
    if key.form == "flag":
        return _yes_or_no(value) if isinstance(value, bool) else str(value)
    if key.form == "choice":
        return choice_words(str(value))
    if key.form == "raw":
        return _counted(value)
    if key.form == "choices" and isinstance(value, list):
        return ", ".join(choice_words(str(each)) for each in value)
    typed = as_typed(raw, key, path, language, own)
    if key.form in ("time", "number"):
        typed = _FRACTION.sub(lambda found: formats.number(found[0]), typed)
    if key.form == "time":
        return tr(_time_words(typed)) if typed else str(value)
    return typed or (_other_language(value) if isinstance(value, Mapping) else str(value))


def _by_itself(key: Key, table: Raw) -> str:
    """What holds where the file does not say it."""
    default = default_of(key, table)
    if key.form == "flag":
        return _yes_or_no(bool(default))
    if key.form == "time":
        return tr(_time_words(""))
    if isinstance(default, list):
        return ", ".join(choice_words(each) for each in default)
    return "" if default is None else choice_words(str(default))


def _yes_or_no(value: bool) -> str:
    return tr(msg("yes")) if value else tr(msg("no"))


def _time_words(typed: str) -> Message:
    if not typed:
        return msg("open end: the meeting's free time")
    if typed == "0":
        return msg("0: to read beforehand")
    return msg("{minutes}", minutes=typed) if "%" in typed else msg("{minutes} min", minutes=typed)


def _other_language(texts: Mapping[str, Any]) -> str:
    """What stands there in another language, marked as such."""
    lang, words = next(((lang, words) for lang, words in texts.items() if words), ("", ""))
    return f"({lang}: {words})" if words else ""


def _counted(value: object) -> str:
    count = len(value) if isinstance(value, list) else 1
    return tr(plural("{n}: Enter shows it as text", "{n}: Enter shows them as text", count))


def _unknown(table: Raw, known: set[str], path: Path) -> Iterator[FormRow]:
    for name, value in table.items():
        if name not in known:
            words = value if isinstance(value, str | int | float) else "…"
            yield FormRow((*path, name), None, str(name), str(words), written=True)
