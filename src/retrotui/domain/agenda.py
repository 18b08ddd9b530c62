"""What a meeting follows: an agenda and its steps, as files.md "Agendas" describes them.

Owns the models and what can be told from them alone: what a step counts as, what is protected, planned
seconds and shares of time (`agenda_times`), and what is wrong or doubtful (`agenda_checks`). Must not read
files, know lines of text, or know a running meeting; texts stay in all their languages until somebody asks
for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, StringConstraints, model_validator
from pydantic import Field as Limits

from retrotui.domain.words import PromptWords, Words
from retrotui.errors import Message

SCHEMA = 1
TITLE_CELLS = 18
"""How many characters of a step's title fit the rail (files.md)."""


class StepKind(StrEnum):
    """What a step does beyond title, prompts, clock and notes (meeting.md "The kinds of step")."""

    CHECKIN = "checkin"
    FOLLOWUP = "followup"
    NUMBERS = "numbers"
    DEAL = "deal"
    FACTORS = "factors"
    LESSONS = "lessons"
    PERSPECTIVES = "perspectives"
    CASE = "case"
    NOTES = "notes"
    EXPERIMENTS = "experiments"
    CLOSE = "close"
    BREAK = "break"


class CountsAs(StrEnum):
    """What a step's minutes count as: reporting, reflecting, deciding or framing."""

    REPORT = "report"
    REFLECT = "reflect"
    DECIDE = "decide"
    FRAME = "frame"


COUNTS: Mapping[StepKind, CountsAs] = {
    StepKind.CHECKIN: CountsAs.FRAME,
    StepKind.FOLLOWUP: CountsAs.DECIDE,
    StepKind.NUMBERS: CountsAs.REPORT,
    StepKind.DEAL: CountsAs.REFLECT,
    StepKind.FACTORS: CountsAs.REFLECT,
    StepKind.LESSONS: CountsAs.REFLECT,
    StepKind.PERSPECTIVES: CountsAs.REFLECT,
    StepKind.CASE: CountsAs.REFLECT,
    StepKind.NOTES: CountsAs.REFLECT,
    StepKind.EXPERIMENTS: CountsAs.DECIDE,
    StepKind.CLOSE: CountsAs.FRAME,
    StepKind.BREAK: CountsAs.FRAME,
}
"""What each kind counts as where the step does not say `counts_as` (meeting.md)."""

Outcome: TypeAlias = Literal["won", "lost", "no_decision", "withdrawn", "open"]
Need: TypeAlias = Literal["hypothesis", "change", "owner", "measure", "expected", "due"]
EXPERIMENT_NEEDS: tuple[Need, ...] = get_args(Need)
"""What an experiment can need before it runs; by default all of them (meeting.md)."""
ROLES = ("moderator", "case_giver", "adviser", "minute_keeper")
"""The roles that the program has words for; an agenda may name its own besides."""

KEPT: frozenset[str] = frozenset()
"""Keys that are read, checked and kept, and that the meeting does not act on yet (issue 2); `agendas check`
says so."""

Severity: TypeAlias = Literal["error", "warning", "kept"]
Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about an agenda, and where: the path of keys as they stand in the TOML file."""

    severity: Severity
    path: Path
    what: Message
    hint: Message | None = None


def _pairs(value: object) -> object:
    """A table as sorted pairs, so that the models can be hashed."""
    return tuple(value.items()) if isinstance(value, Mapping) else value


Flag: TypeAlias = Annotated[bool, Strict()]
Whole: TypeAlias = Annotated[int, Strict()]
Number: TypeAlias = Annotated[float, Strict(), Limits(allow_inf_nan=False)]
Minutes: TypeAlias = Annotated[Number, Limits(ge=0, le=24 * 60)]
Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$", max_length=60)]
Pairs: TypeAlias = Annotated[tuple[tuple[str, str | bool | int | float], ...], BeforeValidator(_pairs)]

PLURALS: Mapping[str, str] = {"step": "steps", "part": "parts", "field": "fields"}
SINGULARS: Mapping[str, str] = {plural: singular for singular, plural in PLURALS.items()}
"""TOML's `[[step]]`, `[[step.part]]`, `[[step.field]]` and the attributes that hold them."""


class Table(BaseModel):
    """A table of an agenda's file. Keys that we do not know are kept in `model_extra`."""

    model_config = ConfigDict(frozen=True, extra="allow", protected_namespaces=())

    @model_validator(mode="before")
    @classmethod
    def _plural_names(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        return {
            PLURALS[key] if key in PLURALS and PLURALS[key] in cls.model_fields else key: value
            for key, value in raw.items()
        }


class Field(Table):
    """Something to take down beyond notes, once a step, round or deal."""

    id: Id
    label: Words = Words()
    type: Literal["text", "number", "scale", "yesno", "choice", "date", "person"] = "text"
    min: Number = 1
    max: Number = 5
    choices: PromptWords = PromptWords()
    when: Pairs = ()
    """Asked only where these fields of the step have these values."""


class Column(Table):
    """One column of a `notes` step."""

    id: Id
    title: Words = Words()


class Part(Table):
    """A phase inside a step; the parts of a step come one after the other, in each round."""

    title: Words = Words()
    minutes: Minutes | None = None
    prompts: PromptWords = PromptWords()
    speaks: str = ""
    listens: str = ""
    """The role that only listens."""


class Step(Table):
    """One timeboxed part of an agenda. Minutes may be fractions; None is an open end, 0 is never on the
    clock."""

    id: Id
    kind: StepKind
    title: Words
    prompts: PromptWords = PromptWords()
    minutes: Minutes | None = None
    share: Annotated[Number, Limits(gt=0, le=100)] | None = None
    cap: Flag = False
    counts_as: CountsAs | None = None
    protected: Flag | None = None
    optional: Flag = False
    outcomes: tuple[Outcome, ...] = ()
    deal: Literal["same"] | None = None
    repeat: Literal["deal", "person", "note"] | Annotated[Whole, Limits(ge=1, le=100)] | None = None
    of: str | None = None
    total_minutes: Annotated[Minutes, Limits(gt=0)] | None = None
    parts: tuple[Part, ...] = ()
    silent: Flag = False
    go_round: Flag = False
    columns: tuple[Column, ...] = ()
    fields: tuple[Field, ...] = ()
    votes: Annotated[Whole, Limits(ge=0, le=99)] | None = None
    """Dots per person; 0 turns voting off; None leaves it to the meeting."""
    extend_by: Annotated[Minutes, Limits(gt=0)] | None = None
    safety: Flag = True
    confidential: Flag = False
    roles: tuple[str, ...] = ()

    @property
    def counts(self) -> CountsAs:
        """What the step's minutes count as."""
        return self.counts_as or COUNTS[self.kind]

    @property
    def is_protected(self) -> bool:
        """Whether time lost by reporting or framing never comes from this step; by default reflecting and
        experiments."""
        if self.protected is not None:
            return self.protected
        return self.counts is CountsAs.REFLECT or self.kind is StepKind.EXPERIMENTS

    @property
    def is_preread(self) -> bool:
        """Listed, but never on the clock (`minutes = 0`)."""
        return self.minutes == 0

    @property
    def own_minutes(self) -> float | None:
        """Minutes that the step itself asks for over all its rounds; None for an open end or a `share`.

        Rounds that only the meeting can count (deals, persons, notes) are taken as one.
        """
        if self.share is not None:
            return None
        each = self.minutes
        if each is None and self.parts and all(part.minutes is not None for part in self.parts):
            each = sum(part.minutes or 0 for part in self.parts)
        if self.total_minutes is not None:
            if each is not None and isinstance(self.repeat, int):
                return min(each * self.repeat, self.total_minutes)
            return self.total_minutes
        if each is not None and isinstance(self.repeat, int):
            return each * self.repeat
        return each

    @property
    def is_open_end(self) -> bool:
        """Takes the meeting's free time and counts up."""
        return self.share is None and self.own_minutes is None

    @property
    def listens(self) -> str:
        """The role that only listens during the whole step, or ""."""
        roles = {part.listens for part in self.parts}
        return roles.pop() if len(roles) == 1 else ""


class Agenda(Table):
    """A template for meetings. What is doubtful about it: `findings`; a valid model may still have errors
    there."""

    id: Id
    version: Annotated[Whole, Limits(ge=1)] = 1
    title: Words
    purpose: Words = Words()
    minutes: Annotated[Number, Limits(gt=0, le=24 * 60)] | None = None
    period: Literal["week", "month", "quarter"] = "month"
    max_experiments: Annotated[Whole, Limits(ge=0, le=20)] = 2
    experiment_needs: tuple[Need, ...] = EXPERIMENT_NEEDS
    loop: Flag = True
    hard_end: Flag = False
    steps: tuple[Step, ...] = ()

    @property
    def length(self) -> float | None:
        """The meeting's length in minutes: `minutes`, else what its steps add up to; None where that is
        unknown."""
        if self.minutes is not None:
            return self.minutes
        if any(step.share is not None for step in self.steps):
            return None
        return sum(step.own_minutes or 0 for step in self.steps) or None

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the title; empty where it is one plain string."""
        return self.title.languages

    def step(self, step_id: str) -> Step | None:
        """The step with this id."""
        return next((step for step in self.steps if step.id == step_id), None)

    def planned_seconds(self, total_minutes: int | None = None) -> dict[str, int | None]:
        """Planned seconds by step id for a meeting of `total_minutes`, else of the agenda's own length.

        None is an open end without free time; 0 is a pre-read. See `agenda_times.planned_seconds`.
        """
        from retrotui.domain.agenda_times import planned_seconds

        return planned_seconds(self, total_minutes)

    def shares(self) -> dict[CountsAs, float]:
        """Planned share of the time, 0 to 1, for each of the four; all 0 where nothing is planned."""
        from retrotui.domain.agenda_times import shares

        return shares(self)

    def findings(self) -> list[Finding]:
        """All errors, warnings and kept keys that the agenda itself can tell, in the file's order of
        steps."""
        from retrotui.domain.agenda_checks import findings

        return findings(self)


CHILDREN: Mapping[type[Table], Mapping[str, type[Table]]] = {
    Agenda: {"steps": Step},
    Step: {"parts": Part, "fields": Field, "columns": Column},
}
"""Which tables stand in which, by attribute."""


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then warnings, then kept keys; in each what concerns the whole, then step by step."""
    weight = {"error": 0, "warning": 1, "kept": 2}

    def place(finding: Finding) -> tuple[int, int]:
        step = finding.path[1] if len(finding.path) > 1 and finding.path[0] in ("step", "steps") else -1
        return weight[finding.severity], step if isinstance(step, int) else -1

    return tuple(sorted(found, key=place))
