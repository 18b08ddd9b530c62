"""Tables as text: what encoding a file has, what separates its cells, where its rows begin.

Owns opening a file of delimited text without asking anything, and refusing what is none (a zip, a binary file, a
quotation mark that nothing closes). Must not know what the table is about: the caller says which row looks like a
header.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from retrotui.errors import Message, RetroError, msg

DELIMITERS = (",", ";", "\t", "|")
LARGEST = 128 * 1024 * 1024
"""Bytes of a file that is still read: some million deals, which take about 2 GB while they are read."""
SAMPLE = 256 * 1024
"""Characters that are looked at to find the separator and the header."""
SAMPLE_ROWS = 80
CHUNK = 4096
"""Rows between two reports of progress."""

Progress = Callable[[float], bool]
"""Told how much is done, from 0 to 1; answers False to stop."""

_SIGNATURES: tuple[tuple[bytes, Message], ...] = (
    (b"PK\x03\x04", msg("{file} is a zip archive or an Excel workbook, not a CSV file.")),
    (b"PK\x05\x06", msg("{file} is a zip archive or an Excel workbook, not a CSV file.")),
    (b"\xd0\xcf\x11\xe0", msg("{file} is an old Excel workbook, not a CSV file.")),
    (b"%PDF", msg("{file} is a PDF, not a CSV file.")),
    (b"\x1f\x8b", msg("{file} is a compressed file, not a CSV file.")),
)
_MARKUP = re.compile(rb"\s*<(?:html|!doctype|\?xml|table|head|body)\b", re.IGNORECASE)
"""Salesforce and others call a web page with a table in it an Excel file."""
_SAVE_AS = msg("Export it from the CRM as CSV, or save it in Excel as “CSV UTF-8”.")


class ReadingStopped(RetroError):
    """The one who asked for the table no longer wants it. Nothing has been taken in."""

    def __init__(self, file: str) -> None:
        super().__init__(msg("Reading {file} was stopped.", file=file), msg("No deals were taken from it."))


@dataclass(frozen=True, slots=True)
class TableText:
    """A file of delimited text, opened.

    `damaged` counts the characters that could not be read in this encoding. `header_at` is the number of rows before
    the header, a line that only names the separator (`sep=;`) among them; None where no row looked like a header.
    `spaced`: a space follows each separator, so that quotation marks do not stand at the beginning of a cell.
    """

    name: str
    text: str
    encoding: str
    damaged: int
    delimiter: str
    sample: tuple[tuple[str, ...], ...]
    header_at: int | None
    names_delimiter: bool
    spaced: bool

    def rows(self, progress: Progress | None = None) -> tuple[list[list[str]], list[int]]:
        """All rows and the physical line on which each begins. Raises RetroError for what is no table."""
        rows: list[list[str]] = []
        starts: list[int] = []
        reader = _reader(self.text, self.delimiter, self.spaced)
        expected = self.text.count("\n") + 1 if progress else 1
        line = 0
        try:
            while chunk := list(islice(reader, CHUNK)):
                starts.extend(_starts(chunk, line + 1, reader.line_num))
                rows.extend(chunk)
                line = reader.line_num
                if progress and not progress(min(1.0, line / expected)):
                    raise ReadingStopped(self.name)
        except csv.Error as error:
            raise self._unreadable(self._last_good_line() + 1) from error
        if rows:
            self._refuse_open_quote(starts[-1], rows[-1])
        return rows, starts

    def _last_good_line(self) -> int:
        """The physical line on which the last row ends that can be read."""
        reader = _reader(self.text, self.delimiter, self.spaced)
        line = 0
        with suppress(csv.Error):
            for _ in reader:
                line = int(reader.line_num)
        return line

    def _unreadable(self, line: int) -> RetroError:
        limit = csv.field_size_limit()
        return RetroError(
            msg(
                "{file} has a cell of more than {limit} characters in line {line}.",
                file=self.name,
                limit=limit,
                line=line,
            ),
            msg(
                "Perhaps a quotation mark is never closed there: look at that line, then export the file again."
            ),
            line=line,
        )

    def _refuse_open_quote(self, line: int, row: Sequence[str]) -> None:
        """A quotation mark that nothing closes swallows all rows behind it: that must not pass as one row."""
        long_row = any("\n" in cell or "\r" in cell for cell in row)
        if not long_row and self.text.count('"') % 2 == 0:
            return
        tail = "".join(islice(io.StringIO(self.text, newline=""), line - 1, None))
        try:
            for _ in csv.reader(
                io.StringIO(tail, newline=""),
                delimiter=self.delimiter,
                skipinitialspace=self.spaced,
                strict=True,
            ):
                pass
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise RetroError(
                    msg(
                        "{file} opens a quotation mark in line {line} that is never closed.",
                        file=self.name,
                        line=line,
                    ),
                    msg("Look at that line, or export the file again."),
                    line=line,
                ) from error


def _reader(text: str, delimiter: str, spaced: bool) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced)


def _starts(rows: Sequence[list[str]], first: int, last: int) -> Iterable[int]:
    """The physical lines on which rows begin that fill the lines from `first` to `last`."""
    if last - first + 1 == len(rows):
        return range(first, last + 1)
    starts = []
    for row in rows:
        starts.append(first)
        text = "\x00".join(row)
        first += 1 + text.count("\n") + text.count("\r") - text.count("\r\n")
    return starts


def open_table(
    path: Path, score: Callable[[Sequence[str]], int], *, progress: Progress | None = None
) -> TableText:
    """Opens a file: encoding, separator and header row are found, not asked for.

    `score` says how much a row looks like the header; 0: not at all. Raises RetroError, in one sentence, for a file
    that cannot be read, is empty, too large, or no text.
    """
    name = path.name or str(path)
    raw = _bytes_of(path)
    if progress and not progress(0.0):
        raise ReadingStopped(name)
    text, encoding, damaged = _decode(raw, name)
    if not text.strip(" \t\r\n,;|\x00\ufeff"):
        raise RetroError(
            msg("{file} is empty.", file=name), msg("Export the deals again, with their column headers.")
        )
    named = _named_delimiter(text)
    best: tuple[int, int, str, list[list[str]], int | None, bool] | None = None
    for delimiter in (named,) if named else DELIMITERS:
        rows, spaced = _sample(text, delimiter)
        at, points = _header(rows[1:] if named else rows, score)
        if named and at is not None:
            at += 1
        width = max((len(row) for row in rows), default=0)
        candidate = (points, width, delimiter, rows, at, spaced)
        if best is None or candidate[:2] > best[:2]:
            best = candidate
    assert best is not None
    _, _, delimiter, rows, at, spaced = best
    return TableText(
        name, text, encoding, damaged, delimiter, tuple(map(tuple, rows)), at, bool(named), spaced
    )


def _header(rows: Sequence[Sequence[str]], score: Callable[[Sequence[str]], int]) -> tuple[int | None, int]:
    """Which row looks most like a header, and how much; the first among equals."""
    best, points = None, 0
    for at, row in enumerate(rows):
        if (now := score(row)) > points:
            best, points = at, now
    return best, points


def _named_delimiter(text: str) -> str:
    """The separator that a first line such as `sep=;` names for Excel; "" where there is none."""
    first = re.match(r'"?sep=(.)"?[ \t,;]*(?:\r\n|\r|\n)', text[:40], re.IGNORECASE)
    return first[1] if first and first[1] not in '"\r\n' else ""


def _sample(text: str, delimiter: str) -> tuple[list[list[str]], bool]:
    """The first rows, and whether a space follows each separator."""
    head = text[:SAMPLE]
    if len(head) < len(text):
        cut = max(head.rfind("\n"), head.rfind("\r"))
        head = head[: cut + 1] or head
    rows = _first_rows(head, delimiter, spaced=False)
    if any(cell.startswith(' "') for row in rows for cell in row):
        return _first_rows(head, delimiter, spaced=True), True
    return rows, False


def _first_rows(text: str, delimiter: str, *, spaced: bool) -> list[list[str]]:
    rows: list[list[str]] = []
    with suppress(csv.Error):  # a cell beyond the limit: the rows before it are sample enough
        rows.extend(islice(_reader(text, delimiter, spaced), SAMPLE_ROWS))
    return rows


def _bytes_of(path: Path) -> bytes:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise RetroError(
                msg("{file} is a folder.", file=path.name or str(path)), msg("Name the CSV file in it.")
            )
        if not stat.S_ISREG(about.st_mode):
            raise RetroError(msg("{file} is not a file.", file=path.name), _SAVE_AS)
        if about.st_size > LARGEST:
            raise RetroError(
                msg(
                    "{file} has {size} MB; at most {limit} MB are read.",
                    file=path.name,
                    size=about.st_size // 2**20,
                    limit=LARGEST // 2**20,
                ),
                msg("Export fewer deals, for instance those of the last two years."),
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise _cannot_read(path, error) from error


def _cannot_read(path: Path, error: OSError | ValueError) -> RetroError:
    if isinstance(error, FileNotFoundError):
        return RetroError(
            msg("There is no file {file}.", file=str(path)),
            msg("Check the name and the folder it lies in."),
            file=path,
        )
    if isinstance(error, PermissionError):
        return RetroError(
            msg("{file} may not be read.", file=str(path)),
            msg("Give yourself the right to read it."),
            file=path,
        )
    why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return RetroError(
        msg("{file} cannot be read: {why}", file=str(path)[:200], why=why),
        msg("Copy it to this machine and try again."),
        file=path,
    )


def _decode(raw: bytes, name: str) -> tuple[str, str, int]:
    """The text, the encoding, and how many characters of it could not be read. Raises RetroError for no text."""
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise RetroError(msg(what.id, file=name), _SAVE_AS)
    if _MARKUP.match(raw.removeprefix(codecs.BOM_UTF8)):
        raise RetroError(msg("{file} is a web page or XML, not a CSV file.", file=name), _SAVE_AS)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _refuse_binary(raw.decode("utf-16", "replace"), "utf-16", name)
    if raw.startswith(codecs.BOM_UTF8):
        raw = raw[len(codecs.BOM_UTF8) :]
    if b"\x00" in raw[:4096]:
        if encoding := _utf16_without_mark(raw[:4096]):
            return _refuse_binary(raw.decode(encoding, "replace"), "utf-16", name)
        if raw[:4096].count(0) > 2:
            raise RetroError(msg("{file} is no text: it holds binary data.", file=name), _SAVE_AS)
    try:
        return _refuse_binary(raw.decode("utf-8"), "utf-8", name)
    except UnicodeDecodeError:
        pass
    # A few broken places in a file full of umlauts in UTF-8: it is UTF-8, cut or damaged. Otherwise Windows.
    as_utf8 = raw.decode("utf-8", "replace")
    broken = as_utf8.count("\ufffd")
    if sum(1 for char in as_utf8[:SAMPLE] if char > "\x7f" and char != "\ufffd") > 4 * broken:
        return _refuse_binary(as_utf8, "utf-8", name)
    return _refuse_binary(raw.decode("cp1252", "replace"), "cp1252", name)


def _utf16_without_mark(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _refuse_binary(text: str, encoding: str, name: str) -> tuple[str, str, int]:
    text = text.removeprefix("\ufeff")
    head = text[:SAMPLE]
    odd = len(_CONTROLS.findall(head)) + head.count("\ufffd")
    if odd > 20 and odd > len(head) // 50:
        raise RetroError(msg("{file} is no text: it holds binary data.", file=name), _SAVE_AS)
    return text, encoding, text.count("\ufffd")
