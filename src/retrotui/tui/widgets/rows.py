"""The entries of the step on the floor, as rows of the list: sign, words, tags.

Owns which entries belong to which kind of step, and how each kind reads. The list itself draws `EntryRow`s and knows no
meeting. Must not change or hide an entry: whispers are shown, and marked as not saved.
Source: meeting.md, "Two views of one screen", "The capture line".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from retrotui.domain.agenda import StepKind
from retrotui.domain.corrections import METRIC, PARKED, REMARK
from retrotui.domain.entries import in_order
from retrotui.domain.followup import lacks
from retrotui.domain.groups import are_ranked, groups
from retrotui.domain.minutes import (
    Action,
    Entry,
    Experiment,
    FactorUse,
    Lesson,
    Metric,
    Note,
    Quote,
    StepRun,
)
from retrotui.locale import formats, tr
from retrotui.tui.naming import deal_name_of, owner_name, person_name, source_name
from retrotui.tui.view import View
from retrotui.tui.widgets.entries import EntryRow

HURT, HELPED, LESSON, EXPERIMENT, ACTION, NOTE, PARKED_SIGN = "−", "+", "!", "?", ">", "·", "&"
WEIGHT = "●"
QUOTES = {"de": ("„", "“"), "en": ("“", "”")}
"""A buyer's words as the meeting's language writes them."""
ELSEWHERE: dict[str, tuple[type[Entry], ...]] = {
    StepKind.LESSONS: (Lesson,),
    StepKind.EXPERIMENTS: (Experiment, Action),
    StepKind.CLOSE: (Action,),
}
"""What a step shows of the whole meeting, besides what was said in it."""

Tags = list[tuple[str, str]]


def rows(view: View) -> tuple[EntryRow, ...]:
    """The rows of the step on the floor, as they were said, oldest first; what has no time of its own at the end.

    What was put together with another entry follows that one.
    """
    entries = in_order(view.meeting)
    step = view.meeting.step
    belongs, stands_in_panel = _belongs(view, step), _stands_in_panel(view, step)
    shown = [entry for entry in entries if belongs(entry) and not stands_in_panel(entry)]
    found: list[EntryRow] = []
    for head, members in groups(shown):
        found += [_row(view, head), *(replace(_row(view, one), grouped=True) for one in members)]
    if step.kind == StepKind.NUMBERS and (
        view.wall or view.commanding
    ):  # on the desk they stand in their table
        found += [_metric(view, one) for one in view.meeting.minutes.metric]
    if step.kind == StepKind.CLOSE:
        found += [*_remarks(view), *_parked(view)]
    return tuple(found)


def _stands_in_panel(view: View, step: StepRun) -> Callable[[Entry], bool]:
    """Whether the desk shows it above the entries already. After Esc it is a row all the same, to be changed."""
    if view.wall or view.commanding:
        return lambda _: False
    if step.kind == StepKind.EXPERIMENTS:
        return lambda entry: isinstance(entry, Experiment)
    if step.kind == StepKind.LESSONS and are_ranked(view.meeting.minutes.lesson):
        return lambda entry: isinstance(entry, Lesson)
    declared = view.meeting.agenda_step if step.kind == StepKind.NOTES else None
    if declared is not None and declared.columns:
        return lambda entry: isinstance(entry, Note)
    return lambda _: False


def _belongs(view: View, step: StepRun) -> Callable[[Entry], bool]:
    """Whether the step on the floor shows it: on a deal what belongs to the deal, else what was said in the step."""
    deal = view.meeting.deal
    if step.kind == StepKind.DEAL and deal is not None:
        return lambda entry: _is_of_deal(entry, step.id, deal.id)
    elsewhere = ELSEWHERE.get(step.kind, ())
    about = view.selected if step.kind == StepKind.FOLLOWUP else ""

    def said_here(entry: Entry) -> bool:
        if about and getattr(entry, "experiment", ""):
            return getattr(entry, "experiment", "") == about and entry.step == step.id
        return entry.step == step.id or isinstance(entry, elsewhere)

    return said_here


def _is_of_deal(entry: Entry, step: str, deal: str) -> bool:
    """Said about this deal, or in this step and about none."""
    about = getattr(entry, "deals", None) or (getattr(entry, "deal", ""),)
    return deal in about or (entry.step == step and not any(about))


def _row(view: View, entry: Entry) -> EntryRow:
    match entry:
        case FactorUse():
            return _factor(view, entry)
        case Quote():
            opening, closing = QUOTES["de" if view.language == "de" else "en"]
            return _made(entry, opening, f"{entry.text}{closing}", "quote", _about(view, entry.deal))
        case Lesson():
            return _made(entry, LESSON, entry.text, "lesson", _of_lesson(view, entry))
        case Action():
            return _made(entry, ACTION, entry.text, "action", [*_owned(view, entry), *_due(view, entry.due)])
        case Experiment():
            return _made(entry, EXPERIMENT, entry.title, "experiment", _of_experiment(view, entry))
        case Note():
            return _note(view, entry)
        case _:
            return _made(entry, NOTE, "", "ink", [])


def _made(entry: Entry, sign: str, words: str, role: str, tags: Tags, *, marked: bool = False) -> EntryRow:
    return EntryRow(
        key=entry.id,
        sign=sign,
        text=words,
        tags=tuple((tag, its_role) for tag, its_role in tags if tag),
        role=role,
        marked=marked,
        votes=getattr(entry, "votes", 0),
    )


def _about(view: View, deal_id: str) -> Tags:
    """The deal, where the row does not stand under it."""
    deal = view.meeting.deal
    return (
        []
        if not deal_id or (deal is not None and deal.id == deal_id)
        else [(deal_name_of(view, deal_id), "muted")]
    )


def _factor(view: View, use: FactorUse) -> EntryRow:
    """`− price came late   Price ●●●   buyer`; one that is unsorted is marked."""
    label = view.factors.label(use.factor, view.language) if use.factor else tr("unsorted")
    tags: Tags = [
        (label, "muted" if use.factor else "warn"),
        (WEIGHT * use.weight, use.effect),
        (source_name(use.source), "muted"),
        *_about(view, use.deal),
    ]
    sign = HELPED if use.effect == "helped" else HURT
    # one that was said by its tag alone reads as its label
    words = use.text or label
    return _made(use, sign, words, use.effect, tags if use.text else tags[1:], marked=not use.factor)


def _note(view: View, note: Note) -> EntryRow:
    tags: Tags = []
    if note.ask and (name := person_name(view, note.ask)):
        tags.append((f"→ {name}", "action"))
    tags += _about(view, note.deal)
    if column := _column(view, note):
        tags.append((column, "muted"))
    whispered = any(one.id == note.id for one in view.meeting.whispers)
    if whispered:
        tags.append((tr("unsaved"), "warn"))
    return _made(note, NOTE, note.text, "ink", tags)


def _column(view: View, note: Note) -> str:
    """The heading of its column, where the row stands below the columns or without them."""
    step = view.meeting.agenda_step
    columns = step.columns if step is not None and note.column else ()
    return next((one.title.text(view.language) or one.id for one in columns if one.id == note.column), "")


def _of_lesson(view: View, lesson: Lesson) -> Tags:
    tags: Tags = [(view.factors.label(one, view.language), "muted") for one in lesson.factors]
    for one in lesson.deals:
        tags += _about(view, one)
    return tags


def _owned(view: View, entry: Action | Experiment) -> Tags:
    name = owner_name(view, entry.owner, entry.owner_text)
    if not name and not (entry.owner or entry.owner_text):
        return [(tr("no owner"), "warn")] if isinstance(entry, Action) else []
    return [(name, "muted")]


def _due(view: View, due: date | None) -> Tags:
    if due is None:
        return [(tr("no date"), "warn")]
    return [
        (tr("until {day}", day=formats.near_day(due, view.today)), "over" if due < view.today else "muted")
    ]


def _of_experiment(view: View, one: Experiment) -> Tags:
    tags = _owned(view, one)
    if one.due is not None:
        tags += _due(view, one.due)
    if lacks(view.meeting.agenda, one) or one.state == "idea":
        tags.append((tr("idea"), "warn"))
    return tags


# -- what has no time of its own ---------------------------------------------------------------------------


def _plain(key: str, sign: str, words: str, role: str = "ink", tags: Tags | None = None) -> EntryRow:
    kept = tuple((tag, its_role) for tag, its_role in tags or [] if tag)
    return EntryRow(key=key, sign=sign, text=words, tags=kept, role=role)


def _metric(view: View, metric: Metric) -> EntryRow:
    from retrotui.tui.widgets.panels.numbers import deviation, figure  # the first frame has no figures

    values = [figure(view, metric, value) for value in (metric.actual, metric.target) if value]
    words, style = deviation(metric)
    role = style.removeprefix("$") or "muted"
    sign = "★" if metric.surprise else NOTE
    label = metric.label or metric.id
    return _plain(
        f"{METRIC}{metric.id}", sign, f"{label}  {' / '.join(values)}".rstrip(), tags=[(words, role)]
    )


def _remarks(view: View) -> Iterator[EntryRow]:
    worth = view.meeting.minutes.worth
    for at, words in enumerate(worth.remarks if worth else ()):
        yield _plain(f"{REMARK}{at}", NOTE, words)


def _parked(view: View) -> Iterator[EntryRow]:
    for at, words in enumerate(view.meeting.minutes.parked):
        yield _plain(f"{PARKED}{at}", PARKED_SIGN, words, "muted", [(tr("parked"), "muted")])
