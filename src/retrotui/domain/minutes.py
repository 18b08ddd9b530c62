"""The document: what one meeting leaves behind, in the words and the order of its file.

Owns the shape of the minutes (field order is file order; the codec follows it). All of it is frozen: a rule returns
the next `Minutes`. Must not know files, clocks, screens, or how a meeting is run.

Units: `*_s` are whole seconds; instants carry their offset and have whole seconds; money is a decimal string.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from datetime import datetime
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

SCHEMA = 1

Outcome = Literal["won", "lost", "no_decision", "withdrawn", "open"]
Effect = Literal["helped", "hurt"]
Source = Literal["buyer", "document", "team", ""]
CountsAs = Literal["report", "reflect", "decide", "frame"]
StepState = Literal["pending", "running", "done", "skipped"]
PauseReason = Literal["pause", "gap", "away"]
Decision = Literal["keep", "adapt", "drop", "extend", "done"]
Unit = Literal["currency", "count", "percent", "days", ""]

Money = Annotated[str, StringConstraints(pattern=r"^-?\d{1,15}(\.\d{1,4})?$")]
Figure = Annotated[str, StringConstraints(pattern=r"^(-?\d{1,15}(\.\d{1,6})?)?$")]

Span = tuple[AwareDatetime] | tuple[AwareDatetime, AwareDatetime]
"""From and to; an open span has one instant."""


class Table(BaseModel):
    """A table of the file: frozen, and keys that we do not know are kept."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)


class AgendaRef(Table):
    id: str
    version: int = 1
    planned_s: int | None = None
    """The length that was promised at the start; None where only its rounds tell it."""


class Period(Table):
    """Both days included."""

    since: Date = Field(alias="from")
    until: Date = Field(alias="to")


class Now(Table):
    """What is on the wall; only while the meeting runs."""

    step: str = ""
    deal: str = ""
    prompt: int = 1
    """The number of the prompt shown, from 1."""
    part: int = 1
    """The number of the part of a step with parts, from 1."""


class Share(Table):
    """Seconds by what they counted as."""

    report: int = 0
    reflect: int = 0
    decide: int = 0
    frame: int = 0

    @property
    def total(self) -> int:
        return self.report + self.reflect + self.decide + self.frame


class Discretion(Table):
    """True: exports and screens leave it out."""

    amounts: bool = False
    customers: bool = False
    people: bool = False


class Participant(Table):
    id: str
    name: str = ""
    function: str = ""
    present: bool = True
    roles: tuple[str, ...] = ()


class Tally(Table):
    """How many said 1 … 5, never who. With fewer than four votes only their number is kept."""

    counts: tuple[int, ...] = ()
    votes: int | None = None
    remarks: tuple[str, ...] = ()


class FloorTurn(Table):
    """A deal, or a part, took the floor of a step."""

    deal: str = ""
    part: int = 1
    at: AwareDatetime


class Holder(Table):
    """Who held a role of a step while it was on."""

    role: str
    person: str


class GoOnVote(Table):
    """A vote to go on with a renewable box: how many were for it and how many against, never who."""

    at: AwareDatetime
    ayes: int = Field(alias="for", ge=0)
    noes: int = Field(alias="against", ge=0)

    @property
    def carried(self) -> bool:
        """More were for it than against."""
        return self.ayes > self.noes


class ColumnHead(Table):
    """A column of a step's notes: what the minutes call it when the agenda is not at hand."""

    id: str
    title: str = ""


class StepRun(Table):
    """A step of the meeting with what it planned and what it took."""

    id: str
    kind: str
    title: str = ""
    of: str = ""
    """The agenda's step, where this is one round of a repeated step, or a repetition."""
    round: int | None = None
    added: bool = False
    """True: put in on the spot, so it is no part of the plan."""
    person: str = ""
    """Whose round it is, with `repeat = "person"`."""
    note: str = ""
    """Which note the round is about, with `repeat = "note"`."""
    held: tuple[Holder, ...] = ()
    """The roles that the agenda names for this step: a role may pass on with each round."""
    counts_as: CountsAs = "frame"
    planned_s: int | None = None
    """None: open end."""
    replanned_s: int = 0
    extended_s: int = 0
    spent_s: int = 0
    state: StepState = "pending"
    spans: tuple[Span, ...] = ()
    deals: tuple[str, ...] = ()
    """The deals chosen for this step, in the order in which they take the floor."""
    floor: tuple[FloorTurn, ...] = ()
    vote: tuple[GoOnVote, ...] = ()
    """The counted votes to go on, where the agenda renews the step's box."""
    columns: tuple[ColumnHead, ...] = ()
    """The columns of its notes, in their order."""


class Pause(Table):
    since: AwareDatetime = Field(alias="from")
    until: AwareDatetime | None = Field(default=None, alias="to")
    why: PauseReason = "pause"


class Metric(Table):
    id: str
    label: str
    unit: Unit = ""
    currency: str = ""
    actual: Figure = ""
    target: Figure = ""
    previous: Figure = ""
    n: int | None = None
    """How many cases a rate or a median stands on."""
    better: Literal["higher", "lower"] = "higher"
    surprise: bool = False
    deal: str = ""
    """The deal to which this figure sends us."""


class Origin(Table):
    file: str = ""
    record: int | None = None


class DealRecord(Table):
    """A deal that had the floor, or was chosen for it."""

    id: str
    account: str = ""
    title: str = ""
    outcome: Outcome | None = None
    amount: Money | None = None
    currency: str = ""
    stage: str = ""
    owner: str = ""
    contributors: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    created: Date | None = None
    decided: Date | None = None
    reason_raw: str = ""
    origin: Origin | None = None


class Entry(Table):
    """What the kinds of entry have in common."""

    id: str
    at: AwareDatetime
    step: str = ""


class FactorUse(Entry):
    """A factor of success or failure, used on a deal."""

    deal: str = ""
    factor: str = ""
    effect: Effect = "hurt"
    weight: int = Field(default=1, ge=1, le=3)
    source: Source = ""
    text: str = ""
    votes: int = Field(default=0, ge=0)
    group: str = ""


class Quote(Entry):
    deal: str = ""
    text: str = ""
    votes: int = Field(default=0, ge=0)


class Note(Entry):
    deal: str = ""
    part: str = ""
    column: str = ""
    experiment: str = ""
    """The action or experiment of an earlier meeting that it belongs to."""
    ask: str = ""
    """Whom to ask: a person's id, or the words that were said."""
    text: str = ""
    votes: int = Field(default=0, ge=0)
    group: str = ""


class Lesson(Entry):
    text: str = ""
    deals: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    experiment: str = ""
    """The action or experiment of an earlier meeting that taught it."""
    votes: int = Field(default=0, ge=0)
    group: str = ""


class Action(Entry):
    text: str = ""
    owner: str = ""
    owner_text: str = ""
    due: Date | None = None


class Experiment(Entry):
    title: str = ""
    hypothesis: str = ""
    change: str = ""
    owner: str = ""
    owner_text: str = ""
    measure: str = ""
    expected: str = ""
    start: Date | None = None
    due: Date | None = None
    lessons: tuple[str, ...] = ()
    parent: str = ""
    state: Literal["idea", "running"] = "idea"


class Verdict(Table):
    """On what an earlier meeting began."""

    item: str
    kind: Literal["experiment", "action"]
    decision: Decision
    due: Date | None = None
    reason: str = ""
    happened: str = ""
    learned: str = ""
    child: str = ""
    at: AwareDatetime | None = None


class Carried(Table):
    item: str


class FieldValue(Table):
    step: str
    deal: str = ""
    id: str
    label: str = ""
    """What the agenda asked, in the meeting's language."""
    type: str = ""
    """What kind of answer it is, where it is more than its words: a person's id, an ISO day, yes or no."""
    value: str = ""


class Minutes(Table):
    """One meeting, running or closed."""

    schema_: int = Field(default=SCHEMA, alias="schema")
    id: str
    status: Literal["running", "closed", "aborted"] = "running"
    title: str = ""
    team: str = ""
    language: Literal["de", "en"] = "en"
    date: Date
    started: AwareDatetime | None = None
    """None: waiting to begin (`--hold`)."""
    ended: AwareDatetime | None = None
    facilitator: str = ""
    currency: str = ""
    next_date: Date | None = None
    reopened: tuple[AwareDatetime, ...] = ()
    corrected: tuple[AwareDatetime, ...] = ()
    parked: tuple[str, ...] = ()
    agenda: AgendaRef
    period: Period | None = None
    now: Now | None = None
    share: Share = Share()
    discretion: Discretion = Discretion()
    participant: tuple[Participant, ...] = ()
    safety: Tally | None = None
    step: tuple[StepRun, ...] = ()
    pause: tuple[Pause, ...] = ()
    metric: tuple[Metric, ...] = ()
    deal: tuple[DealRecord, ...] = ()
    factor: tuple[FactorUse, ...] = ()
    quote: tuple[Quote, ...] = ()
    note: tuple[Note, ...] = ()
    lesson: tuple[Lesson, ...] = ()
    action: tuple[Action, ...] = ()
    experiment: tuple[Experiment, ...] = ()
    verdict: tuple[Verdict, ...] = ()
    carried: tuple[Carried, ...] = ()
    field: tuple[FieldValue, ...] = ()
    worth: Tally | None = None

    def entries(self) -> Iterator[Entry]:
        """All entries, kind by kind, in the order of the file."""
        for kind in ENTRY_KINDS:
            yield from getattr(self, kind)

    def find_entry(self, entry_id: str) -> Entry | None:
        return next((entry for entry in self.entries() if entry.id == entry_id), None)

    def find_deal(self, deal_id: str) -> DealRecord | None:
        return next((deal for deal in self.deal if deal.id == deal_id), None)

    def find_step(self, step_id: str) -> StepRun | None:
        return next((step for step in self.step if step.id == step_id), None)

    def find_person(self, person_id: str) -> Participant | None:
        return next((person for person in self.participant if person.id == person_id), None)


ENTRY_TABLES: dict[type[Entry], str] = {
    FactorUse: "factor",
    Quote: "quote",
    Note: "note",
    Lesson: "lesson",
    Action: "action",
    Experiment: "experiment",
}
"""The table of `Minutes` for each kind of entry, in file order."""
ENTRY_KINDS = tuple(ENTRY_TABLES.values())

T = TypeVar("T", bound=Table)


def change(table: T, **values: Any) -> T:
    """The same table with other values. Values are ours and typed: nothing is validated again."""
    return table.model_copy(update=values)


def instant(moment: datetime) -> datetime:
    """An instant as it is written: whole seconds."""
    return moment.replace(microsecond=0)
