"""What may stand in a text, how texts are compared, and what ids are made of.

Owns the one cleaning on entry (`clean`), the folding for look-ups (`fold`) and the making of ids (`slug`,
`person_id`).
Must not know what a note or a person is, and must not decide how text is shown: that is `tui/text.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

NOTE_LIMIT = 20_000
"""Bytes in UTF-8 that one entry may have."""

# Kept as strings: most texts are clean, and compiling all of these would cost the first frame 5 ms.
_LINE_ENDS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"

# Whole sequences go, so that no rest such as "31m" stays in the words; an unfinished one loses its escape
# byte only, since a pattern that looked for its end would swallow what people wrote.
_ESCAPES = (
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]"  # control sequences: colours, cursor, the marks around a paste
    r"|[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)"  # titles, links, device strings, each with its end
    r"|[()*+./-][0-~]"  # character sets
    r")"
)

# Control characters, direction characters, zero-width ones, halves of pairs, and what is no character at
# all. The joiners U+200C and U+200D are judged apart; variation selectors and flag tags only where they
# follow nothing.
_NEVER = (
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001d173-\U0001d17a\U000e0001\U000e0002-\U000e001f"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_PAIR = "[\ud800-\udbff][\udc00-\udfff]"
_FIRST_SELECTOR = "\ufe00"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LOOSE_SELECTOR = f"(?:(?<=[\\s{_SELECTORS}])|\\A)[{_SELECTORS}]+"
_FLAG_TAGS = "(?<!\U0001f3f4)(?<![\U000e0020-\U000e007e])[\U000e0020-\U000e007f]+"

# Where a joiner changes what is read: between the parts of one emoji, and in the scripts that spell with it.
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\u200d\ufe0f\U0001f000-\U0001faff"
_JOINED_SCRIPTS = (
    "\u0600-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufeff"
)
_JOINERS = (
    f"\u200d(?![{_EMOJI.replace(chr(0x200D), '').replace(chr(0xFE0F), '')}{_JOINED_SCRIPTS}])"
    f"|(?<![{_EMOJI.replace(chr(0x200D), '')}{_JOINED_SCRIPTS}])\u200d"
    f"|\u200c(?![{_JOINED_SCRIPTS}])|(?<![{_JOINED_SCRIPTS}])\u200c"
)

_LETTERS = str.maketrans(
    {"ø": "oe", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_UMLAUT = re.compile("([aou])\u0308")
# "ue" after a, e or q belongs to "Bauer", "neue", "Quelle": no umlaut was ever there.
_SPELT_OUT = re.compile("([ao])e|(?<![aeq])ue")
_NOT_IN_IDS = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text fit to be kept, and how many characters did not get in."""

    text: str
    dropped: int
    """Characters that mean nothing to a reader: control, escape, direction, zero-width."""
    cut: int
    """Characters beyond the limit."""


def clean(text: str, *, limit: int | None = NOTE_LIMIT) -> Cleaned:
    """Clean a text once, on entry: what people type, paste or import.

    NFC; line ends become "\\n" and tabs a space; control and escape sequences, direction and zero-width
    characters and lone surrogates are dropped and counted. `limit` is in bytes of UTF-8, None for no limit;
    a letter and its marks stay together. Cleaning twice changes nothing. Never raises.
    """
    plain = text.isprintable() and max(text, default="") < _FIRST_SELECTOR
    if plain and unicodedata.is_normalized("NFC", text):
        kept, dropped = text, 0  # most lines: no reason to look closer
    else:
        kept, dropped = _without_noise(text)
    if limit is None or len(kept) * 4 <= limit or len(kept.encode()) <= limit:
        return Cleaned(kept, dropped, 0)
    short = kept.encode()[:limit].decode(errors="ignore")
    short = short[: _boundary(kept, len(short))]
    return Cleaned(short, dropped, len(kept) - len(short))


def _without_noise(text: str) -> tuple[str, int]:
    text = re.sub(_LINE_ENDS, "\n", text).replace("\t", " ")
    text = re.sub(_PAIR, lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    before = len(text)
    text = re.sub(_NEVER, "", re.sub(_ESCAPES, "", text))
    dropped = before - len(text)
    text = unicodedata.normalize("NFC", text)
    before = len(text)
    # A joiner that goes may leave a selector without its base, and the other way round.
    while True:
        after = re.sub(_LOOSE_SELECTOR, "", re.sub(_FLAG_TAGS, "", re.sub(_JOINERS, "", text)))
        if after == text:
            break
        text = after
    dropped += before - len(text)
    return unicodedata.normalize("NFC", text), dropped


def _boundary(text: str, end: int) -> int:
    """The nearest place at or before `end` that parts no letter from its marks and no emoji from its rest."""
    place = end
    while place > max(0, end - 64) and place < len(text):
        follower, before = text[place], text[place - 1]
        joined = (
            follower in "\u200c\u200d" or before in "\u200c\u200d" or "\U0001f3fb" <= follower <= "\U0001f3ff"
        )
        if not joined and not unicodedata.category(follower).startswith("M") and not _is_tag(follower):
            return place
        place -= 1
    return place if place == len(text) or place == 0 else end


def _is_tag(character: str) -> bool:
    return "\U000e0020" <= character <= "\U000e007f"


def one_line(text: str, *, limit: int | None = NOTE_LIMIT) -> str:
    """A cleaned text on one line with single spaces: titles, names, labels."""
    return " ".join(clean(text, limit=limit).text.split())


def fold(text: str) -> str:
    """What two spellings of the same have in common: "Müller", "Mueller", "MULLER" are all "muller".

    For look-ups only, never for ids: "Michael" and "Michal" fold alike. The fold of a beginning is a
    beginning of the fold, so that it serves completion too.
    """
    if not text.isascii():
        text = plain_letters(text, spell_out=False)
    folded = " ".join(text.casefold().split())
    return _SPELT_OUT.sub(lambda match: match[1] or "u", folded)


def slug(text: str, *, limit: int = 60) -> str:
    """The id that a text makes: "Carla Weiß" is "carla-weiss", "Müller & Söhne" is "mueller-soehne".

    Only a-z, 0-9 and single hyphens, at most `limit` characters; empty where nothing of it can be spelt so.
    """
    spelt = plain_letters(text, spell_out=True).casefold()
    return _NOT_IN_IDS.sub("-", spelt).strip("-")[:limit].rstrip("-")


def plain_letters(text: str, *, spell_out: bool) -> str:
    """Small letters without marks; umlauts as two letters where `spell_out`, else as one."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    if spell_out:
        parts = _UMLAUT.sub(r"\1e", parts)
    return unicodedata.normalize("NFKD", _MARKS.sub("", parts).translate(_LETTERS).casefold())


def person_id(name: str, taken: Container[str]) -> str:
    """A new id for somebody: the folded name, with -2, -3 … where that is taken (files.md, "Ids")."""
    base = slug(name) or "person"
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate
