"""Changes in an agenda's text: the value goes in, and every comment, space and unknown key around it stays.

Owns where in the text a change goes: a value into its step alone (`tomlkit` writes it), a step as the lines that
belong to it, or as its table where steps are written inline (`agenda_inline`). Every change is compared with what the
rules say comes out (`domain.agenda_changes.changed`); a text that is written in a way in which this cannot be kept is
refused, and a person changes it as text. Must not touch the disk. `tomlkit` is loaded with the first change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
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
from retrotui.store.agenda_inline import Inline, inline
from retrotui.store.agenda_values import set_value, without, written
from retrotui.store.toml_places import Places
from retrotui.store.toml_reading import parse_text


class NotChangeable(RetroError):
    """This text is written in a way in which the change cannot be made; it is as it was."""


def apply(text: str, changes: Iterable[Change]) -> str:
    """The text after the changes, in their order; lines end in LF. Raises `NotChangeable`."""
    for change in changes:
        raw = parsed(text)
        try:
            wanted = changed(raw, change)
            text = _applied(text, raw, change)
            got = parsed(text)
        except NotChangeable:
            raise
        except (RetroError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise _refusal() from error
        if got != wanted:
            raise _refusal()
        _known_document(text)[:] = [wanted]  # the same, but what did not change are the very tables of before
    return text


def one_language(text: str, language: str) -> str:
    """The same agenda with its texts in `language` alone. Raises `NotChangeable`."""
    return apply(text, in_one_language(parsed(text), language))


def _refusal() -> NotChangeable:
    return NotChangeable(
        msg("This place of the file is written in a way that the list cannot change."),
        msg("Change it as text: r shows it."),
    )


def _applied(text: str, raw: Raw, change: Change) -> str:
    match change:
        case SetValue(path, value):
            return _in_its_part(text, path, lambda part, inner: set_value(part, inner, value))
        case Remove(path):
            return _in_its_part(text, path, without)
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
def _known_document(text: str) -> list[Mapping[str, Any]]:  # noqa: ARG001 (the cache's key)
    """What a text holds, once that is known."""
    return []


def parsed(text: str) -> Mapping[str, Any]:
    """What a text holds, read once. Raises RetroError as `parse_text`."""
    known = _known_document(text)
    if not known:
        known.append(parse_text(text))
    return known[0]


@lru_cache(maxsize=4)
def _known_blocks(text: str) -> list[Blocks | None]:  # noqa: ARG001 (the cache's key)
    """The parts of a text, once they are known: a change knows those of what it wrote."""
    return []


def blocks(text: str) -> Blocks | None:
    """The parts of the text; None where its steps do not stand under `[[step]]` headers of their own."""
    known = _known_blocks(text)
    if not known:
        known.append(_found_blocks(text))
    return known[0]


def _joined(parts: Blocks) -> str:
    """The text of these parts, which need not be looked for again."""
    text = parts.text
    _known_blocks(text)[:] = [parts]
    return text


def locate(text: str, path: Path) -> tuple[int, int]:
    """Line and column of a key, from 1; of what is around it where the text has no such key.

    Only the part of the text in which it stands is looked through.
    """
    parts = blocks(text)
    if parts is not None and path[:1] == ("step",) and parts.steps:
        at = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
        if at < len(parts.steps):
            inside = ("step", 0, *path[2:]) if len(path) > 1 else path
            line, column = _places_inside(parts.steps[at].body).locate(inside)
            return _first_lines(parts)[at] + line - 1, column
    elif parts is not None and parts.steps:
        head = _places_inside(parts.head)
        if not path or path[0] not in parsed(text) or head.find(path[:1]) is not None:
            return head.locate(path)
    return places_of(text).locate(path)


@lru_cache(maxsize=512)
def _places_inside(part: str) -> Places:
    return Places(part)


@lru_cache(maxsize=4)
def _first_lines(parts: Blocks) -> tuple[int, ...]:
    """In which line, from 1, the lines of each step begin."""
    sizes = (step.body.count("\n") + step.gap.count("\n") for step in parts.steps)
    return tuple(accumulate(sizes, initial=parts.head.count("\n") + 1))


def _found_blocks(text: str) -> Blocks | None:
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
    at = path[1] if path[0] == "step" and len(path) > 1 else None
    parts = blocks(text)
    if parts is None and isinstance(at, int) and (inside := inline(text, places_of(text))) is not None:
        body = _alone(inside.items[at].body, lambda part: change(part, ("step", 0, *path[2:])))
        return inside.with_body(at, body).text
    if parts is None or not parts.steps:
        return change(text, path)
    if isinstance(at, int):
        block = parts.steps[at]
        body = change(block.body, ("step", 0, *path[2:]))
        steps = (*parts.steps[:at], Block(body, block.gap), *parts.steps[at + 1 :])
        return _joined(Blocks(parts.head, steps))
    if path[0] in parse_text(parts.head or "\n") or value_at(parsed(text), path[:1]) is None:
        return _joined(Blocks(change(parts.head, path), parts.steps))
    return change(text, path)  # a table that stands behind the steps


# -- whole steps -------------------------------------------------------------------------------------------


def _with_steps(text: str, raw: Raw, change: AddStep | CopyStep | MoveStep | DeleteStep) -> str:
    parts = blocks(text)
    if "step" in raw and (parts is None or not parts.steps):
        inside = inline(text, places_of(text))
        if inside is None:
            raise _refusal()
        return _with_inline_steps(inside, change)
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
            bodies.insert(at + 1, set_value(bodies[at], ("step", 0, "id"), new_id))
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
    return _joined(Blocks(head, tuple(map(Block, bodies, gaps))))


def _with_inline_steps(parts: Inline, change: AddStep | CopyStep | MoveStep | DeleteStep) -> str:
    match change:
        case AddStep(at, step):
            return parts.added(at, written(dict(step))).text
        case CopyStep(at, new_id):
            body = _alone(parts.items[at].body, lambda part: set_value(part, ("step", 0, "id"), new_id))
            return parts.added(at + 1, body).text
        case MoveStep(at, to):
            return parts.moved(at, to).text
        case DeleteStep(at):
            return parts.deleted(at).text


def _alone(body: str, change: Callable[[str], str]) -> str:
    """An inline step after a change that is made in it alone; `tomlkit` forgets the space before the brace."""
    new = change(f"step = [{body}]\n").removeprefix("step = [").removesuffix("]\n")
    return f"{new[:-1]} }}" if body.endswith(" }") and not new.endswith(" }") else new


def _written(step: Raw) -> str:
    lines = [f"{key} = {written(value)}" for key, value in step.items()]
    return "[[step]]\n" + "\n".join(lines) + "\n"
