"""An agenda from a parsed TOML file, or why there is none.

Owns the sentences for what does not have the shape of an agenda: unknown keys with the nearest known one,
missing keys, values that do not fit. Must not read files or know lines: findings carry the path of keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as has
from functools import cache
from typing import Any

from pydantic import ValidationError

from retrotui.domain.agenda import (
    CHILDREN,
    PLURALS,
    SCHEMA,
    SINGULARS,
    Agenda,
    Finding,
    Path,
    Table,
    in_order,
)
from retrotui.domain.agenda_meant import meant_key, where_it_belongs
from retrotui.domain.capture_words import outcome_of
from retrotui.domain.nearness import distance, nearest
from retrotui.errors import Message, msg

DEEPEST = 20
"""Levels of tables and lists in a file; an agenda has five."""


EXAMPLES: Mapping[str, str] = {"id": "our-own", "kind": "notes", "title": "Our own"}
"""What a missing key could say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An agenda, or None where it has none to give, with everything found on the way."""

    agenda: Agenda | None
    findings: tuple[Finding, ...]
    raw: Mapping[str, Any] = has(default_factory=dict, repr=False, compare=False)
    """What was read; with it, the next reading takes over the steps that are the same tables."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps the agenda from being run."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def read_agenda(raw: Mapping[str, Any], before: Reading | None = None) -> Reading:
    """An agenda from a parsed TOML file. Raises nothing: what cannot be read is a finding of severity
    "error". Steps that were read `before`, and are the very same tables, are not read again."""
    deep = _too_deep(raw)
    if deep is not None:
        return Reading(
            None,
            (
                Finding(
                    "error",
                    deep,
                    msg("This is nested too deeply for an agenda."),
                    msg("Take the inner tables out."),
                ),
            ),
        )
    unknown = list(_unknown_keys(raw, Agenda, ()))
    found = [*_schema(raw), *unknown]
    try:
        agenda = Agenda.model_validate(_with_known_steps(raw, before))
    except ValidationError as invalid:
        found += _not_valid_values(raw, invalid, unknown)
        return Reading(None, in_order(found))
    found += [
        Finding(each.severity, _toml_path(raw, each.path), each.what, each.hint) for each in agenda.findings()
    ]
    return Reading(agenda, in_order(found), raw)


def _with_known_steps(raw: Mapping[str, Any], before: Reading | None) -> Mapping[str, Any]:
    """The document with the steps that are known already in the place of their tables."""
    steps = raw.get("step")
    if before is None or before.agenda is None or not isinstance(steps, list):
        return raw
    known = before.raw.get("step", ())
    if "steps" in before.raw or len(known) != len(before.agenda.steps):
        return raw
    read = {id(table): step for table, step in zip(known, before.agenda.steps, strict=True)}
    return {**raw, "step": [read.get(id(table), table) for table in steps]}


# -------------------------------------------------------------------------------------------------


def _too_deep(raw: Mapping[str, Any]) -> Path | None:
    """Where the nesting goes beyond what any agenda needs: unknown keys are kept, and kept things get
    written."""
    waiting: list[tuple[Path, Any]] = [((), raw)]
    while waiting:
        path, value = waiting.pop()
        inside = enumerate(value) if isinstance(value, list) else value.items()
        if value and len(path) >= DEEPEST:
            return path
        waiting += [((*path, key), child) for key, child in inside if isinstance(child, dict | list)]
    return None


def _schema(raw: Mapping[str, Any]) -> Iterator[Finding]:
    schema = raw.get("schema")
    if schema is None:
        yield Finding("warning", (), msg("schema is missing."), msg("Write schema = 1 as the first line."))
    elif not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        yield Finding("error", ("schema",), msg("schema is not a number."), msg("Write schema = 1."))
    elif schema > SCHEMA:
        yield Finding(
            "warning",
            ("schema",),
            msg("This agenda was made for a newer version of retrotui."),
            msg("What this version does not know has no effect; a newer version does all of it."),
        )


def _unknown_keys(raw: Mapping[str, Any], table: type[Table], path: Path) -> Iterator[Finding]:
    accepted = _accepted(table)
    for key, value in raw.items():
        if key not in accepted:
            known = {SINGULARS.get(name, name) for name in table.model_fields}
            meant = meant_key(str(key), table)
            place = None if meant and meant not in raw else where_it_belongs(str(key), table)
            yield _unknown((*path, key), sorted(known), meant, place)
            continue
        child = CHILDREN.get(table, {}).get(PLURALS.get(key, key))
        if child is not None and isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, Mapping):
                    yield from _unknown_keys(each, child, (*path, key, index))


@cache
def _accepted(table: type[Table]) -> frozenset[str]:
    """The keys of a table, by their names in the file and in the model."""
    names = {*table.model_fields, *(SINGULARS.get(name, name) for name in table.model_fields)}
    return frozenset(names | {"schema"} if table is Agenda else names)


def _unknown(path: Path, known: Sequence[str], meant: str, place: Message | None) -> Finding:
    """An error where the key is within two letters of a known one, else a warning; with the key that is meant, or the
    place where it belongs."""
    key = str(path[-1])
    close = [name for name in known if distance(key, name, 2) <= 2]
    if close:
        best = meant or min(close, key=lambda name: distance(key, name, 2))
        hint = place or msg("“{nearest}” is meant, it seems.", nearest=best)
        return Finding("error", path, msg("The key “{key}” is unknown.", key=key), hint)
    what = msg("The key “{key}” is unknown; it is kept and has no effect.", key=key)
    if place is not None:
        return Finding("warning", path, msg("The key “{key}” has no effect here.", key=key), place)
    near = [meant] if meant else [name for name in nearest(key, known, 1) if distance(key, name, 3) <= 3]
    hint = (
        msg("Take it out, or write “{nearest}” if that is meant.", nearest=near[0])
        if near
        else msg("Take it out, unless another program needs it.")
    )
    return Finding("warning", path, what, hint)


def _toml_path(raw: object, loc: Iterable[str | int]) -> Path:
    """The path as the file spells it: `step` for `steps`; parts that stand for a choice of types are left
    out."""
    path: list[str | int] = []
    here: object = raw
    for part in loc:
        if isinstance(here, Mapping):
            key = part if part in here else SINGULARS.get(str(part), part)
            path.append(key)
            here = here.get(key)
        elif isinstance(here, list | tuple) and isinstance(part, int):
            path.append(part)
            here = here[part] if part < len(here) else None
        elif isinstance(here, Table):
            path.append(SINGULARS.get(str(part), part))
            here = getattr(here, str(part), None)
    return tuple(path)


def _not_valid_values(
    raw: Mapping[str, Any], invalid: ValidationError, unknown: Sequence[Finding]
) -> list[Finding]:
    """Each place is told once: `kinnd` not again as a missing `kind`, a choice of types by the type that was
    meant."""
    misspelt = {finding.path[:-1] for finding in unknown if finding.severity == "error"}
    told: dict[Path, Finding] = {}
    for error in invalid.errors(include_url=False):
        path = _toml_path(raw, error["loc"])
        if path[-2:-1] == ("columns",):  # `columns = ["Keep", "Stop"]` is one mistake, not one for each
            path = path[:-1]
        if error["type"] == "missing":
            if path[:-1] not in misspelt:
                told[path] = _not_valid(path, error)
        elif path not in told or isinstance(error["input"], int | float):
            told[path] = _not_valid(path, error)
    return list(told.values())


def _not_valid(path: Path, error: Mapping[str, Any]) -> Finding:
    """A pydantic error as a sentence."""
    context: Mapping[str, Any] = error.get("ctx") or {}
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
    given = error.get("input")
    shown = given if isinstance(given, str | int | float) else ""
    match str(error["type"]):
        case "retrotui":
            return Finding("error", path, msg("The value of “{key}” does not fit.", key=key), context["what"])
        case "missing":
            hint = msg('Add {key} = "{example}" here, say.', key=key, example=EXAMPLES.get(key, "…"))
            return Finding("error", path[:-1], msg("The key “{key}” is missing here.", key=key), hint)
        case "tuple_type" if key in SINGULARS.values():
            header = ".".join(str(part) for part in path if isinstance(part, str))
            hint = msg("Write its header in two brackets: [[{header}]].", header=header)
            return Finding("error", path, msg("“{key}” is a table of its own here.", key=key), hint)
        case "enum" | "literal_error":
            return _not_a_choice(path, key, str(shown), context)
        case "string_pattern_mismatch" | "string_too_long":
            return Finding(
                "error",
                path,
                msg("“{given}” cannot be an id.", given=str(shown)[:60]),
                msg("An id has letters a to z, digits and single hyphens, like monthly-reflection."),
            )
        case kind:
            wanted = _wanted_for(key, given) or _wanted(kind, context)
            return Finding("error", path, msg("The value of “{key}” does not fit.", key=key), wanted)


def _not_a_choice(path: Path, key: str, given: str, context: Mapping[str, Any]) -> Finding:
    expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
    choices = [choice.strip() for choice in expected.split(",")]
    if key == "repeat":
        choices.append("1, 2, 3 …")
        if given.strip().isdecimal():
            what = msg("Here belongs a whole number, without quotes.")
            return Finding("error", path, msg("The value of “{key}” does not fit.", key=key), what)
    said = outcome_of(given) if key == "outcomes" else None
    close = [said] if said else nearest(given, choices)
    what = msg("“{given}” is no value for “{key}”.", given=given, key=key)
    if given and close:
        return Finding("error", path, what, msg("“{nearest}” is meant, it seems.", nearest=close[0]))
    return Finding("error", path, what, msg("Known are: {choices}.", choices=", ".join(choices)))


def _wanted_for(key: str, given: object) -> Message | None:
    """What belongs there by its key, where its form is one of its own."""
    if key == "when":
        return msg(
            "Here belongs a table with one value for each field, {example}.", example='{ decision = "…" }'
        )
    if key == "columns" and not isinstance(given, Mapping):
        return msg("Here belongs a list of tables, {example}.", example='[{ id = "keep", title = "…" }]')
    return None


def _wanted(kind: str, context: Mapping[str, Any]) -> Message | None:
    """What belongs there instead, by pydantic's kind of error."""
    match kind:
        case "float_type" | "finite_number":
            return msg("Here belongs a number, without quotes.")
        case "int_type" | "int_from_float":
            return msg("Here belongs a whole number, without quotes.")
        case "bool_type":
            return msg("Here belongs true or false, without quotes.")
        case "string_type":
            return msg("Here belongs a text in quotes.")
        case "tuple_type":
            return msg('Here belongs a list in square brackets, ["…", "…"].')
        case "model_type" | "model_attributes_type":
            return msg("Here belongs a table of its own, like [[step]].")
        case "greater_than":
            return msg("It must be more than {limit}.", limit=context["gt"])
        case "greater_than_equal":
            return msg("It must be at least {limit}.", limit=context["ge"])
        case "less_than_equal":
            return msg("It must be at most {limit}.", limit=context["le"])
    return None
