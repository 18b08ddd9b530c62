"""`search`: what was said in any meeting, found by its words.

Owns its arguments, the lines that a person reads and the JSON that a program reads. Must not load pydantic: the index
reads raw dictionaries. What a meeting hides is not in the index, so it cannot be printed here.
"""

from __future__ import annotations

import argparse
import re
from typing import Any, Final

from retrotui.cli import output
from retrotui.cli.parsing import Parser, Subparsers
from retrotui.cli.progress import progress
from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg
from retrotui.locale import formats, tr
from retrotui.store.index import USUAL_LIMIT, Hit, Index
from retrotui.store.index_database import NEWEST
from retrotui.store.index_text import read_query
from retrotui.store.workspace import find_workspace

KINDS: Final[dict[str, Message]] = {
    "title": msg("Meeting"),
    "parked": msg("Parked topic"),
    "participant": msg("Participant"),
    "metric": msg("Metric"),
    "deal": msg("Deal"),
    "factor": msg("Factor"),
    "quote": msg("Buyer's words"),
    "note": msg("Note"),
    "lesson": msg("Lesson"),
    "action": msg("Action"),
    "experiment": msg("Experiment"),
    "verdict": msg("Verdict"),
    "field": msg("Answer"),
    "remark": msg("Remark"),
}
MARK: Final = ("[", "]")
"""What stands around a match: brackets, since colour may not be the only sign."""
BEFORE: Final = 60
"""Characters of a long text that are shown before its first match."""
TAGS: Final = re.compile(r" · #\S+(?: #\S+)*$")
"""The ids of factors, as the index puts them behind what was said."""
LONGEST: Final = 300


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Declares `search`."""
    parser = subparsers.add_parser("search", help=tr("what was said in any meeting"))
    parser.add_argument(
        "query",
        nargs="+",
        metavar="QUERY",
        help=tr('words, also parts of words; einkauf* only at the beginning; "in quotes" as it stands'),
    )
    parser.add_argument("--limit", metavar="N", help=tr("at most so many hits"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON"))


def run(args: argparse.Namespace) -> int:
    """Does it. Raises RetroError: a query without a word, a limit that is none, a folder that cannot be read."""
    query = " ".join(args.query)
    if not read_query(query).terms:
        raise RetroError(
            msg("There is no word to look for in “{query}”.", query=one_line(query)[:60]),
            msg("Type words or parts of words: retrotui search einkauf"),
        )
    limit = _limit(args.limit)
    with Index.open(find_workspace(args.dir)) as index:
        with progress() as told:
            refreshed = index.refresh(told)
        hits = index.search(query, limit)
    if args.json:
        output.document([hit_json(hit) for hit in hits])
    elif hits:
        output.text("\n".join(line for hit in hits for line in _lines(hit)))
    else:
        output.remark(tr("Nothing was found."))
    from retrotui.cli.minutes import say_damaged

    say_damaged(refreshed.damaged)
    return 0


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit as `search --json` has it; `marks` are from and to of each match, in characters of `text`."""
    return {
        "meeting": hit.meeting,
        "date": hit.date.isoformat(),
        "kind": hit.kind,
        "step": hit.step,
        "deal": hit.deal,
        "text": hit.text,
        "marks": [list(mark) for mark in hit.marks],
        "path": str(hit.path),
    }


def _limit(typed: str | None) -> int:
    if typed is None:
        return USUAL_LIMIT
    if not (typed.isascii() and typed.isdigit()) or not 1 <= int(typed[:9]) <= NEWEST:
        raise RetroError(
            msg("“{given}” is no number of hits.", given=one_line(typed)[:40]),
            msg("Type a whole number from 1 to {most}: --limit 20", most=NEWEST),
        )
    return int(typed)


def _lines(hit: Hit) -> tuple[str, str]:
    """Where and when it was said, and what."""
    facts = (formats.date(hit.date), tr(KINDS[hit.kind]), one_line(hit.place), one_line(hit.meeting))
    return " · ".join(fact for fact in facts if fact), f"  {marked(hit)}"


def marked(hit: Hit) -> str:
    """The text with its matches in brackets; a long one is cut to what stands around the first match.

    The ids of factors behind a text are left out where nothing was found in them: they are for the search, and names
    would need the models.
    """
    start = max(0, hit.marks[0][0] - BEFORE) if hit.marks and len(hit.text) > LONGEST else 0
    said = _said(hit)
    end = min(said, start + LONGEST)
    parts = ["… "] if start else []
    at = start
    for begins, ends in hit.marks:
        if ends > end:
            break
        parts += [hit.text[at:begins], MARK[0], hit.text[begins:ends], MARK[1]]
        at = ends
    parts += [hit.text[at:end], " …" if end < said else ""]
    return "".join(parts)


def _said(hit: Hit) -> int:
    """How many characters of the text people said; all, where a match is behind them."""
    tags = TAGS.search(hit.text) if hit.kind in ("factor", "lesson") else None
    found_to = max((ends for _, ends in hit.marks), default=0)
    return tags.start() if tags is not None and found_to <= tags.start() else len(hit.text)
