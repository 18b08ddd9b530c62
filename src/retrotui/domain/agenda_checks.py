"""What is wrong or doubtful about an agenda that can be read, each with the path of keys where it stands.

Owns the rules of files.md "Checked with line and column". Must not know lines and columns: the store finds
them from the paths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from retrotui.domain.agenda import (
    CHILDREN,
    KEPT,
    SINGULARS,
    TITLE_CELLS,
    Agenda,
    CountsAs,
    Field,
    Finding,
    Path,
    Step,
    StepKind,
    Table,
    in_order,
)
from retrotui.domain.nearness import nearest
from retrotui.domain.words import PromptWords, Words
from retrotui.errors import Message, msg, plural

KINDS_OF_KEY: Mapping[str, StepKind] = {
    "outcomes": StepKind.DEAL,
    "deal": StepKind.DEAL,
    "columns": StepKind.NOTES,
    "safety": StepKind.CHECKIN,
}
"""Keys that mean something in one kind of step only."""


def findings(agenda: Agenda) -> list[Finding]:
    """All errors, warnings and kept keys of a valid model; paths name attributes' TOML keys (`step`, not
    `steps`)."""
    found = [*_length(agenda), *_ids(agenda), *_texts(agenda), *_course(agenda)]
    for index, step in enumerate(agenda.steps):
        found += _step(agenda, index, step)
    found += _kept(agenda)
    return list(in_order(found))


# --------------------------------------------------------------------------------------------------------


def _minutes(number: float) -> Decimal:
    """To a tenth; a decimal, since each language writes it its way."""
    return Decimal(f"{number:.1f}".removesuffix(".0"))


def _length(agenda: Agenda) -> Iterator[Finding]:
    """The steps against the meeting's length, and the shares."""
    if not agenda.steps:
        yield Finding(
            "error", (), msg("The agenda has no step."), msg("Add a [[step]] with id, kind and title.")
        )
        return
    share = sum(step.share or 0 for step in agenda.steps)
    if share > 100 + 1e-9:
        at = next(i for i, step in reversed(list(enumerate(agenda.steps))) if step.share is not None)
        yield Finding(
            "error",
            ("step", at, "share"),
            msg("The shares add up to {sum} per cent.", sum=_minutes(share)),
            msg("Together they may be 100 at most."),
        )
        return
    uncounted = any(step.repeat is not None and not isinstance(step.repeat, int) for step in agenda.steps)
    if agenda.minutes is None:
        if not uncounted:
            yield Finding(
                "warning", (), msg("The agenda does not say how long it is."), msg("Add minutes = 90, say.")
            )
        return
    total = sum(step.own_minutes or 0 for step in agenda.steps) + agenda.minutes * share / 100
    if total > agenda.minutes + 1e-6:
        yield Finding(
            "error",
            ("minutes",),
            msg(
                "The steps add up to {sum} minutes, the agenda has {minutes}.",
                sum=_minutes(total),
                minutes=_minutes(agenda.minutes),
            ),
            msg("Shorten a step, or write minutes = {sum}.", sum=_minutes(total)),
        )
    elif not uncounted:
        yield from _free_time(agenda, total, agenda.minutes - total)


def _free_time(agenda: Agenda, total: float, free: float) -> Iterator[Finding]:
    """Open ends live on what the others leave; without one, what they leave is nobody's."""
    open_ends = [at for at, step in enumerate(agenda.steps) if step.is_open_end]
    if free < 1e-6:
        for at in open_ends:
            what = msg("This step has no minutes, and the others leave no free time for it.")
            yield Finding("warning", ("step", at), what, msg("Give it minutes, or shorten another step."))
    elif not open_ends:
        yield Finding(
            "warning",
            ("minutes",),
            plural(
                "{free} minute is given to no step: free time.",
                "{free} minutes are given to no step: free time.",
                1 if _minutes(free) == 1 else 2,
                free=_minutes(free),
            ),
            msg("Give them to a step, or write minutes = {sum}.", sum=_minutes(total)),
        )


def _ids(agenda: Agenda) -> Iterator[Finding]:
    yield from _repeated_ids((step.id for step in agenda.steps), ("step",))
    for index, step in enumerate(agenda.steps):
        yield from _repeated_ids((column.id for column in step.columns), ("step", index, "columns"))
        yield from _repeated_ids((field.id for field in step.fields), ("step", index, "field"))


def _repeated_ids(ids: Iterable[str], path: Path) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, an_id in enumerate(ids):
        if an_id in seen:
            yield Finding(
                "error",
                (*path, index, "id"),
                msg("The id “{id}” is there twice.", id=an_id),
                msg("Give this one another id."),
            )
        seen.add(an_id)


def _texts(agenda: Agenda) -> Iterator[Finding]:
    """Every text in the title's languages; prompts must, the others should."""
    if not agenda.title:
        yield Finding("error", ("title",), msg("The title is empty."), msg("Write a word or two."))
    yield from _in_languages(agenda.purpose, agenda.languages, ("purpose",), "warning")
    for index, step in enumerate(agenda.steps):
        here: Path = ("step", index)
        languages = agenda.languages | step.title.languages
        if not step.title:
            yield Finding("error", (*here, "title"), msg("The title is empty."), msg("Write a word or two."))
        yield from _in_languages(step.title, agenda.languages, (*here, "title"), "warning")
        yield from _prompts(step.prompts, languages, (*here, "prompts"))
        for at, part in enumerate(step.parts):
            yield from _in_languages(part.title, languages, (*here, "part", at, "title"), "warning")
            yield from _prompts(part.prompts, languages, (*here, "part", at, "prompts"))
        for at, field in enumerate(step.fields):
            yield from _in_languages(field.label, languages, (*here, "field", at, "label"), "warning")
            yield from _prompts(field.choices, languages, (*here, "field", at, "choices"))
        for at, column in enumerate(step.columns):
            yield from _in_languages(column.title, languages, (*here, "columns", at, "title"), "warning")


def _prompts(prompts: PromptWords, languages: frozenset[str], path: Path) -> Iterator[Finding]:
    yield from _in_languages(prompts, languages, path, "error")
    counts = {len(lines) for _, lines in prompts.texts}
    if len(counts) > 1:
        yield Finding(
            "warning",
            path,
            msg("The languages have different numbers of texts here."),
            msg("Write each text in each language."),
        )
    if any(not line.strip() for _, lines in prompts.texts for line in lines):
        yield Finding("warning", path, msg("One of the texts is empty."), msg("Write it, or take it out."))


def _in_languages(
    text: Words | PromptWords, languages: frozenset[str], path: Path, severity: str
) -> Iterator[Finding]:
    if not text.languages or not languages:
        return
    for missing in sorted(languages - text.languages):
        yield Finding(
            "error" if severity == "error" else "warning",
            path,
            msg("The title speaks “{language}”, this text does not.", language=missing),
            msg("Add {language} = … here.", language=missing),
        )


def _course(agenda: Agenda) -> Iterator[Finding]:
    """What a meeting that learns needs: little reporting, much reflecting, old experiments before new
    ones."""
    shares = agenda.shares()
    if shares[CountsAs.REPORT] > 0.15 + 1e-9:
        at = next(i for i, step in enumerate(agenda.steps) if step.counts is CountsAs.REPORT)
        percent = round(shares[CountsAs.REPORT] * 100)
        yield Finding(
            "warning",
            ("step", at),
            msg("Reporting takes {percent}% of the time.", percent=percent),
            msg("Up to 15% leave room to learn."),
        )
    if any(shares.values()) and shares[CountsAs.REFLECT] < 0.5 - 1e-9:
        percent = round(shares[CountsAs.REFLECT] * 100)
        yield Finding(
            "warning",
            ("step",),
            msg("Reflecting takes {percent}% of the time.", percent=percent),
            msg("A meeting that learns gives it half at least."),
        )
    kinds = [step.kind for step in agenda.steps]
    if StepKind.FOLLOWUP not in kinds:
        if agenda.loop and kinds:
            yield Finding(
                "warning",
                ("loop",),
                msg("No step looks at the earlier experiments."),
                msg("Add a step of kind followup, or write loop = false."),
            )
    elif StepKind.EXPERIMENTS in kinds and kinds.index(StepKind.EXPERIMENTS) < kinds.index(StepKind.FOLLOWUP):
        yield Finding(
            "warning",
            ("step", kinds.index(StepKind.FOLLOWUP)),
            msg("The earlier experiments come after the new ones."),
            msg("Put followup before experiments."),
        )


def _step(agenda: Agenda, index: int, step: Step) -> Iterator[Finding]:
    """What one step says, taken together."""
    here: Path = ("step", index)
    for lang, title in step.title.texts:
        if len(title) > TITLE_CELLS:
            yield Finding(
                "warning",
                (*here, "title", lang) if lang else (*here, "title"),
                msg(
                    "“{title}” has {n} characters; the rail shows {limit}.",
                    title=title,
                    n=len(title),
                    limit=TITLE_CELLS,
                ),
                msg("Shorten it."),
            )
    if step.minutes is not None and step.share is not None:
        yield Finding(
            "error",
            (*here, "share"),
            msg("A step has minutes or a share, not both."),
            msg("Take one of them out."),
        )
    if step.share is not None and step.share < 1:
        what = msg("A share is per cent; {share} is less than one of a hundred.", share=f"{step.share:g}")
        yield Finding(
            "warning", (*here, "share"), what, msg("Write share = {share}.", share=f"{step.share * 100:g}")
        )
    if step.cap and step.extend_by is not None:
        what = msg("A capped step is not extended: “extend_by” has no effect.")
        yield Finding("warning", (*here, "extend_by"), what, msg("Take it out, or the cap."))
    for key, kind in KINDS_OF_KEY.items():
        if key in step.model_fields_set and step.kind is not kind:
            what = msg("“{key}” has an effect only in a step of kind {kind}.", key=key, kind=kind.value)
            yield Finding("warning", (*here, key), what, msg("Take it out, or change the kind."))
    before = agenda.steps[:index]
    if step.deal == "same" and not any(each.kind is StepKind.DEAL for each in before):
        yield Finding(
            "warning",
            (*here, "deal"),
            msg("No step before this one has a deal to stay on."),
            msg("Put it behind a step of kind deal, or take the key out."),
        )
    yield from _repeats(here, step, before)
    yield from _parts(here, step)
    yield from _fields(here, step)


def _repeats(here: Path, step: Step, before: Sequence[Step]) -> Iterator[Finding]:
    if step.repeat == "note":
        known = [each.id for each in before]
        if step.of is None:
            yield Finding(
                "error",
                (*here, "repeat"),
                msg("The notes of which step?"),
                msg("Add of = with the id of an earlier step."),
            )
        elif step.of not in known:
            close = nearest(step.of, known)
            hint = msg("“{nearest}” is meant, it seems.", nearest=close[0]) if close else None
            if hint is None and before:
                hint = msg("Known are: {choices}.", choices=", ".join(known))
            what = msg("No earlier step has the id “{id}”.", id=step.of)
            yield Finding("error", (*here, "of"), what, hint or msg("Put that step before this one."))
        elif next(each for each in before if each.id == step.of).confidential:
            what = msg("The notes of “{id}” are confidential: none of them becomes a round.", id=step.of)
            yield Finding(
                "warning", (*here, "of"), what, msg("Take confidential out there, or collect elsewhere.")
            )
    elif step.of is not None:
        yield Finding(
            "warning",
            (*here, "of"),
            msg('“of” has an effect only with repeat = "note".'),
            msg('Take it out, or write repeat = "note".'),
        )
    if step.total_minutes is not None and step.repeat is None:
        what = msg("“total_minutes” has an effect only with repeat.")
        yield Finding("warning", (*here, "total_minutes"), what, msg("Take it out, or add repeat."))


def _parts(here: Path, step: Step) -> Iterator[Finding]:
    asked = sum(part.minutes or 0 for part in step.parts)
    if step.minutes is not None and asked > step.minutes + 1e-6:
        yield Finding(
            "warning",
            (*here, "part"),
            msg(
                "The parts add up to {sum} minutes, the step has {minutes}.",
                sum=_minutes(asked),
                minutes=_minutes(step.minutes),
            ),
            msg("Shorten a part, or write minutes = {sum}.", sum=_minutes(asked)),
        )


def _fields(here: Path, step: Step) -> Iterator[Finding]:
    ids = [field.id for field in step.fields]
    for at, field in enumerate(step.fields):
        path: Path = (*here, "field", at)
        if field.type == "choice" and not field.choices:
            yield Finding(
                "error", path, msg("A field of type choice needs choices."), msg('Add choices = ["…", "…"].')
            )
        if field.type == "scale" and field.min >= field.max:
            yield Finding(
                "error",
                path,
                msg("The scale's min is not below its max."),
                msg("Write min = 1 and max = 5, say."),
            )
        for key in ("choices", "min", "max"):
            kind = "choice" if key == "choices" else "scale"
            if key in field.model_fields_set and field.type != kind:
                what = msg("“{key}” has an effect only in a field of type {kind}.", key=key, kind=kind)
                yield Finding("warning", (*path, key), what, msg("Take it out, or change the type."))
        for other, value in field.when:
            if other not in ids or other == field.id:
                yield Finding(
                    "error",
                    (*path, "when"),
                    msg("This step has no other field “{id}”.", id=other),
                    msg("Its fields are: {choices}.", choices=", ".join(ids)),
                )
            elif (answers := _answers_unlike(step.fields[ids.index(other)], value)) is not None:
                what = msg(
                    "“{value}” is never the answer to “{id}”: this is never asked.", value=value, id=other
                )
                yield Finding("warning", (*path, "when"), what, answers)


def _answers_unlike(field: Field, value: str | bool | int | float) -> Message | None:
    """What a field can be answered with, where that is not this value; None where it may be."""
    if field.type == "yesno":
        fits = isinstance(value, bool) or value in ("yes", "no")
        return None if fits else msg("Write true for yes, false for no, without quotes.")
    if isinstance(value, bool) and field.type != "text":
        return msg("Write the answer that it is to have.")
    if field.type == "choice" and field.choices:
        known = [line for _, lines in field.choices.texts for line in lines]
        return (
            None if value in known else msg("Known are: {choices}.", choices=", ".join(dict.fromkeys(known)))
        )
    if field.type == "scale":
        fits = not isinstance(value, str) and field.min <= value <= field.max
        least, most = f"{field.min:g}", f"{field.max:g}"
        return (
            None
            if fits
            else msg("Write a number from {least} to {most}, without quotes.", least=least, most=most)
        )
    if field.type == "number" and isinstance(value, str):
        return msg("Here belongs a number, without quotes.")
    return None


def _kept(agenda: Agenda) -> Iterator[Finding]:
    """Keys that files.md knows and the meeting does not act on yet."""
    for path, table in _tables(agenda, ()):
        for name in sorted(table.model_fields_set & KEPT):
            if name == "parts" and isinstance(table, Step) and len(table.parts) <= 1:
                continue
            key = SINGULARS.get(name, name)
            yield Finding("kept", (*path, key), msg("“{key}” is kept, not acted on yet.", key=key))


def _tables(table: Table, path: Path) -> Iterator[tuple[Path, Table]]:
    yield path, table
    for name in CHILDREN.get(type(table), {}):
        for index, child in enumerate(getattr(table, name)):
            yield from _tables(child, (*path, SINGULARS.get(name, name), index))
