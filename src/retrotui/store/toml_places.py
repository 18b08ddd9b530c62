"""Where in a TOML text a key stands, so that an error can name its line and column.

Owns a scanner that keeps places and forgets values. It is tolerant: a text that the real parser refused still
gives places up to where it makes sense, and it never raises. Must not judge the text (validity is `toml_codec`'s
business), and must not read files. It takes time and memory linear in the text, without recursion.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import tomli

KeyPath = Sequence[str | int]

_BLANKS = re.compile(r"[ \t]*+")
_SKIPPED = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_SKIPPED_IN_BRACKETS = re.compile(r"(?:[ \t\r\n,]++|#[^\n]*+)*+")
_PLAIN_LINE = re.compile(
    r"""([\w-]++)[ \t]*+=[ \t]*+(?:"(?!")[^"\\\n]*+"|[^\[\]{}"'#,\n]++)[ \t\r]*+\n""", re.ASCII
)
_REST_OF_LINE = re.compile(r"[^\n]*+\n?")
_BARE_KEY = re.compile(r"[^\s.=\[\]\"'#,{}]++")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*+")
_BASIC = re.compile(r'"(?:[^"\\\n]++|\\[^\n])*+"?')
_LITERAL = re.compile(r"'[^'\n]*+'?")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:"{3,5}|\\?\Z)', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+(?:'{3,5}|\Z)", re.DOTALL)


@dataclass(slots=True)
class _Node:
    """A key, a table or an array item: where it begins, and what is in it."""

    offset: int
    inside: dict[str | int, _Node] = field(default_factory=dict)
    is_list: bool = False


class Places:
    """The places of all keys of one text; for many questions about the same text."""

    def __init__(self, text: str) -> None:
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._root = _Scanner(text).scan()

    def find(self, path: KeyPath) -> tuple[int, int] | None:
        """Line and column, from 1, of exactly this key; None where the text does not have it."""
        node = self._root
        for part in path:
            inner = node.inside.get(part)
            if inner is None:
                return None
            node = inner
        return self.at_offset(node.offset)

    def locate(self, path: KeyPath) -> tuple[int, int]:
        """Line and column, from 1, of the key; of what is around it where the text has no such key."""
        node = self._root
        for part in path:
            inner = node.inside.get(part)
            if inner is None:
                break
            node = inner
        return self.at_offset(node.offset)

    def at_offset(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a position in the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1


def locate(text: str, path: KeyPath) -> tuple[int, int]:
    """Where the key `path` stands in `text`: line and column, from 1, the column in characters.

    `path` goes from the top, with numbers (from 0) for entries of arrays: `("step", 2, "minutes")`. A missing
    key gives the place of the nearest table around it, at last `(1, 1)`: an error always has a line to name.
    """
    return Places(text).locate(path)


class _Scanner:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def scan(self) -> _Node:
        root = _Node(0)
        table = root
        while True:
            self._take(_SKIPPED)
            if self._at >= len(self._text):
                return root
            plain = _PLAIN_LINE.match(self._text, self._at)
            if plain is not None:  # nearly all lines; the rest of this class is for the others
                table.inside.setdefault(plain[1], _Node(self._at))
                self._at = plain.end()
                continue
            before = self._at
            if self._text[self._at] == "[":
                table = self._header(root)
            else:
                self._assignment(table)
            if self._at == before:
                self._take(_REST_OF_LINE)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            return ""
        self._at = match.end()
        return match.group()

    def _next_is(self, mark: str) -> bool:
        return self._text.startswith(mark, self._at)

    def _header(self, root: _Node) -> _Node:
        start = self._at
        many = self._next_is("[[")
        self._at += 2 if many else 1
        keys = self._dotted_key()
        self._take(_REST_OF_LINE)
        node = root
        for key, _ in keys[:-1]:
            node = _last_of(node.inside.setdefault(key, _Node(start)))
        if not keys:
            return node
        name = keys[-1][0]
        entry = node.inside.setdefault(name, _Node(start))
        if not many:
            return _last_of(entry)
        entry.is_list = True
        return entry.inside.setdefault(len(entry.inside), _Node(start))

    def _assignment(self, table: _Node) -> None:
        node = self._key_in(table)
        if node is None:
            return
        self._value(node)

    def _key_in(self, table: _Node) -> _Node | None:
        """Reads `key.key =`; the node of the last key, or None where no assignment stands."""
        keys = self._dotted_key()
        if not keys or not self._next_is("="):
            return None
        self._at += 1
        node = table
        for key, offset in keys:
            node = node.inside.setdefault(key, _Node(offset))
        return node

    def _dotted_key(self) -> list[tuple[str, int]]:
        keys: list[tuple[str, int]] = []
        while True:
            self._take(_BLANKS)
            start = self._at
            key = self._simple_key()
            if self._at == start:
                return keys
            keys.append((key, start))
            self._take(_BLANKS)
            if not self._next_is("."):
                return keys
            self._at += 1

    def _simple_key(self) -> str:
        if self._next_is('"'):
            return _unescaped(self._take(_BASIC))
        if self._next_is("'"):
            return self._take(_LITERAL).strip("'")
        return self._take(_BARE_KEY)

    def _value(self, node: _Node) -> None:
        """Reads a value with all that is nested in it, on a stack of our own: it may be deeper than Python's."""
        opened: list[_Node] = []
        target: _Node | None = node
        while target is not None:
            self._take(_BLANKS)
            if self._next_is("[") or self._next_is("{"):
                target.is_list = self._next_is("[")
                opened.append(target)
                self._at += 1
            else:
                self._scalar()
            target = self._next_target(opened)

    def _next_target(self, opened: list[_Node]) -> _Node | None:
        while opened:
            self._take(_SKIPPED_IN_BRACKETS)
            if self._at >= len(self._text):
                return None
            if self._text[self._at] in "]}":
                opened.pop()
                self._at += 1
                continue
            holder = opened[-1]
            if holder.is_list:
                return holder.inside.setdefault(len(holder.inside), _Node(self._at))
            before = self._at
            node = self._key_in(holder)
            if node is not None:
                return node
            self._at = max(self._at, before + 1)
        return None

    def _scalar(self) -> None:
        for mark, pattern in (
            ('"""', _LONG_BASIC),
            ("'''", _LONG_LITERAL),
            ('"', _BASIC),
            ("'", _LITERAL),
            ("", _BARE_VALUE),
        ):
            if self._next_is(mark):
                self._take(pattern)
                return


def _last_of(node: _Node) -> _Node:
    """The table that a header means by this name: of an array of tables its newest one."""
    if node.is_list and node.inside:
        return node.inside[len(node.inside) - 1]
    return node


def _unescaped(quoted: str) -> str:
    inner = quoted.strip('"')
    if "\\" not in inner:
        return inner
    try:
        return str(tomli.loads(f"key = {quoted}")["key"])
    except tomli.TOMLDecodeError:
        return inner
