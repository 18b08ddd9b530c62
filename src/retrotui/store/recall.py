"""What the index knows for the next meeting: what is open, its lineage, and what was said of a customer or a lesson.

Owns the questions to the index's memory, in SQL, and the documents made of the answers. A meeting that hides something
is read from its file. Slow enough to be asked beside the screen, and as quick among ten thousand meetings as among a
hundred, but for what they left open. Must not know the running meeting.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, cast, get_args

from pydantic import ValidationError

from retrotui.domain.companies import SHORTEST, core, is_same, may_be_same
from retrotui.domain.experiments import OpenItem, Stage, lineages, open_items
from retrotui.domain.lesson_words import LIKE_FROM, lesson_key, likeness
from retrotui.domain.memory import Learned, Question, Recalled, Talked, newest_first
from retrotui.domain.minutes import Effect, Minutes, Outcome
from retrotui.domain.recurring import Named
from retrotui.domain.text import one_line
from retrotui.domain.versions import grouped, own_id, version_of
from retrotui.errors import RetroError
from retrotui.store import durable
from retrotui.store import minutes as minutes_store
from retrotui.store.index import Index
from retrotui.store.index_database import ROW_BITS
from retrotui.store.index_mentions import HELPED, HURT, READ_THE_FILE, TALKED, discussed
from retrotui.store.index_rows import masking, said_in, tables_in, text_in, texts_in
from retrotui.store.minutes import Damaged
from retrotui.store.toml_reading import Raw, parse

MOST_TALKS: Final = 20
"""So many earlier meetings are read for what they said, the newest."""
MOST_ROWS: Final = 500
"""So many rows of the index are looked at, the newest."""
MOST_NEAR: Final = 20
MOST_FAMILIES: Final = 30
"""So many adapted experiments are followed back, the newest."""
MOST_LIKE: Final = 3
"""So many lessons that are nearly the same are proposed."""
TELLING_WORDS: Final = 2
"""By so many of its longest words a lesson is looked for."""
LONGEST: Final = 200
"""Characters of what was said that are told of a deal."""


@dataclass(frozen=True, slots=True)
class Loop:
    """What is open after all meetings, and the lineage of each open experiment, by its id."""

    items: tuple[OpenItem, ...]
    lineages: Mapping[str, tuple[Stage, ...]]
    adapted: tuple[tuple[Stage, ...], ...] = ()
    """The newest families in which something was adapted, open or judged, the newest first."""
    damaged: tuple[Damaged, ...] = ()
    """Files that speak of these items and cannot be read: what they say is missing."""


def open_loop(
    index: Index, folder: Path, today: date, *, without: str = "", names: Mapping[str, str]
) -> Loop:
    """What is open, by the newest word on each, in all meetings of the folder but `without`.

    `names` are people by their ids, for owners whom their meeting did not list. Raises RetroError as `Index.refresh`.
    """

    def question(db: sqlite3.Connection) -> tuple[set[str], list[str], list[Minutes | Damaged]]:
        found, children = _open(db, without), _adapted(db)
        return found, children, _parts(db, folder, found | set(children), without)

    still_open, children, found = index.ask(question)
    parts = [one for one in found if isinstance(one, Minutes)]
    # the same meetings speak of other items as well, whose last word another meeting has said
    items = tuple(one for one in open_items(parts, today, names) if one.id in still_open)
    experiments = [one.id for one in items if one.kind == "experiment"]
    told = lineages(parts, [*experiments, *children])
    families = dict.fromkeys(told[one] for one in children if one in told)
    damaged = tuple(one for one in found if isinstance(one, Damaged))
    return Loop(items, {one: told[one] for one in experiments if one in told}, tuple(families), damaged)


def recall(
    index: Index, folder: Path, questions: Iterable[Question], *, without: str = ""
) -> dict[Question, Recalled]:
    """The answers to these questions, from all meetings but `without`. Raises RetroError as `Index.refresh`."""
    asked = tuple(questions)
    return index.ask(lambda db: {one: _answer(db, folder, one, without) for one in asked})


def factors_named(index: Index, since: date, *, without: str = "") -> list[Named]:
    """Every use of a sorted factor from this day on, in all meetings but `without`. Raises as `open_loop`."""

    def question(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
        return db.execute(
            "SELECT meeting, date, talk FROM loop JOIN file USING (key) WHERE date >= ? "
            "AND key NOT IN (SELECT value FROM json_each(?))",
            (since.isoformat(), _own(db, without)),
        ).fetchall()

    found = index.ask(question)
    ids = {meeting for meeting, *_ in found}
    return [
        Named(
            version_of(meeting, ids), date.fromisoformat(day), factor, "helped" if line[0] == HELPED else "hurt", deal
        )
        for meeting, day, talk in found
        for line in talk.split("\n")
        if line[:1] in (HELPED, HURT)
        for factor, _, deal in (line[1:].partition("\t"),)
    ]  # fmt: skip


# -- the loop --------------------------------------------------------------------------------------------


def _open(db: sqlite3.Connection, without: str) -> set[str]:
    """The ids of what began and has had no last word since."""
    rows = db.execute(
        "WITH own AS (SELECT value << :bits AS low, ((value + 1) << :bits) - 1 AS high FROM json_each(:own)) "
        "SELECT DISTINCT about FROM mention AS born WHERE kind = 'begun' "
        "AND NOT EXISTS (SELECT 1 FROM own WHERE born.id BETWEEN low AND high) "
        "AND NOT EXISTS (SELECT 1 FROM mention AS word WHERE word.kind = 'ended' AND word.about = born.about "
        "AND word.id > born.id AND NOT EXISTS (SELECT 1 FROM own WHERE word.id BETWEEN low AND high))",
        {"own": _own(db, without), "bits": ROW_BITS},
    )
    return {about for (about,) in rows}


def _adapted(db: sqlite3.Connection) -> list[str]:
    """The ids of the newest experiments that adapt another one, the newest first."""
    rows = db.execute(
        "SELECT about FROM mention WHERE kind = 'parent' ORDER BY id DESC LIMIT ?", (MOST_FAMILIES,)
    )
    return list(dict.fromkeys(about for (about,) in rows))


def _own(db: sqlite3.Connection, meeting: str) -> str:
    """The keys of a meeting's file and of the versions beside it, as JSON; none where it has no file."""
    meeting = own_id(meeting)
    rows = db.execute(
        "SELECT key, meeting FROM file WHERE meeting >= ? AND meeting < ?", (meeting, f"{meeting}\U0010ffff")
    )
    return json.dumps([key for key, an_id in rows if meeting and own_id(an_id) == meeting])


def _parts(db: sqlite3.Connection, folder: Path, items: set[str], without: str) -> list[Minutes | Damaged]:
    """The parts in the loop of every meeting that speaks of these items, or of their families."""
    rows = db.execute(
        "SELECT DISTINCT file.name, file.meeting, file.date, loop.part FROM mention "
        "JOIN file ON file.key = mention.id >> :bits JOIN loop ON loop.key = file.key "
        "WHERE mention.kind IN ('begun', 'ended', 'told') "
        "AND file.key NOT IN (SELECT value FROM json_each(:own)) "
        "AND mention.about IN (SELECT value FROM json_each(:items))",
        {"bits": ROW_BITS, "own": _own(db, without), "items": json.dumps(sorted(_families(db, items)))},
    )
    return [_part(folder / name, meeting, day, part) for name, meeting, day, part in rows.fetchall()]


def _families(db: sqlite3.Connection, items: set[str]) -> set[str]:
    """These items with everything that they were adapted from, and to."""
    near: dict[str, set[str]] = {}
    for child, parent in db.execute("SELECT about, told FROM mention WHERE kind = 'parent'"):
        near.setdefault(child, set()).add(parent)
        near.setdefault(parent, set()).add(child)
    found, waiting = set(items), list(items)
    while waiting:
        fresh = near.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


def _part(path: Path, meeting: str, day: str, part: str) -> Minutes | Damaged:
    """A document with what a meeting says of the loop, and nothing else; or why its file cannot be read."""
    if part != READ_THE_FILE:
        try:
            return Minutes.model_validate(
                {"id": meeting, "date": day, "agenda": {"id": ""}, **json.loads(part)}
            )
        except (ValidationError, ValueError, TypeError):
            pass  # the file says better what is wrong with it
    try:
        return minutes_store.load(path).minutes
    except RetroError as error:
        return Damaged(path, error.line, error.what)


# -- discussed before ------------------------------------------------------------------------------------


def _answer(db: sqlite3.Connection, folder: Path, asked: Question, without: str) -> Recalled:
    if asked.lesson:
        return _learned(db, folder, asked.lesson, without)
    return _talked(db, folder, asked, without)


def _talked(db: sqlite3.Connection, folder: Path, asked: Question, without: str) -> Recalled:
    """Under the same deal or the same name; and under names that may mean the same."""
    name = core(asked.account)
    keys = {*_by_deal(db, asked.deal), *_by_customer(db, name)}
    talked, like = [], []
    for _, meeting, day, path in _files(db, folder, keys, without, MOST_TALKS):
        for one in talks_in(path, meeting, day):
            if (one.deal == asked.deal and asked.deal) or (is_same(one.account, asked.account) and name):
                talked.append(one)
            elif may_be_same(core(one.account), name):
                like.append(one)
    return Recalled(newest_first(talked), newest_first(like))


def _by_deal(db: sqlite3.Connection, deal: str) -> list[int]:
    """The keys of the meetings that discussed this very deal."""
    line = f"{TALKED}{deal}"
    rows = db.execute("SELECT key, talk FROM loop WHERE instr(talk, ?) > 0", (line,)) if deal else ()
    return [key for key, talk in rows if line in talk.split("\n")]


def _by_customer(db: sqlite3.Connection, name: str) -> list[int]:
    """The keys of the meetings whose deals name a customer that is, or may be, the one with this `core`."""
    if not name:
        return []
    words = max(name.split(), key=len)
    near = [words, name.replace(" ", ""), *_near_terms(db, words)]
    rows = db.execute(
        "SELECT rowid, deal FROM entry WHERE entry MATCH ? AND kind = 'deal' ORDER BY rowid DESC LIMIT ?",
        (" OR ".join(f'"{word}"' for word in dict.fromkeys(near)), MOST_ROWS),
    )
    return [rowid >> ROW_BITS for rowid, account in rows if may_be_same(core(account), name)]


def _near_terms(db: sqlite3.Connection, word: str) -> list[str]:
    """Words of the folder that are this one but for a slip: both begin, or end, with the same two letters."""
    if len(word) < SHORTEST:
        return []
    rows = db.execute(
        "SELECT term FROM term WHERE length(term) BETWEEN ? AND ? AND (substr(term, 1, 2) = ? OR substr(term, -2) = ?)",
        (len(word) - 2, len(word) + 2, word[:2], word[-2:]),
    )
    return [term for (term,) in rows if term != word and may_be_same(term, word)][:MOST_NEAR]


def _files(
    db: sqlite3.Connection, folder: Path, keys: Iterable[int], without: str, most: int
) -> list[tuple[int, str, date, Path]]:
    """Key, id, day and file of these meetings, the newest first; of the versions of one, the first."""
    rows = db.execute(
        "SELECT key, meeting, date, name FROM file WHERE key IN (SELECT value FROM json_each(?)) "
        "AND key NOT IN (SELECT value FROM json_each(?)) ORDER BY key DESC LIMIT ?",
        (json.dumps(sorted(keys)), _own(db, without), most),
    ).fetchall()
    once = [versions[-1] for versions in grouped(rows, lambda row: str(row[1]))]
    return [(key, meeting, date.fromisoformat(day), folder / name) for key, meeting, day, name in once]


def _learned(db: sqlite3.Connection, folder: Path, key: str, without: str) -> Recalled:
    """The same lesson in other meetings; and those that share most of its words."""
    found: dict[str, dict[int, str]] = {}
    for rowid, text in _lessons_with(db, key):
        said = said_in(text)
        found.setdefault(lesson_key(said), {}).setdefault(rowid >> ROW_BITS, said)
    near = sorted(
        (one for one in found if one != key and likeness(key, one) >= LIKE_FROM),
        key=lambda one: (-likeness(key, one), one),
    )
    told = {one: _lesson(db, folder, one, found[one], without) for one in (key, *near) if one in found}
    like = (learned for one in near if (learned := told[one]) is not None)
    return Recalled(learned=told.get(key), learned_like=tuple(like)[:MOST_LIKE])


def _lessons_with(db: sqlite3.Connection, key: str) -> list[tuple[int, str]]:
    """The newest lessons in which the longest words of this one stand."""
    telling = sorted(key.split(), key=len)[-TELLING_WORDS:]
    rows = db.execute(
        "SELECT rowid, text FROM entry WHERE entry MATCH ? AND kind = 'lesson' ORDER BY rowid DESC LIMIT ?",
        (" OR ".join(f'"{word}"' for word in telling), MOST_ROWS),
    )
    return [(rowid, text) for rowid, text in rows]


def _lesson(
    db: sqlite3.Connection, folder: Path, key: str, said: Mapping[int, str], without: str
) -> Learned | None:
    """One lesson with the meetings that had it; whether it was tried is asked of the newest of their files."""
    meetings = _files(db, folder, said, without, MOST_ROWS)
    if not meetings:
        return None
    tried = any(is_tried(path, key) for *_, path in meetings[:MOST_TALKS])
    newest = meetings[0][0]
    return Learned(said[newest], tuple((an_id, day, path.name) for _, an_id, day, path in meetings), tried)


# -- from a file -----------------------------------------------------------------------------------------


def talks_in(path: Path, meeting: str, day: date) -> list[Talked]:
    """What this meeting discussed, a line a deal; nothing where its file cannot be read, or says that it hides it."""
    raw = _raw(path)
    mask = masking(raw)
    hidden = isinstance(hides := raw.get("discretion"), dict) and hides.get("customers", False) is not False
    had_floor = discussed(raw)
    return [
        Talked(
            meeting, day, path.name, an_id, "" if hidden else one_line(text_in(one, "account")),
            "" if hidden else one_line(text_in(one, "title")), _outcome(one), _factors_of(raw, an_id),
            mask(one_line(_said_on(raw, an_id)))[:LONGEST],
        )
        for one in tables_in(raw, "deal")
        if (an_id := text_in(one, "id")) in had_floor
    ]  # fmt: skip


def is_tried(path: Path, key: str) -> bool:
    """Whether the meeting in this file made an experiment of the lesson with this key."""
    raw = _raw(path)
    named = {lesson for one in tables_in(raw, "experiment") for lesson in texts_in(one, "lessons")}
    return any(
        text_in(one, "id") in named and lesson_key(text_in(one, "text")) == key
        for one in tables_in(raw, "lesson")
    )


def _raw(path: Path) -> Raw:
    try:
        return parse(durable.read(path)[0], path)
    except RetroError:
        return {}  # gone, or damaged since the look: listed by home and doctor


def _outcome(deal: Raw) -> Outcome | None:
    return next((one for one in get_args(Outcome) if one == text_in(deal, "outcome")), None)


def _factors_of(raw: Raw, deal: str) -> tuple[tuple[Effect, str], ...]:
    """Effect and factor, each once, the heaviest first."""
    weights: dict[tuple[Effect, str], int] = {}
    for one in tables_in(raw, "factor"):
        effect, factor = text_in(one, "effect"), text_in(one, "factor")
        if text_in(one, "deal") == deal and factor and effect in get_args(Effect):
            weight = one.get("weight", 1)
            use = cast(Effect, effect), factor
            weights[use] = weights.get(use, 0) + (weight if isinstance(weight, int) else 1)
    return tuple(sorted(weights, key=lambda use: -weights[use]))


def _said_on(raw: Raw, deal: str) -> str:
    """The lesson with the most votes that came from it, else a quote, else the first thing that was said."""
    lessons = [one for one in tables_in(raw, "lesson") if deal in texts_in(one, "deals")]
    lessons.sort(key=lambda one: -votes if isinstance(votes := one.get("votes", 0), int) else 0)
    others = (
        one for kind in ("quote", "factor", "note") for one in tables_in(raw, kind) if one.get("deal") == deal
    )
    return next((text for one in (*lessons, *others) if (text := text_in(one, "text"))), "")
