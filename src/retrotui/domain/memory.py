"""What earlier meetings knew of what is on the table now: the customer, a factor, a lesson, an experiment.

Owns the shape of that memory and of the questions to it. Must not know where it comes from (the index, by
`store.recall`) nor how it is shown. Source: product.md, "Memory".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from retrotui.domain.experiments import Stage
from retrotui.domain.lesson_words import lesson_key
from retrotui.domain.minutes import Effect, Minutes, Outcome
from retrotui.domain.recurring import Recurring


@dataclass(frozen=True, slots=True)
class Talked:
    """An earlier meeting that had this customer, or this deal, under the lens."""

    meeting: str
    day: date
    file: str
    """The name of its file in the folder of minutes."""
    deal: str
    account: str
    """As that meeting spelt it; empty where it hides its customers."""
    title: str = ""
    outcome: Outcome | None = None
    factors: tuple[tuple[Effect, str], ...] = ()
    """Effect and factor, as they were said, each once."""
    said: str = ""
    """One lesson, or else one thing that was said on it."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson that earlier meetings had, too. `tried`: one of them made an experiment of it."""

    text: str
    meetings: tuple[tuple[str, date, str], ...]
    """Id, day and file, newest first; at least one."""
    tried: bool = False

    @property
    def since(self) -> date:
        return self.meetings[-1][1]

    @property
    def times(self) -> int:
        return len(self.meetings)


@dataclass(frozen=True, slots=True)
class Recalled:
    """What the files say to a question. `like` is proposed, never assumed."""

    talked: tuple[Talked, ...] = ()
    like: tuple[Talked, ...] = ()
    """The same customer spelt otherwise, perhaps."""
    learned: Learned | None = None
    learned_like: tuple[Learned, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked up: a deal with its customer, or a lesson's words."""

    deal: str = ""
    account: str = ""
    lesson: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """Answers to what has been asked so far, and what is kept ready: lineages."""

    answers: Mapping[Question, Recalled] = field(default_factory=dict)
    lineages: Mapping[str, tuple[Stage, ...]] = field(default_factory=dict)
    """By the id of each open experiment: from the first hypothesis to it."""
    adapted: tuple[tuple[Stage, ...], ...] = ()
    """The newest families in which something was adapted, from the first hypothesis to the last verdict."""
    recurring: tuple[Recurring, ...] = ()
    """The factors that keep coming back."""

    def of(self, question: Question) -> Recalled:
        """The answer; an empty one while nobody has looked."""
        return self.answers.get(question, NOTHING)

    def recurs(self, factor: str, effect: str) -> Recurring | None:
        """How often this factor came back with this effect; None where it did not."""
        return next((one for one in self.recurring if (one.factor, one.effect) == (factor, effect)), None)

    def with_answers(self, answers: Mapping[Question, Recalled]) -> Memory:
        return replace(self, answers={**self.answers, **answers})


NOTHING = Recalled()


def deal_question(deal_id: str, account: str) -> Question:
    return Question(deal=deal_id, account=account)


def lesson_question(text: str) -> Question:
    return Question(lesson=lesson_key(text))


def questions(minutes: Minutes) -> frozenset[Question]:
    """What these minutes would like to know: of every deal that was chosen, and of every lesson."""
    chosen = {deal for step in minutes.step for deal in step.deals}
    deals = (one for one in minutes.deal if one.id in chosen)
    return frozenset(
        (
            *(deal_question(one.id, one.account) for one in deals),
            *(asked for one in minutes.lesson if (asked := lesson_question(one.text)).lesson),
        )
    )


def newest_first(talked: Iterable[Talked]) -> tuple[Talked, ...]:
    """One line a meeting and deal, the newest first."""
    once = {(one.meeting, one.deal): one for one in talked}
    return tuple(sorted(once.values(), key=lambda one: (one.day, one.meeting, one.deal), reverse=True))
