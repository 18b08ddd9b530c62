"""The insights over 10,000 minutes: the look at every file, what the index keeps of them, and all figures; and growth.

In this process, as the screen asks; the index is there already, as it is after the first look of the day. Promises.md
gives no reference but 0.3 seconds on a machine at rest: beside it stands how long `json` takes to read what the index
keeps of each meeting for its list, so that a busy machine is seen.
"""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from datetime import datetime
from typing import Final

from benchmarks.figures import Figure
from benchmarks.parts import Effort
from benchmarks.stage import Stage
from retrotui.store.index import Index
from retrotui.store.insights import read_insights
from retrotui.store.workspace import Workspace

FEW: Final = 100
MANY: Final = 10_000
ALLOWED_MS: Final = 300.0
TIMES_JSON: Final = 2.5
"""On a machine that needs longer for everything: 0.3 s are this many times what `json` took where it was measured."""
GROWTH: Final = 2.5
"""Linear, but for what a processor keeps near itself of a hundred meetings and not of ten thousand."""


def measure(stage: Stage, effort: Effort) -> list[Figure]:
    """The figure of promises.md, and what a meeting costs among few and among many."""
    few, many = (
        Workspace(stage.team(count), stage.root / "state", stage.root / "cache") for count in (FEW, MANY)
    )
    counted, read, a_few, a_many = [], [], [], []
    with Index.open(few) as small, Index.open(many) as large:
        for index in (small, large):
            index.refresh()
        for _ in range(effort.rounds):
            took = _milliseconds(large)
            counted.append(took)
            read.append(_json(large))
            a_many.append(took / MANY * 1000)
            a_few.append(min(_milliseconds(small) for _ in range(10)) / FEW * 1000)
    return [
        Figure(
            "insights", f"insights over {MANY:,} minutes", "ms", counted, "json", read, TIMES_JSON, ALLOWED_MS
        ),
        Figure("insights", "insights, a meeting", "µs", a_many, f"of {FEW}", a_few, GROWTH),
    ]


def _milliseconds(index: Index) -> float:
    gc.collect()
    began = time.perf_counter()
    read_insights(index, datetime.now().astimezone().date())
    return (time.perf_counter() - began) * 1000


def _json(index: Index) -> float:
    def question(db: sqlite3.Connection) -> float:
        began = time.perf_counter()
        for (kept,) in db.execute("SELECT summary FROM card").fetchall():
            json.loads(kept)
        return (time.perf_counter() - began) * 1000

    gc.collect()
    return index.ask(question, look=False)
