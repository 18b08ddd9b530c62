"""One value in a part of an agenda's text: set, taken out, or written for the first time.

Owns how a value stands in the text, and that what is around it stays; `tomlkit` does it. Which part of the text that
is, and whether it came out right, is `store.agenda_text`'s. Must not touch the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from retrotui.domain.agenda import Path
from retrotui.domain.agenda_changes import value_at
from retrotui.errors import RetroError
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


def written(value: Any) -> str:
    """A value as it is written: tables and short lists on one line, long lists a text a line."""
    import tomlkit

    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {written(each)}" for key, each in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        items = [written(each) for each in value]
        flat = f"[{', '.join(items)}]"
        if len(flat) <= WIDE or not all(isinstance(each, str) for each in value):
            return flat
        return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return str(tomlkit.item(value).as_string())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else written(name)


def _item(value: Any) -> Any:
    import tomlkit

    return tomlkit.value(written(value))


def set_value(part: str, path: Path, value: Any) -> str:
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


def without(part: str, path: Path) -> str:
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
        new = [f"{path[-1]} = {written(value)}"]
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
    raise LookupError(start)


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
        lines.insert(found[0], f"{indent}{_key(name)} = {written(value)}")
        return "\n".join(lines)
    return None
