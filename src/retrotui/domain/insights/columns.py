"""The facts of many meetings side by side, in columns: what is counted over ten thousand is counted by the standard
library, not in loops of ours.

Owns the shape of the columns, their parts by time, and the numbers that stand for ids here: numbers are read, compared
and looked up several times as fast as ids of thirty characters. Must not load pydantic: the index keeps columns.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from itertools import chain, repeat
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from retrotui.domain.insights.facts import KINDS_OF_TIME, DayNumber, Facts

Number: TypeAlias = int
"""Stands for the id of a deal or of an item: the same for the same id, in any meeting."""
Place: TypeAlias = int
"""A meeting, by its place among all that are side by side, the oldest first."""
NO_DAY: Final = 0
"""Stands for no date: `date.toordinal` begins at 1."""
NOT_KNOWN: Final = -(2**31)
"""Stands for days that nobody knows."""
LARGEST: Final = 2**63 - 1
"""More than that is not counted: a number of a column has 64 bits."""
WORDS: Final = frozenset({"outcomes", "named", "decisions", "functions"})
TEXTS: Final = frozenset({"uses", "loose"})
"""The columns of words, and those of one text for each meeting; all others are arrays of numbers."""
T = TypeVar("T")


def number_of(an_id: str) -> Number:
    """Its number, in 64 bits with a sign. Of a million ids two share one once in thirty million archives."""
    return int.from_bytes(
        blake2b(an_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True
    )


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """Some values of each meeting, all in one list: `sizes` says how many of each, `values` are in its order."""

    sizes: Sequence[int]
    values: Sequence[T]

    @property
    def places(self) -> list[Place]:
        """The meeting of each value."""
        return list(chain.from_iterable(map(repeat, range(len(self.sizes)), self.sizes)))

    def part(self, first: Place, end: Place) -> Column[T]:
        """The values of the meetings from `first` on, before `end`."""
        begins = sum(self.sizes[:first])
        sizes = self.sizes[first:end]
        return Column(sizes, self.values[begins : begins + sum(sizes)])


@dataclass(frozen=True, slots=True)
class Columns:
    """The meetings that were not aborted, the oldest first. What each is, `Facts` say of one meeting.

    `outcomes`, `days_since` and `named` stand beside `deals`; `*_due` and `decisions` beside the items.
    """

    meetings: Sequence[str]
    days: Sequence[DayNumber]
    deals: Column[Number]
    outcomes: Column[str]
    days_since: Column[int]
    """From the deal's decision to the meeting; `NOT_KNOWN`."""
    named: Column[str]
    uses: Sequence[str]
    """The `UseWord`s of each meeting, with spaces between."""
    loose: Sequence[str]
    experiments: Column[Number]
    experiments_due: Column[DayNumber]
    """`NO_DAY` where there is none."""
    actions: Column[Number]
    actions_due: Column[DayNumber]
    judged: Column[Number]
    decisions: Column[str]
    extended: Column[Number]
    extended_due: Column[DayNumber]
    carried: Column[Number]
    functions: Column[str]
    counts: Sequence[int]
    """Of each meeting as many numbers as `COUNTS` has names: what every meeting has."""

    def __len__(self) -> int:
        return len(self.meetings)

    def part(self, first: Place, end: Place) -> Columns:
        """The meetings from `first` on, before `end`."""
        if first == 0 and end >= len(self):
            return self
        every: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        for name, one in every.items():
            each = len(COUNTS) if name == "counts" else 1
            cut = slice(first * each, end * each)
            every[name] = one.part(first, end) if isinstance(one, Column) else one[cut]
        return Columns(**every)

    def counted(self, name: str) -> Sequence[int]:
        """One of `COUNTS`, of each meeting."""
        return self.counts[COUNTS.index(name) :: len(COUNTS)]

    def planned(self, kind: int) -> Sequence[int]:
        """Seconds of each meeting, by the place in `KINDS_OF_TIME`."""
        return self.counted(f"planned {kind}")

    def spent(self, kind: int) -> Sequence[int]:
        """Seconds of each meeting, by the place in `KINDS_OF_TIME`."""
        return self.counted(f"spent {kind}")

    def tally(self, about: str) -> list[Sequence[int]]:
        """How many said 1 … 5 in each meeting, of "safety" or of "worth": five columns. All 0: there was none."""
        return [self.counted(f"{about} {vote}") for vote in range(1, 6)]

    def time_of(self, place: Place) -> TimeOfOne:
        """What one meeting took."""
        first = place * len(COUNTS)
        own = dict(zip(COUNTS, self.counts[first : first + len(COUNTS)], strict=True))
        kinds = range(len(KINDS_OF_TIME))
        return TimeOfOne(
            self.meetings[place],
            self.days[place],
            [own[f"planned {kind}"] for kind in kinds],
            [own[f"spent {kind}"] for kind in kinds],
            own["caps hit"],
            own["caps"],
        )


COUNTS: Final = (
    "closed",
    *(f"planned {kind}" for kind in range(len(KINDS_OF_TIME))),
    *(f"spent {kind}" for kind in range(len(KINDS_OF_TIME))),
    "caps hit", "caps",
    *(f"safety {vote}" for vote in range(1, 6)),
    *(f"worth {vote}" for vote in range(1, 6)),
)  # fmt: skip
"""What `Columns.counts` have of each meeting: whether it was closed (1), seconds, capped steps, votes."""


class TimeOfOne(NamedTuple):
    """What one meeting took, in seconds by `KINDS_OF_TIME`."""

    meeting: str
    day: DayNumber
    planned: Sequence[int]
    spent: Sequence[int]
    caps_hit: int
    caps: int


class Row(NamedTuple):
    """The facts of one meeting as the columns take them, in the order of `Columns` from `deals` on."""

    deals: Sequence[Number]
    outcomes: Sequence[str]
    days_since: Sequence[int]
    named: Sequence[str]
    uses: str
    loose: str
    experiments: Sequence[Number]
    experiments_due: Sequence[DayNumber]
    actions: Sequence[Number]
    actions_due: Sequence[DayNumber]
    judged: Sequence[Number]
    decisions: Sequence[str]
    extended: Sequence[Number]
    extended_due: Sequence[DayNumber]
    carried: Sequence[Number]
    functions: Sequence[str]
    counts: Sequence[int]


def row_of(one: Facts) -> Row:
    """The facts of one meeting, with numbers for its ids."""

    def numbers(ids: Iterable[str]) -> list[Number]:
        return [number_of(an_id) for an_id in ids]

    def dates(days: Iterable[DayNumber | None]) -> list[DayNumber]:
        return [day or NO_DAY for day in days]

    none = [0] * 5
    return Row(
        numbers(one.deals),
        list(one.outcomes),
        [NOT_KNOWN if days is None else days for days in one.days],
        list(one.named),
        " ".join(one.uses),
        one.loose,
        numbers(one.experiments),
        dates(one.experiments.values()),
        numbers(one.actions),
        dates(one.actions.values()),
        numbers(one.judged),
        list(one.judged.values()),
        numbers(one.extended),
        dates(one.extended.values()),
        numbers(one.carried),
        list(one.functions),
        [int(one.closed), *one.planned, *one.spent, *one.capped, *(one.safety or none), *(one.worth or none)],
    )


def numbers_of(values: Iterable[int]) -> array[int]:
    """Numbers as a column has them; what is too large becomes the largest."""
    return array("q", [max(-LARGEST, min(one, LARGEST)) for one in values])
