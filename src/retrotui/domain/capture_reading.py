"""What a line of the capture line can mean, and what must be known to say so.

Owns `Context` and `Reading`. Must not read lines: that is `capture` and the files beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as has
from datetime import date
from typing import Literal, TypeAlias

from retrotui.domain.factors import FactorList
from retrotui.domain.minutes import Effect, Outcome, Participant, Source, Unit

ReadingKind: TypeAlias = Literal[
    "factor",
    "quote",
    "lesson",
    "experiment",
    "action",
    "note",
    "parked",
    "arrival",
    "departure",
    "participant",
    "metric",
    "new_deal",
    "field",
    "next_date",
    "remark",
    "happened",
    "learned",
    "vote",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where the line is typed: the step, and who and what can be meant."""

    today: date
    kind: str = "notes"
    """The step's kind, a `StepKind` or its word."""
    people: tuple[Participant, ...] = ()
    """Whom `@ben` can mean; who is `present` can leave."""
    factors: FactorList = has(default_factory=FactorList.of_team)
    deal_on_floor: bool = False
    """A deal has the floor of this step."""
    deal_at_hand: bool = False
    """A deal had the floor before: factors and quotes go to it."""
    item_selected: bool = True
    """In `followup`: there is an action or experiment to which the line belongs."""
    field: str = ""
    """The first empty text field of the step, "" where there is none."""
    adds_to: str = ""
    """The answered text field to which `+` adds (peer consulting), "" where there is none."""
    next_date: date | None = None
    voting: bool = False
    """A renewable box is over: `5:2` are the votes to go on with it."""
    language: str = "de"
    proposed: tuple[str, ...] = ()
    """Ids of the factors that the CRM's reason for the deal at hand may mean: offered first, never set."""

    @property
    def has_deal(self) -> bool:
        """Whether there is a deal to which factors and quotes can go."""
        return self.deal_on_floor or self.deal_at_hand


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that looks like a tag and could not be read: `text[start:end]` of the reading."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one line becomes. Which parts are set hangs on `kind`; the rest is empty.

    What only helps the screen (marks, proposals, counts) does not count when two readings are compared.
    """

    kind: ReadingKind
    text: str = ""

    effect: Effect | Literal[""] = ""
    factor: str = ""
    """The id of a factor; "" while unsorted."""
    factors: tuple[str, ...] = ()
    """Of a lesson: the ids of its factors."""
    weight: int = 1
    source: Source = ""

    owner: str = ""
    """Of an action or experiment: a person's id."""
    owner_text: str = ""
    """The owner's name, where nobody known is meant."""
    ask: str = ""
    """The id of the person to ask. Only a note keeps it; elsewhere the words stay in the text as well."""
    due: date | None = None
    """Of an action or experiment; of `next_date`, the next meeting."""

    person: str = ""
    """Who arrives, leaves or takes part: an id, "" for somebody new."""
    name: str = ""
    function: str = ""

    label: str = ""
    actual: str = ""
    target: str = ""
    unit: Unit = ""
    better: Literal["higher", "lower"] = "higher"

    account: str = ""
    outcome: Outcome | None = None
    amount: str = ""
    currency: str = ""
    """A code, "" where the line names none."""

    field: str = ""
    """The id of the step's field that this answers."""

    ayes: int = 0
    noes: int = 0
    """Of a vote to go on: how many were for it, how many against."""

    mark: Literal["", "+", "-", '"'] = has(default="", compare=False)
    """Of a note that would be a factor or a quote, had there been a deal; its text begins with the mark. Of an answer,
    `+`: it is added to what was answered before."""
    proposal: str = has(default="", compare=False)
    """The one factor that an unsorted one seems to speak of."""
    unread: tuple[Mark, ...] = has(default=(), compare=False)
    taken: tuple[str, ...] = has(default=(), compare=False)
    """The tags that were read and are no longer in the text, as they were typed."""
    dropped: int = has(default=0, compare=False)
    """Control characters that did not get in; see `text.clean`."""
    cut: int = has(default=0, compare=False)
    """Characters beyond what an entry may have."""
