"""How a person mends a line that is no TOML: one sentence on what is wrong with it, one on what to write.

Owns looking at the line that the parser refused, and at the one where the mistake began. For files that people write
by hand; files that the program wrote are damaged, and `toml_reading` says so. Must not read files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from retrotui.errors import Message, RetroError, msg

_ASSIGNED = re.compile(r"\s*(?P<key>[\w.\"'-]+)\s*=\s*(?P<value>.*?)\s*(?:#.*)?$")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_TYPOGRAPHIC = "„“”‚‘’«»"
_ODD_SPACES = "\u00a0\u2007\u202f\u2009\u3000"
"""Spaces of typography: an editor or a web page puts them in, and they look like others."""
_NUMBER_AND_MORE = re.compile(r"(?P<number>-?\d+(?:\.\d+)?)(?P<more>\s*[,;]|\s*[%A-Za-zÄÖÜäöüß].*)")
_TEXTS_SIDE_BY_SIDE = re.compile(r'"\s+"|\}\s*\{')
_TRUTHS = {"yes": "true", "ja": "true", "on": "true", "no": "false", "nein": "false", "off": "false"}
_LONGEST = 40
_UNEXPLAINED = (
    "this line is not as TOML writes it",
    "after the equals sign there is no value; a text needs quotes",
    "there is a character that may not stand here",
)
"""Faults of which the parser knows only the line."""


@dataclass(frozen=True, slots=True)
class Mend:
    """Where the mistake is, from 1, what it is, and what to write."""

    line: int
    column: int
    what: Message
    hint: Message


def mend(error: RetroError, text: str) -> Mend | None:
    """What to say about a text that the parser refused; None where only the parser's own sentence is left."""
    fault = error.what.values.get("fault")
    if not isinstance(fault, Message) or error.line is None:
        return None
    lines = text.split("\n")
    line = min(error.line, len(lines))
    if (odd := _odd(lines, line)) is not None:
        return odd
    looked = next((says for start, says in _FAULTS.items() if fault.id.startswith(start)), None)
    found = looked(lines, line) if looked is not None else None
    return found or _value(lines, line) or (_line(lines, line) if fault.id in _UNEXPLAINED else None)


def _at(lines: Sequence[str], line: int, what: Message, hint: Message, mark: str = "") -> Mend:
    words = lines[line - 1]
    column = words.find(mark) if mark else len(words) - len(words.lstrip())
    return Mend(line, max(0, column) + 1, what, hint)


def _value(lines: Sequence[str], line: int) -> Mend | None:
    """A value that TOML does not know: what was probably meant."""
    found = _ASSIGNED.match(lines[line - 1])
    if found is None:
        return None
    key, value = found["key"], found["value"]
    if not value:
        return _at(
            lines,
            line,
            msg("“{key}” has no value.", key=key),
            msg("Write one behind =, or take the line out."),
        )
    mark = value[:1]
    if more := _NUMBER_AND_MORE.fullmatch(value):
        what = msg("Behind the number there is “{more}”, too.", more=more["more"].strip()[:_LONGEST])
        hint = msg("Write {key} = {value}.", key=key, value=more["number"])
        return _at(lines, line, what, hint, value)
    if value[0] in _TYPOGRAPHIC:
        what = msg("TOML does not know the quotes {mark}.", mark=mark)
        inner = value.strip(_TYPOGRAPHIC)[:_LONGEST]
        return _at(lines, line, what, msg('Write {key} = "{value}".', key=key, value=inner), mark)
    if _DECIMAL_COMMA.fullmatch(value):
        what = msg("A number has a point, not a comma.")
        return _at(
            lines, line, what, msg("Write {key} = {value}.", key=key, value=value.replace(",", ".")), value
        )
    truth = _TRUTHS.get(value.casefold()) or (
        value.casefold() if value.casefold() in ("true", "false") else ""
    )
    if truth:
        what = msg("“{value}” is neither true nor false.", value=value)
        return _at(lines, line, what, msg("Write {key} = {value}.", key=key, value=truth), value)
    if value[0].isalpha():
        what = msg("A text needs quotes.")
        return _at(lines, line, what, msg('Write {key} = "{value}".', key=key, value=value[:_LONGEST]), value)
    return None


def _odd(lines: Sequence[str], line: int) -> Mend | None:
    """What looks right and is not: a space of typography, a comment of another language, quotes inside a list."""
    words = lines[line - 1]
    odd = next((mark for mark in words.split("#")[0] if mark in _ODD_SPACES), "")
    if odd:
        what = msg("Here is a space that looks like others, and that TOML does not know.")
        return _at(lines, line, what, msg("Delete it, and type it anew with the space bar."), odd)
    if words.lstrip().startswith(("//", ";", "--", "/*")):
        what = msg("A comment begins with #.")
        return _at(lines, line, what, msg("Write # {words}.", words=words.strip(" /;-*")[:_LONGEST]))
    found = _ASSIGNED.match(words)
    quote = next((mark for mark in found["value"] if mark in _TYPOGRAPHIC), "") if found is not None else ""
    if found is not None and quote and found["value"][0] in "[{" and found["value"].count('"') == 0:
        what = msg("TOML does not know the quotes {mark}.", mark=quote)
        return _at(lines, line, what, msg('Write "…" in place of them.'), quote)
    return None


def _line(lines: Sequence[str], line: int) -> Mend:
    what = msg("This line is not as TOML writes it.")
    return _at(lines, line, what, msg('Write key = "text", key = 5, key = true, or a header like [[step]].'))


def _equals(lines: Sequence[str], line: int) -> Mend:
    words = lines[line - 1].replace(":", " ", 1).split()
    example = f"{words[0]} = {' '.join(words[1:])[:_LONGEST] or '…'}" if words else "minutes = 10"
    what = msg("Between a key and its value stands an equals sign.")
    return _at(lines, line, what, msg("Write {example}.", example=example))


def _quote(lines: Sequence[str], line: int) -> Mend:
    if lines[line - 1].count('"') % 2 == 0 and line > 1 and not lines[line - 1].strip():
        line -= 1
    return _at(
        lines,
        line,
        msg("A text has no closing quote."),
        msg('Write " at its end; within a text it is \\".'),
        '"',
    )


def _bracket(lines: Sequence[str], line: int) -> Mend:
    header = lines[line - 1].strip()
    if header.startswith("[") and "=" not in header and header.count("[") != header.count("]"):
        name = header.strip("[]").strip() or "step"
        what = msg("A header has as many brackets behind its name as before it.")
        return _at(lines, line, what, msg("Write {header}.", header=f"[[{name}]]"))
    for before in range(line, 0, -1):
        found = _ASSIGNED.match(lines[before - 1])
        value = found["value"] if found is not None else ""
        if side := _TEXTS_SIDE_BY_SIDE.search(lines[before - 1]):
            what = msg("Between two values of a list stands a comma.")
            return Mend(before, side.start() + 1, what, msg("Write {example}.", example=_parted(side[0])))
        opened = sum(map(value.count, "[{")) - sum(map(value.count, "]}"))
        if opened > 0 and value[0] in "[{":
            hint = msg("Write {mark} behind the last value.", mark="]" if value[0] == "[" else "}")
            return _at(lines, before, msg("A bracket is not closed."), hint, value[0])
    return _at(
        lines, line, msg("A bracket is not closed."), msg("Write {mark} behind the last value.", mark="]")
    )


def _parted(side: str) -> str:
    """The marks that stood side by side, with a comma between them: `", "`."""
    return f"{side[0]}, {side[-1]}"


def _twice(lines: Sequence[str], line: int) -> Mend:
    header = lines[line - 1].strip()
    inner = f"[{header.rstrip(']').lstrip('[')}."
    early = next((at for at, words in enumerate(lines[: line - 1], 1) if inner in words.replace(" ", "")), 0)
    if header.startswith("[[") and early and header not in (words.strip() for words in lines[: line - 1]):
        what = msg("“{header}” stands before the first {step}.", header=lines[early - 1].strip(), step=header)
        return _at(lines, early, what, msg("Put it below the {step} to which it belongs.", step=header))
    found = _ASSIGNED.match(lines[line - 1])
    what = msg(
        "“{key}” stands here for the second time.", key=found["key"] if found else lines[line - 1].strip()
    )
    return _at(lines, line, what, msg("Take one of the two out."))


def _backslash(lines: Sequence[str], line: int) -> Mend:
    what = msg("A backslash in a text begins a special character.")
    return _at(lines, line, what, msg("Write two of them, \\\\, where one is meant."), "\\")


def _merged(lines: Sequence[str], line: int) -> Mend:
    what = msg("Two versions were merged, and both stand here.")
    return _at(lines, line, what, msg("Keep one, and take the lines with <<<<<<<, ======= and >>>>>>> out."))


def _empty(lines: Sequence[str], line: int) -> Mend:
    what = msg("The file is empty.")
    return _at(lines, line, what, msg("Copy another agenda into it, or take an older copy."))


_FAULTS: Final[dict[str, Callable[[Sequence[str], int], Mend | None]]] = {
    "after a key an equals sign": _equals,
    "a text has no closing quote": _quote,
    "there is a character that may not": lambda lines, line: (
        _quote(lines, line) if lines[line - 1].count('"') % 2 else _value(lines, line)
    ),
    "a bracket is not closed": _bracket,
    "a key stands here": _twice,
    "a table stands here": _twice,
    "after a backslash": _backslash,
    "two versions": _merged,
    "it is empty": _empty,
}
"""By the parser's fault, as `toml_reading` says it: who looks closer. For all others the value is looked at."""
