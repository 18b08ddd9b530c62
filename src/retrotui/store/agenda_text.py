"""Changes in an agenda's text: the value goes in, and every comment, space and unknown key around it stays.

Owns where in the text a change goes: a value into its step alone (`tomlkit` writes it), a step as the lines that
belong to it. Every change is compared with what the rules say comes out (`domain.agenda_changes.changed`); a text
that is written in a way in which this cannot be kept is refused, and a person changes it as text. Must not touch the
disk. `tomlkit` is loaded with the first change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from retrotui.domain.agenda import Path
from retrotui.domain.agenda_changes import (
    AddStep,
    Change,
    CopyStep,
    DeleteStep,
    MoveStep,
    Raw,
    Remove,
    SetValue,
    changed,
    in_one_language,
    value_at,
)
from retrotui.errors import RetroError, msg
from retrotui.store.toml_places import Places
from retrotui.store.toml_reading import parse_text

WIDE = 100
"""Columns up to which a list stays on one line."""
AFTER = {
    "title": ("id", "kind", "minutes", "share", "cap"),
    "purpose": ("title", "id"),
    "prompts": ("title", "minutes", "kind", "id"),
}
"""Behind which key a new one goes, the last of these that the table has; others behind `OTHERS`."""
OTHERS = ("id", "kind", "title", "minutes", "share", "total_minutes", "cap", "repeat")


class NotChangeable(RetroError):
    """This text is written in a way in which the change cannot be made; it is as it was."""


def apply(text: str, changes: Iterable[Change]) -> str:
    """The text after the changes, in their order; lines end in LF. Raises `NotChangeable`."""
    for change in changes:
        raw = parse_text(text)
        try:
            wanted = changed(raw, change)
            text = _applied(text, raw, change)
            got = parse_text(text)
        except NotChangeable:
            raise
        except (RetroError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise _refusal() from error
        if got != wanted:
            raise _refusal()
    return text


def one_language(text: str, language: str) -> str:
    """The same agenda with its texts in `language` alone. Raises `NotChangeable`."""
    return apply(text, in_one_language(parse_text(text), language))


def _refusal() -> NotChangeable:
    return NotChangeable(
        msg("This place of the file is written in a way that the list cannot change."),
        msg("Change it as text: r shows it."),
    )


def _applied(text: str, raw: Raw, change: Change) -> str:
    match change:
        case SetValue(path, value):
            return _in_its_part(text, path, lambda part, inner: _set(part, inner, value))
        case Remove(path):
            return _in_its_part(text, path, _removed)
        case _:
            return _with_steps(text, raw, change)


# -- the parts of a text -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one step: the comment right above its `[[step]]`, its tables, and the blank lines behind."""

    body: str
    gap: str


@dataclass(frozen=True, slots=True)
class Blocks:
    """A text in parts: what stands before the first step, and the steps."""

    head: str
    steps: tuple[Block, ...]

    @property
    def text(self) -> str:
        return self.head + "".join(step.body + step.gap for step in self.steps)


@lru_cache(maxsize=4)
def places_of(text: str) -> Places:
    """Where the keys of a text stand; the text on the desk is asked about more than once."""
    return Places(text)


@lru_cache(maxsize=4)
def blocks(text: str) -> Blocks | None:
    """The parts of the text; None where its steps do not stand under `[[step]]` headers of their own."""
    places, number = places_of(text), 0
    starts: list[int] = []
    lines = text.splitlines(keepends=True) if "\r" not in text else text.split("\n")
    while (found := places.find(("step", number))) is not None:
        line = found[0] - 1
        if not lines[line].lstrip().startswith("[["):
            return None
        floor = starts[-1] + 1 if starts else 0
        while line > floor and lines[line - 1].lstrip().startswith("#"):
            line -= 1
        starts.append(line)
        number += 1
    if not starts:
        return Blocks(text, ())
    ends = [*starts[1:], len(lines)]
    parts = ("".join(lines[start:end]) for start, end in zip(starts, ends, strict=True))
    return Blocks("".join(lines[: starts[0]]), tuple(_block(part) for part in parts))


def _block(part: str) -> Block:
    body = part.rstrip()
    rest = part[len(body) :]
    end = rest.find("\n") + 1
    return Block(body + "\n", rest[end:] if end else "")


def _in_its_part(text: str, path: Path, change: Callable[[str, Path], str]) -> str:
    """The change is made in the lines of its step, or of the head, alone: nothing else can move."""
    parts = blocks(text)
    if parts is None or not parts.steps:
        return change(text, path)
    if path[0] == "step" and len(path) > 1 and isinstance(path[1], int):
        at = path[1]
        block = parts.steps[at]
        body = change(block.body, ("step", 0, *path[2:]))
        steps = (*parts.steps[:at], Block(body, block.gap), *parts.steps[at + 1 :])
        return Blocks(parts.head, steps).text
    if path[0] in parse_text(parts.head or "\n") or value_at(parse_text(text), path[:1]) is None:
        return Blocks(change(parts.head, path), parts.steps).text
    return change(text, path)  # a table that stands behind the steps


# -- whole steps -------------------------------------------------------------------------------------------


def _with_steps(text: str, raw: Raw, change: AddStep | CopyStep | MoveStep | DeleteStep) -> str:
    parts = blocks(text)
    if parts is None or len(parts.steps) != len(raw.get("step", ())):
        raise _refusal()
    bodies = [step.body for step in parts.steps]
    gaps = [step.gap for step in parts.steps]
    head = parts.head
    match change:
        case AddStep(at, step):
            bodies.insert(at, _written(step))
            gaps.insert(max(0, at - 1), "\n")
            if not parts.steps and head.strip() and not head.endswith("\n\n"):
                head = head.rstrip("\n") + "\n\n"
        case CopyStep(at, new_id):
            bodies.insert(at + 1, _set(bodies[at], ("step", 0, "id"), new_id))
            gaps.insert(at, "\n")
        case MoveStep(at, to):
            bodies.insert(to, bodies.pop(at))
        case DeleteStep(at):
            del bodies[at]
            del gaps[at if at < len(gaps) - 1 else at - 1]
    if gaps:
        gaps[-1] = parts.steps[-1].gap if parts.steps else ""
    for place in range(len(gaps) - 1):
        gaps[place] = gaps[place] or ("\n" if isinstance(change, AddStep | CopyStep) else "")
    return Blocks(head, tuple(map(Block, bodies, gaps))).text


def _written(step: Raw) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in step.items()]
    return "[[step]]\n" + "\n".join(lines) + "\n"


# -- one value ---------------------------------------------------------------------------------------------


def _value(value: Any) -> str:
    """A value as it is written: tables and short lists on one line, long lists a text a line."""
    import tomlkit

    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        items = [_value(each) for each in value]
        flat = f"[{', '.join(items)}]"
        if len(flat) <= WIDE or not all(isinstance(each, str) for each in value):
            return flat
        return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return str(tomlkit.item(value).as_string())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _value(name)


def _item(value: Any) -> Any:
    import tomlkit

    return tomlkit.value(_value(value))


def _set(part: str, path: Path, value: Any) -> str:
    import tomlkit

    document: Any = tomlkit.parse(part)
    holder = _inside(document, path[:-1])
    name = path[-1]
    if isinstance(name, str) and name not in holder:
        added = _added(part, path, value)
        if added is not None:
            return added
        holder[name] = _item(value)
        return str(document.as_string())
    old = holder[name]
    if isinstance(old, list) and isinstance(value, list) and old and value and _are_texts([*old, *value]):
        _change_list(old, value)
    elif isinstance(old, dict) and isinstance(name, str) and (renamed := _undotted(part, path, value)):
        return renamed
    else:
        holder[name] = _item(value)
    return str(document.as_string())


def _inside(document: Any, path: Sequence[str | int]) -> Any:
    for name in path:
        document = document[name]
    return document


def _are_texts(values: Iterable[object]) -> bool:
    return all(isinstance(each, str) for each in values)


def _change_list(array: Any, wanted: Sequence[str]) -> None:
    """Only the texts that differ: the others keep their lines and comments."""
    matcher = SequenceMatcher(a=[str(each) for each in array], b=list(wanted), autojunk=False)
    for what, start, end, first, last in reversed(matcher.get_opcodes()):
        if what == "equal":
            continue
        new = list(wanted[first:last])
        both = min(end - start, len(new))
        for place in range(both):
            array[start + place] = new[place]
        for place in reversed(range(start + both, end)):
            del array[place]
        for place, each in enumerate(new[both:]):
            array.insert(start + both + place, each)


def _removed(part: str, path: Path) -> str:
    import tomlkit

    document: Any = tomlkit.parse(part)
    del _inside(document, path[:-1])[path[-1]]
    return str(document.as_string())


def _undotted(part: str, path: Path, value: Any) -> str | None:
    """`prompts.de = […]` and `prompts.en = […]` become one `prompts = …` in the first one's place.

    None where the table is not written with dots.
    """
    lines = part.split("\n")
    places = Places(part)
    spans: list[tuple[int, int]] = []
    for language in value_at(parse_text(part), path):
        found = places.find((*path, language))
        if found is None or not re.match(rf"\s*{re.escape(str(path[-1]))}\s*\.", lines[found[0] - 1]):
            return None
        spans.append((found[0] - 1, _end_of(lines, found[0] - 1)))
    old = value_at(parse_text(part), path)
    kept = next((at for at, each in enumerate(old.values()) if each == value), None)
    first = min(spans)
    if kept is None:
        new = [f"{path[-1]} = {_value(value)}"]
    else:
        start, end = spans[kept]
        new = lines[start:end]
        new[0] = re.sub(r"^(\s*[\w-]+)\s*\.\s*[\w-]+", r"\1", new[0])
    dropped = {line for start, end in spans for line in range(start, end)}
    result: list[str] = []
    for number, line in enumerate(lines):
        if number == first[0]:
            result += new
        if number not in dropped:
            result.append(line)
    return "\n".join(result)


def _end_of(lines: Sequence[str], start: int) -> int:
    """The line behind the value that begins in line `start`: the first at which it is a document by itself."""
    for end in range(start + 1, len(lines) + 1):
        try:
            parse_text("\n".join(lines[start:end]) + "\n")
        except RetroError:
            continue
        return end
    raise _refusal()


def _added(part: str, path: Path, value: Any) -> str | None:
    """A line for a new key of a step or of the agenda, behind one that it goes with; None where there is none."""
    name = str(path[-1])
    places, lines = Places(part), part.split("\n")
    for before in reversed(AFTER.get(name, OTHERS)):
        found = places.find((*path[:-1], before))
        if found is None or len(path) not in (1, 3):
            continue
        line = lines[found[0] - 1]
        if not re.match(rf"\s*{before}\s*=", line) or _end_of(lines, found[0] - 1) != found[0]:
            continue
        indent = line[: len(line) - len(line.lstrip())]
        lines.insert(found[0], f"{indent}{_key(name)} = {_value(value)}")
        return "\n".join(lines)
    return None
