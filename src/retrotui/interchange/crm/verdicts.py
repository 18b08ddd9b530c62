"""How the deals came out, and on which days.

Owns the order in which status, flags, stage and reason are asked, and which date is a decision and which an
expectation. A deal whose outcome nothing tells stays without one, and the report asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from retrotui.domain.deals import Outcome
from retrotui.errors import Message, msg, plural
from retrotui.interchange import dates
from retrotui.interchange.crm import outcomes
from retrotui.interchange.crm.cells import Cells, each, shown
from retrotui.interchange.crm.dialect import DateColumn, Dialect

_Told = tuple[Outcome | None, bool, Outcome | None, bool | None, bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class Days:
    """Created, decided and expected of every deal; whether an open deal's expectation came from the closing date."""

    created: list[Date | None]
    decided: list[Date | None]
    expected: list[Date | None]
    closing_expects: bool


def outcomes_of(cells: Cells, reasons: Sequence[str]) -> list[Outcome | None]:
    """Every deal's outcome: the status outranks the flags, these the stage; a reason may tell what kind of loss.

    In Pipedrive a lost deal keeps the stage in which it was lost, so the status must come first; and a deal whose
    status we do not know ("deleted") is not open because its stage says so.
    """
    status = _words(cells, "outcome")
    strange = _strange(cells, status)
    stage = _words(cells, "stage")
    won, lost, closed = (_flags(cells, field) for field in ("won", "lost", "closed"))
    told: dict[_Told, Outcome | None] = {}
    found: list[Outcome | None] = []
    for key in zip(status, strange, stage, won, lost, closed, strict=True):
        if key not in told:
            told[key] = _verdict(key)
        found.append(told[key])
    if not cells.columns.has("outcome", "stage", "lost", "closed"):
        _lose_the_dated(cells, found, won)
    _ask_the_days(cells, found)
    _refine(cells, found, reasons)
    _ask(cells, found, strange)
    return found


def _verdict(told: _Told) -> Outcome | None:
    status, strange, stage, won, lost, closed = told
    if status is not None:
        return status
    if won:
        return "won"
    if lost:
        return "lost"
    if closed and won is False:
        return "lost" if stage in (None, "won", "open") else stage
    if closed is False or (won is False and lost is False):
        return "open"
    return None if stage == "open" and (strange or closed) else stage


def _strange(cells: Cells, status: Sequence[Outcome | None]) -> list[bool]:
    """Where a status says something that we do not know, in a column of which we know other words. A column without
    any word of an outcome (a traffic light, a priority) is about something else.
    """
    columns = cells.of("outcome")
    if not columns or not any(status):
        return [False] * len(cells)
    return [
        outcome is None and bool(text.strip()) for outcome, text in zip(status, columns[0][1], strict=True)
    ]


def _ask_the_days(cells: Cells, found: list[Outcome | None]) -> None:
    """Where nothing else told it: a day on which it was won says so, and a day on which it was lost."""
    won, lost = (cells.of(field) for field in ("won_day", "lost_day"))
    if not won and not lost:
        return
    nothing = [""] * len(cells)
    days = zip(won[0][1] if won else nothing, lost[0][1] if lost else nothing, strict=True)
    only_days = not cells.columns.has("outcome", "stage", "won", "lost", "closed")
    for at, (won_on, lost_on) in enumerate(days):
        if found[at] is None and bool(won_on.strip()) != bool(lost_on.strip()):
            found[at] = "won" if won_on.strip() else "lost"
        elif only_days and won and lost and not won_on.strip() and not lost_on.strip():
            found[at] = "open"


def _words(cells: Cells, field: str) -> list[Outcome | None]:
    columns = cells.of(field)
    if not columns:
        return [None] * len(cells)
    return each(columns[0][1], lambda text: outcomes.of_words(text.strip()) if text.strip() else None)


def _flags(cells: Cells, field: str) -> list[bool | None]:
    columns = cells.of(field)
    if not columns:
        return [None] * len(cells)

    def said(text: str) -> bool | None:
        text = text.strip()
        flag = outcomes.of_flag(text)
        if flag is None and field == "won" and (outcome := outcomes.of_words(text)) in ("won", "lost"):
            return outcome == "won"
        return flag

    return each(columns[0][1], said)


def _lose_the_dated(cells: Cells, found: list[Outcome | None], won: Sequence[bool | None]) -> None:
    """Where a yes or no to "won" is all there is: a "no" with a closing date was lost, one without is unknown."""
    dated = [values for field in ("decided", "closing") for _, values in cells.of(field)]
    count = 0
    for at, said in enumerate(won):
        if said is False and any(values[at].strip() for values in dated):
            found[at] = "lost"
            count += 1
    if count:
        cells.notices.about_file(
            "outcome",
            plural(
                "{n} deal that is not won but has a closing date counts as lost.",
                "{n} deals that are not won but have a closing date count as lost.",
                count,
            ),
        )


def _refine(cells: Cells, found: list[Outcome | None], reasons: Sequence[str]) -> None:
    """A lost deal whose status reason or loss reason says that nobody decided, or that we left, is that instead."""
    details = cells.texts("status_reason")
    kinds = {text: outcomes.of_reason(text) for text in {*reasons, *details} if text}
    kinds |= {
        text: kind
        for text in set(details)
        if text and (kind := outcomes.of_words(text)) not in (None, "won", "open")
    }
    changed = 0
    if any(kind and kind != "lost" for kind in kinds.values()):
        for at, outcome in enumerate(found):
            kind = kinds.get(details[at]) or kinds.get(reasons[at]) if outcome == "lost" else None
            if kind and kind != "lost":
                found[at] = kind
                changed += 1
    if changed:
        cells.notices.about_file(
            "outcome",
            plural(
                "{n} lost deal counts as not decided or withdrawn: its reason says so.",
                "{n} lost deals count as not decided or withdrawn: their reason says so.",
                changed,
            ),
        )


def _ask(cells: Cells, found: Sequence[Outcome | None], strange: Sequence[bool]) -> None:
    """One question for each word that should have told the outcome and that we do not know."""
    if None not in found:
        return
    columns = {field: cells.of(field)[0][1] for field in ("stage", "outcome") if cells.columns.has(field)}
    asked: dict[tuple[str, str], list[int]] = {}
    for at, (line, outcome) in enumerate(zip(cells.lines, found, strict=True)):
        if outcome is None:
            field = "outcome" if strange[at] or "stage" not in columns else "stage"
            word = shown(columns[field][at], 60) if field in columns else ""
            asked.setdefault((field, word), []).append(line)
    for field in ("stage", "outcome"):
        places = [
            (lines[0], _question(word, len(lines))) for (of, word), lines in asked.items() if of == field
        ]
        cells.notices.about_rows(field, places)


def _question(word: str, count: int) -> Message:
    if not word:
        return plural("What came of {n} deal is not known.", "What came of {n} deals is not known.", count)
    return plural(
        "What came of {n} deal in “{stage}” is not known: won, lost or open?",
        "What came of {n} deals in “{stage}” is not known: won, lost or open?",
        count,
        stage=word,
    )


def days_of(cells: Cells, dialect: Dialect, found: Sequence[Outcome | None]) -> Days:
    """Created, decided and expected: the closing date is a decision of closed deals and an expectation of open ones."""
    created, closing, strict, hoped, won_on, lost_on = (
        _days(cells, dialect, field)
        for field in ("created", "closing", "decided", "expected", "won_day", "lost_day")
    )
    from_closing = "decided" not in cells.columns.by_hand
    decided: list[Date | None] = []
    expected: list[Date | None] = []
    closing_expects = False
    rows = zip(found, strict, closing, hoped, won_on, lost_on, strict=True)
    for outcome, day, close, hope, won, lost in rows:
        if outcome == "open":
            decided.append(None)
            expected.append(hope or close)
            closing_expects = closing_expects or (close is not None and hope is None)
        elif outcome is None:
            decided.append(day)
            expected.append(hope if day is None else None)
        else:
            decided.append(day or (won if outcome == "won" else lost) or (close if from_closing else None))
            expected.append(None)
    backwards = [
        (
            line,
            msg(
                "Decided on {decided}, before it was created on {created}.",
                decided=end.isoformat(),
                created=start.isoformat(),
            ),
        )
        for line, start, end in zip(cells.lines, created, decided, strict=True)
        if start and end and end < start
    ]
    cells.notices.about_rows("decided", backwards)
    return Days(created, decided, expected, closing_expects)


def _days(cells: Cells, dialect: Dialect, field: str) -> list[Date | None]:
    """One field's days: of several columns the first that is filled."""
    found: list[Date | None] | None = None
    for place, _ in cells.of(field):
        days = _column_days(
            cells, dialect.dates[place], field if field in ("created", "expected") else "decided"
        )
        found = days if found is None else [one or other for one, other in zip(found, days, strict=True)]
    return found if found is not None else [None] * len(cells)


def _column_days(cells: Cells, column: DateColumn, field: str) -> list[Date | None]:
    days: dict[str, Date | None] = {}
    troubles: dict[str, bool] = {}
    for value, shape in column.shapes.items():
        days[value] = dates.day_of(shape, column.order) if shape else None
        if days[value] is None and not outcomes.says_nothing(value.strip()):
            troubles[value] = bool(
                shape and column.order is None and shape.tells is None and shape.first <= 12 >= shape.second
            )
    if troubles:
        places = [
            (line, _trouble(value, troubles[value]))
            for line, value in zip(cells.lines, column.values, strict=True)
            if value in troubles
        ]
        cells.notices.about_rows(field, places)
    return [days.get(value) for value in column.values]


def _trouble(value: str, mixed: bool) -> Message:
    if mixed:
        return msg(
            "“{value}” could be two days: the column mixes day and month. Unknown.", value=shown(value)
        )
    return msg("“{value}” is no date. Unknown.", value=shown(value))
