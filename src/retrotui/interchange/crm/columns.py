"""Which column holds which field of a deal.

Owns matching headers with `headers.toml` (never case, spaces, hyphens, umlaut spelling or a prefix), columns named by
hand, and the judgement whether this is a table of deals at all. Must not read the rows but for one question: whether a
column that should say yes or no holds days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from retrotui.domain.text import one_line
from retrotui.errors import Message, RetroError, msg
from retrotui.interchange.amounts import Unit
from retrotui.interchange.crm.headings import fields_of, key, readings_of, unit_in
from retrotui.interchange.dates import shape_of
from retrotui.interchange.knowledge import table

FIELDS = (
    "id", "title", "account", "owner", "amount", "currency", "stage", "outcome", "created", "decided", "expected",
    "reason_raw", "competitors", "note", "contributors", "probability",
)  # fmt: skip
"""What a column can be mapped to by hand."""
_OTHER_NAMES = {
    "reason": "reason_raw",
    "competitor": "competitors",
    "status": "outcome",
    "customer": "account",
    "name": "title",
    "betrag": "amount",
    "kunde": "account",
    "titel": "title",
    "phase": "stage",
    "ausgang": "outcome",
    "währung": "currency",
    "verkäufer": "owner",
    "grund": "reason_raw",
    "wettbewerber": "competitors",
    "notiz": "note",
    "erstellt": "created",
    "entschieden": "decided",
    "erwartet": "expected",
    "wahrscheinlichkeit": "probability",
}
PART_OF = {
    # what the table of headers keeps apart, and which field of a deal it ends up in
    "amount_offered": "amount",
    "amount_won": "amount",
    "closing": "decided",
    "won_day": "decided",
    "lost_day": "decided",
    "status_reason": "reason_raw",
    "won": "outcome",
    "lost": "outcome",
    "closed": "outcome",
}
_DAY_INSTEAD = {"closed": "closing", "won": "won_day", "lost": "lost_day"}
_LOOKED_AT = 500
"""Rows that are asked whether a column of yes and no holds days instead."""
WIDEST = 2000
"""Columns that a table of deals may have."""


@cache
def _together() -> frozenset[str]:
    tables = table("crm/headers.toml")
    return frozenset(
        field for field, about in tables.items() if isinstance(about, dict) and about.get("together") is True
    )


class _Fit(NamedTuple):
    """How well a header fits a field: the smaller the better."""

    weak: bool
    distance: int
    position: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields stand. Positions count from 0.

    `at` gives each field its columns in the order in which they count. `strong` are the fields found by more than a
    weak likeness. `by_hand` are the ones that a person named.
    """

    headers: tuple[str, ...]
    at: Mapping[str, tuple[int, ...]]
    strong: frozenset[str]
    by_hand: frozenset[str]

    def with_days_for_flags(self, rows: Sequence[Sequence[str]]) -> Columns:
        """A column "Closed" that holds days, not yes and no, is the closing date; "Won" is the day of winning."""
        at = dict(self.at)
        for flag, day in _DAY_INSTEAD.items():
            (place, *_) = at.get(flag, (None,))
            if place is None or day in at or flag in self.by_hand:
                continue
            cells = (row[place].strip() for row in rows[:_LOOKED_AT] if len(row) > place)
            filled = {cell for cell in cells if cell}
            if filled and all(shape_of(cell) for cell in filled):
                del at[flag]
                at[day] = (place,)
        return self if at == self.at else replace(self, at=at)

    def has(self, *fields: str) -> bool:
        return any(field in self.at for field in fields)

    def positions(self, *fields: str) -> tuple[int, ...]:
        return tuple(place for field in fields for place in self.at.get(field, ()))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headers of the columns that became no field, as they are written."""
        used = {place for places in self.at.values() for place in places}
        return tuple(h for place, h in enumerate(self.headers) if h and place not in used)

    @property
    def named(self) -> dict[str, str]:
        """Which header became which field. Of several for one field the others follow as `decided.2`, `decided.3`."""
        found: dict[str, list[str]] = {}
        for field, places in self.at.items():
            headers = [self.headers[place] for place in places]
            found.setdefault(PART_OF.get(field, field), []).extend(headers)
        if "outcome" in self.at and "stage" not in self.at:
            found["stage"] = [self.headers[self.at["outcome"][0]]]  # its raw word is all there is of a stage
        return {
            field if number == 1 else f"{field}.{number}": header
            for field in FIELDS
            for number, header in enumerate(found.get(field, ()), 1)
        }

    def fits(self, position: int, names: frozenset[str] | set[str]) -> bool:
        """Whether a header is known under one of these keys, with or without its unit and prefix."""
        return any(name in names for name, _ in readings_of(self.headers[position]))

    def unit_of(self, position: int) -> Unit:
        """What a header says that its amounts are counted in."""
        return unit_in(self.headers[position])


def score(row: Sequence[str], by_hand: Iterable[str] = ()) -> int:
    """How much a row looks like the header of a table of deals; 0: not at all. Headers named by hand count too."""
    if not 2 <= len(row) <= WIDEST:
        return 0
    named = {key(header) for header in by_hand}
    points: dict[str, int] = {}
    for cell in row:
        if named and key(cell) in named:
            points[f"by hand: {cell}"] = 3
        for field, weak, _ in fields_of(cell):
            points[field] = max(points.get(field, 0), 1 if weak else 3)
    return sum(points.values()) if len(points) >= 2 else 0


def match(headers: Sequence[str], by_hand: Mapping[str, str], remembered: Mapping[str, str]) -> Columns:
    """Finds the fields' columns. Columns named by hand come first; remembered ones count where the file has them.

    Raises RetroError for a field that there is not, or a header that the file lacks.
    """
    headers = tuple(one_line(header, limit=None) for header in headers)
    at: dict[str, tuple[int, ...]] = {}
    for field, header in {**remembered, **by_hand}.items():
        name = field_named(field)
        place = _place_of(header, headers)
        if place is not None:
            at[name] = (place,)
        elif field in by_hand:
            raise _no_such_header(header, headers)
    named = frozenset(at)
    if "amount" in named:
        named |= {"amount_offered", "amount_won"}
    if "outcome" in named:
        named |= {"won", "lost", "closed"}
    strong = set(at)
    taken = {place for places in at.values() for place in places}
    fits = _fits(headers, taken, named)
    for weak in (False, True):
        for field, candidates in fits.items():
            free = [
                fit.position for fit in sorted(candidates) if fit.weak is weak and fit.position not in taken
            ]
            if not free or field in at or (weak and _covered(field, at)):
                continue
            at[field] = tuple(free) if field in _together() else (free[0],)
            taken.update(at[field])
            if not weak:
                strong.add(field)
    if "status_reason" in at and not any(field in at for field in TELLING):
        at["outcome"] = at["status_reason"]  # a view of Dynamics that shows the reason and not the status
    return Columns(headers, at, frozenset(strong), frozenset(field_named(f) for f in by_hand))


def _covered(field: str, at: Mapping[str, object]) -> bool:
    """Whether another column already says what this field would."""
    match field:
        case "amount":
            return "amount_offered" in at or "amount_won" in at
        case "closing":
            return any(field in at for field in ("decided", "expected", "won_day", "lost_day"))
        case _:
            return False


def _fits(headers: Sequence[str], taken: set[int], named: frozenset[str]) -> dict[str, list[_Fit]]:
    """Every column's likeness to every field, the fields in the order of the table of headers."""
    fits: dict[str, list[_Fit]] = {
        field: []
        for field, about in table("crm/headers.toml").items()
        if isinstance(about, dict) and field not in named
    }
    fits.pop("not_deals", None)
    for position, header in enumerate(headers):
        if position in taken:
            continue
        for field, weak, distance in fields_of(header):
            if field in fits:
                fits[field].append(_Fit(weak, distance, position))
    return fits


def field_named(field: str) -> str:
    """A field by the name that a person typed. Raises RetroError for one that there is not."""
    name = field.strip().casefold().replace("-", "_")
    name = _OTHER_NAMES.get(name, name)
    if name in FIELDS:
        return name
    from retrotui.domain.nearness import nearest  # only on the way to an error

    close = nearest(name, (*FIELDS, *_OTHER_NAMES))
    what = msg("“{field}” is no field of a deal.", field=field.strip()[:60])
    fields = ", ".join(FIELDS)
    if close:
        near = ", ".join(dict.fromkeys(_OTHER_NAMES.get(one, one) for one in close))
        raise RetroError(what, msg("Perhaps: {near}. All fields: {fields}", near=near, fields=fields))
    raise RetroError(what, msg("These are: {fields}", fields=fields))


def _place_of(header: str, headers: Sequence[str]) -> int | None:
    wanted = one_line(header)
    if wanted in headers:
        return headers.index(wanted)
    alike = [place for place, written in enumerate(headers) if key(written) == key(wanted)]
    return alike[0] if alike and key(wanted) else None


def _no_such_header(header: str, headers: Sequence[str]) -> RetroError:
    from retrotui.domain.nearness import nearest  # only on the way to an error

    written = [written for written in headers if written]
    close = nearest(header, written) or written[:8]
    return RetroError(
        msg("The file has no column “{header}”.", header=header[:60]),
        msg("The nearest are: {headers}", headers=", ".join(close)),
    )


NAMING = ("id", "title", "account")
TELLING = ("outcome", "stage", "won", "lost", "closed", "won_day", "lost_day")
MEASURES = ("amount", "amount_offered", "amount_won", "closing", "decided", "expected", "won_day", "lost_day")


def what_is_missing(columns: Columns) -> tuple[Message, ...]:
    """What this table lacks to be one of deals; empty for one that is."""
    missing: list[Message] = []
    if not columns.has(*NAMING):
        missing.append(msg("a customer, title or id"))
    if not columns.has(*TELLING) and not _plainly_deals(columns):
        missing.append(msg("a stage, status or outcome"))
    if not columns.has(*MEASURES):
        missing.append(msg("an amount or a closing date"))
    if not missing and looks_like(columns):
        if not {"title", "id", "stage"} & columns.strong:
            missing.append(msg("a title or a stage of a deal"))
        elif "stage" not in columns.strong and not columns.has("amount", "amount_offered", "amount_won"):
            missing.append(msg("an amount or a stage of a deal"))
    return tuple(missing)


def _plainly_deals(columns: Columns) -> bool:
    """Deals without their stage: a title or id, an amount and a closing date of their own."""
    strong = columns.strong
    return bool(
        {"title", "id"} & strong
        and {"amount", "amount_offered"} & strong
        and {"closing", "decided", "expected"} & strong
    )


def looks_like(columns: Columns) -> str:
    """The kind of list that these headers are telling of ("invoices"), where it is plainly none of deals."""
    names = {key(header) for header in columns.headers}
    for kind, headers in table("crm/headers.toml")["not_deals"].items():
        if any(key(header) in names for header in headers):
            return str(kind)
    return ""
