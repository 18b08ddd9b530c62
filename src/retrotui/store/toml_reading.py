"""Reading TOML that anybody may have written: a dictionary comes out, or one sentence with file, line and column.

Owns the guards (size, nesting, dotted keys, NUL bytes, encoding, merge marks) that keep a damaged or hostile file from
costing more than half a second, and the ordered migrations. Must not load pydantic: listing and search read raw
dictionaries. Must not touch the disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import tomli

from retrotui.errors import Message, RetroError, msg
from retrotui.store.toml_places import KeyPath, Places

Raw = dict[str, Any]
"""A document as the parser gives it."""

Migration = Callable[[Raw], Raw]
"""Takes a document of one schema to the next; the first one of a list goes from 1 to 2."""

MAX_BYTES: Final = 3_000_000
"""A hundred and fifty notes of the greatest length; more takes more than half a second to read."""
MAX_MARKS: Final = 50_000
"""So many keys, tables and list items; a meeting of eight hours has some thousands."""
MAX_KEY_PARTS: Final = 64

_STRINGS = re.compile(
    r'''"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}|"(?:[^"\\\n]++|\\[^\n])*+"'''
    r"""|'{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}|'[^'\n]*+'""",
    re.DOTALL,
)
_LONG_KEY = re.compile(
    r"(?:^|[\[{,])[ \t]*+\[{0,2}[ \t]*+(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}",  # MAX_KEY_PARTS
    re.MULTILINE,
)
_DEEP_NESTING = re.compile(r"(?:[\[{]\s*+(?:[\w.-]++[ \t]*+=[ \t]*+)?+){60}")
_LONG_NUMBER = re.compile(r"[\d_]{4300}")
_MERGE_MARK = re.compile(r"^(?:<{7}|>{7})(?:[ \r]|$)", re.MULTILINE)

_SENTENCES: Final = {
    "Cannot overwrite a value": msg("a key stands here for the second time"),
    "Cannot declare": msg("a table stands here for the second time"),
    "Cannot redefine": msg("a table stands here for the second time"),
    "Cannot mutate": msg("a table stands here for the second time"),
    "Duplicate inline table key": msg("a key stands here for the second time"),
    "Expected '=' after a key": msg("after a key an equals sign is missing"),
    "Unterminated string": msg("a text has no closing quote, or the file is cut off"),
    'Expected "': msg("a text has no closing quote, or the file is cut off"),
    "Illegal character": msg("there is a character that may not stand here"),
    "Found invalid character": msg("there is a character that may not stand here"),
    "Unescaped '\\'": msg("after a backslash there is a character that may not follow it"),
    "Escaped character": msg("after a backslash there is a character that may not follow it"),
    "Invalid hex value": msg("after a backslash there is a character that may not follow it"),
    "Invalid date": msg("there is no such day or time"),
    "Invalid value": msg("after the equals sign there is no value; a text needs quotes"),
    "Invalid initial character for a key part": msg("a key is missing"),
    "Unclosed": msg("a bracket is not closed, or the file is cut off"),
    "Expected ']": msg("a bracket is not closed, or the file is cut off"),
}
_UNKNOWN_FAULT = msg("this line is not as TOML writes it")


class DamagedFile(RetroError):
    """The content of a file cannot be understood. The file is left as it is."""


def parse(content: bytes, file: Path | None = None, *, limit: int = MAX_BYTES) -> Raw:
    """The document in `content` as a plain dictionary; `file` is only named in errors.

    A byte order mark and Windows line ends are taken. Raises `DamagedFile` with line and column.
    """
    return parse_text(text_of(content, file, limit=limit), file)


def text_of(content: bytes, file: Path | None = None, *, limit: int = MAX_BYTES) -> str:
    """The text in `content`, without a byte order mark. Raises `DamagedFile`: empty, too large, NUL, not UTF-8."""
    if len(content) > limit:
        raise damaged(msg("it is larger than {limit} MB", limit=f"{limit / 1_000_000:g}"), file)
    content = content.removeprefix(b"\xef\xbb\xbf")
    nul = content.find(b"\0")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line, column = _byte_place(content, error.start)
        raise damaged(msg("it is not UTF-8 text"), file, line, column) from error
    if nul >= 0:
        raise damaged(msg("it holds zero bytes, as after a power cut"), file, *_byte_place(content, nul))
    if not text.strip():
        raise damaged(msg("it is empty"), file, 1, 1)
    return text


def parse_text(text: str, file: Path | None = None) -> Raw:
    """Like `parse`, from text that `text_of` let through."""
    _guard(text, file)
    try:
        return tomli.loads(text)
    except (ValueError, RecursionError, OverflowError) as error:
        raise _explained(error, text, file) from error


def parse_quickly(text: str, file: Path | None = None) -> Raw:
    """The same as `parse_text`, in a third of the time where `rtoml` is installed: for the index, which reads them all.

    `tomli` has the last word: it reads what `rtoml` refuses, and what `rtoml` would take although it is damaged, all of
    which has a brace or a second byte order mark (toml 1.1 lets an inline table go on after a line end; no minutes of
    ours hold one).
    """
    read = _quick_reader()
    if read is None or "{" in text or "\ufeff" in text:
        return parse_text(text, file)
    _guard(text, file)
    try:
        return read(text)
    except (ValueError, RecursionError, OverflowError):
        return parse_text(text, file)


@lru_cache(maxsize=1)
def _quick_reader() -> Callable[[str], Raw] | None:
    """Not before an index is filled, and None on systems for which `rtoml` is not built."""
    try:
        import rtoml
    except ImportError:
        return None
    return rtoml.loads


def migrate(raw: Raw, migrations: Sequence[Migration], file: Path | None = None) -> tuple[Raw, bool]:
    """The document in today's schema, and whether it comes from a newer program (then it is read-only).

    Today's schema is one more than there are migrations. A document that names none is taken as schema 1.
    """
    schema = raw.get("schema", 1)
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise damaged(msg("its schema is not a number from 1"), file)
    newest = len(migrations) + 1
    if schema > newest:
        return raw, True
    for step in range(schema, newest):
        raw = {**migrations[step - 1](raw), "schema": step + 1}
    return raw, False


def written_by_newer(file: Path) -> RetroError:
    """The refusal to write a file of which only a newer program knows everything."""
    return RetroError(
        msg("{file} was written by a newer retrotui and can only be read.", file=file.name),
        msg("Change it with the newer program."),
        file=file,
    )


def damaged(
    fault: Message, file: Path | None, line: int | None = None, column: int | None = None
) -> DamagedFile:
    """The one error about a file that cannot be read; `fault` is a part of a sentence."""
    name = file.name if file is not None else msg("The text")
    if line is None:
        what = msg("{file} is damaged: {fault}.", file=name, fault=fault)
    else:
        what = msg("{file} is damaged in line {line}: {fault}.", file=name, line=line, fault=fault)
    hint = msg("It is left as it is. Mend it in a text editor or take an older copy.")
    return DamagedFile(what, hint, file=file, line=line, column=column)


def damaged_at(fault: Message, text: str, path: KeyPath, file: Path | None) -> DamagedFile:
    """The same, at the line where a key stands."""
    return damaged(fault, file, *Places(text).locate(path))


def _guard(text: str, file: Path | None) -> None:
    # the pattern costs half of what parsing does: only a line with so many dots can hold such a key
    dotted = text.count(".") >= MAX_KEY_PARTS and any(
        line.count(".") >= MAX_KEY_PARTS for line in text.split("\n")
    )
    long_key = _LONG_KEY.search(text) if dotted else None
    if long_key is None and sum(map(text.count, ",=[{.")) <= MAX_MARKS:
        return
    bare = _STRINGS.sub('""', text)  # what people wrote may hold any number of commas
    if sum(map(bare.count, ",=[{.")) > MAX_MARKS:
        raise damaged(msg("it has more than {limit} entries", limit=MAX_MARKS), file)
    if long_key is not None and _LONG_KEY.search(bare) is not None:
        place = _place(text, long_key.start())
        raise damaged(msg("a key has more than {limit} parts", limit=MAX_KEY_PARTS), file, *place)


def _explained(error: Exception, text: str, file: Path | None) -> DamagedFile:
    mark = _MERGE_MARK.search(text)
    if mark is not None:
        fault = msg("two versions were merged and both stand in it (<<<<<<<, >>>>>>>)")
        return damaged(fault, file, *_place(text, mark.start()))
    if isinstance(error, RecursionError):
        deep = _DEEP_NESTING.search(text)
        return damaged(msg("it is nested too deeply"), file, *_place(text, deep.start() if deep else 0))
    if not isinstance(error, tomli.TOMLDecodeError):
        number = _LONG_NUMBER.search(text)
        return damaged(msg("a number is too long"), file, *_place(text, number.start() if number else 0))
    fault = next((said for start, said in _SENTENCES.items() if error.msg.startswith(start)), _UNKNOWN_FAULT)
    return damaged(fault, file, error.lineno, error.colno)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def _byte_place(content: bytes, offset: int) -> tuple[int, int]:
    start = content.rfind(b"\n", 0, offset) + 1
    return content.count(b"\n", 0, offset) + 1, len(content[start:offset].decode("utf-8", "replace")) + 1
