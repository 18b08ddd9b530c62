"""What the review lists of a meeting and filters it by: a card for each file, beside the rows that are searched.

Owns what a card holds, its table, and which cards answer a filter. What the meeting wants left out (`[discretion]`)
never becomes a facet, so that nobody can be looked for in it. Must not load pydantic, and takes any dictionary.

A facet is a line of a card: a sign for its kind, and an id, or the words as they were written.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from retrotui.domain.text import one_line
from retrotui.domain.versions import grouped, own_id
from retrotui.domain.wanted import Name, Wanted
from retrotui.store import durable
from retrotui.store.index_database import MOST_SPELLINGS, ROW_BITS, CardRow, Entry, spellings
from retrotui.store.index_rows import tables_in, text_in, texts_in
from retrotui.store.index_text import INSIDE_FROM, Query, Term, read_query, words_of
from retrotui.store.minutes import Summary, summary_of
from retrotui.store.toml_reading import Raw, parse_text, text_of

OWNER, FACTOR, CUSTOMER, OUTCOME, ITEM = "@", "#", "$", "%", "&"
"""The kinds of facet: who owns an action or experiment, a factor's id, an account, an outcome, and the id of an action
or experiment that the meeting speaks of."""
Facet: TypeAlias = str
_AT_ONCE: Final = 500
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Card:
    """A meeting in the list of the review."""

    summary: Summary
    facets: tuple[Facet, ...] = ()

    @property
    def path(self) -> Path:
        return self.summary.path

    def values(self, kind: str) -> list[str]:
        """What of this kind is on the card, as it was written."""
        return [facet[1:] for facet in self.facets if facet[:1] == kind]


# -- from a file -------------------------------------------------------------------------------------------


def card_of(raw: Raw, text: str, path: Path) -> Card:
    """The card of a document that is parsed already. Raises `DamagedFile` as `summary_of` does."""
    return Card(summary_of(raw, text, path), facets_of(raw))


def card_in(path: Path) -> Card:
    """The card of a file. Raises RetroError where it cannot be read, or is damaged."""
    content, _ = durable.read(path)
    text = text_of(content, path)
    return card_of(parse_text(text, path), text, path)


def facets_of(raw: Raw) -> tuple[Facet, ...]:
    """The facets of one meeting, each once, in the order of its file. Never raises."""
    return tuple(dict.fromkeys(_facets(raw)))


def _facets(raw: Raw) -> Iterator[Facet]:
    discretion = raw.get("discretion")
    hidden = discretion if isinstance(discretion, dict) else {}
    if hidden.get("people", False) is False:
        names = {text_in(one, "id"): text_in(one, "name") for one in tables_in(raw, "participant")}
        for kind in ("action", "experiment"):
            for one in tables_in(raw, kind):
                owner = text_in(one, "owner")
                yield from _facet(OWNER, names.get(owner) or text_in(one, "owner_text") or owner)
    deals = tables_in(raw, "deal")
    if hidden.get("customers", False) is False:
        for one in deals:
            yield from _facet(CUSTOMER, text_in(one, "account") or text_in(one, "title"))
    yield from _exact(OUTCOME, [text_in(one, "outcome") for one in deals])
    yield from _exact(FACTOR, [text_in(one, "factor") for one in tables_in(raw, "factor")])
    yield from _exact(FACTOR, [each for one in tables_in(raw, "lesson") for each in texts_in(one, "factors")])
    yield from _exact(ITEM, [text_in(one, key) for kind, key in _ITEMS for one in tables_in(raw, kind)])


_ITEMS: Final = (
    ("action", "id"),
    ("experiment", "id"),
    ("experiment", "parent"),
    ("verdict", "item"),
    ("verdict", "child"),
    ("carried", "item"),
)


def _facet(kind: str, words: str) -> Iterator[Facet]:
    """A name, which is looked for by its words."""
    if words_of(words):
        yield f"{kind}{one_line(words, limit=300)}"


def _exact(kind: str, ids: list[str]) -> Iterator[Facet]:
    """Ids, each of which is looked for as it is. Most are there several times."""
    for an_id in dict.fromkeys(ids):
        if an_id and an_id.isprintable():
            yield f"{kind}{an_id[:300]}"


def _names(facets: Iterable[Facet], kind: str) -> str:
    """The folded names of a kind, a line each that begins with a space: by it the beginnings of words are found."""
    lines = [f" {words_of(facet[1:])}" for facet in facets if facet[:1] == kind]
    return "\n".join(("", *lines, "")) if lines else ""


# -- in the database ---------------------------------------------------------------------------------------


def card_row(key: int, card: Card) -> CardRow:
    """A card as it is kept."""
    one = card.summary
    kept = {
        "id": one.id,
        "title": one.title,
        "agenda": one.agenda,
        "started": one.started.isoformat() if one.started else "",
        "share": dict(one.share),
        "counts": dict(one.counts),
        "newer": one.newer,
    }
    facets = "\n".join(("", *card.facets, "")) if card.facets else ""
    names = _names(card.facets, OWNER), _names(card.facets, CUSTOMER)
    return key, one.date.isoformat(), one.status, _encode(kept), facets, *names


def cards(db: sqlite3.Connection, keys: Sequence[int], folder: Path) -> dict[int, Card]:
    """The cards with these keys; those that are gone are left out."""
    found: dict[int, Card] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        rows = db.execute(
            "SELECT card.key, file.name, card.date, card.status, card.summary, card.facets FROM card "
            f"JOIN file USING (key) WHERE card.key IN ({','.join('?' * len(some))})",
            some,
        )
        for key, name, day, status, kept, facets in rows:
            summary = _summary(kept, day, status, folder / name)
            found[key] = Card(summary, tuple(facets[1:-1].split("\n")) if facets else ())
    return found


def _summary(kept: str, day: str, status: str, path: Path) -> Summary:
    """Raises sqlite3.DatabaseError for what we did not write: it is a fault of the index."""
    try:
        values: dict[str, Any] = json.loads(kept)
        started = values.pop("started")
        instant = datetime.fromisoformat(started) if started else None
        return Summary(date=date.fromisoformat(day), status=status, path=path, started=instant, **values)
    except (ValueError, TypeError, KeyError) as error:
        raise sqlite3.DatabaseError("a kept summary cannot be read") from error


def key_of(db: sqlite3.Connection, name: str) -> int | None:
    """The key of the card of a file."""
    row = db.execute("SELECT key FROM card JOIN file USING (key) WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else None


def values(db: sqlite3.Connection) -> dict[str, Counter[str]]:
    """By kind of facet, what there is and in how many meetings; ids of items are not told."""
    found: dict[str, Counter[str]] = {kind: Counter() for kind in (OWNER, FACTOR, CUSTOMER, OUTCOME)}
    for (facets,) in db.execute("SELECT facets FROM card"):
        for facet in facets.split("\n"):
            if facet[:1] in found:
                found[facet[0]][facet[1:]] += 1
    return found


def second_versions(db: sqlite3.Connection) -> frozenset[int]:
    """The keys of files that are another version of a meeting which is there (`domain.versions`): all but the file that
    has the meeting's own id, and is called by it."""
    several = db.execute(
        "SELECT meeting FROM file WHERE instr(meeting, '-co') "
        "UNION SELECT meeting FROM file WHERE meeting <> '' GROUP BY meeting HAVING count(*) > 1"
    )
    ids = {one for (an_id,) in several for one in (an_id, own_id(an_id))}
    rows: list[tuple[int, str, str]] = db.execute(
        "SELECT key, meeting, name FROM file WHERE meeting IN (SELECT value FROM json_each(?)) ORDER BY name",
        (json.dumps(sorted(ids)),),
    ).fetchall()
    second: set[int] = set()
    for versions in grouped(rows, lambda row: row[1]):
        own = min(versions, key=lambda row: (own_id(row[1]) != row[1], row[2] != f"{row[1]}.toml"))
        second |= {row[0] for row in versions if row is not own}
    return frozenset(second)


# -- which ones answer -------------------------------------------------------------------------------------


def matching(db: sqlite3.Connection, wanted: Wanted) -> tuple[int, ...]:
    """The keys of the cards that answer, the newest first."""
    query = read_query(wanted.text)
    keys = _by_facets(db, wanted)
    for term in query.terms:
        if not keys:
            break
        having = _having(db, term)
        keys = [key for key in keys if key in having]
    return tuple(keys)


def _having(db: sqlite3.Connection, term: Term) -> set[int]:
    """The keys of the meetings in which this is said somewhere."""
    spelt = spellings(db, term)
    if not spelt:
        return set()
    if len(spelt) > MOST_SPELLINGS:
        where, value = "instr(' ' || words || ' ', ?) > 0", term.needle
    else:
        where, value = "entry MATCH ?", " OR ".join(spelt)
    return {
        key
        for (key,) in db.execute(f"SELECT DISTINCT rowid >> {ROW_BITS} FROM entry WHERE {where}", (value,))
    }


def _by_facets(db: sqlite3.Connection, wanted: Wanted) -> list[int]:
    """By everything but the words, the newest first."""
    where, put = ["1"], list[object]()
    if wanted.since is not None:
        where.append("date >= ?")
        put.append(wanted.since.isoformat())
    if wanted.until is not None:
        where.append("date <= ?")
        put.append(wanted.until.isoformat())
    for statuses in wanted.statuses:
        where.append(f"status IN ({','.join('?' * len(statuses))})")
        put += sorted(statuses)
    for line in _lines(wanted):
        where.append(f"({' OR '.join(['instr(facets, ?) > 0'] * len(line))})")
        put += [f"\n{facet}\n" for facet in line]
    for column, kind, name in _names_in(wanted):
        needles = _needles(kind, name)
        where += [f"instr({column}, ?) > 0"] * len(needles)
        put += needles
    # not in SQL's order: the least of its indexes has all keys, and they are nearly in order already
    rows = db.execute(f"SELECT key FROM card WHERE {' AND '.join(where)}", put)
    keys = sorted((key for (key,) in rows), reverse=True)
    several = [one for one in _names_in(wanted) if len(_needles(*one[1:])) > 1]
    return [key for key in keys if _in_one_name(db, key, several)] if several else keys


def _lines(wanted: Wanted) -> list[list[Facet]]:
    """The facets that are wanted; of each list one must be there."""
    lines = [[f"{FACTOR}{one}" for one in sorted(ids)] for ids in wanted.factors]
    lines += [[f"{OUTCOME}{one}" for one in sorted(ids)] for ids in wanted.outcomes]
    return lines + ([[f"{ITEM}{wanted.item}"]] if wanted.item else [])


def _names_in(wanted: Wanted) -> list[tuple[str, str, Name]]:
    """The names that are wanted, each with its column and kind; one without a letter asks for nothing."""
    names = [("owners", OWNER, name) for name in wanted.owners]
    names += [("customers", CUSTOMER, name) for name in wanted.customers]
    return [one for one in names if words_of(one[2].words)]


def _needles(kind: str, name: Name) -> list[str]:
    """What must stand in the lines of `_names`: a whole name, or beginnings of words; a customer's also inside another
    ("werk" in "Ostwerk")."""
    words = words_of(name.words)
    if name.whole:
        return [f"\n {words}\n"]
    inside = kind == CUSTOMER
    return [word if inside and len(word) >= INSIDE_FROM else f" {word}" for word in words.split()]


def _in_one_name(db: sqlite3.Connection, key: int, wanted: Sequence[tuple[str, str, Name]]) -> bool:
    """Whether the words of each name stand in one and the same."""
    row = db.execute("SELECT owners, customers FROM card WHERE key = ?", (key,)).fetchone()
    there = dict(zip(("owners", "customers"), row, strict=True))
    return all(_holds(there[column], _needles(kind, name)) for column, kind, name in wanted)


def _holds(names: str, needles: Sequence[str]) -> bool:
    """Whether one line of `_names` has all of these."""
    lines = [f"\n{line}\n" for line in names.split("\n") if line]
    return any(all(needle in line for needle in needles) for line in lines)


def fits(facets: Sequence[Facet], wanted: Wanted) -> bool:
    """Whether these facets hold everybody and everything that is wanted; period, status and words aside."""
    there = set(facets)
    return all(there.intersection(line) for line in _lines(wanted)) and all(
        _holds(_names(facets, kind), _needles(kind, name)) for _, kind, name in _names_in(wanted)
    )


def answers(card: Card, wanted: Wanted) -> bool:
    """Whether a card answers all but the words: for a file that no index holds."""
    one = card.summary
    return (
        (wanted.since is None or one.date >= wanted.since)
        and (wanted.until is None or one.date <= wanted.until)
        and all(one.status in statuses for statuses in wanted.statuses)
        and fits(card.facets, wanted)
    )


# -- what answers in one meeting ---------------------------------------------------------------------------


def rows_in(db: sqlite3.Connection, key: int) -> list[Entry]:
    """Everything that was said in one meeting, in the order of its file."""
    rows = db.execute(
        "SELECT rowid, words, kind, step, deal, text FROM entry WHERE rowid BETWEEN ? AND ? ORDER BY rowid",
        (key << ROW_BITS, ((key + 1) << ROW_BITS) - 1),
    )
    return [Entry(*row) for row in rows]


_KNOWN: Final = ("participant", "title")


def answering(rows: Iterable[Entry], query: Query, most: int) -> list[Entry]:
    """The rows in which any of the words stands: those with the most of them first, else in order."""

    def count(row: Entry) -> int:
        return sum(term.quality(f" {row.words} ") > 0 for term in query.terms)

    found = [(count(row), row) for row in rows]
    # that somebody was there, or what the meeting is called, is what one sees anyway
    best = sorted((one for one in found if one[0]), key=lambda one: (one[1].kind in _KNOWN, -one[0]))[:most]
    return [row for _, row in best]
