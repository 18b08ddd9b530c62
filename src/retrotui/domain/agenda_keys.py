"""Every key that an agenda may have: its words, what it means, and in which form a person gives it.

Owns the list that the editor shows and the sentences beside it; the values themselves are `domain.agenda`'s, and a
test holds the two together. Must not draw. Source: files.md, "Agendas".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from retrotui.domain.agenda import COUNTS, EXPERIMENT_NEEDS, CountsAs, Outcome, StepKind
from retrotui.errors import Message, msg

Form: TypeAlias = Literal[
    "words", "lines", "time", "flag", "choice", "choices", "number", "whole", "text", "texts", "repeat", "raw"
]
"""How it is given: a text in languages, a list of those, a step's time, yes or no, one or some of a list, a number,
a plain text, a list of those, `repeat`'s own mixture, or only as TOML."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the agenda or of a step."""

    name: str
    words: Message
    explained: Message
    form: Form
    choices: tuple[str, ...] = ()
    default: Any = None
    kinds: tuple[StepKind, ...] = ()
    """The kinds of step in which it has an effect; none: in all."""
    least: int = 0
    most: int = 24 * 60


AGENDA_KEYS: tuple[Key, ...] = (
    Key("title", msg("Title"), msg("the meeting's title"), "words"),
    Key("purpose", msg("Purpose"), msg("what the meeting is for, in one sentence"), "words"),
    Key("minutes", msg("Length"), msg("minutes of the whole meeting"), "number", least=1),
    Key(
        "period", msg("Period"), msg("figures and deals of the last complete one"), "choice",
        ("week", "month", "quarter"), "month",
    ),
    Key("max_experiments", msg("Experiments at most"), msg("so many run at a time"), "whole", default=2, most=20),
    Key(
        "experiment_needs", msg("Experiments need"), msg("what an experiment needs to run"), "choices",
        EXPERIMENT_NEEDS, list(EXPERIMENT_NEEDS),
    ),
    Key("loop", msg("Comes back"), msg("warned where no step looks at the earlier experiments"), "flag", default=True),
    Key("hard_end", msg("Hard end"), msg("nobody is offered to end later"), "flag", default=False),
    Key("id", msg("Identifier"), msg("what the agenda is called in files and commands"), "text"),
    Key("version", msg("Version"), msg("raise it when the agenda changes"), "whole", default=1, least=1),
)  # fmt: skip

STEP_KEYS: tuple[Key, ...] = (
    Key("title", msg("Title"), msg("up to 18 characters fit the rail"), "words"),
    Key("minutes", msg("Timebox"), msg("minutes, or 30 % of the meeting; nothing: open end; 0: read before"), "time"),
    Key("kind", msg("Kind"), msg("what the step does beyond clock and notes"), "choice", tuple(StepKind)),
    Key("prompts", msg("Prompts"), msg("the questions on the wall, one after the other"), "lines"),
    Key("cap", msg("capped"), msg("cannot be extended"), "flag", default=False),
    Key("optional", msg("optional"), msg("may be skipped when time runs out"), "flag", default=False),
    Key("protected", msg("protected"), msg("time lost elsewhere is not taken from it"), "flag"),
    Key("silent", msg("silent"), msg("everybody writes, nobody speaks"), "flag", default=False),
    Key("go_round", msg("go-round"), msg("one turn each; the wall names whose"), "flag", default=False),
    Key("confidential", msg("confidential"), msg("its notes are never written anywhere"), "flag", default=False),
    Key(
        "safety", msg("Safety check"), msg("asks how openly one can speak"), "flag", default=True,
        kinds=(StepKind.CHECKIN,),
    ),
    Key("counts_as", msg("Counts as"), msg("where the kind's own is not meant"), "choice", tuple(CountsAs)),
    Key(
        "outcomes", msg("Outcomes"), msg("which deals are offered first"), "choices", get_args(Outcome),
        kinds=(StepKind.DEAL,),
    ),
    Key(
        "deal", msg("Deal"), msg("same: stays on the deal of the step before"), "choice", ("same",),
        kinds=(StepKind.DEAL,),
    ),
    Key(
        "repeat", msg("Repeat"), msg("deal, person, note, or so many rounds"), "repeat",
        ("deal", "person", "note"), least=1, most=100,
    ),
    Key("of", msg("Notes of"), msg("of which step; with repeat note"), "text"),
    Key("total_minutes", msg("In total"), msg("minutes of all rounds together"), "number", least=1),
    Key("votes", msg("Votes"), msg("dots a person; 0: no voting"), "whole", most=99),
    Key("extend_by", msg("Renewable by"), msg("minutes more at each vote to go on"), "number", least=1),
    Key("roles", msg("Roles"), msg("roles that are given in this step"), "texts"),
    Key("columns", msg("Columns"), msg("columns for the notes"), "raw", kinds=(StepKind.NOTES,)),
    Key("part", msg("Parts"), msg("phases, one after the other"), "raw"),
    Key("field", msg("Fields"), msg("what to take down beyond notes"), "raw"),
    Key("id", msg("Identifier"), msg("what other steps and the minutes call it"), "text"),
)  # fmt: skip

FLAGS = ("cap", "optional", "protected", "silent", "go_round", "confidential")
"""The flags that a digit toggles in the list of steps, in this order from 1."""


def step_key(name: str) -> Key:
    """The key of a step with this name. Raises LookupError where there is none."""
    return next(key for key in STEP_KEYS if key.name == name)


def default_of(key: Key, step: Mapping[str, Any]) -> Any:
    """What holds where the step does not say it: what it counts as and whether it is protected hang on its kind."""
    if key.name not in ("protected", "counts_as"):
        return key.default
    try:
        kind = StepKind(step.get("kind", ""))
    except ValueError:
        return None
    counts = step.get("counts_as") or COUNTS[kind].value
    if key.name == "counts_as":
        return COUNTS[kind].value
    return counts == CountsAs.REFLECT.value or kind is StepKind.EXPERIMENTS


def fits(key: Key, step: Mapping[str, Any]) -> bool:
    """Whether the key says something in this step: by its kind, or because somebody wrote it there."""
    return key.name in step or not key.kinds or step.get("kind") in key.kinds
