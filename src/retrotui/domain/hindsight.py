"""Corrections of a meeting that is over: a typo, a wrong factor, weight, source or effect.

Owns what can be corrected by which anchor, and that the file says when (`corrected`). An entry is edited as it could
have been typed in its own step (`corrections`, `capture`); anything else is a plain text. Nothing new is taken down, no
time is touched, and an experiment keeps its state. Must not know files. Source: files.md, `corrected`.

Anchors: an entry's id, `metric:ID`, `parked:0`, `remark:0`, `title`, or `TABLE.NUMBER.KEY` as in `verdict.0.learned`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from retrotui.domain import capture, corrections, entries, floor
from retrotui.domain.agenda import Agenda, StepKind
from retrotui.domain.capture_reading import Context
from retrotui.domain.corrections import METRIC, PARKED, REMARK
from retrotui.domain.factors import FactorList
from retrotui.domain.meeting import Meeting, highest_ids
from retrotui.domain.minutes import (
    Entry,
    FactorUse,
    Metric,
    Minutes,
    Now,
    Participant,
    Quote,
    StepRun,
    change,
    instant,
)
from retrotui.domain.text import clean, one_line
from retrotui.domain.words import Words
from retrotui.errors import Refused, msg

TITLE: Final = "title"
_EDITED: Final = {
    "participant": ("name",),
    "deal": ("account", "title"),
    "experiment": ("hypothesis", "change", "measure", "expected"),
    "verdict": ("happened", "learned", "reason"),
    "field": ("value",),
}
"""The plain texts of each table."""
_NEEDED: Final = ("name", "account")
"""Without these their table says nothing: they can be corrected, not emptied."""
_QUIET: Final = Agenda(id="past", title=Words(), max_experiments=0, experiment_needs=())
"""The agenda of a correction: it makes no idea of an experiment, and no experiment of an idea."""


def line_of(minutes: Minutes, anchor: str, factors: FactorList, people: Iterable[Participant] = ()) -> str:
    """What stands there, as it could be typed. Raises Refused when it is gone."""
    if (plain := _plain(minutes, anchor)) is not None:
        return plain
    meeting = _when_it_was_said(minutes, anchor, people)
    return corrections.line_of(meeting, anchor, factors, _selected(minutes, anchor))


def context_of(
    minutes: Minutes, anchor: str, factors: FactorList, people: Iterable[Participant] = ()
) -> Context | None:
    """How a line there is read; None where it is a plain text, and for what is gone."""
    entry = minutes.find_entry(anchor)
    if entry is None and not anchor.startswith(METRIC):
        return None
    meeting = _when_it_was_said(minutes, anchor, people)
    context = entries.context(meeting, factors, _selected(minutes, anchor))
    return replace(context, deal_at_hand=True) if isinstance(entry, FactorUse | Quote) else context


def corrected(
    minutes: Minutes, anchor: str, line: str, factors: FactorList, people: Iterable[Participant] = ()
) -> Minutes:
    """The minutes with what this line says instead; an empty line changes nothing.

    Where the line reads as another kind of entry, it becomes that. Raises Refused for what is gone, or where the line
    cannot stand there.
    """
    if not line.strip() or line.strip() == line_of(minutes, anchor, factors, people).strip():
        return minutes
    if (plain := _plain(minutes, anchor)) is not None:
        written = one_line(line) if anchor == TITLE or anchor.endswith(_NEEDED) else clean(line.strip()).text
        return minutes if written == plain else _with_plain(minutes, anchor, written)
    if anchor.startswith(METRIC):
        return _with_metric(minutes, anchor, line, factors, people)
    said = _entry(minutes, anchor)
    meeting = _when_it_was_said(minutes, anchor, people)
    selected = _selected(minutes, anchor)
    after = corrections.rewrite(meeting, anchor, line, factors=factors, selected=selected, now=said.at)
    return _over_again(after.minutes, minutes)


def deleted(minutes: Minutes, anchor: str, people: Iterable[Participant] = ()) -> Minutes:
    """The minutes without it. Raises Refused for what is gone, or what the minutes need."""
    if (plain := _plain(minutes, anchor)) is not None:
        if anchor == TITLE or anchor.endswith(_NEEDED):
            raise Refused(msg("This can be corrected, not taken away."))
        if anchor.startswith("field."):
            number = int(anchor.split(".")[1])
            return change(minutes, field=minutes.field[:number] + minutes.field[number + 1 :])
        if not anchor.startswith((PARKED, REMARK)):
            return _with_plain(minutes, anchor, "") if plain else minutes
    if anchor.startswith(METRIC):
        _metric(minutes, anchor)
    elif not anchor.startswith((PARKED, REMARK)):
        _entry(minutes, anchor)
    meeting = _when_it_was_said(minutes, anchor, people)
    return _over_again(
        corrections.delete(meeting, anchor, meeting.minutes.started or _never(minutes)).minutes, minutes
    )


def stamped(minutes: Minutes, untouched: Minutes, at: datetime) -> Minutes:
    """The minutes with the instant of their correction; without one where nothing is different from before.

    All corrections of one sitting have one instant: `untouched` are the minutes as they were when it began.
    """
    before = untouched.corrected
    if change(minutes, corrected=before) == untouched:
        return untouched
    return change(minutes, corrected=(*before, instant(at)))


# -- plain texts -------------------------------------------------------------------------------------------


def _plain(minutes: Minutes, anchor: str) -> str | None:
    """The text at an anchor that is no entry; None where the anchor is an entry's or a figure's."""
    if anchor == TITLE:
        return minutes.title
    for front, texts in ((PARKED, minutes.parked), (REMARK, minutes.worth.remarks if minutes.worth else ())):
        if anchor.startswith(front):
            place = anchor[len(front) :]
            if place.isdecimal() and int(place) < len(texts):
                return texts[int(place)]
            raise _gone()
    table, _, rest = anchor.partition(".")
    number, _, key = rest.partition(".")
    if table in _EDITED and key in _EDITED[table] and number.isdecimal():
        rows = getattr(minutes, table)
        if int(number) >= len(rows):
            raise _gone()
        return str(getattr(rows[int(number)], key))
    return None


def _with_plain(minutes: Minutes, anchor: str, text: str) -> Minutes:
    if anchor == TITLE:
        return change(minutes, title=text)
    if anchor.startswith(PARKED):
        return change(
            minutes, parked=_put(minutes.parked, int(anchor[len(PARKED) :]), text.removeprefix("& "))
        )
    if anchor.startswith(REMARK) and minutes.worth is not None:
        remarks = _put(minutes.worth.remarks, int(anchor[len(REMARK) :]), text)
        return change(minutes, worth=change(minutes.worth, remarks=remarks))
    table, number, key = anchor.split(".")
    rows = list(getattr(minutes, table))
    rows[int(number)] = change(rows[int(number)], **{key: text})
    return change(minutes, **{table: tuple(rows)})


def _put(texts: tuple[str, ...], place: int, text: str) -> tuple[str, ...]:
    return (*texts[:place], text, *texts[place + 1 :])


# -- entries and figures -----------------------------------------------------------------------------------


def _entry(minutes: Minutes, anchor: str) -> Entry:
    found = minutes.find_entry(anchor)
    if found is None:
        raise _gone()
    return found


def _metric(minutes: Minutes, anchor: str) -> Metric:
    found = next((one for one in minutes.metric if f"{METRIC}{one.id}" == anchor), None)
    if found is None:
        raise _gone()
    return found


def _gone() -> Refused:
    return Refused(msg("This is not there any more."))


def _selected(minutes: Minutes, anchor: str) -> str:
    """What was selected when it was said: the earlier item that it belongs to."""
    return str(getattr(minutes.find_entry(anchor), "experiment", ""))


def _when_it_was_said(minutes: Minutes, anchor: str, people: Iterable[Participant]) -> Meeting:
    """The meeting as if the entry's step, and its deal, had the floor: the line is read as it was then."""
    entry = minutes.find_entry(anchor)
    wanted = entry.step if entry is not None else ""
    if anchor.startswith(METRIC):
        wanted = next((step.id for step in minutes.step if step.kind == StepKind.NUMBERS), "")
    steps = minutes.step
    if minutes.find_step(wanted) is None:
        kind = StepKind.NUMBERS if anchor.startswith(METRIC) else StepKind.NOTES
        steps = (*steps, StepRun(id=wanted, kind=str(kind)))
    now = Now(step=wanted, deal=str(getattr(entry, "deal", "")))
    then = change(minutes, status="running", now=now, step=steps)
    return Meeting(_QUIET, then, known_people=tuple(people), last_ids=highest_ids(minutes))


def _over_again(after: Minutes, before: Minutes) -> Minutes:
    """The meeting is over as it was: what it was put back to for the correction goes."""
    return change(after, status=before.status, now=before.now, step=before.step)


def _never(minutes: Minutes) -> datetime:
    return datetime(minutes.date.year, minutes.date.month, minutes.date.day).astimezone()


def _with_metric(
    minutes: Minutes, anchor: str, line: str, factors: FactorList, people: Iterable[Participant]
) -> Minutes:
    """A figure stays where it is, with its marks; an id that is made of the label follows it, as its trend does."""
    old = _metric(minutes, anchor)
    context = entries.context(_when_it_was_said(minutes, anchor, people), factors)
    read = capture.read(line, replace(context, kind=StepKind.NUMBERS))
    if len(read) != 1 or read[0].kind != "metric":
        raise Refused(
            msg(
                "This is no figure: type label, actual / target, as in {example}.",
                example="Umsatz 480/520 T€",
            )
        )
    said = read[0]
    new_id = floor.metric_id(said.label)
    if old.id != floor.metric_id(old.label) or any(one.id == new_id for one in minutes.metric):
        new_id = old.id
    new = change(
        old, id=new_id, label=said.label, unit=said.unit, actual=said.actual, target=said.target, better=said.better,
        currency=(said.currency or old.currency or minutes.currency) if said.unit == "currency" else "",
    )  # fmt: skip
    return change(minutes, metric=tuple(new if one.id == old.id else one for one in minutes.metric))
